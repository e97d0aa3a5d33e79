"""What a sentence's words say for a record of each type."""

import pytest

from extractor.clues import wording
from extractor.clues.wording import BIAS, LANGUAGES, likeliest, odds, terms, traits
from schemas import EVENT_TYPES


def test_terms_are_words_and_pairs_of_them() -> None:
    assert terms("They met.", "en") == {"en:they", "en:met", "en:^ they", "en:they met"}


def test_an_actor_is_the_same_whoever_it_is() -> None:
    ours = terms("On Friday Anna Berg met Karl Lind in Oslo.", "en")
    theirs = terms("On Monday Petra van Dijk met Ivo Kostov in Sofia.", "en")
    assert ours - theirs == set()
    assert "en:N met" in ours


def test_a_number_is_the_same_whichever_it_is() -> None:
    assert terms("with 14 judges", "en") == terms("with 3,500 judges", "en") - {"en:# #"}


def test_the_first_word_of_a_quotation_is_no_name() -> None:
    assert "en:we" in terms("Berg said: “We met.”", "en")


def test_forms_of_a_word_are_one_term() -> None:
    assert terms("переговоры", "ru") == terms("переговорам", "ru")


def test_a_language_is_not_taken_for_another() -> None:
    assert not terms("мост", "ru") & terms("мост", "bg")


def test_a_cue_speaks_for_its_type_only() -> None:
    cues = {"cue": {"meeting", "sanction"}, "surely": {"meeting"}}
    assert traits({"says"}, "meeting", cues) == {BIAS, "=says", "=cue", "=surely"}
    assert traits({"says"}, "sanction", cues) == {BIAS, "=says", "=cue"}
    assert traits({"says"}, "agreement", cues) == {BIAS, "=says"}


def test_there_are_odds_of_each_type() -> None:
    assert list(odds("They met.", "en", set(), {})) == list(EVENT_TYPES)


@pytest.mark.parametrize("language", ["fr", None])
def test_a_language_without_weights_has_no_odds(language: str | None) -> None:
    assert odds("Ils se sont vus.", language, set(), {}) == {}


@pytest.mark.parametrize("text", ["", " ", "\u200f\u202e", "\t=bias\n", "’’’", "N" * 100_000])
def test_any_text_has_odds(text: str) -> None:
    assert all(-9 < one < 9 for one in odds(text, "en", set(), {}).values())


def test_the_likeliest_is_bounded() -> None:
    assert likeliest([{"meeting": 1.5, "sanction": -2.0}, {"meeting": 0.5}]) == 1.5
    assert likeliest([{"meeting": 7.0}]) == likeliest([{"meeting": 99.0}]) == 4.0
    assert likeliest([]) == likeliest([{}]) < 0


@pytest.mark.parametrize("type_", EVENT_TYPES)
def test_every_language_has_weights_for_every_type(type_: str) -> None:
    weighed = {term.partition(":")[0] for term in wording._weights()[type_]}
    assert weighed >= LANGUAGES

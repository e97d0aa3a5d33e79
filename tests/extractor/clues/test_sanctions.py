"""Who takes measures, and against whom."""

import pytest

from extractor.clues.drafts import Draft, draft
from tests.extractor.clues import look


def made(language: str, *sentences: str) -> Draft:
    at = len(sentences) - 1
    found = draft("sanction", look(language, *sentences), at, sentences[at], language)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("sentence", "imposer"),
    [
        ("The European Commission banned two Chadian banks.", "European Union"),
        ("Two Chadian banks were banned by the Council in Brussels.", "European Union"),
        ("Two Chadian banks were put on a blacklist by Norway, not by Denmark.", "Norway"),
        ("The Commerce Department banned two Chadian banks.", "United States"),
        ("The Swiss Federal Council banned two Chadian banks.", "Switzerland"),
        ("Shares fell in Oslo after Norway halted sales to two Chadian banks.", "Norway"),
    ],
)
def test_who_takes_measures_is_a_state_or_a_union(sentence: str, imposer: str) -> None:
    assert made("en", sentence).known["imposed_by"] == [imposer]


@pytest.mark.parametrize(
    ("language", "name", "imposer"),
    [
        ("ru", "Россельхознадзор", "Russia"),
        ("ru", "СНБО", "Ukraine"),
        ("bg", "Върховната рада", "Ukraine"),
    ],
)
def test_houses_with_names_of_their_own_act_for_their_state(
    language: str, name: str, imposer: str
) -> None:
    sentence = {"ru": f"{name} ввёл санкции против Чада.", "bg": f"{name} наложи санкции на Чад."}
    assert made(language, sentence[language]).known["imposed_by"] == [imposer]


def test_a_state_that_was_hit_may_hit_back() -> None:
    hit = "Chad banned two Norwegian banks."
    back = "Oslo hit back a day later and expelled two counsellors of the Chadian embassy."
    found = made("en", "Norway imposed sanctions on Chad.", hit, back)
    assert found.known["imposed_by"] == ["Norway"]


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("Norway removed a former Chadian banker, Ivan Kral, from its blacklist.", ["Ivan Kral"]),
        ("Norway struck Ivan Kral off its blacklist.", ["Ivan Kral"]),
        ("Norway blacklisted General Ivan Kral.", ["Ivan Kral"]),
        ("Norway cut Chad's Lagoon Bank off from the krone.", ["Lagoon Bank"]),
        ("Norway ordered the defence attaché at the Chadian embassy to leave.",
         ["defence attaché at the Chadian embassy"]),
        ("Norway blacklisted four judges and a deputy interior minister.",
         ["four judges", "a deputy interior minister"]),
        ("Norway stopped imports of Chadian cotton.", ["Chad"]),
        ("Norway froze Chad's accounts.", ["Chad"]),
        ("Norway froze the assets of two brokers in Oslo, Lagoon Trading and Delta Shipping.",
         ["two brokers", "Lagoon Trading", "Delta Shipping"]),
    ],
)  # fmt: skip
def test_whom_measures_are_against_is_told_by_words(sentence: str, targets: list[str]) -> None:
    assert made("en", sentence).known["targets"] == targets


def test_the_country_is_the_state_named_before() -> None:
    before = "Nothing moved in Chad."
    found = made("en", before, "Norway prolonged the arms embargo on the country by a year.")
    assert found.known["targets"] == ["Chad"]


def test_an_adjective_only_tells_whose_somebody_is() -> None:
    sentence = "Norway prolonged the ban on Chad and struck the Danish trader Ivan Kral off it."
    assert made("en", sentence).known["targets"] == ["Chad", "Ivan Kral"]


def test_those_who_have_no_name_but_a_word_are_left_to_the_model() -> None:
    found = made("en", "Norway blacklisted the insurers.")
    assert "targets" not in found.known

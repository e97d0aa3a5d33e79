"""What one sentence leaves to the next, and which records a sentence may hold."""

import pytest

from schemas import EVENT_TYPES
from tests.extractor.clues import look, speaker


@pytest.mark.parametrize(
    ("language", "sentences", "name"),
    [
        ("en", ["Oskar Lind said the bridge was ready.", "He added that Mira Choe knew."],
         "Oskar Lind"),
        ("en", ["Oskar Lind said it was ready.", "According to him, Mira Choe knew."],
         "Oskar Lind"),
        ("ru", ["Оскар Линд заявил, что мост готов.", "Он добавил, что Иван Краль рад."],
         "Oskar Lind"),
        ("ru", ["Оскар Линд заявил, что мост готов.", "По его словам, Иван Краль рад."],
         "Oskar Lind"),
        ("bg", ["Стоян Велев заяви, че мостът е готов.", "По думите му Иван Крал е доволен."],
         "Stoyan Velev"),
    ],
)  # fmt: skip
def test_he_is_the_last_who_spoke(language: str, sentences: list[str], name: str) -> None:
    sight = look(language, *sentences)[-1]
    assert speaker(sight) == name
    assert not sight.named


def test_a_quotation_over_two_sentences_has_one_speaker() -> None:
    sights = look(
        "en", "Mira Choe said it leaked.", "“It is safe.", "Nobody fell,” said Oskar Lind."
    )
    assert [speaker(one) for one in sights] == ["Mira Choe", "Oskar Lind", "Oskar Lind"]
    assert [one.speech.quotes for one in sights] == [False, True, True]


def test_a_quotation_that_nobody_closed_ends_with_its_paragraph() -> None:
    sights = look("en", "“It is safe.", "The bridge opened.", between="\n")
    assert [one.speech.quotes for one in sights] == [True, False]
    sights = look("en", "“It is safe.", "The bridge opened.")
    assert [one.speech.quotes for one in sights] == [True, True]


def test_the_first_person_of_a_sentence_is_whom_he_means_if_nobody_spoke() -> None:
    sights = look("en", "Ingrid Dahl met Karl Berg.", "“It is safe,” she said.")
    assert speaker(sights[-1]) == "Ingrid Dahl"


@pytest.mark.parametrize(
    ("language", "sentence", "types"),
    [
        ("en", "Norway and Chad signed a treaty.", {"agreement", "meeting"}),
        ("en", "Oskar Lind said the bridge was ready.", {"statement"}),
        ("ru", "Норвежский флот ушёл в Данию.", set()),
        ("ru", "Пресс-служба Кремля сообщила о встрече.", {"meeting", "statement"}),
        ("bg", "Външният министър Стоян Велев заяви, че мостът е готов.", {"statement"}),
    ],
)
def test_cues_decide_which_records_are_possible(
    language: str, sentence: str, types: set[str]
) -> None:
    assert look(language, sentence)[0].may_hold == types


def test_a_quotation_may_be_a_statement_without_a_verb() -> None:
    assert "statement" in look("ru", "«Мост, дорога, река, поле».")[0].may_hold
    assert "statement" not in look("ru", "Мост, дорога, река, поле.")[0].may_hold


def test_a_language_without_lists_may_hold_every_record() -> None:
    assert look("fr", "Le village est beau.")[0].may_hold == set(EVENT_TYPES)


@pytest.mark.parametrize(
    ("language", "sentence", "somewhere"),
    [
        ("en", "They met in Oslo.", True),
        ("ru", "Они встретились в Осло.", True),
        ("en", "They met in secret.", False),
    ],
)
def test_in_before_a_name_may_be_a_place(language: str, sentence: str, somewhere: bool) -> None:
    assert look(language, sentence)[0].somewhere is somewhere

"""The words of a sentence that say when."""

import pytest

from extractor.clues.times import times


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The bridge opened on Friday.", ["on Friday"]),
        ("Мост откроют в мае.", ["в мае"]),
        ("Движението започва през май, каза той.", ["през май"]),
    ],
)
def test_a_phrase_is_found_with_its_preposition(sentence: str, found: list[str]) -> None:
    assert times(sentence) == found


def test_the_longest_phrase_is_taken() -> None:
    assert times("They met on 24 November 2026 in Oslo.") == ["on 24 November 2026"]


def test_phrases_come_in_their_order() -> None:
    assert times("Yesterday she left, and on Friday she returns.") == ["Yesterday", "on Friday"]


def test_a_phrase_said_twice_is_one() -> None:
    assert times("She came on Friday and he came on Friday.") == ["on Friday"]


def test_the_full_stop_is_no_part_of_a_phrase() -> None:
    assert times("It opened in 2019.") == ["in 2019"]


@pytest.mark.parametrize("sentence", ["", "The bridge is safe.", "Мост готов.", "They are 24."])
def test_nothing_is_found_where_nothing_says_when(sentence: str) -> None:
    assert times(sentence) == []

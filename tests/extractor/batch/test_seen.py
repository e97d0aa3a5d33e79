"""What a run has met is remembered outside of memory."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from extractor.batch.seen import Seen


@pytest.fixture
def seen() -> Iterator[Seen]:
    with closing(Seen()) as seen:
        yield seen


def test_nothing_is_known_at_first(seen: Seen) -> None:
    assert seen.get("a") is None


def test_what_is_put_is_kept(seen: Seen) -> None:
    assert seen.put("a", "one") is None
    assert seen.get("a") == "one"


def test_what_is_put_again_replaces_and_tells_what_was_there(seen: Seen) -> None:
    seen.put("a", "one")
    assert seen.put("a", "two") == "one"
    assert seen.get("a") == "two"


def test_an_empty_value_is_known(seen: Seen) -> None:
    seen.put("a", "")
    assert seen.get("a") == ""
    assert seen.put("a", "one") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("a", "A", id="case"),
        pytest.param("a", "a ", id="blank"),
        pytest.param("é", "e\u0301", id="composition"),
        pytest.param("", "\0", id="empty"),
        pytest.param("\ud800", "\ud801", id="halves-of-characters"),
        pytest.param("x" * 100_000 + "a", "x" * 100_000 + "b", id="long"),
    ],
)
def test_keys_that_differ_at_all_are_two(seen: Seen, one: str, other: str) -> None:
    seen.put(one, "one")
    assert seen.get(other) is None
    seen.put(other, "other")
    assert (seen.get(one), seen.get(other)) == ("one", "other")


def test_ten_thousand_keys_are_kept_and_replaced(seen: Seen) -> None:
    for number in range(10_000):
        assert seen.put(f"ключ {number}", str(number)) is None
    for number in range(0, 10_000, 2):
        assert seen.put(f"ключ {number}", "even") == str(number)
    found = [seen.get(f"ключ {number}") for number in range(10_000)]
    assert found == [str(number) if number % 2 else "even" for number in range(10_000)]


def test_two_know_nothing_of_each_other(seen: Seen) -> None:
    with closing(Seen()) as other:
        other.put("a", "one")
        assert seen.get("a") is None

"""One event found twice becomes one record."""

from typing import Any

import pytest

from extractor.merge import merge
from schemas import Answer, Ground, Meeting, Passage, Record, Statement, grounded_in
from tests.scripted import ANNA, JEAN, meeting, statement

SENTENCES = [Passage(10 * number, 10 * number + 9, f"Line no. {number}") for number in range(1, 10)]


def actor(name: str) -> dict[str, Any]:
    return {"name": name, "kind": "person", "role": None, "country": None}


def merged(*events: dict[str, Any]) -> list[Any]:
    with grounded_in(Ground(dict(enumerate(SENTENCES, start=1)))):
        found = Answer.model_validate({"events": events}).events
    return merge(found, SENTENCES)


def cited(record: Record) -> list[int]:
    return [evidence.start // 10 for evidence in record.evidence]


def test_nothing_merges_to_nothing() -> None:
    assert merged() == []


def test_a_meeting_found_in_two_windows_is_one_with_the_evidence_of_both() -> None:
    (one,) = merged(meeting(2), meeting(7))
    assert cited(one) == [2, 7]


@pytest.mark.parametrize(("some", "others"), [([5, 9], [2, 7]), ([2, 5], [7, 9]), ([7, 2], [9, 5])])
def test_joined_evidence_is_in_the_order_of_the_article(some: list[int], others: list[int]) -> None:
    (one,) = merged(meeting(evidence=some), meeting(evidence=others))
    assert cited(one) == [2, 5, 7, 9]


def test_a_sentence_that_both_cite_is_there_once() -> None:
    (one,) = merged(meeting(evidence=[2, 3]), meeting(evidence=[3, 4]))
    assert cited(one) == [2, 3, 4]


def test_meetings_of_different_status_stay_two() -> None:
    found = merged(meeting(1), meeting(2, status="planned"))
    assert [record.status for record in found] == ["held", "planned"]


def test_meetings_on_different_days_stay_two() -> None:
    found = merged(meeting(1, date="2025-11-26"), meeting(2, date="2025-11-27"))
    assert len(found) == 2


def test_records_of_different_types_stay_apart() -> None:
    found = merged(meeting(1), statement(1))
    assert [type(record) for record in found] == [Meeting, Statement]


def test_statements_of_one_speaker_in_neighbouring_sentences_join() -> None:
    (one,) = merged(statement(3, content="He came."), statement(4, content="She left."))
    assert cited(one) == [3, 4]
    assert one.content == "He came. She left."


def test_statements_of_one_speaker_in_one_sentence_join() -> None:
    (one,) = merged(statement(3, content="He came."), statement(3, content="She left."))
    assert cited(one) == [3]
    assert one.content == "He came. She left."


def test_a_run_of_many_sentences_is_one_statement() -> None:
    (one,) = merged(*(statement(number, content=f"Point {number}.") for number in (3, 4, 5, 6)))
    assert cited(one) == [3, 4, 5, 6]
    assert one.content == "Point 3. Point 4. Point 5. Point 6."


def test_content_already_said_is_not_repeated() -> None:
    (one,) = merged(statement(3, content="He came."), statement(4, content="He came."))
    assert one.content == "He came."


@pytest.mark.parametrize("other", [1, 5, 9])
def test_statements_of_one_speaker_in_sentences_apart_stay_two(other: int) -> None:
    found = merged(statement(3), statement(other))
    assert [cited(record) for record in found] == [[3], [other]]


def test_neighbouring_statements_of_different_speakers_stay_two() -> None:
    found = merged(statement(3), statement(4, speaker=JEAN))
    assert [record.speaker.name for record in found] == ["Anna Berg", "Jean Moreau"]


def test_a_speaker_named_by_surname_goes_on_with_the_run() -> None:
    (one,) = merged(statement(3), statement(4, speaker=actor("Berg")))
    assert one.speaker.name == "Anna Berg"


def test_lists_are_united_in_order_without_repetition() -> None:
    (one,) = merged(meeting(1, topics=["fish", "trade"]), meeting(2, topics=["trade", "gas"]))
    assert one.topics == ["fish", "trade", "gas"]


def test_an_actor_named_by_surname_is_not_repeated() -> None:
    (one,) = merged(meeting(1), meeting(2, participants=[actor("Moreau"), actor("Berg")]))
    assert [participant.name for participant in one.participants] == ["Anna Berg", "Jean Moreau"]


def test_nulls_are_filled_from_the_other() -> None:
    bare, full = meeting(1), meeting(2, occasion="fair", date="2025-11-26", place="Oslo, Norway")
    (one,) = merged(bare, full)
    assert one.occasion == "fair"
    assert one.date.value == "2025-11-26"
    assert one.place.model_dump() == {"name": "Oslo, Norway", "country": "NOR"}


def test_a_null_of_the_other_takes_nothing_away() -> None:
    (one,) = merged(meeting(1, occasion="fair"), meeting(2))
    assert one.occasion == "fair"


def test_what_was_said_first_stays() -> None:
    (one,) = merged(meeting(1, occasion="fair"), meeting(2, occasion="summit"))
    assert one.occasion == "fair"


@pytest.mark.parametrize(
    "second",
    [{"format": "phone"}, {"place": "Rome, Italy"}, {"date": "2025-11-27"}],
    ids=["format", "place", "date"],
)
def test_two_encounters_told_in_one_sentence_stay_two(second: dict[str, str]) -> None:
    first = {"format": "in_person", "place": "Oslo, Norway", "date": "2025-11-26"}
    found = merged(meeting(1, **first), meeting(1, **first | second))
    assert [cited(record) for record in found] == [[1], [1]]


@pytest.mark.parametrize(("first", "second"), [(False, True), (True, False)])
def test_a_run_with_a_quotation_is_direct(first: bool, second: bool) -> None:
    (one,) = merged(statement(1, direct=first), statement(2, direct=second))
    assert one.direct is True


def test_each_record_stands_where_it_was_first_found() -> None:
    other = [ANNA, actor("Kenji Mori")]
    found = merged(
        meeting(1), statement(2), meeting(3, participants=other), meeting(4), statement(9)
    )
    assert [cited(record) for record in found] == [[1, 4], [2], [3], [9]]


def test_a_record_on_its_own_is_left_as_it_is() -> None:
    with grounded_in(Ground(dict(enumerate(SENTENCES, start=1)))):
        found = Answer.model_validate({"events": [meeting(evidence=[3, 1])]}).events
    assert merge(found, SENTENCES) == found


def test_a_long_run_reads_back() -> None:
    sentences = [Passage(0, 5, "Line."), Passage(6, 11, "Line.")]
    with grounded_in(Ground(dict(enumerate(sentences, start=1)))):
        said = [statement(1, content="a" * 250), statement(2, content="b" * 250)]
        found = Answer.model_validate({"events": said}).events
    (one,) = merge(found, sentences)
    assert Statement.model_validate_json(one.model_dump_json()) == one

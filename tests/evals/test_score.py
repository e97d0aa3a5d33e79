"""The scorer: everything costs what it should, and nothing else does."""

from collections import Counter
from typing import Any

import pytest

from evals.score import score
from schemas import EventDate, Place
from tests.evals.cases import (
    ADDED,
    ANNA,
    BANNED,
    IRAN,
    JEAN,
    MET,
    OMAR,
    SAID,
    agreement,
    case,
    evidence,
    found,
    full,
    meeting,
    record,
    sanction,
    statement,
)


def three(counts: Counter[str], name: str) -> tuple[int, int, int]:
    """Gold, predicted, matched."""
    return counts[f"{name}.gold"], counts[f"{name}.predicted"], counts[f"{name}.matched"]


def actor(like: dict[str, Any]) -> Any:
    return record(case(meetings=[meeting(participants=[like, OMAR])]), "meetings").participants[0]


def test_gold_against_itself_is_all_right() -> None:
    result = score(full(), found(full()))
    assert not result.faults
    for name, number in (("meetings", 1), ("statements", 2), ("agreements", 1), ("sanctions", 1)):
        assert three(result.counts, name) == (number, number, number)
    wrong = [one for one in result.counts if ".fields." in one and not one.endswith("correct")]
    assert not wrong
    assert all(value == result.counts[one] for one, value in result.likeness.items())


def test_nothing_found_is_all_missing() -> None:
    empty = found(full(), meetings=[], statements=[], agreements=[], sanctions=[])
    counts = score(full(), empty).counts
    assert three(counts, "meetings") == (1, 0, 0)
    assert three(counts, "statements") == (2, 0, 0)
    assert counts["confusion.meetings.none"] == 1


def test_failed_article_counts_as_missed() -> None:
    counts = score(full(), None).counts
    assert counts["failed"] == 1
    assert three(counts, "sanctions") == (1, 0, 0)
    assert counts["meetings.fields.date.end_to_end.missing"] == 1


def test_order_does_not_matter() -> None:
    both = case(
        meetings=[meeting(), meeting(participants=[OMAR, JEAN], evidence=[SAID], date=None)],
        sanctions=[sanction(), sanction(status="lifted", targets=[IRAN, ANNA], evidence=[SAID])],
    )
    one, other = found(both), found(both)
    other.meetings.reverse()
    other.sanctions.reverse()
    first = other.meetings[0]
    other.meetings[0] = first.model_copy(update={"participants": first.participants[::-1]})
    assert score(both, one).counts == score(both, other).counts


def test_wrong_actor_of_two_is_another_meeting() -> None:
    this = full()
    given = record(this, "meetings")
    given = given.model_copy(update={"participants": [given.participants[0], actor(OMAR)]})
    result = score(this, found(this, meetings=[given]))
    assert three(result.counts, "meetings") == (1, 1, 0)
    assert [fault.kind for fault in result.faults] == ["missing", "spurious"]


def test_one_actor_missing_of_three_is_the_same_meeting_with_a_missing_participant() -> None:
    this = case(meetings=[meeting(participants=[ANNA, JEAN, OMAR])])
    given = record(this, "meetings")
    given = given.model_copy(update={"participants": given.participants[:2]})
    counts = score(this, found(this, meetings=[given])).counts
    assert three(counts, "meetings") == (1, 1, 1)
    assert counts["meetings.fields.participants.given_match.correct"] == 2
    assert counts["meetings.fields.participants.given_match.missing"] == 1


def test_swapped_roles_are_named_and_cost_a_missing_and_a_spurious_record() -> None:
    this = full()
    given: Any = record(this, "sanctions")
    swapped = given.model_copy(update={"imposed_by": given.targets, "targets": given.imposed_by})
    result = score(this, found(this, sanctions=[swapped]))
    assert three(result.counts, "sanctions") == (1, 1, 0)
    assert result.counts["sanctions.swapped"] == 1
    assert result.faults[0].kind == "swapped"


def test_speaker_and_addressee_swapped_are_named() -> None:
    this = full()
    given: Any = record(this, "statements")
    swapped = given.model_copy(update={"speaker": given.addressee, "addressee": given.speaker})
    result = score(this, found(this, statements=[swapped]))
    assert three(result.counts, "statements") == (2, 2, 0)
    assert result.counts["statements.swapped"] == 1


def test_a_wrong_speaker_who_was_not_spoken_to_is_no_swap() -> None:
    this = full()
    wrong = record(this, "statements").model_copy(update={"speaker": actor(OMAR)})
    result = score(this, found(this, statements=[wrong]))
    assert three(result.counts, "statements") == (2, 2, 0)
    assert result.counts["statements.swapped"] == 0


def test_wrong_day_costs_the_date_and_nothing_else() -> None:
    this = full()
    day = EventDate.model_construct(text="on Friday", value="2025-03-21")
    given = record(this, "meetings").model_copy(update={"date": day})
    result = score(this, found(this, meetings=[given]))
    assert three(result.counts, "meetings") == (1, 1, 1)
    assert result.counts["meetings.fields.date.given_match.incorrect"] == 1
    assert [(one.kind, one.field) for one in result.faults] == [("incorrect", "date")]


def test_date_that_was_not_resolved_is_missing() -> None:
    this = full()
    given = record(this, "meetings").model_copy(
        update={"date": EventDate.model_construct(text="recently", value=None)}
    )
    counts = score(this, found(this, meetings=[given])).counts
    assert counts["meetings.fields.date.given_match.missing"] == 1


def test_two_meetings_given_as_one_cost_a_missing_meeting() -> None:
    this = case(
        meetings=[meeting(), meeting(participants=[ANNA, OMAR], evidence=[SAID], date=None)]
    )
    merged = record(this, "meetings")
    merged = merged.model_copy(
        update={
            "participants": [*merged.participants, actor(OMAR)],
            "evidence": evidence(MET, SAID),
        }
    )
    result = score(this, found(this, meetings=[merged]))
    assert three(result.counts, "meetings") == (2, 1, 1)
    assert result.counts["meetings.fields.participants.given_match.spurious"] == 1


def test_duplicated_record_is_spurious() -> None:
    this = full()
    twice = [record(this, "meetings"), record(this, "meetings")]
    result = score(this, found(this, meetings=twice))
    assert three(result.counts, "meetings") == (1, 2, 1)
    assert result.counts["confusion.none.meetings"] == 1


def test_duplicated_statement_is_spurious_for_each_sentence() -> None:
    this = full()
    twice = [record(this, "statements"), record(this, "statements")]
    assert three(score(this, found(this, statements=twice)).counts, "statements") == (2, 4, 2)


def test_statement_given_sentence_by_sentence_costs_nothing() -> None:
    this = full()
    whole = record(this, "statements")
    parts = [whole.model_copy(update={"evidence": evidence(one)}) for one in (SAID, ADDED)]
    split, joined = score(this, found(this, statements=parts)), score(this, found(this))
    assert three(split.counts, "statements") == three(joined.counts, "statements") == (2, 2, 2)
    fields = [one for one in joined.counts if one.startswith("statements.fields")]
    assert fields
    assert all(split.counts[one] == joined.counts[one] for one in fields)
    assert not split.faults


def test_half_of_a_statement_is_half_found() -> None:
    this = full()
    half = record(this, "statements").model_copy(update={"evidence": evidence(SAID)})
    result = score(this, found(this, statements=[half]))
    assert three(result.counts, "statements") == (2, 1, 1)
    assert result.found["statements"] == [0.5]
    assert [(one.kind, one.sentences) for one in result.faults] == [("missing", "1 of 2")]


def test_statement_on_a_sentence_where_nobody_speaks_is_spurious() -> None:
    this = full()
    more = record(this, "statements").model_copy(update={"evidence": evidence(SAID, ADDED, BANNED)})
    assert three(score(this, found(this, statements=[more])).counts, "statements") == (2, 3, 2)


@pytest.mark.parametrize("name", ["meetings", "statements", "sanctions"])
def test_optional_record_neither_earns_nor_costs(name: str) -> None:
    label = {"meetings": meeting, "statements": statement, "sanctions": sanction}[name]
    this = case(**{name: [label(optional=True)]})
    there, missing = score(this, found(this)), score(this, found(this, **{name: []}))
    for result in (there, missing):
        assert three(result.counts, name) == (0, 0, 0)
        assert not result.faults
        assert not any(".fields." in one for one in result.counts)


def test_required_record_is_preferred_to_an_optional_one() -> None:
    this = case(meetings=[meeting(optional=True), meeting(date="2025-03-19", evidence=[SAID])])
    given = record(this, "meetings").model_copy(update={"evidence": evidence(MET, SAID)})
    assert three(score(this, found(this, meetings=[given])).counts, "meetings") == (1, 1, 1)


def test_field_left_out_of_a_label_is_not_scored() -> None:
    label = meeting()
    del label["date"], label["place"]
    this = case(meetings=[label])
    given = record(this, "meetings").model_copy(
        update={"date": EventDate.model_construct(text="x", value="1999")}
    )
    counts = score(this, found(this, meetings=[given])).counts
    assert not any("date" in one or "place" in one for one in counts)


def test_field_the_article_does_not_give_is_spurious() -> None:
    this = case(meetings=[meeting(place=None)])
    given = record(this, "meetings").model_copy(update={"place": Place.model_validate("Rome")})
    counts = score(this, found(this, meetings=[given])).counts
    assert counts["meetings.fields.place.given_match.spurious"] == 1


def test_fields_of_missing_and_spurious_records_count_end_to_end_only() -> None:
    this = full()
    wrong = record(this, "meetings").model_copy(update={"participants": [actor(OMAR)]})
    counts = score(this, found(this, meetings=[wrong])).counts
    assert counts["meetings.fields.status.end_to_end.missing"] == 1
    assert counts["meetings.fields.status.end_to_end.spurious"] == 1
    assert not any(one.startswith("meetings.fields.status.given_match") for one in counts)


def test_record_of_another_type_on_the_same_sentence_is_confused() -> None:
    this = case(sanctions=[sanction()])
    taken = record(case(meetings=[meeting(evidence=[BANNED])]), "meetings")
    counts = score(this, found(this, meetings=[taken], sanctions=[])).counts
    assert counts["confusion.sanctions.meetings"] == 1
    assert counts["confusion.sanctions.none"] == counts["confusion.none.meetings"] == 0


def test_evidence_that_is_not_the_text_is_not_grounded() -> None:
    this = case(meetings=[meeting()])
    loose = evidence(MET)[0].model_copy(update={"text": MET.replace("Rome", "Oslo")})
    given = record(this, "meetings").model_copy(update={"evidence": [loose]})
    counts = score(this, found(this, meetings=[given])).counts
    assert (counts["evidence.pieces"], counts["evidence.grounded"]) == (1, 0)


def test_evidence_of_a_found_record_is_compared_by_sentence() -> None:
    this = full()
    given = record(this, "meetings").model_copy(update={"evidence": evidence(MET, SAID)})
    counts = score(this, found(this, meetings=[given])).counts
    found_ = [counts[f"meetings.evidence.{one}"] for one in ("shared", "gold", "predicted")]
    assert found_ == [1, 1, 2]


def test_free_text_is_compared_letter_by_letter_with_the_nearest_alternative() -> None:
    this = case(agreements=[agreement(subject=["natural gas", "gas"])])
    given = record(this, "agreements").model_copy(update={"subject": "gas"})
    result = score(this, found(this, agreements=[given]))
    assert result.likeness["agreements.texts.subject"] == pytest.approx(1.0)
    worse = record(this, "agreements").model_copy(update={"subject": "oil"})
    assert score(this, found(this, agreements=[worse])).likeness["agreements.texts.subject"] < 0.5

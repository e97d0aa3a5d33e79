"""When two records of one type tell of one event."""

from typing import Any

import pytest

from schemas import (
    Actor,
    Agreement,
    Answer,
    Ground,
    Meeting,
    Passage,
    Record,
    Sanction,
    grounded_in,
)
from schemas.record import same_actors
from tests.scripted import ANNA, JEAN, meeting, statement


def record(event: dict[str, Any]) -> Any:
    with grounded_in(Ground({1: Passage(0, 1, "a"), 2: Passage(2, 3, "b")})):
        return Answer.model_validate({"events": [event]}).events[0]


def actor(name: str, kind: str = "person") -> dict[str, Any]:
    return {"name": name, "kind": kind, "role": None, "country": None}


def country(name: str) -> dict[str, Any]:
    return actor(name, "country")


def agreement(**changed: Any) -> Agreement:
    said = {
        "type": "agreement",
        "parties": [country("Norway"), country("Sweden")],
        "subject": "herring quotas",
        "status": "signed",
        "date": None,
        "evidence": [1],
    }
    return record(said | changed)


def sanction(**changed: Any) -> Sanction:
    said = {
        "type": "sanction",
        "imposed_by": [country("Norway")],
        "targets": [country("Sweden"), actor("Herring Bank", "organization")],
        "measures": ["trade"],
        "reason": None,
        "status": "imposed",
        "date": None,
        "evidence": [1],
    }
    return record(said | changed)


def met(**changed: Any) -> Meeting:
    return record(meeting(**changed))


def test_a_meeting_is_the_same_whatever_else_is_said_of_it() -> None:
    other = met(format="phone", topics=["fish"], occasion="fair", place="Oslo", evidence=[2])
    assert met(format="unknown").same_event(other)


def test_a_meeting_in_another_form_is_another() -> None:
    assert not met(format="phone").same_event(met(format="video"))


@pytest.mark.parametrize(("place", "same"), [("Oslo, Norway", True), ("Bergen, Norway", False)])
def test_a_meeting_is_told_apart_by_its_place(place: str, same: bool) -> None:
    assert met(place="Oslo").same_event(met(place=place)) is same


def test_a_country_that_a_person_speaks_for_is_no_participant_of_its_own() -> None:
    others = [country("Norway"), country("Iran")]
    found = met(participants=[{**ANNA, "country": "Norway"}, JEAN, *others])
    assert [one.name for one in found.participants] == ["Anna Berg", "Jean Moreau", "Iran"]


def test_a_meeting_is_the_same_with_its_participants_in_another_order() -> None:
    assert met().same_event(met(participants=[JEAN, ANNA]))


def test_a_meeting_is_the_same_with_a_participant_named_by_surname() -> None:
    assert met().same_event(met(participants=[actor("Berg"), actor("Moreau")]))


def test_a_meeting_with_another_participant_is_another() -> None:
    assert not met().same_event(met(participants=[ANNA, actor("Kenji Mori")]))


def test_a_meeting_with_one_more_participant_is_another() -> None:
    assert not met().same_event(met(participants=[ANNA, JEAN, actor("Kenji Mori")]))


@pytest.mark.parametrize("status", ["planned", "cancelled"])
def test_a_meeting_of_another_status_is_another(status: str) -> None:
    assert not met().same_event(met(status=status))


def test_a_meeting_on_another_date_is_another() -> None:
    assert not met(date="2025-11-26").same_event(met(date="2025-11-27"))


def test_a_meeting_is_the_same_on_one_date_in_other_words() -> None:
    assert met(date="2025-11-26").same_event(met(date="26 ноября 2025 года"))


@pytest.mark.parametrize("unsaid", [None, "some day"])
def test_a_meeting_is_the_same_where_one_date_is_not_known(unsaid: str | None) -> None:
    assert met(date="2025-11-26").same_event(met(date=unsaid))


def test_a_statement_is_the_same_by_its_speaker() -> None:
    other = statement(speaker=actor("Berg"), act="deny", content="Nothing was agreed.")
    assert record(statement()).same_event(record(other))


def test_a_statement_of_another_speaker_is_another() -> None:
    assert not record(statement()).same_event(record(statement(speaker=JEAN)))


def test_an_agreement_is_the_same_with_its_parties_in_another_order() -> None:
    assert agreement().same_event(agreement(parties=[country("Sweden"), country("Norway")]))


def test_an_agreement_is_the_same_whatever_its_date_and_evidence() -> None:
    assert agreement().same_event(agreement(date="2025", evidence=[2]))


def test_an_agreement_between_others_is_another() -> None:
    assert not agreement().same_event(agreement(parties=[country("Sweden"), country("Denmark")]))


def test_an_agreement_of_another_status_is_another() -> None:
    assert not agreement().same_event(agreement(status="planned"))


@pytest.mark.parametrize("subject", ["Herring Quotas", "herring", "herring catch", "fish quotas"])
def test_an_agreement_is_the_same_where_subjects_share_half_of_their_words(subject: str) -> None:
    assert agreement().same_event(agreement(subject=subject))


@pytest.mark.parametrize("subject", ["rail transport", "new rail and herring transport network"])
def test_an_agreement_on_another_subject_is_another(subject: str) -> None:
    one = agreement(subject="the annual cod fishing and herring season")
    assert not one.same_event(agreement(subject=subject))


def test_a_sanction_is_the_same_whatever_its_measures_reason_and_date() -> None:
    other = sanction(measures=["financial"], reason="overfishing", date="2025", evidence=[2])
    assert sanction().same_event(other)


def test_a_sanction_is_the_same_with_its_targets_in_another_order() -> None:
    targets = [actor("Herring Bank", "organization"), country("Sweden")]
    assert sanction().same_event(sanction(targets=targets))


def test_a_sanction_by_another_is_another() -> None:
    assert not sanction().same_event(sanction(imposed_by=[country("Denmark")]))


def test_a_sanction_against_another_is_another() -> None:
    assert not sanction().same_event(sanction(targets=[country("Sweden")]))


def test_a_sanction_of_another_status_is_another() -> None:
    assert not sanction().same_event(sanction(status="lifted"))


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(record(meeting()), id="meeting"),
        pytest.param(record(statement()), id="statement"),
        pytest.param(agreement(), id="agreement"),
        pytest.param(sanction(), id="sanction"),
    ],
)
def test_every_record_is_the_same_as_itself(one: Record) -> None:
    assert one.same_event(one)


def test_actors_are_the_same_either_way_round() -> None:
    def actor(name: str) -> Actor:
        return Actor(name=name, kind="person", role=None, country=None)

    one = [actor("Anna Berg"), actor("Berg")]
    other = [actor("Anna Berg"), actor("Jean Moreau")]
    assert same_actors(one, other) is same_actors(other, one) is False


def test_a_topic_has_words() -> None:
    assert met(topics=["],", "trade"]).topics == ["trade"]

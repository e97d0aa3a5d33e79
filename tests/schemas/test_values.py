"""The parts of records: what a model says becomes what the user gets, and reads back the same."""

import json
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from schemas import (
    Actor,
    Agreement,
    Answer,
    EventDate,
    Evidence,
    Ground,
    Meeting,
    Passage,
    Place,
    Record,
    Sanction,
    Statement,
    asked_schema,
    grounded_in,
)
from tests.scripted import ANNA, JEAN, meeting, statement

GROUND = Ground(
    {
        1: Passage(20, 46, "Anna Berg met Jean Moreau."),
        2: Passage(47, 71, "They spoke of fish \U0001f41f."),
    },
    date(2025, 11, 26),
)
SWEDEN = {"name": "Sweden", "kind": "country", "role": None, "country": "Sweden"}
NORWAY = {"name": "Norway", "kind": "country", "role": None, "country": "Норвегия"}
AGREEMENT = {
    "type": "agreement",
    "parties": [SWEDEN, NORWAY],
    "subject": "herring quotas",
    "status": "signed",
    "date": "в прошлую эпоху",
    "evidence": [1, 2],
}
SANCTION = {
    "type": "sanction",
    "imposed_by": [SWEDEN],
    "targets": [NORWAY],
    "measures": ["trade", "travel_ban"],
    "reason": "overfishing",
    "status": "proposed",
    "date": "on Friday",
    "evidence": [2],
}


def actor(name: str, kind: str = "person", country: str | None = None) -> Actor:
    return Actor.model_validate({"name": name, "kind": kind, "role": None, "country": country})


def said(event: dict[str, Any]) -> Record:
    with grounded_in(GROUND):
        return Answer.model_validate({"events": [event]}).events[0]


EVERY_TYPE = [
    pytest.param(
        Meeting,
        meeting(1, date="26 ноября", place="Oslo, Norway", topics=["fish"], occasion="fair"),
        id="meeting",
    ),
    pytest.param(
        Statement, statement(2, addressee=JEAN, via="TASS", date="yesterday"), id="statement"
    ),
    pytest.param(Agreement, AGREEMENT, id="agreement"),
    pytest.param(Sanction, SANCTION, id="sanction"),
    pytest.param(Meeting, meeting(1), id="nothing-but-the-needful"),
]


def test_a_sentence_number_becomes_offsets_and_text() -> None:
    with grounded_in(GROUND):
        evidence = Evidence.model_validate(2)
    assert evidence.model_dump() == {
        "start": 47,
        "end": 71,
        "text": "They spoke of fish \U0001f41f.",
    }


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_number_outside_the_window_is_an_error_that_names_the_numbers(number: int) -> None:
    with (
        grounded_in(GROUND),
        pytest.raises(ValidationError, match=rf"no sentence {number} .* numbers are: 1, 2"),
    ):
        Evidence.model_validate(number)


def test_without_a_ground_there_is_no_sentence_to_cite() -> None:
    with pytest.raises(ValidationError, match="the numbers are: none"):
        Evidence.model_validate(1)


def test_the_ground_ends_with_its_block() -> None:
    with grounded_in(GROUND), grounded_in(Ground({7: Passage(0, 1, "a")})):
        Evidence.model_validate(7)
    with pytest.raises(ValidationError, match="no sentence 1"):
        Evidence.model_validate(1)


@pytest.mark.parametrize("value", [True, False, 1.0, "1", None, [1]], ids=repr)
def test_only_a_whole_number_is_a_sentence_number(value: object) -> None:
    with grounded_in(GROUND), pytest.raises(ValidationError):
        Evidence.model_validate(value)


@pytest.mark.parametrize("field", ["start", "end"])
def test_offsets_are_never_negative(field: str) -> None:
    with pytest.raises(ValidationError, match="greater than"):
        Evidence.model_validate({"start": 0, "end": 1, "text": "a"} | {field: -1})


def test_a_record_needs_evidence() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        said(meeting(evidence=[]))


@pytest.mark.parametrize(("record_type", "event"), EVERY_TYPE)
def test_the_given_face_reads_back_equal(record_type: type[Record], event: dict[str, Any]) -> None:
    record = said(event)
    assert type(record) is record_type
    assert record_type.model_validate(record.model_dump()) == record


@pytest.mark.parametrize(("record_type", "event"), EVERY_TYPE)
def test_the_given_face_reads_back_equal_from_json(
    record_type: type[Record], event: dict[str, Any]
) -> None:
    record = said(event)
    assert record_type.model_validate_json(record.model_dump_json()) == record


@pytest.mark.parametrize(("record_type", "event"), EVERY_TYPE)
def test_the_given_face_leaves_out_the_type(
    record_type: type[Record], event: dict[str, Any]
) -> None:
    """The key it stands under says as much."""
    assert "type" not in said(event).model_dump()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Norway", "NOR"),
        ("Норвегия", "NOR"),
        ("Sweden", "SWE"),
        ("Швеция", "SWE"),
        ("Germany", "DEU"),
        ("Германия", "DEU"),
        ("Украйна", "UKR"),
        ("the Netherlands", "NLD"),
        ("U.S.", "USA"),
        ("США", "USA"),
        ("САЩ", "USA"),
        ("NO", "NOR"),
        ("NOR", "NOR"),
        (" iran ", "IRN"),
        ("Atlantis", None),
        ("Брюксел", None),
        ("", None),
        (None, None),
    ],
)
def test_a_country_is_told_by_name_or_code(name: str | None, code: str | None) -> None:
    assert actor("Anna Berg", country=name).country == code


@pytest.mark.parametrize(
    ("words", "name", "country"),
    [
        ("Oslo, Norway", "Oslo, Norway", "NOR"),
        ("Sochi, Krasnodar Krai, Russia", "Sochi, Krasnodar Krai, Russia", "RUS"),
        ("Norway", "Norway", "NOR"),
        ("Oslo", "Oslo", "NOR"),
        ("Bergen", "Bergen", None),
        ("  Oslo, Norway ", "Oslo, Norway", "NOR"),
    ],
)
def test_a_place_has_its_name_and_the_country_in_it(
    words: str, name: str, country: str | None
) -> None:
    assert Place.model_validate(words).model_dump() == {"name": name, "country": country}


@pytest.mark.parametrize(
    ("event", "value"),
    [
        pytest.param(meeting(date="on Friday"), "2025-11-21", id="held"),
        pytest.param(meeting(date="on Friday", status="planned"), "2025-11-28", id="planned"),
        pytest.param(meeting(date="on Friday", status="cancelled"), "2025-11-21", id="cancelled"),
        pytest.param(SANCTION, "2025-11-28", id="proposed"),
        pytest.param(SANCTION | {"status": "imposed"}, "2025-11-21", id="imposed"),
        pytest.param(statement(date="on Friday"), "2025-11-21", id="said"),
    ],
)
def test_words_about_time_are_resolved_by_status(event: dict[str, Any], value: str) -> None:
    assert said(event).date == EventDate(text="on Friday", value=value)


def test_words_that_do_not_resolve_are_kept_without_a_value() -> None:
    assert said(meeting(date=" some day ")).date == EventDate(text="some day", value=None)


@pytest.mark.parametrize("words", ["", "  "])
def test_blank_words_about_time_are_no_date(words: str) -> None:
    assert said(meeting(date=words)).date is None


@pytest.mark.parametrize("value", ["Friday", "2025-1-1", "27.11.2025", ""])
def test_a_date_value_is_iso(value: str) -> None:
    with pytest.raises(ValidationError, match="pattern"):
        EventDate(text="then", value=value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(actor("Anna Berg"), actor("Anna Berg"), True, id="equal"),
        pytest.param(actor("Anna Berg"), actor("ANNA berg"), True, id="case"),
        pytest.param(actor("Anna Berg"), actor("Berg"), True, id="surname"),
        pytest.param(actor("Berg"), actor("Anna Maria Berg"), True, id="surname-of-three"),
        pytest.param(actor("Anna"), actor("Anna Berg"), False, id="first-name"),
        pytest.param(actor("Anna Berg"), actor("Jens Berg"), False, id="namesakes"),
        pytest.param(actor("Berg"), actor("Moreau"), False, id="two-surnames"),
        pytest.param(actor("Anna Berg"), actor("Bergman"), False, id="part-of-a-word"),
        pytest.param(
            actor("South Sudan", "country"), actor("Sudan", "country"), False, id="countries"
        ),
        pytest.param(actor("Anna Berg"), actor("Berg", "organization"), False, id="other-kind"),
    ],
)
def test_actors_are_the_same_by_name_or_a_persons_surname(
    one: Actor, other: Actor, same: bool
) -> None:
    assert one.is_same(other) is same
    assert other.is_same(one) is same


@pytest.mark.parametrize("name", ["Анна Берг", "Anna Берг", "Αθήνα", "東京", "أنقرة"])
def test_a_name_in_another_script_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(ValidationError, match=f"must be in English letters.*{name}"):
        actor(name)


@pytest.mark.parametrize("name", ["Žižek", "Erdoğan", "O’Neill", "Nguyễn Phú Trọng", "St. Malo"])
def test_latin_names_of_other_languages_are_english_enough(name: str) -> None:
    assert actor(name).name == name


@pytest.mark.parametrize("name", ["", "   ", "Anna\nBerg", 'Anna "Bo" Berg', "Anna\\Berg"])
def test_a_name_is_not_blank_and_has_no_breaks_quotes_or_backslashes(name: str) -> None:
    with pytest.raises(ValidationError, match="English letters"):
        actor(name)


def test_blanks_around_a_name_are_dropped() -> None:
    assert actor("  Anna Berg\n").name == "Anna Berg"


def test_a_name_has_at_most_120_characters() -> None:
    assert actor("x" * 120).name == "x" * 120
    with pytest.raises(ValidationError, match="1 to 120 characters"):
        actor("x" * 121)


def test_a_sentence_is_asked_for_in_400_characters_and_may_be_longer_when_joined() -> None:
    asked = json.dumps(asked_schema(Statement)["properties"]["content"])
    assert "{1,400}$" in asked
    assert isinstance(said(statement(content="x" * 401)), Statement)
    with pytest.raises(ValidationError, match="English letters"):
        said(statement(content="x" * 10_001))


def test_the_content_of_a_statement_is_english() -> None:
    with pytest.raises(ValidationError, match="English letters"):
        said(statement(content="Переговоры прошли хорошо."))


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(meeting(mood="cordial"), id="record"),
        pytest.param(meeting(participants=[ANNA | {"age": 50}, JEAN]), id="actor"),
        pytest.param(meeting(place={"name": "Oslo", "country": None, "zip": 1}), id="place"),
        pytest.param(meeting(date={"text": "now", "value": None, "zone": 1}), id="date"),
        pytest.param(
            meeting(evidence=[{"start": 0, "end": 1, "text": "a", "page": 1}]), id="evidence"
        ),
    ],
)
def test_an_unknown_key_is_refused(event: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        said(event)


@pytest.mark.parametrize(
    ("value", "field"),
    [
        pytest.param(said(meeting()), "status", id="record"),
        pytest.param(actor("Anna Berg"), "name", id="actor"),
        pytest.param(Place(name="Oslo", country=None), "name", id="place"),
        pytest.param(EventDate(text="now", value=None), "text", id="date"),
        pytest.param(Evidence(start=0, end=1, text="a"), "text", id="evidence"),
    ],
)
def test_an_instance_never_changes(value: object, field: str) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(value, field, "changed")


@pytest.mark.parametrize("word", ["None", "null", " NULL ", "n/a"])
def test_null_written_as_a_word_is_null(word: str) -> None:
    speaker = {"name": "Anna Berg", "kind": "person", "role": word, "country": word}
    found = said(statement(speaker=speaker, via=word, date=word))
    assert isinstance(found, Statement)
    assert (found.speaker.role, found.speaker.country, found.via, found.date) == (None,) * 4


def test_a_name_that_is_only_null_is_refused() -> None:
    with pytest.raises(ValidationError, match="name"):
        said(statement(speaker={"name": "None", "kind": "person", "role": None, "country": None}))


@pytest.mark.parametrize("names", [["Anna Berg"], ["Anna Berg", "Berg"], ["Iran", "iran"]], ids=str)
def test_nobody_meets_alone(names: list[str]) -> None:
    alone = [{"name": name, "kind": "person", "role": None, "country": None} for name in names]
    with pytest.raises(ValidationError, match="two different participants"):
        said(meeting(participants=alone))


def test_a_council_meets_by_itself() -> None:
    council = {"name": "Security Council", "kind": "organization", "role": None, "country": None}
    assert len(said(meeting(participants=[council])).participants) == 1


def test_a_sentence_that_reads_null_stays_a_sentence() -> None:
    evidence = Evidence(start=0, end=4, text="None")
    assert Evidence.model_validate_json(evidence.model_dump_json()) == evidence

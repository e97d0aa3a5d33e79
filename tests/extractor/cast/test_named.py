"""The actors of records under their canonical names."""

from typing import Any

import pytest
from pydantic import ValidationError

from extractor.cast import Cast, named
from schemas import Agreement, Meeting
from tests import scripted

CAST = Cast(["Президент Ирана Масуд Пезешкиан встретился с Владимиром Путиным."], "ru")


def actor(name: str, kind: str = "person", country: str | None = None) -> dict[str, Any]:
    return {"name": name, "kind": kind, "role": None, "country": country}


def meeting(*participants: dict[str, Any]) -> Meeting:
    evidence = [{"start": 0, "end": 1, "text": "a"}]
    return Meeting.model_validate(scripted.meeting(participants=participants, evidence=evidence))


def names(record: Meeting) -> list[str]:
    return [one.name for one in record.participants]


def test_bent_names_become_those_of_the_article() -> None:
    found = named(meeting(actor("Mashud Pesheskian"), actor("Putin")), CAST)
    assert names(found) == ["Masoud Pezeshkian", "Vladimir Putin"]


def test_country_and_role_are_filled_in() -> None:
    found = named(meeting(actor("Pezeshkian"), actor("Putin")), CAST)
    first, second = found.participants
    assert (first.role, first.country) == ("President of Iran", "IRN")
    assert second.country == "RUS"


def test_one_named_twice_is_one() -> None:
    said = [actor("Pezeshkian"), actor("President of Iran"), actor("Putin")]
    assert names(named(meeting(*said), CAST)) == ["Masoud Pezeshkian", "Vladimir Putin"]


def test_a_meeting_of_one_under_two_names_is_none() -> None:
    with pytest.raises(ValidationError, match="two different participants"):
        named(meeting(actor("Pezeshkian"), actor("President of Iran")), CAST)


@pytest.mark.parametrize(
    ("said", "name", "kind", "country"),
    [
        (actor("EU", "country", "Belgium"), "European Union", "organization", None),
        (actor("U.N.", "organization"), "United Nations", "organization", None),
        (actor("Tehran", "country"), "Iran", "country", "IRN"),
        (actor("Iran", "organization"), "Iran", "country", "IRN"),
        (actor("the Kremlin", "organization"), "Kremlin", "organization", "RUS"),
        (actor("Iranian Foreign Ministry", "organization"),
         "Ministry of Foreign Affairs of Iran", "organization", "IRN"),
        (actor("Shell", "organization"), "Shell", "organization", None),
        (actor("AU", "organization"), "African Union", "organization", None),
        (actor("Western allies", "group"), "Western allies", "group", None),
        (actor("Omar Haddad"), "Omar Haddad", "person", None),
        (actor("Xi Jinping"), "Xi Jinping", "person", "CHN"),
    ],
)  # fmt: skip
def test_states_and_bodies_have_one_name_and_the_right_kind(
    said: dict[str, Any], name: str, kind: str, country: str | None
) -> None:
    found, _ = named(meeting(said, actor("Mira Choe")), CAST).participants
    assert (found.name, found.kind, found.country) == (name, kind, country)


def test_every_list_of_actors_is_named_whatever_the_type() -> None:
    agreement = Agreement.model_validate(
        {
            "type": "agreement",
            "parties": [actor("EU", "organization"), actor("Tehran", "country")],
            "subject": "fish",
            "status": "signed",
            "date": None,
            "evidence": [{"start": 0, "end": 1, "text": "a"}],
        }
    )
    assert [one.name for one in named(agreement, CAST).parties] == ["European Union", "Iran"]


@pytest.mark.parametrize(("language", "country"), [("en", None), ("de", "NOR")])
def test_a_country_that_the_article_never_names_is_nobodys(
    language: str, country: str | None
) -> None:
    """In a language of the tables: another has its own names for countries."""
    cast = Cast(["Omar Haddad met Mira Choe."], language)
    first, _ = named(
        meeting(actor("Omar Haddad", country="NOR"), actor("Mira Choe")), cast
    ).participants
    assert first.country == country


def test_a_named_record_stays_as_it_is() -> None:
    once = named(meeting(actor("Pezeshkian"), actor("Putin")), CAST)
    assert named(once, CAST) == once

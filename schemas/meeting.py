"""Meeting: actors talk to each other."""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator

from schemas.record import Record, compatible_places, same_actors, same_or_unsaid
from schemas.values import Actor, Actors, EventDate, Evidences, Name, Place, Topics


class Meeting(Record):
    """Two or more actors talk to each other directly: talks, visit, summit, phone or video call."""

    type: Literal["meeting"] = Field(default="meeting", exclude=True)
    participants: Annotated[
        Actors,
        Field(description="Those who talk; a person rather than the country they stand for."),
    ]
    format: Literal["in_person", "phone", "video", "unknown"]
    status: Literal["held", "planned", "cancelled"]
    topics: Topics
    occasion: Name | None = Field(description="The larger event it belongs to: CSTO summit.")
    date: EventDate | None
    place: Place | None
    evidence: Evidences

    @field_validator("participants")
    @classmethod
    def _persons_first(cls, participants: list[Actor]) -> list[Actor]:
        """Those who talk, without the countries that one of them stands for."""
        spoken_for = {one.country for one in participants if one.kind == "person"}
        return [
            one
            for one in participants
            if one.kind != "country" or one.country is None or one.country not in spoken_for
        ]

    @field_validator("participants")
    @classmethod
    def _are_two(cls, participants: list[Actor]) -> list[Actor]:
        """No person or country meets alone, under one name or two; a council or a group may."""
        first, *others = participants
        single = first.kind in ("person", "country")
        if single and all(first.is_same(other) for other in others):
            raise ValueError("a meeting has at least two different participants")
        return participants

    def same_event(self, other: Self) -> bool:
        """The same people, the same status, and nothing said that tells two encounters apart."""
        formats = {self.format, other.format} - {"unknown"}
        return (
            self.status == other.status
            and len(formats) < 2
            and same_actors(self.participants, other.participants)
            and same_or_unsaid(self.date, other.date)
            and compatible_places(self.place, other.place)
        )

"""Sanction: a restrictive measure against somebody."""

from typing import Annotated, Literal, Self

from pydantic import Field

from schemas.record import Record, same_actors, same_or_unsaid
from schemas.values import Actors, EventDate, Evidences, Name

Measure = Literal[
    "asset_freeze",
    "travel_ban",
    "trade",
    "arms_embargo",
    "export_control",
    "financial",
    "diplomatic",
    "other",
]


class Sanction(Record):
    """A restrictive measure that a state or an international body takes against somebody."""

    type: Literal["sanction"] = Field(default="sanction", exclude=True)
    imposed_by: Annotated[Actors, Field(description="Who takes, or would take, the measure.")]
    targets: Annotated[Actors, Field(description="Whom it is meant to hurt.")]
    measures: list[Measure] = Field(description="Empty when not said.")
    reason: Name | None = Field(description="Short English phrase.")
    status: Literal["imposed", "in_force", "proposed", "extended", "lifted"]
    date: EventDate | None
    evidence: Evidences

    def same_event(self, other: Self) -> bool:
        """The same imposers, targets and status, and no two different dates."""
        return (
            self.status == other.status
            and same_actors(self.imposed_by, other.imposed_by)
            and same_actors(self.targets, other.targets)
            and same_or_unsaid(self.date, other.date)
        )

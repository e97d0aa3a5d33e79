"""Agreement: an instrument or a deal between parties."""

from typing import Annotated, Literal, Self

from pydantic import Field

from schemas.record import Record, same_actors, same_or_unsaid
from schemas.values import Actors, EventDate, Evidences, Name


class Agreement(Record):
    """A treaty, declaration, memorandum, contract, ceasefire or deal between parties."""

    type: Literal["agreement"] = Field(default="agreement", exclude=True)
    parties: Annotated[
        Actors, Field(description="Countries or organizations, not the persons who sign.")
    ]
    subject: Name = Field(description="Short English phrase.")
    status: Literal["signed", "in_force", "planned", "in_negotiation", "ended"]
    date: EventDate | None
    evidence: Evidences

    def same_event(self, other: Self) -> bool:
        """The same parties, status and date, and subjects that share half of their words."""
        mine, theirs = (set(one.subject.casefold().split()) for one in (self, other))
        return (
            self.status == other.status
            and same_actors(self.parties, other.parties)
            and same_or_unsaid(self.date, other.date)
            and 2 * len(mine & theirs) >= min(len(mine), len(theirs))
        )

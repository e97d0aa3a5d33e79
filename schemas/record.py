"""What every record has in common: evidence, a date that counts from the article's, an identity."""

from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from pydantic import ConfigDict, Field, ValidationInfo, field_validator, model_validator

from schemas.dates import resolve
from schemas.grounding import current_ground
from schemas.values import Actor, EventDate, Evidence, Place, Said


class Record(Said):
    """One event of one type, with the sentences it was read from.

    A record type declares `status` before `date` (a planned Friday is the next one, any other the
    last) and `evidence` last, and says in `same_event` when two of its records tell of one event.
    """

    model_config = ConfigDict(str_strip_whitespace=True)

    per_run: ClassVar[bool] = False
    """Whether a record is one run of consecutive sentences: then only neighbours are joined."""
    joined_text: ClassVar[str | None] = None
    """The field whose sentences follow one another when two records are joined."""

    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    """How likely the sentences hold a record of this type; None where the model was not asked."""

    if TYPE_CHECKING:  # declared by each record type, so that it is the last key of each
        evidence: list[Evidence]
        date: EventDate | None

    @model_validator(mode="before")
    @classmethod
    def _with_what_is_known(cls, value: object) -> object:
        """Add the fields that were not asked."""
        known = current_ground().known
        return {**value, **known} if known and isinstance(value, dict) else value

    @field_validator("date", mode="before", check_fields=False)
    @classmethod
    def _date_from_words(cls, value: object, info: ValidationInfo) -> object:
        """Resolve the article's words against the day it was published."""
        if not isinstance(value, str):
            return value
        words = value.strip()
        if not words:
            return None
        ahead = info.data.get("status") in ("planned", "proposed")
        published = current_ground().published
        return {"text": words, "value": resolve(words, published=published, ahead=ahead)}

    def same_event(self, other: Self) -> bool:
        """Whether both records tell of one event, as far as their fields can say."""
        raise NotImplementedError


def same_actors(some: list[Actor], others: list[Actor]) -> bool:
    """Whether two lists name the same actors, in any order."""
    return len(some) == len(others) and all(
        any(actor.is_same(other) for other in there)
        for here, there in ((some, others), (others, some))
        for actor in here
    )


def compatible_places(one: Place | None, other: Place | None) -> bool:
    """Whether two places could be one: one of them not known, or all that one says in the other."""
    if one is None or other is None:
        return True
    short, long = sorted(
        ({part.strip().casefold() for part in place.name.split(",")} for place in (one, other)),
        key=len,
    )
    return short <= long


def same_or_unsaid(one: EventDate | None, other: EventDate | None) -> bool:
    """Whether two dates could be one: equal values, or one of them not known."""
    values = {date.value for date in (one, other) if date and date.value}
    return len(values) < 2

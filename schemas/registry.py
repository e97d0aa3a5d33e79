"""The registry: one line for each record type."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Union, get_args

from pydantic import BaseModel, Discriminator

from schemas.agreement import Agreement
from schemas.meeting import Meeting
from schemas.record import Record
from schemas.sanction import Sanction
from schemas.statement import Statement
from schemas.values import Actor


class Records(BaseModel):
    """Records by type. The field names are the keys of the output and of the gold files."""

    meetings: list[Meeting] = []
    statements: list[Statement] = []
    agreements: list[Agreement] = []
    sanctions: list[Sanction] = []

    @classmethod
    def by_type(cls, events: Iterable[Record]) -> dict[str, list[Record]]:
        """`events` under the names of the fields they belong to, in their order."""
        return {
            name: [event for event in events if type(event) is record_type]
            for name, record_type in RECORD_TYPES.items()
        }


RECORD_TYPES: dict[str, type[Record]] = {
    name: get_args(field.annotation)[0] for name, field in Records.model_fields.items()
}
"""Each field of `Records` with its record type, in the order they are asked for."""

if TYPE_CHECKING:
    Event = Record
else:
    Event = Annotated[Union[tuple(RECORD_TYPES.values())], Discriminator("type")]  # noqa: UP007
"""A record of any type, told by its `type` key."""

EVENT_TYPES: tuple[str, ...] = tuple(
    record_type.model_fields["type"].default for record_type in RECORD_TYPES.values()
)
"""What the types call themselves: "meeting" and so on."""

ACTOR_LISTS: dict[str, tuple[str, ...]] = {
    type_: tuple(
        name for name, field in record_type.model_fields.items() if field.annotation == list[Actor]
    )
    for type_, record_type in zip(EVENT_TYPES, RECORD_TYPES.values(), strict=True)
}
"""The fields of each type that hold several actors."""

STATUSES: dict[str, tuple[str, ...]] = {
    type_: get_args(record_type.model_fields["status"].annotation)
    for type_, record_type in zip(EVENT_TYPES, RECORD_TYPES.values(), strict=True)
    if "status" in record_type.model_fields
}
"""What the status of each type that has one may be."""

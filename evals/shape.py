"""What the fields of a record type are, told from its schema, so that no type is named here.

A fifth record type is labelled, scored and reported like the four without a line changed in this
package.
"""

import types
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

from schemas import Actor, EventDate, Evidence, Place, Record


class Kind(StrEnum):
    """What a field holds."""

    ACTOR = "actor"
    ACTORS = "actors"
    DATE = "date"
    PLACE = "place"
    CHOICE = "choice"
    """One of a few words, or true and false."""
    CHOICES = "choices"
    TEXT = "text"
    """Free English."""
    TEXTS = "texts"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record type."""

    name: str
    kind: Kind
    annotation: Any
    """The schema's, without null."""
    nullable: bool


@cache
def fields_of(record_type: type[Record]) -> tuple[Field, ...]:
    """The fields of a record type in their order, without `type` and what no label has."""
    return tuple(
        _field(name, info)
        for name, info in record_type.model_fields.items()
        if not info.exclude and name not in Record.model_fields
    )


@cache
def identity_of(record_type: type[Record]) -> tuple[str, ...]:
    """The fields that say which event it is: those that must name actors."""
    return tuple(
        field.name
        for field in fields_of(record_type)
        if field.kind in (Kind.ACTOR, Kind.ACTORS) and not field.nullable
    )


@cache
def roles_of(record_type: type[Record]) -> tuple[str, str] | None:
    """The two fields whose actors must not be swapped, or None where all actors are alike."""
    names = [
        field.name for field in fields_of(record_type) if field.kind in (Kind.ACTOR, Kind.ACTORS)
    ]
    return (names[0], names[1]) if len(names) > 1 else None


def _field(name: str, info: FieldInfo) -> Field:
    options = [info.annotation]
    if get_origin(info.annotation) in (Union, types.UnionType):
        options = [one for one in get_args(info.annotation) if one is not type(None)]
    (annotation,) = options
    nullable = options != [info.annotation]
    if get_origin(annotation) is list:
        (inner,) = get_args(annotation)
        many: dict[Any, Kind] = {Actor: Kind.ACTORS, Evidence: Kind.EVIDENCE}
        kind = many.get(inner) or (Kind.CHOICES if _is_choice(inner) else Kind.TEXTS)
    else:
        one: dict[Any, Kind] = {Actor: Kind.ACTOR, EventDate: Kind.DATE, Place: Kind.PLACE}
        kind = one.get(annotation) or (Kind.CHOICE if _is_choice(annotation) else Kind.TEXT)
    if kind in (Kind.TEXT, Kind.TEXTS) and not _is_text(annotation):
        raise TypeError(f"evals knows no way to score {name!r}: {annotation!r}")
    return Field(name, kind, annotation, nullable)


def _is_choice(annotation: Any) -> bool:
    return annotation is bool or get_origin(annotation) is Literal


def _is_text(annotation: Any) -> bool:
    inner = get_args(annotation)[0] if get_origin(annotation) is list else annotation
    return inner is str or isinstance(inner, TypeAliasType)

"""Labels: the records that are in an article, as a gold file holds them.

The classes are made from the schemas, so a new record type is labelled without a change here. They
follow `labelling.md`: evidence is quoted, never counted, so that a file can be edited by hand, and
a field that cannot be judged from the article is left out.
"""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    create_model,
    model_validator,
)

from evals.shape import Kind, fields_of, identity_of
from schemas import RECORD_TYPES, Actor, EventDate, Evidence, Place, Record
from schemas.countries import alpha3
from schemas.dates import resolve
from schemas.values import Name


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


_ONE_OR_MORE = WithJsonSchema(
    {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
)
Names = Annotated[list[Name], BeforeValidator(_listed), Field(min_length=1), _ONE_OR_MORE]
"""The best English name, then accepted alternatives."""

Texts = Annotated[list[str], BeforeValidator(_listed), Field(min_length=1), _ONE_OR_MORE]
"""The best English words, then accepted alternatives."""


def _calendar_value(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)


def _exists(value: str) -> str:
    if resolve(value, published=None, ahead=False) != value:
        raise ValueError(f"is no day, month, year or span in ISO 8601: {value!r}")
    return value


DateValue = Annotated[
    str,
    BeforeValidator(_calendar_value),
    AfterValidator(_exists),
    WithJsonSchema(
        {"type": ["string", "integer"], "description": "2025-12-12, 2025-12, 2025, or a/b"}
    ),
]


def _is_code(value: str) -> str:
    if len(value) != 3 or alpha3(value) != value:
        raise ValueError(f"is no ISO 3166-1 alpha-3 code: {value!r}")
    return value


def _quoted_once(value: object, info: ValidationInfo) -> object:
    """The place of a quotation in the article, which is the context of validation."""
    if not isinstance(value, str):
        raise ValueError("must be a quotation from the article")  # noqa: TRY004  # for Pydantic
    if value != value.strip() or value.splitlines() != [value]:
        raise ValueError(f"must be one line without blanks around it: {value!r}")
    text = (info.context or {}).get("text", "")
    start = text.find(value)
    if start < 0:
        raise ValueError(f"is not in the text: {value!r}")
    if text.find(value, start + 1) >= 0:
        raise ValueError(f"is in the text more than once: {value!r}")
    return {"start": start, "end": start + len(value), "text": value}


Quotation = Annotated[Evidence, BeforeValidator(_quoted_once), WithJsonSchema({"type": "string"})]


class _Label(BaseModel):
    """A part of a gold file. Unknown keys are errors; a key left out is not scored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


if TYPE_CHECKING:
    ActorKind = Literal["person", "country", "organization", "group"]
else:
    ActorKind = Actor.model_fields["kind"].annotation


class GoldActor(_Label):
    """An actor as labelled."""

    name: Names
    kind: ActorKind
    role: Name | None = None
    country: Annotated[str, AfterValidator(_is_code)] | None = None


class GoldRecord(_Label):
    """A record as labelled. Its other fields are those of the record type."""

    optional: bool = False
    """Borderline: finding it earns nothing, missing it costs nothing."""
    evidence: Annotated[list[Quotation], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _null_elsewhere(cls, value: object) -> object:
        """A null where only other types have a field says nothing: an agreement's `place: null`."""
        if not isinstance(value, dict):
            return value
        return {
            key: said
            for key, said in value.items()
            if said is not None or key in cls.model_fields or key not in _ALL_FIELDS
        }

    def judged(self, name: str) -> bool:
        """Whether the field was labelled, if only as null."""
        return name in self.model_fields_set


_ALL_FIELDS = {
    field.name for record_type in RECORD_TYPES.values() for field in fields_of(record_type)
}


_LABELLED: dict[Kind, Any] = {
    Kind.ACTOR: GoldActor,
    Kind.ACTORS: Annotated[list[GoldActor], Field(min_length=1)],
    Kind.DATE: DateValue,
    Kind.PLACE: Texts,
    Kind.TEXT: Texts,
    Kind.TEXTS: list[str],
}
"""How a field of each kind is labelled; the other kinds as the schema has them."""


def _label_of(record_type: type[Record]) -> type[GoldRecord]:
    """The class that reads labels of a type: its fields; all but the actors may be left out."""
    identity = identity_of(record_type)
    fields: dict[str, Any] = {}
    for shape in fields_of(record_type):
        if shape.kind is not Kind.EVIDENCE:
            annotation = _LABELLED.get(shape.kind, shape.annotation)
            default = ... if shape.name in identity else None
            fields[shape.name] = (annotation | None if shape.nullable else annotation, default)
    return create_model(
        f"Gold{record_type.__name__}", __base__=GoldRecord, __doc__=record_type.__doc__, **fields
    )


class GoldHead(_Label):
    """What a gold file says of the article itself."""

    id: Annotated[str, Field(pattern=r"^[\w.-]+$")]
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    """ISO 639-1."""
    published: date | None
    """The day the article itself carries."""


def _list_of(record_type: type[Record]) -> Any:
    label: Any = _label_of(record_type)
    return list[label]


_LISTS: dict[str, Any] = {name: (_list_of(one), ...) for name, one in RECORD_TYPES.items()}

GoldFile = create_model("GoldFile", __base__=GoldHead, **_LISTS)
"""A gold file: the article's head and its records by type."""


def as_record(label: GoldRecord, record_type: type[Record]) -> Record:
    """The record that a system would give which found exactly what is labelled.

    Of accepted alternatives the first is taken. A field that was left out is None, whatever the
    schema says of it: it is not scored.
    """
    given: dict[str, Any] = {"evidence": label.evidence}
    for shape in fields_of(record_type):
        value = getattr(label, shape.name)
        match shape.kind:
            case Kind.ACTOR:
                value = value and as_actor(value)
            case Kind.ACTORS:
                value = [as_actor(actor) for actor in value]
            case Kind.DATE:
                value = value and EventDate.model_construct(text=value, value=value)
            case Kind.PLACE:
                value = value and Place.model_validate(value[0])
            case Kind.TEXT:
                value = value and value[0]
        given[shape.name] = value
    return record_type.model_construct(**given)


def as_actor(actor: GoldActor) -> Actor:
    """The actor that a system would give which found exactly the one labelled."""
    return Actor.model_construct(
        name=actor.name[0], kind=actor.kind, role=actor.role, country=actor.country
    )

"""The parts that records are made of: actors, places, dates, evidence.

Each class has two faces. The *asked* face, its validation JSON schema, is what a model must say,
small and cheap: a sentence number, the article's words. The *given* face, its serialized form, is
what the user gets: exact offsets, ISO values. Validation is the step from one to the other, and it
also accepts the given face, so that saved results read back through the same classes.
"""

import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from typing_extensions import TypeAliasType

from schemas.countries import alpha3
from schemas.dates import VALUE_PATTERN
from schemas.grounding import current_ground

ENGLISH = r"[ !#-\[\]-~\u00a0-\u024f\u1e00-\u1eff\u2010-\u201f\u2026\u20ac\u2116]"
"""Characters that English prose is written with, Latin names of other languages included.

Straight double quotes and backslashes are left out: llama.cpp's grammars take a pattern to the
letter, and either would let a model break out of the JSON string.
"""

_ANY_WORDS = r"^[^\"\\\n\r]{1,60}$"
"""A short stretch of the article's own words, in any script; bounded like the rest."""


def _english(longest: int, joined: int) -> tuple[AfterValidator, WithJsonSchema]:
    """Text in English letters, blanks around it dropped.

    The pattern is in the JSON schema too, so that a model decoded under it cannot leave a name in
    Cyrillic, nor run on without end.

    Args:
        longest: characters a model may say.
        joined: characters it may have in all, once records are joined.
    """

    def check(value: str) -> str:
        text = value.strip()
        if not re.fullmatch(f"{ENGLISH}+", text) or len(text) > joined:
            raise ValueError(f"must be in English letters, 1 to {longest} characters: {value!r}")
        return text

    pattern = f"^{ENGLISH}{{1,{longest}}}$"
    return AfterValidator(check), WithJsonSchema({"type": "string", "pattern": pattern})


Name = TypeAliasType("Name", Annotated[str, *_english(120, 120)])
"""A name, title or short phrase in English."""

Sentence = TypeAliasType("Sentence", Annotated[str, *_english(400, 10_000)])
"""One sentence in English; several where records of several sentences are joined."""


def _country(value: object) -> object:
    return alpha3(value) if isinstance(value, str) else value


Country = Annotated[
    str | None,
    BeforeValidator(_country),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": "^[A-Z]{3}$"}, {"type": "null"}]},
        mode="serialization",
    ),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": _ANY_WORDS}, {"type": "null"}]},
        mode="validation",
    ),
]
"""Asked for as a country's name; given as ISO 3166-1 alpha-3. Null when it names no country."""


class Value(BaseModel):
    """A part of a record. Unknown keys are errors; an instance never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(Value):
    """An object whose fields a model says, one by one."""

    @model_validator(mode="before")
    @classmethod
    def _null_is_null(cls, value: object) -> object:
        """Small models write null as a word."""
        if not isinstance(value, dict):
            return value
        return {key: None if _is_null_word(said) else said for key, said in value.items()}


def _is_null_word(said: object) -> bool:
    return isinstance(said, str) and said.strip().casefold() in ("none", "null", "n/a")


class Actor(Said):
    """A person, country, organization or group that takes part."""

    name: Name = Field(
        description="Usual English name, as full as the article allows: Vladimir Putin, Iran, CSTO."
    )
    kind: Literal["person", "country", "organization", "group"]
    role: Name | None = Field(description="Title in English, if the article gives it.")
    country: Country = Field(description="The state the actor is or acts for.")

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        """One of the actors that the model was shown, or a group in its own words."""
        if isinstance(value, str):
            group = {"name": value, "kind": "group", "role": None, "country": None}
            return current_ground().actors.get(value, group)
        return value

    @model_validator(mode="before")
    @classmethod
    def _country_of_itself(cls, value: object) -> object:
        """A country acts for itself, whether or not that is said."""
        if isinstance(value, dict) and value.get("kind") == "country" and not value.get("country"):
            return {**value, "country": value.get("name")}
        return value

    def is_same(self, other: "Actor") -> bool:
        """Whether both name one actor: equal names, or one person's surname and full name."""
        mine, theirs = self.name.casefold(), other.name.casefold()
        if mine == theirs:
            return True
        if self.kind != "person" or other.kind != "person":
            return False
        short, full = sorted((mine.split(), theirs.split()), key=len)
        return len(short) == 1 and short[0] == full[-1]


class Asked(Value):
    """A value the model says as one word or number, and the user gets as an object."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return cls._asked() if handler.mode == "validation" else handler(core_schema)

    @classmethod
    def _asked(cls) -> JsonSchemaValue:
        raise NotImplementedError


class Place(Asked):
    """Where an encounter takes place: "Ashgabat, Turkmenistan"."""

    name: Name
    country: Country

    @classmethod
    def _asked(cls) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": f"^{ENGLISH}{{1,120}}$",
            "description": "City and country, in English.",
        }

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        if isinstance(value, str):
            return {"name": value, "country": value.rsplit(",", 1)[-1]}
        return value


class EventDate(Asked):
    """When something happened or will: the article's words and what they come to."""

    text: str
    value: Annotated[str, StringConstraints(pattern=VALUE_PATTERN)] | None = Field(
        description="ISO 8601 day, month, year or span of days; null when not resolved."
    )

    @classmethod
    def _asked(cls) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": _ANY_WORDS,
            "description": "The words of the article, or an ISO date.",
        }


class Evidence(Asked):
    """A sentence that reports the event: `article[start:end] == text`, in code points."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text: str

    @classmethod
    def _asked(cls) -> JsonSchemaValue:
        return {"type": "integer"}

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, int):
            return value
        sentences = current_ground().sentences
        if value not in sentences:
            known = ", ".join(map(str, sentences)) or "none"
            raise ValueError(f"there is no sentence {value} to cite; the numbers are: {known}")
        passage = sentences[value]
        return {"start": passage.start, "end": passage.end, "text": passage.text}


Evidences = Annotated[
    list[Evidence],
    Field(min_length=1, description="Numbers of the sentences that report it."),
]
"""At least one sentence."""

Actors = Annotated[list[Actor], Field(min_length=1)]


def _with_words(topics: list[str]) -> list[str]:
    """The topics without those that have no letter: a small model writes "],"."""
    return [one for one in topics if any(letter.isalpha() for letter in one)]


Topics = Annotated[
    list[Name], AfterValidator(_with_words), Field(description="Short English phrases.")
]

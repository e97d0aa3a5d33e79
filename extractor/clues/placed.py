"""An actor where it stands in a sentence."""

from dataclasses import dataclass

from extractor.cast.cast import Member
from schemas import Actor
from schemas.countries import english


@dataclass(frozen=True, slots=True)
class Placed:
    """An actor and the pieces of the sentence that name it."""

    start: int
    end: int
    actor: Actor
    member: Member | None = None
    """The person of the cast, if it is one."""
    adjective: bool = False
    """A country that is only said by an adjective."""
    where: bool = False
    """A place where something is, or where somebody goes: "in Rome"."""
    against: bool = False
    """Measures are said to be against it: "on Chad"."""
    word: str = ""
    """The word before it, small letters, "the" left out."""
    joined: bool = False
    """Only "and" stands between it and the one before."""
    asked: bool = False
    """It is asked to do something: "urged Norway to close its ports"."""
    imposes: bool = False
    """Measures are said to be its own: "EU sanctions", "the sanctions of the EU"."""


def made(name: str, kind: str, role: str | None, country: str | None) -> Actor | None:
    """An actor; None for a name that cannot be written in English letters."""
    try:
        return Actor.model_validate({"name": name, "kind": kind, "role": role, "country": country})
    except ValueError:
        return None


def state(code: str) -> Actor:
    """A state by its alpha-3 code."""
    return Actor(name=english(code), kind="country", role=None, country=code)

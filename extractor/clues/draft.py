"""What is known of a record before a small model is asked for it, and of its sentence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from extractor.clues.lists import cue
from extractor.clues.placed import Placed, state
from extractor.clues.scene import Sight
from schemas import Actor
from schemas.bodies import body
from schemas.values import ENGLISH

MOST = 5
"""Actors in a list, at most."""


PAIR = 2
"""Those who talk to each other, at least."""

FAR = 50
"""Sentences before one in which a party or an imposer may have been named, at most."""

OPTIONS = 8
"""Actors to choose from, at most."""


@dataclass(slots=True)
class Draft:
    """One record to be asked for."""

    actors: dict[str, Actor] = field(default_factory=dict)
    """Those the model may name, by their names."""
    fields: dict[str, Any] = field(default_factory=dict)
    """JSON schemas in place of those of the fields."""
    known: dict[str, Any] = field(default_factory=dict)
    """Fields that are not asked."""

    def choose(self, name: str, options: Sequence[Actor], *, least: int, most: int) -> None:
        """Leave a list of actors to the model; one that can only be all of them is known."""
        self.actors |= {one.name: one for one in options}
        names = [one.name for one in options]
        if len(names) <= least:
            self.known[name] = names
            return
        self.fields[name] = {
            "type": "array",
            "items": {"type": "string", "enum": names},
            "minItems": least,
            "maxItems": min(len(names), most),
        }

    def settle(self, name: str, actors: Sequence[Actor]) -> None:
        """Take a list of actors as known, whatever was to be chosen."""
        self.actors |= {one.name: one for one in actors}
        self.known[name] = [one.name for one in actors]
        self.fields.pop(name, None)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the actors in and before it."""

    sentence: str
    language: str | None
    sight: Sight
    here: list[Actor]
    adjectives: list[Actor]
    all: list[Actor]
    """Every actor of the sentence, places as well."""
    before: list[Actor]
    """Those of the two sentences before, the nearest first."""
    near: list[Actor]
    """Those of the sentence and of the four before, the nearest first."""
    people: list[Actor]
    """Persons of the sentences before, the nearest first."""
    pair: list[Actor]
    """The two of two states whom the nearest earlier sentence names that names such."""
    most_named: list[Actor]
    """The two states that the article has named most so far."""
    later: list[Actor]
    """Persons of the sentences after it."""
    earlier: list[Actor]
    """Countries and bodies of the sentences before, the nearest first."""
    outlet: str | None
    suffered: list[Actor]
    """Whom the nearest earlier sentence on measures says them to be against."""
    imposer: Actor | None
    """Who takes the measures that the sentence tells of."""


def actors_of(placed: Iterable[Placed]) -> list[Actor]:
    """The actors, each once, without news agencies and the names of treaties."""
    return once(one.actor for one in placed if not is_no_party(one.actor))


def is_no_party(actor: Actor) -> bool:
    """Whether it is a news agency, or the name of a treaty."""
    if actor.kind != "organization" or actor.country or body(actor.name):
        return False
    return bool(cue("outlet", "en").fullmatch(actor.name) or _INSTRUMENT.match(actor.name))


_INSTRUMENT = re.compile(
    r"(?:dogovor|soglash|memorandum|protokol|konven|deklara|treaty|pact)", re.IGNORECASE
)


def office_holders(actors: Iterable[Actor]) -> list[Actor]:
    """The persons, those with an office only, if there are two of them."""
    persons = [one for one in actors if one.kind == "person" and not speaks_for_others(one)]
    named = [one for one in persons if one.name != one.role]
    if len(named) > 1:
        persons = named
    holders = [one for one in persons if one.role or one.country]
    return holders if len(holders) > 1 else persons


def speaks_for_others(actor: Actor) -> bool:
    """Whether somebody is a spokesman."""
    return bool(actor.role and _SPOKESMAN.match(actor.role))


_SPOKESMAN = re.compile(r"(?:deputy )?(?:spokes|press secretary)", re.IGNORECASE)


def houses(actors: Iterable[Actor]) -> list[Actor]:
    """The states and organizations."""
    return [one for one in actors if one.kind in {"country", "organization"}]


def stands_for_state(actor: Actor) -> bool:
    """Whether measures against it are against its state."""
    is_house = actor.kind == "organization" and (not actor.country or " of " in actor.name)
    return is_house or actor.name == actor.role


def state_of(actor: Actor) -> Actor:
    """The state somebody or something acts for; itself where it acts for none."""
    if not actor.country:
        return actor
    return state(actor.country)


def once(actors: Iterable[Actor]) -> list[Actor]:
    """The actors, each only where it comes first."""
    found: dict[str, Actor] = {}
    for one in actors:
        if not any(one.is_same(other) for other in found.values()):
            found.setdefault(one.name, one)
    return list(found.values())


def text(longest: int) -> dict[str, Any]:
    """The schema of an English text of so many characters at most."""
    return {"type": "string", "pattern": f"^{ENGLISH}{{1,{longest}}}$"}


def is_pair(persons: Sequence[Actor]) -> bool:
    """Whether two hold offices of two states, be they named or not."""
    return (
        len(persons) == PAIR
        and None not in {one.role for one in persons}
        and (len({one.country for one in persons}) == PAIR)
    )


def between(seen: Sentence) -> list[Actor]:
    """The two of "between Norway and Chad"; none where the sentence has no such words."""
    word = cue("between", seen.language)
    for one, after in pairwise(seen.sight.actors):
        if word.fullmatch(one.word) and after.joined and not after.adjective:
            return [one.actor, after.actor]
    return []


def can_meet(actor: Actor) -> bool:
    """Whether a country, a ministry or an international body is meant, no firm."""
    return actor.kind != "person" and bool(actor.country or body(actor.name))

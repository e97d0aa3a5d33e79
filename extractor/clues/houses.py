"""Houses and groups that are called by whose they are: "the Norwegian parliament"."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from extractor.cast.cast import with_article
from extractor.cast.pieces import Piece
from extractor.clues.placed import Placed, made
from schemas import Actor
from schemas.countries import english
from schemas.demonyms import adjective

_NEAR = 2
"""Pieces between a house and whose it is, at most."""

_LONGEST = 3
"""Words that a house is called by, at most."""

_IN = frozenset(("in", "at", "в", "във"))

_WHOSE = frozenset(("whose", "чей", "чья", "чиито", "чийто", "чиято"))
_HIS = frozenset(("his", "her", "its", "their", "его", "ее", "её", "их", "му", "ѝ", "й", "им"))

Kind = Literal["house", "group", "union"]


@dataclass(frozen=True, slots=True)
class _House:
    """A way to call a house or a group."""

    kind: Kind
    name: str
    words: re.Pattern[str]


@cache
def _houses(language: str | None) -> tuple[_House, ...]:
    table = tomllib.loads(files(__package__).joinpath("houses.toml").read_text(encoding="utf-8"))
    kinds: tuple[Kind, ...] = ("house", "group", "union")
    return tuple(
        _House(kind, one["name"], _pattern(one[language or ""]))
        for kind in kinds
        for one in table[kind]
        if language in one
    )


@cache
def _any_house(language: str | None) -> re.Pattern[str]:
    """Any of them: most words are none, and are told so at once."""
    listed = [one.words.pattern for one in _houses(language)]
    return re.compile("|".join(listed) or r"(?!)", re.IGNORECASE)


def _pattern(listed: str) -> re.Pattern[str]:
    words = (
        re.escape(one.removesuffix("*")) + r"\w*" * one.endswith("*") for one in listed.split("|")
    )
    return re.compile("|".join(words), re.IGNORECASE)


def with_houses(
    read: Sequence[Piece], found: Sequence[Placed], language: str | None
) -> list[Placed]:
    """The actors with those whose press service, parliament or farmers are said instead.

    Args:
        read: the sentence.
        found: the actors of it.
        language: ISO 639-1 code of the article.
    """
    shown = list(found)
    at = 0
    while at < len(read):
        house, end = _house(read, at, language)
        placed = _placed(house, read, (at, end), shown, language) if house else None
        if placed:
            shown = [one for one in shown if one.actor.kind == "person" or not _within(one, placed)]
            shown.append(placed)
        at = max(end, at + 1)
    return shown


def called(house: str, owner: Actor, office: str | None = None) -> str:
    """A house with whose it is: "Press Service of the President of Norway".

    Args:
        house: what it is.
        owner: whose it is.
        office: that of the owner, if the sentence says it.
    """
    owned = _in_sentence(owner).replace("Presidential Administration", "the President")
    return f"{house} of {f'the {office}' if office else owned}"


def is_of_state(actor: Actor) -> bool:
    """Whether an actor is a house of a state that signs nothing of its own: its parliament."""
    name = actor.name.split(" of ")[0]
    is_house = any(one.name == name for one in _houses("en") if one.kind == "house")
    return is_house and actor.country is not None


def own_house(read: Sequence[Piece], at: int, language: str | None) -> str | None:
    """What house of somebody who is only "his" or "her" stands from a piece on."""
    house, end = _house(read, at, language)
    if house is None or house.kind != "house":
        return None
    beside = [read[one].words[0].casefold() for one in (at - 1, end) if 0 <= one < len(read)]
    return house.name if any(one in _HIS for one in beside) else None


def _office_said(read: Sequence[Piece], owner: Placed) -> str | None:
    """The office that the words for a person are, if they are no name."""
    said = read[owner.start : owner.end]
    title = next((one for one in said if one.kind == "title"), None)
    if owner.member is None or title is None or any(one.kind == "name" for one in said):
        return None
    if title.value == "leader":
        return None
    country = owner.actor.country
    return f"{title.value} of {with_article(country)}" if country else None


def _within(one: Placed, other: Placed) -> bool:
    return other.start <= one.start and one.end <= other.end


def _house(read: Sequence[Piece], at: int, language: str | None) -> tuple[_House | None, int]:
    """What stands from a piece on, and where its words end."""
    for size in range(_LONGEST, 0, -1):
        words = " ".join(" ".join(piece.words) for piece in read[at : at + size])
        if not _any_house(language).fullmatch(words):
            continue
        for one in _houses(language):
            if at + size <= len(read) and one.words.fullmatch(words):
                return one, at + size
    return None, at


def _placed(
    house: _House,
    read: Sequence[Piece],
    span: tuple[int, int],
    shown: Sequence[Placed],
    language: str | None,
) -> Placed | None:
    """A house of somebody in the sentence."""
    at, end = span
    if house.kind == "group" and language == "en":
        return None  # the sentence has better words for it
    if house.kind == "union":
        return _union(house, read, end, at, language)
    owner = _owner(shown, span, language)
    if owner is None or (house.kind == "group" and not owner.adjective):
        return None
    relative = read[at - 1].words[0].casefold() in _WHOSE if at else False
    start, stop = (at if relative else min(owner.start, at)), max(owner.end, end)
    if house.kind == "group":
        actor = _of_state(house.name, owner.actor.country)
        return Placed(start, stop, actor) if actor else None
    name = called(house.name, owner.actor, _office_said(read, owner))
    if house.name == "Embassy" and _is_seat(read, stop):
        name += f" in {english(read[stop + 1].value)}"
    actor = made(name, "organization", None, owner.actor.country)
    return Placed(start, stop, actor) if actor else None


def _union(
    house: _House, read: Sequence[Piece], end: int, at: int, language: str | None
) -> Placed | None:
    """A union of a state's people: "Союз норвежских рыбаков"."""
    while end < len(read) and read[end].kind == "link":
        end += 1
    if end >= len(read) or read[end].kind != "demonym":
        return None
    people, stop = _house(read, end + 1, language)
    state = adjective(read[end].value)
    if people is None or people.kind != "group" or state is None:
        return None
    name = f"{house.name} of {state} {people.name.title()}"
    actor = made(name, "organization", None, read[end].value)
    return Placed(at, stop, actor) if actor else None


def _of_state(name: str, country: str | None) -> Actor | None:
    """A group of a state: "Norwegian diplomats"."""
    state = adjective(country) if country else None
    return made(f"{state} {name}", "group", None, country) if state else None


def _in_sentence(actor: Actor) -> str:
    """An actor's name as it stands in "press service of the United States"; a person's office."""
    if actor.kind == "person" and actor.role and " of " in actor.role:
        return f"the {actor.role}"
    return with_article(actor.country or actor.name) if actor.kind == "country" else actor.name


def _owner(shown: Sequence[Placed], span: tuple[int, int], language: str | None) -> Placed | None:
    """Whose house it is: said before it in English, after it or as an adjective elsewhere."""
    at, end = span
    after = next((one for one in shown if end <= one.start <= end + _NEAR), None)
    before = next((one for one in reversed(shown) if at - _NEAR <= one.end <= at), None)
    if language == "en":
        return before or after
    return (
        (before if before and before.adjective and before.end == at else None)
        or after
        or (before if before and before.adjective else None)
    )


def _is_seat(read: Sequence[Piece], at: int) -> bool:
    """Whether "in" and a place stand here."""
    return at + 1 < len(read) and read[at].words[0] in _IN and read[at + 1].kind == "place"

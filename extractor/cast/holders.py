"""Well-known holders of office: who a full name, or a name used alone, is the world over."""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractor.cast.spelling import likeness, sound, transliterated

_SAME = 0.85
"""Likeness of each word of two full names from which they are spellings of one."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person of `holders.toml`."""

    name: str
    """The usual English form."""
    country: str | None
    """Alpha-3 code of the state he or she acts for."""
    role: str
    """The best-known office, in English, with the country."""
    spellings: tuple[tuple[str, ...], ...]
    """Full names in Latin letters, word by word."""
    alone: frozenset[str]
    """Names used alone, in any script, small letters."""


@cache
def all_holders() -> tuple[Holder, ...]:
    """The whole table."""
    text = files(__package__).joinpath("holders.toml").read_text(encoding="utf-8")
    return tuple(_holder(**person) for person in tomllib.loads(text)["person"])


def _holder(
    name: str,
    role: str,
    ru: Sequence[str],
    bg: Sequence[str],
    *,
    year: int,  # noqa: ARG001  # kept in the table, for those who bring it up to date
    country: str | None = None,
    also: Sequence[str] = (),
    surname: str | None = None,
    short: Sequence[str] = (),
) -> Holder:
    full = [name, *also, *(transliterated(one, "ru") for one in ru)]
    full += [transliterated(one, "bg") for one in bg]
    lone = [surname] if surname else [one.rsplit(" ", 1)[-1] for one in (name, *also, *ru, *bg)]
    if surname and name.startswith(f"{surname} "):  # Xi Jinping: first in Cyrillic as well
        lone += [one.split(" ", 1)[0] for one in (*ru, *bg)]
    spellings = tuple(tuple(one.split()) for one in full)
    alone = frozenset(one.casefold() for one in (*lone, *short) if len(one) > 1)  # "И" is "and"
    return Holder(name, country, role, spellings, alone)


@cache
def _by_sound() -> dict[str, list[Holder]]:
    """Holders by the sound of each word of their names."""
    found: dict[str, list[Holder]] = defaultdict(list)
    for holder in all_holders():
        for word in {sound(word) for spelling in holder.spellings for word in spelling}:
            found[word].append(holder)
    return found


@cache
def _by_lone_name() -> dict[str, Holder | None]:
    """Holders by a name used alone; None where it could be two."""
    found: dict[str, Holder | None] = {}
    for holder in all_holders():
        for name in holder.alone:
            found[name] = None if name in found else holder
    return found


def of_full_name(words: Sequence[str]) -> Holder | None:
    """The holder of a full name in Latin letters, in any usual spelling; None for another person.

    Every word of the shorter name must be in the longer, the first and the last among them.
    """
    near = {id(one): one for word in words for one in _by_sound().get(sound(word), ())}
    fits = [one for one in near.values() if any(_is_one(words, known) for known in one.spellings)]
    return fits[0] if len(fits) == 1 else None


def of_lone_name(name: str) -> Holder | None:
    """The one holder whom a name used alone, in any script, can mean; None for two or none."""
    return _by_lone_name().get(name.casefold())


def _is_one(words: Sequence[str], known: Sequence[str]) -> bool:
    short, long = sorted((words, known), key=len)
    if len(short) < 2:
        return False
    ends = likeness(short[0], long[0]) >= _SAME and likeness(short[-1], long[-1]) >= _SAME
    return ends and all(max(likeness(one, other) for other in long) >= _SAME for one in short)

"""Names in Latin letters that a word in Cyrillic may stand for, by how it sounds.

`names.txt` has the names of a language, `sounds.toml` how its sounds are written in Cyrillic and
which languages the names of a state are in. A word is followed letter by letter down the sorted
names, so that only beginnings that some name has are looked at.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from math import inf
from typing import Any, NamedTuple

_UNLIKELY, _OTHER, _ALMOST, _DOUBLED, _RARE = 1.0, 0.3, 0.02, 0.1, 0.25
"""What it costs to read letters as an unlikely sound, as not the likeliest one, as one almost so;
that one of two spellings has a consonant twice; that a name is rare in its language."""

_BOUND, _TIGHT = 0.13, 0.06
"""Cost for each letter of a word up to which a name is taken for it: of the first languages of a
state, and of others."""

_FEWEST = 3
"""Letters of the words that are looked for."""

_ALIKE = str.maketrans({"э": "е"})
_TWICE = re.compile(r"([бвгджзклмнпрстфхцчш])\1")
_NO_CONSONANTS = frozenset(("", "a", "e", "i", "o", "u", "y"))
_LONGEST = 5
"""Letters of the longest form in `sounds.toml`."""
_LAST = "{"
"""Stands after z."""


class Found(NamedTuple):
    """A name that a word may stand for."""

    cost: float
    name: str
    language: str


_Sounds = dict[str, list[tuple[str, float]]]


@dataclass(slots=True)
class _Language:
    """The names of a language and its sounds."""

    names: list[str]
    """Sorted, small letters."""
    usual: frozenset[str]
    given: frozenset[str]
    """Those that are given names."""
    sounds: _Sounds
    first: _Sounds
    last: _Sounds
    silent: list[tuple[str, float]]
    mute: list[tuple[str, float]]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("sounds.toml").read_text(encoding="utf-8"))


@cache
def _lists() -> dict[str, str]:
    """The lines of the table of names, by what they are of."""
    text = files(__package__).joinpath("names.txt").read_text(encoding="utf-8")
    lines = (line.partition(": ") for line in text.splitlines() if not line.startswith("#"))
    return {of: names for of, _, names in lines}


@cache
def home_names() -> frozenset[str]:
    """Given names of Slavic states in Cyrillic, small letters, without ё."""
    return frozenset(_lists()["homes"].split())


@cache
def languages() -> tuple[str, ...]:
    """All languages that have names."""
    return tuple(dict.fromkeys(of.split()[0] for of in _lists() if of != "homes"))


@cache
def languages_of(country: str) -> tuple[str, ...]:
    """The languages of names in a state, by its alpha-3 code; none for most states."""
    return _languages_in("states", country)


@cache
def others_in(country: str) -> tuple[str, ...]:
    """Languages of further names in a state: of many given names, of immigrants."""
    return _languages_in("others", country)


def _languages_in(of: str, country: str) -> tuple[str, ...]:
    states: dict[str, str] = _table()[of]
    return tuple(language for language, codes in states.items() if country in codes.split())


@cache
def state_of(language: str) -> str:
    """The state that comes first for a language."""
    codes: str = _table()["states"][language]
    return codes.split(maxsplit=1)[0]


def _of(code: str, kind: str) -> list[str]:
    """The names of a language that are given names, surnames, usual or rare."""
    lines = (names for of, names in _lists().items() if {code, kind} <= set(of.split()))
    return [name for names in lines for name in names.split()]


@cache
def _language(code: str) -> _Language:
    usual, given = _of(code, "usual"), _of(code, "given")
    listed = f"{_table()['sounds']['all']} {_table()['sounds'][_table()['as'].get(code, code)]}"
    names = sorted([*usual, *_of(code, "rare")])
    made = _Language(names, frozenset(usual), frozenset(given), {}, {}, {}, [], [])
    for entry in listed.split():
        form, _, spelled = entry.partition("=")
        costs = [
            (one.rstrip("~!").replace("0", ""), _cost(one, at))
            for at, one in enumerate(spelled.split(","))
        ]
        if form in {"silent", "mute"}:
            (made.silent if form == "silent" else made.mute).extend(costs)
        elif form.startswith("^"):
            made.first.setdefault(form[1:], []).extend(costs)
        elif form.endswith("$"):
            made.last.setdefault(form[:-1], []).extend(costs)
        else:
            made.sounds.setdefault(form, []).extend(costs)
    return made


def _cost(spelled: str, at: int) -> float:
    if spelled.endswith("~"):
        return _UNLIKELY
    if spelled.endswith("!"):
        return _ALMOST
    return _OTHER if at else 0.0


class _Path(NamedTuple):
    """What a word has been read as up to a place in it."""

    begun: str
    low: int
    """The first of the names that begin so."""
    high: int
    """Behind the last of them."""
    cost: float


@dataclass(slots=True)
class _Search:
    """One word followed down the names of a language."""

    language: _Language
    word: str
    twice: frozenset[int]
    """Where letters stand that the word has twice."""
    bound: float
    passed: dict[tuple[int, str], float] = field(default_factory=dict)
    """Where it has been, with what was read, and the least cost there."""
    found: dict[str, float] = field(default_factory=dict)

    def go(self, at: int, path: _Path) -> None:
        """Read on from a place in the word."""
        if path.cost >= self.passed.get((at, path.begun), inf):
            return
        self.passed[at, path.begun] = path.cost
        if at == len(self.word):
            self._end(path)
            return
        room = self.bound - path.cost
        for length in range(1, min(_LONGEST, len(self.word) - at) + 1):
            form = self.word[at : at + length]
            for sounds in self._sounds(at, length):
                for letters, cost in sounds.get(form, ()):
                    if cost <= room and (now := self._longer(path, letters, cost)):
                        self._step(at + length, now, letters)

    def _sounds(self, at: int, length: int) -> Iterator[_Sounds]:
        yield self.language.sounds
        if at == 0:
            yield self.language.first
        if at + length == len(self.word):
            yield self.language.last

    def _step(self, at: int, path: _Path, letters: str) -> None:
        """Read on behind letters: as they are, with the last one twice, or with a silent one."""
        twice, is_consonant = at - 1 in self.twice, letters[-1:] not in _NO_CONSONANTS
        ways = [self._longer(path, "", _DOUBLED if twice and is_consonant else 0.0)]
        if is_consonant:
            ways.append(self._longer(path, letters[-1], 0.0 if twice else _DOUBLED))
        unheard, least = self.language.silent, _OTHER
        if at == len(self.word):
            unheard, least = self.language.mute, _OTHER / 2
        if path.cost + least <= self.bound:
            ways.extend(self._longer(path, letter, least + cost) for letter, cost in unheard)
        for way in ways:
            if way:
                self.go(at, way)

    def _longer(self, path: _Path, letters: str, cost: float) -> _Path | None:
        """A path with letters more; None if no name begins so, or it costs too much."""
        begun, low, high, before = path
        if before + cost > self.bound:
            return None
        if letters:
            names, begun = self.language.names, begun + letters
            low = bisect_left(names, begun, low, high)
            high = bisect_left(names, begun + _LAST, low, high)
        return _Path(begun, low, high, before + cost) if low < high else None

    def _end(self, path: _Path) -> None:
        name = path.begun
        if self.language.names[path.low] == name:
            cost = path.cost + (0.0 if name in self.language.usual else _RARE)
            self.found[name] = min(cost, self.found.get(name, cost))


def has(name: str, language: str) -> bool:
    """Whether a language has a name, in small letters."""
    names = _language(language).names
    at = bisect_left(names, name)
    return names[at : at + 1] == [name]


def is_given(name: str, language: str) -> bool:
    """Whether a name is a given name of a language."""
    return name in _language(language).given


@lru_cache(maxsize=8192)
def matches(word: str, language: str, *, tight: bool = False) -> tuple[Found, ...]:
    """The names of a language that a word may stand for, the likeliest first.

    Args:
        word: in Cyrillic, small letters.
        language: as `languages` has them.
        tight: whether the names must sound all but the same.
    """
    plain = word.translate(_ALIKE)
    if len(plain) < _FEWEST:
        return ()
    once, twice = _single(plain)
    limit = (_TIGHT if tight else _BOUND) * len(plain)
    search = _Search(_language(language), once, twice, limit)
    search.go(0, _Path("", 0, len(search.language.names), 0.0))
    found = (Found(round(cost, 2), name, language) for name, cost in search.found.items())
    return tuple(sorted(one for one in found if not tight or one.cost <= limit))


def _single(word: str) -> tuple[str, frozenset[int]]:
    """A word with each consonant once, and where it had one twice."""
    places: set[int] = set()
    while match := _TWICE.search(word):
        word = word[: match.start()] + word[match.start() + 1 :]
        places.add(match.start())
    return word, frozenset(places)


def best(word: str, of: Sequence[str], *, tight: bool = False) -> Found | None:
    """The likeliest name for a word in some languages, the first of them before the others.

    Args:
        word: in Cyrillic, small letters.
        of: languages, as `languages` has them.
        tight: whether the name must sound all but the same.
    """
    found = [all_[0] for language in of if (all_ := matches(word, language, tight=tight))]
    return min(found, key=lambda one: one.cost, default=None)

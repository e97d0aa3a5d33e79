"""Countries by name, in any case form, in English, Russian and Bulgarian, as ISO 3166-1 alpha-3.

`countries.json` beside this file holds every name and form; `python -m schemas.countries` writes it
and its neighbours anew, and a test compares.
"""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypedDict

from schemas.folding import WORDS, found

_TABLE = "countries.json"


@lru_cache(maxsize=WORDS)
def alpha3(name: str, *, seats: bool = True) -> str | None:
    """The alpha-3 code of a country, or None.

    A country goes by its usual and its official names, by abbreviations, by its capital or seat of
    government (but Brussels, Geneva and The Hague are no country), and by its codes. Kosovo is XKX.
    Small letters do, with these exceptions: codes and abbreviations of two letters are in capitals
    or dotted (US, u.s., but not "us"), and so are those of three that are words otherwise ("and",
    "can", "per"; "usa" and "bgr" are none); names that are other words in small letters ("того")
    have a capital.

    Args:
        name: as written, with or without "the", quotes around, a full stop or a possessive ending.
        seats: whether a capital or a seat of government stands for its country; what is a country's
            name as well (Singapore, Тунис) is one all the same.
    """
    return found(_codes(seats=seats), name)


def names_of_countries() -> Mapping[str, str]:
    """Alpha-3 codes by all names and forms, as `folding.plain` or `folding.bare` gives them."""
    return _codes(seats=True)


def english(code: str) -> str:
    """The usual English name of a country; what is no alpha-3 code of one, as it is.

    Args:
        code: ISO 3166-1 alpha-3, or XKX.
    """
    entry = _entries().get(code)
    return entry["english"] if entry else code


class _Entry(TypedDict):
    english: str
    names: list[str]
    seats: list[str]


@cache
def _entries() -> dict[str, _Entry]:
    text = files(__package__).joinpath(_TABLE).read_text(encoding="utf-8")
    table: dict[str, _Entry] = json.loads(text)
    return table


@cache
def _codes(*, seats: bool) -> dict[str, str]:
    codes = {key: code for code, entry in _entries().items() for key in entry["names"]}
    if seats:
        codes |= {key: code for code, entry in _entries().items() for key in entry["seats"]}
    return codes


if __name__ == "__main__":
    from schemas.tables import write

    write()

"""Names as the tables of countries, bodies and adjectives know them, however they are written.

Marks that show no letter, kinds of blanks, dashes, apostrophes and quotes, full stops, a leading
"the" and a possessive ending do not matter. Accents and capitals do not either, but for
short names and the few that are other words without them: the tables keep these as written.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "ru", "bg")
"""Those of the tables, of names and of words about time."""

LONGEST = 160
"""Characters that the name of a country or a body may have."""

WORDS = 16_384
"""Words whose finding is remembered, by table: texts say most of theirs over and over."""

SHORT = 3
"""Names of so many characters are compared as they are written: Ken is no code of Kenya."""

_APOSTROPHES = "'\u2018\u2019\u201b\u02bb\u02bc\u02b9\u2032\u00b4`"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_QUOTES = '"\u00ab\u00bb\u201c\u201d\u201e\u201f\u2039\u203a\u2033'
_BLANKS = "_,;:!?()[]{}*|"
_UNSEEN = (
    (0xAD, 0x61C, 0x180E, 0xFEFF),
    range(0x200B, 0x2010),
    range(0x202A, 0x202F),
    range(0x2060, 0x2070),
    range(0xFE00, 0xFE10),
)
"""Soft hyphens, joiners, marks of direction and of variants."""

_DOTTED = re.compile(r"(?<!\w)(?:\w\s*\.\s*){2,}(?:\w(?!\w))?|(?<!\w)\w\s*\.\s*\w(?!\w)")
"""U.S., U. S. A., D.C, but the dot after "St" is none of these."""

_POSSESSIVE = re.compile(r"(?<=[\w.])'s$|(?<=s)'$", re.IGNORECASE)
_ARTICLE = re.compile(r"^the (?=.)", re.IGNORECASE)
_ACCENTS = re.compile(r"(?<![иИ])\u0306|[\u0300-\u0305\u0307-\u036f]")
"""Combining marks; the breve of й makes it another letter, the dots of ё do not."""


@cache
def _changes() -> dict[int, str]:
    """What single characters become."""
    unseen = (chr(code) for codes in _UNSEEN for code in codes)
    changes = dict.fromkeys((*unseen, *_QUOTES), "")
    changes.update(dict.fromkeys((*_DASHES, *_BLANKS), " "))
    changes.update(dict.fromkeys(_APOSTROPHES, "'"))
    changes["&"] = " and "
    return {ord(one): other for one, other in changes.items()}


def plain(text: str) -> str:
    """`text` with its capitals and accents, but one way to write the rest."""
    return _squeezed(_even(text))


def bare(text: str) -> str:
    """What `plain` gives, in small letters without accents."""
    small = text.casefold()
    if small.isascii():
        return small
    unmarked = _ACCENTS.sub("", unicodedata.normalize("NFKD", small))
    return unicodedata.normalize("NFC", unmarked)


@cache
def turned(file: str) -> dict[str, str]:
    """A table beside this file, of what is named with its keys, by these keys."""
    text = files(__package__).joinpath(file).read_text(encoding="utf-8")
    table: dict[str, list[str]] = json.loads(text)
    return {key: name for name, keys in table.items() for key in keys}


def found(table: Mapping[str, str], text: str) -> str | None:
    """What a table has for a name.

    Args:
        table: by the name as `plain` gives it, where its capitals or accents matter, else
            as `bare` does.
        text: the name as written.
    """
    if len(text) > LONGEST:
        return None
    even = _even(text)
    whole = _squeezed(even)
    owner = _POSSESSIVE.sub("", even.rstrip(" ."))
    for one in (whole, _squeezed(owner)) if owner != even else (whole,):
        if value := table.get(one) or (table.get(bare(one)) if len(one) > SHORT else None):
            return value
    return None


def _even(text: str) -> str:
    changed = text.translate(_changes())
    return changed.strip() if changed.isascii() else unicodedata.normalize("NFKC", changed).strip()


def _squeezed(even: str) -> str:
    if "." in even:
        even = _DOTTED.sub(_joined, even).replace(".", " ")
    words = " ".join(even.replace("'", "").split()).replace(" +", "+")
    return _ARTICLE.sub("", words)


def _joined(dotted: re.Match[str]) -> str:
    letters = re.sub(r"[\s.]", "", dotted.group()).upper()
    return f"{letters} "

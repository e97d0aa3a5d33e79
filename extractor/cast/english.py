"""Names that an article has in Cyrillic, as English usually spells them (`spellings.toml`)."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from extractor.cast.spelling import transliterated

_BEGIN = r"(?<![^\W\d_])"
_WORD = re.compile(r"([^\W\d_]+)")
_CYRILLIC = re.compile(r"[а-яёѝіїєґў]")
_HOMES = frozenset(("RUS", "BGR", "BLR", "UKR"))
"""States whose people have names that go by transliteration, but for those in their own list."""
_SLAVIC = re.compile(r"(?:[оеё]ва?|ский|ская|ски|ска|енко|чук|ину?)$")
_WITH_SLAVIC = _HOMES | {"POL", "CZE", "SVK", "SRB", "HRV", "BIH", "MNE", "SVN", "MKD", "KAZ"}
"""States whose letters hold for Slavic surnames, too."""
_ALIKE = str.maketrans({"ё": "е", "э": "е"})
_ANY_LETTERS = "дж=j"
"""Letters of a state that has none listed: English as a rule."""
_SOFTENED = {"z": "j", "c": "q", "s": "x"}
"""Chinese consonants before i and u."""


@cache
def _table() -> dict[str, Any]:
    text = files(__package__).joinpath("spellings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _names(country: str | None) -> dict[str, str]:
    """Cyrillic forms to English names: the list of a state, or the one for all."""
    listed = _table()["any"] if country is None else _table()["of"].get(country, "")
    lines = (line.split() for line in listed.strip().splitlines())
    return {form: english for english, *forms in lines for form in forms}


@cache
def known_names() -> frozenset[str]:
    """All Cyrillic forms that are listed, small letters."""
    return frozenset(form for one in (None, *_table()["of"]) for form in _names(one))


def in_english(name: str, language: str | None, country: str | None) -> str:
    """The usual English spelling of a person's name; what is not in Cyrillic stays.

    Args:
        name: in the nominative.
        language: ISO 639-1 code of the article.
        country: alpha-3 code of the state that the person acts for, or None.
    """
    origin = country or _origin(name.casefold())
    return "".join(_word(part, language, origin) for part in _WORD.split(name))


@lru_cache(maxsize=8192)
def _origin(small: str) -> str | None:
    """The state that a name tells of, by how it ends or by words that only one state has."""
    if " ван " in f" {small} ":
        return "NLD"
    word = small.translate(_ALIKE)
    ended = {
        state for state, ends in _table()["origin"].items() if word.endswith(tuple(ends.split()))
    }
    if not ended and not _SLAVIC.search(word):
        words = set(_WORD.findall(word))
        ended = {state for state in _table()["of"] if words & _names(state).keys()}
    return ended.pop() if len(ended) == 1 else None


@lru_cache(maxsize=8192)
def _word(word: str, language: str | None, country: str | None) -> str:
    small = word.casefold()
    if not _CYRILLIC.search(small) or (word.isupper() and len(word) > 1):
        return transliterated(word, language)
    key = small.translate(_ALIKE)
    listed = _names(country).get(key) if country else None
    if listed is None and country not in _HOMES:
        listed = _names(None).get(key)
    told = listed or _by_letters(small, language, country)
    return told[:1].upper() + told[1:] if word[:1].isupper() else told.casefold()


def _by_letters(small: str, language: str | None, country: str | None) -> str:
    """A word by the letters of a state, else by transliteration."""
    letters = _table()["letters"].get(country or "", _ANY_LETTERS)
    letters = _table()["letters"].get(letters, letters)
    if letters == "pinyin":
        return _pinyin(small) or transliterated(small, language)
    if country not in _HOMES:
        small = small.replace("йя", "я")
    if not letters or (_SLAVIC.search(small) and country not in _WITH_SLAVIC):
        return transliterated(small, language)
    pattern, spelled = _rules(letters)
    word = pattern.sub(lambda match: spelled[(match.lastindex or 1) - 1], small)
    if "ye" not in letters.split():
        word = word.replace("э", "e").replace("е", "e")
    return transliterated(word, language)


@cache
def _rules(letters: str) -> tuple[re.Pattern[str], list[str]]:
    """The letters of a state as a pattern with a group for each, and what comes for each group."""
    pairs = [one.split("=") for one in letters.split() if "=" in one]
    pairs.sort(key=lambda pair: len(pair[0]), reverse=True)
    groups = (f"({form.replace('^', _BEGIN)})" for form, _ in pairs)
    return re.compile("|".join(groups)), [spelled for _, spelled in pairs]


@cache
def _parts(name: str) -> dict[str, str]:
    """A list of syllables."""
    return dict(one.split("=") for one in _table()["pinyin"][name].split())


@lru_cache(maxsize=1024)
def _pinyin(small: str) -> str | None:
    """A Chinese name, syllable by syllable, the longest first; None for what is none."""
    if not small:
        return ""
    for length in range(min(6, len(small)), 0, -1):
        syllable = _syllable(small[:length])
        rest = _pinyin(small[length:]) if syllable else None
        if syllable and rest is not None:
            return syllable + rest
    return None


def _syllable(text: str) -> str | None:
    if text in _parts("alone"):
        return _parts("alone")[text]
    for length in (2, 1):
        first, last = _parts("first").get(text[:length]), _parts("last").get(text[length:])
        if first is None or last is None:
            continue
        if first in _SOFTENED and text[length] in "ияею":
            first = _SOFTENED[first]
        if last == "uo" and first in {"b", "p", "m", "f"}:
            last = "o"
        if last == "ie" and first in {"g", "k", "h", "zh", "ch", "sh", "r"}:
            last = "e"
        return first + last
    return None

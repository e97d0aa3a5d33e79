"""Names that an article has in Cyrillic, as English usually spells them.

Forms that are listed (`spellings.toml`) come first, then names that sound so in the languages of
the person's state (`lexicon.py`), then the letters of the state.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from extractor.cast import lexicon
from extractor.cast.spelling import transliterated

_BEGIN = r"(?<![^\W\d_])"
_WORD = re.compile(r"([^\W\d_]+)")
_CYRILLIC = re.compile(r"[а-яёѝіїєґў]")
_HOMES = frozenset(("RUS", "BGR", "BLR", "UKR"))
"""States whose people have names that go by transliteration, but for those in their own list."""
_SLAVIC = re.compile(r"(?:[оеё]ва?|ский|ская|ски|ска|енко|чук|ину?)$")
_WITH_SLAVIC = _HOMES | {"POL", "CZE", "SVK", "SRB", "HRV", "BIH", "MNE", "SVN", "MKD", "KAZ"}
"""States whose letters hold for Slavic surnames, too."""
_TELLING = 5
"""Letters of words that can tell what language a name is in."""
_SHORT = 3
_NO_MATCH = 9.0
_EASTERN = ("pk", "dz", "az", "id")
"""Languages whose given names tell nothing: they are in use from Senegal to Indonesia."""
_OF_MANY = ("de", "sv", "da", "no", "nl")
"""Languages that have given names of immigrants in their lists."""
_TELLTALE = ("en", "fr", "de", "es", "pt", "it", "nl", "sv", "da", "no", "fi", "hu", "tr", "gh")
"""Languages that a name can be known to be of where nothing says its state."""
_SCOTTISH = re.compile(r"^mc(\w)")
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
    small = name.casefold()
    origin = country or _origin(small)
    tongue = _tongue(small) if origin is None else _tongue_in(origin, small)
    spelled = lexicon.state_of(tongue) if tongue else origin
    parts = _WORD.split(name)
    last = max((at for at, part in enumerate(parts) if at % 2), default=0)
    return "".join(
        _word(part, language, spelled, origin or spelled, is_surname=1 < last == at)
        for at, part in enumerate(parts)
    )


@lru_cache(maxsize=8192)
def _origin(small: str) -> str | None:
    """The state that a name tells of, by how it ends or by words that only one state has."""
    if " ван " in f" {small} " and not _names("VNM").keys() & set(_WORD.findall(small)):
        return "NLD"
    word = small.translate(_ALIKE)
    ended = {
        state for state, ends in _table()["origin"].items() if word.endswith(tuple(ends.split()))
    }
    if not ended and not _SLAVIC.search(word):
        words = frozenset(_WORD.findall(word))
        ended = {state for state in _table()["of"] if words & _names(state).keys()}
        ended = {state for state in ended if len(ended) == 1 and _tell(words, state)}
    return ended.pop() if len(ended) == 1 else None


def _tell(words: frozenset[str], state: str) -> bool:
    """Whether words are of a state's list, and not just one syllable beside a foreign name."""
    of = words & _names(state).keys()
    others = [word for word in words - of if len(word) >= _TELLING]
    return sum(map(len, of)) > _SHORT or not any(
        lexicon.best(word, _TELLTALE, tight=True) for word in others
    )


@lru_cache(maxsize=8192)
def _tongue(small: str) -> str | None:
    """The language of a name whose state is not said: the one that has all its words.

    Else the one that alone has the given name. None for a name that may be a Slavic one.
    """
    words = [one for one in _WORD.findall(small) if len(one) >= _SHORT]
    if len(words) < 2 or not all(map(_CYRILLIC.search, words)):
        return None
    if _SLAVIC.search(words[-1]) or words[0].replace("ё", "е") in lexicon.home_names():
        return None
    if any(_cost(words[0], one, as_given=True) < _NO_MATCH for one in _EASTERN):
        return None
    costs = {
        one: [_cost(word, one, as_given=not at) for at, word in enumerate(words)]
        for one in _TELLTALE
    }
    full = {one: sum(each) for one, each in costs.items() if max(each) < _NO_MATCH}
    if full:
        return min(full, key=lambda one: full[one])
    for at in (0, -1):
        alone = [one for one, each in costs.items() if each[at] < _NO_MATCH]
        if len(alone) == 1 and alone[0] not in _OF_MANY and len(words[at]) >= _TELLING:
            return alone[0]
    return None


@lru_cache(maxsize=8192)
def _tongue_in(country: str, small: str) -> str | None:
    """Which of the languages of a state a name is in; None where it tells of none of them."""
    tongues = lexicon.languages_of(country)
    words = [one for one in _WORD.findall(small) if len(one) >= _SHORT]
    if len(tongues) < 2 or len(words) < 2:
        return None
    costs = {one: sum(_cost(word, one) for word in words) for one in tongues}
    least = min(tongues, key=lambda one: costs[one])
    return least if sum(cost <= costs[least] for cost in costs.values()) == 1 else None


def _cost(word: str, tongue: str, *, as_given: bool = False) -> float:
    """How unlike a word is to sound like a name of a language, or a listed form is of it."""
    listed = _names(None).get(word.translate(_ALIKE), "").casefold()
    found = None if listed else lexicon.best(word, (tongue,), tight=True)
    name = found.name if found else listed
    if not lexicon.has(name, tongue) or (as_given and not lexicon.is_given(name, tongue)):
        return _NO_MATCH
    return found.cost if found else 0.0


@lru_cache(maxsize=8192)
def _word(
    word: str,
    language: str | None,
    country: str | None,
    home: str | None,
    *,
    is_surname: bool,
) -> str:
    """A word by the lists and letters of a state, and the languages of the person's own."""
    small = word.casefold()
    if not _CYRILLIC.search(small) or (word.isupper() and len(word) > 1):
        return transliterated(word, language)
    key = small.translate(_ALIKE)
    told = _names(country).get(key) if country else None
    if told is None and _table()["letters"].get(country) == "pinyin":
        told = _pinyin(small)
    if told is None and country not in _HOMES:
        told = _names(None).get(key) or _by_sound(small, home, is_surname=is_surname)
    told = told or _by_letters(small, language, country)
    return told[:1].upper() + told[1:] if word[:1].isupper() else told.casefold()


def _by_sound(small: str, country: str | None, *, is_surname: bool) -> str | None:
    """A name of the person's languages that sounds so; Slavic surnames go by their letters."""
    if country is None or (is_surname and _SLAVIC.search(small) and country not in _WITH_SLAVIC):
        return None
    found = lexicon.best(small, lexicon.languages_of(country))
    if found is None:
        found = lexicon.best(small, lexicon.others_in(country), tight=True)
    return _SCOTTISH.sub(lambda match: f"Mc{match[1].upper()}", found.name) if found else None


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

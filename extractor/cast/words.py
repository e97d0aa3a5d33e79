"""Words in the form a dictionary has them: Russian cases and Bulgarian articles undone."""

import re
import unicodedata
from functools import cache, lru_cache
from math import prod
from typing import Any

from extractor.cast.english import known_names

_ENGLISH_END = re.compile(r"['’]s?$")
_BULGARIAN_ENDS = ("ите", "ият", "ия", "ът", "ят", "та", "то", "те", "а", "я")
"""Forms of the Bulgarian article, the longest first."""

_LATIN = re.compile(r"[a-z\u00c0-\u024f]")

_FEWEST = 3
"""Letters that a word keeps when an ending is taken off it."""


@cache
def _morphology() -> Any:
    import pymorphy3  # its dictionary takes 30 MB, and only Russian needs it

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=8192)
def lemmas(word: str, language: str | None) -> frozenset[str]:
    """What a word may be in the dictionary's form, small letters; the word itself among them."""
    small = word.casefold()
    if language == "ru":
        return frozenset({small, *(one.normal_form for one in _morphology().parse(small))})
    if language == "bg":
        cut = {small[: -len(end)] for end in _BULGARIAN_ENDS if small.endswith(end)}
        cut |= {one.removesuffix("ка") for one in (small, *cut)}  # "министърка" is a министър
        cut |= {f"{one}и" for one in cut} | {f"{one[:-1]}ен" for one in cut if one.endswith("н")}
        return frozenset({small, *(one for one in cut if len(one) >= _FEWEST)})
    return frozenset({_ENGLISH_END.sub("", small)})


_Reading = tuple[str, str]
"""A case and a gender, as pymorphy3 calls them."""

_NO_NAME = 0.1
"""How much less likely a reading is that is no name: an adjective, a thing."""

_FOREIGN = re.compile(r"([^\W\d_-].+[бвгджзклмнпрстфхцчшщ])(ом|ем|а|у|е)$")
_CASES = {"ом": "ablt", "ем": "ablt", "а": "gent", "у": "datv", "е": "loct"}
_FOREIGN_C = re.compile(r"(?:[рнйт]|ль)ц$")
"""A man's foreign name takes the plain endings; "Мерца" is of Мерц, though "Кравца" of Кравец."""

_FOREIGN_SURE = 0.3
_STAYS = re.compile(r"[^\W\d_]{2}(?:еску|яну|ану|оглу|адзе|швили|енко|аго)$")
"""How names end that stay as they are in every case, most often."""
_ALIKE = str.maketrans({"ё": "е", "э": "е"})

_SOFT = re.compile(r"([^\W\d_-].+[аеиоуэюялнрст])(ем|я|ю|е)$")
_SOFT_CASES = {"ем": "ablt", "я": "gent", "ю": "datv", "е": "loct"}
"""Foreign names that end in -ль or -ай: "Михая" is of Михай."""

_IN_A = re.compile(r"([^\W\d_-].+[бвгджзклмнпрстфхцчшщ])(ой|у|ы|и|е)$")
_CASES_OF_A = {"ой": ["ablt"], "у": ["accs"], "ы": ["gent"], "и": ["gent"], "е": ["datv", "loct"]}
"""Names in -а, a man's as well: "Сибигой" is of Сибига."""

_HARDLY = 0.1
"""How likely a form is another case than those of a name that the dictionary knows."""

_AS_IT_STANDS = 3
"""How much likelier the nominative is than its forms say: names stand in it most often."""

_UNLIKELY = 0.02
"""How likely a name is to stand as it is in a case that its form does not show: "Раиси", "Ван"."""


@lru_cache(maxsize=8192)
def _readings(small: str) -> dict[_Reading, tuple[float, str]]:
    """Each case and gender that a Russian name may stand in: how likely, and its nominative."""
    found: dict[_Reading, tuple[float, str]] = {}
    for one in _morphology().parse(small):
        tag, form = one.tag, one.inflect({"nomn"})
        if form is None or tag.number == "plur" or tag.case in {None, "voct"}:
            continue
        likely = one.score * (1.0 if {"Name"} in tag or {"Surn"} in tag else _NO_NAME)
        for gender in [tag.gender] if tag.gender else ["masc", "femn"]:
            if gender != "neut" and likely > found.get((tag.case, gender), (0.0, ""))[0]:
                found[tag.case, gender] = likely, form.word
    _add_foreign(small, found)
    return found


def _add_foreign(small: str, found: dict[_Reading, tuple[float, str]]) -> None:
    """Add the readings of a foreign name that the dictionary does not have."""
    if _STAYS.search(small):
        found["nomn", "masc"] = found["nomn", "femn"] = 1.0, small
        return
    if match := _FOREIGN.match(small):
        case = _CASES[match[2]]
        if _FOREIGN_C.search(match[1]) or (case, "masc") not in found:
            found[case, "masc"] = _FOREIGN_SURE, match[1]
    if match := _SOFT.match(small):
        stem = match[1] + ("й" if match[1][-1] in "аеиоуэюя" else "ь")
        found.setdefault((_SOFT_CASES[match[2]], "masc"), (_UNLIKELY * 2, stem))
    if (match := _IN_A.match(small)) and not small.endswith("лы"):  # Turkish names in -лы
        for gender in ("masc", "femn"):
            for case in _CASES_OF_A[match[2]]:
                found.setdefault((case, gender), (_UNLIKELY * 2, f"{match[1]}а"))
    listed = {at: one for at, one in found.items() if one[1].translate(_ALIKE) in known_names()}
    if listed:  # "Кемалем" is of Кемаль, whatever else it could be
        for reading, (likely, form) in list(found.items()):
            sure = reading in listed
            found[reading] = (max(likely, _FOREIGN_SURE) if sure else likely * _NO_NAME), form


@lru_cache(maxsize=8192)
def is_russian_name(word: str) -> bool:
    """Whether a word may be a name, or is not in the dictionary at all."""
    small = word.casefold()
    names = ("Name", "Surn", "Patr", "Geox", "Orgn")
    known = _morphology().word_is_known(small)
    return not known or any(
        {name} in one.tag for one in _morphology().parse(small) for name in names
    )


@lru_cache(maxsize=8192)
def is_russian_given_name(word: str) -> bool:
    """Whether a word is a given name of the dictionary."""
    small = word.casefold()
    known = _morphology().word_is_known(small)
    return known and any("Name" in one.tag for one in _morphology().parse(small))


@lru_cache(maxsize=8192)
def is_russian_adjective(word: str) -> bool:
    """Whether a word is an adjective of the dictionary, and no name."""
    read = _morphology().parse(word.casefold())
    names = any({one} in tag.tag for tag in read for one in ("Name", "Surn"))
    return _morphology().word_is_known(word) and read[0].tag.POS == "ADJF" and not names


@lru_cache(maxsize=8192)
def nominatives(word: str, language: str | None) -> frozenset[str]:
    """What a name may be in the nominative, small letters; the word itself among them."""
    small = word.casefold()
    if language != "ru":
        plain = _ENGLISH_END.sub("", small)
        return frozenset({plain, _without_accents(plain)})
    return frozenset({small, *(form for _, form in _readings(small).values())})


def _without_accents(word: str) -> str:
    """A word in Latin letters without what is above and below them; another one as it is."""
    if not _LATIN.match(word):
        return word
    letters = unicodedata.normalize("NFKD", word)
    return "".join(one for one in letters if not unicodedata.combining(one))


def nominative(
    words: list[str], language: str | None, within: frozenset[str] = frozenset()
) -> list[str]:
    """A full name in the nominative: its words read in one case and one gender.

    Args:
        words: as they stand in the text, in any case.
        language: only Russian has cases; of other languages possessives are undone.
        within: the cases that they can only stand in, as the words around them tell; all if none.
    """
    return list(_nominative(tuple(words), language, within))


@lru_cache(maxsize=8192)
def _nominative(
    words: tuple[str, ...], language: str | None, within: frozenset[str]
) -> tuple[str, ...]:
    if language != "ru":
        return tuple(_ENGLISH_END.sub("", word) for word in words)
    if within == {"nomn"}:
        return words
    read = [_readings(word.casefold()) for word in words]
    best, most = [word.casefold() for word in words], 0.0
    possible = {reading for readings in read for reading in readings}
    for reading in sorted(one for one in possible if not within or one[0] in within):
        forms = [
            one.get(reading, (_UNLIKELY * _missing(one), word.casefold()))
            for one, word in zip(read, words, strict=True)
        ]
        likely = prod(score for score, _ in forms) * (_AS_IT_STANDS if reading[0] == "nomn" else 1)
        if likely > most:
            best, most = [form for _, form in forms], likely
    return tuple(_with_capitals_of(word, form) for word, form in zip(words, best, strict=True))


def _missing(readings: dict[_Reading, tuple[float, str]]) -> float:
    """How likely a word stands in a case that the dictionary does not know it in, against others.

    "Иваном" is no nominative, whatever the surname after it may be.
    """
    surest = max((likely for likely, _ in readings.values()), default=0.0)
    return _HARDLY if surest >= _FOREIGN_SURE else 1.0


def _with_capitals_of(word: str, form: str) -> str:
    """`form` with a capital after each hyphen where `word` has one."""
    parts, forms = word.split("-"), form.split("-")
    if len(parts) != len(forms):
        return form.title()
    pairs = zip(parts, forms, strict=True)
    return "-".join(f[:1].upper() + f[1:] if p[:1].isupper() else f for p, f in pairs)


@lru_cache(maxsize=8192)
def cases(word: str) -> frozenset[str]:
    """The cases that a Russian word may stand in, as pymorphy3 calls them; none if it has none."""
    small = word.casefold()
    read = {one.tag.case for one in _morphology().parse(small) if one.tag.case}
    return frozenset(read or {"nomn"})


@lru_cache(maxsize=8192)
def is_plural(word: str) -> bool:
    """Whether a Russian word is most likely of several."""
    best = _morphology().parse(word.casefold())
    return bool(best) and "plur" in best[0].tag

"""Forms of the names of countries, bodies and of adjectives, for those who build the tables.

Russian nouns that pymorphy3 knows go by its word; the others, and adjectives, by their endings.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

CASES = ("gent", "datv", "accs", "ablt", "loct")

_Ends = tuple[str, ...]

_HARD: _Ends = ("ого", "ому", "", "ым", "ом")
_ADJECTIVES: dict[str, _Ends] = {
    "ый": _HARD,
    "ой": _HARD,
    "ий": ("ого", "ому", "", "им", "ом"),
    "ая": ("ой", "ой", "ую", "ой", "ой"),
    "ое": ("ого", "ому", "ое", "ым", "ом"),
    "ые": ("ых", "ым", "ые", "ыми", "ых"),
    "ие": ("их", "им", "ие", "ими", "их"),
    "овы": ("овых", "овым", "овы", "овыми", "овых"),
}
"""Endings of a Russian adjective in the five cases, by that of its nominative; none: the same."""

_SOFT: dict[str, _Ends] = {
    "ий": ("его", "ему", "", "им", "ем"),
    "яя": ("ей", "ей", "юю", "ей", "ей"),
}
_FIRST_DECLINES = frozenset(("гвинея-бисау",))
"""Names of two parts whose second has no cases; in all others only the last part has."""

_NOUNS = (
    (r"[бвгдзклмнпрстфх]$", 0, ("а", "у", None, "ом", "е")),
    (r"[жшчщц]$", 0, ("а", "у", None, "ем", "е")),
    (r"[йь]$", 1, ("я", "ю", None, "ем", "е")),
    (r"[гкхжшчщ]а$", 1, ("и", "е", "у", "ой", "е")),
    (r"[^аеёиоуэюя]а$", 1, ("ы", "е", "у", "ой", "е")),
    (r"ия$", 1, ("и", "и", "ю", "ей", "и")),
    (r"я$", 1, ("и", "е", "ю", "ей", "е")),
    (r"ы$", 1, ("", "ам", None, "ами", "ах")),
)
"""How a Russian noun that pymorphy3 does not know ends in the five cases, by how its nominative
does: letters that go, and what comes instead; none: the nominative itself."""

_NO_CASES = frozenset(("дили",))
"""Names that pymorphy3 takes for the plural of another word."""

_BG_ADJECTIVE = re.compile(r"(?:(?:ск|шк|чк|жк)(?:и|а|о)|[нвл](?:и|а|о)|ен|ов)$")
_BG_HEADS = re.compile(
    r"(?:република|кралство|княжество|държава|общност|съюз|султанат|острови?|емирство|град"
    r"|конфедерация|херцогство|щати|територии)$"
)
_BG_KEPT = frozenset(("червен", "зелен", "обединен"))
"""Adjectives in -ен that keep their vowel before an article."""


@cache
def _morph() -> "MorphAnalyzer":
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


def russian(name: str) -> Iterator[str]:
    """A Russian noun phrase in the nominative and in its other cases.

    Adjectives before the head and the head have cases; what follows is in the genitive or stands
    beside it, and stays. So does what is before a dash: Папуа — Новая Гвинея. Two phrases joined by
    "и" both have cases, where the first is whole.
    """
    yield name
    before, dash, last = name.rpartition(" — ")
    if not last[0].isupper():
        before, dash, last = "", "", name
    parts = _parts(last.split())
    for number in range(len(CASES)):
        yield before + dash + " ".join(_in_case(word, role, number) for word, role in parts)


def _parts(words: list[str]) -> list[tuple[str, str]]:
    """Each word with its role: "adjective", "head", or "" for one that stays."""
    roles = [""] * len(words)
    at = 0
    while at < len(words):
        start = at
        while at < len(words) - 1 and (
            _is_adjective(words[at]) or (words[at] == "и" and at > start)
        ):
            roles[at] = "adjective" if words[at] != "и" else ""
            at += 1
        roles[at] = "head"
        joined = at + 2 < len(words) and words[at + 1] == "и" and words[at + 2][0].isupper()
        if not joined:
            break
        at += 2
    return list(zip(words, roles, strict=True))


def _in_case(word: str, role: str, number: int) -> str:
    if role == "adjective" or (role == "head" and _is_adjective(word) and not _is_noun(word)):
        return adjective_cases(word)[number]
    return _noun_cases(word)[number] if role == "head" else word


@cache
def _is_adjective(word: str) -> bool:
    small = word.casefold()
    if not re.search(r"(?:[ыио]й|[ая]я|[ое]е|[ыи]е|овы)$", small):
        return False
    if small.endswith(("овы", "ские", "ская", "ский", "ское")):
        return True
    return any(one.tag.POS in {"ADJF", "PRTF"} for one in _morph().parse(small))


@cache
def _is_noun(word: str) -> bool:
    return str(_morph().parse(word)[0].tag.POS) == "NOUN"


def adjective_cases(word: str) -> list[str]:
    """A Russian adjective in the five oblique cases."""
    if word.casefold().endswith(("ний", "няя")) and word[-2:] in _SOFT:
        stem, ends = word[:-2], _SOFT[word[-2:]]
    else:
        ending = next((one for one in _ADJECTIVES if word.endswith(one)), None)
        if ending is None:
            return [word] * len(CASES)
        stem, ends = word.removesuffix(ending), _ADJECTIVES[ending]
    if re.search(r"[гкхжшчщ]$", stem):
        ends = tuple(end.replace("ы", "и") for end in ends)
    return [stem + end if end else word for end in ends]


def russian_adjective(word: str) -> Iterator[str]:
    """A Russian adjective, given as a masculine, in all genders, numbers and cases."""
    stem, ending = word[:-2], word[-2:]
    soft = stem.endswith("н") and ending == "ий"
    plural = "ие" if ending == "ий" else "ые"
    for end in (ending, "яя" if soft else "ая", "ее" if soft else "ое", plural):
        yield stem + end
        yield from adjective_cases(stem + end)


@cache
def _noun_cases(word: str) -> tuple[str, ...]:
    if word[-1].isupper() or word.casefold() in _NO_CASES:
        return (word,) * len(CASES)
    first, dash, last = word.rpartition("-")
    if word.casefold() in _FIRST_DECLINES:
        first, dash, last = word.partition("-")
        return tuple(f"{one}{dash}{last}" for one in _noun_cases(first))
    if dash:
        return tuple(f"{first}{dash}{one}" for one in _noun_cases(last))
    known = [
        one
        for one in _morph().parse(word)
        if one.is_known
        and {"NOUN", "nomn"} in one.tag
        and (word[0].isupper() or "Geox" not in one.tag)
    ]
    if not known:
        return _cases_by_ending(word)
    best = max(known, key=lambda one: ("Geox" in one.tag, one.score))
    told = [best.inflect({case}) for case in CASES]
    cased = str.capitalize if word[0].isupper() else str
    return tuple(cased(one.word) if one else word for one in told)


def _cases_by_ending(word: str) -> tuple[str, ...]:
    for pattern, taken, ends in _NOUNS:
        if re.search(pattern, word):
            stem = word[: len(word) - taken]
            return tuple(word if end is None else stem + end for end in ends)
    return (word,) * len(CASES)


def bulgarian(name: str, *, is_body: bool) -> Iterator[str]:
    """A Bulgarian noun phrase without and with the article.

    Args:
        name: as it is said, mostly without.
        is_body: whether any first word may have the article; in the name of a country it is an
            adjective, the word for a kind of state, or a plural.
    """
    yield name
    first, blank, rest = name.partition(" ")
    small = first.casefold()
    if first.isupper():
        return
    if small.endswith(("ата", "ята", "ото", "ите")) and blank:
        yield f"{first[:-2]}{blank}{rest}"
        return
    adjective = bool(rest) and rest[:2] != "и " and bool(_BG_ADJECTIVE.search(small))
    plural = not blank and small.endswith("и")
    if is_body or adjective or plural or _BG_HEADS.match(small):
        for one in _with_article(first, adjective=adjective):
            yield f"{one}{blank}{rest}"


def _with_article(word: str, *, adjective: bool) -> Iterator[str]:
    small = word.casefold()
    if re.search(r"[ая]$", small):
        yield f"{word}та"
    elif re.search(r"[ое]$", small):
        yield f"{word}то"
    elif small.endswith("и"):
        yield f"{word}те"
        if adjective and small.endswith("ки"):
            yield f"{word}я"
            yield f"{word}ят"
    elif adjective:
        kept = small in _BG_KEPT or not small.endswith("ен")
        stem = word if kept else f"{word[:-2]}н"
        yield f"{stem}ия"
        yield f"{stem}ият"
    elif small.endswith("ст"):
        yield f"{word}та"
    elif re.search(r"[бвгджзклмнпрстфхцчшщ]$", small):
        yield f"{word}а"
        yield f"{word}ът"
    elif small.endswith("й"):
        yield f"{word[:-1]}я"
        yield f"{word[:-1]}ят"


def bulgarian_adjective(word: str) -> Iterator[str]:
    """A Bulgarian adjective, given as a masculine, in all its forms, with and without article."""
    stem = word.removesuffix("и")
    if stem == word:
        stem = re.sub(r"ен$", "н", word)
    ends = ("и", "а", "о", "ия", "ият", "ата", "ото", "ите")
    yield word
    yield from (stem + end for end in ends)

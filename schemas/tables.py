"""The build of `countries.json`, `bodies.json` and `demonyms.json`, in development only.

From babel (the Unicode CLDR) and the hand-written `*.toml` beside this file. Deterministic; a name
that would stand for two is left out, and `clashes` tells which those are.
"""

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from schemas.folding import LANGUAGES, SHORT, bare, plain
from schemas.inflection import (
    bulgarian,
    bulgarian_adjective,
    russian,
    russian_adjective,
)

Table = dict[str, list[str]]
"""What is named, and the keys that name it."""

_HERE = Path(__file__).parent

_NOT_ISO = frozenset(
    (
        "ASC",
        "BUR",
        "CPT",
        "DDR",
        "DGA",
        "FXX",
        "QUU",
        "TAA",
        "TMP",
        "XAA",
        "XBB",
        "XKK",
        "YMD",
        "ZAR",
        "ZZZ",
    )
)
"""Codes the CLDR carries that ISO 3166-1 has withdrawn, only reserves, or never gave."""

_BODY_WORDS = frozenset(("PACE", "CICA", "OCHA"))
"""Names of bodies of more than three letters that are words: compared as they are written."""

_SHARED = frozenset(("Конго", "Виргинские острова"))
"""What the CLDR tells apart only by a word in brackets."""

_LONG_NAME = re.compile(
    r"\b(?:Republic|Kingdom|State|States|Commonwealth|Union|Emirate|Territor|Federation"
    r"|Authority|Провин|САР|SAR)|(?i:республик|королевств|кралство|федерац|штаты|щати|держава"
    r"|государств|союз|съюз|территор|общност|содружеств|автоном|администрац)"
)


def countries() -> dict[str, dict[str, Any]]:
    """Alpha-3 code to the usual English name, the keys of all names, and those of the seats."""
    data = _toml("countries.toml")
    usual: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    seats: dict[str, set[str]] = {}
    for code, (alpha2, cldr) in sorted(_cldr().items()):
        own = data["names"].get(code, {})
        usual[code] = own.get("english") or _news(cldr["en"])
        names[code] = {alpha2, code} | ({code.casefold()} - set(data["code_words"].split()))
        names[code].update(_keys(usual[code], "en"))
        seats[code] = set()
        for language in LANGUAGES:
            given = [*_variants(cldr[language]), *own.get(language, ())]
            for name in (*given, *_long(data, code, language, given)):
                names[code].update(_keys(name, language))
            for name in _toml("capitals.toml").get(code, {}).get(language, ()):
                seats[code].update(_keys(name, language))
    left = _unambiguous({code: names[code] | seats[code] for code in names})
    return {
        code: {
            "english": usual[code],
            "names": [key for key in left[code] if key in names[code]],
            "seats": [key for key in left[code] if key not in names[code]],
        }
        for code in left
    }


def bodies() -> Table:
    """The canonical name of a body to the keys of all names and forms."""
    named: dict[str, set[str]] = defaultdict(set)
    for body in _toml("bodies.toml")["body"]:
        named[body["name"]].update(_keys(body["name"], "en", is_body=True))
        for language in LANGUAGES:
            for name in body[language]:
                for one in _body_variants(name, language):
                    named[body["name"]].update(_keys(one, language, is_body=True))
    return _unambiguous(named)


def demonyms() -> Table:
    """Alpha-3 code to the keys of all forms of the adjectives."""
    forms = {"en": _alone, "ru": russian_adjective, "bg": bulgarian_adjective}
    named: dict[str, set[str]] = defaultdict(set)
    for code, words in _toml("demonyms.toml").items():
        for language in LANGUAGES:
            for word in words[language]:
                for form in forms[language](word):
                    named[code].update(_written(form, as_written=word in _as_written()))
    return _unambiguous(named)


def _alone(word: str) -> Iterator[str]:
    yield word


def write() -> None:
    """Write the three tables beside this file."""
    for name, table in (("countries", countries()), ("bodies", bodies()), ("demonyms", demonyms())):
        _HERE.joinpath(f"{name}.json").write_text(text_of(table), encoding="utf-8")


def text_of(table: Mapping[str, Any]) -> str:
    """A table as JSON, a line for each thing named."""
    lines = (
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(keys, ensure_ascii=False)}"
        for name, keys in table.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def clashes(named: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Keys that more than one would have, and whose they would be."""
    owners: dict[str, list[str]] = defaultdict(list)
    for name, keys in sorted(named.items()):
        for key in keys:
            owners[key].append(name)
    return {key: names for key, names in sorted(owners.items()) if len(names) > 1}


def _unambiguous(named: Mapping[str, set[str]]) -> Table:
    left_out = clashes(named)
    return {name: sorted(named[name] - left_out.keys()) for name in sorted(named)}


def _keys(name: str, language: str, *, is_body: bool = False) -> Iterator[str]:
    """The keys of a name and of all its forms."""
    as_written = name in _as_written() or (is_body and name in _BODY_WORDS)
    if language == "ru":
        forms = russian(name)
    elif language == "bg":
        forms = bulgarian(name, is_body=is_body)
    else:
        forms = iter((name,))
    for form in forms:
        yield from _written(form, as_written=as_written)


def _written(form: str, *, as_written: bool) -> Iterator[str]:
    """The keys of a form: as it is written, where that matters, and in capitals; else folded."""
    key = plain(form)
    if as_written or len(key) <= SHORT:
        yield key
        yield key.upper()
        if not (as_written or key.isalpha()):
            yield bare(key)  # "g7", but not "who" nor "чад"
    else:
        yield bare(key)


@cache
def _as_written() -> frozenset[str]:
    return frozenset(_toml("countries.toml")["as_written"])


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_HERE.joinpath(name).read_text(encoding="utf-8"))


def _cldr() -> dict[str, tuple[str, dict[str, str]]]:
    """Alpha-3 code to alpha-2 code and the name in each language."""
    from babel import Locale
    from babel.core import get_global

    names = {language: Locale.parse(language).territories for language in LANGUAGES}
    table = {"XKX": ("XK", {one: names[one]["XK"] for one in LANGUAGES})}
    for code, (alpha2, *others) in sorted(get_global("territory_aliases").items()):
        if others or code in _NOT_ISO or not re.fullmatch(r"[A-Z]{3}", code):
            continue
        if all(alpha2 in names[one] for one in LANGUAGES):
            table[code] = (alpha2, {one: names[one][alpha2] for one in LANGUAGES})
    return table


def _news(name: str) -> str:
    """A name of the CLDR as news writes it."""
    return name.replace("&", "and").replace("St. ", "Saint ").replace("\u2019", "'")


def _variants(name: str) -> list[str]:
    """Ways to write out a name of the CLDR."""
    whole = name.replace("о-ва", "острова").replace("о-в", "остров")
    ways = [whole, re.sub(r"\bSt\. ", "Saint ", whole)]
    ways += [re.sub(r"& ", "and the ", one) for one in ways if " & " in one]
    short = re.sub(r"\s*\(.*\)", "", whole)
    if short not in _SHARED:
        ways.append(short)
    return list(dict.fromkeys(ways))


def _long(data: Mapping[str, Any], code: str, language: str, given: Iterable[str]) -> list[str]:
    """The official long forms of a country."""
    short = [one for one in dict.fromkeys(given) if not _LONG_NAME.search(one) and len(one) > 3]
    if language == "en":
        short += [f"the {one}" for one in short]
    adjectives = _toml("demonyms.toml").get(code, {}).get(language, ())
    return [
        frame.format(one)
        for kind, words in (("long", short), ("adjective", adjectives))
        for entry in data[kind]
        if code in entry["of"].split()
        for frame in entry[language]
        for one in (_agreeing(word, kind, language) for word in words)
    ]


def _agreeing(word: str, kind: str, language: str) -> str:
    """A Russian or Bulgarian adjective before the feminine "republic"; anything else as it is."""
    if kind != "adjective" or language == "en":
        return word
    return f"{word[:-2]}ая" if language == "ru" else f"{word[:-1]}а"


def _body_variants(name: str, language: str) -> Iterator[str]:
    """Other spellings of the name of a body, and of the bodies named in it."""
    yield name
    yield re.sub(r"^([^\W\d_]+)-(\d+)$", r"\1\2", name)
    for old, new in _SWAPS[language]:
        if re.search(old, name):
            yield from _body_variants(re.sub(old, new, name), language)


_SWAPS = {
    "en": [
        (r"Organisation", "Organization"),
        (r"Programme", "Program"),
        (r"Labour", "Labor"),
        (r"Co-operation", "Cooperation"),
        (r"^(?:UN|U\.N\.) (?=[A-Z])", "United Nations "),
        (r"^EU (?=[A-Z])", "European Union "),
        (r"\bthe EU$", "the European Union"),
    ],
    "ru": [
        (r" ООН$", " Организации Объединённых Наций"),
        (r" ЕС$", " Европейского союза"),
        (r" Европейского союза$", " Евросоюза"),
        (r"(?<!-)стран-", "стран "),
    ],
    "bg": [
        (r"\bна ООН\b", "на Обединените нации"),
        (r"\bна ЕС$", "на Европейския съюз"),
        (r"\bна Европейския съюз$", "на Евросъюза"),
    ],
}
"""What may stand for what in the name of a body, one way, so that it ends."""

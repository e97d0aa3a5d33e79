"""Country names in English, Russian and Bulgarian to ISO 3166-1 alpha-3.

`countries.json` beside this file comes from the Unicode CLDR by way of babel;
`python -m schemas.countries` writes it anew, and a test compares the two.
"""

import json
import re
from functools import cache
from importlib.resources import files

_TABLE = "countries.json"
_LANGUAGES = ("en", "ru", "bg")

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

_USUAL = {
    "britain": "GBR",
    "czech republic": "CZE",
    "great britain": "GBR",
    "kosovo": "XKX",  # not of ISO, but the code the EU and the World Bank use
    "xkx": "XKX",
    "north macedonia": "MKD",
    "palestine": "PSE",
    "republic of korea": "KOR",
    "russian federation": "RUS",
    "turkey": "TUR",
    "uk": "GBR",
    "u.k": "GBR",
    "u.s": "USA",
    "u.s.a": "USA",
    "united states of america": "USA",
    "великобритания": "GBR",
    "сша": "USA",
    "сащ": "USA",
}
"""Names in daily use that the CLDR spells otherwise."""


def alpha3(name: str) -> str | None:
    """The alpha-3 code of a country given by its name or by its alpha-2 or alpha-3 code, or None.

    Case, outer blanks, a final full stop and a leading "the" do not matter.
    """
    key = re.sub(r"^the\s+", "", _folded(name)).rstrip(".")
    return _USUAL.get(key) or _names().get(key)


def _folded(name: str) -> str:
    return name.strip().casefold().replace("ё", "е")


@cache
def _names() -> dict[str, str]:
    table: dict[str, dict[str, str]] = json.loads(
        files(__package__).joinpath(_TABLE).read_text(encoding="utf-8")
    )
    return {name: code for code, names in table.items() for name in (code.casefold(), *names)}


def cldr_table() -> dict[str, list[str]]:
    """Alpha-3 code to folded alpha-2 code and names, from babel (a development dependency)."""
    from babel import Locale
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    table: dict[str, list[str]] = {}
    for code3, (code2, *others) in sorted(aliases.items()):
        if others or code3 in _NOT_ISO or not re.fullmatch(r"[A-Z]{3}", code3):
            continue
        names = {
            _folded(Locale.parse(language).territories[code2])
            for language in _LANGUAGES
            if code2 in Locale.parse(language).territories
        }
        if names:
            table[code3] = [code2.casefold(), *sorted(names)]
    return table


if __name__ == "__main__":
    from pathlib import Path

    text = json.dumps(cldr_table(), ensure_ascii=False, indent=1)
    Path(__file__).with_name(_TABLE).write_text(text + "\n", encoding="utf-8")

"""Builds `names.txt`, the names of persons by language, from the package Faker.

`python -m extractor.cast.gather` writes it anew; Faker is needed for that only, never at run time.
Names from Faker, MIT, (c) Daniele Faraglia and contributors.
"""

import importlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TABLE = Path(__file__).with_name("names.txt")

_HEAD = """\
# Names of persons in plain small letters, by language: given names, and surnames that are none.
# Usual are those that several lists of a language hold, or all where there is one list. Written by
# `python -m extractor.cast.gather`, do not edit.
# Names from Faker, MIT, (c) Daniele Faraglia and contributors.
"""

_LOCALES = {
    "en": "en en_US en_GB en_IE en_NZ",
    "fr": "fr_FR fr_BE fr_CA fr_CH",
    "de": "de_DE de_AT de_CH de_LI",
    "es": "es_ES es_AR es_CL es_CO es_MX es_CA",
    "pt": "pt_PT pt_BR",
    "it": "it_IT",
    "nl": "nl_NL nl_BE",
    "sv": "sv_SE",
    "da": "da_DK",
    "no": "no_NO",
    "is": "is_IS",
    "fi": "fi_FI",
    "et": "et_EE",
    "lv": "lv_LV",
    "lt": "lt_LT",
    "pl": "pl_PL",
    "cs": "cs_CZ",
    "sk": "sk_SK",
    "hr": "hr_HR",
    "sl": "sl_SI",
    "hu": "hu_HU",
    "ro": "ro_RO",
    "tr": "tr_TR",
    "az": "az_AZ",
    "id": "id_ID",
    "in": "en_IN",
    "pk": "en_PK",
    "dz": "fr_DZ",
    "ng": "en_NG yo_NG ig_NG ha_NG",
    "gh": "tw_GH",
    "ke": "en_KE sw",
    "za": "zu_ZA",
}
"""The locales of Faker that make a language here; those in other letters are left out."""

_HOMES = "ru_RU bg_BG uk_UA mk_MK"
"""Locales whose given names are kept in Cyrillic: a person of such a name may be of there."""

_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "đ": "dj", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_AZERI = str.maketrans(
    {"ə": "a", "q": "g", "x": "kh", "c": "j", "ç": "ch", "ş": "sh", "ğ": "gh", "ı": "i"}
)
"""Azerbaijani letters as English has them."""

_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 3
_GIVEN = ("first_names",)
_SURNAMES = ("last_names", "male_last", "unisex")
"""How Faker's lists of them begin."""


def built() -> str:
    """The text of the table."""
    lines = []
    for language, locales in _LOCALES.items():
        each = [_plain_names(locale, language, _GIVEN + _SURNAMES) for locale in locales.split()]
        held = Counter(name for names in each for name in names)
        given = {
            name for locale in locales.split() for name in _plain_names(locale, language, _GIVEN)
        }
        for name_of, kind in (("given", given), ("surnames", held.keys() - given)):
            usual = {name for name in kind if held[name] > 1 or len(each) == 1}
            for what, names in (("usual", usual), ("rare", kind - usual)):
                if names:
                    lines.append(f"{language} {what} {name_of}: {' '.join(sorted(names))}")
    homes = {name for one in _HOMES.split() for name in _home_names(one)}
    lines.append(f"homes: {' '.join(sorted(homes))}")
    return _HEAD + "\n".join(lines) + "\n"


def _words(locale: str, kinds: tuple[str, ...]) -> Iterator[str]:
    """The words of a locale's names of some kinds, small letters."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    for kind in dir(provider):
        held = getattr(provider, kind)
        if kind.startswith(kinds) and isinstance(held, tuple | list | dict):
            for name in held:
                yield from _WORD.findall(name.lower())


def _plain_names(locale: str, language: str, kinds: tuple[str, ...]) -> set[str]:
    names: set[str] = set()
    for word in _words(locale, _GIVEN if language == "is" else kinds):
        plain = unicodedata.normalize(
            "NFKD", word.translate(_AZERI if language == "az" else _PLAIN)
        )
        letters = "".join(one for one in plain if not unicodedata.combining(one))
        if len(letters) >= _SHORT and letters.isascii() and not letters.endswith("ova"):
            names.add(letters)
    return names


def _home_names(locale: str) -> Iterator[str]:
    for word in _words(locale, _GIVEN):
        yield word.replace("ё", "е")


def main() -> None:
    """Write the table."""
    TABLE.write_text(built(), encoding="utf-8")


if __name__ == "__main__":
    main()

"""The language of an article."""

import re
from functools import cache

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

_LANGUAGES = ("EN", "RU", "BG", "UK", "BE", "MK", "SR", "DE", "FR", "ES", "TR", "AR", "FA", "ZH")
"""What articles on diplomacy are told apart from; each adds to memory only when it is likely."""

_NAMES = re.compile(r"\b[A-ZÀ-ÖØ-Þ]\w*")
"""Words in Latin capitals: names from abroad make an English text French, whatever the words around
them are."""


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the language of `text`, or None where it cannot be told."""
    found = _detector().detect_language_of(_NAMES.sub(" ", text))
    found = found or _detector().detect_language_of(text)
    return found.iso_code_639_1.name.lower() if found else None


@cache
def _detector() -> LanguageDetector:
    codes = [getattr(IsoCode639_1, code) for code in _LANGUAGES]
    languages = [Language.from_iso_code_639_1(code) for code in codes]
    return LanguageDetectorBuilder.from_languages(*languages).build()

"""Nouns for people of a state, in Bulgarian and Russian: "румънецът" is somebody from Romania."""

import re
from functools import lru_cache

from schemas.demonyms import demonym

_NOUNS = {
    "bg": re.compile(r"([^\W\d_]{3,}?)(?:ецът|еца|янинът|янина|инът|ина|ката|янката|ът|ят)$"),
    "ru": re.compile(r"([^\W\d_]{4,}?)(?:ец|янин|анин|янка|анка|йка|ка)$"),
}
_ADJECTIVES = {
    "bg": ("ски", "йски", "ки", "ански", "янски", "енски"),
    "ru": ("ский", "йский", "анский", "янский", "инский"),
}
"""What the adjective of a state has where the noun has "ец" or "ка"."""
_OTHERS = {
    "гъркът": "GRC", "гъркинята": "GRC", "турчинът": "TUR", "туркинята": "TUR",
    "французинът": "FRA", "французойката": "FRA", "англичанинът": "GBR", "англичанката": "GBR",
    "британецът": "GBR", "руснакът": "RUS", "рускинята": "RUS", "сърбинът": "SRB",
    "сръбкинята": "SRB", "полякът": "POL", "полякинята": "POL", "датчанинът": "DNK",
    "датчанката": "DNK", "египтянинът": "EGY", "египтянката": "EGY", "косоварят": "XKX",
    "чехът": "CZE", "чехкинята": "CZE", "словакът": "SVK", "словачката": "SVK",
}  # fmt: skip


@lru_cache(maxsize=4096)
def of_people(word: str, language: str | None) -> str | None:
    """Alpha-3 code of the state whose people a noun is of; None for any other."""
    if word in _OTHERS:
        return _OTHERS[word]
    pattern = _NOUNS.get(language or "")
    match = pattern.match(word) if pattern else None
    if match is None:
        return None
    ends = _ADJECTIVES[language or ""]
    return next((code for end in ends if (code := demonym(match[1] + end))), None)

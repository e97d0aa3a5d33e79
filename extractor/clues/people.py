"""Bulgarian nouns for people of a state: "румънецът" is somebody from Romania."""

import re
from functools import lru_cache

from schemas.demonyms import demonym

_NOUN = re.compile(r"([^\W\d_]{3,}?)(?:ецът|еца|янинът|янина|инът|ина|ката|янката|ът|ят)$")
_ADJECTIVES = ("ски", "йски", "ки", "ански", "янски", "енски")
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
def of_people(word: str) -> str | None:
    """Alpha-3 code of the state whose people a noun with the article is of; None for any other."""
    if word in _OTHERS:
        return _OTHERS[word]
    match = _NOUN.match(word)
    if match is None:
        return None
    return next((code for end in _ADJECTIVES if (code := demonym(match[1] + end))), None)

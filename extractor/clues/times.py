"""The words of a sentence that say when."""

import re
from datetime import date

from schemas.dates import resolve

_WORD = re.compile(r"[^\s,;:()«»„“”\"]+")
_LONGEST = 6
"""Words in the longest phrase looked at: "в среду, 24 ноября 2026 года"."""
_ANY_DAY = date(2000, 1, 5)


def times(sentence: str) -> list[str]:
    """The phrases of a sentence that name a day, a month, a year or a span, in their order."""
    words = [(one.start(), one.end()) for one in _WORD.finditer(sentence)]
    found: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            text = sentence[words[at][0] : words[at + length - 1][1]].rstrip(".")
            if len(text) <= 60 and resolve(text, published=_ANY_DAY, ahead=False):
                found.append(text)
                at += length - 1
                break
        at += 1
    return list(dict.fromkeys(found))

"""Figures, names and foreign text as every form of the report shows them."""

import re

from evals.metrics import Score
from schemas import RECORD_TYPES

_DASH = "\u2013"

NOTHING = _DASH
"""Shown where there is no value."""

_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_STAND_INS = (
    {code: chr(0x2400 + code) for code in range(0x20)}
    | {ord("\t"): "\t", ord("\n"): "\n", ord("\r"): " "}
    | dict.fromkeys((*range(0x7F, 0xA0), 0xFFFE, 0xFFFF, *map(ord, _DIRECTIONS)), "\ufffd")
)
"""Control characters and marks of direction by what is shown for them: one character for each."""


_ACTIVE = re.compile(r"[&<>|`*_~{}\[\]\\#@$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""What can begin markup, a mention or a link in the middle of a line."""


def plain(text: str) -> str:
    """`text` with a visible stand-in for each character that may act on the page it is shown on.

    What comes back is allowed in XML 1.0 and can be written as UTF-8.
    """
    return text.translate(_STAND_INS).encode("utf-8", "replace").decode("utf-8")


def one_line(text: str, longest: int | None = None) -> str:
    """`text` without line breaks, cut where it is too long."""
    line = " ".join(plain(text).split())
    return line if longest is None or len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def safe(text: str) -> str:
    """`text` for Markdown: on one line, each character that could be markup as an entity."""
    return _ACTIVE.sub(lambda found: f"&#{ord(found.group())};", one_line(text))


def percent(value: float | None) -> str:
    """A share in percent with one decimal."""
    return NOTHING if value is None else f"{100 * value:.1f}"


def interval(score: Score) -> str:
    """A score with its interval, as in "41.3 (35.0 to 48.1)", with a dash."""
    if score.value is None or score.low is None or score.high is None:
        return percent(score.value)
    return f"{percent(score.value)} ({percent(score.low)}{_DASH}{percent(score.high)})"


def told(score: Score) -> str:
    """A score with its interval and its denominator."""
    return f"{interval(score)} of {score.of}"


def cost(dollars: float | None) -> str:
    """A sum of money, or that it is not known."""
    return "unknown" if dollars is None else f"${dollars:.4f}"


def spaced(name: str) -> str:
    """The name of a field as a person writes it."""
    return name.replace("_", " ")


def singular(name: str) -> str:
    """What one record of a type is called: "meeting" for `meetings`."""
    record_type = RECORD_TYPES.get(name)
    return record_type.model_fields["type"].default if record_type else name


def number_of(name: str, place: int) -> str:
    """What a record is called: "meeting 2" for the second of its type."""
    return f"{singular(name)} {place + 1}"

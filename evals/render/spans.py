"""An article's text cut up where evidence begins and ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text that a record cites; in code points, the end exclusive."""

    start: int
    end: int
    record: str
    """What the record is called: "gold meeting 1"."""
    is_gold: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text over which the same records cite it."""

    start: int
    text: str
    cited: str
    """By whom: `gold`, `predicted`, `both`, or nothing where nobody does."""
    title: str
    """The records: "gold meeting 1; predicted statement 2"."""


_CITED = {
    (True, True): "both",
    (True, False): "gold",
    (False, True): "predicted",
    (False, False): "",
}


def segments(text: str, spans: Sequence[Span]) -> list[Segment]:
    """`text` cut at all ends of `spans`; joined again, the segments are the text.

    Spans may overlap. What lies outside the text is left out.
    """
    size = len(text)
    cuts = sorted(
        {0, size} | {min(max(cut, 0), size) for one in spans for cut in (one.start, one.end)}
    )
    return [_segment(text, start, end, spans) for start, end in pairwise(cuts)]


def _segment(text: str, start: int, end: int, spans: Sequence[Span]) -> Segment:
    spans = [one for one in spans if one.start <= start and end <= one.end]
    cited = _CITED[any(one.is_gold for one in spans), any(not one.is_gold for one in spans)]
    return Segment(
        start, text[start:end], cited, "; ".join(dict.fromkeys(one.record for one in spans))
    )

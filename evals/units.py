"""The sentences that scores count, cut without regard to the program under test.

The text is cut at line breaks and after full stops, but never inside a sentence that was labelled,
and between any two of them. What stands beside a labelled sentence without a full stop, say a
dateline, is of one piece with it. The extractor's own splitter has no say: a change to it must not
move the measure.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from schemas import Evidence

_END = re.compile(r"[.!?…]+[»”“\"')\]]*\s+|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


class Units:
    """The sentences of one article, numbered from 0."""

    def __init__(self, text: str, labelled: Iterable[Evidence]) -> None:
        """Cut `text`.

        Args:
            text: the article.
            labelled: the evidence of all its gold records.
        """
        quoted = sorted({(one.start, one.end) for one in labelled})
        free = {0, len(text), *(match.end() for match in _END.finditer(text))}
        ends = {end for span in quoted for end in span}
        cuts = {cut for cut in free if not _is_inside(cut, quoted)}
        cuts |= {end for end in ends if _is_inside(end, quoted)}
        before = 0
        for start, end in quoted:
            if not any(before <= cut <= start for cut in cuts):
                cuts.add(start)
            before = end
        self.spans: list[tuple[int, int]] = [
            (start, end)
            for start, end in pairwise(sorted(cuts))
            if re.search(r"\w", text[start:end])
        ]
        self._starts = [start for start, _ in self.spans]

    def of(self, evidence: Sequence[Evidence]) -> tuple[int, ...]:
        """The sentences that `evidence` covers by half at least; of each piece one at least.

        A piece that covers no half of any sentence stands for the one it shares most with.
        """
        covered: set[int] = set()
        for one in evidence:
            shares = self._shares(one)
            most = [number for number, share in shares.items() if share >= 0.5]
            covered |= set(most) if most else set(sorted(shares, key=shares.__getitem__)[-1:])
        return tuple(sorted(covered))

    def _shares(self, one: Evidence) -> dict[int, float]:
        """Each sentence that `one` touches with the share of it that is covered."""
        shares: dict[int, float] = {}
        for number in range(max(0, bisect_right(self._starts, one.start) - 1), len(self.spans)):
            start, end = self.spans[number]
            if start >= one.end:
                break
            common = min(end, one.end) - max(start, one.start)
            if common > 0:
                shares[number] = common / (end - start)
        return shares


def _is_inside(cut: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < cut < end for start, end in spans)

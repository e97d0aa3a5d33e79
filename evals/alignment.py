"""Which record found is which gold record: one to one, whatever their order.

Two records can be one event when the actors that identify it are more than half the same: one right
and one wrong participant of two are another meeting. Among several possible partners shared
evidence and equal choice fields (status, format) decide.

Statements (types that are `per_run`) are aligned by speaker and sentence: a record over n sentences
is n mentions, so it is the same whether a run of one speaker is given as one record or as several.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from evals.align import aligned
from evals.labels import GoldRecord
from evals.names import SAME, likeness, overlap
from evals.shape import Kind, fields_of, identity_of, roles_of
from evals.units import Units
from schemas import Record

HALF = 0.5
"""Two records can be one event above this share of their actors."""

_SHARED_EVIDENCE, _SHARED_CHOICES, _REQUIRED = 0.2, 0.1, 0.05
"""What shared evidence, equal choice fields and not being optional add to a pair's weight: enough
to choose between partners, too little to make two events one."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A record, or of a `per_run` record one sentence."""

    record: int
    """Its place among the records of its side."""
    units: tuple[int, ...]


class Alignment:
    """The records of one type in one article, gold beside found."""

    def __init__(
        self,
        record_type: type[Record],
        labels: Sequence[GoldRecord],
        records: Sequence[Record],
        *,
        units: Units,
    ) -> None:
        """Align `records` with `labels`, both of `record_type`, over the sentences `units`."""
        self.record_type, self.labels, self.records = record_type, labels, records
        self.label_units = [units.of(label.evidence) for label in labels]
        self.record_units = [units.of(record.evidence) for record in records]
        self.gold = list(self._mentions(self.label_units))
        self.given = list(self._mentions(self.record_units))
        weights = [[self._weight(mine, theirs) for theirs in self.given] for mine in self.gold]
        self.pairs = [(row, column) for row, column, _ in aligned(weights)]
        """Positions in `gold` and `given`."""
        found, used = {row for row, _ in self.pairs}, {column for _, column in self.pairs}
        self.required = [pair for pair in self.pairs if not self.label(pair[0]).optional]
        """The pairs that count: an optional record that is found earns nothing."""
        self.lost = [
            row
            for row in range(len(self.gold))
            if row not in found and not self.label(row).optional
        ]
        """Gold mentions that are missing."""
        self.extra = [column for column in range(len(self.given)) if column not in used]
        """Mentions found that are spurious."""

    def label(self, row: int) -> GoldRecord:
        """The gold record of a mention."""
        return self.labels[self.gold[row].record]

    def record(self, column: int) -> Record:
        """The record found of a mention."""
        return self.records[self.given[column].record]

    def joined(self) -> dict[int, list[int]]:
        """Each gold record that counts and was found, with the records it was found as."""
        joined: dict[int, list[int]] = {}
        for row, column in self.required:
            given = self.given[column].record
            partners = joined.setdefault(self.gold[row].record, [])
            if given not in partners:
                partners.append(given)
        return joined

    def swaps(self) -> list[tuple[int, int]]:
        """Gold records and found ones, left over, that are one with the two roles exchanged."""
        roles = roles_of(self.record_type)
        if roles is None:
            return []
        left = sorted({self.gold[row].record for row in self.lost})
        over = sorted({self.given[column].record for column in self.extra})
        weights = [[self._swapped(gold, given, *roles) for given in over] for gold in left]
        return [(left[row], over[column]) for row, column, _ in aligned(weights)]

    def _mentions(self, units: Sequence[tuple[int, ...]]) -> Iterator[Mention]:
        for record, covered in enumerate(units):
            if self.record_type.per_run:
                yield from (Mention(record, (one,)) for one in covered)
            else:
                yield Mention(record, covered)

    def _weight(self, gold: Mention, given: Mention) -> float:
        """How well two mentions fit; 0 where they cannot be one."""
        if self.record_type.per_run and gold.units != given.units:
            return 0.0
        label, record = self.labels[gold.record], self.records[given.record]
        alike: float = mean(
            _alike(getattr(label, name), getattr(record, name))
            for name in identity_of(self.record_type)
        )
        if alike < SAME if self.record_type.per_run else alike <= HALF:
            return 0.0
        mine, theirs = set(self.label_units[gold.record]), set(self.record_units[given.record])
        choices: list[bool] = [
            getattr(label, shape.name) == getattr(record, shape.name)
            for shape in fields_of(self.record_type)
            if shape.kind is Kind.CHOICE
        ]
        shared = len(mine & theirs) / max(1, len(mine | theirs))
        return (
            alike
            + _SHARED_EVIDENCE * shared
            + _SHARED_CHOICES * sum(choices) / max(1, len(choices))
            + _REQUIRED * (not label.optional)
        )

    def _swapped(self, gold: int, given: int, one: str, other: str) -> float:
        """How well two records fit with their roles exchanged; a role may be unsaid."""
        label, record = self.labels[gold], self.records[given]
        shared = set(self.label_units[gold]) & set(self.record_units[given])
        if self.record_type.per_run and not shared:
            return 0.0
        there = _alike(getattr(label, other), getattr(record, one))
        back = _alike(getattr(label, one), getattr(record, other))
        unsaid = getattr(record, other) is None
        return there + back if there >= SAME and (unsaid or back > HALF) else 0.0


def _alike(gold: Any, given: Any) -> float:
    """How far one actor or a list of actors is the same; 0 where one side has none."""
    if not gold or not given:
        return 0.0
    return overlap(gold, given) if isinstance(gold, list) else likeness(gold, given)

"""The records of an article as small tables: what is labelled beside what was found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evals.render.faults import expected_and_found, shown
from evals.render.partners import Group, groups
from evals.render.words import NOTHING, number_of, one_line, spaced
from evals.report import ArticleReport
from evals.score import Fault
from evals.shape import Kind, fields_of
from schemas import RECORD_TYPES

_QUOTE = 90
"""Characters of a quotation that are shown; the text beside it has the whole."""

_NO_FIELDS = ("evidence", "optional")
"""What a record has besides its fields."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of evidence."""

    start: int
    text: str
    grounded: bool
    """Whether it is the article's text, letter by letter."""


@dataclass(frozen=True, slots=True)
class Column:
    """One record."""

    title: str
    """What it is called: "gold meeting 2"."""
    mark: str
    """What became of it: `right`, `wrong`, `part`, `swapped`, `optional`, or nothing."""
    told: str
    """The mark in words: "2 of 5 sentences found"."""
    evidence: list[Quote]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one record says in one field."""

    values: list[str]
    faults: list[str]
    """Their kinds; only records found have some."""


@dataclass(frozen=True, slots=True)
class Line:
    """One field of all records of a sheet."""

    label: str
    gold: list[Cell]
    predicted: list[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Gold records and those they were found as; an empty column where there are none."""

    gold: list[Column]
    predicted: list[Column]
    lines: list[Line]


_EMPTY = Cell([], [])


def sheets(article: ArticleReport) -> list[Sheet]:
    """All records of an article: first those without a partner, then those with faults."""
    ranked: list[tuple[int, Sheet]] = []
    for name in article.gold:
        for group in groups(article, name):
            made = _Maker(article, name, group)
            ranked.append((made.rank(), made.sheet()))
    return [sheet for _, sheet in sorted(ranked, key=lambda one: one[0])]


class _Maker:
    """Makes the sheet of one group of records."""

    def __init__(self, article: ArticleReport, name: str, group: Group) -> None:
        self.article, self.name, self.group = article, name, group
        self.gold = [article.gold[name][place] for place in group.gold]
        self.predicted = [article.predicted[name][place] for place in group.predicted]
        self.faults = [
            one
            for one in article.faults
            if one.type == name and (one.gold in group.gold or one.predicted in group.predicted)
        ]

    def rank(self) -> int:
        """0 where a record has no partner, 1 where a field is wrong, 2 where all is right."""
        return min((0 if one.field is None else 1 for one in self.faults), default=2)

    def sheet(self) -> Sheet:
        """The sheet."""
        gold = [self._column("gold", place) for place in self.group.gold]
        found = [self._column("predicted", place) for place in self.group.predicted]
        return Sheet(
            gold or [Column("not in the gold", "", "", [])],
            found or [Column("not found", "", "", [])],
            [*self._lines(), *self._lines_of_actors()],
        )

    def _column(self, side: str, place: int) -> Column:
        is_gold = side == "gold"
        record = (self.article.gold if is_gold else self.article.predicted)[self.name][place]
        share = (self.article.found if is_gold else self.article.right)[self.name][place]
        own = [
            one
            for one in self.faults
            if one.field is None and (one.gold if is_gold else one.predicted) == place
        ]
        mark, told = _mark(own, share, is_gold=is_gold, optional=bool(record.get("optional")))
        return Column(
            title=f"{side} {number_of(self.name, place)}",
            mark=mark,
            told=told,
            evidence=[self._quote(one) for one in record["evidence"]],
        )

    def _quote(self, one: dict[str, Any]) -> Quote:
        grounded = self.article.text[one["start"] : one["end"]] == one["text"]
        return Quote(one["start"], one_line(one["text"], _QUOTE), grounded)

    def _lines(self) -> Iterator[Line]:
        records = [*self.predicted, *self.gold]
        for key in dict.fromkeys(key for record in records for key in record):
            if key not in _NO_FIELDS and any(
                record.get(key) not in (None, []) for record in records
            ):
                accepted = _has_alternatives(self.name, key)
                yield Line(
                    spaced(key),
                    [_cell(record, key, accepted=accepted) for record in self.gold] or [_EMPTY],
                    [
                        _cell(record, key, self._kinds(key, place))
                        for place, record in zip(self.group.predicted, self.predicted, strict=True)
                    ]
                    or [_EMPTY],
                )

    def _kinds(self, key: str, place: int) -> list[str]:
        """The kinds of fault of a field of a record found."""
        return [one.kind for one in self.faults if (one.field, one.predicted) == (key, place)]

    def _lines_of_actors(self) -> Iterator[Line]:
        """What is wrong of actors, which is no field of the record itself."""
        fields = {one.field for one in self.faults if one.field} - {
            key for record in [*self.gold, *self.predicted] for key in record
        }
        for field in sorted(fields):
            mine, theirs = [_EMPTY] * len(self.gold), [_EMPTY] * len(self.predicted)
            for fault in self.faults:
                if fault.field == field and fault.gold is not None and fault.predicted is not None:
                    row = self.group.gold.index(fault.gold)
                    column = self.group.predicted.index(fault.predicted)
                    words = expected_and_found(self.gold[row], self.predicted[column], field)
                    mine[row] = Cell([words[0]], [])
                    theirs[column] = Cell([words[1]], self._kinds(field, fault.predicted))
            yield Line(f"{spaced(field)} of actors", mine, theirs)


def _mark(
    faults: Sequence[Fault], share: float, *, is_gold: bool, optional: bool
) -> tuple[str, str]:
    """What became of a record, and that in words.

    Args:
        faults: of the record as a whole.
        share: of it that has a partner.
        is_gold: or one that was found.
        optional: a gold record that counts nowhere.
    """
    verb = "found" if is_gold else "matched"
    if any(one.kind == "swapped" for one in faults):
        return "swapped", "swapped"
    if optional:
        return "optional", f"optional, {'found' if share else 'not found'}"
    if share == 0:
        return "wrong", "missing" if is_gold else "spurious"
    if share == 1:
        return "right", verb
    part = next((one.sentences for one in faults if one.sentences), None)
    return "part", f"{part} sentences {verb}" if part else f"{verb} in part"


def _cell(
    record: dict[str, Any], key: str, faults: Sequence[str] = (), *, accepted: bool = False
) -> Cell:
    if key not in record:
        return Cell(["not judged"], list(faults))
    value = record[key]
    if value in (None, []):
        return Cell([NOTHING], list(faults))
    values = value if isinstance(value, list) and not accepted else [value]
    return Cell([shown(one, accepted=accepted) for one in values], list(dict.fromkeys(faults)))


def _has_alternatives(name: str, key: str) -> bool:
    """Whether a label of this field lists values that are accepted for one another."""
    shapes = fields_of(RECORD_TYPES[name]) if name in RECORD_TYPES else ()
    return any(one.name == key and one.kind in (Kind.PLACE, Kind.TEXT) for one in shapes)

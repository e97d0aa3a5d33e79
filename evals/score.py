"""One article scored: its gold records against those found, as counts.

What has no partner (see `alignment`) is *missing* or *spurious*. A record found that is a gold
record marked `optional` counts nowhere, nor does an optional one that is missing. Statements are
counted by speaker and sentence: a record over n sentences counts n times, here and in its fields,
and a second record of one speaker on one sentence is spurious. A record left over whose two roles
are those of a gold record left over, exchanged, is named a swap; it is missing and spurious too.

All counts have flat names, `meetings.gold`, `meetings.fields.date.end_to_end.partial`, so that they
add up over articles and can be compared one by one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from evals.align import aligned
from evals.alignment import Alignment
from evals.fields import Outcome, judge
from evals.gold import Case
from evals.shape import Kind, fields_of
from evals.units import Units
from extractor.result import Extraction
from schemas import RECORD_TYPES


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong."""

    kind: str
    """`swapped`, `missing`, `spurious`, or the outcome of a field: `incorrect` and so on."""
    type: str
    gold: int | None
    """The gold record's place among those of its type."""
    predicted: int | None
    field: str | None = None
    sentences: str | None = None
    """Of a record that was found in part: "2 of 5"."""


@dataclass(slots=True)
class ArticleScore:
    """What one article came to."""

    counts: Counter[str] = field(default_factory=Counter)
    likeness: dict[str, float] = field(default_factory=dict)
    """Sums of chrF, 0 to 1 each, by the names of their counts: `meetings.texts.topics`."""
    faults: list[Fault] = field(default_factory=list)
    found: dict[str, list[float]] = field(default_factory=dict)
    """By type, of each gold record the share that was found."""
    right: dict[str, list[float]] = field(default_factory=dict)
    """By type, of each record given the share that is in the gold."""
    pairs: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """By type, the gold records with those they were found as."""


def score(case: Case, extraction: Extraction | None) -> ArticleScore:
    """The score of what was found in `case`; None is an article that failed: all is missing."""
    result = ArticleScore()
    labels = [label for labels in case.records.values() for label in labels]
    units = Units(case.text, [one for label in labels for one in label.evidence])
    result.counts["articles"] = 1
    result.counts["failed"] = int(extraction is None)
    strays: list[_Stray] = []
    for name, record_type in RECORD_TYPES.items():
        records = getattr(extraction, name) if extraction else []
        alignment = Alignment(record_type, case.records[name], records, units=units)
        _count(name, alignment, result)
        strays += _strays(name, alignment)
    _count_confusion(strays, result.counts)
    if extraction:
        _count_document(case, extraction, result.counts)
    return result


def _count(name: str, alignment: Alignment, result: ArticleScore) -> None:
    """Count all there is to count of one type."""
    required = len(alignment.required)
    result.counts[f"{name}.gold"] += required + len(alignment.lost)
    result.counts[f"{name}.predicted"] += required + len(alignment.extra)
    result.counts[f"{name}.matched"] += required
    result.counts[f"{name}.swapped"] += len(alignment.swaps())
    joined = alignment.joined()
    result.counts[f"confusion.{name}.{name}"] += len(joined)
    _count_fields(name, alignment, result.counts)
    for gold, given in joined.items():
        _count_texts(name, alignment, gold, given, result)
        _count_evidence(name, alignment, gold, given, result.counts)
    result.found[name], result.right[name] = _shares(alignment)
    result.pairs[name] = sorted(
        {(alignment.gold[r].record, alignment.given[c].record) for r, c in alignment.pairs}
    )
    result.faults += _faults(name, alignment, joined)


def _count_fields(name: str, alignment: Alignment, counts: Counter[str]) -> None:
    kind = alignment.record_type
    for row, column in alignment.required:
        for one, outcome in judge(kind, alignment.label(row), alignment.record(column)):
            counts[f"{name}.fields.{one}.given_match.{outcome}"] += 1
            counts[f"{name}.fields.{one}.end_to_end.{outcome}"] += 1
    unpaired = [judge(kind, alignment.label(row), None) for row in alignment.lost]
    unpaired += [judge(kind, None, alignment.record(column)) for column in alignment.extra]
    for judged in unpaired:
        for one, outcome in judged:
            counts[f"{name}.fields.{one}.end_to_end.{outcome}"] += 1


def _count_texts(
    name: str, alignment: Alignment, gold: int, given: Sequence[int], result: ArticleScore
) -> None:
    """Free text of a record found: what several records say of it is taken together."""
    for shape in fields_of(alignment.record_type):
        accepted = getattr(alignment.labels[gold], shape.name)
        if shape.kind not in (Kind.TEXT, Kind.TEXTS) or not accepted:
            continue
        values = [getattr(alignment.records[one], shape.name) for one in given]
        if shape.kind is Kind.TEXTS:
            accepted = ["; ".join(accepted)]
            values = ["; ".join(value) for value in values]
        key = f"{name}.texts.{shape.name}"
        said = " ".join(value for value in values if value)
        result.counts[key] += 1
        result.likeness[key] = result.likeness.get(key, 0.0) + chrf(said, accepted)


def _count_evidence(
    name: str, alignment: Alignment, gold: int, given: Sequence[int], counts: Counter[str]
) -> None:
    mine = set(alignment.label_units[gold])
    theirs = {unit for one in given for unit in alignment.record_units[one]}
    counts[f"{name}.evidence.shared"] += len(mine & theirs)
    counts[f"{name}.evidence.gold"] += len(mine)
    counts[f"{name}.evidence.predicted"] += len(theirs)


def _shares(alignment: Alignment) -> tuple[list[float], list[float]]:
    """Of each gold record, and of each found one, the share of its mentions with a partner."""
    found = Counter(alignment.gold[row].record for row, _ in alignment.pairs)
    right = Counter(alignment.given[column].record for _, column in alignment.pairs)
    gold = Counter(one.record for one in alignment.gold)
    given = Counter(one.record for one in alignment.given)
    return (
        [round(found[one] / gold[one], 4) for one in range(len(alignment.labels))],
        [round(right[one] / given[one], 4) for one in range(len(alignment.records))],
    )


def _faults(name: str, alignment: Alignment, joined: dict[int, list[int]]) -> Iterator[Fault]:
    """All that is wrong in one type: swaps, what has no partner, fields of what has one."""
    yield from (Fault("swapped", name, gold, given) for gold, given in alignment.swaps())
    lost = Counter(alignment.gold[row].record for row in alignment.lost)
    for gold, missing in sorted(lost.items()):
        whole = len([one for one in alignment.gold if one.record == gold])
        yield Fault("missing", name, gold, None, sentences=_part(missing, whole))
    extra = Counter(alignment.given[column].record for column in alignment.extra)
    for given, spurious in sorted(extra.items()):
        whole = len([one for one in alignment.given if one.record == given])
        yield Fault("spurious", name, None, given, sentences=_part(spurious, whole))
    for gold, partners in sorted(joined.items()):
        for given in partners:
            label, record = alignment.labels[gold], alignment.records[given]
            for one, outcome in dict.fromkeys(judge(alignment.record_type, label, record)):
                if outcome is not Outcome.CORRECT:
                    yield Fault(outcome.value, name, gold, given, field=one)


def _part(number: int, whole: int) -> str | None:
    return f"{number} of {whole}" if number < whole else None


@dataclass(frozen=True, slots=True)
class _Stray:
    """A record without any partner of its type."""

    type: str
    is_gold: bool
    units: tuple[int, ...]


def _strays(name: str, alignment: Alignment) -> Iterator[_Stray]:
    found = {alignment.gold[row].record for row, _ in alignment.pairs}
    used = {alignment.given[column].record for _, column in alignment.pairs}
    for number, units in enumerate(alignment.label_units):
        if number not in found and not alignment.labels[number].optional:
            yield _Stray(name, is_gold=True, units=units)
    for number, units in enumerate(alignment.record_units):
        if number not in used:
            yield _Stray(name, is_gold=False, units=units)


def _count_confusion(strays: Sequence[_Stray], counts: Counter[str]) -> None:
    """Count as what type, on the same sentences, a record was given; `none` where as nothing."""
    lost = [one for one in strays if one.is_gold]
    extra = [one for one in strays if not one.is_gold]
    shared = [
        [float(len({*one.units} & {*other.units})) * (one.type != other.type) for other in extra]
        for one in lost
    ]
    pairs = {row: column for row, column, _ in aligned(shared)}
    for row, one in enumerate(lost):
        taken = extra[pairs[row]].type if row in pairs else "none"
        counts[f"confusion.{one.type}.{taken}"] += 1
    for column, other in enumerate(extra):
        if column not in pairs.values():
            counts[f"confusion.none.{other.type}"] += 1


def _count_document(case: Case, extraction: Extraction, counts: Counter[str]) -> None:
    """Count the pieces of evidence, those that are the article's text, and the article's head."""
    for name in RECORD_TYPES:
        for record in getattr(extraction, name):
            for one in record.evidence:
                counts["evidence.pieces"] += 1
                counts["evidence.grounded"] += case.text[one.start : one.end] == one.text
    counts["document.language"] += extraction.language == case.language
    counts["document.published"] += extraction.published == case.published


def chrf(said: str, accepted: Sequence[str]) -> float:
    """The chrF of sacrebleu, 0 to 1, against the nearest accepted text; case does not matter."""
    return max(float(_chrf().sentence_score(said, [text]).score) for text in accepted) / 100


@cache
def _chrf() -> Any:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(lowercase=True)

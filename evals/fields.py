"""The fields of two records that are one: how far each is right, in the terms of MUC.

A field is *correct*, *partial* (true but coarser, or shorter), *incorrect* (another value),
*missing* or *spurious* (a value where the article gives none). Where both have none, nothing is
counted.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from evals.labels import GoldActor, GoldRecord
from evals.names import RIGHT, SAME, folded, matches
from evals.shape import Field, Kind, fields_of
from schemas import Actor, Record
from schemas.countries import alpha3


class Outcome(StrEnum):
    """How far a field is right."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    MISSING = "missing"
    SPURIOUS = "spurious"


Judged = tuple[str, Outcome]
"""A field's name and how far it is right. `country` and `kind` are those of any actor."""

_ACTOR_FIELDS = ("country", "kind")
_FREE = (Kind.TEXT, Kind.TEXTS, Kind.EVIDENCE)


def judge(
    record_type: type[Record], label: GoldRecord | None, record: Record | None
) -> list[Judged]:
    """The outcomes of all fields but free text; one for each actor of a list, in any order.

    Args:
        record_type: of both.
        label: None for a record that is not in the gold: what it says is spurious.
        record: None for a label that was not found: what it says is missing.
    """
    judged: list[Judged] = []
    for shape in fields_of(record_type):
        if shape.kind in _FREE or (label and not label.judged(shape.name)):
            continue
        gold = getattr(label, shape.name) if label else None
        given = getattr(record, shape.name) if record else None
        judged += _judge_field(shape, gold, given)
    return judged


def _judge_field(shape: Field, gold: Any, given: Any) -> Iterator[Judged]:
    match shape.kind:
        case Kind.ACTOR:
            yield from _actors(shape.name, [gold] if gold else [], [given] if given else [])
        case Kind.ACTORS:
            yield from _actors(shape.name, gold or [], given or [])
        case Kind.CHOICES:
            yield from _choices(shape.name, set(gold or ()), set(given or ()))
        case Kind.DATE:
            yield from _one(shape.name, gold, given and given.value, compare_dates)
        case Kind.PLACE:
            yield from _one(shape.name, gold, given and given.name, compare_places)
        case _:
            yield from _one(shape.name, gold, given, _compare_choices)


def _one(
    name: str, gold: Any, given: Any, compare: Callable[[Any, Any], Outcome]
) -> Iterator[Judged]:
    if gold is None and given is not None:
        yield name, Outcome.SPURIOUS
    elif gold is not None:
        yield name, Outcome.MISSING if given is None else compare(gold, given)


def _compare_choices(gold: object, given: object) -> Outcome:
    return Outcome.CORRECT if gold == given else Outcome.INCORRECT


def _actors(name: str, gold: Sequence[GoldActor], given: Sequence[Actor]) -> Iterator[Judged]:
    """The actors one by one; those without a partner are wrong in pairs, then missing, invented."""
    pairs = matches(gold, given)
    for row, column, like in pairs:
        yield name, Outcome.CORRECT if like == RIGHT else Outcome.PARTIAL
        if like >= SAME:
            yield from _actor_fields(gold[row], given[column])
    found, used = {row for row, _, _ in pairs}, {column for _, column, _ in pairs}
    lost = [actor for row, actor in enumerate(gold) if row not in found]
    extra = [actor for column, actor in enumerate(given) if column not in used]
    yield from _unpaired(name, len(lost), len(extra))
    for missing in lost:
        yield from _actor_fields(missing, None)
    for invented in extra:
        yield from _actor_fields(None, invented)


def _actor_fields(gold: GoldActor | None, given: Actor | None) -> Iterator[Judged]:
    for field in _ACTOR_FIELDS:
        if gold is None or field in gold.model_fields_set:
            yield from _one(
                field, getattr(gold, field, None), getattr(given, field, None), _compare_choices
            )


def _choices(name: str, gold: set[str], given: set[str]) -> Iterator[Judged]:
    yield from ((name, Outcome.CORRECT) for _ in gold & given)
    yield from _unpaired(name, len(gold - given), len(given - gold))


def _unpaired(name: str, lost: int, extra: int) -> Iterator[Judged]:
    wrong = min(lost, extra)
    yield from [(name, Outcome.INCORRECT)] * wrong
    yield from [(name, Outcome.MISSING)] * (lost - wrong)
    yield from [(name, Outcome.SPURIOUS)] * (extra - wrong)


def compare_dates(gold: str, given: str) -> Outcome:
    """Correct for the same days, partial for more days with those among them."""
    first, last = _days(gold)
    begin, end = _days(given)
    if (first, last) == (begin, end):
        return Outcome.CORRECT
    return Outcome.PARTIAL if begin <= first and last <= end else Outcome.INCORRECT


def _days(value: str) -> tuple[str, str]:
    """The first and the last day of an ISO day, month, year or span, as ISO days."""
    first, _, last = value.partition("/")
    return f"{first}-01-01"[:10], last or _last_day(first)


def _last_day(value: str) -> str:
    match value.count("-"):
        case 0:
            return f"{value}-12-31"
        case 1:
            year, month = map(int, value.split("-"))
            after = date(year + month // 12, month % 12 + 1, 1)
            return date.fromordinal(after.toordinal() - 1).isoformat()
        case _:
            return value


def compare_places(gold: Sequence[str], given: str) -> Outcome:
    """Correct for the same city and country, partial where one of two has only one of them.

    Args:
        gold: accepted names, "City, Country".
        given: the name found.
    """
    theirs = _parts(given)
    for name in gold:
        if _parts(name) == theirs:
            return Outcome.CORRECT
    within = any(_parts(name) <= theirs or _parts(name) >= theirs for name in gold)
    return Outcome.PARTIAL if within else Outcome.INCORRECT


def _parts(place: str) -> set[str]:
    return {alpha3(part, seats=False) or folded(part) for part in place.split(",")}

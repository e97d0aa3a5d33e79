"""One event found twice becomes one record, with the evidence of both."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

from schemas import Actor, Passage, Record
from schemas.values import Evidence


def merge(events: Iterable[Record], sentences: Sequence[Passage]) -> list[Record]:
    """The events without repetitions, each at the place where it was first found.

    Args:
        events: records in the order of the article.
        sentences: the document's sentences in their order; they say which records are neighbours.
    """
    starts = [sentence.start for sentence in sentences]
    merged: list[Record] = []
    for event in events:
        for position, known in enumerate(merged):
            if _is_same(known, event, starts):
                merged[position] = _joined(known, event)
                break
        else:
            merged.append(event)
    return merged


def _is_same(known: Record, event: Record, starts: Sequence[int]) -> bool:
    if type(known) is not type(event) or not known.same_event(event):
        return False
    return not event.per_run or _is_one_run(known, event, starts)


def _is_one_run(known: Record, event: Record, starts: Sequence[int]) -> bool:
    """Whether no sentence lies between the sentences of the two records."""
    mine, theirs = (
        {bisect_left(starts, evidence.start) for evidence in record.evidence}
        for record in (known, event)
    )
    return any(abs(one - other) <= 1 for one in mine for other in theirs)


def _joined(known: Record, event: Record) -> Record:
    """`known` with what `event` adds: evidence, list items, values it left open."""
    update: dict[str, Any] = {}
    for name in type(known).model_fields:
        mine, theirs = getattr(known, name), getattr(event, name)
        if name == "evidence":
            update[name] = _in_order({*mine, *theirs})
        elif name == "confidence" and mine is not None:
            update[name] = max(mine, theirs or 0.0)
        elif name == known.joined_text and theirs not in mine:
            update[name] = f"{mine} {theirs}"
        elif isinstance(mine, list):
            update[name] = mine + [item for item in theirs if not _is_listed(item, mine)]
        elif mine is None or mine is False:
            update[name] = theirs
    return known.model_copy(update=update)


def _in_order(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=lambda one: one.start)


def _is_listed(item: object, items: Sequence[object]) -> bool:
    if isinstance(item, Actor):
        return any(isinstance(other, Actor) and item.is_same(other) for other in items)
    return item in items

"""Which records of an article belong side by side: those labelled with those they were found as."""

from dataclasses import dataclass

from evals.report import ArticleReport


@dataclass(frozen=True, slots=True)
class Group:
    """Gold records and the records they were found as, by their places; one side may be empty."""

    gold: list[int]
    predicted: list[int]


def groups(article: ArticleReport, name: str) -> list[Group]:
    """All records of one type, each in one group.

    Records that are one another with their roles swapped stand side by side as well.
    """
    swapped = [
        (fault.gold, fault.predicted)
        for fault in article.faults
        if fault.type == name and fault.gold is not None and fault.predicted is not None
    ]
    nodes = [(0, place) for place in range(len(article.gold[name]))]
    nodes += [(1, place) for place in range(len(article.predicted[name]))]
    linked = {node: {node} for node in nodes}
    for row, column in article.pairs[name] + swapped:
        joined = linked[0, row] | linked[1, column]
        linked |= dict.fromkeys(joined, joined)
    distinct = {id(members): members for members in linked.values()}
    return [
        Group(*(sorted(place for side, place in members if side == this) for this in (0, 1)))
        for members in distinct.values()
    ]

"""The chart of the page: the F1 of each type in each group, its interval as a whisker.

Lengths are in units of the drawing, which is scaled to the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from evals.figures import GroupScore
from evals.metrics import Score
from evals.render.words import percent, told

_LEFT, _LENGTH, _RIGHT = 44, 320, 56
_ROW, _HEAD, _FOOT = 17, 26, 40


@dataclass(frozen=True, slots=True)
class Mark:
    """One score: a dot on its interval."""

    label: str
    y: float
    value: str
    x: float | None
    """None where there is no score."""
    low: float
    high: float
    title: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The scores of one type."""

    label: str
    y: float
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    """Where the axis is."""
    ticks: list[tuple[float, str]]
    panels: list[Panel]


def chart(scores: Mapping[str, GroupScore]) -> Chart:
    """The headline and the F1 of each type, of all groups in `scores`."""
    types = list(dict.fromkeys(name for group in scores.values() for name in group.types))
    rows = {"mean of types": {name: group.headline for name, group in scores.items()}} | {
        kind: {name: group.types[kind].f1 for name, group in scores.items() if kind in group.types}
        for kind in types
    }
    panels: list[Panel] = []
    y = 0.0
    for label, row in rows.items():
        marks = [
            _mark(label, name, score, y + _HEAD + _ROW * (number + 0.5))
            for number, (name, score) in enumerate(row.items())
        ]
        panels.append(Panel(label, y + _HEAD - 6, marks))
        y += _HEAD + _ROW * len(row)
    return Chart(
        width=_LEFT + _LENGTH + _RIGHT,
        height=y + _FOOT,
        left=_LEFT,
        right=_LEFT + _LENGTH,
        top=_HEAD,
        bottom=y + 4,
        ticks=[(_across(share / 100), str(share)) for share in range(0, 101, 20)],
        panels=panels,
    )


def _mark(label: str, name: str, score: Score, y: float) -> Mark:
    known = score.value is not None
    low, high = (score.value if end is None else end for end in (score.low, score.high))
    return Mark(
        label=name,
        y=round(y, 1),
        value=percent(score.value),
        x=_across(score.value) if score.value is not None else None,
        low=_across(low or 0.0),
        high=_across(high or 0.0),
        title=f"{label}, {name}: {told(score)}" if known else f"{label}, {name}: no score",
    )


def _across(share: float) -> float:
    return round(_LEFT + _LENGTH * share, 1)

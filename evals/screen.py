"""What a person reads on a terminal: a run in brief, a comparison as Markdown."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evals.compare import MARGIN, Change, Comparison
from evals.render.words import interval, safe
from evals.report import Report

if TYPE_CHECKING:
    from evals.measure import Figure


def brief(report: Report) -> str:
    """The headline and each type's F1, a line for each group, with what they are out of."""
    lines = [f"{report.model}: {len(report.articles)} articles"]
    if report.left_out:
        lines[0] += f", {len(report.left_out)} more left out"
    for name, group in report.scores.items():
        told = [f"headline {interval(group.headline)}"]
        told += [
            f"{one} {interval(score.f1)} of {score.gold}" for one, score in group.types.items()
        ]
        failed = f", {group.failed} failed" if group.failed else ""
        lines.append(f"{name:4} {group.articles:3} articles{failed}: " + ", ".join(told))
    return "\n".join(lines)


def figures(found: Sequence["Figure"], *, faults: bool) -> Iterator[str]:
    """A line for each figure, with its target; below it, if asked for, the cases that are wrong."""
    for one in found:
        sign = "ok  " if one.holds else "FAIL"
        sign = "    " if one.target is None else sign
        target = "" if one.target is None else f" (at least {one.target:.3f})"
        yield f"{sign} {one.name:38} {one.part:10} {one.size:7,} {one.value:7.3f}{target}"
        yield from (f"       {fault}" for fault in one.faults if faults)


def comparison(found: Comparison) -> str:
    """A comparison in Markdown: the verdict first."""
    return "\n".join(_comparison(found))


def _comparison(found: Comparison) -> Iterator[str]:
    yield f"# {found.verdict}"
    yield ""
    before, after = found.spurious
    yield (
        f"{found.articles} articles in both runs; the headline may fall by "
        f"{100 * MARGIN:.0f} points. Records not in the gold: {before} before, {after} after."
    )
    if found.left_out:
        yield f"In one run only: {', '.join(found.left_out)}."
    yield ""
    yield "| articles | score | before | after | change | 95% interval |"
    yield "| --- | --- | ---: | ---: | ---: | --- |"
    for change in found.changes:
        yield _row(change)
    yield ""
    yield f"{len(found.flips)} gold records flipped."
    if found.flips:
        yield ""
        yield "| article | record | actors | found before | after |"
        yield "| --- | --- | --- | ---: | ---: |"
    for flip in found.flips:
        names = ", ".join(safe(name) for name in flip.actors)
        yield (
            f"| {safe(flip.article)} | {flip.type} {flip.gold + 1} | {names} | "
            f"{flip.before:.0%} | {flip.after:.0%} |"
        )


def _row(change: Change) -> str:
    before, after, by = (
        "-" if one is None else f"{100 * one:.1f}"
        for one in (change.before, change.after, change.change.value)
    )
    low, high = change.change.low, change.change.high
    interval = "-" if low is None or high is None else f"{100 * low:+.1f} to {100 * high:+.1f}"
    return f"| {change.group} | {change.name} | {before} | {after} | {by} | {interval} |"

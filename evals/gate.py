"""The gate: a replay must give what the baseline says, count for count.

The baseline is committed. Whoever changes a count, the gold or the scorer changes the baseline in
the same commit, so that every reviewer sees what a change did to the scores. It only ratchets up: a
lower score is pinned with a reason, which is kept.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from evals import recordings
from evals.project import Project, record_command, replay, settings_of
from evals.recordings import NotRecordedError
from evals.report import ALL, Report, hashes_of
from evals.run import Outcome
from extractor.errors import SetupError
from extractor.settings import LOCAL

FORMAT: Final = 1
"""Raised when the baseline's form changes."""

_SHOWN = 12
"""Differences that are told one by one; more are counted."""

_PINNED = ("gold", "scorer")
"""What must not change silently even where every count stays."""


class Regression(BaseModel):
    """A score that was let fall, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str
    fell: list[str]


class Baseline(BaseModel):
    """What a replay came to when it was pinned."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    model: str
    recorded: list[str]
    """The articles that were replayed."""
    hashes: dict[str, str]
    scores: dict[str, dict[str, float | None]]
    """For each group the headline and each type's F1: what must not fall."""
    counts: dict[str, dict[str, int]]
    """For each group every count of the scorer, free text left out."""
    regressions: list[Regression]


def read(path: Path) -> Baseline | None:
    """The baseline, or None where none was pinned yet.

    Raises:
        SetupError: the file is not a baseline.
    """
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise SetupError(
            f"{str(path)!r} is no baseline ({type(error).__name__}): restore it from git"
        ) from error


def pinned(report: Report, regressions: list[Regression]) -> Baseline:
    """The baseline that `report` meets."""
    return Baseline(
        format=FORMAT,
        model=report.model,
        recorded=[one.id for one in report.articles],
        hashes={name: one for name, one in report.hashes.items() if name != "predictions"},
        scores={name: dict(_scores(report, name)) for name in report.scores},
        counts={name: counts(report, name) for name in report.scores},
        regressions=regressions,
    )


def _scores(report: Report, group: str) -> Iterator[tuple[str, float | None]]:
    scores = report.scores[group]
    yield "headline", scores.headline.value
    yield from ((name, one.f1.value) for name, one in scores.types.items())


def counts(report: Report, group: str) -> dict[str, int]:
    """The sums of all counts over a group's articles, free text left out."""
    sums: dict[str, int] = {}
    for article in report.articles:
        if group in (ALL, article.language):
            for name, count in article.counts.items():
                if ".texts." not in name:
                    sums[name] = sums.get(name, 0) + count
    return dict(sorted((name, count) for name, count in sums.items() if count))


def findings(report: Report, baseline: Baseline) -> list[str]:
    """What keeps `report` from passing, each with what to do; empty where it passes."""
    return [
        *_ungrounded(report),
        *_silent(report, baseline),
        *_coverage(report, baseline),
        *_differences(report, baseline),
    ]


def _ungrounded(report: Report) -> Iterator[str]:
    for article in report.articles:
        loose = article.counts.get("evidence.pieces", 0) - article.counts.get(
            "evidence.grounded", 0
        )
        if loose:
            yield (
                f"{article.id}: {loose} pieces of evidence are not the article's text: this is a "
                "fault of the extractor, and no baseline allows it"
            )


def _silent(report: Report, baseline: Baseline) -> Iterator[str]:
    for name in _PINNED:
        if report.hashes[name] != baseline.hashes.get(name):
            yield f"the {name} is not the one the baseline was pinned with: look, then {_PIN}"


def _coverage(report: Report, baseline: Baseline) -> Iterator[str]:
    now, then = {one.id for one in report.articles}, set(baseline.recorded)
    if gone := sorted(then - now):
        yield f"no longer recorded: {', '.join(gone)}: restore the recordings, or {_PIN}"
    if new := sorted(now - then):
        yield f"recorded since the baseline: {', '.join(new)}: {_PIN}"


def _differences(report: Report, baseline: Baseline) -> Iterator[str]:
    told: list[str] = []
    for group in sorted({*report.scores, *baseline.counts}):
        then = baseline.counts.get(group, {})
        now = counts(report, group) if group in report.scores else {}
        told += [
            f"{group}: {name} was {then.get(name, 0)}, is {now.get(name, 0)}"
            for name in sorted({*then, *now}, key=lambda name: (name.count("."), name))
            if then.get(name, 0) != now.get(name, 0)
        ]
    yield from told[:_SHOWN]
    if len(told) > _SHOWN:
        yield f"... and {len(told) - _SHOWN} more counts"
    if told:
        yield f"{len(told)} counts differ from the baseline: if that is meant, {_PIN}"


_PIN = "pin it in the same change with `python -m evals gate --pin`"


def fell(report: Report, baseline: Baseline) -> list[str]:
    """The scores that are lower than the baseline's."""
    lower: list[str] = []
    for group, then in baseline.scores.items():
        now = dict(_scores(report, group)) if group in report.scores else {}
        for name, before in then.items():
            after = now.get(name)
            if before is not None and (after is None or after < before):
                shown = "nothing" if after is None else f"{after:.4f}"
                lower.append(f"{group}: {name} {before:.4f} -> {shown}")
    return lower


def run(project: Project) -> tuple[Report, list[Outcome], Baseline | None]:
    """Replay what the baseline is about, and give both; without one, the embedded model.

    Raises:
        SetupError: what `replay` raises; where answers are missing it says what has changed.
    """
    baseline = read(project.baseline)
    name = baseline.model if baseline else LOCAL
    try:
        report, outcomes = replay(project, name)
    except NotRecordedError as error:
        recorded = recordings.read(project.recordings(name))
        now = hashes_of([], settings_of(name, recorded))
        changed = [
            one
            for one in ("prompt", "schema", "profile")
            if baseline and now[one] != baseline.hashes.get(one)
        ]
        what = " and ".join(f"the {one}" for one in changed) or "an article or how it is read"
        raise SetupError(
            f"{what} changed, so the recorded answers are answers to other questions: record new "
            f"ones with `{record_command(name)}`, then pin them with `python -m evals gate --pin` "
            f"({error})"
        ) from error
    return report, outcomes, baseline


def pin(
    project: Project, report: Report, baseline: Baseline | None, reason: str | None
) -> list[str]:
    """Write the baseline that `report` meets; returns the scores that fell.

    Args:
        project: whose baseline.
        report: a replay.
        baseline: the one so far.
        reason: why scores may fall; None lets none fall.

    Raises:
        SetupError: evidence is not grounded, or a score fell and there is no reason.
    """
    if loose := list(_ungrounded(report)):
        raise SetupError("; ".join(loose))
    lower = fell(report, baseline) if baseline else []
    if lower and not reason:
        raise SetupError(
            f"{len(lower)} scores fell ({'; '.join(lower[:_SHOWN])}): mend it, or pin it with "
            '`python -m evals gate --allow-regression "REASON"`'
        )
    regressions = list(baseline.regressions) if baseline else []
    if lower and reason:
        regressions.append(Regression(reason=reason, fell=lower))
    text = pinned(report, regressions).model_dump_json(indent=1) + "\n"
    part = project.baseline.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(project.baseline)
    return lower

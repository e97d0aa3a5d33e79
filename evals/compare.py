"""Two runs on the same articles: what changed, and whether that is more than chance.

Both runs are drawn again in the same resamples of articles (paired bootstrap), so that what an
article has of its own does not count as a difference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evals import metrics
from evals.metrics import Score, Table
from evals.report import ALL, ArticleReport, Report
from evals.shape import identity_of
from extractor.errors import SetupError
from schemas import RECORD_TYPES

MARGIN = 0.02
"""How far the headline may fall: two points."""


class Verdict(StrEnum):
    """What a comparison says of the second run."""

    PASS = "PASS"  # noqa: S105  # no password
    """It is not worse by more than the margin, with 97.5% confidence."""
    FAIL = "FAIL"
    """It is worse by more than the margin, with 97.5% confidence."""
    INCONCLUSIVE = "INCONCLUSIVE"
    """The articles are too few to tell."""


@dataclass(frozen=True, slots=True)
class Change:
    """One score in both runs."""

    group: str
    name: str
    before: float | None
    after: float | None
    change: Score
    """After minus before, with its paired interval; `of` counts articles."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A gold record of which more, or less, was found."""

    article: str
    type: str
    gold: int
    actors: list[str]
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side."""

    articles: int
    left_out: list[str]
    """Articles that only one of the runs has."""
    changes: list[Change]
    flips: list[Flip]
    spurious: tuple[int, int]
    """Records that are not in the gold, before and after."""
    verdict: Verdict


def compare(before: Report, after: Report) -> Comparison:
    """What changed from one run to the other, over the articles they share.

    Raises:
        SetupError: they share none, or an article's text or labels differ.
    """
    pairs = _shared(before, after)
    ids = {old.id for old, _ in pairs}
    every = {one.id for one in (*before.articles, *after.articles)}
    groups = {ALL: pairs} | {
        language: [pair for pair in pairs if pair[0].language == language]
        for language in sorted({old.language for old, _ in pairs})
    }
    changes = [one for name, members in groups.items() for one in _changes(name, members)]
    return Comparison(
        articles=len(pairs),
        left_out=sorted(every - ids),
        changes=changes,
        flips=[flip for old, new in pairs for flip in _flips(old, new)],
        spurious=(_spurious([old for old, _ in pairs]), _spurious([new for _, new in pairs])),
        verdict=verdict(changes[0].change),
    )


def _shared(before: Report, after: Report) -> list[tuple[ArticleReport, ArticleReport]]:
    newer = {one.id: one for one in after.articles}
    pairs = [(one, newer[one.id]) for one in before.articles if one.id in newer]
    if not pairs:
        raise SetupError("the two runs share no article: there is nothing to compare")
    for old, new in pairs:
        if (old.text, old.gold) != (new.text, new.gold):
            raise SetupError(
                f"the text or the labels of {old.id!r} differ between the two runs: "
                "run both on the same gold"
            )
    return pairs


def _changes(group: str, pairs: Sequence[tuple[ArticleReport, ArticleReport]]) -> Iterator[Change]:
    old, new = Table([one.counts for one, _ in pairs]), Table([one.counts for _, one in pairs])
    types = list(RECORD_TYPES)
    yield _change(
        group, "headline", metrics.headline(old, types), metrics.headline(new, types), pairs
    )
    for name in types:
        yield _change(group, f"{name} F1", metrics.f1(old, name), metrics.f1(new, name), pairs)


def _change(
    group: str, name: str, old: metrics.Sums, new: metrics.Sums, pairs: Sequence[object]
) -> Change:
    before, after = (None if np.isnan(one[0]) else round(float(one[0]), 4) for one in (old, new))
    return Change(group, name, before, after, Score.of_samples(new - old, len(pairs)))


def verdict(change: Score) -> Verdict:
    """What the interval of the headline's change says, at the margin."""
    if change.low is not None and change.low >= -MARGIN:
        return Verdict.PASS
    if change.high is not None and change.high < -MARGIN:
        return Verdict.FAIL
    return Verdict.INCONCLUSIVE


def _flips(old: ArticleReport, new: ArticleReport) -> Iterator[Flip]:
    for name, record_type in RECORD_TYPES.items():
        for number, label in enumerate(old.gold[name]):
            before, after = old.found[name][number], new.found[name][number]
            if before != after and not label.get("optional"):
                said = [label[field] for field in identity_of(record_type)]
                actors = [a for one in said for a in (one if isinstance(one, list) else [one])]
                names = [actor["name"][0] for actor in actors]
                yield Flip(old.id, name, number, names, before, after)


def _spurious(articles: Sequence[ArticleReport]) -> int:
    """Whole records and parts of them; a spurious value of a field is none."""
    return sum(
        fault.kind == "spurious" and fault.field is None
        for article in articles
        for fault in article.faults
    )


LOSSES = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
"""Shares of the found records that simulated runs lose."""


@dataclass(frozen=True, slots=True)
class Power:
    """How often a loss is seen: the share of simulated runs that `compare` fails."""

    lost: float
    """The share of found records that a second run loses, at random."""
    change: float
    """What that does to the headline, on average."""
    failed: float


def power(report: Report, *, losses: Sequence[float], runs: int = 200) -> list[Power]:
    """How large a loss must be to be seen with this gold, by simulation.

    A second run is made from `report` by losing each found record (of statements: each sentence)
    with some probability; nothing else changes. Then the two are compared as `compare` does.

    Args:
        report: the run that things are to get worse from.
        losses: probabilities.
        runs: simulated runs for each.
    """
    random = np.random.default_rng(metrics.SEED)
    types = list(RECORD_TYPES)
    old = Table([one.counts for one in report.articles])
    base, result = metrics.headline(old, types), []
    for loss in losses:
        changes = []
        for _ in range(runs):
            worse = []
            for article in report.articles:
                counts = dict(article.counts)
                for name in types:
                    lost = int(random.binomial(counts[f"{name}.matched"], loss))
                    counts[f"{name}.matched"] -= lost
                    counts[f"{name}.predicted"] -= lost
                worse.append(counts)
            changes.append(
                Score.of_samples(metrics.headline(Table(worse), types) - base, len(worse))
            )
        mean = sum(one.value or 0.0 for one in changes) / runs
        failed = sum(verdict(one) is Verdict.FAIL for one in changes) / runs
        result.append(Power(loss, round(mean, 4), round(failed, 3)))
    return result

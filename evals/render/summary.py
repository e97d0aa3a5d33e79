"""The report in Markdown: figures only, for the summary of a CI step."""

from collections.abc import Iterable, Iterator, Sequence

from evals.figures import FieldScore, GroupScore
from evals.render.faults import swaps
from evals.render.words import NOTHING, cost, interval, one_line, percent, safe, spaced, told
from evals.report import ALL, Report

_REASON = 300
"""Characters of a failure that are shown; the page has all."""

_LEGEND = (
    "Percentages; in brackets the 95% interval over articles, after “of” the denominator. The "
    "headline is the mean F1 of the types."
)

_OUTCOMES = ("correct", "partial", "incorrect", "missing", "spurious")


def markdown(report: Report, findings: Sequence[str] = ()) -> str:
    """The report as Markdown, as GitHub and GitLab read it.

    Args:
        report: of a run.
        findings: why the gate is not passed.
    """
    whole = report.scores[ALL]
    blocks = [
        f"# Evaluation of {safe(report.model)}",
        *_findings(findings),
        _headline(report),
        _LEGEND,
        "## Types, all articles",
        _types(whole),
        *_languages(report),
        "## Fields, all articles",
        "End to end: records missing and spurious count as well.",
        _fields(whole, "end_to_end"),
        "<details><summary>Given match: records found only</summary>",
        _fields(whole, "given_match"),
        "</details>",
        "## Free text and evidence of records found",
        "Mean chrF against the nearest accepted text, never gated; F1 of the sentences cited.",
        _texts(whole),
        "## What records are (rows) and were given as (columns)",
        _confusion(whole),
        "## Documents",
        _documents(report),
        *_swaps(report),
        "## Run",
        _run(report),
    ]
    return "\n\n".join(blocks) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]], *, words: int = 1) -> str:
    """A table.

    Args:
        head: a cell for each column.
        rows: below it; their cells are safe already.
        words: so many columns, the first ones, are not figures.
    """
    rule = ["---"] * words + ["---:"] * (len(head) - words)
    lines = [head, rule, *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _findings(findings: Sequence[str]) -> Iterator[str]:
    if findings:
        yield "**The gate is not passed:**"
        yield _list(safe(one) for one in findings)


def _headline(report: Report) -> str:
    return _table(
        ["", "headline", "types", "articles", "failed", "evidence grounded"],
        (
            [
                f"**{safe(name)}**",
                f"**{interval(group.headline)}**",
                group.headline.of,
                group.articles,
                group.failed,
                told(group.grounded),
            ]
            for name, group in report.scores.items()
        ),
    )


def _types(group: GroupScore) -> str:
    return _table(
        ["type", "gold", "predicted", "matched", "precision", "recall", "F1"],
        (
            [safe(name), one.gold, one.predicted, one.matched]
            + [told(score) for score in (one.precision, one.recall, one.f1)]
            for name, one in group.types.items()
        ),
    )


def _languages(report: Report) -> Iterator[str]:
    for language, group in report.scores.items():
        if language != ALL:
            yield f"### {safe(language)}"
            yield _table(
                ["type", "P", "R", "F1"],
                (
                    [
                        safe(name),
                        f"{percent(one.precision.value)} of {one.precision.of}",
                        f"{percent(one.recall.value)} of {one.recall.of}",
                        told(one.f1),
                    ]
                    for name, one in group.types.items()
                ),
            )


def _fields(group: GroupScore, side: str) -> str:
    def row(kind: str, field: str, score: FieldScore) -> list[object]:
        counts = [getattr(score, outcome) for outcome in _OUTCOMES]
        return [safe(kind), safe(spaced(field)), *counts, told(score.f1)]

    return _table(
        ["type", "field", *_OUTCOMES, "F1"],
        (
            row(kind, field, getattr(scores, side))
            for kind, one in group.types.items()
            for field, scores in one.fields.items()
        ),
        words=2,
    )


def _texts(group: GroupScore) -> str:
    rows = []
    for kind, one in group.types.items():
        rows += [
            [safe(kind), f"{safe(spaced(field))}, chrF", told(score)]
            for field, score in one.texts.items()
        ]
        rows.append([safe(kind), "evidence, F1", told(one.evidence)])
    return _table(["type", "field", "score"], rows, words=2)


def _confusion(group: GroupScore) -> str:
    names = list(group.confusion)
    return _table(
        ["", *map(safe, names)],
        (
            [f"**{safe(row)}**", *(columns.get(name, NOTHING) for name in names)]
            for row, columns in group.confusion.items()
        ),
    )


def _documents(report: Report) -> str:
    whole = report.scores[ALL]
    failed = [one for one in report.articles if one.failed is not None]
    left_out = ", ".join(map(safe, report.left_out)) or "none"
    lines = [
        f"evidence that is the article's text: {told(whole.grounded)}",
        f"language as labelled: {told(whole.language)}",
        f"day of publication as labelled: {told(whole.published)}",
        f"failed: {len(failed)} of {whole.articles}",
        *(
            f"failed: **{safe(one.id)}** {safe(one_line(one.failed or '', _REASON))}"
            for one in failed
        ),
        f"left out: {left_out}",
    ]
    return _list(lines)


def _swaps(report: Report) -> Iterator[str]:
    counts = ", ".join(
        f"{one.swapped} {safe(kind)}" for kind, one in report.scores[ALL].types.items()
    )
    yield "## Swaps"
    yield f"Records whose two roles are exchanged: {counts}."
    named = swaps(report)
    if named:
        yield _list(f"**{safe(article)}** {safe(words)}" for article, words in named)


def _run(report: Report) -> str:
    usage = report.usage
    return _list(
        [
            f"model {safe(report.model)}, prompt {safe(report.prompt_version)}",
            f"gold {safe(report.gold)}",
            f"{usage.calls:,} calls to the model, {usage.cached_calls:,} from the cache",
            f"{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out",
            f"cost {cost(usage.cost_usd)}",
            f"{report.times.seconds} s, begun {report.times.begun:%Y-%m-%d %H:%M %Z}",
            ", ".join(f"{safe(name)} {safe(value[:12])}" for name, value in report.hashes.items()),
            ", ".join(f"{safe(name)} {safe(value)}" for name, value in report.versions.items()),
        ]
    )


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)

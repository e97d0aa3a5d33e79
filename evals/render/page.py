"""The report as one HTML page that needs nothing else: no script, no request.

An article is data: the template is given values only, and escapes all that it writes out.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals.render import words
from evals.render.chart import chart
from evals.render.faults import fault_words, swaps
from evals.render.sheets import Sheet, sheets
from evals.render.spans import Segment, Span, segments
from evals.report import ArticleReport, Report

_TEMPLATES = Path(__file__).with_name("templates")

_TITLE = 90
"""Characters of an article's first line that are shown in the list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of the page."""

    article: ArticleReport
    anchor: str
    """Its place on the page."""
    title: str
    faults: list[tuple[str, str]]
    """Each fault as its kind and the rest of the sentence, those of whole records first."""
    tally: list[tuple[str, int]]
    """Kinds of fault, the most frequent first."""
    notes: list[str]
    segments: list[Segment]
    sheets: list[Sheet]
    seconds: float


def html(report: Report) -> str:
    """The report as one HTML page."""
    ordered = sorted(report.articles, key=lambda one: (-len(one.faults), one.id))
    entries = [_entry(one, f"a{number}", report) for number, one in enumerate(ordered, 1)]
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            chart=chart(report.scores),
            swaps=swaps(report),
            failed=[(one.id, one.failed) for one in report.articles if one.failed is not None],
            entries=entries,
            anchors={one.article.id: one.anchor for one in entries},
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finished,
    )
    environment.filters |= {
        "cost": words.cost,
        "interval": words.interval,
        "percent": words.percent,
        "singular": words.singular,
        "spaced": words.spaced,
    }
    return environment


def _finished(value: Any) -> Any:
    """What the template writes out for `value`; what it has escaped before stays as it is."""
    return words.plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _entry(article: ArticleReport, anchor: str, report: Report) -> Entry:
    return Entry(
        article=article,
        anchor=anchor,
        title=words.one_line(article.text.strip().partition("\n")[0], _TITLE),
        faults=[
            fault_words(article, fault)
            for fault in sorted(article.faults, key=lambda one: one.field is not None)
        ],
        tally=Counter(fault.kind for fault in article.faults).most_common(),
        notes=list(_notes(article)),
        segments=segments(article.text, list(_spans(article))),
        sheets=sheets(article),
        seconds=report.times.articles.get(article.id, 0.0),
    )


def _notes(article: ArticleReport) -> Iterator[str]:
    """What is to be said of an article besides its faults."""
    if article.failed is not None:
        yield f"The article failed: {article.failed}"
        return
    counts = article.counts
    pieces, grounded = counts.get("evidence.pieces", 0), counts.get("evidence.grounded", 0)
    if grounded != pieces:
        yield f"{pieces - grounded} of {pieces} pieces of evidence are not the article's text."
    for key, what in (("language", "language"), ("published", "day of publication")):
        if not counts.get(f"document.{key}"):
            yield f"The {what} was not read as it is labelled."


def _spans(article: ArticleReport) -> Iterator[Span]:
    """All that the article's records cite."""
    for is_gold, side in ((True, article.gold), (False, article.predicted)):
        for name, records in side.items():
            for place, record in enumerate(records):
                label = f"{'gold' if is_gold else 'predicted'} {words.number_of(name, place)}"
                for one in record["evidence"]:
                    yield Span(one["start"], one["end"], label, is_gold)

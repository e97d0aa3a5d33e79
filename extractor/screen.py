"""What a person sees on a terminal: progress, tables, events with their evidence."""

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as RichProgress
from rich.table import Table
from rich.text import Text
from typing_extensions import override

from extractor.batch import STDIN, Outcome, Summary, failures_beside
from extractor.llm import Model
from extractor.result import Extraction, Usage
from schemas import EVENT_TYPES, RECORD_TYPES, Actor, EventDate, Evidence, Place, Record

_ESTIMATE_WIDTH = 120
"""Columns, whether it is read on a terminal or piped."""

_BIDI_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def plain(text: str) -> str:
    """`text` without what could act on a terminal: control characters and marks of direction."""
    return "".join(
        " " if unicodedata.category(one) == "Cc" or one in _BIDI_MARKS else one for one in text
    )


class _Counters(ProgressColumn):
    """Documents a minute, and what was asked so far, for unfinished documents as well."""

    def __init__(self) -> None:
        super().__init__()
        self.model: Model | None = None

    @override
    def render(self, task: Task) -> Text:
        """The counters as they stand."""
        model = self.model
        if model is None:
            return Text("")
        told = [f"{model.usage.calls} calls, {model.usage.cached_calls} cached"]
        if task.elapsed and task.completed:
            told.insert(0, f"{task.completed / task.elapsed * 60:.0f}/min")
        if model.in_flight:
            told.append(f"{model.in_flight} in flight")
        if model.retries:
            told.append(f"{model.retries} retries")
        if model.pace:
            told.append(model.pace)
        if model.usage.cost_usd:
            told.append(f"${model.usage.cost_usd:.2f}")
        return Text(", ".join(told))


class Progress:
    """A bar on standard error while documents are worked on; none where it is no terminal."""

    def __init__(self, documents: int | None, *, shown: bool = True) -> None:
        """Show progress over so many documents.

        Args:
            documents: how many; None where that is not known.
            shown: False for the weights alone.
        """
        self._console = Console(stderr=True)
        self._counters = _Counters()
        self._bar = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            self._counters,
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("documents", total=documents, visible=shown)
        self._told: str | None = None

    def watch(self, model: Model) -> None:
        """Show the counters of `model`."""
        self._counters.model = model

    def weights(self, what: str, done: int, total: int) -> None:
        """Show how far the weights are; where there is no terminal, say only what is done."""
        if not self._console.is_terminal:
            if what != self._told:
                self._console.print(f"{what} ...")
            self._told = what
        elif done < total:
            share = f" {done / total:.0%}" if done else ""
            self._bar.update(self._task, description=f"{what}{share}", visible=True)
        else:
            self._bar.update(self._task, description="documents")

    def document(self, summary: Summary, outcome: Outcome) -> None:
        """Count a document; a failure is told at once."""
        if failure := outcome.failure:
            self._console.print(
                Text.assemble(("failed ", "red"), plain(f"{failure.id}: {failure.message}")),
                soft_wrap=True,
            )
        self._bar.update(self._task, completed=summary.finished)

    def end(self, summary: Summary, out: Path) -> None:
        """Print what the run came to."""
        print_summary(summary, out)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()


def print_summary(summary: Summary, out: Path) -> None:
    """The table at the end of a run, on standard error."""
    usage = summary.usage
    table = Table(show_header=False, box=None, pad_edge=False)
    documents = f"{summary.done} done, {summary.skipped} done before, {summary.failed} failed"
    more = {
        "changed": f"{summary.changed} of those done had changed",
        "failed_before": f"{summary.failed_before} failed before (`--retry-failed` tries them)",
        "untried": f"{summary.untried} given up",
    }
    told = [text for name, text in more.items() if getattr(summary, name)]
    table.add_row("documents", ", ".join([documents, *told]))
    table.add_row(
        "records", ", ".join(f"{count} {name}" for name, count in summary.records.items())
    )
    table.add_row("warnings", str(summary.warnings))
    table.add_row("calls", f"{usage.calls} to the model, {usage.cached_calls} from the cache")
    table.add_row("tokens", f"{usage.input_tokens:,} in, {usage.output_tokens:,} out")
    table.add_row("cost", _cost(usage))
    console = Console(stderr=True)
    console.print(table)
    if summary.failed and out != STDIN:
        console.print(Text(f"failures: {failures_beside(out)}"), soft_wrap=True)
    if summary.ended:
        console.print(Text(f"ended early: {plain(summary.ended)}"), soft_wrap=True)


def print_estimate(summary: Summary, *, exact: bool) -> None:
    """What a run would cost, on standard output.

    Args:
        summary: of a run that asked nothing.
        exact: whether all requests are known before the first answer.
    """
    usage = summary.usage
    least = "" if exact else "at least "
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_row(
        "documents",
        f"{summary.done} to do ({summary.changed} changed), {summary.skipped} done before, "
        f"{summary.failed_before} failed before, {summary.failed} cannot be read",
    )
    table.add_row("calls", f"{least}{usage.calls}, {usage.cached_calls} more are in the cache")
    table.add_row(
        "tokens", f"{least}about {usage.input_tokens:,} in; {usage.output_tokens:,} out if usual"
    )
    table.add_row("cost", _cost(usage))
    Console(width=_ESTIMATE_WIDTH).print(table)


def _cost(usage: Usage) -> str:
    if usage.cost_usd is None:
        return "unknown: no price is known for the model (`--price IN,OUT`)"
    return f"${usage.cost_usd:.4f}"


def print_extraction(extraction: Extraction, *, console: Console | None = None) -> None:
    """The events of one document with their evidence, on standard output."""
    console = console or Console()
    told = [extraction.id, extraction.language, extraction.published]
    console.print(Text(plain(", ".join(str(one) for one in told if one)), style="bold"))
    for kind, fields, evidence in rows(extraction):
        console.print(Text(kind.upper(), style="bold cyan"))
        table = Table(show_header=False, box=None, pad_edge=False)
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in fields:
            table.add_row(name, Text(plain(value)))
        for one in evidence:
            quote = f"[{one.start}:{one.end}] {plain(one.text)}"
            table.add_row("evidence", Text(quote, style="italic"))
        console.print(Padding(table, (0, 0, 1, 2)))
    for warning in extraction.warnings:
        console.print(Text(plain(f"warning: {warning}"), style="yellow"))
    usage = extraction.usage
    console.print(f"{usage.calls} calls, {usage.cached_calls} from the cache", style="dim")


def rows(extraction: Extraction) -> Iterator[tuple[str, list[tuple[str, str]], list[Evidence]]]:
    """Each event as a person reads it: its type, its fields that say something, its evidence."""
    for kind, name in zip(EVENT_TYPES, RECORD_TYPES, strict=True):
        for record in getattr(extraction, name):
            yield kind, list(_fields(record)), record.evidence


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name not in ("type", "evidence") and value not in (None, [], False):
            yield name.replace("_", " "), _shown(value)


def _shown(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(_shown(item) for item in value)
    if isinstance(value, Actor):
        more = ", ".join(one for one in (value.role, value.country) if one)
        return f"{value.name} ({more})" if more else value.name
    if isinstance(value, EventDate):
        return f"{value.value or 'unresolved'} ({value.text})"
    if isinstance(value, Place):
        return value.name
    return "yes" if value is True else str(value)

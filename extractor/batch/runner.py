"""Many documents: a few at a time, each written as it finishes, none lost."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from extractor import pipeline, telemetry
from extractor.batch.journal import Failure
from extractor.batch.readers import Item
from extractor.batch.seen import Seen
from extractor.batch.stop import Cause, Stop, StoppedAtOnce
from extractor.batch.writers import Output
from extractor.errors import (
    BudgetError,
    DocumentError,
    ExtractorError,
    ModelUnavailableError,
    ServerDownError,
    SetupError,
)
from extractor.llm import Model
from extractor.result import Extraction, Usage
from extractor.settings import Settings
from schemas import RECORD_TYPES


@dataclass(slots=True)
class Summary:
    """What a run came to."""

    done: int = 0
    changed: int = 0
    """Of those done, the ones that replace an earlier result."""
    skipped: int = 0
    """In the output already, from an earlier run."""
    failed: int = 0
    failed_before: int = 0
    """Left alone: they failed for good in an earlier run, and nothing has changed."""
    untried: int = 0
    """Begun and given up, because the run was ended: the next one takes them up."""
    records: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RECORD_TYPES, 0))
    warnings: int = 0
    usage: Usage = field(default_factory=Usage)
    """All that was asked, for documents that failed as well."""
    ended_by: Cause | None = None
    """What ended the run before all documents were seen; None where nothing did."""
    ended: str = ""
    """The same, for a person."""

    @property
    def finished(self) -> int:
        """Documents there is nothing left to do for in this run."""
        return self.done + self.skipped + self.failed + self.failed_before

    def add(self, extraction: Extraction) -> None:
        """Count a result."""
        self.done += 1
        self.warnings += len(extraction.warnings)
        for name in self.records:
            self.records[name] += len(getattr(extraction, name))


What = Literal["done", "skipped", "failed", "failed before", "untried"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one document."""

    id: str
    what: What
    seconds: float
    failure: Failure | None = None
    usage: Usage | None = None
    unavailable: ModelUnavailableError | None = None
    """Why it failed, if the server was not there for it."""


_NEVER = 3
"""Documents after which a server that has never answered is taken for the wrong one."""

Listener = Callable[[Summary, Outcome], None]
"""Told after each document."""


async def run(
    items: Iterable[Item | Failure],
    output: Output,
    model: Model,
    settings: Settings,
    *,
    published: date | None = None,
    on_document: Listener | None = None,
    stop: Stop | None = None,
) -> Summary:
    """Extract every item and write it to `output`.

    A document that fails, or could not even be read, is written down and the others go on. Of two
    documents with one id the second fails; a text that was there before is named in a warning. When
    the budget is spent, the server is down or `stop` is asked for, no more documents are begun and
    the summary says why.

    Args:
        items: the documents; no more of them are held at a time than are worked on.
        output: where to.
        model: the model.
        settings: of the run.
        published: the day all documents were published; None takes each one's own.
        on_document: told after each document.
        stop: ends the run from outside.

    Raises:
        SetupError: nothing can work: wrong key, address or model, no space. Results so far stay.
        ModelUnavailableError: the server never answered once.
    """
    summary = Summary()
    workers = settings.concurrency or model.profile.concurrency
    stop = stop or Stop()
    with closing(Seen()) as seen:
        this = _Run(output, model, settings, published, seen, summary, on_document, stop, [])
        waiting = iter(items)
        try:
            async with asyncio.TaskGroup() as group:
                watch = group.create_task(stop.at_once())
                tasks = [group.create_task(this.work(waiting)) for _ in range(workers)]
                await asyncio.wait(tasks)
                watch.cancel()
        except* StoppedAtOnce:
            pass
        except* ExtractorError as errors:
            raise pipeline.first_of(errors) from None
        if stop.cause and not model.usage.calls:
            summary.untried += len(this.held)
        else:
            this.release()
    summary.ended_by, summary.ended = stop.cause, stop.told
    summary.usage = model.usage
    return summary


@dataclass(frozen=True, slots=True)
class _Run:
    output: Output
    model: Model
    settings: Settings
    published: date | None
    seen: Seen
    summary: Summary
    on_document: Listener | None
    stop: Stop
    held: list[Outcome]
    """Documents that failed while the server had never answered."""

    async def work(self, waiting: Iterator[Item | Failure]) -> None:
        """Take one item after the other, beside other workers, until none waits."""
        while not self.stop.cause:
            item = next(waiting, None)
            if item is None:
                return
            begun = time.monotonic()
            if isinstance(item, Failure):
                outcome = Outcome(item.id, "failed", 0.0, item)
            else:
                outcome = await self._do(item, begun)
            if outcome.unavailable and not self.model.usage.calls:
                self.held.append(outcome)
                if len(self.held) >= _NEVER:
                    raise outcome.unavailable
                continue
            if self.model.usage.calls:
                self.release()
            self._count(outcome)

    def release(self) -> None:
        """Let the documents held be failures, as the server has answered others.

        Raises:
            ModelUnavailableError: it has not.
        """
        if self.held and self.held[0].unavailable and not self.model.usage.calls:
            raise self.held[0].unavailable
        while self.held:
            self._count(self.held.pop(0))

    def _count(self, outcome: Outcome) -> None:
        """Count an outcome, write it down if it is a failure, and tell of it."""
        summary = self.summary
        summary.skipped += outcome.what == "skipped"
        summary.failed_before += outcome.what == "failed before"
        summary.untried += outcome.what == "untried"
        if outcome.failure:
            summary.failed += 1
            self.output.fail(outcome.failure)
        summary.usage = self.model.usage
        if self.on_document:
            self.on_document(summary, outcome)

    async def _do(self, item: Item, begun: float) -> Outcome:
        """Extract and write a document, or say why it failed."""
        published = self.published or item.published
        mark = pipeline.fingerprint(item.text, published, self.model)
        what: What = "done"
        failure, extraction, unavailable = None, None, None
        with telemetry.document(item.id) as tell:
            try:
                twin = self._check(item)
                known = self.output.known(item.id, mark)
                if known in {"done", "failed"}:
                    what = "skipped" if known == "done" else "failed before"
                else:
                    extraction = await self._extract(item, published, twin)
                    self.output.write(extraction)
                    self.summary.add(extraction)
                    self.summary.changed += known == "changed"
            except SetupError:
                raise
            except BudgetError as error:
                self.stop.ask("budget", str(error))
                what = "untried"
            except ServerDownError as error:
                self.stop.ask("down", str(error))
                what = "untried"
            except ModelUnavailableError as error:
                if self.stop.interrupted:
                    return Outcome(item.id, "untried", time.monotonic() - begun)
                what, failure = "failed", Failure.of(item.id, item.source, error, mark)
                unavailable = error
            except DocumentError as error:
                what, failure = "failed", Failure.of(item.id, item.source, error)
            except Exception as error:  # a fault of ours must not cost the rest of the run
                what, failure = "failed", Failure.of(item.id, item.source, error, mark)
            tell(what)
        usage = extraction.usage if extraction else None
        return Outcome(item.id, what, time.monotonic() - begun, failure, usage, unavailable)

    def _check(self, item: Item) -> str | None:
        """The first document with the same text, if it is another.

        Raises:
            DocumentError: the id is another's.
        """
        if taken := self._first(f"id {item.id}", item.source):
            raise DocumentError(
                f"the id {item.id!r} is that of {taken!r} already: give each document its own, or "
                "give the folder above both"
            )
        return self._first(f"text {item.text}", item.id)

    async def _extract(self, item: Item, published: date | None, twin: str | None) -> Extraction:
        extraction = await pipeline.extract(
            item.text,
            self.model,
            id=item.id,
            source=item.source,
            encoding=item.encoding,
            published=published,
            most_characters=self.settings.max_characters,
        )
        if twin:
            extraction.warnings.append(f"the text is the same as that of {twin!r}")
        return extraction

    def _first(self, key: str, value: str) -> str | None:
        """What was noted under `key` first; if nothing was, `value` is."""
        first = self.seen.get(key)
        if first is None:
            self.seen.put(key, value)
        return first

"""Many documents: a few at a time, each written as it finishes, none lost."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date

from extractor import document, pipeline
from extractor.batch.readers import Item
from extractor.batch.seen import Seen
from extractor.batch.writers import Failure, Output
from extractor.errors import DocumentError, ExtractorError, ModelUnavailableError, SetupError
from extractor.llm import Model
from extractor.result import Extraction, Usage
from extractor.settings import Settings
from schemas import RECORD_TYPES


@dataclass(slots=True)
class Summary:
    """What a run came to."""

    done: int = 0
    skipped: int = 0
    """In the output already, from an earlier run."""
    failed: int = 0
    records: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RECORD_TYPES, 0))
    warnings: int = 0
    usage: Usage = field(default_factory=Usage)
    """All that was asked, for documents that failed as well."""

    @property
    def finished(self) -> int:
        """Documents there is nothing left to do for in this run."""
        return self.done + self.skipped + self.failed

    def add(self, extraction: Extraction) -> None:
        """Count a result."""
        self.done += 1
        self.warnings += len(extraction.warnings)
        for name in self.records:
            self.records[name] += len(getattr(extraction, name))


Listener = Callable[[Summary, Failure | None], None]
"""Told after each document; with the failure, if it was one."""


async def run(
    items: Iterable[Item | Failure],
    output: Output,
    model: Model,
    settings: Settings,
    *,
    published: date | None = None,
    on_document: Listener | None = None,
) -> Summary:
    """Extract every item and write it to `output`.

    A document that fails, or could not even be read, is written down and the others go on. Of two
    documents with one id the second fails; a text that was there before is named in a warning.

    Args:
        items: the documents; no more of them are held at a time than are worked on.
        output: where to.
        model: the model.
        settings: of the run.
        published: the day all documents were published; None takes each one's own.
        on_document: told after each document.

    Raises:
        SetupError: nothing can work: wrong key, address or model, no space. Results so far stay.
        ModelUnavailableError: the server never answered once.
    """
    summary = Summary()
    workers = settings.concurrency or model.profile.concurrency
    with closing(Seen()) as seen:
        this = _Run(output, model, settings, published, seen, summary, on_document)
        waiting = iter(items)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(workers):
                    group.create_task(this.work(waiting))
        except* ExtractorError as errors:
            raise pipeline.first_of(errors) from None
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

    async def work(self, waiting: Iterator[Item | Failure]) -> None:
        """Take one item after the other, beside other workers, until none waits."""
        for item in waiting:
            failure = item if isinstance(item, Failure) else await self._do(item)
            if failure:
                self.summary.failed += 1
                self.output.fail(failure)
            self.summary.usage = self.model.usage
            if self.on_document:
                self.on_document(self.summary, failure)

    async def _do(self, item: Item) -> Failure | None:
        """Extract and write a document, or say why it failed."""
        try:
            extraction = await self._extract(item)
        except SetupError:
            raise
        except ModelUnavailableError as error:
            if not self.model.usage.calls:
                raise
            return Failure.of(item.id, item.source, error)
        except Exception as error:  # a fault of ours must not cost the rest of the run
            return Failure.of(item.id, item.source, error)
        if extraction:
            self.output.write(extraction)
            self.summary.add(extraction)
        else:
            self.summary.skipped += 1
        return None

    async def _extract(self, item: Item) -> Extraction | None:
        """The result, or None where the output has it already."""
        if taken := self._first(f"id {item.id}", item.source):
            raise DocumentError(
                f"the id {item.id!r} is that of {taken!r} already: give each document its own, or "
                "give the folder above both"
            )
        twin = self._first(f"text {item.text}", item.id)
        read = document.read(
            item.text,
            id=item.id,
            source=item.source,
            encoding=item.encoding,
            published=self.published or item.published,
            most_characters=self.settings.max_characters,
        )
        if self.output.is_done(item.id, pipeline.fingerprint(read, self.model)):
            return None
        extraction = await pipeline.run(read, self.model)
        if twin:
            extraction.warnings.append(f"the text is the same as that of {twin!r}")
        return extraction

    def _first(self, key: str, value: str) -> str | None:
        """What was noted under `key` first; if nothing was, `value` is."""
        first = self.seen.get(key)
        if first is None:
            self.seen.put(key, value)
        return first

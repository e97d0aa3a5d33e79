"""Many documents: a few at a time, each written as it finishes, none lost."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from extractor import document, pipeline
from extractor.batch.readers import Item, read_text
from extractor.batch.writers import Failure, Output
from extractor.errors import ExtractorError, ModelUnavailableError, SetupError
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
    items: Sequence[Item],
    output: Output,
    model: Model,
    settings: Settings,
    on_document: Listener | None = None,
) -> Summary:
    """Extract every item and write it to `output`.

    A document that fails is written down and the others go on.

    Raises:
        SetupError: nothing can work: wrong key, address or model, no space. Results so far stay.
        ModelUnavailableError: the server never answered once.
    """
    summary = Summary()
    this = _Run(output, model, settings, summary, on_document)
    waiting = iter(items)
    workers = settings.concurrency or model.profile.concurrency
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(workers, len(items))):
                group.create_task(this.work(waiting))
    except* ExtractorError as errors:
        raise pipeline.first_of(errors) from None
    return summary


@dataclass(frozen=True, slots=True)
class _Run:
    output: Output
    model: Model
    settings: Settings
    summary: Summary
    on_document: Listener | None

    async def work(self, waiting: Iterator[Item]) -> None:
        """Take one item after the other, beside other workers, until none waits."""
        for item in waiting:
            failure = None
            try:
                extraction = await self._extract(item)
            except SetupError:
                raise
            except ModelUnavailableError as error:
                if not self.model.usage.calls:
                    raise
                failure = _failure(item, error)
            except Exception as error:  # a fault of ours must not cost the rest of the run
                failure = _failure(item, error)
            if failure:
                self.summary.failed += 1
                self.output.fail(failure)
            elif extraction:
                self.output.write(extraction)
                self.summary.add(extraction)
            else:
                self.summary.skipped += 1
            self.summary.usage = self.model.usage
            if self.on_document:
                self.on_document(self.summary, failure)

    async def _extract(self, item: Item) -> Extraction | None:
        """The result, or None where the output has it already."""
        read = document.read(
            read_text(item.path),
            id=item.id,
            source=str(item.path),
            most_characters=self.settings.max_characters,
        )
        if self.output.is_done(item.id, pipeline.fingerprint(read, self.model)):
            return None
        return await pipeline.run(read, self.model)


def _failure(item: Item, error: Exception) -> Failure:
    told = str(error) if isinstance(error, ExtractorError) else f"a fault of the program: {error!r}"
    return Failure(id=item.id, source=str(item.path), error=type(error).__name__, message=told)

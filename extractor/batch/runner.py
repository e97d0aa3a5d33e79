"""Many documents: a few at a time, each written as it finishes, none lost."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

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
    usage: Usage = field(default_factory=lambda: Usage(cost_usd=0.0))

    @property
    def finished(self) -> int:
        """Documents there is nothing left to do for in this run."""
        return self.done + self.skipped + self.failed

    def add(self, extraction: Extraction) -> None:
        """Count a result."""
        self.done += 1
        self.warnings += len(extraction.warnings)
        self.usage += extraction.usage
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
    waiting = iter(items)
    one = partial(_one, output=output, model=model, settings=settings)
    workers = settings.concurrency or model.profile.concurrency
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(workers, len(items))):
                group.create_task(_work(waiting, one, output, summary, on_document))
    except* ExtractorError as errors:
        raise pipeline.first_of(errors) from None
    return summary


async def _work(
    waiting: Iterator[Item],
    one: Callable[[Item], Awaitable[Extraction | None]],
    output: Output,
    summary: Summary,
    on_document: Listener | None,
) -> None:
    for item in waiting:
        failure = None
        try:
            extraction = await one(item)
        except SetupError:
            raise
        except ModelUnavailableError as error:
            if not summary.usage.calls:
                raise
            failure = _failure(item, error)
        except Exception as error:  # a fault of ours must not cost the rest of the run
            failure = _failure(item, error)
        if failure:
            summary.failed += 1
            output.fail(failure)
        elif extraction:
            output.write(extraction)
            summary.add(extraction)
        else:
            summary.skipped += 1
        if on_document:
            on_document(summary, failure)


async def _one(
    item: Item, *, output: Output, model: Model, settings: Settings
) -> Extraction | None:
    """The result, or None where the output has it already."""
    read = document.read(
        read_text(item.path),
        id=item.id,
        source=str(item.path),
        most_characters=settings.max_characters,
    )
    if output.is_done(item.id, pipeline.fingerprint(read, model)):
        return None
    return await pipeline.run(read, model)


def _failure(item: Item, error: Exception) -> Failure:
    told = str(error) if isinstance(error, ExtractorError) else f"a fault of the program: {error!r}"
    return Failure(id=item.id, source=str(item.path), error=type(error).__name__, message=told)

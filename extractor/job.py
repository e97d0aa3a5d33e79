"""A batch run as the command line does it: output, run file, signals, and who is told of it."""

import asyncio
import gc
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from extractor import batch
from extractor.errors import SetupError
from extractor.llm import CountingModel, Model
from extractor.settings import Settings

_ENDED: dict[batch.Cause, int] = {"down": 2, "budget": 3, "interrupted": 130}
"""Exit codes of runs that were ended early."""


class Listener(Protocol):
    """Who is told how a run goes."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
        /,
    ) -> None:
        """End."""

    def weights(self, what: str, done: int, total: int) -> None:
        """How far the embedded model's weights are."""

    def watch(self, model: Model) -> None:
        """The model whose counters are of interest."""

    def document(self, summary: batch.Summary, outcome: batch.Outcome) -> None:
        """A document is done with."""

    def end(self, summary: batch.Summary, out: Path) -> None:
        """All is done, or the run is ended."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run."""

    paths: Sequence[Path]
    out: Path
    settings: Settings
    published: date | None
    format_: batch.Format | None
    fields: batch.Fields
    retry_failed: bool

    @property
    def files(self) -> list[tuple[str, Path]]:
        """The files that are read, with their ids; not those that the run itself writes.

        Raises:
            SetupError: there are none, or one is not there.
        """
        ours: tuple[Path, ...] = ()
        if self.out != batch.STDIN:
            ours = (self.out, batch.failures_beside(self.out), batch.runfile_beside(self.out))
        return list(batch.find(self.paths, leave_out=ours))

    def run(self, listener: Listener) -> int:
        """Run it; returns the exit code.

        Raises:
            SetupError: nothing can work.
            ModelUnavailableError: the server never answered once.
        """
        items = batch.read(self.files, format=self.format_, fields=self.fields)
        _spare_the_collector()
        output: batch.Output = batch.StreamOutput(sys.stdout)
        if self.out != batch.STDIN:
            output = batch.FileOutput(self.out, retry_failed=self.retry_failed)

        async def go() -> batch.Summary:
            model = Model(self.settings, on_weights=listener.weights)
            stop = batch.Stop(on_interrupt=model.hurry)
            _catch_signals(stop)
            listener.watch(model)
            record = self._record(model)
            try:
                summary = await batch.run(
                    items,
                    output,
                    model,
                    self.settings,
                    published=self.published,
                    on_document=listener.document,
                    stop=stop,
                )
            except BaseException as error:
                if record:
                    with suppress(SetupError):  # the first error is the one to tell
                        record.end(None, error)
                raise
            finally:
                await model.close(0 if stop.interrupted else batch.GRACE)
            if record:
                record.end(summary)
            return summary

        try:
            with listener:
                summary = asyncio.run(go())
        finally:
            output.close()
        listener.end(summary, self.out)
        return _exit_code(summary)

    def estimate(self, listener: Listener) -> batch.Summary:
        """What it would cost, as far as can be told without asking: nothing is sent or written.

        Raises:
            SetupError: nothing can work.
        """
        items = batch.read(self.files, format=self.format_, fields=self.fields)

        async def go() -> batch.Summary:
            model = CountingModel(self.settings.model_copy(update={"max_calls": None}))
            listener.watch(model)
            output = batch.NoOutput(self.out, retry_failed=self.retry_failed)
            try:
                return await batch.run(
                    items,
                    output,
                    model,
                    self.settings,
                    published=self.published,
                    on_document=listener.document,
                )
            finally:
                await model.close()
                output.close()

        with listener:
            return asyncio.run(go())

    def _record(self, model: Model) -> batch.RunFile | None:
        """The file that tells of the run; none where the output is no file."""
        if not self.out.is_file():
            return None
        return batch.RunFile(self.out, self.settings, model, self.paths)


def _spare_the_collector() -> None:
    """Leave what was loaded for good out of garbage collection, and collect less often.

    Dictionaries and tables are half a million objects, and looking through them again and again
    takes a twentieth of the time of a document.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def _catch_signals(stop: batch.Stop) -> None:
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError):  # Windows; a thread that is not the main
            loop.add_signal_handler(one, stop.interrupt)


def _exit_code(summary: batch.Summary) -> int:
    """0 all went well, 1 some documents failed, 2 server down, 3 budget spent, 130 interrupted."""
    if summary.ended_by:
        return _ENDED[summary.ended_by]
    return 1 if summary.failed or summary.failed_before else 0

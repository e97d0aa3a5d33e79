"""This project, whole: it reads a table, keeps answers in a cache, and writes results to a file."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks import documents
from benchmarks.contenders.common import MODEL, Outcome, Task
from extractor import batch
from extractor.job import Job
from extractor.llm import Model
from extractor.settings import Settings


class _Silent:
    """Shows nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        pass

    def weights(self, what: str, done: int, total: int) -> None:
        """Nothing."""

    def watch(self, model: Model) -> None:
        """Nothing."""

    def document(self, summary: batch.Summary, outcome: batch.Outcome) -> None:
        """Nothing."""

    def end(self, summary: batch.Summary, out: Path) -> None:
        """Nothing."""


class ExtractorJob:
    """`extractor run` without its display. Each run opens its connections and its cache anew."""

    def __init__(self, task: Task) -> None:
        """Make a folder for tables, results and cache; it goes with the process."""
        self._held = tempfile.TemporaryDirectory()
        self._folder = Path(self._held.name)
        self._settings = Settings.from_environment(
            {},
            model=MODEL,
            base_url=task.base_url,
            cache_dir=self._folder / "cache",
            concurrency=task.concurrency,
            timeout=task.timeout,
        )

    def prepare(self, numbers: range) -> Callable[[], Outcome]:
        """Write the table."""
        table = self._folder / f"table-{numbers.start}.jsonl"
        out = self._folder / f"out-{numbers.start}.jsonl"
        documents.write(table, len(numbers), numbers.start)
        job = Job(
            paths=[table],
            out=out,
            settings=self._settings,
            published=None,
            format_=None,
            fields=batch.Fields(),
            retry_failed=False,
        )

        def run() -> Outcome:
            job.run(_Silent())
            return Outcome(_numbers(out), _numbers(batch.failures_beside(out)))

        return run


def _numbers(path: Path) -> list[int]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as file:
        return [int(json.loads(line)["id"].removeprefix("d")) for line in file]

"""How a run goes, for machines: one JSON object a line on standard error.

No text of an article, no message of a server and no key is in it.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from typing_extensions import override

from extractor.batch import Outcome, Summary
from extractor.llm import Model


class JobLog:
    """Tells of documents, of requests sent again, and of the end."""

    def __init__(self) -> None:
        """Say nothing yet."""
        self._model: Model | None = None
        self._handler = _Retries()
        self._logger = logging.getLogger("extractor")
        self._level = self._logger.level

    def __enter__(self) -> Self:
        self._logger.addHandler(self._handler)
        self._logger.setLevel(logging.INFO)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._logger.removeHandler(self._handler)
        self._logger.setLevel(self._level)

    def weights(self, what: str, done: int, total: int) -> None:
        """How far the embedded model's weights are: when they begin and when they are there."""
        if done in {0, total}:
            _say("weights", step=what, done=done, total=total)

    def watch(self, model: Model) -> None:
        """Take the counters from `model`."""
        self._model = model
        _say("begin", model=model.name, identity=model.identity)

    def document(self, summary: Summary, outcome: Outcome) -> None:
        """One line for each document."""
        usage = outcome.usage.model_dump() if outcome.usage else None
        _say(
            "document",
            id=outcome.id,
            outcome=outcome.what,
            error=outcome.failure.error if outcome.failure else None,
            seconds=round(outcome.seconds, 3),
            usage=usage,
            finished=summary.finished,
            in_flight=self._model.in_flight if self._model else 0,
            retries=self._model.retries if self._model else 0,
            pace=self._model.pace if self._model else "",
            cost_usd=summary.usage.cost_usd,
        )

    def end(self, summary: Summary, out: Path) -> None:
        """The counters at the end."""
        names = ("done", "changed", "skipped", "failed", "failed_before", "untried")
        _say(
            "end",
            output=str(out),
            ended_by=summary.ended_by,
            documents={name: getattr(summary, name) for name in names},
            records=summary.records,
            warnings=summary.warnings,
            usage=summary.usage.model_dump(),
        )


class _Retries(logging.Handler):
    """Requests sent again, as they are logged."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """One line, if it is such a record."""
        told = getattr(record, "retry", None)
        if told:
            _say("retry", **told)


def _say(event: str, **told: Any) -> None:
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = json.dumps({"time": moment, "event": event, **told}, ensure_ascii=False)
    sys.stderr.write(line + "\n")
    sys.stderr.flush()

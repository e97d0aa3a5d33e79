"""What an output file and the file of failures beside it say of each document."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ValidationError

from extractor.batch.seen import Seen
from extractor.errors import (
    ExtractorError,
    ModelError,
    ModelThrottledError,
    ModelUnavailableError,
    SetupError,
)

Known = Literal["new", "changed", "done", "failed"]
"""A document nobody has tried; one whose text, model or prompt was another; one whose result is
there; one that failed for good as it is."""

_BEGINNING = b'{"id":'
"""How each line of ours begins: only such a line, when torn, is cut off."""

_DONE, _FAILED = "done", "failed"
"""What has come of a document in this run."""

_LASTING = {one.__name__ for one in ModelError.__subclasses__()} - {
    ModelUnavailableError.__name__,
    ModelThrottledError.__name__,
}
"""Failures that were paid for and would come again. What a server was not there for, and what
could not be read, is tried again by the same command."""


def failures_beside(path: Path) -> Path:
    """Where the failures of a run with the output `path` are written."""
    return path.parent / f"{path.name.removesuffix('.jsonl')}.failed.jsonl"


class Failure(BaseModel):
    """A document that failed for good: one line of `OUT.failed.jsonl`."""

    id: str
    source: str
    error: str
    """The name of the error's class."""
    message: str
    attempts: int = 1
    """Runs that tried it as it is."""
    fingerprint: str | None = None
    """Of its text, model, prompt and schema; None where it could not be read."""

    @classmethod
    def of(cls, id: str, source: str, error: Exception, fingerprint: str | None = None) -> Self:
        """What to write down of `error`; one that is not of ours is a fault of the program."""
        ours = isinstance(error, ExtractorError)
        told = str(error) if ours else f"a fault of the program: {error!r}"
        kind = type(error).__name__
        return cls(id=id, source=source, error=kind, message=told, fingerprint=fingerprint)


class Journal:
    """Documents by id, kept on disk so that memory does not grow with them."""

    def __init__(self, path: Path, *, retry_failed: bool) -> None:
        """Know nothing yet.

        Args:
            path: of the output.
            retry_failed: whether a document that failed for good counts as new.
        """
        self._path = path
        self._retry_failed = retry_failed
        self._done = Seen()
        self._failed = Seen()
        self._settled = Seen()
        self.superseded = False
        """Whether a document has more than one line."""

    def read(self) -> int | None:
        """Take up the output; returns where a torn last line begins, if there is one.

        Raises:
            SetupError: it holds something other than results.
        """
        whole = 0
        for number, line in lines_of(self._path):
            if _is_torn(line):
                return whole
            whole += len(line)
            try:
                self._note(*known_of(line))
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                raise SetupError(
                    f"line {number} of {str(self._path)!r} is no result of this program: "
                    "name another file with `-o`"
                ) from error
        return None

    def read_failures(self) -> int | None:
        """Take up the file of failures; returns where a torn last line begins, if there is one.

        Raises:
            SetupError: it holds something else.
        """
        path, whole = failures_beside(self._path), 0
        for number, line in lines_of(path):
            if _is_torn(line):
                return whole
            whole += len(line)
            try:
                failure = Failure.model_validate_json(line)
            except ValidationError as error:
                raise SetupError(
                    f"line {number} of {str(path)!r} is no failure of this program: move it away, "
                    "or name another output with `-o`"
                ) from error
            self._failed.put(failure.id, line.decode())
        return None

    def known(self, id: str, fingerprint: str) -> Known:
        """What is known of a document."""
        before = self._done.get(id)
        if before == fingerprint:
            self._settle(id)
            return "done"
        failure = self._failure(id)
        if failure and failure.fingerprint == fingerprint and not self._retry_failed:
            lasting = failure.error in _LASTING or failure.message.startswith("a fault of")
            if lasting:
                return "failed"
        return "new" if before is None else "changed"

    def note_done(self, id: str, fingerprint: str) -> None:
        """Take note of a result."""
        self._note(id, fingerprint)
        self._settle(id)

    def note_failed(self, failure: Failure) -> Failure:
        """Take note of a failure; returns it with the number of its attempts."""
        before = self._failure(failure.id)
        if before and before.fingerprint == failure.fingerprint:
            failure = failure.model_copy(update={"attempts": before.attempts + 1})
        self._failed.put(failure.id, failure.model_dump_json())
        self._settled.put(failure.id, _FAILED)
        return failure

    def is_open(self, line: bytes) -> bool:
        """Whether a line of the file of failures is still true: nothing has come of it since."""
        return self._settled.get(Failure.model_validate_json(line).id) != _DONE

    def close(self) -> None:
        """Forget all."""
        for one in (self._done, self._failed, self._settled):
            one.close()

    def _settle(self, id: str) -> None:
        """It is done, unless another of the same id has failed in this run."""
        if self._settled.get(id) is None:
            self._settled.put(id, _DONE)

    def _note(self, id: str, fingerprint: str) -> None:
        self.superseded |= self._done.put(id, fingerprint) is not None

    def _failure(self, id: str) -> Failure | None:
        line = self._failed.get(id)
        return Failure.model_validate_json(line) if line else None


def lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers, from 1."""
    with path.open("rb") as file:
        yield from enumerate(file, start=1)


def known_of(line: bytes) -> tuple[str, str]:
    """A result line's id and fingerprint, without reading the rest into records."""
    data = json.loads(line)
    return str(data["id"]), str(data["fingerprint"])


def _is_torn(line: bytes) -> bool:
    """Whether a killed run left a line of ours unfinished."""
    return not line.endswith(b"\n") and line[: len(_BEGINNING)] == _BEGINNING[: len(line)]

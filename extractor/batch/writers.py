"""The output file, which is also the record of what is done, and the file of failures."""

import errno
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Protocol, Self

from pydantic import BaseModel
from typing_extensions import override

from extractor.batch.seen import Seen
from extractor.errors import ExtractorError, SetupError
from extractor.result import Extraction

_BEGINNING = b'{"id":'
"""How each line of ours begins: only such a line, when torn, is cut off."""


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

    @classmethod
    def of(cls, id: str, source: str, error: Exception) -> Self:
        """What to write down of `error`; one that is not of ours is a fault of the program."""
        ours = isinstance(error, ExtractorError)
        told = str(error) if ours else f"a fault of the program: {error!r}"
        return cls(id=id, source=source, error=type(error).__name__, message=told)


class Output(Protocol):
    """Where results go."""

    def is_done(self, id: str, fingerprint: str) -> bool:
        """Whether the result is there already."""

    def write(self, extraction: Extraction) -> None:
        """Add a result, whole and at once."""

    def fail(self, failure: Failure) -> None:
        """Add a failure."""

    def close(self) -> None:
        """Finish."""


class StreamOutput(Output):
    """Results on a stream such as standard output. Nothing is ever done already."""

    def __init__(self, stream: IO[str]) -> None:
        """Write to `stream`."""
        self._stream = stream

    @override
    def is_done(self, id: str, fingerprint: str) -> bool:
        """Never."""
        return False

    def write(self, extraction: Extraction) -> None:
        """One line of JSON, flushed."""
        self._stream.write(extraction.model_dump_json() + "\n")
        self._stream.flush()

    def fail(self, failure: Failure) -> None:
        """Nothing: the one who runs the batch tells of failures."""

    def close(self) -> None:
        """Nothing: the stream is not ours."""


class FileOutput(Output):
    """`OUT.jsonl`, one document a line, and beside it `OUT.failed.jsonl`.

    What is in the file from an earlier run stays, a torn last line excepted; a document whose text,
    model or prompt has changed since gets a new line, and the old one goes when the run ends.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            SetupError: it cannot be written, or holds something other than results.
        """
        self._path = path
        self._failed_path = failures_beside(path)
        self._lines = Seen()
        self._superseded = False
        with self._told():
            self._file = path.open("ab", buffering=0)
        try:
            with self._told():
                if path.is_file():  # a device has nothing to take up, and no end
                    self._take_up()
                self._failed_path.unlink(missing_ok=True)
        except SetupError:
            self._file.close()
            raise

    def is_done(self, id: str, fingerprint: str) -> bool:
        """Whether the file has this document as it would come out again."""
        return self._lines.get(id) == fingerprint

    def write(self, extraction: Extraction) -> None:
        """Add one whole line, or nothing of it."""
        line = extraction.model_dump_json().encode() + b"\n"
        with self._told():
            before = self._file.tell()
            if self._file.write(line) != len(line):
                self._file.truncate(before)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._note(extraction.id, extraction.fingerprint)

    def fail(self, failure: Failure) -> None:
        """Add one line to the file of failures."""
        with self._told(), self._failed_path.open("ab") as file:
            file.write(failure.model_dump_json().encode() + b"\n")

    def close(self) -> None:
        """Drop the lines that newer ones replace, and close."""
        with self._told():
            if self._superseded:
                self._rewrite()
            self._file.close()
            self._lines.close()

    def _take_up(self) -> None:
        """Note what is done; cut off a line that a killed run left unfinished."""
        whole = 0
        for number, line in self._lines_of_file():
            if not line.endswith(b"\n") and line[: len(_BEGINNING)] == _BEGINNING[: len(line)]:
                self._file.truncate(whole)
                break
            whole += len(line)
            try:
                self._note(*_known(line))
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                raise SetupError(
                    f"line {number} of {str(self._path)!r} is no result of this program: "
                    "name another file with `-o`"
                ) from error

    def _lines_of_file(self) -> Iterator[tuple[int, bytes]]:
        with self._path.open("rb") as file:
            yield from enumerate(file, start=1)

    def _note(self, id: str, fingerprint: str) -> None:
        self._superseded |= self._lines.put(id, fingerprint) is not None

    def _rewrite(self) -> None:
        """Keep the last line of each document, in a new file that takes the old one's place."""
        handle, name = tempfile.mkstemp(dir=self._path.parent, suffix=".part")
        with closing(Seen()) as last, os.fdopen(handle, "wb") as target:
            for number, line in self._lines_of_file():
                last.put(_known(line)[0], str(number))
            target.writelines(
                line
                for number, line in self._lines_of_file()
                if last.get(_known(line)[0]) == str(number)
            )
        Path(name).chmod(self._path.stat().st_mode)
        Path(name).replace(self._path)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SetupError(
                f"{str(self._path)!r} cannot be written ({error.strerror}): free space, or name "
                "another file with `-o`; what is in it stays, and the same command goes on"
            ) from error


def _known(line: bytes) -> tuple[str, str]:
    """A result line's id and fingerprint, without reading the rest into records."""
    data = json.loads(line)
    return str(data["id"]), str(data["fingerprint"])

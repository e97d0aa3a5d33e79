"""Where results go: the output file, which is also the record of what is done; or a stream."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from typing_extensions import override

from extractor.batch.journal import (
    Failure,
    Journal,
    Known,
    failures_beside,
    known_of,
    lines_of,
)
from extractor.batch.seen import Seen
from extractor.errors import SetupError
from extractor.result import Extraction

try:
    import fcntl
except ImportError:  # Windows, where two runs on one output are the user's own risk
    fcntl = None  # type: ignore[assignment]  # asked for before use


class Output(Protocol):
    """Where results go."""

    def known(self, id: str, fingerprint: str) -> Known:
        """What is known of a document."""

    def write(self, extraction: Extraction) -> None:
        """Add a result, whole and at once."""

    def fail(self, failure: Failure) -> None:
        """Add a failure."""

    def close(self) -> None:
        """Finish."""


class StreamOutput(Output):
    """Results on a stream such as standard output. Nothing is ever known already."""

    def __init__(self, stream: IO[str]) -> None:
        """Write to `stream`."""
        self._stream = stream

    @override
    def known(self, id: str, fingerprint: str) -> Known:
        """Nothing."""
        return "new"

    def write(self, extraction: Extraction) -> None:
        """One line of JSON, flushed."""
        self._stream.write(extraction.model_dump_json() + "\n")
        self._stream.flush()

    def fail(self, failure: Failure) -> None:
        """Nothing: the one who runs the batch tells of failures."""

    def close(self) -> None:
        """Nothing: the stream is not ours."""


class NoOutput(Output):
    """What a run would find to do, and nothing written."""

    def __init__(self, path: Path, *, retry_failed: bool = False) -> None:
        """Read what is known from an earlier run with the output `path`."""
        self._journal = Journal(path, retry_failed=retry_failed)
        if path.is_file():
            self._journal.read()

    @override
    def known(self, id: str, fingerprint: str) -> Known:
        """What the earlier run left."""
        return self._journal.known(id, fingerprint)

    def write(self, extraction: Extraction) -> None:
        """Nothing."""

    def fail(self, failure: Failure) -> None:
        """Nothing."""

    def close(self) -> None:
        """Forget what was read."""
        self._journal.close()


class FileOutput(Output):
    """`OUT.jsonl`, one document a line, and beside it `OUT.failed.jsonl`.

    What is in the files from an earlier run stays, a torn last line excepted; a document whose
    text, model or prompt has changed since gets a new line, and the old one goes when the run ends.
    One run at a time may write a file.
    """

    def __init__(self, path: Path, *, retry_failed: bool = False) -> None:
        """Open or make the file.

        Args:
            path: of the results.
            retry_failed: whether documents that failed for good are to be tried again.

        Raises:
            SetupError: it cannot be written, holds something other than results, or another run is
                writing it.
        """
        self._path = path
        self._file = self._locked()
        self._journal = Journal(path, retry_failed=retry_failed)
        try:
            if path.is_file():  # a device has nothing to take up, and no end
                with self._told():
                    self._cut(self._file, self._journal.read())
                    self._cut_failures()
        except SetupError:
            self._file.close()
            self._journal.close()
            raise

    @override
    def known(self, id: str, fingerprint: str) -> Known:
        """What this run and earlier ones know of a document."""
        return self._journal.known(id, fingerprint)

    def write(self, extraction: Extraction) -> None:
        """Add one whole line, or nothing of it."""
        with self._told():
            _add(self._file, extraction.model_dump_json().encode() + b"\n")
        self._journal.note_done(extraction.id, extraction.fingerprint)

    def fail(self, failure: Failure) -> None:
        """Add one line to the file of failures."""
        counted = self._journal.note_failed(failure)
        line = counted.model_dump_json().encode() + b"\n"
        with self._told(), failures_beside(self._path).open("ab", buffering=0) as file:
            _add(file, line)

    def close(self) -> None:
        """Drop the lines that newer ones replace and the failures that are settled, and close."""
        try:
            with self._told():
                if self._journal.superseded:
                    _rewrite(self._path, lambda line: known_of(line)[0], lambda _: True)
                failures = failures_beside(self._path)
                if failures.is_file():
                    _rewrite(failures, _id_of, self._journal.is_open)
                    if not failures.stat().st_size:
                        failures.unlink()
        finally:
            self._file.close()
            self._journal.close()

    def _locked(self) -> IO[bytes]:
        """The file, opened to be added to, and no other run's until it is closed."""
        while True:
            with self._told():
                file = self._path.open("ab", buffering=0)
            if fcntl is None or not self._path.is_file():
                return file
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                file.close()
                if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                    return self._path.open("ab", buffering=0)  # a file system without locks
                raise SetupError(
                    f"another run is writing {str(self._path)!r}: wait for it, or name another "
                    "file with `-o`"
                ) from error
            with suppress(OSError):
                if _is_at(file, self._path):
                    return file
            file.close()  # the run before has put a new one in its place meanwhile

    def _cut_failures(self) -> None:
        failures = failures_beside(self._path)
        if failures.is_file():
            with failures.open("ab", buffering=0) as file:
                self._cut(file, self._journal.read_failures())

    @staticmethod
    def _cut(file: IO[bytes], torn_at: int | None) -> None:
        if torn_at is not None:
            file.truncate(torn_at)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SetupError(
                f"{str(self._path)!r} cannot be written ({error.strerror}): free space, or name "
                "another file with `-o`; what is in it stays, and the same command goes on"
            ) from error


def _is_at(file: IO[bytes], path: Path) -> bool:
    return os.path.samestat(os.fstat(file.fileno()), path.stat())


def _add(file: IO[bytes], line: bytes) -> None:
    """Add one whole line, or nothing of it."""
    before = file.tell()
    if file.write(line) != len(line):
        file.truncate(before)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _id_of(line: bytes) -> str:
    return Failure.model_validate_json(line).id


def _rewrite(path: Path, id_of: Callable[[bytes], str], stays: Callable[[bytes], bool]) -> None:
    """Keep the last line of each document, if it stays, in a new file in the old one's place."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with closing(Seen()) as last, os.fdopen(handle, "wb") as target:
            for number, line in lines_of(path):
                last.put(id_of(line), str(number))
            target.writelines(
                line
                for number, line in lines_of(path)
                if last.get(id_of(line)) == str(number) and stays(line)
            )
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)

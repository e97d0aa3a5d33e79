"""Answers on disk, kept by all that can change them and by nothing else.

diskcache is quick and safe for several processes, but it unpickles what it reads, which lets a
tampered file run code (CVE-2025-69872). Here only text goes in and only text comes out.
"""

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from diskcache import Cache as DiskCache
from diskcache import Disk, Timeout
from diskcache.core import MODE_PICKLE, UNKNOWN
from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import SetupError
from extractor.result import Usage

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # asked for before each use

_OLDEST_FIRST = "least-recently-stored"
_CULLED = 10
"""Entries that make room for a new one, at most, where there is a limit."""
_NO_LIMIT = 1 << 62
_PAGES = 512
"""Of 4 KiB that SQLite holds in memory. diskcache's own 32 MiB, and 64 more of the file mapped,
fill up as answers come and save no time: each key is looked up once."""


class Entry(BaseModel):
    """A model's final answer to one request, as it came."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    truncated: bool
    """It was cut off at the output limit; asking again would cost as much and give the same."""
    attempts_used: bool
    """All validation attempts were used: what is not valid in it stays so."""
    usage: Usage
    """What it cost when it was asked."""


class _TextDisk(Disk):  # type: ignore[misc]  # diskcache has no types
    """Text keys and text values only: nothing is ever pickled or unpickled."""

    def put(self, key: Any) -> Any:
        _require_text(key)
        return super().put(key)

    def get(self, key: Any, raw: bool) -> Any:
        if not raw:
            raise ValueError("a pickled key in the cache")
        return super().get(key, raw)

    def store(self, value: Any, read: bool, key: Any = UNKNOWN) -> Any:
        _require_text(value)
        return super().store(value, read, key=key)

    def fetch(self, mode: int, filename: Any, value: Any, read: bool) -> Any:
        if mode == MODE_PICKLE:
            raise ValueError("a pickled value in the cache")
        return super().fetch(mode, filename, value, read)


def _require_text(value: object) -> None:
    if not isinstance(value, str):
        raise TypeError(f"only text is cached, not {type(value).__name__}")


class Answers(Protocol):
    """Where a model's answers are kept. Nobody else's claims are known, unless it says so."""

    def get(self, key: str) -> Entry | None:
        """The entry under `key`, or None where the model must be asked."""

    def put(self, key: str, entry: Entry) -> str | None:
        """Keep `entry`. Returns why it could not be kept, or None."""

    def claim(self, key: str) -> bool:  # noqa: ARG002  # whatever the key
        """Whether nobody else is asking for `key` now; then nobody else will, until `release`."""
        return True

    def release(self, key: str) -> None:  # noqa: ARG002  # whatever the key
        """Give a claim back."""
        return

    def close(self) -> None:
        """Finish."""


class _Claims:
    """Keys that a process is asking for: a byte each of one file, locked by the system.

    Such locks end with their process, however it ends, and leave nothing behind. Windows has none:
    there two processes may ask for the same at the same time.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, key: str) -> bool:
        """Lock the byte of `key`; False where another process has it."""
        if fcntl is None:
            return True
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _byte_of(key))
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks
            return True
        return True

    def give_back(self, key: str) -> None:
        """Unlock it."""
        if fcntl is not None:
            with suppress(OSError):
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _byte_of(key))

    def close(self) -> None:
        """Give all back."""
        os.close(self._file)


def _byte_of(key: str) -> int:
    """Far enough apart that two keys hardly ever share one."""
    return int(key[:15], 16)


@dataclass(frozen=True, slots=True)
class CacheStats:
    """What a cache holds."""

    folder: Path
    entries: int
    size: int
    """Bytes on disk."""


class AnswerCache(Answers):
    """The answers in a folder. Nothing is evicted unless the user sets a limit: they were paid for.

    Any number of processes may use it at once, on a disk of this machine.
    """

    def __init__(self, folder: Path, limit: int | None = None) -> None:
        """Open or make the cache.

        Args:
            folder: only its owner may enter it if it is made here.
            limit: bytes from which on the oldest answers make room for new ones; None for no limit.

        Raises:
            SetupError: the folder cannot be made or written.
        """
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._disk = DiskCache(
                str(folder),
                disk=_TextDisk,
                eviction_policy=_OLDEST_FIRST if limit else "none",
                size_limit=limit or _NO_LIMIT,
                cull_limit=_CULLED if limit else 0,
                timeout=30,
                sqlite_mmap_size=0,
                sqlite_cache_size=_PAGES,
            )
            self._claims = _Claims(folder / "claims")
        except (OSError, sqlite3.Error) as error:
            raise SetupError(
                f"the cache folder {str(folder)!r} cannot be used ({error}): free it, or name "
                "another with `EXTRACTOR_CACHE_DIR`"
            ) from error

    def get(self, key: str) -> Entry | None:
        """The entry under `key`; None where there is none or it cannot be read: that is a miss."""
        try:
            text = self._disk.get(key)
            return None if text is None else Entry.model_validate_json(text)
        except (OSError, sqlite3.Error, Timeout, ValueError, ValidationError):
            return None

    def put(self, key: str, entry: Entry) -> str | None:
        """Keep `entry`. Returns why it could not be kept, or None: an answer is no less true."""
        try:
            self._disk.set(key, entry.model_dump_json())
        except (OSError, sqlite3.Error, Timeout) as error:
            return f"the answer could not be kept in the cache: {error}"
        return None

    def claim(self, key: str) -> bool:
        """Whether no other process is asking for `key` now; then none will, until `release`."""
        return self._claims.take(key)

    def release(self, key: str) -> None:
        """Give a claim back. It goes with the process as well, however that ends."""
        self._claims.give_back(key)

    def stats(self) -> CacheStats:
        """What it holds."""
        return CacheStats(Path(self._disk.directory), len(self._disk), self._disk.volume())

    def prune(self, down_to: int) -> int:
        """Drop the oldest answers. They are paid for again if they are wanted again.

        Args:
            down_to: bytes that may stay.

        Returns:
            How many went.
        """
        self._disk.reset("eviction_policy", _OLDEST_FIRST)
        self._disk.reset("size_limit", down_to)
        return int(self._disk.cull())

    def clear(self) -> int:
        """Drop all answers; returns how many went."""
        return int(self._disk.clear())

    def close(self) -> None:
        """Close the database."""
        self._claims.close()
        self._disk.close()

"""Answers on disk, kept by all that can change them and by nothing else.

diskcache is quick and safe for several processes, but it unpickles what it reads, which lets a
tampered file run code (CVE-2025-69872). Here only text goes in and only text comes out.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from diskcache import Cache as DiskCache
from diskcache import Disk, Timeout
from diskcache.core import MODE_PICKLE, UNKNOWN
from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import SetupError
from extractor.result import Usage

KEY_FORMAT = 1
"""Raised when a key's parts change their meaning, so that no old answer is taken for a new one."""


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


def key_of(parts: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the canonical JSON of `parts`; the order of keys does not matter."""
    text = json.dumps(
        {"format": KEY_FORMAT, **parts}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Answers(Protocol):
    """Where a model's answers are kept."""

    def get(self, key: str) -> Entry | None:
        """The entry under `key`, or None where the model must be asked."""

    def put(self, key: str, entry: Entry) -> str | None:
        """Keep `entry`. Returns why it could not be kept, or None."""

    def close(self) -> None:
        """Finish."""


class AnswerCache(Answers):
    """The answers in a folder. Nothing is evicted: they were paid for."""

    def __init__(self, folder: Path) -> None:
        """Open or make the cache.

        Args:
            folder: only its owner may enter it if it is made here.

        Raises:
            SetupError: the folder cannot be made or written.
        """
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._disk = DiskCache(
                str(folder), disk=_TextDisk, eviction_policy="none", cull_limit=0, timeout=30
            )
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

    def close(self) -> None:
        """Close the database."""
        self._disk.close()

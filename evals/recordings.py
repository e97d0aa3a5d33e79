"""Recorded answers: what a real model said of each gold article, kept beside the gold.

One compressed file an article, `recordings/<model>/<id>.json.gz`, written by the program only. With
them an article is extracted again, and scored, without the model: the answers are found by the
extractor's own cache keys, so any change to a prompt, a schema, a profile or a text leaves requests
without a recording, and that is an error, never a guess.
"""

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import SetupError
from extractor.llm import Answers, Entry
from extractor.result import Usage


class NotRecordedError(SetupError):
    """A request has no recorded answer."""


class Recording(BaseModel):
    """All that a model said of one article."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    article: str
    model: str
    """What tells the model from any other: for the embedded one, its checksum."""
    base_url: str | None
    """The server, where it is named; part of the cache keys."""
    failed: str | None
    """Why the article failed for good, or None."""
    answers: dict[str, Entry]
    """By the extractor's cache keys."""

    @property
    def usage(self) -> Usage:
        """What the answers cost when they were asked for."""
        return sum((entry.usage for entry in self.answers.values()), Usage(cost_usd=0.0))


class Recorder(Answers):
    """The extractor's cache, taking down which answers each article used."""

    def __init__(self, cache: Answers) -> None:
        """Take down what passes to and from `cache`."""
        self._cache = cache
        self._taken: ContextVar[dict[str, Entry]] = ContextVar("taken")

    @contextmanager
    def article(self) -> Iterator[dict[str, Entry]]:
        """The answers used inside the block, by key; tasks begun there count as inside."""
        taken: dict[str, Entry] = {}
        token = self._taken.set(taken)
        try:
            yield taken
        finally:
            self._taken.reset(token)

    def get(self, key: str) -> Entry | None:
        """The cache's entry."""
        entry = self._cache.get(key)
        if entry:
            self._taken.get()[key] = entry
        return entry

    def put(self, key: str, entry: Entry) -> str | None:
        """Keep `entry` in the cache."""
        self._taken.get()[key] = entry
        return self._cache.put(key, entry)

    def claim(self, key: str) -> bool:
        """The cache's claim."""
        return self._cache.claim(key)

    def release(self, key: str) -> None:
        """Give it back."""
        self._cache.release(key)

    def close(self) -> None:
        """Close the cache."""
        self._cache.close()


class Replay(Answers):
    """Recorded answers in place of a cache: what is not recorded is an error."""

    def __init__(self, recordings: Mapping[str, Recording], remedy: str) -> None:
        """Answer from `recordings`.

        Args:
            recordings: by article.
            remedy: the command that records what is missing.
        """
        self._answers = {
            key: entry for one in recordings.values() for key, entry in one.answers.items()
        }
        self._remedy = remedy

    def get(self, key: str) -> Entry | None:
        """The recorded entry.

        Raises:
            NotRecordedError: there is none.
        """
        entry = self._answers.get(key)
        if entry is None:
            raise NotRecordedError(
                f"a request ({key[:12]}...) has no recorded answer: a prompt, a schema, a model "
                f"profile or an article has changed since it was recorded; record it with "
                f"`{self._remedy}`"
            )
        return entry

    def put(self, key: str, entry: Entry) -> str | None:
        """Never called: nothing is asked."""
        raise AssertionError(f"a replay asked a model: {key} {entry.usage}")

    def close(self) -> None:
        """Nothing."""


def write(recording: Recording, folder: Path) -> None:
    """Store a recording; the same one gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    ordered = recording.model_copy(update={"answers": dict(sorted(recording.answers.items()))})
    data = gzip.compress(ordered.model_dump_json(indent=1).encode(), compresslevel=9, mtime=0)
    part = folder / f"{recording.article}.part"
    part.write_bytes(data)
    part.replace(folder / f"{recording.article}.json.gz")


def read(folder: Path) -> dict[str, Recording]:
    """The recordings of a folder, by article.

    Raises:
        SetupError: a file cannot be read.
    """
    found: dict[str, Recording] = {}
    for path in sorted(folder.glob("*.json.gz")):
        try:
            recording = Recording.model_validate_json(gzip.decompress(path.read_bytes()))
        except (OSError, EOFError, ValidationError) as error:
            raise SetupError(
                f"{str(path)!r} is no recording ({type(error).__name__}): restore it from git"
            ) from error
        found[recording.article] = recording
    return found

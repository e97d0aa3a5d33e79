"""What a model's answer is read against: the numbered sentences it was shown.

A model points at sentences by number and repeats the article's words about time. Both mean
something only beside the article, so validation looks them up in the `Ground` of the moment.
It travels in a context variable because Instructor renders every message as a template as soon
as it is given a Pydantic context, and an article must never meet a template engine.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the article: `text == article[start:end]`, offsets in code points."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Ground:
    """The sentences a model may cite and the day its words about time count from."""

    sentences: Mapping[int, Passage] = field(default_factory=dict)
    """Sentence number, as the model was shown it, to the sentence."""
    published: date | None = None
    """The day the article carries, or None; relative dates then stay unresolved."""
    actors: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Actors that may be said by their names alone: kind, role and country are known here."""
    known: Mapping[str, Any] = field(default_factory=dict)
    """Fields of every record that are known and so were not asked."""


_EMPTY = Ground()
_ground: ContextVar[Ground] = ContextVar("ground", default=_EMPTY)


@contextmanager
def grounded_in(ground: Ground) -> Iterator[None]:
    """Read answers against `ground` inside the block, in this task or thread only."""
    token = _ground.set(ground)
    try:
        yield
    finally:
        _ground.reset(token)


def current_ground() -> Ground:
    """The ground of the enclosing `grounded_in`; outside of one, a ground without sentences."""
    return _ground.get()

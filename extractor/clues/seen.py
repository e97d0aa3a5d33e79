"""A sentence by itself, before those around it tell who speaks in it."""

from dataclasses import dataclass

from extractor.clues.placed import Placed
from extractor.clues.speech import Speech


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence by itself."""

    actors: tuple[Placed, ...]
    groups: tuple[Placed, ...]
    """Those who have no names: "three judges"."""
    speech: Speech
    goes_on: bool
    """A quotation is not over where it ends."""
    cues: frozenset[str]
    somewhere: bool
    surely: frozenset[str]
    unreal: bool
    answers: bool
    """It belongs to a paragraph that a dash opens: an answer in a dialogue."""

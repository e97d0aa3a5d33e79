"""Short articles, seen by code."""

from collections.abc import Sequence

from extractor.cast import Cast
from extractor.clues import Scene, Sight
from schemas.grounding import Passage


def look(language: str, *sentences: str, between: str = " ") -> Sequence[Sight]:
    """What code sees in each sentence of an article."""
    passages: list[Passage] = []
    start = 0
    for one in sentences:
        passages.append(Passage(start=start, end=start + len(one), text=one))
        start += len(one) + len(between)
    return Scene(between.join(sentences), passages, language, Cast(sentences, language)).sights


def speaker(sight: Sight) -> str | None:
    """The name of the one who speaks in a sentence."""
    return sight.speaker.name if sight.speaker else None

"""Who may have a part in an event that a sentence reports, for a model to choose from."""

from collections.abc import Sequence

from extractor.clues.draft import FAR, PAIR, actors_of, is_pair, office_holders, once
from extractor.clues.scene import Sight
from schemas import Actor

MOST = 9
"""Actors to choose from, at most: each has a number of one digit."""

_NEAR = 3
"""Sentences before one whose actors go first among those named before it."""

_GROUPS = 2
"""Sentences before one in which a group may have been named."""

_AFTER = 2
"""Sentences after one that may name whom it only calls by an office: "the two ministers met"."""


def candidates(sights: Sequence[Sight], at: int) -> list[Actor]:
    """Those of a sentence in their order, who speaks in it, those near it, and those before.

    A group is spoken of again as "they" or "the seven", soon or never.

    Args:
        sights: of all sentences of the article.
        at: which of them.
    """
    sight, far = sights[at], sights[max(0, at - FAR) : at][::-1]
    here = sorted([*sight.actors, *sight.groups], key=lambda one: one.start)
    speaker = [sight.speaker] if sight.speaker else []
    groups = (one for each in far[:_GROUPS] for one in each.groups)
    near = actors_of([*(one for each in far[:_NEAR] for one in each.actors), *groups])
    before = actors_of(one for each in far for one in each.actors)
    later = actors_of(one for each in sights[at + 1 : at + 1 + _AFTER] for one in each.actors)
    after = (one for one in later if one.kind == "person")
    return once([*actors_of(here), *speaker, *near, *pair_before(far), *after, *before])[:MOST]


def described(actor: Actor) -> str:
    """An actor with the office, if it has one, as a model is shown it."""
    return f"{actor.name}, {actor.role}" if actor.role not in {None, actor.name} else actor.name


def pair_before(earlier: Sequence[Sight]) -> list[Actor]:
    """The two of two states whom the first of these sentences names that names such."""
    for sight in earlier:
        persons = office_holders(actors_of(sight.actors))
        if is_pair(persons):
            return persons
        states = [one.actor for one in sight.actors if not (one.adjective or one.where)]
        met = once(one for one in states if one.kind == "country")
        if "meeting" in sight.surely and not persons and len(met) == PAIR:
            return met
    return []

"""Whether two actors are one: what the scorer takes for a right name."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from rapidfuzz.fuzz import ratio, token_sort_ratio

from evals.align import aligned
from evals.labels import GoldActor
from schemas import Actor
from schemas.countries import alpha3

RIGHT = 1.0
SHORT = 0.8
"""A person's surname alone where the article has the full name, or the other way round."""
STANDS_FOR = 0.6
"""A state for one who acts for it, or the other way round: "Iran" for "President of Iran"."""

SPELLING, WORD = 90, 85
"""Ratios of rapidfuzz, 0 to 100, from which two spellings are one name: of the whole, and of each
word. Transliterations of one full name lie at 90 and more; the bound on the word keeps a right
first name from covering for a wrong surname. Names of countries are never compared so: Iran is not
Iraq."""

_MUTE = re.compile(r"(?<=\b\w)\.|['\u2019]s\b")

_SMALL = frozenset(("the", "of", "for"))
"""Words that say nothing in the name of a body: "Ministry of Defence of Chad", "Chad's ..."."""

SAME = 0.75
"""Likeness from which a single actor counts as found: all but one who merely stands for it."""


def likeness(gold: GoldActor, actor: Actor) -> float:
    """How far `actor` is the one labelled: `RIGHT`, `SHORT`, `STANDS_FOR` or 0."""
    if gold.kind == "country" or actor.kind == "country":
        return _state_likeness(gold, actor)
    return max(_name_likeness(name, actor.name, gold.kind == "person") for name in gold.name)


def _state_likeness(gold: GoldActor, actor: Actor) -> float:
    labelled, given = (
        {alpha3(name, seats=False) for name in gold.name} - {None},
        alpha3(actor.name, seats=False),
    )
    if given in labelled or folded(actor.name) in {folded(name) for name in gold.name}:
        return RIGHT
    if gold.kind != "country":
        return STANDS_FOR if given and given == gold.country else 0.0
    codes = {*labelled, gold.country} - {None}
    return STANDS_FOR if actor.kind != "country" and actor.country in codes else 0.0


@cache
def _name_likeness(labelled: str, given: str, is_person: bool) -> float:
    mine, theirs = folded(labelled), folded(given)
    if not is_person:
        mine, theirs = (
            " ".join(w for w in name.split() if w not in _SMALL) for name in (mine, theirs)
        )
    if _is_spelling(mine, theirs):
        return RIGHT
    if not is_person:
        return 0.0
    short, full = sorted((mine.split(), theirs.split()), key=len)
    alone = len(short) == 1 and len(full) > 1
    return SHORT if alone and token_sort_ratio(short[0], full[-1]) >= SPELLING else 0.0


def _is_spelling(mine: str, theirs: str) -> bool:
    words, others = mine.split(), theirs.split()
    return token_sort_ratio(mine, theirs) >= SPELLING and all(
        max(ratio(word, other) for other in others) >= WORD for word in words
    )


@cache
def folded(text: str) -> str:
    """Small letters and digits only, words divided by one blank.

    Accents, the dots of abbreviations and a possessive's "s" are left out: "U.N." is "un".
    """
    plain = _MUTE.sub("", unicodedata.normalize("NFKD", text.casefold()))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in letters).split())


def matches(gold: Sequence[GoldActor], actors: Sequence[Actor]) -> list[tuple[int, int, float]]:
    """The best one-to-one matching of two lists: index, index, likeness, without pairs of 0."""
    return aligned([[likeness(one, other) for other in actors] for one in gold])


def overlap(gold: Sequence[GoldActor], actors: Sequence[Actor]) -> float:
    """How far two lists of actors are one, 0 to 1: their F1, each match counting its likeness."""
    matched = sum(like for _, _, like in matches(gold, actors))
    return 2 * matched / (len(gold) + len(actors))

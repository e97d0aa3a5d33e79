"""Whom a sentence means that names nobody: "the two", "her office", "the diplomat", "he"."""

import re
from collections import Counter
from collections.abc import Sequence

from extractor.clues.gender import is_man, is_woman
from extractor.clues.houses import called
from extractor.clues.placed import made
from extractor.clues.seen import Seen
from extractor.clues.speech import Meant, Speech
from schemas import Actor


def told_elsewhere(
    said: Speech,
    seen: Sequence[Seen],
    at: int,
    last: Actor | None,
    spoke: Counter[str],
) -> Actor | None:
    """Who speaks in a sentence that has only a word for him: "the ministry", "the diplomat".

    Args:
        said: what the sentence shows of somebody's words.
        seen: the sentences of the article.
        at: which of them it is.
        last: who spoke before.
        spoke: how often each has spoken so far, by name.

    Returns:
        None where it has no such word, or nobody it can mean.
    """
    meant = said.meant
    found = _referred(meant, seen[:at], last)
    if found is None and meant.cabinet:
        found = next(iter(_states(seen[at], seen[:at])), None)
    if found is None and meant.noun:
        found = _called(meant, seen[: at + 1], last, spoke)
        if found is None or not _can_be_called(found, meant.noun):
            found = _spokesman(meant.noun, seen[at + 1 :]) or found
    return found or (_subject(said) if meant.she is not None else None)


def _referred(said: Meant, before: Sequence[Seen], last: Actor | None) -> Actor | None:
    """Those whom "the two" in a joint statement are, or the house that "the ministry" is."""
    actors = [one.actor for seen in reversed(before) for one in reversed(seen.actors)]
    if said.own:
        return _own(said.own, said.owner or last)
    if said.bloc:
        bodies = [one for one in actors if one.kind == "organization" and not one.country]
        return next(iter(bodies), None)
    if said.house:
        houses = [one for one in actors if one.kind == "organization" and one.country]
        return last if last and last.kind == "organization" else next(iter(houses), None)
    if said.colleague:
        others = [one for one in actors if one.kind == "person" and not (last and one == last)]
        return next(iter(others), None) if last else None
    return _joint(said.joint, actors, None if said.states else last, said) if said.joint else None


def _states(seen: Seen, before: Sequence[Seen]) -> list[Actor]:
    """The states a sentence tells of, then the last of those before."""
    here = [one.actor for one in seen.actors if one.actor.kind == "country"]
    earlier = [one.actor for each in reversed(before) for one in each.actors]
    return [*here, *(one for one in earlier if one.kind == "country")]


def _called(
    said: Meant, seen: Sequence[Seen], last: Actor | None, spoke: Counter[str]
) -> Actor | None:
    """Who "the diplomat" is: who spoke last or was named last with such an office.

    If nobody has it, the one who speaks most.
    """
    persons = [
        one.actor
        for each in reversed(seen)
        for one in reversed(each.actors)
        if one.actor.kind == "person"
    ]
    known = [last] if last and last.kind == "person" else []
    women = [one for one in (*known, *persons) if not said.she or is_woman(one)]
    fits = next((one for one in women if _can_be_called(one, said.noun)), None)
    named = [one for one in women if one.name != one.role]
    return fits or max(named or known, key=lambda one: spoke[one.name], default=None)


def _spokesman(noun: str, later: Sequence[Seen]) -> Actor | None:
    """The only spokesman of the sentences after one in which he has no name yet."""
    if not noun.casefold().startswith("spokes"):
        return None
    named = {
        one.actor.name: one.actor
        for seen in later
        for one in seen.actors
        if "spokes" in (one.actor.role or "").casefold() and one.actor.name != one.actor.role
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _can_be_called(actor: Actor, noun: str) -> bool:
    """Whether somebody's office can be meant by a noun."""
    if noun.isupper() and len(noun) == _CODE:
        return actor.country == noun
    role = (actor.role or "").casefold()
    word = noun.casefold()
    if word == "diplomat" or word.startswith("дипломат"):
        return bool(_DIPLOMAT.search(role))
    if word.startswith(("spokes", "говорител", "представител")):
        return "spokes" in role or "representative" in role
    return word.split()[-1] in role


_CODE = 3
"""Letters of the code of a state, which a noun for its people stands for."""

_DIPLOMAT = re.compile(r"foreign|ambassador|envoy|representative|consul|charge|secretary|spokes")
"""Offices whose holders are called diplomats."""


def _subject(said: Speech) -> Actor | None:
    """Who "he" is where the sentence has a subject before: "Berg denies it: it fell, he says"."""
    subject = said.subject
    if (
        subject is None
        or not said.meant.twice
        or subject.name not in {one.name for one in said.meant.ahead}
    ):
        return None
    other = is_man(subject) if said.meant.she else is_woman(subject)
    return None if other else subject


def fitting(last: Actor | None, said: Meant, before: Sequence[Seen]) -> Actor | None:
    """Who spoke before, or the last other one where his given name is none of a woman, or hers.

    Args:
        last: who spoke before, or whom the sentence before is about.
        said: what the sentence has of him: "he" or "she".
        before: the sentences before it.
    """
    she = bool(said.she)
    if last is None:
        return None
    other = is_man(last) if she else is_woman(last)
    woman = _woman_near(said, before) if she and not is_woman(last) else None
    if last.kind == "person" and not other:
        return woman or last
    persons = [
        *said.ahead,
        *(one.actor for seen in reversed(before) for one in reversed(seen.actors)),
    ]
    fits = (one for one in persons if one.kind == "person" and one.name != one.role)
    return next((one for one in fits if is_woman(one) == she), last)


def _woman_near(said: Meant, before: Sequence[Seen]) -> Actor | None:
    """The last whose given name is a woman's, in the sentence and the one before."""
    persons = [*said.ahead, *(one.actor for seen in before[-1:] for one in reversed(seen.actors))]
    return next((one for one in persons if one.kind == "person" and is_woman(one)), None)


def _own(house: str, owner: Actor | None) -> Actor | None:
    """The house of the one who spoke before: "her office"."""
    if owner is None or owner.kind == "group":
        return None
    return made(called(house, owner), "organization", None, owner.country)


def _joint(number: int, actors: Sequence[Actor], last: Actor | None, said: Meant) -> Actor | None:
    """So many who were said before, the nearest first; the group that spoke last, if one did."""
    if last and last.kind == "group":
        return last
    kind = "country" if said.states else "person"
    named = dict.fromkeys(one.name for one in actors if one.kind == kind)
    names = list(named)[:number][::-1]
    if len(names) < number:
        return None
    return Actor(
        name=f"{', '.join(names[:-1])} and {names[-1]}", kind="group", role=None, country=None
    )

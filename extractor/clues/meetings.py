"""Who met, as far as code can tell."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.cast.cast import with_article
from extractor.clues.draft import (
    MOST,
    OPTIONS,
    PAIR,
    Draft,
    Sentence,
    between,
    can_meet,
    is_pair,
    office_holders,
    once,
    speaks_for_others,
    state_of,
    text,
)
from extractor.clues.groups import is_target
from extractor.clues.lists import cue
from schemas import Actor
from schemas.bodies import body

_FEW = 4
"""Persons whom a sentence names that all take part: more may only be spoken of."""


def participants(made: Draft, seen: Sentence) -> bool:
    """Put into `made` who met, as far as it is known; False where nobody can have."""
    if seen.pair and cue("goes_on", seen.language).match(seen.sentence):
        made.choose("participants", seen.pair, least=PAIR, most=PAIR)
        return True
    persons = _without_teller(office_holders(seen.here), seen)
    most = MOST
    crowd = (_crowd(seen) or _who_gather(seen)) if not persons else None
    if crowd:
        made.actors[crowd.name] = crowd
        made.known["participants"] = [crowd.name]
        return True
    two = _office_of_two(seen) or _between(seen) if len(persons) < PAIR else []
    pair = _summoned(seen) or two or _pronoun_and_one(persons, seen) or _visit(persons, seen)
    pair = pair or _guest_and_host(persons, seen) or _received(persons, seen)
    pair = pair or _with_crowd(persons, seen)
    if pair:
        persons = pair
    elif is_pair(persons):
        pass
    elif len([one for one in persons if one.name != one.role]) < 2:
        most, persons = 2, _company(persons, seen)
    if len(persons) < 2:
        crowd = _of_two_states(seen) or _talkers(seen)
        if crowd is None:
            return False
        made.actors[crowd.name] = crowd
        made.known["participants"] = [crowd.name]
        return True
    least = 2
    if all(one.kind != "person" for one in persons):  # the states that a sentence names meet
        least, most = min(len(persons), MOST), MOST
    elif not pair and most > PAIR and len(persons) <= _FEW:
        least = len(persons)  # the sentence names them all, each with an office or a state
    made.choose("participants", persons[:OPTIONS], least=least, most=most)
    return True


def can_have_met(actors: Sequence[Actor]) -> bool:
    """Whether these are two sides, or one that is many; somebody and his state are one."""
    own = {one.country for one in actors if one.kind == "person"}
    sides = [one for one in actors if one.kind != "country" or one.country not in own]
    return len(sides) > 1 or any(one.kind in {"group", "organization"} for one in sides)


def scene(made: Draft, seen: Sentence) -> None:
    """Put into `made` what a meeting was about, where and at what occasion."""
    made.fields["topics"] = {"type": "array", "items": text(40), "maxItems": 1}
    if cue("occasion", seen.language).search(seen.sentence):
        made.fields["occasion"] = {"anyOf": [text(50), {"type": "null"}]}
    else:
        made.known["occasion"] = None
    if seen.sight.somewhere:
        made.fields["place"] = {"anyOf": [text(50), {"type": "null"}]}
    else:
        made.known["place"] = None


def _crowd(seen: Sentence) -> Actor | None:
    """Many of a body who meet without names: "African Union leaders"."""
    found = cue("gathering", seen.language).search(seen.sentence)
    bodies = [one for one in seen.all if one.kind == "organization" and body(one.name)]
    of_bloc = cue("the_bloc", seen.language).search(seen.sentence)
    if of_bloc or (not seen.here and not seen.adjectives):
        bodies += [one for one in seen.earlier if one.kind == "organization" and body(one.name)]
    if found is None or not bodies:
        return None
    word = found[0].casefold()
    kind = next((english for english, words in _CROWDS.items() if words.search(word)), "leaders")
    return Actor(name=f"{bodies[0].name} {kind}", kind="group", role=None, country=None)


def _with_crowd(persons: Sequence[Actor], seen: Sentence) -> list[Actor]:
    """One person and those of a body without names whom he meets: "EU leaders met Anna Berg"."""
    crowd = _crowd(seen) or _talkers(seen) if len(persons) == 1 else None
    teller = seen.sight.speech.speaker
    tells = teller is not None and persons and persons[0].is_same(teller)
    alone = all(one.kind == "person" or one.name not in _own(crowd, seen) for one in seen.here)
    return [persons[0], crowd] if crowd and not tells and alone else []


def _own(crowd: Actor | None, seen: Sentence) -> set[str]:
    """The states and bodies of a sentence that have no part in the name of a group in it."""
    name = crowd.name if crowd else ""
    return {one.name for one in seen.here if one.name not in name and can_meet(one)}


def _talkers(seen: Sentence) -> Actor | None:
    """The group of a sentence that may take part in talks, if there is only one."""
    groups = once(one.actor for one in seen.sight.groups if not is_target(one.actor))
    told = [one for one in groups if len(one.name.split()) > 1 and not _COUNTED.fullmatch(one.name)]
    return told[0] if len(told) == 1 else None


def _between(seen: Sentence) -> list[Actor]:
    """The two of "talks between Norway and Chad", if both can talk."""
    two = between(seen)
    return two if all(one.kind == "person" or can_meet(one) for one in two) else []


def _office_of_two(seen: Sentence) -> list[Actor]:
    """Those who hold an office of two states: "the Thai and Cambodian prime ministers"."""
    said = cue("colleagues", seen.language).search(seen.sentence)
    states = [one for one in seen.sight.actors if one.actor.kind == "country" and not one.where]
    pair = next((two for two in pairwise(states) if two[1].joined and two[0].word != ","), None)
    if pair and cue("teams", seen.language).search(seen.sentence):
        return [one.actor for one in pair]
    if said is None or pair is None or said[0].casefold() == "leaders":
        return []
    role = said[0].removesuffix("s").title()
    offices = [f"{role} of {with_article(one.actor.country or one.actor.name)}" for one in pair]
    named = (one for one in [*seen.later, *seen.people] if one.name != one.role)
    persons = {one.role: one for one in named if one.role in offices}
    return [
        persons.get(office, one.actor)
        if persons
        else Actor(name=office, kind="person", role=office, country=one.actor.country)
        for one, office in zip(pair, offices, strict=True)
    ]


def _who_gather(seen: Sentence) -> Actor | None:
    """The group whose meeting an English sentence tells of: "a meeting of the navy chiefs"."""
    group = _talkers(seen)
    words = re.escape(group.name) if group else r"(?!)"
    told = re.search(rf"\b(?:meeting|talks|summit|gathering) of (?:the )?{words}", seen.sentence)
    return group if told else None


_COUNTED = re.compile(
    r"(?:two|three|four|both) (?:foreign |prime )?(?:leader|minister|delegation)s"
)
"""Those who were named before, and are only counted."""


def _of_two_states(seen: Sentence) -> Actor | None:
    """Those of one office of the two states named before: "the two foreign ministers"."""
    said = cue("two_of_office", seen.language).search(seen.sentence)
    named = once(one for one in [*seen.before, *seen.earlier] if one.kind == "country")
    if said is None or len(named) < PAIR:
        return None
    office = said[0].split(maxsplit=1)[1].casefold()
    first, second = (one.name for one in named[:PAIR])
    return Actor(name=f"{office} of {first} and {second}", kind="group", role=None, country=None)


def _guest_and_host(persons: Sequence[Actor], seen: Sentence) -> list[Actor]:
    """The guest who was named before, and the only person whom a sentence names."""
    if len(persons) != 1 or not cue("guest", seen.language).search(seen.sentence):
        return []
    own = persons[0].country
    if own is None:
        return []
    fits = (one for one in seen.people if one.role and one.country and one.country != own)
    guest = next((one for one in fits if not speaks_for_others(one)), None)
    return [persons[0], guest] if guest and not guest.is_same(persons[0]) else []


def _received(persons: Sequence[Actor], seen: Sentence) -> list[Actor]:
    """The only state that a sentence names as somebody, and the person whom it receives."""
    if len(persons) != 1 or not cue("received", seen.language).search(seen.sentence):
        return []
    hosts = [one for one in seen.here if one.kind == "country" and one not in seen.adjectives]
    own = persons[0].country
    return [hosts[0], persons[0]] if len(hosts) == 1 and hosts[0].country != own else []


_CROWDS = {
    "foreign ministers": re.compile("foreign|иностранн|мид|външн"),
    "defence ministers": re.compile("defen|оборон|отбран"),
    "finance ministers": re.compile("financ|финанс"),
}


def _summoned(seen: Sentence) -> list[Actor]:
    """An envoy and the ministry that calls him in, or the state that it is of."""
    if not cue("summons", seen.language).search(seen.sentence):
        return []
    envoys = [one for one in seen.all if one.kind == "person" and _ENVOY.match(one.role or "")]
    houses = [one for one in seen.all if one.kind != "person" and one.country]
    houses = [one for one in houses if envoys and one.country != envoys[0].country]
    if envoys and not houses:  # the ministry whose statement it is
        houses = [one for one in seen.earlier if one.country not in {None, envoys[0].country}]
    houses.sort(key=lambda one: one.kind != "organization")
    return [houses[0], envoys[0]] if houses else []


_ENVOY = re.compile(r"(?:ambassador|charge|envoy|consul|diplomat)", re.IGNORECASE)


def _visit(persons: Sequence[Actor], seen: Sentence) -> list[Actor]:
    """Somebody who visits a state, and the state, where nobody there is named."""
    if len(persons) != 1 or not cue("visit", seen.language).search(seen.sentence):
        return []
    states = [
        one for one in seen.all if one.kind == "country" and one.country != persons[0].country
    ]
    hosts = [one for one in states if one.name not in {other.name for other in seen.adjectives}]
    return [persons[0], hosts[0]] if len(hosts) == 1 and not seen.sight.speech.meant.noun else []


def _pair_before(seen: Sentence) -> list[Actor]:
    """The two of two states who were named together last, where "the two" meet again."""
    counted = cue("both", seen.language).search(seen.sentence)
    again = cue("again", seen.language).search(seen.sentence)
    return list(seen.pair) if counted or again else []


def _without_teller(persons: list[Actor], seen: Sentence) -> list[Actor]:
    """Those who met, without the one who only tells of it at the end: "..., said Berg"."""
    teller = seen.sight.speech.speaker
    told = len(persons) > PAIR and teller is not None and persons[-1].is_same(teller)
    return persons[:-1] if told else persons


def _pronoun_and_one(persons: Sequence[Actor], seen: Sentence) -> list[Actor]:
    """The two who met where one of them is "she": the speaker before, or else the first named."""
    subject = cue("pronoun", seen.language).search(seen.sentence)
    if seen.sight.speech.quotes:
        subject = subject or cue("first_person", seen.language).search(seen.sentence)
    speaker = seen.sight.speaker or next(iter(seen.people), None)
    if not 0 < len(persons) < _FEW or not subject or speaker is None or speaker.kind != "person":
        return []
    if speaks_for_others(speaker):  # his state meets
        own = state_of(speaker)
        return [own, persons[0]] if own.country not in {None, persons[0].country} else []
    others = len(persons) == 1 or _HE_MET.search(seen.sentence)
    same = any(speaker.is_same(one) for one in persons)
    return [] if same or not others else [speaker, *persons]


_HE_MET = re.compile(
    r"(?<!\w)(?:he|she|он|она|той|тя) (?:also )?(?:се )?(?:met|встретил|срещна)", re.IGNORECASE
)
"""How a sentence tells that "he" met all who are named in it."""


def _company(persons: Sequence[Actor], seen: Sentence) -> list[Actor]:
    """Those who may have met where the sentence names one person at most: states, those before."""
    states = [one for one in seen.here if can_meet(one)]
    if not persons and len(states) > 1 and not cue("pronoun", seen.language).search(seen.sentence):
        return states
    if not persons and (two := _two_before(seen, states)):
        return two
    if not persons and not states and (two := _pair_before(seen)):
        return two
    speaker = seen.sight.speaker
    if not persons and len(states) == 1 and speaker and speaks_for_others(speaker):
        own = state_of(speaker)
        return [own, states[0]] if own.country not in {None, states[0].country} else []
    said = office_holders([speaker] if speaker else [])
    near = [one for one in persons if one.role]
    others = [one for one in persons if not one.role]
    met = once([*near, *said, *office_holders(seen.before), *others])
    if len(met) < 2:
        states += [one for one in seen.adjectives if can_meet(one)]
    elif not persons:
        return met
    spoken_for = {one.country for one in persons}
    return once([*met, *(one for one in states if one.country not in spoken_for)])


def _two_before(seen: Sentence, states: Sequence[Actor]) -> list[Actor]:
    """The two who were named before, where a sentence counts them: "the two presidents"."""
    several = cue("two_states", seen.language).search(seen.sentence)
    if not (several or cue("both", seen.language).search(seen.sentence)):
        return []
    for heads, role in (
        ("presidents", _PRESIDENT),
        ("heads", _HEAD),
        ("ministers", _MINISTER),
    ):
        if cue(heads, seen.language).search(seen.sentence):
            fits = [one for one in seen.people if one.role and role.match(one.role)]
            own = {one.country for one in seen.all if one.kind == "country"}
            later = [one for one in seen.later if one.role and role.match(one.role)]
            of_states = {one.country: one for one in reversed(later) if one.country in own}
            if len(fits) >= PAIR or len(of_states) >= PAIR:
                return (fits if len(fits) >= PAIR else list(of_states.values()))[:PAIR]
    named = once(one for one in [*seen.before, *seen.earlier] if one.kind == "country")
    return named[:PAIR] if several and not states and len(named) >= PAIR else []


_HEAD = re.compile(r"(?:president|prime minister|king|queen|emir|chancellor)\b", re.IGNORECASE)
_PRESIDENT = re.compile(r"president\b", re.IGNORECASE)
_MINISTER = re.compile(r"(?:\w+ )?minister\b", re.IGNORECASE)

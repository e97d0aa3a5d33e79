"""What is known of a record before a small model is asked for it, and what it may choose from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, get_args

from extractor.cast.spelling import transliterated
from extractor.clues.houses import is_of_state
from extractor.clues.lists import cue
from extractor.clues.placed import Placed
from extractor.clues.scene import Sight
from extractor.clues.times import times
from schemas import Actor
from schemas.bodies import body
from schemas.countries import english
from schemas.sanction import Measure
from schemas.values import ENGLISH

_MOST = 5
"""Actors in a list, at most."""

_PAIR, _FEW = 2, 4
"""Persons whom a sentence names that all take part: more may only be spoken of."""

_OPTIONS = 8
"""Actors to choose from, at most."""


_FAR = 50
"""Sentences before one in which a party or an imposer may have been named, at most."""


@dataclass(slots=True)
class Draft:
    """One record to be asked for."""

    actors: dict[str, Actor] = field(default_factory=dict)
    """Those the model may name, by their names."""
    fields: dict[str, Any] = field(default_factory=dict)
    """JSON schemas in place of those of the fields."""
    known: dict[str, Any] = field(default_factory=dict)
    """Fields that are not asked."""

    def choose(self, name: str, options: Sequence[Actor], *, least: int, most: int) -> None:
        """Leave a list of actors to the model; one that can only be all of them is known."""
        self.actors |= {one.name: one for one in options}
        names = [one.name for one in options]
        if len(names) <= least:
            self.known[name] = names
            return
        self.fields[name] = {
            "type": "array",
            "items": {"type": "string", "enum": names},
            "minItems": least,
            "maxItems": min(len(names), most),
        }


@dataclass(frozen=True, slots=True)
class _Seen:
    """A sentence and the actors in and before it."""

    sentence: str
    language: str | None
    sight: Sight
    here: list[Actor]
    adjectives: list[Actor]
    all: list[Actor]
    """Every actor of the sentence, places as well."""
    before: list[Actor]
    """Those of the two sentences before, the nearest first."""
    people: list[Actor]
    """Persons of the sentences before, the nearest first."""
    later: list[Actor]
    """Persons of the sentences after it."""
    earlier: list[Actor]
    """Countries and bodies of the sentences before, the nearest first."""
    outlet: str | None
    imposer: Actor | None
    """Who takes the measures that the sentence tells of."""


def draft(
    type_: str, sights: Sequence[Sight], at: int, sentence: str, language: str | None
) -> Draft | None:
    """What is known of a record of a type in one sentence; None where it can have no actors.

    Args:
        type_: what the schemas call it.
        sights: of all sentences of the article.
        at: which of them.
        sentence: its text.
        language: ISO 639-1 code of the article.
    """
    made = Draft(known={"evidence": [1]})
    phrases = times(sentence)
    if phrases:
        made.fields["date"] = {"enum": [*phrases, None]}
    else:
        made.known["date"] = None
    outlet = cue("outlet", language).search(sentence)
    sight, far = sights[at], sights[max(0, at - _FAR) : at][::-1]
    seen = _Seen(
        sentence=sentence,
        language=language,
        sight=sight,
        here=_actors(one for one in sight.actors if not one.adjective and not one.where),
        adjectives=_actors(one for one in sight.actors if one.adjective),
        all=_actors(sight.actors),
        before=_actors(
            one for near in reversed(sights[max(0, at - 2) : at]) for one in near.actors
        ),
        people=_actors(one for near in far for one in near.actors if one.actor.kind == "person"),
        later=_actors(
            one for near in sights[at + 1 : at + _FAR] for one in near.actors if one.actor.role
        ),
        earlier=_houses(_actors(one for near in far for one in near.actors if not one.where)),
        imposer=_imposer(sights, at),
        outlet=transliterated(outlet[0], language) if outlet else None,
    )
    return made if _DRAFTS[type_](made, seen) else None


def _actors(placed: Iterable[Placed]) -> list[Actor]:
    """The actors, each once, without news agencies and the names of treaties."""
    return _once(one.actor for one in placed if not _is_no_party(one.actor))


def _is_no_party(actor: Actor) -> bool:
    if actor.kind != "organization" or actor.country or body(actor.name):
        return False
    return bool(cue("outlet", "en").fullmatch(actor.name) or _INSTRUMENT.match(actor.name))


_INSTRUMENT = re.compile(
    r"(?:dogovor|soglash|memorandum|protokol|konven|deklara|treaty|pact)", re.IGNORECASE
)


def _office_holders(actors: Iterable[Actor]) -> list[Actor]:
    """The persons, those with an office only, if there are two of them."""
    persons = [one for one in actors if one.kind == "person" and not _speaks_for_others(one)]
    named = [one for one in persons if one.name != one.role]
    if len(named) > 1:
        persons = named
    holders = [one for one in persons if one.role or one.country]
    return holders if len(holders) > 1 else persons


def _speaks_for_others(actor: Actor) -> bool:
    return bool(actor.role and _SPOKESMAN.match(actor.role))


_SPOKESMAN = re.compile(r"(?:deputy )?(?:spokes|press secretary)", re.IGNORECASE)


def _houses(actors: Iterable[Actor]) -> list[Actor]:
    return [one for one in actors if one.kind in {"country", "organization"}]


def _statement(made: Draft, seen: _Seen) -> bool:
    speaker = seen.sight.speaker
    if seen.sight.speech.stranger and not speaker:
        return False
    made.known["direct"] = seen.sight.speech.quotes
    made.known["via"] = seen.outlet
    made.fields["content"] = _text(120)
    if seen.sight.speech.act:
        made.known["act"] = seen.sight.speech.act
    if speaker:
        made.actors[speaker.name] = speaker
        made.known["speaker"] = speaker.name
    else:
        options = _once([*seen.here, *seen.before])[:_OPTIONS]
        if not options:
            return False
        made.actors |= {one.name: one for one in options}
        made.fields["speaker"] = {"enum": [one.name for one in options]}
    addressee = seen.sight.speech.addressee
    if addressee:
        made.actors[addressee.name] = addressee
    made.known["addressee"] = addressee.name if addressee else None
    return True


def _meeting(made: Draft, seen: _Seen) -> bool:
    persons = _without_teller(_office_holders(seen.here), seen)
    most = _MOST
    crowd = _crowd(seen) if not persons else None
    if crowd:
        made.actors[crowd.name] = crowd
        made.known["participants"] = [crowd.name]
        return _scene(made, seen)
    pair = _summoned(seen) or _pronoun_and_one(persons, seen)
    if pair:
        persons = pair
    elif _is_pair(persons):
        pass
    elif len([one for one in persons if one.name != one.role]) < 2:
        most, persons = 2, _company(persons, seen)
    if len(persons) < 2:
        return False
    least = 2
    if all(one.kind != "person" for one in persons):  # the states that a sentence names meet
        least, most = min(len(persons), _MOST), _MOST
    elif not pair and most > _PAIR and len(persons) <= _FEW:
        least = len(persons)  # the sentence names them all, each with an office or a state
    made.choose("participants", persons[:_OPTIONS], least=least, most=most)
    return _scene(made, seen)


def _scene(made: Draft, seen: _Seen) -> bool:
    """What a meeting was about, where and at what occasion."""
    made.fields["topics"] = {"type": "array", "items": _text(40), "maxItems": 1}
    if cue("occasion", seen.language).search(seen.sentence):
        made.fields["occasion"] = {"anyOf": [_text(50), {"type": "null"}]}
    else:
        made.known["occasion"] = None
    if seen.sight.somewhere:
        made.fields["place"] = {"anyOf": [_text(50), {"type": "null"}]}
    else:
        made.known["place"] = None
    return True


def _crowd(seen: _Seen) -> Actor | None:
    """Many of a body who meet without names: "African Union leaders"."""
    found = cue("gathering", seen.language).search(seen.sentence)
    bodies = [one for one in seen.all if one.kind == "organization" and body(one.name)]
    if not seen.here and not seen.adjectives:
        bodies += [one for one in seen.earlier if one.kind == "organization" and body(one.name)]
    if found is None or not bodies:
        return None
    word = found[0].casefold()
    kind = next((english for english, words in _CROWDS.items() if words.search(word)), "leaders")
    return Actor(name=f"{bodies[0].name} {kind}", kind="group", role=None, country=None)


_CROWDS = {
    "foreign ministers": re.compile("foreign|иностранн|мид|външн"),
    "defence ministers": re.compile("defen|оборон|отбран"),
    "finance ministers": re.compile("financ|финанс"),
}


def _summoned(seen: _Seen) -> list[Actor]:
    """An envoy and the ministry that calls him in, or the state that it is of."""
    if not cue("summons", seen.language).search(seen.sentence):
        return []
    envoys = [one for one in seen.all if one.kind == "person" and _ENVOY.match(one.role or "")]
    houses = [one for one in seen.all if one.kind != "person" and one.country]
    houses = [one for one in houses if envoys and one.country != envoys[0].country]
    houses.sort(key=lambda one: one.kind != "organization")
    return [houses[0], envoys[0]] if houses else []


_ENVOY = re.compile(r"(?:ambassador|charge|envoy|consul|diplomat)", re.IGNORECASE)


def _is_pair(persons: Sequence[Actor]) -> bool:
    """Whether two hold offices of two states, be they named or not."""
    return (
        len(persons) == _PAIR
        and None not in {one.role for one in persons}
        and (len({one.country for one in persons}) == _PAIR)
    )


def _without_teller(persons: list[Actor], seen: _Seen) -> list[Actor]:
    """Those who met, without the one who only tells of it at the end: "..., said Berg"."""
    teller = seen.sight.speech.speaker
    told = len(persons) > _PAIR and teller is not None and persons[-1].is_same(teller)
    return persons[:-1] if told else persons


def _pronoun_and_one(persons: Sequence[Actor], seen: _Seen) -> list[Actor]:
    """The two who met where one of them is "she": the speaker before, or else the first named."""
    subject = cue("pronoun", seen.language).search(seen.sentence)
    speaker = seen.sight.speaker
    if not 0 < len(persons) < _FEW or not subject or speaker is None or speaker.kind != "person":
        return []
    others = len(persons) == 1 or _HE_MET.search(seen.sentence)
    same = any(speaker.is_same(one) for one in persons)
    return [] if same or not others else [speaker, *persons]


_HE_MET = re.compile(
    r"(?<!\w)(?:he|she|он|она|той|тя) (?:also )?(?:се )?(?:met|встретил|срещна)", re.I
)
"""How a sentence tells that "he" met all who are named in it."""


def _company(persons: Sequence[Actor], seen: _Seen) -> list[Actor]:
    """Those who may have met where the sentence names one person at most: states, those before."""
    states = [one for one in seen.here if _can_meet(one)]
    if not persons and len(states) > 1 and not cue("pronoun", seen.language).search(seen.sentence):
        return states
    if not persons and (two := _two_before(seen, states)):
        return two
    speaker = seen.sight.speaker
    if not persons and len(states) == 1 and speaker and _speaks_for_others(speaker):
        own = _state(speaker)
        return [own, states[0]] if own.country not in {None, states[0].country} else []
    said = _office_holders([speaker] if speaker else [])
    near = [one for one in persons if one.role]
    others = [one for one in persons if not one.role]
    met = _once([*near, *said, *_office_holders(seen.before), *others])
    if len(met) < 2:
        states += [one for one in seen.adjectives if _can_meet(one)]
    elif not persons:
        return met
    spoken_for = {one.country for one in persons}
    return _once([*met, *(one for one in states if one.country not in spoken_for)])


def _two_before(seen: _Seen, states: Sequence[Actor]) -> list[Actor]:
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
            if len(fits) >= _PAIR or len(of_states) >= _PAIR:
                return (fits if len(fits) >= _PAIR else list(of_states.values()))[:_PAIR]
    named = _once(one for one in [*seen.before, *seen.earlier] if one.kind == "country")
    is_pair = several and not states and len(named) >= _PAIR
    return named[:_PAIR] if is_pair else []


_HEAD = re.compile(r"(?:president|prime minister|king|queen|emir|chancellor)\b", re.IGNORECASE)
_PRESIDENT = re.compile(r"president\b", re.IGNORECASE)
_MINISTER = re.compile(r"(?:\w+ )?minister\b", re.IGNORECASE)


def _can_meet(actor: Actor) -> bool:
    """Whether a country, a ministry or an international body is meant, no firm."""
    return actor.kind != "person" and bool(actor.country or body(actor.name))


def _agreement(made: Draft, seen: _Seen) -> bool:
    parties = _states([*seen.here, *seen.adjectives])
    most = _MOST
    if len(parties) < 2:
        parties = _once([*parties, *_states(seen.before), *seen.earlier])
        most = 2
    if not parties:
        return False
    made.choose("parties", parties[:_OPTIONS], least=2, most=most)
    made.fields["subject"] = _text(50)
    return True


def _imposer(sights: Sequence[Sight], at: int) -> Actor | None:
    """Who takes measures: the first house that they are not against, else the last who did."""
    for number in range(at, max(-1, at - _FAR), -1):
        sight = sights[number]
        if "sanction" not in sight.may_hold:
            continue
        houses = [
            one
            for one in sight.actors
            if one.actor.kind in {"country", "organization"}
            and not (one.against or one.where or _is_no_party(one.actor))
        ]
        acting = _once(one.actor for one in houses if one.imposes)
        acting += _once(one.actor for one in houses if not one.adjective)
        described = _once(one.actor for one in houses)
        if acting or len(described) > 1:  # one adjective alone says who suffers
            return (acting or described)[0]
    return None


def _allies(imposer: Actor, seen: _Seen) -> list[Actor]:
    """Those joined by "and" to the first who takes measures: "Canada and Britain"."""
    placed = [one for one in seen.sight.actors if not one.adjective and not one.where]
    for one, after in pairwise(placed):
        if one.actor.is_same(imposer) and after.joined and not after.against:
            return [after.actor] if after.actor.kind == one.actor.kind else []
    return []


def _suffering(sight: Sight, imposer: Actor) -> list[Actor]:
    """Against whom measures may be taken: houses stand for their state."""
    placed = [one for one in sight.actors if one.against and not one.where] or sight.actors
    told = [_state(one.actor) if _stands_for_state(one.actor) else one.actor for one in placed]
    own = {imposer.country} - {None}
    others = [one for one in told if one.country not in own and not one.is_same(imposer)]
    return _once(one for one in others if one.kind != "person" or not one.role)


def _stands_for_state(actor: Actor) -> bool:
    return actor.kind in {"organization", "group"} or actor.name == actor.role


def _state(actor: Actor) -> Actor:
    if not actor.country:
        return actor
    return Actor(name=english(actor.country), kind="country", role=None, country=actor.country)


def _sanction(made: Draft, seen: _Seen) -> bool:
    imposers = _once([*([seen.imposer] if seen.imposer else []), *seen.earlier])[:1]
    if not imposers or cue("bare_sanction", seen.language).search(seen.sentence):
        return False
    imposers += _allies(imposers[0], seen)
    made.choose("imposed_by", imposers, least=len(imposers), most=len(imposers))
    targets = _suffering(seen.sight, imposers[0])[:_OPTIONS]
    made.actors |= {one.name: one for one in targets}
    choices = [{"enum": [one.name for one in targets]}] if targets else []
    if choices and seen.language != "en":  # groups that the model would have to translate
        made.choose("targets", targets, least=1, most=2)
    else:
        made.fields["targets"] = {
            "type": "array",
            "items": {"anyOf": [*choices, _text(60)]},
            "minItems": 1,
            "maxItems": 2,
        }
    made.fields["measures"] = {
        "type": "array",
        "items": {"enum": list(get_args(Measure))},
        "maxItems": 2,
    }
    made.fields["reason"] = {"anyOf": [_text(40), {"type": "null"}]}
    return True


_DRAFTS = {
    "statement": _statement,
    "meeting": _meeting,
    "agreement": _agreement,
    "sanction": _sanction,
}


def _states(actors: Iterable[Actor]) -> list[Actor]:
    """The countries and bodies among actors, and those that persons act for."""
    told = [_state(one) if is_of_state(one) else one for one in actors]
    stood_for = [
        Actor(name=english(one.country), kind="country", role=None, country=one.country)
        for one in told
        if one.kind == "person" and one.country
    ]
    return _once([*_houses(told), *stood_for])


def _once(actors: Iterable[Actor]) -> list[Actor]:
    found: dict[str, Actor] = {}
    for one in actors:
        if not any(one.is_same(other) for other in found.values()):
            found.setdefault(one.name, one)
    return list(found.values())


def _text(longest: int) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{ENGLISH}{{1,{longest}}}$"}

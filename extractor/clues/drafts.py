"""What is known of a record before a small model is asked for it, and what it may choose from."""

from collections.abc import Iterable, Sequence
from typing import get_args

from extractor.cast.spelling import transliterated
from extractor.clues.draft import (
    MOST,
    OPTIONS,
    PAIR,
    Draft,
    Sentence,
    actors_of,
    between,
    can_meet,
    houses,
    is_pair,
    office_holders,
    once,
    stands_for_state,
    state_of,
    text,
)
from extractor.clues.groups import is_target
from extractor.clues.houses import is_of_state
from extractor.clues.lists import cue, knows
from extractor.clues.meetings import meeting
from extractor.clues.placed import Placed
from extractor.clues.scene import Sight
from extractor.clues.times import times
from schemas import Actor
from schemas.bodies import body
from schemas.countries import english
from schemas.sanction import Measure

__all__ = ["Draft", "draft"]

_FEW_STATES = 3
"""States of an article that is about the dealings of two."""

_FAR = 50
"""Sentences before one in which a party or an imposer may have been named, at most."""


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
    imposer = _imposer(sights, at, sentence, language)
    seen = Sentence(
        sentence=sentence,
        language=language,
        sight=sight,
        here=actors_of(one for one in sight.actors if not one.adjective and not one.where),
        adjectives=actors_of(one for one in sight.actors if one.adjective),
        all=actors_of(sight.actors),
        before=actors_of(
            one for near in reversed(sights[max(0, at - 2) : at]) for one in near.actors
        ),
        people=actors_of(one for near in far for one in near.actors if one.actor.kind == "person"),
        pair=_pair(far),
        later=actors_of(
            one for near in sights[at + 1 : at + _FAR] for one in near.actors if one.actor.role
        ),
        earlier=houses(actors_of(one for near in far for one in near.actors if not one.where)),
        suffered=_suffered(far, imposer),
        imposer=imposer,
        outlet=transliterated(outlet[0], language) if outlet else None,
    )
    return made if _DRAFTS[type_](made, seen) else None


def _pair(earlier: Sequence[Sight]) -> list[Actor]:
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


def _statement(made: Draft, seen: Sentence) -> bool:
    speaker = seen.sight.speaker
    if seen.sight.speech.stranger and not speaker:
        return False
    made.known["direct"] = seen.sight.speech.quotes
    made.known["via"] = seen.outlet
    made.fields["content"] = text(120)
    if seen.sight.speech.act:
        made.known["act"] = seen.sight.speech.act
    if speaker:
        made.actors[speaker.name] = speaker
        made.known["speaker"] = speaker.name
    else:
        options = once([*seen.here, *seen.before])[:OPTIONS]
        if not options:
            return False
        made.actors |= {one.name: one for one in options}
        made.fields["speaker"] = {"enum": [one.name for one in options]}
    addressee = seen.sight.speech.addressee
    if addressee:
        made.actors[addressee.name] = addressee
    made.known["addressee"] = addressee.name if addressee else None
    return True


def _agreement(made: Draft, seen: Sentence) -> bool:
    told = _between(seen) or _with(seen) or _listed(seen)
    parties = told or _states([*seen.here, *seen.adjectives])
    most = MOST
    pair = _states(seen.pair)
    few = len({one.country for one in [*seen.all, *seen.earlier] if one.country}) <= _FEW_STATES
    inside = all(any(one.is_same(other) for other in pair) for one in parties)
    if few and inside and len(parties) < PAIR == len(pair):
        parties = pair  # of those who met, whose agreement it is
    if len(parties) < PAIR:
        known = [one for one in seen.earlier if one.kind == "country" or body(one.name)]
        parties = once([*parties, *_states(seen.before), *known])
        most = PAIR
    if not parties:
        return False
    made.choose("parties", parties[:OPTIONS], least=max(PAIR, len(told)), most=most)
    made.fields["subject"] = text(50)
    return True


def _listed(seen: Sentence) -> list[Actor]:
    """Three states or more in a row: "Slovakia, Poland and Norway"."""
    row: list[Actor] = []
    for one in seen.sight.actors:
        if row and one.word != "," and not one.joined:
            row = []
        row = [*row, one.actor] if one.actor.kind == "country" and not one.adjective else []
        if one.joined and len(row) > PAIR:
            return once(row)
    return []


def _between(seen: Sentence) -> list[Actor]:
    """The states of the two of "between Norway and Chad"."""
    return _states(between(seen))


def _with(seen: Sentence) -> list[Actor]:
    """Who has an agreement "with Norway", and Norway: a state before it, or the speaker's."""
    instrument = cue("instrument", seen.language).search(seen.sentence)
    if instrument is None:
        return []
    for at, one in enumerate(seen.sight.actors):
        if not cue("with", seen.language).fullmatch(one.word) or one.actor.kind == "person":
            continue
        speaker = seen.sight.speaker
        said = [other.actor for other in seen.sight.actors[:at]]
        after = [other.actor for other in seen.sight.actors[at + 1 :] if not other.adjective]
        others = _states([*said, *([speaker] if speaker else []), *after, *seen.earlier])
        partner = next((other for other in others if not other.is_same(one.actor)), None)
        joined = _states(other.actor for other in seen.sight.actors[:at] if other.joined)
        allies = [other for other in joined if partner and not other.is_same(one.actor)]
        return once([partner, *allies, *_states([one.actor])]) if partner else []
    return []


def _imposer(sights: Sequence[Sight], at: int, sentence: str, language: str | None) -> Actor | None:
    """Who takes measures: the first state or body that they are not against, else the last."""
    suffer: list[Actor] = []
    for number in range(at, max(-1, at - _FAR), -1):
        sight = sights[number]
        if "sanction" not in (sight.may_hold if number == at else sight.surely):
            continue
        able = [one for one in _able(sight) if not any(one.actor.is_same(two) for two in suffer)]
        acting = once(one.actor for one in able if one.imposes)
        acting += once(one.actor for one in able if not one.adjective)
        if number == at and cue("imposing", language).search(sentence):
            acting += _signer(sight)
        described = once(one.actor for one in able)
        if number == at and acting and cue("proposing", language).search(sentence):
            asked = _asked_body(sights, at, acting)
            acting = [asked] if asked else acting
        if acting or len(described) > 1:  # one adjective alone says who suffers
            return (acting or described)[0]
        if number == at:
            suffer = [*described, *(one.actor for one in _hit(sight))]
    return None


def _asked_body(sights: Sequence[Sight], at: int, acting: Sequence[Actor]) -> Actor | None:
    """The body that is to take measures which a state proposes: here, or the last before."""
    if acting[0].kind != "country":
        return None
    bodies = [one for one in acting if one.kind == "organization" and body(one.name)]
    for sight in reversed(sights[max(0, at - _FAR) : at]):
        imposing = [] if "sanction" not in sight.surely else _able(sight)
        bodies += [one.actor for one in imposing if not one.actor.country]
    return next(iter(bodies), None)


def _able(sight: Sight) -> list[Placed]:
    """The states and bodies of a sentence that may take measures."""
    spans = [(one.start, one.end) for one in sight.groups]
    return [
        one
        for one in sight.actors
        if can_meet(one.actor)
        and not (one.against or one.where)
        and not any(start <= one.start < end for start, end in spans)
    ]


def _signer(sight: Sight) -> list[Actor]:
    """The state of a president who signs the decree, if he is the first who is named."""
    persons = [one.actor for one in sight.actors if one.actor.kind == "person" and not one.against]
    signs = bool(persons) and persons[0].role and persons[0].country
    return [state_of(persons[0])] if signs else []


def _allies(imposer: Actor, seen: Sentence) -> list[Actor]:
    """Those joined by "and" to the first who takes measures: "Canada and Britain"."""
    placed = [one for one in seen.sight.actors if not one.adjective and not one.where]
    first = next((at for at, one in enumerate(placed) if one.actor.is_same(imposer)), None)
    if first is None:
        return []
    joined: list[Actor] = []
    for one in placed[first + 1 :]:
        if one.against or one.actor.kind != imposer.kind or not (one.joined or one.word == ","):
            break
        joined.append(one.actor)
        if one.joined:
            return joined
    return []


def _suffered(earlier: Sequence[Sight], imposer: Actor | None) -> list[Actor]:
    """Whom the first of these sentences that surely tells of measures has them against."""
    told = (one for one in earlier if "sanction" in one.surely)
    own = [imposer] if imposer else []
    found = (_others(_hit(one) or _perhaps_hit(one), own) for one in told)
    first = next((targets for targets in found if targets), [])
    return once(state_of(one) if one.kind == "group" else one for one in first)


def _hit(sight: Sight) -> list[Placed]:
    """Those against whom a sentence says measures to be: "on Chad and four judges"."""
    hit: list[Placed] = []
    before: Placed | None = None
    for one in _with_groups(sight):
        goes_on = before is not None and before in hit and (one.joined or one.word == ",")
        if (one.against or goes_on) and not one.where:
            hit.append(one)
        before = one
    return hit


def _perhaps_hit(sight: Sight) -> list[Placed]:
    """Those of a sentence who may be hit: its groups, else all its actors."""
    return [one for one in sight.groups if is_target(one.actor)] or list(sight.actors)


def _with_groups(sight: Sight) -> list[Placed]:
    """The actors of a sentence, groups as well, those left out whose names only tell of a group."""
    groups = [one for one in sight.groups if is_target(one.actor)]
    inside = [(one.start, one.end) for one in groups]
    named = [
        one for one in sight.actors if not any(start <= one.start < end for start, end in inside)
    ]
    return sorted([*named, *groups], key=lambda one: one.start)


def _others(placed: Sequence[Placed], imposers: Sequence[Actor]) -> list[Actor]:
    """Those who are not the imposers, each once: houses stand for their state."""
    told = [state_of(one.actor) if stands_for_state(one.actor) else one.actor for one in placed]
    own = {one.country for one in imposers} - {None}
    others = [
        one
        for one in told
        if one.country not in own and not any(one.is_same(imposer) for imposer in imposers)
    ]
    return once(one for one in others if one.kind != "person" or not one.role)


def _sanction(made: Draft, seen: Sentence) -> bool:
    acting = [seen.imposer] if seen.imposer else []
    imposers = once([*acting, *(one for one in seen.earlier if can_meet(one))])[:1]
    if not imposers or cue("bare_sanction", seen.language).search(seen.sentence):
        return False
    imposers += _allies(imposers[0], seen)
    imposers = once(state_of(one) for one in imposers)  # ministries act for theirs
    made.choose("imposed_by", imposers, least=len(imposers), most=len(imposers))
    hit = _others(_hit(seen.sight), imposers)[:MOST]
    targets = hit or _others(_perhaps_hit(seen.sight), imposers) or seen.suffered
    if hit or (knows(seen.language) and seen.language != "en"):  # else it would have to translate
        if not targets:
            return False
        made.choose("targets", targets[:OPTIONS], least=max(1, len(hit)), most=2)
    else:
        _ask_targets(made, targets[:OPTIONS])
    made.fields["measures"] = {
        "type": "array",
        "items": {"enum": list(get_args(Measure))},
        "maxItems": 2,
    }
    made.fields["reason"] = {"anyOf": [text(40), {"type": "null"}]}
    return True


def _ask_targets(made: Draft, targets: Sequence[Actor]) -> None:
    """Leave the targets to the model, which may name others in the words of the sentence."""
    made.actors |= {one.name: one for one in targets}
    choices = [{"enum": [one.name for one in targets]}] if targets else []
    made.fields["targets"] = {
        "type": "array",
        "items": {"anyOf": [*choices, text(60)]},
        "minItems": 1,
        "maxItems": 2,
    }


_DRAFTS = {
    "statement": _statement,
    "meeting": meeting,
    "agreement": _agreement,
    "sanction": _sanction,
}


def _states(actors: Iterable[Actor]) -> list[Actor]:
    """The countries and bodies among actors, and those that persons act for."""
    told = [state_of(one) if is_of_state(one) else one for one in actors]
    stood_for = [
        Actor(name=english(one.country), kind="country", role=None, country=one.country)
        for one in told
        if one.kind == "person" and one.country
    ]
    return once([*houses(told), *stood_for])

"""Who takes measures, and against whom, as far as code can tell."""

from collections.abc import Sequence
from itertools import islice
from typing import get_args

from extractor.clues.draft import (
    FAR,
    MOST,
    OPTIONS,
    Draft,
    Sentence,
    can_meet,
    once,
    stands_for_state,
    state_of,
    text,
)
from extractor.clues.groups import is_target
from extractor.clues.lists import cue, knows
from extractor.clues.placed import Placed
from extractor.clues.scene import Sight
from schemas import Actor
from schemas.bodies import body
from schemas.sanction import Measure


def imposer_of(
    sights: Sequence[Sight], at: int, sentence: str, language: str | None
) -> Actor | None:
    """Who takes measures: the first state or body that they are not against, else the last.

    Args:
        sights: of all sentences of the article.
        at: the sentence that tells of the measures.
        sentence: its text.
        language: ISO 639-1 code of the article.
    """
    before = sights[max(0, at - FAR) : at][::-1]
    surely = [one for one in before if _tells(one)]
    if "sanction" not in sights[at].cues:
        return _before(surely, [], language) or _of_teller(sights[at])
    answers = cue("retaliating", language).search(sentence)
    struck = _hit(surely[0]) if surely and not answers else []
    hit = {state_of(one.actor).country for one in struck} - {None}
    able = _able(sights[at], language)
    own = [one for one in able if one.imposes or one.actor.country not in hit]
    acting = _acting(own)
    if cue("imposing", language).search(sentence):
        acting += [one for one in _signer(sights[at]) if one.country not in hit]
    if acting and cue("proposing", language).search(sentence):
        asked = _asked_body(sights, at, acting, language)
        acting = [asked] if asked else acting
    suffer = [one.actor for one in (*own, *_hit(sights[at]))]
    return (
        next(iter(acting or _described(own)), None)
        or _bloc(before, sentence, language)
        or _before(surely, suffer, language)
        or _of_teller(sights[at])
    )


def _described(able: Sequence[Placed]) -> list[Actor]:
    """Those only said by adjectives, if they are several: one alone is whom measures hit."""
    described = once(one.actor for one in able)
    return described if len(described) > 1 else []


def _before(surely: Sequence[Sight], suffer: Sequence[Actor], language: str | None) -> Actor | None:
    """Who takes measures in the first of the sentences before that tells it, none who suffers."""
    for sight in surely:
        able = [
            one
            for one in _able(sight, language)
            if not any(one.actor.is_same(other) for other in suffer)
        ]
        if found := _acting(able) or _described(able):
            return found[0]
    return None


def _of_teller(sight: Sight) -> Actor | None:
    """The state in which measures are told of: "the cabinet in Bern"; else that of who speaks."""
    host = next((one.actor for one in sight.actors if _may_host(one)), None)
    speaker = sight.speaker
    return host or (state_of(speaker) if speaker and speaker.country else None)


def _tells(sight: Sight) -> bool:
    """Whether a sentence surely tells of measures."""
    return "sanction" in sight.surely or any(one.imposes for one in sight.actors)


def _acting(able: Sequence[Placed]) -> list[Actor]:
    """Those who take measures, whose own they are said to be first."""
    asked = [one.actor for one in able if one.asked]
    first = next((at for at, one in enumerate(able) if one.imposes), 0)
    while first and (able[first].joined or able[first].word == ","):
        first -= 1  # "France and Germany imposed"
    acting = [one.actor for one in able[first:] if one.imposes or not one.adjective]
    return once([*asked, *acting, *(one.actor for one in able[:first] if not one.adjective)])


def _bloc(before: Sequence[Sight], sentence: str, language: str | None) -> Actor | None:
    """The body named last, where a sentence calls it "the bloc"."""
    if not cue("the_bloc", language).search(sentence):
        return None
    actors = (one.actor for sight in before for one in sight.actors)
    return next((one for one in actors if one.kind == "organization" and body(one.name)), None)


def _may_host(one: Placed) -> bool:
    """Whether measures may be taken in a state that is only a place: "the cabinet in Bern"."""
    return one.where and one.actor.kind == "country" and not one.against


def _asked_body(
    sights: Sequence[Sight], at: int, acting: Sequence[Actor], language: str | None
) -> Actor | None:
    """The body that is to take measures which a state proposes: here, or the last before."""
    if acting[0].name in _OF_THE_UNION:
        return _acts_for(acting[0])
    if acting[0].kind != "country":
        return None
    bodies = [one for one in acting if one.kind == "organization" and body(one.name)]
    for sight in reversed(sights[max(0, at - FAR) : at]):
        imposing = _able(sight, language) if _tells(sight) else []
        bodies += [one.actor for one in imposing if not one.actor.country]
    return next(iter(bodies), None)


def _acts_for(actor: Actor) -> Actor:
    """Whose measures those of a ministry, or of the Council of the European Union, are."""
    if actor.name in _OF_THE_UNION:
        return Actor(name="European Union", kind="organization", role=None, country=None)
    return state_of(actor)


_OF_THE_UNION = frozenset(("European Commission", "Council of the European Union"))


def _able(sight: Sight, language: str | None) -> list[Placed]:
    """The states and bodies of a sentence that may take measures."""
    able: list[Placed] = []
    beside = False
    groups = _groups(sight)
    for one in sight.actors:
        beside = bool(cue("with", language).fullmatch(one.word)) or (beside and one.joined)
        suffers = one.against or _is_within(one, groups)
        abroad = one.actor.name.startswith(_ABROAD)
        if can_meet(one.actor) and not (suffers or one.where or beside or abroad):
            able.append(one)
    return able


_ABROAD = ("Embassy", "Consulate", "High Commission", "Mission")
"""Houses that take no measures."""


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


def suffered(earlier: Sequence[Sight], imposer: Actor | None) -> list[Actor]:
    """Whom the first of these sentences that surely tells of measures has them against."""
    told = (one for one in earlier if _tells(one))
    own = [imposer] if imposer else []
    found = (_others(_hit(one) or _perhaps_hit(one), own) for one in told)
    first = next((targets for targets in found if targets), [])
    return once(state_of(one) if one.kind == "group" else one for one in first)


def _hit(sight: Sight) -> list[Placed]:
    """Those against whom a sentence says measures to be: "on Chad and four judges"."""
    hit: list[Placed] = []
    before: Placed | None = None
    placed = _with_groups(sight)
    for one in placed:
        goes_on = before is not None and before in hit and (one.joined or one.word == ",")
        vague = one.actor.kind == "group" and " " not in one.actor.name  # "the individuals"
        if (one.against or goes_on) and not (one.where or vague or _tells_whose(one, placed)):
            hit.append(one)
        before = before if one.where else one
    return [*_with_passive(placed, hit), *hit]


def _tells_whose(one: Placed, placed: Sequence[Placed]) -> bool:
    """Whether an adjective of a state only says whose the next who are hit are."""
    after = next((other for other in placed if other.start >= one.end), None)
    return one.adjective and after is not None and after.against


def _with_passive(placed: Sequence[Placed], hit: Sequence[Placed]) -> list[Placed]:
    """Those joined to the first who are hit, before them: "Kral and two sons were barred"."""
    joined: list[Placed] = []
    at = next((at for at, one in enumerate(placed) if hit and one is hit[0]), 0)
    while at and (placed[at].joined or (joined and placed[at].word == ",")):
        at -= 1
        joined.insert(0, placed[at])
    return joined


def _perhaps_hit(sight: Sight) -> list[Placed]:
    """Those of a sentence who may be hit: its groups, else all its actors but who holds office."""
    return _groups(sight) or [
        one for one in sight.actors if one.actor.kind != "person" or not one.actor.role
    ]


def _groups(sight: Sight) -> list[Placed]:
    """The groups of a sentence that measures may be taken against."""
    return [one for one in sight.groups if is_target(one.actor)]


def _is_within(one: Placed, groups: Sequence[Placed]) -> bool:
    """Whether an actor is only part of what a group is called by."""
    return any(group.start <= one.start < group.end for group in groups)


def _with_groups(sight: Sight) -> list[Placed]:
    """The actors of a sentence, groups as well, those left out whose names only tell of a group."""
    groups = _groups(sight)
    named = [one for one in sight.actors if not _is_within(one, groups)]
    return sorted([*named, *groups], key=lambda one: one.start)


def _others(placed: Sequence[Placed], imposers: Sequence[Actor]) -> list[Actor]:
    """Those who are not the imposers, each once: houses stand for their state."""
    told = [_acts_for(one.actor) if stands_for_state(one.actor) else one.actor for one in placed]
    own = {one.country for one in imposers} - {None}
    return once(
        one
        for one in told
        if one.country not in own and not any(one.is_same(imposer) for imposer in imposers)
    )


def two_sides(made: Draft, seen: Sentence) -> bool:
    """Put into `made` who takes and who suffers measures; False where nobody does."""
    acting = [seen.imposer] if seen.imposer else []
    imposers = once([*acting, *(one for one in seen.earlier if can_meet(one))])[:1]
    if not imposers or cue("bare_sanction", seen.language).search(seen.sentence):
        return False
    imposers += _allies(imposers[0], seen)
    imposers = once(_acts_for(one) for one in imposers)
    made.choose("imposed_by", imposers, least=len(imposers), most=len(imposers))
    hit = _others(_hit(seen.sight), imposers)[:MOST]
    if not hit and cue("the_state", seen.language).search(seen.sentence):
        before = [*seen.before, *seen.earlier]
        states = (one for one in before if one.kind == "country" and one not in imposers)
        hit = list(islice(states, 1))
    targets = hit or _others(_perhaps_hit(seen.sight), imposers)
    if not hit and (not targets or cue("hit_before", seen.language).search(seen.sentence)):
        targets = once([*seen.suffered, *targets])
    if hit or (knows(seen.language) and seen.language != "en"):  # else it would have to translate
        if not targets:
            return False
        made.choose("targets", targets[:OPTIONS], least=max(1, len(hit)), most=2)
    else:
        _ask_targets(made, targets[:OPTIONS])
    return True


def measures(made: Draft, seen: Sentence) -> None:  # noqa: ARG001  # as all that add to a draft
    """Put into `made` which measures are asked for, and why they are taken."""
    made.fields["measures"] = {
        "type": "array",
        "items": {"enum": list(get_args(Measure))},
        "maxItems": 2,
    }
    made.fields["reason"] = {"anyOf": [text(40), {"type": "null"}]}


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

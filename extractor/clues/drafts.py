"""What is known of a record before a small model is asked for it, and what it may choose from."""

from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.cast.spelling import transliterated
from extractor.clues.draft import (
    FAR,
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
    state_of,
    text,
)
from extractor.clues.houses import is_of_state
from extractor.clues.lists import cue
from extractor.clues.meetings import meeting
from extractor.clues.placed import state
from extractor.clues.sanctions import imposer_of, sanction, suffered
from extractor.clues.scene import Sight
from extractor.clues.times import times
from schemas import Actor
from schemas.bodies import body
from schemas.countries import english

__all__ = ["Draft", "draft"]

_NEAR = 4
"""Sentences before one in which its speaker may have been named."""

_FEW_STATES = 3
"""States of an article that is about the dealings of two."""


def draft(
    type_: str, sights: Sequence[Sight], at: int, sentence: str, language: str | None
) -> Draft | None:
    """What is known of a record of a type in one sentence; None where it can be none.

    It can have no actors, or only imagines what it tells: "Suppose that they met".

    Args:
        type_: what the schemas call it.
        sights: of all sentences of the article.
        at: which of them.
        sentence: its text.
        language: ISO 639-1 code of the article.
    """
    if type_ != "statement" and cue("imagined", language).match(sentence):
        return None
    made = Draft(known={"evidence": [1]})
    phrases = times(sentence)
    if phrases:
        made.fields["date"] = {"enum": [*phrases, None]}
    else:
        made.known["date"] = None
    outlet = cue("outlet", language).search(sentence)
    sight, far = sights[at], sights[max(0, at - FAR) : at][::-1]
    imposer = imposer_of(sights, at, sentence, language)
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
        near=actors_of(
            one for near in reversed(sights[max(0, at - _NEAR) : at + 1]) for one in near.actors
        ),
        people=actors_of(one for near in far for one in near.actors if one.actor.kind == "person"),
        pair=_pair(far),
        most_named=_most_named(sights[: at + 1]),
        later=actors_of(
            one for near in sights[at + 1 : at + FAR] for one in near.actors if one.actor.role
        ),
        earlier=houses(actors_of(one for near in far for one in near.actors if not one.where)),
        suffered=suffered(far, imposer),
        imposer=imposer,
        outlet=transliterated(outlet[0], language) if outlet else None,
    )
    return made if _DRAFTS[type_](made, seen) else None


def _most_named(sights: Sequence[Sight]) -> list[Actor]:
    """The two states of which these sentences speak most, by adjectives as well."""
    states = [one.actor for each in sights for one in each.actors if one.actor.kind == "country"]
    named = Counter(one.name for one in states)
    return sorted(once(states), key=lambda one: -named[one.name])[:PAIR]


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
    speaker = _spoken_for(seen.sight.speaker)
    if seen.sight.speech.stranger and not speaker:
        return False
    made.known["direct"] = seen.sight.speech.quotes
    made.known["via"] = seen.outlet
    made.fields["content"] = text(120)
    if seen.sight.speech.act:
        made.known["act"] = seen.sight.speech.act
    if speaker and not _is_guess(seen):
        options = [speaker]
    else:
        near = seen.near if speaker else [*seen.here, *seen.before]
        options = once([*([speaker] if speaker else []), *near])[:OPTIONS]
    if not options:
        return False
    made.actors |= {one.name: one for one in options}
    if speaker and len(options) == 1:
        made.known["speaker"] = speaker.name
    else:
        made.fields["speaker"] = {"enum": [one.name for one in options]}
    addressee = seen.sight.speech.addressee
    if addressee:
        made.actors[addressee.name] = addressee
    made.known["addressee"] = addressee.name if addressee else None
    return True


def _spoken_for(speaker: Actor | None) -> Actor | None:
    """Who speaks: the house or the state of a spokesman who has no name."""
    if speaker is None or speaker.name != speaker.role or not speaker.name.startswith(_SPEAKS_FOR):
        return speaker
    whose = speaker.name.removeprefix(_SPEAKS_FOR).removeprefix("the ")
    if speaker.country and whose == english(speaker.country):
        return state(speaker.country)
    return Actor(name=whose, kind="organization", role=None, country=speaker.country)


_SPEAKS_FOR = "Spokesperson of "
"""How a spokesman without a name is called."""


def _is_guess(seen: Sentence) -> bool:
    """Whether the speaker is only the one before, in a sentence that says somebody else may speak.

    In English the model then chooses better than that; in Russian it did no better.
    """
    sight = seen.sight
    return seen.language == "en" and sight.speech.says and not (sight.named or sight.speech.quotes)


def _agreement(made: Draft, seen: Sentence) -> bool:
    told = _between(seen) or _with(seen) or _listed(seen)
    places = _places_between(seen)
    here = [one for one in seen.here if one not in places]
    parties = told or _states([*here, *seen.adjectives])
    most = MOST
    pair = _states(seen.pair)
    both = cue("two_states", seen.language).search(seen.sentence)
    few = len({one.country for one in [*seen.all, *seen.earlier] if one.country}) <= _FEW_STATES
    few = few or bool(both)
    if both and not pair:
        pair = seen.most_named
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
    return [] if _places_between(seen) else _states(between(seen))


def _places_between(seen: Sentence) -> list[Actor]:
    """The two of "the line between Kilis and Aleppo", which are neither states nor firms."""
    two = between(seen)
    places = [one for one in two if one.kind == "organization" and " " not in one.name]
    return two if len(places) == PAIR and not any(map(can_meet, two)) else []


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


_DRAFTS = {
    "statement": _statement,
    "meeting": meeting,
    "agreement": _agreement,
    "sanction": sanction,
}


def _states(actors: Iterable[Actor]) -> list[Actor]:
    """The countries and bodies among actors, and those that persons act for."""
    told = [state_of(one) if is_of_state(one) else one for one in actors]
    stood_for = [state(one.country) for one in told if one.kind == "person" and one.country]
    return once([*houses(told), *stood_for])

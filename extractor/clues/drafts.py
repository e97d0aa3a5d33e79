"""What is known of a record before a small model is asked for it, and what it may choose from."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from extractor.cast.spelling import transliterated
from extractor.clues.candidates import pair_before
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
    once,
    state_of,
    text,
)
from extractor.clues.houses import is_of_state
from extractor.clues.lists import cue
from extractor.clues.meetings import can_have_met, participants, scene
from extractor.clues.placed import state
from extractor.clues.sanctions import imposer_of, measures, suffered, two_sides
from extractor.clues.scene import Sight
from extractor.clues.times import times
from schemas import ACTOR_LISTS, Actor
from schemas.bodies import body
from schemas.countries import english

__all__ = ["Draft", "draft", "is_imagined"]

_NEAR = 4
"""Sentences before one in which its speaker may have been named."""

_FEW_STATES = 3
"""States of an article that is about the dealings of two."""


def is_imagined(type_: str, sentence: str, language: str | None) -> bool:
    """Whether a sentence only imagines what it tells: "Suppose that they met"."""
    return type_ != "statement" and bool(cue("imagined", language).match(sentence))


def draft(
    type_: str,
    sights: Sequence[Sight],
    at: int,
    sentence: str,
    language: str | None,
    *,
    chosen: Mapping[str, Sequence[Actor]] | None = None,
) -> Draft | None:
    """What is known of a record of a type in one sentence; None where it can have no actors.

    Args:
        type_: what the schemas call it.
        sights: of all sentences of the article.
        at: which of them.
        sentence: its text.
        language: ISO 639-1 code of the article.
        chosen: who has a part in it, by the names of fields, as far as a model has told. Where that
            cannot be, a meeting or an agreement of one, measures against oneself, code tells.
    """
    chosen = _possible(chosen or {})
    made = Draft(known={"evidence": [1]})
    seen = _seen(sights, at, sentence, language)
    who, what = _DRAFTS[type_]
    told = bool(chosen) and chosen.keys() >= set(ACTOR_LISTS[type_])
    if not told and not who(made, seen):
        return None
    for name, actors in chosen.items():
        sides = (made.known.get(other, []) for other in ACTOR_LISTS[type_] if other != name)
        others = {one for side in sides for one in side}
        own = [one for one in actors if one.name not in others]
        if own:
            made.settle(name, own)
    phrases = times(sentence)
    if phrases:
        made.fields["date"] = {"enum": [*phrases, None]}
    else:
        made.known["date"] = None
    what(made, seen)
    return made


def _possible(chosen: Mapping[str, Sequence[Actor]]) -> dict[str, Sequence[Actor]]:
    """What of a choice can be: no meeting or agreement of one, nobody on both sides."""
    possible: dict[str, Sequence[Actor]] = {}
    for name, actors in chosen.items():
        others = [one for held in possible.values() for one in held]
        is_other = all(one in others for one in actors)
        if not is_other and _is_whole(name, actors):
            possible[name] = actors
    return possible


def _is_whole(name: str, actors: Sequence[Actor]) -> bool:
    """Whether these can be all who met or all who agreed."""
    if name == "participants":
        return can_have_met(actors)
    return name != "parties" or len(actors) > 1 or actors[0].kind == "group"


def _seen(sights: Sequence[Sight], at: int, sentence: str, language: str | None) -> Sentence:
    """A sentence and the actors in and before it."""
    outlet = cue("outlet", language).search(sentence)
    sight, far = sights[at], sights[max(0, at - FAR) : at][::-1]
    imposer = imposer_of(sights, at, sentence, language)
    return Sentence(
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
        pair=pair_before(far),
        most_named=_most_named(sights[: at + 1]),
        later=actors_of(
            one for near in sights[at + 1 : at + FAR] for one in near.actors if one.actor.role
        ),
        earlier=houses(actors_of(one for near in far for one in near.actors if not one.where)),
        suffered=suffered(far, imposer),
        imposer=imposer,
        outlet=transliterated(outlet[0], language) if outlet else None,
    )


def _most_named(sights: Sequence[Sight]) -> list[Actor]:
    """The two states of which these sentences speak most, by adjectives as well."""
    states = [one.actor for each in sights for one in each.actors if one.actor.kind == "country"]
    named = Counter(one.name for one in states)
    return sorted(once(states), key=lambda one: -named[one.name])[:PAIR]


def _speaker(made: Draft, seen: Sentence) -> bool:
    """Put into `made` who speaks, and to whom; False where nobody does."""
    speaker = _spoken_for(seen.sight.speaker)
    if seen.sight.speech.stranger and not speaker:
        return False
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


def _words(made: Draft, seen: Sentence) -> None:
    """Put into `made` what is said, and how."""
    made.known["direct"] = seen.sight.speech.quotes
    made.known["via"] = seen.outlet
    made.fields["content"] = text(120)
    if seen.sight.speech.act:
        made.known["act"] = seen.sight.speech.act


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


def _parties(made: Draft, seen: Sentence) -> bool:
    """Put into `made` whose agreement it is; False where it can be nobody's."""
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
    return True


def _subject(made: Draft, seen: Sentence) -> None:  # noqa: ARG001  # as all that add to a draft
    """Put into `made` that its subject is asked for."""
    made.fields["subject"] = text(50)


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
    "statement": (_speaker, _words),
    "meeting": (participants, scene),
    "agreement": (_parties, _subject),
    "sanction": (two_sides, measures),
}
"""How it is told who has a part in a record of a type, and what else."""


def _states(actors: Iterable[Actor]) -> list[Actor]:
    """The countries and bodies among actors, and those that persons act for."""
    told = [state_of(one) if is_of_state(one) else one for one in actors]
    stood_for = [state(one.country) for one in told if one.kind == "person" and one.country]
    return once([*houses(told), *stood_for])

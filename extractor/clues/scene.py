"""An article seen by code: of each sentence who is in it, who speaks in it, what it may hold."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.cast import Cast
from extractor.cast.pieces import pieces
from extractor.clues.actors import Stage
from extractor.clues.houses import called
from extractor.clues.lists import cue, knows
from extractor.clues.placed import Placed, made
from extractor.clues.quotes import TURN, quoted
from extractor.clues.speech import Speech, speech
from schemas import EVENT_TYPES, Actor
from schemas.grounding import Passage

_SOMEWHERE = re.compile(r"(?<!\w)(?:[Ii]n|[Aa]t|[Вв]|[Вв]о|[Вв]ъв|[Кк]рай)\s+[^\W\d_a-zа-я]")

_MANY = 8
"""Sentences above which an article tells whether it is one in which people speak."""
_SOME = 2
"""Other sentences that say who speaks, from which it is one."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What code sees in a sentence."""

    actors: tuple[Placed, ...]
    speech: Speech
    speaker: Actor | None
    """Who speaks, if anybody does: as it is said, or as the sentences around it tell."""
    named: bool
    """The sentence itself names the speaker."""
    may_hold: frozenset[str]
    """The types of records for which it has a cue."""
    somewhere: bool
    """It says "in" before a name: a place, perhaps."""
    surely: frozenset[str] = frozenset()
    """The types of records that its words are hardly ever without."""
    unreal: bool = False
    """It tells what would be, not what is."""
    silent: bool = False
    """Of many other sentences next to none says who speaks: a column, a portrait."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A sentence by itself."""

    actors: tuple[Placed, ...]
    speech: Speech
    goes_on: bool
    """A quotation is not over where it ends."""
    may_hold: frozenset[str]
    somewhere: bool
    surely: frozenset[str]
    unreal: bool


class Scene:
    """The sentences of an article as code sees them."""

    def __init__(
        self, text: str, sentences: Sequence[Passage], language: str | None, cast: Cast
    ) -> None:
        """Look at all `sentences` of `text`."""
        seen = list(_each(text, sentences, language, cast))
        self.sights: list[Sight] = []
        last: Actor | None = None
        spoke: Counter[str] = Counter()
        fresh = False
        for at, one in enumerate(seen):
            told = one.speech.speaker or (_at_the_end(seen[at + 1 :]) if one.goes_on else None)
            told = told or _referred(one.speech, seen[:at], last)
            if told is None and one.speech.cabinet:
                told = next(iter(_states(one, seen[:at])), None)
            if told is None and one.speech.noun:
                told = _called(one.speech, seen[: at + 1], last, spoke)
                if told is None or not _can_be_called(told, one.speech.noun):
                    told = _spokesman(one.speech.noun, seen[at + 1 :]) or told
            if told is None and one.speech.she is not None:
                told = _subject(one.speech)
            if told is None and one.speech.she is not None:
                last = _fitting(last, one.speech, seen[:at], fresh=fresh)
            speaker = told or (None if one.speech.stranger else last)
            self.sights.append(
                Sight(
                    one.actors,
                    one.speech,
                    speaker,
                    told is not None,
                    one.may_hold,
                    one.somewhere,
                    one.surely,
                    one.unreal,
                )
            )
            earlier, last = last, told or _next_speaker(one, last)
            fresh = told is None and last is not earlier
            spoke.update([told.name] if told else [])
        attributed = [one.speech.says and one.named for one in self.sights]
        if len(self.sights) > _MANY:
            self.sights = [
                replace(one, silent=sum(attributed) - said < _SOME)
                for one, said in zip(self.sights, attributed, strict=True)
            ]


def _each(
    text: str, sentences: Sequence[Passage], language: str | None, cast: Cast
) -> Iterator[_Seen]:
    """Each sentence by itself, but for the quotations it begins in; they end with a paragraph."""
    stage = Stage(cast, language)
    open_, before = "", 0
    for sentence in sentences:
        begins = "\n" in text[before : sentence.start] or not before
        if begins:
            open_ = ""
        if begins and _is_turn(sentence.text, language):
            open_ = TURN
        read = pieces(sentence.text, language)
        flags, open_ = quoted(read, open_, language)
        actors = tuple(stage.placed(read))
        told = speech(read, actors, language, flags)
        may_hold = frozenset(
            one
            for one in EVENT_TYPES
            if not knows(language)
            or cue(one, language).search(sentence.text)
            or (one == "statement" and (told.quotes or told.speaker))
        )
        somewhere = bool(_SOMEWHERE.search(sentence.text))
        surely = frozenset(
            one
            for one in may_hold
            if one != "statement" and cue(f"surely_{one}", language).search(sentence.text)
        )
        unreal = bool(cue("unreal", language).search(sentence.text))
        yield _Seen(actors, told, bool(open_), may_hold, somewhere, surely, unreal)
        before = sentence.end


def _is_turn(sentence: str, language: str | None) -> bool:
    """Whether a paragraph opens like the answer in a dialogue: a dash and a capital letter."""
    dash = language != "en" and _DASHED.match(sentence)
    return bool(dash) and not sentence.rstrip().endswith("?")


_DASHED = re.compile(r"[—–-]\s+[^\W\d_a-zа-я]")


def _referred(said: Speech, before: Sequence[_Seen], last: Actor | None) -> Actor | None:
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
    return _joint(said.joint, actors, last) if said.joint else None


def _states(seen: _Seen, before: Sequence[_Seen]) -> list[Actor]:
    """The states a sentence tells of, then the last of those before."""
    here = [one.actor for one in seen.actors if one.actor.kind == "country"]
    earlier = [one.actor for each in reversed(before) for one in each.actors]
    return [*here, *(one for one in earlier if one.kind == "country")]


def _called(
    said: Speech, seen: Sequence[_Seen], last: Actor | None, spoke: Counter[str]
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
    women = [one for one in (*known, *persons) if not said.she or _is_woman(one)]
    fits = next((one for one in women if _can_be_called(one, said.noun)), None)
    named = [one for one in women if one.name != one.role]
    return fits or max(named or known, key=lambda one: spoke[one.name], default=None)


def _spokesman(noun: str, later: Sequence[_Seen]) -> Actor | None:
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
    if noun == noun.upper() and len(noun) == 3:
        return actor.country == noun
    role = (actor.role or "").casefold()
    word = noun.casefold()
    if word == "diplomat" or word.startswith("дипломат"):
        return bool(_DIPLOMAT.search(role))
    if word.startswith(("spokes", "говорител", "представител")):
        return "spokes" in role or "representative" in role
    return word.split()[-1] in role


_DIPLOMAT = re.compile(r"foreign|ambassador|envoy|representative|consul|charge|secretary|spokes")
"""Offices whose holders are called diplomats."""


def _subject(said: Speech) -> Actor | None:
    """Who "he" is where the sentence has a subject before: "Berg denies it: it fell, he says"."""
    subject = said.subject
    if subject is None or subject.name not in {one.name for one in said.ahead}:
        return None
    other = _is_man(subject) if said.she else _is_woman(subject)
    return None if other else subject


def _fitting(
    last: Actor | None, said: Speech, before: Sequence[_Seen], *, fresh: bool
) -> Actor | None:
    """Who spoke before, or the last other one where his given name is none of a woman, or hers.

    Args:
        last: who spoke before, or whom the sentence before is about.
        said: the sentence with "he" or "she".
        before: the sentences before it.
        fresh: the sentence before is about `last`.
    """
    she = bool(said.she)
    fits_last = last and last.kind == "person" and _is_woman(last) == she
    known = last and (_is_man(last) if she else _is_woman(last))
    if last is None or fits_last or (fresh and last.kind == "person" and not known):
        return last
    persons = [
        *said.ahead,
        *(one.actor for seen in reversed(before) for one in reversed(seen.actors)),
    ]
    fits = (one for one in persons if one.kind == "person" and one.name != one.role)
    return next((one for one in fits if _is_woman(one) == she), last)


def _is_woman(actor: Actor) -> bool:
    """Whether a given name looks like a woman's."""
    return " " in actor.name and bool(_WOMAN.search(actor.name.split()[0].casefold()))


def _is_man(actor: Actor) -> bool:
    """Whether a given name looks like a man's."""
    given = actor.name.split()[0].casefold() if " " in actor.name else ""
    return bool(_MAN.search(given)) and not _WOMAN.search(given)


_MAN = re.compile(
    r"(?:o|us|er|ard|ert|ald|olf|ich|ek|aq|im|ar|ed|ad|ud|sh|son|ton|han|uel|iel|ael|as|os|av|ev"
    r"|or|in|an|il|oy|ey|on|ul|ik|ir|ur|ai|ay|ii|ij)$"
)
"""How given names of men end; of those of women with such ends most are listed."""

_WOMAN = re.compile(
    r"(?:[aá]|ah|ine|elle|ette|isse|anne|lise|gard|borg|hild|trud|trude|beth)$"
    r"|^(?:ingrid|sigrid|astrid|ruth|margaret|karin|kirsten|ellen|carmen|isabel|beatriz|beatrice"
    r"|aylin|hatice|zeynep|meryem|miriam|mariam|maryam|yasmin|clarisse|marie|sophie|julie|lucie"
    r"|agnes|ines|mercedes|rachel|sarah|judith|edith|grace|alice|janet|meseret|michelle|nicole"
    r"|claire|louise|denise|mette|solveig|hilde|anneli|mari|heidi|kirsi|sari|lise|elise|jane"
    r"|mary|emily|nancy|amy|lucy|betty|dorothy|hillary|tracy|wendy|shirley|jennifer|heather)$"
)
"""How given names of women end, and others of theirs."""


def _own(house: str, owner: Actor | None) -> Actor | None:
    """The house of the one who spoke before: "her office"."""
    if owner is None or owner.kind == "group":
        return None
    return made(called(house, owner), "organization", None, owner.country)


def _joint(number: int, actors: Sequence[Actor], last: Actor | None) -> Actor | None:
    """So many who were said before, the nearest first; the group that spoke last, if one did."""
    if last and last.kind == "group":
        return last
    persons = list(dict.fromkeys(one.name for one in actors if one.kind == "person"))
    names = persons[:number][::-1]
    if len(names) < number:
        return None
    return Actor(
        name=f"{', '.join(names[:-1])} and {names[-1]}", kind="group", role=None, country=None
    )


def _at_the_end(later: Sequence[_Seen]) -> Actor | None:
    """Who is said to speak where a quotation that goes on ends."""
    for one in later:
        if one.speech.speaker or not one.goes_on:
            return one.speech.speaker
    return None


def _next_speaker(seen: _Seen, last: Actor | None) -> Actor | None:
    """Whom the next "he" means, where a sentence names no speaker: its first person."""
    person = seen.speech.subject
    keeps = last is not None and (seen.speech.quotes or seen.speech.says)
    return last if keeps or person is None else person

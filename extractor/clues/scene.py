"""An article seen by code: of each sentence who is in it, who speaks in it, what it may hold."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from extractor.cast import Cast
from extractor.cast.pieces import pieces
from extractor.clues import wording
from extractor.clues.actors import Stage
from extractor.clues.interview import answered
from extractor.clues.lists import cue, knows
from extractor.clues.placed import Placed
from extractor.clues.quotes import TURN, quoted
from extractor.clues.referring import fitting, told_elsewhere
from extractor.clues.seen import Seen
from extractor.clues.speech import Speech, speech
from schemas import EVENT_TYPES, Actor
from schemas.grounding import Passage

_SOMEWHERE = re.compile(r"(?<!\w)(?:[Ii]n|[Aa]t|[Вв]|[Вв]о|[Вв]ъв|[Кк]рай)\s+[^\W\d_a-zа-я]")

_MANY = 8
"""Sentences above which an article tells whether it is one in which people speak."""
_HEAD = 2
"""Sentences in which an article says what it is about."""
_SOME = 2
"""Other sentences that say who speaks, from which it is one."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What code sees in a sentence."""

    actors: tuple[Placed, ...]
    groups: tuple[Placed, ...]
    """Those who have no names: "three judges"."""
    speech: Speech
    speaker: Actor | None
    """Who speaks, if anybody does: as it is said, or as the sentences around it tell."""
    named: bool
    """The sentence itself names the speaker."""
    cues: frozenset[str]
    """The types of records for which it has a word; all in a language without lists."""
    somewhere: bool
    """It says "in" before a name: a place, perhaps."""
    surely: frozenset[str] = frozenset()
    """The types of records that its words are hardly ever without."""
    unreal: bool = False
    """It tells what would be, not what is."""
    silent: bool = False
    """Of many other sentences next to none says who speaks: a column, a portrait."""
    odds: Mapping[str, float] = field(default_factory=dict)
    """What its words say for a record, by type; nothing in a language that has no weights."""
    likeliest: float = 0.0
    """The highest of those odds in its article."""

    @property
    def may_hold(self) -> frozenset[str]:
        """The types of records that it is not very unlikely to hold."""
        if not self.odds:
            return self.cues
        return frozenset(one for one, odds in self.odds.items() if odds >= wording.LEAST)

    def traits(self) -> frozenset[str]:
        """What code sees in it, by the names that weights have for it."""
        persons = sum(one.actor.kind == "person" for one in self.actors)
        states = sum(one.actor.kind == "country" for one in self.actors)
        seen = {
            "quotes": self.speech.quotes,
            "says": self.speech.says,
            "named": self.named,
            "person": persons > 0,
            "persons": persons > 1,
            "unreal": self.unreal,
            "silent": self.silent,
            "somewhere": self.somewhere,
            "groups": bool(self.groups),
            "state": states > 0,
            "states": states > 1,
            "body": any(one.actor.kind == "organization" for one in self.actors),
            "imposes": any(one.imposes for one in self.actors),
            "against": any(one.against for one in (*self.actors, *self.groups)),
        }
        return frozenset(name for name, is_so in seen.items() if is_so)


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
        several = sum(one.answers for one in seen) >= _ANSWERS
        asked = (_asked(seen) or _of_head(text, sentences, language, cast)) if several else None
        for at, one in enumerate(seen):
            told = one.speech.speaker or (asked if one.answers else None)
            told = told or (_at_the_end(seen[at + 1 :]) if one.goes_on else None)
            told = told or told_elsewhere(one.speech, seen, at, last, spoke)
            if told is None and one.speech.meant.she is not None:
                last = fitting(last, one.speech.meant, seen[:at])
            speaker = told or (None if one.speech.stranger else last)
            self.sights.append(
                Sight(
                    one.actors,
                    one.groups,
                    one.speech,
                    speaker,
                    told is not None,
                    one.cues,
                    one.somewhere,
                    one.surely,
                    one.unreal,
                )
            )
            last = told or _next_speaker(one, last)
            spoke.update([told.name] if told else [])
        attributed = [one.speech.says and one.named for one in self.sights]
        if len(self.sights) > _MANY:
            self.sights = [
                replace(one, silent=sum(attributed) - said < _SOME)
                for one, said in zip(self.sights, attributed, strict=True)
            ]
        self.sights = list(_weighed(self.sights, sentences, language))


def _weighed(
    sights: Sequence[Sight], sentences: Sequence[Passage], language: str | None
) -> Iterator[Sight]:
    """Each sentence with what its words say for a record."""
    odds = [
        wording.odds(sentence.text, language, *evidence(sights, at))
        for at, sentence in enumerate(sentences)
    ]
    likeliest = wording.likeliest(odds)
    for sight, own in zip(sights, odds, strict=True):
        yield replace(sight, odds=own, likeliest=likeliest)


def evidence(sights: Sequence[Sight], at: int) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """What speaks for a record in a sentence beside its words: what code sees, types by list."""
    sight = sights[at]
    head = frozenset(("first",)) if at < _HEAD else frozenset[str]()
    return sight.traits() | head, {"cue": sight.cues, "surely": sight.surely}


def _each(
    text: str, sentences: Sequence[Passage], language: str | None, cast: Cast
) -> Iterator[Seen]:
    """Each sentence by itself, but for the quotations it begins in; they end with a paragraph."""
    stage = Stage(cast, language)
    open_, before = "", 0
    answers = answered(text, sentences)
    for at, sentence in enumerate(sentences):
        begins = "\n" in text[before : sentence.start] or not before
        if begins:
            open_ = ""
        if begins and (at in answers or _is_turn(sentence.text, language)):
            open_ = TURN
        read = pieces(sentence.text, language)
        flags, open_ = quoted(read, open_, language)
        actors, groups = tuple(stage.placed(read)), tuple(stage.groups(read))
        told = speech(read, actors, language, flags, groups)
        cues = frozenset(
            one
            for one in EVENT_TYPES
            if not knows(language)
            or cue(one, language).search(sentence.text)
            or (one == "statement" and (told.quotes or told.speaker))
        )
        somewhere = bool(_SOMEWHERE.search(sentence.text))
        surely = frozenset(
            one
            for one in cues
            if one != "statement" and cue(f"surely_{one}", language).search(sentence.text)
        )
        unreal = bool(cue("unreal", language).search(sentence.text))
        is_answer = open_ == TURN
        yield Seen(actors, groups, told, bool(open_), cues, somewhere, surely, unreal, is_answer)
        before = sentence.end


def _asked(seen: Sequence[Seen]) -> Actor | None:
    """Who answers in an interview: the first person whom it names before the first answer."""
    before = takewhile(lambda one: not one.answers, seen)
    return _first_person(one.actor for each in before for one in each.actors)


_ANSWERS = 3
"""Sentences of answers from which an article is an interview."""


def _of_head(
    text: str, sentences: Sequence[Passage], language: str | None, cast: Cast
) -> Actor | None:
    """Who answers where only the headlines tell: the first person whom they name."""
    head = text[: sentences[0].start] if sentences else ""
    placed = Stage(cast, language).placed(pieces(head, language)) if head.strip() else []
    return _first_person(one.actor for one in placed)


def _first_person(actors: Iterable[Actor]) -> Actor | None:
    return next((one for one in actors if one.kind == "person" and one.name != one.role), None)


def _is_turn(sentence: str, language: str | None) -> bool:
    """Whether a paragraph opens like the answer in a dialogue: a dash and a capital letter."""
    dash = language != "en" and _DASHED.match(sentence)
    return bool(dash) and not sentence.rstrip().endswith("?")


_DASHED = re.compile(r"[—–-]\s+[^\W\d_a-zа-я]")


def _at_the_end(later: Sequence[Seen]) -> Actor | None:
    """Who is said to speak where a quotation that goes on ends."""
    for one in later:
        if one.speech.speaker or not one.goes_on:
            return one.speech.speaker
    return None


def _next_speaker(seen: Seen, last: Actor | None) -> Actor | None:
    """Whom the next "he" means, where a sentence names no speaker: its first person."""
    person = seen.speech.subject
    keeps = last is not None and (seen.speech.quotes or seen.speech.says)
    return last if keeps or person is None else person

"""Who speaks in a sentence, by where its verbs of saying, quotation marks and names stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.cast.pieces import Piece
from extractor.cast.words import cases
from extractor.clues.houses import own_house
from extractor.clues.lists import cue
from extractor.clues.placed import Placed
from schemas import Actor

_LONG_TITLE = 14
"""Pieces between a verb of saying and the name of the one who says it, at most."""

_REACH = 5
"""Pieces between a verb and the house that speaks, at most."""

_GROUP = 6
"""Words that a group of speakers is called by, at most."""

_FROM = {"ru": ("в", "во", "из"), "bg": ("от",)}
"""What stands before the house that "they" speak from."""

_TO = 4
"""Pieces between a verb and the one spoken to, at most."""

_DOES = frozenset((
    "was", "is", "were", "are", "has", "had", "have", "would", "will", "could", "should", "must",
    "can", "did", "does", "may", "might",
))  # fmt: skip
"""Words after the subject of what is said: "said Europe was ready"."""

_ACTS = ("support", "accuse", "demand", "promise", "threaten", "deny")
"""What words do that do not merely inform."""

_FIRST = 3
"""Pieces before the subject of a sentence, at most."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What one sentence shows of somebody's words."""

    speaker: Actor | None
    """Who is said to speak, if the sentence tells."""
    quotes: bool
    """Words stand in quotation marks."""
    says: bool
    """It has a verb of saying, or "according to"."""
    stranger: bool = False
    """Somebody speaks in it who is none of the actors and was not said before."""
    joint: int = 0
    """The words are of so many together who were said before: "the statement of the two"."""
    house: bool = False
    """The ministry, the company speaks: whichever was said before."""
    act: str | None = None
    """What the words do, where the verb of saying tells: "accuse"."""
    colleague: bool = False
    """The colleague of the one who spoke before speaks."""
    subject: Actor | None = None
    """The first person who may be the subject of the sentence, or of a clause in it."""
    addressee: Actor | None = None
    """The one whom the speaker thanks, asks, warns, promises something: said after the verb."""
    own: str | None = None
    """What speaks is a house of somebody who is only called "his" or "her": "Office"."""
    she: bool | None = None
    """The one who speaks is called "she", or "he"; None where neither is said."""


def speech(
    read: Sequence[Piece],
    actors: Sequence[Placed],
    language: str | None,
    flags: Sequence[bool],
) -> Speech:
    """What a sentence tells of who speaks in it."""
    able = [one for one in actors if not (flags[one.start] or _is_outlet(one.actor))]
    row = _Row(read, able, language, flags)
    speaker = row.speaker()
    if speaker is None and row.says and row.is_stranger() and not any(flags):
        speaker = row.group()
    joint = 0 if speaker else row.joint()
    if speaker or not row.says:
        return Speech(
            speaker,
            any(flags),
            row.says,
            joint=joint,
            act=row.act(),
            subject=row.subject(),
            addressee=row.addressee(speaker),
        )
    house, other = row.is_house(), row.is_colleague()
    own = row.own_house()
    stranger = not (any(flags) or joint or house or other or own) and row.is_stranger()
    return Speech(
        None,
        any(flags),
        row.says,
        stranger=stranger,
        joint=joint,
        house=house,
        act=row.act(),
        colleague=other,
        subject=row.subject(),
        addressee=row.addressee(None),
        own=own,
        she=row.is_she(),
    )


def _is_outlet(actor: Actor) -> bool:
    """Whether it is a news agency, through which words only come."""
    return actor.kind == "organization" and bool(cue("outlet", "en").fullmatch(actor.name))


class _Row:
    def __init__(
        self,
        read: Sequence[Piece],
        actors: Sequence[Placed],
        language: str | None,
        flags: Sequence[bool],
    ) -> None:
        self.read, self.actors, self.language, self.flags = read, actors, language, flags
        self.verbs = [
            at
            for at, piece in enumerate(read)
            if piece.kind in {"word", "skip"}
            and not flags[at]
            and self._is("saying", at)
            and not self._is_noun(at)
        ]
        found = {*self.verbs, *self._idioms(), *self._after_quotations()}
        self.verbs = sorted(found)
        self.according = list(self._according())
        self.paper = 0 if self.joint() else self._paper()
        self.heading = self._heading()
        self.says = bool(self.verbs or self.according or self.paper or self.heading)

    def speaker(self) -> Actor | None:
        """Who speaks; None where that is left to the sentences before, or nobody does."""
        if self._refers():
            return None
        if found := self._without_verb():
            return found
        if self.according and not self.verbs:
            return None
        for verb in self._by_rank():
            found = self._of(verb)
            if found or self._pronoun_near(verb):
                return found
        if any(self._is_plural(verb) for verb in self.verbs):
            return self._speaking_house()
        return None

    def _without_verb(self) -> Actor | None:
        """Who speaks by a colon, a paper that is quoted, or "according to"."""
        if self.heading:
            return self.heading.actor
        if self.paper and (found := self._of_paper(self.paper)):
            return found
        if self.according:
            begin = self.according[0]
            apposed = self._person_after(begin) if self._word(begin) in {"a", "an"} else None
            return self._after(begin, _REACH - 2, oblique=True) or apposed
        return None

    def act(self) -> str | None:
        """What the words do, if the verbs of saying tell one thing: "accuse"."""
        said = {
            act
            for act in _ACTS
            for verb in self.verbs
            if cue(f"act_{act}", self.language).fullmatch(self._word(verb))
        }
        return said.pop() if len(said) == 1 else None

    def _idioms(self) -> Iterator[int]:
        """Where several words begin that together say: "made it clear"."""
        idiom = cue("idiom", self.language)
        told = idiom.search(self._unquoted(range(len(self.read))))
        for at in range(len(self.read)) if told else ():
            for size in (2, 3, 4):
                words = self._unquoted(range(at, at + size))
                if not self.flags[at] and idiom.fullmatch(words):
                    yield at
                    break

    def _after_quotations(self) -> Iterator[int]:
        """Words that are verbs because a quotation ends before them, and an actor follows.

        "«Мост готов», — отрезал Берг." English has the actor first, and is left to its list.
        """
        starts = {one.start for one in self.actors if one.actor.kind == "person"}
        for at in range(1, len(self.read)):
            is_word = self.read[at].kind in {"word", "skip"} and self._word(at).isalpha()
            small = any(self._is(one, at) for one in ("preposition", "subordinate", "and"))
            if not is_word or small or self.flags[at]:
                continue
            if self.language == "en":
                ahead = next((one for one in self.actors if one.end == at), None)
                if ahead and ahead.start and self.flags[ahead.start - 1]:
                    yield at
                continue
            if not (at + 1 in starts or self._is("pronoun", at + 1)):
                continue
            if self._word(at - 1) in {",", "—", "–", "-"} and self._ends_quotation(at):
                yield at

    def _heading(self) -> Placed | None:
        """Who stands before a colon and a quotation: "Anna Berg: “The bridge is ready.”"."""
        for one in self.actors:
            colon = self._colon(one.end)
            if colon is None or self.verbs or not self._can_be_subject(one, 0):
                continue
            if one.actor.kind == "person" or (one.end == colon and one.start < _FIRST):
                return one
        return None

    def _colon(self, begin: int) -> int | None:
        """Where a colon stands before a quotation, from a piece on; None if nowhere."""
        for at in range(begin, len(self.read) - 1):
            if self._word(at) == ":" and not self.flags[at] and self.flags[at + 1]:
                return at
        return None

    def _paper(self) -> int:
        """Where the word for a paper ends that is quoted: "говорится в заявлении"; else 0."""
        reads = [at for at in range(len(self.read)) if self._is("reads", at) and not self.flags[at]]
        for at in range(len(self.read)):
            if not self._is("paper", at) or self.flags[at]:
                continue
            if self.language == "en":
                near = at + 1 in reads or self._word(at + 1) in {"by", "from", "of"}
                if near and (at + 1 in reads or any(one > at for one in reads)):
                    return at + 1
            elif any(abs(one - at) <= _LONG_TITLE for one in reads):
                return at + 1
        return 0

    def _of_paper(self, at: int) -> Actor | None:
        """Whose paper it is: said after it, in English also before it."""
        begin = at
        while self._is("preposition", begin) or (
            begin < len(self.read) and self.read[begin].kind == "link"
        ):
            begin += 1
        found = self._after(begin, _REACH - 2, oblique=True)
        if found or self.language != "en":
            return found
        before = [one for one in self.actors if one.end in {at - 1, at - 2}]
        return before[-1].actor if before and not self._joins_paper(at) else None

    def _joins_paper(self, at: int) -> bool:
        """Whether the paper is of several: "a joint statement"."""
        return self._word(at - 2) == "joint"

    def addressee(self, speaker: Actor | None) -> Actor | None:
        """Whom the first verb that is said to somebody has after it."""
        for verb in self.verbs:
            if not self._is("addressing", verb) or self._ends_quotation(verb):
                continue
            for number, one in enumerate(self.actors):
                between = range(verb + 1, one.start)
                near = verb < one.start <= verb + _TO and not one.adjective
                plain = all(self._is("addressed", at) for at in between)
                if near and plain and not (speaker and one.actor.name == speaker.name):
                    return self._joined(number, forwards=True)
        return None

    def subject(self) -> Actor | None:
        """The first person who can be a subject."""
        persons = (one for one in self.actors if one.actor.kind == "person")
        return next((one.actor for one in persons if self._can_be_subject(one, 0)), None)

    def is_stranger(self) -> bool:
        """Whether its verb has a subject that is nobody known: "A diplomat said"."""
        known = self._refers() or self._is_near("firm") or self.is_colleague()
        if known or any(self._pronoun_near(verb) for verb in self.verbs):
            return False
        first = self.verbs[0] if self.verbs else 0
        if self.according and not self.verbs:
            return True
        return not self.according and not (self.language == "bg" and first < _FIRST - 1)

    def group(self) -> Actor | None:
        """Those whom an English sentence opens with, if they are several: "Two Chadian unions"."""
        if self.language != "en" or not self.verbs:
            return None
        if cue("both", "en").match(self._unquoted(range(self.verbs[0]))):
            return None  # those named before, not others
        words = [word for piece in self.read[: self.verbs[0]] for word in piece.words]
        bare = words[1:] if words and words[0].casefold() == "the" else words
        if not 1 < len(bare) <= _GROUP or not all(word.isalnum() for word in bare):
            return None
        if not bare[-1].endswith("s") or any(
            self._is("preposition", at) for at in range(self.verbs[0])
        ):
            return None
        states = {one.actor.country for one in self.actors if one.end <= self.verbs[0]}
        country = states.pop() if len(states) == 1 else None
        return Actor(name=" ".join(bare), kind="group", role=None, country=country)

    def joint(self) -> int:
        """How many speak in a joint statement whose authors the sentence only counts."""
        text = self._unquoted(range(len(self.read)))
        before = self._unquoted(range(self.verbs[0] if self.verbs else 0))
        after = self._unquoted(range(self.verbs[0] + 1, self.verbs[0] + 4)) if self.verbs else ""
        both = cue("both", self.language)
        if not (
            cue("joint", self.language).search(text)
            or both.fullmatch(before.strip(" ,"))
            or both.match(after)
        ):
            return 0
        return 3 if cue("three", self.language).search(text) else 2

    def _unquoted(self, among: Iterable[int]) -> str:
        """The words of the sentence that are not quoted."""
        plain = [at for at in among if at < len(self.read) and not self.flags[at]]
        return " ".join(self._word(at) for at in plain)

    def own_house(self) -> str | None:
        """What house of "his" or "hers" stands before or after a verb of saying."""
        near = (at for verb in self.verbs for at in range(verb - 5, verb + 4))
        labels = (
            own_house(self.read, at, self.language) for at in near if 0 <= at < len(self.read)
        )
        return next((one for one in labels if one), None)

    def is_she(self) -> bool | None:
        """Whether the pronoun beside the verb of saying is a woman's; None where there is none."""
        near = [self._unquoted(range(max(0, one - 4), one + 3)) for one in self.verbs]
        refers = cue("refers", self.language).search(self._unquoted(range(len(self.read))))
        said = [*([refers[0]] if refers else []), *near]
        for text in said:
            woman, man = (cue(one, self.language).search(text) for one in ("she", "he"))
            if woman or man:
                return bool(woman)
        return None

    def is_house(self) -> bool:
        """Whether a ministry or a firm speaks that was named before, if only as "it"."""
        it = self.language == "en" and any(self._word(verb - 1) == "it" for verb in self.verbs)
        return it or self._is_near("house")

    def is_colleague(self) -> bool:
        """Whether the colleague of the one who spoke before speaks."""
        near = (self._unquoted(range(max(0, one - 3), one + 4)) for one in self.verbs)
        return any(cue("colleague", self.language).search(text) for text in near)

    def _is_near(self, name: str) -> bool:
        near = (at for verb in self.verbs for at in range(verb - 2, verb + 3))
        return any(self._is(name, at) and not self.flags[at] for at in near)

    def _refers(self) -> bool:
        """Whether a phrase like "in his words" points back."""
        text = self._unquoted(range(len(self.read)))
        return bool(cue("refers", self.language).search(text))

    def _is_plural(self, verb: int) -> bool:
        ends = {"ru": ("ли", "лись", "ют", "ят", "ются", "ятся"), "bg": ("ха", "ат", "ят")}
        return self._word(verb).endswith(ends.get(self.language or "", ("\0",)))

    def _speaking_house(self) -> Actor | None:
        """The house that "they" speak from: "в Кремле заявили", "съобщиха от министерството"."""
        from_ = _FROM.get(self.language or "", ())
        for one in self.actors:
            if one.actor.kind == "person" or one.adjective:
                continue
            before = [self._word(at) for at in range(max(0, one.start - 3), one.start)]
            if any(word in before for word in from_) or "в" in before[-1:]:
                return one.actor
        return None

    def _word(self, at: int) -> str:
        return self.read[at].words[0].casefold() if 0 <= at < len(self.read) else ""

    def _is(self, name: str, at: int) -> bool:
        return bool(0 <= at < len(self.read) and cue(name, self.language).fullmatch(self._word(at)))

    def _is_noun(self, at: int) -> bool:
        """Whether a word for saying is none here: English nouns; Bulgarian "да каже", "ще каже"."""
        if self.language == "bg":
            return self._word(at - 1) in {"да", "ще"}
        if self.language != "en":
            return False
        if at == 0 and self._word(at).endswith(("ed", "ing")):
            return True  # "Asked whether he would go, ..."
        before = self._word(at - 1)
        return before in {
            "the",
            "a",
            "an",
            "of",
            "to",
            "member",
            "his",
            "her",
            "its",
            "their",
            "not",
            "never",
        }

    def _according(self) -> Iterator[int]:
        pattern = cue("according", self.language)
        for at in range(len(self.read)):
            for length in (4, 3, 2, 1):
                if at + length > len(self.read) or self.flags[at]:
                    continue
                words = " ".join(self._word(one) for one in range(at, at + length))
                if pattern.fullmatch(words):
                    yield at + length
                    break

    def _by_rank(self) -> list[int]:
        """The verbs beside a quotation first, then those of a tail: ", said Berg"."""
        return sorted(
            self.verbs, key=lambda at: (not self._ends_quotation(at), not self._is_tail(at))
        )

    def _is_tail(self, verb: int) -> bool:
        """Whether a comma and who speaks stand with a verb: ", каза Берг", ", Berg said"."""
        if self.language == "en":
            comma = (self._word(one.start - 1) == "," for one in self.actors if one.end == verb)
            return any(comma) and self._word(verb + 1) in {".", "on", "in", ""}
        follows = any(verb < one.start <= verb + 2 for one in self.actors)
        return self._word(verb - 1) in {",", "—", "–"} and (
            follows or self._is("pronoun", verb + 1)
        )

    def _ends_quotation(self, verb: int) -> bool:
        before = verb - 1
        while before >= 0 and not self.flags[before] and self._word(before) in {",", "—", "–", "-"}:
            before -= 1
        return before >= 0 and self.flags[before]

    def _of(self, verb: int) -> Actor | None:
        if self.language == "en" and self._word(verb + 1) == "by":  # "was denied by Chad"
            return self._after(verb + 2, _REACH, oblique=True)
        if found := self._quoted_by(verb) or self._house_ahead(verb):
            return found
        asked = self._is("asking", verb)  # "поискаха от" is no word from there
        if self._is_plural(verb) and not asked and (house := self._house_after(verb)):
            return house
        quoted_before = self._ends_quotation(verb)
        comma = self._word(verb - 1) in {",", "—", "–"}
        unknown = self.language == "en" and self._word(verb + 1) in {"a", "an"}
        if unknown and (self._word(verb - 1) == "," or quoted_before):  # ", said a diplomat"
            return None
        if quoted_before or (
            comma and (self.language != "en" or self._word(verb).startswith("sa"))
        ):
            return self._behind(verb)
        return self._relative(verb) or self._before(verb) or self._turned(verb)

    def _behind(self, verb: int) -> Actor | None:
        """Who said what stands before a verb: "“It is ready,” said Berg"."""
        if self._is("pronoun", verb + 1):
            return None
        content = (one for one in self.actors if one.start == verb + 1)
        if self.language == "en" and any(self._word(one.end) in _DOES for one in content):
            return self._relative(verb) or self._before(verb)
        return (
            self._after(verb + 1, 3)
            or (None if self._pronoun_near(verb) else self._person_after(verb))
            or self._relative(verb)
            or self._before(verb)
        )

    def _turned(self, verb: int) -> Actor | None:
        """The subject that stands after its verb, in Bulgarian and Russian."""
        if self.language == "en":
            return None
        fronted = self._is_fronted(verb)
        after = self._after(verb + 1, 2)
        if after and (verb == 0 or after.kind == "person" or fronted):
            return after
        return self._inverted(verb) if fronted else None

    def _is_fronted(self, verb: int) -> bool:
        """Whether nothing before a verb can be its subject: "Това каза пред БТА ...".

        What stands there opens with "this", an adverb or a preposition, or is nothing at all.
        """
        begin = verb
        while begin and self._word(begin - 1) not in {",", ":", ";", "—", "–"}:
            begin -= 1
        subjects = any(
            begin <= one.start < verb and self._can_be_subject(one, begin) for one in self.actors
        )
        return not subjects and (begin == verb or self._is("fronted", begin))

    def _inverted(self, verb: int) -> Actor | None:
        """Whoever stands after a verb in its own clause, what it was said "to" or "in" left out."""
        for number, one in enumerate(self.actors):
            if one.start <= verb:
                continue
            between = range(verb + 1, one.start)
            ends = any(
                self._word(at) in {",", ":", ";", "—", "–"} or self._is("subordinate", at)
                for at in between
            )
            if ends or len(between) > _LONG_TITLE or self._pronoun_near(verb):
                return None
            if self._can_be_subject(one, verb + 1):
                return self._joined(number, forwards=True)
        return None

    def _quoted_by(self, verb: int) -> Actor | None:
        """Whom an agency quotes; a person who quotes somebody speaks himself."""
        if not self._is("quoting", verb):
            return None
        before = self._before(verb)
        return (
            before
            if before and before.kind == "person"
            else self._after(verb + 1, _REACH, oblique=True)
        )

    def _house_ahead(self, verb: int) -> Actor | None:
        """The house that opens a clause before "they said": "От МВнР призоваха"."""
        if not self._is_plural(verb):
            return None
        from_ = _FROM.get(self.language or "", ())
        for one in self.actors:
            opens = one.start and self._word(one.start - 1) in from_ and one.start < _FIRST
            if opens and one.end <= verb <= one.end + 2 and one.actor.kind != "person":
                return one.actor
        return None

    def _house_after(self, verb: int) -> Actor | None:
        """The house after "they said from": "съобщиха от министерството"."""
        for one in self.actors:
            near = verb < one.start <= verb + _REACH
            if near and one.actor.kind != "person" and not one.adjective:
                before = {self._word(at) for at in range(verb + 1, one.start)}
                if before & {"от", "в"}:
                    return one.actor
        return None

    def _person_after(self, verb: int) -> Actor | None:
        """The first person after a verb, behind a long title of his."""
        for number, one in enumerate(self.actors):
            far = one.start - verb > _LONG_TITLE
            if one.start > verb and not far and one.actor.kind == "person":
                return self._joined(number, forwards=True)
        return None

    def _relative(self, verb: int) -> Actor | None:
        """The one of whom a clause in commas is said: "Ivan Kral, who leads Chad's army, said"."""
        if self._word(verb - 1) != ",":
            return None
        for one in self.actors:
            if (
                one.end + 1 < verb
                and self._word(one.end) == ","
                and (self._is("subordinate", one.end + 1) or one.start < _FIRST)
                and self._can_be_subject(one, 0)
            ):
                return one.actor
        return None

    def _after(self, at: int, reach: int, *, oblique: bool = False) -> Actor | None:
        for number, one in enumerate(self.actors):
            if at <= one.start <= at + reach and not any(
                self._stops(between) for between in range(at, one.start)
            ):
                if not oblique and not self._can_be_subject(one, at):
                    continue
                return self._joined(number, forwards=True)
        return None

    def _stops(self, at: int) -> bool:
        return (
            self._word(at) in {",", "—", "–", ":", ";", "(", "."}
            or self._is("preposition", at)
            or self._is("subordinate", at)
            or self._is("pronoun", at)
            or at in self.verbs
        )

    def _before(self, verb: int) -> Actor | None:
        for number in range(len(self.actors) - 1, -1, -1):
            one = self.actors[number]
            if one.end > verb:
                continue
            between = range(one.end, verb)
            if any(self._is("subordinate", at) and self.language != "ru" for at in between):
                commas = sum(self._word(at) == "," for at in between)
                if commas < 2:
                    return None
            if any(self._is("pronoun", at) for at in between):
                return None
            if self._can_be_subject(one, 0):
                return self._joined(number, forwards=False)
        return None

    def _can_be_subject(self, one: Placed, since: int) -> bool:
        before = one.start - 1
        while (
            before >= since
            and self.read[before].kind in {"skip", "link"}
            and not self._is("preposition", before)
        ):
            before -= 1
        if one.adjective or self._is("preposition", before):
            return False
        if one.actor.kind != "person" and self._is("attached", one.end):
            return False  # "an EU official said"
        last = self.read[one.end - 1].words[-1]
        if last.endswith(("'s", "’s", "’", "'")):
            return False
        return self.language != "ru" or self._is_nominative(one)

    def _is_nominative(self, one: Placed) -> bool:
        """Whether the words for an actor may stand in the nominative, in Russian."""
        if one.member:
            names = [p for p in self.read[one.start : one.end] if p.kind == "name"]
            if names:
                said = names[-1].words[-1].casefold()
                known = one.member.words[-1]
                if said == known or len(said) == 1:
                    return True
                given = names[-1].words[0].casefold()
                return len(names[-1].words) > 1 and given == one.member.words[0]
        word = self.read[one.start].words[0]
        return "nomn" in cases(word)

    def _joined(self, number: int, *, forwards: bool) -> Actor:
        """The actor, or the group of those joined to it by "and"."""
        group = [self.actors[number]]
        step = 1 if forwards else -1
        at = number + step
        while 0 <= at < len(self.actors):
            left, right = sorted((group[-1], self.actors[at]), key=lambda one: one.start)
            between = [self._word(one) for one in range(left.end, right.start)]
            words = [one for one in between if one not in {",", "его", "своим", "неговият", "his"}]
            if len(words) > 1 or (words and not cue("and", self.language).fullmatch(words[0])):
                break
            if not between or self.actors[at].adjective:
                break
            group.append(self.actors[at])
            at += step
        ordered = sorted(group, key=lambda one: one.start)
        names = list(dict.fromkeys(one.actor.name for one in ordered))
        linked = any(
            cue("and", self.language).fullmatch(self._word(at))
            for at in range(ordered[0].end, ordered[-1].start)
        )
        if len(names) < 2 or not linked:
            return self.actors[number].actor
        name = f"{', '.join(names[:-1])} and {names[-1]}"
        return Actor(name=name, kind="group", role=None, country=None)

    def _pronoun_near(self, verb: int) -> bool:
        return any(self._is("pronoun", at) for at in range(verb - 4, verb + 3) if at >= 0)

"""Who speaks in a sentence, by where its verbs of saying, quotation marks and names stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.cast.pieces import Piece
from extractor.clues.lists import cue
from extractor.clues.placed import Placed
from extractor.clues.subjects import Subjects
from extractor.clues.unnamed import Unnamed
from extractor.clues.words import FIRST, LONG_TITLE, REACH
from schemas import Actor

_ACTS = ("support", "accuse", "demand", "promise", "threaten", "deny")
"""What words do that do not merely inform."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sentence has in place of a speaker's name, and what helps to tell who it is."""

    joint: int = 0
    """The words are of so many together who were said before: "the statement of the two"."""
    states: bool = False
    """Those two are states: "the two countries say"."""
    house: bool = False
    """The ministry, the company speaks: whichever was said before."""
    colleague: bool = False
    """The colleague of the one who spoke before speaks."""
    own: str | None = None
    """What speaks is a house of somebody who is only called "his" or "her": "Office"."""
    owner: Actor | None = None
    """Whose that house may be: the one named last before the verb."""
    noun: str = ""
    """What the one who speaks is called, where that is no name: "diplomat", "Minister"."""
    bloc: bool = False
    """An international body speaks, whichever was said before."""
    cabinet: bool = False
    """The government speaks, whichever state's."""
    she: bool | None = None
    """The one who speaks is called "she", or "he"; None where neither is said."""
    twice: bool = False
    """Its subject says something, and then "he" does: "Berg denies it: it fell, he says"."""
    ahead: tuple[Actor, ...] = ()
    """The persons before its verb of saying, the last one first."""

    @property
    def tells(self) -> bool:
        """Whether it is more than a pronoun."""
        words = self.joint or self.own or self.noun
        return bool(words or self.house or self.colleague or self.bloc or self.cabinet)


@dataclass(frozen=True, slots=True)
class Speech:
    """What one sentence shows of somebody's words."""

    speaker: Actor | None
    """Who is said to speak, if the sentence tells."""
    quotes: bool
    """Words stand in quotation marks."""
    says: bool
    """It has a verb of saying, or "according to"."""
    meant: Meant
    """Who speaks, if the sentence has no name for him."""
    stranger: bool
    """Somebody speaks in it who is none of the actors and was not said before."""
    act: str | None
    """What the words do, where the verb of saying tells: "accuse"."""
    subject: Actor | None
    """The first person who may be the subject of the sentence, or of a clause in it."""
    addressee: Actor | None
    """The one whom the speaker thanks, asks, warns, promises something: said after the verb."""


def speech(
    read: Sequence[Piece],
    actors: Sequence[Placed],
    language: str | None,
    flags: Sequence[bool],
    groups: Sequence[Placed] = (),
) -> Speech:
    """What a sentence tells of who speaks in it; `groups` are those in it who have no names."""
    able = [one for one in actors if not (flags[one.start] or _is_outlet(one.actor))]
    row = _Row(read, able, language, flags)
    told = [one for one in groups if not flags[one.start]]
    speaker = row.teller(told) or row.speaker()
    if speaker is None and row.says:
        speaker = row.crowd(told)
    if speaker is None and row.says and row.is_stranger():
        speaker = (None if any(flags) else row.group()) or row.institution()
    meant = Meant() if speaker else row.meant()
    unknown = row.says and not (speaker or any(flags) or meant.tells)
    return Speech(
        speaker,
        any(flags),
        row.says,
        meant,
        stranger=unknown and row.is_stranger(),
        act=row.act(),
        subject=row.subject(),
        addressee=row.addressee(speaker),
    )


def _is_outlet(actor: Actor) -> bool:
    """Whether it is a news agency, through which words only come."""
    return bool(cue("outlet", "en").fullmatch(actor.name))


class _Row(Subjects, Unnamed):
    """A sentence with everything by which it tells who speaks."""

    def __init__(
        self,
        read: Sequence[Piece],
        actors: Sequence[Placed],
        language: str | None,
        flags: Sequence[bool],
    ) -> None:
        super().__init__(read, actors, language, flags)
        self.paper = 0 if self.joint() else self._paper()
        self.heading = self._heading()
        self.says = bool(self.verbs or self.according or self.paper or self.heading)

    def meant(self) -> Meant:
        """What stands for a speaker who has no name; without a verb of saying, a joint paper."""
        if not self.says:
            return Meant(joint=self.joint())
        noun = self.noun()
        return Meant(
            joint=self.joint(),
            states=self.are_states(),
            house=self.is_house() and not noun,
            colleague=self.is_colleague(),
            own=self.own_house(),
            owner=self.owner(),
            noun=noun,
            bloc=self.is_bloc(),
            cabinet=self.is_cabinet(),
            she=self.is_she(),
            twice=self.is_twice(),
            ahead=self.ahead(),
        )

    def speaker(self) -> Actor | None:
        """Who speaks; None where that is left to the sentences before, or nobody does."""
        if self._refers():
            return self._referring()
        return None if self._is_elsewhere() else self._told()

    def _is_elsewhere(self) -> bool:
        """Whether those who speak are only counted, or called "the government", "his office"."""
        return self._is_counted() or self.is_cabinet() or self.own_house_speaks()

    def _told(self) -> Actor | None:
        """Who speaks, as the sentence itself says."""
        if found := self.colleagues():
            return found
        if found := self._without_verb():
            return found
        if self.according and not self.verbs:
            return None
        for verb in self._by_rank():
            found = None if self._noun(verb) is not None else self._of(verb)
            if found or self._pronoun_near(verb) or self._noun(verb) is not None:
                return found
        if any(self._is_plural(verb) for verb in self.verbs):
            return self._speaking_house()
        return None

    def _is_counted(self) -> bool:
        """Whether those who speak are only counted: "The two presidents said"."""
        before = self._unquoted(range(self.verbs[0] if self.verbs else 0))
        counts = (cue(one, self.language) for one in ("both", "three"))
        return any(one.fullmatch(before.strip(" ,")) for one in counts)

    def _referring(self) -> Actor | None:
        """Who is meant by "in his words" after a name: "Berg asked for time: in his words, ..."."""
        refers = cue("refers", self.language)
        for end in range(1, len(self.read) + 1):
            if refers.search(self._unquoted(range(end))):
                break
        begin = next(
            at for at in range(end, -1, -1) if refers.search(self._unquoted(range(at, end)))
        )
        before = [one for one in self.actors if one.end <= begin and one.actor.kind == "person"]
        return next((one.actor for one in before if self._can_be_subject(one, 0)), None)

    def act(self) -> str | None:
        """What the words do, if the verbs of saying tell one thing: "accuse"."""
        said = {
            act
            for act in _ACTS
            for verb in self.verbs
            if cue(f"act_{act}", self.language).fullmatch(self._word(verb))
        }
        return said.pop() if len(said) == 1 else None

    def _without_verb(self) -> Actor | None:
        """Who speaks by a colon, a paper that is quoted, or "according to"."""
        if self.heading:
            return self.heading.actor
        if self.paper and (found := self._of_paper(self.paper)):
            return found
        if self.according:
            begin = self.according[0]
            begin += self._word(begin) == "that"  # "according to that country's minister"
            if cue("medium", self.language).search(self._unquoted(range(begin, begin + REACH))):
                return None  # "according to Norway's state news agency"
            apposed = self._person_after(begin) if self._word(begin) in {"a", "an"} else None
            return self._after(begin, REACH - 2, oblique=True) or apposed
        return None

    def _heading(self) -> Placed | None:
        """Who stands before a colon and a quotation: "Anna Berg: “The bridge is ready.”"."""
        for one in self.actors:
            colon = self._colon(one.end)
            if colon is None or self.verbs or not self._can_be_subject(one, 0):
                continue
            if one.actor.kind == "person" or (one.end == colon and one.start < FIRST):
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
                by = next((n for n in range(at + 1, at + 4) if self._word(n) == "by"), None)
                issued = by and self._is("issued", by - 1 - (self._word(by - 1) == "out"))
                if by and issued and any(one > by for one in reads):
                    return by  # "a text put out by the Kremlin said"
                read = bool({at + 1, at + 2} & set(reads))
                near = read or self._word(at + 1) in {"by", "from", "of"}
                if near and (read or any(one > at for one in reads)):
                    return at + 1
            elif any(abs(one - at) <= LONG_TITLE for one in reads):
                return at + 1
        return 0

    def _of_paper(self, at: int) -> Actor | None:
        """Whose paper it is: said after it, in English also before it."""
        begin = at
        while self._is("preposition", begin) or (
            begin < len(self.read) and self.read[begin].kind == "link"
        ):
            begin += 1
        found = self._after(begin, REACH - 2, oblique=True)
        if found or self.language != "en":
            return found
        before = [one for one in self.actors if one.end in {at - 1, at - 2}]
        return before[-1].actor if before and not self._joins_paper(at) else None

    def _joins_paper(self, at: int) -> bool:
        """Whether the paper is of several: "a joint statement"."""
        return self._word(at - 2) == "joint"

"""Speakers whom a sentence does not name: "the two", "her office", "it", "a diplomat"."""

from collections.abc import Sequence

from extractor.clues.gender import is_man, is_woman
from extractor.clues.houses import own_house
from extractor.clues.lists import cue
from extractor.clues.placed import Placed
from extractor.clues.words import FIRST, Words
from schemas import Actor

_ADVERBS = frozenset(("afterwards", "later", "then", "also", "both", "again", "however", "now"))
"""Words between a group and its verb."""

_OPENS = frozenset((",", ";", ":", "—", "–", "”", '"', "and", "but", "while", "that"))
"""What stands before a clause."""

_GROUP = 6
"""Words that a group of speakers is called by, at most."""


class Unnamed(Words):
    """Tells what is said of a speaker without a name."""

    def is_stranger(self) -> bool:
        """Whether its verb has a subject that is nobody known: "A diplomat said"."""
        known = self._refers() or self._is_near("firm") or self.is_colleague() or self.noun()
        if known or any(self._pronoun_near(verb) for verb in self.verbs):
            return False
        first = self.verbs[0] if self.verbs else 0
        if self.according and not self.verbs:
            return True
        return not self.according and not (self.language == "bg" and first < FIRST - 1)

    def group(self) -> Actor | None:
        """Those whom an English sentence opens with, if they are several: "Two Chadian unions"."""
        if self.language != "en" or not self.verbs:
            return None
        if cue("both", "en").match(self._unquoted(range(self.verbs[0]))):
            return None  # those named before, not others
        if any(self._word(at) == "," for at in range(self.verbs[0])):
            return None  # another clause stands before the verb
        end = next((at for at in range(self.verbs[0]) if self._is("preposition", at)), None)
        words = [word for piece in self.read[: end or self.verbs[0]] for word in piece.words]
        bare = words[1:] if words and words[0].casefold() == "the" else words
        while bare and bare[-1] in _ADVERBS:
            bare = bare[:-1]
        if not 1 < len(bare) <= _GROUP or not all(word.isalnum() for word in bare):
            return None
        verbs = any(cue("passive", "en").fullmatch(word) for word in bare)
        if verbs or not bare[-1].endswith("s") or bare[-1].endswith(("'s", "’s", "ss")):
            return None
        states = {one.actor.country for one in self.actors if one.end <= self.verbs[0]}
        country = states.pop() if len(states) == 1 else None
        return Actor(name=" ".join(bare), kind="group", role=None, country=country)

    def institution(self) -> Actor | None:
        """The institution with which an English clause opens: "the health institute in Skopje"."""
        verb = self.verbs[0] if self.verbs and self.language == "en" else 0
        begin = next((at + 1 for at in range(verb - 1, -1, -1) if self._word(at) in _OPENS), 0)
        end = verb
        while end > begin and (self._word(end - 1) in _ADVERBS or self._is("passive", end - 1)):
            end -= 1
        words = [word for piece in self.read[begin:end] for word in piece.words]
        the = bool(words) and words[0].casefold() == "the"
        bare = words[1:] if the else words
        plain = all(word.replace("-", "").removesuffix("'s").isalnum() for word in bare)
        if not the or any(self.flags[begin:end]) or not (plain and 1 < len(bare) <= _GROUP + 1):
            return None
        head = next((at for at, word in enumerate(bare) if word in {"of", "in", "for"}), len(bare))
        if head == 0 or not cue("institution", "en").fullmatch(bare[head - 1].casefold()):
            return None
        states = {one.actor.country for one in self.actors if begin <= one.start < end} - {None}
        country = states.pop() if len(states) == 1 else None
        return Actor(name=" ".join(bare), kind="organization", role=None, country=country)

    def crowd(self, groups: Sequence[Placed]) -> Actor | None:
        """Those of the groups of a sentence with whom a verb of saying goes, if one does."""
        for verb in self.verbs:
            said = self._word(verb - 1) in {",", "—", "–"} or self._ends_quotation(verb)
            for one in groups:
                ahead = one.end <= verb and all(
                    self._is("passive", at) or self._word(at) in _ADVERBS
                    for at in range(one.end, verb)
                )
                behind = said and verb < one.start <= verb + 2
                object_ = one.start - 1 in self.verbs or self._is("preposition", one.start - 1)
                counted = cue("both", "en").fullmatch(f"the {one.actor.name}")
                if (behind or (ahead and not object_)) and not counted:
                    return one.actor
        return None

    def teller(self, groups: Sequence[Placed]) -> Actor | None:
        """The group in the tail of an English sentence: "..., two diplomats said"."""
        if self.language != "en":
            return None
        for one in groups:
            if one.end in self.verbs and self._word(one.start - 1) == ",":
                return one.actor
        return None

    def joint(self) -> int:
        """How many speak in a joint statement whose authors the sentence only counts."""
        text = self._unquoted(range(len(self.read)))
        before = self._unquoted(range(self.verbs[0] if self.verbs else 0))
        after = self._unquoted(range(self.verbs[0] + 1, self.verbs[0] + 4)) if self.verbs else ""
        both = cue("both", self.language)
        if not (
            cue("joint", self.language).search(text)
            or both.fullmatch(before.strip(" ,"))
            or cue("three", self.language).fullmatch(before.strip(" ,"))
            or both.match(after)
        ):
            return 0
        return 3 if cue("three", self.language).search(text) else 2

    def are_states(self) -> bool:
        """Whether those who speak are counted as states: "The two countries say"."""
        before = self._unquoted(range(self.verbs[0] if self.verbs else 0))
        return bool(cue("two_states", self.language).search(before))

    def own_house(self) -> str | None:
        """What house of "his" or "hers" stands before or after a verb of saying."""
        near = (at for verb in self.verbs for at in range(verb - 5, verb + 4))
        labels = (
            own_house(self.read, at, self.language) for at in near if 0 <= at < len(self.read)
        )
        return next((one for one in labels if one), None) or self.house_according_to()

    def house_according_to(self) -> str | None:
        """What house of "his" or "hers" stands in "according to her office"."""
        near = (at for begin in self.according for at in (begin, begin + 1))
        labels = (own_house(self.read, at, self.language) for at in near if at < len(self.read))
        return next((one for one in labels if one), None)

    def ahead(self) -> tuple[Actor, ...]:
        """The persons before the first verb of saying, the last one first."""
        first = self.verbs[0] if self.verbs else 0
        persons = (one for one in reversed(self.actors) if one.end <= first)
        return tuple(one.actor for one in persons if one.actor.kind == "person")

    def is_she(self) -> bool | None:
        """Whether the pronoun beside the verb of saying is a woman's; None where there is none."""
        near = [self._unquoted(range(max(0, one - 4), one + 3)) for one in self.verbs]
        noun = self._where_noun()
        if noun is not None and self._is_womans(noun):
            return True
        refers = cue("refers", self.language).search(self._unquoted(range(len(self.read))))
        ahead = [self._unquoted(range(max(0, one - 2), one)) for one in self.verbs]
        subjects = [one for one in ahead if cue("pronoun", self.language).search(one)]
        said = [*([refers[0]] if refers else []), *subjects, *near]
        for text in said:
            woman, man = (cue(one, self.language).search(text) for one in ("she", "he"))
            if woman or man:
                return bool(woman)
        return None

    def colleagues(self) -> Actor | None:
        """Those of one office in the two states that an English sentence names before."""
        for verb in self.verbs:
            said = cue("colleagues", self.language).search(self._unquoted(range(verb - 6, verb)))
            states = dict.fromkeys(
                one.actor.name
                for one in self.actors
                if one.end <= verb and one.actor.kind == "country" and not one.where
            )
            if said and len(states) == 2:
                return Actor(
                    name=f"{said[0]} of {' and '.join(states)}",
                    kind="group",
                    role=None,
                    country=None,
                )
        return None

    def is_twice(self) -> bool:
        """Whether a pronoun says something after a subject that has said something."""
        first, last = (self.verbs[0], self.verbs[-1]) if self.verbs else (0, 0)
        return first < last and self._pronoun_near(last) and not self._pronoun_near(first)

    def owner(self) -> Actor | None:
        """Whose "its embassy" or "his office" may be: the one named last before it."""
        if self.house_according_to() and not self.verbs:
            return self._owner_according_to()
        first = self.verbs[-1] if self.verbs else 0
        before = [one.actor for one in self.actors if one.end <= first]
        return before[-1] if before else None

    def _owner_according_to(self) -> Actor | None:
        """Whose "her office" is at the end of a sentence: its first person who can be "she"."""
        she = bool(cue("she", self.language).fullmatch(self._word(self.according[0])))
        persons = [one.actor for one in self.actors if one.actor.kind == "person"]
        other = is_man if she else is_woman
        return next((one for one in persons if not other(one)), None)

    def own_house_speaks(self) -> bool:
        """Whether "her office" stands right before a verb of saying, or after it elsewhere."""
        beside = (-2,) if self.language == "en" else (1, 2)
        near = (verb + step for verb in self.verbs for step in beside)
        return any(
            own_house(self.read, at, self.language) or own_house(self.read, at + 1, self.language)
            for at in near
            if 0 <= at < len(self.read) - 1
        )

    def _is_womans(self, noun: int) -> bool:
        """Whether a noun is a woman's, or the Russian verb beside it says so."""
        if self.language == "bg":
            return self._word(noun).endswith(("ката", "инята"))
        verbs = (self._word(verb) for verb in self.verbs if abs(verb - noun) <= 3)
        return self.language == "ru" and any(one.endswith(("ла", "лась")) for one in verbs)

    def is_house(self) -> bool:
        """Whether a ministry or a firm speaks that was named before, if only as "it"."""
        it = self.language == "en" and any(self._word(verb - 1) == "it" for verb in self.verbs)
        return it or self._is_near("house")

    def is_colleague(self) -> bool:
        """Whether the colleague of the one who spoke before speaks."""
        near = (self._unquoted(range(max(0, one - 3), one + 4)) for one in self.verbs)
        first = next((at for at in range(len(self.read)) if self._word(at).isalpha()), 0)
        other = self._is("other", first) and any(first < one <= first + 2 for one in self.verbs)
        return other or any(cue("colleague", self.language).search(text) for text in near)

    def noun(self) -> str:
        """What the one who speaks is called, if by no name: "diplomat"; else nothing."""
        found = self._where_noun()
        if found is None:
            return ""
        return self._people(found) or self.read[found].value or self._word(found)

    def _where_noun(self) -> int | None:
        found = (self._noun(verb) for verb in self.verbs)
        return next((at for at in found if at is not None), None)

    def is_cabinet(self) -> bool:
        """Whether the government speaks, without a word of whose: ", the government said"."""
        near = [verb - 3 if self._word(verb - 2) == "in" else verb - 1 for verb in self.verbs]
        if self.language != "en":
            near += [verb + 1 for verb in self.verbs if self._word(verb - 1) == ","]
        said = [at for at in near if self._is("cabinet", at) and not self.flags[at]]
        return any(not any(one.start <= at < one.end for one in self.actors) for at in said)

    def is_bloc(self) -> bool:
        """Whether an international body speaks that was named before: "the bloc"."""
        return any(self._is("bloc", at) for verb in self.verbs for at in (verb - 1, verb - 2))

    def _is_near(self, name: str) -> bool:
        near = (at for verb in self.verbs for at in range(verb - 2, verb + 3))
        return any(self._is(name, at) and not self.flags[at] for at in near)

    def _refers(self) -> bool:
        """Whether a phrase like "in his words" points back."""
        text = self._unquoted(range(len(self.read)))
        points = cue("refers", self.language).search(text)
        return bool(points) and not self.house_according_to()

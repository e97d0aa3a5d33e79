"""Whose words they are: the actor that a verb of saying goes with."""

from extractor.cast.words import cases
from extractor.clues.lists import cue
from extractor.clues.placed import Placed
from extractor.clues.words import FIRST, LONG_TITLE, REACH, Words
from schemas import Actor

_FROM = {"ru": ("в", "во", "из"), "bg": ("от",)}
"""What stands before the house that "they" speak from."""

_TO = 4
"""Pieces between a verb and the one spoken to, at most."""

_BESIDE = frozenset((
    "had", "has", "have", "also", "later", "then", "уже", "также", "е", "беше", "също",
))  # fmt: skip
"""Words between a comma and its verb."""

_BETWEEN = frozenset((",", "the", "his", "её", "его", "своим", "неговият"))
"""Words that may stand with "and" between two who speak together."""

_CLITICS = frozenset(("го", "му", "я", "ѝ", "им", "ги", "се", "его", "её", "ее", "их", "ему", "ей"))
"""Small words before a verb in Bulgarian and Russian."""

_DOES = frozenset((
    "was", "is", "were", "are", "has", "had", "have", "would", "will", "could", "should", "must",
    "can", "did", "does", "may", "might",
))  # fmt: skip
"""Words after the subject of what is said: "said Europe was ready"."""


class Subjects(Words):
    """Finds the subjects of verbs of saying, and whom they are said to."""

    def subject(self) -> Actor | None:
        """The first person who can be a subject."""
        persons = (one for one in self.actors if one.actor.kind == "person")
        return next((one.actor for one in persons if self._can_be_subject(one, 0)), None)

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

    def _by_rank(self) -> list[int]:
        """The verbs beside a quotation first, then those of a tail: ", said Berg"."""
        return sorted(
            self.verbs, key=lambda at: (not self._ends_quotation(at), not self._is_tail(at))
        )

    def _is_tail(self, verb: int) -> bool:
        """Whether a comma and who speaks stand with a verb: ", каза Берг", ", Berg said"."""
        if self.language == "en":
            ends = (one for one in self.actors if one.end == verb)
            return any(self._word(self._first(one) - 1) == "," for one in ends)
        follows = any(
            verb < one.start <= verb + (LONG_TITLE if one.actor.kind == "person" else 2)
            and not any(self._stands_off(at) for at in range(verb + 1, one.start))
            for one in self.actors
        )
        follows = follows or (self._noun(verb) or -1) > verb or self._is("pronoun", verb + 2)
        return self._word(verb - 1) in {",", "—", "–"} and (
            follows or self._is("pronoun", verb + 1)
        )

    def _first(self, one: Placed) -> int:
        """Where the words for an actor begin, with the article."""
        first = one.start
        while first and self._word(first - 1) in {"the", "a", "an"}:
            first -= 1
        return first

    def _of(self, verb: int) -> Actor | None:
        if self.language == "en" and (by := self._by(verb)):
            return self._after(by + 1, REACH, oblique=True)
        if found := self._quoted_by(verb) or self._house_ahead(verb) or self._who(verb):
            return found
        asked = self._is("asking", verb)  # "поискаха от" is no word from there
        house = self._house_after(verb) if self._is_plural(verb) and not asked else None
        if found := house or self._relative(verb):
            return found
        return self._subject_of(verb)

    def _subject_of(self, verb: int) -> Actor | None:
        """The subject of a verb: behind it, where it follows what is said, else before it."""
        quoted_before = self._ends_quotation(verb)
        comma = self._word(verb - 1) in {",", "—", "–"}
        unknown = self.language == "en" and self._word(verb + 1) in {"a", "an"}
        if unknown and (self._word(verb - 1) == "," or quoted_before) and not self._apposed(verb):
            return None  # ", said a diplomat"
        turned = self._word(verb).startswith("sa") or self._opens_tail(verb) or self._is_last(verb)
        if quoted_before or (comma and (self.language != "en" or turned)):
            return self._behind(verb)
        if coordinated := self._coordinated(verb):
            return coordinated
        before = self._before(verb)
        if self.language != "en" and before and before.kind != "person":
            after = self._after(verb + 1, 2)
            before = after if after and after.kind == "person" else before
        return before or self._turned(verb)

    def _apposed(self, verb: int) -> bool:
        """Whether a name in commas stands before a verb: "Its head, Ivan Kral, told a paper"."""
        for one in self.actors:
            begin = one.start
            while begin and (
                self.read[begin - 1].kind in {"skip", "link"} or self._word(begin - 1) == "its"
            ):
                begin -= 1
            inside = any(piece.kind == "comma" for piece in self.read[one.start : one.end])
            if one.end == verb - 1 and (inside or self._word(begin - 1) == ","):
                return one.actor.kind == "person"
        return False

    def _by(self, verb: int) -> int | None:
        """Where "by" stands after a passive: "was denied by Chad", "was called useful by Berg"."""
        passive = self._word(verb - 1) in {"was", "were", "been", "being", "is", "are"}
        reach = REACH if passive else 1
        return next(
            (at for at in range(verb + 1, verb + 1 + reach) if self._word(at) == "by"), None
        )

    def _coordinated(self, verb: int) -> Actor | None:
        """The subject of a verb after "and": "Berg telephoned Kral and asked him"."""
        begin = verb - 1
        while self._word(begin) in _CLITICS:
            begin -= 1
        if not self._is("and", begin):
            return None
        opens = begin
        while opens and self._word(opens - 1) not in {";", ":", "—", "–"}:
            opens -= 1
        for number, one in enumerate(self.actors):
            if opens <= one.start and one.end <= begin and self._can_be_subject(one, opens):
                between = range(one.end, begin)
                if any(self._is("subordinate", at) for at in between):
                    return None
                return self._joined(number, forwards=True)
        return None

    def _opens_tail(self, verb: int) -> bool:
        """Whether a person stands right after a verb whose subject is not before it."""
        follows = any(
            one.start == verb + 1 and one.actor.kind == "person" and not one.adjective
            for one in self.actors
        )
        return follows and self._relative(verb) is None

    def _is_last(self, verb: int) -> bool:
        """Whether an English verb in a tail has its subject after it, an office before the name.

        "No power is needed at the table, stressed the president's aide, Ivan Kral."
        """
        persons = [one for one in self.actors if one.actor.kind == "person"]
        opens = self._word(verb + 1) in {"the", "a", "an"}
        ahead = any(one.end <= verb for one in persons)
        near = any(verb < one.start <= verb + LONG_TITLE for one in persons)
        return self.language == "en" and opens and near and not ahead

    def _behind(self, verb: int) -> Actor | None:
        """Who said what stands before a verb: "“It is ready,” said Berg"."""
        if self._is("pronoun", verb + 1) or self._is("pronoun", verb + 2):
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
            if ends or len(between) > LONG_TITLE or self._pronoun_near(verb):
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
            else self._after(verb + 1, REACH, oblique=True)
        )

    def _speaking_house(self) -> Actor | None:
        """The house that "they" speak from: "в Кремле заявили", "съобщиха от министерството"."""
        from_ = _FROM.get(self.language or "", ())
        verbs = [one for one in self.verbs if self._is_plural(one) and not self._is("asking", one)]
        for one in self.actors:
            if one.actor.kind == "person" or one.adjective:
                continue
            before = [self._word(at) for at in range(max(0, one.start - 3), one.start)]
            near = any(-REACH <= one.start - verb <= REACH for verb in verbs)
            said = any(word in before for word in from_) or "в" in before[-1:]
            if said and near and not any(self._pronoun_near(verb) for verb in verbs):
                return one.actor
        return None

    def _house_ahead(self, verb: int) -> Actor | None:
        """The house that opens a clause before "they said": "От МВнР призоваха"."""
        if not self._is_plural(verb):
            return None
        from_ = _FROM.get(self.language or "", ())
        for one in self.actors:
            opens = one.start and self._word(one.start - 1) in from_ and one.start < FIRST
            if opens and one.end <= verb <= one.end + 2 and one.actor.kind != "person":
                return one.actor
        return None

    def _house_after(self, verb: int) -> Actor | None:
        """The house after "they said from": "съобщиха от министерството"."""
        for one in self.actors:
            near = verb < one.start <= verb + REACH
            if near and one.actor.kind != "person" and not one.adjective:
                before = {self._word(at) for at in range(verb + 1, one.start)}
                if before & {"от", "в"}:
                    return one.actor
        return None

    def _person_after(self, verb: int) -> Actor | None:
        """The first person after a verb, behind a long title of his."""
        for number, one in enumerate(self.actors):
            far = one.start - verb > LONG_TITLE
            if one.start > verb and not far and one.actor.kind == "person":
                return self._joined(number, forwards=True)
        return None

    def _who(self, verb: int) -> Actor | None:
        """The one right before "who", where its clause has the verb: "Berg, who warned of it"."""
        for at in range(verb - 1, max(-1, verb - FIRST - 2), -1):
            if self._word(at) == "," or self._is("and", at) or at in self.verbs:
                return None
            if self._is("who", at):
                ends = (one for one in self.actors if one.end in {at, at - 1})
                return next((one.actor for one in ends if one.actor.kind == "person"), None)
        return None

    def _relative(self, verb: int) -> Actor | None:
        """The one of whom a clause in commas is said: "Ivan Kral, who leads Chad's army, said"."""
        begin = verb - 1
        while self._word(begin) in _BESIDE:
            begin -= 1
        if self._word(begin) != ",":
            return None
        for number, one in enumerate(self.actors):
            if (
                one.end < begin
                and self._word(one.end) == ","
                and (self._is("subordinate", one.end + 1) or one.start < FIRST)
                and self._can_be_subject(one, 0)
            ):
                return self._joined(number, forwards=True)
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

    def _stops(self, at: int) -> bool:
        return (
            self._word(at) in {",", "—", "–", ":", ";", "(", "."}
            or self._is("preposition", at)
            or self._is("subordinate", at)
            or self._is("pronoun", at)
            or at in self.verbs
        )

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
        is_house = one.actor.kind == "organization" and one.actor.country is not None
        if one.actor.kind != "person" and self._is("attached", one.end) and not is_house:
            return False  # "an EU official said"
        if self.language == "en" and since == 0 and self._is_object(one):
            return False
        last = self.read[one.end - 1].words[-1]
        if last.endswith(("'s", "’s", "’", "'")):
            return False
        return self.language != "ru" or self._is_nominative(one)

    def _is_object(self, one: Placed) -> bool:
        """Whether an English verb of saying stands before an actor: "asked the EU", not "said"."""
        before = self._first(one) - 1
        return before in self.verbs and not self._word(before).startswith("sa")

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
        if forwards and self._in_commas(group[0]):
            return group[0].actor  # "said the aide, Ivan Kral, and Norway"
        at = number + step
        while 0 <= at < len(self.actors):
            left, right = sorted((group[-1], self.actors[at]), key=lambda one: one.start)
            between = [self._word(one) for one in range(left.end, right.start)]
            words = [one for one in between if one not in _BETWEEN]
            if step < 0 and len(group) == 1 and not words:
                break  # "in Norway, Berg said"
            if len(words) > 1 or (words and not cue("and", self.language).fullmatch(words[0])):
                break
            if not between or self.actors[at].adjective:
                break
            group.append(self.actors[at])
            at += step
        while forwards and len(group) > 1 and not self._is_linked(*group[-2:]):
            group.pop()  # "Norway and Chad, Berg said"
        ordered = sorted(group, key=lambda one: one.start)
        names = list(dict.fromkeys(one.actor.name for one in ordered))
        linked = self._is_linked(ordered[0], ordered[-1])
        if len(names) < 2 or not linked:
            return self.actors[number].actor
        name = f"{', '.join(names[:-1])} and {names[-1]}"
        return Actor(name=name, kind="group", role=None, country=None)

    def _in_commas(self, one: Placed) -> bool:
        """Whether a person's name stands in commas, his office before it."""
        title = one.start > 1 and self.read[one.start - 2].kind == "title"
        before = title and self._word(one.start - 1) == ","
        inside = any(piece.kind == "comma" for piece in self.read[one.start : one.end])
        return (before or inside) and self._word(one.end) == ","

    def _is_linked(self, one: Placed, other: Placed) -> bool:
        """Whether "and" stands between two actors."""
        return any(self._is("and", at) for at in range(one.end, other.start))

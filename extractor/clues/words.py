"""The words of a sentence in which somebody may speak: its verbs of saying, what is quoted."""

from collections.abc import Iterable, Iterator, Sequence

from extractor.cast.pieces import Piece
from extractor.clues.lists import cue
from extractor.clues.people import of_people
from extractor.clues.placed import Placed

LONG_TITLE = 14
"""Pieces between a verb of saying and the name of the one who says it, at most."""

REACH = 5
"""Pieces between a verb and the house that speaks, at most."""

FIRST = 3
"""Pieces before the subject of a sentence, at most."""

_NOT_SAYING = frozenset((
    ("accused", "of"), ("invited", "to"), ("invited", "by"), ("agreed", "to"), ("agreed", "on"),
))  # fmt: skip
"""English words that are no verbs of saying before these."""


_NOUNS = frozenset((
    "the", "a", "an", "of", "to", "member", "his", "her", "its", "their", "not", "never",
))  # fmt: skip
"""English words before a noun, or before a verb that says nothing."""


class Words:
    """A sentence, its actors and its verbs of saying."""

    def __init__(
        self,
        read: Sequence[Piece],
        actors: Sequence[Placed],
        language: str | None,
        flags: Sequence[bool],
    ) -> None:
        """Look at a sentence.

        Args:
            read: its pieces.
            actors: those of it that are not quoted.
            language: ISO 639-1 code of the article.
            flags: for each piece whether it is quoted.
        """
        self.read, self.actors, self.language, self.flags = read, actors, language, flags
        self.verbs = [
            at
            for at, piece in enumerate(read)
            if piece.kind in {"word", "skip"}
            and not flags[at]
            and self._is("saying", at)
            and not self._is_noun(at)
        ]
        """Where verbs of saying stand, in order."""
        self.verbs = sorted({*self.verbs, *self._idioms(), *self._after_quotations()})
        self.according = list(self._according())
        if not self.verbs and not self.according:
            self.according = list(self._according("words_of"))
        """Where the words after "according to" begin."""

    def _word(self, at: int) -> str:
        return self.read[at].words[0].casefold() if 0 <= at < len(self.read) else ""

    def _is(self, name: str, at: int) -> bool:
        return bool(0 <= at < len(self.read) and cue(name, self.language).fullmatch(self._word(at)))

    def _unquoted(self, among: Iterable[int]) -> str:
        """The words of the sentence that are not quoted."""
        plain = [at for at in among if 0 <= at < len(self.read) and not self.flags[at]]
        return " ".join(self._word(at) for at in plain)

    def _is_noun(self, at: int) -> bool:
        """Whether a word for saying is none here: English nouns; Bulgarian "да каже", "ще каже"."""
        if self.language == "bg":
            return self._word(at - 1) in {"да", "ще"}
        if self.language != "en":
            return False
        if self._word(at) == "states":  # "the Baltic states"
            return not any(one.end == at for one in self.actors) and not self._is("pronoun", at - 1)
        opens = at == 0 and self._word(at).endswith(("ed", "ing"))  # "Asked whether ..."
        pair = (self._word(at), self._word(at + 1))  # "two banks accused of hiding money"
        return opens or pair in _NOT_SAYING or self._is_done(at) or self._word(at - 1) in _NOUNS

    def _is_done(self, at: int) -> bool:
        """Whether an English verb of telling is a passive and nobody says by whom: "was told"."""
        adverb = self._word(at - 1) in {"also", "already", "then", "now", "later"}
        passive = self._word(at - 1 - adverb) in {"was", "were", "been", "being", "is", "are"}
        tells = self._word(at) in {"told", "asked", "informed", "urged", "warned", "invited"}
        after = range(at + 1, at + 1 + REACH)
        return passive and tells and not any(self._word(one) == "by" for one in after)

    def _is_plural(self, verb: int) -> bool:
        ends = {"ru": ("ли", "лись", "ют", "ят", "ются", "ятся"), "bg": ("ха", "ат", "ят")}
        return self._word(verb).endswith(ends.get(self.language or "", ("\0",)))

    def _noun(self, verb: int) -> int | None:
        """Where a noun stands that says who speaks beside a verb, and is no part of a name."""
        said = self._word(verb).startswith("sa") or self._ends_quotation(verb)
        follows = self.language != "en" or said
        after: tuple[int, ...] = (verb + 1, verb + 2, verb + 3) if follows else ()
        for at in (*after, verb - 1, verb - 2):
            inside = 0 <= at < len(self.read) and not self.flags[at]
            if not inside or not (self._is("somebody", at) or self._people(at)):
                continue
            between = range(min(at, verb) + 1, max(at, verb))
            if any(self._divides(one) for one in between):
                continue
            spokes = self.language == "en" and self._word(at).startswith("spokes")
            if self.language == "en" and not (spokes or self._is_definite(at)):
                continue
            if self._is_anonymous(at):
                return at
        return None

    def _people(self, at: int) -> str | None:
        """Alpha-3 code of the state whose a noun calls somebody: "румънецът"."""
        return of_people(self._word(at), self.language)

    def _divides(self, at: int) -> bool:
        """Whether a piece parts a noun from its verb."""
        return self._is("preposition", at) or self._word(at) == "(" or self._stands_off(at)

    def _stands_off(self, at: int) -> bool:
        """Whether a mark, a verb of saying or "that" stands here."""
        mark = self._word(at) in {",", "—", "–", ":", ";", "."}
        return mark or self._is("saying", at) or self._is("subordinate", at) or self._is("and", at)

    def _is_definite(self, at: int) -> bool:
        """Whether "the" stands before an English noun, other words between at most."""
        before = [self._word(one) for one in range(max(0, at - 3), at)]
        return "the" in before and not {"a", "an", "'s"} & set(before)

    def _is_anonymous(self, at: int) -> bool:
        """Whether no name stands with a noun, and no state that says whose office it is."""
        mine = [one for one in self.actors if one.start <= at < one.end]
        after = [one for one in self.actors if at < one.start <= at + LONG_TITLE]
        for one in (*mine, *after):
            kinds = {piece.kind for piece in self.read[one.start : one.end]}
            stops = any(self._stands_off(two) for two in range(at + 1, one.start))
            if "name" in kinds and not stops:
                return False
        own = [piece for one in mine for piece in self.read[one.start : one.end]]
        beside = [*own, *self.read[max(0, at - 1) : at + 1]]
        return not any(piece.kind in {"demonym", "place"} or piece.of for piece in beside)

    def _pronoun_near(self, verb: int) -> bool:
        return any(self._is("pronoun", at) for at in range(verb - 4, verb + 3) if at >= 0)

    def _ends_quotation(self, verb: int) -> bool:
        before = verb - 1
        while before >= 0 and not self.flags[before] and self._word(before) in {",", "—", "–", "-"}:
            before -= 1
        return before >= 0 and self.flags[before]

    def _according(self, name: str = "according") -> Iterator[int]:
        pattern = cue(name, self.language)
        for at in range(len(self.read)):
            for length in (4, 3, 2, 1):
                if at + length > len(self.read) or self.flags[at]:
                    continue
                words = " ".join(self._word(one) for one in range(at, at + length))
                if pattern.fullmatch(words):
                    yield at + length
                    break

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
            after = at + 1
            while after < len(self.read) and self.read[after].kind == "skip":
                after += 1
            if not is_word or small or self.flags[at]:
                continue
            if self.language == "en":
                ahead = next((one for one in self.actors if one.end == at), None)
                if ahead and ahead.start and self.flags[ahead.start - 1]:
                    yield at
                continue
            dash = self._word(at - 1) in {"—", "–", "-"}
            near = any(one in starts for one in range(at + 1, at + 4)) and dash
            if not (near or after in starts or self._is("pronoun", at + 1)):
                continue
            if self._word(at - 1) in {",", "—", "–", "-"} and self._ends_quotation(at):
                yield at

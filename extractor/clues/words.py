"""The words of a sentence in which somebody may speak: its verbs of saying, what is quoted."""

from collections.abc import Iterable, Iterator, Sequence

from extractor.cast.pieces import Piece
from extractor.clues.lists import cue
from extractor.clues.placed import Placed

LONG_TITLE = 14
"""Pieces between a verb of saying and the name of the one who says it, at most."""

REACH = 5
"""Pieces between a verb and the house that speaks, at most."""

FIRST = 3
"""Pieces before the subject of a sentence, at most."""


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
        """Where the words after "according to" begin."""

    def _word(self, at: int) -> str:
        return self.read[at].words[0].casefold() if 0 <= at < len(self.read) else ""

    def _is(self, name: str, at: int) -> bool:
        return bool(0 <= at < len(self.read) and cue(name, self.language).fullmatch(self._word(at)))

    def _unquoted(self, among: Iterable[int]) -> str:
        """The words of the sentence that are not quoted."""
        plain = [at for at in among if at < len(self.read) and not self.flags[at]]
        return " ".join(self._word(at) for at in plain)

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

    def _is_plural(self, verb: int) -> bool:
        ends = {"ru": ("ли", "лись", "ют", "ят", "ются", "ятся"), "bg": ("ха", "ат", "ят")}
        return self._word(verb).endswith(ends.get(self.language or "", ("\0",)))

    def _pronoun_near(self, verb: int) -> bool:
        return any(self._is("pronoun", at) for at in range(verb - 4, verb + 3) if at >= 0)

    def _ends_quotation(self, verb: int) -> bool:
        before = verb - 1
        while before >= 0 and not self.flags[before] and self._word(before) in {",", "—", "–", "-"}:
            before -= 1
        return before >= 0 and self.flags[before]

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

"""Windows: neighbouring sentences that a model is asked about at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas import Passage


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring sentences asked about at once, and those before them, to be read only."""

    context: tuple[Passage, ...]
    sentences: tuple[Passage, ...]

    def halves(self) -> tuple["Window", "Window"] | None:
        """The window in two, the second with the first's end as context; None for one sentence."""
        if len(self.sentences) == 1:
            return None
        middle = len(self.sentences) // 2
        first, second = self.sentences[:middle], self.sentences[middle:]
        before = (*self.context, *first)
        context = before[-max(1, len(self.context)) :]
        return Window(self.context, first), Window(context, second)


def windows(
    sentences: Sequence[Passage], *, most_sentences: int, most_characters: int, context: int
) -> Iterator[Window]:
    """The sentences in windows, each sentence in exactly one.

    Args:
        sentences: all sentences of a document.
        most_sentences: how many a window holds at most.
        most_characters: how many characters its sentences have at most; a longer sentence stands
            alone.
        context: how many sentences before it a window carries along.
    """
    start = 0
    while start < len(sentences):
        end, size = start + 1, len(sentences[start].text)
        while end < len(sentences) and end - start < most_sentences:
            size += len(sentences[end].text)
            if size > most_characters:
                break
            end += 1
        yield Window(tuple(sentences[max(0, start - context) : start]), tuple(sentences[start:end]))
        start = end

"""An article as the pipeline reads it: its date, its language, its sentences, its windows.

The text is never altered. Whatever is found in it is told by offsets, in code points.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import sentencex
from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

from extractor.errors import DocumentError
from schemas import Passage

_DATE_LINE = re.compile(r"\s*date\s+(\d{4}-\d{2}-\d{2})(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_LANGUAGE_SAMPLE = 2000
"""Characters the language is told from: more changes nothing and costs time."""

_LANGUAGES = ("EN", "RU", "BG", "UK", "BE", "MK", "SR", "DE", "FR", "ES", "TR", "AR", "FA", "ZH")
"""What articles on diplomacy are told apart from; each adds to memory only when it is likely."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article."""

    id: str
    text: str
    source: str | None
    published: date | None
    language: str | None
    """ISO 639-1 code, or None where it cannot be told."""
    sentences: tuple[Passage, ...]


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


def read(
    text: str,
    *,
    id: str,
    source: str | None = None,
    published: date | None = None,
    most_characters: int,
) -> Document:
    """The document that `text` is.

    Args:
        text: the article as given; it may begin with `date YYYY-MM-DD`.
        id: the name of the document in the output.
        source: where the text was read from.
        published: the day of publication; None takes it from the text.
        most_characters: how long a text may be.

    Raises:
        DocumentError: the text is longer, is no Unicode, or has no sentence in it.
    """
    if len(text) > most_characters:
        raise DocumentError(
            f"{id!r} has {len(text):,} characters, more than {most_characters:,}: split it, or "
            "raise `EXTRACTOR_MAX_CHARACTERS`"
        )
    if not _is_unicode(text):
        raise DocumentError(f"{id!r} holds halves of characters: decode it again, as UTF-8")
    body = 0
    if match := _DATE_LINE.match(text):
        stated = _day(match[1])
        if stated:
            published, body = published or stated, match.end()
    language = detect_language(text[body : body + _LANGUAGE_SAMPLE])
    sentences = tuple(_sentences(text, body, language or "en"))
    if not sentences:
        raise DocumentError(f"{id!r} has no sentence in it: is it an article?")
    return Document(id, text, source, published, language, sentences)


def _is_unicode(text: str) -> bool:
    """Whether no surrogate stands alone: such a text can be written nowhere."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the language of `text`, or None where it cannot be told."""
    found = _detector().detect_language_of(text)
    return found.iso_code_639_1.name.lower() if found else None


@cache
def _detector() -> LanguageDetector:
    codes = [getattr(IsoCode639_1, code) for code in _LANGUAGES]
    languages = [Language.from_iso_code_639_1(code) for code in codes]
    return LanguageDetectorBuilder.from_languages(*languages).build()


def _sentences(text: str, begin: int, language: str) -> Iterator[Passage]:
    """The sentences from `begin` on: lines first, then sentences in each line, blanks trimmed.

    A stretch without a letter is no sentence. No sentence holds a line break of any kind.
    """
    offset = begin
    for line in text[begin:].splitlines(keepends=True):
        for piece in sentencex.get_sentence_boundaries(language, line):
            passage = _trimmed(text, offset + piece["start_index"], offset + piece["end_index"])
            if _LETTER.search(passage.text):
                yield passage
        offset += len(line)


def _trimmed(text: str, start: int, end: int) -> Passage:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return Passage(start, end, text[start:end])


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

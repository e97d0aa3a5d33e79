"""A text becomes a document: its day, its language, which of its lines are its own, sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from extractor.document.body import lines
from extractor.document.language import detect_language
from extractor.document.orders import joined, orders, without
from extractor.document.published import day_of_publication, stamp
from extractor.document.sentences import spans
from extractor.errors import DocumentError
from schemas import Passage

_LETTER = re.compile(r"[^\W\d_]")
_FULL_STOP = re.compile(r"(?:[.!?…]+|(?<=[.!?…])|(?<=[.!?…][»”“\"]))(?=\s)")
"""What ends a sentence after an order, or with it."""
_LANGUAGE_SAMPLE = 200
"""Characters the language is told from: more changes nothing and costs time."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article."""

    id: str
    text: str
    source: str | None
    encoding: str | None
    """What its bytes were decoded from; None where a text was given."""
    given: date | None
    """The day of publication as given; None where it was taken from the text."""
    published: date | None
    language: str | None
    """ISO 639-1 code, or None where it cannot be told."""
    sentences: tuple[Passage, ...]
    """Those of the article's own body."""
    left_out: tuple[tuple[int, int], ...]
    """Offsets of what is no part of the body: headlines and other lines, orders to a machine."""


def read(
    text: str,
    *,
    id: str,
    source: str | None = None,
    encoding: str | None = None,
    published: date | None = None,
    most_characters: int,
) -> Document:
    """The document that `text` is.

    Args:
        text: the article as given; it may begin with `date YYYY-MM-DD`.
        id: the name of the document in the output.
        source: where the text was read from.
        encoding: what its bytes were decoded from.
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
    begin = stamp(text).end
    told = orders(text)
    prose = without(text, told)
    found = lines(prose, begin)
    body = [line for line in found if line.own]
    sample = "\n".join(prose[line.start : line.end] for line in body)[:_LANGUAGE_SAMPLE]
    language = detect_language(sample)
    sentences = tuple(
        passage
        for line in body
        for begin, end in _parts(text, line.start, line.end, told)
        for passage in _sentences(prose, begin, end, language or "en")
        if not any(_is_of(passage, *span, text) for span in told)
    )
    left_out = [*told, *((line.start, line.end) for line in found if not line.own)]
    if not sentences:
        raise DocumentError(f"{id!r} has no sentence in it: is it an article?")
    return Document(
        id=id,
        text=text,
        source=source,
        encoding=encoding,
        given=published,
        published=published or day_of_publication(text),
        language=language,
        sentences=sentences,
        left_out=tuple(joined(sorted(left_out))),
    )


def _parts(
    text: str, start: int, end: int, told: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """A line, cut where a sentence ends with an order: blanks in its place would hide that."""
    for _, stop in told:
        if start < stop < end and (full := _FULL_STOP.match(text, stop)):
            yield start, full.end()
            start = full.end()
    yield start, end


def _is_of(sentence: Passage, start: int, end: int, text: str) -> bool:
    """Whether a sentence shares words with a part of `text`, or leads on to it."""
    if sentence.end <= start:
        leads_on = sentence.text[-1] in ":,-–—" or sentence.text[-1].isalnum()
        return leads_on and not text[sentence.end : start].strip()
    return sentence.start < end


def _is_unicode(text: str) -> bool:
    """Whether no surrogate stands alone: such a text can be written nowhere."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sentences(text: str, start: int, end: int, language: str) -> Iterator[Passage]:
    """The sentences of one line, blanks around them left out; one without a letter is none."""
    for begin, stop in spans(text[start:end], language):
        piece = text[start + begin : start + stop]
        if _LETTER.search(piece):
            yield Passage(start + begin, start + stop, piece)

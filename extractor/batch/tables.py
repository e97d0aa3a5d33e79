"""Tables of documents: JSON Lines and CSV, read row by row, however large.

A row that cannot be read is told as such, and the others go on. What is not in the encoding of the
table's beginning comes out as lone surrogates, which no document may hold: such a row fails alone.
"""

import codecs
import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from itertools import count
from pathlib import Path
from typing import IO, Any, Self, cast

from extractor.batch.encodings import SAMPLE, encoding_of
from extractor.errors import DocumentError, SetupError
from schemas.fulldates import full_date

STDIN = Path("-")
"""Standard input, as a path."""

_LONGEST = 1 << 26
"""Characters a row may have: more is no document but a file of another kind."""


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """`surrogateescape` for bytes below 128 as well: UTF-16 cut off may end on one."""
    assert isinstance(error, UnicodeDecodeError)
    return "\udcff" * (error.end - error.start), error.end


codecs.register_error("extractor", _escaped)


@dataclass(frozen=True, slots=True)
class Fields:
    """What the columns or keys of a table are called."""

    id: str = "id"
    text: str = "text"
    published: str = "published"
    source: str = "source"

    @classmethod
    def renamed(cls, names: Mapping[str, str]) -> Self:
        """The usual names with some others in their place.

        Raises:
            SetupError: a name is given for something a document does not have.
        """
        known = [field.name for field in fields(cls)]
        for name in names:
            if name not in known:
                raise SetupError(f"a document has no {name!r}: choose from {', '.join(known)}")
        return cls(**names)


@dataclass(frozen=True, slots=True)
class Row:
    """What a table says of one document; what it leaves out is None."""

    number: int
    """Of the line it begins on, from 1."""
    id: str | None
    text: str
    published: date | None
    source: str | None
    encoding: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is no document."""

    number: int
    error: DocumentError


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A file, or standard input, to read bytes from.

    Raises:
        DocumentError: it cannot be opened, or read to its end.
    """
    try:
        if path == STDIN:
            yield sys.stdin.buffer
        else:
            with path.open("rb") as file:
                yield file
    except OSError as error:
        raise DocumentError(f"{str(path)!r} cannot be read: {error.strerror}") from error


def json_rows(path: Path, named: Fields) -> Iterator[Row | BadRow]:
    """The documents of a JSON Lines file; blank lines are none.

    Raises:
        DocumentError: it cannot be read, or is no text.
    """
    with opened(path) as file, _text_of(file, path) as (lines, encoding):
        for number in count(1):
            line = lines.readline(_LONGEST)
            if not line:
                return
            if len(line) == _LONGEST and not line.endswith("\n"):
                yield BadRow(number, DocumentError(f"it has more than {_LONGEST:,} characters"))
                while (rest := lines.readline(_LONGEST)) and not rest.endswith("\n"):
                    pass
            elif line.strip():
                yield _row(_loaded(line), number, named, encoding)


def _loaded(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return DocumentError(f"it is not JSON: {error}")


def csv_rows(path: Path, named: Fields) -> Iterator[Row | BadRow]:
    """The documents of a CSV file whose first line names the columns.

    Columns are divided by comma, semicolon or tab, whichever the first line has most of.

    Raises:
        DocumentError: it cannot be read, or is no text.
        SetupError: it has no column of the name given for the text.
    """
    csv.field_size_limit(_LONGEST)
    with opened(path) as file, _text_of(file, path) as (lines, encoding):
        head = lines.readline(_LONGEST)
        delimiter = max(",;\t", key=head.count)
        columns = next(csv.reader([head], delimiter=delimiter), [])
        if named.text not in columns:
            raise SetupError(
                f"{str(path)!r} has no column {named.text!r} but {_listed(columns)}: say "
                "which holds the text with `--field text=COLUMN`"
            )
        reader = csv.reader(lines, delimiter=delimiter, strict=True)  # no row is lost unsaid
        while True:
            number = reader.line_num + 2
            try:
                row = next(reader, None)
            except csv.Error as error:
                told = f"it is not CSV: {error}, read from here to line {reader.line_num + 1}"
                yield BadRow(number, DocumentError(told))
                continue
            if row is None:
                return
            if any(row[len(columns) :]):
                told = f"it has {len(row)} cells under {len(columns)} columns: quote what holds a "
                yield BadRow(number, DocumentError(f"{told}{delimiter!r}"))
            elif row:
                yield _row(dict(zip(columns, row, strict=False)), number, named, encoding)


def _listed(columns: list[str]) -> str:
    return ", ".join(map(repr, columns)) or "none"


@contextmanager
def _text_of(file: IO[bytes], path: Path) -> Iterator[tuple[io.TextIOWrapper, str]]:
    """The file as text, and the name of its encoding, told from its beginning."""
    buffered = io.BufferedReader(cast("io.RawIOBase", file), buffer_size=SAMPLE)
    encoding = encoding_of(buffered.peek(SAMPLE)[:SAMPLE], str(path))
    text = io.TextIOWrapper(buffered, encoding, errors="extractor", newline="")
    try:
        yield text, encoding.removesuffix("-sig")
    finally:
        text.detach()
        buffered.detach()


def _row(data: Any, number: int, named: Fields, encoding: str) -> Row | BadRow:
    try:
        return _checked(data, number, named, encoding)
    except DocumentError as error:
        return BadRow(number, error)


def _checked(data: Any, number: int, named: Fields, encoding: str) -> Row:
    if isinstance(data, DocumentError):
        raise data
    if not isinstance(data, dict):
        raise DocumentError(f"it is no JSON object but {type(data).__name__}")
    text = data.get(named.text)
    if not isinstance(text, str):
        raise DocumentError(
            f"it has no text under {named.text!r}: say where the text is with `--field text=NAME`"
        )
    row = Row(
        number=number,
        id=_name(data.get(named.id)),
        text=text,
        published=_day(data.get(named.published), named.published),
        source=_name(data.get(named.source)),
        encoding=encoding,
    )
    for what in ("id", "text", "source"):
        try:
            (getattr(row, what) or "").encode()
        except UnicodeEncodeError as error:
            raise DocumentError(
                f"its {what} has what is not {encoding} at character {error.start}"
            ) from None
    return row


def _name(value: object) -> str | None:
    """An id or a source; numbers are taken as they are written, blanks as nothing."""
    return str(value).strip() or None if isinstance(value, str | int) else None


def _day(value: object, name: str) -> date | None:
    if value is None or value == "":
        return None
    day = full_date(str(value))
    if day is None:
        raise DocumentError(f"{name!r} is no day (YYYY-MM-DD): {str(value)[:40]!r}")
    return day

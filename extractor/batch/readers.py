"""Finding documents and reading them, one after the other, whatever file they stand in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from glob import has_magic, iglob
from itertools import takewhile
from pathlib import Path
from typing import Literal, get_args

from extractor.batch.encodings import decode
from extractor.batch.journal import Failure
from extractor.batch.pages import read_page
from extractor.batch.tables import STDIN, BadRow, Fields, Row, csv_rows, json_rows, opened
from extractor.errors import DocumentError, SetupError

Format = Literal["text", "html", "jsonl", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)

_FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
}
"""What a file is by its ending, small letters; a file with another ending is a text."""


@dataclass(frozen=True, slots=True)
class Item:
    """A document as it was read."""

    id: str
    """What its table calls it; else the path below the folder given, or below what of a pattern is
    fixed, or the file's name, without its ending."""
    source: str
    """What its table says; else the file, with the number of the line in a table. What is no letter
    in the file's name is told by its number, here and in `id`."""
    text: str
    encoding: str | None
    published: date | None
    """What its table or its page says."""


def find(paths: Iterable[Path], *, leave_out: Iterable[Path] = ()) -> Iterator[tuple[str, Path]]:
    """The files that `paths` name, with the id each gives a document, in order.

    Files are taken as they are; of folders every file below whose ending is known; a pattern
    (`*`, `?`, `[...]`, `**`) names all files that it fits.

    Args:
        paths: files, folders, patterns; `-` is standard input.
        leave_out: files that are not documents though a folder or a pattern holds them.

    Raises:
        SetupError: a folder or a pattern holds no document.
    """
    ours = {path.resolve() for path in leave_out}
    for path in paths:
        found = False
        for name, file in _below(path):
            if file.resolve() not in ours:
                found = True
                yield name, file
        if not found:
            endings = ", ".join(_FORMATS)
            raise SetupError(f"there is no document ({endings}) in {str(path)!r}")


def _below(path: Path) -> Iterator[tuple[str, Path]]:
    if path == STDIN:
        yield "stdin", path
    elif _is(path, Path.is_dir):
        for file in sorted(path.rglob("*")):
            if file.suffix.casefold() in _FORMATS and file.is_file():
                yield file.relative_to(path).with_suffix("").as_posix(), file
    elif has_magic(str(path)) and not _is(path, Path.exists):
        plain = list(takewhile(lambda part: not has_magic(part), path.parts))
        names = iglob(str(path), recursive=True)  # noqa: PTH207  # Path.glob takes no absolute one
        for file in map(Path, sorted(names)):
            if file.is_file():
                yield file.relative_to(Path(*plain)).with_suffix("").as_posix(), file
    else:
        yield path.stem or path.name, path


def _is(path: Path, asked: Callable[[Path], bool]) -> bool:
    try:
        return asked(path)
    except OSError:  # a name too long, a folder above that may not be entered: reading will tell
        return False


def count(files: Sequence[tuple[str, Path]], format: Format | None) -> int | None:
    """How many documents `files` hold, or None where a table must be read to know."""
    kinds = {_format_of(path, format) for _, path in files}
    return len(files) if kinds <= {"text", "html"} else None


def _format_of(path: Path, told: Format | None) -> Format:
    return told or _FORMATS.get(path.suffix.casefold(), "text")


def read(
    files: Iterable[tuple[str, Path]], *, format: Format | None = None, fields: Fields | None = None
) -> Iterator[Item | Failure]:
    """The documents in `files`, read one at a time as they are asked for.

    What cannot be read is a failure, and the others go on.

    Args:
        files: as `find` gives them.
        format: of all of them; None goes by their endings, standard input being a text.
        fields: what the columns of tables are called.

    Raises:
        SetupError: a table has no column of the name given for the text.
    """
    for name, path in files:
        kind = _format_of(path, format)
        try:
            if kind in ("text", "html"):
                yield read_one(path, id=name, format=kind)
            else:
                rows = json_rows if kind == "jsonl" else csv_rows
                yield from _of_table(rows(path, fields or Fields()), name, path)
        except SetupError:
            raise
        except Exception as error:  # a fault of ours must not cost the rest of the run
            yield Failure.of(_written(name), _written(path), error)


def read_one(path: Path, *, id: str | None = None, format: Format | None = None) -> Item:
    """The document that a file is.

    Raises:
        DocumentError: it cannot be read, decoded, or is a table of many documents.
    """
    kind = _format_of(path, format)
    if kind not in ("text", "html"):
        raise DocumentError(f"{str(path)!r} is a table of documents: use `extractor run`")
    with opened(path) as file:
        data = file.read()
    text, encoding = decode(data, str(path), is_page=kind == "html")
    published = None
    if kind == "html":
        text, published = read_page(text, str(path))
    name = "stdin" if path == STDIN else path.stem or path.name
    return Item(_written(id or name), _written(path), text, encoding, published)


def _of_table(rows: Iterable[Row | BadRow], id: str, path: Path) -> Iterator[Item | Failure]:
    """The documents of a table; a row without an id of its own is called by its line."""
    for row in rows:
        name, place = _written(f"{id}:{row.number}"), _written(f"{path}:{row.number}")
        if isinstance(row, BadRow):
            yield Failure.of(name, place, row.error)
        else:
            yield Item(row.id or name, row.source or place, row.text, row.encoding, row.published)


def _written(name: object) -> str:
    """A file's name as it can be written down: names on Linux are bytes, which may be no UTF-8."""
    return str(name).encode("utf-8", "backslashreplace").decode()

"""Finding documents and reading their text."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import DocumentError, SetupError

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Item:
    """A document that is still to be read."""

    id: str
    """The path below the folder given, or the file's name, without its ending."""
    path: Path
    """`-` is standard input."""


def find(paths: Iterable[Path]) -> list[Item]:
    """The documents that `paths` name: files as they are, of folders every `.txt` below.

    A file that is not there is an item too: reading it fails, and the others go on.

    Raises:
        SetupError: nothing is found in a folder, or two documents would have one name.
    """
    items: dict[str, Item] = {}
    for path in paths:
        for item in _below(path):
            other = items.setdefault(item.id, item)
            if other.path != item.path:
                raise SetupError(
                    f"two documents would be called {item.id!r}: {str(other.path)!r} and "
                    f"{str(item.path)!r}; give the folder above both, or run them apart"
                )
    return list(items.values())


def _below(path: Path) -> Iterator[Item]:
    if path == STDIN:
        yield Item("stdin", path)
    elif _is_folder(path):
        files = sorted(file for file in path.rglob("*.txt") if file.is_file())
        if not files:
            raise SetupError(f"there is no .txt file in the folder {str(path)!r}")
        for file in files:
            yield Item(file.relative_to(path).with_suffix("").as_posix(), file)
    else:
        yield Item(path.stem or path.name, path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long, a folder above that may not be entered: reading will tell
        return False


def read_text(path: Path) -> str:
    """The text of a file or of standard input, line ends as they are.

    Raises:
        DocumentError: it cannot be read, or is not text in UTF-8.
    """
    try:
        data = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{str(path)!r} cannot be read: {error.strerror}") from error
    if b"\0" in data:
        raise DocumentError(f"{str(path)!r} is binary, not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{str(path)!r} is not UTF-8 (byte {error.start}): convert it first, "
            "say with `iconv -f CP1251 -t UTF-8`"
        ) from error

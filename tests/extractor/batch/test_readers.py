"""Finding documents, and reading their text as it is."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractor.batch.readers import STDIN, Item, find, read_text
from extractor.errors import DocumentError, SetupError


def write(path: Path, data: bytes = b"Anna came.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_file_is_found_as_it_is_whatever_its_ending(tmp_path: Path) -> None:
    files = [write(tmp_path / name) for name in ("a.txt", "b.md", "c")]
    assert find(files) == [Item("a", files[0]), Item("b", files[1]), Item("c", files[2])]


def test_only_the_last_ending_is_left_out_of_an_id(tmp_path: Path) -> None:
    files = [write(tmp_path / "2025.11.26.txt"), write(tmp_path / ".hidden")]
    assert [item.id for item in find(files)] == ["2025.11.26", ".hidden"]


def test_every_txt_below_a_folder_is_found_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/deep/c.txt", "sub/a.txt", "notes.md", "txt"):
        write(tmp_path / name)
    assert [item.id for item in find([tmp_path])] == ["a", "b", "sub/a", "sub/deep/c"]


def test_an_id_is_the_path_below_the_folder(tmp_path: Path) -> None:
    file = write(tmp_path / "ru" / "a.b.txt")
    assert find([tmp_path]) == [Item("ru/a.b", file)]


def test_a_folder_whose_name_ends_in_txt_is_no_document(tmp_path: Path) -> None:
    file = write(tmp_path / "odd.txt" / "a.txt")
    assert find([tmp_path]) == [Item("odd.txt/a", file)]


def test_files_and_folders_are_found_in_the_order_given(tmp_path: Path) -> None:
    folder, file = tmp_path / "folder", write(tmp_path / "z.txt")
    write(folder / "a.txt")
    assert [item.id for item in find([file, folder])] == ["z", "a"]


def test_standard_input_is_a_document() -> None:
    assert find([STDIN]) == [Item("stdin", STDIN)]


def test_no_paths_are_no_documents() -> None:
    assert find([]) == []


def test_two_documents_of_one_id_are_refused_with_both_paths(tmp_path: Path) -> None:
    one, other = write(tmp_path / "en" / "a.txt"), write(tmp_path / "ru" / "a.txt")
    with pytest.raises(SetupError, match="'a'") as caught:
        find([one.parent, other.parent])
    assert str(one) in str(caught.value)
    assert str(other) in str(caught.value)


def test_two_files_that_differ_in_their_ending_only_are_refused(tmp_path: Path) -> None:
    files = [write(tmp_path / "a.txt"), write(tmp_path / "a.md")]
    with pytest.raises(SetupError, match="two documents would be called 'a'"):
        find(files)


@pytest.mark.parametrize("others", [[], ["a.md"]], ids=["empty", "without-txt"])
def test_a_folder_without_documents_is_refused_by_name(tmp_path: Path, others: list[str]) -> None:
    for name in others:
        write(tmp_path / name)
    with pytest.raises(SetupError, match=r"no \.txt file in the folder") as caught:
        find([tmp_path])
    assert str(tmp_path) in str(caught.value)


def test_a_path_that_is_not_there_is_an_item_whose_reading_fails(tmp_path: Path) -> None:
    """So that the others go on."""
    missing, there = tmp_path / "missing.txt", write(tmp_path / "there.txt")
    assert find([missing, there]) == [Item("missing", missing), Item("there", there)]
    with pytest.raises(DocumentError, match=r"missing\.txt' cannot be read: No such file"):
        read_text(missing)


def test_a_folder_read_as_a_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read: Is a directory"):
        read_text(tmp_path)


def test_a_broken_link_given_as_a_file_is_an_error(tmp_path: Path) -> None:
    link = tmp_path / "a.txt"
    link.symlink_to(tmp_path / "gone.txt")
    assert find([link]) == [Item("a", link)]
    with pytest.raises(DocumentError, match="No such file"):
        read_text(link)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("Анна \U0001f41f e\u0301".encode(), "Анна \U0001f41f e\u0301", id="utf-8"),
        pytest.param(b"\xef\xbb\xbfAnna came.", "Anna came.", id="bom"),
        pytest.param(b"One.\r\nTwo.\rThree.\n", "One.\r\nTwo.\rThree.\n", id="line-ends"),
        pytest.param(b" \tAnna.\n\n", " \tAnna.\n\n", id="blanks"),
        pytest.param(b"", "", id="empty"),
    ],
)
def test_text_is_read_as_it_is(tmp_path: Path, data: bytes, text: str) -> None:
    assert read_text(write(tmp_path / "a.txt", data)) == text


def test_standard_input_is_read_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    data = "\ufeffАнна.\r\n".encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert read_text(STDIN) == "Анна.\r\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", id="png"),
        pytest.param("Anna came.".encode("utf-16"), id="utf-16"),
        pytest.param(b"Anna\0came", id="nul"),
    ],
)
def test_a_binary_file_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"a\.txt' is binary, not text"):
        read_text(write(tmp_path / "a.txt", data))


@pytest.mark.parametrize(
    ("data", "byte"),
    [
        pytest.param("Анна".encode("cp1251"), 0, id="cp1251"),
        pytest.param(b"Caf\xe9 opened.", 3, id="latin-1"),
        pytest.param("Анна".encode()[:-1], 6, id="cut-off"),
    ],
)
def test_text_that_is_not_utf_8_is_refused_with_the_place_and_the_remedy(
    tmp_path: Path, data: bytes, byte: int
) -> None:
    with pytest.raises(DocumentError, match=rf"a\.txt' is not UTF-8 \(byte {byte}\).*iconv"):
        read_text(write(tmp_path / "a.txt", data))


def test_a_name_too_long_is_an_item_whose_reading_fails() -> None:
    """Say, the article itself in place of its path."""
    path = Path("x" * 300)
    assert find([path]) == [Item("x" * 300, path)]
    with pytest.raises(DocumentError, match="File name too long"):
        read_text(path)

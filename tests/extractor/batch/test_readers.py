"""Finding documents, and reading their text as it is."""

import io
import os
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractor.batch import STDIN, Failure, Format, Item, count, find, read, read_one, readers
from extractor.errors import DocumentError, SetupError

PAGE = (
    "<html><head><meta charset='windows-1251'><meta name='date' content='2025-03-21'></head><body>"
    "<article><h1>Встреча в Риме</h1><p>Анна Берг встретилась с Жаном Моро в Риме в четверг, и "
    "говорили они три часа о торговле.</p></article></body></html>"
)


def write(path: Path, data: bytes = b"Anna came.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def ids(*paths: Path, leave_out: tuple[Path, ...] = ()) -> list[str]:
    return [name for name, _ in find(paths, leave_out=leave_out)]


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    """What comes in on standard input."""
    data = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=data))
    return data


def test_a_file_is_found_as_it_is_whatever_its_ending(tmp_path: Path) -> None:
    files = [write(tmp_path / name) for name in ("a.txt", "b.md", "c", "d.csv")]
    assert list(find(files)) == list(zip("abcd", files, strict=True))


def test_only_the_last_ending_is_left_out_of_an_id(tmp_path: Path) -> None:
    assert ids(write(tmp_path / "2025.11.26.txt"), write(tmp_path / ".hidden")) == [
        "2025.11.26",
        ".hidden",
    ]


def test_every_document_below_a_folder_is_found_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/deep/c.txt", "sub/a.txt", "notes.md", "txt"):
        write(tmp_path / name)
    assert ids(tmp_path) == ["a", "b", "sub/a", "sub/deep/c"]


def test_every_ending_that_is_known_is_found_in_a_folder(tmp_path: Path) -> None:
    known = ["a.txt", "b.html", "c.htm", "d.jsonl", "e.ndjson", "f.csv", "g.TXT", "h.Html"]
    for name in (*known, "i.md", "j.json", "k.pdf", "l", ".txt", "m.txt.gz", "n.tsv"):
        write(tmp_path / name)
    assert [path.name for _, path in find([tmp_path])] == known


def test_an_id_is_the_path_below_the_folder(tmp_path: Path) -> None:
    file = write(tmp_path / "ru" / "a.b.txt")
    assert list(find([tmp_path])) == [("ru/a.b", file)]


def test_a_folder_whose_name_ends_in_txt_is_no_document(tmp_path: Path) -> None:
    file = write(tmp_path / "odd.txt" / "a.txt")
    assert list(find([tmp_path])) == [("odd.txt/a", file)]


def test_a_broken_link_in_a_folder_is_no_document(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    assert ids(tmp_path) == ["a"]


def test_files_and_folders_are_found_in_the_order_given(tmp_path: Path) -> None:
    folder, file = tmp_path / "folder", write(tmp_path / "z.txt")
    write(folder / "a.txt")
    assert ids(file, folder) == ["z", "a"]


def test_standard_input_is_a_document() -> None:
    assert list(find([STDIN])) == [("stdin", STDIN)]


def test_no_paths_are_no_documents() -> None:
    assert list(find([])) == []


def test_two_documents_of_one_id_are_both_found(tmp_path: Path) -> None:
    """The run tells of the second: to know it here, all would have to be held."""
    one, other = write(tmp_path / "en" / "a.txt"), write(tmp_path / "ru" / "a.html")
    assert list(find([one.parent, other.parent])) == [("a", one), ("a", other)]


@pytest.mark.parametrize("others", [[], ["a.md"]], ids=["empty", "without-known-endings"])
def test_a_folder_without_documents_is_refused_by_name(tmp_path: Path, others: list[str]) -> None:
    for name in others:
        write(tmp_path / name)
    with pytest.raises(
        SetupError, match=r"there is no document \(\.txt, \.html, .*\) in"
    ) as caught:
        list(find([tmp_path]))
    assert repr(str(tmp_path)) in str(caught.value)


def test_what_is_to_be_left_out_is_not_found_in_a_folder(tmp_path: Path) -> None:
    for name in ("a.txt", "out.jsonl", "out.failed.jsonl", "sub/out.jsonl"):
        write(tmp_path / name)
    ours = (tmp_path / "out.jsonl", tmp_path / "out.failed.jsonl")
    assert ids(tmp_path, leave_out=ours) == ["a", "sub/out"]


def test_what_is_to_be_left_out_is_known_under_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "out.jsonl")
    (tmp_path / "link").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("out.jsonl", "link/out.jsonl", str(tmp_path / "out.jsonl")):
        assert ids(tmp_path, leave_out=(Path(name),)) == ["a"]
        assert ids(Path("*"), leave_out=(Path(name),)) == ["a"]


def test_a_folder_that_holds_only_what_is_to_be_left_out_is_refused(tmp_path: Path) -> None:
    out = write(tmp_path / "out.jsonl")
    for path in (tmp_path, out, tmp_path / "*.jsonl"):
        with pytest.raises(SetupError, match="there is no document"):
            ids(path, leave_out=(out,))


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of mixed files."""
    for name in ("b.txt", "a.txt", "a1.md", "c.html", "sub/d.txt", "sub/deep/e.txt", "f.txt/g.txt"):
        write(tmp_path / "news" / name)
    return tmp_path / "news"


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        pytest.param("*.txt", ["a.txt", "b.txt"], id="star"),
        pytest.param("*", ["a.txt", "a1.md", "b.txt", "c.html"], id="all-files"),
        pytest.param("?.html", ["c.html"], id="question-mark"),
        pytest.param("[ab].txt", ["a.txt", "b.txt"], id="letters"),
        pytest.param("*/*.txt", ["f.txt/g.txt", "sub/d.txt"], id="one-folder-down"),
        pytest.param("su[b]/**/*.txt", ["sub/d.txt", "sub/deep/e.txt"], id="all-folders-down"),
        pytest.param(
            "**/*.txt",
            ["a.txt", "b.txt", "f.txt/g.txt", "sub/d.txt", "sub/deep/e.txt"],
            id="here-and-down",
        ),
    ],
)
@pytest.mark.parametrize("absolute", [True, False], ids=["absolute", "relative"])
def test_a_pattern_is_all_files_that_it_fits_in_order(
    news: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, names: list[str], absolute: bool
) -> None:
    monkeypatch.chdir(news)
    above = news if absolute else Path()
    found = list(find([above / pattern]))
    assert found == [(name.rsplit(".", 1)[0], above / name) for name in names]


def test_a_pattern_with_a_fixed_folder_gives_ids_below_it(tmp_path: Path) -> None:
    files = [write(tmp_path / "news" / name / "a.txt") for name in ("bg", "en")]
    found = list(find([tmp_path / "news" / "**" / "*.txt"]))
    assert found == [("bg/a", files[0]), ("en/a", files[1])]


@pytest.mark.parametrize("pattern", ["*.pdf", "none/*", "**/*.csv", "s*"])
def test_a_pattern_that_fits_no_file_is_refused_by_name(news: Path, pattern: str) -> None:
    with pytest.raises(SetupError, match="there is no document") as caught:
        ids(news / pattern)
    assert repr(str(news / pattern)) in str(caught.value)


@pytest.mark.parametrize("name", ["a[1].txt", "what?.txt", "all*.txt"])
def test_a_file_that_is_called_like_a_pattern_is_itself(tmp_path: Path, name: str) -> None:
    file = write(tmp_path / name)
    write(tmp_path / "a1.txt")
    assert list(find([file])) == [(file.stem, file)]


def test_a_folder_that_is_called_like_a_pattern_is_itself(tmp_path: Path) -> None:
    file = write(tmp_path / "news [2025]" / "a.txt")
    assert list(find([file.parent])) == [("a", file)]


def test_files_are_found_no_further_than_is_asked_for(tmp_path: Path) -> None:
    found = find([write(tmp_path / "a.txt"), tmp_path / "none" / "*"])
    assert next(found)[0] == "a"
    with pytest.raises(SetupError):
        next(found)


@pytest.mark.parametrize(
    ("names", "format", "expected"),
    [
        (["a.txt", "b.html", "c"], None, 3),
        (["a.txt", "b.jsonl"], None, None),
        (["a.csv"], None, None),
        (["a.txt", "b.jsonl"], "text", 2),
        (["a.txt", "b.txt"], "csv", None),
        ([], None, 0),
    ],
)
def test_documents_are_counted_unless_a_table_must_be_read_for_it(
    names: list[str], format: Format | None, expected: int | None
) -> None:
    assert count([(name, Path(name)) for name in names], format) == expected


def test_a_text_file_is_one_item(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Анна пришла.".encode())
    assert list(read([("ru/a", path)])) == [Item("ru/a", str(path), "Анна пришла.", "utf-8", None)]
    assert read_one(path) == Item("a", str(path), "Анна пришла.", "utf-8", None)


@pytest.mark.parametrize("name", ["a.md", "a", "a.xml", "a.json", "a.text"])
def test_a_file_with_another_ending_is_a_text(tmp_path: Path, name: str) -> None:
    """Whatever stands in it."""
    path = write(tmp_path / name, b'{"text": "<p>Anna.</p>"}\n')
    (item,) = read([("a", path)])
    assert isinstance(item, Item)
    assert item.text == '{"text": "<p>Anna.</p>"}\n'


@pytest.mark.parametrize("name", ["a.html", "a.htm", "A.HTML"])
def test_a_page_is_decoded_dated_and_brought_to_its_article(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, PAGE.encode("cp1251"))
    (item,) = read([("a", path)])
    assert isinstance(item, Item)
    assert item == Item("a", str(path), item.text, "cp1251", date(2025, 3, 21))
    assert item.text.startswith("Встреча в Риме\nАнна Берг встретилась")
    assert "<" not in item.text


@pytest.mark.parametrize(
    ("format", "data", "text"),
    [
        ("text", b"<p>Anna.</p>", "<p>Anna.</p>"),
        ("html", PAGE.encode(), "Встреча в Риме"),
        ("jsonl", b'{"text": "Anna."}\n', "Anna."),
        ("csv", b"text\nAnna.\n", "Anna."),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.csv", "a"])
def test_the_format_told_goes_before_the_ending(
    tmp_path: Path, name: str, format: Format, data: bytes, text: str
) -> None:
    (item,) = read([("a", write(tmp_path / name, data))], format=format)
    assert isinstance(item, Item)
    assert item.text.splitlines()[0] == text


def test_a_folder_of_mixed_files_is_read_as_each_ending_says(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"Anna.")
    write(tmp_path / "b.html", PAGE.encode())
    write(tmp_path / "sub" / "c.jsonl", b'{"text": "One."}\n{"text": "Two.", "id": "two"}\n')
    write(tmp_path / "d.csv", b"text\nThree.\n")
    found = list(read(find([tmp_path])))
    assert [item.id for item in found] == ["a", "b", "d:2", "sub/c:1", "two"]
    assert all(isinstance(item, Item) for item in found)


def test_a_file_that_cannot_be_read_is_a_failure_and_the_next_is_read(tmp_path: Path) -> None:
    files = [("a", tmp_path / "gone.txt"), ("b", write(tmp_path / "b.txt"))]
    failed, item = read(files)
    assert isinstance(failed, Failure)
    assert (failed.id, failed.source) == ("a", str(tmp_path / "gone.txt"))
    assert failed.error == "DocumentError"
    assert isinstance(item, Item)


def test_a_fault_in_reading_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries that read pages may fail in ways of their own."""

    def fail(html: str, name: str) -> tuple[str, date | None]:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(readers, "read_page", fail)
    files = [("a", write(tmp_path / "a.html")), ("b", write(tmp_path / "b.txt"))]
    failed, item = read(files)
    assert isinstance(failed, Failure)
    assert failed.message == "a fault of the program: ZeroDivisionError('oops')"
    assert isinstance(item, Item)


def test_what_must_be_set_right_ends_the_reading(tmp_path: Path) -> None:
    files = [("a", write(tmp_path / "a.csv", b"no head\n")), ("b", write(tmp_path / "b.txt"))]
    with pytest.raises(SetupError, match="no column 'text'"):
        list(read(files))


def test_files_are_read_no_further_than_is_asked_for(tmp_path: Path) -> None:
    def files():
        yield "a", write(tmp_path / "a.txt")
        raise AssertionError("asked for too early")

    found = read(files())
    assert isinstance(next(found), Item)


def test_a_name_that_is_no_text_can_be_written_down(tmp_path: Path) -> None:
    """Names of files are bytes on Linux: those of an old disk may be in KOI8-R."""
    for name, data in (("Анна.txt", b"Anna."), ("Берг.txt", b"\0"), ("Жан.jsonl", b'{"text":"x"}')):
        folder, raw = os.fsencode(tmp_path), name.encode("koi8-r")
        Path(os.fsdecode(folder + b"/" + raw)).write_bytes(data)
    for found in read(find([tmp_path])):
        assert (found.id + found.source).isascii()
        assert r"\udc" in found.id
        assert r"\udc" in found.source


def test_standard_input_is_read_as_it_is(stdin: io.BytesIO) -> None:
    stdin.write("\ufeffАнна.\r\n".encode())
    stdin.seek(0)
    assert read_one(STDIN) == Item("stdin", "-", "Анна.\r\n", "utf-8", None)


def test_standard_input_may_be_json_lines(stdin: io.BytesIO) -> None:
    stdin.write(b'{"text": "One."}\n\n{"id": "b", "source": "s", "text": "Two."}\n')
    stdin.seek(0)
    assert list(read(find([STDIN]), format="jsonl")) == [
        Item("stdin:1", "-:1", "One.", "utf-8", None),
        Item("b", "s", "Two.", "utf-8", None),
    ]


def test_standard_input_may_be_a_page(stdin: io.BytesIO) -> None:
    stdin.write(PAGE.encode("cp1251"))
    stdin.seek(0)
    assert read_one(STDIN, format="html").published == date(2025, 3, 21)


@pytest.mark.parametrize(
    ("name", "format"), [("a.jsonl", None), ("a.CSV", None), ("a.txt", "jsonl"), ("-", "csv")]
)
def test_a_table_is_not_one_document(tmp_path: Path, name: str, format: Format | None) -> None:
    path = STDIN if name == "-" else write(tmp_path / name)
    with pytest.raises(DocumentError, match="is a table of documents: use `extractor run`"):
        read_one(path, format=format)


def test_a_path_that_is_not_there_is_found_and_its_reading_fails(tmp_path: Path) -> None:
    """So that the others go on."""
    missing, there = tmp_path / "missing.txt", write(tmp_path / "there.txt")
    assert list(find([missing, there])) == [("missing", missing), ("there", there)]
    with pytest.raises(DocumentError, match=r"missing\.txt' cannot be read: No such file"):
        read_one(missing)


def test_a_folder_read_as_a_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read: Is a directory"):
        read_one(tmp_path)


def test_a_broken_link_given_as_a_file_is_an_error(tmp_path: Path) -> None:
    link = tmp_path / "a.txt"
    link.symlink_to(tmp_path / "gone.txt")
    assert list(find([link])) == [("a", link)]
    with pytest.raises(DocumentError, match="No such file"):
        read_one(link)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("Анна \U0001f41f e\u0301".encode(), "Анна \U0001f41f e\u0301", id="utf-8"),
        pytest.param(b"\xef\xbb\xbfAnna came.", "Anna came.", id="bom"),
        pytest.param(b"One.\r\nTwo.\rThree.\n", "One.\r\nTwo.\rThree.\n", id="line-ends"),
        pytest.param(b" \tAnna.\n\n", " \tAnna.\n\n", id="blanks"),
        pytest.param("so\u00adft\u00a0one".encode(), "so\u00adft\u00a0one", id="soft-hyphen"),
        pytest.param(b"", "", id="empty"),
    ],
)
def test_text_is_read_as_it_is(tmp_path: Path, data: bytes, text: str) -> None:
    assert read_one(write(tmp_path / "a.txt", data)).text == text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", id="png"),
        pytest.param(b"Anna\0came", id="nul"),
    ],
)
def test_a_binary_file_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"a\.txt' is binary, not text"):
        read_one(write(tmp_path / "a.txt", data))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param("Анна Берг встретилась с Жаном Моро в Риме.", "cp1251", id="cp1251"),
        pytest.param("Anna Berg’s talks with José Silva went well.", "cp1252", id="cp1252"),
        pytest.param("Anna Berg met José Silva.", "utf-16", id="utf-16"),
    ],
)
def test_text_that_is_not_utf_8_is_decoded_and_its_encoding_named(
    tmp_path: Path, text: str, encoding: str
) -> None:
    item = read_one(write(tmp_path / "a.txt", text.encode(encoding)))
    assert (item.text, item.encoding) == (text, encoding)


def test_text_that_is_cut_off_is_refused_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"a\.txt' is not utf-8 from byte 6 on: .* cut off"):
        read_one(write(tmp_path / "a.txt", "Анна".encode()[:-1]))


def test_a_name_too_long_is_found_and_its_reading_fails() -> None:
    """Say, the article itself in place of its path."""
    path = Path("x" * 300)
    assert list(find([path])) == [("x" * 300, path)]
    with pytest.raises(DocumentError, match="File name too long"):
        read_one(path)


def test_a_text_in_place_of_a_path_is_not_taken_for_a_pattern_without_end() -> None:
    path = Path("Did Anna meet Jean [in Rome]? " * 20)
    with pytest.raises(SetupError, match="there is no document"):
        list(find([path]))

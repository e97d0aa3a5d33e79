"""Tables of documents are read row by row; a row that is no document fails alone."""

import codecs
import csv
import errno
import io
import json
import os
import re
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typing_extensions import Buffer, override

from extractor.batch import STDIN, Failure, Fields, Item, read, tables
from extractor.batch.encodings import SAMPLE
from extractor.batch.readers import Format
from extractor.errors import SetupError

RUSSIAN = "Анна Берг встретилась с Жаном Моро в Риме."

Read = Callable[..., list[Item | Failure]]


@pytest.fixture
def table(tmp_path: Path) -> Read:
    """What is read of a table that has these bytes."""

    def table(data: bytes, name: str = "news.jsonl", **names: str) -> list[Item | Failure]:
        path = tmp_path / name
        path.write_bytes(data)
        return list(read([(path.stem, path)], fields=Fields.renamed(names)))

    return table


def lines(*rows: dict[str, Any], encoding: str = "utf-8", end: str = "\n") -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + end for row in rows).encode(encoding)


def only(found: list[Item | Failure]) -> Item:
    (item,) = found
    assert isinstance(item, Item)
    return item


def texts(found: list[Item | Failure]) -> list[str | None]:
    """The texts, None for a row that failed."""
    return [item.text if isinstance(item, Item) else None for item in found]


def failure(found: list[Item | Failure]) -> Failure:
    """The only one."""
    (failed,) = (item for item in found if isinstance(item, Failure))
    assert failed.error == "DocumentError"
    return failed


@pytest.mark.parametrize("name", ["news.jsonl", "news.ndjson", "NEWS.JSONL"])
def test_each_line_is_a_document_with_all_that_it_says(table: Read, name: str) -> None:
    row = {"id": "a/1", "text": RUSSIAN, "published": "2025-03-21", "source": "https://a.example"}
    assert table(lines(row, {**row, "id": "2"}), name) == [
        Item("a/1", "https://a.example", RUSSIAN, "utf-8", date(2025, 3, 21)),
        Item("2", "https://a.example", RUSSIAN, "utf-8", date(2025, 3, 21)),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("news.jsonl", b'{"text": "One."}\n\n{"text": "Two."}\n'),
        ("news.csv", b'text\n"One."\n\nTwo.\n'),
    ],
)
def test_a_row_without_id_and_source_is_called_by_the_table_and_its_line(
    table: Read, tmp_path: Path, name: str, data: bytes
) -> None:
    found = table(data, name)
    numbers = (1, 3) if name == "news.jsonl" else (2, 4)
    assert [item.id for item in found] == [f"news:{number}" for number in numbers]
    assert [item.source for item in found] == [f"{tmp_path / name}:{number}" for number in numbers]


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        pytest.param("7", "7", id="number"),
        pytest.param("0", "0", id="zero"),
        pytest.param('" a "', "a", id="blanks-around"),
        pytest.param('"ру/1"', "ру/1", id="cyrillic"),
        pytest.param('""', "news:1", id="empty"),
        pytest.param('" "', "news:1", id="blank"),
        pytest.param("null", "news:1", id="null"),
        pytest.param("[1]", "news:1", id="list"),
    ],
)
def test_an_id_is_a_text_or_a_number(table: Read, id: str, expected: str) -> None:
    assert only(table(f'{{"id": {id}, "text": "One."}}'.encode())).id == expected


@pytest.mark.parametrize(
    ("row", "told"),
    [
        pytest.param("nope", "it is not JSON", id="word"),
        pytest.param('{"text": "One.', "it is not JSON", id="cut-off"),
        pytest.param("[" * 100_000, "it is not JSON", id="deep"),
        pytest.param("9" * 10_000, "it is not JSON", id="endless-number"),
        pytest.param('["One."]', "it is no JSON object but list", id="list"),
        pytest.param('"One."', "it is no JSON object but str", id="text"),
        pytest.param("null", "it is no JSON object but NoneType", id="null"),
        pytest.param("{}", "no text under 'text'.*`--field text=NAME`", id="no-text"),
        pytest.param('{"text": null}', "no text under 'text'", id="null-text"),
        pytest.param('{"text": 7}', "no text under 'text'", id="number-as-text"),
        pytest.param('{"text": ["One."]}', "no text under 'text'", id="list-as-text"),
        pytest.param(r'{"text": "a\ud83d."}', "its text has what is not utf-8 at .* 1", id="half"),
        pytest.param(r'{"text": "a", "id": "\udc1f"}', "its id has what is not", id="half-id"),
        pytest.param(r'{"text": "a", "source": "\udc1f"}', "its source has what", id="half-source"),
    ],
)
def test_a_line_that_is_no_document_fails_alone(table: Read, row: str, told: str) -> None:
    found = table(f'{{"text": "One."}}\n{row}\n{{"text": "Three."}}\n'.encode())
    assert texts(found) == ["One.", None, "Three."]
    failed = failure(found)
    assert failed.id == "news:2"
    assert failed.source.endswith("news.jsonl:2")
    assert re.search(told, failed.message)


def test_blank_lines_are_no_documents(table: Read) -> None:
    found = table(b'\n \t\r\n{"text": "One."}\n\n\n{"text": "Two."}\n\n')
    assert texts(found) == ["One.", "Two."]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"], ids=["empty", "blank", "mark"])
def test_an_empty_file_of_json_lines_holds_no_documents(table: Read, data: bytes) -> None:
    assert table(data) == []


def test_the_last_line_needs_no_end(table: Read) -> None:
    assert texts(table(b'{"text": "One."}\n{"text": "Two."}')) == ["One.", "Two."]


def test_json_lines_may_end_as_on_windows(table: Read) -> None:
    assert texts(table(lines({"text": "One."}, {"text": "Two."}, end="\r\n"))) == ["One.", "Two."]


@pytest.mark.parametrize("name", ["news.jsonl", "news.csv"])
def test_a_text_is_kept_letter_for_letter(table: Read, name: str) -> None:
    """What other programs take for the end of a line is none of a row."""
    text = " One\u2028two\u2029\u0085\x0b\x0c\x1c\r\nthree\r e\u0301 so\u00adft\u00a0\ufeff \n"
    if name == "news.csv":
        data = f'id,text\n7,"{text}"\n8,b\n'.encode()
    else:
        data = lines({"id": 7, "text": text}, {"id": 8, "text": "b"})
    assert texts(table(data, name)) == [text, "b"]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        pytest.param("2025-03-21", date(2025, 3, 21), id="day"),
        pytest.param("2025-03-21T23:30:00-05:00", date(2025, 3, 21), id="stamp"),
        pytest.param(" 2025-03-21 10:00", date(2025, 3, 21), id="with-blank"),
        pytest.param("21.03.2025", date(2025, 3, 21), id="figures"),
        pytest.param("21 март 2025 г.", date(2025, 3, 21), id="words"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="null"),
    ],
)
def test_a_row_says_when_it_was_published(table: Read, value: str | None, day: date | None) -> None:
    assert only(table(lines({"text": "One.", "published": value}))).published == day


@pytest.mark.parametrize(
    "value", ["2025-02-30", "12/10/2025", "март 2025", "yesterday", 1742515200, True, {}]
)
def test_a_row_with_a_day_that_is_none_fails_alone(table: Read, value: object) -> None:
    found = table(lines({"text": "One.", "published": value}, {"text": "Two."}))
    assert texts(found) == [None, "Two."]
    assert "'published' is no day (YYYY-MM-DD)" in failure(found).message


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("news.jsonl", lines({"nr": 7, "body": "One.", "day": "2025-03-21", "url": "u"})),
        ("news.csv", b"url,day,body,nr\nu,2025-03-21,One.,7\n"),
    ],
)
def test_fields_may_have_other_names(table: Read, name: str, data: bytes) -> None:
    found = table(data, name, id="nr", text="body", published="day", source="url")
    assert only(found) == Item("7", "u", "One.", "utf-8", date(2025, 3, 21))


def test_a_field_under_another_name_is_named_so_when_it_is_missing(table: Read) -> None:
    assert "no text under 'body'" in failure(table(lines({"text": "One."}), text="body")).message


def test_an_unknown_field_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        SetupError, match=r"has no 'title': choose from id, text, published, source"
    ):
        Fields.renamed({"text": "body", "title": "head"})


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1251", "cp1251"),
        ("koi8-r", "koi8-r"),
    ],
)
@pytest.mark.parametrize("name", ["news.jsonl", "news.csv"])
def test_a_table_is_decoded_as_a_whole(table: Read, name: str, encoding: str, named: str) -> None:
    if name == "news.csv":
        data = f"id;text\r\nа1;{RUSSIAN}\r\nа2;{RUSSIAN}\r\n".encode(encoding)
    else:
        data = lines(
            {"id": "а1", "text": RUSSIAN}, {"id": "а2", "text": RUSSIAN}, encoding=encoding
        )
    found = table(data, name)
    assert texts(found) == [RUSSIAN, RUSSIAN]
    assert [(item.id, item.encoding) for item in found if isinstance(item, Item)] == [
        ("а1", named),
        ("а2", named),
    ]


@pytest.mark.parametrize("rows", [3, 3000], ids=["in-the-beginning", "far-behind-it"])
@pytest.mark.parametrize("name", ["news.jsonl", "news.csv"])
def test_a_bad_byte_in_the_middle_fails_its_row_alone(table: Read, name: str, rows: int) -> None:
    row = f'"{RUSSIAN}"\n' if name == "news.csv" else f'{{"text": "{RUSSIAN}"}}\n'
    bad = row.encode().replace("Ж".encode(), b"\xd0", 1)
    head = b"text\n" if name == "news.csv" else b""
    found = table(head + row.encode() * (rows - 1) + bad + row.encode(), name)
    assert texts(found) == [*[RUSSIAN] * (rows - 1), None, RUSSIAN]
    assert f"not utf-8 at character {RUSSIAN.index('Ж')}" in failure(found).message


@pytest.mark.parametrize("field", ["id", "source"])
def test_a_bad_byte_in_a_name_fails_its_row_alone(table: Read, field: str) -> None:
    """It could not be written into the output."""
    row = lines({field: "x", "text": RUSSIAN})
    found = table(row + row.replace(b'"x"', b'"\xff"') + row)
    assert texts(found) == [RUSSIAN, None, RUSSIAN]
    assert f"its {field} has what is not utf-8" in failure(found).message


def test_a_bad_byte_where_nothing_is_read_fails_nothing(table: Read) -> None:
    row = lines({"tags": "x", "text": RUSSIAN})
    assert texts(table(row + row.replace(b'"x"', b'"\xff"'))) == [RUSSIAN, RUSSIAN]


@pytest.mark.parametrize("cut", [1, 3, 5, 8])
def test_utf_16_that_is_cut_off_fails_its_last_row_alone(table: Read, cut: int) -> None:
    whole = lines({"text": RUSSIAN}, {"text": RUSSIAN}, encoding="utf-16")
    assert texts(table(whole[:-cut])) == [RUSSIAN, None]


def test_half_a_letter_in_utf_16_fails_its_row_alone(table: Read) -> None:
    data = lines({"text": "Anna \U0001f41f."}, {"text": "Two."}, encoding="utf-16-le")
    fish = "\U0001f41f".encode("utf-16-le")
    half = codecs.BOM_UTF16_LE + data.replace(fish, fish[:2])
    assert texts(table(half)) == [None, "Two."]


@pytest.mark.parametrize("name", ["news.jsonl", "news.csv"])
def test_a_binary_table_is_one_failure(table: Read, tmp_path: Path, name: str) -> None:
    failed = failure(table(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", name))
    assert (failed.id, failed.source) == ("news", str(tmp_path / name))
    assert "is binary, not text" in failed.message


@pytest.mark.parametrize("name", ["news.jsonl", "news.csv"])
def test_a_table_that_has_vanished_is_one_failure_and_the_next_file_is_read(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "after.txt").write_bytes(b"Anna.")
    gone = tmp_path / name
    found = list(read([("news", gone), ("after", tmp_path / "after.txt")]))
    failed = failure(found)
    assert (failed.id, failed.source) == ("news", str(gone))
    assert "cannot be read: No such file" in failed.message
    assert texts(found) == [None, "Anna."]


def test_a_folder_that_is_called_as_a_table_is_one_failure(tmp_path: Path) -> None:
    assert "Is a directory" in failure(list(read([("a", tmp_path)], format="jsonl"))).message


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A row may have 100 characters."""
    before = csv.field_size_limit()
    monkeypatch.setattr(tables, "_LONGEST", 100)
    yield 100
    csv.field_size_limit(before)


@pytest.mark.parametrize("length", [101, 150, 199, 200, 201, 1000])
def test_a_line_too_long_fails_alone(table: Read, limit: int, length: int) -> None:
    long = '{"text": "' + "x" * (length - 13) + '"}\n'
    found = table(b'{"text": "One."}\n' + long.encode() + b'{"text": "Three."}\n')
    assert texts(found) == ["One.", None, "Three."]
    failed = failure(found)
    assert (failed.id, failed.message) == ("news:2", "it has more than 100 characters")


def test_a_line_as_long_as_may_be_is_read(table: Read, limit: int) -> None:
    long = '{"text": "' + "x" * (limit - 13) + '"}\n'
    assert len(long) == limit
    assert texts(table(long.encode() * 2)) == ["x" * (limit - 13)] * 2


def test_a_last_line_too_long_is_the_end(table: Read, limit: int) -> None:
    assert texts(table(b'{"text": "One."}\n' + b"x" * 500)) == ["One.", None]


def test_a_quote_that_is_never_closed_is_told_with_the_lines_it_takes(table: Read) -> None:
    found = table(b'id,text\n1,One.\n2,"Two.\n3,Three.\n', "news.csv")
    assert texts(found) == ["One.", None]
    assert failure(found).source.endswith("news.csv:3")
    assert (
        "it is not CSV: unexpected end of data, read from here to line 4" in failure(found).message
    )


def test_a_row_with_more_cells_than_columns_fails_and_is_not_cut(table: Read) -> None:
    found = table(b"id,text\n1,One, two.\n2,Three.\n", "news.csv")
    assert texts(found) == [None, "Three."]
    assert "it has 3 cells under 2 columns: quote what holds a ','" in failure(found).message


def test_a_csv_field_too_long_fails_alone(table: Read, limit: int) -> None:
    found = table(f"text\nOne.\n{'x' * 101}\nThree.\n".encode(), "news.csv")
    assert texts(found) == ["One.", None, "Three."]
    assert "it is not CSV: field larger than" in failure(found).message


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_columns_are_divided_by_what_the_first_line_has_most_of(
    table: Read, delimiter: str
) -> None:
    data = delimiter.join(["id", "text", "source"]) + "\n" + delimiter.join(["a", "One.", "s"])
    assert only(table(data.encode(), "news.csv")) == Item("a", "s", "One.", "utf-8", None)


def test_other_dividers_in_a_text_divide_nothing(table: Read) -> None:
    data = b'id;text\na;One, two,\tthree.\nb;"Four; five."\n'
    assert texts(table(data, "news.csv")) == ["One, two,\tthree.", "Four; five."]


def test_a_quoted_field_may_hold_line_breaks_and_quotes(table: Read) -> None:
    data = b'id,text\r\na,"One.\r\n""Two"", he said.\n\nThree."\r\nb,Four.\r\n'
    found = table(data, "news.csv")
    assert texts(found) == ['One.\r\n"Two", he said.\n\nThree.', "Four."]


def test_a_csv_row_is_called_by_the_line_it_begins_on(table: Read) -> None:
    data = b'text\n"One.\n\ntwo"\n\n\nThree.\n"Four."\n'
    assert [item.id for item in table(data, "news.csv")] == ["news:2", "news:7", "news:8"]


def test_a_text_longer_than_csv_usually_allows_is_read(table: Read) -> None:
    text = "x" * 131_073
    assert texts(table(f"text\n{text}\nTwo.\n".encode(), "news.csv")) == [text, "Two."]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param("b", None, id="too-short"),
        pytest.param("b,", "", id="empty-text"),
        pytest.param("b,Two.,more,and more", None, id="too-long"),
        pytest.param("b,Two.,,", "Two.", id="too-long-with-nothing"),
    ],
)
def test_a_csv_row_may_have_too_few_or_too_many_fields(
    table: Read, row: str, expected: str | None
) -> None:
    found = table(f"id,text\na,One.\n{row}\nc,Three.\n".encode(), "news.csv")
    assert texts(found) == ["One.", expected, "Three."]


def test_a_csv_file_without_rows_holds_no_documents(table: Read) -> None:
    assert table(b"id,text\n", "news.csv") == []


@pytest.mark.parametrize(
    ("data", "columns"),
    [
        pytest.param(b"id,body\na,One.\n", "'id', 'body'", id="other-name"),
        pytest.param(b"a,One.\nb,Two.\n", "'a', 'One.'", id="no-head"),
        pytest.param(b"id|text\na|One.\n", "'id|text'", id="other-divider"),
        pytest.param(b"", "none", id="empty"),
        pytest.param(b"\nid,text\n", "none", id="blank-first-line"),
    ],
)
def test_a_csv_file_without_a_column_for_the_text_stops_the_run(
    table: Read, data: bytes, columns: str
) -> None:
    with pytest.raises(SetupError, match=r"`--field text=COLUMN`") as caught:
        table(data, "news.csv")
    assert f"news.csv' has no column 'text' but {columns}: " in str(caught.value)


class Endless(io.RawIOBase):
    """A head and then one row after the other, for ever; it counts what is taken."""

    def __init__(self, head: bytes, row: bytes) -> None:
        self.taken = 0
        self._rest = head
        self._row = row

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        while len(self._rest) < len(view):
            self._rest += self._row
        view[:], self._rest = self._rest[: len(view)], self._rest[len(view) :]
        self.taken += len(view)
        return len(view)


ENDLESS = [
    pytest.param("jsonl", b"", f'{{"text": "{RUSSIAN}"}}\n'.encode(), id="jsonl"),
    pytest.param("csv", b"text\n", f'"{RUSSIAN}"\n'.encode(), id="csv"),
]


@pytest.mark.parametrize(("format", "head", "row"), ENDLESS)
def test_a_table_is_read_no_further_than_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, format: Format, head: bytes, row: bytes
) -> None:
    endless = Endless(head, row)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BufferedReader(endless)))
    found = read([("stdin", STDIN)], format=format)
    assert [only([next(found)]).text for _ in range(2)] == [RUSSIAN, RUSSIAN]
    assert endless.taken <= 4 * SAMPLE


@pytest.mark.parametrize(("format", "head", "row"), ENDLESS)
def test_memory_does_not_grow_with_the_rows(
    tmp_path: Path, format: Format, head: bytes, row: bytes
) -> None:
    path = tmp_path / "table"

    def peak(rows: int) -> int:
        path.write_bytes(head + row * rows)
        tracemalloc.start()
        try:
            assert sum(isinstance(one, Item) for one in read([("t", path)], format=format)) == rows
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # what is loaded at first use
    assert peak(20_000) < 1.5 * peak(2_000)


class Failing(io.RawIOBase):
    """A file on a medium that fails after its first rows."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer) -> int:
        if not self._data:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        view = memoryview(buffer)
        some, self._data = self._data[: len(view)], self._data[len(view) :]
        view[: len(some)] = some
        return len(some)


def test_a_file_that_cannot_be_read_to_its_end_is_a_failure_after_its_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = b'{"text": "One."}\n'
    file = io.BufferedReader(Failing(row * (4 * SAMPLE // len(row))))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=file))
    *rows, failed = read([("stdin", STDIN)], format="jsonl")
    assert len(rows) > 1000
    assert set(texts(rows)) == {"One."}
    assert "'-' cannot be read: Input/output error" in failure([failed]).message

"""The output file is the record of what is done, and survives whatever happens to a run."""

import io
import json
import stat
from pathlib import Path

import pytest

from extractor.batch.journal import Failure
from extractor.batch.writers import FileOutput, NoOutput, StreamOutput
from extractor.errors import SetupError
from extractor.result import Extraction


def extraction(id: str, fingerprint: str = "f1", **changed: object) -> Extraction:
    return Extraction(
        id=id, model="scripted", prompt_version="v1", fingerprint=fingerprint, **changed
    )


def failure(id: str) -> Failure:
    return Failure(id=id, source=f"{id}.txt", error="DocumentError", message="«нет»")


def written(path: Path, *done: Extraction) -> Path:
    """An output file of an earlier run."""
    output = FileOutput(path)
    for one in done:
        output.write(one)
    output.close()
    return path


def contents(path: Path) -> list[tuple[str, str]]:
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    return [(line["id"], line["fingerprint"]) for line in lines]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def test_a_new_file_is_made_at_once(path: Path) -> None:
    output = FileOutput(path)
    assert path.read_bytes() == b""
    output.close()


def test_each_result_is_a_line_that_is_there_before_the_file_is_closed(path: Path) -> None:
    output = FileOutput(path)
    output.write(extraction("a"))
    assert contents(path) == [("a", "f1")]
    output.write(extraction("b"))
    assert contents(path) == [("a", "f1"), ("b", "f1")]
    output.close()


def test_a_line_reads_back_as_the_result_it_was(path: Path) -> None:
    one = extraction("ru/а", warnings=["строка\u2028«ещё»\n"])
    line = written(path, one).read_bytes()
    assert line.count(b"\n") == 1
    assert Extraction.model_validate_json(line) == one


def test_a_file_of_an_earlier_run_is_added_to(path: Path) -> None:
    before = written(path, extraction("a")).read_bytes()
    written(path, extraction("b"))
    assert path.read_bytes().startswith(before)
    assert contents(path) == [("a", "f1"), ("b", "f1")]


@pytest.mark.parametrize(
    ("id", "fingerprint", "known"),
    [
        pytest.param("a", "f1", "done", id="there"),
        pytest.param("a", "f2", "changed", id="changed"),
        pytest.param("b", "f1", "new", id="not-there"),
    ],
)
def test_a_result_is_done_if_it_would_come_out_again(
    path: Path, id: str, fingerprint: str, known: str
) -> None:
    output = FileOutput(written(path, extraction("a")))
    assert output.known(id, fingerprint) == known
    output.close()


def test_a_result_is_done_as_soon_as_it_is_written(path: Path) -> None:
    output = FileOutput(path)
    output.write(extraction("a"))
    assert output.known("a", "f1") == "done"
    output.close()


def test_a_run_with_nothing_to_do_leaves_the_file_as_it_is(path: Path) -> None:
    before = written(path, extraction("a"), extraction("b")).read_bytes()
    FileOutput(path).close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("cut", [1, 2, 30, -1], ids=["one", "two", "thirty", "all-but-one"])
def test_a_torn_last_line_is_cut_off_and_its_document_is_not_done(path: Path, cut: int) -> None:
    """A run killed in the middle of a line leaves its beginning."""
    whole = written(path, extraction("a")).read_bytes()
    torn = extraction("b").model_dump_json().encode()
    path.write_bytes(whole + torn[:cut])
    output = FileOutput(path)
    assert path.read_bytes() == whole
    assert output.known("a", "f1") == "done"
    assert output.known("b", "f1") == "new"
    output.write(extraction("b"))
    output.close()
    assert contents(path) == [("a", "f1"), ("b", "f1")]


def test_a_last_line_that_lacks_only_its_end_is_done_again(path: Path) -> None:
    line = extraction("a").model_dump_json().encode()
    path.write_bytes(line)
    output = FileOutput(path)
    assert output.known("a", "f1") == "new"
    output.write(extraction("a"))
    output.close()
    assert contents(path) == [("a", "f1")]


def test_a_line_torn_inside_a_letter_is_cut_off(path: Path) -> None:
    whole = written(path, extraction("a")).read_bytes()
    torn = extraction("б").model_dump_json().encode()
    path.write_bytes(whole + torn[: torn.index("б".encode()) + 1])
    FileOutput(path).close()
    assert path.read_bytes() == whole


def test_a_changed_document_has_both_lines_until_the_run_ends(path: Path) -> None:
    """A killed run loses nothing."""
    output = FileOutput(written(path, extraction("a"), extraction("b")))
    output.write(extraction("a", "f2"))
    assert contents(path) == [("a", "f1"), ("b", "f1"), ("a", "f2")]
    output.close()


def test_a_changed_document_has_one_line_after_the_run(path: Path) -> None:
    output = FileOutput(written(path, extraction("a"), extraction("b")))
    output.write(extraction("a", "f2"))
    output.close()
    assert contents(path) == [("b", "f1"), ("a", "f2")]
    assert [file.name for file in path.parent.iterdir()] == ["out.jsonl"]


def test_a_line_left_over_by_a_killed_run_goes_at_the_end_of_the_next(path: Path) -> None:
    lines = [extraction("a"), extraction("b"), extraction("a", "f2")]
    path.write_text("".join(one.model_dump_json() + "\n" for one in lines), encoding="utf-8")
    output = FileOutput(path)
    assert output.known("a", "f2") == "done"
    assert output.known("a", "f1") == "changed"
    output.close()
    assert contents(path) == [("b", "f1"), ("a", "f2")]


def test_a_file_rewritten_keeps_its_permissions(path: Path) -> None:
    written(path, extraction("a")).chmod(0o640)
    written(path, extraction("a", "f2"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_failures_are_lines_of_a_file_beside_it(path: Path) -> None:
    output = FileOutput(path)
    output.fail(failure("a"))
    output.fail(failure("б"))
    output.close()
    lines = path.with_name("out.failed.jsonl").read_text(encoding="utf-8").splitlines()
    assert [Failure.model_validate_json(line) for line in lines] == [failure("a"), failure("б")]
    assert path.read_bytes() == b""


def test_a_failure_is_there_before_the_run_ends(path: Path) -> None:
    output = FileOutput(path)
    output.fail(failure("a"))
    assert path.with_name("out.failed.jsonl").read_text(encoding="utf-8").endswith("}\n")
    output.close()


def test_a_failure_stays_until_its_document_is_done(path: Path) -> None:
    beside = path.with_name("out.failed.jsonl")
    output = FileOutput(path)
    output.fail(failure("a"))
    output.fail(failure("b"))
    output.close()
    output = FileOutput(path)
    output.write(extraction("a"))
    output.close()
    (line,) = beside.read_text(encoding="utf-8").splitlines()
    assert Failure.model_validate_json(line).id == "b"
    output = FileOutput(path)
    output.write(extraction("b"))
    output.close()
    assert not beside.exists()


def lasting(id: str, fingerprint: str = "f1") -> Failure:
    return Failure(
        id=id, source="a.txt", error="OutputRefusedError", message="no", fingerprint=fingerprint
    )


@pytest.mark.parametrize(
    ("fingerprint", "retry_failed", "known"),
    [
        pytest.param("f1", False, "failed", id="as-it-was"),
        pytest.param("f2", False, "new", id="changed"),
        pytest.param("f1", True, "new", id="asked-for"),
    ],
)
def test_what_failed_for_good_is_left_alone_until_it_changes_or_is_asked_for(
    path: Path, fingerprint: str, retry_failed: bool, known: str
) -> None:
    output = FileOutput(path)
    output.fail(lasting("a"))
    output.close()
    output = FileOutput(path, retry_failed=retry_failed)
    assert output.known("a", fingerprint) == known
    output.close()


def test_what_a_server_was_not_there_for_is_tried_again(path: Path) -> None:
    output = FileOutput(path)
    for kind in ("ModelUnavailableError", "ModelThrottledError"):
        output.fail(lasting(kind).model_copy(update={"error": kind}))
    output.close()
    output = FileOutput(path)
    assert output.known("ModelUnavailableError", "f1") == "new"
    assert output.known("ModelThrottledError", "f1") == "new"
    output.close()


def test_attempts_are_counted_over_runs_while_nothing_changes(path: Path) -> None:
    told = []
    for fingerprint in ("f1", "f1", "f2"):
        output = FileOutput(path)
        output.fail(lasting("a", fingerprint))
        output.close()
        (line,) = path.with_name("out.failed.jsonl").read_text(encoding="utf-8").splitlines()
        told.append(Failure.model_validate_json(line).attempts)
    assert told == [1, 2, 1]


@pytest.mark.parametrize("cut", [1, 10, -1], ids=["one", "ten", "all-but-one"])
def test_a_torn_line_of_failures_is_cut_off(path: Path, cut: int) -> None:
    output = FileOutput(path)
    output.fail(lasting("a"))
    output.close()
    beside = path.with_name("out.failed.jsonl")
    whole = beside.read_bytes()
    beside.write_bytes(whole + lasting("b").model_dump_json().encode()[:cut])
    output = FileOutput(path)
    assert beside.read_bytes() == whole
    assert output.known("a", "f1") == "failed"
    assert output.known("b", "f1") == "new"
    output.close()


def test_a_file_of_failures_that_is_none_is_refused_and_left_unaltered(path: Path) -> None:
    beside = path.with_name("out.failed.jsonl")
    beside.write_bytes(b"mine\n")
    with pytest.raises(SetupError, match="no failure of this program"):
        FileOutput(path)
    assert beside.read_bytes() == b"mine\n"


def test_a_second_run_on_the_same_output_is_refused(path: Path) -> None:
    first = FileOutput(path)
    first.write(extraction("a"))
    with pytest.raises(SetupError, match=r"another run is writing .*out\.jsonl"):
        FileOutput(path)
    first.close()
    second = FileOutput(path)
    assert second.known("a", "f1") == "done"
    second.close()


def test_the_lock_holds_for_the_file_that_took_the_old_ones_place(path: Path) -> None:
    """A run that ends puts a new file there: its name is what is locked, not the old file."""
    first = FileOutput(written(path, extraction("a")))
    first.write(extraction("a", "f2"))
    first.close()
    second = FileOutput(path)
    with pytest.raises(SetupError, match="another run"):
        FileOutput(path)
    second.close()


def test_a_look_without_output_reads_what_is_known_and_writes_nothing(path: Path) -> None:
    written(path, extraction("a"))
    before = path.read_bytes()
    output = NoOutput(path)
    assert output.known("a", "f1") == "done"
    output.write(extraction("b"))
    output.fail(failure("c"))
    output.close()
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["out.jsonl"]


def test_without_failures_there_is_no_file_of_them(path: Path) -> None:
    written(path, extraction("a"))
    assert [file.name for file in path.parent.iterdir()] == ["out.jsonl"]


FOREIGN = [
    pytest.param(b"Dear diary,\ntoday I went out.\n", id="prose"),
    pytest.param(b"id,fingerprint\n1,2\n", id="csv"),
    pytest.param(b'{\n "id": "a"\n}\n', id="pretty-json"),
    pytest.param(b'{"id": "a"}\n', id="json-lines-of-others"),
    pytest.param(b"[1, 2]\n", id="json-list"),
    pytest.param(b'"a"\n', id="json-text"),
    pytest.param(b"7\n", id="json-number"),
    pytest.param(b"null\n", id="json-null"),
    pytest.param(b"\n", id="blank-line"),
    pytest.param(b"\xff\xfe\0\n\0", id="binary"),
]


@pytest.mark.parametrize("data", FOREIGN)
def test_a_foreign_file_is_refused_and_left_unaltered(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(SetupError, match=r"line 1 of .*out\.jsonl' is no result .*`-o`"):
        FileOutput(path)
    assert path.read_bytes() == data


def test_a_foreign_line_further_down_is_named_by_its_number(path: Path) -> None:
    data = written(path, extraction("a")).read_bytes() + b"what?\n"
    path.write_bytes(data)
    with pytest.raises(SetupError, match="line 2 of"):
        FileOutput(path)
    assert path.read_bytes() == data


def test_a_file_that_is_refused_keeps_the_failures_beside_it(path: Path) -> None:
    path.write_bytes(b"what?\n")
    beside = path.with_name("out.failed.jsonl")
    beside.write_bytes(b"mine\n")
    with pytest.raises(SetupError):
        FileOutput(path)
    assert beside.read_bytes() == b"mine\n"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        pytest.param("folder", "Is a directory", id="folder"),
        pytest.param("missing/out.jsonl", "No such file or directory", id="no-folder"),
        pytest.param("file.txt/out.jsonl", "Not a directory", id="file-as-folder"),
        pytest.param("x" * 300, "File name too long", id="long-name"),
    ],
)
def test_a_path_that_cannot_be_written_is_refused_with_the_reason(
    tmp_path: Path, name: str, why: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").write_bytes(b"")
    with pytest.raises(SetupError, match=rf"cannot be written \({why}\).*`-o`"):
        FileOutput(tmp_path / name)


def test_a_stream_gets_a_flushed_line_for_each_result() -> None:
    class Stream(io.StringIO):
        flushed = 0

        def flush(self) -> None:
            self.flushed += 1

    stream = Stream()
    output = StreamOutput(stream)
    output.write(extraction("a"))
    output.write(extraction("б"))
    assert stream.flushed == 2
    assert [Extraction.model_validate_json(one).id for one in stream.getvalue().splitlines()] == [
        "a",
        "б",
    ]


def test_on_a_stream_nothing_is_ever_done() -> None:
    output = StreamOutput(io.StringIO())
    output.write(extraction("a"))
    assert output.known("a", "f1") == "new"


def test_a_stream_gets_no_failures_and_stays_open() -> None:
    stream = io.StringIO()
    output = StreamOutput(stream)
    output.fail(failure("a"))
    output.close()
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    "data",
    [b"My only copy, one line without an end", b'{"name": "package"}', b"\x89PNG\r"],
    ids=["prose", "json", "binary"],
)
def test_a_foreign_file_without_a_line_end_is_refused_and_left_unaltered(
    tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(data)
    with pytest.raises(SetupError):
        FileOutput(path)
    assert path.read_bytes() == data


def test_a_file_that_is_refused_is_closed(tmp_path: Path) -> None:
    """Passes as it is once the handle is closed (warnings are errors)."""
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"what?\n")
    with pytest.raises(SetupError):
        FileOutput(path)


@pytest.mark.parametrize("name", [".", "/"])
def test_a_path_without_a_name_is_refused(name: str) -> None:
    with pytest.raises(SetupError):
        FileOutput(Path(name))


def test_deeply_nested_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"[" * 100_000 + b"\n")
    with pytest.raises(SetupError):
        FileOutput(path)

"""The command line as a user meets it, over a loopback server."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from extractor import Extraction
from extractor.cli import app
from extractor.screen import plain, print_extraction
from tests.conftest import Server
from tests.scripted import EXAMPLES, answer, meeting

ARTICLE = "Anna Berg met Jean Moreau in Rome."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text(ARTICLE)
    return path


def call(*arguments: object, server: Server | None = None, stdin: bytes | None = None) -> Result:
    words = [str(one) for one in arguments]
    if server:
        words += ["--model", "scripted", "--base-url", server.url]
    return CliRunner().invoke(app, words, input=stdin)


def test_run_writes_results_and_a_summary(server: Server, tmp_path: Path) -> None:
    server.say(answer(meeting(1)))
    done = call("run", EXAMPLES, "-o", tmp_path / "out.jsonl", server=server)
    assert done.exit_code == 0
    assert "3 done, 0 done before, 0 failed" in done.stderr
    assert "3 to the model, 0 from the cache" in done.stderr
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    assert sorted(json.loads(line)["id"] for line in lines) == ["bg", "en", "ru"]


def test_article_of_2000_characters_is_one_call(server: Server, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("Anna Berg met Jean Moreau in Rome on Friday. " * 45)
    server.say(answer())
    assert call("extract", tmp_path / "long.txt", server=server).exit_code == 0
    assert len(server.requests) == 1
    request = server.requests[0]
    assert request["response_format"]["json_schema"]["strict"] is True


def test_run_to_stdout_is_json_lines_alone(server: Server, article: Path) -> None:
    server.say(answer(meeting(1)))
    done = call("run", article, "-o", "-", server=server)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["one"]


def test_extract_prints_json_when_piped(server: Server, article: Path) -> None:
    server.say(answer(meeting(1)))
    done = call("extract", article, server=server)
    found = Extraction.model_validate_json(done.stdout)
    assert found.meetings[0].evidence[0].text == ARTICLE


def test_extract_reads_stdin(server: Server) -> None:
    server.say(answer(meeting(1)))
    done = call("extract", "-", server=server, stdin=ARTICLE.encode())
    assert json.loads(done.stdout)["id"] == "stdin"


RUSSIAN = "Анна Берг встретилась с Жаном Моро в Риме."
PAGE = (
    "<html><head><meta name='date' content='2025-03-21'></head><body><nav>Home</nav><article>"
    "<h1>Berg and Moreau</h1><p>Anna Berg met Jean Moreau in Rome, and both of them spoke of trade "
    "for three hours in the old town hall.</p></article></body></html>"
)


def found(path: Path) -> list[Extraction]:
    return [Extraction.model_validate_json(line) for line in path.read_text("utf-8").splitlines()]


def test_run_reads_json_lines_by_other_names(server: Server, tmp_path: Path) -> None:
    server.say(answer(meeting(1)))
    rows = [{"nr": 1, "body": ARTICLE, "day": "2025-03-21"}, {"nr": 2, "body": RUSSIAN, "url": "u"}]
    table, out = tmp_path / "news.jsonl", tmp_path / "out.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows))
    fields = [
        word
        for pair in ("id=nr", "text=body", "published=day", "source=url")
        for word in ("--field", pair)
    ]
    done = call("run", table, "-o", out, "--concurrency", 1, *fields, server=server)
    assert done.exit_code == 0
    assert [(one.id, one.source, str(one.published)) for one in found(out)] == [
        ("1", f"{table}:1", "2025-03-21"),
        ("2", "u", "None"),
    ]


def test_run_reads_csv_by_another_name(server: Server, tmp_path: Path) -> None:
    server.say(answer(meeting(1)))
    table, out = tmp_path / "news.csv", tmp_path / "out.jsonl"
    with table.open("w", encoding="cp1251", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["id", "статья"], ["а", RUSSIAN + "\r\n— Да."]])
    done = call("run", table, "-o", out, "--field", "text=статья", server=server)
    assert done.exit_code == 0
    (one,) = found(out)
    assert (one.id, one.encoding, one.meetings[0].evidence[0].text) == ("а", "cp1251", RUSSIAN)


def test_row_that_fails_exits_1_and_is_told_by_its_line(server: Server, tmp_path: Path) -> None:
    server.say(answer(meeting(1)))
    table, out = tmp_path / "news.jsonl", tmp_path / "out.jsonl"
    table.write_text(json.dumps({"text": ARTICLE}) + "\nnope\n")
    done = call("run", table, "-o", out, server=server)
    assert done.exit_code == 1
    assert "failed news:2: it is not JSON" in done.stderr
    assert "1 done, 0 done before, 1 failed" in done.stderr
    assert [one.id for one in found(out)] == ["news:1"]


def test_two_documents_of_one_id_are_one_result_and_one_failure(
    server: Server, tmp_path: Path
) -> None:
    server.say(answer(meeting(1)))
    for name in ("en/a.txt", "ru/a.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(f"{ARTICLE} This is {name}.")
    out = tmp_path / "out.jsonl"
    done = call("run", tmp_path / "en", tmp_path / "ru", "-o", out, server=server)
    assert done.exit_code == 1
    assert "the id 'a' is that of" in done.stderr
    assert str(tmp_path / "en" / "a.txt") in done.stderr
    assert [one.source for one in found(out)] == [str(tmp_path / "en" / "a.txt")]


def test_output_in_the_folder_of_the_articles_is_no_article(server: Server, tmp_path: Path) -> None:
    server.say(answer(meeting(1)))
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE)
    (folder / "b.txt").write_text("")
    for told in ("1 done, 0 done before, 1 failed", "0 done, 1 done before, 1 failed"):
        done = call("run", folder, "-o", folder / "out.jsonl", server=server)
        assert told in done.stderr
    assert (folder / "out.failed.jsonl").exists()


def test_pattern_is_taken_without_the_help_of_a_shell(server: Server, tmp_path: Path) -> None:
    server.say(answer(meeting(1)))
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text(f"{ARTICLE} This is {name}.")
    done = call("run", tmp_path / "*.txt", "-o", tmp_path / "out", server=server)
    assert done.exit_code == 0
    assert "2 done" in done.stderr


def test_run_reads_json_lines_from_stdin(server: Server) -> None:
    server.say(answer(meeting(1)))
    data = json.dumps({"id": "a", "text": ARTICLE}).encode()
    done = call("run", "-", "-o", "-", "--format", "jsonl", server=server, stdin=data)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a"]


@pytest.mark.parametrize("command", ["run", "extract"])
def test_page_is_brought_to_its_article_and_dated(
    server: Server, tmp_path: Path, command: str
) -> None:
    server.say(answer(meeting(1)))
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    done = call(command, path, *(["-o", "-"] if command == "run" else []), server=server)
    one = Extraction.model_validate_json(done.stdout)
    assert (one.id, str(one.published), one.encoding) == ("page", "2025-03-21", "utf-8")
    assert one.meetings[0].evidence[0].text.startswith("Anna Berg met Jean Moreau in Rome")
    assert len(one.left_out) == 1


@pytest.mark.parametrize("command", ["run", "extract"])
@pytest.mark.parametrize("stamp", ["", "date 2025-03-01 "], ids=["undated", "dated"])
def test_day_of_publication_given_is_that_of_the_result(
    server: Server, tmp_path: Path, command: str, stamp: str
) -> None:
    server.say(answer(meeting(1)))
    path = tmp_path / "a.txt"
    path.write_text(stamp + ARTICLE)
    to = ["-o", "-"] if command == "run" else []
    done = call(command, path, "--published", "2025-03-21", *to, server=server)
    assert json.loads(done.stdout)["published"] == "2025-03-21"


@pytest.mark.parametrize("command", ["run", "extract"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
def test_encoding_is_in_the_result(
    server: Server, tmp_path: Path, command: str, encoding: str
) -> None:
    server.say(answer(meeting(1)))
    path = tmp_path / "a.txt"
    path.write_text(RUSSIAN, encoding=encoding)
    done = call(command, path, *(["-o", "-"] if command == "run" else []), server=server)
    one = Extraction.model_validate_json(done.stdout)
    assert (one.encoding, one.meetings[0].evidence[0].text) == (encoding, RUSSIAN)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--field", "nonsense"], "`--field` takes NAME=COLUMN, say text=body, not 'nonsense'"),
        (["--field", "text="], "`--field` takes NAME=COLUMN"),
        (["--field", "title=head"], "has no 'title': choose from id, text, published, source"),
        (["--format", "nonsense"], "knows no 'nonsense': choose from text, html, jsonl, csv"),
        (["--format", "csv"], "has no column 'text' but 'Anna Berg met Jean Moreau in Rome.'"),
    ],
)
def test_wrong_option_is_one_line_and_exits_2(
    server: Server, article: Path, tmp_path: Path, options: list[str], told: str
) -> None:
    done = call("run", article, "-o", tmp_path / "out.jsonl", *options, server=server)
    assert done.exit_code == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("day", ["2025-13-01", "2025-02-30", "21.03.2025", "yesterday"])
@pytest.mark.parametrize("command", ["run", "extract"])
def test_day_that_is_none_is_refused_with_the_usage(
    server: Server, article: Path, command: str, day: str
) -> None:
    to = ["-o", "-"] if command == "run" else []
    done = call(command, article, "--published", day, *to, server=server)
    assert done.exit_code == 2
    assert "Usage:" in done.stderr
    assert "--published" in done.stderr
    assert server.requests == []


def test_table_is_not_one_document(server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"text\n{ARTICLE}\n")
    done = call("extract", tmp_path / "a.csv", server=server)
    assert done.exit_code == 1
    assert "is a table of documents: use `extractor run`" in done.stderr


def test_failed_document_exits_1_and_is_told(server: Server, article: Path, tmp_path: Path) -> None:
    server.say(answer(meeting(1)))
    out = tmp_path / "out.jsonl"
    done = call("run", article, tmp_path / "none.txt", "-o", out, server=server)
    assert done.exit_code == 1
    assert "failed none: " in done.stderr
    assert "No such file" in done.stderr
    assert "out.failed.jsonl" in done.stderr.replace("\n", "")
    assert len(out.read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (401, 2, "answered 401 (because)"),
        (404, 2, "does it have a model 'scripted'"),
        (503, 2, "answered 503, 6 times (because)"),
    ],
)
def test_error_of_the_server_is_one_line(
    server: Server, article: Path, status: int, code: int, told: str
) -> None:
    server.fail(status, json.dumps({"error": {"message": "because"}}))
    done = call("extract", article, server=server)
    assert done.exit_code == code
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.output


def test_refused_connection_is_one_line(article: Path, tmp_path: Path) -> None:
    done = call(
        "run", article, "-o", tmp_path / "o.jsonl",
        "--model", "m", "--base-url", "http://127.0.0.1:9/v1",
    )  # fmt: skip
    assert done.exit_code == 2
    assert "cannot be reached" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_throttled_request_is_waited_out(
    server: Server, article: Path, pauses: list[float]
) -> None:
    server.fail(429, "{}", retry_after="3")
    server.say(answer())
    assert call("extract", article, server=server).exit_code == 0
    assert pauses == [3.0]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no sentence"),
        (b"\x00\xff", "binary"),
        (b"\xff\xfe\xfd", "is not utf-16 from byte 2 on: it is damaged, or cut off"),
    ],
    ids=["empty", "binary", "encoding"],
)
def test_bad_file_is_one_line(server: Server, tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    done = call("extract", path, server=server)
    assert done.exit_code == 1
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_5_mb_of_text_is_one_line(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    path.write_text("Anna met Jean. " * 350_000)
    done = call("extract", path, server=server)
    assert done.exit_code == 1
    assert "5,250,000 characters" in done.stderr


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"OPENAI_API_KEY": "sk-x"}, "no model named"),
        ({"EXTRACTOR_CONCURRENCY": "many"}, "`EXTRACTOR_CONCURRENCY` is 'many'"),
        ({"EXTRACTOR_MODEL": "/no/such.gguf"}, "no GGUF file '/no/such.gguf'"),
    ],
    ids=["no model", "malformed", "no weights"],
)
def test_bad_setting_is_one_line_and_exits_2(
    article: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], told: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = call("extract", article)
    assert done.exit_code == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "sk-x" not in done.output


def test_empty_folder_exits_2(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = call("run", tmp_path / "empty", "-o", tmp_path / "out.jsonl")
    assert done.exit_code == 2
    assert "there is no document (.txt, " in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_model_shows_where_the_weights_would_be(tmp_path: Path) -> None:
    done = call("model")
    assert str(tmp_path / "cache") in done.stdout.replace("\n", "")
    assert "in parts" in done.stdout


def test_model_of_a_server_has_no_weights_here() -> None:
    assert "on a server" in call("model", "--model", "gpt-4o-mini").stdout


@pytest.mark.parametrize("type_", ["meeting", "statement", "agreement", "sanction"])
def test_schema_of_a_type_has_two_faces(type_: str) -> None:
    asked = json.loads(call("schema", type_, "--asked").stdout)
    given = json.loads(call("schema", type_, "--given").stdout)
    assert asked["$defs"]["Evidence"] == {"type": "integer"}
    assert given["$defs"]["Evidence"]["type"] == "object"


def test_schema_of_all(tmp_path: Path) -> None:
    assert "events" in json.loads(call("schema", "--asked").stdout)["properties"]
    assert "fingerprint" in json.loads(call("schema").stdout)["properties"]


def test_unknown_type_names_the_known() -> None:
    done = call("schema", "war")
    assert done.exit_code == 2
    assert "meeting, statement, agreement, sanction" in done.stderr


def test_article_cannot_act_on_the_terminal(server: Server, tmp_path: Path) -> None:
    """Control characters and rich's markup are shown, not obeyed."""
    path = tmp_path / "evil.txt"
    path.write_text("Anna \x1b]0;owned\x07 met [bold red]Jean[/] \u202e in Rome.")
    server.say(answer(meeting(1)))
    done = call("extract", path, server=server)
    console = Console(record=True, width=200)
    print_extraction(Extraction.model_validate_json(done.stdout), console=console)
    shown = console.export_text(styles=True)
    assert "\x1b]0" not in shown
    assert "\u202e" not in shown
    assert "[bold red]Jean[/]" in shown


def test_plain_keeps_what_is_only_text() -> None:
    assert plain("Ёлка „да“ 日本 e\u0301") == "Ёлка „да“ 日本 e\u0301"


def test_ctrl_c_stops_cleanly_and_keeps_what_is_written(
    server: Server, tmp_path: Path, article: Path
) -> None:
    """The server never answers the second document; the program is interrupted meanwhile."""
    second = tmp_path / "two.txt"
    second.write_text("Second article of the run.")
    server.say(answer(meeting(1)))
    server.fail(429, "{}", retry_after="100")
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "extractor", "run", str(article), str(second), "-o", str(out)]
    settings = ["--model", "m", "--base-url", server.url, "--concurrency", "1"]
    running = subprocess.Popen(
        command + settings, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    deadline = time.monotonic() + 60
    while len(server.requests) < 2 and time.monotonic() < deadline:
        os.sched_yield()
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "stopped" in told
    assert "Traceback" not in told
    assert len(out.read_text().splitlines()) == 1

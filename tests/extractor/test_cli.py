"""The command line as a user meets it, over a loopback server."""

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
    [(b"", "no sentence"), (b"\x00\xff", "binary"), (b"\xff\xfe\xfd", "not UTF-8")],
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
    assert "no .txt file" in done.stderr


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

"""Batch runs as processes: what is left behind, whatever happens to them."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Server
from tests.extractor.test_cli import call
from tests.scripted import answer, meeting


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A table of thirty articles."""
    rows = [{"id": f"a{n}", "text": f"Anna Berg met Jean Moreau in town {n}."} for n in range(30)]
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def command(articles: Path, out: Path, url: str, *more: str) -> list[str]:
    program = [sys.executable, "-m", "extractor", "run", str(articles), "-o", str(out)]
    return [*program, "--model", "scripted", "--base-url", url, *more]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def run_file(tmp_path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((tmp_path / "out.run.json").read_text())["runs"]
    return found


def test_run_is_told_in_a_file(server: Server, articles: Path, tmp_path: Path) -> None:
    server.say(answer(meeting(1)))
    call("run", articles, "-o", tmp_path / "out.jsonl", "--price", "1,1", server=server)
    (told,) = run_file(tmp_path)
    assert told["state"] == "finished"
    assert told["documents"]["done"] == 30
    assert told["records"]["meetings"] == 30
    assert told["usage"]["calls"] == 30
    assert told["usage"]["cost_usd"] == pytest.approx(30 * 120e-6)
    assert told["seconds"] > 0
    assert {"openai", "instructor", "pydantic"} <= told["libraries"].keys()
    assert told["settings"]["base_url"] == server.url


def test_run_file_holds_no_key(
    server: Server, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123")
    server.say(answer(meeting(1)))
    call("run", articles, "-o", tmp_path / "out.jsonl", server=server)
    assert "secret" not in (tmp_path / "out.run.json").read_text()


def test_each_run_on_an_output_is_told(server: Server, articles: Path, tmp_path: Path) -> None:
    server.say(answer(meeting(1)))
    for _ in range(2):
        call("run", articles, "-o", tmp_path / "out.jsonl", server=server)
    assert [one["documents"]["done"] for one in run_file(tmp_path)] == [30, 0]


def test_run_files_are_no_articles(server: Server, articles: Path, tmp_path: Path) -> None:
    server.say(answer(meeting(1)))
    for _ in range(2):
        done = call("run", tmp_path, "-o", tmp_path / "out.jsonl", server=server)
        assert done.exit_code == 0
    assert len(lines(tmp_path / "out.jsonl")) == 30


def test_budget_ends_the_run_with_a_code_of_its_own_and_more_goes_on(
    server: Server, articles: Path, tmp_path: Path
) -> None:
    server.say(answer(meeting(1)))
    out = tmp_path / "out.jsonl"
    done = call("run", articles, "-o", out, "--max-calls", 10, server=server)
    assert done.exit_code == 3
    assert "10 calls made, as many as `--max-calls` allows" in done.stderr.replace("\n", " ")
    assert (len(lines(out)), len(server.requests)) == (10, 10)
    assert not (tmp_path / "out.failed.jsonl").exists()
    done = call("run", articles, "-o", out, "--max-calls", 100, server=server)
    assert done.exit_code == 0
    assert (len(lines(out)), len(server.requests)) == (30, 30)


def test_cost_is_bounded_before_it_is_reached(
    server: Server, articles: Path, tmp_path: Path
) -> None:
    """Twenty tokens an answer at a dollar a thousand: thirty of them are $0.60."""
    server.say(answer(meeting(1)))
    done = call(
        "run", articles, "-o", tmp_path / "out.jsonl", "--price", "0,1000", "--max-cost", 0.5,
        "--concurrency", 1, server=server,
    )  # fmt: skip
    assert done.exit_code == 3
    cost = run_file(tmp_path)[0]["usage"]["cost_usd"]
    assert 0.2 < cost <= 0.5


def test_estimate_asks_and_writes_nothing(server: Server, articles: Path, tmp_path: Path) -> None:
    server.say(answer(meeting(1)))
    out = tmp_path / "out.jsonl"
    done = call("run", articles, "-o", out, "--estimate", "--price", "1,1", server=server)
    assert done.exit_code == 0
    assert "30 to do" in done.stdout
    assert "cost       $" in done.stdout
    assert server.requests == []
    assert not out.exists()
    call("run", articles, "-o", out, server=server)
    done = call("run", articles, "-o", out, "--estimate", server=server)
    assert "0 to do (0 changed), 30 done before" in done.stdout
    assert len(server.requests) == 30


def test_estimate_without_a_price_says_so(server: Server, articles: Path, tmp_path: Path) -> None:
    done = call("run", articles, "-o", tmp_path / "out.jsonl", "--estimate", server=server)
    assert "unknown: no price is known" in done.stdout


def test_failed_documents_are_left_alone_until_asked_for(
    server: Server, articles: Path, tmp_path: Path
) -> None:
    server.say("no JSON at all")
    out = tmp_path / "out.jsonl"
    assert call("run", articles, "-o", out, server=server).exit_code == 1
    asked = len(server.requests)
    done = call("run", articles, "-o", out, server=server)
    assert (done.exit_code, len(server.requests)) == (1, asked)
    assert "30 failed before" in done.stderr.replace("\n", " ")
    server.answers.clear()
    server.say(answer(meeting(1)))
    shutil.rmtree(tmp_path / "cache")
    assert call("run", articles, "-o", out, "--retry-failed", server=server).exit_code == 0
    assert len(lines(out)) == 30
    assert not (tmp_path / "out.failed.jsonl").exists()


def test_log_for_machines_is_json_and_tells_no_text(
    server: Server, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123")
    server.fail(500, "{}")
    server.say(answer(meeting(1)))
    done = call("run", articles, "-o", tmp_path / "out.jsonl", "--log-json", server=server)
    told = [json.loads(line) for line in done.stderr.splitlines()]
    events = [one["event"] for one in told]
    assert events.count("document") == 30
    assert events.count("retry") == 1
    assert (events[0], events[-1]) == ("begin", "end")
    assert told[-1]["documents"]["done"] == 30
    assert "Anna" not in done.stderr
    assert "secret" not in done.stderr


def test_second_run_on_an_output_under_way_is_refused(
    server: Server, articles: Path, tmp_path: Path
) -> None:
    server.say(answer(meeting(1)))
    server.fail(429, "{}", retry_after="100")
    out = tmp_path / "out.jsonl"
    first = subprocess.Popen(command(articles, out, server.url), stderr=subprocess.PIPE)
    _wait(lambda: len(server.requests) >= 2)
    second = call("run", articles, "-o", out, server=server)
    assert second.exit_code == 2
    assert "another run is writing" in second.stderr
    first.send_signal(signal.SIGTERM)
    first.communicate()
    assert first.returncode == 130


def _wait(until: Any) -> None:
    deadline = time.monotonic() + 60
    while not until() and time.monotonic() < deadline:
        os.sched_yield()
    assert until()


def test_clock_set_back_changes_nothing(
    server: Server, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.say(answer(meeting(1)))
    out = tmp_path / "out.jsonl"
    call("run", articles, "-o", out, "--max-calls", 10, server=server)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 1e6)
    assert call("run", articles, "-o", out, server=server).exit_code == 0
    assert sorted(one["id"] for one in lines(out)) == sorted(f"a{n}" for n in range(30))
    assert len(server.requests) == 30


MOUNT = (
    shutil.which("unshare")
    and not subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "true"],
        capture_output=True,
        check=False,
    ).returncode
)
mounts = pytest.mark.skipif(not MOUNT, reason="this machine lets nobody mount a small disk")


def mounted(options: str, folder: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a program that finds a small disk of its own in a folder; copy what is left on it."""
    script = (
        f"mount -t tmpfs -o {options} tmpfs {folder} && "
        f'{{ "$@"; code=$?; cp -r {folder} {folder}.left; exit $code; }}'
    )
    return subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", *words],
        capture_output=True,
        text=True,
        check=False,
    )


@mounts
def test_full_disk_is_one_line_and_leaves_whole_lines(
    server: Server, articles: Path, tmp_path: Path
) -> None:
    server.say(answer(meeting(1)))
    small = tmp_path / "small"
    small.mkdir()
    done = mounted("size=16k", small, command(articles, small / "out.jsonl", server.url))
    assert done.returncode == 2
    (told,) = done.stderr.splitlines()
    assert "out.jsonl' cannot be written (No space left on device)" in told
    left = lines(tmp_path / "small.left" / "out.jsonl")
    assert 0 < len(left) < 30
    shutil.copytree(tmp_path / "small.left", tmp_path / "large")
    again = call("run", articles, "-o", tmp_path / "large" / "out.jsonl", server=server)
    assert again.exit_code == 0
    assert len(lines(tmp_path / "large" / "out.jsonl")) == 30
    assert len(server.requests) == 30, "what was paid for was kept"


@mounts
def test_cache_on_a_read_only_disk_is_one_line(
    server: Server, articles: Path, tmp_path: Path
) -> None:
    (tmp_path / "cache").mkdir()
    words = command(articles, tmp_path / "out.jsonl", server.url)
    done = mounted("ro", tmp_path / "cache", words)
    assert done.returncode == 2
    (told,) = done.stderr.splitlines()
    assert "EXTRACTOR_CACHE_DIR" in told
    assert server.requests == []


def test_output_folder_that_goes_is_one_line(
    server: Server, articles: Path, tmp_path: Path
) -> None:
    """The file is still open and takes what comes; that it is nowhere is told at the end."""
    server.say(answer(meeting(1)))
    server.fail(429, "{}", retry_after="100")
    folder = tmp_path / "gone"
    folder.mkdir()
    words = command(articles, folder / "out.jsonl", server.url, "--concurrency", "1")
    running = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    _wait(lambda: len(server.requests) >= 2)
    shutil.rmtree(folder)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 2
    assert "Traceback" not in told
    assert "cannot be written" in told


@contextmanager
def slow_server(latency: float) -> Iterator[tuple[str, list[str]]]:
    """A server that takes its time, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            asked.append(json.loads(body)["messages"][-1]["content"])
            pause.wait(latency)
            message = {"role": "assistant", "content": answer(meeting(1))}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            text = json.dumps({"choices": [choice]}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *args: object) -> None:
            """Silent."""

    pause = threading.Event()
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    running.handle_error = lambda *args: None  # type: ignore[method-assign]  # clients are killed
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/v1", asked
    pause.set()
    running.shutdown()
    thread.join()
    running.server_close()


def test_killed_at_any_moment_it_goes_on_and_pays_nothing_twice(tmp_path: Path) -> None:
    """Five kills here; `python -m benchmarks kill` has twenty and five hundred documents."""
    rows = [{"id": f"a{n}", "text": f"Anna Berg met Jean Moreau in town {n}."} for n in range(200)]
    articles = tmp_path / "articles.jsonl"
    articles.write_text("".join(json.dumps(row) + "\n" for row in rows))
    out, at_once, kills = tmp_path / "out.jsonl", 4, 5
    chance = random.Random(1)
    with slow_server(0.05) as (url, asked):
        words = command(articles, out, url, "--concurrency", str(at_once))
        for _ in range(kills):
            running = subprocess.Popen(words, stderr=subprocess.DEVNULL)
            wanted = len(asked) + chance.randrange(1, 30)
            _wait(lambda wanted=wanted: len(asked) >= wanted)
            running.kill()
            running.wait()
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(one["id"] for one in lines(out)) == sorted(row["id"] for row in rows)
    assert all(len(one["meetings"]) == 1 for one in lines(out))
    assert len(asked) <= len(rows) + kills * at_once
    states = [one["state"] for one in run_file(tmp_path)]
    assert states == ["killed"] * kills + ["finished"]


def test_two_runs_at_once_on_one_cache_pay_once(articles: Path, tmp_path: Path) -> None:
    with slow_server(0.05) as (url, asked):
        running = [
            subprocess.Popen(
                command(articles, tmp_path / f"{name}.jsonl", url), stderr=subprocess.DEVNULL
            )
            for name in ("one", "two")
        ]
        assert [one.wait() for one in running] == [0, 0]
    assert len(asked) == len(set(asked)) == 30
    for name in ("one", "two"):
        assert len(lines(tmp_path / f"{name}.jsonl")) == 30


def test_cache_is_told_pruned_and_cleared(server: Server, articles: Path, tmp_path: Path) -> None:
    server.say(answer(meeting(1)))
    call("run", articles, "-o", tmp_path / "out.jsonl", server=server)
    told = call("cache", "stats").stdout
    assert str(tmp_path / "cache" / "answers") in told
    assert "entries  60" in told
    assert call("cache", "prune", "--to", "1GB").stdout == "0 dropped\n"
    assert call("cache", "clear").stdout == "60 dropped\n"
    assert "entries  0" in call("cache", "stats").stdout


def test_size_that_is_none_is_refused(tmp_path: Path) -> None:
    done = call("cache", "prune", "--to", "much")
    assert done.exit_code == 2
    assert "500MB or 2GB, not 'much'" in done.stderr


def test_same_articles_again_are_not_asked_for_by_another_output(
    server: Server, articles: Path, tmp_path: Path
) -> None:
    server.say(answer(meeting(1)))
    for name in ("one", "two"):
        call("run", articles, "-o", tmp_path / f"{name}.jsonl", server=server)
    one, two = (lines(tmp_path / f"{name}.jsonl") for name in ("one", "two"))
    assert len(server.requests) == 30
    by_id = {row["id"]: row for row in one}
    for row in two:
        assert row["usage"]["cached_calls"] == 1
        assert {**row, "usage": None} == {**by_id[row["id"]], "usage": None}

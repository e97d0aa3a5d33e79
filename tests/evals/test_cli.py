"""The command line, as its user runs it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from evals import project as projects
from evals.cli import app
from evals.project import Project
from tests.evals.test_gold import GOOD, TEXT
from tests.scripted import Server, answer, meeting

Run = Callable[..., Result]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder of gold somewhere, one article in each of two languages."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for stem in ("en-001", "ru-001"):
        (folder / f"{stem}.txt").write_text(TEXT, encoding="utf-8")
        labels = GOOD.replace("en-001", stem).replace("language: en", f"language: {stem[:2]}")
        (folder / f"{stem}.yaml").write_text(labels, encoding="utf-8")
    return folder


@pytest.fixture
def run(server: Server, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command; a loopback server is the model."""
    server.say(answer(meeting(1)))
    monkeypatch.setenv("EXTRACTOR_MODEL", "scripted")
    monkeypatch.setenv("EXTRACTOR_BASE_URL", server.url)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def own(tmp_path: Path, gold: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The folder `gold` is the project's own."""
    root = tmp_path / "evals"
    root.mkdir()
    gold.rename(root / "gold")
    place = Project(root)
    monkeypatch.setattr(projects, "Project", lambda: place)
    return place


def test_run_scores_any_folder_and_leaves_predictions_and_reports(
    run: Run, gold: Path, tmp_path: Path
) -> None:
    result = run("run", "--gold", gold, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "headline 100.0" in result.stdout
    assert "2 of 2: " in result.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "junit.xml",
        "predictions.jsonl",
        "report.html",
        "report.json",
        "report.md",
    }
    lines = (tmp_path / "out" / "predictions.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2


def test_run_takes_a_language_and_a_limit(
    run: Run, gold: Path, tmp_path: Path, server: Server
) -> None:
    assert run("run", "--gold", gold, "--language", "ru", "-o", tmp_path / "a").exit_code == 0
    assert run("run", "--gold", gold, "--limit", "1", "-o", tmp_path / "b").exit_code == 0
    assert len(server.requests) == 1  # the same text: the second comes from the cache


def test_run_in_a_language_without_articles_is_one_line(
    run: Run, gold: Path, tmp_path: Path
) -> None:
    result = run("run", "--gold", gold, "--language", "fi", "-o", tmp_path / "a")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "'fi'" in result.stderr


def test_run_with_a_failed_article_exits_1(
    run: Run, gold: Path, tmp_path: Path, server: Server
) -> None:
    server.answers.clear()
    server.say("no JSON")
    result = run("run", "--gold", gold, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "2 failed" in result.stdout


def test_foreign_gold_is_not_recorded(run: Run, gold: Path, tmp_path: Path) -> None:
    result = run("run", "--gold", gold, "--record", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "only the project's own gold" in result.stderr


def test_faulty_gold_is_told_line_by_line(run: Run, gold: Path) -> None:
    path = gold / "en-001.yaml"
    path.write_text(path.read_text().replace("held", "hold").replace("in_person", "x"))
    result = run("check", gold)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    assert "meetings.0.format" in lines[1]
    assert "meetings.0.status" in lines[2]


def test_check_counts_the_gold(run: Run, gold: Path) -> None:
    result = run("check", gold)
    assert result.exit_code == 0
    rows = {
        line.rsplit(maxsplit=3)[0].strip(): line.split()[-3:] for line in result.stdout.splitlines()
    }
    assert rows["meetings status held"] == ["1", "1", "2"]


def test_report_is_made_anew_from_its_json(run: Run, gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("run", "--gold", gold, "-o", out)
    before = (out / "report.html").read_bytes()
    (out / "report.html").unlink()
    assert run("report", out).exit_code == 0
    assert (out / "report.html").read_bytes() == before


def test_report_that_is_none_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("{}")
    for place in (tmp_path, tmp_path / "nowhere"):
        result = run("report", place)
        assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_compare_says_a_verdict(run: Run, gold: Path, tmp_path: Path, server: Server) -> None:
    run("run", "--gold", gold, "-o", tmp_path / "good")
    server.answers.clear()
    server.say(answer())
    run("run", "--gold", gold, "--model", "worse", "-o", tmp_path / "bad")
    same = run("compare", tmp_path / "good", tmp_path / "good")
    worse = run("compare", tmp_path / "good", tmp_path / "bad")
    assert (same.exit_code, same.stdout.splitlines()[0]) == (0, "# PASS")
    assert (worse.exit_code, worse.stdout.splitlines()[0]) == (1, "# FAIL")
    assert "2 gold records flipped" in worse.stdout


def test_power_prints_a_line_for_each_loss(run: Run, gold: Path, tmp_path: Path) -> None:
    run("run", "--gold", gold, "-o", tmp_path / "out")
    result = run("power", tmp_path / "out")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 8


def test_record_replay_pin_and_gate(
    run: Run, own: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evals.gate.LOCAL", "scripted")
    recorded = run("run", "--record", "--concurrency", "1", "-o", tmp_path / "out")
    assert recorded.exit_code == 0, recorded.output
    assert run("replay", "--model", "scripted").exit_code == 0
    unpinned = run("gate")
    assert unpinned.exit_code == 2
    assert "no baseline yet" in unpinned.stderr
    assert run("gate", "--pin").exit_code == 0
    passed = run("gate", "-o", tmp_path / "reports")
    assert passed.exit_code == 0, passed.output
    assert (tmp_path / "reports" / "report.html").exists()
    edited = own.baseline.read_text().replace('"meetings.matched": 2', '"meetings.matched": 3')
    own.baseline.write_text(edited)
    failed = run("gate", "-o", tmp_path / "reports")
    assert failed.exit_code == 1
    assert "meetings.matched was 3, is 2" in failed.stderr
    assert "meetings.matched was 3, is 2" in (tmp_path / "reports" / "junit.xml").read_text()


def test_gate_that_cannot_tell_exits_2(run: Run, own: Project) -> None:
    result = run("gate")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "--record" in result.stderr


def test_agreement_of_labels_with_themselves_is_whole(run: Run, own: Project) -> None:
    own.second.mkdir()
    for path in own.gold.glob("*.yaml"):
        (own.second / path.name).write_bytes(path.read_bytes())
    result = run("agreement")
    assert result.exit_code == 0
    assert "headline 100.0" in result.stdout

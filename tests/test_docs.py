"""README, CONTRIBUTING and CHANGELOG say what is so: their commands are run."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import extractor
from evals import gate, project, recordings
from evals.cli import app as evals_app
from evals.project import Project
from extractor import Settings
from extractor.cli import app, cache_app
from extractor.llm import AnswerCache
from schemas import RECORD_TYPES
from tests.conftest import Server
from tests.scripted import EXAMPLES, answer, meeting

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TEXTS = {"README": README, "CONTRIBUTING": CONTRIBUTING}


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def commands(text: str) -> list[str]:
    """The lines after a `$` of the console blocks."""
    lines = [line for block in blocks(text, "console") for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def shown(program: str) -> list[str]:
    """The commands of a program in both texts, without repetitions."""
    found = [one for text in TEXTS.values() for one in commands(text)]
    return sorted({one for one in found if one.startswith(program)})


@pytest.fixture
def workplace(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with articles, and a server that answers, as the texts assume them."""
    server.say(answer(meeting(1)))
    monkeypatch.setenv("EXTRACTOR_MODEL", "scripted")
    monkeypatch.setenv("EXTRACTOR_BASE_URL", server.url)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    for article in EXAMPLES.glob("*.txt"):
        (tmp_path / "articles" / article.name).write_bytes(article.read_bytes())
    (tmp_path / "article.txt").write_bytes((EXAMPLES / "en.txt").read_bytes())
    text = (EXAMPLES / "bg.txt").read_text(encoding="utf-8")
    (tmp_path / "archive.jsonl").write_text(json.dumps({"body": text}), encoding="utf-8")
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    (tmp_path / "pages" / "bg").mkdir(parents=True)
    page = f"<html><body><article>{paragraphs}</article></body></html>"
    (tmp_path / "pages" / "bg" / "a.html").write_text(page, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", shown("extractor "))
def test_command_shown_works(command: str, workplace: Path, server: Server) -> None:
    words = shlex.split(command)
    if "--base-url" in words:
        words[words.index("--base-url") + 1] = server.url
    program = [sys.executable, "-m", "extractor", *words[1:]]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", blocks(README, "python"), ids=["telemetry", "script", "notebook"])
def test_python_shown_works(block: str, workplace: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", block], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("command", shown("make "))
def test_make_target_shown_is_there(command: str) -> None:
    """Run by hand and by CI; running them here would never end."""
    done = subprocess.run(
        ["make", "--dry-run", *shlex.split(command)[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_scores_in_the_readme_are_those_of_the_baseline() -> None:
    baseline = gate.read(Project().baseline)
    assert baseline
    types = list(RECORD_TYPES)
    rows = [["articles", "headline", *types]]
    for group, scores in baseline.scores.items():
        points = [f"{100 * (scores[name] or 0):.1f}" for name in ("headline", *types)]
        rows.append([f"{group}, {baseline.counts[group]['articles']}", *points])
    expected = [f"| {' | '.join(row)} |" for row in rows]
    assert [line for line in README.splitlines() if line in expected] == expected, expected


def test_evals_commands_shown_work(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On one article, whose recorded answers are in the cache: the engine is not started."""
    server.say(answer())
    monkeypatch.chdir(tmp_path)
    place = _project_of_one_article(tmp_path / "evals")
    monkeypatch.setattr(project, "Project", lambda: place)
    order = ["run", "replay", "check", "agreement", "compare", "report", "power", "gate", "measure"]
    found = [shlex.split(one)[3:] for one in shown("python -m evals ")]
    assert {words[0] for words in found} == set(order)
    for words in sorted(found, key=lambda words: order.index(words[0])):
        if "--base-url" in words:
            words[words.index("--base-url") + 1] = server.url
        done = CliRunner().invoke(evals_app, words)
        told = done.stdout.startswith(("# PASS", "# FAIL", "# INCONCLUSIVE"))
        assert done.exit_code == 0 or told, (words, done.output)


def _project_of_one_article(root: Path) -> Project:
    own, place, stem = Project(), Project(root), "en-001"
    for folder, name in (
        ("gold/en", f"{stem}.txt"),
        ("gold/en", f"{stem}.yaml"),
        ("second/en", f"{stem}.yaml"),
    ):
        (root / folder).mkdir(parents=True, exist_ok=True)
        shutil.copy(own.root / folder / name, root / folder)
    recording = recordings.read(own.recordings("local"))[stem]
    cache = AnswerCache(Settings.from_environment().cache_dir / "answers")
    for key, entry in recording.answers.items():
        cache.put(key, entry)
    cache.close()
    return place


def test_every_command_and_option_of_the_evals_is_described() -> None:
    for name, command in get_command(evals_app).commands.items():
        assert command.help
        assert f"evals {name}" in README + CONTRIBUTING
        assert all(one.help for one in command.params if one.name != "help")


def test_readme_names_its_two_commands() -> None:
    assert {"make demo", "make test"} <= set(commands(README))
    assert "make test" in (ROOT / ".ci" / "run").read_text()


def test_every_command_and_option_is_in_the_readme_and_has_help() -> None:
    found = dict(get_command(app).commands)
    found |= {f"cache {name}": one for name, one in get_command(cache_app).commands.items()}
    for name, command in found.items():
        assert command.help
        assert f"extractor {name}" in README
        for parameter in command.params:
            options = [one for one in parameter.opts if one.startswith("--")]
            assert all(f"`{one}" in README for one in options if one != "--help"), (name, options)


def test_every_setting_is_in_the_readme() -> None:
    from extractor.settings import _VARIABLES

    assert all(f"`{one}`" in README for names in _VARIABLES.values() for one in names)


def test_every_public_error_is_in_the_readme() -> None:
    errors = [name for name in extractor.__all__ if name.endswith("Error")]
    assert all(f"`{name}`" in README for name in errors)


@pytest.mark.parametrize("path", re.findall(r"^([a-z./_]+/?) {2,}", README, re.MULTILINE))
def test_tree_in_the_readme_is_the_tree(path: str) -> None:
    assert (ROOT / path).exists()


def test_version_is_in_the_changelog() -> None:
    version = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

"""Many documents with a scripted model: none lost, each failure owned."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor import (
    Extraction,
    ModelUnavailableError,
    OutputRefusedError,
    OutputTruncatedError,
    Settings,
    SetupError,
)
from extractor.batch import Failure, FileOutput, Item, Summary, find, run
from tests.scripted import ScriptedModel, answer, meeting

Script = Callable[[list[str]], str | Exception]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(f"Anna met Jean in town {number}.")
    return folder


async def go(articles: Path, out: Path, script: Script, concurrency: int = 2) -> Summary:
    output = FileOutput(out)
    settings = Settings.from_environment(concurrency=concurrency)
    try:
        return await run(find([articles]), output, ScriptedModel(script), settings)
    finally:
        output.close()


def results(out: Path) -> list[Extraction]:
    return [Extraction.model_validate_json(line) for line in out.read_text().splitlines()]


def fine(sentences: list[str]) -> str:
    return answer(meeting(1))


async def test_every_document_is_one_line(articles: Path, tmp_path: Path) -> None:
    summary = await go(articles, tmp_path / "out.jsonl", fine)
    assert sorted(one.id for one in results(tmp_path / "out.jsonl")) == list("012345")
    assert (summary.done, summary.failed, summary.records["meetings"]) == (6, 0, 6)


async def test_failed_document_is_written_down_and_the_others_go_on(
    articles: Path, tmp_path: Path
) -> None:
    def script(sentences: list[str]) -> str | Exception:
        return OutputRefusedError("declined") if "town 3" in sentences[0] else fine(sentences)

    summary = await go(articles, tmp_path / "out.jsonl", script)
    assert (summary.done, summary.failed) == (5, 1)
    (line,) = (tmp_path / "out.failed.jsonl").read_text().splitlines()
    failure = Failure.model_validate_json(line)
    assert (failure.id, failure.error, failure.message) == ("3", "OutputRefusedError", "declined")


async def test_what_a_failed_document_cost_is_counted(articles: Path, tmp_path: Path) -> None:
    summary = await go(articles, tmp_path / "out.jsonl", lambda s: OutputTruncatedError("cut off"))
    assert summary.failed == 6
    assert summary.usage.calls == 6


async def test_second_run_does_only_what_is_missing(articles: Path, tmp_path: Path) -> None:
    def script(sentences: list[str]) -> str | Exception:
        return OutputRefusedError("declined") if "town 3" in sentences[0] else fine(sentences)

    out = tmp_path / "out.jsonl"
    await go(articles, out, script)
    summary = await go(articles, out, fine)
    assert (summary.done, summary.skipped, summary.failed) == (1, 5, 0)
    assert sorted(one.id for one in results(out)) == list("012345")
    assert not (tmp_path / "out.failed.jsonl").exists()


async def test_changed_document_is_done_again(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    await go(articles, out, fine)
    (articles / "2.txt").write_text("Anna met Jean elsewhere.")
    summary = await go(articles, out, fine)
    assert (summary.done, summary.skipped) == (1, 5)
    (changed,) = (one for one in results(out) if one.id == "2")
    assert changed.meetings[0].evidence[0].text == "Anna met Jean elsewhere."


async def test_unreadable_documents_fail_alone(articles: Path, tmp_path: Path) -> None:
    (articles / "1.txt").write_bytes(b"")
    (articles / "2.txt").write_bytes(b"\x00\x01")
    (articles / "3.txt").write_bytes("Анна".encode("cp1251"))
    (articles / "4.txt").write_text("Anna met Jean. " * 20_000)
    (articles / "5.txt").unlink()
    (articles / "5.txt").symlink_to("nowhere.txt")
    summary = await go(articles, tmp_path / "out.jsonl", fine)
    assert summary.done == 1
    lines = (tmp_path / "out.failed.jsonl").read_text().splitlines()
    told = {f.id: f.message for f in map(Failure.model_validate_json, lines)}
    assert sorted(told) == ["1", "2", "3", "4"]
    assert "no sentence" in told["1"]
    assert "binary" in told["2"]
    assert "not UTF-8" in told["3"]
    assert "EXTRACTOR_MAX_CHARACTERS" in told["4"]


async def test_vanished_file_fails_alone(articles: Path, tmp_path: Path) -> None:
    output, items = FileOutput(tmp_path / "out.jsonl"), find([articles])
    (articles / "5.txt").unlink()
    settings = Settings.from_environment()
    summary = await run(items, output, ScriptedModel(fine), settings)
    output.close()
    assert (summary.done, summary.failed) == (5, 1)


async def test_fault_of_the_program_costs_one_document(articles: Path, tmp_path: Path) -> None:
    def script(sentences: list[str]) -> str | Exception:
        return ZeroDivisionError("oops") if "town 0" in sentences[0] else fine(sentences)

    summary = await go(articles, tmp_path / "out.jsonl", script)
    assert (summary.done, summary.failed) == (5, 1)
    assert "a fault of the program" in (tmp_path / "out.failed.jsonl").read_text()


async def test_wrong_setting_stops_the_run_and_keeps_what_is_written(
    articles: Path, tmp_path: Path
) -> None:
    def script(sentences: list[str]) -> str | Exception:
        return SetupError("key") if "town 4" in sentences[0] else fine(sentences)

    with pytest.raises(SetupError, match="key"):
        await go(articles, tmp_path / "out.jsonl", script, concurrency=1)
    assert len(results(tmp_path / "out.jsonl")) == 4


async def test_server_that_never_answers_stops_the_run(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError):
        await go(articles, tmp_path / "out.jsonl", lambda s: ModelUnavailableError("down"))
    assert not (tmp_path / "out.failed.jsonl").exists()


async def test_server_that_fails_later_fails_documents(articles: Path, tmp_path: Path) -> None:
    def script(sentences: list[str]) -> str | Exception:
        return ModelUnavailableError("down") if "town 5" in sentences[0] else fine(sentences)

    summary = await go(articles, tmp_path / "out.jsonl", script, concurrency=1)
    assert (summary.done, summary.failed) == (5, 1)


async def test_full_disk_is_told(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = FileOutput(Path("/dev/full"))
    with pytest.raises(SetupError, match="No space left"):
        await run([Item("0", articles / "0.txt")], output, ScriptedModel(fine), Settings())
    output.close()

"""Many documents with a scripted model: none lost, each failure owned."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
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
from extractor.batch import Failure, FileOutput, Item, Outcome, Summary, find, read, run
from tests.scripted import ScriptedModel, answer, meeting

Script = Callable[[list[str]], str | Exception]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(f"Anna met Jean in town {number}.")
    return folder


async def go(
    articles: Path,
    out: Path,
    script: Script,
    concurrency: int = 2,
    *,
    retry_failed: bool = False,
) -> Summary:
    return await go_on(
        read(find([articles])), out, script, concurrency=concurrency, retry_failed=retry_failed
    )


async def go_on(
    items: Iterable[Item | Failure],
    out: Path,
    script: Script,
    *,
    concurrency: int = 1,
    published: date | None = None,
    retry_failed: bool = False,
) -> Summary:
    settings = Settings.from_environment(concurrency=concurrency)
    with closing(FileOutput(out, retry_failed=retry_failed)) as output:
        return await run(items, output, ScriptedModel(script), settings, published=published)


def item(id: str, text: str, **changed: object) -> Item:
    said = {"source": f"{id}.txt", "encoding": "utf-8", "published": None}
    return Item(id=id, text=text, **{**said, **changed})


def results(out: Path) -> list[Extraction]:
    return [Extraction.model_validate_json(line) for line in out.read_text().splitlines()]


def failures(out: Path) -> dict[str, Failure]:
    lines = out.with_suffix(".failed.jsonl").read_text().splitlines()
    return {one.id: one for one in map(Failure.model_validate_json, lines)}


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
    assert (summary.done, summary.skipped, summary.failed_before) == (0, 5, 1)
    summary = await go(articles, out, fine, retry_failed=True)
    assert (summary.done, summary.skipped, summary.failed) == (1, 5, 0)
    assert sorted(one.id for one in results(out)) == list("012345")
    assert not (tmp_path / "out.failed.jsonl").exists()


async def test_changed_document_is_done_again(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    await go(articles, out, fine)
    (articles / "2.txt").write_text("Anna met Jean elsewhere.")
    summary = await go(articles, out, fine)
    assert (summary.done, summary.changed, summary.skipped) == (1, 1, 5)
    (changed,) = (one for one in results(out) if one.id == "2")
    assert changed.meetings[0].evidence[0].text == "Anna met Jean elsewhere."


async def test_unreadable_documents_fail_alone(articles: Path, tmp_path: Path) -> None:
    (articles / "1.txt").write_bytes(b"")
    (articles / "2.txt").write_bytes(b"\x00\x01")
    (articles / "3.txt").write_bytes("Анна".encode()[:-1])
    (articles / "4.txt").write_text("Anna met Jean. " * 20_000)
    (articles / "5.txt").unlink()
    (articles / "5.txt").symlink_to("nowhere.txt")
    summary = await go(articles, tmp_path / "out.jsonl", fine)
    assert summary.done == 1
    told = {name: one.message for name, one in failures(tmp_path / "out.jsonl").items()}
    assert sorted(told) == ["1", "2", "3", "4"]
    assert "no sentence" in told["1"]
    assert "binary" in told["2"]
    assert "not utf-8 from byte 6 on" in told["3"]
    assert "EXTRACTOR_MAX_CHARACTERS" in told["4"]


async def test_vanished_file_fails_alone(articles: Path, tmp_path: Path) -> None:
    files = list(find([articles]))
    (articles / "5.txt").unlink()
    summary = await go_on(read(files), tmp_path / "out.jsonl", fine)
    assert (summary.done, summary.failed) == (5, 1)
    assert "No such file" in failures(tmp_path / "out.jsonl")["5"].message


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


async def test_server_that_fails_only_the_first_document_goes_on(
    articles: Path, tmp_path: Path
) -> None:
    """One poisoned document must not end the run because it comes first."""

    def script(sentences: list[str]) -> str | Exception:
        return ModelUnavailableError("down") if "town 0" in sentences[0] else fine(sentences)

    summary = await go(articles, tmp_path / "out.jsonl", script, concurrency=1)
    assert (summary.done, summary.failed) == (5, 1)
    assert list(failures(tmp_path / "out.jsonl")) == ["0"]


async def test_server_that_is_not_there_for_the_only_document_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError):
        await go_on(
            [item("a", "Anna met Jean.")],
            tmp_path / "out.jsonl",
            lambda s: ModelUnavailableError("down"),
        )
    assert not (tmp_path / "out.failed.jsonl").exists()


async def test_server_that_fails_later_fails_documents(articles: Path, tmp_path: Path) -> None:
    def script(sentences: list[str]) -> str | Exception:
        return ModelUnavailableError("down") if "town 5" in sentences[0] else fine(sentences)

    summary = await go(articles, tmp_path / "out.jsonl", script, concurrency=1)
    assert (summary.done, summary.failed) == (5, 1)


async def test_full_disk_is_told() -> None:
    with pytest.raises(SetupError, match="No space left"):
        await go_on([item("0", "Anna met Jean.")], Path("/dev/full"), fine)


async def test_documents_in_other_encodings_are_done_and_their_encodings_named(
    articles: Path, tmp_path: Path
) -> None:
    text = "Анна Берг встретилась с Жаном Моро в Риме."
    for number, encoding in enumerate(["utf-8", "utf-8-sig", "cp1251", "koi8-r", "utf-16"]):
        (articles / f"{number}.txt").write_bytes(f"{text} Часть {number}.".encode(encoding))
    summary = await go(articles, tmp_path / "out.jsonl", fine)
    assert (summary.done, summary.failed) == (6, 0)
    told = {one.id: one.encoding for one in results(tmp_path / "out.jsonl")}
    assert [told[name] for name in "01234"] == ["utf-8", "utf-8", "cp1251", "koi8-r", "utf-16"]


async def test_second_document_of_one_id_fails_and_names_the_first(tmp_path: Path) -> None:
    items = [
        item("a", "Anna met Jean.", source="en/a.txt"),
        item("a", "Anna met him again.", source="ru/a.txt"),
        item("b", "Anna met nobody."),
    ]
    summary = await go_on(items, tmp_path / "out.jsonl", fine)
    assert (summary.done, summary.failed) == (2, 1)
    assert [one.source for one in results(tmp_path / "out.jsonl")] == ["en/a.txt", "b.txt"]
    failed = failures(tmp_path / "out.jsonl")["a"]
    assert (failed.source, failed.error) == ("ru/a.txt", "DocumentError")
    assert "the id 'a' is that of 'en/a.txt' already" in failed.message
    assert "give the folder above both" in failed.message


async def test_second_document_of_one_id_fails_in_every_run(tmp_path: Path) -> None:
    """It must not take the place of the first in the output."""
    items = [item("a", "Anna met Jean."), item("a", "Anna met him again.", source="other.txt")]
    for _ in range(2):
        summary = await go_on(items, tmp_path / "out.jsonl", fine)
        assert (summary.finished, summary.failed) == (2, 1)
        assert [one.source for one in results(tmp_path / "out.jsonl")] == ["a.txt"]


async def test_third_document_of_one_id_names_the_first_too(tmp_path: Path) -> None:
    items = [item("a", f"Anna met Jean, {one}.", source=f"{one}.txt") for one in range(3)]
    summary = await go_on(items, tmp_path / "out.jsonl", fine)
    assert (summary.done, summary.failed) == (1, 2)
    assert "'0.txt' already" in failures(tmp_path / "out.jsonl")["a"].message


async def test_same_text_again_is_done_with_a_warning_that_names_the_first(tmp_path: Path) -> None:
    items = [item(name, "Anna met Jean.") for name in "abc"] + [item("d", "Anna met Jean!")]
    summary = await go_on(items, tmp_path / "out.jsonl", fine)
    assert (summary.done, summary.failed, summary.warnings) == (4, 0, 2)
    told = {one.id: one.warnings for one in results(tmp_path / "out.jsonl")}
    warning = ["the text is the same as that of 'a'"]
    assert told == {"a": [], "b": warning, "c": warning, "d": []}


async def test_rows_of_a_table_are_documents_and_bad_ones_fail_alone(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "Anna met Jean."}, {"id": "b"}, {"text": "Anna met nobody."}]
    table = tmp_path / "news.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows))
    summary = await go_on(read(find([table])), tmp_path / "out.jsonl", fine)
    assert (summary.done, summary.failed) == (2, 1)
    assert [one.id for one in results(tmp_path / "out.jsonl")] == ["a", "news:3"]
    assert failures(tmp_path / "out.jsonl")["news:2"].source == f"{table}:2"


async def test_failures_to_read_are_written_down_and_told(tmp_path: Path) -> None:
    failure = Failure(id="a", source="a.txt", error="DocumentError", message="«нет»")
    told: list[Outcome] = []
    with closing(FileOutput(tmp_path / "out.jsonl")) as output:
        summary = await run(
            [failure, item("b", "Anna met Jean.")],
            output,
            ScriptedModel(fine),
            Settings.from_environment(concurrency=1),
            on_document=lambda summary, outcome: told.append(outcome),
        )
    assert [(one.id, one.what, one.failure) for one in told] == [
        ("a", "failed", failure),
        ("b", "done", None),
    ]
    assert (summary.done, summary.failed, summary.finished) == (1, 1, 2)
    assert failures(tmp_path / "out.jsonl") == {"a": failure}


async def test_table_without_a_column_for_the_text_stops_the_run_and_keeps_what_is_written(
    articles: Path, tmp_path: Path
) -> None:
    (articles / "3.csv").write_text("id,body\n1,Anna.\n")
    with pytest.raises(SetupError, match="no column 'text' but 'id', 'body'"):
        await go(articles, tmp_path / "out.jsonl", fine, concurrency=1)
    assert [one.id for one in results(tmp_path / "out.jsonl")] == ["0", "1", "2"]


@pytest.mark.parametrize("concurrency", [1, 2, 3])
async def test_no_more_items_are_held_than_are_worked_on(tmp_path: Path, concurrency: int) -> None:
    out, taken, most = tmp_path / "out.jsonl", 0, 0

    def items() -> Iterator[Item]:
        nonlocal taken, most
        for number in range(20):
            taken += 1
            most = max(most, taken - len(out.read_bytes().splitlines()))
            yield item(str(number), f"Anna met Jean in town {number}.")

    summary = await go_on(items(), out, fine, concurrency=concurrency)
    assert summary.done == 20
    assert most == concurrency


async def test_day_given_for_the_run_goes_before_that_of_a_document(tmp_path: Path) -> None:
    text = "date 2025-03-01 Anna met Jean yesterday."
    items = [
        item("said", "Anna met Jean.", published=date(2025, 3, 20)),
        item("stamped", text),
        item("both", text.replace("Jean", "him"), published=date(2025, 3, 20)),
        item("none", "Anna met nobody."),
    ]
    for day, expected in (
        (None, [date(2025, 3, 20), date(2025, 3, 1), date(2025, 3, 20), None]),
        (date(2025, 3, 21), [date(2025, 3, 21)] * 4),
    ):
        summary = await go_on(items, tmp_path / f"{day}.jsonl", fine, published=day)
        assert summary.done == 4
        assert [one.published for one in results(tmp_path / f"{day}.jsonl")] == expected


async def test_another_day_of_publication_is_another_result(tmp_path: Path) -> None:
    items, out = [item("a", "Anna met Jean.")], tmp_path / "out.jsonl"
    for day in (date(2025, 3, 20), date(2025, 3, 21)):
        assert (await go_on(items, out, fine, published=day)).done == 1
    assert (await go_on(items, out, fine, published=date(2025, 3, 21))).skipped == 1
    assert [one.published for one in results(out)] == [date(2025, 3, 21)]


async def test_file_whose_name_is_no_text_is_done(articles: Path, tmp_path: Path) -> None:
    """Names of files are bytes on Linux."""
    (articles / "0.txt").rename(os.fsdecode(os.fsencode(articles) + b"/\xc1.txt"))
    (articles / "1.txt").write_bytes(b"")
    (articles / "1.txt").rename(os.fsdecode(os.fsencode(articles) + b"/\xc2.txt"))
    summary = await go(articles, tmp_path / "out.jsonl", fine)
    assert (summary.done, summary.failed) == (5, 1)
    assert r"\udcc1" in [one.id for one in results(tmp_path / "out.jsonl")]
    assert list(failures(tmp_path / "out.jsonl")) == [r"\udcc2"]

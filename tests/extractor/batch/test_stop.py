"""How a run is ended early, with a scripted model."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from extractor import BudgetError, ServerDownError, Settings
from extractor.batch import FileOutput, Item, Stop, Summary, run
from extractor.llm import Reply
from tests.scripted import ScriptedModel, answer, meeting

ITEMS = [
    Item(
        id=str(n), text=f"Anna met Jean in town {n}.", source="s", encoding="utf-8", published=None
    )
    for n in range(6)
]


class SlowModel(ScriptedModel):
    """Waits for the test before each answer."""

    def __init__(self, before: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(lambda sentences: answer(meeting(1)))
        self.before = before

    async def ask(self, types: object, messages: object, ground: object) -> Reply:
        (passage,) = ground.sentences.values()
        await self.before(passage.text)
        return await super().ask(types, messages, ground)


async def go(out: Path, model: ScriptedModel, stop: Stop, concurrency: int = 1) -> Summary:
    settings = Settings.from_environment(concurrency=concurrency)
    with closing(FileOutput(out)) as output:
        return await run(ITEMS, output, model, settings, stop=stop)


def ids(out: Path) -> list[str]:
    return [line.split('"')[3] for line in out.read_text().splitlines()]


@pytest.mark.parametrize(
    ("error", "cause"),
    [(BudgetError("spent"), "budget"), (ServerDownError("down"), "down")],
    ids=["budget", "server"],
)
async def test_run_ends_and_what_was_not_tried_stays_untried(
    tmp_path: Path, error: Exception, cause: str
) -> None:
    def script(sentences: list[str]) -> str | Exception:
        return error if "town 3" in sentences[0] else answer(meeting(1))

    summary = await go(tmp_path / "out.jsonl", ScriptedModel(script), Stop())
    assert (summary.done, summary.failed, summary.untried) == (3, 0, 1)
    assert (summary.ended_by, summary.ended) == (cause, str(error))
    assert ids(tmp_path / "out.jsonl") == ["0", "1", "2"]
    assert not (tmp_path / "out.failed.jsonl").exists()


async def test_after_an_interruption_what_is_under_way_is_finished(tmp_path: Path) -> None:
    stop = Stop(grace=60)

    async def before(text: str) -> None:
        if "town 2" in text:
            stop.interrupt()
            await asyncio.sleep(0)

    summary = await go(tmp_path / "out.jsonl", SlowModel(before), stop)
    assert (summary.done, summary.untried, summary.ended_by) == (3, 0, "interrupted")
    assert ids(tmp_path / "out.jsonl") == ["0", "1", "2"]


async def test_after_the_grace_time_what_is_under_way_is_given_up(tmp_path: Path) -> None:
    stop = Stop(grace=0)

    async def before(text: str) -> None:
        if "town 2" in text:
            stop.interrupt()
            await asyncio.Event().wait()

    summary = await go(tmp_path / "out.jsonl", SlowModel(before), stop)
    assert (summary.done, summary.failed, summary.ended_by) == (2, 0, "interrupted")


async def test_second_interruption_gives_up_at_once(tmp_path: Path) -> None:
    stop = Stop(grace=3600)

    async def before(text: str) -> None:
        if "town 2" in text:
            stop.interrupt()
            stop.interrupt()
            await asyncio.Event().wait()

    summary = await go(tmp_path / "out.jsonl", SlowModel(before), stop)
    assert (summary.done, summary.ended_by) == (2, "interrupted")


async def test_interruption_is_passed_on(tmp_path: Path) -> None:
    """So that what waits to be sent again does not use up the grace time."""
    told: list[str] = []
    stop = Stop(on_interrupt=lambda: told.append("hurry"))
    stop.interrupt()
    assert told == ["hurry"]


async def test_the_next_run_takes_up_what_was_left(tmp_path: Path) -> None:
    stop = Stop()

    async def before(text: str) -> None:
        if "town 2" in text:
            stop.ask("budget", "spent")

    out = tmp_path / "out.jsonl"
    await go(out, SlowModel(before), stop)
    summary = await go(out, ScriptedModel(lambda s: answer(meeting(1))), Stop())
    assert (summary.done, summary.skipped, summary.ended_by) == (3, 3, None)
    assert sorted(ids(out)) == list("012345")

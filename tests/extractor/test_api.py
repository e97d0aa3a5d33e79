"""`extract` where users call it: scripts, threads, event loops. A loopback server answers."""

import asyncio
import threading

import pytest

import extractor
from extractor import DocumentError, Extraction, Extractor, Settings, SetupError
from tests.conftest import Server
from tests.scripted import answer, meeting

TEXT = "Anna Berg met Jean Moreau in Rome."


@pytest.fixture
def settings(server: Server) -> Settings:
    server.say(answer(meeting(1)))
    return Settings.from_environment(model="scripted", base_url=server.url)


def test_extract_in_a_script(settings: Settings) -> None:
    found = extractor.extract(TEXT, settings=settings)
    assert found.meetings[0].evidence[0].text == TEXT


def test_extract_reads_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.say(answer())
    monkeypatch.setenv("EXTRACTOR_MODEL", "from-the-environment")
    monkeypatch.setenv("EXTRACTOR_BASE_URL", server.url)
    assert extractor.extract(TEXT).model == "from-the-environment"


def test_extract_in_threads(settings: Settings, server: Server) -> None:
    found: list[Extraction] = []
    texts = [f"{TEXT} It rained {number} hours." for number in range(8)]
    threads = [
        threading.Thread(target=lambda t=t: found.append(extractor.extract(t, settings=settings)))
        for t in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.id for one in found}) == len(server.requests) == 8


async def test_extract_inside_a_running_loop(settings: Settings) -> None:
    """A notebook cell."""
    assert len(extractor.extract(TEXT, settings=settings).meetings) == 1


async def test_aextract_leaves_the_loop_free(settings: Settings) -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0)

    ticking = asyncio.create_task(tick())
    found = await extractor.aextract(TEXT, settings=settings)
    ticking.cancel()
    assert len(found.meetings) == 1
    assert ticks > 1


async def test_cancelled_aextract_stops_asking(settings: Settings, server: Server) -> None:
    async with Extractor(settings) as one:
        asking = asyncio.create_task(one.aextract(TEXT))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert not one.model.usage.calls


def test_one_extractor_serves_script_and_loop_alike(settings: Settings) -> None:
    with Extractor(settings) as one:
        first = one.extract(TEXT)
        second = asyncio.run(one.aextract(TEXT))
    assert first.meetings == second.meetings
    assert second.usage.cached_calls == 1


def test_closing_twice_does_nothing(settings: Settings) -> None:
    one = Extractor(settings)
    one.close()
    one.close()


def test_name_is_made_of_the_text_unless_given(settings: Settings) -> None:
    with Extractor(settings) as one:
        assert one.extract(TEXT).id == one.extract(TEXT).id
        assert one.extract(TEXT, id="mine", source="a.txt").id == "mine"


@pytest.mark.parametrize("text", ["", " \n", "12 34 — …"], ids=["empty", "blank", "no words"])
def test_text_without_a_sentence_is_told(settings: Settings, text: str) -> None:
    with Extractor(settings) as one, pytest.raises(DocumentError, match="no sentence"):
        one.extract(text)


def test_text_of_5_mb_is_told(settings: Settings) -> None:
    with Extractor(settings) as one, pytest.raises(DocumentError, match="EXTRACTOR_MAX_CHARACTERS"):
        one.extract("Anna met Jean. " * 350_000)


def test_half_a_character_is_told(settings: Settings) -> None:
    with Extractor(settings) as one, pytest.raises(DocumentError, match="halves of characters"):
        one.extract("Anna \ud800 met Jean.")


@pytest.mark.parametrize("text", ["\u202eAnna met Jean.", "Anna\x00 met."])
def test_odd_characters_do_not_break_offsets(settings: Settings, text: str) -> None:
    with Extractor(settings) as one:
        found = one.extract(text)
    evidence = found.meetings[0].evidence[0]
    assert text[evidence.start : evidence.end] == evidence.text


def test_wrong_key_is_told(server: Server) -> None:
    server.fail(401, '{"error": {"message": "bad key"}}')
    settings = Settings.from_environment(model="scripted", base_url=server.url)
    with Extractor(settings) as one, pytest.raises(SetupError, match="bad key"):
        one.extract(TEXT)

"""The real embedded model on one short article. It needs the extra `local`; `make test` has it."""

from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

import prompts
from extractor import Extraction, Extractor, Settings
from extractor.llm import adapter
from extractor.llm.engine import Engine, parameters

ARTICLE = (
    "date 2025-06-12 Italy's foreign minister, Paolo Ricci, met his Croatian counterpart, "
    "Ivana Horvat, in Zagreb on Wednesday.\r\n"
    "The island has forty beaches.\r\n"
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An empty cache of answers beside the user's own weights, which are too large to copy."""
    cache, own = tmp_path_factory.mktemp("cache"), platformdirs.user_cache_path("extractor")
    for name in ("weights", "prompt-states"):
        (own / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        (cache / name).symlink_to(own / name)
    return Settings(cache_dir=cache)


@pytest.fixture(scope="module")
def extraction(settings: Settings) -> Iterator[Extraction]:
    with Extractor(settings) as extractor:
        yield extractor.extract(ARTICLE, id="short")


def test_model_was_really_asked(extraction: Extraction) -> None:
    assert extraction.usage.calls >= 2
    assert extraction.usage.output_tokens > 0
    assert extraction.model == "local"


def test_meeting_is_found_with_both_sides(extraction: Extraction) -> None:
    names = [{one.name for one in meeting.participants} for meeting in extraction.meetings]
    assert {"Paolo Ricci", "Ivana Horvat"} in names


def test_prompt_cache_that_mixes_up_articles_is_off(tmp_path: Path) -> None:
    """With it answers about one article held words of another: llama.cpp issue 27148."""
    params = parameters(tmp_path / "x.gguf", slots=2, states=tmp_path)
    assert params.cache_ram_mib == 0
    assert params.cache_idle_slots is False


def test_evidence_is_exact(extraction: Extraction) -> None:
    records = [*extraction.meetings, *extraction.statements, *extraction.agreements]
    evidence = [one for record in records for one in record.evidence]
    assert evidence
    assert all(ARTICLE[one.start : one.end] == one.text for one in evidence)


def test_second_time_comes_from_the_cache_without_the_engine(
    settings: Settings, extraction: Extraction
) -> None:
    with Extractor(settings) as extractor:
        again = extractor.extract(ARTICLE, id="short")
        assert extractor.model._server._engine is None
    assert again.usage.calls == 0
    assert again.meetings == extraction.meetings


async def test_stopped_engine_leaves_no_thread_and_no_port(settings: Settings) -> None:
    import httpx2

    before = _threads()
    engine = await Engine.start(settings, slots=1)
    assert engine.base_url.startswith("http://127.0.0.1:")
    async with httpx2.AsyncClient(trust_env=False) as client:
        stranger = await client.post(f"{engine.base_url}/chat/completions", json={"messages": []})
        assert stranger.status_code == 401
    engine.stop()
    engine.stop()
    assert _threads() <= before + 1  # asyncio's own pool thread, which started it
    async with httpx2.AsyncClient(trust_env=False) as client:
        with pytest.raises(httpx2.ConnectError):
            await client.get(f"{engine.base_url}/models")


async def test_adapter_answers_those_alone_who_ask_for_it(settings: Settings) -> None:
    """Without it the model does not know what the short question wants."""
    import httpx2

    sentence = "Paolo Ricci met Ivana Horvat in Zagreb."
    actors = ["Paolo Ricci", "Ivana Horvat", "Croatia"]
    messages = prompts.load_roles(prompts.LATEST).messages([], sentence, actors, "meeting")
    engine = await Engine.start(settings, slots=2)
    said: list[str] = []
    async with httpx2.AsyncClient(trust_env=False, timeout=None) as client:
        for slot, more in enumerate(({}, {"lora": adapter.APPLIED})):
            body = {"messages": messages, "temperature": 0, "max_tokens": 24, "id_slot": slot}
            answer = await client.post(
                f"{engine.base_url}/chat/completions",
                json=body | more,
                headers={"Authorization": f"Bearer {engine.api_key}"},
            )
            said.append(answer.json()["choices"][0]["message"]["content"])
    engine.stop()
    assert not said[0].startswith('{"events":[')
    assert said[1] == '{"events":[{"participants":[1,2],"status":"held"}]}'


def _threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))

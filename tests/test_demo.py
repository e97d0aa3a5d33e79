"""`make demo` tells of all its articles; what the model says is scripted."""

import asyncio
from collections.abc import Callable
from typing import Self

import pytest

from examples import __main__ as demo
from extractor import Extraction, Settings, pipeline
from tests.scripted import ScriptedModel, answer, meeting


class _Watched(ScriptedModel):
    """A scripted model with the counters that a progress bar shows."""

    in_flight, retries, pace = 0, 0, ""


class _Extractor:
    """An extractor whose model finds a meeting in the first sentence of each article."""

    def __init__(self, settings: Settings, on_weights: Callable[[str, int, int], None]) -> None:
        on_weights("weights", 1, 1)
        self.settings = settings
        self.model = _Watched(lambda _: answer(meeting(1)))

    def extract(self, text: str, *, id: str, source: str) -> Extraction:
        read = pipeline.extract(text, self.model, id=id, source=source, most_characters=10**6)
        return asyncio.run(read)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""


def test_the_demo_shows_each_article(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "Extractor", _Extractor)
    demo.main()
    shown = capsys.readouterr().out
    assert all(f"examples/{name}.txt" in shown for name in demo.ARTICLES)
    assert shown.count("Anna Berg") == len(demo.ARTICLES)
    assert "3 calls to the model" in shown

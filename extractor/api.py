"""Extraction from Python: `extract(text)` anywhere, `Extractor` for many texts."""

import asyncio
import atexit
import hashlib
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from datetime import date
from functools import cache
from types import TracebackType
from typing import Any, Self, TypeVar

from extractor import pipeline
from extractor.llm import Model, Progress
from extractor.result import Extraction
from extractor.settings import Settings

_T = TypeVar("_T")


class Extractor:
    """Extracts with one model, whose cache and engine stay open between texts.

    It works in an event loop of its own in a thread of its own, so that one `Extractor` serves
    scripts, threads and running event loops alike, all at once. Close it, or use it with `with`
    or `async with`.
    """

    def __init__(
        self, settings: Settings | None = None, *, on_weights: Progress | None = None
    ) -> None:
        """Open the cache; the model itself is opened by the first text that the cache has not.

        Args:
            settings: None takes them from the environment.
            on_weights: told how far the embedded weights are checked and unpacked.

        Raises:
            SetupError: a setting is wrong, or the cache folder cannot be used.
        """
        self.settings = settings or Settings.from_environment()
        self.model = Model(self.settings, on_weights=on_weights)
        self._loop = asyncio.new_event_loop()
        self._closing = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="extractor", daemon=True
        )
        self._thread.start()

    def extract(
        self,
        text: str,
        *,
        id: str | None = None,
        source: str | None = None,
        published: date | None = None,
    ) -> Extraction:
        """The events that the article `text` reports.

        Args:
            text: the article, in any language.
            id: its name in the result; None makes one from the text.
            source: where the text is from, repeated in the result.
            published: the day words like "yesterday" count from; None takes it from the text.

        Raises:
            DocumentError: the text is empty or too long.
            SetupError: nothing can work before a setting is mended.
            ModelError: the model gave no usable answer for some part of the text.
        """
        future = self._submit(self._extract(text, id, source, published))
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    async def aextract(
        self,
        text: str,
        *,
        id: str | None = None,
        source: str | None = None,
        published: date | None = None,
    ) -> Extraction:
        """What `extract` does, for a running event loop, which stays free meanwhile."""
        return await asyncio.wrap_future(self._submit(self._extract(text, id, source, published)))

    def close(self) -> None:
        """End what is under way, close the model and the thread; a second call does nothing."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._submit(self._shut()).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    async def _shut(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self.model.close()

    def _submit(self, coroutine: Coroutine[Any, Any, _T]) -> Future[_T]:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    async def _extract(
        self, text: str, id: str | None, source: str | None, published: date | None
    ) -> Extraction:
        return await pipeline.extract(
            text,
            self.model,
            id=id or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
            source=source,
            published=published,
            most_characters=self.settings.max_characters,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self.close)


@cache
def _shared(settings: Settings) -> Extractor:
    """One extractor for all calls with the same settings, closed when the program ends."""
    extractor = Extractor(settings)
    atexit.register(extractor.close)
    return extractor


def extract(
    text: str,
    *,
    id: str | None = None,
    source: str | None = None,
    published: date | None = None,
    settings: Settings | None = None,
) -> Extraction:
    """The events that the article `text` reports; see `Extractor.extract`.

    Args:
        text: the article, in any language.
        id: its name in the result; None makes one from the text.
        source: where the text is from, repeated in the result.
        published: the day words like "yesterday" count from; None takes it from the text.
        settings: None takes them from the environment. The model stays open for the next call.
    """
    extractor = _shared(settings or Settings.from_environment())
    return extractor.extract(text, id=id, source=source, published=published)


async def aextract(
    text: str,
    *,
    id: str | None = None,
    source: str | None = None,
    published: date | None = None,
    settings: Settings | None = None,
) -> Extraction:
    """What `extract` does, for a running event loop, which stays free meanwhile."""
    extractor = _shared(settings or Settings.from_environment())
    return await extractor.aextract(text, id=id, source=source, published=published)

"""The bare SDK: a loop that catches failures one by one, and pydantic. Nothing is kept."""

import asyncio
import atexit
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from openai import AsyncOpenAI, DefaultAioHttpClient

from benchmarks.contenders.common import (
    MODEL,
    OUTPUT_TOKENS,
    Outcome,
    Question,
    Task,
    one_by_one,
    question,
    response_format,
)
from schemas import Answer, grounded_in

if TYPE_CHECKING:
    import httpx2

_CONNECTIONS = 1_000
"""As the SDK's own client has."""


class Sdk:
    """`AsyncOpenAI.chat.completions.create`, its retries off."""

    def __init__(self, task: Task, *, aiohttp: bool = False) -> None:
        """Make the client.

        Args:
            task: how to work.
            aiohttp: over aiohttp instead of the SDK's usual client.
        """
        self._task = task
        self._form: Any = response_format()
        self._runner = asyncio.Runner()
        self._client = self._runner.run(_client(task, aiohttp=aiohttp))
        atexit.register(lambda: self._runner.run(self._client.close()))

    def prepare(self, numbers: range) -> Callable[[], Outcome]:
        """Make the messages."""
        questions = {number: question(number) for number in numbers}

        async def ask(number: int) -> None:
            await self._ask(questions[number])

        return lambda: self._runner.run(one_by_one(numbers, ask, self._task.concurrency))

    async def _ask(self, asked: Question) -> None:
        completion = await self._client.chat.completions.create(
            model=MODEL,
            messages=asked.messages,
            temperature=0,
            max_tokens=OUTPUT_TOKENS,
            response_format=self._form,
        )
        with grounded_in(asked.ground):
            Answer.model_validate_json(completion.choices[0].message.content or "")


async def _client(task: Task, *, aiohttp: bool) -> AsyncOpenAI:
    make = partial(AsyncOpenAI, base_url=task.base_url, api_key="none", max_retries=0)
    if task.timeout:
        make = partial(make, timeout=task.timeout)
    return make(http_client=_aiohttp_client() if aiohttp else None)


def _aiohttp_client() -> "httpx2.AsyncClient":
    import httpx2

    limits = httpx2.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS)
    return DefaultAioHttpClient(limits=limits)

"""Instructor over the SDK, its response model wrapped once. Nothing is kept."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import instructor
from openai import AsyncOpenAI

from benchmarks.contenders.common import (
    MODEL,
    OUTPUT_TOKENS,
    Outcome,
    Question,
    Task,
    one_by_one,
    question,
)
from schemas import Answer, grounded_in

logging.getLogger("instructor").addHandler(logging.NullHandler())


class Instructor:
    """`instructor.from_openai`, asking once."""

    def __init__(self, task: Task) -> None:
        """Make the client."""
        self._task = task
        self._runner = asyncio.Runner()
        more: dict[str, Any] = {"timeout": task.timeout} if task.timeout else {}
        client = AsyncOpenAI(base_url=task.base_url, api_key="none", max_retries=0, **more)
        self._client: Any = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)
        self._answer: Any = instructor.response_schema(Answer)

    def prepare(self, numbers: range) -> Callable[[], Outcome]:
        """Make the messages."""
        questions = {number: question(number) for number in numbers}

        async def ask(number: int) -> None:
            await self._ask(questions[number])

        return lambda: self._runner.run(one_by_one(numbers, ask, self._task.concurrency))

    async def _ask(self, asked: Question) -> None:
        with grounded_in(asked.ground):
            await self._client.chat.completions.create(
                model=MODEL,
                messages=asked.messages,
                response_model=self._answer,
                max_retries=0,
                temperature=0,
                max_tokens=OUTPUT_TOKENS,
            )

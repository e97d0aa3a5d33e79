"""LangChain: structured output of a list of chats at once. Nothing is kept."""

import asyncio
from collections.abc import Callable
from typing import Any

from langchain_openai import ChatOpenAI

from benchmarks.contenders.common import MODEL, OUTPUT_TOKENS, Outcome, Question, Task, question
from schemas import Answer, asked_schema, grounded_in


class LangChain:
    """`ChatOpenAI.with_structured_output(...).abatch`; the first failure raises out of it."""

    def __init__(self, task: Task) -> None:
        """Make the chain."""
        self._config = {"max_concurrency": task.concurrency}
        self._runner = asyncio.Runner()
        more: dict[str, Any] = {"timeout": task.timeout} if task.timeout else {}
        chat: Any = ChatOpenAI(
            base_url=task.base_url,
            api_key="none",
            model=MODEL,
            temperature=0,
            max_tokens=OUTPUT_TOKENS,
            max_retries=0,
            **more,
        )
        schema = {"title": "Answer", **asked_schema(Answer)}
        self._chain: Any = chat.with_structured_output(schema, method="json_schema", strict=True)

    def prepare(self, numbers: range) -> Callable[[], Outcome]:
        """Make the messages."""
        questions = {number: question(number) for number in numbers}
        return lambda: self._runner.run(self._run(questions))

    async def _run(self, questions: dict[int, Question]) -> Outcome:
        outcome = Outcome()
        chats = [one.messages for one in questions.values()]
        try:
            found = await self._chain.abatch(chats, config=self._config)
        except Exception as error:  # it tells neither which nor what came of the others
            outcome.error = repr(error)
            return outcome
        for (number, asked), answer in zip(questions.items(), found, strict=True):
            try:
                with grounded_in(asked.ground):
                    Answer.model_validate(answer)
            except ValueError:
                outcome.failed.append(number)
            else:
                outcome.done.append(number)
        return outcome

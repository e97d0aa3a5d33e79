"""What contenders share: the same questions, and a loop around one request at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

import prompts
from benchmarks import documents
from extractor import document
from schemas import EVENT_TYPES, Answer, Ground, asked_schema

MODEL = "loopback"
OUTPUT_TOKENS = 8_000
"""As the program asks servers of this kind for."""


@dataclass(frozen=True, slots=True)
class Task:
    """How a contender is to work."""

    port: int
    concurrency: int
    timeout: float | None = None
    """Seconds for one request; None leaves it to the contender."""

    @property
    def base_url(self) -> str:
        """The server."""
        return f"http://127.0.0.1:{self.port}/v1"


@dataclass(slots=True)
class Outcome:
    """The numbers of documents of which something came; the others are lost."""

    done: list[int] = field(default_factory=list)
    """With a valid result."""
    failed: list[int] = field(default_factory=list)
    """Told to have failed, by number."""
    error: str | None = None
    """What ended the work as a whole."""


class Contender(Protocol):
    """A program that sends documents to a model."""

    def prepare(self, numbers: range) -> Callable[[], Outcome]:
        """Make ready what is not to be measured; what is returned is called once and measured.

        It keeps its connections for the next time.
        """


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about one document."""

    messages: list[Any]
    ground: Ground


def question(number: int) -> Question:
    """The very messages that the program sends about a document."""
    found = document.read(
        documents.document(number), id=documents.id_of(number), most_characters=100_000
    )
    prompt = prompts.load(prompts.LATEST, EVENT_TYPES)
    messages = prompt.messages([], [one.text for one in found.sentences])
    return Question(
        list(messages), Ground(dict(enumerate(found.sentences, start=1)), found.published)
    )


def response_format() -> dict[str, Any]:
    """The form of the answer, as the program asks for it."""
    schema = {"name": "Answer", "strict": True, "schema": asked_schema(Answer)}
    return {"type": "json_schema", "json_schema": schema}


async def one_by_one(
    numbers: Iterable[int], ask: Callable[[int], Awaitable[None]], concurrency: int
) -> Outcome:
    """Ask about each document, some at once; one that raises has failed, and the others go on."""
    outcome = Outcome()
    waiting = iter(numbers)

    async def work() -> None:
        for number in waiting:
            try:
                await ask(number)
            except Exception:  # whatever it is, it is this document's failure
                outcome.failed.append(number)
            else:
                outcome.done.append(number)

    async with asyncio.TaskGroup() as group:
        for _ in range(concurrency):
            group.create_task(work())
    return outcome

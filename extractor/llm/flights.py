"""Requests under way: what is asked twice at once is sent once, what was sent is heard out."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")


class Flights(Generic[_T]):
    """Tasks by key. One goes on when those who wait for it are cancelled, once it has been sent."""

    def __init__(self) -> None:
        """Begin with none."""
        self._tasks: dict[str, asyncio.Task[_T]] = {}
        self._waiting: Counter[str] = Counter()
        self._sent: set[str] = set()

    @property
    def sent(self) -> int:
        """How many have been sent and not answered yet."""
        return len(self._sent)

    async def join(self, key: str, begin: Callable[[], Coroutine[Any, Any, _T]]) -> tuple[_T, bool]:
        """The result under `key`, of the task that is under way or of a new one.

        Args:
            key: of the request.
            begin: makes the task where there is none; it calls `mark_sent` when it sends.

        Returns:
            The result, and whether the task was this caller's.
        """
        task = self._tasks.get(key)
        is_new = task is None
        if task is None:
            task = asyncio.create_task(begin())
            self._tasks[key] = task
            task.add_done_callback(lambda done: self._landed(key, done))
        self._waiting[key] += 1
        try:
            return await asyncio.shield(task), is_new
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]
                if key not in self._sent and self._tasks.get(key) is task:
                    task.cancel()

    def mark_sent(self, key: str) -> None:
        """From now on it is paid for, and goes on whoever waits for it."""
        self._sent.add(key)

    async def settle(self, grace: float) -> None:
        """Wait for what has been sent, `grace` seconds at most, and end the rest."""
        tasks = set(self._tasks.values())
        for key, task in self._tasks.items():
            if key not in self._sent:
                task.cancel()
        if tasks and grace:
            await asyncio.wait(tasks, timeout=grace)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _landed(self, key: str, task: asyncio.Task[_T]) -> None:
        del self._tasks[key]
        self._sent.discard(key)
        if not task.cancelled():
            task.exception()  # taken note of, whether anybody waits or not

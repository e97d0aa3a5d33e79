"""One task at a time, with all that waits for the network in between."""

import asyncio
from collections import deque


class Turns:
    """Lets tasks go on one in each round of the event loop.

    What follows an answer is milliseconds of reading and naming. When many answers come at once,
    the requests that follow would all wait until the last of them is read, and the server stand
    idle meanwhile: 64 tasks fall into step and wait together.
    """

    def __init__(self) -> None:
        """Nobody waits."""
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self) -> None:
        """Wait for the turn; the task then goes on until it waits for something else."""
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.append(turn)
        if len(self._waiting) == 1:
            loop.call_soon(self._next)
        await turn

    def _next(self) -> None:
        turn = self._waiting.popleft()
        if not turn.done():  # its task was cancelled
            turn.set_result(None)
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._next)

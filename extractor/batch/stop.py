"""How a run is ended early: first no more is begun, then, in time or when asked again, at once."""

import asyncio
from collections.abc import Callable
from typing import Literal

Cause = Literal["interrupted", "budget", "down"]

GRACE = 30.0
"""Seconds that what is under way may take once a run was interrupted."""


class StoppedAtOnce(Exception):  # noqa: N818  # no error: what was asked for
    """What is under way is given up."""


class Stop:
    """Asked by the user, by an empty budget, by a server that is down. Use it in one event loop."""

    def __init__(
        self, grace: float = GRACE, on_interrupt: Callable[[], None] | None = None
    ) -> None:
        """Nobody has asked yet.

        Args:
            grace: seconds from an interruption until what is under way is given up.
            on_interrupt: called when the run is interrupted.
        """
        self._on_interrupt = on_interrupt
        self.cause: Cause | None = None
        """Why no more is begun; None while it is."""
        self.told = ""
        """The same, for a person."""
        self._grace = grace
        self._hurry = asyncio.Event()
        self._now = asyncio.Event()

    @property
    def interrupted(self) -> bool:
        """Whether somebody wants it to end soon."""
        return self._hurry.is_set()

    def ask(self, cause: Cause, told: str) -> None:
        """Begin no more; what is under way goes on. The first cause counts."""
        if not self.cause:
            self.cause, self.told = cause, told

    def interrupt(self) -> None:
        """Begin no more, and give what is under way the grace time; asked again, none."""
        if self.interrupted:
            self._now.set()
        self.ask("interrupted", "stopped; the same command goes on")
        self._hurry.set()
        if self._on_interrupt:
            self._on_interrupt()

    async def at_once(self) -> None:
        """Return never; raise when it is time.

        Raises:
            StoppedAtOnce: the grace time is over, or nobody wants to wait for it.
        """
        await self._hurry.wait()
        try:
            async with asyncio.timeout(self._grace):
                await self._now.wait()
        except TimeoutError:
            pass
        raise StoppedAtOnce

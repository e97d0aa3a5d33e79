"""When the next request may start: rates the user gives, and what the server lets one see.

A rate is kept by spacing requests, not by bursts: one virtual queue, in which each request takes
the next free moment. The same queue holds all requests for a while after a refusal, so that a
refusal of one is not followed by refusals of all.
"""

import re
import time
from collections import deque
from collections.abc import Callable, Mapping

LONGEST_WAIT = 120.0
"""Seconds; longer ones that a server asks for are cut to it, so that a wrong clock cannot hang a
run."""

_LOW = 0.1
"""The share of a limit from which on what is left of it is spread."""
_SLOWER = 2.0
"""By how much the space between requests grows at a refusal."""
_FASTER = 0.98
"""By how much it shrinks at an answer."""
_LEAST = 0.001
"""Seconds between requests that are as good as none."""
_DAY = 86_400.0
"""Seconds; what is longer is no duration but a date, as some servers have it."""
_RECENT = 20
"""Requests that the present rate is told from."""
_PIECE = re.compile(r"(\d+(?:\.\d+)?)(ms|h|m|s)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


class Pace:
    """The queue of one server's requests."""

    def __init__(
        self,
        requests_a_minute: float | None = None,
        tokens_a_minute: float | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with an empty queue.

        Args:
            requests_a_minute: at most; None leaves it to what the server says.
            tokens_a_minute: those sent and those expected back, at most; None as well.
            clock: seconds that never go back.
        """
        self._clock = clock
        self._request = 60 / requests_a_minute if requests_a_minute else 0.0
        self._token = 60 / tokens_a_minute if tokens_a_minute else 0.0
        self._spread = {"requests": 0.0, "tokens": 0.0}
        """Seconds for one, by what the server says is left."""
        self._slowed = 0.0
        """Seconds between requests since the last refusals."""
        self._slowed_at = clock()
        self._next = 0.0
        self._starts: deque[float] = deque(maxlen=_RECENT)

    def turn(self, tokens: int) -> float:
        """Take the next free moment.

        Args:
            tokens: what the request is likely to use.

        Returns:
            Seconds to wait for it.
        """
        now = self._clock()
        start = max(now, self._next)
        self._next = start + max(
            self._request,
            self._slowed,
            self._spread["requests"],
            tokens * max(self._token, self._spread["tokens"]),
        )
        self._starts.append(start)
        return start - now

    def answered(self, headers: Mapping[str, str], begun: float) -> None:
        """Learn from an answer: go faster again, but not past what the server says is left.

        Args:
            headers: of the answer.
            begun: when the request began. What began before the last slowing down does not say that
                it is time to go faster.

        What refills evenly, as OpenAI says its limits do, gives `limit - left` in the time until it
        is full; once little is left, requests are spread at that rate.
        """
        if begun >= self._slowed_at:
            self._slowed = self._slowed * _FASTER if self._slowed > _LEAST else 0.0
        for what in self._spread:
            limit = _number(headers.get(f"x-ratelimit-limit-{what}"))
            left = _number(headers.get(f"x-ratelimit-remaining-{what}"))
            full = seconds(headers.get(f"x-ratelimit-reset-{what}"))
            if limit and left is not None and full is not None and full <= _DAY:
                low = left <= limit * _LOW and left < limit
                self._spread[what] = min(full / (limit - left), LONGEST_WAIT) if low else 0.0

    def refused(self, wait: float | None, begun: float) -> None:
        """Learn from a 429: hold all for the time the server asks for, then go at half the rate.

        Args:
            wait: seconds the server asks for, if it does.
            begun: when the refused request began. One that began before the last slowing down says
                nothing new.
        """
        now = self._clock()
        if wait:
            self._next = max(self._next, now + min(wait, LONGEST_WAIT))
        if begun >= self._slowed_at:
            self._slowed = min(_SLOWER * max(self._slowed, self._apart(now)), LONGEST_WAIT)
            self._slowed_at = now

    def now(self) -> float:
        """The clock's time."""
        return self._clock()

    @property
    def state(self) -> str:
        """What holds requests back, in a few words; nothing where nothing does."""
        held = self._next - self._clock()
        if held > 1:
            return f"held for {held:.0f} s"
        apart = max(self._slowed, self._spread["requests"])
        return f"slowed to {1 / apart:.1f}/s" if apart > _LEAST else ""

    def _apart(self, now: float) -> float:
        """Seconds between the last requests."""
        if not self._starts:
            return 0.0
        return max(now - self._starts[0], _LEAST) / len(self._starts)


def seconds(told: str | None) -> float | None:
    """A duration as OpenAI's headers have it: "6m0s", "12ms", "1.5s", or a number of seconds."""
    if not told:
        return None
    number = _number(told)
    if number is not None:
        return number
    pieces = _PIECE.findall(told)
    if "".join(f"{count}{unit}" for count, unit in pieces) != told:
        return None
    return sum(float(count) * _SECONDS[unit] for count, unit in pieces)


def _number(told: str | None) -> float | None:
    try:
        found = float(told or "")
    except ValueError:
        return None
    return found if 0 <= found < float("inf") else None

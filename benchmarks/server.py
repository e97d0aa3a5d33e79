"""A loopback server that speaks the OpenAI protocol, with latency and seeded faults.

It runs in a process of its own, so that its work is not counted with the client's, and answers
from bytes that are made once. What it says of a document is the same every time, for all clients.

`python -m benchmarks.server --latency 0.2 --faults 0.1 --seed 1` prints its port and serves until
its standard input ends; `GET /stats` tells what was asked. Below `/lx` it answers in the format of
LangExtract, which wants another than ours.
"""

import argparse
import asyncio
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.documents import ANSWER, language_of, quoted_answer

MARK = re.compile(rb"Dossier (\d{6})")
"""Each document names itself, so that its faults do not depend on the order of requests."""

HANG = 3600.0


def completion(content: str | None, finish: str = "stop", refusal: str | None = None) -> bytes:
    """The body of an answer."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "loopback",
            "choices": [
                {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
            ],
            "usage": {"prompt_tokens": 3000, "completion_tokens": 200, "total_tokens": 3200},
        }
    ).encode()


def response(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """A whole HTTP response."""
    head = [f"HTTP/1.1 {status}", "content-type: application/json", f"content-length: {len(body)}"]
    return "\r\n".join([*head, *headers, "", ""]).encode() + body


_FINE = response(completion(ANSWER))
_FINE_QUOTED = {one: response(completion(quoted_answer(one))) for one in ("en", "ru", "bg")}
_ERROR = json.dumps({"error": {"message": "a fault of the benchmark"}}).encode()
_NOT_OURS = json.dumps({"items": ["a meeting"]})

_THROTTLED = response(_ERROR, "429 Too Many Requests", "retry-after: 1")

FAULTS: dict[str, bytes | None] = {
    "throttled": _THROTTLED,
    "broken": response(_ERROR, "500 Internal Server Error"),
    "overloaded": response(_ERROR, "503 Service Unavailable"),
    "reset": None,
    "reset inside": _FINE[: len(_FINE) // 2],
    "hang": None,
    "no json": response(completion("Here are the events you asked for.")),
    "truncated": response(completion(ANSWER[: len(ANSWER) // 2], "length")),
    "not the schema": response(completion(_NOT_OURS)),
    "empty": response(completion("")),
    "refused": response(completion(None, refusal="I cannot help with that.")),
}
"""What can go wrong, and the bytes that are sent; a connection is dropped after half of them."""

PASSING = ("throttled", "broken", "overloaded", "reset", "reset inside", "hang", "no json",
           "not the schema", "empty")  # fmt: skip
"""Those that a client can get over by asking again."""


@dataclass
class Schedule:
    """Which request meets which fault."""

    share: float = 0.0
    """Of the documents, those whose first request meets a fault that passes."""
    seed: int = 0
    poison: tuple[int, str] | None = None
    """A document that meets a fault every time it is asked about."""
    asked: Counter[int] = field(default_factory=Counter)

    def fault(self, document: int) -> str | None:
        """What the next request about a document meets."""
        self.asked[document] += 1
        if self.poison and document == self.poison[0]:
            return self.poison[1]
        chance = random.Random(f"{self.seed} {document}")  # noqa: S311  # no secret
        meets = chance.random() < self.share and self.asked[document] == 1
        return chance.choice(PASSING) if meets else None


@dataclass
class Limit:
    """A bucket of requests that fills up evenly, as OpenAI's limits do."""

    rate: float
    """Requests a second."""
    size: int
    """Requests that may come at once."""
    tells: bool
    """Whether headers say how full it is."""
    left: float = field(init=False)
    at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.left = self.size

    def answer(self, fine: bytes) -> bytes:
        """`fine`, or a 429 where the bucket is empty; with headers, if it tells."""
        now = time.monotonic()
        self.left, self.at = min(self.size, self.left + (now - self.at) * self.rate), now
        sent = _THROTTLED
        if self.left >= 1:
            self.left -= 1
            sent = fine
        if not self.tells:
            return sent
        begin, blank, rest = sent.partition(b"\r\n")
        full = (self.size - self.left) / self.rate
        told = (
            f"x-ratelimit-limit-requests: {self.size}\r\n"
            f"x-ratelimit-remaining-requests: {int(self.left)}\r\n"
            f"x-ratelimit-reset-requests: {full * 1000:.0f}ms\r\n"
        )
        return begin + blank + told.encode() + rest


class Connection(asyncio.Protocol):
    """One client's connection: requests one after the other."""

    def __init__(
        self,
        schedule: Schedule,
        latency: float,
        limit: Limit | None,
        opened: Callable[[], None],
    ) -> None:
        self._schedule, self._latency, self._opened = schedule, latency, opened
        self._limit = limit
        self._got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._opened()

    def data_received(self, data: bytes) -> None:
        """Answer when a request is whole."""
        self._got += data
        head, blank, body = self._got.partition(b"\r\n\r\n")
        if not blank:
            return
        length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
        wanted = int(length[1]) if length else 0
        if len(body) < wanted:
            return
        self._got = body[wanted:]
        if head.startswith(b"GET"):
            self._transport.write(response(self._stats()))
            return
        marks = MARK.findall(body[:wanted])
        document = int(marks[-1]) if marks else -1
        fault = self._schedule.fault(document)
        fine = _FINE_QUOTED[language_of(document)] if b" /lx/" in head[:20] else _FINE
        later = asyncio.get_running_loop().call_later
        if fault == "hang":
            later(HANG, self._transport.abort)
        else:
            later(self._latency, self._answer, fault, fine)

    def _answer(self, fault: str | None, fine: bytes) -> None:
        sent = FAULTS[fault] if fault else fine
        if sent and self._limit:
            sent = self._limit.answer(sent)
        if sent:
            self._transport.write(sent)
        if fault in ("reset", "reset inside"):
            self._transport.close()

    def _stats(self) -> bytes:
        asked = self._schedule.asked
        return json.dumps({"requests": asked.total(), "documents": dict(asked)}).encode()


async def serve(schedule: Schedule, latency: float, port: int, limit: Limit | None) -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    connections = Counter[str]()
    server = await loop.create_server(
        lambda: Connection(schedule, latency, limit, lambda: connections.update(["opened"])),
        "127.0.0.1",
        port,
        backlog=2048,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


def main() -> None:
    """Parse, print the port, serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--faults", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--poison", help="DOCUMENT:FAULT, say 5:refused")
    parser.add_argument("--rate", type=float, help="requests a second, at most")
    parser.add_argument("--bucket", type=int, default=20, help="requests at once, at most")
    parser.add_argument("--tells", action="store_true", help="its limits, in headers")
    parser.add_argument("--port", type=int, default=0)
    told = parser.parse_args()
    poison = None
    if told.poison:
        number, _, fault = told.poison.partition(":")
        poison = (int(number), fault)
    limit = Limit(told.rate, told.bucket, told.tells) if told.rate else None
    asyncio.run(serve(Schedule(told.faults, told.seed, poison), told.latency, told.port, limit))


if __name__ == "__main__":
    main()

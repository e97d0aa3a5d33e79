"""What every test has: a clean environment, an empty cache, no waiting, and two stand-ins.

`ScriptedModel` takes the place of `extractor.llm.Model`; `Server` is a loopback server that speaks
the OpenAI protocol. What they answer is written by the test, and named so.
"""

import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from extractor.llm import Reply, transport
from extractor.llm.profiles import EMBEDDED, HOSTED, ModelProfile
from extractor.result import Usage
from prompts import Message
from schemas import Answer, Ground, grounded_in

EXAMPLES = Path(__file__).parents[1] / "examples"

ANNA = {"name": "Anna Berg", "kind": "person", "role": None, "country": "Sweden"}
JEAN = {"name": "Jean Moreau", "kind": "person", "role": None, "country": "France"}


def meeting(sentence: int = 1, **changed: Any) -> dict[str, Any]:
    """A meeting as a model says it."""
    said = {
        "type": "meeting",
        "participants": [ANNA, JEAN],
        "format": "in_person",
        "status": "held",
        "topics": [],
        "occasion": None,
        "date": None,
        "place": None,
        "evidence": [sentence],
    }
    return said | changed


def statement(sentence: int = 1, **changed: Any) -> dict[str, Any]:
    """A statement as a model says it."""
    said = {
        "type": "statement",
        "speaker": ANNA,
        "act": "inform",
        "direct": False,
        "content": "The talks went well.",
        "addressee": None,
        "via": None,
        "date": None,
        "evidence": [sentence],
    }
    return said | changed


def answer(*events: dict[str, Any]) -> str:
    """The JSON text of an answer."""
    return json.dumps({"events": events})


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting from outside reaches a test; the cache is the test's own."""
    for name in os.environ:
        if name.startswith(("EXTRACTOR_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("EXTRACTOR_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits between attempts, in seconds: noted, not waited."""
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(transport, "_pause", note)
    return waits


class ScriptedModel:
    """Answers each window by a function of its sentences; the text may be any answer at all."""

    def __init__(
        self,
        script: Callable[[list[str]], str | Exception],
        profile: ModelProfile = HOSTED,
    ) -> None:
        self.name = self.identity = "scripted"
        self.profile = profile
        self.usage = Usage(cost_usd=0.0)
        self.asked: list[list[str]] = []
        self._script = script

    async def ask(self, messages: Sequence[Message], ground: Ground) -> Reply:
        sentences = [passage.text for passage in ground.sentences.values()]
        self.asked.append(sentences)
        said = self._script(sentences)
        if isinstance(said, Exception):
            raise said
        with grounded_in(ground):
            events = Answer.model_validate_json(said).events
        reply = Reply(tuple(events), (), Usage(calls=1, input_tokens=10, output_tokens=5))
        self.usage += reply.usage
        return reply


SMALL_WINDOWS = EMBEDDED
"""One sentence a window."""


@dataclass
class Server:
    """A loopback server. `answers` are given in turn, the last one again and again."""

    url: str
    answers: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)

    def say(self, text: str, finish: str = "stop", refusal: str | None = None) -> None:
        """Answer with a completion whose content is `text`."""
        message = {"role": "assistant", "content": text, "refusal": refusal}
        body = {
            "id": "c",
            "object": "chat.completion",
            "created": 1,
            "model": "scripted",
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
        }
        self.fail(200, json.dumps(body))

    def fail(self, status: int, body: str = "", **headers: str) -> None:
        """Answer with a status, a body and headers (`retry_after="3"`)."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append((status, named, body))


@pytest.fixture
def server() -> Iterator[Server]:
    """A running loopback server; tell it what to say."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            script.requests.append(json.loads(body))
            turn = min(len(script.requests), len(script.answers)) - 1
            status, headers, text = script.answers[turn]
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(text.encode())))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: object) -> None:
            """Silent."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    script = Server(f"http://127.0.0.1:{running.server_port}/v1")
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield script
    running.shutdown()
    thread.join()
    running.server_close()

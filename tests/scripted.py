"""What tests use in place of a model, and what it says: written by hand, and named so."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extractor import OutputTruncatedError
from extractor.llm import Reply
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


class ScriptedModel:
    """Answers each window by a function of its sentences; the text may be any answer at all."""

    def __init__(
        self,
        script: Callable[[list[str]], str | Exception],
        profile: ModelProfile = HOSTED,
    ) -> None:
        self.name = self.identity = "scripted"
        self.profile = profile
        self.min_confidence: float | None = None
        self.usage = Usage(cost_usd=0.0)
        self.asked: list[list[str]] = []
        self._script = script

    def kept(self, fingerprint: str) -> None:
        """Nothing: each test asks."""

    def keep(self, fingerprint: str, result: str, usage: Usage) -> None:
        """Nowhere."""

    async def ask(
        self, types: tuple[str, ...], messages: Sequence[Message], ground: Ground
    ) -> Reply:
        sentences = [passage.text for passage in ground.sentences.values()]
        self.asked.append(sentences)
        said = self._script(sentences)
        if isinstance(said, OutputTruncatedError):
            usage = Usage(calls=1, output_tokens=100)
            self.usage += usage
            return Reply((), (), usage, truncated=True)
        if isinstance(said, Exception):
            raise said
        with grounded_in(ground):
            events = Answer.model_validate_json(said).events
        reply = Reply(tuple(events), (), Usage(calls=1, input_tokens=10, output_tokens=5))
        self.usage += reply.usage
        return reply


SMALL_WINDOWS = replace(EMBEDDED, questions=HOSTED.questions, screens=False)
"""One sentence a window, asked one question."""


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

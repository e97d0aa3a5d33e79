"""A request to a model: written as JSON once, for the wire and for the cache's key."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Self

from prompts import Message

KEY_FORMAT = 1
"""Raised when a key's parts change their meaning, so that no old answer is taken for a new one."""


class Request:
    """The body of a chat completion, without the model's name."""

    def __init__(self, messages: Sequence[Message], **others: Any) -> None:
        """Write it.

        Args:
            messages: all but the last are the same from request to request, and written once.
            others: what else is in the body.
        """
        self.messages = messages
        self._others = others
        self._parts = {name: _text(value) for name, value in others.items()}
        self._parts["messages"] = _messages(messages)

    def __contains__(self, name: str) -> bool:
        """Whether something of that name is in the body."""
        return name in self._parts

    def asking(self, messages: Sequence[Message]) -> Self:
        """The same request with other messages."""
        return type(self)(messages, **self._others)

    @property
    def limit(self) -> int:
        """Tokens that the answer may have."""
        limit: int = self._others.get("max_tokens") or self._others["max_completion_tokens"]
        return limit

    @property
    def size(self) -> int:
        """Bytes of the messages, as they are sent."""
        return len(self._parts["messages"].encode("utf-8", "replace"))

    def body(self, model: str, *, without: Iterable[str] = (), slot: int | None = None) -> bytes:
        """What is sent.

        Args:
            model: its name on the server.
            without: names of what the server does not take.
            slot: of the embedded engine.
        """
        parts = {name: text for name, text in self._parts.items() if name not in set(without)}
        parts["model"] = _text(model)
        if slot is not None:
            parts["id_slot"] = _text(slot)
        return _object(parts).encode("utf-8", "surrogatepass")

    def key(self, identity: str, host: str | None) -> str:
        """The cache's key: SHA-256, in hex, of all that can change the answer.

        Args:
            identity: what tells the model from any other.
            host: the server, where it is named.
        """
        known = {"format": _text(KEY_FORMAT), "model": _text(identity), "host": _text(host)}
        text = _object({**self._parts, **known})
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _object(parts: Mapping[str, str]) -> str:
    """A JSON object of values that are JSON already, its names in order."""
    return "{" + ",".join(f'"{name}":{parts[name]}' for name in sorted(parts)) + "}"


def _messages(messages: Sequence[Message]) -> str:
    *fixed, last = messages
    opening = _opening(tuple((one["role"], one["content"]) for one in fixed))
    return f"[{opening}{_text(last)}]"


@lru_cache(maxsize=64)
def _opening(messages: tuple[tuple[str, str], ...]) -> str:
    """The unchanging messages, each with a comma after it."""
    return "".join(f"{_text({'role': role, 'content': text})}," for role, text in messages)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

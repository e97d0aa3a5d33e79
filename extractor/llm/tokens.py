"""How many tokens a request is likely to use, learned from those that were answered."""

from collections.abc import Mapping
from typing import Any

_BYTES = 4.0
"""Of UTF-8 text to a token, before anything is known: right within a third for three languages."""
_OUTPUT = 300.0
"""Tokens of an answer, before anything is known."""
_WEIGHT = 0.05
"""Of each new answer in what has been learned."""


class Tokens:
    """Estimates that follow what the server reports."""

    def __init__(self) -> None:
        """Begin with what is usual."""
        self._bytes = _BYTES
        self._output = _OUTPUT

    def expected(self, request: Mapping[str, Any]) -> tuple[int, int]:
        """Tokens in and tokens out."""
        limit = request.get("max_completion_tokens") or request.get("max_tokens") or self._output
        return round(_size(request) / self._bytes), round(min(self._output, limit))

    def learn(self, request: Mapping[str, Any], sent: int, got: int) -> None:
        """Take note of what a request used."""
        if sent:
            self._bytes += _WEIGHT * (_size(request) / sent - self._bytes)
        self._output += _WEIGHT * (got - self._output)


def _size(request: Mapping[str, Any]) -> int:
    """Bytes of the messages, nearly; the schema is not counted as text by most servers."""
    return sum(len(one["content"].encode("utf-8", "replace")) for one in request["messages"])

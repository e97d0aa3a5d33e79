"""How many tokens a request is likely to use, learned from those that were answered."""

from extractor.llm.request import Request

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

    def expected(self, request: Request) -> tuple[int, int]:
        """Tokens in and tokens out."""
        return round(request.size / self._bytes), round(min(self._output, request.limit))

    def learn(self, request: Request, sent: int, got: int) -> None:
        """Take note of what a request used."""
        if sent:
            self._bytes += _WEIGHT * (request.size / sent - self._bytes)
        self._output += _WEIGHT * (got - self._output)

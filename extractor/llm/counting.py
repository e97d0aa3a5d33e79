"""A model that only counts what it would be asked."""

from collections.abc import Awaitable, Callable

from typing_extensions import override

from extractor.llm.cache import Entry
from extractor.llm.model import Landed, Model
from extractor.llm.prices import cost_usd
from extractor.llm.request import Request
from extractor.result import Usage
from schemas import Answer


class CountingModel(Model):
    """Answers from the cache where it can, and else counts the request: nothing is sent.

    Its `usage` is an estimate. What is asked only after an answer, say of a sentence that a small
    model holds for likely, is not in it.
    """

    @override
    async def _landed(
        self,
        key: str,
        request: Request,
        send: Callable[[], Awaitable[tuple[Entry, Answer | None]]],
        is_final: Callable[[Entry], bool],
    ) -> tuple[Landed, bool]:
        """What an answer without events would cost."""
        sent, got = self._tokens.expected(request)
        cost = cost_usd(self._settings, sent, got)
        usage = Usage(calls=1, input_tokens=sent, output_tokens=got, cost_usd=cost)
        self.usage += usage
        text = "0" if "logprobs" in request else '{"events":[]}'
        return Landed(
            Entry(text=text, truncated=False, attempts_used=True, usage=usage), None, None
        ), True

    @override
    def keep(self, fingerprint: str, result: str, usage: Usage) -> None:
        """Nothing: it is no result."""

"""One model, asked window by window: cache, what is under way already, budget, server."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from extractor import telemetry
from extractor.errors import (
    OutputInvalidError,
    OutputRefusedError,
    OutputTruncatedError,
    SetupError,
)
from extractor.llm import adapter
from extractor.llm.budget import Budget
from extractor.llm.cache import AnswerCache, Answers, Entry
from extractor.llm.engine import REVISION
from extractor.llm.flights import Flights
from extractor.llm.prices import cost_usd
from extractor.llm.profiles import profile_of
from extractor.llm.reading import (
    Part,
    Reply,
    parts_in,
    reply_of,
    share_in,
    share_of_yes,
)
from extractor.llm.reasking import asked_again
from extractor.llm.request import Request
from extractor.llm.server import Server
from extractor.llm.tokens import Tokens
from extractor.llm.transport import Completion
from extractor.llm.turns import Turns
from extractor.llm.weights import Progress, identity
from extractor.result import Usage
from extractor.settings import Settings
from prompts import Message
from schemas import (
    ACTOR_LISTS,
    STATUSES,
    Answer,
    Ground,
    answer_of,
    asked_schema,
    grounded_in,
)

if TYPE_CHECKING:
    import httpx2

Told = TypeVar("Told")

_WORD_JOINER = "\u2060"
_LIKELIEST = 10
"""Tokens whose probability is asked for, where a word is weighed."""
_EVENTS = 2
"""Events of one type that a sentence reports, at most."""
_PARTS = 5
"""Actors of one field, at most."""
_POLL = 0.1
"""Seconds between looks at a request that another process has under way."""


@dataclass(frozen=True, slots=True)
class Landed:
    """A request's final answer, as kept, and as read if it was valid at once."""

    entry: Entry
    answer: Answer | None
    unkept: str | None
    """Why it could not be kept in the cache."""
    was_asked: bool = True
    """Whether the server was asked for it here; else another process was quicker."""


class Model:
    """A model and the cache of its answers. Use it in one event loop, and close it."""

    def __init__(
        self,
        settings: Settings,
        *,
        answers: Answers | None = None,
        on_weights: Progress | None = None,
        http_client: "httpx2.AsyncClient | None" = None,
    ) -> None:
        """Open the cache. The SDK, the server and the engine are touched at the first miss only.

        Args:
            settings: which model, and how.
            answers: where answers are kept; None is the cache folder. It is closed with the model.
            on_weights: told how far the embedded weights are checked and written.
            http_client: the connection to use; None makes one.

        Raises:
            SetupError: the cache folder cannot be used, the weights named are not there, or a cost
                is bounded whose price is not known.
        """
        self.name = settings.model
        self.profile = profile_of(settings)
        self.usage = Usage(cost_usd=0.0)
        self.min_confidence = settings.min_confidence
        self.identity = settings.model
        if settings.embedded:
            self.identity = f"{identity(settings)} engine {REVISION}"
        self._base = self.identity
        """What tells the model without its adapter from any other."""
        if self.profile.adapted:
            self.identity += f" adapter {adapter.SHA256}"
        if settings.max_cost is not None and cost_usd(settings, 1, 1) is None:
            raise SetupError(
                f"no price is known for {settings.model!r}, so `--max-cost` cannot be kept: name "
                "it with `--price IN,OUT`, in dollars for a million tokens"
            )
        self._settings = settings
        self._cache = answers or AnswerCache(settings.cache_dir / "answers", settings.cache_limit)
        self._server = Server(
            settings, self.profile, on_weights=on_weights, http_client=http_client
        )
        self._validation_attempts = settings.validation_attempts or self.profile.validation_attempts
        self._free = asyncio.Semaphore(settings.concurrency or self.profile.concurrency)
        self._weighing = asyncio.Lock()
        self._flights: Flights[Landed] = Flights()
        self._budget = Budget(settings.max_calls, settings.max_cost)
        self._tokens = Tokens()
        self._turns = Turns()

    @property
    def in_flight(self) -> int:
        """Requests sent and not answered yet."""
        return self._flights.sent

    @property
    def retries(self) -> int:
        """Requests sent again, because the server failed or throttled."""
        return self._server.retries

    @property
    def pace(self) -> str:
        """What holds requests back, in a few words; nothing where nothing does."""
        return self._server.pace.state

    async def weigh(self, questions: Sequence[Sequence[Message]]) -> list[tuple[float, Reply]]:
        """How likely the model holds yes to be the answer to each question, and what it cost.

        Questions on one sentence are asked one after the other, without others between, so that the
        engine reads the sentence once.

        Returns:
            of each question the share of yes, 0 to 1, and a reply without events: usage, warnings.

        Raises:
            OutputInvalidError: the server gives no probabilities.
            ExtractorError: what `Transport.send` raises.
        """
        async with self._weighing:
            return [await self._weigh(messages) for messages in questions]

    async def _weigh(self, messages: Sequence[Message]) -> tuple[float, Reply]:
        request = Request(
            self._broken(messages),
            temperature=0,
            logprobs=True,
            top_logprobs=_LIKELIEST,
            **{self.profile.output_tokens_key: 1},
        )
        slot = len(self.profile.questions)
        return await self._told(slot, request, lambda one: str(share_of_yes(one)), share_in)

    async def choose(
        self, messages: Sequence[Message], type_: str, options: int
    ) -> tuple[list[Part], Reply]:
        """Who has a part in the events of a type that a sentence reports, and what it cost.

        Only for a profile that is `adapted`.

        Args:
            messages: the question, its options numbered from 1.
            type_: what the schemas call it.
            options: how many there are.

        Returns:
            each event, and a reply without any: usage, warnings.

        Raises:
            OutputInvalidError: the answer is not of that form.
            ExtractorError: what `Transport.send` raises.
        """
        request = Request(
            self._broken(messages),
            temperature=0,
            lora=adapter.APPLIED,
            response_format=_form_of(_parts_schema(type_, options)),
            **{self.profile.output_tokens_key: self.profile.output_tokens},
        )
        slot = len(self.profile.questions) + self.profile.screens
        return await self._told(slot, request, lambda one: one.text, parts_in)

    async def _told(
        self,
        slot: int,
        request: Request,
        words: Callable[[Completion], str],
        read: Callable[[Entry], Told | None],
    ) -> tuple[Told, Reply]:
        """What an answer without records tells, and what it cost; kept as `words` has it."""

        async def send() -> tuple[Entry, None]:
            completion, usage = await self._sent(slot, request)
            text = words(completion)
            return Entry(text=text, truncated=False, attempts_used=True, usage=usage), None

        key = self._key(request)
        entry = self._cache.get(key)
        known = read(entry) if entry else None
        if known is not None:
            return known, Reply((), (), self._hit())
        landed, is_new = await self._landed(key, request, send, lambda one: read(one) is not None)
        told = read(landed.entry)
        if told is None:
            raise OutputInvalidError(
                f"an answer is not of the form asked for: {landed.entry.text[:60]!r}"
            )
        warnings = (landed.unkept,) if landed.unkept else ()
        return told, Reply((), warnings, landed.entry.usage if is_new else self._hit())

    async def ask(
        self,
        types: tuple[str, ...],
        messages: Sequence[Message],
        ground: Ground,
        *,
        schema: dict[str, Any] | None = None,
    ) -> Reply:
        """The events a model finds, read against `ground`; from the cache if it was asked before.

        Args:
            types: the record types asked for, one of the profile's questions.
            messages: the question, the article's sentences in its last message.
            ground: the sentences it may cite.
            schema: what the answer must be, if less is asked than all of the types.

        Raises:
            OutputRefusedError: the model declined.
            OutputInvalidError: no attempt gave anything that could be kept.
            BudgetError: there is no room for it.
            ExtractorError: what `Transport.send` raises.
        """
        request = self._request(types, messages, schema)
        key = self._key(request)
        with grounded_in(ground):
            entry = self._cache.get(key)
            reply = reply_of(entry, types) if entry else None
            if reply is not None:
                return replace(reply, usage=self._hit())
            landed, is_new = await self._landed(
                key,
                request,
                lambda: self._ask_server(types, request),
                lambda one: reply_of(one, types) is not None,
            )
            if is_new and landed.answer:
                reply = Reply(tuple(landed.answer.events), (), landed.entry.usage)
            else:
                reply = reply_of(landed.entry, types)
            if reply is None:
                raise OutputInvalidError("an answer read otherwise than it was kept")
            if not is_new:
                reply = replace(reply, usage=self._hit())
            unkept = landed.unkept
            return replace(reply, warnings=(*reply.warnings, unkept)) if unkept else reply

    def kept(self, fingerprint: str) -> str | None:
        """The result kept under a fingerprint, as JSON text, or None."""
        entry = self._cache.get(f"result {fingerprint}")
        return entry.text if entry else None

    def keep(self, fingerprint: str, result: str, usage: Usage) -> None:
        """Keep a result; where that fails, it is only slower to make it again from the answers."""
        entry = Entry(text=result, truncated=False, attempts_used=True, usage=usage)
        self._cache.put(f"result {fingerprint}", entry)

    def hurry(self) -> None:
        """Give up what waits to be sent, or to be sent again; what was sent is waited for."""
        self._server.hurry()

    async def close(self, grace: float = 0.0) -> None:
        """Close the connections and the cache, and stop the engine if one was started.

        Args:
            grace: seconds that requests already sent may take to be answered, and kept.
        """
        await self._flights.settle(grace)
        await self._server.close()
        self._cache.close()

    def _key(self, request: Request) -> str:
        identity = self.identity if "lora" in request else self._base
        return request.key(identity, self._settings.base_url)

    def _hit(self) -> Usage:
        hit = Usage(cached_calls=1, cost_usd=0.0)
        self.usage += hit
        return hit

    def _request(
        self, types: tuple[str, ...], messages: Sequence[Message], schema: dict[str, Any] | None
    ) -> Request:
        """All that decides the answer beside the model; the article's text is in it unaltered."""
        asked = _form_of(schema) if schema else _response_format(types, self.profile.longest_list)
        return Request(
            self._broken(messages),
            temperature=0,
            response_format=asked,
            **{self.profile.output_tokens_key: self.profile.output_tokens},
        )

    def _broken(self, messages: Sequence[Message]) -> list[Message]:
        """The messages, with control tokens in the article broken.

        Only for servers that may take `<|im_end|>` in a text for the end of the message, a word
        joiner, which no one sees, is put after each `<` of the article: the last message.
        """
        *fixed, last = messages
        if self.profile.breaks_control_tokens:
            last = {**last, "content": last["content"].replace("<", "<" + _WORD_JOINER)}
        return [*fixed, last]

    async def _landed(
        self,
        key: str,
        request: Request,  # noqa: ARG002  # for those who only count
        send: Callable[[], Awaitable[tuple[Entry, Answer | None]]],
        is_final: Callable[[Entry], bool],
    ) -> tuple[Landed, bool]:
        """The final answer to a request that the cache has not, and whether it was asked for this.

        Args:
            key: of the request.
            request: what is asked.
            send: asks the server.
            is_final: whether an answer that is kept need not be asked again.
        """

        async def fetch() -> Landed:
            while not self._cache.claim(key):  # noqa: ASYNC110  # another process sets no event
                await asyncio.sleep(_POLL)
            try:
                known = self._cache.get(key)  # another process may have been quicker
                if known and is_final(known):
                    return Landed(known, None, None, was_asked=False)
                async with self._free:
                    self._flights.mark_sent(key)
                    entry, answer = await send()
                return Landed(entry, answer, self._cache.put(key, entry))
            finally:
                self._cache.release(key)

        landed, is_new = await self._flights.join(key, fetch)
        await self._turns.take()
        if not is_new:
            self._cache.get(key)  # whoever keeps count of the answers used counts it for both
        return landed, is_new and landed.was_asked

    async def _ask_server(
        self, types: tuple[str, ...], request: Request
    ) -> tuple[Entry, Answer | None]:
        """The final answer, and its events where it is valid as a whole."""
        spent: list[Usage] = []
        last = ""

        async def attempt(messages: Sequence[Message]) -> Completion:
            nonlocal last
            slot = self.profile.questions.index(types)
            asked = request.asking(messages) if spent else request
            completion, usage = await self._sent(slot, asked, again=bool(spent))
            spent.append(usage)
            last = completion.text
            self._check_ended(completion)
            return completion

        def entry(*, truncated: bool = False) -> Entry:
            used = len(spent) >= self._validation_attempts
            usage = sum(spent, Usage(cost_usd=0.0))
            return Entry(text=last, truncated=truncated, attempts_used=used, usage=usage)

        try:
            first = await attempt(request.messages)
            try:
                return entry(), answer_of(types).model_validate_json(first.text)
            except ValidationError:
                answer = await asked_again(
                    types, request, first, self._validation_attempts, attempt
                )
                return entry(), answer
        except OutputTruncatedError:
            return entry(truncated=True), None

    def _check_ended(self, completion: Completion) -> None:
        """Raise what ends the matter, whatever the answer says."""
        choice = completion.choices[0]
        if choice.finish_reason == "length":
            raise OutputTruncatedError(
                f"the answer was cut off at {self.profile.output_tokens} tokens"
            )
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise OutputRefusedError(
                f"{self.name!r} declined to answer: {choice.message.refusal or 'content filter'}"
            )

    async def _sent(
        self, slot: int, request: Request, *, again: bool = False
    ) -> tuple[Completion, Usage]:
        """The server's completion and what it cost, if the budget has room for it.

        A request that asks again belongs to one that was let through, and is let through as well.
        """
        sent, got = self._tokens.expected(request)
        likely = cost_usd(self._settings, sent, got) or 0.0
        with (
            self._budget.request(likely, again=again) as spent,
            telemetry.request(self.name) as tell,
        ):
            completion = await self._server.send(slot, request, sent + got)
            used = completion.usage
            usage = Usage(calls=1)
            if used:
                self._tokens.learn(request, used.prompt_tokens, used.completion_tokens)
                usage = Usage(
                    calls=1,
                    input_tokens=used.prompt_tokens,
                    output_tokens=used.completion_tokens,
                    cost_usd=cost_usd(self._settings, used.prompt_tokens, used.completion_tokens),
                )
            # A server that does not say what it used is not free of charge.
            spent.cost_usd = likely if usage.cost_usd is None else usage.cost_usd
            tell(usage)
            self.usage += usage
        return completion, usage


@cache
def _parts_schema(type_: str, options: int) -> dict[str, Any]:
    """The JSON schema of who has a part in one event or two, by number, and of their status."""
    numbers = {"type": "array", "items": {"enum": list(range(options + 1))}, "maxItems": _PARTS}
    properties = {
        **dict.fromkeys(ACTOR_LISTS[type_], numbers),
        "status": {"enum": list(STATUSES[type_])},
    }
    event = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"events": {"type": "array", "items": event, "maxItems": _EVENTS}},
        "required": ["events"],
        "additionalProperties": False,
    }


@cache
def _response_format(types: tuple[str, ...], longest_list: int | None) -> dict[str, Any]:
    return _form_of(_bounded(asked_schema(answer_of(types)), longest_list))


def _form_of(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "json_schema",
        "json_schema": {"name": "Answer", "strict": True, "schema": schema},
    }


def _bounded(node: Any, longest_list: int | None) -> Any:
    """The schema `node` with every list in it held to `longest_list` items."""
    if longest_list is None:
        return node
    if isinstance(node, list):
        return [_bounded(item, longest_list) for item in node]
    if not isinstance(node, dict):
        return node
    bounded = {key: _bounded(value, longest_list) for key, value in node.items()}
    return bounded | {"maxItems": longest_list} if node.get("type") == "array" else bounded

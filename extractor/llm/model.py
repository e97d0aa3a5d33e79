"""One model, asked window by window: cache, then Instructor over the transport."""

import asyncio
import json
import logging
import math
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from extractor.errors import OutputInvalidError, OutputRefusedError, OutputTruncatedError
from extractor.llm.cache import AnswerCache, Answers, Entry, key_of
from extractor.llm.engine import REVISION, Engine
from extractor.llm.prices import cost_usd
from extractor.llm.profiles import profile_of
from extractor.llm.transport import Transport
from extractor.llm.weights import Progress, identity
from extractor.result import Usage
from extractor.settings import Settings
from prompts import Message
from schemas import Answer, Event, Ground, Record, answer_of, asked_schema, grounded_in

if TYPE_CHECKING:
    import httpx2
    from openai.types.chat import ChatCompletion

_EVENT: TypeAdapter[Record] = TypeAdapter(Event)
_WORD_JOINER = "\u2060"
_LIKELIEST = 10
"""Tokens whose probability is asked for, where a word is weighed."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What the server sent once. Instructor later adds its own sums to the completion itself."""

    text: str
    usage: Usage


_attempts: ContextVar[list[_Attempt]] = ContextVar("attempts")
"""The attempts of this task's request, in their order."""

# Instructor logs failures itself, at ERROR, and without a handler they would reach the terminal.
logging.getLogger("instructor").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said of one window."""

    events: tuple[Record, ...]
    warnings: tuple[str, ...]
    usage: Usage
    truncated: bool = False
    """The answer was cut off at the output limit, and none of it is kept."""


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
            SetupError: the cache folder cannot be used, or the weights named are not there.
        """
        self.name = settings.model
        self.profile = profile_of(settings)
        self.usage = Usage(cost_usd=0.0)
        self._settings = settings
        self._on_weights = on_weights
        self._http_client = http_client
        self._cache = answers or AnswerCache(settings.cache_dir / "answers")
        self.min_confidence = settings.min_confidence
        self.identity = settings.model
        if settings.embedded:
            self.identity = f"{identity(settings)} engine {REVISION}"
        self._validation_attempts = settings.validation_attempts or self.profile.validation_attempts
        self._free = asyncio.Semaphore(settings.concurrency or self.profile.concurrency)
        self._opening = asyncio.Lock()
        self._weighing = asyncio.Lock()
        self._engine: Engine | None = None
        self._transport: Transport | None = None
        self._create: Callable[..., Any] | None = None

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
        request: dict[str, Any] = {
            "messages": self._broken(messages),
            "temperature": 0,
            self.profile.output_tokens_key: 1,
            "logprobs": True,
            "top_logprobs": _LIKELIEST,
        }
        key = key_of({"model": self.identity, "host": self._settings.base_url, **request})
        entry = self._cache.get(key)
        share = _share_in(entry) if entry else None
        if share is not None:
            hit = Usage(cached_calls=1, cost_usd=0.0)
            self.usage += hit
            return share, Reply((), (), hit)
        async with self._free:
            entry = await self._weigh_server(request)
        unkept = self._cache.put(key, entry)
        return float(entry.text), Reply((), (unkept,) if unkept else (), entry.usage)

    async def _completed(self, request: dict[str, Any], slot: int) -> "ChatCompletion":
        await self._opened(slot, request["messages"][:-1])
        if self._transport is None:
            raise AssertionError("opened without a transport")
        extra = {"extra_body": {"id_slot": slot}} if self._engine else {}
        return await self._transport.send(**request, **extra)

    async def _weigh_server(self, request: dict[str, Any]) -> Entry:
        completion = await self._completed(request, len(self.profile.questions))
        usage = self._usage_of(completion)
        self.usage += usage
        text = str(_share_of_yes(completion))
        return Entry(text=text, truncated=False, attempts_used=True, usage=usage)

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
            ExtractorError: what `Transport.send` raises.
        """
        request = self._request(types, messages, schema)
        key = key_of({"model": self.identity, "host": self._settings.base_url, **request})
        with grounded_in(ground):
            entry = self._cache.get(key)
            if entry is not None:
                reply = _read(entry, types)
                if reply is not None:
                    hit = Usage(cached_calls=1, cost_usd=0.0)
                    self.usage += hit
                    return replace(reply, usage=hit)
            async with self._free:
                entry, answer = await self._ask_server(types, request)
            unkept = self._cache.put(key, entry)
            reply = Reply(tuple(answer.events), (), entry.usage) if answer else _read(entry, types)
            if reply is None:
                raise AssertionError("an answer whose attempts are used is always read")
            return replace(reply, warnings=(*reply.warnings, unkept)) if unkept else reply

    async def close(self) -> None:
        """Close the connections and the cache, and stop the engine if one was started."""
        if self._transport:
            await self._transport.close()
        if self._engine:
            await asyncio.to_thread(self._engine.stop)
        self._cache.close()

    def _request(
        self, types: tuple[str, ...], messages: Sequence[Message], schema: dict[str, Any] | None
    ) -> dict[str, Any]:
        """All that decides the answer beside the model; the article's text is in it unaltered."""
        asked = _form_of(schema) if schema else _response_format(types, self.profile.longest_list)
        return {
            "messages": self._broken(messages),
            "temperature": 0,
            self.profile.output_tokens_key: self.profile.output_tokens,
            "response_format": asked,
        }

    def _broken(self, messages: Sequence[Message]) -> list[Message]:
        """The messages, with control tokens in the article broken.

        Only for servers that may take `<|im_end|>` in a text for the end of the message, a word
        joiner, which no one sees, is put after each `<` of the article: the last message.
        """
        *fixed, last = messages
        if self.profile.breaks_control_tokens:
            last = {**last, "content": last["content"].replace("<", "<" + _WORD_JOINER)}
        return [*fixed, last]

    async def _ask_server(
        self, types: tuple[str, ...], request: dict[str, Any]
    ) -> tuple[Entry, Answer | None]:
        """The final answer, and its events where it is valid as a whole."""
        from instructor.core.exceptions import InstructorRetryException

        slot = self.profile.questions.index(types)
        create = await self._opened(slot, request["messages"][:-1])
        attempts: list[_Attempt] = []
        token = _attempts.set(attempts)
        answer: Answer | None = None
        try:
            answer = await create(
                response_model=_wrapped(types),
                max_retries=self._validation_attempts - 1,
                extra_body=self._slot_of(types) | {"response_format": request["response_format"]},
                **{key: value for key, value in request.items() if key != "response_format"},
            )
        except InstructorRetryException as error:
            cause = error.__cause__
            if isinstance(cause, OutputTruncatedError):
                return self._entry(attempts, truncated=True), None
            if not attempts or not _is_invalid(cause):
                failed = cause or error
                raise failed from failed.__cause__
        finally:
            _attempts.reset(token)
        return self._entry(attempts, truncated=False), answer

    def _slot_of(self, types: tuple[str, ...]) -> dict[str, int]:
        """Each question keeps to a slot of the engine, where its unchanging part has been read."""
        return {"id_slot": self.profile.questions.index(types)} if self._engine else {}

    async def _opened(self, slot: int, opening: Sequence[Message]) -> Callable[..., Any]:
        """Instructor's way of asking, over the transport, over the engine if there is one."""
        async with self._opening:
            if self._create is None:
                base_url, key = self._settings.base_url, self._settings.api_key
                secret = key.get_secret_value() if key else None
                if self._settings.embedded:
                    slots = len(self.profile.questions) + self.profile.screens
                    self._engine = await Engine.start(
                        self._settings, slots=slots, on_weights=self._on_weights
                    )
                    base_url, secret = self._engine.base_url, self._engine.api_key
                self._transport = Transport(
                    self._settings.model,
                    base_url=base_url,
                    api_key=secret,
                    timeout=self._settings.timeout or self.profile.timeout,
                    attempts=self._settings.transport_attempts,
                    http_client=self._http_client,
                )
                self._create = _instructed(self._complete)
            if self._engine:
                await self._engine.warm(slot, opening, self._on_weights)
            return self._create

    async def _complete(self, **request: Any) -> "ChatCompletion":
        """What Instructor calls for each attempt: strict mode on, what ends the matter raised."""
        assert self._transport is not None
        completion = await self._transport.send(**request)
        choice = completion.choices[0]
        usage = self._usage_of(completion)
        self.usage += usage
        _attempts.get().append(_Attempt(choice.message.content or "", usage))
        if choice.finish_reason == "length":
            raise OutputTruncatedError(
                f"the answer was cut off at {self.profile.output_tokens} tokens"
            )
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise OutputRefusedError(
                f"{self.name!r} declined to answer: {choice.message.refusal or 'content filter'}"
            )
        return completion

    def _entry(self, attempts: Sequence[_Attempt], *, truncated: bool) -> Entry:
        usage = sum((attempt.usage for attempt in attempts), Usage(cost_usd=0.0))
        used = len(attempts) >= self._validation_attempts
        return Entry(text=attempts[-1].text, truncated=truncated, attempts_used=used, usage=usage)

    def _usage_of(self, completion: "ChatCompletion") -> Usage:
        sent, got, cost = 0, 0, None
        if completion.usage:
            sent, got = completion.usage.prompt_tokens, completion.usage.completion_tokens
        if not self._settings.embedded:
            cost = cost_usd(self.name, self._settings.base_url, sent, got)
        return Usage(calls=1, input_tokens=sent, output_tokens=got, cost_usd=cost)


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


@cache
def _wrapped(types: tuple[str, ...]) -> type[Answer]:
    """`Answer` as Instructor wants it, wrapped once: else each call would leave a class behind."""
    import instructor

    return instructor.response_schema(answer_of(types))


def _share_in(entry: Entry) -> float | None:
    """The share of yes that was kept; None where the entry holds none."""
    try:
        return float(entry.text)
    except ValueError:
        return None


def _share_of_yes(completion: "ChatCompletion") -> float:
    """The share of yes in what yes and no have of the first token's probability.

    Raises:
        OutputInvalidError: there are no probabilities, or neither word is among the likeliest.
    """
    logged = completion.choices[0].logprobs
    content = logged.content if logged else None
    sums = {"yes": 0.0, "no": 0.0}
    for one in content[0].top_logprobs if content else ():
        word = one.token.strip().casefold()
        if word in sums:
            sums[word] += math.exp(one.logprob)
    total = sums["yes"] + sums["no"]
    if not total:
        raise OutputInvalidError("the model answers neither yes nor no: try another model")
    return round(sums["yes"] / total, 6)


def _instructed(create: Callable[..., Any]) -> Callable[..., Any]:
    import instructor

    asks: Callable[..., Any] = instructor.patch(create=create, mode=instructor.Mode.JSON_SCHEMA)
    return asks


def _is_invalid(cause: BaseException | None) -> bool:
    """Whether Instructor gave up because the answers were not valid."""
    return isinstance(cause, ValidationError | json.JSONDecodeError)


def _read(entry: Entry, types: tuple[str, ...]) -> Reply | None:
    """What an answer says; None where it is not valid and might be asked again.

    Raises:
        OutputInvalidError: all attempts are used and nothing in it can be kept.
    """
    if entry.truncated:
        return Reply((), (), entry.usage, truncated=True)
    try:
        answer = answer_of(types).model_validate_json(entry.text)
        return Reply(tuple(answer.events), (), entry.usage)
    except ValidationError:
        return _salvaged(entry, types) if entry.attempts_used else None


def _salvaged(entry: Entry, types: tuple[str, ...]) -> Reply:
    """The valid records of an answer that is not valid as a whole, and a warning for each other."""
    try:
        items = json.loads(entry.text)["events"]
    except (ValueError, TypeError, KeyError) as error:
        raise OutputInvalidError(
            f"the answer is no JSON object with a list of events, after {entry.usage.calls} "
            "attempts: try another model"
        ) from error
    events: list[Record] = []
    warnings: list[str] = []
    for number, item in enumerate(items if isinstance(items, list) else [], start=1):
        if len(types) == 1 and isinstance(item, dict):
            item = {"type": types[0], **item}  # noqa: PLW2901  # it need not be said
        try:
            events.append(_EVENT.validate_python(item))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            warnings.append(f"record {number} of an answer left out: {where}: {first['msg']}")
    return Reply(tuple(events), tuple(warnings), entry.usage)

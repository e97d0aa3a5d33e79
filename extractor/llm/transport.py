"""One request to an OpenAI-compatible server: sent again while it fails, its errors made ours.

tenacity alone decides what is sent again and when; the SDK's own retries are off. The SDK sends
bytes and gives bytes back: with 36 messages and an answer in its own classes a request takes 5 ms
of CPU, and so 0.9 (one process, loopback server, November 2026).
"""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from annotated_types import MinLen
from pydantic import BaseModel, ValidationError
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    wait_random_exponential,
)

from extractor.errors import (
    ExtractorError,
    ModelError,
    ModelRejectedError,
    ModelThrottledError,
    ModelUnavailableError,
    ServerDownError,
    SetupError,
)
from extractor.llm.pace import LONGEST_WAIT, Pace
from extractor.llm.request import Request

if TYPE_CHECKING:
    import httpx2
    from openai import APIStatusError

log = logging.getLogger("extractor")

_BACKOFF = wait_random_exponential(multiplier=1, max=30)
_TRANSIENT = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT)
_CONNECT = 10.0
"""Seconds to open a connection."""
_CONNECTIONS = 1000
"""At most, open or kept: as many as requests may be under way."""
_DOWN = 3
"""Requests in a row that failed for good, none answered meanwhile, after which a server is down."""

_REST = 60.0
"""Seconds after which a server that is down may be asked again: it matters to programs that live
on, since a batch run ends."""


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Likely(BaseModel):
    token: str
    logprob: float


class _Token(BaseModel):
    top_logprobs: list[_Likely] = []


class _Logprobs(BaseModel):
    content: list[_Token] | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None
    logprobs: _Logprobs | None = None


class _Used(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Completion(BaseModel):
    """What of a chat completion is looked at."""

    choices: Annotated[list[_Choice], MinLen(1)]
    usage: _Used | None = None

    @property
    def text(self) -> str:
        """What the model said."""
        return self.choices[0].message.content or ""


class Transport:
    """A client of one server and one model."""

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None,
        api_key: str | None,
        timeout: float,
        attempts: int,
        pace: Pace,
        http_client: "httpx2.AsyncClient | None" = None,
    ) -> None:
        """Make the client; nothing is sent yet.

        Args:
            model: as the server names it.
            base_url: the server, or None for OpenAI.
            api_key: what the server wants; a local one often wants none.
            timeout: seconds that one attempt may take in all, its first byte included.
            attempts: how often a request is sent at most.
            pace: when requests may start.
            http_client: the connection to use; None makes one.
        """
        import httpx2
        from openai import AsyncOpenAI, DefaultAioHttpClient  # takes over a second to import

        self._model = model
        self._where = base_url or "https://api.openai.com/v1"
        self._timeout = timeout
        self._attempts = attempts
        self._pace = pace
        self._refused: set[str] = set()
        self._failed_for_good = 0
        self._failed_at = 0.0
        self._hurried = asyncio.Event()
        self.retries = 0
        """Requests sent again."""
        limits = httpx2.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS)
        self._client = AsyncOpenAI(
            base_url=self._where,
            api_key=api_key or "none",  # the SDK insists on one
            timeout=httpx2.Timeout(timeout, connect=min(_CONNECT, timeout)),
            max_retries=0,
            http_client=http_client or DefaultAioHttpClient(limits=limits),
        )

    async def send(self, request: Request, tokens: int, *, slot: int | None = None) -> Completion:
        """The server's completion.

        Args:
            request: what is asked.
            tokens: what it is likely to use, in and out.
            slot: of the embedded engine.

        Raises:
            SetupError: the key, the address or the model's name is wrong, or credit is used up.
            ModelRejectedError: the server refuses this request.
            ModelThrottledError: it still throttles after the last attempt.
            ModelUnavailableError: it still fails after the last attempt.
            ServerDownError: it has failed several requests in a row; this one is not sent.
        """
        try:
            completion = await self._send_once(request, tokens, slot)
        except (ModelThrottledError, ModelUnavailableError) as error:
            completion = await self._sent_again(error, request, tokens, slot)
        self._failed_for_good = 0
        return completion

    async def _sent_again(
        self, first: ModelError, request: Request, tokens: int, slot: int | None
    ) -> Completion:
        """The completion of a request whose first attempt has failed, which is tenacity's first."""
        failed = [first]

        async def attempt() -> Completion:
            if failed:
                raise failed.pop()
            return await self._send_once(request, tokens, slot)

        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._attempts),
            wait=_wait,
            retry=retry_if_exception(_is_worth_sending_again),
            before_sleep=self._tell,
            sleep=self._pause,
            reraise=True,
        )
        try:
            completion: Completion = await retrying(attempt)
        except ServerDownError:
            raise
        except (ModelThrottledError, ModelUnavailableError):
            self._failed_for_good += 1
            self._failed_at = self._pace.now()
            raise
        return completion

    def hurry(self) -> None:
        """Give up what waits to be sent, or to be sent again; what was sent is waited for."""
        self._hurried.set()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _pause(self, seconds: float) -> None:
        await self._rest(_pause(seconds))

    async def _rest(self, pause: Coroutine[Any, Any, None]) -> None:
        """Wait, unless all is to end.

        Raises:
            ModelUnavailableError: all is to end.
        """
        rest = asyncio.ensure_future(pause)
        hurried = asyncio.ensure_future(self._hurried.wait())
        try:
            await asyncio.wait({rest, hurried}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            rest.cancel()
            hurried.cancel()
        if self._hurried.is_set():
            raise ModelUnavailableError(f"{self._where} was not asked again: the run is to end")

    async def _send_once(self, request: Request, tokens: int, slot: int | None) -> Completion:
        import httpx2

        wait = self._pace.turn(tokens)
        if wait > 0:
            await self._rest(_keep_pace(wait))
        if self._is_down():
            raise ServerDownError(
                f"{self._where} has failed {self._failed_for_good} requests in a row, "
                f"{self._attempts} times each: no more are sent; the same command goes on when it "
                "is up again"
            )
        refused = frozenset(self._refused)
        body = request.body(self._model, without=refused, slot=slot)
        begun = self._pace.now()
        try:
            with self._translated():
                # The SDK's timeout starts anew with every byte; this one does not.
                async with asyncio.timeout(self._timeout):
                    response = await self._client.post(
                        "/chat/completions", content=body, cast_to=httpx2.Response
                    )
                completion = Completion.model_validate_json(response.content)
        except ModelRejectedError as error:
            if "temperature" not in refused and self._learns_from(error):
                return await self._send_once(request, tokens, slot)
            raise
        except ModelThrottledError as error:
            self._pace.refused(_asked_by(error), begun)
            raise
        self._pace.answered(response.headers, begun)
        return completion

    def _is_down(self) -> bool:
        """Whether the server is not worth a request; after a while it is worth one again."""
        rested = self._pace.now() - self._failed_at > _REST
        return self._failed_for_good >= _DOWN and not rested

    def _learns_from(self, error: ModelError) -> bool:
        """Whether the request is worth sending without what the server will not take.

        Reasoning models take no temperature: it is left out, now and from now on.
        """
        if getattr(error.__cause__, "param", None) != "temperature":
            return False
        self._refused.add("temperature")
        return True

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Raise our errors for the SDK's, each with the SDK's as its cause."""
        import httpx2
        import openai

        try:
            yield
        except openai.APIStatusError as error:
            raise self._for_status(error) from error
        except (TimeoutError, openai.APIConnectionError) as error:
            root = _root_of(error)
            if isinstance(root, TimeoutError | httpx2.TimeoutException | openai.APITimeoutError):
                raise ModelUnavailableError(
                    f"{self._where} did not answer within {self._timeout:g} s, "
                    f"{self._attempts} times: raise `EXTRACTOR_TIMEOUT` or look at the server"
                ) from error
            raise ModelUnavailableError(
                f"{self._where} cannot be reached ({root}), {self._attempts} "
                "times: is the address right and the server running?"
            ) from error
        except ValidationError as error:
            raise ModelUnavailableError(
                f"{self._where} sent no completion, {self._attempts} times: "
                "does it speak the OpenAI protocol at this address?"
            ) from error
        except (openai.OpenAIError, ValueError) as error:
            raise ModelUnavailableError(
                f"{self._where} sent an answer that cannot be read ({type(error).__name__}), "
                f"{self._attempts} times: does it speak the OpenAI protocol at this address?"
            ) from error

    def _for_status(self, error: "APIStatusError") -> ExtractorError:
        status, said = error.status_code, _said(error)
        at = f"{self._where} answered {status}"
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            return SetupError(f"{at} ({said}): is the key in `OPENAI_API_KEY` right for it?")
        if status == HTTPStatus.NOT_FOUND:
            return SetupError(f"{at} ({said}): does it have a model {self._model!r}?")
        if status == HTTPStatus.TOO_MANY_REQUESTS and error.code == "insufficient_quota":
            return SetupError(f"{at} ({said}): the account's credit is used up")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return ModelThrottledError(
                f"{at}, {self._attempts} times ({said}): lower `EXTRACTOR_CONCURRENCY` or `--rpm`"
            )
        if status in _TRANSIENT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return ModelUnavailableError(f"{at}, {self._attempts} times ({said}): try again later")
        return ModelRejectedError(f"{at} ({said}): it does not take this request")

    def _tell(self, state: RetryCallState) -> None:
        """Count and log that a request is sent again."""
        self.retries += 1
        error = state.outcome.exception() if state.outcome else None
        wait = state.next_action.sleep if state.next_action else 0
        log.info(
            "attempt %d: %s; waiting %.1f s",
            state.attempt_number,
            error,
            wait,
            extra={
                "retry": {
                    "attempt": state.attempt_number,
                    "cause": type(error).__name__,
                    "wait": round(wait, 3),
                    "pace": self._pace.state,
                }
            },
        )


def _is_worth_sending_again(error: BaseException) -> bool:
    return isinstance(error, ModelThrottledError | ModelUnavailableError) and not isinstance(
        error, ServerDownError
    )


def _root_of(error: BaseException) -> BaseException:
    """What an error comes from. The SDK calls a refused connection a timeout (its aiohttp one)."""
    while error.__cause__:
        error = error.__cause__
    return error


def _said(error: "APIStatusError") -> str:
    """The server's own words, in one short line."""
    body = error.body
    said = body.get("message") if isinstance(body, dict) else None
    return " ".join(str(said or "no reason given").split())[:200]


def _wait(state: RetryCallState) -> float:
    """Seconds to wait: what the server asked for, else a random share of a growing span."""
    error = state.outcome.exception() if state.outcome else None
    asked = _asked_by(error)
    return _BACKOFF(state) if asked is None else min(asked, LONGEST_WAIT)


def _asked_by(error: BaseException | None) -> float | None:
    """Seconds that a server asks for in the response that an error of ours is from."""
    response = getattr(getattr(error, "__cause__", None), "response", None)
    if response is None:
        return None
    exactly = _retry_after(response.headers.get("retry-after-ms"))
    return exactly / 1000 if exactly else _retry_after(response.headers.get("retry-after"))


def _retry_after(value: str | None) -> float | None:
    """Seconds that a `Retry-After` header asks for, in seconds or as a date; None if unclear."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())


async def _pause(seconds: float) -> None:
    await asyncio.sleep(seconds)


async def _keep_pace(seconds: float) -> None:
    await asyncio.sleep(seconds)

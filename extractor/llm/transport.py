"""One request to an OpenAI-compatible server: sent again while it fails, its errors made ours.

tenacity alone decides what is sent again and when; the SDK's own retries are off.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    wait_random_exponential,
)

from extractor.errors import (
    ExtractorError,
    ModelRejectedError,
    ModelThrottledError,
    ModelUnavailableError,
    SetupError,
)

if TYPE_CHECKING:
    import httpx2
    from openai import APIStatusError
    from openai.types.chat import ChatCompletion

_log = logging.getLogger("extractor")

_BACKOFF = wait_random_exponential(multiplier=1, max=30)
_TRANSIENT = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT)

_LONGEST_WAIT = 120.0
"""Seconds; a `Retry-After` beyond it is cut to it, so that a wrong clock cannot hang a run."""


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
        http_client: "httpx2.AsyncClient | None" = None,
    ) -> None:
        """Make the client; nothing is sent yet.

        Args:
            model: as the server names it.
            base_url: the server, or None for OpenAI.
            api_key: what the server wants; a local one often wants none.
            timeout: seconds that one attempt may take in all.
            attempts: how often a request is sent at most.
            http_client: the connection to use; None makes one.
        """
        from openai import AsyncOpenAI  # takes over a second to import

        self._model = model
        self._where = base_url or "https://api.openai.com/v1"
        self._timeout = timeout
        self._attempts = attempts
        self._refused: set[str] = set()
        self._client = AsyncOpenAI(
            base_url=self._where,
            api_key=api_key or "none",  # the SDK insists on one
            timeout=timeout,
            max_retries=0,
            http_client=http_client,
        )

    async def send(self, **request: Any) -> "ChatCompletion":
        """The server's completion, with at least one choice.

        Raises:
            SetupError: the key, the address or the model's name is wrong, or credit is used up.
            ModelRejectedError: the server refuses this request.
            ModelThrottledError: it still throttles after the last attempt.
            ModelUnavailableError: it still fails after the last attempt.
        """
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._attempts),
            wait=_wait,
            retry=retry_if_exception_type((ModelThrottledError, ModelUnavailableError)),
            before_sleep=_tell,
            sleep=_pause,
            reraise=True,
        )
        completion: ChatCompletion = await retrying(self._send_once, request)
        return completion

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _send_once(self, request: dict[str, Any]) -> "ChatCompletion":
        from openai import BadRequestError
        from openai.types.chat import ChatCompletion

        kept = {name: value for name, value in request.items() if name not in self._refused}
        try:
            with self._translated():
                # The SDK's timeout starts anew with every byte; this one does not.
                async with asyncio.timeout(self._timeout):
                    completion = await self._client.chat.completions.create(
                        model=self._model, **kept
                    )
        except ModelRejectedError as error:
            # Reasoning models take no temperature: leave it out, now and from now on.
            cause = error.__cause__
            if isinstance(cause, BadRequestError) and cause.param == "temperature" in kept:
                self._refused.add("temperature")
                return await self._send_once(request)
            raise
        if not isinstance(completion, ChatCompletion) or not completion.choices:
            raise ModelUnavailableError(
                f"{self._where} sent no completion, {self._attempts} times: "
                "does it speak the OpenAI protocol at this address?"
            )
        return completion

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Raise our errors for the SDK's, each with the SDK's as its cause."""
        import openai

        try:
            yield
        except openai.APIStatusError as error:
            raise self._for_status(error) from error
        except (TimeoutError, openai.APITimeoutError) as error:
            raise ModelUnavailableError(
                f"{self._where} did not answer within {self._timeout:g} s, "
                f"{self._attempts} times: raise `EXTRACTOR_TIMEOUT` or look at the server"
            ) from error
        except openai.APIConnectionError as error:
            raise ModelUnavailableError(
                f"{self._where} cannot be reached ({error.__cause__ or error}), {self._attempts} "
                "times: is the address right and the server running?"
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
                f"{at}, {self._attempts} times ({said}): lower `EXTRACTOR_CONCURRENCY`"
            )
        if status in _TRANSIENT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return ModelUnavailableError(f"{at}, {self._attempts} times ({said}): try again later")
        return ModelRejectedError(f"{at} ({said}): it does not take this request")


def _said(error: "APIStatusError") -> str:
    """The server's own words, in one short line."""
    body = error.body
    said = body.get("message") if isinstance(body, dict) else None
    return " ".join(str(said or "no reason given").split())[:200]


def _wait(state: RetryCallState) -> float:
    """Seconds to wait: what the server asked for, else a random share of a growing span."""
    error = state.outcome.exception() if state.outcome else None
    response = getattr(getattr(error, "__cause__", None), "response", None)
    asked = _retry_after(response.headers.get("retry-after")) if response is not None else None
    return _BACKOFF(state) if asked is None else min(asked, _LONGEST_WAIT)


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


def _tell(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    wait = state.next_action.sleep if state.next_action else 0
    _log.info("attempt %d: %s; waiting %.1f s", state.attempt_number, error, wait)

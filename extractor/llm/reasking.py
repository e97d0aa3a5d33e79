"""Instructor: an answer that is not valid goes back to the model with what is wrong with it.

An answer that is valid never comes here: Instructor would find nothing to do, at 2 ms of CPU.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from extractor.llm.request import Request
from extractor.llm.transport import Completion
from prompts import Message
from schemas import Answer, answer_of

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

# Instructor logs failures itself, at ERROR, and without a handler they would reach the terminal.
logging.getLogger("instructor").addHandler(logging.NullHandler())


async def asked_again(
    types: tuple[str, ...],
    request: Request,
    first: Completion,
    attempts: int,
    send: Callable[[Sequence[Message]], Awaitable[Completion]],
) -> Answer | None:
    """A valid answer, or None when all attempts are used.

    Args:
        types: the record types asked for.
        request: what was asked.
        first: the answer to it, which is not valid.
        attempts: how often it is asked in all, the first time included.
        send: asks with other messages.

    Raises:
        ExtractorError: what `send` raises.
    """
    import instructor
    from instructor.core.exceptions import InstructorRetryException

    known = [first]

    async def create(**asked: Any) -> "ChatCompletion":
        completion = known.pop() if known else await send(asked["messages"])
        return _as_sdk(completion)

    asks: Any = instructor.patch(create=create, mode=instructor.Mode.JSON_SCHEMA)
    try:
        answer: Answer = await asks(
            response_model=_wrapped(types),
            max_retries=attempts - 1,
            strict=False,
            messages=request.messages,
        )
    except InstructorRetryException as error:
        cause = error.__cause__
        if isinstance(cause, ValidationError | json.JSONDecodeError):
            return None
        failed = cause or error
        raise failed from failed.__cause__
    return answer


def _as_sdk(completion: Completion) -> "ChatCompletion":
    """A completion in the SDK's class, which Instructor reads."""
    from openai.types.chat import ChatCompletion

    message = {"role": "assistant", "content": completion.text}
    return ChatCompletion.model_validate(
        {
            "id": "",
            "object": "chat.completion",
            "created": 0,
            "model": "",
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        }
    )


@cache
def _wrapped(types: tuple[str, ...]) -> type[Answer]:
    """`Answer` as Instructor wants it, wrapped once: else each call would leave a class behind."""
    import instructor

    return instructor.response_schema(answer_of(types))

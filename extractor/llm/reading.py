"""What an answer says: its valid records, and a warning for each that is not."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from extractor.errors import OutputInvalidError
from extractor.llm.cache import Entry
from extractor.llm.transport import Completion
from extractor.result import Usage
from schemas import Event, Record, answer_of

_EVENT: TypeAdapter[Record] = TypeAdapter(Event)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said of one window."""

    events: tuple[Record, ...]
    warnings: tuple[str, ...]
    usage: Usage
    truncated: bool = False
    """The answer was cut off at the output limit, and none of it is kept."""


def reply_of(entry: Entry, types: tuple[str, ...]) -> Reply | None:
    """What an answer says; None where it is not valid and might be asked again.

    Raises:
        OutputInvalidError: all attempts are used and nothing in it can be kept.
    """
    if entry.truncated:
        return Reply((), (), entry.usage, truncated=True)
    try:
        events: Sequence[Record] = answer_of(types).model_validate_json(entry.text).events
        return Reply(tuple(events), (), entry.usage)
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


class Part(BaseModel):
    """One event of a sentence: who has a part in it, by number and field, and its status."""

    model_config = ConfigDict(extra="allow")

    __pydantic_extra__: dict[str, list[int]]

    status: str

    @property
    def numbers(self) -> dict[str, list[int]]:
        """The actors of each field, from 1; 0 is somebody who was not to choose from."""
        return self.__pydantic_extra__


class _Parts(BaseModel):
    events: list[Part]


def parts_in(entry: Entry) -> list[Part] | None:
    """The events of one type that a sentence reports; None where it is not told."""
    try:
        return _Parts.model_validate_json(entry.text).events
    except ValidationError:
        return None


def share_in(entry: Entry) -> float | None:
    """The share of yes that was kept; None where the entry holds none."""
    try:
        return float(entry.text)
    except ValueError:
        return None


def share_of_yes(completion: Completion) -> float:
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

"""What comes out: the events of one document with where they come from and what they cost."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict

from schemas import Records


class Usage(BaseModel):
    """What the answers cost. Tokens and dollars count what was really asked, not cache hits."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    calls: int = 0
    """Requests answered by the model, re-asks included."""
    cached_calls: int = 0
    """Windows answered from the cache instead."""
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    """None where no price is known; 0.0 where nothing was asked of a model with a price."""

    def __add__(self, other: Self) -> Self:
        """The sum; its cost is unknown as soon as one of the two is."""
        unknown = self.cost_usd is None or other.cost_usd is None
        return type(self)(
            calls=self.calls + other.calls,
            cached_calls=self.cached_calls + other.cached_calls,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost_usd=None if unknown else (self.cost_usd or 0.0) + (other.cost_usd or 0.0),
        )


class Origin(BaseModel):
    """The document the events are from."""

    model_config = ConfigDict(extra="forbid")

    id: str
    source: str | None = None
    """The path or address the text was read from."""
    language: str | None = None
    """ISO 639-1 code; None where it cannot be told."""
    published: date | None = None
    """The day the article itself carries."""


class Extraction(Records, Origin):
    """The events of one document. `model_dump_json()` is one line of the output file."""

    model_config = ConfigDict(extra="forbid")

    warnings: list[str] = []
    """What a reader should know: records left out because they were not valid, and why."""
    encoding: str | None = None
    """What its bytes were decoded from; None where a text was given."""
    left_out: list[tuple[int, int]] = []
    """Offsets of the lines that were taken for no part of the article's body: no event is read
    from navigation, teasers, captions, headlines."""
    model: str
    prompt_version: str
    fingerprint: str
    """Hash of all that decides the result: text, model, prompt, schema. Equal: nothing to redo."""
    usage: Usage = Usage()

"""How each kind of model is asked best: one mechanism, two profiles."""

from dataclasses import dataclass, replace

from extractor.settings import LOCAL, Settings
from schemas import EVENT_TYPES

_OPENAI_HOST = "api.openai.com"


@dataclass(frozen=True, slots=True)
class ModelProfile:
    """What a kind of model can take at once."""

    window_sentences: int
    """Sentences in a window, at most."""
    window_characters: int
    """Characters in a window, at most, its context not counted."""
    context_sentences: int
    """Sentences before the window that are shown with it, to be read only."""
    questions: tuple[tuple[str, ...], ...]
    """The record types asked for together; a window is asked each question."""
    screens: bool
    """Whether each sentence is first asked about with yes or no, and then only for the records it
    is likely to hold, their actors chosen among those that code has found."""
    adapted: bool
    """Whether it has an adapter fitted to tell who has a part in an event."""
    output_tokens: int
    """Where an answer is cut off."""
    output_tokens_key: str
    """What the server calls that limit."""
    longest_list: int | None
    """Items in any list of an answer, at most: keeps a small model from running on."""
    breaks_control_tokens: bool
    """Whether the server may read `<|im_end|>` and the like in an article as its own marks."""
    validation_attempts: int
    """How often a window is asked while the answer is not valid, unless the user says otherwise."""
    concurrency: int
    """Requests under way at once, unless the user says otherwise."""
    timeout: float
    """Seconds for one request, unless the user says otherwise."""


HOSTED = ModelProfile(
    window_sentences=150,
    window_characters=12_000,
    context_sentences=3,
    questions=(EVENT_TYPES,),
    screens=False,
    adapted=False,
    output_tokens=16_000,
    output_tokens_key="max_completion_tokens",
    longest_list=None,
    breaks_control_tokens=False,
    validation_attempts=2,
    concurrency=8,
    timeout=180.0,
)
"""A large model: a whole article in one window, long articles in several."""

SERVED = ModelProfile(
    window_sentences=150,
    window_characters=12_000,
    context_sentences=3,
    questions=(EVENT_TYPES,),
    screens=False,
    adapted=False,
    output_tokens=8_000,
    output_tokens_key="max_tokens",
    longest_list=None,
    breaks_control_tokens=True,
    validation_attempts=2,
    concurrency=8,
    timeout=600.0,
)
"""A server named by `base_url`: asked like a hosted model, in the protocol's older words."""

EMBEDDED = ModelProfile(
    window_sentences=1,
    window_characters=2_000,
    context_sentences=1,
    questions=tuple((name,) for name in EVENT_TYPES),
    screens=True,
    adapted=True,
    output_tokens=400,
    output_tokens_key="max_tokens",
    longest_list=5,
    breaks_control_tokens=True,
    validation_attempts=1,
    concurrency=2,
    timeout=900.0,
)
"""The embedded 1.5-billion-parameter model, one sentence at a time, the one before it as context:
asked for a list it invents, asked with yes or no it judges well, and given names to choose from it
cannot bend them (measured: `evals/EXPERIMENTS.md`). Told what was invalid, it forgets the article
and repeats an example, so it is not asked again."""


def profile_of(settings: Settings) -> ModelProfile:
    """The profile of the model that `settings` name."""
    if settings.model == LOCAL:
        return EMBEDDED
    if settings.embedded:
        return replace(EMBEDDED, adapted=False)
    if settings.base_url is None or _OPENAI_HOST in settings.base_url:
        return HOSTED
    return SERVED

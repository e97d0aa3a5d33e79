"""Settings, and the only reader of the environment."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from platformdirs import user_cache_path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from extractor.errors import SetupError

LOCAL = "local"
"""The model name of the embedded engine with its own weights."""

_VARIABLES = {
    "model": ("EXTRACTOR_MODEL",),
    "base_url": ("EXTRACTOR_BASE_URL", "OPENAI_BASE_URL"),
    "api_key": ("EXTRACTOR_API_KEY", "OPENAI_API_KEY"),
    "cache_dir": ("EXTRACTOR_CACHE_DIR",),
    "concurrency": ("EXTRACTOR_CONCURRENCY",),
    "timeout": ("EXTRACTOR_TIMEOUT",),
    "transport_attempts": ("EXTRACTOR_TRANSPORT_ATTEMPTS",),
    "validation_attempts": ("EXTRACTOR_VALIDATION_ATTEMPTS",),
    "min_confidence": ("EXTRACTOR_MIN_CONFIDENCE",),
    "max_characters": ("EXTRACTOR_MAX_CHARACTERS",),
    "rpm": ("EXTRACTOR_RPM",),
    "tpm": ("EXTRACTOR_TPM",),
    "price": ("EXTRACTOR_PRICE",),
    "cache_limit": ("EXTRACTOR_CACHE_LIMIT",),
}
"""Each setting with the variables that may hold it; the first one set counts."""

_Dollars = Annotated[float, Field(ge=0)]
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)B?", re.IGNORECASE)


def size(told: object) -> object:
    """Bytes, of a size such as "500 MB" or "2GB"; anything else as it is."""
    found = _SIZE.fullmatch(told.strip()) if isinstance(told, str) else None
    if not found:
        return told
    return int(float(found[1]) * 1000 ** " KMGT".index(found[2].upper() or " "))


def _pair(told: object) -> object:
    return tuple(told.split(",")) if isinstance(told, str) else told


class Settings(BaseModel):
    """How to extract. `Settings.from_environment()` fills what is not given from variables."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = LOCAL
    """A model of the server, `local`, or the path of a GGUF file for the embedded engine."""
    base_url: str | None = None
    """An OpenAI-compatible server; None is OpenAI itself. Not used by the embedded engine."""
    api_key: SecretStr | None = None
    """The key the server wants; servers on one's own machine often want none."""
    cache_dir: Path = Field(default_factory=lambda: user_cache_path("extractor"))
    """Where answers and the embedded weights are kept."""
    concurrency: Annotated[int, Field(ge=1, le=1000)] | None = None
    """Requests under way at once; None leaves it to the kind of model."""
    timeout: Annotated[float, Field(gt=0)] | None = None
    """Seconds one request may take in all; None leaves it to the kind of model."""
    transport_attempts: Annotated[int, Field(ge=1)] = 6
    """How often a request is sent, at most, while the server fails or throttles."""
    validation_attempts: Annotated[int, Field(ge=1)] | None = None
    """How often a window is asked, at most, while the answer is not valid; None leaves it to the
    kind of model."""
    min_confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    """Records less likely than this are not asked for; None leaves it to the type, near the best
    F1. Only for models that are asked sentence by sentence."""
    max_characters: Annotated[int, Field(ge=1)] = 200_000
    """A longer document is refused: it is seldom an article, and every part of it costs."""
    rpm: Annotated[float, Field(gt=0)] | None = None
    """Requests a minute, at most; None leaves it to what the server says."""
    tpm: Annotated[float, Field(gt=0)] | None = None
    """Tokens a minute, at most, in and out; None leaves it to what the server says."""
    max_calls: Annotated[int, Field(ge=0)] | None = None
    """Answers that may be asked of the model; None for no limit."""
    max_cost: Annotated[float, Field(ge=0)] | None = None
    """Dollars that may be spent; None for no limit."""
    price: Annotated[tuple[_Dollars, _Dollars], BeforeValidator(_pair)] | None = None
    """Dollars for a million tokens in and out, "0.15,0.6", of a model no price list has."""
    cache_limit: Annotated[int, Field(gt=0), BeforeValidator(size)] | None = None
    """Bytes, or say "2GB", from which on the oldest answers in the cache make room for new ones;
    None keeps all: they were paid for."""

    @property
    def embedded(self) -> bool:
        """Whether the model is llama.cpp inside this process."""
        return self.model == LOCAL or self.model.endswith(".gguf")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, **given: object) -> Self:
        """Settings from what is given (None counts as not given), then the environment.

        Raises:
            SetupError: a value is malformed, or a server is named but no model of it.
        """
        environ = os.environ if environ is None else environ
        values = {name: value for name, value in given.items() if value is not None}
        sources = {name: f"`{name}`" for name in values}
        for name, variables in _VARIABLES.items():
            variable = next((one for one in variables if environ.get(one)), None)
            if variable and name not in values:
                values[name], sources[name] = environ[variable], f"`{variable}`"
        if "model" not in values and values.keys() & {"base_url", "api_key"}:
            found = " and ".join(sources[key] for key in ("base_url", "api_key") if key in values)
            raise SetupError(
                f"{found} set, but no model named: add `--model NAME` (`EXTRACTOR_MODEL`), "
                f"or `--model {LOCAL}` for the embedded engine"
            )
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = str(first["loc"][0])
            shown = "***" if name == "api_key" else repr(first["input"])
            raise SetupError(f"{sources.get(name, name)} is {shown}: {first['msg']}") from error

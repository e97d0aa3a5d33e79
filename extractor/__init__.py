"""Diplomatic events from news articles: `extract(text)` gives typed, evidenced records.

Names are loaded at first use, so that `extractor --help` stays instant.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.api import Extractor, aextract, extract
    from extractor.errors import (
        BudgetError,
        DocumentError,
        ExtractorError,
        ModelError,
        ModelRejectedError,
        ModelThrottledError,
        ModelUnavailableError,
        OutputInvalidError,
        OutputRefusedError,
        OutputTruncatedError,
        ServerDownError,
        SetupError,
    )
    from extractor.result import Extraction, Usage
    from extractor.settings import Settings
    from schemas import (
        Actor,
        Agreement,
        EventDate,
        Evidence,
        Meeting,
        Place,
        Record,
        Sanction,
        Statement,
    )

__all__ = [
    "Actor",
    "Agreement",
    "BudgetError",
    "DocumentError",
    "EventDate",
    "Evidence",
    "Extraction",
    "Extractor",
    "ExtractorError",
    "Meeting",
    "ModelError",
    "ModelRejectedError",
    "ModelThrottledError",
    "ModelUnavailableError",
    "OutputInvalidError",
    "OutputRefusedError",
    "OutputTruncatedError",
    "Place",
    "Record",
    "Sanction",
    "ServerDownError",
    "Settings",
    "SetupError",
    "Statement",
    "Usage",
    "aextract",
    "extract",
]

_HOMES = ("extractor.api", "extractor.errors", "extractor.result", "extractor.settings", "schemas")


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    for home in _HOMES:
        module = import_module(home)
        if hasattr(module, name):
            return getattr(module, name)
    raise AttributeError(f"module {__name__!r} lists {name!r} but has no home for it")


def __dir__() -> list[str]:
    return __all__

"""The adapter of the embedded weights: a LoRA that tells who has a part in an event.

Fitted to labelled articles (`evals/fit.py`), shipped with the program, and applied to the requests
that ask for it only: all others have the weights as they are.
"""

import hashlib
from pathlib import Path
from typing import Any

from extractor.errors import SetupError

SHA256 = "a2fb209943b3e4928f81ef7d4741248c599a53a96c1d16b0097120f7970818aa"
"""Of the file; part of the cache keys of what is asked with it."""

APPLIED: list[dict[str, Any]] = [{"id": 0, "scale": 1.0}]
"""What a request says to be answered with the adapter."""

_FILE = Path(__file__).with_name("adapter.gguf")


def checked() -> Path:
    """The file, once its SHA-256 is checked.

    Raises:
        SetupError: it is not there or not whole.
    """
    try:
        found = hashlib.sha256(_FILE.read_bytes()).hexdigest()
    except OSError as error:
        raise SetupError(f"the adapter cannot be read ({error}): reinstall the program") from error
    if found != SHA256:
        raise SetupError(
            f"the adapter {str(_FILE)!r} is damaged (sha256 {found}): reinstall the program"
        )
    return _FILE

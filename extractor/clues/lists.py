"""The word lists of `cues.toml`."""

import re
import tomllib
from functools import cache
from importlib.resources import files

_NEVER = re.compile(r"(?!)")


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))


@cache
def cue(name: str, language: str | None) -> re.Pattern[str]:
    """Finds a word of a list, in small or capital letters; nothing in a language without one."""
    listed = _table()[name].get(language or "")
    if not listed:
        return _NEVER
    separator = "|" if "|" in listed else None
    words = "|".join(
        re.escape(word.removesuffix("*")) + r"\w*" * word.endswith("*")
        for word in listed.split(separator)
    )
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def knows(language: str | None) -> bool:
    """Whether there are lists for a language."""
    return language in _table()["statement"]

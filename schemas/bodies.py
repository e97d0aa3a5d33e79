"""International bodies by name, in any case form, in English, Russian and Bulgarian.

`bodies.json` beside this file is made of `bodies.toml` by `python -m schemas.countries`.
"""

import json
from functools import cache
from importlib.resources import files

from schemas.folding import found

_TABLE = "bodies.json"


def body(name: str) -> str | None:
    """The canonical English name of an international body, or None.

    Abbreviations of three letters or fewer, and PACE, CICA and OCHA, are in capitals or dotted:
    WHO, not "who". The other names do in small letters too.

    Args:
        name: as written, with or without "the", quotes, a full stop or a possessive ending.
    """
    return found(_bodies(), name)


@cache
def _bodies() -> dict[str, str]:
    text = files(__package__).joinpath(_TABLE).read_text(encoding="utf-8")
    table: dict[str, list[str]] = json.loads(text)
    return {key: name for name, keys in table.items() for key in keys}

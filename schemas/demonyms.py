"""Adjectives of countries, in any form, in English, Russian and Bulgarian.

`demonyms.json` beside this file is made of `demonyms.toml` by `python -m schemas.countries`.
"""

import json
from functools import cache
from importlib.resources import files

from schemas.folding import found

_TABLE = "demonyms.json"


def demonym(word: str) -> str | None:
    """The alpha-3 code of the country an adjective belongs to, or None.

    Args:
        word: in any gender, number and case, with or without the article.
    """
    return found(_codes(), word)


@cache
def _codes() -> dict[str, str]:
    text = files(__package__).joinpath(_TABLE).read_text(encoding="utf-8")
    table: dict[str, list[str]] = json.loads(text)
    return {key: code for code, keys in table.items() for key in keys}

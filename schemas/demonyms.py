"""Adjectives of countries, in any form, in English, Russian and Bulgarian.

`demonyms.json` beside this file is made of `demonyms.toml` by `python -m schemas.countries`.
"""

import json
from functools import lru_cache
from importlib.resources import files

from schemas.folding import WORDS, found, turned


@lru_cache(maxsize=WORDS)
def demonym(word: str) -> str | None:
    """The alpha-3 code of the country an adjective belongs to, or None.

    Args:
        word: in any gender, number and case, with or without the article.
    """
    return found(turned("demonyms.json"), word)


@lru_cache(maxsize=WORDS)
def adjective(code: str) -> str | None:
    """The English adjective of a country, with its capital, or None.

    Args:
        code: its alpha-3 code.
    """
    text = files(__package__).joinpath("demonyms.json").read_text(encoding="utf-8")
    forms = json.loads(text).get(code, ())
    return next((one.title() for one in forms if one.isascii()), None)

"""Adjectives of countries, in any form, in English, Russian and Bulgarian.

`demonyms.json` beside this file is made of `demonyms.toml` by `python -m schemas.countries`.
"""

from functools import lru_cache

from schemas.folding import WORDS, found, turned


@lru_cache(maxsize=WORDS)
def demonym(word: str) -> str | None:
    """The alpha-3 code of the country an adjective belongs to, or None.

    Args:
        word: in any gender, number and case, with or without the article.
    """
    return found(turned("demonyms.json"), word)

"""International bodies by name, in any case form, in English, Russian and Bulgarian.

`bodies.json` beside this file is made of `bodies.toml` by `python -m schemas.countries`.
"""

from functools import lru_cache

from schemas.folding import WORDS, found, turned


@lru_cache(maxsize=WORDS)
def body(name: str) -> str | None:
    """The canonical English name of an international body, or None.

    Abbreviations of three letters or fewer, and PACE, CICA and OCHA, are in capitals or dotted:
    WHO, not "who". The other names do in small letters too.

    Args:
        name: as written, with or without "the", quotes, a full stop or a possessive ending.
    """
    return found(turned("bodies.json"), name)

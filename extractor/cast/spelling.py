"""One name in two spellings: transliteration, and how alike two words are once it is undone.

Russian goes by the BGN/PCGN system as news uses it (no signs for ъ and ь, "-iy" shortened to "-y"),
Bulgarian by the Streamlined System of the Transliteration Act of 2009 ("-ия" is "-ia").
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.fuzz import ratio

_COMMON = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "ю": "yu", "я": "ya",
}  # fmt: skip
_RUSSIAN = _COMMON | {
    "ё": "yo", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "w",
}  # fmt: skip
_BULGARIAN = _COMMON | {
    "х": "h", "щ": "sht", "ъ": "a", "ь": "y", "ѝ": "i", "ё": "yo", "ы": "y", "э": "e",
}  # fmt: skip

_YE = re.compile(r"(?:(?<=[аеёиоуыэюяъьй])|(?<![^\W\d_]))е")
"""Russian е that is heard as two sounds: at the beginning, and after a vowel or a sign."""

_FOLDS = [
    (re.compile(pattern), fold)
    for pattern, fold in (
        (r"ck|q|c(?![heiy]|$)", "k"),
        (r"shch|sch|sht|sh", "s"),
        (r"tsch|tch|ch|c$", "c"),
        (r"c", "s"),
        (r"ts|tz", "z"),
        (r"dzh|zh|dz|dj|j", "z"),
        (r"kh|gh|h|x", "h"),
        (r"ph|f", "f"),
        (r"th", "t"),
        (r"w|v", "v"),
        (r"ou|oo|u", "u"),
        (r"ee|ie|iy|yi|y|i", "i"),
        (r"ae|ai|e", "e"),
        (r"i(?=[aeou])", ""),
        (r"(.)\1+", r"\1"),
    )
]
"""What transliterations of one sound come to, in this order: zh, dzh and j are one, kh and h."""


_MARKED = str.maketrans({"č": "ch", "ć": "ch", "š": "sh", "ş": "sh", "ž": "zh", "ı": "i", "ø": "o"})


@lru_cache(maxsize=8192)
def transliterated(text: str, language: str | None) -> str:
    """`text` in Latin letters; what is no Cyrillic letter stays.

    Args:
        text: a name.
        language: "bg" goes by the Bulgarian system, all else by the Russian one.
    """
    table = _BULGARIAN if language == "bg" else _RUSSIAN
    return "".join(
        _word(part, table, language) if part.isalpha() else part
        for part in re.split(r"([^\W\d_]+)", unicodedata.normalize("NFC", text))
    )


def _word(word: str, table: dict[str, str], language: str | None) -> str:
    small = word.casefold()
    if language == "bg":
        small = re.sub("ия$", "iа", small)
    else:
        small = re.sub("ия$", "iа", re.sub("[иы]й$", "ы", _YE.sub("йе", small)))
    letters = "".join(table.get(letter, letter) for letter in small)
    if word.isupper() and len(word) > 1:
        return letters.upper()
    return letters[:1].upper() + letters[1:] if word[:1].isupper() else letters


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """What a word in Latin letters sounds like, roughly: equal for spellings of one name."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_MARKED))
    letters = "".join(one for one in plain if one.isalpha() and not unicodedata.combining(one))
    for pattern, fold in _FOLDS:
        letters = pattern.sub(fold, letters)
    return letters


def likeness(one: str, other: str) -> float:
    """How alike two words in Latin letters sound, 0 to 1; a wife's surname is not her husband's."""
    if "j" in f"{one}{other}".casefold():  # as in "John", or as in "Maja"
        one, other = one.casefold(), other.casefold()
        soft = (_alike(one.replace("j", "y"), other), _alike(one, other.replace("j", "y")))
        return max(_alike(one, other), *soft)
    return _alike(one, other)


def _alike(one: str, other: str) -> float:
    mine, theirs = sound(one), sound(other)
    if mine == theirs:
        return 1.0 if mine else 0.0
    short, long = sorted((mine, theirs), key=len)
    if long == f"{short}a" and short.endswith(("v", "n", "k")):
        return 0.0
    return ratio(mine, theirs) / 100

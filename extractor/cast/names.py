"""Full names, word by word: when two of them are one person's."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.cast.pieces import small_words
from extractor.cast.spelling import likeness

_PATRONYMIC = re.compile(
    r".{2,}(?:(?:[оеё]вич|ьич|инич)(?:а|у|ем|е)?|(?:[оеё]вн|ичн)(?:а|ы|у|ой|е)|[oe]vich|[oe]vna|ichna)$"
)
_ARTICLE = re.compile(
    r"^(?:al|el|as|ash|at|ar|an|ad|аль|эль|ас|аш|ат|ар|ан|ад|ал|ел)[-'’]", re.IGNORECASE
)
"""The Arabic article, which is as often left out."""

_BEFORE_SURNAMES = frozenset(("al", "el", "ал", "ел", "аль", "эль"))
_WORD = 0.6
"""Likeness below which two words of full names cannot be one, whatever the other word."""

_TURNED = 0.85
"""Likeness of both words from which a name is another with given name and surname changed about."""


def bare(name: Sequence[str]) -> tuple[str, ...]:
    """The words that tell a name: no particles, articles, full stops, no patronymic between."""
    words = [
        _ARTICLE.sub("", word)
        for word, after in pairwise((*name, ""))
        if word[0].isalpha() and not _is_particle(word, after)
    ]
    if len(words) == 2 and words[0].casefold() in _BEFORE_SURNAMES:
        words = words[1:]  # "Al Hadid" of "Faris al Hadid"
    if len(words) > 2:
        *others, last = words
        words = [*(word for word in others if not _PATRONYMIC.match(word.casefold())), last]
    return tuple(words)


def _is_particle(word: str, after: str) -> bool:
    """Whether a word is a small one within a name: von, "Von der", but the Ван of Ван И is not."""
    particles = small_words("particles")
    small = word.islower() or after.casefold() in particles
    return small and word.casefold() in particles


def dressed(name: Sequence[str], words: Sequence[str]) -> str:
    """A name as it stands, with its telling words in another form.

    Args:
        name: as it stands, token by token.
        words: what `bare` leaves of it, in the form wanted.
    """
    left = list(words)
    shortened = len(bare(name)) < len(name)
    shown: list[str] = []
    for token, after in pairwise((*name, "")):
        if not token[0].isalnum():  # the full stop of an initial
            shown[-1:] = [one + token for one in shown[-1:]]
        elif not left or not token[0].isalpha() or _is_particle(token, after):
            shown.append(token)
        elif not (shortened and _PATRONYMIC.match(token.casefold()) and shown):
            article = _ARTICLE.match(token)
            shown.append((article[0] if article else "") + left.pop(0))
    return " ".join(shown)


def is_by_patronymic(words: Sequence[str]) -> bool:
    """Whether somebody is called by given name and patronymic."""
    return len(words) == 2 and bool(_PATRONYMIC.match(words[1].casefold()))


def is_one(known: Sequence[frozenset[str]], said: Sequence[frozenset[str]]) -> bool:
    """Whether two full names are one: all of the shorter is in the longer.

    Args:
        known: what each word of the one may be in the nominative.
        said: the same of the other.
    """
    short, long = sorted((known, said), key=len)
    if len(short) > 1 and len(long) > len(short):  # "Tavares Pinho" of "Heloísa Tavares Pinho"
        tail = zip(short, long[-len(short) :], strict=True)
        if all(one & other for one, other in tail):
            return True
    within = len(short) > 1 and all(any(_is_word(one, other) for other in long) for one in short)
    return within and (len(short) == len(long) or _is_word(short[0], long[0]))


def _is_word(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two words are one, or one is the initial of the other."""
    if one & other:
        return True
    letters = {min(word, key=len)[:1] for word in (one, other) if min(map(len, word)) == 1}
    return bool(letters) and {next(iter(one))[:1]} == {next(iter(other))[:1]}


def alike(words: Sequence[str], known: Sequence[str]) -> float:
    """How like two names in Latin letters sound, 0 to 1; one of them may be a surname alone."""
    last = likeness(words[-1], known[-1])
    if len(words) == 1 or len(known) == 1:
        return max(last, *(0.9 * (likeness(words[-1], one) == 1) for one in known))
    first = likeness(words[0], known[0])
    if len(words[0]) == 1:
        first = float(words[0][0] == known[0][0])
    if min(first, last) < _WORD:
        turned = min(likeness(words[0], known[-1]), likeness(words[-1], known[0]))
        return turned if turned >= _TURNED else 0.0
    return (first + last) / 2

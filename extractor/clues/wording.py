"""What a sentence's words, and what code sees in it, say for a record of each type.

A logistic regression on words, pairs of words and traits, fitted to labelled articles by
`python -m evals wording`. Its weights are in `wording.tsv`: a term a row, a type a column.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import fsum

LANGUAGES = frozenset(("bg", "en", "ru"))
"""Those with weights."""

LEAST = -2.94
"""The odds, a logarithm, from which a sentence may hold a record: a probability of 0.05."""

_SURE = 4.0
"""Odds above which an article is no surer to hold records."""

BIAS = "=bias"
"""The term that every sentence has."""

_STEM = {"bg": 6, "en": 8, "ru": 6}
"""Letters of a word that count."""

_WORDS = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[“”\"«»„:?]")
_OPENS = frozenset('“”"«»„:')


def terms(text: str, language: str) -> set[str]:
    """The words of a sentence and its pairs of words, as the weights have them.

    Names, with all their parts, are "N" and numbers "#", so that no actor makes a record likelier.
    """
    words = ["^", *_words(text, language)]
    found = {f"{language}:{one}" for one in words[1:]}
    return found | {f"{language}:{one} {other}" for one, other in pairwise(words)}


def _words(text: str, language: str) -> Iterator[str]:
    before = ":"
    for word in _WORDS.findall(text):
        if word[0].isdigit():
            told = "#"
        elif word[0].isupper() and before not in _OPENS:
            told = "N"
        else:
            told = word.lower()[: _STEM[language]]
        if not told == before == "N":
            yield told
        before = told


def traits(seen: Collection[str], type_: str, cues: Mapping[str, Collection[str]]) -> set[str]:
    """What code sees in a sentence, as the weights of a type have it.

    Args:
        seen: the names of what it sees.
        type_: what the schemas call it.
        cues: the types of which it has a word, by the name of the lists.
    """
    return {BIAS, *(f"={one}" for one in seen), *(f"={one}" for one in cues if type_ in cues[one])}


def odds(
    text: str, language: str | None, seen: Collection[str], cues: Mapping[str, Collection[str]]
) -> dict[str, float]:
    """The logarithm of the odds that a sentence holds a record, by type; empty without weights.

    Args:
        text: the sentence.
        language: ISO 639-1 code.
        seen: the names of what code sees in it.
        cues: the types of which it has a word, by the name of the lists.
    """
    if language not in LANGUAGES:
        return {}
    words = terms(text, language)
    return {
        type_: fsum(weights.get(one, 0.0) for one in words | traits(seen, type_, cues))
        for type_, weights in _weights().items()
    }


def likeliest(found: Iterable[Mapping[str, float]]) -> float:
    """The highest odds of any type in the sentences of an article, up to a bound.

    An essay or a portrait has no sentence that surely tells of an event, but some that may.
    """
    return min(_SURE, max((one for each in found for one in each.values()), default=-_SURE))


@cache
def _weights() -> dict[str, dict[str, float]]:
    """By type the weights of terms, but for those that are nothing."""
    text = files(__package__).joinpath("wording.tsv").read_text(encoding="utf-8")
    (_, *types), *rows = (line.split("\t") for line in text.splitlines())
    return {
        type_: {row[0]: float(row[column]) for row in rows if row[column]}
        for column, type_ in enumerate(types, start=1)
    }

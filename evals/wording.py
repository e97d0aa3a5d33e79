"""Fits what words say for a record of each type: the weights that sentences are screened by.

Two logistic regressions: of words and of what code sees, on all labelled articles; and of that and
the model's yes, on some of them, where the first one was fitted without the article.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from evals.gold import Case
from evals.labels import GoldRecord
from evals.questions import looked_at, reported
from extractor import sentencewise
from extractor.clues import wording
from extractor.clues.confidence import odds
from extractor.clues.scene import evidence
from extractor.llm import Model
from schemas import EVENT_TYPES, RECORD_TYPES

_STRENGTH, _STRENGTH_OF_TWO = 0.3, 1.0
"""How little weights are held back: the inverse of the regularisation, as scikit-learn has it."""
_FEWEST = 3
"""Sentences that have a term, at least."""
_PARTS = 5
"""Of the articles: each is judged by weights fitted to the other four."""
_SMALLEST = 0.05
"""Weights nearer to nothing are nothing."""

Spot = tuple[str, int]
"""An article and the number of a sentence in it, from 0."""
LeftOut = Mapping[Spot, Mapping[str, float]]
"""The logarithm of the odds of a record in sentences, by type."""
Asked = Mapping[Spot, Mapping[str, float]]
"""The model's share of yes, 0 to 1, in sentences, by type."""

TABLE = Path(wording.__file__).with_suffix(".tsv")
"""The weights of the extractor."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a labelled article."""

    article: str
    at: int
    terms: Mapping[str, frozenset[str]]
    """By type."""
    holds: Mapping[str, bool | None]
    """Whether it is evidence of a record, by type; None where of optional ones only."""


async def asked(
    cases: Sequence[Case], odds_: LeftOut, model: Model, *, say: Callable[[str], None]
) -> Asked:
    """What a model says of sentences for what they may hold, were their article a new one.

    Raises:
        ExtractorError: what `Model.weigh` raises.
    """
    told: dict[Spot, dict[str, float]] = {}
    for number, case in enumerate(cases, start=1):
        read, _ = looked_at(case)
        for at in range(len(read.sentences)):
            known = odds_.get((case.id, at), {})
            types = [type_ for type_, one in known.items() if one >= wording.LEAST]
            shares = await sentencewise.weighed(read, at, types, model)
            told[case.id, at] = {type_: yes for type_, (yes, _) in shares.items()}
        say(f"{number} of {len(cases)}: {case.id}")
    return told


def sentences(cases: Sequence[Case]) -> Iterator[Sentence]:
    """The sentences of articles in the languages that have weights."""
    for case in cases:
        read, scene = looked_at(case)
        sights, language = scene.sights, read.language
        if language not in wording.LANGUAGES:
            continue
        for at, sentence in enumerate(read.sentences):
            words = wording.terms(sentence.text, language)
            seen, cues = evidence(sights, at)
            yield Sentence(
                case.id,
                at,
                {one: frozenset(words | wording.traits(seen, one, cues)) for one in EVENT_TYPES},
                {
                    one: _holds(list(reported(read, at, case.records[name])))
                    for one, name in zip(EVENT_TYPES, RECORD_TYPES, strict=True)
                },
            )


def _holds(records: Sequence[GoldRecord]) -> bool | None:
    needed = any(not one.optional for one in records)
    return None if records and not needed else needed


def left_out(found: Sequence[Sentence]) -> LeftOut:
    """The odds of each labelled sentence, by weights that were fitted without its article."""
    told: dict[Spot, dict[str, float]] = {(one.article, one.at): {} for one in found}
    for type_ in EVENT_TYPES:
        judged, holds = _judged(found, type_)
        articles = [one.article for one in judged]
        _, table = _counted(judged, type_)
        for others, these in GroupKFold(_PARTS).split(table, groups=articles):
            fitted = _regression(_STRENGTH).fit(table[others], holds[others])
            for at, one in zip(these, fitted.decision_function(table[these]), strict=True):
                told[judged[at].article, judged[at].at][type_] = float(one)
    return told


def fit(found: Sequence[Sentence], output: Path) -> None:
    """Fit the weights of words, and write them: a term a row, a type a column."""
    _write({type_: _weights(found, type_) for type_ in EVENT_TYPES}, output)


def both(found: Sequence[Sentence], odds_: LeftOut, asked: Asked) -> Iterator[str]:
    """How well each type is found in articles left out, and the weights of words and yes.

    Args:
        found: the labelled sentences.
        odds_: what words say of them, by weights fitted without their article.
        asked: what the model says of some of them.
    """
    by_article: defaultdict[str, list[Mapping[str, float]]] = defaultdict(list)
    for (article, _), told in odds_.items():
        by_article[article].append(told)
    likeliest = {article: wording.likeliest(each) for article, each in by_article.items()}
    for type_ in EVENT_TYPES:
        judged, holds = _judged(found, type_)
        words = np.array([odds_[one.article, one.at][type_] for one in judged])
        yield f"{type_}: {len(judged)} sentences; by words, {_f1(words, holds)}"
        yes = [asked.get((one.article, one.at), {}).get(type_) for one in judged]
        known = [at for at, share in enumerate(yes) if share is not None]
        if known:
            columns: list[Any] = [
                words[known],
                [odds(yes[at] or 0.0) for at in known],
                [likeliest[judged[at].article] for at in known],
            ]
            table: Any = np.column_stack(columns)
            yield from _both(table, holds[known], [judged[at].article for at in known])


def _judged(found: Sequence[Sentence], type_: str) -> tuple[list[Sentence], Any]:
    """The sentences of which it is known whether they hold a type, and whether they do."""
    judged = [one for one in found if one.holds[type_] is not None]
    return judged, np.array([one.holds[type_] for one in judged])


def _regression(strength: float) -> Any:
    return LogisticRegression(C=strength, max_iter=1000)


def _counted(judged: Sequence[Sentence], type_: str) -> tuple[Any, Any]:
    """The terms that are counted, and the table of them: sentences by terms."""
    counter = CountVectorizer(analyzer=_terms, min_df=_FEWEST, binary=True)
    return counter, counter.fit_transform([one.terms[type_] for one in judged])


def _terms(terms: frozenset[str]) -> list[str]:
    return sorted(terms - {wording.BIAS})


def _weights(found: Sequence[Sentence], type_: str) -> dict[str, float]:
    """The weights of terms for a type, from all sentences."""
    judged, holds = _judged(found, type_)
    counter, table = _counted(judged, type_)
    fitted = _regression(_STRENGTH).fit(table, holds)
    weights = dict(zip(counter.get_feature_names_out(), fitted.coef_[0], strict=True))
    return {wording.BIAS: fitted.intercept_[0], **weights}


def _both(table: Any, holds: Any, articles: Sequence[str]) -> Iterator[str]:
    found = np.zeros(len(holds))
    for others, these in GroupKFold(_PARTS).split(table, groups=articles):
        fitted = _regression(_STRENGTH_OF_TWO).fit(table[others], holds[others])
        found[these] = fitted.decision_function(table[these])
    fitted = _regression(_STRENGTH_OF_TWO).fit(table, holds)
    bias, (of_words, of_yes, of_article) = fitted.intercept_[0], fitted.coef_[0]
    yield f"  and yes, {len(holds)} of {len(set(articles))} articles: {_f1(found, holds)}"
    told = {"bias": bias, "words": of_words, "article": of_article, "yes": of_yes}
    yield "  " + ", ".join(f"{name} = {one:.2f}" for name, one in told.items())


def _f1(odds_: Any, holds: Any) -> str:
    told = odds_ >= 0
    right = (told & holds).sum()
    f1 = 2 * right / (told.sum() + holds.sum())
    return f"F1 {f1:.3f}, {(told & ~holds).sum()} too many, {(holds & ~told).sum()} missing"


def _write(fitted: Mapping[str, Mapping[str, float]], output: Path) -> None:
    rows = ["\t".join(["term", *EVENT_TYPES])]
    for term in sorted({term for weights in fitted.values() for term in weights}):
        weights = [fitted[one].get(term, 0.0) for one in EVENT_TYPES]
        told = ["" if abs(one) < _SMALLEST else f"{one:.2f}" for one in weights]
        if any(told):
            rows.append("\t".join([term, *told]))
    output.write_text("\n".join(rows) + "\n", encoding="utf-8")

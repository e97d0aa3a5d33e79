"""Counts of many articles to the figures of a report."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from evals import metrics
from evals.fields import Outcome
from evals.metrics import Score, Sums, Table
from schemas import RECORD_TYPES


class Part(BaseModel):
    """A part of a report."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldScore(Part):
    """A field in MUC terms. Its F1 counts a partial value half."""

    correct: int
    partial: int
    incorrect: int
    missing: int
    spurious: int
    f1: Score


class FieldScores(Part):
    """A field over the records that were found, and over all: missing and spurious ones too."""

    given_match: FieldScore
    end_to_end: FieldScore


class TypeScore(Part):
    """One record type; for statements the counts are of (speaker, sentence)."""

    gold: int
    predicted: int
    matched: int
    swapped: int
    precision: Score
    recall: Score
    f1: Score
    fields: dict[str, FieldScores]
    texts: dict[str, Score]
    """Mean chrF of free text over records found that have one in the gold. Never gated."""
    evidence: Score
    """F1 of the sentences cited, over records found."""


class GroupScore(Part):
    """All articles, or those of one language."""

    articles: int
    failed: int
    headline: Score
    """Mean of the types' F1."""
    types: dict[str, TypeScore]
    grounded: Score
    """Share of evidence that is the article's text, letter by letter. It must be 1."""
    language: Score
    published: Score
    """Shares of articles whose language, and day of publication, is the one labelled."""
    confusion: dict[str, dict[str, int]]
    """Records by what they are (rows) and what they were given as; `none` is missing, spurious."""


def group_score(
    counts: Sequence[Mapping[str, int]], likeness: Sequence[Mapping[str, float]]
) -> GroupScore:
    """The scores of some articles together, from what `score` gave for each."""
    table, texts = Table(counts), Table(likeness)
    types = list(RECORD_TYPES)
    known = [
        name for name in types if table.total(f"{name}.gold") + table.total(f"{name}.predicted")
    ]
    pieces, whole = table["evidence.pieces"], table["articles"]
    return GroupScore(
        articles=len(counts),
        failed=table.total("failed"),
        headline=Score.of_samples(metrics.headline(table, types), len(known)),
        types={name: _type_score(name, table, texts) for name in types},
        grounded=Score.of_samples(metrics.ratio(table["evidence.grounded"], pieces), pieces[0]),
        language=Score.of_samples(metrics.ratio(table["document.language"], whole), whole[0]),
        published=Score.of_samples(metrics.ratio(table["document.published"], whole), whole[0]),
        confusion={
            row: {
                column: table.total(f"confusion.{row}.{column}")
                for column in (*types, "none")
                if (row, column) != ("none", "none")
            }
            for row in (*types, "none")
        },
    )


def _type_score(name: str, table: Table, texts: Table) -> TypeScore:
    found, labelled, given = (table[f"{name}.{one}"] for one in ("matched", "gold", "predicted"))
    cited = [table[f"{name}.evidence.{one}"] for one in ("shared", "gold", "predicted")]
    prefix = f"{name}.fields."
    fields = {
        one.removeprefix(prefix).split(".")[0] for one in table.names if one.startswith(prefix)
    }
    free = [one for one in texts.names if one.startswith(f"{name}.texts.")]
    return TypeScore(
        gold=round(labelled[0]),
        predicted=round(given[0]),
        matched=round(found[0]),
        swapped=table.total(f"{name}.swapped"),
        precision=Score.of_samples(metrics.ratio(found, given), given[0]),
        recall=Score.of_samples(metrics.ratio(found, labelled), labelled[0]),
        f1=Score.of_samples(metrics.f1(table, name), labelled[0]),
        fields={
            field: FieldScores(
                given_match=_field_score(f"{prefix}{field}.given_match", table),
                end_to_end=_field_score(f"{prefix}{field}.end_to_end", table),
            )
            for field in sorted(fields)
        },
        texts={
            one.rsplit(".", 1)[1]: Score.of_samples(
                metrics.ratio(texts[one], table[one]), table[one][0]
            )
            for one in free
        },
        evidence=Score.of_samples(metrics.ratio(2 * cited[0], cited[1] + cited[2]), cited[1][0]),
    )


def _field_score(prefix: str, table: Table) -> FieldScore:
    counts: dict[str, Sums] = {one.value: table[f"{prefix}.{one}"] for one in Outcome}
    both = counts["correct"] + counts["partial"] + counts["incorrect"]
    worth = counts["correct"] + counts["partial"] / 2
    possible = both + counts["missing"]
    samples = metrics.ratio(2 * worth, possible + both + counts["spurious"])
    return FieldScore(
        **{name: round(one[0]) for name, one in counts.items()},
        f1=Score.of_samples(samples, possible[0]),
    )

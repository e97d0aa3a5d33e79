"""How far two labellings of the same articles agree: the ceiling of every score."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals import gold, report, score
from evals.gold import Case
from evals.labels import as_record
from evals.recordings import Recording
from evals.report import Report
from evals.run import Outcome
from extractor.result import Extraction
from extractor.settings import Settings
from schemas import RECORD_TYPES


def agreement(first: Sequence[Case], second: Path) -> Report:
    """The second labels scored against the first as if a system had given them.

    Records that the second marks optional and the first has not are left out: they claim nothing.

    Args:
        first: the gold.
        second: a folder of `.yaml` files; their articles are those of the gold.

    Raises:
        GoldError: a label of the second is faulty.
    """
    begun, known = datetime.now(UTC), {case.id: case for case in first}
    others = gold.load(second, {name: case.path for name, case in known.items()})
    outcomes = [_outcome(known[other.id], other) for other in others]
    settings = Settings(model="second labels")
    return report.build(outcomes, settings, cases=first, folder=second, begun=begun)


def _outcome(case: Case, other: Case) -> Outcome:
    given = _extraction(other, {name: list(range(len(one))) for name, one in other.records.items()})
    right = score.score(case, given).right
    kept = {
        name: [i for i, one in enumerate(labels) if not one.optional or right[name][i]]
        for name, labels in other.records.items()
    }
    recording = Recording(article=case.id, model="", base_url=None, failed=None, answers={})
    return Outcome(case, _extraction(other, kept), recording, repeatable=True, seconds=0.0)


def _extraction(case: Case, kept: dict[str, list[int]]) -> Extraction:
    records: dict[str, Any] = {
        name: [as_record(case.records[name][i], RECORD_TYPES[name]) for i in numbers]
        for name, numbers in kept.items()
    }
    return Extraction.model_construct(
        id=case.id, language=case.language, published=case.published, warnings=[], **records
    )

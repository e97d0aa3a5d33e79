"""What a run came to, whole: `report.json`, from which every other report is made."""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import ValidationError

import prompts
from evals import gold, score
from evals.figures import GroupScore, Part, group_score
from evals.gold import Case
from evals.run import Outcome
from evals.score import ArticleScore
from extractor.errors import SetupError
from extractor.llm import profile_of
from extractor.result import Usage
from extractor.settings import Settings
from schemas import RECORD_TYPES, Answer, Records, given_schema

FORMAT: Final = 1
"""Raised when the report's form changes."""

ALL = "all"
"""The group of all articles, beside one for each language."""

_LIBRARIES = (
    "diplomacy-extractor",
    "instructor",
    "lingua-language-detector",
    "numpy",
    "openai",
    "pydantic",
    "rapidfuzz",
    "sacrebleu",
    "scipy",
    "xllamacpp",
)
_SCORER = (
    "align",
    "alignment",
    "fields",
    "figures",
    "gold",
    "labels",
    "metrics",
    "names",
    "score",
    "shape",
    "units",
)
"""The modules that decide what a score is."""


class ArticleReport(Part):
    """One article: what it holds and what was found."""

    id: str
    language: str
    published: date | None
    text: str
    failed: str | None
    gold: dict[str, list[dict[str, Any]]]
    predicted: dict[str, list[dict[str, Any]]]
    found: dict[str, list[float]]
    """By type, of each gold record the share that was found."""
    right: dict[str, list[float]]
    """By type, of each record given the share that is in the gold."""
    pairs: dict[str, list[tuple[int, int]]]
    """By type, the gold records with those they were found as."""
    faults: list[score.Fault]
    warnings: list[str]
    usage: Usage
    counts: dict[str, int]
    likeness: dict[str, float]


class Times(Part):
    """When and how long: the only part that differs between two replays."""

    begun: datetime
    seconds: float
    articles: dict[str, float]
    """Seconds an article; several are under way at once."""


class Report(Part):
    """A run over gold articles."""

    format: Literal[1]
    model: str
    gold: str
    """Where the gold is from."""
    prompt_version: str
    hashes: dict[str, str]
    """Of gold, scorer, prompt, schema, profile and predictions."""
    versions: dict[str, str]
    left_out: list[str]
    """Gold articles that were not run: not chosen, or in a replay not recorded."""
    usage: Usage
    """What the answers cost when they were asked for."""
    scores: dict[str, GroupScore]
    articles: list[ArticleReport]
    times: Times


def build(
    outcomes: Sequence[Outcome],
    settings: Settings,
    *,
    cases: Sequence[Case],
    folder: Path,
    begun: datetime,
) -> Report:
    """Score `outcomes`.

    Args:
        outcomes: of a run or a replay.
        settings: which model it was.
        cases: the whole gold, of which a run may have only a part.
        folder: where the gold is.
        begun: when the run began.
    """
    articles = sorted((_article(outcome) for outcome in outcomes), key=lambda one: one.id)
    groups = {ALL: articles} | {
        language: [one for one in articles if one.language == language]
        for language in sorted({one.language for one in articles})
    }
    predicted = [[one.id, one.failed, one.predicted] for one in articles]
    hashes = hashes_of(cases, settings)
    return Report(
        format=FORMAT,
        model=settings.model,
        gold="evals/gold" if folder.resolve() == gold.GOLD.resolve() else str(folder),
        prompt_version=prompts.LATEST,
        hashes=hashes | {"predictions": _digest(predicted)},
        versions=_versions(),
        left_out=sorted({case.id for case in cases} - {one.id for one in articles}),
        usage=sum((one.usage for one in articles), Usage(cost_usd=0.0)),
        scores={
            name: group_score([one.counts for one in members], [one.likeness for one in members])
            for name, members in groups.items()
        },
        articles=articles,
        times=Times(
            begun=begun,
            seconds=round((datetime.now(UTC) - begun).total_seconds(), 1),
            articles={one.case.id: round(one.seconds, 2) for one in outcomes},
        ),
    )


def _article(outcome: Outcome) -> ArticleReport:
    case, extraction = outcome.case, outcome.extraction
    result: ArticleScore = score.score(case, extraction)
    return ArticleReport(
        id=case.id,
        language=case.language,
        published=case.published,
        text=case.text,
        failed=outcome.recording.failed,
        gold={
            name: [one.model_dump(mode="json", exclude_unset=True) for one in labels]
            for name, labels in case.records.items()
        },
        predicted={
            name: [one.model_dump(mode="json") for one in getattr(extraction, name)]
            if extraction
            else []
            for name in RECORD_TYPES
        },
        found=result.found,
        right=result.right,
        pairs=result.pairs,
        faults=result.faults,
        warnings=extraction.warnings if extraction else [],
        usage=outcome.recording.usage,
        counts=dict(sorted(result.counts.items())),
        likeness={name: round(value, 6) for name, value in sorted(result.likeness.items())},
    )


def hashes_of(cases: Iterable[Case], settings: Settings) -> dict[str, str]:
    """What decides predictions and scores, each part by its own hash."""
    profile = profile_of(settings)
    asked = [asdict(prompts.load(prompts.LATEST, types)) for types in profile.questions]
    here = Path(__file__).parent
    source = [here.joinpath(f"{name}.py").read_text(encoding="utf-8") for name in _SCORER]
    return {
        "gold": gold.digest(cases),
        "scorer": _digest(source),
        "prompt": _digest(asked),
        "schema": _digest([Answer.model_json_schema(), given_schema(Records)]),
        "profile": _digest(asdict(profile)),
    }


def _digest(parts: Any) -> str:
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _versions() -> Mapping[str, str]:
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def read(path: Path) -> Report:
    """A report that was written before: a `report.json` or the folder it is in.

    Raises:
        SetupError: there is none, or it is of another form.
    """
    file = path / "report.json" if path.is_dir() else path
    try:
        return Report.model_validate_json(file.read_bytes())
    except OSError as error:
        raise SetupError(f"there is no report {str(file)!r} ({error.strerror})") from error
    except ValidationError as error:
        raise SetupError(
            f"{str(file)!r} is no report of this program's form {FORMAT}: run it again"
        ) from error

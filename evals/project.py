"""The project's gold, its recordings and its baseline: where they are, how they are run."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evals import gold, recordings, report
from evals.gold import Case
from evals.recordings import Recording, Replay
from evals.report import Report
from evals.run import Listener, Outcome, run
from extractor.errors import SetupError
from extractor.llm import AnswerCache, Progress
from extractor.settings import Settings


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `gold/`, `second/`, `recordings/` and `baseline.json`."""

    root: Path = gold.GOLD.parent

    @property
    def gold(self) -> Path:
        """The labelled articles."""
        return self.root / gold.GOLD.name

    @property
    def second(self) -> Path:
        """Second labels of some of them."""
        return self.root / "second"

    @property
    def baseline(self) -> Path:
        """What the gate holds a replay against."""
        return self.root / "baseline.json"

    @property
    def training(self) -> Path:
        """The articles that all is fitted to, beside one half of the gold."""
        return self.root / "training"

    def recordings(self, model: str) -> Path:
        """The recorded answers of a model."""
        return self.root / "recordings" / re.sub(r"[^\w.-]+", "-", model)


def record_command(model: str) -> str:
    """The command that records what a model says of the gold."""
    return f"python -m evals run --model {model} --record -o runs/{Path(model).stem}"


def live(
    cases: Sequence[Case],
    chosen: Sequence[Case],
    settings: Settings,
    *,
    folder: Path,
    record_to: Path | None,
    on_outcome: Listener,
    on_weights: Progress | None = None,
) -> tuple[Report, list[Outcome]]:
    """Ask the model about the chosen cases, its cache first, and score what it says.

    Args:
        cases: the whole gold.
        chosen: those of it that are run.
        settings: which model.
        folder: where the gold is.
        record_to: where each article's answers are recorded as it is done, or None.
        on_outcome: told as each article is done.
        on_weights: told how far the embedded weights are checked and written.

    Raises:
        SetupError: nothing can work before something is mended.
        ModelUnavailableError: the server never answered once.
    """
    begun = datetime.now(UTC)

    def done(outcome: Outcome) -> None:
        if record_to and outcome.repeatable:
            recordings.write(outcome.recording, record_to)
        on_outcome(outcome)

    answers = AnswerCache(settings.cache_dir / "answers")
    outcomes = run(chosen, settings, answers, on_outcome=done, on_weights=on_weights)
    return report.build(outcomes, settings, cases=cases, folder=folder, begun=begun), outcomes


def settings_of(model: str, recorded: Mapping[str, Recording]) -> Settings:
    """What `model` was recorded with.

    Raises:
        SetupError: nothing is recorded.
    """
    for one in recorded.values():
        return Settings(model=model, base_url=one.base_url)
    raise SetupError(
        f"no answers of {model!r} are recorded: record them with `{record_command(model)}`"
    )


def replay(project: Project, model: str, half: str | None = None) -> tuple[Report, list[Outcome]]:
    """Score the recorded answers of a model, without the model.

    Args:
        project: where gold and recordings are.
        model: whose answers.
        half: of the gold, "tuning" or "reporting"; None is all of it.

    Raises:
        SetupError: the gold is faulty, nothing is recorded, or a recording has no article.
        NotRecordedError: an article that was recorded makes a request that was not.
    """
    begun = datetime.now(UTC)
    cases = gold.load(project.gold)
    recorded = recordings.read(project.recordings(model))
    settings, command = settings_of(model, recorded), record_command(model)
    ids = {case.id for case in cases}
    if lonely := sorted(recorded.keys() - ids):
        raise SetupError(
            f"recordings of articles that are not in the gold: {', '.join(lonely)}: delete them "
            f"from {str(project.recordings(model))!r}"
        )
    chosen = gold.half(cases, half) if half else cases
    known = [case for case in chosen if case.id in recorded]
    outcomes = run(known, settings, Replay(recorded, command), recordings=recorded)
    built = report.build(outcomes, settings, cases=cases, folder=project.gold, begun=begun)
    return built, outcomes

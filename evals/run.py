"""Gold articles through the extractor: live, with the answers taken down, or from recordings."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.gold import Case
from evals.recordings import NotRecordedError, Recorder, Recording
from extractor import document, pipeline
from extractor.errors import (
    ExtractorError,
    ModelUnavailableError,
    OutputInvalidError,
    OutputTruncatedError,
    SetupError,
)
from extractor.llm import Answers, Model, Progress
from extractor.result import Extraction
from extractor.settings import Settings


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one article."""

    case: Case
    extraction: Extraction | None
    """None where the article failed."""
    recording: Recording
    repeatable: bool
    """Whether the recording alone gives the same again; not so where a server failed."""
    seconds: float


Listener = Callable[[Outcome], None]
"""Told as each article is done."""


def run(
    cases: Sequence[Case],
    settings: Settings,
    answers: Answers,
    *,
    recordings: Mapping[str, Recording] | None = None,
    on_outcome: Listener | None = None,
    on_weights: Progress | None = None,
) -> list[Outcome]:
    """Extract every case, a few at a time. An article that fails is an outcome too.

    Args:
        cases: the articles.
        settings: which model.
        answers: where its answers are kept; closed at the end.
        recordings: earlier outcomes by article: one that failed then has failed now.
        on_outcome: told as each article is done.
        on_weights: told how far the embedded weights are checked and written.

    Raises:
        SetupError: nothing can work before something is mended; in a replay, no recorded answer.
        ModelUnavailableError: the server never answered once.
    """

    async def go() -> list[Outcome]:
        recorder = Recorder(answers)
        model = Model(settings, answers=recorder, on_weights=on_weights)
        this = _Run(model, settings.base_url, recorder, recordings or {}, on_outcome, {})
        workers = settings.concurrency or model.profile.concurrency
        waiting = iter(cases)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(workers, len(cases))):
                    group.create_task(this.work(waiting))
        except* ExtractorError as errors:
            raise pipeline.first_of(errors) from None
        finally:
            await model.close()
        return [this.outcomes[case.id] for case in cases]

    return asyncio.run(go())


@dataclass(frozen=True, slots=True)
class _Run:
    model: Model
    base_url: str | None
    recorder: Recorder
    recordings: Mapping[str, Recording]
    on_outcome: Listener | None
    outcomes: dict[str, Outcome]

    async def work(self, waiting: Iterator[Case]) -> None:
        """Take one case after the other, beside other workers, until none waits."""
        for case in waiting:
            known = self.recordings.get(case.id)
            if known and known.failed:
                outcome = Outcome(case, None, known, repeatable=True, seconds=0.0)
            else:
                outcome = await self._extract(case)
            self.outcomes[case.id] = outcome
            if self.on_outcome:
                self.on_outcome(outcome)

    async def _extract(self, case: Case) -> Outcome:
        begin, extraction, failed, repeatable = time.perf_counter(), None, None, True
        with self.recorder.article() as taken:
            try:
                read = document.read(
                    case.text, id=case.id, source=case.path.name, most_characters=len(case.text)
                )
                extraction = await pipeline.run(read, self.model)
            except NotRecordedError as error:
                raise NotRecordedError(f"{case.id}: {error}") from error
            except SetupError:
                raise
            except ExtractorError as error:
                if isinstance(error, ModelUnavailableError) and not self.model.usage.calls:
                    raise
                failed = f"{type(error).__name__}: {error}"
                repeatable = isinstance(error, OutputInvalidError | OutputTruncatedError)
        recording = Recording(
            article=case.id,
            model=self.model.identity,
            base_url=self.base_url,
            failed=failed,
            answers=taken,
        )
        return Outcome(case, extraction, recording, repeatable, time.perf_counter() - begin)


def write_predictions(outcomes: Sequence[Outcome], folder: Path) -> None:
    """Write `predictions.jsonl`, in the form of the extractor's own output."""
    lines = [one.extraction.model_dump_json() + "\n" for one in outcomes if one.extraction]
    (folder / "predictions.jsonl").write_text("".join(lines), encoding="utf-8")

"""`OUT.run.json`: what was run on an output, with which versions, and what it came to."""

import json
import platform
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

import prompts
from extractor import pipeline
from extractor.batch.runner import Summary
from extractor.errors import SetupError
from extractor.llm import Model
from extractor.result import Usage
from extractor.settings import Settings

_LIBRARIES = ("instructor", "openai", "pydantic", "tenacity", "diskcache")
_UNSAID = {"api_key", "cache_dir"}
"""Settings that are nobody's business, or change nothing."""


def runfile_beside(path: Path) -> Path:
    """Where it is told what was run with the output `path`."""
    return path.parent / f"{path.name.removesuffix('.jsonl')}.run.json"


class Run(BaseModel):
    """One run."""

    state: str
    """"running", "finished", or why it ended early."""
    began: str
    seconds: float = 0.0
    inputs: list[str]
    program: str
    python: str
    libraries: dict[str, str]
    settings: dict[str, Any]
    model: str
    """What tells the model from any other."""
    prompt_version: str
    settled: str
    """Hash of what decides results beside the text: model, prompts, schemas."""
    documents: dict[str, int] = {}
    records: dict[str, int] = {}
    warnings: int = 0
    usage: Usage = Usage()


class _Runs(BaseModel):
    runs: list[Run] = Field(default_factory=list)


class RunFile:
    """All runs on one output, the newest last. It says "running" until `end`."""

    def __init__(
        self, path: Path, settings: Settings, model: Model, inputs: Sequence[Path]
    ) -> None:
        """Write that a run has begun.

        Args:
            path: of the output.
            settings: of the run.
            model: the model.
            inputs: files, folders and patterns as given.

        Raises:
            SetupError: it cannot be written.
        """
        self._path = runfile_beside(path)
        self._mode = path.stat().st_mode
        self._begun = time.monotonic()
        self._known = self._read()
        said = settings.model_dump(mode="json", exclude=_UNSAID, exclude_none=True)
        self._run = Run(
            state="running",
            began=datetime.now(UTC).isoformat(timespec="seconds"),
            inputs=[str(one) for one in inputs],
            program=version("diplomacy-extractor"),
            python=platform.python_version(),
            libraries={name: version(name) for name in _LIBRARIES},
            settings=said,
            model=model.identity,
            prompt_version=prompts.LATEST,
            settled=pipeline.settled(model),
        )
        self._write()

    def end(self, summary: Summary | None, error: BaseException | None = None) -> None:
        """Write what the run came to.

        Args:
            summary: the counts, if it came to any.
            error: what ended it.
        """
        self._run.seconds = round(time.monotonic() - self._begun, 3)
        self._run.state = f"{type(error).__name__}: {error}" if error else "finished"
        if summary:
            self._run.state = summary.ended or self._run.state
            names = ("done", "changed", "skipped", "failed", "failed_before", "untried")
            self._run.documents = {name: getattr(summary, name) for name in names}
            self._run.records = summary.records
            self._run.warnings = summary.warnings
            self._run.usage = summary.usage
        self._write()

    def _read(self) -> _Runs:
        """Earlier runs; one that says it is running was killed. A file that is none is replaced."""
        try:
            known = _Runs.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return _Runs()
        for one in known.runs:
            one.state = "killed" if one.state == "running" else one.state
        return known

    def _write(self) -> None:
        """Whole, or not at all."""
        told = _Runs(runs=[*self._known.runs, self._run]).model_dump(mode="json")
        text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        name = None
        try:
            with tempfile.NamedTemporaryFile(
                "w", dir=self._path.parent, suffix=".part", delete=False, encoding="utf-8"
            ) as part:
                name = Path(part.name)
                part.write(text)
            name.chmod(self._mode)
            name.replace(self._path)
        except OSError as error:
            raise SetupError(
                f"{str(self._path)!r} cannot be written ({error.strerror}): free space; the "
                "results so far stay, and the same command goes on"
            ) from error
        finally:
            if name:
                name.unlink(missing_ok=True)

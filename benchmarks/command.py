"""The command line under test, as a process of its own, and what it has written."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.serving import Running

_EXTRACTOR = Path(sys.executable).with_name("extractor")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a process ended."""

    code: int
    seconds: float
    peak_mib: float
    """The most memory it held, as the kernel counts it."""


@dataclass(frozen=True, slots=True)
class Command:
    """`extractor run` over a table."""

    server: Running
    table: Path
    out: Path
    cache: Path
    concurrency: int
    variables: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()

    def start(self) -> subprocess.Popen[bytes]:
        """Begin; what it prints is in `OUT.log`."""
        with self.log.open("wb") as log:
            return subprocess.Popen(
                [
                    *(str(_EXTRACTOR), "run", str(self.table), "-o", str(self.out)),
                    *("--model", "loopback", "--base-url", self.server.base_url),
                    *("--concurrency", str(self.concurrency)),
                    *self.options,
                ],
                env=environment(EXTRACTOR_CACHE_DIR=str(self.cache), **self.variables),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def run(self, *codes: int) -> Ran:
        """From the beginning to the end.

        Args:
            codes: the exit codes that are right; 0 if none is named.

        Raises:
            RuntimeError: it ended with another.
        """
        begun = time.perf_counter()
        process = self.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        ran = Ran(process.returncode, time.perf_counter() - begun, used.ru_maxrss / 1024)
        if ran.code not in (codes or (0,)):
            said = self.log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"`extractor run` ended with {ran.code}:\n{said}")
        return ran

    @property
    def log(self) -> Path:
        """What it printed."""
        return self.out.with_suffix(".log")

    @property
    def results(self) -> list[dict[str, Any]]:
        """The lines of the output."""
        return _lines(self.out)

    @property
    def failures(self) -> list[dict[str, Any]]:
        """The lines of the file of failures."""
        return _lines(self.out.with_name(f"{self.out.stem}.failed.jsonl"))


def environment(**more: str) -> dict[str, str]:
    """The variables of this process, without those that would set up the program."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("EXTRACTOR_", "OPENAI_"))
    }
    return kept | more


def duplicates(*files: list[dict[str, Any]]) -> int:
    """Lines of a document that has one already, in the same file or another."""
    seen = Counter(str(line["id"]) for file in files for line in file)
    return seen.total() - len(seen)


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]

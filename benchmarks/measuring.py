"""How parts measure: contenders in turns, medians, and what they ran on."""

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.command import environment
from benchmarks.peers import PINNED, python_of
from benchmarks.serving import ROOT, serving

Figures = dict[str, Any]
"""What a part has measured, as it stands in results.json."""

_OURS = ("aiohttp", "diplomacy-extractor", "instructor", "openai", "pydantic")
_HUNG = 120.0
"""Seconds beyond those it should need, after which a contender is given up."""


@dataclass(frozen=True, slots=True)
class Load:
    """What contenders are to do."""

    names: Sequence[str]
    latency: float
    concurrency: int
    count: int
    rounds: int


def in_turns(load: Load) -> dict[str, list[Figures]]:
    """Each contender's lines, a round for each; all of them in each round, one after the other."""
    lines: dict[str, list[Figures]] = {name: [] for name in load.names}
    for _ in range(load.rounds):
        for name in load.names:
            with serving(latency=load.latency) as server:
                line = contend(name, server.port, load.count, load.concurrency)
            if line is None:
                raise RuntimeError(f"{name} hung")
            lines[name].append(line)
    return lines


def contend(
    name: str, port: int, count: int, concurrency: int, *, timeout: float | None = None
) -> Figures | None:
    """What a contender prints, run in a process of its own; None if it hung.

    Args:
        name: of the contender.
        port: of the server.
        count: documents.
        concurrency: requests at once.
        timeout: seconds for one request; None leaves it to the contender.

    Raises:
        RuntimeError: it ended otherwise.
    """
    command = [str(python_of(name)), "-m", "benchmarks.contender", name, "--port", str(port)]
    command += ["--count", str(count), "--concurrency", str(concurrency)]
    if timeout:
        command += ["--timeout", str(timeout)]
    try:
        ended = subprocess.run(
            command,
            cwd=ROOT,
            env=environment(PYTHONPATH=str(ROOT)),
            capture_output=True,
            text=True,
            timeout=_HUNG + count / 10,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if ended.returncode:
        raise RuntimeError(f"{name} ended with {ended.returncode}:\n{ended.stderr[-2000:]}")
    line: Figures = json.loads(ended.stdout.splitlines()[-1])
    return line


def spread(values: Iterable[float]) -> Figures:
    """The median of the rounds, and their ends."""
    rounds = list(values)
    return {"median": statistics.median(rounds), "least": min(rounds), "most": max(rounds)}


def conditions() -> Figures:
    """When, on what, and with which versions a part was measured."""
    pins = (line.split("==") for line in PINNED.read_text(encoding="utf-8").splitlines())
    peers = {pin[0].partition("[")[0]: pin[1] for pin in pins if pin[0].startswith("lang")}
    return {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cores": os.cpu_count(),
            "processor": _processor(),
            "system": platform.system(),
            "load_before": round(os.getloadavg()[0], 2),
        },
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in _OURS},
            **peers,
        },
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

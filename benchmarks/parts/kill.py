"""SIGKILL at twenty random moments of the work, and the same command each time again."""

import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks import documents
from benchmarks.command import Command, duplicates
from benchmarks.measuring import Figures
from benchmarks.serving import Running, serving
from benchmarks.tables import table

_LATENCY = 0.05
_CONCURRENCY = 16
_SEED = 1
_LATEST = 0.15
"""Seconds after a run's first request within which it is killed."""
_POLL = 0.005
_RECORDS = ("meetings", "statements", "agreements", "sanctions")


def measure(quick: bool) -> Figures:
    """As many kills as wanted; if the work ends before them, again with twice the documents."""
    count, kills = (60, 3) if quick else (500, 20)
    while True:
        figures = _killed(count, kills)
        if figures["kills"] == kills:
            return figures
        count *= 2


def show(figures: Figures) -> str:
    """One line."""
    heads = ["documents", "kills", "same results", "duplicated lines", "failed", "requests", "most"]
    row = [figures["documents"], figures["kills"], "yes" if figures["same"] else "NO"]
    row += [figures["duplicates"], figures["failed"], figures["requests"], figures["most_requests"]]
    told = (
        f"{figures['concurrency']} at once, an answer after {figures['latency'] * 1000:.0f} ms. "
        "The same results: as of a run left alone, by id and records. Most: a request for each "
        "document, and all those that can have been in flight at each kill."
    )
    return f"{told}\n\n{table(heads, [row])}"


def _killed(count: int, kills: int) -> Figures:
    chance = random.Random(_SEED)  # noqa: S311  # no secret
    moments = [chance.uniform(0, _LATEST) for _ in range(kills)]
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        documents.write(folder / "table.jsonl", count)
        with serving(latency=_LATENCY) as server:
            command = Command(
                server,
                folder / "table.jsonl",
                folder / "out.jsonl",
                folder / "cache",
                _CONCURRENCY,
            )
            hit = sum(_kill(command, moment, server) for moment in moments)
            command.run()
            requests = server.requests
        with serving(latency=_LATENCY) as server:
            alone = replace(
                command, server=server, out=folder / "alone.jsonl", cache=folder / "other"
            )
            alone.run()
        results = command.results
        return {
            "documents": count,
            "latency": _LATENCY,
            "concurrency": _CONCURRENCY,
            "seed": _SEED,
            "kills": hit,
            "same": _found(command) == _found(alone) and len(_found(alone)) == count,
            "duplicates": duplicates(results, command.failures),
            "failed": len(command.failures),
            "requests": requests,
            "most_requests": count + _CONCURRENCY * hit,
        }


def _kill(command: Command, moment: float, server: Running) -> bool:
    """Start, and kill so many seconds after the first request; whether it was still at work."""
    before = server.requests
    process = command.start()
    while server.requests == before and process.poll() is None:
        time.sleep(_POLL)
    time.sleep(moment)
    process.kill()
    return process.wait() < 0


def _found(command: Command) -> dict[str, list[object]]:
    """Each document's records."""
    return {str(line["id"]): [line[name] for name in _RECORDS] for line in command.results}

"""A run whose answers are all in the cache."""

import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks import documents
from benchmarks.command import Command
from benchmarks.measuring import Figures, spread
from benchmarks.serving import serving
from benchmarks.tables import table


def measure(quick: bool) -> Figures:
    """The command line in a new process, to a new output, after a first run filled the cache."""
    count, rounds = (60, 1) if quick else (5_000, 3)
    with tempfile.TemporaryDirectory() as held, serving() as server:
        folder = Path(held)
        documents.write(folder / "table.jsonl", count)
        first = Command(server, folder / "table.jsonl", folder / "out.jsonl", folder / "cache", 32)
        first.run()
        asked = server.requests
        speeds: list[float] = []
        for number in range(rounds):
            again = replace(first, out=folder / f"again-{number}.jsonl")
            speeds.append(count / again.run().seconds)
            if len(again.results) != count:
                raise RuntimeError(f"{len(again.results)} of {count} documents came from the cache")
        return {
            "documents": count,
            "rounds": rounds,
            "documents_per_second": spread(speeds),
            "requests": server.requests - asked,
        }


def show(figures: Figures) -> str:
    """One line."""
    speed = figures["documents_per_second"]["median"]
    row = [f"{figures['documents']:,}", f"{speed:.0f}", figures["requests"]]
    told = f"A new process, its start-up included; median of {figures['rounds']} rounds."
    return f"{told}\n\n{table(['documents', 'documents a second', 'requests'], [row])}"

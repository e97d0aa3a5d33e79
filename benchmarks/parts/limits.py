"""A server that lets through so many requests a second: the pace is to be found out."""

import tempfile
from pathlib import Path

from benchmarks import documents
from benchmarks.command import Command
from benchmarks.measuring import Figures
from benchmarks.serving import serving
from benchmarks.tables import table

_RATE = 50.0
_CONCURRENCY = 64
_LATENCY = 0.1
_CASES = {
    "bucket of 100, headers": (100, True, ()),
    "bucket of 100": (100, False, ()),
    "bucket of 20": (20, False, ()),
    "bucket of 20, `--rpm 3000`": (20, False, ("--rpm", "3000")),
}
"""How many requests may come at once, whether headers tell of it, and what the user says."""


def measure(quick: bool) -> Figures:
    """The command line against each limit."""
    count = 60 if quick else 600
    return {
        "documents": count,
        "rate": _RATE,
        "concurrency": _CONCURRENCY,
        "cases": {name: _case(count, *case) for name, case in _CASES.items()},
    }


def show(figures: Figures) -> str:
    """A line a case."""
    heads = ["limit", "seconds", "at best", "refused a document", "failed"]
    rows = [
        [
            name,
            f"{row['seconds']:.1f}",
            f"{row['best']:.1f}",
            f"{row['refused'] / figures['documents']:.2f}",
            row["failed"],
        ]
        for name, row in figures["cases"].items()
    ]
    told = (
        f"{figures['documents']} documents, {figures['concurrency']} at once, "
        f"{figures['rate']:.0f} requests a second let through, a 429 with `retry-after: 1` for "
        "each beyond. At best: what the server lets through at once, then at its rate; start-up "
        "is not in it."
    )
    return f"{told}\n\n{table(heads, rows)}"


def _case(count: int, bucket: int, tells: bool, options: tuple[str, ...]) -> Figures:
    with (
        tempfile.TemporaryDirectory() as held,
        serving(latency=_LATENCY, limit=(_RATE, bucket), tells=tells) as server,
    ):
        folder = Path(held)
        documents.write(folder / "table.jsonl", count)
        command = Command(
            server,
            folder / "table.jsonl",
            folder / "out.jsonl",
            folder / "cache",
            _CONCURRENCY,
            options=options,
        )
        ran = command.run(0, 1)
        return {
            "seconds": ran.seconds,
            "best": max(0, count - bucket) / _RATE + _LATENCY,
            "refused": server.requests - len(command.results),
            "failed": len(command.failures),
        }

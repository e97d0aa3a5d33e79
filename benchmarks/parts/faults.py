"""A server of which a tenth of the first requests meets a fault: nothing may be lost."""

import tempfile
from pathlib import Path

from benchmarks import documents
from benchmarks.command import Command, duplicates
from benchmarks.measuring import Figures
from benchmarks.serving import serving
from benchmarks.tables import table

_SHARE = 0.1
_CONCURRENCY = 16


def measure(quick: bool) -> Figures:
    """The command line against mixed faults, for some seeds."""
    count, seeds = (60, range(1, 2)) if quick else (500, range(1, 6))
    return {
        "documents": count,
        "share": _SHARE,
        "concurrency": _CONCURRENCY,
        "seeds": {str(seed): _seed(seed, count) for seed in seeds},
    }


def show(figures: Figures) -> str:
    """A line a seed."""
    heads = ["seed", "lost", "duplicated lines", "failed", "requests a document", "seconds"]
    rows = [
        [
            seed,
            row["lost"],
            row["duplicates"],
            row["failed"],
            f"{row['requests'] / figures['documents']:.2f}",
            f"{row['seconds']:.1f}",
        ]
        for seed, row in figures["seeds"].items()
    ]
    told = (
        f"{figures['documents']} documents, {figures['concurrency']} at once; "
        f"{figures['share']:.0%} of the first requests meet one of nine faults that pass: 429, "
        "500, 503, a connection reset before or inside the answer, silence, no JSON, JSON that is "
        "not the schema, nothing."
    )
    return f"{told}\n\n{table(heads, rows)}"


def _seed(seed: int, count: int) -> Figures:
    with tempfile.TemporaryDirectory() as held, serving(faults=_SHARE, seed=seed) as server:
        folder = Path(held)
        documents.write(folder / "table.jsonl", count)
        command = Command(
            server,
            folder / "table.jsonl",
            folder / "out.jsonl",
            folder / "cache",
            _CONCURRENCY,
            {"EXTRACTOR_TIMEOUT": "3"},
        )
        ran = command.run(0, 1)
        results, failures = command.results, command.failures
        told = {line["id"] for line in (*results, *failures)}
        return {
            "lost": count - len(told),
            "duplicates": duplicates(results, failures),
            "failed": len(failures),
            "errors": sorted({line["error"] for line in failures}),
            "requests": server.requests,
            "seconds": ran.seconds,
        }

"""Peak memory of a run, and whether it grows with the number of documents."""

import tempfile
from pathlib import Path

from benchmarks import documents
from benchmarks.command import Command
from benchmarks.measuring import Figures, spread
from benchmarks.serving import serving
from benchmarks.tables import table


def measure(quick: bool) -> Figures:
    """The command line over a small and a large table, no latency."""
    counts, rounds = ((60, 120), 1) if quick else ((2_000, 20_000), 3)
    peaks: dict[int, list[float]] = {count: [] for count in counts}
    for _ in range(rounds):
        for count in counts:
            peaks[count].append(_peak(count))
    small, large = (spread(peaks[count]) for count in counts)
    return {
        "rounds": rounds,
        "concurrency": 32,
        "peak_mib": {str(counts[0]): small, str(counts[1]): large},
        "ratio": large["median"] / small["median"],
    }


def show(figures: Figures) -> str:
    """A line a size."""
    rows = [
        [f"{int(count):,}", f"{peak['median']:.0f}"] for count, peak in figures["peak_mib"].items()
    ]
    rows.append(["ratio", f"{figures['ratio']:.2f}"])
    told = (
        f"`extractor run`, {figures['concurrency']} at once, answers at once; median of "
        f"{figures['rounds']} rounds."
    )
    return f"{told}\n\n{table(['documents', 'peak MiB'], rows)}"


def _peak(count: int) -> float:
    with tempfile.TemporaryDirectory() as held, serving() as server:
        folder = Path(held)
        documents.write(folder / "table.jsonl", count)
        command = Command(
            server, folder / "table.jsonl", folder / "out.jsonl", folder / "cache", 32
        )
        return command.run().peak_mib

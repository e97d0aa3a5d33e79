"""How long the program takes to start and to read an article, as ratios."""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measuring import Figures
from benchmarks.serving import ROOT
from benchmarks.tables import table

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "python -c 'import typer'": [sys.executable, "-c", "import typer"],
    "extractor --help": [str(Path(sys.executable).with_name("extractor")), "--help"],
    "python -c 'from extractor import extract'": [
        sys.executable,
        "-c",
        "from extractor import extract",
    ],
    "python -c 'import openai'": [sys.executable, "-c", "import openai"],
}
BASE = "python -c 'import typer'"

LINE = "“It began at 3 p.m. in Oslo,” Mr. Berg of the U.S. said. Nobody left, he added. "
LENGTHS = (50_000, 500_000, 5_000_000)
"""Characters of one line."""


def measure(quick: bool) -> Figures:
    """Both; reading in a process of its own, so that this one stays small."""
    lengths = LENGTHS[:2] if quick else LENGTHS
    command = [sys.executable, "-m", "benchmarks.parts.start", *map(str, lengths)]
    read = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    rounds = 2 if quick else 15
    return {"rounds": rounds, "start": _start_up(rounds), "reading": json.loads(read.stdout)}


def show(figures: Figures) -> str:
    """Two tables."""
    start = [
        [f"`{name}`", f"{row['ms']:.0f}", f"{row['ratio']:.2f}"]
        for name, row in figures["start"].items()
    ]
    reading = [
        [f"{int(length):,}", f"{row['ms']:.0f}", f"{row['ratio']:.2f}"]
        for length, row in figures["reading"].items()
    ]
    return "\n\n".join(
        [
            f"Median of {figures['rounds']} rounds.",
            table(["command", "ms", "to `import typer`"], start),
            "One line, read into sentences; the ratio is of the time for a character.",
            table(["characters", "ms", "to the shortest"], reading),
        ]
    )


def _start_up(rounds: int) -> Figures:
    """The median of each command, taken in turns, and its ratio to importing typer."""
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            begin = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            seconds[name].append(time.perf_counter() - begin)
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    return {
        name: {"ms": median * 1000, "ratio": median / medians[BASE]}
        for name, median in medians.items()
    }


def reading(lengths: list[int]) -> Figures:
    """How long one line takes to read for each length, and the ratio for each character."""
    from extractor import document

    figures: Figures = {}
    base = 0.0
    for length in lengths:
        text = (LINE * (length // len(LINE) + 1))[:length]
        taken = []
        for _ in range(3):
            begin = time.perf_counter()
            document.read(text, id="a", most_characters=length)
            taken.append((time.perf_counter() - begin) / length)
        base = base or min(taken)
        figures[str(length)] = {"ms": min(taken) * length * 1000, "ratio": min(taken) / base}
    return figures


if __name__ == "__main__":
    sys.stdout.write(json.dumps(reading([int(one) for one in sys.argv[1:]])))

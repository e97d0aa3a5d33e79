"""`make bench`: how long the program takes to start and to read an article, as ratios."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from extractor import document

ROUNDS = 15

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


def main() -> None:
    """Print both."""
    start_up()
    reading()


def reading() -> None:
    """Print how long one line takes to read for each length, and the ratio for each character."""
    base = 0.0
    for length in LENGTHS:
        text = (LINE * (length // len(LINE) + 1))[:length]
        taken = []
        for _ in range(3):
            begin = time.perf_counter()
            document.read(text, id="a", most_characters=length)
            taken.append((time.perf_counter() - begin) / length)
        base = base or min(taken)
        name, ratio = f"read one line of {length:,}", min(taken) / base
        print(f"{name:45} {min(taken) * length * 1000:6.0f} ms   {ratio:5.2f}")


def start_up() -> None:
    """Print the median of each command, taken in turns, and its ratio to importing typer."""
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            begin = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            seconds[name].append(time.perf_counter() - begin)
    base = statistics.median(seconds[BASE])
    for name, taken in seconds.items():
        median = statistics.median(taken)
        print(f"{name:45} {median * 1000:6.0f} ms   {median / base:5.2f}")


if __name__ == "__main__":
    main()

"""`make bench`: how long the program takes to say `--help`, beside what it stands on."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

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


def main() -> None:
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

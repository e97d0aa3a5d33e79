"""The loopback server as a process beside the measured one."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs."""

    port: int

    @property
    def base_url(self) -> str:
        """Where it speaks the OpenAI protocol."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def requests(self) -> int:
        """Completions it was asked for so far."""
        opened = urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
            f"http://127.0.0.1:{self.port}/stats", timeout=30
        )
        with opened as answer:
            told: dict[str, Any] = json.load(answer)
        return int(told["requests"])


@contextmanager
def serving(
    *,
    latency: float = 0.0,
    faults: float = 0.0,
    seed: int = 0,
    poison: tuple[int, str] | None = None,
    limit: tuple[float, int] | None = None,
    tells: bool = False,
) -> Iterator[Running]:
    """A server of its own for the block.

    Args:
        latency: seconds until it answers.
        faults: share of the documents whose first request meets a fault.
        seed: which documents, and which faults.
        poison: a document that meets a fault every time, and the fault.
        limit: requests a second and requests at once, at most; beyond is a 429.
        tells: whether its headers say how much of the limit is left.
    """
    command = [sys.executable, "-m", "benchmarks.server", "--latency", str(latency)]
    command += ["--faults", str(faults), "--seed", str(seed)]
    if poison:
        command += ["--poison", f"{poison[0]}:{poison[1]}"]
    if limit:
        command += ["--rate", str(limit[0]), "--bucket", str(limit[1]), *(["--tells"] * tells)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    try:
        yield Running(int(process.stdout.readline()))
    finally:
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:  # connections left open by a client that was killed
            process.kill()
            process.wait()
        process.stdout.close()

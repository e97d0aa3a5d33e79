"""One contender, measured in this process: `python -m benchmarks.contender openai --port 8000 ...`.

The first sixty documents warm it up: what is imported, read and opened once is not measured. It
prints one JSON line.
"""

import argparse
import json
import resource
import sys
import time

from benchmarks.contenders import CONTENDERS, Task

WARMING_UP = range(60)


def main() -> None:
    """Parse, warm up, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=CONTENDERS)
    parser.add_argument("--port", type=int, required=True, help="of benchmarks.server")
    parser.add_argument("--count", type=int, default=1000, help="documents")
    parser.add_argument("--first", type=int, default=WARMING_UP.stop, help="the first one's number")
    parser.add_argument("--concurrency", type=int, default=32, help="requests at once")
    parser.add_argument("--timeout", type=float, help="seconds for one request")
    told = parser.parse_args()
    if told.first < WARMING_UP.stop:
        parser.error(f"--first: those before {WARMING_UP.stop} warm up")
    task = Task(told.port, told.concurrency, told.timeout)
    line = measure(told.name, task, range(told.first, told.first + told.count))
    sys.stdout.write(json.dumps(line) + "\n")


def measure(name: str, task: Task, numbers: range) -> dict[str, object]:
    """What a contender needs for documents, and what came of them."""
    contender = CONTENDERS[name](task)
    warmed = contender.prepare(WARMING_UP)()
    if len(warmed.done) != len(WARMING_UP):
        raise RuntimeError(f"{name} did not warm up: {warmed.error or warmed.failed}")
    run = contender.prepare(numbers)
    begun, cpu = time.perf_counter(), time.process_time()
    outcome = run()
    seconds, cpu_seconds = time.perf_counter() - begun, time.process_time() - cpu
    lost = sorted(set(numbers) - {*outcome.done, *outcome.failed})
    return {
        "contender": name,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "done": len(outcome.done),
        "failed": len(outcome.failed),
        "lost": len(lost),
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "failed_documents": sorted(outcome.failed),
        "lost_documents": lost,
        "error": outcome.error and outcome.error[:300],
    }


if __name__ == "__main__":
    main()

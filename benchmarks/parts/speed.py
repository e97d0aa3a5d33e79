"""How many documents a second at a given latency, and what each costs in CPU."""

from benchmarks.contenders import CONTENDERS
from benchmarks.measuring import Figures, Load, in_turns, spread
from benchmarks.tables import table

_BASE = "openai"
"""The bare SDK: what the others are compared with."""


def throughput(quick: bool) -> Figures:
    """Documents a second against a server that takes its time."""
    count, rounds = (60, 1) if quick else (1000, 3)
    load = Load(tuple(CONTENDERS), latency=0.2, concurrency=64, count=count, rounds=rounds)
    ideal = load.concurrency / load.latency
    rows: Figures = {}
    for name, lines in in_turns(load).items():
        speed = spread(count / float(line["seconds"]) for line in lines)
        rows[name] = {
            "documents_per_second": speed,
            "share_of_ideal": speed["median"] / ideal,
            **_common(lines),
        }
    base = rows[_BASE]["documents_per_second"]["median"]
    for row in rows.values():
        row["ratio"] = row["documents_per_second"]["median"] / base
    return _figures(load, rows) | {"ideal": ideal}


def show_throughput(figures: Figures) -> str:
    """A line a contender."""
    heads = ["contender", "documents a second", "share of the ideal", "to the bare SDK", "not done"]
    rows = [
        [
            name,
            _spread(row["documents_per_second"], ".0f"),
            f"{row['share_of_ideal']:.0%}",
            f"{row['ratio']:.2f}",
            row["not_done"],
        ]
        for name, row in figures["contenders"].items()
    ]
    told = (
        f"{figures['documents']:,} documents, {figures['concurrency']} at once, an answer after "
        f"{figures['latency'] * 1000:.0f} ms: at best {figures['ideal']:.0f} a second. "
        f"{_rounds(figures)}"
    )
    return f"{told}\n\n{table(heads, rows)}"


def cpu(quick: bool) -> Figures:
    """CPU time of a document against a server that answers at once."""
    count, rounds = (60, 1) if quick else (1000, 3)
    load = Load(tuple(CONTENDERS), latency=0.0, concurrency=32, count=count, rounds=rounds)
    rows: Figures = {}
    for name, lines in in_turns(load).items():
        rows[name] = {
            "cpu_ms_per_document": spread(
                1000 * float(line["cpu_seconds"]) / count for line in lines
            ),
            "peak_mib": spread(float(line["peak_rss_mb"]) for line in lines),
            **_common(lines),
        }
    base = rows[_BASE]["cpu_ms_per_document"]["median"]
    for row in rows.values():
        row["ratio"] = row["cpu_ms_per_document"]["median"] / base
    return _figures(load, rows)


def show_cpu(figures: Figures) -> str:
    """A line a contender."""
    heads = ["contender", "CPU ms a document", "to the bare SDK", "peak MiB", "not done"]
    rows = [
        [
            name,
            _spread(row["cpu_ms_per_document"], ".1f"),
            f"{row['ratio']:.2f}",
            f"{row['peak_mib']['median']:.0f}",
            row["not_done"],
        ]
        for name, row in figures["contenders"].items()
    ]
    told = (
        f"{figures['documents']:,} documents, {figures['concurrency']} at once, answers at once. "
        f"{_rounds(figures)}"
    )
    return f"{told}\n\n{table(heads, rows)}"


def _common(lines: list[Figures]) -> Figures:
    return {"not_done": sum(int(line["failed"]) + int(line["lost"]) for line in lines)}


def _figures(load: Load, rows: Figures) -> Figures:
    return {
        "documents": load.count,
        "concurrency": load.concurrency,
        "latency": load.latency,
        "rounds": load.rounds,
        "contenders": rows,
    }


def _spread(figures: Figures, form: str) -> str:
    return f"{figures['median']:{form}} ({figures['least']:{form}}–{figures['most']:{form}})"


def _rounds(figures: Figures) -> str:
    return f"Median of {figures['rounds']} rounds (least to most)."

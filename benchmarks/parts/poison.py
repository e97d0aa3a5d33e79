"""One document of 64 that meets the same fault every time: the other 63 must not suffer."""

import tempfile
from pathlib import Path

from benchmarks import documents
from benchmarks.command import Command
from benchmarks.contender import WARMING_UP
from benchmarks.contenders import CONTENDERS
from benchmarks.measuring import Figures, contend
from benchmarks.server import FAULTS
from benchmarks.serving import serving
from benchmarks.tables import table

_COUNT, _CONCURRENCY = 64, 16
_POISONED = WARMING_UP.stop + 37
_TIMEOUT = 2.0
_OTHERS = tuple(name for name in CONTENDERS if name != "extractor")


def measure(quick: bool) -> Figures:
    """Every kind of fault, this project through its command line, the others as contenders."""
    kinds = ("broken", "no json") if quick else tuple(FAULTS)
    return {
        "documents": _COUNT,
        "timeout": _TIMEOUT,
        "kinds": {
            kind: {
                "extractor": _ours(kind),
                "others": {name: _other(name, kind) for name in _OTHERS},
            }
            for kind in kinds
        },
    }


def show(figures: Figures) -> str:
    """A line a kind of fault."""
    heads = ["fault", "extractor", "its error", *_OTHERS]
    rows = [
        [
            kind,
            _cell(row["extractor"]["lost"], "" if row["extractor"]["as_it_must_be"] else "WRONG"),
            ", ".join(row["extractor"]["errors"]),
            *(_cell(one["lost"], one["poisoned"]) for one in row["others"].values()),
        ]
        for kind, row in figures["kinds"].items()
    ]
    told = (
        f"Of {figures['documents']} documents one is poisoned. How many of the other "
        f"{figures['documents'] - 1} have no result at the end; *silent* where no exception and "
        "nothing in the results tells that the poisoned one has none either."
    )
    return f"{told}\n\n{table(heads, rows)}"


def _cell(lost: int, remark: str) -> str:
    return f"{lost}, *{remark}*" if remark else str(lost)


def _ours(kind: str) -> Figures:
    """What came of the command line.

    Raises:
        RuntimeError: it is not the poisoned document alone that failed.
    """
    poisoned = documents.id_of(_POISONED)
    with tempfile.TemporaryDirectory() as held, serving(poison=(_POISONED, kind)) as server:
        folder = Path(held)
        documents.write(folder / "table.jsonl", _COUNT, WARMING_UP.stop)
        command = Command(
            server,
            folder / "table.jsonl",
            folder / "out.jsonl",
            folder / "cache",
            _CONCURRENCY,
            {"EXTRACTOR_TIMEOUT": f"{_TIMEOUT:g}", "EXTRACTOR_TRANSPORT_ATTEMPTS": "3"},
        )
        ran = command.run(0, 1, 2)
        done = {line["id"] for line in command.results}
        failed = {str(line["id"]): str(line["error"]) for line in command.failures}
    return {
        "exit_code": ran.code,
        "failed": failed,
        "errors": sorted(set(failed.values())),
        "lost": _COUNT - 1 - len(done - {poisoned}),
        "as_it_must_be": ran.code == 1 and list(failed) == [poisoned] and len(done) == _COUNT - 1,
    }


def _other(name: str, kind: str) -> Figures:
    """How many documents beside the poisoned one a contender has no result of."""
    with serving(poison=(_POISONED, kind)) as server:
        line = contend(name, server.port, _COUNT, _CONCURRENCY, timeout=_TIMEOUT)
    if line is None:
        return {"lost": _COUNT - 1, "poisoned": "hung", "error": None}
    missing = {*line["lost_documents"], *line["failed_documents"]}
    silent = _POISONED in line["lost_documents"] and not line["error"]
    return {
        "lost": len(missing - {_POISONED}),
        "poisoned": "silent" if silent else "",
        "error": line["error"],
    }

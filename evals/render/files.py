"""All forms of a report as files of one folder."""

from collections.abc import Sequence
from pathlib import Path

from evals.render.cases import junit
from evals.render.page import html
from evals.render.summary import markdown
from evals.report import Report


def write(report: Report, folder: Path, findings: Sequence[str] = ()) -> None:
    """Write all forms of the report into `folder`, made if it is missing; each file whole or not.

    Args:
        report: of a run.
        folder: where; files of an earlier report are replaced.
        findings: why the gate is not passed.
    """
    files = {
        "report.json": f"{report.model_dump_json(indent=1)}\n",
        "report.md": markdown(report, findings),
        "report.html": html(report),
        "junit.xml": junit(report, findings),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        part = folder / f"{name}.part"
        part.write_bytes(text.encode("utf-8"))
        part.replace(folder / name)

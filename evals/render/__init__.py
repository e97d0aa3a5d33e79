"""The forms a report is given in, each for its reader, all made from the report alone.

`report.json` is for programs and for `evals.report.read`, `report.md` for the summary of a CI step,
`report.html` for a reviewer, `junit.xml` for a CI's list of tests.
"""

from evals.render.cases import junit
from evals.render.files import write
from evals.render.page import html
from evals.render.summary import markdown

__all__ = ["html", "junit", "markdown", "write"]

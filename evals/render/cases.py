"""The report as JUnit XML: a list of tests that any CI can show."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from evals.render.faults import fault_line
from evals.render.words import one_line, plain
from evals.report import ALL, ArticleReport, Report


def junit(report: Report, findings: Sequence[str] = ()) -> str:
    """The report as JUnit XML: a suite for each language, a case for each article, and the gate.

    An article is a failure when it failed for good or cites what is not its text. Its faults are
    its output: an imperfect model is no failure; one that got worse is the gate's.

    Args:
        report: of a run.
        findings: why the gate is not passed; none where it is.
    """
    root = ET.Element("testsuites", name="evals")
    for language in (name for name in report.scores if name != ALL):
        members = [one for one in report.articles if one.language == language]
        _add_suite(root, language, [_article_case(one, report) for one in members])
    gate = ET.Element("testcase", classname="evals.gate", name="baseline", time="0")
    if findings:
        _add_failure(
            gate, f"{len(findings)} finding{'s' if len(findings) > 1 else ''}", "\n".join(findings)
        )
    _add_suite(root, "gate", [gate])
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add_suite(root: ET.Element, name: str, cases: Sequence[ET.Element]) -> None:
    suite = ET.SubElement(
        root,
        "testsuite",
        name=plain(name),
        tests=str(len(cases)),
        failures=str(sum(case.find("failure") is not None for case in cases)),
        errors="0",
        skipped="0",
        time=f"{sum(float(case.get('time', 0)) for case in cases):.2f}",
    )
    suite.extend(cases)


def _article_case(article: ArticleReport, report: Report) -> ET.Element:
    case = ET.Element(
        "testcase",
        classname=plain(f"evals.{article.language}"),
        name=plain(article.id),
        time=f"{report.times.articles.get(article.id, 0.0):.2f}",
    )
    pieces, grounded = (article.counts.get(f"evidence.{one}", 0) for one in ("pieces", "grounded"))
    if article.failed is not None:
        _add_failure(case, one_line(article.failed, 200), article.failed)
    elif pieces != grounded:
        what = f"{pieces - grounded} of {pieces} pieces of evidence are not the article's text"
        _add_failure(case, what, what)
    if article.faults:
        lines = [fault_line(article, fault) for fault in article.faults]
        ET.SubElement(case, "system-out").text = "\n".join(lines)
    return case


def _add_failure(case: ET.Element, message: str, text: str) -> None:
    ET.SubElement(case, "failure", message=plain(message)).text = plain(text)

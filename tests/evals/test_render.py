"""The forms of a report: what each shows, and that an article is data in all of them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pydantic import BaseModel

from evals import report as reports
from evals.gold import Case
from evals.metrics import Score
from evals.render import html, junit, markdown, write
from evals.render.faults import fault_line
from evals.render.sheets import Sheet, sheets
from evals.render.spans import Span, segments
from evals.render.words import interval
from evals.report import Report
from extractor.result import Extraction
from schemas import Actor, EventDate, Evidence, Place
from tests.evals.cases import (
    ADDED,
    MET,
    OMAR,
    SAID,
    TEXT,
    case,
    evidence,
    found,
    full,
    meeting,
    outcome,
    record,
    report_of,
    statement,
)

HOSTILE = (
    "<script>alert(1)</script> {{ 7*7 }} {% raw %} {# | `a` ``` ]]> </details></summary> "
    "<!-- \x00\x07\x1b\x85\u200f\u202e\ufffe &amp; \"' onclick=x [a](b) **b** _c_ ~d~ # @e "
    "https://f.example www.g.example \\ $h$"
)
HARMLESS = "x" * len(HOSTILE)


def report_with(words: str) -> Report:
    """A report with `words` wherever it has words of others."""
    text = f"{words} first. {words} second."
    cited = Evidence(start=5, end=len(words) + 12, text=text[5 : len(words) + 12])
    label = full().records["meetings"][0]
    label = label.model_copy(
        update={
            "participants": [
                one.model_copy(update={"name": [words, words], "role": words})
                for one in label.participants
            ],
            "topics": [words],
            "place": [words],
            "evidence": [cited],
        }
    )
    labelled = replace(_empty(text), id=words, records=_empty().records | {"meetings": [label]})
    this = record(full(), "meetings").model_copy(
        update={
            "participants": [
                Actor.model_construct(name=words, kind="person", role=words, country=words)
            ],
            "date": EventDate.model_construct(text=words, value="2025-03"),
            "place": Place.model_construct(name=words, country=None),
            "evidence": [cited, Evidence.model_construct(start=9, end=20, text=words)],
        }
    )
    extraction = found(_empty(text), meetings=[this])
    extraction.warnings = [words]
    failing = replace(full("en-002"), id=f"{words} 2")
    report = report_of(outcome(labelled, extraction), outcome(failing, None, words))
    return report.model_copy(update={"model": words, "gold": words, "left_out": [words]})


def _empty(text: str = TEXT) -> Case:
    return case(text=text)


def faulty() -> Report:
    """A report with a fault of each kind, a failed article and one without any record."""
    whole = case(
        meetings=[meeting(), meeting(participants=[OMAR, OMAR | {"name": "Lena Vogt"}])],
        statements=[statement()],
    )
    met = record(whole, "meetings").model_copy(update={"date": None, "format": "phone"})
    said = record(whole, "statements")
    swapped = said.model_copy(update={"speaker": said.addressee, "addressee": said.speaker})
    return report_of(
        outcome(whole, found(whole, meetings=[met], statements=[swapped])),
        outcome(full("ru-001", "ru"), None, "OutputInvalidError: no valid answer"),
        outcome(case("bg-001", "bg"), found(case("bg-001", "bg"))),
    )


class Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}",))

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment",))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_hostile_words_add_no_tag_to_the_page() -> None:
    page, other = Page(html(report_with(HOSTILE))), Page(html(report_with(HARMLESS)))
    assert page.tags == other.tags


def test_hostile_words_are_shown_by_the_page_as_they_are() -> None:
    page = html(report_with(HOSTILE))
    assert "".join(Page(page).texts).count("{{ 7*7 }} {% raw %} {# | `a`") > 10
    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", page
    )


def test_hostile_words_add_no_markup_to_markdown() -> None:
    active = re.compile(r"[^<>|`*_~\[\]\\@$\n]|://|www\.")
    told, other = markdown(report_with(HOSTILE)), markdown(report_with(HARMLESS))
    assert active.sub("", told) == active.sub("", other)
    assert "://" not in told
    assert "www." not in told


def test_hostile_words_add_no_element_to_junit() -> None:
    suites, other = (ET.fromstring(junit(report_with(one), [one])) for one in (HOSTILE, HARMLESS))
    assert [one.tag for one in suites.iter()] == [one.tag for one in other.iter()]
    assert "".join(suites.itertext()).count("]]> </details>") > 3


def test_every_form_can_be_written_with_a_lone_surrogate_in_it() -> None:
    report = report_with("\ud800")
    for text in (html(report), markdown(report), junit(report)):
        text.encode()


def test_page_asks_for_nothing_and_runs_nothing() -> None:
    page = html(faulty())
    seen = Page(page)
    links = [value or "" for name, value in seen.attributes if name in ("href", "src", "action")]
    assert all(link.startswith(("#", "data:")) for link in links)
    assert not re.search(r"url\(|@import|<script|\son\w+=", page)
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert ("content", policy) in seen.attributes


def test_every_link_of_the_page_leads_somewhere() -> None:
    seen = Page(html(faulty()))
    anchors = {value for name, value in seen.attributes if name == "id"}
    links = {value[1:] for name, value in seen.attributes if name == "href" and value[0] == "#"}
    assert links
    assert links <= anchors


def test_every_article_is_in_the_page_the_most_faulty_first() -> None:
    report = faulty()
    titles = re.findall(
        r"<h3><bdi>([\w-]+)</bdi> <span>(\w+)</span> <span>(\d+) fault", html(report)
    )
    assert titles == [
        (one.id, one.language, str(len(one.faults)))
        for one in sorted(report.articles, key=lambda one: -len(one.faults))
    ]


def test_text_of_every_article_is_in_the_page() -> None:
    assert "".join(Page(html(faulty())).texts).count(TEXT) == 3


def _scores(part: Any) -> Iterator[Score]:
    """All scores in a part of a report."""
    if isinstance(part, Score):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _scores(getattr(part, name))
    elif isinstance(part, dict):
        for inner in part.values():
            yield from _scores(inner)


def test_every_score_is_in_the_page_with_its_denominator() -> None:
    report = faulty()
    text = " ".join("".join(Page(html(report)).texts).split())
    for score in _scores(report.scores):
        if score.value is not None:
            assert f"{interval(score)} of {score.of}" in text or (
                f"{interval(score)} mean F1 of {score.of}" in text
            )


def test_headline_of_every_language_is_in_markdown() -> None:
    report = faulty()
    told = markdown(report)
    for name, group in report.scores.items():
        assert f"| **{name}** | **{interval(group.headline)}** | {group.headline.of} |" in told


@pytest.mark.parametrize("render", [html, markdown, junit])
def test_no_score_is_shown_as_a_word_of_the_language(render: Any) -> None:
    for report in (faulty(), report_of(outcome(_empty(), None, "failed")), report_of()):
        assert not re.search(r"\b(nan|NaN|None|inf|Undefined)\b", render(report))


def test_score_is_a_percentage_with_an_interval() -> None:
    assert interval(Score(value=0.4126, low=0.35, high=0.481, of=75)) == "41.3 (35.0–48.1)"
    assert interval(Score(value=None, low=None, high=None, of=0)) == "–"


def test_overlapping_evidence_is_cut_at_every_end() -> None:
    spans = [
        Span(2, 8, "gold meeting 1", is_gold=True),
        Span(5, 11, "predicted statement 2", is_gold=False),
        Span(5, 8, "predicted statement 2", is_gold=False),
    ]
    cut = segments("0123456789ab", spans)
    assert [(one.text, one.cited, one.title) for one in cut] == [
        ("01", "", ""),
        ("234", "gold", "gold meeting 1"),
        ("567", "both", "gold meeting 1; predicted statement 2"),
        ("89a", "predicted", "predicted statement 2"),
        ("b", "", ""),
    ]


@pytest.mark.parametrize(
    "spans",
    [
        pytest.param([], id="none"),
        pytest.param([(0, 6)], id="whole"),
        pytest.param([(0, 3), (3, 6)], id="neighbours"),
        pytest.param([(1, 4), (1, 4), (2, 3)], id="nested"),
        pytest.param([(4, 99), (50, 60)], id="outside"),
    ],
)
def test_segments_together_are_the_text(spans: list[tuple[int, int]]) -> None:
    text = "а🇧🇬б\nв"
    cut = segments(text, [Span(*one, "gold meeting 1", is_gold=True) for one in spans])
    assert "".join(one.text for one in cut) == text
    assert all(one.text for one in cut)


def test_failed_article_is_a_failure_in_junit() -> None:
    suites = ET.fromstring(junit(faulty()))
    (suite,) = suites.findall("testsuite[@name='ru']")
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert suite.findtext("testcase/failure") == "OutputInvalidError: no valid answer"


def test_article_with_faults_alone_passes_in_junit_and_tells_them() -> None:
    suites = ET.fromstring(junit(faulty()))
    (one,) = suites.findall("testsuite[@name='en']/testcase")
    assert one.find("failure") is None
    assert (
        "missing meeting 2 (Omar Haddad, Lena Vogt)" in one.findtext("system-out", "").splitlines()
    )


def test_ungrounded_evidence_is_a_failure_in_junit() -> None:
    whole = full()
    bent = record(whole, "meetings").model_copy(
        update={"evidence": [Evidence(start=0, end=4, text="Olga")]}
    )
    report = report_of(outcome(whole, found(whole, meetings=[bent])))
    failure = ET.fromstring(junit(report)).findtext(".//failure", "")
    assert failure == "1 of 5 pieces of evidence are not the article's text"
    assert failure in html(report).replace("&#39;", "'")


def test_gate_of_junit_fails_with_its_findings() -> None:
    gate = ET.fromstring(junit(faulty(), ["meetings got worse", "grounded < 1"])).find(
        "testsuite[@name='gate']"
    )
    assert gate is not None
    assert gate.get("failures") == "1"
    assert gate.findtext("testcase[@name='baseline']/failure") == "meetings got worse\ngrounded < 1"
    passed = ET.fromstring(junit(faulty())).find("testsuite[@name='gate']")
    assert passed is not None
    assert passed.get("failures") == "0"


def _faults_of(this: Case, extraction: Extraction | None) -> list[str]:
    (article,) = report_of(outcome(this, extraction)).articles
    return [fault_line(article, fault) for fault in article.faults]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param(
            {"date": None}, "missing date of meeting 1: expected 2025-03-20, found null", id="null"
        ),
        pytest.param(
            {"date": EventDate(text="in March", value="2025-03")},
            "partial date of meeting 1: expected 2025-03-20, found 2025-03 (“in March”)",
            id="date",
        ),
        pytest.param(
            {"status": "planned"},
            "incorrect status of meeting 1: expected held, found planned",
            id="choice",
        ),
        pytest.param(
            {"place": Place.model_validate("Milan, Italy")},
            "incorrect place of meeting 1: expected Rome, Italy, found Milan, Italy",
            id="place",
        ),
        pytest.param(
            {"participants": [Actor(name="Anna Berg", kind="person", role=None, country="NOR")]},
            "missing participants of meeting 1: expected Jean Moreau, found nothing",
            id="actors",
        ),
        pytest.param(
            {"participants": [Actor(name="Anna Berg", kind="person", role=None, country="NOR")]},
            "incorrect country of meeting 1: expected Anna Berg SWE, Jean Moreau FRA, "
            "found Anna Berg NOR",
            id="country",
        ),
    ],
)
def test_fault_of_a_field_says_what_was_expected(changed: dict[str, Any], told: str) -> None:
    whole = case(meetings=[meeting()])
    assert told in _faults_of(
        whole, found(whole, meetings=[record(whole, "meetings").model_copy(update=changed)])
    )


def test_fault_of_a_record_names_its_actors() -> None:
    whole, other = full(), case(meetings=[meeting(participants=[OMAR, OMAR])])
    faults = _faults_of(whole, found(whole, meetings=[record(other, "meetings")]))
    assert "missing meeting 1 (Anna Berg, Jean Moreau)" in faults
    assert "spurious meeting 1 (Omar Haddad, Omar Haddad)" in faults


def test_fault_of_a_record_found_in_part_counts_its_sentences() -> None:
    whole = full()
    half = record(whole, "statements").model_copy(update={"evidence": evidence(SAID)})
    faults = _faults_of(whole, found(whole, statements=[half]))
    assert faults == ["missing part of statement 1 (Anna Berg): 1 of 2 sentences found"]


def test_swap_is_told_with_both_roles() -> None:
    told = (
        "statement 1: expected speaker Anna Berg, addressee Jean Moreau; "
        "found speaker Jean Moreau, addressee Anna Berg"
    )
    assert f"**en-001** {told}" in markdown(faulty())
    assert told in html(faulty())


def _sheets_of(this: Case, extraction: Extraction) -> list[Sheet]:
    (article,) = report_of(outcome(this, extraction)).articles
    return sheets(article)


def test_record_found_stands_beside_its_label() -> None:
    whole = full()
    for sheet in _sheets_of(whole, found(whole)):
        assert [(one.mark, one.told) for one in sheet.gold] == [("right", "found")]
        assert [(one.mark, one.told) for one in sheet.predicted] == [("right", "matched")]


def test_label_found_as_two_records_stands_beside_both() -> None:
    whole = case(statements=[statement()])
    halves = [
        record(whole, "statements").model_copy(update={"evidence": evidence(one)})
        for one in (ADDED, SAID)
    ]
    (sheet,) = _sheets_of(whole, found(whole, statements=halves))
    assert [one.title for one in sheet.gold] == ["gold statement 1"]
    assert [one.title for one in sheet.predicted] == [
        "predicted statement 1",
        "predicted statement 2",
    ]


def test_records_without_a_partner_stand_first_and_alone() -> None:
    whole = case(meetings=[meeting(), meeting(participants=[OMAR, OMAR], evidence=[SAID])])
    spurious = record(whole, "meetings").model_copy(update={"evidence": evidence(ADDED)})
    told = [
        (sheet.gold[0].told, sheet.predicted[0].told)
        for sheet in _sheets_of(whole, found(whole, meetings=[spurious, record(whole, "meetings")]))
    ]
    assert told == [("missing", ""), ("", "spurious"), ("found", "matched")]


def test_optional_label_is_marked_as_such() -> None:
    whole = case(meetings=[meeting(optional=True)])
    (sheet,) = _sheets_of(whole, found(whole, meetings=[]))
    assert (sheet.gold[0].mark, sheet.gold[0].told) == ("optional", "optional, not found")


def test_wrong_field_is_marked_in_its_cell() -> None:
    whole = case(meetings=[meeting()])
    this = record(whole, "meetings").model_copy(update={"status": "planned"})
    (sheet,) = _sheets_of(whole, found(whole, meetings=[this]))
    marked = {line.label: line.predicted[0].faults for line in sheet.lines}
    assert {label for label, faults in marked.items() if faults} == {"status"}
    assert marked["status"] == ["incorrect"]


def test_evidence_in_the_page_names_the_records() -> None:
    whole = case(meetings=[meeting()])
    assert f'title="gold meeting 1; predicted meeting 1">{MET}</mark>' in html(
        report_of(outcome(whole, found(whole)))
    )


def test_files_are_written_whole_and_read_back(tmp_path: Path) -> None:
    report, folder = faulty(), tmp_path / "new" / "folder"
    write(report_of(), folder)
    write(report, folder, ["worse"])
    assert {one.name for one in folder.iterdir()} == {
        "report.json",
        "report.md",
        "report.html",
        "junit.xml",
    }
    assert reports.read(folder) == report
    assert (folder / "report.json").read_text().endswith("}\n")
    assert (folder / "report.md").read_text(encoding="utf-8") == markdown(report, ["worse"])
    assert (folder / "report.html").read_text(encoding="utf-8") == html(report)
    assert (folder / "junit.xml").read_text(encoding="utf-8") == junit(report, ["worse"])

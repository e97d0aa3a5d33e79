"""Two runs side by side."""

import pytest

from evals.compare import Verdict, compare, power, verdict
from evals.metrics import Score
from evals.report import Report
from evals.screen import comparison
from extractor import SetupError
from schemas import Place
from tests.evals.cases import case, found, full, meeting, outcome, record, report_of

IDS = [f"en-{number:03}" for number in range(1, 17)]


def run(lost: int = 0, ids: list[str] | None = None) -> Report:
    """A run that finds everything but the meetings of the first `lost` articles."""
    outcomes = []
    for number, name in enumerate(ids or IDS):
        this = full(name)
        outcomes.append(outcome(this, found(this, meetings=[]) if number < lost else found(this)))
    return report_of(*outcomes)


def test_run_against_itself_passes_without_a_change() -> None:
    result = compare(run(), run())
    assert result.verdict is Verdict.PASS
    assert {one.change.value for one in result.changes} == {0.0}
    assert result.flips == []


def test_many_lost_records_fail() -> None:
    result = compare(run(), run(lost=12))
    assert result.verdict is Verdict.FAIL
    assert len(result.flips) == 12
    assert (result.flips[0].before, result.flips[0].after) == (1.0, 0.0)


def test_better_run_passes() -> None:
    assert compare(run(lost=12), run()).verdict is Verdict.PASS


def test_one_lost_record_of_many_is_inconclusive() -> None:
    result = compare(run(), run(lost=2))
    assert result.verdict is Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (-0.02, 0.1, Verdict.PASS),
        (-0.021, 0.1, Verdict.INCONCLUSIVE),
        (-0.5, -0.02, Verdict.INCONCLUSIVE),
        (-0.5, -0.021, Verdict.FAIL),
        (None, None, Verdict.INCONCLUSIVE),
    ],
)
def test_verdict(low: float | None, high: float | None, told: Verdict) -> None:
    assert verdict(Score(value=0, low=low, high=high, of=16)) is told


def test_only_articles_of_both_runs_are_compared() -> None:
    result = compare(run(ids=IDS[:10]), run(ids=IDS[5:]))
    assert result.articles == 5
    assert len(result.left_out) == 11


def test_runs_without_a_common_article_are_refused() -> None:
    with pytest.raises(SetupError, match="share no article"):
        compare(run(ids=IDS[:2]), run(ids=IDS[2:4]))


def test_runs_on_different_labels_are_refused() -> None:
    this = case(meetings=[meeting(status="planned")])
    with pytest.raises(SetupError, match="labels of 'en-001' differ"):
        compare(run(ids=["en-001"]), report_of(outcome(this, found(this))))


def test_spurious_records_are_counted() -> None:
    this = full()
    twice = found(this, meetings=[record(this, "meetings"), record(this, "meetings")])
    result = compare(run(ids=["en-001"]), report_of(outcome(this, twice)))
    assert result.spurious == (0, 1)


def test_spurious_value_of_a_field_is_no_spurious_record() -> None:
    this = case(meetings=[meeting(place=None)])
    there = record(this, "meetings").model_copy(update={"place": Place.model_validate("Rome")})
    before = report_of(outcome(this, found(this)))
    after = report_of(outcome(this, found(this, meetings=[there])))
    assert [fault.kind for fault in after.articles[0].faults] == ["spurious"]
    assert compare(before, after).spurious == (0, 0)


def test_comparison_is_shown_with_its_verdict_first_and_names_that_cannot_act() -> None:
    hostile = "<b>Anna</b> | `Berg`"
    actors = [
        {"name": hostile, "kind": "person", "role": None, "country": None},
        {"name": "Jean Moreau", "kind": "person", "role": None, "country": None},
    ]
    this = case(meetings=[meeting(participants=actors)])
    shown = comparison(
        compare(
            report_of(outcome(this, found(this))),
            report_of(outcome(this, found(this, meetings=[]))),
        )
    )
    assert shown.startswith("# ")
    row = next(line for line in shown.splitlines() if "Moreau" in line)
    assert "<b>" not in row
    assert row.count(" | ") == 4
    assert "&#124;" in row


def test_larger_losses_are_seen_more_often() -> None:
    small, large = power(run(), losses=(0.01, 0.5), runs=20)
    assert large.change < small.change < 0
    assert small.failed < large.failed == 1

"""Runs, recordings, replays and the gate, over a loopback server that stands in for a model."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evals import gate, gold, project, recordings
from evals.project import Project
from evals.recordings import NotRecordedError, Recorder, Replay
from evals.report import Report
from evals.run import Outcome
from extractor import ModelUnavailableError, Settings, SetupError
from prompts import Example
from tests.evals.test_gold import GOOD, TEXT
from tests.scripted import Server, answer, meeting, statement

Ran = tuple[Report, list[Outcome]]


@pytest.fixture
def place(tmp_path: Path) -> Project:
    """A project with two articles, one meeting each."""
    folder = tmp_path / "evals" / "gold" / "en"
    folder.mkdir(parents=True)
    for stem in ("en-001", "en-002"):
        (folder / f"{stem}.txt").write_text(f"{TEXT}The end of {stem}.\n", encoding="utf-8")
        labels = GOOD.replace("en-001", stem)
        (folder / f"{stem}.yaml").write_text(labels, encoding="utf-8")
    return Project(tmp_path / "evals")


@pytest.fixture
def record(place: Project, server: Server) -> Callable[..., Ran]:
    """Ask the server about the gold and record what it says."""

    def record(limit: int = 2, to: Path | None = None, **given: object) -> Ran:
        settings = Settings.from_environment(
            model="scripted", base_url=server.url, concurrency=1, **given
        )
        cases = gold.load(place.gold)
        return project.live(
            cases,
            cases[:limit],
            settings,
            folder=place.gold,
            record_to=to or place.recordings("scripted"),
            on_outcome=lambda _: None,
        )

    return record


def test_run_scores_what_the_model_says(record: Callable[..., Ran], server: Server) -> None:
    server.say(answer(meeting(1)))
    report, outcomes = record()
    scores = report.scores["all"].types["meetings"]
    assert (scores.gold, scores.predicted, scores.matched) == (2, 2, 2)
    assert len(server.requests) == 2
    assert [one.case.id for one in outcomes] == ["en-001", "en-002"]
    assert (report.usage.calls, report.usage.input_tokens) == (2, 200)


def test_replay_gives_the_same_report_without_a_request(
    record: Callable[..., Ran], server: Server, place: Project
) -> None:
    server.say(answer(meeting(1)))
    live, _ = record()
    asked = len(server.requests)
    reports = [project.replay(place, "scripted")[0] for _ in range(2)]
    texts = [one.model_dump_json(exclude={"times", "gold"}) for one in (live, *reports)]
    assert texts[0] == texts[1] == texts[2]
    assert len(server.requests) == asked


def test_second_run_goes_on_from_the_cache_and_costs_the_same_in_the_report(
    record: Callable[..., Ran], server: Server
) -> None:
    server.say(answer(meeting(1)))
    first, _ = record(limit=1)
    second, _ = record()
    assert len(server.requests) == 2
    assert second.articles[0].usage == first.articles[0].usage


def test_article_that_is_not_recorded_is_left_out_and_named(
    record: Callable[..., Ran], server: Server, place: Project
) -> None:
    server.say(answer(meeting(1)))
    record(limit=1)
    report, _ = project.replay(place, "scripted")
    assert [one.id for one in report.articles] == ["en-001"]
    assert report.left_out == ["en-002"]


def test_changed_article_is_not_replayed(
    record: Callable[..., Ran], server: Server, place: Project
) -> None:
    server.say(answer(meeting(1)))
    record()
    path = place.gold / "en" / "en-001.txt"
    path.write_text(path.read_text() + "More was said.\n", encoding="utf-8")
    with pytest.raises(
        NotRecordedError, match=r"^en-001: .*python -m evals run --model .* --record"
    ):
        project.replay(place, "scripted")
    assert len(server.requests) == 2


def test_nothing_recorded_names_the_command(place: Project) -> None:
    with pytest.raises(SetupError, match="python -m evals run --model nobody --record"):
        project.replay(place, "nobody")


def test_recording_without_its_article_is_told(
    record: Callable[..., Ran], server: Server, place: Project
) -> None:
    server.say(answer())
    record()
    (place.gold / "en" / "en-002.txt").unlink()
    (place.gold / "en" / "en-002.yaml").unlink()
    with pytest.raises(SetupError, match="en-002"):
        project.replay(place, "scripted")


def test_damaged_recording_is_told(
    record: Callable[..., Ran], server: Server, place: Project
) -> None:
    server.say(answer())
    record()
    path = place.recordings("scripted") / "en-001.json.gz"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(SetupError, match="is no recording"):
        project.replay(place, "scripted")


def test_recording_holds_what_the_server_said_and_no_key(
    record: Callable[..., Ran], server: Server, place: Project
) -> None:
    server.say(answer(meeting(1)))
    record(api_key="secret-key")
    data = gzip.decompress((place.recordings("scripted") / "en-001.json.gz").read_bytes())
    (entry,) = json.loads(data)["answers"].values()
    assert entry["text"] == answer(meeting(1))
    assert b"secret-key" not in data


def test_recording_twice_gives_the_same_bytes(
    record: Callable[..., Ran], server: Server, place: Project, tmp_path: Path
) -> None:
    server.say(answer(meeting(1)))
    record()
    record(to=tmp_path / "again")
    for path in place.recordings("scripted").iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


def test_article_that_failed_for_good_is_missed_and_replayed_as_failed(
    record: Callable[..., Ran], server: Server, place: Project
) -> None:
    server.say("no JSON")
    live, _ = record(limit=1)
    report, _ = project.replay(place, "scripted")
    for one in (live, report):
        assert one.scores["all"].failed == 1
        assert one.scores["all"].types["meetings"].f1.value == 0
        assert "OutputInvalidError" in (one.articles[0].failed or "")


def test_article_that_the_server_failed_is_missed_and_not_recorded(
    record: Callable[..., Ran], server: Server, place: Project
) -> None:
    server.say(answer(meeting(1)))
    server.fail(500)
    report, _ = record()
    assert report.scores["all"].failed == 1
    assert list(recordings.read(place.recordings("scripted"))) == ["en-001"]


def test_server_that_never_answers_ends_the_run(record: Callable[..., Ran], server: Server) -> None:
    server.fail(500)
    with pytest.raises(ModelUnavailableError):
        record()


def test_recorder_keeps_articles_apart() -> None:
    recorder = Recorder(Replay({}, "x"))
    with recorder.article() as one, pytest.raises(NotRecordedError):
        recorder.get("k")
    assert one == {}


# The gate


@pytest.fixture
def pinned(record: Callable[..., Ran], server: Server, place: Project) -> Project:
    """A project whose first meeting is found and whose second is not, recorded and pinned."""
    server.say(answer(meeting(1), statement(1)))
    server.say(answer())
    record()
    report, _ = project.replay(place, "scripted")
    assert gate.pin(place, report, None, None) == []
    return place


def findings(place: Project) -> list[str]:
    report, _, baseline = gate.run(place)
    assert baseline
    return gate.findings(report, baseline)


def test_gate_passes_what_was_pinned(pinned: Project) -> None:
    assert findings(pinned) == []


def test_deleted_gold_record_fails_the_gate(pinned: Project) -> None:
    path = pinned.gold / "en" / "en-002.yaml"
    text = path.read_text(encoding="utf-8")
    begin, end = text.index("meetings:"), text.index("statements:")
    path.write_text(text[:begin] + "meetings: []\n" + text[end:], encoding="utf-8")
    told = findings(pinned)
    assert any("the gold is not the one" in one for one in told)
    assert "all: meetings.gold was 2, is 1" in told
    assert "--pin" in told[-1]


def test_edited_baseline_count_fails_the_gate(pinned: Project) -> None:
    text = pinned.baseline.read_text(encoding="utf-8")
    edited = text.replace('"meetings.matched": 1', '"meetings.matched": 2', 1)
    assert edited != text
    pinned.baseline.write_text(edited, encoding="utf-8")
    assert findings(pinned)[0] == "all: meetings.matched was 2, is 1"


def test_ungrounded_record_fails_the_gate_and_cannot_be_pinned(pinned: Project) -> None:
    report, _, baseline = gate.run(pinned)
    article = report.articles[0]
    loose = article.model_copy(update={"counts": article.counts | {"evidence.grounded": 0}})
    bad = report.model_copy(update={"articles": [loose, *report.articles[1:]]})
    assert baseline
    assert "are not the article's text" in gate.findings(bad, baseline)[0]
    with pytest.raises(SetupError, match="are not the article's text"):
        gate.pin(pinned, bad, baseline, "a reason is no help")


def test_changed_scorer_fails_the_gate(pinned: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.report._SCORER", ("score",))
    assert any("the scorer is not the one" in one for one in findings(pinned))


def test_changed_prompt_word_fails_the_gate_and_says_what_to_do(
    pinned: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    import prompts

    def changed(*args: object, **kwargs: object) -> Example:
        example = real(*args, **kwargs)
        return Example(example.language, example.context, ("A word.",), example.answer)

    real = prompts._example
    prompts.load.cache_clear()
    monkeypatch.setattr(prompts, "_example", changed)
    try:
        with pytest.raises(SetupError) as error:
            gate.run(pinned)
    finally:
        prompts.load.cache_clear()
    assert str(error.value).startswith("the prompt changed")
    assert "python -m evals run --model scripted --record" in str(error.value)
    assert "python -m evals gate --pin" in str(error.value)


def test_lost_and_new_recordings_fail_the_gate(pinned: Project) -> None:
    path = pinned.recordings("scripted") / "en-002.json.gz"
    data = path.read_bytes()
    path.unlink()
    assert any("no longer recorded: en-002" in one for one in findings(pinned))
    report, _, baseline = gate.run(pinned)
    gate.pin(pinned, report, baseline, "fewer articles")
    path.write_bytes(data)
    assert any("recorded since the baseline: en-002" in one for one in findings(pinned))


def test_lower_score_is_pinned_with_a_reason_only(
    pinned: Project, record: Callable[..., Ran], server: Server
) -> None:
    server.requests.clear()
    server.answers.clear()
    server.say(answer())
    record(cache_dir=pinned.root / "other")
    report, _, baseline = gate.run(pinned)
    assert gate.findings(report, baseline)
    with pytest.raises(SetupError, match=r"scores fell.*--allow-regression"):
        gate.pin(pinned, report, baseline, None)
    assert gate.pin(pinned, report, baseline, "a smaller prompt")
    after = gate.read(pinned.baseline)
    assert after
    assert [one.reason for one in after.regressions] == ["a smaller prompt"]
    assert findings(pinned) == []


def test_damaged_baseline_is_told(pinned: Project) -> None:
    pinned.baseline.write_text("{}", encoding="utf-8")
    with pytest.raises(SetupError, match="is no baseline"):
        gate.run(pinned)

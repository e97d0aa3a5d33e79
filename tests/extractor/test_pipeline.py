"""A document through the pipeline, with scripted answers."""

import json
from dataclasses import replace
from datetime import date

import pytest

from extractor import Extraction, ModelUnavailableError, OutputTruncatedError, document, pipeline
from tests.scripted import SMALL_WINDOWS, ScriptedModel, answer, meeting, statement

TEXT = (
    "date 2025-03-21 Anna Berg met Jean Moreau in Rome on Thursday.\r\n"
    "The talks went well, she said. “We shall sign,” she added.\r\n"
)


async def extract(model: ScriptedModel, text: str = TEXT) -> Extraction:
    return await pipeline.run(document.read(text, id="d", most_characters=10**6), model)


async def test_whole_article_is_one_question_to_a_large_model() -> None:
    model = ScriptedModel(lambda sentences: answer())
    await extract(model)
    assert [len(asked) for asked in model.asked] == [3]


async def test_small_model_is_asked_sentence_by_sentence() -> None:
    model = ScriptedModel(lambda sentences: answer(), SMALL_WINDOWS)
    await extract(model)
    assert [len(asked) for asked in model.asked] == [1, 1, 1]


async def test_records_stand_under_their_type_with_exact_evidence() -> None:
    found = await extract(ScriptedModel(lambda sentences: answer(statement(2), meeting(1))))
    assert len(found.meetings) == len(found.statements) == 1
    for record in (*found.meetings, *found.statements):
        for evidence in record.evidence:
            assert TEXT[evidence.start : evidence.end] == evidence.text


def persons(*names: str) -> list[dict[str, str | None]]:
    return [{"name": name, "kind": "person", "role": None, "country": None} for name in names]


async def test_date_that_says_nothing_of_time_is_left_out_and_told() -> None:
    found = await extract(ScriptedModel(lambda _: answer(meeting(1, date="in Rome"))))
    assert found.meetings[0].date is None
    assert found.warnings == ["date 'in Rome' left out: it says nothing of time"]


async def test_one_event_in_two_spellings_is_one_record_with_the_evidence_of_both() -> None:
    text = "Владимир Путин встретился с Садыром Жапаровым. Позже Путин и Жапаров дали обед."
    said = iter([persons("Vladimir Putin", "Sadir Zhaparov"), persons("Poutine", "Japarov")])
    model = ScriptedModel(lambda _: answer(meeting(1, participants=next(said))), SMALL_WINDOWS)
    found = await extract(model, text)
    (one,) = found.meetings
    assert [actor.name for actor in one.participants] == ["Vladimir Putin", "Sadyr Japarov"]
    assert [actor.country for actor in one.participants] == ["RUS", "KGZ"]
    assert len(one.evidence) == 2


async def test_what_is_no_meeting_once_its_actors_are_known_is_left_out_and_told() -> None:
    text = "Vladimir Putin, the president of Russia, spoke in Moscow."
    said = persons("Vladimir Putin", "Russian president")
    found = await extract(ScriptedModel(lambda _: answer(meeting(1, participants=said))), text)
    assert found.meetings == []
    assert "two different participants" in found.warnings[0]


async def test_provenance_is_complete() -> None:
    found = await extract(ScriptedModel(lambda sentences: answer()))
    assert (found.id, found.language, found.published) == ("d", "en", date(2025, 3, 21))
    assert (found.model, found.prompt_version) == ("scripted", "v1")
    assert found.usage.calls == 1


async def test_what_the_bytes_were_decoded_from_is_in_the_result() -> None:
    read = document.read(TEXT, id="d", encoding="cp1251", most_characters=10**6)
    found = await pipeline.run(read, ScriptedModel(lambda sentences: answer()))
    assert found.encoding == "cp1251"
    assert (await extract(ScriptedModel(lambda sentences: answer()))).encoding is None


async def test_lines_that_are_left_out_are_told_by_their_offsets() -> None:
    read = document.read(TEXT, id="d", most_characters=10**6)
    read = replace(read, left_out=((0, 15), (63, 70)))
    found = await pipeline.run(read, ScriptedModel(lambda sentences: answer()))
    assert found.left_out == [(0, 15), (63, 70)]
    assert Extraction.model_validate_json(found.model_dump_json()) == found


async def test_line_of_output_reads_back_as_it_was() -> None:
    found = await extract(ScriptedModel(lambda sentences: answer(meeting(1, date="on Thursday"))))
    line = found.model_dump_json()
    assert Extraction.model_validate_json(line) == found
    assert list(json.loads(line))[:8] == [
        "id", "source", "language", "published",
        "meetings", "statements", "agreements", "sanctions",
    ]  # fmt: skip
    assert "type" not in json.loads(line)["meetings"][0]


async def test_date_counts_from_publication() -> None:
    found = await extract(ScriptedModel(lambda sentences: answer(meeting(1, date="on Thursday"))))
    day = found.meetings[0].date
    assert day is not None
    assert (day.text, day.value) == ("on Thursday", "2025-03-20")


async def test_date_that_the_article_does_not_name_is_left_out_with_a_warning() -> None:
    found = await extract(ScriptedModel(lambda sentences: answer(meeting(1, date="on Tuesday"))))
    assert found.meetings[0].date is None
    assert found.warnings == ["date 'on Tuesday' left out: the article has no such words"]


async def test_one_event_in_two_windows_is_one_record() -> None:
    model = ScriptedModel(lambda sentences: answer(meeting(1)), SMALL_WINDOWS)
    found = await extract(model)
    assert len(found.meetings) == 1
    assert len(found.meetings[0].evidence) == 3


async def test_cut_off_window_is_asked_in_halves() -> None:
    def script(sentences: list[str]) -> str | Exception:
        if len(sentences) > 1:
            return OutputTruncatedError("cut off")
        return answer(statement(1, content=f"Of {len(sentences[0])} characters."))

    model = ScriptedModel(script)
    found = await extract(model)
    assert [len(asked) for asked in model.asked] == [3, 1, 2, 1, 1]
    assert found.usage.calls == 5
    assert len(found.statements[0].evidence) == 3


async def test_sentence_that_is_still_cut_off_fails_the_document() -> None:
    with pytest.raises(OutputTruncatedError):
        await extract(ScriptedModel(lambda sentences: OutputTruncatedError("cut off")))


async def test_one_failed_window_fails_the_document_as_a_whole() -> None:
    def script(sentences: list[str]) -> str | Exception:
        return ModelUnavailableError("down") if "sign" in sentences[0] else answer(meeting(1))

    with pytest.raises(ModelUnavailableError, match="down"):
        await extract(ScriptedModel(script, SMALL_WINDOWS))


@pytest.mark.parametrize("changed", ["text", "model", "profile", "published"])
def test_fingerprint_changes_with_what_decides_the_result(changed: str) -> None:
    def fingerprint(what: str | None) -> str:
        model = ScriptedModel(lambda sentences: answer())
        if what == "model":
            model.identity = "another"
        if what == "profile":
            model.profile = SMALL_WINDOWS
        text = TEXT + ("." if what == "text" else "")
        day = date(2025, 1, 1) if what == "published" else None
        return pipeline.fingerprint(text, day, model)

    assert fingerprint(changed) != fingerprint(None) == fingerprint(None)

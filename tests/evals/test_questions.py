"""The adapter is fitted to the very questions that are asked in use, with the labelled answers."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evals import gold
from evals.questions import Question, for_more, questions

HEAD = "id: en-001\nlanguage: en\npublished: 2025-03-21\n"
EMPTY = "meetings: []\nstatements: []\nagreements: []\nsanctions: []\n"
MET = "Anna Berg, the president of Norway, met Jean Moreau, the president of France, in Rome."
HELD = "    status: held\n"
Asked = Callable[..., list[Question]]


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    """The questions of an article of one sentence, with other labels of its meeting."""

    def asked(*names: str, status: str = HELD, more: str = "", text: str = MET) -> list[Question]:
        people = "".join(f"      - {{name: {one}, kind: person}}\n" for one in names)
        meeting = f"meetings:\n  - participants:\n{people}    evidence: ['{text}']\n{status}{more}"
        labels = HEAD + EMPTY.replace("meetings: []\n", meeting if names else "meetings: []\n")
        (tmp_path / "en-001.txt").write_text(text, encoding="utf-8")
        (tmp_path / "en-001.yaml").write_text(labels, encoding="utf-8")
        return [one for one in questions(gold.load(tmp_path)) if one.type == "meeting"]

    return asked


def parts(question: Question) -> list[list[int]]:
    return [one["participants"] for one in json.loads(question.answer)["events"]]


def test_question_is_what_the_extractor_asks_and_answer_is_the_label(asked: Asked) -> None:
    (one,) = asked("Jean Moreau", "Anna Berg")
    assert one.messages[-1]["content"].splitlines() == [
        f"[1] {MET}",
        "1 Anna Berg, President of Norway",
        "2 Jean Moreau, President of France",
        "3 Italy",
        "meeting: participants, status?",
    ]
    assert one.answer == '{"events":[{"participants":[1,2],"status":"held"}]}'


def test_somebody_whom_code_does_not_find_is_0(asked: Asked) -> None:
    (one,) = asked("Anna Berg", "Ivan Kral")
    assert parts(one) == [[1, 0]]


def test_evidence_without_a_word_of_the_lists_is_asked_about_and_nothing_else(asked: Asked) -> None:
    drove = MET.replace("met", "drove").replace("in Rome", "home")
    assert len(asked("Anna Berg", "Jean Moreau", text=drove)) == 1
    assert asked(text=drove) == []


def test_sentence_whose_only_record_is_optional_is_not_asked_about(asked: Asked) -> None:
    assert asked("Anna Berg", "Jean Moreau", more="    optional: true\n") == []


def test_sentence_of_a_record_whose_status_cannot_be_judged_is_not_asked_about(
    asked: Asked,
) -> None:
    assert asked("Anna Berg", "Jean Moreau", status="") == []


def test_adapter_that_is_fitted_further_is_asked_all_on_new_articles_and_some_on_the_others(
    asked: Asked,
) -> None:
    (one,) = asked("Anna Berg", "Jean Moreau")
    known = [replace(one, article=f"en-{number}") for number in range(1, 201)]
    new = [replace(one, article=f"ru-{number}") for number in range(201, 211)]
    drawn = for_more([*known, *new], new_from=201)
    assert [one for one in drawn if one in new] == new
    assert 80 < len(drawn) < 180
    assert for_more(reversed(drawn), new_from=201) == drawn[::-1]


def test_some_sentences_without_a_record_are_asked_about_always_the_same(asked: Asked) -> None:
    text = "\n".join(f"On day {number} {MET}" for number in range(40))
    first, again = asked(text=text), asked(text=text)
    assert 0 < len(first) < 40
    assert {one.answer for one in first} == {'{"events":[]}'}
    assert [one.messages for one in first] == [one.messages for one in again]

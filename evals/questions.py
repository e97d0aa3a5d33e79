"""What the adapter is fitted to: who has a part in events of labelled articles, and their status.

Each question is the one that the extractor would ask, so that the adapter is asked in use just what
it was fitted to.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from evals import gold
from evals.gold import Case
from evals.labels import GoldRecord
from evals.names import matches
from extractor import document, sentencewise
from extractor.cast import Cast
from extractor.clues import Scene
from extractor.document import Document
from prompts import Message
from schemas import ACTOR_LISTS, EVENT_TYPES, RECORD_TYPES, Actor

_OF_NONE, _OF_FEW = 0.6, 0.08
"""Share of the sentences without a record that are asked about: those with a word that is hardly
ever without its type, which are hard to tell, and those with any other cue."""

_NONE = '{"events":[]}'
_AGAIN = 0.6
"""Share of the questions on articles known to an adapter that are asked again, so that it does not
forget."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question and the right answer."""

    article: str
    type: str
    messages: list[Message]
    answer: str
    """Compact JSON."""


def questions(cases: Iterable[Case]) -> Iterator[Question]:
    """The questions of labelled articles: of all evidence, and of some other sentences with a cue.

    A sentence whose only records are optional is left out, as neither answer is wrong, and one of a
    record whose status cannot be judged.
    """
    for case in cases:
        read, scene = looked_at(case)
        for at in range(len(read.sentences)):
            for type_, name in zip(EVENT_TYPES, RECORD_TYPES, strict=True):
                labels = list(reported(read, at, case.records[name]))
                asked = _is_asked(case, at, type_, labels, scene)
                question = sentencewise.who(type_, read, scene, at) if asked else None
                if question:
                    options, messages = question
                    answer = _answer(type_, labels, options)
                    yield Question(case.id, type_, messages, answer)


def looked_at(case: Case) -> tuple[Document, Scene]:
    """An article as the extractor reads it, and as code sees its sentences."""
    read = document.read(
        case.text, id=case.id, published=case.published, most_characters=len(case.text)
    )
    cast = Cast((one.text for one in read.sentences), read.language)
    return read, Scene(read.text, read.sentences, read.language, cast)


def for_more(asked: Iterable[Question], new_from: int) -> list[Question]:
    """The questions for an adapter that is fitted further: fewer on events that it knows.

    Args:
        asked: all questions.
        new_from: the lowest number of a new article, say 641 for en-641.
    """

    def is_drawn(one: Question) -> bool:
        is_new = gold.number(one.article) >= new_from or one.answer == _NONE
        draw = Random(f"again {one.article} {one.messages}").random()  # noqa: S311  # as above
        return is_new or draw < _AGAIN

    return [one for one in asked if is_drawn(one)]


def reported(read: Document, at: int, labels: Sequence[GoldRecord]) -> Iterator[GoldRecord]:
    """The records that a sentence is evidence of."""
    sentence = read.sentences[at]
    for label in labels:
        if any(one.start < sentence.end and sentence.start < one.end for one in label.evidence):
            yield label


def _is_asked(case: Case, at: int, type_: str, labels: Sequence[GoldRecord], scene: Scene) -> bool:
    if labels:
        told = all(one.judged("status") for one in labels)
        return told and any(not one.optional for one in labels)
    sight = scene.sights[at]
    if type_ not in sight.cues:
        return False
    share = _OF_NONE if type_ in sight.surely else _OF_FEW
    return Random(f"{case.id} {at} {type_}").random() < share  # noqa: S311  # the same each time


def _answer(type_: str, labels: Sequence[GoldRecord], options: Sequence[Actor]) -> str:
    events = [_part(type_, label, options) for label in labels if not label.optional]
    return json.dumps({"events": events}, separators=(",", ":"))


def _part(type_: str, label: GoldRecord, options: Sequence[Actor]) -> dict[str, Any]:
    """One event as the adapter is to tell it."""
    numbers = {name: _numbers(getattr(label, name), options) for name in ACTOR_LISTS[type_]}
    return {**numbers, "status": vars(label)["status"]}


def _numbers(labelled: Any, options: Sequence[Actor]) -> list[int]:
    """The options that were labelled, from 1; 0 at the end for all that are none."""
    found = sorted(at + 1 for _, at, _ in matches(labelled, options))
    return [*found, 0] if len(found) < len(labelled) else found

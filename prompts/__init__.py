"""How a model is asked: versioned texts and few-shot examples, and the messages made of them.

A version is a folder: `instructions.txt`, and for each record type a TOML file with its rules and
its examples. The unchanging part of the messages comes first, so that prefix caches pay for it
once; the article comes last, one sentence a line, each line begun by a mark of ours. A sentence
never holds a line break, so no text can pass for a mark.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypedDict

LATEST = "v1"


class Message(TypedDict):
    """One message of a chat, as the OpenAI protocol has it."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Example:
    """A few-shot example: sentences as they are shown, and the answer a model should give."""

    language: str
    context: tuple[str, ...]
    sentences: tuple[str, ...]
    answer: str
    """Compact JSON, in the asked face."""
    notes: tuple[str, ...] = ()
    """Lines on what code knows of the sentences: the actors to choose from."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of the question."""

    version: str
    system: str
    examples: tuple[Example, ...]

    def messages(
        self, context: Sequence[str], sentences: Sequence[str], notes: Sequence[str] = ()
    ) -> list[Message]:
        """The whole chat for one window: instructions, examples, then the article's sentences.

        Args:
            context: sentences to be read only.
            sentences: those asked about.
            notes: lines on what code knows of them.

        Raises:
            ValueError: a sentence holds a line break.
        """
        chat: list[Message] = [{"role": "system", "content": self.system}]
        for example in self.examples:
            shown = window(example.context, example.sentences, example.notes)
            chat.append({"role": "user", "content": shown})
            chat.append({"role": "assistant", "content": example.answer})
        chat.append({"role": "user", "content": window(context, sentences, notes)})
        return chat


@dataclass(frozen=True, slots=True)
class Screening:
    """Questions to be answered with yes or no, one for each record type."""

    system: str
    examples: tuple[tuple[str, str], ...]
    """What is shown and the right answer."""
    questions: Mapping[str, str]

    def messages(self, context: Sequence[str], sentence: str, type_: str) -> list[Message]:
        """The chat that asks whether a sentence holds a record of a type.

        Raises:
            ValueError: a sentence holds a line break.
        """
        chat: list[Message] = [{"role": "system", "content": self.system}]
        for shown, answer in self.examples:
            chat.append({"role": "user", "content": shown})
            chat.append({"role": "assistant", "content": answer})
        lines = [*_numbered(context, [sentence]), self.questions[type_]]
        chat.append({"role": "user", "content": "\n".join(lines)})
        return chat


@dataclass(frozen=True, slots=True)
class Roles:
    """Questions of who has a part in an event, one for each type that has several actors."""

    system: str
    questions: Mapping[str, str]

    def messages(
        self, context: Sequence[str], sentence: str, actors: Sequence[str], type_: str
    ) -> list[Message]:
        """The chat that asks which of `actors`, numbered from 1, have a part in an event.

        Raises:
            ValueError: a sentence holds a line break.
        """
        lines = _numbered(context, [sentence])
        lines += [f"{number} {actor}" for number, actor in enumerate(actors, start=1)]
        lines.append(self.questions[type_])
        return [
            {"role": "system", "content": self.system},
            {"role": "user", "content": "\n".join(lines)},
        ]


def _numbered(context: Sequence[str], sentences: Sequence[str]) -> list[str]:
    lines = [f"[context] {text}" for text in context]
    lines += [f"[{number}] {text}" for number, text in enumerate(sentences, start=1)]
    for line in lines:
        if line.splitlines() != [line]:
            raise ValueError(f"a sentence must be one line: {line!r}")
    return lines


def window(context: Sequence[str], sentences: Sequence[str], notes: Sequence[str] = ()) -> str:
    """The lines a model is shown: context to read only, the sentences numbered from 1, the task.

    Raises:
        ValueError: a sentence holds a line break.
    """
    lines = _numbered(context, sentences)
    last = len(lines) - len(context)
    lines += notes
    lines.append(f"Report the events of [1]{f' to [{last}]' if last > 1 else ''} only.")
    return "\n".join(lines)


@cache
def load(version: str, types: tuple[str, ...]) -> Prompt:
    """The prompt of `version` that asks for the record types named, in their order.

    Args:
        version: a folder of this package, say "v1".
        types: what the schemas call the types; the rules of "meeting" are in `meeting.toml`.

    Raises:
        FileNotFoundError: there is no such version, or it has no file for one of the types.
    """
    folder = files(__package__).joinpath(version)
    parts = [folder.joinpath("instructions.txt").read_text(encoding="utf-8").strip()]
    examples: list[Example] = []
    for name in types:
        data = tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
        parts.append(data["rules"].strip())
        examples.extend(_example(types, **example) for example in data["examples"])
    return Prompt(version, "\n\n".join(parts), tuple(examples))


@cache
def load_screening(version: str) -> Screening:
    """The yes-or-no questions of `version`."""
    text = files(__package__).joinpath(version, "screen.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    questions: dict[str, str] = data["questions"]
    examples = tuple(
        (f"[1] {one['sentence']}\n{questions[one['type']]}", one["answer"])
        for one in data["examples"]
    )
    return Screening(data["system"].strip(), examples, questions)


@cache
def load_roles(version: str) -> Roles:
    """The questions of `version` that ask who has a part in an event."""
    text = files(__package__).joinpath(version, "who.toml").read_text(encoding="utf-8")
    return Roles(**tomllib.loads(text))


@cache
def load_draft(version: str, type_: str) -> Prompt:
    """The prompt of `version` that asks for one record of a type, its actors by name.

    The examples are those of `load` that hold the type.
    """
    folder = files(__package__).joinpath(version)
    data = tomllib.loads(folder.joinpath(f"{type_}.toml").read_text(encoding="utf-8"))
    opening = folder.joinpath("draft.txt").read_text(encoding="utf-8").strip()
    examples = [
        _drafted(one, event)
        for one in data["examples"]
        for event in json.loads(one["answer"])
        if event["type"] == type_
    ]
    return Prompt(version, f"{opening}\n\n{data['rules'].strip()}", tuple(examples))


def _drafted(example: Mapping[str, Any], event: Mapping[str, Any]) -> Example:
    """An example of one record whose actors are said by their names only."""
    names: list[str] = []

    def bare(value: Any) -> Any:
        if isinstance(value, list):
            return [bare(one) for one in value]
        if isinstance(value, dict):
            names.append(value["name"])
            return value["name"]
        return value

    record = {key: bare(value) for key, value in event.items()}
    notes = [actors_note(names)]
    known = {"type", "evidence", "direct"}
    if "speaker" in record:
        notes.append(f"speaker: {record['speaker']}")
        known.add("speaker")
    asked = {key: value for key, value in record.items() if key not in known}
    text = json.dumps({"events": [asked]}, ensure_ascii=False, separators=(",", ":"))
    context, sentences = tuple(example["context"]), tuple(example["sentences"])
    return Example(example["language"], context, sentences, text, tuple(notes))


def actors_note(names: Sequence[str]) -> str:
    """The line that lists the actors to choose from."""
    return f"Actors: {'; '.join(dict.fromkeys(names))}"


def _example(
    types: tuple[str, ...], language: str, context: list[str], sentences: list[str], answer: str
) -> Example:
    """An example as it stands in the file, without events that are not asked for."""
    events = [event for event in json.loads(answer) if event["type"] in types]
    text = json.dumps({"events": events}, ensure_ascii=False, separators=(",", ":"))
    return Example(language, tuple(context), tuple(sentences), text)

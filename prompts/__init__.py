"""How a model is asked: versioned texts and few-shot examples, and the messages made of them.

A version is a folder: `instructions.txt`, and for each record type a TOML file with its rules and
its examples. The unchanging part of the messages comes first, so that prefix caches pay for it
once; the article comes last, one sentence a line, each line begun by a mark of ours. A sentence
never holds a line break, so no text can pass for a mark.
"""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypedDict

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


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of the question."""

    version: str
    system: str
    examples: tuple[Example, ...]

    def messages(self, context: Sequence[str], sentences: Sequence[str]) -> list[Message]:
        """The whole chat for one window: instructions, examples, then the article's sentences.

        Raises:
            ValueError: a sentence holds a line break.
        """
        chat: list[Message] = [{"role": "system", "content": self.system}]
        for example in self.examples:
            chat.append({"role": "user", "content": window(example.context, example.sentences)})
            chat.append({"role": "assistant", "content": example.answer})
        chat.append({"role": "user", "content": window(context, sentences)})
        return chat


def window(context: Sequence[str], sentences: Sequence[str]) -> str:
    """The lines a model is shown: context to read only, the sentences numbered from 1, the task.

    Raises:
        ValueError: a sentence holds a line break.
    """
    lines = [f"[context] {text}" for text in context]
    lines += [f"[{number}] {text}" for number, text in enumerate(sentences, start=1)]
    for line in lines:
        if line.splitlines() != [line]:
            raise ValueError(f"a sentence must be one line: {line!r}")
    last = len(lines) - len(context)
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


def _example(
    types: tuple[str, ...], language: str, context: list[str], sentences: list[str], answer: str
) -> Example:
    """An example as it stands in the file, without events that are not asked for."""
    events = [event for event in json.loads(answer) if event["type"] in types]
    text = json.dumps({"events": events}, ensure_ascii=False, separators=(",", ":"))
    return Example(language, tuple(context), tuple(sentences), text)

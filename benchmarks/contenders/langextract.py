"""LangExtract over its OpenAI provider. It has its own answer format and keeps nothing.

Its description and its examples are those of our prompt, each event with its first sentence as the
words it was read from. A document is one chunk, all are one batch: less would be slower.
"""

import json
import logging
from collections.abc import Callable
from typing import Any

import langextract as lx

import prompts
from benchmarks import documents
from benchmarks.contenders.common import MODEL, OUTPUT_TOKENS, Outcome, Task
from schemas import EVENT_TYPES

_LONGEST = 12_000
"""Characters of a chunk, as our windows have."""
_NOT_SAID = ("type", "evidence")

logging.getLogger("absl").setLevel(logging.CRITICAL)


class LangExtract:
    """`lx.extract`; a failed request raises out of it, an answer that is none leaves no trace."""

    def __init__(self, task: Task) -> None:
        """Make the model."""
        self._workers = task.concurrency
        self._prompt = prompts.load(prompts.LATEST, EVENT_TYPES)
        self._examples = [_example(one) for one in self._prompt.examples]
        config = lx.factory.ModelConfig(
            model_id=MODEL,
            provider="OpenAILanguageModel",
            provider_kwargs={
                "base_url": f"http://127.0.0.1:{task.port}/lx/v1",
                "api_key": "none",
                "temperature": 0,
                "max_output_tokens": OUTPUT_TOKENS,
                "max_workers": task.concurrency,
            },
        )
        self._model: Any = lx.factory.create_model(
            config=config, examples=self._examples, use_schema_constraints=True
        )
        if task.timeout:  # it has no setting for this
            client = self._model._client  # noqa: SLF001
            self._model._client = client.with_options(timeout=task.timeout)  # noqa: SLF001

    def prepare(self, numbers: range) -> Callable[[], Outcome]:
        """Make the texts."""
        texts = {documents.id_of(number): documents.document(number) for number in numbers}
        return lambda: self._run(texts)

    def _run(self, texts: dict[str, str]) -> Outcome:
        asked = [lx.data.Document(text, document_id=name) for name, text in texts.items()]
        try:
            found = lx.extract(
                asked,
                prompt_description=self._prompt.system,
                examples=self._examples,
                model=self._model,
                max_char_buffer=_LONGEST,
                batch_length=len(asked),
                max_workers=self._workers,
                show_progress=False,
                use_schema_constraints=False,  # the model has them already
                prompt_validation_level=lx.prompt_validation.PromptValidationLevel.OFF,
            )
        except Exception as error:  # it tells neither which nor what came of the others
            return Outcome(error=repr(error))
        return Outcome([int(one.document_id.removeprefix("d")) for one in found if _is_whole(one)])


def _is_whole(found: Any) -> bool:
    """Whether both events are there, found in the text."""
    events = found.extractions or []
    return len(events) == 2 and all(one.char_interval for one in events)


def _example(one: prompts.Example) -> Any:
    """One of our examples, as LangExtract wants it."""
    extractions = [
        lx.data.Extraction(
            event["type"],
            one.sentences[event["evidence"][0] - 1],
            attributes=_attributes(event),
        )
        for event in json.loads(one.answer)["events"]
    ]
    return lx.data.ExampleData(text="\n".join(one.sentences), extractions=extractions)


def _attributes(event: dict[str, Any]) -> dict[str, str | list[str]]:
    said = {key: value for key, value in event.items() if key not in _NOT_SAID and value}
    return {
        key: [_text(item) for item in value] if isinstance(value, list) else _text(value)
        for key, value in said.items()
    }


def _text(value: Any) -> str:
    return str(value["name"] if isinstance(value, dict) and "name" in value else value)

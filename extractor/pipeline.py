"""A document becomes an extraction: windows, answers, records, one record an event."""

import asyncio
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

import prompts
from extractor import sentencewise
from extractor.cast import Cast, named, persons
from extractor.document import Document, Window, read, windows
from extractor.errors import OutputTruncatedError
from extractor.llm import Model, ModelProfile, Reply
from extractor.merge import merge
from extractor.result import Extraction, Usage
from schemas import Answer, EventDate, Ground, Record, Records
from schemas.timewords import speaks_of_time

REVISION = 12
"""Raised when the same text and the same answers give other records, so that older results are done
again."""


async def extract(
    text: str,
    model: Model,
    *,
    id: str,
    source: str | None = None,
    encoding: str | None = None,
    published: date | None = None,
    most_characters: int,
) -> Extraction:
    """All events of an article: as they were kept, or as the model says.

    Args:
        text: the article.
        model: the model.
        id: the name of the document in the output.
        source: where the text was read from.
        encoding: what its bytes were decoded from.
        published: the day of publication; None takes it from the text.
        most_characters: how long a text may be.

    Raises:
        DocumentError: the text cannot be read.
        ExtractorError: what `Model.ask` raises for one of its windows.
    """
    mark = fingerprint(text, published, model)
    known = _kept(mark, model)
    if known:
        mine = {"id": id, "source": source, "encoding": encoding, "model": model.name}
        return known.model_copy(update=mine)
    document = read(
        text,
        id=id,
        source=source,
        encoding=encoding,
        published=published,
        most_characters=most_characters,
    )
    extraction = await run(document, model)
    model.keep(mark, extraction.model_dump_json(), extraction.usage)
    return extraction


def _kept(mark: str, model: Model) -> Extraction | None:
    """A result that was kept, its answers counted as from the cache."""
    text = model.kept(mark)
    try:
        known = Extraction.model_validate_json(text) if text else None
    except ValidationError:  # of another version, or tampered with
        return None
    if known:
        asked = known.usage.calls + known.usage.cached_calls
        known.usage = Usage(cached_calls=asked, cost_usd=0.0)
        model.usage += known.usage
    return known


async def run(document: Document, model: Model) -> Extraction:
    """All events of `document`, or none of it: a window that fails for good fails the document.

    Raises:
        ExtractorError: what `Model.ask` raises for one of its windows.
    """
    cast = _cast_of(document) if model.profile.screens else None
    try:
        if cast:
            replies = await sentencewise.replies(document, cast, model)
        else:
            replies = await _windows(document, model)
    except* Exception as errors:  # whatever it is, the caller wants it bare
        raise first_of(errors) from None
    events, warnings = _with_dates_of(document, [e for reply in replies for e in reply.events])
    unnamed: list[str] = []
    if events:
        events, unnamed = _with_names_of(cast or _cast_of(document), events)
    return Extraction(
        id=document.id,
        source=document.source,
        encoding=document.encoding,
        language=document.language,
        published=document.published,
        left_out=list(document.left_out),
        **Records.by_type(merge(events, document.sentences)),
        warnings=[*(note for reply in replies for note in reply.warnings), *warnings, *unnamed],
        model=model.name,
        prompt_version=prompts.LATEST,
        fingerprint=fingerprint(document.text, document.given, model),
        usage=sum((reply.usage for reply in replies), Usage(cost_usd=0.0)),
    )


async def _windows(document: Document, model: Model) -> list[Reply]:
    """What the model says of each window of `document`, in their order."""
    profile = model.profile
    cut = windows(
        document.sentences,
        most_sentences=profile.window_sentences,
        most_characters=profile.window_characters,
        context=profile.context_sentences,
    )
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(_ask(types, window, document, model))
            for window in cut
            for types in profile.questions
        ]
    return [reply for task in tasks for reply in task.result()]


async def _ask(
    types: tuple[str, ...], window: Window, document: Document, model: Model
) -> list[Reply]:
    """The model's replies on one window; those on its halves too where the answer was cut off."""
    prompt = prompts.load(prompts.LATEST, types)
    texts = [[passage.text for passage in part] for part in (window.context, window.sentences)]
    ground = Ground(dict(enumerate(window.sentences, start=1)), document.published)
    replies = [await model.ask(types, prompt.messages(*texts), ground)]
    if replies[0].truncated:
        halves = window.halves()
        if halves is None:
            raise OutputTruncatedError(
                f"the answer about one sentence of {document.id!r} was cut off at "
                f"{model.profile.output_tokens} tokens: try another model"
            )
        for half in halves:
            replies += await _ask(types, half, document, model)
    return replies


def _cast_of(document: Document) -> Cast:
    return Cast((one.text for one in document.sentences), document.language)


def _with_dates_of(document: Document, events: Iterable[Record]) -> tuple[list[Record], list[str]]:
    """The events without dates that are no words of the article about time, a warning for each."""
    text = _folded(document.text)
    checked: list[Record] = []
    warnings: list[str] = []
    for event in events:
        fault = event.date and _fault_of(event.date, text)
        if fault:
            event = event.model_copy(update={"date": None})  # noqa: PLW2901  # as it goes on
            warnings.append(fault)
        checked.append(event)
    return checked, warnings


def _fault_of(date: EventDate, text: str) -> str | None:
    """Why a date is none, or None."""
    if date.text != date.value and _folded(date.text) not in text:
        return f"date {date.text!r} left out: the article has no such words"
    if date.value is None and not speaks_of_time(date.text):
        return f"date {date.text!r} left out: it says nothing of time"
    return None


def _with_names_of(cast: Cast, events: Sequence[Record]) -> tuple[list[Record], list[str]]:
    """The events with each actor under one name, and a warning for each that thereby is none."""
    kept: list[Record] = []
    warnings: list[str] = []
    for event in events:
        for person in persons(event):
            cast.learn(person.name)
    for event in events:
        try:
            kept.append(named(event, cast))
        except ValidationError as error:
            told = error.errors()[0]["msg"]
            warnings.append(
                f"a {type(event).__name__.lower()} left out once its actors were known: {told}"
            )
    return kept, warnings


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def fingerprint(text: str, published: date | None, model: Model) -> str:
    """Hash of all that decides the result, for telling whether a document must be done again.

    Args:
        text: the article.
        published: the day of publication as given; None where it is taken from the text.
        model: the model.
    """
    return hashlib.sha256(
        f"{settled(model)} {published} ".encode() + text.encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]


def settled(model: Model) -> str:
    """Hash of what decides results beside the text: model, prompts, schemas."""
    return _settled(model.identity, model.profile, model.min_confidence)


@lru_cache(maxsize=16)
def _settled(identity: str, profile: ModelProfile, min_confidence: float | None) -> str:
    parts = {
        "revision": REVISION,
        "model": identity,
        "profile": asdict(profile),
        "prompts": [asdict(one) for one in _prompts(profile)],
        "schema": Answer.model_json_schema(),
        "min_confidence": min_confidence,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _prompts(profile: ModelProfile) -> list[Any]:
    """All that a model may be asked with."""
    questions = profile.questions
    if not profile.screens:
        return [prompts.load(prompts.LATEST, one) for one in questions]
    drafts = [prompts.load_draft(prompts.LATEST, name) for one in questions for name in one]
    roles = [prompts.load_roles(prompts.LATEST)] if profile.adapted else []
    return [prompts.load_screening(prompts.LATEST), *drafts, *roles]


def first_of(errors: BaseExceptionGroup[Exception]) -> Exception:
    """The first single error of a group."""
    error = errors.exceptions[0]
    return first_of(error) if isinstance(error, BaseExceptionGroup) else error

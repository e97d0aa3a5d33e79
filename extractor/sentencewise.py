"""A small model asked sentence by sentence: first with yes or no, then for what is likely there."""

import asyncio

import prompts
from extractor.cast import Cast
from extractor.clues import Scene
from extractor.clues.confidence import confidence, threshold
from extractor.clues.drafts import Draft, draft
from extractor.document import Document
from extractor.errors import OutputTruncatedError
from extractor.llm import Model, Reply
from schemas import EVENT_TYPES, Ground, answer_of, narrowed_schema

_MOST_SURE = 0.999
"""The confidence that none is above: 1 would say that there can be no mistake."""

_WHO = 3
"""Sentences of context where the speaker is asked for."""


async def replies(document: Document, cast: Cast, model: Model) -> list[Reply]:
    """What the model says of each sentence of `document`, in their order.

    Raises:
        ExtractorError: what `Model.ask` and `Model.weigh` raise, in an exception group.
    """
    scene = Scene(document.text, document.sentences, document.language, cast)
    found: list[list[Reply]] = [[] for _ in document.sentences]
    async with asyncio.TaskGroup() as group:
        for at in range(len(document.sentences)):
            group.create_task(_sentence(document, scene, at, model, found[at]))
    return [reply for one in found for reply in one]


async def _sentence(
    document: Document, scene: Scene, at: int, model: Model, found: list[Reply]
) -> None:
    """Add what the model says of one sentence to `found`."""
    sight, text = scene.sights[at], document.sentences[at].text
    types = [one for one in EVENT_TYPES if one in sight.may_hold]
    if not types:
        return
    context = _context(document, at, model)
    screening = prompts.load_screening(prompts.LATEST)
    weighed = await model.weigh([screening.messages(context, text, one) for one in types])
    for type_, (yes, weighing) in zip(types, weighed, strict=True):
        found.append(weighing)
        likely = confidence(type_, yes, sight)
        least = threshold(type_) if model.min_confidence is None else model.min_confidence
        if likely < least:
            continue
        made = draft(type_, scene.sights, at, text, document.language)
        if made:
            made.known["confidence"] = min(round(likely, 3), _MOST_SURE)
            found.append(await _record(type_, made, document, at, model))


async def _record(type_: str, made: Draft, document: Document, at: int, model: Model) -> Reply:
    """What the model says of one record."""
    sentence, context = document.sentences[at], _context(document, at, model)
    if "speaker" in made.fields:
        context = [one.text for one in document.sentences[max(0, at - _WHO) : at]]
    notes = [prompts.actors_note(list(made.actors))]
    if "speaker" in made.known:
        notes.append(f"speaker: {made.known['speaker']}")
    ground = Ground(
        {1: sentence},
        document.published,
        actors={name: one.model_dump() for name, one in made.actors.items()},
        known={**made.known, "type": type_},
    )
    schema = narrowed_schema(answer_of((type_,)), made.fields, made.known)
    messages = prompts.load_draft(prompts.LATEST, type_).messages(context, [sentence.text], notes)
    reply = await model.ask((type_,), messages, ground, schema=schema)
    if reply.truncated:
        raise OutputTruncatedError(
            f"the answer about one sentence of {document.id!r} was cut off at "
            f"{model.profile.output_tokens} tokens: try another model"
        )
    return reply


def _context(document: Document, at: int, model: Model) -> list[str]:
    first = max(0, at - model.profile.context_sentences)
    return [one.text for one in document.sentences[first:at]]

"""A small model asked sentence by sentence: first with yes or no, then for what is likely there.

Where it has an adapter, that tells who has a part in an event, and its status, before the record is
asked for.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import prompts
from extractor.cast import Cast
from extractor.clues import Scene, Sight
from extractor.clues.candidates import candidates, described
from extractor.clues.confidence import confidence, threshold
from extractor.clues.drafts import Draft, draft, is_imagined
from extractor.document import Document
from extractor.errors import OutputTruncatedError
from extractor.llm import Model, Part, Reply
from prompts import Message
from schemas import EVENT_TYPES, Actor, Ground, answer_of, narrowed_schema

_MOST_SURE = 0.999
"""The confidence that none is above: 1 would say that there can be no mistake."""

_WHO = 3
"""Sentences of context where the speaker is asked for."""

_PARTS = {"en": 2}
"""Sentences of context where the adapter tells who has a part; one in Cyrillic, which takes twice
the tokens. The adapter was fitted with as many."""

_BY_CODE = frozenset(("parties", "imposed_by"))
"""What code tells where it leaves no choice; the rest the adapter tells better in articles that
neither was made from: see `evals/EXPERIMENTS.md`."""

_DENIED = frozenset(("meeting", "sanction"))
"""The types of which there is none where the adapter says so; agreements it denies too often."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """One sentence of an article, and the model that is asked about it."""

    document: Document
    scene: Scene
    at: int
    model: Model

    @property
    def text(self) -> str:
        return self.document.sentences[self.at].text

    @property
    def sight(self) -> Sight:
        return self.scene.sights[self.at]

    def context(self, sentences: int) -> list[str]:
        """So many sentences before it."""
        return [one.text for one in self.document.sentences[max(0, self.at - sentences) : self.at]]

    def draft(self, type_: str, chosen: dict[str, list[Actor]] | None = None) -> Draft | None:
        """What is known of a record of a type here."""
        language = self.document.language
        return draft(type_, self.scene.sights, self.at, self.text, language, chosen=chosen)


async def replies(document: Document, cast: Cast, model: Model) -> list[Reply]:
    """What the model says of each sentence of `document`, in their order.

    Raises:
        ExtractorError: what `Model.ask`, `Model.choose` and `Model.weigh` raise, in an exception
            group.
    """
    scene = Scene(document.text, document.sentences, document.language, cast)
    found: list[list[Reply]] = [[] for _ in document.sentences]
    async with asyncio.TaskGroup() as group:
        for at in range(len(document.sentences)):
            group.create_task(_sentence(_Spot(document, scene, at, model), found[at]))
    return [reply for one in found for reply in one]


async def _sentence(spot: _Spot, found: list[Reply]) -> None:
    """Add what the model says of one sentence to `found`."""
    model = spot.model
    told = await weighed(spot.document, spot.at, spot.sight.may_hold, model)
    for type_, (yes, weighing) in told.items():
        found.append(weighing)
        likely = confidence(type_, yes, spot.sight)
        least = threshold(type_) if model.min_confidence is None else model.min_confidence
        if likely < least or is_imagined(type_, spot.text, spot.document.language):
            continue
        for made in await _drafts(type_, spot, found):
            made.known["confidence"] = min(round(likely, 3), _MOST_SURE)
            found.append(await _record(type_, made, spot))


async def weighed(
    document: Document, at: int, types: Collection[str], model: Model
) -> dict[str, tuple[float, Reply]]:
    """How likely the model holds a sentence to report each of some types.

    Args:
        document: the article.
        at: which of its sentences.
        types: what the schemas call them.
        model: the one that is asked.

    Returns:
        by type the share of yes, 0 to 1, and what the answer cost.

    Raises:
        ExtractorError: what `Model.weigh` raises.
    """
    asked = [one for one in EVENT_TYPES if one in types]
    before = document.sentences[max(0, at - model.profile.context_sentences) : at]
    context, text = [one.text for one in before], document.sentences[at].text
    screening = prompts.load_screening(prompts.LATEST)
    questions = [screening.messages(context, text, one) for one in asked]
    return dict(zip(asked, await model.weigh(questions) if questions else (), strict=True))


async def _drafts(type_: str, spot: _Spot, found: list[Reply]) -> list[Draft]:
    """A draft of each record of a type: one by code alone, or those that the adapter tells of."""
    by_code = spot.draft(type_)
    asked = who(type_, spot.document, spot.scene, spot.at) if spot.model.profile.adapted else None
    alone = [by_code] if by_code else []
    if asked is None:
        return alone
    options, messages = asked
    parts, reply = await spot.model.choose(messages, type_, len(options))
    found.append(reply)
    if not parts and type_ not in _DENIED:
        return alone
    drafts = [_told(type_, one, options, by_code, spot) for one in parts]
    return [one for at, one in enumerate(drafts) if one and one not in drafts[:at]]


def _told(
    type_: str, part: Part, options: Sequence[Actor], by_code: Draft | None, spot: _Spot
) -> Draft | None:
    """The draft of an event as the adapter tells it, and code who is not in its list."""
    settled = _BY_CODE.intersection(by_code.known) if by_code else ()
    chosen = {
        name: actors
        for name, numbers in part.numbers.items()
        if name not in settled and (actors := _numbered(numbers, options))
    }
    made = spot.draft(type_, chosen)
    if made:
        made.known["status"] = part.status
    return made


def who(
    type_: str, document: Document, scene: Scene, at: int
) -> tuple[list[Actor], list[Message]] | None:
    """The question of who has a part in an event that a sentence reports, and whom it numbers.

    None where nobody is named so far, or the type has no such question.

    Args:
        type_: what the schemas call it.
        document: the article.
        scene: the same, as code sees it.
        at: which of its sentences.
    """
    options = candidates(scene.sights, at)
    roles = prompts.load_roles(prompts.LATEST)
    if type_ not in roles.questions or not options:
        return None
    first = max(0, at - _PARTS.get(document.language or "", 1))
    context = [one.text for one in document.sentences[first:at]]
    names = [described(one) for one in options]
    return options, roles.messages(context, document.sentences[at].text, names, type_)


def _numbered(numbers: Sequence[int], options: Sequence[Actor]) -> list[Actor]:
    """The actors that numbers mean; nobody where one of them is no option: then code tells."""
    known = all(0 < number <= len(options) for number in numbers)
    return [options[number - 1] for number in dict.fromkeys(numbers)] if known else []


async def _record(type_: str, made: Draft, spot: _Spot) -> Reply:
    """What the model says of one record."""
    model, document = spot.model, spot.document
    context = spot.context(_WHO if "speaker" in made.fields else model.profile.context_sentences)
    notes = [prompts.actors_note(list(made.actors))]
    if "speaker" in made.known:
        notes.append(f"speaker: {made.known['speaker']}")
    ground = Ground(
        {1: document.sentences[spot.at]},
        document.published,
        actors={name: one.model_dump() for name, one in made.actors.items()},
        known={**made.known, "type": type_},
    )
    schema = narrowed_schema(answer_of((type_,)), made.fields, made.known)
    messages = prompts.load_draft(prompts.LATEST, type_).messages(context, [spot.text], notes)
    reply = await model.ask((type_,), messages, ground, schema=schema)
    if reply.truncated:
        raise OutputTruncatedError(
            f"the answer about one sentence of {document.id!r} was cut off at "
            f"{model.profile.output_tokens} tokens: try another model"
        )
    return reply

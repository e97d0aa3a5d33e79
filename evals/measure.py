"""What the program settles without a model, held against labelled sets: one figure a set.

The sets are in `reading/` beside this file; its README says how they were made and which half of
each the authors of the rules never saw.
"""

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, Self

from evals.gold import GOLD
from evals.labels import ActorKind, GoldActor
from evals.names import SAME, SHORT, likeness
from extractor.cast import Cast
from extractor.cast.holders import all_holders
from extractor.cast.records import actor as actor_of
from extractor.cast.spelling import likeness as sounds
from extractor.clues import Scene, Sight
from extractor.clues.drafts import Draft, draft
from extractor.document.body import lines
from extractor.document.published import day_of_publication, stamp
from extractor.document.sentences import spans
from schemas import Actor
from schemas.bodies import body
from schemas.countries import alpha3
from schemas.dates import resolve
from schemas.folding import LANGUAGES
from schemas.grounding import Passage

READING = Path(__file__).with_name("reading")

_PARTS = ("gold", "seen", "unseen")

_SHOWN = 16
"""Passages of each language up to which also the even ones' faults were seen once."""

_SOUNDS = 0.75
"""Likeness from which two spellings are one person's name in this set."""

_MARK = "‖"
"""Stands between two sentences in the sample of boundaries."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure."""

    name: str
    part: str
    """The language, and which part of the set: gold, seen or unseen by the rules' authors."""
    size: int
    """Cases in the set."""
    value: float
    target: float | None
    """None for a part of a set that is held to its target as a whole."""
    faults: tuple[str, ...] = ()
    """The cases that are wrong, for those who work on the rules; none of an unseen part."""

    @property
    def holds(self) -> bool:
        """Whether the target is met."""
        return self.target is None or self.value >= self.target


def measure() -> list[Figure]:
    """All figures, each part of each set apart."""
    return [
        figure
        for set_ in (
            _lines,
            _sentences,
            _speed,
            _dates,
            _published,
            _names,
            _mentions,
            speakers_and_met,
        )
        for figure in set_()
    ]


def _share(name: str, part: str, target: float | None, cases: Sequence[tuple[str, bool]]) -> Figure:
    """The share of cases that are right."""
    right = sum(one for _, one in cases)
    faults = (
        ()
        if part == "all" or part.endswith("unseen")
        else tuple(case for case, one in cases if not one)
    )
    return Figure(name, part, len(cases), right / len(cases), target, faults)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _yaml(path: Path) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


# Lines: which are the article's own


def _lines() -> Iterator[Figure]:
    kept: dict[str, list[tuple[str, bool]]] = {part: [] for part in _PARTS}
    out: dict[str, list[tuple[str, bool]]] = {part: [] for part in _PARTS}
    for language in LANGUAGES:
        for name, labels in _yaml(READING / "lines" / f"{language}.yaml").items():
            part = _part(int(name[-3:]))
            for label, own, text in _judged(name, language, labels):
                if label == "B":
                    kept[part] += [(f"{name}: {text}", own)] * len(list(spans(text, language)))
                elif label == "L":
                    out[part].append((f"{name}: {text}", not own))
    for name, target, cases in (
        ("body sentences kept", 0.995, kept),
        ("leftover lines left out", 0.90, out),
    ):
        for part in _PARTS:
            yield _share(name, part, None, cases[part])
        yield _share(name, "all", target, [case for part in _PARTS for case in cases[part]])


def _part(number: int) -> str:
    return "gold" if number < 100 else "seen" if number % 2 else "unseen"


def _judged(id: str, language: str, labels: str) -> Iterator[tuple[str, bool, str]]:
    """Each line's label, whether the program takes it for the article's own, and its text."""
    folder = GOLD if int(id[-3:]) < 100 else READING / "articles"
    text = (folder / language / f"{id}.txt").read_text(encoding="utf-8")
    found = lines(text, stamp(text).end)
    if len(found) == len(labels) - 1:  # nothing follows the stamp on its line
        labels = labels[1:]
    for label, line in zip(labels, found, strict=True):
        yield label, line.own, text[line.start : line.end]


# Sentences: where they end


def _sentences() -> Iterator[Figure]:
    for language in LANGUAGES:
        for part in ("seen", "unseen"):
            right = wrong = missed = 0
            faults: list[str] = []
            for text, gold in _boundaries(language, part):
                found = {end for _, end in list(spans(text, language))[:-1]}
                right, wrong = right + len(gold & found), wrong + len(found - gold)
                missed += len(gold - found)
                if gold != found:
                    faults.append(text)
            value = _f1(right, wrong, missed)
            told = () if part == "unseen" else tuple(faults)
            yield Figure(
                "sentence boundaries, F1", f"{language} {part}", right + missed, value, 0.98, told
            )


def _boundaries(language: str, part: str) -> Iterator[tuple[str, set[int]]]:
    """Each case of the sample: its text, and the offsets where a sentence ends within it."""
    path = READING / "sentences" / f"{language}.{part}.txt"
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip() and not line.startswith("#"):
            *inner, last = line.split(_MARK)
            ends: set[int] = set()
            length = 0
            for piece in inner:
                length += len(piece)
                ends.add(length)
            yield "".join([*inner, last]), ends


def _speed() -> Iterator[Figure]:
    """Millions of characters a second that are cut into sentences, the best of three rounds.

    Without a target, as a busy machine would miss it: one or more is what it was written for.
    """
    cases = [
        (text, language) for language in LANGUAGES for text, _ in _boundaries(language, "seen")
    ]
    characters = sum(len(text) for text, _ in cases)
    best = 0.0
    for _ in range(3):
        begin = time.perf_counter()
        for text, language in cases:
            list(spans(text, language))
        best = max(best, characters / (time.perf_counter() - begin) / 1e6)
    yield Figure("sentences, million characters a second", "all seen", characters, best, None)


# Dates


def _dates() -> Iterator[Figure]:
    for language in LANGUAGES:
        rows = _rows(READING / "dates" / f"{language}.tsv")
        yield _share("dates", language, 1.0, [_dated(row) for row in rows])
    yield _share(
        "date traps", "all", 1.0, [_dated(row) for row in _rows(READING / "dates" / "traps.tsv")]
    )


def _dated(row: dict[str, str]) -> tuple[str, bool]:
    published = date.fromisoformat(row["published"])
    found = resolve(row["words"], published=published, ahead=row["status"] == "ahead")
    return f"{row} -> {found}", (found or "null") in row["value"].split(" | ")


def _published() -> Iterator[Figure]:
    heads = _yaml(READING / "published.yaml")
    for language in LANGUAGES:
        cases = [
            (f"{one} -> {found}", found == one["published"])
            for one in heads
            if one["language"] == language
            for found in [day_of_publication(one["text"])]
        ]
        yield _share("day of publication", language, 1.0, cases)


# Names of countries and bodies


def _names() -> Iterator[Figure]:
    countries = _rows(READING / "countries.tsv")
    for language in LANGUAGES:
        cases = [(f"{one[language]}", alpha3(one[language]) == one["code"]) for one in countries]
        yield _share("countries, nominative", language, 0.99, cases)
    forms, bodies = _rows(READING / "forms.tsv"), _rows(READING / "bodies.tsv")
    for part, first in (("seen", 0), ("unseen", 1)):
        formed = [_form(one) for one in forms[first::2]]
        for what, of_country in (("countries, other forms", True), ("no countries", False)):
            chosen = [(told, right) for told, right, country in formed if country is of_country]
            yield _share(what, part, 0.95, chosen)
        named = [
            (f"{one} -> {found}", found == (None if one["name"] == "-" else body(one["name"])))
            for one in bodies[first::2]
            for found in [body(one["form"])]
        ]
        yield _share("bodies", part, 0.95, named)


def _form(row: dict[str, str]) -> tuple[str, bool, bool]:
    code = None if row["code"] == "-" else row["code"]
    found = alpha3(row["form"])
    return f"{row} -> {found}", found == code, code is not None


# Mentions of one actor


@dataclass(slots=True)
class _Pairs:
    """Pairs of mentions in one document."""

    right: int = 0
    """Of one actor, under one name."""
    wrong: int = 0
    """Of two actors, under one name."""
    missed: int = 0
    """Of one actor, under two names."""
    apart: int = 0
    """Of two actors, under two names."""

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.apart + other.apart,
        )


def _mentions() -> Iterator[Figure]:
    documents = _yaml(READING / "mentions.yaml")
    every = _Pairs()
    for part, first in (("seen", 0), ("unseen", 1)):
        pairs, faults = _paired(documents[first::2])
        every += pairs
        yield _same_actor(part, pairs, None, () if part == "unseen" else faults)
    yield _same_actor("all", every, 0.95, ())
    apart = every.wrong + every.apart
    yield Figure("pairs of two actors kept apart", "all", apart, every.apart / apart, 1.0)
    yield _share("persons under their own names", "all", 1.0, list(_own_names(documents)))


def _own_names(documents: Sequence[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """The mentions that are given the name of somebody well known: whether it is theirs."""
    known = {holder.name for holder in all_holders()}
    for document in documents:
        labels = [
            GoldActor(name=[one["name"], *one.get("also", [])], kind=one["kind"])
            for one in document["actors"]
        ]
        for mention, number, given in _named(document):
            kind, _, name = given.partition(" ")
            if kind == "person" and name in known:
                said = Actor.model_construct(name=name, kind="person", role=None, country=None)
                yield f"{mention} -> {name}", likeness(labels[number], said) >= SHORT


def _same_actor(part: str, pairs: _Pairs, target: float | None, faults: tuple[str, ...]) -> Figure:
    value = _f1(pairs.right, pairs.wrong, pairs.missed)
    name, size = "mentions of one actor, F1 of pairs", pairs.right + pairs.missed
    return Figure(name, part, size, value, target, faults)


def _f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed)


def _paired(documents: Sequence[dict[str, Any]]) -> tuple[_Pairs, tuple[str, ...]]:
    """All pairs within a document, and those that are wrong."""
    pairs = _Pairs()
    faults: list[str] = []
    for document in documents:
        for (one, mine, its), (other, theirs, that) in combinations(_named(document), 2):
            match mine == theirs, its == that:
                case True, True:
                    pairs.right += 1
                case False, False:
                    pairs.apart += 1
                case is_same, _:
                    pairs.missed, pairs.wrong = pairs.missed + is_same, pairs.wrong + (not is_same)
                    faults.append(f"{one} / {other}: {its} / {that}")
    return pairs, tuple(faults)


def _named(document: dict[str, Any]) -> list[tuple[str, int, str]]:
    """Each mention with the number of its actor and the name that the program gives it."""
    sentences = [
        line[start:end]
        for line in document["text"].splitlines()
        for start, end in spans(line, document["language"])
    ]
    cast = Cast(sentences, document["language"])
    return [
        (mention, number, _canonical(mention, actor["kind"], cast))
        for number, actor in enumerate(document["actors"])
        for mention in actor["mentions"]
    ]


def _canonical(mention: str, kind: ActorKind, cast: Cast) -> str:
    """The name that a record would have of an actor a model named so."""
    said = Actor.model_construct(name=mention, kind=kind, role=None, country=None)
    found = actor_of(said, cast)
    return f"{found.kind} {found.name}"


# Who speaks and who meets in a sentence


@dataclass(frozen=True, slots=True)
class _Judged:
    """A sentence of the set, as labelled and as code sees it."""

    passage: str
    text: str
    speakers: tuple[str, ...]
    met: tuple[str, ...]
    sight: Sight
    meeting: Draft | None
    """What is known of a meeting in it, where its words are of one."""

    def fault(self, labelled: Sequence[str], found: Sequence[Actor]) -> str:
        """What is shown of a sentence that is wrong."""
        return f"{self.passage}: {self.text} {list(labelled)} -> {[one.name for one in found]}"

    @property
    def said_by(self) -> list[Actor]:
        """Who speaks by code, whether the sentence names him or one before it."""
        return [self.sight.speaker] if self.sight.speaker else []

    @property
    def met_by(self) -> list[Actor]:
        """Who meets by code; all to choose from, where that is left to a model."""
        if self.meeting is None:
            return []
        told = self.meeting.known.get("participants", list(self.meeting.actors))
        return [self.meeting.actors[name] for name in told]


def speakers_and_met() -> Iterator[Figure]:
    """How often code alone knows who speaks and who meets, and that nobody does.

    Where a sentence has no speaker, one that code carries over from before is no fault: whether
    anything is said in it is judged elsewhere.
    """
    passages = _yaml(READING / "speakers.yaml")
    for part in ("seen", "unseen"):
        chosen = [one for one in passages if _is_seen(one["id"]) == (part == "seen")]
        for language in LANGUAGES:
            told = [
                sentence
                for one in chosen
                if one["language"] == language
                for sentence in _judged_sentences(one)
            ]
            for name, of, right in _ABOUT_WHOM:
                cases = [case for one in told if of(one) for case in [right(one)]]
                if cases:
                    yield _share(name, f"{language} {part}", None, cases)


def _is_seen(id: str) -> bool:
    """Whether the authors of the rules read a passage: the odd ones, and by a mistake the first."""
    number = int(id[-2:])
    return number % 2 == 1 or number <= _SHOWN


def _judged_sentences(passage: dict[str, Any]) -> Iterator[_Judged]:
    language = passage["language"]
    texts = [one["text"] for one in passage["sentences"]]
    places: list[Passage] = []
    start = 0
    for text in texts:
        places.append(Passage(start=start, end=start + len(text), text=text))
        start += len(text) + 1
    sights = Scene(" ".join(texts), places, language, Cast(texts, language)).sights
    for at, (one, sight) in enumerate(zip(passage["sentences"], sights, strict=True)):
        is_asked = "meeting" in (sight.may_hold if one["met"] else sight.surely)
        made = draft("meeting", sights, at, one["text"], language) if is_asked else None
        yield _Judged(
            passage["id"], one["text"], tuple(one["speakers"]), tuple(one["met"]), sight, made
        )


def _spoken(one: _Judged) -> tuple[str, bool]:
    return one.fault(one.speakers, one.said_by), _are(one.speakers, one.said_by)


def _silent(one: _Judged) -> tuple[str, bool]:
    return one.fault((), one.said_by), not one.sight.named


def _met(one: _Judged) -> tuple[str, bool]:
    return one.fault(one.met, one.met_by), _are(one.met, one.met_by)


def _unmet(one: _Judged) -> tuple[str, bool]:
    return one.fault((), one.met_by), one.meeting is None


_ABOUT_WHOM: tuple[
    tuple[str, Callable[[_Judged], bool], Callable[[_Judged], tuple[str, bool]]], ...
] = (
    ("speakers found", lambda one: bool(one.speakers), _spoken),
    ("sentences without speaker left alone", lambda one: not one.speakers, _silent),
    ("participants found", lambda one: bool(one.met), _met),
    ("sentences without meeting left alone", lambda one: not one.met, _unmet),
)


def _are(labelled: Sequence[str], found: Sequence[Actor]) -> bool:
    """Whether the actors are those labelled, no more and no less; joint speakers are one group."""
    joint = " and ".join(labelled)
    if len(found) == 1 and len(labelled) > 1:
        return _is_actor(joint, found[0])
    return len(found) == len(labelled) and all(
        any(_is_actor(name, one) for one in found) for name in labelled
    )


def _is_actor(name: str, actor: Actor) -> bool:
    """Whether an actor is meant; how a name is spelt is no matter here."""
    kind = "country" if alpha3(name, seats=False) else actor.kind
    if kind == "country" and actor.kind != "country":
        return False
    if actor.kind == "person" and sounds(name, actor.name) >= _SOUNDS:
        return True
    return likeness(GoldActor(name=[name], kind=kind), actor) >= SAME

"""Gold: articles with the records labelled in them, one `.txt` and one `.yaml` each.

Everything that is wrong in a folder is told at once.
"""

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from evals.labels import GoldActor, GoldFile, GoldRecord, as_actor, as_record
from evals.names import RIGHT, likeness
from evals.shape import Kind, fields_of
from extractor.batch import read_one
from extractor.errors import DocumentError, SetupError
from schemas import RECORD_TYPES

GOLD = Path(__file__).with_name("gold")
"""The project's own gold."""

HALVES = ("tuning", "reporting")
"""What prompts, words and weights may be fitted to, and what they may not."""


class GoldError(SetupError):
    """A gold folder is not as it must be; the message has a line for each fault."""


@dataclass(frozen=True, slots=True)
class Case:
    """An article and its labels."""

    id: str
    language: str
    published: date | None
    path: Path
    """The article."""
    text: str
    records: Mapping[str, list[GoldRecord]]
    """Labels under the names of `Records`: `meetings` and so on."""


def load(folder: Path, articles: Mapping[str, Path] | None = None) -> list[Case]:
    """The cases of `folder` and the folders below it, in the order of their names.

    Args:
        folder: with a `.yaml` file for each case.
        articles: the text of each case by its name; None: a `.txt` file beside each.

    Raises:
        GoldError: there are none, or any of them is faulty; every fault is named.
    """
    faults: list[str] = []
    cases: list[Case] = []
    labels = sorted(folder.rglob("*.yaml"))
    if articles is None:
        articles = {path.stem: path for path in folder.rglob("*.txt")}
        named = {path.stem for path in labels}
        faults += [f"{path}: has no labels" for name, path in articles.items() if name not in named]
    for path in labels:
        if path.stem not in articles:
            faults.append(f"{path}: has no article, {path.stem}.txt")
            continue
        try:
            cases.append(_case(path, articles[path.stem]))
        except _FaultyError as error:
            faults += error.faults
    seen: dict[str, Case] = {}
    for case in cases:
        if seen.setdefault(case.id, case) is not case:
            faults.append(f"{case.path}: the id {case.id!r} is taken by another file")
    if not cases and not faults:
        faults.append(f"{folder}: there is no gold file, .yaml, in it")
    if faults:
        raise GoldError("\n".join(["the gold is faulty:", *sorted(faults)]))
    return sorted(cases, key=lambda case: case.id)


class _FaultyError(Exception):
    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults)
        self.faults = faults


def _case(path: Path, article: Path) -> Case:
    try:
        text = read_one(article).text
        data = _parsed(path)
        file = GoldFile.model_validate(data, context={"text": text})
    except (DocumentError, OSError) as error:
        raise _FaultyError([f"{path}: {error}"]) from error
    except ValidationError as error:
        raise _FaultyError([f"{path}: {told}" for told in _told(error)]) from error
    records = {name: getattr(file, name) for name in RECORD_TYPES}
    faults = [] if file.id == path.stem else [f"the id {file.id!r} is not the file's name"]
    faults += [*_contradictions(records), *_namesakes(records)]
    if faults:
        raise _FaultyError([f"{path}: {fault}" for fault in faults])
    return Case(file.id, file.language, file.published, article, text, records)


def _parsed(path: Path) -> Any:
    """What a YAML file holds; a date that no calendar has is a fault of YAML, too."""
    try:
        return YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (YAMLError, ValueError) as error:
        told = " ".join(str(error).split())
        raise _FaultyError([f"{path}: is no YAML: {told}"]) from error


def _told(error: ValidationError) -> Iterator[str]:
    for one in error.errors(include_url=False):
        where = ".".join(str(part) for part in one["loc"])
        yield f"{where}: {one['msg']}"


def _contradictions(records: Mapping[str, list[GoldRecord]]) -> Iterator[str]:
    """Records that the schema itself refuses, and records that stand there twice."""
    for name, labels in records.items():
        for number, label in enumerate(labels):
            if label in labels[:number]:
                yield f"{name}.{number}: stands there twice"
            whole = all(label.judged(shape.name) for shape in fields_of(RECORD_TYPES[name]))
            if whole:
                given = as_record(label, RECORD_TYPES[name]).model_dump(mode="json")
                try:
                    RECORD_TYPES[name].model_validate(given)
                except ValidationError as error:
                    yield from (f"{name}.{number}.{told}" for told in _told(error))


def _namesakes(records: Mapping[str, list[GoldRecord]]) -> Iterator[str]:
    """Different actors whose names the scorer would take for one."""
    actors: dict[str, GoldActor] = {}
    for name, labels in records.items():
        for shape in fields_of(RECORD_TYPES[name]):
            for label in labels:
                value = getattr(label, shape.name)
                if shape.kind is Kind.ACTOR and value:
                    actors.setdefault(value.name[0], value)
                elif shape.kind is Kind.ACTORS:
                    actors |= {actor.name[0]: actor for actor in value}
    for one, other in combinations(actors.values(), 2):
        if likeness(one, as_actor(other)) == RIGHT and not {*one.name} & {*other.name}:
            yield f"{one.name[0]!r} and {other.name[0]!r} cannot be told apart by the scorer"


def half(cases: Sequence[Case], name: str) -> list[Case]:
    """The cases of one half of the project's gold: "tuning" or "reporting".

    Raises:
        SetupError: there is no such half.
    """
    if name not in HALVES:
        raise SetupError(f"there is no half {name!r} of the gold: {' and '.join(HALVES)}")
    listed = tomllib.loads((GOLD / "halves.toml").read_text(encoding="utf-8"))["tuning"]
    return [case for case in cases if (case.id in listed) == (name == "tuning")]


def number(id: str) -> int:
    """The number in an article's id: 641 of "en-641"."""
    return int(id.rsplit("-", 1)[-1])


def in_turn(cases: Sequence[Case]) -> list[Case]:
    """The cases with the languages taking turns, so that the first few are some of each."""
    ranks: Counter[str] = Counter()
    ranked: list[tuple[int, str, Case]] = []
    for case in cases:
        ranked.append((ranks[case.language], case.language, case))
        ranks[case.language] += 1
    return [case for _, _, case in sorted(ranked, key=lambda one: one[:2])]


def census(case: Case) -> Iterator[str]:
    """What the case counts for: itself, each record that is not optional, each of its choices."""
    yield "articles"
    if not any(case.records.values()):
        yield "articles without events"
    for name, labels in case.records.items():
        for label in labels:
            if label.optional:
                yield f"{name} optional"
                continue
            yield name
            for shape in fields_of(RECORD_TYPES[name]):
                value = getattr(label, shape.name)
                if shape.kind is Kind.CHOICE and value is not None:
                    yield f"{name} {shape.name} {str(value).lower()}"


def json_schema() -> dict[str, Any]:
    """The JSON schema of a gold file, for editors that check YAML while it is typed."""
    schema = GoldFile.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema


def digest(cases: Iterable[Case]) -> str:
    """SHA-256, in hex, of all texts and labels: what changes a score changes it."""
    parts = [
        [case.id, case.language, str(case.published), case.text]
        + [
            [label.model_dump(mode="json", exclude_unset=True) for label in case.records[name]]
            for name in RECORD_TYPES
        ]
        for case in cases
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

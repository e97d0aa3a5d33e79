"""Small invented cases, labelled as a gold file is, and what a system might find in them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals import report
from evals.gold import Case
from evals.labels import GoldFile, as_record
from evals.recordings import Recording
from evals.report import Report
from evals.run import Outcome
from extractor import Settings
from extractor.result import Extraction
from schemas import RECORD_TYPES, Evidence, Record

ANNA = {"name": "Anna Berg", "kind": "person", "role": None, "country": "SWE"}
JEAN = {"name": "Jean Moreau", "kind": "person", "role": None, "country": "FRA"}
OMAR = {"name": "Omar Haddad", "kind": "person", "role": None, "country": "JOR"}
IRAN = {"name": "Iran", "kind": "country", "role": None, "country": "IRN"}
IRAQ = {"name": "Iraq", "kind": "country", "role": None, "country": "IRQ"}
EU = {"name": ["European Union", "EU"], "kind": "organization", "role": None, "country": None}

MET = "Anna Berg met Jean Moreau in Rome on Thursday."
SAID = "The talks went well, Berg said."
ADDED = "She hopes for more."
BANNED = "The European Union froze the assets of Iran."
SIGNED = "Iran and Iraq signed a gas deal."
TEXT = f"{MET}\n{SAID}\n{ADDED}\n{BANNED}\n{SIGNED}"


def meeting(**changed: Any) -> dict[str, Any]:
    """A labelled meeting."""
    return {
        "participants": [ANNA, JEAN],
        "format": "in_person",
        "status": "held",
        "topics": ["trade"],
        "occasion": None,
        "date": "2025-03-20",
        "place": "Rome, Italy",
        "evidence": [MET],
    } | changed


def statement(**changed: Any) -> dict[str, Any]:
    """A labelled statement over two sentences."""
    return {
        "speaker": ANNA,
        "act": "inform",
        "direct": False,
        "content": "The talks went well.",
        "addressee": JEAN,
        "via": None,
        "date": None,
        "evidence": [SAID, ADDED],
    } | changed


def sanction(**changed: Any) -> dict[str, Any]:
    """A labelled sanction."""
    return {
        "imposed_by": [EU],
        "targets": [IRAN],
        "measures": ["asset_freeze"],
        "reason": None,
        "status": "imposed",
        "date": None,
        "evidence": [BANNED],
    } | changed


def agreement(**changed: Any) -> dict[str, Any]:
    """A labelled agreement."""
    return {
        "parties": [IRAN, IRAQ],
        "subject": "gas",
        "status": "signed",
        "date": None,
        "evidence": [SIGNED],
    } | changed


def case(id: str = "en-001", language: str = "en", text: str = TEXT, **labels: Any) -> Case:
    """A case with these labels, by type; types left out have none."""
    data = {"id": id, "language": language, "published": "2025-03-21"} | {
        name: labels.get(name, []) for name in RECORD_TYPES
    }
    file = GoldFile.model_validate(data, context={"text": text})
    records = {name: getattr(file, name) for name in RECORD_TYPES}
    return Case(id, language, file.published, Path(f"{id}.txt"), text, records)


def full(id: str = "en-001", language: str = "en") -> Case:
    """A case with one record of each type."""
    return case(
        id,
        language,
        meetings=[meeting()],
        statements=[statement()],
        agreements=[agreement()],
        sanctions=[sanction()],
    )


def found(case: Case, **records: list[Record]) -> Extraction:
    """What a system gives that finds all that is labelled; of the types named, just `records`."""
    given: dict[str, Any] = {
        name: [as_record(label, kind) for label in case.records[name]]
        for name, kind in RECORD_TYPES.items()
    }
    return Extraction.model_construct(
        id=case.id,
        language=case.language,
        published=case.published,
        warnings=[],
        **(given | records),
    )


def record(case: Case, name: str, number: int = 0) -> Record:
    """The record that finds exactly one label."""
    return as_record(case.records[name][number], RECORD_TYPES[name])


def evidence(*sentences: str, text: str = TEXT) -> list[Evidence]:
    """Sentences of the text, as evidence."""
    return [
        Evidence(start=text.index(one), end=text.index(one) + len(one), text=one)
        for one in sentences
    ]


def outcome(case: Case, extraction: Extraction | None, failed: str | None = None) -> Outcome:
    """What a run gives that has found `extraction`."""
    recording = Recording(article=case.id, model="x", base_url=None, failed=failed, answers={})
    return Outcome(case, extraction, recording, repeatable=True, seconds=0.1)


def report_of(*outcomes: Outcome) -> Report:
    """The report of a run."""
    begun = datetime(2026, 11, 24, tzinfo=UTC)
    settings = Settings(model="scripted", base_url="http://127.0.0.1/v1")
    cases = [one.case for one in outcomes]
    return report.build(outcomes, settings, cases=cases, folder=Path("gold"), begun=begun)

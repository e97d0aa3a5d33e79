"""Gold is read, counted, and refused loudly where it is faulty."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from evals import gold
from evals.labels import as_record
from evals.project import Project
from extractor.errors import SetupError
from schemas import RECORD_TYPES

TEXT = "Anna Berg met Jean Moreau in Rome.\nThey ate.\nThey ate.\n"
GOOD = """\
id: en-001
language: en
published: 2025-03-21
meetings:
  - participants:
      - {name: [Anna Berg, Ana Berg], kind: person, role: null, country: NOR}
      - {name: Jean Moreau, kind: person, role: null, country: FRA}
    format: in_person
    status: held
    date: 2025-03
    place: Rome
    occasion: null
    topics: []
    evidence: ["Anna Berg met Jean Moreau in Rome."]
statements: []
agreements: []
sanctions: []
"""
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a gold file and its article; returns the folder."""

    def write(labels: str, text: str | bytes = TEXT, stem: str = "en-001") -> Path:
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / f"{stem}.txt").write_bytes(data)
        (tmp_path / f"{stem}.yaml").write_text(labels, encoding="utf-8")
        return tmp_path

    return write


def test_good_file_is_read(write: Write) -> None:
    (case,) = gold.load(write(GOOD))
    (label,) = case.records["meetings"]
    assert (case.id, str(case.published), case.text) == ("en-001", "2025-03-21", TEXT)
    assert label.participants[0].name == ["Anna Berg", "Ana Berg"]
    assert label.participants[0].country == "NOR"  # no false of YAML 1.1
    assert label.date == "2025-03"
    assert [(one.start, one.end) for one in label.evidence] == [(0, 34)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("met Jean Moreau in Rome.", "met Jean Moreau in Oslo.", "is not in the text"),
        ("Anna Berg met Jean Moreau in Rome.", "They ate.", "more than once"),
        ("format: in_person", "format: on_foot", "meetings.0.format"),
        ("status: held", "status: imposed", "meetings.0.status"),
        ("date: 2025-03", "date: 2025-02-30", "day is out of range"),
        ("date: 2025-03", "date: 2025-02-30/2025-03-01", "no day, month, year or span"),
        ("date: 2025-03", "date: last week", "no day, month, year or span"),
        ("country: NOR", "country: NO", "alpha-3"),
        ("country: NOR", "country: Norway", "alpha-3"),
        ("kind: person, role: null, country: FRA", "kind: boat", "participants.1.kind"),
        ("    place: Rome\n", "    locus: Rome\n", "locus"),
        ("[Anna Berg, Ana Berg]", "Анна Берг", "English"),
        ("[Anna Berg, Ana Berg]", "[]", "participants.0.name"),
        ("name: Jean Moreau", "name: Anna Berg", "two different participants"),
        ("id: en-001", "id: en-002", "not the file's name"),
        ("sanctions: []\n", "", "sanctions"),
        ("agreements: []", "agreements: []\nagreements: []", "no YAML"),
        ("language: en", "language: [en", "no YAML"),
        ("published: 2025-03-21", "published: yesterday", "published"),
    ],
)
def test_fault_is_told(write: Write, old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(gold.GoldError) as error:
        gold.load(write(GOOD.replace(old, new)))
    assert told in str(error.value)
    assert "en-001.yaml" in str(error.value)


def test_all_faults_are_told_at_once(write: Write) -> None:
    write(GOOD.replace("status: held", "status: x").replace("format: in_person", "format: y"))
    folder = write(GOOD.replace("id: en-001", "id: en-009"), stem="en-002")
    with pytest.raises(gold.GoldError) as error:
        gold.load(folder)
    assert len(str(error.value).splitlines()) == 4


def test_evidence_in_an_overlapping_place_is_found_twice(write: Write) -> None:
    labels = GOOD.replace("Anna Berg met Jean Moreau in Rome.", "no no")
    with pytest.raises(gold.GoldError, match="more than once"):
        gold.load(write(labels, "no no no\n"))


def test_same_record_twice_is_a_fault(write: Write) -> None:
    begin, end = GOOD.index("  - participants"), GOOD.index("statements")
    with pytest.raises(gold.GoldError, match="stands there twice"):
        gold.load(write(GOOD[:end] + GOOD[begin:]))


def test_actors_the_scorer_cannot_tell_apart_are_a_fault(write: Write) -> None:
    with pytest.raises(gold.GoldError, match="cannot be told apart"):
        gold.load(write(GOOD.replace("Jean Moreau, kind", "Anna Bergg, kind")))


def test_article_without_labels_and_labels_without_article_are_faults(write: Write) -> None:
    folder = write(GOOD)
    (folder / "a.txt").write_text("x")
    (folder / "b.yaml").write_text(GOOD)
    with pytest.raises(gold.GoldError) as error:
        gold.load(folder)
    assert "a.txt: has no labels" in str(error.value)
    assert "b.yaml: has no article" in str(error.value)


def test_article_in_another_encoding_is_read(write: Write) -> None:
    """Offsets count letters, whatever their bytes."""
    text = TEXT + "\n“They ate,” said José Silva – “and they drank.”\n"
    (case,) = gold.load(write(GOOD, text.encode("cp1252")))
    assert case.text == text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param("Встреча".encode()[:-1], "is not utf-8 from byte 12 on", id="cut-off"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is binary, not text", id="binary"),
    ],
)
def test_article_that_cannot_be_decoded_is_a_fault(write: Write, data: bytes, told: str) -> None:
    with pytest.raises(gold.GoldError, match=told):
        gold.load(write(GOOD, data))


def test_folder_without_gold_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(gold.GoldError, match="no gold file"):
        gold.load(tmp_path)


def test_languages_take_turns(write: Write) -> None:
    for stem in ("en-001", "en-002", "ru-001", "bg-001", "bg-002"):
        labels = GOOD.replace("en-001", stem).replace("language: en", f"language: {stem[:2]}")
        folder = write(labels, stem=stem)
    order = [case.id for case in gold.in_turn(gold.load(folder))]
    assert order == ["bg-001", "en-001", "ru-001", "bg-002", "en-002"]


def test_null_of_another_type_is_read_over(write: Write) -> None:
    labels = GOOD.replace("    topics: []", "    topics: []\n    reason: null")
    assert gold.load(write(labels))


def test_digest_changes_with_text_and_label_and_not_with_order(write: Write) -> None:
    first = gold.digest(gold.load(write(GOOD)))
    assert gold.digest(gold.load(write(GOOD, TEXT + "More.\n"))) != first
    assert gold.digest(gold.load(write(GOOD.replace("held", "planned")))) != first
    assert gold.digest(gold.load(write(GOOD.replace("    topics: []\n", "")))) != first
    lines = GOOD.replace("    status: held\n", "").replace(
        "    format", "    status: held\n    format"
    )
    assert gold.digest(gold.load(write(lines))) == first


def test_label_becomes_the_record_that_finds_it(write: Write) -> None:
    (case,) = gold.load(write(GOOD))
    record = as_record(case.records["meetings"][0], RECORD_TYPES["meetings"])
    assert record.date.value == "2025-03"
    assert record.evidence[0].text == "Anna Berg met Jean Moreau in Rome."


def test_own_gold_is_as_large_and_as_varied_as_it_must_be() -> None:
    cases = gold.load(Project().gold)
    counts: dict[str, int] = {}
    for case in cases:
        for what in gold.census(case):
            counts[what] = counts.get(what, 0) + 1
    languages = [case.language for case in cases]
    assert all(languages.count(one) >= 16 for one in ("en", "ru", "bg"))
    assert counts["articles without events"] >= 6
    choices = {
        f"{name} {field} {value}".lower()
        for name, kind in RECORD_TYPES.items()
        for field in ("status", "act")
        if field in kind.model_fields
        for value in kind.model_fields[field].annotation.__args__
    }
    assert choices
    assert all(counts.get(one, 0) >= 4 for one in choices)
    assert all(150 <= len(case.text.split()) <= 450 for case in cases)


def test_own_second_labels_are_a_fifth_of_the_gold() -> None:
    project = Project()
    first = gold.load(project.gold)
    second = gold.load(project.second, {case.id: case.path for case in first})
    assert 5 * len(second) >= len(first)


def test_schema_for_editors_is_the_committed_one() -> None:
    """`python -m evals check --schema > evals/gold.schema.json` writes it anew."""
    path = Project().root / "gold.schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == gold.json_schema()


def test_schema_for_editors_is_named_in_every_own_file() -> None:
    for path in Project().gold.rglob("*.yaml"):
        assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=../../")


def test_halves_of_the_gold_have_nothing_in_common_and_are_all_of_it() -> None:
    cases = gold.load(gold.GOLD)
    tuning, reporting = (gold.half(cases, name) for name in gold.HALVES)
    assert {one.id for one in tuning} | {one.id for one in reporting} == {one.id for one in cases}
    assert not {one.id for one in tuning} & {one.id for one in reporting}
    assert Counter(one.language for one in tuning) == Counter(one.language for one in reporting)


def test_half_that_is_not_there_is_told() -> None:
    with pytest.raises(SetupError, match="tuning and reporting"):
        gold.half([], "third")


@pytest.mark.parametrize("folder", ["training", "unseen"])
def test_other_articles_are_good_and_none_of_the_gold(folder: str) -> None:
    cases = gold.load(gold.GOLD.with_name(folder))
    assert Counter(case.language for case in cases).keys() == {"bg", "en", "ru"}
    assert {case.text for case in cases}.isdisjoint(case.text for case in gold.load(gold.GOLD))


def test_nothing_that_is_fitted_to_is_unseen() -> None:
    training, unseen = (gold.load(gold.GOLD.with_name(one)) for one in ("training", "unseen"))
    assert {case.id for case in training}.isdisjoint(case.id for case in unseen)
    assert {case.text for case in training}.isdisjoint(case.text for case in unseen)

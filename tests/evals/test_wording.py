"""The weights of words are fitted to labelled sentences, and told by what was left out."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from evals import gold
from evals.wording import Sentence, asked, both, fit, left_out, sentences
from extractor.clues.wording import BIAS
from extractor.llm import Model
from extractor.llm.profiles import profile_of
from extractor.settings import LOCAL, Settings
from schemas import EVENT_TYPES

HEAD = "id: en-001\nlanguage: en\npublished: 2025-03-21\n"
EMPTY = "statements: []\nagreements: []\nsanctions: []\n"
MET = "Anna Berg, the president of Norway, met Jean Moreau, the president of France, in Rome."
MEETING = f"""meetings:
  - participants:
      - {{name: Anna Berg, kind: person}}
      - {{name: Jean Moreau, kind: person}}
    status: held
    evidence: ['{MET}']
"""


def sentence(number: int, term: str, *, holds: bool | None) -> Sentence:
    return Sentence(
        f"en-{number}",
        0,
        dict.fromkeys(EVENT_TYPES, frozenset((BIAS, term, "en:the"))),
        dict.fromkeys(EVENT_TYPES, holds),
    )


FOUND = [
    *(sentence(number, "en:met", holds=True) for number in range(1, 21)),
    *(sentence(number, "en:sang", holds=False) for number in range(21, 41)),
    sentence(41, "en:rare", holds=True),
]


class Weighing:
    """Holds every question for likely (scripted)."""

    profile = profile_of(Settings(model=LOCAL))

    async def weigh(self, questions: Sequence[object]) -> list[tuple[float, None]]:
        return [(0.75, None) for _ in questions]


def weights(path: Path) -> dict[str, list[str]]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1:] for row in rows}


def labelled(folder: Path, more: str = "") -> list[Sentence]:
    (folder / "en-001.txt").write_text(f"{MET}\n\nThe river is long.\n", encoding="utf-8")
    (folder / "en-001.yaml").write_text(HEAD + MEETING + more + EMPTY, encoding="utf-8")
    return list(sentences(gold.load(folder)))


def test_a_sentence_holds_what_it_is_evidence_of(tmp_path: Path) -> None:
    met, river = labelled(tmp_path)
    assert [met.holds["meeting"], river.holds["meeting"]] == [True, False]
    assert met.holds["sanction"] is False
    assert "en:N met" in met.terms["meeting"]


def test_of_evidence_of_an_optional_record_nothing_is_said(tmp_path: Path) -> None:
    met, _ = labelled(tmp_path, "    optional: true\n")
    assert met.holds["meeting"] is None


def test_a_term_weighs_as_its_sentences_are_labelled(tmp_path: Path) -> None:
    fit(FOUND, tmp_path / "weights.tsv")
    found = weights(tmp_path / "weights.tsv")
    assert found["term"] == list(EVENT_TYPES)
    assert all(float(one) > 0 for one in found["en:met"])
    assert all(float(one) < 0 for one in found["en:sang"])
    assert "en:rare" not in found


def test_sentences_of_which_nothing_is_said_change_nothing(tmp_path: Path) -> None:
    more = [*FOUND, *(sentence(number, "en:sang", holds=None) for number in range(50, 60))]
    fit(FOUND, tmp_path / "one.tsv")
    fit(more, tmp_path / "other.tsv")
    assert weights(tmp_path / "one.tsv") == weights(tmp_path / "other.tsv")


def test_an_article_has_no_part_in_the_odds_of_its_own_sentences() -> None:
    own = [sentence(50, "en:own", holds=True) for _ in range(9)]
    mixed = [one for pair in zip(FOUND[::4], own, strict=False) for one in pair]
    odds = left_out([*mixed, *(one for one in FOUND if one not in mixed)])
    known = left_out([*FOUND, *own, *(sentence(n, "en:own", holds=True) for n in range(51, 60))])
    assert odds["en-50", 0]["meeting"] < 0.5
    assert known["en-50", 0]["meeting"] > 1


@pytest.mark.parametrize("right", [True, False])
def test_the_yes_of_the_model_weighs_as_far_as_it_is_right(right: bool) -> None:
    told = {
        (one.article, 0): dict.fromkeys(EVENT_TYPES, 0.9 if one.holds["meeting"] is right else 0.1)
        for one in FOUND
    }
    lines = list(both(FOUND, left_out(FOUND), told))
    yes = [float(line.rpartition("yes = ")[2]) for line in lines if "yes = " in line]
    assert len(yes) == len(EVENT_TYPES)
    assert all((one > 0) is right for one in yes)


async def test_the_model_is_asked_for_what_a_sentence_may_hold(tmp_path: Path) -> None:
    met, river = labelled(tmp_path)
    odds = {
        (met.article, met.at): {"meeting": 0.0, "sanction": -9.0},
        (river.article, river.at): {"meeting": -9.0},
    }
    said: list[str] = []
    told = await asked(gold.load(tmp_path), odds, cast(Model, Weighing()), say=said.append)
    assert told == {(met.article, met.at): {"meeting": 0.75}, (river.article, river.at): {}}
    assert said == ["1 of 1: en-001"]

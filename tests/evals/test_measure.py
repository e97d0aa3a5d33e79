"""The labelled sets: large enough, whole, and every figure at its target."""

from collections.abc import Sequence

import pytest

from evals.measure import Figure, measure
from evals.screen import figures


@pytest.fixture(scope="module")
def measured() -> list[Figure]:
    return measure()


def sizes(measured: Sequence[Figure], name: str) -> dict[str, int]:
    return {one.part: one.size for one in measured if one.name == name}


def test_every_figure_but_the_speed_is_at_its_target(measured: list[Figure]) -> None:
    """How fast the machine is at the moment is no fault of the code."""
    assert [one for one in measured if not one.holds and "a second" not in one.name] == []


@pytest.mark.parametrize(
    ("name", "part", "least"),
    [
        ("sentence boundaries, F1", "{} seen", 150),
        ("sentence boundaries, F1", "{} unseen", 150),
        ("dates", "{}", 80),
        ("countries, nominative", "{}", 249),
        ("day of publication", "{}", 25),
    ],
)
@pytest.mark.parametrize("language", ["en", "ru", "bg"])
def test_each_language_has_its_share(
    measured: list[Figure], name: str, part: str, least: int, language: str
) -> None:
    assert sizes(measured, name)[part.format(language)] >= least


def test_the_other_sets_are_large_enough(measured: list[Figure]) -> None:
    assert sizes(measured, "date traps")["all"] >= 60
    assert sum(sizes(measured, "countries, other forms").values()) >= 300
    assert sizes(measured, "mentions of one actor, F1 of pairs")["all"] >= 200
    assert sizes(measured, "body sentences kept")["all"] >= 1000


def test_no_two_actors_are_merged(measured: list[Figure]) -> None:
    (apart,) = (one for one in measured if one.name == "pairs of two actors kept apart")
    assert apart.size >= 600
    assert apart.value == 1


def test_nobody_is_given_the_name_of_somebody_else_who_is_well_known(
    measured: list[Figure],
) -> None:
    (named,) = (one for one in measured if one.name == "persons under their own names")
    assert named.size >= 300
    assert named.value == 1


@pytest.mark.parametrize("language", ["en", "ru", "bg"])
@pytest.mark.parametrize(
    ("name", "least"), [("speakers found", 0.85), ("sentences without speaker left alone", 0.9)]
)
def test_who_speaks_is_known_in_most_of_the_passages_that_were_read(
    measured: list[Figure], language: str, name: str, least: float
) -> None:
    (figure,) = (one for one in measured if (one.name, one.part) == (name, f"{language} seen"))
    assert figure.size >= 20
    assert figure.value >= least


def test_unseen_passages_show_no_faults(measured: list[Figure]) -> None:
    assert not any(one.faults for one in measured if one.part.endswith("unseen"))


def test_faults_are_listed_but_not_those_that_are_to_stay_unseen() -> None:
    seen = Figure("dates", "en", 2, 0.5, 1.0, faults=("on Friday -> None",))
    assert list(figures([seen], faults=True))[1].strip() == "on Friday -> None"
    assert len(list(figures([seen], faults=False))) == 1
    assert next(iter(figures([seen], faults=False))).startswith("FAIL dates")

"""Which names are one actor's, and which dates and places are one."""

from typing import Any

import pytest

from evals.fields import Outcome, compare_dates, compare_places
from evals.labels import GoldActor
from evals.names import RIGHT, SHORT, STANDS_FOR, likeness, overlap
from schemas import Actor


def gold(name: Any, kind: str = "person", country: str | None = None) -> GoldActor:
    return GoldActor.model_validate({"name": name, "kind": kind, "country": country})


def actor(name: str, kind: Any = "person", country: str | None = None) -> Actor:
    return Actor.model_construct(name=name, kind=kind, role=None, country=country)


@pytest.mark.parametrize(
    ("labelled", "given", "like"),
    [
        (gold("Anna Berg"), actor("anna  berg"), RIGHT),
        (gold("Anna Bérg"), actor("Anna Berg"), RIGHT),
        (gold(["Kenji Mori", "Mori Kenji"]), actor("Mori Kenji"), RIGHT),
        (gold("Masoud Pezeshkian"), actor("Massoud Pezeshkian"), RIGHT),
        (gold("Nurlan Seitkazin"), actor("Nurlan Saitkazin"), RIGHT),
        (gold("Andrei Veresaev"), actor("Andrei Veresov"), 0),
        (gold("Anna Berg"), actor("the"), 0),
        (gold("the Elders", "group"), actor("the", "group"), 0),
        (gold("Anna Berg"), actor("Berg"), SHORT),
        (gold("Berg"), actor("Anna Berg"), SHORT),
        (gold("Anna Berg"), actor("Anna"), 0),
        (gold("Anna Berg"), actor("Jean Moreau"), 0),
        (gold("Anna Berg"), actor("minister"), 0),
        (gold("Anna Berg", country="SWE"), actor("Sweden", "country", "SWE"), STANDS_FOR),
        (gold("Anna Berg", country="SWE"), actor("Norway", "country", "NOR"), 0),
        (gold("Iran", "country", "IRN"), actor("Iraq", "country", "IRQ"), 0),
        (gold("Niger", "country", "NER"), actor("Nigeria", "country", "NGA"), 0),
        (gold("Turkey", "country", "TUR"), actor("Türkiye", "country", "TUR"), RIGHT),
        (gold("Iran", "country", "IRN"), actor("Islamic Republic of Iran", "country"), RIGHT),
        (gold("Iran", "country", "IRN"), actor("Land of the Lion", "country"), 0),
        (gold("Iran", "country", "IRN"), actor("Omar Haddad", "person", "IRN"), STANDS_FOR),
        (gold("Iran", "country", "IRN"), actor("Omar Haddad", "person", None), 0),
        (gold(["CSTO", "Collective Security Treaty Organization"], "organization"),
         actor("Collective Security Treaty Organization", "organization"), RIGHT),
        (gold("Ministry of Defence of Chad", "organization"),
         actor("Chad's Ministry of Defence", "organization"), RIGHT),
        (gold("UN Security Council", "organization"),
         actor("U.N. Security Council", "organization"), RIGHT),
        (gold("U.S. Treasury", "organization"), actor("the US Treasury", "organization"), RIGHT),
        (gold("Ministry of Defence of Chad", "organization"),
         actor("Ministry of Finance of Chad", "organization"), 0),
    ],
)  # fmt: skip
def test_likeness(labelled: GoldActor, given: Actor, like: float) -> None:
    assert likeness(labelled, given) == like


def test_one_right_and_one_wrong_of_two_are_half_the_same() -> None:
    labelled = [gold("Anna Berg"), gold("Jean Moreau")]
    assert overlap(labelled, [actor("Jean Moreau"), actor("Omar Haddad")]) == 0.5


def test_two_states_for_their_people_are_more_than_half_the_same() -> None:
    labelled = [gold("Anna Berg", country="SWE"), gold("Jean Moreau", country="FRA")]
    states = [actor("France", "country", "FRA"), actor("Sweden", "country", "SWE")]
    assert 0.5 < overlap(labelled, states) < 1


@pytest.mark.parametrize(
    ("labelled", "given", "outcome"),
    [
        ("2025-03-20", "2025-03-20", Outcome.CORRECT),
        ("2025-03-20", "2025-03", Outcome.PARTIAL),
        ("2025-03-20", "2025", Outcome.PARTIAL),
        ("2025-03-20", "2025-03-17/2025-03-23", Outcome.PARTIAL),
        ("2025-03-20", "2025-03-21", Outcome.INCORRECT),
        ("2025-03-20", "2025-02", Outcome.INCORRECT),
        ("2025-03", "2025-03-20", Outcome.INCORRECT),
        ("2025-03", "2025-03-01/2025-03-31", Outcome.CORRECT),
        ("2024-02", "2024-02-01/2024-02-29", Outcome.CORRECT),
        ("2025-12", "2025", Outcome.PARTIAL),
        ("2024-10-22/2024-10-24", "2024-10", Outcome.PARTIAL),
        ("2024-10-22/2024-10-24", "2024-10-22", Outcome.INCORRECT),
        ("2025", "2025-01-01/2025-12-31", Outcome.CORRECT),
    ],
)
def test_dates(labelled: str, given: str, outcome: Outcome) -> None:
    assert compare_dates(labelled, given) is outcome


@pytest.mark.parametrize(
    ("labelled", "given", "outcome"),
    [
        (["Ashgabat, Turkmenistan"], "Ashgabat, Turkmenistan", Outcome.CORRECT),
        (["Ashgabat, Turkmenistan"], "ashgabat , turkmenistan", Outcome.CORRECT),
        (["Kars", "Kars, Turkey"], "Kars, Türkiye", Outcome.CORRECT),
        (["Ashgabat, Turkmenistan"], "Turkmenistan", Outcome.PARTIAL),
        (["Ashgabat, Turkmenistan"], "Ashgabat", Outcome.PARTIAL),
        (["Russia"], "Kazan, Russia", Outcome.PARTIAL),
        (["Kazan, Russia"], "Moscow, Russia", Outcome.INCORRECT),
        (["Kazan, Russia"], "Moscow", Outcome.INCORRECT),
    ],
)
def test_places(labelled: list[str], given: str, outcome: Outcome) -> None:
    assert compare_places(labelled, given) is outcome

"""Persons and firms that have no names."""

import pytest

from extractor.cast.pieces import pieces
from extractor.clues.groups import groups


def found(language: str, sentence: str) -> list[tuple[str, str | None]]:
    read = pieces(sentence, language)
    return [(one.actor.name, one.actor.country) for one in groups(read, language)]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("It hit four Chadian police commanders.", [("four Chadian police commanders", "TCD")]),
        ("It hit two Dubai-registered firms.", [("two Dubai-registered firms", None)]),
        ("It hit six bankers and traders.", [("six bankers and traders", None)]),
        ("It hit two judges and three firms.", [("two judges", None), ("three firms", None)]),
        ("It hit 27 members of the ruling council.", [("27 members of the ruling council", None)]),
        ("Eleven of his deputies left.", [("eleven deputies", None)]),
        ("It hit 21 Chadians.", [("21 Chadians", "TCD")]),
        ("Danish customs officials left.", [("Danish customs officials", "DNK")]),
        ("The Danish delegation's car left.", []),
        ("Danish and Finnish negotiators met.", [("Danish and Finnish negotiators", None)]),
        ("The EU's foreign ministers met.", [("EU foreign ministers", None)]),
        ("West African leaders met.", [("West African leaders", None)]),
        ("The foreign ministers of Chad, Niger and Mali met.",
         [("foreign ministers of Chad, Niger and Mali", None)]),
        ("Heads of state and government of ECOWAS sat.",
         [("Heads of state and government of ECOWAS", None)]),
        ("It hit nine Chadian police and justice officials.",
         [("nine Chadian police and justice officials", "TCD")]),
    ],
)  # fmt: skip
def test_english_groups_are_called_as_they_stand(
    sentence: str, names: list[tuple[str, str | None]]
) -> None:
    assert found("en", sentence) == names


@pytest.mark.parametrize(
    ("language", "sentence", "name", "country"),
    [
        ("ru", "Она выслала двух чадских дипломатов.", "two Chadian diplomats", "TCD"),
        ("ru", "Санкции против трёх банкиров из Чада.", "three bankers of Chad", "TCD"),
        ("ru", "Пятеро сотрудников чадского посольства.", "five employees of the Chadian embassy",
         "TCD"),
        ("ru", "Санкции против пяти депутатов Госдумы.", "five State Duma deputies", "RUS"),
        ("bg", "Санкции срещу 28 граждани на Чад.", "28 citizens of Chad", "TCD"),
        ("bg", "Санкции срещу шестима капитани на танкери.", "six tanker captains", None),
        ("bg", "Изгониха двама чадски дипломати.", "two Chadian diplomats", "TCD"),
    ],
)  # fmt: skip
def test_others_are_put_into_english(
    language: str, sentence: str, name: str, country: str | None
) -> None:
    assert found(language, sentence) == [(name, country)]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "It took two days and six months."),
        ("en", "The company grew."),
        ("ru", "Турецкий министр уехал на два дня."),
        ("bg", "Това отне два дни."),
        ("de", "Vier Richter kamen."),
        (None, "Four judges came."),
    ],
)
def test_times_and_single_persons_are_no_groups(language: str | None, sentence: str) -> None:
    assert found(language or "", sentence) == []


def test_a_bulgarian_noun_for_one_is_no_group() -> None:
    assert found("bg", "Руският лидер пристигна.") == []

"""The actors of a sentence."""

import pytest

from extractor.clues.actors import Placed
from tests.extractor.clues import look


def last(language: str, *sentences: str) -> list[Placed]:
    return list(look(language, *sentences)[-1].actors)


def names(placed: list[Placed]) -> list[str]:
    return [one.actor.name for one in placed]


def test_an_office_alone_is_the_last_who_held_it() -> None:
    dahl = "Norwegian Prime Minister Ingrid Dahl arrived."
    berg = "Danish Prime Minister Karl Berg waited."
    alone = "The prime minister said the bridge was ready."
    assert names(last("en", dahl, berg, alone)) == ["Karl Berg"]
    assert names(last("en", berg, dahl, alone)) == ["Ingrid Dahl"]


def test_an_office_that_nobody_holds_is_nobody() -> None:
    assert last("en", "The prime minister said the bridge was ready.") == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The Norwegian fleet sailed for Denmark."),
        ("ru", "Норвежский корабль ушёл в Данию."),
        ("bg", "Норвежкият кораб отплава към Дания."),
    ],
)
def test_a_country_said_by_an_adjective_is_marked(language: str, sentence: str) -> None:
    found = [(one.actor.name, one.adjective) for one in last(language, sentence)]
    assert found == [("Norway", True), ("Denmark", False)]


@pytest.mark.parametrize(
    ("language", "sentence", "house"),
    [
        ("en", "The Kremlin press service said the bridge was ready.", "Press Service of Kremlin"),
        ("ru", "Пресс-служба Кремля сообщила о мосте.", "Press Service of Kremlin"),
        ("en", "The Norwegian embassy said the bridge was ready.", "Embassy of Norway"),
    ],
)
def test_a_house_stands_for_whose_it_is(language: str, sentence: str, house: str) -> None:
    (found,) = last(language, sentence)
    assert (found.actor.name, found.actor.kind) == (house, "organization")


def test_the_first_word_after_a_dateline_is_no_part_of_a_name() -> None:
    found = last("en", "OSLO, May 4 (North Wire) – Eleven Chadian judges were barred by Norway.")
    assert not [one for one in names(found) if one.startswith("Eleven")]


def test_the_house_of_a_person_leaves_the_person_there() -> None:
    found = names(last("en", "The office of Prime Minister Ingrid Dahl denied it."))
    assert found == ["Office of Ingrid Dahl", "Ingrid Dahl"]


def test_an_embassy_is_called_by_its_seat_too() -> None:
    found = names(last("en", "Norway's embassy in Paris said the bridge was ready."))
    assert found[0] == "Embassy of Norway in France"


def test_actors_come_in_their_order() -> None:
    found = last("en", "In Denmark, Ingrid Dahl saw Karl Berg, and Norway was glad.")
    assert names(found) == ["Denmark", "Ingrid Dahl", "Karl Berg", "Norway"]


def test_a_day_that_opens_a_sentence_is_no_actor() -> None:
    assert last("en", "Friday came.") == []


def names_in(language: str, sentence: str) -> list[str]:
    return names(last(language, sentence))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The ferry to Bergenfoss leaves at noon."),
        ("ru", "Паром из Бергенфосса уходит в полдень."),
        ("bg", "Фериботът тръгва от Бергенфос."),
    ],
)
def test_a_single_word_that_may_be_a_place_is_no_actor(language: str, sentence: str) -> None:
    assert names_in(language, sentence) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Norway's Nordgas signed it."),
        ("ru", "Компания «Нордгаз» подписала его."),
        ("bg", "Фирмата „Нордгаз“ го подписа."),
    ],
)
def test_a_firm_is_an_actor(language: str, sentence: str) -> None:
    assert {"Nordgas", "Nordgaz"} & set(names_in(language, sentence))


def test_a_place_where_something_is_is_marked() -> None:
    (sight,) = look("en", "Norway and Chad met in Rome.")
    assert [one.where for one in sight.actors] == [False, False, True]


def test_an_office_before_a_name_is_not_somebody_else() -> None:
    found = names_in("ru", "Это признал министр по торговле Норвегии Карл Берг.")
    assert found.count("Karl Berg") == 1
    assert not any(name.startswith("Minister") for name in found)


def test_an_office_before_a_verb_is_somebody_else_than_the_one_named_after_it() -> None:
    found = last(
        "bg", "Президентът на Норвегия Ингрид Дал замина.", "Норвежкият президент прие Берг."
    )
    assert names(found)[0] == "Ingrid Dahl"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "The U.S. Treasury said so."), ("ru", "Об этом заявил Минфин США.")],
)
def test_a_ministry_with_a_name_of_its_own_has_it(language: str, sentence: str) -> None:
    assert "U.S. Department of the Treasury" in names_in(language, sentence)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "ru",
            ["Президент Норвегии Ингрид Даль уехала.", "Президенты Норвегии и Чада встретились."],
        ),
        ("bg", ["Президентът на Норвегия Ингрид Дал замина.", "Президентите на Норвегия и Чад."]),
    ],
)
def test_an_office_of_several_states_is_who_holds_it_or_the_office(
    language: str, sentences: list[str]
) -> None:
    found = names(last(language, *sentences))
    assert found[0].startswith("Ingrid Da")
    assert found[1:] == ["President of Chad"]


def test_places_joined_by_and_are_both_places() -> None:
    found = [(one.actor.name, one.where) for one in last("en", "A firm in Oslo and Kampala.")]
    assert found == [("Norway", True), ("Uganda", True)]


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("ru", "Его принял зампред правительства Бурятии Баир Цыдыпов.", "Bair Tsydypov"),
        ("bg", "Колегата ѝ от Гюргево Раду Стънеску замина.", "Radu Stanescu"),
        ("bg", "Има писмо от Георги Иванов Петров.", "Georgi Ivanov Petrov"),
        ("bg", "Има писмо от Димитър Иванов Петров.", "Dimitar Ivanov Petrov"),
    ],
)
def test_where_somebody_holds_office_is_no_part_of_his_name_but_his_father_is(
    language: str, sentence: str, name: str
) -> None:
    assert name in names(last(language, sentence))

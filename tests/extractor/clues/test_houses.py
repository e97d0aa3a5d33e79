"""Houses and groups that are called by whose they are."""

import pytest

from extractor.cast.cast import Cast
from tests.extractor.clues import look


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "The Norwegian parliament agreed.", "Parliament of Norway"),
        ("ru", "Парламент Норвегии согласился.", "Parliament of Norway"),
        ("bg", "Норвежката гранична полиция отрече.", "Border Guard of Norway"),
        ("ru", "Исполком СНГ согласился.",
         "CIS Executive Committee"),
        ("ru", "Норвежские дипломаты согласились.", "Norwegian diplomats"),
        ("bg", "Съюзът на норвежките рибари отказа.", "Union of Norwegian Fishermen"),
    ],
)  # fmt: skip
def test_a_house_or_a_group_has_the_name_of_its_state(
    language: str, sentence: str, name: str
) -> None:
    assert name in [one.actor.name for one in look(language, sentence)[0].actors]


def test_a_press_service_is_that_of_the_office_said() -> None:
    seen = look("ru", "Анна Берг, президент Норвегии, прибыла.",
                "Об этом сообщила пресс-служба президента Норвегии.")  # fmt: skip
    assert seen[1].actors[0].actor.name == "Press Service of the President of Norway"


def test_a_group_in_english_keeps_the_words_of_the_sentence() -> None:
    (sight,) = look("en", "Three Norwegian unions said so.")
    assert [one.adjective for one in sight.actors] == [True]
    assert sight.speaker is not None
    assert sight.speaker.name == "three Norwegian unions"


def test_a_russian_name_in_another_case_has_its_nominative() -> None:
    cast = Cast(["Президент принял посла Оскара Линда и говорил с Иваном Кралем."], "ru")
    assert [one.name for one in cast.members] == ["Oskar Lind", "Ivan Kral"]

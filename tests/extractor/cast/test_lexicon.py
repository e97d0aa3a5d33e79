"""Names that a Cyrillic word may stand for by its sound."""

import time

import pytest

from extractor.cast import english, lexicon
from extractor.cast.english import in_english


@pytest.mark.parametrize(
    ("word", "language", "name"),
    [
        ("торнтън", "en", "thornton"),
        ("хариет", "en", "harriet"),
        ("летурно", "fr", "letourneau"),
        ("гильерме", "pt", "guilherme"),
        ("виляреал", "es", "villareal"),
        ("хьелль", "no", "kjell"),
        ("пшемыслав", "pl", "przemyslaw"),
    ],
)
def test_a_word_is_read_by_the_sounds_of_a_language(word: str, language: str, name: str) -> None:
    assert lexicon.matches(word, language)[0].name == name


def test_the_usual_name_comes_before_a_rare_one_of_like_sound() -> None:
    names = [one.name for one in lexicon.matches("кимберли", "en")]
    assert names.index("kimberly") < names.index("kimberlie")


def test_a_word_that_sounds_like_no_name_has_no_match() -> None:
    assert lexicon.matches("щрбфкц", "en") == ()


def test_a_word_of_two_letters_is_not_looked_for() -> None:
    assert lexicon.matches("ли", "en") == ()


def test_a_tight_match_refuses_what_a_loose_one_takes() -> None:
    assert lexicon.best("пенелопа", ("en",)) is not None
    assert lexicon.best("пенелопа", ("en",), tight=True) is None


def test_every_language_of_a_state_has_names_and_sounds() -> None:
    table = lexicon._table()
    listed = {*table["states"], *table["others"]}
    assert listed == set(lexicon.languages())
    assert all(table["as"].get(one, one) in table["sounds"] for one in listed)


def test_no_form_of_the_sounds_is_longer_than_what_is_looked_at() -> None:
    forms = [
        entry.partition("=")[0].strip("^$")
        for listed in lexicon._table()["sounds"].values()
        for entry in listed.split()
    ]
    assert max(len(one) for one in forms if not one.isascii()) <= lexicon._LONGEST


def test_the_names_are_read_in_a_moment() -> None:
    lexicon._lists.cache_clear()
    lexicon._language.cache_clear()
    before = time.process_time()
    lexicon.has("harriet", "en")
    assert time.process_time() - before < 0.2


def test_the_table_is_what_faker_gives() -> None:
    pytest.importorskip("faker")
    from extractor.cast.gather import TABLE, built

    assert built() == TABLE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "language", "country", "spelled"),
    [
        ("Хариет Пиърсън", "bg", "GBR", "Harriet Pearson"),
        ("Куаку Амоатенг", "bg", "GHA", "Kwaku Amoateng"),
        ("Клодин Увамахоро", "ru", "RWA", "Claudine Uwamahoro"),
        ("Етиен Русел", "bg", "FRA", "Etienne Roussel"),
        ("Лаклан Макинтайър", "bg", "AUS", "Lachlan McIntyre"),
    ],
)
def test_a_name_of_the_languages_of_the_state_is_spelled_as_there(
    name: str, language: str, country: str, spelled: str
) -> None:
    assert in_english(name, language, country) == spelled


@pytest.mark.parametrize(
    ("name", "spelled"),
    [("Мартин Окафор", "Martin Okafor"), ("Ханна Торнтън", "Hannah Thornton")],
)
def test_a_name_of_immigrants_must_sound_the_same(name: str, spelled: str) -> None:
    assert in_english(name, "bg", "GBR") == spelled


@pytest.mark.parametrize("country", [None, "RUS", "BGR", "UKR", "USA"])
@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Виктория Ковалева", "Kovaleva"),
        ("Никита Харитонов", "Kharitonov"),
        ("Лариса Бережная", "Berezhnaya"),
    ],
)
def test_a_slavic_surname_goes_by_its_letters(name: str, spelled: str, country: str | None) -> None:
    surname = in_english(name, "ru", country).split()[-1]
    assert surname == spelled


def test_a_chinese_syllable_is_no_foreign_name() -> None:
    assert in_english("Хуан Чжимин", "ru", "CHN") == "Huang Zhiming"


def test_of_a_state_with_two_languages_the_whole_name_tells_which() -> None:
    assert in_english("Марк-Андре Лефевр", "ru", "CAN") == "Marc-Andre Lefebvre"
    assert in_english("Марк Андерсън", "bg", "CAN") == "Mark Anderson"


def test_without_a_state_the_given_name_tells_the_language_of_the_surname() -> None:
    assert in_english("Харриет Пембертон", "ru", None) == "Harriet Pemberton"


def test_a_short_name_of_one_state_is_not_of_it_beside_a_foreign_name() -> None:
    assert in_english("Мередит Чан", "bg", None) == "Meredith Chan"
    assert in_english("Чан Ван Минь", "ru", None) == "Tran Van Minh"


@pytest.mark.parametrize(
    ("name", "country", "spelled"),
    [
        ("Тендай Мувимби", "ZWE", "Tendai Muvimbi"),
        ("Сифо Нтули", "ZAF", "Sipho Ntuli"),
        ("Хю Пембъртън", "GBR", "Hugh Pemberton"),
        ("Пенелопа Харгрийв", "GBR", "Penelope Hargreave"),
        ("Беат Цумщайн", "CHE", "Beat Zumstein"),
        ("Оюунчимег Ламжав", "MNG", "Oyuunchimeg Lamjav"),
        ("Фан Цзиен", "CHN", "Fang Jian"),
        ("Гетачеу Уолде", "ETH", "Getachew Wolde"),
    ],
)
def test_letters_of_states_where_bulgarian_writes_by_sound(
    name: str, country: str, spelled: str
) -> None:
    assert in_english(name, "bg", country) == spelled


@pytest.mark.parametrize("name", ["Юсуф Харти", "Сара Хусейни", "Рендзи Торикай", "Иво Бергер"])
def test_without_a_state_a_given_name_of_many_peoples_tells_nothing(name: str) -> None:
    assert english._tongue(name.casefold()) is None

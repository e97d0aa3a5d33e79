"""Names in Cyrillic as English spells them."""

import tomllib
from importlib.resources import files

import pytest

from extractor.cast import english
from extractor.cast.english import in_english
from extractor.cast.words import nominative


@pytest.mark.parametrize(
    ("name", "language", "country", "spelled"),
    [
        ("Джон Хоффман", "ru", None, "John Hoffmann"),
        ("Анджела Браун", "bg", None, "Angela Brown"),
        ("Жан-Пьер Моро", "ru", "FRA", "Jean-Pierre Moreau"),
        ("Вилем ван Дорен", "bg", None, "Willem van Doren"),
    ],
)
def test_listed_name_has_its_usual_spelling(
    name: str, language: str, country: str | None, spelled: str
) -> None:
    assert in_english(name, language, country) == spelled


@pytest.mark.parametrize(
    ("name", "language", "country", "spelled"),
    [
        ("Александр", "ru", "RUS", "Alexander"),
        ("Александр", "ru", "UKR", "Oleksandr"),
        ("Петр", "ru", "POL", "Piotr"),
        ("Петр", "ru", "CZE", "Petr"),
        ("Никола", "bg", "FRA", "Nicolas"),
        ("Никола", "bg", "BGR", "Nikola"),
    ],
)
def test_one_name_is_spelled_as_its_country_does(
    name: str, language: str, country: str, spelled: str
) -> None:
    assert in_english(name, language, country) == spelled


@pytest.mark.parametrize(
    ("name", "language", "country", "spelled"),
    [
        ("Мунтяну", "bg", "ROU", "Muntianu"),
        ("Рошу", "ru", "ROU", "Rosu"),
        ("Челикоглу", "bg", "TUR", "Celikoglu"),
        ("Ковачевич", "bg", "SRB", "Kovacevic"),
        ("Вайсшталь", "ru", "DEU", "Weisschtal"),
        ("Исикава", "ru", "JPN", "Ishikawa"),
        ("Хаддад", "ru", "LBN", "Haddad"),
        ("Кравченко", "ru", "LBN", "Kravchenko"),
    ],
)
def test_other_names_go_by_the_letters_of_the_country(
    name: str, language: str, country: str, spelled: str
) -> None:
    assert in_english(name, language, country) == spelled


@pytest.mark.parametrize(
    ("name", "language", "spelled"),
    [
        ("Чжоу Сяомин", "ru", "Zhou Xiaoming"),
        ("Цзян Лэцзи", "ru", "Jiang Leji"),
        ("Лю Хуэйянь", "ru", "Liu Huiyan"),
        ("Дзян", "bg", "Jiang"),
        ("Смирнов", "ru", "Smirnov"),
    ],
)
def test_chinese_names_are_in_pinyin(name: str, language: str, spelled: str) -> None:
    assert in_english(name, language, "CHN") == spelled


def test_what_is_not_in_cyrillic_stays() -> None:
    assert in_english("Jean-Luc O'Neill", "ru", "FRA") == "Jean-Luc O'Neill"


def test_listed_name_is_told_from_its_case() -> None:
    assert nominative(["Кемалем", "Демиром"], "ru") == ["Кемаль", "Демир"]


def test_no_form_stands_twice_in_a_list() -> None:
    text = files(english.__package__ or "").joinpath("spellings.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    for listed in (table["any"], *table["of"].values()):
        forms = [form for line in listed.strip().splitlines() for form in line.split()[1:]]
        assert len(set(forms)) == len(forms)
        assert all(form == form.casefold() and not set(form) & set("ёэ") for form in forms)


@pytest.mark.parametrize(
    ("name", "language", "spelled"),
    [
        ("Мирча Танасеску", "bg", "Mircea Tanasescu"),
        ("Джелял Демироглу", "bg", "Celyal Demiroglu"),
        ("Юхани Хямяляйнен", "ru", "Juhani Hamalainen"),
    ],
)
def test_a_name_can_tell_its_origin(name: str, language: str, spelled: str) -> None:
    assert in_english(name, language, None) == spelled


@pytest.mark.parametrize(
    ("name", "country", "spelled"),
    [
        ("Отавиу Силвейра", "BRA", "Otavio Silveira"),
        ("Ваирему", "KEN", "Wairemu"),
        ("Фам Лък", "VNM", "Pham Luc"),
        ("Зейд", "EGY", "Zeid"),
        ("Мунжи", "CMR", "Moungi"),
    ],
)
def test_letters_of_states_overseas(name: str, country: str, spelled: str) -> None:
    assert in_english(name, "bg", country) == spelled

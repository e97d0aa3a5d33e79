"""Transliteration, and what counts as a spelling of one name."""

import pytest

from extractor.cast.spelling import likeness, transliterated


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Владимир Путин", "Vladimir Putin"),
        ("Евгений Щербаков", "Yevgeny Shcherbakov"),
        ("Лев Раевский", "Lev Rayevsky"),
        ("Мария Хорькова", "Maria Khorkova"),
        ("Фёдор Подъячев", "Fyodor Podyachev"),
        ("аль-Харуси", "al-Kharusi"),
        ("МИД", "MID"),
    ],
)
def test_russian_goes_by_bgn(name: str, latin: str) -> None:
    assert transliterated(name, "ru") == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Росен Желязков", "Rosen Zhelyazkov"),
        ("Виктория", "Viktoria"),
        ("Хаджищерев", "Hadzhishterev"),
        ("Ъглен Кьосев", "Aglen Kyosev"),
        ("София", "Sofia"),
    ],
)
def test_bulgarian_goes_by_the_streamlined_system(name: str, latin: str) -> None:
    assert transliterated(name, "bg") == latin


def test_what_is_not_cyrillic_stays() -> None:
    assert transliterated("Jean-Luc O'Neill, 3", "ru") == "Jean-Luc O'Neill, 3"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zhaparov", "Japarov"),
        ("Pesheskian", "Pezeshkian"),
        ("Poutine", "Putin"),
        ("Loukachenko", "Lukashenko"),
        ("Dzheykhun", "Jeyhun"),
        ("Tokaev", "Tokayev"),
        ("Erdogan", "Erdoğan"),
        ("Merts", "Merz"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) >= 0.75


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Aliyev", "Aliyeva", id="husband-and-wife"),
        pytest.param("Radev", "Radeva", id="man-and-woman"),
        pytest.param("Sharif", "Sharifzoda", id="part"),
        pytest.param("Putin", "Rahmon", id="others"),
        pytest.param("", "Putin", id="nothing"),
        pytest.param("--", "...", id="no-letters"),
    ],
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) < 0.75

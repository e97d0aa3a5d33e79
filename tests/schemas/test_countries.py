"""Country names in three languages, and codes, to alpha-3."""

import json
import re
import time
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import tables
from schemas.countries import alpha3, english
from schemas.demonyms import demonym

WITHDRAWN = ["ANT", "CSK", "SCG", "SUN", "YUG"]


def text_of(name: str) -> str:
    return files("schemas").joinpath(name).read_text(encoding="utf-8")


def table() -> dict[str, dict[str, Any]]:
    return json.loads(text_of("countries.json"))


def test_the_file_has_every_code_of_iso() -> None:
    codes = table()
    assert len(codes) == 250  # and Kosovo
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)


def test_every_country_has_an_alpha_2_code_and_a_name() -> None:
    for code, entry in table().items():
        keys = entry["names"]
        assert any(re.fullmatch("[A-Z]{2}", key) and alpha3(key) == code for key in keys)
        assert alpha3(entry["english"], seats=False) == code


@pytest.mark.parametrize("code", WITHDRAWN)
def test_withdrawn_codes_are_absent(code: str) -> None:
    assert code not in table()
    assert alpha3(code) is None


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("BGR", ["Bulgaria", "Болгария", "България", "BG", "BGR", "bgr"]),
        ("CHN", ["China", "Китай", "CN"]),
        ("CZE", ["Czechia", "Czech Republic", "Чехия"]),
        ("DEU", ["Germany", "Германия", "DE"]),
        ("GBR", ["Britain", "Great Britain", "UK", "U.K.", "United Kingdom", "Великобритания"]),
        ("GEO", ["Georgia", "Грузия"]),
        ("IRN", ["Iran", "Иран"]),
        ("KOR", ["South Korea", "Republic of Korea", "Республика Корея", "Южна Корея"]),
        ("MKD", ["North Macedonia", "Северная Македония", "Северна Македония"]),
        ("PRK", ["North Korea", "КНДР", "Северна Корея"]),
        ("RUS", ["Russia", "Russian Federation", "Россия", "Русия"]),
        ("TUR", ["Turkey", "Türkiye", "Турция"]),
        ("UKR", ["Ukraine", "Украина", "Украйна"]),
        ("USA", ["United States", "the United States", "U.S.", "U.S.A.", "US", "США", "САЩ"]),
        ("XKX", ["Kosovo"]),
    ],
)
def test_a_country_goes_by_many_names(code: str, names: list[str]) -> None:
    assert {name: alpha3(name) for name in names} == dict.fromkeys(names, code)


@pytest.mark.parametrize("name", [" sweden ", "SWEDEN", "Sweden.", "The Sweden", "the  SWEDEN."])
def test_case_blanks_full_stop_and_article_do_not_matter(name: str) -> None:
    assert alpha3(name) == "SWE"


def test_yo_is_ye() -> None:
    assert alpha3("Чёрногория") == alpha3("Черногория") == "MNE"


@pytest.mark.parametrize("name", ["", " ", "the", ".", "Atlantis", "СССР", "Brussels", "Europe"])
def test_what_is_no_country_has_no_code(name: str) -> None:
    assert alpha3(name) is None


@pytest.mark.parametrize("name", ["Norway", "Palestine", "Taiwan"])
def test_a_code_given_reads_back_as_itself(name: str) -> None:
    code = alpha3(name)
    assert code is not None
    assert alpha3(code) == code


@pytest.mark.parametrize("name", ["countries", "bodies", "demonyms"])
def test_the_files_are_what_a_new_build_gives(name: str) -> None:
    built = tables.text_of(getattr(tables, name)())
    assert text_of(f"{name}.json") == built, "run `python -m schemas.countries`"


def test_no_name_belongs_to_two_countries() -> None:
    keys = [key for entry in table().values() for key in (*entry["names"], *entry["seats"])]
    assert len(keys) == len(set(keys))


def test_no_adjective_belongs_to_two_countries() -> None:
    keys = [key for keys in json.loads(text_of("demonyms.json")).values() for key in keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", ["Moscow", "Тегераном", "the White House", "Кремъла"])
def test_seats_can_be_told_from_countries(name: str) -> None:
    assert alpha3(name) is not None
    assert alpha3(name, seats=False) is None


@pytest.mark.parametrize(("name", "code"), [("Singapore", "SGP"), ("Туниса", "TUN")])
def test_a_seat_of_its_countrys_name_is_the_country(name: str, code: str) -> None:
    assert alpha3(name, seats=False) == code


def test_what_two_would_have_is_left_to_neither() -> None:
    assert tables.clashes({"A": {"x", "y"}, "B": {"y", "z"}}) == {"y": ["A", "B"]}
    assert alpha3("Virgin Islands") is None
    assert alpha3("Корея") is None


def test_no_name_in_the_build_is_left_out_unreviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of two countries is settled by hand, in `countries.toml` or `tables.py`."""
    clashing = []
    plain = tables.clashes
    monkeypatch.setattr(
        tables, "clashes", lambda named: clashing.append(plain(named)) or plain(named)
    )
    tables.countries()
    tables.bodies()
    tables.demonyms()
    assert clashing == [{}, {}, {}]


@pytest.mark.parametrize(
    "code",
    ["BUR", "DDR", "FXX", "TMP", "YMD", "ZAR", "ASC", "CPT", "DGA", "QUU", "XAA", "XKK", "ZZZ"],
)
def test_codes_that_are_not_of_iso_now_are_absent(code: str) -> None:
    assert code not in table()
    assert alpha3(code) is None


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("COD", ["Congo - Kinshasa", "Конго - Киншаса", "CD", "COD"]),
        ("FRA", ["France", "Франция", "FR", "FRA"]),
        ("TLS", ["Timor-Leste", "Восточный Тимор"]),
        ("YEM", ["Yemen", "Йемен", "YE"]),
    ],
)
def test_a_code_once_withdrawn_does_not_take_the_name(code: str, names: list[str]) -> None:
    assert {name: alpha3(name) for name in names} == dict.fromkeys(names, code)


@pytest.mark.parametrize("name", ["European Union", "EU"])
def test_a_union_has_no_code(name: str) -> None:
    assert alpha3(name) is None


@pytest.mark.parametrize("name", ["Kosovo"])
def test_kosovo_reads_back_as_itself(name: str) -> None:
    code = alpha3(name)
    assert code is not None
    assert alpha3(code) == code


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (
            "RUS",
            ["России", "Россией", "РФ", "Российской Федерацией", "Руската федерация", "Кремля"],
        ),
        ("USA", ["Соединёнными Штатами", "Соединенных Штатов Америки", "Съединените щати", "СЩА"]),
        (
            "ARE",
            ["Объединённых Арабских Эмиратах", "Обединените арабски емирства", "U.A.E.", "ОАЕ"],
        ),
        (
            "GBR",
            ["Обединеното кралство", "Великобританией", "the United Kingdom's", "Downing Street"],
        ),
        ("CZE", ["Чешката република", "Чешской Республике", "Czech Republic"]),
        ("SAU", ["Саудовской Аравии", "Саудитска Арабия", "Kingdom of Saudi Arabia", "Эр-Рияда"]),
        ("PNG", ["Папуа — Новой Гвинее", "Папуа-Новая Гвинея", "Папуа Нова Гвинея"]),
        ("FRA", ["Французской Республикой", "the Élysée", "Elysee Palace", "Елисейского дворца"]),
        ("IRN", ["Тегераном", "Islamic Republic of Iran", "Исламской Республикой Иран", "Iran's"]),
        ("USA", ["Washington", "Washington, D.C.", "Белого дома", "Белия дом"]),
        ("NER", ["Нигера", "Нигером"]),
        ("NGA", ["Нигерии", "Нигерией"]),
        ("MLI", ["Мали"]),
        ("MLT", ["Мальты"]),
        ("DMA", ["Доминики", "Dominica"]),
        ("DOM", ["Доминиканской Республике", "Dominican Republic"]),
        ("SDN", ["Судане", "Sudan"]),
        ("SSD", ["Южном Судане", "South Sudan", "Южен Судан"]),
        ("COG", ["Congo-Brazzaville", "Republic of the Congo", "Республики Конго"]),
        ("COD", ["ДР Конго", "DR Congo", "Демократической Республике Конго"]),
        ("GIN", ["Гвинее", "Guinea"]),
        ("GNQ", ["Экваториальной Гвинее", "Equatorial Guinea"]),
        ("GNB", ["Гвинеи-Бисау", "Guinea-Bissau"]),
        ("IRL", ["Ирландии", "Dublin"]),
        ("WSM", ["Самоа", "Samoa"]),
        ("ASM", ["Американского Самоа", "American Samoa"]),
        ("CIV", ["Кот-д’Ивуара", "Cote d'Ivoire", "Côte d’Ivoire", "Ivory Coast"]),
        ("MDV", ["Malé", "Мале"]),
        ("TGO", ["Того", "ТОГО", "Togo", "togo"]),
        ("XKX", ["XK", "xkx", "Косова"]),
    ],
)
def test_a_country_goes_by_forms_long_names_and_seats(code: str, names: list[str]) -> None:
    assert {name: alpha3(name) for name in names} == dict.fromkeys(names, code)


@pytest.mark.parametrize(
    "name",
    [
        "\u200eIran\u200f",
        "I\u00adran",
        "\u00a0Iran\u2009",
        "\u201cIran\u201d",
        "\u00abIran\u00bb.",
        "Iran\u2019s",
        "'Iran'",
        "the\u00a0Iran",
    ],
)
def test_marks_quotes_and_possessives_do_not_matter(name: str) -> None:
    assert alpha3(name) == "IRN"


@pytest.mark.parametrize(
    "name", ["us", "in", "it", "and", "can", "Ken", "is", "the us", "no", "по"]
)
def test_words_of_two_or_three_letters_are_no_codes(name: str) -> None:
    assert alpha3(name) is None


@pytest.mark.parametrize("name", ["US", "U.S.", "u.s.", "U. S.", "U.S.A.", "USA", "usa", "U.S.'s"])
def test_codes_are_in_capitals_or_dotted_or_no_words(name: str) -> None:
    assert alpha3(name) == "USA"


@pytest.mark.parametrize(
    "name",
    [
        "Male",
        "того",
        "вена",
        "рима",
        "reunion",
        "эмиратов",
        "штатов",
        "Джорджия",
        "Northern Ireland",
    ],
)
def test_other_words_are_no_countries(name: str) -> None:
    assert alpha3(name) is None


@pytest.mark.parametrize(
    ("code", "name"),
    [("RUS", "Russia"), ("TUR", "Turkey"), ("CZE", "Czech Republic"), ("XKX", "Kosovo")],
)
def test_the_english_name_is_as_news_writes_it(code: str, name: str) -> None:
    assert english(code) == name


def test_what_is_no_code_stays_in_english() -> None:
    assert english("European Union") == "European Union"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("IRN", ["Iranian", "iranian", "иранского", "иранскими", "Ирански", "иранската"]),
        ("DEU", ["German", "немецкая", "германских", "немския", "германското"]),
        ("CZE", ["чешкия", "чешките", "чешским"]),
        ("KOR", ["South Korean", "южнокорейской"]),
        ("POL", ["Polish", "POLISH", "польские", "полският"]),
    ],
)
def test_an_adjective_belongs_to_a_country(code: str, words: list[str]) -> None:
    assert {word: demonym(word) for word in words} == dict.fromkeys(words, code)


@pytest.mark.parametrize("word", ["", "polish", "Korean", "Iran", "европейский", "русло"])
def test_other_words_belong_to_no_country(word: str) -> None:
    assert demonym(word) is None


@given(st.text(max_size=200) | st.sampled_from(["US", "Iran", "the", "'s", "."]).map("{} ".format))
def test_any_text_is_a_known_code_or_none(text: str) -> None:
    for code in (alpha3(text), demonym(text)):
        assert code is None or code in table_codes


table_codes = frozenset(table())


def test_a_lookup_takes_microseconds() -> None:
    alpha3("Iran")
    begun = time.perf_counter()
    for _ in range(1000):
        alpha3("Соединёнными Штатами Америки")
    assert time.perf_counter() - begun < 0.5

"""Country names in three languages, and codes, to alpha-3."""

import json
import re
from importlib.resources import files

import pytest

from schemas.countries import alpha3, cldr_table

WITHDRAWN = ["ANT", "CSK", "SCG", "SUN", "YUG"]


def table() -> dict[str, list[str]]:
    text = files("schemas").joinpath("countries.json").read_text(encoding="utf-8")
    return json.loads(text)


def test_the_file_has_every_code_of_iso() -> None:
    codes = table()
    assert len(codes) >= 249
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)


def test_every_country_has_an_alpha_2_code_and_a_name() -> None:
    short = [code for code, (two, *names) in table().items() if len(two) != 2 or not names]
    assert short == []


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


def test_the_file_is_what_the_cldr_gives() -> None:
    assert table() == cldr_table(), "run `python -m schemas.countries`"


def test_no_name_belongs_to_two_countries() -> None:
    names = [name for entry in table().values() for name in entry]
    assert len(names) == len(set(names))


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

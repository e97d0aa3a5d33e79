"""Country names in three languages, and codes, to alpha-3."""

import json
import re
from importlib.resources import files

import pytest

from schemas.countries import alpha3

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

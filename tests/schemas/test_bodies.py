"""Names of international bodies in three languages to one English name."""

import json
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.bodies import body
from schemas.countries import alpha3

NAMES = frozenset(json.loads(files("schemas").joinpath("bodies.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("European Union", ["EU", "E.U.", "the EU", "the EU's", "Евросоюза", "Европейския съюз"]),
        ("United Nations", ["UN", "U.N.", "ООН", "Организацией Объединённых Наций", "ООН."]),
        (
            "UN Security Council",
            [
                "UNSC",
                "U.N. Security Council",
                "United Nations Security Council",
                "Совбеза ООН",
                "Советом Безопасности Организации Объединённых Наций",
                "Съвета за сигурност на ООН",
                "Съветът за сигурност на Обединените нации",
            ],
        ),
        ("G7", ["G7", "G-7", "g7", "\u00abБольшой семёрки\u00bb", "Голямата седморка", "Г-7"]),
        ("NATO", ["NATO", "Nato", "НАТО", "Североатлантическим альянсом"]),
        ("OPEC+", ["OPEC+", "ОПЕК +", "ОПЕК плюс"]),
        ("World Health Organization", ["WHO", "the WHO", "ВОЗ", "Световната здравна организация"]),
        ("Council of Europe", ["Council of Europe", "Советом Европы", "Съветът на Европа"]),
        ("International Court of Justice", ["ICJ", "Международния съд на ООН"]),
        ("Red Cross", ["Red Cross", "Красного Креста", "Червения кръст"]),
    ],
)
def test_a_body_goes_by_many_names(name: str, forms: list[str]) -> None:
    assert {form: body(form) for form in forms} == dict.fromkeys(forms, name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the",
        "who",
        "Who",
        "the who",
        "pace",
        "Pace",
        "мот",
        "сто",
        "воз",
        "union",
        "Совет",
        "МИД",
    ],
)
def test_other_words_are_no_bodies(text: str) -> None:
    assert body(text) is None


def test_every_name_and_form_of_the_source_reads_back() -> None:
    source = files("schemas").joinpath("bodies.toml").read_text(encoding="utf-8")
    for one in tomllib.loads(source)["body"]:
        for form in (one["name"], *one["en"], *one["ru"], *one["bg"]):
            assert body(form) == one["name"], form


def test_no_body_is_a_country() -> None:
    assert {name for name in NAMES if alpha3(name)} == set()


@given(st.text(max_size=200))
def test_any_text_is_a_known_body_or_none(text: str) -> None:
    found = body(text)
    assert found is None or found in NAMES

"""Who is who in one article, and that two people never become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.cast import Cast

RU = [
    "Президент Киргизии Садыр Жапаров принял в Бишкеке министра обороны Армении Тиграна Бабаяна.",
    "Бабаян передал ему письмо.",
    "Киргизский лидер поблагодарил Тиграна Суреновича.",
]
BG = [
    "Българският външен министър Стоян Велев разговаря с румънския си колега Мирча Басараб.",
    "Велев каза, че мостът ще бъде готов.",
]
EN = [
    "Norway's prime minister, Ingrid Dahl, met the Danish foreign minister, Karl Berg, in Oslo.",
    "Later Ms Dahl received Anna Berg, an engineer.",
]


def name(sentences: list[str], language: str, text: str) -> str | None:
    found = Cast(sentences, language).find(text)
    return found and found.name


@pytest.mark.parametrize(
    "text",
    [
        "Садыр Жапаров",
        "Жапарову",
        "Президент Киргизии",
        "киргизский президент",
        "Sadyr Japarov",
        "Sadir Zhaparov",
        "Zhaparov",
        "President of Kyrgyzstan",
        "the Kyrgyz leader",
    ],
)
def test_a_person_has_one_name_in_any_case_script_and_spelling(text: str) -> None:
    assert name(RU, "ru", text) == "Sadyr Japarov"


@pytest.mark.parametrize(
    "text", ["Тиграну Бабаяну", "Бабаяном", "Тиграна Суреновича", "Tigran Babayan", "Babajan"]
)
def test_one_who_is_not_well_known_is_transliterated(text: str) -> None:
    assert name(RU, "ru", text) == "Tigran Babayan"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Велев", "Stoyan Velev"),
        ("българският министър", "Stoyan Velev"),
        ("Romanian counterpart", "Mircea Basarab"),
        ("Mircea Basarab", "Mircea Basarab"),
    ],
)
def test_bulgarian_titles_and_colleagues_are_tied_to_names(text: str, found: str) -> None:
    assert name(BG, "bg", text) == found


def test_a_models_usual_spelling_goes_before_transliteration_if_it_sounds_the_same() -> None:
    cast = Cast(["Министр Рендзи Торикай прилетел из Токио."], "ru")
    assert cast.members[0].name == "Rendzi Torikay"
    for said in ("Renzo Torikai", "Mr Renji Torikai", "Renji Torikai"):
        cast.learn(said)
    found = cast.find("Торикаю")
    assert found is not None
    assert found.name == "Renji Torikai"


def test_what_several_ministers_do_is_not_tied_to_one() -> None:
    assert name(EN, "en", "Danish foreign ministers") is None


def test_a_surname_that_ends_as_patronymics_do_is_a_surname() -> None:
    sentences = ["Велев прие своята черногорска колежка Милица Радунович."]
    found = Cast(sentences, "bg").find("Milica Radunovic")
    assert found is not None
    assert (found.name, found.country) == ("Milica Radunovic", "MNE")


def test_a_colleague_from_another_country_holds_the_same_office() -> None:
    sentences = ["Norway's foreign minister, Ingrid Dahl, met her Danish counterpart Karl Berg."]
    cast = Cast(sentences, "en")
    found = cast.find("Danish foreign minister")
    assert found is not None
    assert (found.name, found.role) == ("Karl Berg", "Foreign Minister of Denmark")
    assert cast.find("Danish prime minister") is None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("President Radev spoke.", "Rumen Radev"),
        ("Radev spoke.", "Rumen Radev"),
        ("Energy Minister Radev spoke.", "Radev"),
        ("The Serbian president Radev spoke.", "Radev"),
    ],
)
def test_a_surname_alone_is_no_other_office_holders(sentence: str, found: str) -> None:
    assert name([sentence], "en", "Radev") == found


def test_a_chinese_surname_is_no_dutch_particle() -> None:
    sentences = ["Министр иностранных дел Китая Ван И прилетел в Сеул к Давиду ван Велу."]
    assert name(sentences, "ru", "Wang Yi") == "Wang Yi"
    assert name(sentences, "ru", "Ван И") == "Wang Yi"
    assert name(sentences, "ru", "David van Veel") == "David van Weel"


def test_a_foreign_title_is_not_tied_to_the_minister_at_home() -> None:
    assert name(BG, "bg", "турският външен министър") is None


@pytest.mark.parametrize(
    "text", ["Berg", "Берг", "Karl Berg and Ingrid Dahl", "the president", "", "?!", "Kenji Mori"]
)
def test_what_could_be_two_or_nobody_is_nobody(text: str) -> None:
    assert name(EN, "en", text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Anna Berg", "Anna Berg"),
        ("K. Berg", "Karl Berg"),
        ("Mr Berg", "Karl Berg"),
        ("the Danish minister", "Karl Berg"),
        ("Foreign Minister Berg", "Karl Berg"),
    ],
)
def test_two_of_one_surname_are_told_apart_by_what_is_said_beside_it(text: str, found: str) -> None:
    assert name(EN, "en", text) == found


def test_husband_and_wife_stay_two() -> None:
    sentences = ["Румен Радев и Деница Радева пристигнаха в Рим."]
    assert name(sentences, "bg", "Радев") != name(sentences, "bg", "Радева")


def test_one_who_held_the_office_before_is_not_the_one_who_holds_it() -> None:
    sentences = ["President Omar Haddad of Chad thanked the former president of Chad, Ali Nasser."]
    assert name(sentences, "en", "the president of Chad") == "Omar Haddad"
    assert name(sentences, "en", "the former president of Chad") == "Ali Nasser"


def test_country_and_role_come_from_anywhere_in_the_article() -> None:
    cast = Cast(["Dahl spoke first.", "Ingrid Dahl is the prime minister of Norway."], "en")
    found = cast.find("Dahl")
    assert found is not None
    assert (found.country, found.role) == ("NOR", "Prime Minister of Norway")


def test_a_title_ties_nobody_who_only_stands_near_it() -> None:
    sentences = ["Kim Jong Un sat down.", "Mira Choe, the leader's younger sister, sat beside him."]
    assert name(sentences, "en", "the North Korean leader") == "Kim Jong Un"


@given(st.lists(st.text(), max_size=4), st.text(), st.sampled_from(["en", "ru", "bg", "ar", None]))
def test_any_text_is_borne(sentences: list[str], text: str, language: str | None) -> None:
    Cast([*sentences, *RU], language).find(text)


def test_an_english_minister_is_for_what_follows_in_capitals() -> None:
    cast = Cast(["He met Minister for Trade and Industry Mira Choe."], "en")
    assert [(one.name, one.role) for one in cast.members] == [
        ("Mira Choe", "Minister for Trade and Industry")
    ]


def test_a_title_of_several_is_not_that_of_the_next_one() -> None:
    cast = Cast(["Пред двамата президенти министърът на отбраната Иван Крал подписа."], "bg")
    assert [one.role for one in cast.members] == ["Defence Minister"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Министр Дуарте Алмейда заявил, что мост готов.", "Duarte Almeida"),
        ("Его принял министр Нуру Акаса.", "Nuru Akasa"),
        ("Он принял министра Ивана Краля.", "Ivan Kral"),
    ],
)
def test_a_russian_name_stands_in_the_case_of_its_title(sentence: str, name: str) -> None:
    assert [one.name for one in Cast([sentence], "ru").members] == [name]


def test_a_possessive_before_a_name_is_whose_it_is() -> None:
    cast = Cast(["Norway's Ingrid Dahl arrived."], "en")
    assert [(one.name, one.country) for one in cast.members] == [("Ingrid Dahl", "NOR")]


def test_an_office_is_of_the_one_named_first_in_the_next_sentence() -> None:
    found = Cast(["Tuvalu's prime minister objected.", "Ana Berg spoke on the radio."], "en")
    member = found.find("Prime Minister of Tuvalu")
    assert member is not None
    assert (member.name, member.country) == ("Ana Berg", "TUV")


def test_an_office_is_not_of_one_who_was_named_before() -> None:
    said = ["Ana Berg sang.", "Tuvalu's prime minister objected.", "Ana Berg spoke on the radio."]
    assert Cast(said, "en").find("Prime Minister of Tuvalu") is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ru", "Министр водных ресурсов Иван Краль уехал."),
        ("bg", "Министърът на водните ресурси Иван Крал замина."),
    ],
)
def test_what_a_minister_is_in_charge_of_may_stand_before_his_name(
    language: str, sentence: str
) -> None:
    assert [one.role for one in Cast([sentence], language).members] == ["Minister"]

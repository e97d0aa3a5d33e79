"""Who speaks in a sentence, and what is a quotation."""

import pytest

from extractor.cast.pieces import pieces
from extractor.clues.quotes import quoted
from tests.extractor.clues import look, speaker


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "Foreign Minister Oskar Lind said the bridge was ready.", "Oskar Lind"),
        ("ru", "Министр обороны Оскар Линд заявил, что мост готов.", "Oskar Lind"),
        ("bg", "Външният министър Стоян Велев заяви, че мостът е готов.", "Stoyan Velev"),
    ],
)
def test_the_speaker_stands_before_the_verb(language: str, sentence: str, name: str) -> None:
    assert speaker(look(language, sentence)[0]) == name


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "“Anna Berg built it,” said Oskar Lind.", "Oskar Lind"),
        ("ru", "«Мост готов», — сказал министр транспорта Норвегии Оскар Линд.", "Oskar Lind"),
        ("bg", "„Мостът е готов“, каза министър Стоян Велев.", "Stoyan Velev"),
    ],
)
def test_the_speaker_stands_after_a_quotation(language: str, sentence: str, name: str) -> None:
    (sight,) = look(language, sentence)
    assert speaker(sight) == name
    assert sight.speech.quotes


@pytest.mark.parametrize(
    ("language", "sentence", "house"),
    [
        ("bg", "Мостът е готов, съобщиха от Министерството на външните работи.",
         "Ministry of Foreign Affairs of Bulgaria"),
        ("bg", "От Европейската комисия съобщиха, че мостът е готов.", "European Commission"),
        ("ru", "В Кремле заявили, что мост готов.", "Kremlin"),
        ("ru", "В МИД Норвегии сообщили, что мост готов.", "Ministry of Foreign Affairs of Norway"),
    ],
)  # fmt: skip
def test_a_plural_verb_goes_with_a_house(language: str, sentence: str, house: str) -> None:
    assert speaker(look(language, sentence)[0]) == house


@pytest.mark.parametrize(
    ("language", "sentence", "names"),
    [
        ("en", "Oskar Lind and Mira Choe said the bridge was ready.", "Oskar Lind and Mira Choe"),
        ("ru", "Оскар Линд и Иван Краль заявили, что мост готов.", "Oskar Lind and Ivan Kral"),
    ],
)
def test_joint_speakers_are_a_group(language: str, sentence: str, names: str) -> None:
    found = look(language, sentence)[0].speaker
    assert found is not None
    assert (found.name, found.kind) == (names, "group")


def test_whom_a_sentence_is_about_does_not_speak() -> None:
    assert (
        speaker(look("en", "Oskar Lind said of Mira Choe that she was right.")[0]) == "Oskar Lind"
    )


def test_a_sentence_without_a_verb_of_saying_names_no_speaker() -> None:
    told = look("en", "Oskar Lind crossed the bridge.")[0].speech
    assert (told.speaker, told.says) == (None, False)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "The ship “Oskar Lind” sailed."), ("ru", "Корабль «Оскар Линд» вышел.")],
)
def test_a_name_in_quotation_marks_is_no_quotation(language: str, sentence: str) -> None:
    flags, open_ = quoted(pieces(sentence, language), "")
    assert (any(flags), open_) == (False, "")


def test_a_quotation_stays_open_until_its_mark_closes_it() -> None:
    flags, open_ = quoted(pieces("“The bridge is safe.", "en"), "")
    assert all(flags)
    assert open_ == "“"
    flags, open_ = quoted(pieces("Nobody fell,” he said.", "en"), open_)
    assert (flags[0], flags[-1], open_) == (True, False, "")


@pytest.mark.parametrize(
    ("language", "sentences", "name"),
    [
        ("ru", ["Министр Ингрид Даль приехала.", "«Мост готов, — сказал Иван Краль."], "Ivan Kral"),
        ("bg", ["Министър Ингрид Дал пристигна.", "„Готов е, – каза Иван Крал."], "Ivan Kral"),
    ],
)
def test_who_speaks_may_stand_within_the_quotation(
    language: str, sentences: list[str], name: str
) -> None:
    assert speaker(look(language, *sentences)[1]) == name


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["“It is safe,” Minister Ingrid Dahl said.", "A diplomat said it was old."]),
        ("ru", ["Министр Ингрид Даль сказала это.", "Житель деревни заявил, что мост стар."]),
        ("bg", ["Министър Ингрид Дал каза това.", "Местен жител заяви, че мостът е стар."]),
    ],
)
def test_a_stranger_who_speaks_is_not_the_one_who_spoke_before(
    language: str, sentences: list[str]
) -> None:
    seen = look(language, *sentences)[1]
    assert speaker(seen) is None
    assert seen.speech.stranger


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Ingrid Dahl met Karl Berg.", "“It is safe,” their joint statement said."]),
        ("ru", ["Ингрид Даль и Карл Берг вели переговоры.",
                "«Мост готов», — говорится в совместном заявлении двух лидеров."]),
        ("bg", ["Ингрид Дал разговаря с Карл Берг.",
                "„Мостът е готов“, се казва в общото изявление на двамата."]),
    ],
)  # fmt: skip
def test_a_joint_statement_is_of_those_named_before(language: str, sentences: list[str]) -> None:
    assert (speaker(look(language, *sentences)[1]) or "").endswith(" and Karl Berg")


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            ["Norway's Foreign Ministry denied it.", "Karl left.", "The ministry said so."],
        ),
        ("ru", ["МИД Норвегии опроверг это.", "Карл Берг уехал.", "Ведомство заявило, что прав."]),
    ],
)
def test_the_ministry_is_the_last_house(language: str, sentences: list[str]) -> None:
    assert speaker(look(language, *sentences)[2]) == "Ministry of Foreign Affairs of Norway"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Two Norwegian unions condemned the plan.", "two Norwegian unions"),
        ("The report was denied by Norway.", "Norway"),
        ("Norwegian authorities denied the report.", "Norway"),
    ],
)
def test_groups_and_states_speak_in_english(sentence: str, name: str) -> None:
    assert speaker(look("en", sentence)[0]) == name


def test_a_country_in_another_case_does_not_speak() -> None:
    (seen,) = look("ru", "Президент Чада Идрис Хамид, в свою очередь, поблагодарил Норвегию.")
    assert speaker(seen) == "Idris Hamid"


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "“It is safe,” Oskar Lind shot back.", "Oskar Lind"),
        ("ru", "«Мост готов», — отрубил Оскар Линд.", "Oskar Lind"),
        ("bg", "„Мостът е готов“, изръмжа Стоян Велев.", "Stoyan Velev"),
    ],
)
def test_any_verb_beside_a_quotation_and_an_actor_is_one_of_saying(
    language: str, sentence: str, name: str
) -> None:
    assert speaker(look(language, sentence)[0]) == name


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "Oskar Lind was not convinced: “Which bridge?”", "Oskar Lind"),
        ("ru", "Министр Оскар Линд: «Мост готов».", "Oskar Lind"),
        ("bg", "Стоян Велев: „Мостът е готов.“", "Stoyan Velev"),
    ],
)
def test_a_colon_leads_to_what_somebody_says(language: str, sentence: str, name: str) -> None:
    assert speaker(look(language, sentence)[0]) == name


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ru", "Мост закрыт, говорится в заявлении МИД Норвегии."),
        ("bg", "Мостът е затворен, се казва в изявление на външното министерство на Норвегия."),
        ("en", "A statement from Norway's foreign ministry said the bridge was closed."),
    ],
)
def test_a_paper_speaks_for_whose_it_is(language: str, sentence: str) -> None:
    assert speaker(look(language, sentence)[0]) == "Ministry of Foreign Affairs of Norway"


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("ru", "Об этом вчера на встрече в Осло сообщил Оскар Линд.", "Oskar Lind"),
        ("bg", "Това каза пред медиите външният министър Стоян Велев.", "Stoyan Velev"),
    ],
)
def test_the_subject_stands_behind_where_something_else_opens(
    language: str, sentence: str, name: str
) -> None:
    assert speaker(look(language, sentence)[0]) == name


@pytest.mark.parametrize(
    ("language", "sentences", "name"),
    [
        ("bg", ["Министър Стоян Велев пристигна.", "Атина, настоя той, трябва да мълчи."],
         "Stoyan Velev"),
        ("bg", ["ЕС трябва да отговори, смята министър Стоян Велев."], "Stoyan Velev"),
        ("en", ["Norway denied that Chad had signed, Oskar Lind said."], "Oskar Lind"),
    ],
)  # fmt: skip
def test_the_verb_with_a_comma_and_its_subject_comes_first(
    language: str, sentences: list[str], name: str
) -> None:
    assert speaker(look(language, *sentences)[-1]) == name


@pytest.mark.parametrize(
    ("language", "sentences", "names"),
    [
        ("en", ["Minister Anna Berg met Oskar Lind.", "“It is ready,” he said.", "She agreed."],
         ["Oskar Lind", "Anna Berg"]),
        ("ru", ["Министр Анна Берг встретила Оскара Линда.", "По его словам, мост готов.",
                "По её словам, он стар."], ["Oskar Lind", "Anna Berg"]),
    ],
)  # fmt: skip
def test_he_and_she_are_told_apart_by_given_names(
    language: str, sentences: list[str], names: list[str]
) -> None:
    assert [speaker(one) for one in look(language, *sentences)[1:]] == names


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Anna Berg met Oskar Lind.", "The two leaders condemned it."]),
        ("ru", ["Анна Берг приняла Оскара Линда.", "Оба лидера осудили удар."]),
        ("bg", ["Анна Берг прие Оскар Линд.", "Двамата лидери осъдиха удара."]),
    ],
)
def test_the_two_leaders_are_those_named_before(language: str, sentences: list[str]) -> None:
    assert speaker(look(language, *sentences)[1]) == "Anna Berg and Oskar Lind"


def test_a_colleague_is_the_other_one() -> None:
    seen = look(
        "ru", "Анна Берг приняла Оскара Линда.", "Берг сказала это.", "Её коллега возразил."
    )
    assert speaker(seen[2]) == "Oskar Lind"


def test_it_is_the_house_that_spoke_before() -> None:
    seen = look("en", "Norway's Foreign Ministry denied it.", "It said the bridge was safe.")
    assert speaker(seen[1]) == "Ministry of Foreign Affairs of Norway"


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Norwegian President Anna Berg left.", "Her office confirmed that."]),
        ("bg", ["Норвежкият президент Анна Берг замина.", "От кабинета ѝ потвърдиха това."]),
    ],
)
def test_whose_office_speaks_is_who_was_named_before(language: str, sentences: list[str]) -> None:
    assert speaker(look(language, *sentences)[1]) == "Office of the President of Norway"


def test_a_news_agency_is_no_speaker() -> None:
    assert speaker(look("en", "The talks lasted four hours, Reuters reported.")[0]) is None


def test_somebody_of_a_body_is_not_the_body() -> None:
    assert speaker(look("en", "A senior European Union official said so.")[0]) is None


@pytest.mark.parametrize(
    ("language", "sentence", "act"),
    [
        ("en", "Oskar Lind accused Chad of theft.", "accuse"),
        ("ru", "Оскар Линд пообещал помощь.", "promise"),
        ("bg", "Стоян Велев призова за мир.", "demand"),
        ("en", "Oskar Lind said so.", None),
        ("en", "Oskar Lind thanked Norway and urged Chad to follow.", None),
    ],
)
def test_a_verb_of_saying_may_tell_what_the_words_do(
    language: str, sentence: str, act: str | None
) -> None:
    assert look(language, sentence)[0].speech.act == act


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Oskar Lind made it clear that the bridge would stay."),
        ("ru", "Оскар Линд дал понять, что мост останется."),
        ("bg", "Оскар Линд не изключи мостът да остане."),
    ],
)
def test_several_words_may_be_a_verb_of_saying(language: str, sentence: str) -> None:
    (sight,) = look(language, sentence)
    assert speaker(sight) == "Oskar Lind"
    assert "statement" in sight.cues


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Reuters quoted Oskar Lind as saying that the bridge would stay."),
        ("ru", "«Мост останется», — цитирует Оскара Линда ТАСС."),
    ],
)
def test_who_is_quoted_speaks(language: str, sentence: str) -> None:
    assert speaker(look(language, sentence)[0]) == "Oskar Lind"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Oskar Lind, speaking in Oslo alongside Anna Berg, said Europe was ready.", "Oskar Lind"),
        ("Asked whether he would go, Oskar Lind said no.", "Oskar Lind"),
    ],
)
def test_what_is_said_has_subjects_of_its_own(sentence: str, name: str) -> None:
    assert speaker(look("en", sentence)[0]) == name


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "Oskar Lind telephoned Mira Choe and asked her to wait.", "Oskar Lind"),
        ("ru", "Оскар Линд позвонил Ивану Кралю и попросил его ждать.", "Oskar Lind"),
        ("bg", "Стоян Велев се обади на Иван Крал и го помоли да чака.", "Stoyan Velev"),
    ],
)
def test_the_subject_of_a_verb_after_and_is_that_of_its_sentence(
    language: str, sentence: str, name: str
) -> None:
    assert speaker(look(language, sentence)[0]) == name


def test_who_called_something_so_stands_behind_by() -> None:
    assert speaker(look("en", "The step was called useful by Oskar Lind.")[0]) == "Oskar Lind"


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "Three Chadian opposition parties welcomed the list.",
         "three Chadian opposition parties"),
        ("en", "It is too late, two judges said.", "two judges"),
        ("ru", "Трое чадских дипломатов заявили, что мост готов.", "three Chadian diplomats"),
    ],
)  # fmt: skip
def test_those_without_names_may_speak(language: str, sentence: str, name: str) -> None:
    assert speaker(look(language, sentence)[0]) == name


def test_a_verb_is_no_part_of_a_group() -> None:
    assert speaker(look("en", "The step was agreed on Friday, Norway said.")[0]) == "Norway"


def test_its_ministry_is_that_of_the_state_the_sentence_is_about() -> None:
    said = "Norway has lifted its ban on exports to Chad, its foreign ministry explained."
    assert speaker(look("en", said)[0]) == "Ministry of Foreign Affairs of Norway"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Its head, Ingrid Dahl, told a paper the bridge was ready.", "Ingrid Dahl"),
        ("Norway, Chad and Peru, which left in May, dismissed the plan.", "Norway, Chad and Peru"),
        ("Norway and the United States both hailed it.", "Norway and United States"),
        ("The bridge is ready, the government in Oslo said.", "Norway"),
        ("Chad left, which came late, two diplomats said.", "two diplomats"),
        ("The Chadian delegation afterwards spoke of progress.", "Chadian delegation"),
        ("The public health institute in Oslo has declared it safe.",
         "public health institute in Oslo"),
        ("No bridge is needed, stressed the president's old aide, Ingrid Dahl, and Chad agrees.",
         "Ingrid Dahl"),
        ("A text put out by the Kremlin praised the plan.", "Kremlin"),
        ("The Office of Foreign Assets Control alleged that it leaked.",
         "Office of Foreign Assets Control"),
        ("Oslo's customs administration insisted on it.", "Customs Administration of Norway"),
    ],
)  # fmt: skip
def test_who_speaks_in_an_english_sentence(sentence: str, name: str) -> None:
    assert speaker(look("en", sentence)[0]) == name


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway hit two banks accused of hiding money.",
        "It opens once the Norwegian parliament has been informed.",
        "Norway agreed to close the bridge.",
    ],
)
def test_some_verbs_of_saying_are_none_here(sentence: str) -> None:
    assert not look("en", sentence)[0].speech.says


def test_a_firm_is_known_again_by_its_first_word() -> None:
    sights = look("en", "Ingrid Dahl owns Lagoon Trading.", "Lagoon denies it.")
    assert speaker(sights[-1]) == "Lagoon Trading"


def test_according_to_her_office_is_said_by_the_office_of_a_woman() -> None:
    (sight,) = look("en", "Ingrid Dahl met Karl Berg, according to her office.")
    assert speaker(sight) == "Office of Ingrid Dahl"

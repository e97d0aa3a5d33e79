"""What one sentence leaves to the next, and which records a sentence may hold."""

import pytest

from schemas import EVENT_TYPES
from tests.extractor.clues import look, speaker


@pytest.mark.parametrize(
    ("language", "sentences", "name"),
    [
        ("en", ["Oskar Lind said the bridge was ready.", "He added that Mira Choe knew."],
         "Oskar Lind"),
        ("en", ["Oskar Lind said it was ready.", "According to him, Mira Choe knew."],
         "Oskar Lind"),
        ("ru", ["Оскар Линд заявил, что мост готов.", "Он добавил, что Иван Краль рад."],
         "Oskar Lind"),
        ("ru", ["Оскар Линд заявил, что мост готов.", "По его словам, Иван Краль рад."],
         "Oskar Lind"),
        ("bg", ["Стоян Велев заяви, че мостът е готов.", "По думите му Иван Крал е доволен."],
         "Stoyan Velev"),
    ],
)  # fmt: skip
def test_he_is_the_last_who_spoke(language: str, sentences: list[str], name: str) -> None:
    sight = look(language, *sentences)[-1]
    assert speaker(sight) == name
    assert not sight.named


def test_a_quotation_over_two_sentences_has_one_speaker() -> None:
    sights = look(
        "en", "Mira Choe said it leaked.", "“It is safe.", "Nobody fell,” said Oskar Lind."
    )
    assert [speaker(one) for one in sights] == ["Mira Choe", "Oskar Lind", "Oskar Lind"]
    assert [one.speech.quotes for one in sights] == [False, True, True]


def test_a_quotation_that_nobody_closed_ends_with_its_paragraph() -> None:
    sights = look("en", "“It is safe.", "The bridge opened.", between="\n")
    assert [one.speech.quotes for one in sights] == [True, False]
    sights = look("en", "“It is safe.", "The bridge opened.")
    assert [one.speech.quotes for one in sights] == [True, True]


def test_the_first_person_of_a_sentence_is_whom_he_means_if_nobody_spoke() -> None:
    sights = look("en", "Ingrid Dahl met Karl Berg.", "“It is safe,” she said.")
    assert speaker(sights[-1]) == "Ingrid Dahl"


@pytest.mark.parametrize(
    ("language", "sentence", "types"),
    [
        ("en", "Norway and Chad signed a treaty.", {"agreement", "meeting"}),
        ("en", "Oskar Lind said the bridge was ready.", {"statement"}),
        ("ru", "Норвежский флот ушёл в Данию.", set()),
        ("ru", "Пресс-служба Кремля сообщила о встрече.", {"meeting", "statement"}),
        ("bg", "Външният министър Стоян Велев заяви, че мостът е готов.", {"statement"}),
    ],
)
def test_words_of_the_lists_are_cues_of_records(
    language: str, sentence: str, types: set[str]
) -> None:
    assert look(language, sentence)[0].cues == types


@pytest.mark.parametrize(
    ("language", "sentence", "type_"),
    [
        ("en", "Norway and Chad signed a treaty.", "agreement"),
        ("ru", "Президент Норвегии встретился с президентом Чада.", "meeting"),
        ("bg", "Норвегия замрази активите на четирима съдии.", "sanction"),
    ],
)
def test_what_words_speak_for_is_asked_about_and_what_they_do_not_is_not(
    language: str, sentence: str, type_: str
) -> None:
    plain = {"en": "The sky is blue.", "ru": "Небо сегодня синее.", "bg": "Небето днес е синьо."}
    asked, idle = look(language, sentence, plain[language])
    assert type_ in asked.may_hold
    assert type_ not in idle.may_hold


def test_each_sentence_knows_the_odds_of_the_likeliest() -> None:
    sights = look("en", "Norway and Chad signed a treaty.", "The sky is blue.")
    assert {one.likeliest for one in sights} == {max(sights[0].odds.values())}
    assert max(sights[1].odds.values()) < sights[1].likeliest


def test_a_quotation_may_be_a_statement_without_a_verb() -> None:
    assert "statement" in look("ru", "«Мост, дорога, река, поле».")[0].cues
    assert "statement" not in look("ru", "Мост, дорога, река, поле.")[0].cues


def test_a_language_without_lists_may_hold_every_record() -> None:
    assert look("fr", "Le village est beau.")[0].may_hold == set(EVENT_TYPES)


@pytest.mark.parametrize(
    ("language", "sentence", "somewhere"),
    [
        ("en", "They met in Oslo.", True),
        ("ru", "Они встретились в Осло.", True),
        ("en", "They met in secret.", False),
    ],
)
def test_in_before_a_name_may_be_a_place(language: str, sentence: str, somewhere: bool) -> None:
    assert look(language, sentence)[0].somewhere is somewhere


@pytest.mark.parametrize(
    ("language", "sentences", "name"),
    [
        ("en", ["Norwegian ambassador Ingrid Dahl said it was ready.",
                "Karl Berg was there.", "The diplomat warned of ice."], "Ingrid Dahl"),
        ("ru", ["Посол Норвегии Ингрид Даль заявила, что мост готов.",
                "Там был Карл Берг.", "Лёд опасен, подчеркнула дипломат."], "Ingrid Dahl"),
        ("bg", ["Посланикът на Норвегия Ингрид Дал заяви, че мостът е готов.",
                "Там беше Карл Берг.", "Ледът е опасен, отсече дипломатът."], "Ingrid Dahl"),
    ],
)  # fmt: skip
def test_a_noun_means_who_spoke_and_can_be_called_so(
    language: str, sentences: list[str], name: str
) -> None:
    assert speaker(look(language, *sentences)[-1]) == name


def test_a_noun_before_a_name_is_only_its_title() -> None:
    sights = look(
        "ru", "Оскар Линд сказал, что мост готов.", "Это не так, признал министр Иван Краль."
    )
    assert speaker(sights[-1]) == "Ivan Kral"


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "Norway welcomed the plan, Chad's foreign ministry said on Friday.",
         "Ministry of Foreign Affairs of Chad"),
        ("ru", "Норвегия готова ждать, заявил журналистам министр Иван Краль.", "Ivan Kral"),
        ("bg", "Норвегия е готова да чака, каза пред БНР министър Иван Крал.", "Ivan Kral"),
    ],
)  # fmt: skip
def test_who_speaks_stands_in_the_tail(language: str, sentence: str, name: str) -> None:
    assert speaker(look(language, sentence)[-1]) == name


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "Oskar Lind asked for time: in his view, the ice was thin.", "Oskar Lind"),
        ("ru", "Оскар Линд попросил отсрочки: по его словам, лёд тонок.", "Oskar Lind"),
        ("bg", "Стоян Велев бе ясен: според него ледът е тънък.", "Stoyan Velev"),
    ],
)
def test_his_words_are_those_of_the_one_named_before_them(
    language: str, sentence: str, name: str
) -> None:
    last = {"en": "Mira Choe said no.", "ru": "Иван Краль сказал нет.", "bg": "Иван Крал каза не."}
    assert speaker(look(language, last[language], sentence)[-1]) == name


def test_who_is_asked_is_no_subject_of_the_next_verb() -> None:
    assert speaker(look("en", "The bloc asked Norway for help and thanked Chad.")[-1]) is None


def test_who_stands_before_who_speaks_in_its_clause() -> None:
    sights = look("en", "That troubles Mira Choe, who yesterday accused them of haste.")
    assert speaker(sights[-1]) == "Mira Choe"


def test_an_unnamed_government_is_that_of_the_state_that_acts() -> None:
    sights = look("en", "Norway has frozen the assets of firms in Chad, the government announced.")
    assert speaker(sights[-1]) == "Norway"


def test_the_two_presidents_are_no_single_one() -> None:
    sights = look(
        "bg",
        "Президентът на Норвегия Карл Берг прие президента на Чад Иван Крал.",
        "Двамата президенти изразиха задоволство.",
    )
    assert speaker(sights[-1]) == "Karl Berg and Ivan Kral"


def test_an_answer_in_a_dialogue_is_a_quotation() -> None:
    answers = ["Посол Оскар Линд дал интервью.", "— Вам не страшно?", "— Мы не боимся льда."]
    sights = look("ru", *answers, between="\n")
    assert [one.speech.quotes for one in sights] == [False, False, True]
    assert speaker(sights[-1]) == "Oskar Lind"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The Recognised Worker Permit scheme said little."),
        ("en", "North Harbour said little."),
        ("ru", "Голубой Нил говорит сам за себя."),
    ],
)
def test_names_of_places_and_schemes_are_no_persons(language: str, sentence: str) -> None:
    assert look(language, sentence)[-1].actors == ()


def test_a_ministry_in_the_tail_is_no_office_of_the_name_before_it() -> None:
    sight = look("en", "Norway will lift the ban on Ivan Kral, Chad's foreign ministry said.")[-1]
    assert speaker(sight) == "Ministry of Foreign Affairs of Chad"
    assert [one.actor.role for one in sight.actors if one.actor.name == "Ivan Kral"] == [None]


def test_an_answer_ends_where_it_is_said_who_gives_it() -> None:
    sights = look("ru", "— Мост готов, — ответил Оскар Линд.", "Лёд тонок.")
    assert [one.speech.quotes for one in sights] == [True, False]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("bg", "Румънецът настоя за отсрочка."),
        ("ru", "Румынка настояла на отсрочке."),
    ],
)
def test_a_noun_for_people_means_the_one_of_that_state(language: str, sentence: str) -> None:
    before = {
        "bg": "Румънският министър Йон Попа и чадският министър Иван Крал се видяха.",
        "ru": "Румынский министр Ана Попа и чадский министр Иван Краль виделись.",
    }[language]
    name = {"bg": "Ion Popa", "ru": "Ana Popa"}[language]
    assert speaker(look(language, before, sentence)[-1]) == name


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Norway and Chad will open the road, their foreign ministers said.",
         "foreign ministers of Norway and Chad"),
        ("Karl Berg denies it: the ice, he says, was thin.", "Karl Berg"),
    ],
)  # fmt: skip
def test_speakers_of_two_states_and_of_two_clauses(sentence: str, name: str) -> None:
    assert speaker(look("en", "Mira Choe said no.", sentence)[-1]) == name


@pytest.mark.parametrize(
    ("language", "sentences", "name"),
    [
        ("ru", ["Азамат Турдиев принял Марту Линд.", "Мост, по её словам, готов."], "Marta Lind"),
        ("en", ["Tomas Kral met Olga Lind.", "He assured her that it was ready."], "Tomas Kral"),
    ],
)
def test_he_or_she_is_whose_given_name_fits(language: str, sentences: list[str], name: str) -> None:
    assert speaker(look(language, *sentences)[-1]) == name


def test_an_office_of_a_state_is_held_by_the_one_called_by_that_state() -> None:
    sights = look("en", "“No,” Norway's Karl Berg said.", "The Norwegian foreign minister left.")
    assert [one.actor.name for one in sights[-1].actors] == ["Karl Berg"]

"""What is known of a record before a model is asked for it."""

import pytest

from extractor.clues.drafts import Draft, draft, is_imagined
from schemas import Actor
from tests.extractor.clues import look

MET = "Norwegian prime minister Ingrid Dahl met Danish foreign minister Karl Berg."


def drafted(type_: str, language: str, *sentences: str) -> Draft | None:
    at = len(sentences) - 1
    return draft(type_, look(language, *sentences), at, sentences[at], language)


def made(type_: str, language: str, *sentences: str) -> Draft:
    found = drafted(type_, language, *sentences)
    assert found is not None
    return found


def test_two_persons_of_a_sentence_are_known_participants() -> None:
    found = made("meeting", "en", MET)
    assert found.known["participants"] == ["Ingrid Dahl", "Karl Berg"]
    assert "participants" not in found.fields


def test_up_to_four_persons_of_a_sentence_all_take_part() -> None:
    found = made("meeting", "en", "Ingrid Dahl met Karl Berg and Mira Choe.")
    assert found.known["participants"] == ["Ingrid Dahl", "Karl Berg", "Mira Choe"]


def test_more_are_to_choose_from() -> None:
    found = made("meeting", "en", "Ingrid Dahl met Karl Berg, Ivan Kral, Jens Holm and Mira Choe.")
    assert len(found.fields["participants"]["items"]["enum"]) == 5
    assert "participants" not in found.known


@pytest.mark.parametrize(
    ("language", "sentence", "via"),
    [
        ("en", "Prime Minister Ingrid Dahl told Reuters the bridge was ready.", "Reuters"),
        ("ru", "Министр Оскар Линд сказал агентству ТАСС, что мост готов.", "TASS"),
        ("bg", "Министър Стоян Велев каза пред БТА, че мостът е готов.", "BTA"),
    ],
)
def test_a_news_agency_is_what_words_come_through(language: str, sentence: str, via: str) -> None:
    found = made("statement", language, sentence)
    assert found.known["via"] == via
    assert via not in found.actors


def test_a_news_agency_is_no_party() -> None:
    found = made("agreement", "en", "Norway and Denmark told Reuters they signed a treaty.")
    assert found.known["parties"] == ["Norway", "Denmark"]


def test_the_phrases_of_time_are_the_only_dates_to_choose_from() -> None:
    found = made("meeting", "en", f"On Friday {MET}")
    assert found.fields["date"] == {"enum": ["On Friday", None]}
    assert "date" not in found.known


def test_without_a_phrase_of_time_there_is_no_date() -> None:
    found = made("meeting", "en", MET)
    assert "date" in found.known
    assert found.known["date"] is None
    assert "date" not in found.fields


@pytest.mark.parametrize("type_", ["statement", "meeting", "agreement", "sanction"])
def test_without_actors_there_is_no_draft(type_: str) -> None:
    assert drafted(type_, "en", "It rained on Friday.") is None


def test_one_person_alone_meets_nobody() -> None:
    assert drafted("meeting", "en", "Ingrid Dahl held talks.") is None


def test_a_speaker_who_is_told_is_not_asked() -> None:
    found = made("statement", "en", "“It is safe,” Ingrid Dahl told Karl Berg.")
    assert (found.known["speaker"], found.known["direct"]) == ("Ingrid Dahl", True)
    assert "speaker" not in found.fields


@pytest.mark.parametrize(
    ("language", "sentence", "imposer", "target"),
    [
        ("en", "Norway imposed sanctions on banks of Chad.", "Norway", "Chad"),
        ("ru", "Норвегия ввела санкции против чадских банков.", "Norway", "Chad"),
        ("bg", "Норвегия изгони трима служители на чадското посолство.", "Norway", "Chad"),
    ],
)
def test_who_imposes_is_who_acts(language: str, sentence: str, imposer: str, target: str) -> None:
    found = made("sanction", language, sentence)
    assert found.known["imposed_by"] == [imposer]
    assert any(target in name for name in found.actors)


def test_the_model_chooses_whom_he_means_in_english() -> None:
    before = "Ingrid Dahl met Karl Berg."
    found = made("statement", "en", before, "He said the bridge was ready.")
    assert set(found.fields["speaker"]["enum"]) == {"Ingrid Dahl", "Karl Berg"}
    assert "speaker" not in found.known


def test_a_stranger_makes_no_statement() -> None:
    sights = look("en", "Ingrid Dahl said so.", "A diplomat said it was old.")
    assert draft("statement", sights, 1, "A diplomat said it was old.", "en") is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Chad trades despite Western sanctions."),
        ("ru", "Чад торгует, несмотря на западные санкции."),
        ("bg", "Чад търгува въпреки западните санкции."),
    ],
)
def test_a_bare_mention_of_sanctions_is_no_record(language: str, sentence: str) -> None:
    assert drafted("sanction", language, sentence) is None


def test_a_spokesman_takes_no_part_in_what_he_denies() -> None:
    before = "Norwegian President Ingrid Dahl and Danish President Karl Berg left."
    said = "Norwegian government spokesman Ivan Kral denied that the leaders had met."
    assert "Ivan Kral" not in made("meeting", "en", before, said).actors


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Chad fell under EU sanctions."),
        ("ru", "Чад попал под санкции ЕС."),
        ("bg", "Чад попадна под санкциите на ЕС."),
    ],
)
def test_whose_sanctions_they_are_imposes_them(language: str, sentence: str) -> None:
    assert made("sanction", language, sentence).known["imposed_by"] == ["European Union"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ru", "Норвегия выслала двух чадских дипломатов."),
        ("bg", "Норвегия изгони двама чадски дипломати."),
    ],
)
def test_people_without_names_are_targets_as_a_group(language: str, sentence: str) -> None:
    found = made("sanction", language, sentence)
    assert found.known["targets"] == ["two Chadian diplomats"]
    assert found.actors["two Chadian diplomats"].country == "TCD"


def test_all_of_a_row_are_targets() -> None:
    found = made("sanction", "en", "Norway imposed sanctions on Ivan Kral, Chad and four judges.")
    assert found.known["targets"] == ["Ivan Kral", "Chad", "four judges"]


def test_those_who_were_barred_are_targets() -> None:
    found = made("sanction", "en", "Three generals of Chad were barred from Norway on Monday.")
    assert found.known["targets"] == ["three generals of Chad"]


def test_the_body_that_a_state_asks_imposes() -> None:
    before = "The European Union imposed sanctions on Chad."
    said = "Norway proposed a ban on exports to Chad."
    assert made("sanction", "en", before, said).known["imposed_by"] == ["European Union"]


def test_who_is_asked_to_take_measures_imposes() -> None:
    found = made("sanction", "en", "Chad urged Norway to shut its ports to the firm.")
    assert found.known["imposed_by"] == ["Norway"]


def test_whose_ban_it_is_imposes() -> None:
    found = made("sanction", "en", "Chad's exporters are hit by Norway's ban on cotton.")
    assert found.known["imposed_by"] == ["Norway"]


def test_a_state_hit_before_imposes_nothing_by_being_named() -> None:
    before = "Norway imposed sanctions on Chad."
    said = "The first member of the Chadian government was barred on Friday."
    assert made("sanction", "en", before, said).known["imposed_by"] == ["Norway"]


def test_the_council_is_the_body_named_before() -> None:
    before = "The UN Security Council met on Friday."
    said = "The Council renewed the arms embargo on Chad."
    assert made("sanction", "en", before, said).known["imposed_by"] == ["UN Security Council"]


def test_a_people_stands_for_its_state() -> None:
    found = made("sanction", "en", "The Norwegians banned imports from Chad.")
    assert found.known["imposed_by"] == ["Norway"]


@pytest.mark.parametrize("sentence", ["OSLO, 3 May 2026 — ", "OSLO (Reuters) - ", "Oslo — "])
def test_a_dateline_imposes_nothing(sentence: str) -> None:
    found = made("sanction", "en", f"{sentence}Sweden imposed sanctions on Chad.")
    assert found.known["imposed_by"] == ["Sweden"]


def test_the_two_ministers_meet_as_a_group() -> None:
    found = made(
        "meeting", "en", "Norway and Chad fell out.", "The two foreign ministers had lunch."
    )
    assert found.known["participants"] == ["foreign ministers of Norway and Chad"]


def test_what_the_talks_were_about_is_told_of_the_same_two() -> None:
    said = "They discussed a visit to Oslo by the king of Sweden."
    assert made("meeting", "en", MET, said).known["participants"] == ["Ingrid Dahl", "Karl Berg"]


def test_a_guest_is_the_visitor_named_before() -> None:
    before = "Danish foreign minister Karl Berg came to Oslo."
    said = "The guest was received by Norwegian Prime Minister Ingrid Dahl."
    assert made("meeting", "en", before, said).known["participants"] == ["Ingrid Dahl", "Karl Berg"]


def test_an_act_that_the_verb_tells_is_not_asked() -> None:
    found = made("statement", "en", "Ingrid Dahl accused Karl Berg of theft.")
    assert found.known["act"] == "accuse"


@pytest.mark.parametrize(
    ("language", "sentences", "names"),
    [
        ("en", ["Norwegian premier Ingrid Dahl arrived.", "She met Danish King Karl Berg."],
         ["Ingrid Dahl", "Karl Berg"]),
        ("bg", ["Норвежкият премиер Оскар Линд пристигна.", "Той разговаря с Карл Берг."],
         ["Oskar Lind", "Karl Berg"]),
    ],
)  # fmt: skip
def test_a_pronoun_and_a_name_are_the_two_who_met(
    language: str, sentences: list[str], names: list[str]
) -> None:
    assert made("meeting", language, *sentences).known["participants"] == names


def test_who_only_tells_of_a_meeting_takes_no_part() -> None:
    told = "Ingrid Dahl will meet Karl Berg, Oskar Lind said."
    assert made("meeting", "en", told).known["participants"] == ["Ingrid Dahl", "Karl Berg"]


@pytest.mark.parametrize(
    ("language", "before", "sentence", "names"),
    [
        ("en", "Egypt and Ethiopia share the river.", "Teams from the two countries met.",
         {"Egypt", "Ethiopia"}),
        ("ru", "Президент Норвегии Ингрид Даль и президент Чада Оскар Линд спорят.",
         "Президенты двух стран встретятся в мае.", {"Ingrid Dahl", "Oscar Lind"}),
    ],
)  # fmt: skip
def test_two_who_are_only_counted_were_named_before(
    language: str, before: str, sentence: str, names: set[str]
) -> None:
    assert set(made("meeting", language, before, sentence).known["participants"]) == names


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "Ingrid Dahl thanked Karl Berg.", "Karl Berg"),
        ("en", "Ingrid Dahl called on Norway and Chad to wait.", "Norway and Chad"),
        ("ru", "Ингрид Даль поблагодарила Чад.", "Chad"),
        ("bg", "Стоян Велев благодари на Чад.", "Chad"),
        ("en", "Ingrid Dahl accused Karl Berg of theft.", None),
        ("en", "“Soon,” promised Ingrid Dahl.", None),
    ],
)
def test_whom_somebody_thanks_or_asks_is_spoken_to(
    language: str, sentence: str, name: str | None
) -> None:
    assert made("statement", language, sentence).known["addressee"] == name


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Norway's ambassador was summoned to the foreign ministry of Chad."]),
        ("ru", ["Чад недоволен.", "Посла Норвегии вызвали в МИД Чада."]),
        ("bg", ["Посланикът на Норвегия бе извикан във външното министерство на Чад."]),
    ],
)
def test_an_envoy_is_summoned_by_the_ministry(language: str, sentences: list[str]) -> None:
    found = made("meeting", language, *sentences)
    assert found.known["participants"] == [
        "Ministry of Foreign Affairs of Chad",
        "Ambassador of Norway",
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "Talks among African Union leaders ended on Sunday.", "African Union leaders"),
        ("bg", "Външните министри на Африканския съюз се срещнаха.",
         "African Union foreign ministers"),
    ],
)  # fmt: skip
def test_many_without_names_meet_as_one_group(language: str, sentence: str, name: str) -> None:
    assert made("meeting", language, sentence).known["participants"] == [name]


def test_two_offices_of_two_states_meet_be_they_named_or_not() -> None:
    before = "Chad's foreign minister Ivan Kral is here."
    found = made("meeting", "en", before, "Kral will meet his Norwegian counterpart in May.")
    assert found.known["participants"] == ["Ivan Kral", "Foreign Minister of Norway"]


def test_a_spokesman_tells_of_talks_of_his_state() -> None:
    found = made(
        "meeting",
        "en",
        "Norway's foreign ministry spokesman Karl Berg spoke.",
        "The next round of talks with Chad is in May, he said.",
    )
    assert found.known["participants"] == ["Norway", "Chad"]


def test_two_states_joined_by_and_impose_together() -> None:
    found = made("sanction", "en", "Norway and Denmark imposed sanctions on Chad.")
    assert found.known["imposed_by"] == ["Norway", "Denmark"]


@pytest.mark.parametrize(
    ("language", "before", "sentence", "names"),
    [
        ("en", "Norwegian minister Ingrid Dahl met Danish minister Karl Berg.",
         "The two will meet again in May.", {"Ingrid Dahl", "Karl Berg"}),
        ("bg", "Президентът на Норвегия Карл Берг прие президента на Чад Иван Крал.",
         "Следващата среща на двамата ще бъде през май.", {"Karl Berg", "Ivan Kral"}),
    ],
)  # fmt: skip
def test_the_two_who_meet_again_are_those_who_met(
    language: str, before: str, sentence: str, names: set[str]
) -> None:
    between = {"en": "It was cold.", "bg": "Беше студено."}[language]
    found = made("meeting", language, before, between, between, sentence)
    assert set(found.known["participants"]) == names


def test_somebody_visits_a_state() -> None:
    found = made("meeting", "en", "President Karl Berg will visit Chad in May.")
    assert found.known["participants"] == ["Karl Berg", "Chad"]


def test_i_is_the_one_who_is_quoted() -> None:
    before = "Minister Ingrid Dahl spoke."
    found = made("meeting", "en", before, "“I met Karl Berg in May,” Dahl said.")
    assert set(found.known["participants"]) == {"Ingrid Dahl", "Karl Berg"}


@pytest.mark.parametrize(
    ("language", "sentence", "imposer"),
    [
        ("en", "Zambia's parliament urged Norway to impose sanctions on Chad.", "Norway"),
        ("ru", "Парламент Замбии призвал Норвегию ввести санкции против Чада.", "Norway"),
        ("bg", "Парламентът на Замбия поиска Норвегия да наложи санкции на Чад.", "Norway"),
        ("en", "Two Chadian diplomats were expelled from Norway.", "Norway"),
        ("en", "Three Chadian generals were added to Norway's blacklist.", "Norway"),
        ("en", "Norway's president signed a decree imposing sanctions on Chadian firms.", "Norway"),
        ("bg", "Норвегия наложи санкции на Чад.", "Norway"),
    ],
)
def test_who_imposes_is_told_by_words(language: str, sentence: str, imposer: str) -> None:
    assert made("sanction", language, sentence).known["imposed_by"] == [imposer]


@pytest.mark.parametrize(
    ("language", "sentence", "parties"),
    [
        ("en", "Ghana praised the treaty between Norway and Chad.", ["Norway", "Chad"]),
        ("ru", "Гана похвалила договор между Норвегией и Чадом.", ["Norway", "Chad"]),
        ("en", "Norway signed an agreement with Chad, which Ghana and Togo praised.",
         ["Norway", "Chad"]),
    ],
)  # fmt: skip
def test_parties_are_those_between_whom_or_with_whom(
    language: str, sentence: str, parties: list[str]
) -> None:
    assert made("agreement", language, sentence).known["parties"] == parties


def test_an_agreement_without_states_is_of_those_who_met() -> None:
    before = "Norwegian minister Ingrid Dahl met Chadian minister Ivan Kral."
    found = made("agreement", "en", before, "A memorandum will be signed in May.")
    assert set(found.known["parties"]) == {"Norway", "Chad"}


def test_a_meeting_between_two_states_is_theirs() -> None:
    found = made("meeting", "en", "Envoy Karl Berg told of talks between Norway and Chad.")
    assert found.known["participants"] == ["Norway", "Chad"]


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("Norway and Ghana struck a deal with Chad.", ["Norway", "Ghana", "Chad"]),
        ("Norway, Ghana and Chad will sign a declaration.", ["Norway", "Ghana", "Chad"]),
    ],
)
def test_all_states_of_a_row_are_parties(sentence: str, parties: list[str]) -> None:
    assert made("agreement", "en", sentence).known["parties"] == parties


def test_a_place_in_the_name_of_a_treaty_is_no_party() -> None:
    found = made("agreement", "en", "Norway and Chad cited the Budapest Memorandum.")
    assert found.known["parties"] == ["Norway", "Chad"]


def test_allies_are_no_targets_and_a_parliament_is_its_state() -> None:
    found = made("sanction", "en", "Norway and Denmark froze the assets of Ivan Kral.")
    assert found.known["targets"] == ["Ivan Kral"]
    found = made("sanction", "en", "Norway's parliament voted to ban imports from Chad.")
    assert found.known["imposed_by"] == ["Norway"]


def test_a_firm_in_capitals_is_a_party() -> None:
    found = made("agreement", "en", "The power company EPS signed a contract with Norinco.")
    assert found.known["parties"] == ["EPS", "Norinco"]


def test_whom_measures_are_against_may_have_been_said_before() -> None:
    before = "Норвегия наложи санкции на Чад."
    found = made("sanction", "bg", before, "Мерките включват и забрана за влизане.")
    assert found.known["targets"] == ["Chad"]


def test_measures_against_nobody_are_no_record() -> None:
    assert drafted("sanction", "bg", "Норвегия наложи забрана за влизане.") is None


@pytest.mark.parametrize(
    ("sentences", "participants"),
    [
        (["Talks between the Thai and Chadian prime ministers were called off."],
         ["Prime Minister of Thailand", "Prime Minister of Chad"]),
        (["A session of the Danish and Chadian cabinets was called off."], ["Denmark", "Chad"]),
        (["A meeting of the five navy chiefs was called off."], ["five navy chiefs"]),
        ([MET, "The pair discussed a bridge from Peru to Chad."], ["Ingrid Dahl", "Karl Berg"]),
        (["Foreign Minister Ingrid Dahl's talks with Karl Berg were called off."],
         ["Ingrid Dahl", "Karl Berg"]),
        (["Heads of the six Gulf Cooperation Council states met in Oslo."],
         ["Gulf Cooperation Council leaders"]),
    ],
)  # fmt: skip
def test_those_who_talk_are_told_by_words(sentences: list[str], participants: list[str]) -> None:
    assert made("meeting", "en", *sentences).known["participants"] == participants


def test_the_two_countries_are_those_named_most() -> None:
    before = ["Norway sold Chad a bridge.", "Norway and Chad like Peru."]
    found = made("agreement", "en", *before, "The treaty between the two countries stands.")
    assert found.known["parties"] == ["Norway", "Chad"]


def test_places_between_which_something_is_built_are_no_parties() -> None:
    signed = "They signed a protocol on the line between Kilis and Uzunlu."
    found = made("agreement", "en", "Norway and Chad talked.", signed)
    assert not {"Kilis", "Uzunlu"} & set(found.actors)


def test_according_to_is_no_accord() -> None:
    (sight,) = look("en", "The bridge is ready, according to Norway.")
    assert "agreement" not in sight.cues


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Suppose Norway and Chad signed a treaty tomorrow."),
        ("ru", "Представим, что Норвегия и Чад подписали договор."),
        ("bg", "Да предположим, че Норвегия и Чад подписаха договор."),
    ],
)
def test_what_is_only_imagined_is_no_record(language: str, sentence: str) -> None:
    assert is_imagined("agreement", sentence, language)
    assert not is_imagined("statement", sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence", "speaker"),
    [
        ("en", "An EU spokesman warned of it.", "European Union"),
        ("ru", "Представитель МИД Норвегии заявил, что мост готов.",
         "Ministry of Foreign Affairs of Norway"),
    ],
)  # fmt: skip
def test_a_spokesman_without_a_name_speaks_as_the_house_he_is_of(
    language: str, sentence: str, speaker: str
) -> None:
    assert made("statement", language, sentence).known["speaker"] == speaker


def test_the_two_countries_speak_as_states() -> None:
    before = "Ingrid Dahl met Karl Berg in Norway after a week in Chad."
    said = "The two countries say they are close to a treaty."
    speaker = made("statement", "en", before, said).known["speaker"]
    assert set(speaker.split(" and ")) == {"Norway", "Chad"}


def test_a_news_agency_that_is_the_source_says_nothing_itself() -> None:
    found = made("statement", "en", "Ingrid Dahl agreed, according to Chad's state news agency.")
    assert found.known["speaker"] == "Ingrid Dahl"


@pytest.mark.parametrize(
    ("language", "sentence", "participants"),
    [
        ("ru", "Иран принял главу службы безопасности России Ивана Краля для переговоров.",
         ["Iran", "Ivan Kral"]),
        ("en", "Chad received Norwegian Prime Minister Ingrid Dahl for talks.",
         ["Chad", "Ingrid Dahl"]),
    ],
)  # fmt: skip
def test_a_state_receives_a_guest(language: str, sentence: str, participants: list[str]) -> None:
    assert made("meeting", language, sentence).known["participants"] == participants


def test_an_agreement_of_one_is_not_taken_from_a_choice() -> None:
    text = "Norway, Chad, Peru and Mali discussed a treaty."
    state, other = (Actor(name=one, kind="country", role=None, country=code)
                    for one, code in (("Norway", "NOR"), ("Chad", "TCD")))  # fmt: skip
    both, alone = (
        draft("agreement", look("en", text), 0, text, "en", chosen={"parties": chosen})
        for chosen in ([state, other], [state])
    )
    by_code = made("agreement", "en", text)
    assert both is not None
    assert both.known["parties"] == ["Norway", "Chad"]
    assert alone == by_code

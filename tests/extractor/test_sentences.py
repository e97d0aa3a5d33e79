"""Where sentences end within a line: behaviours one by one; `evals/reading` has the figures."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document.sentences import spans

LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
PIECES = st.sampled_from(
    [
        *".!?…。؟«»„“”‘’'\"()[]—–- \u00a0\u202f1",
        "[1]",
        "Mr",
        "г",
        "и т. д",
        "U.S",
        "Она",
        "She",
        "А",
    ]
)


def cut(line: str, language: str = "en") -> list[str]:
    return [line[start:end] for start, end in spans(line, language)]


def check(marked: str, language: str) -> None:
    """The line with ‖ where its sentences end is cut there and nowhere else."""
    expected = [piece.strip() for piece in marked.split("‖")]
    assert cut(marked.replace("‖", ""), language) == expected


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        pytest.param("en", "Talks failed.‖ Why?‖ Nobody knows!‖ She left.", id="marks"),
        pytest.param("en", "Mr. Hall met Gen. Osei and Dr. K. Obi.‖ They spoke.", id="titles"),
        pytest.param("en", "He met J. R. Pell and M.T. Dray.‖ They spoke.", id="initials"),
        pytest.param(
            "en", "The U.S. Treasury froze it.‖ She went to the U.S.‖ He stayed.", id="us"
        ),
        pytest.param("en", "The U.N. Secretary-General left the U.N.‖ Riga smiled.", id="un"),
        pytest.param("en", "They left at 4 a.m.‖ Riga slept at 5 a.m. Riga time.", id="am"),
        pytest.param("en", "At 4 a.m. Riga slept.‖ Nobody left.", id="a-time-opens"),
        pytest.param("en", "Orlov Inc. paid.‖ So did Berg Corp.‖ Shares fell.", id="firms"),
        pytest.param("en", "Flight No. 17 left.‖ Was it late?‖ No.‖ It was not.", id="no"),
        pytest.param("en", "It rose 3.5 percent at 19.45 on www.un.org today.", id="no-blank"),
        pytest.param("en", "He signed it.‖He added that it was late.", id="blank-forgotten"),
        pytest.param("en", "They signed in 1998.‖ 27 years have passed.", id="digit"),
        pytest.param("en", "Well...‖ He left... and came back.", id="ellipsis"),
        pytest.param("en", "“…and that is all,” he said.‖ It was not.", id="ellipsis-opens"),
        pytest.param("en", "“We came.‖ We left,” she said.‖ “Why?” he asked.", id="quotation"),
        pytest.param("en", "“Why?” Foreign Minister Ann Berg asked.‖ He left.", id="attribution"),
        pytest.param("en", "She called it “a joke.”‖ He did not.", id="stop-in-quotes"),
        pytest.param("en", "They met.‖ (Nobody spoke.)‖ They left.", id="bracket-alone"),
        pytest.param("en", "It has men (some are cooks!) Berlin sent.", id="bracket-inside"),
        pytest.param("en", "It lapsed.[1]‖ Nobody noticed.²‖ It is back.", id="footnotes"),
        pytest.param(
            "en", "NAIROBI, Jan. 14 (Meridian) - Somalia left.‖ It is back.", id="dateline"
        ),
        pytest.param("en", "It asks: 1. The port opens.‖ 2. The road is free.", id="list"),
        pytest.param("en", "(a) They disarm.‖ (b) They report.", id="list-of-letters"),
        pytest.param("en", "It paid.‖ iRobot did not.‖ al-Shabaab did.", id="small-brand"),
        pytest.param("en", "It is done.‖ 🇫🇮 Finland left.‖ — Why?‖ — Money.", id="emoji-and-dash"),
        pytest.param("en", "Yahoo! Japan left.‖ It is back.", id="name-with-a-mark"),
        pytest.param("ru", "Встреча с А. В. Котом и г-ном Ли.‖ Он ушёл.", id="ru-initials"),
        pytest.param("ru", "Он живёт в г. Рига с 2019 г.‖ Вена ждёт.", id="ru-town-and-year"),
        pytest.param("ru", "Весной 2024 г. Ереван ответил.‖ Баку молчит.", id="ru-year-opens"),
        pytest.param("ru", "Нужны соль, мука и т. д.‖ Капитаны ждут.", id="ru-and-so-on"),
        pytest.param("ru", "Хлеб отдали им.‖ Школу им. Чкалова закрыли.", id="ru-named-after"),
        pytest.param("ru", "Дали 3 млн руб. 40 коп. и 5 долл. США.‖ Мало.", id="ru-money"),
        pytest.param("ru", "«Нет, — сказал он.‖ — Не сейчас».‖ Все ушли.", id="ru-speech"),
        pytest.param("ru", "«Вон!» — крикнул он.‖ «Мы согласны».‖Так и было.", id="ru-quotes"),
        pytest.param("ru", "ОСЛО, 12 янв. /Корр. Н. Ли/. Посол ушёл.‖ Он болен.", id="ru-dateline"),
        pytest.param("bg", "Той е от 1958 г.‖ През 2015 г. Кипър го прие.", id="bg-years"),
        pytest.param("bg", "Тя е на ул. „Оборище“ № 12.‖ Там е топло.", id="bg-street"),
        pytest.param("bg", "„Да!“ – Ковач не довърши.‖ Тя стана.", id="bg-quotation-goes-on"),
        pytest.param("bg", "Приетата през 1951 г. Женевска конвенция важи.", id="bg-participle"),
        pytest.param("bg", "От 12. 05. 2025 г. няма полети.‖ Чакаме.", id="bg-date-with-blanks"),
        pytest.param("zh", "他来了。‖她走了！‖“好。”‖他说。", id="zh"),
        pytest.param("ar", "متى يصل؟‖ غدا.‖ شكرا.", id="ar"),
        pytest.param("hi", "वह आया।‖ वह गई।", id="hi"),
        pytest.param("ka", "ის მოვიდა.‖ ის წავიდა.", id="ka-without-capitals"),
    ],
)
def test_sentences_end_where_a_reader_would_say(language: str, marked: str) -> None:
    check(marked, language)


@pytest.mark.parametrize("line", ["", " ", "\u00a0\t"])
def test_a_blank_line_has_none(line: str) -> None:
    assert cut(line) == []


def test_blanks_around_sentences_are_left_out() -> None:
    assert cut("\u00a0 She came.\u202f\u00a0He left. \u3000") == ["She came.", "He left."]


@pytest.mark.parametrize("language", ["en", "ru", "bg", "xx"])
@given(
    st.one_of(
        st.text(st.characters(exclude_characters=LINE_BREAKS)),
        st.lists(PIECES, max_size=40).map("".join),
    )
)
def test_spans_are_in_order_and_cover_all_that_is_not_blank(language: str, line: str) -> None:
    found = list(spans(line, language))
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert all(line[start:end] == line[start:end].strip() != "" for start, end in found)
    covered = "".join(line[start:end] for start, end in found)
    assert "".join(covered.split()) == "".join(line.split())


@pytest.mark.parametrize(
    "piece", ["a. ", ".", "!)", "[1].", "a", "-", "((", ". ", "«", "a.)", " ", "\U0001f600"]
)
def test_a_long_line_of_anything_comes_out(piece: str) -> None:
    """What grows with the square of the length would not end in this life."""
    assert len(cut(piece * 1_000_000)) <= 1


def test_a_long_line_of_sentences_is_cut_everywhere() -> None:
    assert len(cut("She came on Monday. " * 100_000)) == 100_000

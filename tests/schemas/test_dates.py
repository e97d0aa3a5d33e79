"""Words about time become calendar values; what is not understood stays unresolved."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.dates import VALUE_PATTERN, resolve
from schemas.fulldates import full_dates
from schemas.timewords import LANGUAGES, clean, speaks_of_time

TABLES = Path(__file__).parents[2] / "evals" / "reading" / "dates"
WEDNESDAY = date(2025, 11, 26)


@pytest.mark.parametrize("published", [WEDNESDAY, None], ids=["published", "unpublished"])
@pytest.mark.parametrize("ahead", [False, True], ids=["past", "ahead"])
@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2025-11-27", "2025-11-27"),
        ("2024-02-29", "2024-02-29"),
        ("2025-12", "2025-12"),
        ("2025", "2025"),
        ("2024-10-22/2024-10-24", "2024-10-22/2024-10-24"),
        ("2024-10-22/2024-10-22", "2024-10-22/2024-10-22"),
        (" 2025-11-27\n", "2025-11-27"),
        ("27 November 2025", "2025-11-27"),
        ("on 27 November, 2025", "2025-11-27"),
        ("27 Nov. 2025", "2025-11-27"),
        ("27 ноября 2025", "2025-11-27"),
        ("27 ноября 2025 года", "2025-11-27"),
        ("27 ноября 2025 г.", "2025-11-27"),
        ("27 ноември 2025", "2025-11-27"),
        ("на 27 ноември 2025 г.", "2025-11-27"),
        ("27 ноември 2025 година", "2025-11-27"),
        ("29 февраля 2024 года", "2024-02-29"),
        ("November 27, 2025", "2025-11-27"),
        ("on Nov. 27, 2025", "2025-11-27"),
        ("November 27 2025", "2025-11-27"),
        ("in 2024", "2024"),
        ("2016 года", "2016"),
        ("в 2016 г.", "2016"),
        ("през 2016 г.", "2016"),
        ("през 2016 година", "2016"),
    ],
)
def test_a_full_date_is_itself_whenever_published(
    words: str, value: str, ahead: bool, published: date | None
) -> None:
    assert resolve(words, published=published, ahead=ahead) == value


@pytest.mark.parametrize("ahead", [False, True], ids=["past", "ahead"])
@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("today", "2025-11-26"),
        ("Today", "2025-11-26"),
        ("сегодня", "2025-11-26"),
        ("Днес", "2025-11-26"),
        ("yesterday", "2025-11-25"),
        ("вчера", "2025-11-25"),
        ("tomorrow", "2025-11-27"),
        ("завтра", "2025-11-27"),
        ("утре", "2025-11-27"),
    ],
)
def test_relative_days_count_from_the_day_published(words: str, value: str, ahead: bool) -> None:
    assert resolve(words, published=WEDNESDAY, ahead=ahead) == value


def test_relative_days_cross_the_year() -> None:
    assert resolve("tomorrow", published=date(2024, 12, 31), ahead=False) == "2025-01-01"


@pytest.mark.parametrize(
    ("words", "past", "ahead"),
    [
        ("on Monday", "2025-11-24", "2025-12-01"),
        ("Tuesday", "2025-11-25", "2025-12-02"),
        ("on Thursday", "2025-11-20", "2025-11-27"),
        ("FRIDAY", "2025-11-21", "2025-11-28"),
        ("on Saturday", "2025-11-22", "2025-11-29"),
        ("on Sunday", "2025-11-23", "2025-11-30"),
        ("в понедельник", "2025-11-24", "2025-12-01"),
        ("Во вторник", "2025-11-25", "2025-12-02"),
        ("в пятницу", "2025-11-21", "2025-11-28"),
        ("суббота", "2025-11-22", "2025-11-29"),
        ("в воскресенье", "2025-11-23", "2025-11-30"),
        ("в понеделник", "2025-11-24", "2025-12-01"),
        ("в четвъртък", "2025-11-20", "2025-11-27"),
        ("в петък", "2025-11-21", "2025-11-28"),
        ("в събота", "2025-11-22", "2025-11-29"),
        ("в неделя", "2025-11-23", "2025-11-30"),
    ],
)
def test_a_weekday_is_the_last_one_or_the_next_one(words: str, past: str, ahead: str) -> None:
    assert resolve(words, published=WEDNESDAY, ahead=False) == past
    assert resolve(words, published=WEDNESDAY, ahead=True) == ahead


@pytest.mark.parametrize("ahead", [False, True], ids=["past", "ahead"])
@pytest.mark.parametrize("words", ["on Wednesday", "в среду", "среда", "в сряда"])
def test_a_weekday_in_an_article_of_that_very_weekday_is_that_day(words: str, ahead: bool) -> None:
    assert resolve(words, published=WEDNESDAY, ahead=ahead) == "2025-11-26"


@pytest.mark.parametrize(
    ("words", "past", "ahead"),
    [
        pytest.param("27 November", "2024-11-27", "2025-11-27", id="en-day-after"),
        pytest.param("on 26 November", "2025-11-26", "2025-11-26", id="en-that-day"),
        pytest.param("25 Nov.", "2025-11-25", "2026-11-25", id="en-day-before"),
        pytest.param("November 27", "2024-11-27", "2025-11-27", id="en-month-first"),
        pytest.param("on Dec. 5", "2024-12-05", "2025-12-05", id="en-month-first-short"),
        pytest.param("May 5", "2025-05-05", "2026-05-05", id="en-may"),
        pytest.param("27 ноября", "2024-11-27", "2025-11-27", id="ru-day-after"),
        pytest.param("25 ноября", "2025-11-25", "2026-11-25", id="ru-day-before"),
        pytest.param("5 мая", "2025-05-05", "2026-05-05", id="ru-may"),
        pytest.param("27 ноември", "2024-11-27", "2025-11-27", id="bg-day-after"),
        pytest.param("на 25 ноември", "2025-11-25", "2026-11-25", id="bg-day-before"),
        pytest.param("1 януари", "2025-01-01", "2026-01-01", id="bg-new-year"),
        pytest.param("29 February", "2024-02-29", None, id="leap-day-near-one-leap-year"),
    ],
)
def test_a_day_without_a_year_is_the_last_one_or_the_next_one(
    words: str, past: str, ahead: str | None
) -> None:
    assert resolve(words, published=WEDNESDAY, ahead=False) == past
    assert resolve(words, published=WEDNESDAY, ahead=True) == ahead


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (1, "January Jan января януари"),
        (2, "February Feb февраля февруари"),
        (3, "March Mar марта март"),
        (4, "April Apr апреля април"),
        (5, "May мая май"),
        (6, "June Jun июня юни"),
        (7, "July Jul июля юли"),
        (8, "August Aug августа август"),
        (9, "September Sept Sep сентября септември"),
        (10, "October Oct октября октомври"),
        (11, "November Nov ноября ноември"),
        (12, "December Dec декабря декември"),
    ],
)
def test_every_month_is_known_in_three_languages(month: int, names: str) -> None:
    found = {resolve(f"3 {name} 2025", published=None, ahead=False) for name in names.split()}
    assert found == {f"2025-{month:02}-03"}


@pytest.mark.parametrize("published", [WEDNESDAY, None], ids=["published", "unpublished"])
@pytest.mark.parametrize("ahead", [False, True], ids=["past", "ahead"])
@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "soon",
        "скоро",
        "после праздников",
        "in",
        "on",
        "2025-02-30",
        "2025-13",
        "2025-00-10",
        "2023-02-29",
        "0000",
        "30 February",
        "30 февраля 2025",
        "31 април 2025 г.",
        "0 May 2025",
        "99 ноября",
        "2024-10-24/2024-10-22",
        "2024/2025",
        "2025-01/2025-02-01",
        "2025-11-27T10:00",
        "20251127",
        "٢٠٢٥",
        "5 million",
        "$5 million",
        "5 млрд долларов",
        "1500 лева",
        "in 300",
        "45",
        "45 years",
        "45 лет",
        "45-летний",
        "на 45 години",
        "в 15:00",
        "at 3 pm",
        "в 15 ч.",
        "may",
        "мая",
        "27 foo",
        "foo 27",
        "27 ноября или позже",
        "2025-11-27; DROP TABLE",
    ],
)
def test_what_names_no_day_month_or_year_is_unresolved(
    words: str, ahead: bool, published: date | None
) -> None:
    assert resolve(words, published=published, ahead=ahead) is None


@pytest.mark.parametrize("ahead", [False, True], ids=["past", "ahead"])
@pytest.mark.parametrize(
    "words",
    [
        "today",
        "вчера",
        "утре",
        "on Friday",
        "в пятницу",
        "в петък",
        "27 November",
        "November 27",
        "27 ноября",
        "на 27 ноември",
    ],
)
def test_relative_words_are_unresolved_where_the_day_published_is_not_known(
    words: str, ahead: bool
) -> None:
    assert resolve(words, published=None, ahead=ahead) is None


@pytest.mark.parametrize(
    ("words", "past", "ahead"),
    [
        ("в четверг", "2025-11-20", "2025-11-27"),
        ("Във вторник", "2025-11-25", "2025-12-02"),
    ],
)
def test_a_weekday_after_a_preposition(words: str, past: str, ahead: str) -> None:
    assert resolve(words, published=WEDNESDAY, ahead=False) == past
    assert resolve(words, published=WEDNESDAY, ahead=True) == ahead


@pytest.mark.parametrize("words", ["в 2024 году", "през 2024 г", "in 2024"])
def test_a_year_is_itself(words: str) -> None:
    assert resolve(words, published=None, ahead=False) == "2024"


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("tomorrow", date.max),
        ("yesterday", date.min),
        ("on Friday", date.min),
    ],
)
def test_a_day_outside_the_calendar_is_unresolved(words: str, published: date) -> None:
    assert resolve(words, published=published, ahead=False) is None


@pytest.mark.parametrize("words", ["in 20٢٥", "in 20２５"])
def test_a_value_is_in_ascii_digits(words: str) -> None:
    value = resolve(words, published=None, ahead=False)
    assert value is None or value.isascii()


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("table", [*LANGUAGES, "traps"])
def test_the_tables_come_out_right(table: str) -> None:
    wrong = [
        f"{row} -> {found}"
        for row in rows(table)
        for found in [
            resolve(
                row["words"],
                published=date.fromisoformat(row["published"]),
                ahead=row["status"] == "ahead",
            )
        ]
        if (found or "null") not in row["value"].split(" | ")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "past", "ahead"),
    [
        ("late last night", "2025-11-25", "2025-11-25"),
        ("Friday of last week", "2025-11-21", "2025-11-21"),
        ("on Monday next week", "2025-12-01", "2025-12-01"),
        ("this past Friday", "2025-11-21", "2025-11-21"),
        ("last October", "2025-10", "2025-10"),
        ("May", "2025-05", "2026-05"),
        ("in late 2024", "2024", "2024"),
        ("late last month", "2025-10-21/2025-10-31", "2025-10-21/2025-10-31"),
        ("in three days", None, "2025-11-29"),
        ("Monday, 5 May - Wednesday, 7 May 2025", "2025-05-05/2025-05-07", "2025-05-05/2025-05-07"),
        ("May 3rd-5th", "2025-05-03/2025-05-05", "2026-05-03/2026-05-05"),
        ("24 and 28 October", None, None),
        ("December 30 to January 2", "2024-12-30/2025-01-02", "2025-12-30/2026-01-02"),
        ("between 2014 and 2016", "2014-01-01/2016-12-31", "2014-01-01/2016-12-31"),
        ("on Monday at 1400 GMT", "2025-11-24", "2025-12-01"),
        ("May 5 local time", "2025-05-05", "2026-05-05"),
        ("May at 15:00", None, None),
        ("at 2000 GMT", None, None),
        ("at 2000", None, None),
        ("the last week", None, None),
        ("days ago", None, None),
        ("в пятницу прошлой недели", "2025-11-21", "2025-11-21"),
        ("вчера, во вторник", "2025-11-25", "2025-11-25"),
        ("вчера, в четверг", None, None),
        ("в три часа дня в пятницу", "2025-11-21", "2025-11-28"),
        ("двадцать пять дней назад", "2025-11-01", "2025-11-01"),
        ("в мае-июне 2025 года", "2025-05-01/2025-06-30", "2025-05-01/2025-06-30"),
        ("во второй половине октября", "2025-10-16/2025-10-31", "2026-10-16/2026-10-31"),
        ("миналата седмица в петък", "2025-11-21", "2025-11-21"),
        ("в края на миналия месец", "2025-10-21/2025-10-31", "2025-10-21/2025-10-31"),
        ("преди дни", None, None),
        ("по-рано днес", "2025-11-26", "2025-11-26"),
        ("в неделю", None, None),
        ("неделя", None, None),
        ("миналата неделя", "2025-11-23", "2025-11-23"),
        ("прошлая неделя", "2025-11-17/2025-11-23", "2025-11-17/2025-11-23"),
        ("в Friday", None, None),
    ],
)
def test_what_the_tables_do_not_hold(words: str, past: str | None, ahead: str | None) -> None:
    assert resolve(words, published=WEDNESDAY, ahead=False) == past
    assert resolve(words, published=WEDNESDAY, ahead=True) == ahead


@pytest.mark.parametrize(
    "words",
    [
        "В\u00a0ПЯТНИЦУ",
        "\u200fв пят\u00adницу\u200e",
        "в пя\u0301тницу",
        "«в пятницу»",
        "\u2068в\u2009пятницу\u2069,",
    ],
)
def test_how_words_are_set_does_not_matter(words: str) -> None:
    assert resolve(words, published=WEDNESDAY, ahead=False) == "2025-11-21"


def test_a_sentence_is_no_date() -> None:
    assert resolve("on Friday" + "," * 100, published=WEDNESDAY, ahead=False) is None


WORDS = sorted(
    {
        word
        for table in (*LANGUAGES, "traps")
        for row in rows(table)
        for word in row["words"][:80].split()
    }
)
PHRASES = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)


@given(
    words=st.text(max_size=90) | PHRASES,
    published=st.none() | st.dates(),
    ahead=st.booleans(),
)
def test_whatever_is_said_gives_a_day_of_the_calendar_or_none(
    words: str, published: date | None, ahead: bool
) -> None:
    value = resolve(words, published=published, ahead=ahead)
    if value is not None:
        assert re.fullmatch(VALUE_PATTERN, value)
        assert value.isascii()
        first, _, last = value.partition("/")
        begin = date.fromisoformat(f"{first}-01-01"[:10])
        assert not last or begin <= date.fromisoformat(last)
        assert resolve(value, published=None, ahead=ahead) == value


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("МОСКВА, 3 марта 2025 г. (ИА)", [date(2025, 3, 3)]),
        ("Nov. 27, 2025 / 2025-11-28T10:00:00+03:00", [date(2025, 11, 27), date(2025, 11, 28)]),
        ("27.11.25 | 13/10/2024", [date(2025, 11, 27), date(2024, 10, 13)]),
        ("12/10/2024, 30 февраля 2025", [None, None]),
        ("№ 114-16-07-2024, 3-5 March 2025, 27 ноября, 10:14", []),
    ],
)
def test_full_dates_are_found_in_a_line(text: str, days: list[date | None]) -> None:
    assert [one.day for one in full_dates(clean(text))] == days


@pytest.mark.parametrize(
    "words",
    ["on Friday", "по-късно", "в тот же день", "2015", "later that day", "в конце", "за 3 дня"],
)
def test_words_of_time_are_known_though_they_name_no_day(words: str) -> None:
    assert speaks_of_time(words)


@pytest.mark.parametrize("words", ["в Ашхабад", "according to him", "Според него", "", "?!", "in"])
def test_other_words_say_nothing_of_time(words: str) -> None:
    assert not speaks_of_time(words)

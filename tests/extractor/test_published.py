"""The day of publication is read from stamps, and never guessed."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from extractor.document.published import day_of_publication, stamp

EVALS = Path(__file__).parents[2] / "evals"
DAY = date(2025, 3, 3)
STORY = "The ministers spoke of fish for three hours, and nobody left early.\n"


def test_the_heads_of_articles_come_out_right() -> None:
    heads = YAML(typ="safe").load((EVALS / "reading" / "published.yaml").read_text("utf-8"))
    found = [(one["text"], day_of_publication(one["text"])) for one in heads]
    assert found == [(one["text"], one["published"]) for one in heads]


@pytest.mark.parametrize("path", sorted(EVALS.glob("gold/*/*.yaml")), ids=lambda path: path.stem)
def test_the_gold_articles_come_out_right(path: Path) -> None:
    expected = YAML(typ="safe").load(path.read_text("utf-8"))["published"]
    assert day_of_publication(path.with_suffix(".txt").read_text("utf-8")) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Monday, 3 March 2025", id="weekday"),
        pytest.param("March 3, 2025 / 6:10 PM / CBS News", id="outlet"),
        pytest.param("Mon, 03 Mar 2025 10:00:00 +0000", id="mail"),
        pytest.param("3 March 2025, Geneva", id="place-after"),
        pytest.param("Текст: Ольга Иванова, 3 марта 2025", id="byline"),
        pytest.param("Последна актуализация: 03.03.2025 г.", id="only-updated"),
        pytest.param("Опубликовано 3 марта 2025 | Обновлено 4 марта 2025", id="both"),
        pytest.param("3 March 2025\nUpdated 4 March 2025", id="updated-below"),
        pytest.param(STORY * 20 + "Published: 3 March 2025", id="end-labelled"),
        pytest.param(STORY * 20 + "3 March 2025, 10:14", id="end-alone"),
        pytest.param("date 2025-02-30\nPublished 3 March 2025", id="leading-date-impossible"),
    ],
)
def test_a_stamp_is_the_day_of_publication(text: str) -> None:
    assert day_of_publication(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("On Monday, 3 March 2025, President Berg met Moreau.", id="sentence"),
        pytest.param("Вчера, 3 марта 2025 года, Президент прибыл в Осло.", id="yesterday"),
        pytest.param("3 марта 2025 года исполнилось десять лет договору.", id="begins-sentence"),
        pytest.param("Signed in Geneva, 3 March 2025.", id="signed"),
        pytest.param("Ялта, 11 февраля 1945 года. Конференция завершена.", id="history"),
        pytest.param("Date of birth: 3 March 1995", id="other-label"),
        pytest.param("Date: 3 March 2025\nVenue: Grand Hall", id="date-of-an-event"),
        pytest.param("12/10/2024\nUpdated 13/10/2024", id="ambiguous"),
        pytest.param("Published 3 March 2025\nPublished 4 March 2025", id="two"),
        pytest.param(STORY * 20 + "Comments\nIvan, 3 March 2025, 10:14", id="comment"),
        pytest.param(STORY * 20 + "Port Reopens, 3 March 2025", id="teaser-at-the-end"),
        pytest.param(STORY * 20 + "3 March 2025, 10:14\n" + STORY * 9, id="in-the-middle"),
        pytest.param("© 3 March 2025 Northern Dispatch", id="copyright"),
        pytest.param("March 3 2025 was a cold day", id="no-stamp"),
    ],
)
def test_what_is_no_stamp_is_not_guessed(text: str) -> None:
    assert day_of_publication(text) is None


def test_the_leading_date_goes_before_all_others() -> None:
    text = "date 2025-03-03 Published 4 March 2025"
    assert day_of_publication(text) == DAY
    assert text[stamp(text).end :] == " Published 4 March 2025"


@given(st.text())
def test_any_text_has_a_day_or_none(text: str) -> None:
    found = day_of_publication(text)
    assert found is None or isinstance(found, date)

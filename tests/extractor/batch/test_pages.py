"""A page becomes the text of its article, and the day that its own data says."""

import json
import sys
from datetime import date
from typing import Any

import pytest

from extractor.batch.pages import read_page
from extractor.errors import DocumentError, SetupError

TITLE = "Berg and Moreau meet"
FIRST = (
    "Foreign Minister Anna Berg met Jean Moreau in Rome on Thursday, and both spoke of trade for "
    "three hours in the old town hall."
)
SECOND = "They agreed to meet again in spring, her spokesman said. Nothing else was decided there."
DAY, OTHER = date(2025, 3, 21), date(2025, 3, 11)


def page(*, head: str = "", body: str = "", after: str = "", title: str = TITLE) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><article>"
        f"<h1>{title}</h1>{body}<p>{FIRST}</p><p>{SECOND}</p>{after}</article></body></html>"
    )


def data(said: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'


def article(day: object, kind: object = "NewsArticle") -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": kind, "datePublished": day}


def meta(name: str, day: str, key: str = "property") -> str:
    return f'<meta {key}="{name}" content="{day}">'


def published(head: str = "", body: str = "", after: str = "") -> date | None:
    return read_page(page(head=head, body=body, after=after), "a.html")[1]


def test_the_text_is_the_headline_and_the_paragraphs() -> None:
    assert read_page(page(), "a.html")[0].splitlines() == [TITLE, FIRST, SECOND]


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(f"<title>{TITLE}</title>", id="title"),
        pytest.param(f"<title>{TITLE} - The Daily News</title>", id="title-with-site"),
        pytest.param(f'<title>x</title><meta property="og:title" content="{TITLE}">', id="meta"),
    ],
)
def test_the_title_goes_first_where_the_article_lacks_it(head: str) -> None:
    html = page().replace(f"<h1>{TITLE}</h1>", "").replace(f"<title>{TITLE}</title>", head)
    assert read_page(html, "a.html")[0].splitlines() == [TITLE, FIRST, SECOND]


def test_a_page_without_a_title_is_its_paragraphs() -> None:
    html = page(title="").replace("<h1></h1>", "").replace("<title></title>", "")
    assert read_page(html, "a.html")[0].splitlines() == [FIRST, SECOND]


def test_what_stands_around_the_article_is_left_out() -> None:
    around = "<nav><a href='/'>Front page</a></nav>{}<footer>All rights reserved.</footer>"
    text = read_page(page().replace("<article>", around.format("<article>")), "a.html")[0]
    assert "Front page" not in text
    assert "All rights" not in text


def test_readers_comments_are_left_out() -> None:
    comments = (
        '<div id="comments"><p>This is what I, a reader, think of these long talks.</p></div>'
    )
    html = page().replace("</article>", f"</article>{comments}")
    assert "a reader" not in read_page(html, "a.html")[0]


def test_letters_of_all_scripts_come_through() -> None:
    said = "Анна Ёлкина и „Жан“ Моро — «да»; e\u0301 \U0001f41f были в Риме в этот четверг вместе."
    assert said in read_page(page(body=f"<p>{said}</p>"), "a.html")[0].splitlines()


def test_scripts_styles_and_remarks_are_no_text() -> None:
    hidden = "<script>alert('x')</script><style>p { color: red }</style><!-- secret remark -->"
    assert read_page(page(body=hidden, after=hidden), "a.html")[0] == read_page(page(), "a.html")[0]


def test_markup_that_is_written_out_in_the_article_is_only_text() -> None:
    said = "He wrote &lt;script&gt;alert(1)&lt;/script&gt; [bold red]in[/] his letter."
    text = read_page(page(body=f"<p>{said}</p>"), "a.html")[0]
    assert "He wrote <script>alert(1)</script> [bold red]in[/] his letter." in text


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("", id="empty"),
        pytest.param(" \n", id="blank"),
        pytest.param("<html><body></body></html>", id="no-body"),
        pytest.param("<frameset><frame src='a.html'></frameset>", id="frames"),
        pytest.param("<html><body><script>load()</script></body></html>", id="script-alone"),
        pytest.param("Anna Berg met Jean Moreau in Rome.", id="no-page"),
    ],
)
def test_a_page_without_an_article_is_refused_by_name(html: str) -> None:
    with pytest.raises(DocumentError, match=r"no article is found in the page 'a\.html'"):
        read_page(html, "a.html")


def test_without_the_extra_a_page_is_refused_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(SetupError, match=r"install `diplomacy-extractor\[html\]`"):
        read_page(page(), "a.html")


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(article("2025-03-21"), id="object"),
        pytest.param(article("2025-03-21T23:30:00-05:00"), id="stamp"),
        pytest.param(article(" 2025-03-21 10:00 "), id="blanks"),
        pytest.param(article("2025-03-21", "ReportageNewsArticle"), id="reportage"),
        pytest.param(article("2025-03-21", "Report"), id="report"),
        pytest.param(article("2025-03-21", ["BlogPosting", "Thing"]), id="several-types"),
        pytest.param([article("2001-01-01", "WebSite"), article("2025-03-21")], id="list"),
        pytest.param(
            {"@graph": [article("2001-01-01", "WebPage"), article("2025-03-21")]}, id="graph"
        ),
        pytest.param([{"@graph": [article("2025-03-21")]}, "x", None, 7], id="graph-in-list"),
        pytest.param([article("2025-03-21"), article("2025-03-21T10:00")], id="twice-the-same"),
    ],
)
def test_the_day_is_what_the_data_of_the_article_says(said: Any) -> None:
    assert published(data(said)) == DAY


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(article("2001-01-01", "WebSite"), id="no-article"),
        pytest.param([article("2025-03-21"), article("2025-03-20")], id="two-days"),
        pytest.param(article(None), id="null"),
        pytest.param(article("last week"), id="no-day"),
        pytest.param(article("2025-02-30"), id="no-such-day"),
        pytest.param(article(["2025-03-21"]), id="list-of-days"),
        pytest.param({"@graph": "2025-03-21"}, id="odd-graph"),
        pytest.param("NewsArticle 2025-03-21", id="text"),
        pytest.param(None, id="nothing"),
    ],
)
def test_data_that_does_not_say_one_day_of_an_article_says_none(said: Any) -> None:
    assert published(data(said)) is None


@pytest.mark.parametrize("depth", [200, 2000, 200_000])
def test_data_nested_without_end_says_nothing(depth: int) -> None:
    deep = '{"@graph":' * depth + "1" + "}" * depth
    assert published(f'<script type="application/ld+json">{deep}</script>') is None


def test_broken_data_says_nothing_and_the_next_is_asked() -> None:
    broken = '<script type="application/ld+json">{"@type": "NewsArticle",</script>'
    assert published(broken + data(article("2025-03-21"))) == DAY
    assert published(broken + meta("article:published_time", "2025-03-21")) == DAY


@pytest.mark.parametrize("key", ["property", "name", "itemprop"])
@pytest.mark.parametrize(
    "name", ["article:published_time", "datePublished", "DC.date.issued", "pubdate", "Date"]
)
def test_the_day_is_what_a_meta_element_says(name: str, key: str) -> None:
    assert published(meta(name, "2025-03-21T10:00:00+02:00", key)) == DAY


def test_of_several_meta_elements_the_most_exact_is_taken() -> None:
    exact = meta("article:published_time", "2025-03-21")
    assert published(meta("date", "2025-03-11") + exact + meta("dc.date", "2025-03-11")) == DAY


@pytest.mark.parametrize("name", ["article:modified_time", "og:updated_time", "expires"])
def test_other_days_in_meta_elements_are_none_of_publication(name: str) -> None:
    assert published(meta(name, "2025-03-21")) is None


def test_the_data_of_the_article_goes_before_meta_and_both_before_time() -> None:
    said, time = data(article("2025-03-21")), '<time datetime="2025-03-11">then</time>'
    assert published(said + meta("date", "2025-03-11"), time) == DAY
    assert published(meta("date", "2025-03-21"), time) == DAY


TIME = '<time datetime="2025-03-21T10:00">Friday</time>'
TEASER = '<aside><time datetime="2025-03-11">earlier</time></aside>'


def test_the_only_time_element_dates_the_article() -> None:
    assert published(body=TIME) == DAY


def test_several_time_elements_of_one_day_date_the_article() -> None:
    assert published(body=TIME, after='<time datetime="2025-03-21">Friday</time>') == DAY


def test_time_elements_of_two_days_say_nothing() -> None:
    """One of them may be a teaser's."""
    assert published(body=TIME, after=TEASER) is None


@pytest.mark.parametrize("mark", ["pubdate", 'pubdate="pubdate"', 'itemprop="datePublished"'])
def test_a_time_element_marked_as_the_publication_goes_before_others(mark: str) -> None:
    marked = f'<time {mark} datetime="2025-03-21">Friday</time>'
    assert published(body=TEASER + marked, after=TEASER) == DAY


@pytest.mark.parametrize("time", ["<time>2025-03-21</time>", '<time datetime="10:00">x</time>', ""])
def test_a_page_without_a_day_has_none(time: str) -> None:
    assert published(body=time) is None


def test_a_day_in_the_words_of_the_article_is_none_of_the_page() -> None:
    assert (
        published(body="<p>They met on 21 March 2025, it was said after the talks, in Rome.</p>")
        is None
    )

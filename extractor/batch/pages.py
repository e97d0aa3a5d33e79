"""An HTML page to the text of its article and the day its own data says it was published.

The text is trafilatura's. The day is read here: htmldate, which trafilatura would ask, takes the
earliest of several `<time>` elements, so that a teaser at the foot of a page dates the article.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from extractor.errors import DocumentError, SetupError
from schemas.fulldates import full_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.issued",
    "dc.date",
    "publish-date",
    "pubdate",
    "date",
)
"""Names under which pages give the day of publication, the most exact first."""

_ARTICLES = ("Article", "Report", "BlogPosting")
"""How the schema.org types of articles end: NewsArticle, ReportageNewsArticle, ..."""


def read_page(html: str, name: str) -> tuple[str, date | None]:
    """The text of the article, its headline first, and its day of publication if the page says it.

    Args:
        html: the page.
        name: of the file, for messages.

    Raises:
        SetupError: the extra that reads pages is not installed.
        DocumentError: no article is found in the page.
    """
    try:
        from trafilatura import bare_extraction, load_html
        from trafilatura.settings import Document
    except ImportError as error:
        raise SetupError(
            "reading HTML needs the `html` extra: install `diplomacy-extractor[html]`"
        ) from error
    tree = load_html(html)
    published = None if tree is None else _published(tree)
    found = None
    if tree is not None:  # without its metadata the headline would be missing
        found = bare_extraction(tree, include_comments=False, with_metadata=True)
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise DocumentError(f"no article is found in the page {name!r}: give its text instead")
    text, title = found.text or "", found.title or ""
    return text if title in text[:1000] else f"{title}\n{text}", published


def _published(page: "HtmlElement") -> date | None:
    """The day of the first source that names one day only."""
    for days in (_in_json(page), _in_meta(page), _in_time(page)):
        if len(set(days)) == 1:
            return days[0]
    return None


def _in_json(page: "HtmlElement") -> list[date]:
    """What schema.org data in JSON-LD says of the page's article or articles."""
    days: list[date] = []
    for script in page.iterfind(".//script[@type='application/ld+json']"):
        try:
            items = list(_items(json.loads(script.text or "")))
        except (ValueError, RecursionError):
            continue
        said = [item.get("datePublished") for item in items]
        days += [day for one in said if isinstance(one, str) and (day := full_date(one))]
    return days


def _items(data: Any) -> Iterator[dict[str, Any]]:
    """The articles among the outer objects of JSON-LD data."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield from _items(item.get("@graph") or [])
            types = item.get("@type")
            if any(
                str(one).endswith(_ARTICLES)
                for one in (types if isinstance(types, list) else [types])
            ):
                yield item


def _in_meta(page: "HtmlElement") -> list[date]:
    said: dict[str, date] = {}
    for meta in page.iter("meta"):
        day = full_date(meta.get("content") or "")
        for key in ("property", "name", "itemprop"):
            if day and meta.get(key):
                said.setdefault(meta.get(key).strip().casefold(), day)
    return next(([said[name]] for name in _META if name in said), [])


def _in_time(page: "HtmlElement") -> list[date]:
    """The days of `<time>` elements; of those marked as the publication alone, if there are any."""
    times = list(page.iter("time"))
    marked = [
        one for one in times if one.get("itemprop") == "datePublished" or "pubdate" in one.attrib
    ]
    return [day for one in marked or times if (day := full_date(one.get("datetime") or ""))]

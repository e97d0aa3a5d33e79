"""The day an article says it was published.

A day counts only where it is a stamp: labelled as one, or alone in its line but for a place, names,
weekdays and times of day. Two days that no label tells apart, and a day that can be read in two
ways, are none: it is never guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from schemas.fulldates import full_dates
from schemas.timewords import clean, day_words, fold, weekday_names

_STAMP = re.compile(r"\s*date\s+(\d{4}-\d{2}-\d{2})(?!\d)")

_HEAD = 12
"""Lines with something in them at the beginning, where a stamp may stand."""
_TAIL = 5
"""The same at the end."""
_WIDTH = 300
"""Characters of a line that are looked at."""
_FIRST_YEAR = 1990
"""No article of the web is older: the day is what the article is about."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The leading `date YYYY-MM-DD` of a text."""

    day: date | None
    end: int
    """Where the text goes on after it; 0 where there is none."""


def stamp(text: str) -> Stamp:
    """The stamp that `text` begins with."""
    match = _STAMP.match(text)
    try:
        return Stamp(date.fromisoformat(match[1]), match.end()) if match else Stamp(None, 0)
    except ValueError:
        return Stamp(None, 0)


def day_of_publication(text: str) -> date | None:
    """The day of publication that the text carries, or None."""
    if day := stamp(text).day:
        return day
    lines = [line for line in text.splitlines() if line and not line.isspace()]
    head = list(_stamps(lines[:_HEAD]))
    tail = list(_stamps(lines[_HEAD:], last=_TAIL))
    for label in ("published", "", "updated"):
        days = {day for found, day in head if found == label} or {
            day for found, day in tail if found == label
        }
        if days:
            return days.pop() if len(days) == 1 else None
    return None


# Lines

_OTHERS = re.compile(
    r"""(?:read\ (?:also|more|next)|also\ read|see\ also|related|recommended|recent\ news
    |latest\ news|most\ (?:read|viewed|popular)|more\ (?:from|on|news|stories|coverage)|comments
    |читайте|смотрите|другие\ новости|последние\ новости|новости\ по\ теме|материалы\ по\ теме
    |по\ теме|еще\ (?:по|в|новости)|комментарии|рекомендуем|похожие
    |още\ (?:по|от|новини|за)|четете|прочетете|вижте|гледайте|последни\ новини|коментари|свързани
    |най-четени|подобни)\b[^|.]{0,40}""",
    re.VERBOSE,
)
"""The heading of a list of other articles, or of what readers say."""

_NO_STAMP = re.compile(
    r"©|\(c\)|copyright|photo|image:|archive|фото|архив|снимк|на снимке|rights reserved",
    re.IGNORECASE,
)


_LIKELY = re.compile(r"\d{4}|\d\W\d")
"""What a day in full has something of."""


def _stamps(lines: list[str], last: int | None = None) -> Iterator[tuple[str, date | None]]:
    """The days in lines that are stamps, each with "published", "updated" or "" for its label.

    Args:
        lines: those with something in them.
        last: only so many at the end are looked at, and there a day needs a label, or its line.
    """
    for number, whole in enumerate(lines):
        is_looked_at = last is None or number >= len(lines) - last
        is_likely = is_looked_at and _LIKELY.search(whole[:_WIDTH])
        if len(whole) > _WIDTH and not is_likely:
            continue  # too long for a heading, and no day in it
        line = clean(whole[:_WIDTH])
        if _OTHERS.fullmatch(fold(line)):
            return
        if is_likely and not _NO_STAMP.search(line):
            for label, day, alone in _stamps_in(line):
                if last is None or label or alone:
                    yield label, day


def _stamps_in(line: str) -> Iterator[tuple[str, date | None, bool]]:
    """The label of each stamp in a line, its day, and whether little else stands there."""
    found = list(full_dates(line))
    ends = [0, *(one.end for one in found)]
    starts = [*(one.start for one in found[1:]), len(line)]
    for one, begin, end in zip(found, ends, starts, strict=False):
        before, after = line[begin : one.start], line[one.end : end]
        label = _label(before)
        if label is None or not _breaks(after, placed=bool(before.strip())):
            return
        if label or one.day is None or one.day.year >= _FIRST_YEAR:
            alone = len(found) == 1 and not _WORD.search(_timeless(before + after))
            yield label, one.day, alone or (len(found) == 1 and bool(_CLOCK.search(line)))


# What may stand around a day

_CLOCK = re.compile(r"(?<![\d.])\d{1,2}[:.]\d{2}(?::\d{2})?(?![\d.]*\d)")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_AFTER_TIMES = (
    *("gmt", "utc", "bst", "cet", "cest", "eet", "eest", "est", "edt", "et", "pt", "msk", "мск"),
    *("am", "pm", "ч", "часа", "часов", "local time", "г", "год", "года", "година"),
)
_SMALL = frozenset(
    ("of", "the", "and", "de", "la", "al", "bin", "van", "von", "der", "di", "da", "и")
)
"""What is written small in names."""
_PUBLISHED = re.compile(
    r"""(?:(?:first|originally|date)\ )?(?:published|posted|issued|filed|released|datepublished)
    |publication\ date|date\ of\ publication|time\ datetime|pubdate
    |(?:впервые\ )?(?:опубликован[оаы]?|размещен[оаы]?)|дата\ публикации
    |публикуван[оа]?|качен[оа]?|дата\ на\ публикуване""",
    re.VERBOSE,
)
"""No bare "date:", which may be that of an event."""
_UPDATED = re.compile(
    r"""(?:last\ )?(?:updated|modified|edited)|datemodified|обновлен[оаы]?|изменен[оаы]?
    |дата\ обновления|обновен[оа]?|последна\ (?:промяна|редакция|актуализация)|редактиран[оа]?
    |актуализиран[оа]?""",
    re.VERBOSE,
)
_BYLINE = re.compile(r"(?:by|from|author|text|words|автор|текст|от|авторы|автори)\b:? .{2,60}")
_COUNTED = re.compile(r"\d+ (?:min|мин|comment|комм|комент|view|просм|преглед)\w*(?: \w+)?")
_QUOTED = re.compile(r'"[^"]{2,40}"')
_SEPARATOR = re.compile(r"[|•·/<>()\[\]»,;]| - |(?<=\w)\. ")


def _label(before: str) -> str | None:
    """The label of a day by what stands before it; None where that is a sentence."""
    parts = [part.strip(" =-") for part in _SEPARATOR.split(_timeless(before))]
    parts = [part for part in parts if part.strip('"')]
    if not parts:
        return ""
    *others, last = parts
    said = _said(re.sub(r" (?:on|at|в|на)(?=:?$)", "", fold(last)))
    if not all(_is_calm(part) for part in others):
        return None
    if _PUBLISHED.fullmatch(said) or fold(last) == "на:":
        return "published"
    if _UPDATED.fullmatch(said):
        return "updated"
    return "" if _is_calm(last) else None


def _is_calm(part: str) -> bool:
    """Whether a part of a line is a place, a name, a byline or a label, and no sentence."""
    folded = fold(part)
    if any(kind.fullmatch(folded) for kind in (_BYLINE, _COUNTED, _QUOTED)):
        return True
    said = _said(folded)
    if _PUBLISHED.fullmatch(said) or _UPDATED.fullmatch(said):
        return True
    words = _WORD.findall(part)
    large = [word for word in words if word[0].isupper()]
    small = {word for word in words if word[0].islower()}
    return (
        ":" not in part
        and 0 < len(large) <= 3
        and small <= _SMALL
        and words[0] in large
        and fold(words[0]) not in _SMALL
        and not {fold(word) for word in words} & day_words()
    )


def _said(label: str) -> str:
    """A label without quotes, the equals sign and the colon after it."""
    return label.replace('"', "").rstrip(" =:")


def _breaks(after: str, *, placed: bool) -> bool:
    """Whether a line breaks off after a day, or goes on with something else than its sentence."""
    rest = re.sub(r"^\s*(?:г\b\.?|года\b|год\b|година\b)", "", after)
    comma = rest.startswith(",")
    rest = _timeless(rest, leading=True).lstrip(" ,")
    if not rest or rest[0] in '|•·/<>()[]"' or rest.startswith("- "):
        return True
    if rest[0] == ".":
        return rest == "." or (placed and bool(re.match(r'\. ["(]?[^\W\d_]', rest)))
    if re.match(r"(?:by|от|автор|updated|обновлен[оа]?)\b", rest, re.IGNORECASE):
        return True
    return comma and len(rest) <= 40 and rest[-1] != "." and _is_calm(rest)


def _timeless(text: str, *, leading: bool = False) -> str:
    """The text without times of day and weekdays; `leading`: only those it begins with."""
    pattern = _times()
    if not leading:
        return pattern.sub(" ", text)
    while match := pattern.match(text.lstrip(" ,")):
        text = text.lstrip(" ,")[match.end() :]
    return text


@cache
def _times() -> re.Pattern[str]:
    words = "|".join(sorted({*weekday_names(), *_AFTER_TIMES}, key=len, reverse=True))
    clock = rf"{_CLOCK.pattern}(?: ?[ap]\.?m\b\.?| [+-]\d{{2}}:?\d{{2}})?"
    return re.compile(
        rf"(?:(?:\bat|\bв|\bот|-) )?{clock}|\b(?:{words})\b\.?",
        re.IGNORECASE,
    )

"""Words about time to a calendar value, counted from the day the article was published.

Only closed classes of words are known: what is not understood stays unresolved, never guessed.
"""

import re
from datetime import date, timedelta

VALUE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}-[0-9]{2}-[0-9]{2})?$"
"""Year, month or day; a span joins two days."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan января януари",
            "february feb февраля февруари",
            "march mar марта март",
            "april apr апреля април",
            "may мая май",
            "june jun июня юни",
            "july jul июля юли",
            "august aug августа август",
            "september sept sep сентября септември",
            "october oct октября октомври",
            "november nov ноября ноември",
            "december dec декабря декември",
        ),
        start=1,
    )
    for name in names.split()
}

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday понедельник понеделник",
            "tuesday вторник",
            "wednesday среда среду сряда",
            "thursday четверг четвъртък",
            "friday пятница пятницу петък",
            "saturday суббота субботу събота",
            "sunday воскресенье неделя",
        )
    )
    for name in names.split()
}

_DAYS_AWAY = {
    "today": 0,
    "сегодня": 0,
    "днес": 0,
    "yesterday": -1,
    "вчера": -1,
    "tomorrow": 1,
    "завтра": 1,
    "утре": 1,
}

_LEADING_WORDS = re.compile(r"^(?:on|in|at|в|във|во|на|през)\s+")
_YEAR_WORDS = re.compile(r"(?<=[0-9])\s*(?:года|году|година|г\.?)$")
_DAY_MONTH = re.compile(r"^([0-9]{1,2})\.?\s+([^\W\d_]+)\.?(?:,?\s+([0-9]{4}))?$")
_MONTH_DAY = re.compile(r"^([^\W\d_]+)\.?\s+([0-9]{1,2})(?:,?\s+([0-9]{4}))?$")


def resolve(words: str, *, published: date | None, ahead: bool) -> str | None:
    """The ISO 8601 day, month, year or span that `words` name, or None when they name none.

    Args:
        words: the article's words ("on Friday", "27 ноября") or a date in ISO form.
        published: the day relative words count from; None leaves them unresolved.
        ahead: the event is planned, so that a weekday or a day without a year is the first one
            on or after `published` instead of the last one on or before it.
    """
    text = _YEAR_WORDS.sub("", words.strip().casefold())
    if re.fullmatch(VALUE_PATTERN, text):
        return text if _is_calendar(text) else None
    text = _LEADING_WORDS.sub("", text)
    if re.fullmatch(r"(19|20)[0-9]{2}", text):
        return text
    if published and text in _DAYS_AWAY:
        return _day_after(published, _DAYS_AWAY[text])
    if published and text in _WEEKDAYS:
        return _nearest_weekday(_WEEKDAYS[text], published, ahead=ahead)
    return _day_and_month(text, published, ahead=ahead)


def _is_calendar(value: str) -> bool:
    """Whether an ISO value exists: 2025-02-30 does not, nor does a span that ends first."""
    parts = value.split("/")
    try:
        days = [date.fromisoformat(f"{part}-01-01"[:10]) for part in parts]
    except ValueError:
        return False
    return days == sorted(days) and (len(parts) == 1 or all(len(part) == 10 for part in parts))


def _day_after(day: date, days: int) -> str | None:
    """The day so many days after `day`, or None outside the calendar's years 1 to 9999."""
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _nearest_weekday(weekday: int, published: date, *, ahead: bool) -> str | None:
    if ahead:
        return _day_after(published, (weekday - published.weekday()) % 7)
    return _day_after(published, -((published.weekday() - weekday) % 7))


def _day_and_month(text: str, published: date | None, *, ahead: bool) -> str | None:
    if match := _DAY_MONTH.match(text):
        day, name, year = match.groups()
    elif match := _MONTH_DAY.match(text):
        name, day, year = match.groups()
    else:
        return None
    month = _MONTHS.get(name)
    if month is None:
        return None
    if year:
        return _iso_day(int(year), month, int(day))
    if published is None:
        return None
    near = [_iso_day(published.year + step, month, int(day)) for step in (-1, 0, 1)]
    days = [value for value in near if value]
    today = published.isoformat()
    if ahead:
        return min((value for value in days if value >= today), default=None)
    return max((value for value in days if value <= today), default=None)


def _iso_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None

"""Words about time to a calendar value, counted from the day the article was published.

Only closed classes of words are known (`timewords.toml`), and a handful of rules over their
meanings: what is not wholly understood stays unresolved, never guessed.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from schemas import calends
from schemas.calends import STEP, Frame, Period
from schemas.timewords import readings

VALUE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}-[0-9]{2}-[0-9]{2})?$"
"""Year, month or day; a span joins two days."""

_LONGEST = 80
"""Characters; longer words are a sentence, not a date."""

_FARTHEST = 200
"""Days within which a span ends, where only one of its ends, or neither, says its year."""


def resolve(words: str, *, published: date | None, ahead: bool) -> str | None:
    """The ISO 8601 day, month, year or span that `words` name, or None when they name none.

    The language is not asked for: words that mean different days in two languages name none.

    Args:
        words: the article's words ("on Friday", "27 ноября") or a date in ISO form.
        published: the day relative words count from; None leaves them unresolved.
        ahead: the event is planned, so that a weekday or a day without a year is the first one
            on or after `published` instead of the last one on or before it.
    """
    text = words.strip()
    if len(text) > _LONGEST:
        return None
    if re.fullmatch(VALUE_PATTERN, text):
        return text if _is_calendar(text) else None
    frame = Frame(published, ahead)
    found = {_value(meanings, frame) for meanings in readings(text)} - {None}
    return found.pop() if len(found) == 1 else None


def _is_calendar(value: str) -> bool:
    """Whether an ISO value exists: 2025-02-30 does not, nor does a span that ends first."""
    parts = value.split("/")
    try:
        days = [date.fromisoformat(f"{part}-01-01"[:10]) for part in parts]
    except ValueError:
        return False
    return days == sorted(days) and (len(parts) == 1 or all(len(part) == 10 for part in parts))


def _value(meanings: str, frame: Frame) -> str | None:
    """The value of a text's meanings, or None where no rule has them all."""
    try:
        found = _span(meanings, frame) or _part(meanings, frame) or _single(meanings, frame)
    except (ValueError, OverflowError):
        return None
    return found and found.iso


# Two days with a word between them

_BETWEEN = re.compile(r" (-|to|and) ")
_OPENING = re.compile(r"(?:on |for )*(from |between )?")


def _span(meanings: str, frame: Frame) -> Period | None:
    """From one day, month or year to another of the same kind."""
    match _BETWEEN.split(meanings):
        case [left, joint, right]:
            pass
        case _:
            return None
    opening = _OPENING.match(left)
    left = left[opening.end() if opening else 0 :]
    ends = _ends(left, right, frame)
    if ends is None or len(ends[0].iso) != len(ends[1].iso):
        return None
    first, last = ends[0].first, ends[1].last
    apart = joint == "and" and not (opening and opening[1])
    if first >= last or (apart and ends[1].first - ends[0].last != timedelta(1)):
        return None
    return calends.days(first, last)


def _ends(left: str, right: str, frame: Frame) -> tuple[Period, Period] | None:
    """Both ends of a span: the end that is known finds the other, else the nearer one does."""
    one, other = _known(left), _known(right)
    if one and other:
        return one, other
    if other is None and (one or not frame.ahead):
        one = one or _named(left, frame)
        other = one and _named(right, Frame(one.first, ahead=True))
    else:
        other = other or _named(right, frame)
        one = other and _named(left, Frame(other.last, ahead=False))
    if one is None or other is None or other.last - one.first > timedelta(_FARTHEST):
        return None
    return one, other


def _known(meanings: str) -> Period | None:
    """What says its own year."""
    try:
        return _named(meanings, Frame(None, ahead=False))
    except ValueError:
        return None


# Parts of a longer time

_PART = re.compile(r"(?:(?:on|at|for) )*(?:the )?(begin|mid|end|sooner) (?:(?:of|on) )*(.+)")
_FRACTION = re.compile(r"(?:on |for )*(?:the )?[NO]([1-4]) (half|quarter) (?:(?:of|on) )*(.+)")


def _part(meanings: str, frame: Frame) -> Period | None:
    """The end of a month, half a year; of a week or a year the beginning is not told apart."""
    if match := _PART.fullmatch(meanings):
        whole = _whole(match[2], frame)
        return whole and _stretch(match[1], whole, of_week=match[2].endswith("week"))
    if match := _FRACTION.fullmatch(meanings):
        whole = _whole(match[3], frame)
        return whole and _fraction(int(match[1]), match[2], whole)
    return None


def _stretch(which: str, whole: Period, *, of_week: bool) -> Period | None:
    if which == "sooner" or of_week or len(whole.iso) == 4:
        return whole
    if len(whole.iso) == 7:
        first = whole.first.replace(day={"begin": 1, "mid": 11, "end": 21}[which])
        last = whole.last if which == "end" else first + timedelta(9)
        return calends.days(first, last)
    return whole if len(whole.iso) == 10 and which != "mid" else None


def _fraction(number: int, unit: str, whole: Period) -> Period | None:
    last_month = number * (6 if unit == "half" else 3)
    if len(whole.iso) == 4 and last_month <= 12:
        first_month = last_month - (5 if unit == "half" else 2)
        return calends.months(whole.first.year, first_month, last_month)
    if len(whole.iso) == 7 and unit == "half" and number <= 2:
        middle = whole.first.replace(day=15)
        first, last = (whole.first, middle), (middle + timedelta(1), whole.last)
        return calends.days(*(first if number == 1 else last))
    return None


def _whole(meanings: str, frame: Frame) -> Period | None:
    """What a part is taken of; "the year" is this one."""
    return _single(re.sub(r"^(?:the )?(?=(?:week|month|year)$)", "this ", meanings), frame)


# One day, month, year, week or weekend

_YEAR = (
    r"(?:(?:of|on) )*"
    r"(?:(?:(?:the )?year )?[NO](?P<year>\d{4})(?: year)?|(?P<which>last|this|next) year)"
)

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Frame], Period | None]]


def _year_of(match: re.Match[str], frame: Frame) -> int | None:
    """The year that a day or month says."""
    if match["year"]:
        return calends.year(int(match["year"])).first.year
    return frame.today.year + STEP[match["which"]] if match["which"] else None


def _day(match: re.Match[str], frame: Frame) -> Period:
    year, month, day = _year_of(match, frame), int(match["month"]), int(match["day"])
    if year is None:
        return calends.named_day(day, month, frame)
    return calends.day(date(year, month, day))


def _month(match: re.Match[str], frame: Frame) -> Period:
    year, month = _year_of(match, frame), int(match["month"])
    if year is None:
        return calends.named_month(month, frame, "")
    return calends.month(date(year, month, 1).year * 12 + month - 1)


def _year(match: re.Match[str], _: Frame) -> Period:
    return calends.year(int(match["year"]))


def _last_this_next(match: re.Match[str], frame: Frame) -> Period:
    which, unit = match["which"], match["unit"]
    if unit == "week":
        return calends.week(frame, STEP[which])
    if unit == "weekend":
        return calends.weekend(frame, which)
    if unit[0] == "W":
        return calends.weekday(int(unit[1:]), frame, which)
    if unit[0] == "M":
        return calends.named_month(int(unit[1:]), frame, which)
    return calends.away(STEP[which], unit, frame)


def _of_week(match: re.Match[str], frame: Frame) -> Period:
    monday = calends.week(frame, STEP[match["which"]]).first
    return calends.day(monday + timedelta(int(match["weekday"])))


def _ago(match: re.Match[str], frame: Frame) -> Period:
    return calends.away(-int(match["count"] or 1), match["unit"], frame)


def _after(match: re.Match[str], frame: Frame) -> Period | None:
    """A day only in a plan: in a story "in three days" is a length of time."""
    return calends.away(int(match["count"] or 1), match["unit"], frame) if frame.ahead else None


def _and_the_same(match: re.Match[str], frame: Frame) -> Period | None:
    """Of "yesterday, on Friday" both have to be one day."""
    one = calends.away(int(match["days"]), "day", frame)
    return one if one == _named(match["rest"], Frame(one.first, ahead=False)) else None


def _rule(pattern: str, function: Callable[[re.Match[str], Frame], Period | None]) -> Rule:
    return re.compile(pattern), function


_NAMED = (
    _rule(
        rf"(?:(?:on|for) )*(?:the )?[NO](?P<day>\d\d?) (?:of )?M(?P<month>\d\d?)(?: {_YEAR})?", _day
    ),
    _rule(
        r"(?:(?:on|for) )*W(?P<weekday>\d)",
        lambda match, frame: calends.weekday(int(match["weekday"]), frame, ""),
    ),
    _rule(rf"(?:(?:on|for) )*(?:(?:the )?month (?:of )?)?M(?P<month>\d\d?)(?: {_YEAR})?", _month),
    _rule(r"(?:(?:on|for) )*(?:(?:the )?year )?[NO](?P<year>\d{4})(?: year)?", _year),
)
"""What has a name of its own: it can stand at either end of a span."""

_UNITS = r"(?P<unit>day|week|month|year)"
_RELATIVE = (
    _rule(
        r"(?:(?:on|for|at) )*D(?P<days>-?\d)(?: day)?",
        lambda match, frame: calends.away(int(match["days"]), "day", frame),
    ),
    _rule(r"D(?P<days>-?\d) (?P<rest>.+)", _and_the_same),
    _rule(
        # "the last week" is seven days up to now, and no week
        r"(?:(?:on|for|at) )*(?P<which>last|this|next) "
        r"(?P<unit>week|month|year|weekend|W\d|M\d\d?)",
        _last_this_next,
    ),
    _rule(
        r"(?:(?:on|for|at) )*the (?P<which>last|this|next) (?P<unit>weekend|W\d)", _last_this_next
    ),
    _rule(r"(?:(?:on|for|at) )*(?:the )?weekend", lambda _, frame: calends.weekend(frame, "")),
    _rule(
        r"(?:(?:on|for) )*W(?P<weekday>\d) (?:(?:on|of|at) )*(?P<which>last|this|next) week",
        _of_week,
    ),
    _rule(r"(?:(?:on|at) )*(?P<which>last|this|next) week (?:on )?W(?P<weekday>\d)", _of_week),
    _rule(rf"N(?P<count>\d{{1,3}}) {_UNITS}s? ago", _ago),
    _rule(rf"ago N(?P<count>\d{{1,3}}) {_UNITS}s?", _ago),
    _rule(rf"(?P<count>)(?:a )?{_UNITS} ago", _ago),
    _rule(rf"(?P<count>)ago {_UNITS}", _ago),
    _rule(rf"after N(?P<count>\d{{1,3}}) {_UNITS}s?", _after),
    _rule(rf"(?P<count>)after (?:a )?{_UNITS}", _after),
)


def _named(meanings: str, frame: Frame) -> Period | None:
    return _first(_NAMED, meanings, frame)


def _single(meanings: str, frame: Frame) -> Period | None:
    return _first((*_NAMED, *_RELATIVE), meanings, frame)


def _first(rules: tuple[Rule, ...], meanings: str, frame: Frame) -> Period | None:
    """What the first rule makes of the meanings that has them all."""
    for pattern, function in rules:
        if match := pattern.fullmatch(meanings):
            return function(match, frame)
    return None

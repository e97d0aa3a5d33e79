"""Periods of the calendar, and which of them is meant from where one stands.

What is on no calendar raises ValueError or OverflowError: 30 February, the year 10000.
"""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple


class Period(NamedTuple):
    """A stretch of days."""

    first: date
    last: date
    iso: str
    """As `VALUE_PATTERN` of `dates.py` has it."""


class Frame(NamedTuple):
    """Where one stands."""

    published: date | None
    ahead: bool
    """Whether one looks forward: what has no year is the next one, otherwise the last one."""

    @property
    def today(self) -> date:
        """The day of publication; a ValueError where it is not known."""
        if self.published is None:
            raise ValueError("nothing to count from")
        return self.published


STEP = {"last": -1, "this": 0, "next": 1}


def day(one: date) -> Period:
    """One day."""
    return Period(one, one, one.isoformat())


def days(first: date, last: date) -> Period:
    """The days from `first` to `last`."""
    return Period(first, last, f"{first.isoformat()}/{last.isoformat()}")


def months(year: int, first: int, last: int) -> Period:
    """The days from the first of one month of a year to the end of another."""
    return days(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def month(count: int) -> Period:
    """A month, counted from January of the year 0."""
    year, before = divmod(count, 12)
    first, last, _ = months(year, before + 1, before + 1)
    return Period(first, last, first.isoformat()[:7])


def year(number: int) -> Period:
    """A year; one that nobody writes about is none."""
    if not 1000 <= number < 2100:
        raise ValueError(f"no year of an article: {number}")
    first, last, _ = months(number, 1, 12)
    return Period(first, last, first.isoformat()[:4])


def week(frame: Frame, step: int) -> Period:
    """Monday to Sunday, so many weeks from this one."""
    monday = frame.today - timedelta(frame.today.weekday()) + timedelta(weeks=step)
    return days(monday, monday + timedelta(6))


def weekend(frame: Frame, which: str) -> Period:
    """The last, this or the next weekend; where it is only "the weekend", the nearest."""
    today = frame.today
    saturday = week(frame, 0).first + timedelta(5)
    if which == "last":
        saturday -= timedelta(7)
    elif which == "next":
        saturday += timedelta(7 * (saturday <= today))
    elif not frame.ahead:
        saturday -= timedelta(7 * (saturday > today))
    elif not which:
        saturday += timedelta(7 * (saturday < today))
    return days(saturday, saturday + timedelta(1))


def weekday(number: int, frame: Frame, which: str) -> Period:
    """The last, this or the next such weekday; where it is only named, the nearest."""
    steps = number - frame.today.weekday()
    return day(frame.today + timedelta(_steps(steps, 7, frame, which)))


def named_month(number: int, frame: Frame, which: str) -> Period:
    """The last, this or the next month of a name; where it is only named, the nearest."""
    here = frame.today.year * 12 + frame.today.month - 1
    return month(here + _steps(number - frame.today.month, 12, frame, which))


def _steps(steps: int, round_: int, frame: Frame, which: str) -> int:
    """So many steps from now to what comes once in `round_`; `steps` is to that of this round."""
    if which == "this":
        return steps
    if which == "last":
        return steps % round_ - round_
    if which == "next":
        return (steps - 1) % round_ + 1
    return steps % round_ if frame.ahead else -(-steps % round_)


def named_day(number: int, of_month: int, frame: Frame) -> Period:
    """The nearest day of a month, where a year before or after has it."""
    today = frame.today
    near = [
        date(year, of_month, number)
        for year in (today.year - 1, today.year, today.year + 1)
        if MINYEAR <= year <= MAXYEAR and 0 < number <= monthrange(year, of_month)[1]
    ]
    if frame.ahead:
        return day(min(one for one in near if one >= today))
    return day(max(one for one in near if one <= today))


def away(count: int, unit: str, frame: Frame) -> Period:
    """What lies so many days, months or years away; of weeks only one is exact."""
    today = frame.today
    if unit == "day" or (unit == "week" and abs(count) == 1):
        return day(today + timedelta(count * (7 if unit == "week" else 1)))
    if unit == "month":
        return month(today.year * 12 + today.month - 1 + count)
    if unit == "year":
        return year(today.year + count)
    raise ValueError(f"not exact: {count} {unit}")

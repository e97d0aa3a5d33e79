"""Days written out with their year, wherever they stand in a text."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from schemas.dates import resolve
from schemas.timewords import month_names


class FullDate(NamedTuple):
    """A day with its year, and where it stands."""

    day: date | None
    """None for what is on no calendar or can be read as two days: 30 February, 12/10/2024."""
    start: int
    end: int


_LIKELY = re.compile(r"[0-9]{4}|[0-9][./-][0-9]")
"""What every full date has something of: quickly looked for."""


def full_dates(text: str) -> Iterator[FullDate]:
    """The days that a text names with their year; `clean` comes first.

    The ends of spans ("3-5 March 2025") are none.
    """
    if not _LIKELY.search(text):
        return
    for match in _written().finditer(text):
        found = resolve(match[1], published=None, ahead=False)
        yield FullDate(date.fromisoformat(found) if found else None, match.start(), match.end())


def full_date(stamp: str) -> date | None:
    """The day that an ISO 8601 stamp begins with, or that a date in words or figures is."""
    try:
        return date.fromisoformat(stamp.strip()[:10])
    except ValueError:
        day = resolve(stamp, published=None, ahead=False) or ""
        return date.fromisoformat(day) if len(day) == len("YYYY-MM-DD") else None


@cache
def _written() -> re.Pattern[str]:
    month = "|".join(sorted(month_names(), key=len, reverse=True))
    day = r"[0-9]{1,2}(?:-?(?:st|nd|rd|th|го|е|ви|ри|ти|ми)\b)?"
    year = r"[0-9]{4}"
    return re.compile(
        rf"""(?<![\w/-])(?<![\w-]\.)(?<![0-9]\ -\ )
        ({year}-[0-9]{{2}}-[0-9]{{2}}
        |{year}([/.])[0-9]{{1,2}}\2[0-9]{{1,2}}
        |[0-9]{{1,2}}([./-])[0-9]{{1,2}}\3(?:{year}|[0-9]{{2}})
        |{day}(?:\ of)?[ -](?:{month})\b\.?,?[ -]{year}
        |(?:{month})\b\.?\ {day},?\ {year})
        (?:T[0-9]{{2}}:[0-9]{{2}}[0-9:.+Z-]{{0,20}})?(?![\w/-]|\.[0-9])""",
        re.VERBOSE | re.IGNORECASE,
    )

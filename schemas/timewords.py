"""Words about time, classed: the meanings of `timewords.toml` in the order of a text's words.

The table names each meaning: "в минувшую пятницу" is "on last W4". The digits of a text become N (a
number), O (an ordinal) or, where they are a date in figures, all of it: "N24 M10 N2024".
"""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from schemas.folding import LANGUAGES

_LONGEST = 5
"""Words in the longest form of the table."""

_UNSEEN = "\u00ad\u0300\u0301\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_ALIKE = {
    **dict.fromkeys(map(ord, _UNSEEN)),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    **dict.fromkeys(map(ord, "«»„“”‟"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛ʼ`´"), "'"),
}
"""Soft hyphens, stresses and direction marks go; dashes and quotes become the plain ones."""

_ATOM = re.compile(
    r"""(?P<skip>[ ,.()\[\]"]|'s(?!\w)|')
    |(?P<ymd>[0-9]{4}([-/.])[0-9]{1,2}\3[0-9]{1,2})(?![-./]?[\w])
    |(?P<dmy>[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2}))(?![-./]?[0-9])
    |(?P<slash>[0-9]{1,2}([-/])[0-9]{1,2}\6[0-9]{4})(?![-./]?[0-9])
    |(?P<ym>[0-9]{4}-[0-9]{2})(?![-./]?[0-9])
    |(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?![:0-9])
    |(?P<dotted>[0-9]{1,2}\.[0-9]{2})(?![0-9]|\.[0-9])
    |(?P<day>[0-9]{1,2})-?(?:st|nd|rd|th|го|ое|ого|е|й|ви|ри|ти|ми)(?!\w)
    |(?P<year>[0-9]{4})-(?:го|м|й|та|ва|ра|ма)(?!\w)
    |(?P<number>[0-9]{1,4})(?![0-9])
    |(?P<word>q[1-4]|h[12]|[^\W\d_]+)
    |(?P<dash>-)""",
    re.VERBOSE,
)


_OF_TIME = re.compile(
    r"[WM]\d+|D-?\d|(?:day|week|month|year)s?(?: ago)?|(?:last|this|next) year|quarter|half|weekend"
    r"|begin|mid|end|part|hour|ampm|sooner|ago"
)
"""Meanings that alone say that a text is about time."""

_DATES = {"ymd": "ymd", "dmy": "dmy", "slash": "dmy", "ym": "ym"}
_SIGNS = {"clock": "clock", "dotted": "dotted", "dash": "-"}


def clean(text: str) -> str:
    """The text without marks that nobody sees, with one kind of blank, dash and quote."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_ALIKE).split())


def fold(text: str) -> str:
    """What `clean` leaves, in small letters, е for ё."""
    return clean(text).casefold().replace("ё", "е")


def readings(words: str) -> set[str]:
    """What the words mean, in each language that has all of them; none where no language has."""
    atoms = _atoms(fold(words).strip(" ,.;:…"))
    if not atoms:
        return set()
    if len(atoms) == 1:
        alone = atoms[0][1]
        if alone in _table("unclear") or (alone in _table("lowercase") and words.islower()):
            return set()
    found = (_meanings(atoms, language) for language in LANGUAGES)
    return {_plain(meanings) for meanings in found if meanings}


def speaks_of_time(words: str) -> bool:
    """Whether a word of `words` is one of time, or a figure, whether or not they name a day."""
    told = re.findall(r"\w+", fold(words))
    return any(word[0].isdigit() or word in _time_words() for word in told)


@cache
def _time_words() -> frozenset[str]:
    """Single words for days, months, longer times, and their parts, in all languages."""
    return frozenset(
        form[0]
        for language in LANGUAGES
        for form, meaning in _forms(language).items()
        if len(form) == 1 and _OF_TIME.fullmatch(meaning)
    )


def month_names() -> frozenset[str]:
    """The names of months in all languages."""
    return _words("M")


def weekday_names() -> frozenset[str]:
    """The names of weekdays in all languages."""
    return _words("W")


def day_words() -> frozenset[str]:
    """The words for yesterday, today and the like in all languages."""
    return _words("D")


def _words(initial: str) -> frozenset[str]:
    """The single words with a meaning such as M5, in all languages."""
    return frozenset(
        form[0]
        for language in LANGUAGES
        for form, meaning in _forms(language).items()
        if len(form) == 1 and re.fullmatch(rf"{initial}-?[0-9]+", meaning)
    )


def _atoms(text: str) -> list[tuple[str, str]]:
    """The parts of a folded text, each with its meaning or "" and as written; none if one fails."""
    atoms: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        match = _ATOM.match(text, place)
        if match is None:
            return []
        place = match.end()
        kind = match.lastgroup or ""
        if kind != "skip":
            meaning = _figures(kind, match[kind])
            if meaning is None:
                return []
            atoms.append((meaning, match[kind]))
    return atoms


def _figures(kind: str, written: str) -> str | None:
    """The meaning of digits, "" for what is no digits, None for a date that is read two ways."""
    if kind not in _DATES:
        prefix = {"day": "O", "year": "O", "number": "N"}.get(kind)
        return prefix + written if prefix else _SIGNS.get(kind, "")
    parts = dict(zip(_DATES[kind], map(int, re.findall(r"[0-9]+", written)), strict=True))
    year, month, day = parts["y"], parts["m"], parts.get("d")
    if kind == "slash" and day is not None and day != month:
        if (month > 12) == (day > 12):
            return None
        day, month = max(day, month), min(day, month)
    year += 2000 * (kind == "dmy" and year < 100)
    return (f"N{day} " if day is not None else "") + f"M{month} N{year:04}"


def _meanings(atoms: list[tuple[str, str]], language: str) -> str:
    """The meanings of the atoms in a language, the longest forms first; "" if one has none."""
    forms = _forms(language)
    written = [word for _, word in atoms]
    found: list[str] = []
    place = 0
    while place < len(atoms):
        for length in range(min(_LONGEST, len(atoms) - place), 0, -1):
            meaning = forms.get(tuple(written[place : place + length]))
            if meaning:
                break
        else:
            meaning, length = atoms[place][0], 1
        if not meaning:
            return ""
        found.append(meaning)
        place += length
    return " ".join(found)


@cache
def _forms(language: str) -> dict[tuple[str, ...], str]:
    """The meaning of each form, which is the words it is made of."""
    table = dict(_table(language))
    endings = _listed(table.pop("endings"))
    return {
        tuple(re.findall(r"\w+|-", form.replace("~", ending))): meaning
        for meaning, forms in table.items()
        for form in _listed(forms)
        for ending in (endings if "~" in form else [""])
    }


@cache
def _table(name: str) -> Any:
    """A table of the file, or a list of it as a set."""
    path = files(__package__).joinpath("timewords.toml")
    found = tomllib.loads(path.read_text(encoding="utf-8"))[name]
    return frozenset(_listed(found)) if isinstance(found, str) else found


def _listed(forms: str) -> list[str]:
    return [form.strip() for form in forms.split(",")]


# What says nothing of the day, and what is said in several ways

_CLOCK = r"clock(?: (?:-|to|and) clock)?(?: (?:hour|ampm|part|zone))*"
_HOUR = r"(?:dotted|N1?\d|N2[0-4]) (?:hour|ampm)(?: (?:hour|ampm|part|zone))*"
_BARE_HOUR = r"(?:(?:dotted|N1?\d|N2[0-4])(?: part)?|N\d{4}(?: hour)?)"
_LIST = r"([NO]\d\d?) (-|to|and) (?:on )?(?:the )?([NO]\d\d?)"

_REWRITTEN = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        # "twenty-fourth" is a number of two words
        (r" T([23])0 (?:- |and )?([NO])(?=[1-9] )", r" \2\1"),
        (r" T(?=[23]0 )", " N"),
        # as "at 15:00 local time" says, "3 p.m.", "в 10 утра", "late in the evening"
        (rf" (?:(?:on|in|at|from|between) )?{_CLOCK}(?= )", ""),
        (rf" (?:(?:on|in|at|from) )?{_HOUR}(?= )", ""),
        (rf" (?:on|in|at|from) (?:dotted|N\d\d? part|{_BARE_HOUR}(?: zone)+)(?= )", ""),
        (r"(?: (?:begin|end|on|in|at|of|the))* part(?: of)?(?= )", ""),
        (r" (?:just|zone)(?= )", ""),
        (r" this (?=last |next )", " "),
        # "in three days" is another "in" than that of "in May"
        (r"^ in (?=(?:N\d\d?|a) [a-z]+ $)", " after "),
        (r" in(?= )", " on"),
        # as in "24-Oct-2024" and "mid-May"
        (r" (N\d\d?) - (M\d\d?) - (?=N\d{4} )", r" \1 \2 "),
        (r" mid -(?= )", " mid"),
        # "from 22 to 24 October" and "October 22 to 24" say the month once, "October 22" first
        (rf"(?<!M\d)(?<!M\d\d) {_LIST} (?:of )?(M\d\d?)(?= )", r" \1 \4 \2 \3 \4"),
        (rf" (M\d\d?) (?:the )?{_LIST} (?!(?:of )?M)", r" \2 \1 \3 \4 \1 "),
        (r" (M\d\d?) (?:the )?([NO]\d\d?)(?= )", r" \2 \1"),
        # "last year, in March" is "in March last year"
        (r"^ (?:on )?((?:last|this|next) year) (.*M\d.*)$", r" \2\1 "),
    )
)

_TIME = re.compile(r" (?:clock|dotted|part|hour|ampm|zone)(?= )")
_DAY = re.compile(r" (?:W\d|D-?\d|days?|[NO]\d\d? (?:of )?M\d\d?)(?= )")
_DAY_AND_MONTH = re.compile(r"[NO]\d\d? (?:of )?M")
_ITS_WEEKDAY = re.compile(r" (?:(?:on|for) )?(?:(?:last|this|next) )?W\d(?= )")


def _plain(reading: str) -> str:
    """The meanings without times of day, in one order; a day and month need no weekday.

    A time of day is one of a day: there is no meaning where no day is left.
    """
    meanings = whole = f" {reading} "
    for pattern, new in _REWRITTEN:
        meanings = pattern.sub(new, meanings)
    if _TIME.search(whole) and not _DAY.search(meanings):
        return ""
    if _DAY_AND_MONTH.search(meanings):
        meanings = _ITS_WEEKDAY.sub("", meanings)
    return meanings.strip()

"""Where sentences end within a line.

Every full stop, question mark, exclamation mark and ellipsis is a candidate, with the quotation
marks, brackets and footnote numbers that close after it. It ends a sentence when what follows can
begin one and what stands before it is no abbreviation (`abbreviations.toml`), initial or number of
a list. Nothing looks farther than a fixed number of characters: time grows with length only.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_NEAR = 120
"""Characters looked at on either side of a stop."""

_KINDS = ("before_number", "before", "names", "states", "after_number", "units", "ends")
"""Lists of abbreviations: a word of several is of the first."""

_WIDE = "。！？｡؟۔।॥"
_DASH = "—–―-"
_PARTICIPLE = (
    "[нтл](?:ият|ия|ата|ото|ите)|нн(?:ый|ая|ое|ые|ого|ой|ом|ых|ую)|вш(?:ий|ая|ее|ие)(?:ся)?"
)
_CLAUSE = "че|что|а|но|that|когато|когда|докато|пока|където|где|ако|если|като|защото|макар|хотя"
_CAPITALS = "A-ZА-ЯЁ"
_QUOTE = "\"'«»‹›„“”‚‘’"
_CANDIDATE = re.compile(
    rf"(?<![.!?…{_WIDE}])[.!?…{_WIDE}]++"
    rf"(?P<close>(?:[{_QUOTE})\]}}）」』】]|\[\d{{1,3}}\]|[¹²³⁴-⁹]|[\u00a0\u202f]»(?!\w))*+)"
    r"(?P<gap>\s*+)(?![a-zа-яё,;:]\s|[a-zа-яё]{5}|\Z)"
)
_BEGIN = re.compile(
    rf"(?P<open>(?:[{_QUOTE}(\[¿¡•*#@$№\s{_DASH}]|[^\w\s\0-\xbf])*+)(?P<word>\w[\w'’-]*)"
)
_BRAND = re.compile(r"[a-zа-я]{1,4}[A-ZА-Я]|[a-z]{2}-[A-Z]")
_ITEM = re.compile(r"\(?\w{1,2}\)")
_NUMBER = re.compile(r"№|\d|[IVXLC]+\b")
_ASIDE = re.compile(r"\([^()]{1,300}[.!?…]\)")
_WORD = re.compile(r"(?:(?<![^\W_])(?:(?:[^\W\d_]|пр|сл)\.\s?)+)?[^\W\d_]+(?:-[^\W\d_]+)?$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_OPENED = re.compile(rf"(?:^|\s)[{_QUOTE}(\[]+$")
_LIST_ITEM = re.compile(rf"\d{{1,2}}[.)]\s+[{_CAPITALS}]")
_LIST_NUMBER = re.compile(
    r"(?:^|;\s|:\s(?=\W{0,3}[1IaAаА]$))\W{0,3}"
    r"(?:(?:Art|Article|Section|Ст|Статья|Пункт|Чл|Член|Точка)\.?\s)?"
    r"(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[^\W\d_])$"
)
_DATE = re.compile(r"(?<!\d)\d{1,2}\.\s\d{1,2}\.\s?(?:19|20)\d\d")
_AFTER_NUMBER = re.compile(r"(?:\d|\b(?:[IVXLCХ]+|млн|млрд|тыс|хил|кв|куб)\.?)\s?$")
_AFTER_YEAR = re.compile(r"(?:\d{4}|\b[IVXLCХ]+)\s?$")
_NAMED_AFTER = "им"
"""Russian: театр им. Чехова."""
_TO_THEM = re.compile(r"(?:ли|ть|ют|ает|яет|ит|ил|ла)\s$")
"""What stands before it where it is no abbreviation but "to them"."""
_ADDRESS = re.compile(r"\w\w\.$")
"""No abbreviation is glued to a word before it."""
_DASHED = re.compile(rf"\s[{_DASH}]\s")
_AND = re.compile(r"\bи\s$")
_CLIPPED = re.compile(
    r"[A-ZА-Я]?[bcdfghjklmnpqrstvwxzбвгджзклмнпрстфхцчшщ]{1,4}|[АЕИОУЮЯ][бвгджзклмнпрстфхцчшщ]"
)
"""A word cut short, by its lack of vowels: "Цв", "мкрн"."""
_TIME_ZONE = re.compile(r"(?:\w+\s){1,2}time\b")
_PLACE = rf"[{_CAPITALS}][\w’'-]+(?:\s[{_CAPITALS}][\w’'-]+){{0,2}}"
_DAY = r"(?:\d{1,2}\s[^\W\d_]+\.?|[^\W\d_]+\.?\s\d{1,2},?)(?:\s\d{4})?(?:\sг\.?)?"
_DATELINE = re.compile(
    rf"{_PLACE}[.,]\s{_DAY},?(?:\s[^—–]{{0,60}}?)?\s[{_DASH}]\s"
    rf"(?:(?:[{_CAPITALS}][\w«»]+\s?){{1,3}}\.\s)?"
    rf"|{_PLACE}(?:[.,]\s{_DAY})?,?\s(?:/[^/]{{2,60}}/|\([^()]{{2,60}}\))\."
    rf"|[{_CAPITALS}-]{{4,30}}(?:\s[{_CAPITALS}-]{{3,30}})?\.\s"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """`abbreviations.toml` for one language, with what is common."""

    kinds: dict[str, str]
    """Each abbreviation's list."""
    with_mark: frozenset[str]
    of_state: frozenset[str]
    letters: tuple[str, ...]
    times: frozenset[str]
    goes_on: frozenset[str]
    begins: frozenset[str]
    opening: re.Pattern[str]
    """A phrase of time that begins a sentence, up to its unit: "In the year 2024"."""
    ordinal: re.Pattern[str]
    """A sentence that has only begun, with an ordinal: "На 14."."""
    attribution: re.Pattern[str]
    """A speaker and a verb of saying."""

    def kind(self, word: str) -> str | None:
        """The list that a word is of, at the beginning of a sentence as well."""
        small = word[0].lower() + word[1:] if len(word) > 1 else word
        return self.kinds.get(word) or self.kinds.get(small)


@dataclass(frozen=True, slots=True)
class _Stop:
    """A candidate and what stands around it."""

    mark: str
    close: str
    """What closes after it: quotation marks, brackets, numbers of footnotes."""
    gap: str
    before: str
    """Of its sentence, as near as is looked at."""
    opens: str
    """Quotation marks, dashes, signs before the next word, without blanks."""
    word: str
    """The next one."""
    rest: str
    """What follows the gap, as near as is looked at."""

    @property
    def dash(self) -> bool:
        """Whether a dash follows."""
        return self.opens[:1] in {*_DASH}

    @property
    def quote(self) -> bool:
        """Whether a quotation mark follows."""
        return self.opens[:1] in {*_QUOTE}

    def begins(self, words: _Words) -> bool:
        """Whether the next word begins a sentence and no name."""
        initial = len(self.word) == 1 and self.rest.startswith(f"{self.word}.")
        return self.word in words.begins and not initial


def spans(line: str, language: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of `line`, blanks around it left out.

    Args:
        line: a text without line breaks.
        language: ISO 639-1 code; one without lists of its own gets what is common to all.
    """
    words = _words(language)
    start = len(line) - len(line.lstrip())
    dateline = _DATELINE.match(line, start)
    begin = dateline.end() if dateline else start
    for found in _CANDIDATE.finditer(line, begin):
        stop = _stop(line, start, found)
        if stop and _ends(stop, words):
            end = found.start("gap") - _opener_at_end(stop)
            yield start, end
            start = end + len(stop.gap)
    if line[start:].strip():
        yield start, len(line.rstrip())


def _stop(line: str, start: int, found: re.Match[str]) -> _Stop | None:
    """The candidate, if what follows can begin a sentence."""
    rest = line[found.end() : found.end() + _NEAR]
    begin = _BEGIN.match(rest)
    if begin is None:
        return None
    word = begin["word"]
    if not (word[0].title() == word[0] or _BRAND.match(word) or _ITEM.match(rest)):
        return None
    return _Stop(
        mark=found[0][: found.start("close") - found.start()],
        close=found["close"],
        gap=found["gap"],
        before=line[max(start, found.start() - _NEAR) : found.start()],
        opens="".join(begin["open"].split()),
        word=word,
        rest=rest,
    )


def _ends(stop: _Stop, words: _Words) -> bool:
    """Whether a sentence ends at a stop after which one can begin."""
    if stop.mark[-1] in _WIDE:
        return True
    if not stop.before.strip(f"{_QUOTE}{_DASH}([ "):
        return False  # It opens the sentence: an ellipsis.
    if not stop.gap and not _lacks_blank(stop, words):
        return False
    if _is_inside(stop, words):
        return False
    if stop.mark == "!" and _last_word(stop.before) + "!" in words.with_mark:
        return stop.begins(words)
    return stop.mark != "." or not (
        _LIST_NUMBER.search(stop.before)
        or words.ordinal.match(stop.before)
        or _is_in_date(stop)
        or not _ends_after_word(stop, words)
    )


def _is_inside(stop: _Stop, words: _Words) -> bool:
    """Whether it ends a bracket or a quotation inside a sentence that goes on."""
    opened = stop.before.rfind("(")
    bracket = opened > stop.before.rfind(")") and ")" in stop.close + stop.rest
    if bracket and stop.before[:opened].strip(f"{_QUOTE}{_DASH} "):
        return True
    if stop.mark != "." and _OPENED.search(stop.before):
        return True
    if not any(mark in _QUOTE for mark in stop.close):
        return False
    if stop.dash or stop.mark == ".":
        return stop.dash
    opener = max(stop.before.rfind(mark) for mark in '«„“‘"')
    titled = opener > 0 and words.opening.search(stop.before[:opener])
    return bool(titled or (stop.word not in words.begins and words.attribution.match(stop.rest)))


def _lacks_blank(stop: _Stop, words: _Words) -> bool:
    """Whether the blank after a stop was forgotten: no part of an address or an abbreviation."""
    word = stop.word
    if not word[0].isupper() or not (word[1:2].islower() or stop.rest.startswith(f"{word} ")):
        return False
    if stop.close or stop.before[-1].isdigit() or stop.before[-1] in f"{_QUOTE})]":
        return not stop.close.endswith("]")
    last = _last_word(stop.before)
    return len(last) > 1 and (last.islower() or word in words.begins)


def _ends_after_word(stop: _Stop, words: _Words) -> bool:
    """Whether a single full stop ends a sentence, by the word before it."""
    word = _last_word(stop.before)
    lead = stop.before[: len(stop.before) - len(word)]
    if not word or _ADDRESS.search(lead):
        return True
    word = "".join(word.split())
    if word not in words.kinds and not _INITIALS.fullmatch(word):
        word = word.rpartition(".")[2]
    kind = "ends" if _AND.search(lead) and f"и {word}" in words.kinds else words.kind(word)
    if kind in {"after_number", "units", "ends"}:
        return _may_end(kind, stop, lead) and not _goes_on(word, lead, stop, words)
    if kind:
        return _ends_after_name(kind, word, lead, stop, words)
    if (word.isupper() or "." in word) and _INITIALS.fullmatch(word):
        named = lead.split()[-1:]
        return stop.begins(words) or (named != [] and named[0].lower().startswith(words.letters))
    if _CLIPPED.fullmatch(word) and lead.strip():
        return stop.begins(words) or stop.quote
    return True


def _ends_after_name(kind: str, word: str, lead: str, stop: _Stop, words: _Words) -> bool:
    """Whether a sentence ends after what a name or a number follows, or what is part of a name."""
    if kind == "before_number":
        return not _NUMBER.match(stop.rest)
    if kind == "before":
        return bool(stop.close) or (word == _NAMED_AFTER and bool(_TO_THEM.search(lead)))
    if stop.begins(words) or stop.quote:
        return True
    after = stop.rest[len(stop.word) :].lstrip(" ,")[:1]
    noun = re.split(r"[-'’]", stop.word)[0]  # "the U.S. Treasury's list"
    institution = noun in words.of_state or after.isupper()
    return kind == "states" and not stop.opens and not institution


def _may_end(kind: str, stop: _Stop, lead: str) -> bool:
    """Whether a unit or the like ends a phrase, by the numbers around it."""
    number = _NUMBER.match(stop.rest)
    if kind == "after_number":
        follows = _LIST_ITEM.match(stop.rest) or _AFTER_YEAR.search(lead)
        return bool(_AFTER_NUMBER.search(lead) and (follows or not number))
    return kind == "ends" or not number


def _goes_on(word: str, lead: str, stop: _Stop, words: _Words) -> bool:
    """Whether the sentence goes on after a unit or the like, by what follows and how it began."""
    if stop.word in words.goes_on or _TIME_ZONE.match(stop.rest):
        return True
    if stop.opens[:1] == "(":
        return not _ASIDE.match(stop.rest)
    if stop.dash:
        return not _DASHED.search(lead)
    return word in words.times and words.opening.search(lead) is not None


def _is_in_date(stop: _Stop) -> bool:
    """Whether it is within a date written with blanks: 17. 03. 2025."""
    if not stop.before[-1].isdigit() or not stop.rest[0].isdigit():
        return False
    near = stop.before[-7:]
    return any(
        found.start() <= len(near) < found.end()
        for found in _DATE.finditer(f"{near}. {stop.rest[:12]}")
    )


def _opener_at_end(stop: _Stop) -> int:
    """One where a quotation mark right before a word was taken for a closing one."""
    return int(not stop.gap and stop.close.endswith(("“", "‘", "«", "„")))


def _last_word(before: str) -> str:
    """The word before a stop, with the initials or the abbreviation that it ends: "т. д"."""
    found = _WORD.search(before[-24:])
    return found[0] if found else ""


@cache
def _words(language: str) -> _Words:
    text = files(__package__).joinpath("abbreviations.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    own = data.get(language, {})
    lists = {name: [*data["common"][name], *own.get(name, [])] for name in data["common"]}
    leads, says = ("|".join(map(re.escape, lists[name])) for name in ("leads", "says"))
    return _Words(
        kinds={word: kind for kind in reversed(_KINDS) for word in lists[kind]},
        with_mark=frozenset(lists["with_mark"]),
        of_state=frozenset(lists["of_state"]),
        letters=tuple(lists["letters"]),
        times=frozenset(lists["times"]),
        goes_on=frozenset(lists["goes_on"]),
        begins=frozenset(lists["begins"]),
        opening=re.compile(
            rf"(?:^|[:;]\s|\b(?:{_CLAUSE})\s|\b\w+(?:{_PARTICIPLE})\s)\W{{0,3}}"
            rf"(?:(?:{leads})\s)+(?:\w(?:[\w–-]|[.:,](?=\d))*,?\s){{0,5}}$",
            re.IGNORECASE,
        ),
        ordinal=re.compile(rf"\W{{0,3}}(?:{leads})\s\d{{1,3}}$"),
        attribution=re.compile(
            rf"(?:(?:[{_CAPITALS}][\w.’'-]*|of|de|van|von|der)\s){{2,7}}(?:{says})\b"
            rf"|[{_CAPITALS}][\w’'-]*\s(?:{says})(?:[.,]|\s(?:him|her|them|reporters)\b)"
        ),
    )

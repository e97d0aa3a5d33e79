"""What a sentence says of persons: their names, and their offices with the country they go with."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Literal

from extractor.cast.pieces import Kind, Piece, is_ministry, pieces, small_words
from extractor.cast.words import cases
from schemas.countries import alpha3

COUNTERPART = "counterpart"
"""The role of a colleague from another country: the one that was named before in the sentence."""

_TO = frozenset(("in", "to", "at", "в", "во", "във", "при"))
"""Small words between an envoy and the place he is sent to."""

_FORMER = re.compile(r"(?:former|ex|late|previous|бывш|экс|прежн|бивш|екс|предишн|тогдашн)")
_FULL = 2
"""Words of a full name: one more after "mayor of" is his town's."""
_IS = frozenset(("is", "е"))
_TOPIC = frozenset(("on", "about"))
"""Words before what a sentence turns to: "On Africa, the spokesman said"."""


@dataclass(frozen=True, slots=True)
class Office:
    """A title with the country or the body that it goes with, as far as they are said."""

    role: str | None
    """In English: one of `titles.toml`, or what an English minister is minister of."""
    of: str | None
    """Alpha-3 code of a country, or the name of a body."""
    former: bool = False
    """It was held before, or is said of the one before."""
    house: str | None = None
    """The ministry that a spokesman is of, in English."""


_NONE = Office(None, None)


@dataclass(frozen=True, slots=True)
class Mention:
    """Neighbouring words that name a person, their office, or both."""

    name: tuple[str, ...]
    """The words of the name as they stand; none where only an office is said."""
    office: Office
    whole: bool = False
    """Nothing but this mention is in the text."""
    gender: Literal["masc", "femn"] | None = None
    """What the form of address before it says: Mr, Ms."""
    cases: frozenset[str] = frozenset()
    """The cases that the name can only stand in, in Russian, as its title tells; empty: any."""
    start: int = 0
    end: int = 0
    """Its pieces are `read[start:end]`."""


def mentions(sentence: str, language: str | None) -> Iterator[Mention]:
    """The mentions of a sentence, in order.

    Args:
        sentence: or a name or a title alone.
        language: its ISO 639-1 code.
    """
    yield from mentions_in(pieces(sentence, language), language)


def is_thing(row: Sequence[Piece], mention: Mention, language: str | None) -> bool:
    """Whether an English name is no person's: "the Permit Scheme", "Orchid Trading"."""
    if language != "en" or mention.office.role or len(mention.name) < _FULL:
        return False
    if mention.name[-1].casefold() in small_words("firms"):
        return True
    return mention.start > 0 and row[mention.start - 1].words[-1].casefold() == "the"


def countries_in(read: Sequence[Piece]) -> set[str]:
    """Alpha-3 codes of the countries that a sentence names, by adjectives as well."""
    values = {one.value for one in read if one.kind in {"place", "demonym"}}
    return {value for value in values if alpha3(value) == value}


def mentions_in(read: Sequence[Piece], language: str | None) -> Iterator[Mention]:
    """The mentions of a sentence that was read already."""
    read = list(read)
    if language == "en":
        for at, (piece, after) in enumerate(pairwise(read)):
            if piece.kind == "place" and after.kind == "title":
                read[at] = replace(piece, kind="demonym")  # "UN Secretary-General"
    at = sum(1 for _ in takewhile(lambda piece: piece.kind in {"link", "skip"}, read))
    begin, held = at, None
    shared: dict[int, Office] = {}
    while at < len(read):
        mention, end = _mention(read, at)
        if mention and not mention.name:
            shared |= _shared(read, mention, end)
        if mention and at in shared:
            mention, end = Mention(read[at].words, shared[at]), at + 1
        if mention:
            office = mention.office
            if office.role == COUNTERPART and held:
                office = replace(office, role=held)
            elif not is_ministry(office.role):
                held = office.role or held
            whole = at == begin and end == len(read)
            gender = _gender(read, at)
            cases = _cases(read, at, end) if language == "ru" and mention.name else frozenset()
            yield replace(
                mention,
                office=office,
                whole=whole,
                gender=gender,
                cases=cases,
                start=at,
                end=end,
            )
        at = end


def _cases(row: Sequence[Piece], at: int, end: int) -> frozenset[str]:
    """The cases of a name in Russian: those of its title; the nominative before a verb."""
    first = row[at]
    if first.kind == "demonym" and at + 1 < end and row[at + 1].kind == "title":
        first = row[at + 1]
    if first.kind == "title":
        return cases(first.words[0])
    after = row[end].words[0] if end < len(row) else ""
    return frozenset({"nomn"}) if _PAST.search(after) and first.kind == "name" else frozenset()


_PAST = re.compile(r"[аеиоуыя]л(?:ся|а|ась)?$")
"""How Russian verbs end after their subject: "Берг заявил"."""


def _shared(row: Sequence[Piece], mention: Mention, end: int) -> dict[int, Office]:
    """Whose an office of two states is: "the ministers of Norway and Chad Berg and Kral".

    Returns:
        the places of the two names, with the office of each.
    """
    role, of = mention.office.role, mention.office.of
    after = list(row[end : end + _PAIR])
    after = [one for one in after if one.kind != "comma"]
    kinds = [one.kind for one in after[:5]]
    if not role or not of or kinds != ["word", "place", "name", "word", "name"]:
        return {}
    first, second = (
        at for at in range(end, end + _PAIR) if at < len(row) and row[at] in (after[2], after[4])
    )
    return {first: Office(role, of), second: Office(role, after[1].value)}


_PAIR = 7
"""Pieces from an office of two states to the second of its holders, at most."""


def _gender(row: Sequence[Piece], at: int) -> Literal["masc", "femn"] | None:
    before = row[at - 1] if at and not _is(row, at - 1, "word") else None
    if _is(row, at - 1, "word") and at > 1 and row[at - 1].words == (".",):
        before = row[at - 2]
    said = before.words[0].casefold() if before else ""
    return (
        "femn" if said in small_words("woman") else "masc" if said in small_words("man") else None
    )


def _mention(row: Sequence[Piece], at: int) -> tuple[Mention | None, int]:
    """The mention that begins with a piece, and where to go on."""
    here = row[at]
    if here.kind == "name":
        topic = at > 0 and row[at - 1].words[0].casefold() in _TOPIC
        office, end = (_NONE, at + 1) if topic else _apposition(row, at + 1)
        return Mention(here.words, office), end
    if _is_whose(row, at) or (here.kind == "demonym" and _is(row, at + 1, "name")):
        said, end = _apposition(row, at + 2)
        return Mention(row[at + 1].words, replace(said, of=said.of or here.value)), end
    office, end = _office(row, at) if here.kind in {"title", "demonym"} else (_NONE, at)
    if office.role is None:
        return None, at + 1
    after = end + sum(1 for _ in takewhile(lambda piece: piece.kind == "skip", row[end:]))
    if _is(row, after, "comma"):  # "Denmark's climate minister, Ms Marta Holm"
        beyond = after + 1
        beyond += sum(1 for _ in takewhile(lambda piece: piece.kind == "skip", row[beyond:]))
        after = beyond if _is(row, beyond, "name") else after
    if _is(row, end, "link") and _is(row, end + 1, "name") and len(row[end + 1].words) > _FULL:
        return Mention(row[end + 1].words[1:], office), end + 2  # "the mayor of Varna Petar Kolev"
    if not _is(row, after, "name"):
        named = _after_portfolio(row, end) if office.role == "Minister" else None
        if named is None:
            return Mention((), office), end
        after = named
    name, end = row[after].words, after + 1
    if office.of is None and _is(row, end, "link") and _is(row, end + 1, "place"):
        office, end = replace(office, of=row[end + 1].value), end + 2
    return Mention(name, office), end


def _after_portfolio(row: Sequence[Piece], at: int) -> int | None:
    """Where a full name stands after what somebody is in charge of: "министр обороны Иван Берг"."""
    end = at
    while end < min(len(row), at + _PORTFOLIO) and row[end].kind in {"word", "link"}:
        word = row[end].words[0]
        if not (word.isalpha() and word.islower() and _CYRILLIC.match(word)):
            return None
        end += 1
    return end if end > at and _is(row, end, "name") and len(row[end].words) >= _FULL else None


_PORTFOLIO = 6
"""Words of what a minister is in charge of, at most."""
_CYRILLIC = re.compile(r"[а-я]")


def _is_whose(row: Sequence[Piece], at: int) -> bool:
    """Whether "Norway's" and a full name stand here; a single word may be a firm."""
    full = _is(row, at + 1, "name") and len(row[at + 1].words) >= _FULL
    return full and row[at].kind == "place" and row[at].words[-1].endswith(("'s", "’s"))


def _is(row: Sequence[Piece], at: int, kind: Kind) -> bool:
    return at < len(row) and row[at].kind == kind


def _office(row: Sequence[Piece], at: int) -> tuple[Office, int]:
    """The office that the row from `at` on say, in any order of title, country, adjective."""
    role: str | None = None
    of: str | None = None
    house: str | None = None
    end = at
    while end < len(row):
        piece = row[end]
        if piece.kind == "title" and role and is_plural(row[end - 1]):
            break  # "двамата президенти министърът ..."
        if piece.kind == "title" and is_ministry(role) and not is_ministry(piece.value):
            role, house = piece.value, role  # "External Affairs Ministry spokesperson"
        elif piece.kind == "title" and (role is None or of is None):
            house = piece.value if role and is_ministry(piece.value) else house or _own_house(piece)
            role, of = role or piece.value, of or piece.of
        elif piece.kind == "word" and role and of and _is_host(row, end):
            end += 1  # "Ambassador of Russia to Greece"
        elif piece.kind == "word" and of and not role and _is(row, end + 1, "title"):
            pass  # "the Vietnamese party leader"
        elif of is None and (piece.kind == "demonym" or (piece.kind == "place" and role)):
            of = piece.value
        elif not (piece.kind in {"link", "skip"} and _leads_on(row, end + 1, role)):
            break
        end += 1
    former = any(_is_former(piece) for piece in row[max(0, at - 1) : end])
    return Office(role, of, former, house), end


def _own_house(piece: Piece) -> str | None:
    """The ministry that is said within the title of a spokesman: "представитель МИД"."""
    said = " ".join(piece.words).casefold()
    spokes = piece.value == "Spokesperson" and _FOREIGN.search(said)
    return "Ministry of Foreign Affairs" if spokes else None


_FOREIGN = re.compile(r"(?<!\w)(?:мид|foreign ministry|мвнр|външно(?:то)? министерство)(?!\w)")


def is_plural(piece: Piece) -> bool:
    """Whether a title is of several."""
    return piece.kind == "title" and bool(_PLURAL.search(piece.words[-1].casefold()))


_PLURAL = re.compile(r"(?:[^s']s|[тднрцв]и|ите|ы|ов|ами|ах)$")
"""How titles end that are of several."""


def _is_former(piece: Piece) -> bool:
    return piece.kind == "skip" and bool(_FORMER.match(piece.words[0].casefold()))


def _is_host(row: Sequence[Piece], at: int) -> bool:
    """Whether a preposition and the place an envoy is sent to stand here."""
    small = row[at].words[0].casefold()
    if small == "у" and at + 1 < len(row) and row[at + 1].words[0] == "нас":
        return True  # the ambassador "with us"
    return small in _TO and at + 1 < len(row) and row[at + 1].kind == "place"


def _leads_on(row: Sequence[Piece], at: int, role: str | None) -> bool:
    """Whether an office goes on after a small word."""
    kinds = ("place",) if role else ("title", "demonym", "skip", "link")
    return at < len(row) and row[at].kind in (*kinds, "link")


def _apposition(row: Sequence[Piece], at: int) -> tuple[Office, int]:
    """The office said after a name: "Anna Berg, the Norwegian foreign minister,"."""
    if _is(row, at, "comma") or (at < len(row) and row[at].words[0] in _IS):
        start = at + 1
        while start < len(row) and row[start].kind in {"link", "skip"}:
            start += 1
        office, end = _office(row, start)
        named = end < len(row) and row[end].kind == "name"
        if office.role is not None and not named and not is_ministry(office.role):
            return office, end
    return Office(None, None), at

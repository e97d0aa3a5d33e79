"""What a sentence says of persons: their names, and their offices with the country they go with."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise, takewhile
from typing import Any, Literal

from extractor.cast.words import is_russian_name, lemmas
from schemas.bodies import body
from schemas.countries import alpha3
from schemas.demonyms import demonym

_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")
_LINKS = frozenset(("of", "the", "for", "на", "за"))
"""Small words between a title and its country."""

_TO = frozenset(("in", "to", "at", "в", "во", "във", "при"))
"""Small words between an envoy and the place he is sent to."""

_EX = re.compile(r"(?<!\w)(ex|экс|екс)-(?=\w)", re.IGNORECASE)

_OPENING = frozenset('«„“"‘(:')
_WITHIN = frozenset(("в", "във", "во", "край", "in", "near", "outside"))
"""Words after which a name is a place's."""

_FEW = 3
"""Words that are a name or a title, no sentence whose first word has a capital for that."""

_FORMER = re.compile(r"(?:former|ex|late|previous|бывш|экс|прежн|бивш|екс|предишн|тогдашн)")
_HIS = frozenset(
    ("му", "ѝ", "си", "им", "his", "her", "their", "его", "ее", "её", "своим", "своего")
)

_IS = frozenset(("is", "е"))
_COMMAS = frozenset(",(—–")

_LONGEST = 6
"""Words that the name of a country or a body may have."""


@dataclass(frozen=True, slots=True)
class Office:
    """A title with the country or the body that it goes with, as far as they are said."""

    role: str | None
    """In English: one of `titles.toml`."""
    of: str | None
    """Alpha-3 code of a country, or the name of a body."""
    former: bool = False
    """It was held before, or is said of the one before."""


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


_Kind = Literal["name", "title", "place", "demonym", "link", "skip", "comma", "word"]


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: _Kind
    words: tuple[str, ...]
    value: str = ""
    """The role of a title, the code or the name of a place."""
    of: str | None = None
    """The country whose adjective stands within a title: "глава турецкого МИД"."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One way to say a title."""

    words: list[frozenset[str]]
    role: str
    country: str | None
    """That of a seat of government."""
    capital: bool
    """It is a title only with a capital: PM, Gen."""


@cache
def small_words(list_: str) -> frozenset[str]:
    """A list of `smallwords.toml`."""
    text = files(__package__).joinpath("smallwords.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[list_])


@cache
def _titles() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("titles.toml").read_text(encoding="utf-8"))


@cache
def heads() -> frozenset[str]:
    """The roles of heads of states and governments, whom "leader" may mean."""
    return frozenset(one["role"] for one in _titles()["title"] if one.get("head"))


@cache
def ministries() -> frozenset[str]:
    """The roles that are no person's: "Foreign Ministry"."""
    return frozenset(one["role"] for one in _titles()["ministry"])


@cache
def seats() -> frozenset[str]:
    """The seats of government among them: "Kremlin"."""
    return frozenset(one["role"] for one in _titles()["ministry"] if "country" in one)


@cache
def _phrases(language: str) -> dict[str, list[_Phrase]]:
    """Titles by the first word of their phrase."""
    found: dict[str, list[_Phrase]] = {}
    for one in [*_titles()["title"], *_titles()["ministry"]]:
        for phrase in one.get(language, ()):
            words = [lemmas(word, language) for word in _TOKEN.findall(phrase)]
            for first in words[0]:
                capital = phrase[0].isupper()
                made = _Phrase(words, one["role"], one.get("country"), capital=capital)
                found.setdefault(first, []).append(made)
    return found


@cache
def _skipped(language: str) -> frozenset[str]:
    """Words before a name or a title that are neither: forms of address, "former"."""
    told = [*_titles()["address"], *_titles()["before"]]
    return frozenset(lemma for word in told for lemma in lemmas(word.strip(".-"), language))


def countries(sentence: str, language: str | None) -> set[str]:
    """Alpha-3 codes of the countries that a sentence names, by adjectives as well."""
    values = {one.value for one in _read(sentence, language) if one.kind in {"place", "demonym"}}
    return {value for value in values if alpha3(value) == value}


def _read(sentence: str, language: str | None) -> list[_Piece]:
    """The words of a sentence, classed."""
    tokens = _TOKEN.findall(_EX.sub(r"\1 ", sentence))
    if len(tokens) > _FEW:
        for at in _beginnings(tokens):
            if _opens(tokens[at], language):
                tokens[at] = tokens[at].casefold()
    return list(_pieces(tokens, language or "en"))


def mentions(sentence: str, language: str | None) -> Iterator[Mention]:
    """The mentions of a sentence, in order.

    Args:
        sentence: or a name or a title alone.
        language: its ISO 639-1 code.
    """
    pieces = _read(sentence, language)
    if language == "en":
        for at, (piece, after) in enumerate(pairwise(pieces)):
            if piece.kind == "place" and after.kind == "title":
                pieces[at] = replace(piece, kind="demonym")  # "UN Secretary-General"
    at = sum(1 for _ in takewhile(lambda piece: piece.kind in {"link", "skip"}, pieces))
    begin = at
    while at < len(pieces):
        mention, end = _mention(pieces, at)
        if mention:
            whole = at == begin and end == len(pieces)
            yield replace(mention, whole=whole, gender=_gender(pieces, at))
        at = end


def _beginnings(tokens: Sequence[str]) -> Iterator[int]:
    """The words that begin the sentence, or one that is quoted in it."""
    begins = True
    for at, token in enumerate(tokens):
        if begins and token[0].isalnum():
            yield at
        begins = not token[0].isalnum() and (begins or token in _OPENING)


def _opens(first: str, language: str | None) -> bool:
    """Whether a word has its capital only because it begins a sentence."""
    if not first[0].isupper() or (len(first) > 1 and first.isupper()):
        return False
    if language == "ru":
        return not is_russian_name(first)
    return first.casefold() in small_words("openers")


def _pieces(tokens: Sequence[str], language: str) -> Iterator[_Piece]:
    at = 0
    while at < len(tokens):
        piece = _title(tokens, at, language) or _place(tokens, at) or _single(tokens, at, language)
        yield piece
        at += len(piece.words)


def _title(tokens: Sequence[str], at: int, language: str) -> _Piece | None:
    first = lemmas(tokens[at], language)
    fits = [
        fit
        for lemma in first
        for phrase in _phrases(language).get(lemma, ())
        if (fit := _said(phrase, tokens, at, language))
    ]
    if not fits and language == "en" and _is_ministers(tokens, at):
        return _Piece("title", tuple(tokens[at : at + 2]), f"{tokens[at].capitalize()} Minister")
    if not fits:
        return None
    words, role, of = max(fits, key=lambda fit: len(fit[0]))
    return _Piece("title", words, role, of)


def _is_ministers(tokens: Sequence[str], at: int) -> bool:
    """Whether a word says what somebody is minister of: "climate minister"."""
    word = tokens[at]
    is_next = at + 1 < len(tokens) and tokens[at + 1].casefold() == "minister"
    plain = word.isalpha() and not demonym(word) and word.casefold() not in small_words("openers")
    return is_next and plain and not lemmas(word, "en") & _skipped("en") and not alpha3(word)


def _said(
    phrase: _Phrase, tokens: Sequence[str], at: int, language: str
) -> tuple[tuple[str, ...], str, str | None] | None:
    """The words that say a title from a token on, its role, and the country said within it."""
    if phrase.capital and tokens[at][0].islower():
        return None
    end, of = at, phrase.country
    for number, word in enumerate(phrase.words):
        if number and of is None and end < len(tokens) and (code := demonym(tokens[end])):
            of, end = code, end + 1
        if end >= len(tokens) or not word & lemmas(tokens[end], language):
            return None
        end += 1
    if tokens[end - 1].endswith(("'s", "’s")):  # "the leader's sister"
        return None
    return tuple(tokens[at:end]), phrase.role, of


def _place(tokens: Sequence[str], at: int) -> _Piece | None:
    """A country or a body that begins here: the longest."""
    if not tokens[at][0].isupper() or tokens[at].casefold() in _LINKS:
        return None
    if tokens[at] in small_words("given_names") and _is_capital(tokens, at + 1):
        return None
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        said = tuple(tokens[at : at + length])
        text = " ".join(said)
        if value := body(text) or alpha3(text):
            return _Piece("place", said, value)
    return None


def _single(tokens: Sequence[str], at: int, language: str) -> _Piece:
    token = tokens[at]
    small = token.casefold()
    for length in (2, 1):  # "South Korean", "Korean"
        said = tuple(tokens[at : at + length])
        if code := demonym(" ".join(said)):
            return _Piece("demonym", said, code)
    if small in _LINKS or token in _COMMAS:
        return _Piece("link" if small in _LINKS else "comma", (token,))
    if token in _HIS or lemmas(token, language) & _skipped(language):
        return _Piece("skip", (token,))
    if at and tokens[at - 1].casefold() in _WITHIN:
        return _Piece("word", (token,))
    start = _after_particles(tokens, at)
    if _is_capital(tokens, start) and (start == at or token[0].isupper()):
        return _Piece(
            "name",
            _name(tokens, start) if start == at else tuple(tokens[at:start]) + _name(tokens, start),
        )
    return _Piece("word", (token,))


def _name(tokens: Sequence[str], at: int) -> tuple[str, ...]:
    """The words of a name that begins here: capitals, with particles and initials between."""
    end = at + 1
    while end < len(tokens):
        initial = tokens[end] == "." and len(tokens[end - 1]) == 1
        goes_on = _is_capital(tokens, _after_particles(tokens, end)) and not _place(tokens, end)
        if not (initial or goes_on):
            break
        end = end + 1 if initial else _after_particles(tokens, end) + 1
    return tuple(tokens[at:end])


def _after_particles(tokens: Sequence[str], at: int) -> int:
    while at < len(tokens) and tokens[at].casefold() in small_words("particles"):
        at += 1
    return at


def _is_capital(tokens: Sequence[str], at: int) -> bool:
    """Whether a token is written as a name is; abbreviations are not."""
    if at >= len(tokens) or not tokens[at][0].isalpha():
        return False
    token = tokens[at]
    if len(token) > 1 and token.isupper() and not set(token) <= set("IVX"):
        return False
    return any(part[:1].isupper() for part in token.split("-"))


def _gender(pieces: Sequence[_Piece], at: int) -> Literal["masc", "femn"] | None:
    before = pieces[at - 1] if at and not _is(pieces, at - 1, "word") else None
    if _is(pieces, at - 1, "word") and at > 1 and pieces[at - 1].words == (".",):
        before = pieces[at - 2]
    said = before.words[0].casefold() if before else ""
    return (
        "femn" if said in small_words("woman") else "masc" if said in small_words("man") else None
    )


def _mention(pieces: Sequence[_Piece], at: int) -> tuple[Mention | None, int]:
    """The mention that begins with a piece, and where to go on."""
    here = pieces[at]
    if here.kind == "name":
        office, end = _apposition(pieces, at + 1)
        return Mention(here.words, office), end
    if here.kind not in {"title", "demonym"}:
        return None, at + 1
    office, end = _office(pieces, at)
    if office.role is None:
        return None, at + 1
    after = end + sum(1 for _ in takewhile(lambda piece: piece.kind == "skip", pieces[end:]))
    if _is(pieces, after, "comma") and _is(pieces, after + 1, "name"):
        after += 1  # "Denmark's climate minister, Marta Holm"
    if not _is(pieces, after, "name"):
        return Mention((), office), end
    name, end = pieces[after].words, after + 1
    if office.of is None and _is(pieces, end, "link") and _is(pieces, end + 1, "place"):
        office, end = replace(office, of=pieces[end + 1].value), end + 2
    return Mention(name, office), end


def _is(pieces: Sequence[_Piece], at: int, kind: _Kind) -> bool:
    return at < len(pieces) and pieces[at].kind == kind


def _office(pieces: Sequence[_Piece], at: int) -> tuple[Office, int]:
    """The office that the pieces from `at` on say, in any order of title, country, adjective."""
    role: str | None = None
    of: str | None = None
    end = at
    while end < len(pieces):
        piece = pieces[end]
        if piece.kind == "title" and (role is None or of is None):
            role, of = role or piece.value, of or piece.of
        elif piece.kind == "word" and role and of and _is_host(pieces, end):
            end += 1  # "Ambassador of Russia to Greece"
        elif piece.kind == "word" and of and not role and _is(pieces, end + 1, "title"):
            pass  # "the Vietnamese party leader"
        elif piece.kind == "demonym" and of is None:
            of = piece.value
        elif piece.kind == "place" and role is not None:
            of = of or piece.value
        elif not (piece.kind in {"link", "skip"} and _leads_on(pieces, end + 1, role)):
            break
        end += 1
    former = any(_is_former(piece) for piece in pieces[max(0, at - 1) : end])
    return Office(role, of, former), end


def _is_former(piece: _Piece) -> bool:
    return piece.kind == "skip" and bool(_FORMER.match(piece.words[0].casefold()))


def _is_host(pieces: Sequence[_Piece], at: int) -> bool:
    """Whether a preposition and the place an envoy is sent to stand here."""
    small = pieces[at].words[0].casefold()
    return small in _TO and at + 1 < len(pieces) and pieces[at + 1].kind == "place"


def _leads_on(pieces: Sequence[_Piece], at: int, role: str | None) -> bool:
    """Whether an office goes on after a small word."""
    kinds = ("place",) if role else ("title", "demonym", "skip", "link")
    return at < len(pieces) and pieces[at].kind in (*kinds, "link")


def _apposition(pieces: Sequence[_Piece], at: int) -> tuple[Office, int]:
    """The office said after a name: "Anna Berg, the Norwegian foreign minister,"."""
    if _is(pieces, at, "comma") or (at < len(pieces) and pieces[at].words[0] in _IS):
        start = at + 1
        while start < len(pieces) and pieces[start].kind in {"link", "skip"}:
            start += 1
        office, end = _office(pieces, start)
        if office.role is not None and (end >= len(pieces) or pieces[end].kind != "name"):
            return office, end
    return Office(None, None), at

"""The words of a sentence, classed: names, titles, countries, and the small words between them."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from extractor.cast.lexicon import home_names
from extractor.cast.words import (
    is_russian_adjective,
    is_russian_given_name,
    is_russian_name,
    lemmas,
)
from schemas.bodies import body
from schemas.countries import alpha3, english, names_of_countries
from schemas.demonyms import demonym
from schemas.folding import WORDS, bare, plain, turned
from schemas.timewords import weekday_names

_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")
_EX = re.compile(r"(?<!\w)(ex|экс|екс)-(?=\w)", re.IGNORECASE)
_EXCELLENCY = re.compile(
    r"(?<!\w)(?:H\.\s?E\.,?\s+(?:(?:Mr|Ms|Mrs|Dr)\.?\s+)?(?=[A-Z\u00c0-\u024f])"
    r"|(?:His|Her|Their) (?:Royal )?(?:Highness|Majesty|Excellency|Holiness|Eminence)(?:es|ies)?\b)"
)
_LINKS = frozenset(("of", "the", "for", "на", "за"))
"""Small words between a title and its country."""

_OPENING = frozenset('«„“"‘(:')
_WITHIN = frozenset(("в", "във", "во", "край", "in", "near", "outside"))
"""Words after which a name is a place's."""

_HIS = frozenset(
    ("му", "ѝ", "си", "им", "his", "her", "their", "его", "ее", "её", "своим", "своего")
)
_HERS = frozenset(("ѝ", "му", "им", "ѝ", "й"))
_CLOSING = frozenset(',;:)»“”"!?—–-')
_MARKS = frozenset('»“”"')
_DEFINITE = re.compile(r"[^\W\d_]{3}(?:ът|ят|ите|ията|ството|нието|остта)$")
"""How Bulgarian nouns end with the article, and names hardly ever."""
_COMMAS = frozenset(",(—–")
_DASHES = frozenset("—–-")

_DATELINE = 14
"""Words and marks before the dash of "BRUSSELS, 12 May (Name) –", at most."""

_FEW = 3
"""Words that are a name or a title, no sentence whose first word has a capital for that."""

_TITLE = 6
"""Letters that an English title has at least which no surname is: not King, not Pope."""

_LONGEST = 11
"""Words that the name of a country or a body may have."""

_LONGEST_NAME = 10
"""Words that a person's name may have, full stops of initials counted."""

_MOST_PARTICLES = 4
"""Small words in a row within a name: "al", "van der"."""


Kind = Literal["name", "title", "place", "demonym", "link", "skip", "comma", "word"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or some that belong together."""

    kind: Kind
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
    """The roles that are no person's: "Ministry of Finance"."""
    return frozenset(one["role"] for one in _titles()["ministry"])


def is_ministry(role: str | None) -> bool:
    """Whether a role is no person's: "Ministry of Finance", listed or not."""
    return role in ministries() or bool(role and role.startswith("Ministry of "))


@cache
def seats() -> frozenset[str]:
    """The seats of government among them: "Kremlin"."""
    return frozenset(one["role"] for one in _titles()["ministry"] if "country" in one)


@cache
def _own_names() -> dict[tuple[str, str], str]:
    return {(one["role"], one["country"]): one["name"] for one in _titles()["own"]}


def own_name(role: str, country: str | None) -> str | None:
    """What a ministry of a state is called in English, if that is not "Ministry of ... of ..."."""
    if (
        role == "Ministry of Internal Affairs"
        and country not in _INTERNAL
        and alpha3(country or "")
    ):
        return f"Ministry of the Interior of {english(country or '')}"
    return role if role in seats() else _own_names().get((role, country or ""))


_INTERNAL = frozenset((
    "RUS", "UKR", "BLR", "KAZ", "KGZ", "UZB", "TJK", "TKM", "ARM", "AZE", "GEO", "MDA", "SRB",
    "MKD", "MNE", "ROU",
))  # fmt: skip
"""States whose interior ministry is one "of Internal Affairs" in English."""


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


def pieces(sentence: str, language: str | None) -> list[Piece]:
    """A sentence, or a name or a title alone, in classed words.

    Args:
        sentence: the text.
        language: its ISO 639-1 code.
    """
    tokens = _TOKEN.findall(_EX.sub(r"\1 ", _EXCELLENCY.sub("Hon ", sentence)))
    if len(tokens) > _FEW:
        for at in _beginnings(tokens):
            opens = _opens(tokens[at], language) and not _is_quoted(tokens, at)
            if opens and not _is_long_place(tokens, at):
                tokens[at] = tokens[at].casefold()
    return list(_pieces(tokens, language or "en"))


def _is_long_place(tokens: Sequence[str], at: int) -> bool:
    """Whether the name of a body begins here, its first word being no name: "Европейският съюз"."""
    place = _place(tokens, at)
    return place is not None and len(place.words) > 1


def _beginnings(tokens: Sequence[str]) -> Iterator[int]:
    """The words that begin the sentence, or one that is quoted in it, or follow a dateline."""
    begins = True
    for at, token in enumerate(tokens):
        if begins and token[0].isalnum():
            yield at
        dateline = token in _DASHES and at <= _DATELINE and tokens[0].isupper()
        begins = not token[0].isalnum() and (begins or dateline or token in _OPENING)


def _is_quoted(tokens: Sequence[str], at: int) -> bool:
    """Whether a word stands alone in quotation marks: a name."""
    return tokens[at - 1 : at] != [] and tokens[at - 1] in _OPENING and tokens[at + 1] in _MARKS


def _opens(first: str, language: str | None) -> bool:
    """Whether a word has its capital only because it begins a sentence."""
    if not first[0].isupper() or (len(first) > 1 and first.isupper()):
        return False
    if language == "ru":
        return not is_russian_name(first)
    if language == "bg" and _DEFINITE.search(first):
        return True
    return first.casefold() in small_words("openers")


def _pieces(tokens: Sequence[str], language: str) -> Iterator[Piece]:
    at = 0
    while at < len(tokens):
        piece = _plain_word(tokens[at], language)
        if piece and not (language == "en" and _is_ministers(tokens, at)):
            yield piece
            at += 1
            continue
        piece = _title(tokens, at, language) or _place(tokens, at) or _single(tokens, at, language)
        yield piece
        at += len(piece.words)


@lru_cache(maxsize=WORDS)
def _plain_word(token: str, language: str) -> Piece | None:
    """A word that is only that, whatever stands beside it, as most are; None for any other."""
    small = token.casefold()
    is_plain = (
        token == small
        and token[0].isalnum()
        and token not in _LINKS
        and token not in _HIS
        and bare(plain(token)) not in _first_words()
        and not demonym(token)
        and not lemmas(token, language) & (_skipped(language) | _phrases(language).keys())
    )
    return Piece("word", (token,)) if is_plain else None


@cache
def _first_words() -> frozenset[str]:
    """Those of adjectives of countries that are two words: "South Korean"."""
    return frozenset(key.split()[0] for key in turned("demonyms.json") if " " in key)


@lru_cache(maxsize=WORDS)
def _phrases_from(token: str, language: str) -> tuple[_Phrase, ...]:
    """The phrases of titles that may begin with a word."""
    known = _phrases(language)
    return tuple(one for lemma in lemmas(token, language) for one in known.get(lemma, ()))


def _title(tokens: Sequence[str], at: int, language: str) -> Piece | None:
    fits = [
        fit
        for phrase in _phrases_from(tokens[at], language)
        if (fit := _said(phrase, tokens, at, language))
    ]
    if language == "en":
        fits += _portfolio(tokens, at)
    if not fits and language == "en" and _is_ministers(tokens, at):
        head, house = tokens[at].capitalize(), tokens[at + 1].casefold() == "ministry"
        role = f"Ministry of {head}" if house else f"{head} Minister"
        return Piece("title", tuple(tokens[at : at + 2]), role)
    if not fits:
        return None
    words, role, of = max(fits, key=lambda fit: len(fit[0]))
    return Piece("title", words, role, of)


def _portfolio(tokens: Sequence[str], at: int) -> list[tuple[tuple[str, ...], str, str | None]]:
    """An English title with what it is for: "Minister for Trade and Industry", a ministry, too."""
    head = tokens[at].casefold()
    if head not in {"minister", "ministry"} or tokens[at + 1 : at + 2] not in (["for"], ["of"]):
        return []
    end = at + 2
    while end < len(tokens):
        joins = tokens[end] in {"and", "&", ","} and _is_portfolio(tokens, end + 1)
        if not (joins or _is_portfolio(tokens, end)):
            break
        end += 1
    told = tokens[at + 2 : end]
    if not told:
        return []
    text = " ".join(told).replace(" ,", ",")
    role = f"Ministry of {text}" if head == "ministry" else f"Minister for {text}"
    return [(tuple(tokens[at:end]), role, None)]


def _is_portfolio(tokens: Sequence[str], at: int) -> bool:
    """Whether a word in capitals is something that ministers are for."""
    return (
        at < len(tokens)
        and tokens[at][0].isupper()
        and tokens[at].casefold() in small_words("portfolios")
    )


def _is_ministers(tokens: Sequence[str], at: int) -> bool:
    """Whether a word says what somebody is minister of: "climate minister"."""
    if at + 1 >= len(tokens) or tokens[at + 1].casefold() not in {"minister", "ministry"}:
        return False
    word = tokens[at]
    if word[0].isupper() != tokens[at + 1][0].isupper() or word == "met":
        return False  # "met Minister Berg"
    usual = word.isalpha() and not demonym(word) and word.casefold() not in small_words("openers")
    return usual and not lemmas(word, "en") & _skipped("en") and not alpha3(word)


def _said(
    phrase: _Phrase, tokens: Sequence[str], at: int, language: str
) -> tuple[tuple[str, ...], str, str | None] | None:
    """The words that say a title from a token on, its role, and the country said within it."""
    if phrase.capital and tokens[at][0].islower():
        return None
    end, of = at, phrase.country
    for number, word in enumerate(phrase.words):
        if number and end < len(tokens) and tokens[end] in _HERS:
            end += 1  # "външното ѝ министерство"
        if number and of is None and end < len(tokens) and (code := demonym(tokens[end])):
            of, end = code, end + 1
        if end >= len(tokens) or not word & lemmas(tokens[end], language):
            return None
        end += 1
    if tokens[end - 1].endswith(("'s", "’s")) and not is_ministry(phrase.role):
        return None  # "the leader's sister"
    return tuple(tokens[at:end]), phrase.role, of


def _place(tokens: Sequence[str], at: int) -> Piece | None:
    """A country or a body that begins here: the longest."""
    if not tokens[at][0].isupper() or tokens[at].casefold() in _LINKS:
        return None
    if council := _security_council(tokens, at):
        return council
    if not _may_begin_place(tokens[at]):
        return None
    if tokens[at] in small_words("given_names") and _is_capital(tokens, at + 1):
        return None
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        said = tuple(tokens[at : at + length])
        if any(one in _CLOSING or one in _OPENING for one in said[1:]):
            continue  # the comma after "Uzbekistan" is not its own
        if said[-1] == "." and len(said[-2:][0]) > 1:
            continue  # nor the full stop, but that of "U.S."
        text = " ".join(said)
        if value := body(text) or alpha3(text):
            return Piece("place", said, value)
    return None


def _security_council(tokens: Sequence[str], at: int) -> Piece | None:
    """The bare Security Council that begins here, which is the UN's where no state's is said."""
    length = next(
        (
            len(words)
            for words in _SECURITY_COUNCILS
            if [one.casefold() for one in tokens[at : at + len(words)]] == words
        ),
        0,
    )
    before = tokens[at - 1] if at else ""
    after = tokens[at + length : at + length + 1]
    own = demonym(before) or before.endswith(("'s", "’s", "s'")) or before.casefold() in _HIS
    whose = any(
        one in {"of", "на"} or demonym(one) or (one[0].isupper() and _may_begin_place(one))
        for one in after
    )
    if not length or own or whose:
        return None
    return Piece("place", tuple(tokens[at : at + length]), "UN Security Council")


_SECURITY_COUNCILS = [
    one.split()
    for one in (
        "security council", "съвет за сигурност", "съветът за сигурност", "съвета за сигурност",
        "совет безопасности", "совета безопасности", "совету безопасности", "советом безопасности",
        "совете безопасности", "совбез", "совбеза", "совбезу", "совбезом", "совбезе",
    )
]  # fmt: skip
"""How it is called."""


@lru_cache(maxsize=WORDS)
def _may_begin_place(token: str) -> bool:
    """Whether the name of a country or a body begins like that; an abbreviation may."""
    begins = bare(plain(_POSSESSIVE.sub("", token))).split()[:1]
    return len(token) == 1 or not begins or begins[0].removesuffix("s") in _places_begin()


_POSSESSIVE = re.compile(r"['’]s$")


@cache
def _places_begin() -> frozenset[str]:
    """How the names of countries and bodies begin, possessives or not."""
    names = {**names_of_countries(), **turned("bodies.json")}
    return frozenset(bare(name).split()[0].removesuffix("s") for name in names if name.strip())


def _single(tokens: Sequence[str], at: int, language: str) -> Piece:
    token = tokens[at]
    small = token.casefold()
    for length in (2, 1) if token[0].isalnum() else ():  # "South Korean", "Korean"
        said = tuple(tokens[at : at + length])
        if code := demonym(" ".join(said)):
            return Piece("demonym", said, code)
    if small in _LINKS or token in _COMMAS:
        return Piece("link" if small in _LINKS else "comma", (token,))
    if token in _HIS or lemmas(token, language) & _skipped(language):
        return Piece("skip", (token,))
    if at and tokens[at - 1].casefold() in _WITHIN:
        return Piece("word", (token,))
    return _capitals(tokens, at, language) or Piece("word", (token,))


def _capitals(tokens: Sequence[str], at: int, language: str) -> Piece | None:
    """The words in capitals that begin here, a name most often; None if none do."""
    token, small = tokens[at], tokens[at].casefold()
    start = _after_particles(tokens, at)
    if _is_capital(tokens, start) and (start == at or token[0].isupper()):
        name = (*tokens[at:start], *_name(tokens, start))
        if len(name) == 1 and small in small_words("no_names"):
            return Piece("word", (token,))
        if len(name) > 1 and (small in small_words("before_names") or small in _day_names()):
            return Piece("word", (token,))  # "Сената Парламента Тимур Ракишев"
        if _is_district(tokens, at, name, language):
            return Piece("word", (token,))  # "губернатор Бурятии Баир Доржиев"
        after = tokens[at + len(name)] if at + len(name) < len(tokens) else ""
        whose = name[-1].endswith(("'s", "’s"))  # "Anna Berg's talks" are no "Geneva talks"
        attributed = after in small_words("attributed") and not whose
        is_place = _is_place_name(name, language) or attributed
        return Piece("word" if is_place and len(name) > 1 else "name", name)
    return None


def _is_district(tokens: Sequence[str], at: int, name: Sequence[str], language: str) -> bool:
    """Whether the first of three words in capitals is where somebody holds office, not his name."""
    if len(name) < _FEW or not at:
        return False
    before = tokens[at - 1].casefold()
    if language == "bg":  # "от Гюргево Раду Стънеску", not "от Георги Иванов Петров"
        full = name[0].casefold() in home_names() or name[1].endswith(_FATHERS)
        return before in {"от", "в", "във", "край"} and not full
    given = is_russian_given_name(name[1]) and not is_russian_given_name(name[0])
    return language == "ru" and given and tokens[at - 1].isalpha() and tokens[at - 1].islower()


_FATHERS = ("ов", "ев", "ова", "ева")
"""How the second of three Bulgarian names ends."""


@cache
def _day_names() -> frozenset[str]:
    return frozenset(one for one in weekday_names() if len(one) > _FEW)  # Jan is a name


def _is_place_name(name: Sequence[str], language: str) -> bool:
    """Whether words in capitals are a river, a region, a house, an age: "Blue Nile"."""
    if len(name) < _FEW - 1:
        return False
    first, last = name[0].casefold(), name[-1].casefold()
    told = first in small_words("before_places") or last in small_words("after_places")
    return told or (language == "ru" and is_russian_adjective(first))


def _name(tokens: Sequence[str], at: int) -> tuple[str, ...]:
    """The words of a name that begins here: capitals, with particles and initials between."""
    end = at + 1
    while end < min(len(tokens), at + _LONGEST_NAME):
        initial = tokens[end] == "." and len(tokens[end - 1]) == 1
        goes_on = _is_capital(tokens, _after_particles(tokens, end)) and not _place(tokens, end)
        if not (initial or goes_on) or _is_title_within(tokens, end):
            break
        end = end + 1 if initial else _after_particles(tokens, end) + 1
    return tuple(tokens[at:end])


def _is_title_within(tokens: Sequence[str], at: int) -> bool:
    """Whether a title in capitals and a name stand here: "New Brunswick Premier Neil Berg"."""
    if len(tokens[at]) < _TITLE or not tokens[at].isascii():
        return False
    title = _title(tokens, at, "en")
    return title is not None and _is_capital(tokens, at + len(title.words))


def _after_particles(tokens: Sequence[str], at: int) -> int:
    end = min(len(tokens), at + _MOST_PARTICLES)
    while at < end and tokens[at].casefold() in small_words("particles"):
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

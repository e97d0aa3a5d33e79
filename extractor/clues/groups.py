"""Persons and firms named only by what they are: "four Georgian police commanders"."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from extractor.cast.pieces import Piece
from extractor.cast.words import is_plural, lemmas
from extractor.clues.lists import cue
from extractor.clues.placed import Placed, made
from schemas import Actor
from schemas.bodies import body
from schemas.countries import english
from schemas.demonyms import adjective, demonym

_MOST = 4
"""Words between a number and what is counted, at most."""

_TAIL = 5
"""Words after "of" that tell whose they are, at most."""

_FEWEST = 4
"""Letters of an English plural that no list has: "shipowners"."""

_OF = {"bg": frozenset(("на", "от")), "ru": frozenset(("из",))}
"""Small words before whose they are."""

_TIMES = frozenset((
    "days", "weeks", "months", "years", "hours", "minutes", "decades", "times", "rounds", "points",
    "articles", "sentences", "pages", "tonnes", "tons", "barrels", "miles", "dollars", "euros",
    "countries", "states", "nations", "sides", "governments", "members", "items", "provinces",
    "names", "listings", "regions", "cities", "terms", "visits", "meetings", "sessions", "draft",
    "issues", "others", "kilometres", "kilometers", "metres", "meters", "hectares", "litres",
    "votes", "seats", "steps", "thirds", "quarters", "packages", "documents", "agreements",
    "projects", "missiles", "rockets", "villages", "districts", "islands", "languages", "phases",
    "stages", "bills", "laws", "decrees", "degrees", "kilograms", "roubles", "rubles", "pounds",
    "drafts",
))  # fmt: skip
"""What is counted and is nobody."""

_SEVERAL = tuple("аеияо")
"""How Bulgarian nouns end that are of several; "лидер", "лидерът" are of one."""

_OF_STATE = ["of", "state", "and", "government"]
"""After "heads"."""

_SMALL = frozenset((
    "as", "and", "or", "in", "on", "for", "over", "who", "whom", "whose", "which", "that", "to",
    "at", "by", "from", "with", "after", "before", "has", "have", "had", "will", "would", "were",
    "was", "are", "is", "said", "but", "than", "more", "its", "their", "his", "her", "into", "of",
    "unwelcome", "undesirable", "persona", "personae",
    "the", "a", "an", "not", "it", "be", "been", "being", "against", "under", "because", "since",
))  # fmt: skip
"""Words that end such a phrase."""

_REGIONS = frozenset((
    "African", "Arab", "Asian", "Balkan", "Baltic", "Benelux", "Caribbean", "Central African",
    "Central American", "Central Asian", "East African", "European", "Gulf", "Latin American",
    "Mediterranean", "Nordic", "Nordic-Baltic", "North African", "Pacific", "Sahelian",
    "South American", "South Asian", "Southeast Asian", "Southern African", "Visegrad",
    "West African", "Western", "Western Balkan",
))  # fmt: skip
"""Adjectives of several states."""

_VERBS = frozenset((
    "met", "agreed", "signed", "took", "gathered", "sat", "will", "would", "could", "may", "might",
    "held", "arrived", "came", "left", "went", "put", "got", "did", "made", "hold", "meet", "paid",
    "broke", "spent", "won", "sent", "began", "gave", "wrote", "stood", "spoke", "closed", "ended",
))  # fmt: skip
"""Verbs that follow such a phrase, beside those of saying."""


@cache
def _words(name: str, language: str) -> dict[str, str]:
    """The words of a list in a language, with their English."""
    text = files(__package__).joinpath("groups.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)[name]
    if language == "en":
        return {english_: english_ for english_ in table}
    return {word: name for name, known in table.items() for word in known[language].split()}


def _meaning(word: str, list_: str, language: str) -> str | None:
    """What a word of a list is in English; None for a word that is in none."""
    known = _words(list_, language)
    if exact := known.get(word.casefold()):
        return exact
    return next((known[one] for one in sorted(lemmas(word, language)) if one in known), None)


def groups(read: Sequence[Piece], language: str | None) -> list[Placed]:
    """The groups of a sentence, in their order, with their English names.

    Args:
        read: its pieces.
        language: ISO 639-1 code; in one without lists there are none.
    """
    if language not in {"en", "ru", "bg"}:
        return []
    find = _english if language == "en" else _translated
    found: list[Placed] = []
    at = 0
    while at < len(read):
        one = find(read, at, language)
        if one:
            found.append(one)
        at = one.end if one else at + 1
    return found


def singles(read: Sequence[Piece], language: str | None) -> list[Placed]:
    """Those of an English sentence who are one and have no name: "a deputy interior minister"."""
    found = (_single(read, at) for at in range(len(read) if language == "en" else 0))
    return [one for one in found if one]


def _single(read: Sequence[Piece], begin: int) -> Placed | None:
    """The one that begins at an article."""
    article = read[begin].words[0].casefold()
    if article not in {"a", "an", "the"} or len(read[begin].words) > 1:
        return None
    words = [] if article == "the" else [article]
    of: str | None = None
    for at in range(begin + 1, min(begin + _MOST + 2, len(read))):
        piece, word = read[at], read[at].words[0]
        of = of or (piece.value if piece.kind in {"demonym", "place"} else None)
        words += piece.words
        many = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
        if _is_head(many, counted=False) and _stands_alone(read, at + 1) and len(words) > 1:
            end, tail, tail_of = _house_at(read, at + 1) or _tail(read, at + 1)
            return _placed(begin, end, " ".join([*words, *tail]), of or tail_of)
        if word.casefold() in _SMALL or not word.replace("-", "").isalnum():
            return None
    return None


def _house_at(read: Sequence[Piece], at: int) -> tuple[int, list[str], str | None] | None:
    """Where "at the Chadian High Commission" ends, its words, and the state in it; or None."""
    said = [word for one in read[at : at + 2] for word in one.words]
    if said[:2] != ["at", "the"]:
        return None
    end = at + 2
    while end < len(read) and (read[end].words[0][:1].isupper() or read[end].words[0] == "embassy"):
        end += 1
    of = next((one.value for one in read[at:end] if one.kind in {"demonym", "place"}), None)
    return end, [word for one in read[at:end] for word in one.words], of


def _stands_alone(read: Sequence[Piece], at: int) -> bool:
    """Whether what somebody is called ends before a piece, and no name follows after a comma."""
    word = read[at].words[0].casefold() if at < len(read) else "."
    if word == "," and at + 1 < len(read):
        return read[at + 1].kind != "name"
    return word in _SMALL | {"off", "until"} or not word[0].isalpha()


def is_target(actor: Actor) -> bool:
    """Whether measures may be taken against a group: it does not talk or govern."""
    return not any(word in _words("talkers", "en") for word in actor.name.casefold().split())


def _english(read: Sequence[Piece], begin: int, language: str) -> Placed | None:
    """The group that begins at a piece: a number or what they are, and the plural for them."""
    counted = _number(read[begin], language) is not None
    words = list(read[begin].words) if counted else []
    of: str | None = None
    near = range(begin, begin + _MOST)
    most = _MOST + 2 * sum(_joins_states(read, at) or _joins_kinds(read, at) for at in near)
    for at in range(begin + counted, min(begin + most + 1, len(read))):
        piece = read[at]
        if _ends(read, at, counted=counted) and (counted or not _goes_on(read, at + 1)):
            end, tail, tail_of = _tail(read, at + 1)
            name = " ".join([*words, *piece.words, *tail]).replace(" ,", ",")
            return _placed(begin, end, name, of or tail_of or _people(piece))
        if piece.kind in {"demonym", "place"} and not _is_possessive(piece):
            of = "" if of is not None and of != piece.value else piece.value
            words += piece.words
        elif at == begin and _is_possessive(piece) and body(piece.value):
            of = piece.value  # "the EU's foreign ministers"
            words += [*piece.words[:-1], piece.words[-1][:-2]]
        elif _is_region(piece):
            of = of or ""
            words += piece.words
        elif counted and _is_partitive(read, at):
            continue  # "eleven of his MPs"
        elif of is not None and _joins_states(read, at):
            words += piece.words  # "Danish, Finnish and Estonian ministers"
        elif _describes(piece, counted=counted) or (of and _stands_between(read, at)):
            words += piece.words
        elif counted and words and _joins_kinds(read, at):
            words += piece.words  # "eleven police and justice officials"
        else:
            return None
    return None


def _ends(read: Sequence[Piece], at: int, *, counted: bool) -> bool:
    """Whether the plural that a group is called by stands here, and is the last word of it."""
    small = read[at].words[0].casefold()
    if _is_possessive(read[at]):
        return False
    if read[at].kind in {"demonym", "name"} or len(read[at].words) > 1:
        return counted and _people(read[at]) is not None
    if read[at].kind not in {"word", "skip", "title"} or not _is_head(small, counted=counted):
        return False
    return not (counted and _goes_on(read, at + 1))


def _people(piece: Piece) -> str | None:
    """Alpha-3 code of the state whose people a plural is: "21 Chadians"."""
    word = piece.words[-1]
    return demonym(word[:-1]) if word.endswith("s") and len(piece.words) == 1 else None


def _describes(piece: Piece, *, counted: bool) -> bool:
    """Whether a word may stand before that plural: any after a number, else listed ones."""
    word = piece.words[0]
    small = word.casefold()
    if (
        piece.kind not in {"word", "skip", "title", "name"}
        or small in _SMALL
        or len(piece.words) > 1
    ):
        return False
    listed = _meaning(small, "kinds", "en") or _is_head(f"{small}s", counted=False)
    return word.replace("-", "").isalnum() and (counted or bool(listed))


def _stands_between(read: Sequence[Piece], at: int) -> bool:
    """Whether a noun stands here between a state and a plural: "Bulgarian *customs* officials"."""
    word = read[at].words[0]
    verb = word in _VERBS or word.endswith("ed") or cue("saying", "en").fullmatch(word)
    noun = read[at].kind == "word" and word.isalpha() and word.islower() and word not in _SMALL
    return noun and not verb and read[at - 1].kind == "demonym" and _goes_on(read, at + 1)


def _joins_states(read: Sequence[Piece], at: int) -> bool:
    """Whether "and" or a comma stands between two adjectives of states."""
    both = 0 < at < len(read) - 1 and read[at - 1].kind == read[at + 1].kind == "demonym"
    return both and read[at].words[0] in {"and", ","}


def _joins_kinds(read: Sequence[Piece], at: int) -> bool:
    """Whether "and" stands between two nouns that say what a plural right after them is."""
    if not 0 < at < len(read) - 2 or read[at].words[0] != "and":
        return False
    first, second = read[at - 1].words[0], read[at + 1].words[0]
    nouns = all(one.islower() and not one.endswith("s") for one in (first, second))
    return nouns and second not in _SMALL and _goes_on(read, at + 2)


def _is_region(piece: Piece) -> bool:
    """Whether an adjective of several states stands here: "West African"."""
    return " ".join(piece.words) in _REGIONS


def _is_partitive(read: Sequence[Piece], at: int) -> bool:
    """Whether "of his", "of the" stands here or ends here."""
    whose = {"his", "her", "its", "their", "the"}
    word, before = read[at].words[0].casefold(), read[at - 1].words[0].casefold()
    after = read[at + 1].words[0].casefold() if at + 1 < len(read) else ""
    return (word == "of" and after in whose) or (word in whose and before == "of")


def _is_possessive(piece: Piece) -> bool:
    return piece.words[-1].endswith(("'s", "’s"))


def _goes_on(read: Sequence[Piece], at: int) -> bool:
    """Whether another such plural follows: "state *companies* bosses"."""
    return at < len(read) and _is_head(read[at].words[0].casefold(), counted=False)


def _is_head(word: str, *, counted: bool) -> bool:
    if _meaning(word, "targets", "en") or _meaning(word, "talkers", "en"):
        return True
    plural = len(word) >= _FEWEST and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return counted and plural and word.isalpha() and word not in _TIMES


def _tail(read: Sequence[Piece], at: int) -> tuple[int, list[str], str | None]:
    """Where "of the ruling party" or "and officials" ends, its words, and the state in it."""
    if at + 1 < len(read) and read[at].words[0] == "and" and _goes_on(read, at + 1):
        return at + 2, ["and", *read[at + 1].words], None
    if at >= len(read) or read[at].words[0] != "of":
        return at, [], None
    said = [one.words[0] for one in read[at : at + len(_OF_STATE)]]
    if said == _OF_STATE:
        stop, rest, whose = _tail(read, at + len(said))
        return stop, [*said, *rest], whose
    if states := _listed(read, at + 1):
        return at + 1 + len(states), ["of", *(word for one in states for word in one.words)], ""
    words: list[str] = ["of"]
    of: str | None = None
    end = at + 1
    for piece in read[at + 1 : at + 1 + _TAIL]:
        word = piece.words[0]
        verb = word in _VERBS or cue("saying", "en").fullmatch(word)
        if word.casefold() in _SMALL - {"the"} or verb or not word[:1].isalpha():
            break
        of = piece.value if piece.kind in {"place", "demonym"} else of
        words += piece.words
        end += 1
    return (end, words, of) if end > at + 1 else (at, [], None)


def _listed(read: Sequence[Piece], begin: int) -> Sequence[Piece]:
    """The pieces of "Brazil, Guyana and Venezuela", or none where no such list begins."""
    end, joined = begin + 1, False
    while end + 1 < len(read) and read[end - 1].kind == read[end + 1].kind == "place":
        word = read[end].words[0]
        if joined or word not in {"and", ","}:
            break
        joined = word == "and"
        end += 2
    return read[begin:end] if joined else ()


def _translated(read: Sequence[Piece], begin: int, language: str) -> Placed | None:
    """The group that begins at a piece of a Russian or Bulgarian sentence, in English."""
    number = _number(read[begin], language)
    words = [number] if number else []
    of: str | None = None
    for at in range(begin + bool(number), min(begin + _MOST + 1, len(read))):
        piece, word = read[at], read[at].words[0]
        if piece.kind == "demonym":
            of = piece.value
            words += [adjective(piece.value) or english(piece.value)]
            continue
        head = _meaning(word, "targets", language) or _meaning(word, "talkers", language)
        several = is_plural(word) if language == "ru" else word.endswith(_SEVERAL)
        if head and (number or of) and (number or several or head == "delegation"):
            own = piece.words[1:] and _meaning(piece.words[-1], "own_houses", language)
            end, first, kind_of = (at + 1, own, "RUS") if own else _compound(read, at + 1, language)
            end, tail, tail_of = _whose(read, end, language)
            name = " ".join(one for one in (*words, first, head) if one)
            return _placed(begin, end, f"{name}{tail}", of or kind_of or tail_of)
        kind = _meaning(word, "kinds", language)
        if kind is None or piece.kind not in {"word", "skip", "title"}:
            return None
        words.append(kind)
    return None


def _number(piece: Piece, language: str) -> str | None:
    word = piece.words[0]
    if word.isdigit():
        return word if len(word) < _FEWEST else None
    return _meaning(word, "numbers", language)


def _whose(read: Sequence[Piece], at: int, language: str) -> tuple[int, str, str | None]:
    """Where the words end that tell whose they are, those words, and the state in them.

    "граждани на Беларус", "сотрудники чадского посольства"
    """
    start = at
    if at < len(read) and read[at].words[0] in _OF[language]:
        at += 1
    elif language == "bg":
        return start, "", None
    if at < len(read) and read[at].kind == "place":
        return at + 1, f" of {english(read[at].value)}", read[at].value
    if at + 1 < len(read) and read[at].kind == "demonym":
        house = _meaning(read[at + 1].words[0], "houses", language)
        whose = adjective(read[at].value) or english(read[at].value)
        return (at + 2, f" of the {whose} {house}", read[at].value) if house else (start, "", None)
    return start, "", None


def _compound(read: Sequence[Piece], at: int, language: str) -> tuple[int, str, str | None]:
    """Where a noun ends that English has before the one in front of it: "капитани на танкери".

    Returns:
        the end, the noun in English, and the state whose parliament it is.
    """
    start = at
    if language == "bg":
        at += at < len(read) and read[at].words[0] == "на"
        if at == start:
            return start, "", None
    word = read[at].words[0] if at < len(read) else ""
    if word and (own := _meaning(word, "own_houses", language)):
        return at + 1, own, "RUS"
    plural = _meaning(word, "targets", language) if word else None
    if plural is None or (language == "ru" and not is_plural(word)):
        return start, "", None
    return at + 1, f"{plural[:-3]}y" if plural.endswith("ies") else plural.removesuffix("s"), None


def _placed(start: int, end: int, name: str, country: str | None) -> Placed | None:
    code = country if country and english(country) != country else None
    actor = made(name.removeprefix("the "), "group", None, code)
    return Placed(start, end, actor) if actor else None

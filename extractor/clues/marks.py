"""What the words around an actor say of it: that it is a place, takes measures, suffers them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.cast.pieces import Piece
from extractor.clues.lists import cue
from extractor.clues.placed import Placed

WHERE = frozenset((
    "in", "at", "near", "outside", "inside", "в", "във", "во", "край", "из",
))  # fmt: skip
"""Words before a place where something is."""
_FROM = frozenset(("from", "entering", "из", "от"))
"""Words before the state that somebody is expelled from."""
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
"""What makes a passive in English: "were barred", not "has barred"."""
_APPOSED = 7
"""Pieces that tell what somebody is, before his name, at most."""
_CLAUSE = 8
"""Pieces between a verb of imposing and whom it is against, at most."""


def marked(one: Placed, read: Sequence[Piece], language: str | None) -> Placed:
    """An actor with what the word before it says of it."""
    first = _first(read, one.start) - 1
    word = read[first].words[0].casefold() if first >= 0 else ""
    where = one.actor.kind != "person" and word in WHERE
    where = where or _names_instrument(read, one, language) or _is_dateline(read, one)
    against = _is_against(read, one, language)
    imposes = one.actor.kind != "group" and _imposes(read, one, language)
    if imposes and _suffers(read, one.start, language):
        against, imposes = True, False
    return replace(
        one,
        where=where,
        word=word,
        joined=bool(cue("and", language).fullmatch(word)) and first > 0,
        against=against and not imposes,
        asked=_is_asked(read, one, language),
        imposes=imposes,
    )


def _names_instrument(read: Sequence[Piece], one: Placed, language: str | None) -> bool:
    """Whether a place is only part of a treaty's name: "the Budapest Memorandum"."""
    after = read[one.end].words[0] if one.end < len(read) else ""
    instrument = cue("instrument", language).fullmatch(after)
    return bool(instrument) and after[0].isupper() and one.actor.kind == "country"


def _suffers(read: Sequence[Piece], at: int, language: str | None) -> bool:
    """Whether a verb of imposing stands before measures "на" somebody, in Bulgarian."""
    before = (piece.words[0] for piece in read[max(0, at - _CLAUSE) : at])
    imposing = cue("imposing", language)
    return language == "bg" and any(imposing.fullmatch(word) for word in before)


def _imposes(read: Sequence[Piece], one: Placed, language: str | None) -> bool:
    """Whether the word for measures stands after an actor, or before it with "of" at most."""
    after = " ".join(piece.words[0] for piece in read[one.end : one.end + 2])
    asked = cue("to_impose", language)
    if asked.fullmatch(after) or asked.fullmatch(after.split(" ")[0]):
        return True  # "urged the EU to impose sanctions"
    if _takes_measures(read, one, language) or _is_agent(read, one, language):
        return True
    if _is_left(read, one, language):
        return True
    ban = read[one.end].words[0] if one.end < len(read) else ""
    if _is_possessive(read, one) and cue("own_measures", language).fullmatch(ban):
        return True  # "Norway's ban"
    measures = cue("measures", language)
    near = _near_measures(read, one, language)
    return any(0 <= at < len(read) and measures.fullmatch(read[at].words[0]) for at in near)


def _before(read: Sequence[Piece], one: Placed) -> int:
    """The piece before an actor, small words left out; -1 if there is none."""
    before = one.start - 1
    while before > 0 and read[before].kind == "link":
        before -= 1
    return before


def _is_left(read: Sequence[Piece], one: Placed, language: str | None) -> bool:
    """Whether somebody is expelled from an actor, or barred from entering it."""
    before = _before(read, one)
    out = " ".join(piece.words[0] for piece in read[max(0, before - 1) : before + 1])
    from_ = before >= 0 and (read[before].words[0].casefold() in _FROM or out == "out of")
    expelled = cue("expelled", language)
    told = any(expelled.fullmatch(piece.words[0]) for piece in read)
    return from_ and told and not _is_possessive(read, one)


def _near_measures(read: Sequence[Piece], one: Placed, language: str | None) -> list[int]:
    """Where the word for measures stands that are an actor's."""
    if one.adjective and language == "ru":
        return [one.end]  # "американские санкции", not "санкций белорусского производителя"
    before = _before(read, one)
    near = [before]
    if language == "en":  # "a list of the EU", not "to blacklist Norway"
        near = [one.end, *([before] if before < one.start - 1 else [])]
    kind = cue("kind_of_measure", language)
    if one.end < len(read) and kind.fullmatch(read[one.end].words[0]):
        near.append(one.end + 1)
    if _is_possessive(read, one):
        near += [one.end + 1, one.end + 2]  # "the EU's Sudan blacklist"
    return near


def _is_asked(read: Sequence[Piece], one: Placed, language: str | None) -> bool:
    """Whether somebody is asked to do something: "urged Norway to close its ports"."""
    first = _first(read, one.start) - 1
    before = [piece.words[0] for piece in read[max(0, first - 1) : first + 1]]
    asks = cue("asking_to", language)
    asked = any(asks.fullmatch(" ".join(before[n:])) for n in range(len(before)))
    after = read[one.end].words[0] if one.end < len(read) else ""
    infinitive = after in {"to", "да"} or (language == "ru" and after.endswith(("ть", "ти")))
    return asked and infinitive


def _first(read: Sequence[Piece], at: int) -> int:
    """Where an actor begins, with its article."""
    while at and read[at - 1].words[0].casefold() == "the":
        at -= 1
    return at


def _takes_measures(read: Sequence[Piece], one: Placed, language: str | None) -> bool:
    """Whether a verb of taking measures follows an actor: "Lithuania has barred"."""
    end = _after_auxiliaries(read, one.end, language)
    passive = {piece.words[0] for piece in read[one.end : end]} & _BE
    verb = read[end].words[0] if end < len(read) else ""
    takes = cue("imposing", language).fullmatch(verb)
    says = verb == "added" and one.actor.kind == "person"
    return bool(takes) and not (passive or says or one.adjective)


def _is_agent(read: Sequence[Piece], one: Placed, language: str | None) -> bool:
    """Whether an English passive has measures taken by an actor: "frozen by the EU"."""
    first = _first(read, one.start) - 1
    if language != "en" or first < 1 or read[first].words[0] != "by":
        return False
    near = (piece.words[0] for piece in read[max(0, first - _CLAUSE) : first])
    return any(cue("suffers", "en").fullmatch(word) for word in near)


def _is_against(read: Sequence[Piece], one: Placed, language: str | None) -> bool:
    at = one.start
    own = (piece for piece in read[at : one.end + 1] if piece.kind == "place")
    first = next(own, read[at])
    measures = cue("measures", language)
    lists = any(measures.fullmatch(piece.words[0]) for piece in read[one.end : one.end + 3])
    if first.words[-1].endswith(("'s", "’s")) and lists:
        return False  # "on the EU's list"
    at = _first(read, at)
    before = [piece.words[0] for piece in read[max(0, at - 2) : at]]
    assets = cue("assets", language)
    owned = any(assets.fullmatch(" ".join(before[n:])) for n in range(len(before)))
    against = bool(before) and (
        cue("against", language).fullmatch(before[-1])
        or cue("hits_at_once", language).fullmatch(before[-1])
    )
    hit = owned or bool(against) or _is_passive(read, one.end, language)
    return hit or _is_named_target(read, one, language)


def _is_named_target(read: Sequence[Piece], one: Placed, language: str | None) -> bool:
    """Whether what an English person or firm is stands before it: "removed a banker, Berg,"."""
    if language != "en" or one.actor.kind == "country":
        return False
    at = one.start - 1
    at -= at > 0 and read[at].kind == "comma"
    for piece in reversed(read[max(0, at - _APPOSED) : at + 1]):
        word = piece.words[0]
        if cue("hits", "en").fullmatch(word):
            return True
        describes = piece.kind in {"link", "skip", "title", "demonym"} or word.islower()
        if not describes or cue("preposition", "en").fullmatch(word) or word in {"and", "who"}:
            return False
    return False


def _is_passive(read: Sequence[Piece], at: int, language: str | None) -> bool:
    """Whether a clause begins here that tells what is done to somebody: "were barred"."""
    end = _after_auxiliaries(read, at, language)
    done = end < len(read) and cue("suffers", language).fullmatch(read[end].words[0])
    is_done = {piece.words[0] for piece in read[at:end]} & _BE or language != "en"
    return bool(done and is_done)


def _after_auxiliaries(read: Sequence[Piece], at: int, language: str | None) -> int:
    """Where "has been" and the like end that begin here."""
    auxiliary = cue("passive", language)
    while at < len(read) and auxiliary.fullmatch(read[at].words[0]):
        at += 1
    return at


def together(found: Iterable[Placed]) -> list[Placed]:
    """The actors in their order; a place that "and" joins to another is one: "in Oslo and Baku"."""
    shown: list[Placed] = []
    for one in sorted(found, key=lambda placed: placed.start):
        last = shown[-1] if shown else None
        near = last is not None and last.end in {one.start - 1, one.start - 2}
        both = near and last is not None and last.where and one.joined and not one.adjective
        where = one.where or (both and one.actor.kind == "country")
        shown.append(replace(one, where=where))
    return shown


def _is_dateline(read: Sequence[Piece], one: Placed) -> bool:
    """Whether a sentence opens with a place only to tell whence it is: "ABUJA, 7 December — "."""
    if one.start or one.actor.kind == "person":
        return False
    near = [piece.words[0] for piece in read[one.end : one.end + _DATELINE]]
    dash = next((at for at, word in enumerate(near) if word in _DASHES), None)
    if dash is None or not (dash == 0 or near[0] in {",", "("}):
        return False
    return all(not word.isalpha() or word[0].isupper() for word in near[:dash])


_DATELINE, _DASHES = 9, frozenset("—–-")
"""Pieces within which a dateline ends, and what ends it."""


def _is_possessive(read: Sequence[Piece], one: Placed) -> bool:
    return read[one.end - 1].words[-1].endswith(("'s", "’s"))

"""The actors of a sentence where they stand in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import zip_longest

from extractor.cast.cast import Cast, Member, with_article
from extractor.cast.english import in_english
from extractor.cast.mentions import (
    COUNTERPART,
    Mention,
    Office,
    is_plural,
    is_thing,
    mentions_in,
)
from extractor.cast.pieces import Piece, is_ministry, own_name, small_words
from extractor.cast.words import nominative
from extractor.clues.groups import groups, singles
from extractor.clues.houses import with_houses
from extractor.clues.lists import cue
from extractor.clues.marks import WHERE, marked, together
from extractor.clues.placed import Placed, made, state
from schemas import Actor
from schemas.countries import alpha3, english
from schemas.demonyms import demonym
from schemas.timewords import month_names, weekday_names

_OPENING, _CLOSING = frozenset('«„“"‘'), frozenset('»“”"’')
_IN = frozenset(("in", "at", "в", "във"))
_BEFORE_PLACES = WHERE | {
    "the", "a", "from", "to", "on", "off", "of", "across", "through", "over", "for",
}  # fmt: skip
"""Words after which a single word in capitals is hardly a firm."""
_AFTER_FIRMS = frozenset(("and", "or", "has", "had", "will", "is", "was"))
"""Words after which a single word in capitals is a name by itself, as before other verbs."""
_ANY_OFFICE = frozenset(("Minister", "Diplomat", "leader"))
"""Roles that say too little to be somebody else's than of the one said last."""
_ANY_HEAD = frozenset(("leader", "head", "chairman"))
"""Roles that several hold for whole states: "the leaders of Norway and Chad"."""
_DIPLOMAT = re.compile(r"Foreign|Ambassador|Envoy|Representative|Consul|Charge|Secretary")
"""Offices whose holders are called diplomats."""
_FEMININE = ("ка", "ката", "рка", "рката")
"""How a Bulgarian title of a woman ends."""
_WOMAN = ("а", "я")
"""How most given names of women end."""
_STATE_OFFICE = re.compile(r"^(?:Prime Minister|President|.+ Minister)$")
"""Offices that, in Bulgarian, are Bulgaria's where no state is said."""
_EU = {
    ("Commission",): "European Commission",
    **dict.fromkeys((("Union",), ("Съюз",), ("Съюза",), ("Съюзът",), ("Союз",)), "European Union"),
}
"""Short names with a capital that mean the same in all news."""
_COUNCILS = {
    "European Union": "Council of the European Union",
    "Council of the European Union": "Council of the European Union",
    "UN Security Council": "UN Security Council",
}
"""What "the Council" is after a body was named."""
_HERS = frozenset(("ѝ", "му", "им", "й", "its"))
"""Whose a ministry is that is only called so: "външното ѝ министерство"."""
_NEAR = 2
"""Pieces between a house and whose it is, at most."""


@cache
def _times() -> frozenset[str]:
    return month_names() | weekday_names()


class Stage:
    """Finds the actors of sentence after sentence: an office alone is the last who was said."""

    def __init__(self, cast: Cast, language: str | None) -> None:
        """Read sentences of an article with its `cast`, in `language`."""
        self._cast, self._language = cast, language
        self._recent: list[Member] = []
        self._side: str | None = None
        """Alpha-3 code of the state whose spokesman was said last."""
        self._state: str | None = None
        """Alpha-3 code of the state said last."""
        self._firms: dict[str, Actor] = {}
        """Firms and bodies said so far, by the first word of their names."""
        self._council: str | None = None
        """The body that "the Council" is."""
        self._offices: list[Office] = []
        """Those said without a name, the last one first."""

    def placed(self, read: Sequence[Piece]) -> list[Placed]:
        """The actors of the next sentence, in their order."""
        found: list[Placed] = []
        taken: set[int] = set()
        said = list(mentions_in(read, self._language))
        for mention, after in zip_longest(said, said[1:]):
            if after and _is_title_of(mention, after, read, self._language):
                continue
            one = self._of(mention, read)
            if one:
                found.append(one)
                taken |= set(range(one.start, one.end))
                if one.member:
                    self._saw(one.member)
        found += self._others(read, taken)
        found = self._shared(found, said, read)
        found = with_houses(read, found, self._language)
        shown = together(marked(one, read, self._language) for one in found)
        for one in shown:
            first, *others = one.actor.name.split()
            if others and one.actor.kind == "organization" and not one.actor.country:
                self._firms.setdefault(first, one.actor)
        councils = (one.actor.name for one in shown if one.actor.name in _COUNCILS)
        self._council = next((_COUNCILS[one] for one in councils), self._council)
        states = [one.actor.country for one in shown if one.actor.country]
        self._state = states[0] if states else self._state
        return shown

    def groups(self, read: Sequence[Piece]) -> list[Placed]:
        """Those of a sentence who have no names: "four Georgian police commanders"."""
        found = [marked(one, read, self._language) for one in groups(read, self._language)]
        alone = (marked(one, read, self._language) for one in singles(read, self._language))
        ends = {one.end for one in found}
        hit = (one for one in alone if one.against or (one.joined and one.start - 1 in ends))
        return sorted([*found, *hit], key=lambda one: one.start)

    def _shared(
        self, found: Sequence[Placed], said: Sequence[Mention], read: Sequence[Piece]
    ) -> list[Placed]:
        """The actors, where one office is of several states: "the leaders of Norway and Chad".

        Each is who holds it, if the article names him, else his state.
        """
        offices = {one.end: one for one in said if not one.name and one.office.of}
        shown: list[Placed] = []
        for one in sorted(found, key=lambda placed: placed.start):
            joined = offices.get(one.start - 1)
            if not joined or one.member or one.adjective or not self._joins(read, one.start - 1):
                shown.append(one)
                continue
            if shown and shown[-1].end == joined.end:
                shown[-1] = self._holder(shown[-1], joined.office)
            shown.append(self._holder(one, joined.office))
            offices[one.end] = joined
        return shown

    def _joins(self, read: Sequence[Piece], at: int) -> bool:
        word = read[at].words[0]
        return word == "," or bool(cue("and", self._language).fullmatch(word))

    def _holder(self, placed: Placed, office: Office) -> Placed:
        """Who holds an office of a state, else the state."""
        of = placed.actor.country
        if placed.member or of is None:
            return placed
        near = self._cast.meant(Mention((), replace(office, of=of)))
        if len(near) == 1:
            person = near[0]
            actor = Actor(name=person.name, kind="person", role=person.role, country=person.country)
            return replace(placed, actor=actor, member=person)
        role = office.role
        if role and not is_ministry(role) and role.casefold() not in _ANY_HEAD:
            name = f"{role} of {with_article(of)}"
            self._offices.insert(0, replace(office, of=of))
            return replace(placed, actor=Actor(name=name, kind="person", role=name, country=of))
        return replace(placed, actor=state(of))

    def _saw(self, member: Member) -> None:
        if any(one.role == "Spokesperson" for one in member.roles):
            self._side = member.country or self._side
        self._recent = [member, *(one for one in self._recent if one is not member)]

    def _of(self, mention: Mention, read: Sequence[Piece]) -> Placed | None:
        if is_thing(read, mention, self._language):
            thing = self._stranger(mention, read)
            actor = thing and made(thing.name, "organization", None, thing.country)
            return Placed(mention.start, mention.end, actor) if actor else None
        mention = self._as_colleague(mention)
        near = self._cast.meant(mention)
        if len(near) > 1 or (not near and not mention.name):
            near = self._last(near, mention, read) or self._bare(mention.office)
        if len(near) == 1:
            member = near[0]
            person = Actor(
                name=member.name, kind="person", role=member.role, country=member.country
            )
            return Placed(mention.start, mention.end, person, member)
        actor = self._office(mention, read) if not mention.name else self._stranger(mention, read)
        return Placed(mention.start, mention.end, actor) if actor else None

    def _as_colleague(self, mention: Mention) -> Mention:
        """A colleague without a name holds the office of the one said last: a foreign minister."""
        office = mention.office
        if office.role != COUNTERPART or office.of is None or mention.name:
            return mention
        held = (one.role for last in self._recent[:1] for one in last.roles if one.role)
        role = next((one for one in held if one != COUNTERPART), None)
        return replace(mention, office=replace(office, role=role)) if role else mention

    def _last(
        self, near: Sequence[Member], mention: Mention, read: Sequence[Piece]
    ) -> list[Member]:
        """The one said last of those whom an office can mean; in Bulgarian it has a gender."""
        office = mention.office
        words = {word for one in read[mention.start : mention.end] for word in one.words}
        woman = self._language == "bg" and any(word.endswith(_FEMININE) for word in words)
        held = [
            one
            for one in self._recent
            if (not near or one in near)
            and (near or any(_is_like(had.role, office.role) for had in one.roles))
            and (office.of is None or office.of == one.country)
        ]
        women = [one for one in held if one.words[0].endswith(_WOMAN)]
        return (women if woman and women else held)[:1]

    def _bare(self, office: Office) -> list[Member]:
        """The one said last, if nothing is known of him and "the Danish minister" can mean him."""
        last = self._recent[:1]
        named = bool(last) and office.of is not None
        bare = named and last[0].role is None and last[0].country in {None, office.of}
        known = any(_is_like(held.role, office.role) for held in self._offices)
        own = bare and last[0].country == office.of and not is_ministry(office.role)
        return last if bare and (own or office.role in _ANY_OFFICE) and not known else []

    def _office(self, mention: Mention, read: Sequence[Piece]) -> Actor | None:
        """A house, or somebody without a name; "the minister" alone is whoever was said before."""
        office = self._known(mention.office)
        role, of = office.role, office.of
        if role is None or role in {COUNTERPART, "Diplomat"}:
            return None
        if role.casefold() in _ANY_HEAD and of and alpha3(of) != of:
            return None  # "the chief of the EU mission" is not that of the EU
        is_house = is_ministry(role)
        several = is_plural(read[mention.end - 1])
        if of is None and self._language == "bg" and _STATE_OFFICE.search(role) and not several:
            of = self._cast.home
        if of is None:
            of = self._seat(mention, read) if is_house else None if several else self._side
        if of is None and not is_house:
            return None
        if not is_house:
            self._offices.insert(0, Office(role, of))
        country = of if of and alpha3(of) == of else None
        name = _called(role, of)
        if is_house:
            return made(name, "organization", None, country)
        if office.house and role == "Spokesperson":
            name = f"{role} of {_called(office.house, of)}"
        return made(name, "person", name, country)

    def _seat(self, mention: Mention, read: Sequence[Piece]) -> str | None:
        """Whose a ministry is without a state beside it: of where it sits, or what is "its"."""
        seats = (at + 1 for at in (mention.end, 0) if _is_seat(read, at))
        hers = any(
            word in _HERS
            for one in read[max(0, mention.start - 1) : mention.end]
            for word in one.words
        )
        here = (one.value for one in read[: mention.start] if one.kind == "place")
        of = next((read[at].value for at in seats), None)
        return of or (next(here, self._state) if hers else self._home())

    def _known(self, office: Office) -> Office:
        """The office that was said before, where this one can only mean that: "the minister"."""
        for held in self._offices:
            if _is_like(held.role, office.role) and office.of in {None, held.of}:
                return held
        return office

    def _stranger(self, mention: Mention, read: Sequence[Piece]) -> Actor | None:
        """Somebody or something with a name that is nobody's of the cast: most often a firm."""
        if mention.name in _EU:
            return made(_EU[mention.name], "organization", None, None)
        titled = mention.office.role is not None
        if len(mention.name) == 1 and not titled and mention.name[0] in self._firms:
            return self._firms[mention.name[0]]
        if len(mention.name) == 1 and not titled and not _is_firm(mention, read, self._language):
            return None
        words = list(mention.name)
        if len(words) > 1:
            words = nominative(words, self._language, mention.cases)
        country = mention.office.of
        country = country if country and alpha3(country) == country else None
        name = in_english(" ".join(words), self._language, country)
        is_outlet = bool(cue("outlet", "en").fullmatch(name))
        kind = "person" if titled or (len(words) > 1 and not is_outlet) else "organization"
        role = mention.office.role if mention.office.role != COUNTERPART else None
        return made(name, kind, role, country)

    def _others(self, read: Sequence[Piece], taken: set[int]) -> Iterator[Placed]:
        for at, piece in enumerate(read):
            if at not in taken and self._is_capitals(read, at):
                firm = made(piece.words[0], "organization", None, None)
                yield from [Placed(at, at + 1, firm)] if firm else []
            if at in taken:
                continue
            yield from self._people(read, at)
            if piece.kind not in {"place", "demonym"}:
                continue
            if alpha3(piece.value) == piece.value:
                name, kind, country = english(piece.value), "country", piece.value
            else:
                name, kind, country = piece.value, "organization", None
            actor = made(name, kind, None, country)
            if actor:
                governs = next((n for n in (1, 2) if self._governs(read, at + n)), 0)
                is_adjective = piece.kind == "demonym" and not governs
                yield Placed(at, at + 1 + governs, actor, adjective=is_adjective)

    def _people(self, read: Sequence[Piece], at: int) -> Iterator[Placed]:
        """The state whose people stand for it here, or the Council said last: "the Thais"."""
        word = read[at].words[0]
        the = at > 0 and read[at - 1].words[0].casefold() == "the"
        if self._language != "en" or not the or len(read[at].words) > 1:
            return
        code = demonym(word[:-1]) if word.endswith("s") and read[at].kind != "demonym" else None
        if code:
            yield Placed(at, at + 1, state(code))
        elif word == "Council" and (self._council or _is_in_brussels(read, at + 1)):
            name = self._council or "Council of the European Union"
            council = made(name, "organization", None, None)
            yield from [Placed(at, at + 1, council)] if council else []

    def _is_capitals(self, read: Sequence[Piece], at: int) -> bool:
        """Whether the name of a firm stands here that is only capitals: "the company EPS"."""
        word = read[at].words[0]
        before = read[at - 1].words[0] if at else ""
        is_name = read[at].kind == "word" and word.isalpha() and word.isupper() and len(word) > 1
        return is_name and bool(cue("firm_name", self._language).fullmatch(before))

    def _governs(self, read: Sequence[Piece], at: int) -> bool:
        """Whether the word for a state's government stands here, as in "Chad's authorities"."""
        said = at < len(read) and read[at].words[0]
        customs = said == "administration" and read[at - 1].words[0] == "customs"
        return bool(said and not customs and cue("government", self._language).fullmatch(said))

    def _home(self) -> str | None:
        """The state a ministry is of where none is said: that of the article, else the last one."""
        home, named = self._cast.home, self._cast.countries or set()
        return home if home and (home in named or not self._state) else self._state


def _called(role: str, of: str | None) -> str:
    """An office or a ministry with whose it is."""
    return own_name(role, of) or (f"{role} of {with_article(of)}" if of else role)


def _is_title_of(
    mention: Mention, after: Mention, read: Sequence[Piece], language: str | None
) -> bool:
    """Whether an office is that of the one named next, what he is in charge of stands between.

    "министр по торговле ЕЭК Вардан Мелконян"
    """
    if mention.name or not after.name or is_ministry(mention.office.role):
        return False
    between = list(read[mention.end : after.start])
    said = read[mention.start : mention.end]
    colleague = any(one.kind == "title" and one.value == COUNTERPART for one in said)
    if colleague and [one.kind for one in between] == ["comma"]:
        return True  # "his Danish counterpart, President Berg"
    if language == "en" and between and between[-1].kind == "comma":
        between.pop()
    elif language == "en":
        return False
    if not between or len(between) > _NEAR + 1 or any(one.kind == "comma" for one in between):
        return False
    first = between[0]
    house = mention.office.role == "Head" and first.kind == "word" and first.words[0].islower()
    return house or bool(cue("preposition", language).fullmatch(first.words[0]))


def _is_firm(mention: Mention, read: Sequence[Piece], language: str | None) -> bool:
    """Whether a single word is the name of a firm: most others are places, or open a sentence.

    Bulgarian and Russian have firms in quotation marks; in English they stand without "the" and are
    no part of another name.
    """
    word = mention.name[0]
    none = _times() | small_words("festivals") | small_words("after_places")
    if word.casefold() in none or len(word) == 1 or "-" in word:
        return False
    before = read[mention.start - 1].words[0] if mention.start else "."
    after = read[mention.end].words[0] if mention.end < len(read) else "."
    if before in _OPENING and after in _CLOSING:
        return True
    if cue("firm_name", language).fullmatch(before):
        return True
    bare = before[0].isalnum() and before.casefold() not in _BEFORE_PLACES
    if language != "en" or not bare or word.endswith(("'s", "’s")):
        return False
    ends = not after[0].isalpha() or after in _AFTER_FIRMS or after.endswith("ed")
    return ends or bool(cue("saying", language).fullmatch(after))


def _is_in_brussels(read: Sequence[Piece], at: int) -> bool:
    return [piece.words[0] for piece in read[at : at + 2]] == ["in", "Brussels"]


def _is_seat(read: Sequence[Piece], at: int) -> bool:
    """Whether "in" and a place stand here."""
    inside = at + 1 < len(read) and read[at].words[0].casefold() in _IN
    return inside and read[at + 1].kind == "place"


def _is_like(held: str | None, said: str | None) -> bool:
    """Whether "the minister" can mean a foreign minister."""
    if held is None or said is None:
        return False
    if said == "Diplomat":
        return bool(_DIPLOMAT.search(held))
    return held == said or held.endswith(f" {said}") or said == "leader"

"""Who is who in one article: every mention of an actor to one canonical English name.

What is known comes from the article first: full names, in the nominative; surnames that only one of
them has; titles with a country, tied to the name they stand beside. Then from the table of
well-known holders of office, and where neither knows, a name is transliterated.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractor.cast import holders
from extractor.cast.mentions import Mention, Office, heads, mentions, small_words
from extractor.cast.spelling import likeness, transliterated
from extractor.cast.words import nominative, nominatives
from schemas.countries import alpha3, english

_PATRONYMIC = re.compile(
    r".{2,}(?:(?:[оеё]вич|ьич|инич)(?:а|у|ем|е)?|(?:[оеё]вн|ичн)(?:а|ы|у|ой|е)|[oe]vich|[oe]vna|ichna)$"
)
_ARTICLE = re.compile(
    r"^(?:al|el|as|ash|at|ar|an|ad|аль|эль|ас|аш|ат|ар|ан|ад|ал|ел)[-'’]", re.IGNORECASE
)
"""The Arabic article, which is as often left out."""
_CYRILLIC = re.compile(r"[а-яёѝіїєґў]", re.IGNORECASE)

_COUNTERPART = "counterpart"
"""The role of a colleague from another country, whatever the office is."""

_LEADERS = frozenset(("leader", "General Secretary", "Chairman"))
"""Who may be called a leader beside the heads of states and governments."""

_SPELLING = 0.75
"""Likeness from which a model's word is a spelling of a name in the article, if no other name there
is as like: transliterations of one name go down to it (Merts, Merz)."""

_CLEAR = 0.1
"""By how much it must be liker than the next."""


@dataclass(slots=True)
class Member:
    """A person of the article."""

    words: tuple[str, ...]
    """The full name in the nominative, or the name alone, small letters."""
    name: str
    """Canonical, in English."""
    latin: tuple[tuple[str, ...], ...]
    """Spellings of the full name in Latin letters, word by word."""
    forms: Sequence[frozenset[str]]
    """What each word of the name may be in the nominative, small letters."""
    alone: frozenset[str]
    """Names used alone that the table of holders gives, small letters."""
    known: str | None
    """Alpha-3 code of the state the table of holders gives."""
    roles: Counter[Office] = field(default_factory=Counter)
    """The offices said of the person, with how often."""

    @property
    def country(self) -> str | None:
        """Alpha-3 code of the state that the article says, or the table knows, he acts for."""
        said = Counter(
            one.of for one in self.roles.elements() if one.of and alpha3(one.of) == one.of
        )
        return said.most_common(1)[0][0] if said else self.known

    @property
    def role(self) -> str | None:
        """The office said first with its country, in English: "President of Iran"."""
        said = [one for one in self.roles.elements() if one.role not in {None, _COUNTERPART}]
        told = next((one for one in said if one.of), said[0] if said else None)
        return _in_english(told) if told else None


class Cast:
    """The persons of one article."""

    def __init__(self, sentences: Iterable[str], language: str | None) -> None:
        """Read the sentences of the article's body.

        Args:
            sentences: in their order.
            language: ISO 639-1 code of the article.
        """
        self._language = language
        self.members: list[Member] = []
        found = [mention for one in sentences for mention in mentions(one, language)]
        self._said = {mention.office for mention in found if not mention.name}
        lone = [mention for mention in found if not self._add_full(mention)]
        often = Counter(mention.name for mention in lone)
        for mention in lone:
            self._add_lone(mention, often=often[mention.name] > 1)

    def find(self, text: str) -> Member | None:
        """The person whom words of the article, or of a model that read it, mean; None if unclear.

        Args:
            text: a name in any case or spelling, an office with its country, or both.
        """
        language = self._language if _CYRILLIC.search(text) else "en"
        alone = [one for one in self.members if text.casefold() in one.alone]
        if len(alone) == 1:
            return alone[0]
        said = next(mentions(text, language), None)
        if said is None:
            return None
        if not said.name:
            return self._only(self._holders_of(said.office)) if said.whole else None
        words = _bare(said.name)
        near = self._named(words) or self._spelled(words)
        if len(near) > 1:
            near = [one for one in near if _holds(one, said.office, self.home, said=False)] or near
        if len(near) > 1 and said.gender:
            near = [one for one in near if _gender(one) == said.gender]
        return self._only(near)

    def _holders_of(self, office: Office) -> list[Member]:
        """Those of whom the article says that they hold an office; else those the table knows."""
        home = self.home
        said = [one for one in self.members if _holds(one, office, home, said=True)]
        return said or [one for one in self.members if _holds(one, office, home, said=False)]

    def office(self, text: str) -> Office | None:
        """The office that words are, with nothing else: "Kazakh Foreign Ministry"."""
        language = self._language if _CYRILLIC.search(text) else "en"
        said = next(mentions(text, language), None)
        if said is None or said.name or not said.whole:
            return None
        same = [one for one in self._said if one.role == said.office.role and one.of]
        return same[0] if said.office.of is None and len(same) == 1 else said.office

    @property
    def home(self) -> str | None:
        """The country that a title without one goes with: Bulgarian is written in Bulgaria."""
        return {"bg": "BGR", "ru": "RUS"}.get(self._language or "")

    def _only(self, near: Sequence[Member]) -> Member | None:
        return near[0] if len(near) == 1 else None

    def _add_full(self, mention: Mention) -> bool:
        """Take up a full name; False for anything else."""
        words = _bare(mention.name)
        if len(words) < 2 or _is_by_patronymic(words):
            return False
        told = nominative(list(words), self._language)
        forms = [nominatives(word, self._language) for word in words]
        member = next((one for one in self.members if _is_one(one.forms, forms)), None)
        if member is None:
            member = self._made(tuple(told), forms)
        member.roles[mention.office] += 1
        return True

    def _add_lone(self, mention: Mention, *, often: bool) -> None:
        """Tie what is said beside a surname to its person; a new person if nobody else has it."""
        words = _bare(mention.name)
        if not words:
            return
        near = self._named(words)
        if len(near) == 1:
            near[0].roles[mention.office] += 1
        elif not near and len(words) == 1:
            told = nominative(list(words), self._language)
            known = any(holders.of_lone_name(one) for one in self._forms(words[0]))
            if known or mention.office.role or often:
                member = self._made(tuple(told), [self._forms(words[0])])
                member.roles[mention.office] += 1

    def _forms(self, word: str) -> frozenset[str]:
        return nominatives(word, self._language)

    def _made(self, words: tuple[str, ...], forms: list[frozenset[str]]) -> Member:
        latin = tuple(transliterated(word, self._language) for word in words)
        holder = holders.of_full_name(latin)
        for cut in range(1, len(words) - 1):  # what the name of a body before it left over
            if holder is None and (holder := holders.of_full_name(latin[cut:])):
                words, forms, latin = words[cut:], forms[cut:], latin[cut:]
        if holder is None and len(words) == 1:
            lone = {holders.of_lone_name(form) for form in (words[0].casefold(), *forms[0])}
            holder = next(iter(lone - {None}), None) if len(lone - {None}) == 1 else None
        known = next((one for one in self.members if holder and one.name == holder.name), None)
        if known:
            return known
        member = Member(
            words=tuple(word.casefold() for word in words),
            name=holder.name if holder else " ".join(latin),
            latin=(latin, *(holder.spellings if holder else ())),
            forms=forms,
            alone=holder.alone if holder else frozenset(),
            known=holder.country if holder else None,
        )
        if holder:
            for mention in mentions(holder.role, "en"):
                if mention.whole:
                    member.roles[mention.office] += 0
        self.members.append(member)
        return member

    def _named(self, words: Sequence[str]) -> list[Member]:
        """The persons who have these words of the article in their names."""
        forms = [self._forms(word) for word in words]
        if len(words) > 1 and not _is_by_patronymic(words):
            return [one for one in self.members if _is_one(one.forms, forms)]
        first = forms[0]
        for place in (-1, 0):  # a surname goes before a given name, which in the East comes last
            near = [one for one in self.members if one.forms[place] & first]
            if _is_by_patronymic(words):
                near = [one for one in self.members if one.forms[0] & first]
            exact = [one for one in near if words[0].casefold() == one.words[place]]
            if near:
                return exact if len(exact) == 1 else near
        return []

    def _spelled(self, words: Sequence[str]) -> list[Member]:
        """The person whose name sounds most like these words in Latin letters."""
        if any(_CYRILLIC.search(word) for word in words):
            return []
        rated = sorted(((_rated(words, one), number) for number, one in enumerate(self.members)))
        if not rated or rated[-1][0] < _SPELLING:
            return []
        best = rated[-1][0]
        return [self.members[number] for rate, number in rated if rate > best - _CLEAR]


def _bare(name: Sequence[str]) -> tuple[str, ...]:
    """The words of a name without full stops and patronymics that stand between or after."""
    words = [
        _ARTICLE.sub("", word)
        for word in name
        if word[0].isalpha() and word.casefold() not in small_words("particles")
    ]
    if len(words) > 2:
        words = [word for word in words if not _PATRONYMIC.match(word.casefold())]
    return tuple(words)


def _is_by_patronymic(words: Sequence[str]) -> bool:
    return len(words) == 2 and bool(_PATRONYMIC.match(words[1].casefold()))


def _gender(member: Member) -> str | None:
    """What the given name looks like; it is asked only to tell two of one surname apart."""
    if len(member.words) < 2:
        return None
    return "femn" if member.words[0].endswith(("a", "а", "я")) else "masc"


def _is_one(known: Sequence[frozenset[str]], said: Sequence[frozenset[str]]) -> bool:
    """Whether two full names, told word by word, are one: all of the shorter is in the longer."""
    short, long = sorted((known, said), key=len)
    within = len(short) > 1 and all(any(_is_word(one, other) for other in long) for one in short)
    return within and (len(short) == len(long) or _is_word(short[0], long[0]))


def _is_word(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two words are one, or one is the initial of the other."""
    if one & other:
        return True
    letters = {min(word, key=len)[:1] for word in (one, other) if min(map(len, word)) == 1}
    return bool(letters) and {next(iter(one))[:1]} == {next(iter(other))[:1]}


def _rated(words: Sequence[str], member: Member) -> float:
    """How like a name in Latin letters is to that of a member, 0 to 1."""
    return max(_like(words, known) for known in member.latin)


def _like(words: Sequence[str], known: Sequence[str]) -> float:
    if len(words) == 1 or len(known) == 1:
        last = likeness(words[-1], known[-1])
        return max(last, *(likeness(words[-1], one) - 0.05 for one in known))
    first = likeness(words[0], known[0])
    if len(words[0]) == 1:
        first = float(words[0][0] == known[0][0])
    last = likeness(words[-1], known[-1])
    if min(first, last) < 0.6:
        swapped = min(likeness(words[0], known[-1]), likeness(words[-1], known[0]))
        return swapped if swapped >= 0.85 else 0.0
    return (first + last) / 2


def _holds(member: Member, office: Office, home: str | None, *, said: bool) -> bool:
    """Whether a member holds an office: as the article says, or as the table knows, too."""
    return any(
        _is_office(held, office, member.country or home)
        for held, times in member.roles.items()
        if times or not said
    )


def _is_office(held: Office, said: Office, country: str | None) -> bool:
    """Whether an office said can be the one held by somebody who acts for a country."""
    if held.role is None or said.role is None or held.former != said.former:
        return False
    if said.of and said.of != (held.of or country) and (held.of or alpha3(said.of)):
        return False
    if _COUNTERPART in {held.role, said.role}:
        return bool(said.of)
    if said.role == "leader":
        return held.role in heads() or held.role in _LEADERS
    if said.role in heads() or held.role in heads():
        return held.role == said.role
    deputy = said.role.startswith("Deputy ")
    wider = held.role.endswith(f" {said.role.removeprefix('Deputy ')}")
    return held.role == said.role or (wider and held.role.startswith("Deputy ") == deputy)


def _in_english(office: Office) -> str | None:
    if office.role is None or office.of is None:
        return office.role
    return f"{office.role} of {english(office.of) or office.of}"

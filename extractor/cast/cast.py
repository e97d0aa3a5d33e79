"""Who is who in one article: every mention of an actor to one canonical English name.

What is known comes from the article first: full names, in the nominative; surnames that only one of
them has; titles with a country, tied to the name they stand beside. Then from the table of
well-known holders of office, and where neither knows, a name is transliterated.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractor.cast import holders
from extractor.cast.english import in_english
from extractor.cast.mentions import (
    COUNTERPART,
    Mention,
    Office,
    countries_in,
    is_thing,
    mentions,
    mentions_in,
)
from extractor.cast.names import alike, bare, dressed, is_by_patronymic, is_one
from extractor.cast.pieces import heads, is_ministry, pieces
from extractor.cast.spelling import likeness, transliterated
from extractor.cast.words import nominative, nominatives
from schemas.bodies import body
from schemas.countries import alpha3, english
from schemas.folding import LANGUAGES

_CYRILLIC = re.compile(r"[а-яёѝіїєґў]", re.IGNORECASE)

_SLAVIC = re.compile(r"(?:[оеё]ва?|ина?|ск[аи]|ский|ская|енко|чук)$")
"""How Slavic surnames end, in the nominative."""

_LEADERS = frozenset(("leader", "General Secretary", "Chairman"))
"""Who may be called a leader beside the heads of states and governments."""

_SPELLING = 0.75
"""Likeness from which a model's word is a spelling of a name in the article, if no other name there
is as like: transliterations of one name go down to it (Merts, Merz)."""

_OPENS = 1
"""Pieces before the name with which a sentence opens, at most."""

_SURE = 3
"""How often a name counts that surely stands in the nominative."""

_CLEAR = 0.1
"""By how much it must be liker than the next."""

_HOMES = {"bg": "BGR", "ru": "RUS"}
"""The country that a title without one goes with: Bulgarian is written in Bulgaria."""


@dataclass(slots=True)
class Member:
    """A person of the article."""

    number: int
    """Of its order in the article, from 0."""
    words: tuple[str, ...]
    """The full name in the nominative, or the name alone, small letters."""
    latin: tuple[tuple[str, ...], ...]
    """Spellings of the full name in Latin letters, word by word."""
    forms: Sequence[frozenset[str]]
    """What each word of the name may be in the nominative, small letters."""
    language: str | None
    """That of the article."""
    holder: holders.Holder | None
    """Who it is, if the table knows."""
    shown: Counter[str] = field(default_factory=Counter)
    """How the article writes the full name, in the nominative, and how often."""
    spelled: Counter[str] = field(default_factory=Counter)
    """How a model spells it where that sounds the same, and how often."""
    roles: Counter[Office] = field(default_factory=Counter)
    """The offices said of the person, with how often; those only the table knows count 0."""

    @property
    def name(self) -> str:
        """Canonical, in English: the table's, else a model's spelling, else the usual one."""
        if self.holder:
            return self.holder.name
        if self.spelled:
            return self.spelled.most_common(1)[0][0]
        return in_english(self.shown.most_common(1)[0][0], self.language, self.country)

    @property
    def country(self) -> str | None:
        """Alpha-3 code of the state that the article says, or the table knows, he acts for."""
        said = Counter(one.of for one in self.roles.elements() if one.of and _is_code(one.of))
        known = self.holder.country if self.holder else None
        return said.most_common(1)[0][0] if said else known

    @property
    def role(self) -> str | None:
        """The office said first with its country, in English: "President of Iran"."""
        said = [one for one in self.roles.elements() if one.role not in {None, COUNTERPART}]
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
        self.home = _HOMES.get(language or "")
        """Alpha-3 code of the country the article is most likely written in, or None."""
        read = [pieces(one, language) for one in sentences]
        named = {code for row in read for code in countries_in(row)}
        self.countries = named if language in LANGUAGES else None
        """Alpha-3 codes of the countries that the article names; None where its language has other
        names for them than the tables."""
        self.members: list[Member] = []
        self._by_form: dict[str, list[Member]] = defaultdict(list)
        self._by_name: dict[tuple[str, ...], Member] = {}
        self._found: dict[str, Member | None] = {}
        """What `find` has found; nothing is added to the cast but a model's spellings."""
        told = [list(mentions_in(row, language)) for row in read]
        found = [
            mention
            for row, all_ in zip(read, told, strict=True)
            for mention in all_
            if not is_thing(row, mention, language)
        ]
        self._said = {mention.office for mention in found if not mention.name}
        others = [mention for mention in found if not self._add_full(mention)]
        for mention in others:
            self._add_other(mention)
        self._name_offices(told)

    def find(self, text: str) -> Member | None:
        """The person whom words of the article, or of a model that read it, mean; None if unclear.

        Args:
            text: a name in any case or spelling, an office with its country, or both.
        """
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> Member | None:
        small = text.casefold()
        exact = [one for one in self.members if one.name == text]
        if len(exact) == 1:
            return exact[0]
        alone = [one for one in self.members if one.holder and small in one.holder.alone]
        if len(alone) == 1:
            return alone[0]
        found = list(mentions(text, self._language_of(text)))
        if not found or any(one.name for one in found[1:]):  # nobody, or two at once
            return None
        near = self._meant(found[0], text)
        return near[0] if len(near) == 1 else None

    def learn(self, text: str) -> None:
        """Take up how a model spells a full name, if it sounds as the article's Cyrillic does.

        Slavic surnames are left to transliteration, which is how they come into English.
        """
        member = self.find(text)
        said = next(mentions(text, "en"), None)
        if member is None or said is None or not _CYRILLIC.search(member.words[0]):
            return
        if _SLAVIC.search(member.words[-1]):
            return
        words = bare(said.name)
        if len(words) == len(member.forms) > 1 and all(
            any(likeness(word, transliterated(form, self._language)) == 1 for form in forms)
            for word, forms in zip(words, member.forms, strict=True)
        ):
            member.spelled[dressed(said.name, words)] += 1
            self._found.clear()

    def office(self, text: str) -> Office | None:
        """The office that words are, with nothing else: "Kazakh Foreign Ministry"."""
        said = next(mentions(text, self._language_of(text)), None)
        if said is None or said.name or not said.whole:
            return None
        same = [one for one in self._said if one.role == said.office.role and one.of]
        return same[0] if said.office.of is None and len(same) == 1 else said.office

    def meant(self, mention: Mention) -> list[Member]:
        """The persons whom a mention in the article can mean, by name or by office."""
        if not mention.name:
            return self._holders_of(mention.office)
        near = self._named(bare(mention.name))
        if len(near) > 1:
            office = mention.office
            near = [one for one in near if _holds(one, office, self.home, said=False)] or near
        return near

    def _language_of(self, text: str) -> str | None:
        return self._language if _CYRILLIC.search(text) else "en"

    def _meant(self, said: Mention, text: str) -> list[Member]:
        """Those whom a mention can mean."""
        if not said.name:
            return self._holders_of(said.office) if said.whole else []
        words = bare(said.name)
        near = self._named(words)
        if not near and not (alpha3(text) or body(text)):
            near = self._spelled(words)
        if len(near) > 1:
            near = [one for one in near if _holds(one, said.office, self.home, said=False)] or near
        if len(near) > 1 and said.gender:
            near = [one for one in near if _gender(one) == said.gender]
        return near

    def _holders_of(self, office: Office) -> list[Member]:
        """Those of whom the article says that they hold an office; else those the table knows."""
        said = [one for one in self.members if _holds(one, office, self.home, said=True)]
        return said or [one for one in self.members if _holds(one, office, self.home, said=False)]

    def _add_full(self, mention: Mention) -> bool:
        """Take up a full name; False for anything else, and for what may be a patronymic."""
        words = bare(mention.name)
        if len(words) < 2 or is_by_patronymic(words):
            return False
        if known := self._by_name.get(mention.name):
            self._note(mention, known)
        else:
            self._by_name[mention.name] = self._add_words(mention, words)
        return True

    def _name_offices(self, said: Sequence[Sequence[Mention]]) -> None:
        """Tie an office without a name to the one named first in the next sentence.

        "Tuvalu's prime minister objected. Lotoala Penitusi spoke on the radio." He must have no
        office and be named there for the first time, and nobody else hold that office.
        """
        seen: set[int] = set()
        for here, after in zip(said, [*said[1:], []], strict=True):
            seen |= {one.number for one in map(self._full, here) if one}
            first = self._full(after[0]) if after else None
            if first is None or first.number in seen or any(one.role for one in first.roles):
                continue
            offices = [one.office for one in here if not one.name and one.office.of]
            offices = [one for one in offices if one.role and not is_ministry(one.role)]
            free = [one for one in offices if not self._holders_of(one)]
            if free and after[0].start <= _OPENS:
                first.roles[free[0]] += 1

    def _full(self, mention: Mention) -> Member | None:
        """The person whom a mention names in full."""
        return self._by_name.get(mention.name) if mention.name else None

    def _add_words(self, mention: Mention, words: Sequence[str]) -> Member:
        forms = [self._forms(word) for word in words]
        member = next((one for one in self._near(forms) if is_one(one.forms, forms)), None)
        member = member or self._made(mention, words, forms)
        self._note(mention, member)
        return member

    def _add_other(self, mention: Mention) -> None:
        """Tie what is said beside a surname to its person; a new person if nobody else has it."""
        words = bare(mention.name)
        if not words:
            return
        near = self._named(words)
        if len(near) == 1:
            near[0].roles[mention.office] += 1
        elif not near and len(words) == 2:  # "Милица Радунович": no patronymic after all
            self._add_words(mention, words)
        elif not near and len(words) == 1:
            forms = self._forms(words[0])
            if mention.office.role or any(holders.of_lone_name(one) for one in forms):
                self._note(mention, self._made(mention, words, [forms]))

    def _note(self, mention: Mention, member: Member) -> None:
        """Count a name and an office of a person."""
        told = nominative(list(bare(mention.name)), self._language, mention.cases)
        said = tuple(word.casefold() for word in bare(mention.name))
        sure = mention.cases == {"nomn"} and len(said) == len(member.words)
        shorter = said != member.words and f"{said[-1]}а" == member.words[-1]
        if (sure or shorter) and said != member.words and _is_one_of(said, member):
            member.words = said  # "Анвара Каримбекова" was of Анвар Каримбеков
            member.shown.clear()
            told = list(bare(mention.name))
        member.shown[dressed(mention.name, told)] += _SURE if sure else 1
        member.roles[mention.office] += 1

    def _forms(self, word: str) -> frozenset[str]:
        return nominatives(word, self._language)

    def _near(self, forms: Iterable[frozenset[str]]) -> list[Member]:
        """Those whom a name of these words can mean, in the order of the article.

        Two full names of one person share two words, so that the commonest need not be looked at:
        half of the people in a long text are called Ivan.
        """
        sharing: list[dict[int, Member]] = []
        for words in forms:
            if max(map(len, words)) > 1:  # an initial shares nothing
                members = (one for form in words for one in self._by_form.get(form, ()))
                sharing.append({one.number: one for one in members})
        if len(sharing) > 1:
            sharing.remove(max(sharing, key=len))
        found = {number: one for members in sharing for number, one in members.items()}
        return [one for _, one in sorted(found.items())]

    def _made(
        self, mention: Mention, said: Sequence[str], forms: Sequence[frozenset[str]]
    ) -> Member:
        """A new person; or the known one, whom the table of holders finds under both names."""
        words = nominative(list(said), self._language, mention.cases)
        latin = tuple(transliterated(word, self._language) for word in words)
        holder = holders.of_full_name(latin)
        if holder is None and len(words) > 1:  # "Кая" may look like a form of "Кай"
            holder = holders.of_full_name(
                tuple(transliterated(one, self._language) for one in said)
            )
        for cut in range(1, len(words) - 1):  # what the name of a body before it left over
            if holder is None and (holder := holders.of_full_name(latin[cut:])):
                words, forms, latin = words[cut:], forms[cut:], latin[cut:]
        if len(words) == 1:
            lone = [one for form in forms[0] if (one := holders.of_lone_name(form))]
            fits = {one for one in lone if _may_be(one, mention.office)}
            holder = fits.pop() if len(fits) == 1 else None
        known = next((one for one in self.members if holder and one.holder == holder), None)
        if known:
            return known
        member = Member(
            number=len(self.members),
            words=tuple(word.casefold() for word in words),
            latin=(latin, *(holder.spellings if holder else ())),
            forms=forms,
            language=self._language,
            holder=holder,
        )
        for office in _offices(holder) if holder else ():
            member.roles[office] += 0
        self.members.append(member)
        for form in {form for word in forms for form in word}:
            self._by_form[form].append(member)
        return member

    def _named(self, words: Sequence[str]) -> list[Member]:
        """The persons who have these words of the article in their names."""
        forms = [self._forms(word) for word in words]
        full = [one for one in self._near(forms) if is_one(one.forms, forms)]
        by_patronymic = is_by_patronymic(words)
        if full or (len(words) > 1 and not by_patronymic):
            return full
        known = self._near(forms[:1])
        for place in (0,) if by_patronymic else (-1, 0):  # a surname goes before a given name
            near = [one for one in known if one.forms[place] & forms[0]]
            exact = [one for one in near if words[0].casefold() == one.words[place]]
            if near:
                return exact if len(exact) == 1 else near
        return []

    def _spelled(self, words: Sequence[str]) -> list[Member]:
        """The person whose name sounds most like these words in Latin letters."""
        if not words or any(_CYRILLIC.search(word) for word in words):
            return []
        rated = [
            (max(alike(words, known) for known in (*one.latin, bare(one.name.split()))), one)
            for one in self.members
        ]
        best = max((rate for rate, _ in rated), default=0.0)
        return [one for rate, one in rated if rate > best - _CLEAR] if best >= _SPELLING else []


def _is_one_of(words: Sequence[str], member: Member) -> bool:
    """Whether words are forms of a member's name, word by word."""
    pairs = zip(words, member.forms, strict=False)
    return len(words) == len(member.forms) and all(word in forms for word, forms in pairs)


def _offices(holder: holders.Holder) -> list[Office]:
    """What the table says that somebody is, as an article would."""
    return [mention.office for mention in mentions(holder.role, "en") if mention.whole]


def _may_be(holder: holders.Holder, said: Office) -> bool:
    """Whether a surname alone can be a holder's, by the office said beside it, if any."""
    fits = any(_is_office(held, said, holder.country) for held in _offices(holder))
    return said.role is None or fits


def _gender(member: Member) -> str | None:
    """What the given name looks like; it is asked only to tell two of one surname apart."""
    if len(member.words) < 2:
        return None
    return "femn" if member.words[0].endswith(("a", "а", "я")) else "masc"


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
    if said.of and said.of != (held.of or country) and (held.of or _is_code(said.of)):
        return False
    if COUNTERPART in {held.role, said.role}:  # what office it is the article does not say
        return said.of is not None and said.role in {COUNTERPART, "Minister"}
    if said.role == "leader":
        return held.role in heads() or held.role in _LEADERS
    if said.role in heads() or held.role in heads():
        return held.role == said.role
    deputy = said.role.startswith("Deputy ")
    wider = held.role.endswith(f" {said.role.removeprefix('Deputy ')}")
    return held.role == said.role or (wider and held.role.startswith("Deputy ") == deputy)


def _is_code(of: str) -> bool:
    """Whether an office goes with a country, not with a body."""
    return alpha3(of) == of


def _in_english(office: Office) -> str | None:
    if office.role is None or office.of is None:
        return office.role
    return f"{office.role} of {with_article(office.of)}"


_WITH_ARTICLE = re.compile(
    r"(?:United|.*\b(?:Republic|Union|Nations|Council|Commission|Agency|Court|Bank|Islands)\b"
    r"|Netherlands|Philippines|Maldives|Bahamas|Gambia|Vatican)"
)


def with_article(of: str) -> str:
    """The English name of a country, by its code, or of a body, as it stands in a sentence."""
    name = english(of)
    return f"the {name}" if _WITH_ARTICLE.match(name) else name

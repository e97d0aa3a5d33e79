"""The actors of a record under their canonical names, each once."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from extractor.cast import holders
from extractor.cast.cast import Cast, with_article
from extractor.cast.pieces import ministries, own_name
from schemas import Actor, Record
from schemas.bodies import body
from schemas.countries import alpha3, english

_T = TypeVar("_T", bound=Record)


def persons(record: Record) -> Iterator[Actor]:
    """The persons whom a record names."""
    for _, value in record:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Actor) and one.kind == "person":
                yield one


def named(record: _T, cast: Cast) -> _T:
    """`record` with its actors as the article and the tables know them; one named twice is one.

    Raises:
        ValidationError: it is no such record any more: a meeting of one person with himself.
    """
    update: dict[str, Any] = {}
    for name, value in record:
        if isinstance(value, Actor):
            update[name] = actor(value, cast)
        elif isinstance(value, list) and any(isinstance(one, Actor) for one in value):
            update[name] = _once([actor(one, cast) for one in value])
    return type(record).model_validate({**dict(record), **update})


def _once(actors: Sequence[Actor]) -> list[Actor]:
    kept: list[Actor] = []
    for one in actors:
        if not any(one.is_same(other) for other in kept):
            kept.append(one)
    return kept


def actor(said: Actor, cast: Cast) -> Actor:
    """The actor that a model named, as the article and the tables know him.

    A country that the article never names is not what he acts for, whatever the model says.
    """
    if cast.countries is not None and said.country not in cast.countries:
        said = said.model_copy(update={"country": None})
    if said.kind == "person":
        return _person(said, cast)
    if said.kind == "group":
        return said
    return _ministry(said, cast) or _known(said) or said


def _known(said: Actor) -> Actor | None:
    """A body or a country by any of its names; None for what is neither."""
    if name := body(said.name):
        return said.model_copy(update={"name": name, "kind": "organization", "country": None})
    code = alpha3(said.name)
    bare = said.name.replace(".", "").split()[-1:]
    if code is None or (len(bare[0]) == 2 and bare[0] not in {"US", "UK"}):
        return None  # "AU" is no more Australia than the African Union
    return Actor(name=english(code), kind="country", role=None, country=code)


def _ministry(said: Actor, cast: Cast) -> Actor | None:
    """A ministry with its country: "Ministry of Finance of Iran"."""
    office = cast.office(said.name)
    if office is None or office.role not in ministries():
        return None
    home = cast.home if cast.home in (cast.countries or ()) else None
    country = office.of or said.country or home
    if country is None:
        return None
    name = own_name(office.role, country) or f"{office.role} of {with_article(country)}"
    return said.model_copy(update={"name": name, "kind": "organization", "country": country})


def _person(said: Actor, cast: Cast) -> Actor:
    member = cast.find(said.name)
    if member:
        return said.model_copy(
            update={
                "name": member.name,
                "role": member.role or said.role,
                "country": member.country or said.country,
            }
        )
    holder = holders.of_full_name(said.name.split())
    if holder:
        country = said.country or holder.country
        return said.model_copy(update={"name": holder.name, "country": country})
    return _known(said) or said

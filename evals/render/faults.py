"""Faults and the values of records in words that a reviewer understands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evals.render.words import number_of, one_line, spaced
from evals.report import ArticleReport, Report
from evals.score import Fault
from evals.shape import identity_of, roles_of
from schemas import RECORD_TYPES


def shown(value: Any, *, accepted: bool = False) -> str:
    """A value of a record, labelled or found, in words.

    Args:
        value: as it is in the report.
        accepted: whether a list holds one value and the others that are accepted for it.
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "yes", False: "no"}[value]
    match value:
        case list():
            return (" / " if accepted else "; ").join(map(shown, value)) or "none"
        case {"kind": kind, "name": _}:
            more = [str(value[key]) for key in ("role", "country") if value.get(key)]
            return f"{' / '.join(_names(value))} ({', '.join([str(kind), *more])})"
        case {"name": name}:
            return str(name)
        case {"text": text, "value": resolved}:
            return f"{shown(resolved)} (“{text}”)" if resolved != text else str(text)
        case _:
            return str(value)


def gist(name: str, record: Mapping[str, Any]) -> str:
    """The actors that say which event a record is."""
    record_type = RECORD_TYPES.get(name)
    keys = identity_of(record_type) if record_type else ()
    return "; ".join(
        ", ".join(_names(one)[0] for one in _actors_in(record.get(key))) for key in keys
    )


def fault_words(article: ArticleReport, fault: Fault) -> tuple[str, str]:
    """What is wrong, to be read as one sentence: the kind of fault, and the rest.

    "missing", "meeting 2 (Anna Berg, Jean Moreau)"; "incorrect", "date of meeting 1: expected
    2025-03-13, found 2025-03-12".
    """
    if fault.kind == "swapped":
        return fault.kind, _swap_words(article, fault)
    if fault.field is None:
        return fault.kind, _record_words(article, fault)
    expected, found = expected_and_found(*_records_of(article, fault), fault.field)
    where = f"{spaced(fault.field)} of {_place(fault)}"
    return fault.kind, f"{where}: expected {expected}, found {found}"


def swaps(report: Report) -> list[tuple[str, str]]:
    """Each swap of the report: the article's id, and what was swapped."""
    return [
        (article.id, fault_words(article, fault)[1])
        for article in report.articles
        for fault in article.faults
        if fault.kind == "swapped"
    ]


def fault_line(article: ArticleReport, fault: Fault) -> str:
    """What is wrong, as one line."""
    return one_line(" ".join(fault_words(article, fault)))


def _records_of(article: ArticleReport, fault: Fault) -> tuple[dict[str, Any], dict[str, Any]]:
    """The gold record and the one found that a fault is about; nothing where it has none."""
    gold = {} if fault.gold is None else article.gold[fault.type][fault.gold]
    found = {} if fault.predicted is None else article.predicted[fault.type][fault.predicted]
    return gold, found


def _record_words(article: ArticleReport, fault: Fault) -> str:
    gold, found = _records_of(article, fault)
    place = fault.predicted if fault.gold is None else fault.gold
    words = f"{number_of(fault.type, place or 0)} ({gist(fault.type, gold or found)})"
    if fault.sentences is None:
        return words
    end = "in the gold" if fault.gold is None else "found"
    return f"part of {words}: {fault.sentences} sentences {end}"


def _swap_words(article: ArticleReport, fault: Fault) -> str:
    gold, found = _records_of(article, fault)
    sides = [
        ", ".join(f"{spaced(role)} {_actor_names(record.get(role))}" for role in _roles(fault.type))
        for record in (gold, found)
    ]
    return f"{_place(fault)}: expected {sides[0]}; found {sides[1]}"


def _place(fault: Fault) -> str:
    """The gold record, and the one found where it stands at another place."""
    place = number_of(fault.type, fault.gold or 0)
    if fault.predicted in (None, fault.gold):
        return place
    return f"{place} (found as {number_of(fault.type, fault.predicted)})"


def _roles(name: str) -> tuple[str, ...]:
    record_type = RECORD_TYPES.get(name)
    return (roles_of(record_type) if record_type else None) or ()


def expected_and_found(
    gold: Mapping[str, Any], found: Mapping[str, Any], field: str
) -> tuple[str, str]:
    """What a field should be and what it is, in words; of actors only those that differ.

    A field that the records do not have is one of their actors': `country`, `kind`.
    """
    if field not in found and field not in gold:
        return _differing(list(_said_of_actors(gold, field)), list(_said_of_actors(found, field)))
    mine, theirs = gold.get(field), found.get(field)
    if _is_actors(mine) or _is_actors(theirs):
        return _differing(
            [(_names(one), None) for one in _actors_in(mine)],
            [(_names(one), None) for one in _actors_in(theirs)],
        )
    return shown(mine, accepted=not isinstance(theirs, list)), shown(theirs)


_Said = tuple[list[str], str | None]
"""An actor's accepted names, and what is said of it, or None where it is only about the names."""


def _differing(gold: Sequence[_Said], found: Sequence[_Said]) -> tuple[str, str]:
    """Both sides in words without what is the same on both; whole where nothing would be left."""
    lost = [one for one in gold if not any(_agree(one, other) for other in found)]
    extra = [one for one in found if not any(_agree(other, one) for other in gold)]
    if not lost and not extra:
        lost, extra = list(gold), list(found)
    return _listed(lost), _listed(extra)


def _agree(gold: _Said, found: _Said) -> bool:
    accepted = {name.casefold() for name in gold[0]}
    return found[0][0].casefold() in accepted and gold[1] == found[1]


def _listed(said: Sequence[_Said]) -> str:
    return ", ".join(" ".join(filter(None, (names[0], what))) for names, what in said) or "nothing"


def _said_of_actors(record: Mapping[str, Any], key: str) -> Iterator[_Said]:
    for value in record.values():
        for actor in _actors_in(value):
            if key in actor:
                yield _names(actor), shown(actor[key])


def _actor_names(value: Any) -> str:
    return ", ".join(_names(one)[0] for one in _actors_in(value)) or "nothing"


def _is_actors(value: Any) -> bool:
    return bool(_actors_in(value))


def _actors_in(value: Any) -> list[dict[str, Any]]:
    """The actors of a field that holds some; nothing of any other."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict) and "name" in one and "kind" in one]


def _names(actor: Mapping[str, Any]) -> list[str]:
    """An actor's name, the accepted ones of a label after the best."""
    name = actor["name"]
    return [str(one) for one in name] if isinstance(name, list) else [str(name)]

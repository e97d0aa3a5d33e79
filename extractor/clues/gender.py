"""Whether a person is a woman or a man, by the given name (`gender.toml`)."""

import tomllib
from functools import cache
from importlib.resources import files

from schemas import Actor


@cache
def _words(name: str) -> tuple[str, ...]:
    text = files(__package__).joinpath("gender.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[name].split())


def is_woman(actor: Actor) -> bool:
    """Whether a given name looks like a woman's."""
    given = _given(actor)
    return given.endswith(_words("women_end")) or given in _words("women")


def is_man(actor: Actor) -> bool:
    """Whether a given name looks like a man's; of most names neither is sure."""
    return _given(actor).endswith(_words("men_end")) and not is_woman(actor)


def _given(actor: Actor) -> str:
    """The given name, small letters; nothing where only one name is known."""
    return actor.name.split()[0].casefold() if " " in actor.name else ""

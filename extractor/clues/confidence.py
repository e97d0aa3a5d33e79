"""How likely a sentence holds a record, from the model's answer and from what code sees."""

import math
import tomllib
from functools import cache
from importlib.resources import files

from extractor.clues.scene import Sight

_LEAST = 0.001
"""What a share of yes or no is raised by, so that its logarithm stays small."""


@cache
def _weights() -> dict[str, dict[str, float]]:
    text = files(__package__).joinpath("weights.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def threshold(type_: str) -> float:
    """The confidence from which a record of a type is asked for."""
    return _weights()[type_]["threshold"]


def confidence(type_: str, yes: float, sight: Sight) -> float:
    """The probability, 0 to 1, that a sentence holds a record of a type.

    Args:
        type_: what the schemas call it.
        yes: the share of yes in the model's answer, 0 to 1.
        sight: what code sees in the sentence.
    """
    weights = _weights()[type_]
    persons = sum(one.actor.kind == "person" for one in sight.actors)
    seen = {
        "quotes": sight.speech.quotes,
        "says": sight.speech.says,
        "named": sight.named,
        "person": persons > 0,
        "persons": persons > 1,
        "surely": type_ in sight.surely,
        "unreal": sight.unreal,
        "silent": sight.silent,
        "somewhere": sight.somewhere,
        "groups": bool(sight.groups),
        "state": any(one.actor.kind == "country" for one in sight.actors),
        "imposes": any(one.imposes for one in sight.actors),
        "against": any(one.against for one in (*sight.actors, *sight.groups)),
    }
    odds = math.log((yes + _LEAST) / (1 - yes + _LEAST))
    total = weights["bias"] + weights["yes"] * odds
    total += sum(weights.get(name, 0.0) for name, is_so in seen.items() if is_so)
    return 1 / (1 + math.exp(-total))

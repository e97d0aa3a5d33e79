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
    if sight.odds:
        weights = _weights()[type_]
        total = weights["bias"] + weights["words"] * sight.odds[type_]
        total += weights["article"] * sight.likeliest
    else:
        weights = _weights()[f"{type_}_by_sight"]
        seen = sight.traits() | ({"surely"} if type_ in sight.surely else set())
        total = weights["bias"] + sum(weights.get(name, 0.0) for name in seen)
    total += weights["yes"] * odds(yes)
    return 1 / (1 + math.exp(-total))


def odds(yes: float) -> float:
    """The logarithm of the odds of yes, bounded."""
    return math.log((yes + _LEAST) / (1 - yes + _LEAST))

"""What a run may cost: no request starts that it has no room for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from extractor.errors import BudgetError


@dataclass(slots=True)
class Spent:
    """One request: what it is expected to cost, and then what it did."""

    cost_usd: float | None = None
    """None until it is known; a request that failed cost nothing."""


class Budget:
    """Calls and dollars left; what is under way counts with what it is expected to cost."""

    def __init__(self, most_calls: int | None, most_cost: float | None) -> None:
        """Nothing is spent yet.

        Args:
            most_calls: answers of the model, at most; None for no limit.
            most_cost: dollars, at most; None for no limit.
        """
        self._most_calls = most_calls
        self._most_cost = most_cost
        self._calls = 0
        self._spent = 0.0
        self._expected = 0.0

    @contextmanager
    def request(self, expected: float, *, again: bool = False) -> Iterator[Spent]:
        """Room for one request; what it costs is set inside the block.

        Args:
            expected: dollars that it is likely to cost.
            again: whether it belongs to one that there was room for; then there is room for it.

        Raises:
            BudgetError: there is no room for it.
        """
        if not again:
            self._check(expected)
        self._calls += 1
        self._expected += expected
        spent = Spent()
        try:
            yield spent
        finally:
            self._expected -= expected
            self._spent += spent.cost_usd or 0.0
            if spent.cost_usd is None:
                self._calls -= 1

    def _check(self, expected: float) -> None:
        if self._most_calls is not None and self._calls >= self._most_calls:
            raise BudgetError(
                f"{self._calls} calls made, as many as `--max-calls` allows: the same command with "
                "more goes on"
            )
        likely = self._spent + self._expected + expected
        if self._most_cost is not None and likely > self._most_cost:
            raise BudgetError(
                f"${self._spent:.4f} spent, and the next call is likely to go beyond the "
                f"${self._most_cost:g} of `--max-cost`: the same command with more goes on"
            )

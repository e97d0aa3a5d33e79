"""No request starts that there is no room for."""

import pytest

from extractor.errors import BudgetError
from extractor.llm.budget import Budget


def spend(
    budget: Budget, cost: float | None, expected: float = 0.0, *, again: bool = False
) -> None:
    with budget.request(expected, again=again) as spent:
        spent.cost_usd = cost


def test_without_limits_there_is_always_room() -> None:
    budget = Budget(None, None)
    for _ in range(100):
        spend(budget, 1000.0, 1000.0)


def test_calls_are_counted() -> None:
    budget = Budget(2, None)
    spend(budget, 0.0)
    spend(budget, 0.0)
    with pytest.raises(BudgetError, match="2 calls made, as many as `--max-calls`"):
        spend(budget, 0.0)


def test_no_call_at_all_may_be_allowed() -> None:
    with pytest.raises(BudgetError):
        spend(Budget(0, None), 0.0)


def test_request_that_failed_costs_no_call() -> None:
    budget = Budget(1, None)
    with pytest.raises(OSError, match="gone"), budget.request(0.0):
        raise OSError("gone")
    spend(budget, 0.0)


def test_calls_in_flight_count() -> None:
    budget = Budget(1, None)
    with budget.request(0.0), pytest.raises(BudgetError), budget.request(0.0):
        pass


def test_what_asks_again_belongs_to_what_was_let_through() -> None:
    budget = Budget(1, 0.001)
    spend(budget, 0.001, 0.001)
    spend(budget, 0.001, 0.001, again=True)


def test_dollars_are_counted() -> None:
    budget = Budget(None, 0.10)
    spend(budget, 0.06, 0.06)
    with pytest.raises(BudgetError, match=r"\$0.0600 spent.*\$0.1 of `--max-cost`"):
        spend(budget, 0.06, 0.06)
    spend(budget, 0.04, 0.04)


def test_dollars_expected_of_those_in_flight_count() -> None:
    budget = Budget(None, 0.10)
    with budget.request(0.06), pytest.raises(BudgetError), budget.request(0.06):
        pass


def test_what_was_expected_and_not_spent_is_there_again() -> None:
    budget = Budget(None, 0.10)
    spend(budget, 0.01, 0.09)
    spend(budget, 0.01, 0.09)

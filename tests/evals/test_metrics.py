"""Counts become scores with intervals."""

import numpy as np
import pytest

from evals import metrics
from evals.metrics import Score, Table

FOUND = {"a.gold": 4, "a.predicted": 2, "a.matched": 2}
MISSED = {"a.gold": 4, "a.predicted": 2, "a.matched": 0}


def test_f1_is_that_of_the_summed_counts() -> None:
    table = Table([FOUND, MISSED])
    assert metrics.f1(table, "a")[0] == pytest.approx(2 * 2 / (8 + 4))


def test_interval_holds_the_value_and_lies_within_0_and_1() -> None:
    samples = metrics.f1(Table([FOUND, MISSED] * 8), "a")
    score = Score.of_samples(samples, 64)
    assert score.low is not None
    assert score.value is not None
    assert score.high is not None
    assert 0 <= score.low < score.value < score.high <= 1


def test_interval_is_the_same_every_time() -> None:
    one, other = (metrics.f1(Table([FOUND, MISSED] * 8), "a") for _ in range(2))
    assert np.array_equal(one, other)


def test_interval_narrows_with_more_articles() -> None:
    few, many = (
        Score.of_samples(metrics.f1(Table([FOUND, MISSED] * number), "a"), 0) for number in (4, 40)
    )
    assert few.high is not None
    assert few.low is not None
    assert many.high is not None
    assert many.low is not None
    assert many.high - many.low < (few.high - few.low) / 2


def test_articles_that_are_all_alike_have_no_spread() -> None:
    score = Score.of_samples(metrics.f1(Table([FOUND] * 5), "a"), 0)
    assert score.low == score.value == score.high


def test_nothing_to_divide_by_is_no_score() -> None:
    score = Score.of_samples(metrics.f1(Table([{"a.gold": 0}]), "a"), 0)
    assert (score.value, score.low, score.high) == (None, None, None)


def test_no_articles_are_no_score() -> None:
    assert Score.of_samples(metrics.f1(Table([]), "a"), 0).value is None


def test_headline_is_the_mean_of_the_types_that_occur() -> None:
    table = Table([FOUND | {"b.gold": 1, "b.predicted": 1, "b.matched": 1}])
    value = metrics.headline(table, ["a", "b", "c"])[0]
    assert value == pytest.approx((2 * 2 / 6 + 1) / 2)


def test_type_that_is_only_invented_counts_as_0() -> None:
    table = Table([FOUND | {"b.gold": 0, "b.predicted": 3, "b.matched": 0}])
    assert metrics.headline(table, ["a", "b"])[0] == pytest.approx(2 * 2 / 6 / 2)


def test_unknown_count_is_0() -> None:
    assert Table([FOUND]).total("nothing") == 0

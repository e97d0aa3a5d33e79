"""The best one-to-one alignment (Hungarian algorithm, by scipy)."""

from collections.abc import Sequence


def aligned(weights: Sequence[Sequence[float]]) -> list[tuple[int, int, float]]:
    """Row, column and weight of each pair of the matching with the greatest total weight.

    Args:
        weights: a row for each thing here, a column for each thing there. A weight of 0 means
            that the two cannot be one; such pairs are left out.
    """
    if not weights or not weights[0]:
        return []
    from scipy.optimize import linear_sum_assignment  # takes a quarter of a second to import

    rows, columns = linear_sum_assignment(weights, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(row, column, weights[row][column]) for row, column in pairs if weights[row][column]]

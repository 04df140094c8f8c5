"""The loop of the adjusted mutual information: what two partitions of given sizes have in common by chance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Ints = npt.NDArray[np.int64]


@njit
def expected_information(
    rows: tuple[Ints, Ints], columns: tuple[Ints, Ints], log_factorial: npt.NDArray[np.float64]
) -> float:
    """Sum the mutual information over the hypergeometric law of each cell; rows and columns are sizes, and how often."""
    row_size, row_many = rows
    column_size, column_many = columns
    n = len(log_factorial) - 1
    total = 0.0
    for row in range(len(row_size)):
        a = row_size[row]
        for column in range(len(column_size)):
            b = column_size[column]
            mean = a * b / n
            spread = np.sqrt(mean * (n - a) / n * (n - b) / max(n - 1, 1))
            reach = 12 * spread + 12  # beyond it the law holds less than rounding errors
            low = max(1, a + b - n, int(mean - reach))
            high = min(a, b, int(mean + reach) + 1)
            fixed = log_factorial[a] + log_factorial[b] + log_factorial[n - a] + log_factorial[n - b] - log_factorial[n]
            cell = 0.0
            for held in range(low, high + 1):
                chance = fixed - log_factorial[held] - log_factorial[a - held] - log_factorial[b - held]
                chance -= log_factorial[n - a - b + held]
                cell += held / n * (np.log(n * held) - np.log(a * b)) * np.exp(chance)
            total += row_many[row] * column_many[column] * cell
    return total

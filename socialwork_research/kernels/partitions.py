"""How alike two partitions of the same nodes are: arrays of labels in, numbers out.

References
----------
Meilă (2007), Comparing clusterings: an information based distance,
*Journal of Multivariate Analysis* 98, 873–895,
https://doi.org/10.1016/j.jmva.2006.11.013

Vinh, Epps & Bailey (2010), Information theoretic measures for clusterings
comparison, *Journal of Machine Learning Research* 11, 2837–2854,
https://jmlr.org/papers/v11/vinh10a.html
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .compiling import compiled

Ints = npt.NDArray[np.int64]


class Agreement(NamedTuple):
    """Three measures; NaN without nodes."""

    ami: float
    """Mutual information adjusted for chance, over the mean of the two entropies: 1 equal, 0 as by chance."""
    ari: float
    """Rand index adjusted for chance (Hubert & Arabie 1985): pairs of nodes that are together in both, or in neither."""
    vi: float
    """Variation of information in nats: 0 equal, at most log n."""


def crossed(first: Ints, second: Ints) -> tuple[Ints, Ints, Ints]:
    """Count the nodes in each pair of sets that occurs: its set in the first, in the second, and the count."""
    width = int(second.max(initial=0)) + 1
    key, n = np.unique(first * width + second, return_counts=True)
    return key // width, key % width, n


def agreement(first: Ints, second: Ints) -> Agreement:
    """Compare two partitions.

    Parameters
    ----------
    first, second
        Labels from 0 of the same nodes.
    """
    n = len(first)
    if n == 0:
        return Agreement(float("nan"), float("nan"), float("nan"))
    row, column, held = crossed(first, second)
    rows, columns = np.bincount(first), np.bincount(second)
    information = float((held / n * (np.log(n * held) - np.log(rows[row] * columns[column]))).sum())
    entropies = [_entropy(sizes, n) for sizes in (rows, columns)]
    variation = max(sum(entropies) - 2 * information, 0.0)
    if len(held) == len(rows[rows > 0]) == len(columns[columns > 0]):
        return Agreement(1.0, 1.0, 0.0)
    kinds = [np.unique(sizes[sizes > 0], return_counts=True) for sizes in (rows, columns)]
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    expected = compiled("_partitions_compiled").expected_information(kinds[0], kinds[1], log_factorial)
    room = sum(entropies) / 2 - expected
    ami = (information - expected) / room if abs(room) > 1e-12 else 0.0
    return Agreement(float(ami), _rand(held, rows, columns), variation)


def _entropy(sizes: Ints, n: int) -> float:
    share = sizes[sizes > 0] / n
    return float(-(share * np.log(share)).sum())


def _rand(held: Ints, rows: Ints, columns: Ints) -> float:
    """Adjust the Rand index for chance."""
    together, apart, across = (float((each * (each - 1) // 2).sum()) for each in (held, rows, columns))
    n = int(rows.sum())
    expected = apart * across / (n * (n - 1) / 2)
    room = (apart + across) / 2 - expected
    return (together - expected) / room if room else 0.0

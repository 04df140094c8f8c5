"""The walk through all triangles, compiled."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Ints = npt.NDArray[np.int64]


@njit
def walked(start: Ints, target: Ints, way: Ints, weight: Ints) -> tuple[Ints, Ints]:
    """Add up the triangles of pairs turned towards their busier end (see ``triples``).

    Parameters
    ----------
    start
        Where the pairs of each author begin; one more than there are authors.
    target
        The busier end of each pair.
    way
        1 towards that end, 2 away from it, 3 both.
    weight
        Ties of each pair.

    Returns
    -------
    For each author: triangles, directed triangles, ties to the other corners. The number of triangles by their ways.
    """
    n = len(start) - 1
    sums = np.zeros((3, n), dtype=np.int64)
    ways = np.zeros(64, dtype=np.int64)
    reached = np.full(n, -1, dtype=np.int64)  # by which pair of the present corner
    for u in range(n):
        for first in range(start[u], start[u + 1]):
            reached[target[first]] = first
        for first in range(start[u], start[u + 1]):
            v = target[first]
            for second in range(start[v], start[v + 1]):
                w = target[second]
                third = reached[w]
                if third < 0:
                    continue
                ways[way[first] + 4 * way[second] + 16 * way[third]] += 1
                directed = (1 + (way[first] == 3)) * (1 + (way[second] == 3)) * (1 + (way[third] == 3))
                sums[0, u] += 1
                sums[0, v] += 1
                sums[0, w] += 1
                sums[1, u] += directed
                sums[1, v] += directed
                sums[1, w] += directed
                sums[2, u] += weight[first] + weight[third]
                sums[2, v] += weight[first] + weight[second]
                sums[2, w] += weight[second] + weight[third]
        for first in range(start[u], start[u + 1]):
            reached[target[first]] = -1
    return sums, ways

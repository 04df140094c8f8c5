"""Compiled loops under `adjacency`: rows are turned and merged in one walk, without sorting anew."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Codes = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]


@njit
def turned(start: Codes, to: Codes, weight: Floats) -> tuple[Codes, Codes, Floats]:
    """Give the rows seen from the other end; since rows are walked in order, the new ones rise too."""
    n = len(start) - 1
    begin = np.zeros(n + 1, dtype=np.int64)
    for other in to:
        begin[other + 1] += 1
    for author in range(n):
        begin[author + 1] += begin[author]
    free = begin.copy()
    back = np.empty(len(to), dtype=np.int32)
    heavy = np.empty(len(to))
    for author in range(n):
        for place in range(start[author], start[author + 1]):
            other = to[place]
            back[free[other]] = author
            heavy[free[other]] = weight[place]
            free[other] += 1
    return begin, back, heavy


@njit
def merged(start, to, weight, begin, back, heavy):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Give rows that hold what either of two sets of rows holds; the weights of both are added."""
    n = len(start) - 1
    first = np.zeros(n + 1, dtype=np.int64)
    both = np.empty(2 * len(to), dtype=np.int32)
    summed = np.empty(2 * len(to))
    used = 0
    for author in range(n):
        here, there = start[author], begin[author]
        while here < start[author + 1] or there < begin[author + 1]:
            is_here = here < start[author + 1] and (there == begin[author + 1] or to[here] <= back[there])
            is_there = there < begin[author + 1] and (here == start[author + 1] or back[there] <= to[here])
            summed[used] = 0.0
            if is_here:
                both[used] = to[here]
                summed[used] += weight[here]
                here += 1
            if is_there:
                both[used] = back[there]
                summed[used] += heavy[there]
                there += 1
            used += 1
        first[author + 1] = used
    return first, both[:used].copy(), summed[:used].copy()

"""Compiled loops under `paths`: sums are taken one after the other, in the order of the authors' codes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Codes = npt.NDArray[np.integer]

WIDE = 64  # sources that are followed together, one bit each


@njit
def levels(start: Codes, to: Codes, sources: Codes, histogram: Codes) -> Codes:
    """Follow up to 64 sources at once, step by step, and add to the histogram of distances.

    Returns the sum of distances, the number of authors reached and the furthest distance: a row each, for each source.
    """
    n = len(start) - 1
    total, reached, furthest = 0, 1, 2
    told = np.zeros((3, len(sources)), dtype=np.int64)
    seen = np.zeros(n, dtype=np.uint64)
    now = np.zeros(n, dtype=np.uint64)
    after = np.zeros(n, dtype=np.uint64)
    one = np.uint64(1)
    for first in range(0, len(sources), WIDE):
        width = min(WIDE, len(sources) - first)
        seen[:] = 0
        now[:] = 0
        for bit in range(width):
            mine = one << np.uint64(bit)
            seen[sources[first + bit]] |= mine
            now[sources[first + bit]] |= mine
        step = 0
        moving = True
        while moving:
            step += 1
            moving = False
            after[:] = 0
            for author in range(n):
                bits = now[author]
                if bits:
                    for place in range(start[author], start[author + 1]):
                        after[to[place]] |= bits
            for author in range(n):
                bits = after[author] & ~seen[author]
                after[author] = bits
                if bits:
                    moving = True
                    seen[author] |= bits
                    for bit in range(width):
                        if (bits >> np.uint64(bit)) & one:
                            histogram[step] += 1
                            told[total, first + bit] += step
                            told[reached, first + bit] += 1
                            told[furthest, first + bit] = step
            now, after = after, now
    return told


@njit
def dependencies(start: Codes, to: Codes, sources: Codes, owing: npt.NDArray[np.float64]) -> None:
    """Add what each source's shortest paths owe to each author between their ends (Brandes 2001), and its square."""
    n = len(start) - 1
    distance = np.full(n, -1, dtype=np.int32)
    paths = np.zeros(n)
    owed = np.zeros(n)
    queue = np.empty(n, dtype=np.int32)
    for source in sources:
        distance[source] = 0
        paths[source] = 1.0
        queue[0] = source
        head, tail = 0, 1
        while head < tail:
            author = queue[head]
            head += 1
            for place in range(start[author], start[author + 1]):
                other = to[place]
                if distance[other] < 0:
                    distance[other] = distance[author] + 1
                    queue[tail] = other
                    tail += 1
                if distance[other] == distance[author] + 1:
                    paths[other] += paths[author]
        for back in range(tail - 1, -1, -1):
            author = queue[back]
            held = 0.0
            for place in range(start[author], start[author + 1]):
                other = to[place]
                if distance[other] == distance[author] + 1:
                    held += (1.0 + owed[other]) / paths[other]
            owed[author] = paths[author] * held
        for back in range(tail):
            author = queue[back]
            if author != source:
                owing[0, author] += owed[author]
                owing[1, author] += owed[author] * owed[author]
            distance[author] = -1
            paths[author] = 0.0
            owed[author] = 0.0

"""The compiled loop under `standing`: each round adds up, author by author, what its edges bring."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Codes = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]


@njit
def rounds(start, come, weight, given, damping, tolerance, most):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Let a walker step until its place in the long run no longer moves; rows hold from where edges come."""
    n = len(start) - 1
    share = np.full(n, 1.0 / n)
    sent = np.empty(n)
    for step in range(1, most + 1):
        kept = 0.0
        for author in range(n):
            if given[author] > 0:
                sent[author] = share[author] / given[author]
            else:
                sent[author] = 0.0
                kept += share[author]
        base = (1.0 - damping + damping * kept) / n
        moved = 0.0
        for author in range(n):
            held = 0.0
            for place in range(start[author], start[author + 1]):
                held += weight[place] * sent[come[place]]
            after = base + damping * held
            moved += abs(after - share[author])
            share[author] = after
        if moved < tolerance:
            return share, step
    return share, most + 1

"""How many posts of each stratum are drawn."""

from __future__ import annotations

import numpy as np

from ..errors import OptionError


def allocate(sizes: np.ndarray, n: int, shares: np.ndarray) -> np.ndarray:
    """Share `n` posts out over strata of these sizes.

    A stratum smaller than its share is taken whole, and what it leaves goes to the others by their shares. Each
    stratum that has posts gets at least one, so that every post has a probability above 0.
    """
    sizes = np.asarray(sizes, dtype=np.int64)
    wanted = min(n, int(sizes.sum()))
    filled = sizes > 0
    if wanted < filled.sum():
        raise OptionError(f"n={n}: {filled.sum()} strata have posts, and each needs one at least. Draw more posts.")
    given = np.minimum(sizes, 1)
    open_ = filled & (sizes > given)
    while given.sum() < wanted:
        weights = np.where(open_, shares, 0.0)
        target = weights / weights.sum() * (wanted - given[~open_].sum())
        if (whole := open_ & (target >= sizes)).any():
            given, open_ = np.where(whole, sizes, given), open_ & ~whole
            continue
        return np.where(open_, _rounded(target, open_, wanted - given[~open_].sum()), given)
    return given


def _rounded(target: np.ndarray, open_: np.ndarray, total: int) -> np.ndarray:
    """Round down, at least to 1, and give what is left to the largest remainders (the first of equal ones)."""
    floor = np.where(open_, np.maximum(np.floor(target), 1), 0).astype(np.int64)
    remainder = np.where(open_, target - floor, -np.inf)
    while floor.sum() < total:
        best = int(np.argmax(remainder))
        floor[best] += 1
        remainder[best] -= 1
    while floor.sum() > total:
        largest = int(np.argmax(np.where(floor > 1, floor, 0)))
        floor[largest] -= 1
    return floor

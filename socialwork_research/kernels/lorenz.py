"""How unequally something is shared out: arrays in, numbers out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def gini_of_rates(values: Floats) -> float:
    """Measure how unequally numbers are spread that are not whole; NaN where there is nothing to share out.

    G = Σ (2i − n − 1) x_(i) / (n Σ x), over the values in rising order, as in ``directed.gini``.
    """
    n = len(values)
    rising = np.sort(values).astype(np.float64)
    total = rising.sum()
    if n == 0 or total == 0:
        return float("nan")
    return float(((2 * np.arange(1, n + 1) - n - 1) * rising).sum() / (n * total))


def curve(values: npt.NDArray[np.integer], shares: Floats) -> Floats:
    """Return which share of the whole the least-endowed have, for each share of holders; NaN where there is no whole."""
    n, total = len(values), values.sum()
    if n == 0 or total == 0:
        return np.full(len(shares), np.nan)
    held = np.concatenate([[0], np.cumsum(np.sort(values))]) / total
    return np.interp(shares, np.arange(n + 1) / n, held)


def top(values: npt.NDArray[np.integer], shares: Floats, member: npt.NDArray[np.integer], *, n_groups: int) -> Floats:
    """Return how many of each group are among the most-endowed, for each share of holders: shares × groups.

    Who stands level at the edge is taken in part, so that no order among equals is made up.
    """
    n = len(values)
    wanted = shares * n
    levels, place = np.unique(-values, return_inverse=True)
    held = np.bincount(place * n_groups + member, minlength=len(levels) * n_groups).reshape(len(levels), n_groups)
    upto = np.concatenate([np.zeros((1, n_groups)), np.cumsum(held, axis=0)])
    whole = upto.sum(axis=1)
    return np.stack([np.interp(wanted, whole, upto[:, group]) for group in range(n_groups)], axis=1)

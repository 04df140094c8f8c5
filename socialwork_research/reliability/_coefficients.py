"""Agreement coefficients from counts: how many coders gave each value to each unit.

Each coefficient is a function of sums over units. `contributions` makes the summands, `coefficients` takes
the sums; a resample of whole clusters is then one matrix product, and observed *and* expected disagreement
are computed anew in each draw (the bootstrap of Hayes & Krippendorff 2007 holds the expected one fixed).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Coefficients(NamedTuple):
    """What `coefficients` returns; NaN where a coefficient is undefined."""

    alpha: np.ndarray
    ac1: np.ndarray
    specific: np.ndarray  # one more axis: the values


def contributions(counts: np.ndarray) -> np.ndarray:
    """Return what each unit adds to the sums behind every coefficient.

    `counts` has shape (..., units, values): how many coders gave the value to the unit. The result has shape
    (..., units, 3 * values + 3): coincidence margins, coincidences on the diagonal, shares of values, observed
    agreement, whether the unit was rated at all, whether by two coders or more. A unit with one coder adds
    only to the shares of values, as in Gwet's treatment of missing ratings.
    """
    counts = np.asarray(counts, dtype=float)
    raters = counts.sum(axis=-1, keepdims=True)
    paired = raters >= 2
    rated = raters >= 1
    margins = np.where(paired, counts, 0.0)
    diagonal = np.where(paired, counts * (counts - 1) / np.maximum(raters - 1, 1), 0.0)
    shares = counts / np.maximum(raters, 1)
    observed = diagonal.sum(axis=-1, keepdims=True) / np.maximum(raters, 1)
    return np.concatenate([margins, diagonal, shares, observed, rated, paired], axis=-1)


def coefficients(sums: np.ndarray) -> Coefficients:
    """Return alpha, AC1 and specific agreement from sums of `contributions` (last axis)."""
    values = (sums.shape[-1] - 3) // 3
    margins, diagonal, shares = (sums[..., i * values : (i + 1) * values] for i in range(3))
    observed, rated, paired = (sums[..., 3 * values + i] for i in range(3))
    n = margins.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        disagreement = (n - diagonal.sum(axis=-1)) / n
        expected = (n**2 - (margins**2).sum(axis=-1)) / (n * (n - 1))
        alpha = np.where(expected > 0, 1 - disagreement / expected, np.nan)
        pi = shares / rated[..., None]
        by_chance = (pi * (1 - pi)).sum(axis=-1) / (values - 1)
        ac1 = np.where((paired > 0) & (expected > 0), (observed / paired - by_chance) / (1 - by_chance), np.nan)
        specific = np.where((margins > 0) & (expected > 0)[..., None], diagonal / margins, np.nan)
    return Coefficients(alpha, ac1, specific)

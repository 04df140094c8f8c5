"""Places in an order, and how sure they are: what is observed is noisy, so that its order is more spread than the truth's.

A bootstrap of the observed places takes their noise twice: close authors look further apart in the sample than they are,
and further still in each draw from it, so that its intervals hold the true place far less often than they say. Here the
spread of the true values is estimated first, with the noise of each value taken out of it; true values are then drawn
given what was observed, and their places counted (Lin, Louis, Paddock & Ridgeway 2006). The spread is estimated without
a formula, as shares of a fine grid; its noise grows with the value, by a factor that each value has of its own, steadied
by values like it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .steady import steady

Floats = npt.NDArray[np.float64]

__all__ = ["Placed", "dispersion", "observed", "placed"]

_CELLS, _MOST_CELLS = 200, 2000
_ROUNDS = 200  # of the estimate of the spread: more would break it into spikes
_OWN = 4.0  # how much of others' noise steadies a value's own: as if so large a value had been seen
_NEAR = 0.5  # values are alike within so many SDs of their square roots
_AT_ONCE = 4_000_000  # numbers drawn at once: a fixed number, on which results do not depend


class Placed(NamedTuple):
    """The interval of each author's place, and its chance to be among the first."""

    low: Floats
    high: Floats
    share_in_top: Floats


class _Kinds(NamedTuple):
    """Values that are alike in size and noise are one kind."""

    of: npt.NDArray[np.int64]
    chance: Floats
    """For each kind, the chance that a true value lies in the grid's cells up to each."""


def observed(value: Floats) -> Floats:
    """Return the place of each value, 1 the largest; equal values share the mean of their places."""
    found, inverse, n = np.unique(-value, return_inverse=True, return_counts=True)
    last = np.cumsum(n)
    return np.asarray((last - (n - 1) / 2)[inverse]) if len(found) else np.zeros(0)


@steady
def dispersion(value: Floats, noise: Floats) -> Floats:
    """Return how many times its own size each value's variance is: 1 for a count of independent events.

    Parameters
    ----------
    value
        What was measured, from 0 up, in units of which about one is an event.
    noise
        Its estimated variance, which for small values is hardly known.
    """
    root = np.sqrt(value)
    spread = float(root.std())
    whole = float(noise.sum() / value.sum())
    if spread == 0:
        return np.full(len(value), whole)
    cell = np.minimum((root / root.max() * _CELLS).astype(np.int64), _CELLS - 1)
    amount, variance = (np.bincount(cell, weights=each, minlength=_CELLS) for each in (value, noise))
    centre = (np.arange(_CELLS) + 0.5) * root.max() / _CELLS
    near = np.exp(-0.5 * ((centre[:, None] - centre[None, :]) / (_NEAR * spread)) ** 2)
    like = (near @ variance + whole) / (near @ amount + 1)
    found = (noise + _OWN * np.interp(root, centre, like)) / (value + _OWN)
    return np.asarray(np.maximum(found, 0.05 * whole))


@steady
def placed(value: Floats, noise: Floats, *, draws: int, top: int, stream: np.random.Generator) -> Placed:
    """Draw true values given what was observed, and give the middle 95 % of each one's places.

    Parameters
    ----------
    value
        What was measured of each author, from 0 up, in units of which about one is an event; not all of them 0.
    noise
        Its estimated variance.
    draws
        How many times the true values are drawn.
    top
        How many authors count as the first.
    stream
        Generator of the draws.

    References
    ----------
    Lin, Louis, Paddock & Ridgeway (2006), Loss function based ranking in two-stage, hierarchical models, *Bayesian
    Analysis* 1, 915–946, https://doi.org/10.1214/06-BA130
    """
    kinds = _kinds(value, dispersion(value, noise))
    order = np.argsort(kinds.of, kind="stable")
    bounds = np.searchsorted(kinds.of[order], np.arange(len(kinds.chance) + 1))
    n = len(value)
    places = np.empty((n, draws), dtype=np.int32)
    block = max(_AT_ONCE // max(n, 1), 1)
    for first in range(0, draws, block):
        width = min(block, draws - first)
        chance = stream.random((n, width))
        true = np.empty((n, width))
        for kind, reached in enumerate(kinds.chance):
            mine = order[bounds[kind] : bounds[kind + 1]]
            cell = np.searchsorted(reached, chance[mine], side="right")
            below = np.concatenate([[0.0], reached])[cell]
            true[mine] = cell + (chance[mine] - below) / (reached[cell] - below)
        down = np.argsort(-true, axis=0, kind="stable")
        ladder = np.broadcast_to(np.arange(1, n + 1, dtype=np.int32)[:, None], down.shape)
        np.put_along_axis(places[:, first : first + width], down, ladder, axis=0)
    low, high = np.quantile(places, [0.025, 0.975], axis=1, method="inverted_cdf")
    return Placed(low.astype(np.float64), high.astype(np.float64), (places <= top).mean(axis=1))


def _kinds(value: Floats, factor: Floats) -> _Kinds:
    """Estimate how the true values are spread, and what each observed value leaves open."""
    # Factors that differ by under one in a hundred are taken as one, so that values fall into few kinds.
    rounded = np.exp(np.round(np.log(factor), 2))
    pairs, of, n = np.unique(np.stack([value, rounded]), axis=1, return_inverse=True, return_counts=True)
    seen, factor = pairs
    most = seen.max() + 4 * np.sqrt(factor.max() * (seen.max() + 1)) + 1
    cells = int(np.clip(np.ceil(4 * np.sqrt(most / factor.min())), _CELLS, _MOST_CELLS))
    grid = ((np.arange(cells) + 0.5) * np.sqrt(most) / cells) ** 2
    fits = (seen / factor)[:, None] * np.log(grid) - grid / factor[:, None]
    fits = np.exp(fits - fits.max(axis=1, keepdims=True))
    spread = np.full(cells, 1 / cells)
    for _ in range(_ROUNDS):
        whole = fits @ spread
        spread = spread * ((n / whole) @ fits) / n.sum()
    chance = np.cumsum(fits * spread, axis=1)
    chance /= chance[:, -1:]
    return _Kinds(of.reshape(-1), chance)

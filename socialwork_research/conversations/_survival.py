"""Kaplan–Meier with whole authors drawn anew: arrays in, arrays out."""

from __future__ import annotations

from itertools import islice

import numpy as np
import numpy.typing as npt

from ..resampling import cluster_counts

__all__ = ["answered_by", "drawn", "exact_bounds"]

Floats = npt.NDArray[np.float64]
_CELLS = 4_000_000  # weights held at once
_TAIL = 0.025


def answered_by(weights: np.ndarray, *, waited: np.ndarray, is_answered: np.ndarray, horizons: np.ndarray) -> Floats:
    """Return one minus the Kaplan–Meier estimate at each horizon, for each row of `weights`.

    Parameters
    ----------
    weights
        How often each thread counts: one row a draw, one column a thread.
    waited
        Time from the opening post to the answer, or to the end of observation; ascending, answers before endings.
    is_answered
        Whether the answer was seen.
    horizons
        In the unit of `waited`.

    Returns
    -------
    One row a draw, one column a horizon, in 0–1. Beyond the longest time observed the last value is carried on.
    """
    weights = np.atleast_2d(weights).astype("float64")
    at_risk = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1][:, is_answered]
    answers = weights[:, is_answered]
    # Answers at one time follow each other, so their factors telescope to that of the tie.
    factor = np.divide(at_risk - answers, at_risk, out=np.ones_like(at_risk), where=at_risk > 0)
    left = np.concatenate([np.ones((len(weights), 1)), np.cumprod(factor, axis=1)], axis=1)
    return 1 - left[:, np.searchsorted(waited[is_answered], horizons, side="right")]


def drawn(
    cluster: np.ndarray, *, waited: np.ndarray, is_answered: np.ndarray, horizons: np.ndarray, draws: int, seed: int
) -> Floats:
    """Return `answered_by` for bootstrap draws of whole clusters (codes from 0 up): one row a draw."""
    counts = cluster_counts(int(cluster.max()) + 1, draws=draws, seed=seed)
    block = max(1, _CELLS // len(cluster))
    results = []
    while some := list(islice(counts, block)):
        weights = np.stack(some)[:, cluster]
        results.append(answered_by(weights, waited=waited, is_answered=is_answered, horizons=horizons))
    return np.concatenate(results)


def exact_bounds(n: int, *, is_all: bool) -> tuple[float, float]:
    """Return the 95 % interval of a share that is none (or all) of `n` independent trials (Clopper–Pearson)."""
    return (_TAIL ** (1 / n), 1.0) if is_all else (0.0, 1 - _TAIL ** (1 / n))

"""Kaplan–Meier, Aalen–Johansen and restricted means, with whole authors drawn anew: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import numpy as np
import numpy.typing as npt

from ..resampling import cluster_counts

__all__ = [
    "ANSWERED", "CENSORED", "MOVED", "REMOVED", "answered_by", "drawn", "each_draw", "exact_bounds", "incidence",
    "restricted_means",
]  # fmt: skip

Floats = npt.NDArray[np.float64]
CENSORED, ANSWERED, REMOVED, MOVED = 0, 1, 2, 3  # how a wait ended
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
    left = _left(weights, is_answered)[0]
    return 1 - left[:, np.searchsorted(waited[is_answered], horizons, side="right")]


def incidence(weights: np.ndarray, *, waited: np.ndarray, cause: np.ndarray, horizons: np.ndarray) -> Floats:
    """Return the cumulative incidence of answers at each horizon (Aalen–Johansen; Kaplan–Meier without competitors).

    Parameters
    ----------
    weights, horizons
        As in `answered_by`.
    waited
        Time until the wait ended; ascending, what ended it before what only ended the observation.
    cause
        How it ended: 0 observation, 1 answer, above 1 something after which no answer is waited for.

    Returns
    -------
    As `answered_by`.
    """
    if not (cause > ANSWERED).any():
        return answered_by(weights, waited=waited, is_answered=cause == ANSWERED, horizons=horizons)
    steps = _jumps(weights, cause)
    shares = np.concatenate([np.zeros((len(steps), 1)), np.cumsum(steps, axis=1)], axis=1)
    return shares[:, np.searchsorted(waited[cause == ANSWERED], horizons, side="right")]


def restricted_means(weights: np.ndarray, *, waited: np.ndarray, cause: np.ndarray, horizons: np.ndarray) -> Floats:
    """Return the mean time without an answer up to each horizon: the area above the cumulative incidence.

    Parameters, order and shape are those of `incidence`; the result has the unit of `waited`.
    """
    times = waited[cause == ANSWERED].astype("float64")
    steps = _jumps(weights, cause)
    spared = [steps @ np.clip(horizon - times, 0, None) for horizon in horizons]
    return np.asarray(horizons, dtype="float64") - np.stack(spared, axis=1)


def _left(weights: np.ndarray, is_event: np.ndarray) -> tuple[Floats, Floats]:
    """Return the share still waiting before each event and after the last, and each event's share of those at risk."""
    weights = np.atleast_2d(weights).astype("float64")
    at_risk = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1][:, is_event]
    events = weights[:, is_event]
    # Events at one time follow each other, so their factors telescope to that of the tie.
    factor = np.divide(at_risk - events, at_risk, out=np.ones_like(at_risk), where=at_risk > 0)
    rate = np.divide(events, at_risk, out=np.zeros_like(at_risk), where=at_risk > 0)
    return np.concatenate([np.ones((len(weights), 1)), np.cumprod(factor, axis=1)], axis=1), rate


def _jumps(weights: np.ndarray, cause: np.ndarray) -> Floats:
    """Return by how much each answer raises the cumulative incidence."""
    is_event = cause > CENSORED
    left, rate = _left(weights, is_event)
    return (left[:, :-1] * rate)[:, cause[is_event] == ANSWERED]


def each_draw(cluster: np.ndarray, *, told: Callable[[np.ndarray], Floats], draws: int, seed: int) -> Floats:
    """Apply `told` to the weights of bootstrap draws of whole clusters (codes from 0 up): one row a draw."""
    counts = cluster_counts(int(cluster.max()) + 1, draws=draws, seed=seed)
    block = max(1, _CELLS // len(cluster))
    results = []
    while some := list(islice(counts, block)):
        results.append(told(np.stack(some)[:, cluster]))
    return np.concatenate(results)


def drawn(
    cluster: np.ndarray, *, waited: np.ndarray, is_answered: np.ndarray, horizons: np.ndarray, draws: int, seed: int
) -> Floats:
    """Return `answered_by` for bootstrap draws of whole clusters (codes from 0 up): one row a draw."""

    def told(weights: np.ndarray) -> Floats:
        return answered_by(weights, waited=waited, is_answered=is_answered, horizons=horizons)

    return each_draw(cluster, told=told, draws=draws, seed=seed)


def exact_bounds(n: int, *, is_all: bool) -> tuple[float, float]:
    """Return the 95 % interval of a share that is none (or all) of `n` independent trials (Clopper–Pearson)."""
    return (_TAIL ** (1 / n), 1.0) if is_all else (0.0, 1 - _TAIL ** (1 / n))

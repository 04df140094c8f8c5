"""Hold observed values against those drawn under a null model: arrays in, columns out; one reading for all measures."""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt

__all__ = ["familywise", "held"]

Floats = npt.NDArray[np.float64]

_TINY = 1e-12  # sums in another order may differ in the last digit


def held(values: Floats, drawn: Floats) -> dict[str, npt.NDArray[np.float64]]:
    """Return what the null gives beside each observed value.

    Parameters
    ----------
    values
        One observed value a measure; NaN where undefined.
    drawn
        One row a draw, one column a measure. A draw in which a measure is undefined (NaN) is left out of that measure.

    Returns
    -------
    ``null_mean``, ``null_sd`` (NaN with fewer than two draws), ``low`` and ``high`` (2.5 and 97.5 % of the draws),
    ``z`` (NaN where the null does not vary), ``p_value`` ((1 + draws at or above the value) / (draws + 1)),
    ``p_two_sided`` (twice the smaller tail, at most 1), ``n_draws`` (in which the measure was defined). A measure that
    no draw defines has none of them; one whose observed value is missing has no ``z`` and no p.

    References
    ----------
    Phipson & Smyth (2010), Permutation p-values should never be zero, *Statistical Applications in Genetics and
    Molecular Biology* 9, 39, https://doi.org/10.2202/1544-6115.1585
    """
    values = np.asarray(values, dtype=np.float64)
    drawn = np.asarray(drawn, dtype=np.float64).reshape(-1, len(values))
    n = (~np.isnan(drawn)).sum(axis=0)
    mean, spread, low, high = _summed(drawn)
    slack = _TINY * np.maximum(np.abs(np.nan_to_num(values)), 1.0)
    above = (1 + (drawn >= values - slack).sum(axis=0)) / (n + 1)
    below = (1 + (drawn <= values + slack).sum(axis=0)) / (n + 1)
    z = np.divide(values - mean, spread, out=np.full(len(values), np.nan), where=spread > slack)
    undefined = np.isnan(values) | (n == 0)
    return {
        "null_mean": mean,
        "null_sd": spread,
        "low": low,
        "high": high,
        "z": z,
        "p_value": np.where(undefined, np.nan, above),
        "p_two_sided": np.where(undefined, np.nan, np.minimum(1, 2 * np.minimum(above, below))),
        "n_draws": n.astype(np.float64),
    }


def _summed(drawn: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return mean, SD, 2.5 and 97.5 % of each column, over the draws in which it is defined."""
    rows, columns = drawn.shape
    nothing = np.full(columns, np.nan)
    if rows == 0:
        return nothing, nothing.copy(), nothing.copy(), nothing.copy()
    if not np.isnan(drawn).any():
        low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
        return drawn.mean(axis=0), drawn.std(axis=0, ddof=1) if rows > 1 else nothing, low, high
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of a measure that one draw alone defines, or none
        low, high = np.nanquantile(drawn, [0.025, 0.975], axis=0)
        return np.nanmean(drawn, axis=0), np.nanstd(drawn, axis=0, ddof=1), low, high


def familywise(values: Floats, drawn: Floats) -> Floats:
    """Return for each value how often the most unusual of all drawn values lies as far from its mean, in SDs.

    The single-step form of Westfall and Young (1993): the chance that any of the values would look so unusual if none
    were. Parameters as in ``held``; NaN where a measure does not vary over the draws.
    """
    result = np.full(len(values), np.nan)
    if len(drawn) < 2:
        return result
    mean, spread = drawn.mean(axis=0), drawn.std(axis=0, ddof=1)
    moves = spread > _TINY
    if not moves.any():
        return result
    far = np.abs(drawn[:, moves] - mean[moves]) / spread[moves]
    seen = np.abs(values[moves] - mean[moves]) / spread[moves]
    largest = np.sort(far.max(axis=1))
    beyond = len(largest) - np.searchsorted(largest, seen - _TINY, side="left")
    result[moves] = (1 + beyond) / (len(largest) + 1)
    return result

"""Regression of one matrix of relations on others, tested by permuting authors (MRQAP, double semi-partialling).

The cells of a row, and of a column, belong to one author and are not independent, so the textbook's errors are too
small. Permuting rows and columns together keeps all that holds them together. Of the ways to do it, permuting the
residuals of one predictor given the others keeps its level where predictors are correlated and skewed.

References
----------
Dekker, Krackhardt & Snijders (2007), Sensitivity of MRQAP tests to collinearity and autocorrelation conditions,
*Psychometrika* 72, 563–581, https://doi.org/10.1007/s11336-007-9016-1
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .steady import steady

Floats = npt.NDArray[np.float64]

_SAME = 1e-10  # share of a predictor's variation that must be left once the others are taken out


class Fitted(NamedTuple):
    """A least-squares fit over ordered pairs of different authors."""

    estimate: Floats
    """One coefficient a predictor, then the intercept."""
    t: Floats
    """The same, over their textbook errors; NaN where a predictor says nothing of its own."""
    explained: float
    """Share of the outcome's variation that the predictors explain (R²); NaN where it does not vary."""


@steady
def fitted(outcome: Floats, predictors: Floats) -> Fitted:
    """Fit a matrix by others.

    Parameters
    ----------
    outcome
        Square; the diagonal is left out.
    predictors
        One square matrix a predictor: an array of shape (predictors, authors, authors).

    Returns
    -------
    The fit; NaN throughout where there are not more pairs than coefficients.
    """
    y, columns = _off_diagonal(outcome), [*(_off_diagonal(each) for each in predictors)]
    design = np.stack([*columns, np.ones(len(y))], axis=1) if len(y) else np.zeros((0, len(columns) + 1))
    n, k = design.shape
    nothing = np.full(k, np.nan)
    if n <= k:
        return Fitted(nothing, nothing.copy(), np.nan)
    estimate, t = nothing, nothing.copy()
    for place in range(k):
        rest = np.delete(design, place, axis=1)
        own, left = _residual(design[:, place], rest), _residual(y, rest)
        if own @ own > _SAME * (design[:, place] @ design[:, place]):
            estimate[place] = (own @ left) / (own @ own)
            t[place] = _t(float(own @ left), float(own @ own), float(left @ left), n - k)
    unexplained = _residual(y, design)
    varies = ((y - y.mean()) ** 2).sum()
    explained = 1 - (unexplained @ unexplained) / varies if varies > 0 else np.nan
    return Fitted(estimate, t, float(explained))


@steady
def permuted(outcome: Floats, predictors: Floats, place: int, *, streams: Iterable[np.random.Generator]) -> Floats:
    """Return t of one predictor, its residuals given the others permuted, once for each stream.

    Parameters
    ----------
    outcome, predictors
        As in ``fitted``.
    place
        Which predictor.
    streams
        One generator a draw.
    """
    n_authors = len(outcome)
    mask = ~np.eye(n_authors, dtype=bool)
    others = [_off_diagonal(each) for number, each in enumerate(predictors) if number != place]
    rest = np.stack([*others, np.ones(int(mask.sum()))], axis=1)
    basis = np.linalg.qr(rest)[0]
    left = _residual(_off_diagonal(outcome), rest)
    own = np.zeros((n_authors, n_authors))
    own[mask] = _residual(_off_diagonal(predictors[place]), rest)
    free, total = len(left) - rest.shape[1] - 1, float(left @ left)
    drawn = []
    for stream in streams:
        order = stream.permutation(n_authors)
        column = own[np.ix_(order, order)][mask]
        along = basis.T @ column
        drawn.append(_t(float(column @ left), float(column @ column - along @ along), total, free))
    return np.array(drawn)


def _off_diagonal(matrix: Floats) -> Floats:
    return matrix[~np.eye(len(matrix), dtype=bool)]


def _residual(column: Floats, others: Floats) -> Floats:
    return column - others @ np.linalg.lstsq(others, column, rcond=None)[0]


def _t(along: float, own: float, total: float, free: int) -> float:
    """Return a coefficient over its error, from the sums of squares and products of what others leave unexplained."""
    if own <= 0 or free <= 0:
        return np.nan
    unexplained = max(total - along**2 / own, 0.0)
    error = np.sqrt(unexplained / free / own)
    return float(along / own / error) if error > 0 else np.nan

"""Counts within persons: the Poisson regression whose fixed effects take out what is lasting. Arrays in, arrays out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Within", "within"]

Floats = npt.NDArray[np.float64]
_STEPS, _NEAR = 50, 1e-10


class Within(NamedTuple):
    """Coefficients, their covariance by person, and whether the steps came to rest."""

    coefficients: Floats
    covariance: Floats
    is_converged: bool


def within(count: Floats, columns: Floats, *, person: npt.NDArray[np.int64]) -> Within:
    """Fit by conditional likelihood; `person` is sorted, from 0 up, each with a count above 0 and two rows at least."""
    begins = np.searchsorted(person, np.arange(int(person.max()) + 1))
    total = np.add.reduceat(count, begins)
    beta = np.zeros(columns.shape[1])
    is_converged = False
    for _ in range(_STEPS):
        score, information, _ = _derivatives(beta, count, columns, person=person, begins=begins, total=total)
        step = np.linalg.lstsq(information, score, rcond=None)[0]
        beta = beta + np.clip(step, -2, 2)
        if np.abs(step).max() < _NEAR:
            is_converged = True
            break
    _, information, scores = _derivatives(beta, count, columns, person=person, begins=begins, total=total)
    inverse = np.linalg.pinv(information)
    n = len(begins)
    return Within(beta, inverse @ (scores.T @ scores) @ inverse * n / (n - 1), is_converged)


def _derivatives(
    beta: Floats, count: Floats, columns: Floats, *, person: npt.NDArray[np.int64], begins: npt.NDArray[np.int64],
    total: Floats,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Return the score, the information, and the score of each person."""
    linear = columns @ beta
    weight = np.exp(linear - np.maximum.reduceat(linear, begins)[person])
    share = weight / np.add.reduceat(weight, begins)[person]
    centre = np.add.reduceat(columns * share[:, None], begins, axis=0)[person]
    apart = columns - centre
    scores = np.add.reduceat(columns * (count - total[person] * share)[:, None], begins, axis=0)
    information = (apart * (total[person] * share)[:, None]).T @ apart
    return scores.sum(axis=0), information, scores

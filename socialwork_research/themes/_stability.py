"""How far themes hold when a tenth of the documents is left out, and how many themes the documents bear."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..resampling import spawn
from . import _graph
from ._clusterer import Cut, cuts

KEPT = 0.9
STABLE = 0.75  # mean Jaccard from which a theme counts as stable
FOUND = 0.5  # Jaccard from which a refit counts as having found a theme again
BAR = 0.75  # agreement that a number of themes must reach
GRID = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50)
DOCUMENTS_PER_THEME = 15
TRIALS = 10  # refits from which the number of themes is chosen


class Refit(NamedTuple):
    """A fit on nine tenths of the documents: which ones, and their cut."""

    kept: np.ndarray
    cut: Cut


class Choice(NamedTuple):
    """The number of themes, and the agreement by which it was chosen (empty if it was given)."""

    n_themes: int
    agreement: dict[int, float]


def grid(n_documents: int) -> tuple[int, ...]:
    """Return the numbers of themes worth trying: at least 15 documents a theme on average, 50 themes at most."""
    return tuple(number for number in GRID if number * DOCUMENTS_PER_THEME <= n_documents) or GRID[:1]


def subsamples(n_documents: int, *, refits: int, seed: int) -> list[np.ndarray]:
    """Return for each refit the sorted places of the documents that stay in."""
    size = round(KEPT * n_documents)
    return [np.sort(random.permutation(n_documents)[:size]) for random in spawn(seed, refits)]


def refitted(
    near: _graph.Neighbours, vectors: np.ndarray, kept: np.ndarray, *, numbers: tuple[int, ...], neighbours: int
) -> dict[int, Refit]:
    """Fit the kept documents anew, as if the others had never been there."""
    fresh = cuts(_graph.among(near, kept, neighbours), vectors[kept], numbers)
    return {number: Refit(kept, fresh[number]) for number in numbers}


def chosen(whole: dict[int, Cut], trials: list[dict[int, Refit]]) -> Choice:
    """Choose the largest number of themes whose refits agree with the whole at the bar; if none does, the best.

    Agreement is the adjusted Rand index of all documents in both, mean over the trials.

    References
    ----------
    Hubert, L., & Arabie, P. (1985). Comparing partitions. Journal of Classification, 2, 193-218.
    https://doi.org/10.1007/BF01908075
    """
    from sklearn.metrics import adjusted_rand_score

    agreement = {}
    for number, cut in whole.items():
        pairs = [(cut.nearest[trial[number].kept], trial[number].cut.nearest) for trial in trials]
        agreement[number] = float(np.mean([adjusted_rand_score(ours, theirs) for ours, theirs in pairs]))
    passing = [number for number, value in agreement.items() if value >= BAR]
    best = max(agreement, key=lambda number: (agreement[number], -number))
    return Choice(max(passing, default=best), agreement)


def overlaps(cut: Cut, refit: Refit) -> np.ndarray:
    """Return the Jaccard index of each theme's documents with each of the refit's, among the documents in both."""
    ours, theirs = cut.label[refit.kept], refit.cut.label
    here, there = np.arange(cut.label.max() + 1), np.arange(theirs.max() + 1)
    a, b = (ours == here[:, None]).astype(float), (theirs == there[:, None]).astype(float)
    common = a @ b.T
    union = a.sum(axis=1)[:, None] + b.sum(axis=1)[None, :] - common
    return common / np.where(union > 0, union, 1)


def matched(cut: Cut, refit: Refit) -> tuple[np.ndarray, np.ndarray]:
    """Match themes with a refit's, each at most once, so that the sum of the Jaccard indices is greatest.

    Returns
    -------
    For each theme the number of its match (−1: none was left) and their Jaccard index (0 without a match).

    References
    ----------
    Hennig, C. (2007). Cluster-wise assessment of cluster stability. Computational Statistics & Data Analysis, 52(1),
    258-271. https://doi.org/10.1016/j.csda.2006.11.025
    """
    from scipy.optimize import linear_sum_assignment

    overlap = overlaps(cut, refit)
    row, column = linear_sum_assignment(-overlap)
    match, jaccard = np.full(len(overlap), -1), np.zeros(len(overlap))
    match[row], jaccard[row] = column, overlap[row, column]
    match[jaccard == 0] = -1
    return match, jaccard

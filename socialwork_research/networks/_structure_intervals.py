"""Intervals of network measures: threads are left out group by group."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from .._checks import columns
from ..kernels.measuring import measured

__all__ = ["INTERVALS", "LEAST_THREADS", "Intervals", "intervals"]

LEAST_THREADS = 200  # with fewer, intervals were found to be too long or too short
_SLOW = 20_000_000  # ties to be measured, from which on a bar is shown
INTERVALS = (
    "reciprocity", "dyadic_reciprocity", "rho", "weighted_reciprocity", "weighted_rho", "in_degree_gini",
    "out_degree_gini", "degree_gini", "ties_gini", "carried_by_top_percent", "in_centralisation",
    "out_centralisation", "degree_centralisation", "assortativity", "out_in_assortativity", "out_out_assortativity",
    "in_in_assortativity", "in_out_assortativity", "ties_per_edge_mean",
)  # fmt: skip
_OVERSTATED = (
    "transitivity", "mean_clustering", "mean_clustering_defined", "directed_clustering", "weighted_clustering",
    "largest_component_share", "largest_strong_component_share", "innermost_core_share",
)  # fmt: skip
_UNDERSTATED = ("density", "mean_degree")


class Intervals(NamedTuple):
    """How far the measures move when groups of threads are left out."""

    error: np.ndarray | None
    """Standard error of each of ``INTERVALS``; none where threads are too few."""
    n_groups: int
    n_threads: int

    def bounds(self, value: pd.Series) -> np.ndarray:
        """Give low and high for each value."""
        if self.error is None:
            return np.full((len(value), 2), np.nan)
        far = _quantile(self.n_groups - 1) * pd.Series(self.error, index=list(INTERVALS)).reindex(value.index)
        return np.column_stack([value - far, value + far])

    def method(self, name: str) -> str:
        """Say how the interval was made, or why there is none."""
        if name in INTERVALS and self.error is None:
            return f"; no interval: {self.n_threads} threads, and {LEAST_THREADS} are needed"
        if name in INTERVALS:
            return f"; interval: {self.n_threads:,} threads left out in {self.n_groups} groups (jackknife, t)"
        if name in _OVERSTATED:
            return "; no interval: leaving threads out overstates how much it varies"
        if name in _UNDERSTATED:
            return "; no interval: where few threads are very long, leaving threads out understates how much it varies"
        return "; no interval: a count or extreme, which grows with the threads seen"


def intervals(ties: pd.DataFrame, source: np.ndarray, target: np.ndarray, *, n_authors: int, groups: int) -> Intervals:
    """Measure the network without each group of threads in turn.

    Parameters
    ----------
    ties
        Ties between two authors, with thread and time.
    source, target
        The same as codes.
    n_authors
        Number of authors, who stay whatever is left out.
    groups
        Number of groups.
    """
    columns(ties, ["thread_id", "at"], "ties")
    first = ties.groupby("thread_id", sort=True)["at"].min().sort_values(kind="stable")
    if len(first) < max(LEAST_THREADS, groups):
        return Intervals(None, groups, len(first))
    dealt = pd.Series(np.arange(len(first)) % groups, index=first.index)
    group = dealt.reindex(ties["thread_id"]).to_numpy()
    from tqdm import tqdm

    disable = None if groups * len(ties) > _SLOW else True
    without = np.array(
        [
            measured(source[group != each], target[group != each], n_authors=n_authors, names=INTERVALS)
            for each in tqdm(range(groups), unit=" groups", disable=disable, leave=False)
        ]
    )
    spread = ((without - without.mean(axis=0)) ** 2).sum(axis=0)
    return Intervals(np.sqrt((groups - 1) / groups * spread), groups, len(first))


def _quantile(df: int) -> float:
    """Return the 97.5 % point of Student's t."""
    from .._checks import extra

    return float(extra("scipy.special", "networks").stdtrit(df, 0.975))

"""Shortest paths: how far authors are from each other, and who stands between them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .adjacency import Codes, Floats, Rows, rows
from .compiling import compiled

__all__ = ["Between", "Distances", "betweenness", "distances", "distances_in"]

_BLOCK = 64  # sources between two steps of the bar; the sums do not depend on it
_SLOW = 100_000_000  # edges to be followed, from which on a bar is shown: about a second


class Distances(NamedTuple):
    """Distances from some authors to all whom they reach; an author and itself are no pair."""

    histogram: npt.NDArray[np.int64]
    """Number of ordered pairs at each distance; none at distance 0."""
    total: npt.NDArray[np.int64]
    """Sum of distances, for each source."""
    reached: npt.NDArray[np.int64]
    """Number of other authors reached, for each source."""
    eccentricity: npt.NDArray[np.int64]
    """Distance to the furthest author reached, for each source; 0 where none is."""
    n_authors: int

    @property
    def is_exact(self) -> bool:
        """Whether every author was a source."""
        return len(self.total) == self.n_authors

    @property
    def diameter(self) -> float:
        """Longest distance found, a lower bound unless exact; NaN where nobody reaches anybody."""
        return float(len(self.histogram) - 1) if self.histogram.any() else float("nan")

    @property
    def mean(self) -> float:
        """Mean distance over the pairs that are joined by a path; NaN where there is none."""
        pairs = int(self.reached.sum())
        return float(self.total.sum()) / pairs if pairs else float("nan")

    @property
    def error(self) -> float:
        """Standard error of the mean from drawing sources without replacement; 0 where all were taken."""
        n, pairs = len(self.total), int(self.reached.sum())
        if self.is_exact or not pairs or n < 2:
            return 0.0 if self.is_exact and pairs else float("nan")
        # A ratio of two sums over the sources: its residuals say how much it moves with who was drawn.
        residual = self.total - self.mean * self.reached
        left = 1 - n / self.n_authors
        return float(np.sqrt(left * n / (n - 1) * float((residual**2).sum())) / pairs)

    def effective_diameter(self, part: float = 0.9) -> float:
        """Distance within which so large a part of the joined pairs lie, interpolated between whole steps."""
        pairs = int(self.histogram.sum())
        if not pairs:
            return float("nan")
        within = np.cumsum(self.histogram) / pairs
        step = int(np.searchsorted(within, part))
        below = within[step - 1]
        return float(step - 1 + (part - below) / (within[step] - below))


class Between(NamedTuple):
    """For each author, the shortest paths of others that run through it, and the standard error of that number."""

    value: npt.NDArray[np.float64]
    error: npt.NDArray[np.float64]
    """0 where every author was a source; NaN where sources are too few to tell."""


def distances(
    source: Codes, target: Codes, *, n_authors: int, sources: Codes | None = None, directed: bool = True
) -> Distances:
    """Measure distances by following the edges step by step from up to 64 authors at once.

    Parameters
    ----------
    source, target
        Author codes from 0 to ``n_authors`` − 1, one pair an edge, in any order; repeated pairs are one edge, and ties
        of an author with itself are passed over.
    n_authors
        Number of authors, those without an edge included.
    sources
        Codes of the authors from whom distances are measured, each once; all by default.
    directed
        False: edges are followed both ways.
    """
    table = rows(source, target, n_authors=n_authors, directed=directed)
    return distances_in(table, np.arange(n_authors) if sources is None else sources)


def distances_in(table: Rows, sources: Codes) -> Distances:
    """Measure distances from some authors in edges that are sorted into rows already."""
    n_authors, begin = len(table.start) - 1, np.asarray(sources, dtype=np.int64)
    histogram = np.zeros(max(n_authors, 1) + 1, dtype=np.int64)
    told = [np.zeros((3, 0), dtype=np.int64)]
    levels = compiled("_paths_compiled").levels
    for part in _blocks(len(begin), 16 * _BLOCK, work=len(begin) * len(table.to) // 8, unit=" authors"):
        told.append(levels(table.start, table.to, begin[part], histogram))
    total, reached, furthest = np.concatenate(told, axis=1)
    most = int(furthest.max(initial=0))
    return Distances(histogram[: most + 1], total, reached, furthest, n_authors)


def betweenness(
    source: Codes,
    target: Codes,
    *,
    n_authors: int,
    sources: Codes | None = None,
    beginnings: Codes | None = None,
    directed: bool = True,
) -> Between:
    """Count the shortest paths between two others that run through each author (Brandes 2001).

    Where several shortest paths join two authors, each counts for its share. With ``sources`` the paths that begin at
    these alone are followed, and the sums scaled up to all beginnings (Brandes & Pich 2007); an author's own paths
    never run through it, so that its number rests on the other sources.

    Parameters
    ----------
    source, target
        Author codes from 0 to ``n_authors`` − 1, one pair an edge, in any order; repeated pairs are one edge, and ties
        of an author with itself are passed over.
    n_authors
        Number of authors, those without an edge included.
    sources
        Codes of authors drawn at random without replacement, each once; all of ``beginnings`` by default.
    beginnings
        Codes of the authors among whom they were drawn: at least all from whom an edge leads on. All by default.
    directed
        False: edges are followed both ways, and each pair counts once.

    References
    ----------
    Brandes (2001), A faster algorithm for betweenness centrality, *Journal of Mathematical Sociology* 25, 163–177,
    https://doi.org/10.1080/0022250X.2001.9990249

    Brandes & Pich (2007), Centrality estimation in large networks, *International Journal of Bifurcation and Chaos* 17,
    2303–2318, https://doi.org/10.1142/S0218127407018403
    """
    table = rows(source, target, n_authors=n_authors, directed=directed)
    whole = np.arange(n_authors) if beginnings is None else np.asarray(beginnings, dtype=np.int64)
    begin = np.sort(whole if sources is None else np.asarray(sources, dtype=np.int64))
    owing = np.zeros((2, n_authors))
    dependencies = compiled("_paths_compiled").dependencies
    for part in _blocks(len(begin), _BLOCK, work=len(begin) * len(table.to), unit=" authors"):
        dependencies(table.start, table.to, begin[part], owing)
    pairs = 1.0 if directed else 0.5
    if len(begin) == len(whole):
        return Between(pairs * owing[0], np.zeros(n_authors))
    value, error = _scaled(owing, begin, whole)
    return Between(pairs * value, pairs * error)


def _scaled(owing: Floats, begin: Codes, whole: Codes) -> tuple[Floats, Floats]:
    """Scale sums over some sources up to all; each author's own paths count neither here nor there."""
    drawn, others = (np.full(owing.shape[1], len(each), dtype=np.int64) for each in (begin, whole))
    drawn[begin] -= 1
    others[whole] -= 1
    summed, squared = owing
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = summed / drawn
        spread = np.maximum(squared - drawn * mean**2, 0.0) / (drawn - 1)
        error = others * np.sqrt((1 - drawn / others) * spread / drawn)
    error[drawn < 2] = np.nan
    return np.asarray(others * np.where(drawn > 0, mean, np.nan)), error


def _blocks(n: int, size: int, *, work: int, unit: str) -> list[slice]:
    """Cut sources into blocks, with a bar where it takes long and somebody looks."""
    from tqdm import tqdm

    parts = [slice(first, min(first + size, n)) for first in range(0, n, size)]
    shown: list[slice] = tqdm(parts, unit_scale=size, unit=unit, disable=None if work > _SLOW else True, leave=False)
    return shown

"""The rows of the structure table on distances: from all authors, or above a size from some of every degree."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from ..kernels.measuring import Network
from ._structure_rows import Row

if TYPE_CHECKING:
    from ..kernels.paths import Distances

__all__ = ["EXACT", "distance_rows"]

EXACT = 10_000  # authors with a partner up to whom distances are measured from all of them
_TAKEN, _PARTS = 512, 8
_OVER = "directions ignored, over the pairs of authors joined by a path"
_DEFINED = {
    "mean_distance": f"mean length of shortest paths, {_OVER}",
    "diameter": f"longest shortest path, {_OVER}",
    "effective_diameter": f"length within which 90 % of shortest paths lie, interpolated between whole steps, {_OVER}",
}


def distance_rows(found: Network, *, order: np.ndarray) -> list[Row]:
    """Measure how far authors are from each other.

    Parameters
    ----------
    found
        The network.
    order
        Codes of all authors, in an order that their names do not change. Above ``EXACT`` authors are put in the order of
        their degree, and then in this one, and each so-manieth is taken: no chance is in it.
    """
    begin = order[found.degree[order] > 0]
    if find_spec("numba") is None:
        return _undefined("distances need what pip install 'socialwork_research[networks]' adds")
    if not len(begin):
        return _undefined("no path to measure")
    if len(begin) <= EXACT:
        return _exact(found, begin)
    by_degree = begin[np.argsort(found.degree[begin], kind="stable")]
    return _sampled(found, by_degree[(2 * np.arange(_TAKEN) + 1) * len(begin) // (2 * _TAKEN)])


def _seen(found: Network, begin: np.ndarray, *, parts: int) -> list[Distances]:
    """Follow the edges both ways from these authors, part by part; who has no partner is on no path."""
    from ..kernels.adjacency import rows
    from ..kernels.paths import distances_in

    some = np.flatnonzero(found.degree)
    number = np.zeros(found.n_authors, dtype=np.int64)
    number[some] = np.arange(len(some))
    table = rows(number[found.pairs.low], number[found.pairs.high], n_authors=len(some), directed=False)
    return [distances_in(table, part) for part in (number[begin[each::parts]] for each in range(parts))]


def _exact(found: Network, begin: np.ndarray) -> list[Row]:
    (seen,) = _seen(found, np.sort(begin), parts=1)
    n = int(seen.reached.sum()) // 2
    values = (seen.mean, seen.diameter, seen.effective_diameter())
    return [Row(name, value, n, _DEFINED[name]) for name, value in zip(_DEFINED, values, strict=True)]


def _sampled(found: Network, taken: np.ndarray) -> list[Row]:
    """Take every eighth of the taken authors together: the spread of these parts is the error of what no sum gives."""
    parts = _seen(found, taken, parts=_PARTS)
    histogram = np.zeros((_PARTS, max(len(part.histogram) for part in parts)), dtype=np.int64)
    for row, part in zip(histogram, parts, strict=True):
        row[: len(part.histogram)] = part.histogram
    seen = parts[0]._replace(
        histogram=histogram.sum(axis=0),
        total=np.concatenate([part.total for part in parts]),
        reached=np.concatenate([part.reached for part in parts]),
        eccentricity=np.concatenate([part.eccentricity for part in parts]),
    )
    spread = float(np.std([part.effective_diameter() for part in parts], ddof=1))
    error = spread * np.sqrt((1 - len(taken) / seen.n_authors) / _PARTS)
    whole = f"; from {len(taken)} authors out of {seen.n_authors:,}, of every degree"
    values = {
        "mean_distance": (seen.mean, f", standard error {seen.error:.2g}"),
        "diameter": (seen.diameter, ": at least so long"),
        "effective_diameter": (seen.effective_diameter(), f", standard error {error:.2g}"),
    }
    n = int(seen.reached.sum())
    return [Row(name, value, n, _DEFINED[name] + whole + how) for name, (value, how) in values.items()]


def _undefined(reason: str) -> list[Row]:
    return [Row(name, float("nan"), 0, f"undefined, {reason}: {method}") for name, method in _DEFINED.items()]

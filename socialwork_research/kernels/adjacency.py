"""Edges as rows: whom each author is joined to, one author after the other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .compiling import compiled

Codes = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]

__all__ = ["Codes", "Floats", "Rows", "Weighted", "mutual", "rows", "turned", "weighted"]


class Rows(NamedTuple):
    """The others whom author ``i`` is joined to stand in ``to[start[i] : start[i + 1]]``, in rising order."""

    start: npt.NDArray[np.int64]
    to: npt.NDArray[np.int32]


class Weighted(NamedTuple):
    """Rows with a weight for each edge."""

    start: npt.NDArray[np.int64]
    to: npt.NDArray[np.int32]
    weight: Floats


def rows(source: Codes, target: Codes, *, n_authors: int, directed: bool = True) -> Rows:
    """Sort edges into rows; repeated edges count once, and ties of an author with itself are left out.

    Parameters
    ----------
    source, target
        Author codes from 0 to ``n_authors`` − 1, one pair an edge, in any order.
    n_authors
        Number of authors.
    directed
        False: each edge is followed both ways.
    """
    size = max(n_authors, 1)
    source, target = source.astype(np.int64, copy=False), target.astype(np.int64, copy=False)
    other = source != target
    keys = (source * size + target)[other]
    if not directed:
        keys = np.concatenate([keys, (target * size + source)[other]])
    keys.sort()
    first = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    keys = keys[first]
    return Rows(_starts(keys, n_authors), (keys % size).astype(np.int32))


def weighted(source: Codes, target: Codes, *, n_authors: int, weight: npt.NDArray[np.number] | None = None) -> Weighted:
    """Sort edges into rows with their weights, which are added up where an edge is repeated; self-ties are left out.

    Parameters
    ----------
    source, target
        Author codes from 0 to ``n_authors`` − 1, one pair an edge, in any order.
    n_authors
        Number of authors.
    weight
        Weight of each edge; 1 by default.
    """
    size = max(n_authors, 1)
    other = source != target
    keys = (source.astype(np.int64, copy=False) * size + target)[other]
    heavy = np.ones(len(keys)) if weight is None else np.asarray(weight, dtype=np.float64)[other]
    if len(keys) > 1 and not (keys[1:] > keys[:-1]).all():
        # Equal edges are brought into the order of their weights, so that sums do not depend on the order of rows.
        order = np.lexsort((heavy, keys))
        keys, heavy = keys[order], heavy[order]
        first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
        keys, heavy = keys[first], np.add.reduceat(heavy, first)
    return Weighted(_starts(keys, n_authors), (keys % size).astype(np.int32), heavy)


def turned(table: Weighted) -> Weighted:
    """Return the rows of the same edges seen from their targets."""
    return Weighted(*compiled("_adjacency_compiled").turned(*table))


def mutual(table: Weighted) -> Weighted:
    """Return rows in which each pair that is joined stands both ways, with the sum of its two weights."""
    return Weighted(*compiled("_adjacency_compiled").merged(*table, *turned(table)))


def _starts(keys: Codes, n_authors: int) -> npt.NDArray[np.int64]:
    """Tell where each author's row begins in sorted keys."""
    return np.searchsorted(keys, np.arange(n_authors + 1, dtype=np.int64) * max(n_authors, 1)).astype(np.int64)

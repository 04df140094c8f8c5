"""The graph of nearest neighbours on which themes are found: exact, symmetric, connected."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

_BLOCK = 1000  # rows compared at once with all others: fixed, so that rounding does not depend on memory
_LEAST = 1e-3  # weight of an edge between documents that have nothing in common, so that no edge weighs nothing


class Neighbours(NamedTuple):
    """Each document's nearest others, the nearest first; ``place`` is −1 where there are fewer than columns."""

    place: np.ndarray
    cosine: np.ndarray


def nearest(vectors: np.ndarray, count: int) -> Neighbours:
    """Return the `count` nearest others of each row by exact cosine; `vectors` has rows of unit length."""
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    count = min(count, len(rows) - 1)

    def block(start: int) -> tuple[np.ndarray, np.ndarray]:
        alike = rows[start : start + _BLOCK] @ rows.T
        here = np.arange(len(alike))
        alike[here, start + here] = -np.inf
        place = np.sort(np.argpartition(alike, -count, axis=1)[:, -count:], axis=1)
        cosine = np.take_along_axis(alike, place, axis=1)
        order = np.argsort(-cosine, axis=1, kind="stable")
        return np.take_along_axis(place, order, axis=1), np.take_along_axis(cosine, order, axis=1)

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        parts = list(pool.map(block, range(0, len(rows), _BLOCK)))
    return Neighbours(np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]))


def among(neighbours: Neighbours, kept: np.ndarray, count: int) -> Neighbours:
    """Return the `count` nearest among the `kept` documents (sorted places), numbered anew."""
    number = np.full(len(neighbours.place), -1)
    number[kept] = np.arange(len(kept))
    place = np.where(neighbours.place[kept] >= 0, number[neighbours.place[kept]], -1)
    present = place >= 0
    order = np.argsort(~present, axis=1, kind="stable")[:, :count]
    return Neighbours(
        np.take_along_axis(place, order, axis=1), np.take_along_axis(neighbours.cosine[kept], order, axis=1)
    )


def connected(neighbours: Neighbours, vectors: np.ndarray) -> sparse.csr_array:
    """Return the symmetric graph of all neighbour pairs, weighted by cosine, in one piece.

    Parts that share no edge are joined by the one pair of documents that is most alike, so that the leading eigenvector is
    single and a part's size does not decide whether it is seen.
    """
    from scipy import sparse

    n = len(neighbours.place)
    source, column = np.nonzero(neighbours.place >= 0)
    target = neighbours.place[source, column]
    graph = _symmetric(source, target, neighbours.cosine[source, column].astype(np.float64), n)
    while True:
        parts, part = sparse.csgraph.connected_components(graph, directed=False)
        if parts == 1:
            return graph
        here, there, cosine = _bridges(vectors, part)
        graph = graph.maximum(_symmetric(here, there, cosine, n)).tocsr()


def _symmetric(source: np.ndarray, target: np.ndarray, cosine: np.ndarray, n: int) -> sparse.csr_array:
    from scipy import sparse

    one_way = sparse.csr_array((np.maximum(cosine, _LEAST), (source, target)), shape=(n, n))
    return one_way.maximum(one_way.T).tocsr()


def _bridges(vectors: np.ndarray, part: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each part but the largest, return the pair (inside, outside) that is most alike."""
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    inside = np.flatnonzero(part != np.bincount(part).argmax())
    outside, cosine = np.empty(len(inside), dtype=np.int64), np.empty(len(inside))
    for start in range(0, len(inside), _BLOCK):
        block = inside[start : start + _BLOCK]
        alike = np.where(part[block][:, None] == part[None, :], -np.inf, rows[block] @ rows.T)
        outside[start : start + _BLOCK] = alike.argmax(axis=1)
        cosine[start : start + _BLOCK] = alike.max(axis=1)
    order = np.lexsort((inside, -cosine, part[inside]))
    first = order[np.unique(part[inside][order], return_index=True)[1]]
    return inside[first], outside[first], cosine[first]

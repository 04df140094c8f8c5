"""Places for the nodes of a network, the same for the same structure: numbered by structure, started from distances."""

from __future__ import annotations

import numpy as np

from .._checks import extra
from .forces import relaxed

__all__ = ["by_structure", "components", "packed", "placed"]

_PIVOTS = 50
_LEAST_PLACED = 10  # smaller components are drawn as a ring
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def by_structure(source: np.ndarray, target: np.ndarray, first: np.ndarray, *, weight: np.ndarray) -> np.ndarray:
    """Order nodes by what surrounds them, so that renaming them gives the same order.

    Who is alike is told apart round by round by the weights and kinds of their neighbours (Weisfeiler–Lehman colours, as
    hashes), beginning with the time `first` of each node's first tie. What stays alike goes by number.

    Returns
    -------
    The nodes in their order.
    """
    colour = _mixed(first.astype(np.int64).view(np.uint64))
    n, told = len(first), weight.astype(np.int64).view(np.uint64)
    for _ in range(4):
        fresh = colour * _MIX[0]
        for centre, other, salt in ((source, target, _MIX[1]), (target, source, _MIX[2])):
            seen = _mixed(colour[other] * salt + _mixed(told))
            fresh += _mixed(_sums(centre, seen, n) ^ salt)
        colour = _mixed(fresh)
    return np.argsort(colour, kind="stable")


def _mixed(value: np.ndarray) -> np.ndarray:
    """Scatter the bits of whole numbers (the finaliser of SplitMix64)."""
    value = value + _MIX[0]
    value = (value ^ (value >> np.uint64(30))) * _MIX[1]
    value = (value ^ (value >> np.uint64(27))) * _MIX[2]
    return np.asarray(value ^ (value >> np.uint64(31)))


def _sums(centre: np.ndarray, value: np.ndarray, n: int) -> np.ndarray:
    """Sum whole numbers by centre, modulo 2⁶⁴: in whatever order, the sum is one."""
    total = np.zeros(n, dtype=np.uint64)
    if len(centre):
        order = np.argsort(centre, kind="stable")
        several, starts = np.unique(centre[order], return_index=True)
        total[several] = np.add.reduceat(value[order], starts)
    return total


def components(source: np.ndarray, target: np.ndarray, *, n: int) -> np.ndarray:
    """Number the components from 0, the largest first; of equal ones, that with the first node."""
    sparse, search = extra("scipy.sparse", "networks"), extra("scipy.sparse.csgraph", "networks")
    matrix = sparse.csr_array((np.ones(len(source)), (source, target)), shape=(n, n))
    _, label = search.connected_components(matrix, directed=False)
    found, first, size = np.unique(label, return_index=True, return_counts=True)
    order = np.lexsort((first, -size))
    rank = np.empty(len(found), dtype=np.int64)
    rank[order] = np.arange(len(found))
    return rank[np.searchsorted(found, label)]


def placed(
    start: np.ndarray, end: np.ndarray, strength: np.ndarray, *, n: int, stream: np.random.Generator
) -> np.ndarray:
    """Place the nodes of one component: a row a node; the farthest lies one from the middle."""
    turn = 2 * np.pi * np.arange(n) / max(n, 1)
    ring = np.column_stack([np.cos(turn), np.sin(turn)])
    if n < _LEAST_PLACED:
        return np.zeros((1, 2)) if n == 1 else ring
    first = _pivoted(start, end, n=n, stream=stream)
    scale = np.sqrt((first**2).sum(axis=1).mean()) or 1.0
    turned = stream.permutation(n)
    spread = np.sqrt((np.arange(n) + 0.5) / n)  # a spiral, so that no two start in one place
    golden = turned * (np.pi * (3 - np.sqrt(5)))
    spiral = (spread[turned])[:, None] * np.column_stack([np.cos(golden), np.sin(golden)])
    place = relaxed(np.round(first / scale, 6) + 0.05 * spiral, start, end, strength)
    return np.asarray(place / (np.sqrt((place**2).sum(axis=1)).max() or 1.0))


def _pivoted(start: np.ndarray, end: np.ndarray, *, n: int, stream: np.random.Generator) -> np.ndarray:
    """Start where the distances to some nodes, each far from those before, put the nodes (PivotMDS)."""
    sparse = extra("scipy.sparse", "networks")
    both = np.concatenate([start, end]), np.concatenate([end, start])
    matrix = sparse.csr_array((np.ones(2 * len(start), dtype=np.float32), both), shape=(n, n))
    pivot, columns = int(stream.integers(n)), []
    nearest = np.full(n, np.inf)
    for _ in range(min(_PIVOTS, n)):
        columns.append(_distances(matrix, pivot, n))
        nearest = np.minimum(nearest, columns[-1])
        pivot = int(np.argmax(nearest))
        if nearest[pivot] == 0:
            break
    squared = np.column_stack(columns) ** 2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()
    cross = np.einsum("ij,ik->jk", centred, centred)  # no BLAS: its threads sum in another order
    _, vectors = np.linalg.eigh(np.round(cross / max(np.abs(cross).max(), 1e-300), 12))
    vectors = vectors[:, [-1, -2 if vectors.shape[1] > 1 else -1]]
    vectors = vectors * np.where(vectors[np.abs(vectors).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    return np.einsum("ij,jk->ik", centred, vectors)


def _distances(matrix: object, pivot: int, n: int) -> np.ndarray:
    """Count the steps from a node to each other of its component."""
    step, far = 0, np.full(n, -1.0)
    front = np.zeros(n, dtype=np.float32)
    front[pivot] = 1
    far[pivot] = 0
    while front.any():
        step += 1
        reached = (matrix @ front > 0) & (far < 0)  # type: ignore[operator]
        far[reached] = step
        front = reached.astype(np.float32)
    return far


def packed(size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a middle and a radius for each component: in rows, as they are numbered, about as wide as high in all."""
    radius = np.sqrt(size.astype(np.float64))
    room = 2.3 * radius + 0.4
    middle = np.zeros((len(size), 2))
    width = max(float(room.max(initial=0)), 1.15 * float(np.sqrt((room**2).sum())))
    x = y = height = 0.0
    for number, own in enumerate(room.tolist()):
        if x + own > width and x > 0:
            x, y, height = 0.0, y - height, 0.0
        middle[number] = x + own / 2, y - own / 2
        x, height = x + own, max(height, own)
    return middle, radius

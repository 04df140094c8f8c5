"""Seeded generators and the cluster bootstrap: whole threads, or whole authors, are drawn anew."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ._checks import count, seeded

__all__ = ["cluster_counts", "generator", "spawn"]

_BLOCK = 64  # draws a generator makes at once: a fixed number, so that results do not depend on memory


def generator(seed: int) -> np.random.Generator:
    """Return a generator of its own; the session's global state is never touched."""
    return np.random.default_rng(np.random.SeedSequence(seeded(seed)))


def spawn(seed: int, n: int) -> list[np.random.Generator]:
    """Return `n` independent generators from one seed (never seed + i: such streams can overlap)."""
    return [np.random.default_rng(child) for child in np.random.SeedSequence(seeded(seed)).spawn(count(n, "n"))]


def cluster_counts(n_clusters: int, *, draws: int, seed: int) -> Iterator[np.ndarray]:
    """Tell for each bootstrap draw how often each cluster is in it.

    Parameters
    ----------
    n_clusters
        How many clusters (threads or authors) there are.
    draws
        How many bootstrap draws are wanted.
    seed
        Seed of the draws.

    Yields
    ------
    An int64 array of length `n_clusters` that sums to `n_clusters`, `draws` times.

    Examples
    --------
    >>> [int(counts.sum()) for counts in cluster_counts(5, draws=3, seed=7)]
    [5, 5, 5]
    """
    count(n_clusters, "n_clusters")
    random = generator(seed)
    left = count(draws, "draws")
    while left:
        block = min(left, _BLOCK)
        picked = random.integers(0, n_clusters, size=(_BLOCK, n_clusters))
        for row in picked[:block]:
            yield np.bincount(row, minlength=n_clusters)
        left -= block

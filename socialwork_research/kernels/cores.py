"""k-cores: how deep in the network an author stands, by peeling off the least joined, layer by layer."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.integer]
Ints = npt.NDArray[np.int64]


def coreness(source: Codes, target: Codes, *, n_authors: int) -> Ints:
    """Return for each author the largest k such that it is in a k-core, directions ignored.

    A k-core is a largest set of authors in which each has k partners of the set or more (Seidman 1983,
    https://doi.org/10.1016/0378-8733(83)90028-X). All authors with too few partners are taken out at once, then those
    who have too few without them, and so on.

    Parameters
    ----------
    source, target
        Author codes from 0 to ``n_authors`` − 1, one pair an edge, in any order and direction; repeated and opposite
        edges are one, loops none.
    n_authors
        Number of authors; who has no partner has coreness 0.
    """
    core = np.zeros(n_authors, dtype=np.int64)
    start, partner = neighbours(source, target, n_authors=n_authors)
    degree = np.diff(start)
    left, k = np.flatnonzero(degree), 0
    is_in = degree > 0
    while len(left):
        k = max(k, int(degree[left].min()))
        out = left[degree[left] <= k]
        while len(out):
            core[out], is_in[out] = k, False
            lengths = start[out + 1] - start[out]
            step = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
            met = partner[np.repeat(start[out], lengths) + step]
            touched, n_lost = np.unique(met[is_in[met]], return_counts=True)
            degree[touched] -= n_lost
            out = touched[degree[touched] <= k]
        left = left[is_in[left]]
    return core


def neighbours(source: Codes, target: Codes, *, n_authors: int) -> tuple[Ints, Ints]:
    """List the partners of each author: where each list begins (and the last one ends), and the sorted lists."""
    size = max(n_authors, 1)
    source, target = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
    low, high = np.minimum(source, target), np.maximum(source, target)
    pair = np.unique((low * size + high)[low < high])
    low, high = pair // size, pair % size
    both = np.sort(np.concatenate([low * size + high, high * size + low]))
    return np.searchsorted(both, np.arange(n_authors + 1) * size), both % size

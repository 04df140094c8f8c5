"""What joins authors, directions ignored: components and triangles, by numpy alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.integer]

_MOST_PATHS = 4_000_000  # paths looked at in one go: about 100 MB


def components(first: Codes, second: Codes, *, n_authors: int) -> npt.NDArray[np.int64]:
    """Return for each author the smallest code in its component.

    Each round hooks the smaller label onto the larger one's root and then lets every author point at its root, so
    the number of rounds grows with the logarithm of the number of authors.

    Parameters
    ----------
    first, second
        Author codes from 0 to ``n_authors`` − 1, one pair an edge, in any order and direction.
    n_authors
        Number of authors, those without an edge included.
    """
    label = np.arange(n_authors, dtype=np.int64)
    while True:
        smaller = np.minimum(label[first], label[second])
        hooked = label.copy()
        np.minimum.at(hooked, label[first], smaller)
        np.minimum.at(hooked, label[second], smaller)
        while not np.array_equal(hooked, further := hooked[hooked]):
            hooked = further
        if np.array_equal(hooked, label):
            return label
        label = hooked


def triangles(first: Codes, second: Codes, *, n_authors: int) -> tuple[int, int]:
    """Return the number of triangles and of paths of length two.

    Each edge is turned towards its busier end. No author then has more than √(2 m) edges outward, and each triangle
    has one first corner (Chiba & Nishizeki 1985, https://doi.org/10.1137/0214017).

    Parameters
    ----------
    first, second
        Author codes, one pair an edge between two different authors; repeated and opposite pairs are one edge.
    n_authors
        Number of authors.
    """
    pairs = np.unique(np.minimum(first, second).astype(np.int64) * max(n_authors, 1) + np.maximum(first, second))
    if not len(pairs):
        return 0, 0
    low, high = pairs // n_authors, pairs % n_authors
    degree = np.bincount(low, minlength=n_authors) + np.bincount(high, minlength=n_authors)
    rank = np.argsort(np.argsort(degree, kind="stable"), kind="stable")
    keys = np.sort(np.minimum(rank[low], rank[high]) * n_authors + np.maximum(rank[low], rank[high]))
    source, target = keys // n_authors, keys % n_authors
    start = np.searchsorted(source, np.arange(n_authors + 1))
    onward = (start[1:] - start[:-1])[target]  # how many paths go on from each edge
    blocks = np.searchsorted(np.cumsum(onward), np.arange(_MOST_PATHS, int(onward.sum()), _MOST_PATHS))
    closed = 0
    for edges in np.split(np.arange(len(keys)), blocks):
        lengths = onward[edges]
        step = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        end = target[np.repeat(start[target[edges]], lengths) + step]
        wanted = np.repeat(source[edges], lengths) * n_authors + end
        closed += int((keys[np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)] == wanted).sum())
    return closed, int((degree * (degree - 1) // 2).sum())

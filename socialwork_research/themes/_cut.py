"""From the neighbour graph to groups of documents, without a seed: spectral cut, smoothing, spherical Lloyd."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

_DENSE = 500  # up to this many documents all eigenvectors are had more cheaply than some of them
_TOLERANCE = 1e-8
_SMOOTHINGS, _KEPT = 4, 0.5
_ROUNDS = 100


def eigenvectors(graph: sparse.csr_array, count: int) -> np.ndarray:
    """Return the leading eigenvectors of D^-1/2 W D^-1/2, each row divided by the root of its degree.

    Parameters
    ----------
    graph
        Symmetric, connected, weights above 0.
    count
        How many; the first is the trivial one (a constant after the division).

    Returns
    -------
    float64 (n, `count`), the greatest eigenvalue first. Signs are as they come: nothing here depends on them.
    """
    from scipy import linalg, sparse
    from scipy.sparse.linalg import eigsh

    root = np.sqrt(graph.sum(axis=1))
    inverse = sparse.diags_array(1 / root)
    scaled = (inverse @ graph @ inverse).tocsr()
    n = scaled.shape[0]
    if n <= max(_DENSE, 3 * count):
        vectors = linalg.eigh(scaled.toarray(), subset_by_index=(n - count, n - 1))[1][:, ::-1]
    else:
        start = np.cos(np.arange(1.0, n + 1))  # any fixed vector that no eigenvector resembles
        values, found = eigsh(
            scaled, k=count, which="LA", v0=start, tol=_TOLERANCE, maxiter=50 * n, rng=np.random.default_rng(0)
        )
        vectors = found[:, np.argsort(-values, kind="stable")]
    return vectors / root[:, None]


def cluster_qr(vectors: np.ndarray) -> np.ndarray:
    """Assign each row of K eigenvectors to one of K groups, without a seed and without iterations.

    Rows of one group point nearly the same way and rows of two groups nearly at a right angle. A QR factorisation of the
    transposed matrix with column pivoting picks K rows that span the space best; the orthogonal matrix nearest to these K
    rows (their polar factor) turns the axes on them; then each row belongs to its largest coordinate. A rotation of the
    eigenvectors (they are free within equal eigenvalues) turns the picked rows with it and cancels out.

    Parameters
    ----------
    vectors
        (n, K), n at least K.

    Returns
    -------
    int64 (n,), numbers of groups from 0 to K - 1.

    References
    ----------
    Damle, A., Minden, V., & Ying, L. (2019). Simple, direct and efficient multi-way spectral clustering. Information and
    Inference, 8(1), 181-203. https://doi.org/10.1093/imaiai/iay008
    """
    from scipy import linalg

    count = vectors.shape[1]
    pivots = linalg.qr(vectors.T, mode="r", pivoting=True)[1][:count]
    left, _, right = linalg.svd(vectors[pivots].T)
    return np.abs(vectors @ (left @ right)).argmax(axis=1)


def smoothed(vectors: np.ndarray, graph: sparse.csr_array) -> np.ndarray:
    """Move each row four times half way to the mean of its neighbours, keeping unit length (float64)."""
    from scipy import sparse

    mean = sparse.diags_array(1 / graph.sum(axis=1)) @ graph
    rows = unit(np.asarray(vectors, dtype=np.float64))
    for _ in range(_SMOOTHINGS):
        rows = unit(_KEPT * rows + (1 - _KEPT) * (mean @ rows))
    return rows


def lloyd(rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Move documents to the nearest centre and centres to their documents until nothing moves (at most 100 times).

    Groups that lose all their documents are gone: the labels returned need not be without gaps.
    """
    from scipy import sparse

    for _ in range(_ROUNDS):
        present, number = np.unique(labels, return_inverse=True)
        members = sparse.csr_array(
            (np.ones(len(rows)), (number, np.arange(len(rows)))), shape=(len(present), len(rows))
        )
        moved = present[(rows @ unit(members @ rows).T).argmax(axis=1)]
        if np.array_equal(moved, labels):
            break
        labels = moved
    return labels


def unit(rows: np.ndarray) -> np.ndarray:
    """Return the rows divided by their length; rows of zeros stay."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(length > 0, length, 1)


def plane(rows: np.ndarray) -> np.ndarray:
    """Return two coordinates of each row: its first two principal components, the entry of greatest size positive."""
    from scipy import linalg

    centred = rows - rows.mean(axis=0)
    axes = linalg.eigh(centred.T @ centred)[1][:, ::-1][:, :2]
    places = np.zeros((len(rows), 2))
    places[:, : axes.shape[1]] = centred @ axes
    largest = places[np.abs(places).argmax(axis=0), [0, 1]]
    return places * np.where(largest < 0, -1.0, 1.0)

"""The clusterer that stands in BERTopic where HDBSCAN stood: no seed, no density threshold, steady under small changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..errors import SchemaError
from . import _cut, _graph

FULL_NEIGHBOURS, FEWEST_NEIGHBOURS = 30, 8
DOCUMENTS_PER_NEIGHBOUR = 25
LEAST_STRENGTH = 0.4
SPARE = 1.5  # neighbours looked up for each one used, so that a subsample finds its own among them


class Cut(NamedTuple):
    """One way to cut the documents into themes.

    ``nearest``: each document's theme, numbered from 0 by size (−1: its theme kept no document); ``strength``: share of its
    neighbours, weighted by cosine, that are in the same theme; ``label``: ``nearest`` where the strength suffices, else −1.
    """

    nearest: np.ndarray
    strength: np.ndarray
    label: np.ndarray


def n_neighbours(n_documents: int) -> int:
    """Return how many neighbours a document gets: 30 from 750 documents on, fewer below, never under 8."""
    return int(np.clip(n_documents // DOCUMENTS_PER_NEIGHBOUR, FEWEST_NEIGHBOURS, FULL_NEIGHBOURS))


def cuts(near: _graph.Neighbours, vectors: np.ndarray, numbers: Sequence[int]) -> dict[int, Cut]:
    """Cut the same documents into each of several numbers of themes; the graph and its eigenvectors are made once."""
    graph = _graph.connected(near, vectors)
    axes = _cut.eigenvectors(graph, max(numbers))
    rows = _cut.smoothed(vectors, graph)
    return {number: settled(near, _cut.lloyd(rows, _cut.cluster_qr(axes[:, :number]))) for number in numbers}


def settled(near: _graph.Neighbours, groups: np.ndarray, *, least_strength: float = LEAST_STRENGTH) -> Cut:
    """Number groups by how many documents they keep (ties: by their first document) and leave weak documents out."""
    weight = np.where(near.place >= 0, np.maximum(near.cosine.astype(np.float64), 1e-3), 0)
    strength = (weight * (groups[near.place] == groups[:, None])).sum(axis=1) / weight.sum(axis=1)
    kept = strength >= least_strength
    names, first, sizes = np.unique(groups[kept], return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.full(groups.max() + 1, -1)
    number[names[order]] = np.arange(len(names))
    nearest = number[groups]
    return Cut(nearest, strength, np.where(kept, nearest, -1))


class ThemeClusterer:
    """Find themes among vectors: exact neighbours, spectral cut, smoothing, spherical Lloyd.

    It keeps to what BERTopic asks of its ``hdbscan_model``: ``fit``, ``labels_``, ``probabilities_``.

    Parameters
    ----------
    n_themes
        How many themes to cut; fewer come out where a theme loses all its documents.
    neighbours
        Size of a document's neighbourhood; by default from the number of documents.
    near
        Neighbours of the same vectors, nearest first, if they have been found before.
    """

    labels_: np.ndarray
    probabilities_: np.ndarray
    cut_: Cut
    places_: np.ndarray

    def __init__(self, *, n_themes: int, neighbours: int | None = None, near: _graph.Neighbours | None = None) -> None:
        self.n_themes = n_themes
        self.neighbours = neighbours
        self.near = near

    def fit(self, vectors: np.ndarray, y: Any = None) -> ThemeClusterer:  # noqa: ARG002 (BERTopic hands y over)
        """Cut `vectors` (rows of unit length, in an order that is always the same) into themes."""
        n = len(vectors)
        count = self.neighbours or n_neighbours(n)
        wide = self.near if self.near is not None else _graph.nearest(vectors, count)
        near = _graph.among(wide, np.arange(n), count)
        graph = _graph.connected(near, vectors)
        rows = _cut.smoothed(vectors, graph)
        groups = _cut.lloyd(rows, _cut.cluster_qr(_cut.eigenvectors(graph, self.n_themes)))
        self.cut_ = settled(near, groups)
        if self.cut_.label.max() < 0:
            raise SchemaError(
                f"no document is near enough to others for any of {self.n_themes} themes. Mend: ask for fewer themes, or "
                "take more posts"
            )
        self.labels_, self.probabilities_ = self.cut_.label, self.cut_.strength
        self.places_ = _cut.plane(rows)
        return self

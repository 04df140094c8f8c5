"""The neighbour graph: exact, the same among a subset, connected."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csgraph

from socialwork_research.themes import _graph


def _vectors(n: int, *, seed: int = 1, width: int = 12) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(n, width))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_neighbours_of_three_vectors_by_hand():
    """Of three vectors on a quarter circle, the middle one is everybody's nearest."""
    angle = np.radians([0, 30, 90])
    near = _graph.nearest(np.column_stack([np.cos(angle), np.sin(angle)]), 1)
    assert near.place.tolist() == [[1], [0], [1]]
    assert np.allclose(
        near.cosine[:, 0], [np.cos(np.radians(30)), np.cos(np.radians(30)), np.cos(np.radians(60))], atol=1e-6
    )


def test_neighbours_equal_scikit_learns(monkeypatch):
    """Neighbours over several blocks are those of an exhaustive search, the nearest first and never oneself."""
    from sklearn.neighbors import NearestNeighbors

    monkeypatch.setattr(_graph, "_BLOCK", 64)
    vectors = _vectors(300)
    near = _graph.nearest(vectors, 7)
    other = (
        NearestNeighbors(n_neighbors=8, metric="cosine", algorithm="brute").fit(vectors).kneighbors(vectors)[1][:, 1:]
    )
    assert np.array_equal(near.place, other)
    assert (np.diff(near.cosine, axis=1) <= 0).all()


def test_more_neighbours_than_others_are_cut_down():
    """Four documents have three neighbours each, whatever was asked for."""
    assert _graph.nearest(_vectors(4), 10).place.shape == (4, 3)


def test_neighbours_among_some_are_as_if_the_others_had_never_been():
    """Neighbours within a subset, taken from a longer list, are those found in the subset alone."""
    vectors = _vectors(200)
    kept = np.sort(np.random.default_rng(3).permutation(200)[:180])
    some = _graph.among(_graph.nearest(vectors, 16), kept, 8)
    alone = _graph.nearest(vectors[kept], 8)
    assert np.array_equal(some.place, alone.place)


def test_a_list_that_runs_short_is_filled_with_minus_one():
    """Where too few of a document's listed neighbours are kept, the rest of its row is −1 and makes no edge."""
    vectors = _vectors(40)
    some = _graph.among(_graph.nearest(vectors, 3), np.arange(10), 3)
    assert (some.place == -1).any() and some.place.max() < 10
    graph = _graph.connected(some, vectors[:10])
    assert csgraph.connected_components(graph)[0] == 1


def test_parts_are_joined_by_their_most_similar_pair():
    """Two far groups are joined by exactly the pair of documents that is most alike across them."""
    angle = np.radians([0, 5, 10, 100, 105, 110])
    vectors = np.column_stack([np.cos(angle), np.sin(angle)])
    near = _graph.nearest(vectors, 2)
    graph = _graph.connected(near, vectors).toarray()
    across = np.argwhere(graph[:3, 3:] > 0)
    assert across.tolist() == [[2, 0]]
    assert np.allclose(graph, graph.T)


def test_many_parts_become_one():
    """Ten groups in ten directions end in one connected graph whose weights are above 0."""
    vectors = np.repeat(np.eye(10), 6, axis=0) + 0.01 * _vectors(60, width=10)
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    graph = _graph.connected(_graph.nearest(vectors, 3), vectors)
    assert csgraph.connected_components(graph)[0] == 1
    assert graph.data.min() > 0

"""Components and triangles of an undirected network."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from socialwork_research.kernels import undirected

EMPTY = np.array([], dtype=np.int64)


def test_components_by_hand():
    """Two authors who are joined, a chain of three and one alone make three components, named by their smallest code."""
    first, second = np.array([4, 3, 0]), np.array([3, 2, 5])
    assert undirected.components(first, second, n_authors=6).tolist() == [0, 1, 2, 2, 2, 0]


def test_triangles_by_hand():
    """A square with one diagonal has two triangles and eight paths of length two, however often an edge is named."""
    first, second = np.array([0, 1, 2, 3, 0, 2]), np.array([1, 2, 3, 0, 2, 0])
    assert undirected.triangles(first, second, n_authors=4) == (2, 8)


def test_nothing_is_joined_by_nothing():
    """Without edges each author is a component, and there is neither a triangle nor a path."""
    assert undirected.components(EMPTY, EMPTY, n_authors=3).tolist() == [0, 1, 2]
    assert undirected.components(EMPTY, EMPTY, n_authors=0).tolist() == []
    assert undirected.triangles(EMPTY, EMPTY, n_authors=0) == (0, 0)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("block", [7, 4_000_000])
def test_networkx_counts_the_same(seed, block, monkeypatch):
    """On random networks, in blocks of any size, networkx finds the same components and triangles."""
    monkeypatch.setattr(undirected, "_MOST_PATHS", block)
    random = np.random.default_rng(seed)
    n = 60
    first, second = random.integers(0, n, size=(2, 90))
    first, second = first[first != second], second[first != second]
    graph = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(zip(first.tolist(), second.tolist(), strict=True))
    label = undirected.components(first, second, n_authors=n)
    parts = sorted(sorted(part) for part in nx.connected_components(graph))
    assert sorted(np.flatnonzero(label == each).tolist() for each in np.unique(label)) == parts
    closed, paths = undirected.triangles(first, second, n_authors=n)
    assert closed == sum(nx.triangles(graph).values()) // 3
    assert paths == sum(degree * (degree - 1) // 2 for _, degree in graph.degree())


def test_a_long_chain_is_one_component():
    """A chain of 100,000 authors in shuffled order is one component."""
    order = np.random.default_rng(7).permutation(100_000)
    assert not undirected.components(order[:-1], order[1:], n_authors=100_000).any()

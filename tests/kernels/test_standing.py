"""PageRank: by hand, against networkx, its laws and its edges."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from socialwork_research.errors import OptionError
from socialwork_research.kernels.standing import pagerank

EMPTY = np.array([], dtype=np.int64)


def test_two_authors_by_hand():
    """On a→b the walker at b starts anew: x(a) = 0.15/2 + 0.85 x(b)/2, so x(a) = 0.5/1.425."""
    share = pagerank(np.array([0]), np.array([1]), n_authors=2)
    assert share == pytest.approx([0.5 / 1.425, 1 - 0.5 / 1.425], abs=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_networkx_finds_the_same(seed: int):
    """On random weighted networks with authors who turn to nobody, networkx at a tight tolerance agrees to ten digits."""
    stream = np.random.default_rng(seed)
    source, target, weight = *stream.integers(0, 50, size=(2, 90)), stream.integers(1, 6, size=90)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(52))
    for a, b, n in zip(source.tolist(), target.tolist(), weight.tolist(), strict=True):
        if a != b:
            graph.add_edge(a, b, weight=graph.get_edge_data(a, b, {"weight": 0})["weight"] + n)
    wanted = nx.pagerank(graph, tol=1e-14, max_iter=2000)
    share = pagerank(source, target, n_authors=52, weight=weight)
    assert share == pytest.approx([wanted[author] for author in range(52)], abs=1e-11)


def test_laws():
    """Shares sum to 1; ten times the weight, or ties in another order, change nothing; a ring shares equally."""
    stream = np.random.default_rng(1)
    source, target, weight = *stream.integers(0, 30, size=(2, 100)), stream.integers(1, 5, size=100)
    order = stream.permutation(100)
    share = pagerank(source, target, n_authors=30, weight=weight)
    assert share.sum() == pytest.approx(1, abs=1e-15)
    assert np.array_equal(pagerank(source[order], target[order], n_authors=30, weight=weight[order]), share)
    assert pagerank(source, target, n_authors=30, weight=10 * weight) == pytest.approx(share, abs=1e-12)
    ring = np.arange(7)
    assert pagerank(ring, np.roll(ring, 1), n_authors=7) == pytest.approx([1 / 7] * 7, abs=1e-12)


def test_without_edges_all_have_the_same():
    """Without edges, or with self-ties alone, each author has 1/n; without authors nobody has anything."""
    assert pagerank(EMPTY, EMPTY, n_authors=4).tolist() == [0.25] * 4
    assert pagerank(np.array([0, 1]), np.array([0, 1]), n_authors=4).tolist() == [0.25] * 4
    assert pagerank(EMPTY, EMPTY, n_authors=0).tolist() == []


def test_a_walk_that_never_settles_is_refused():
    """With a damping of 1 on a pair that only swaps and a third who feeds it, the walk never settles, and it says so."""
    with pytest.raises(OptionError, match="damping"):
        pagerank(np.array([0, 1, 2]), np.array([1, 0, 0]), n_authors=3, damping=1.0)

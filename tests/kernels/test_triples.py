"""Triangles, the triad census and cores: by hand, against slow definitions and networkx, and at the edges."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pytest

from socialwork_research.kernels.cores import coreness
from socialwork_research.kernels.triads import TYPES, census
from socialwork_research.kernels.triples import pairs, triangles

SIZES = [(0, 0), (1, 0), (3, 4), (8, 30), (40, 300), (120, 2500)]


def drawn(n: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw edges that crowd at the authors numbered first, without loops."""
    stream = np.random.default_rng([n, m])
    ends = (n * stream.random((m, 2)) ** 2).astype(np.int64)
    return tuple(ends[ends[:, 0] != ends[:, 1]].T)


def graph_of(n: int, source: np.ndarray, target: np.ndarray) -> nx.DiGraph:
    """Make the same network for networkx."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(zip(source.tolist(), target.tolist(), strict=True))
    return graph


def test_one_triangle_by_hand() -> None:
    """0⇄1 (3 ties), 1→2 (2 ties), 2→0 (1 tie): one triangle, two directed choices, and each corner's own ties."""
    found = pairs(np.array([0, 1, 1, 2]), np.array([1, 0, 2, 0]), np.array([2, 1, 2, 1]), n_authors=4)
    assert (found.low.tolist(), found.high.tolist()) == ([0, 0, 1], [1, 2, 2])
    assert (found.way.tolist(), found.forth.tolist(), found.back.tolist()) == ([3, 2, 1], [2, 0, 2], [1, 1, 0])
    seen = triangles(found)
    assert seen.n == 1
    assert seen.at.tolist() == [1, 1, 1, 0]
    assert seen.directed.tolist() == [2, 2, 2, 0]
    assert seen.weight.tolist() == [3 + 1, 3 + 2, 2 + 1, 0]
    # With author 3, who is apart, three more triads: one with the mutual pair, two with one edge.
    assert {kind: n for kind, n in census(found, seen).items() if n} == {"120C": 1, "102": 1, "012": 2}


@pytest.mark.parametrize(("n", "m"), SIZES)
def test_sums_over_triangles_are_those_of_the_definition(n: int, m: int) -> None:
    """Arrays and compiled code both give what products of matrices give."""
    source, target = drawn(n, m)
    edge = np.zeros((n, n), dtype=np.int64)
    tied = np.zeros((n, n), dtype=np.int64)
    edge[source, target] = 1
    np.add.at(tied, (source, target), 1)
    both, joined, ties = edge + edge.T, (edge | edge.T), tied + tied.T
    found = pairs(source, target, n_authors=n)
    plain, compiled = (triangles(found, compiled=way) for way in (False, True))
    for seen in (plain, compiled):
        np.testing.assert_array_equal(seen.at, np.diag(joined @ joined @ joined) // 2)
        np.testing.assert_array_equal(seen.directed, np.diag(both @ both @ both) // 2)
        np.testing.assert_array_equal(seen.weight, np.diag(ties @ joined @ joined))
    np.testing.assert_array_equal(plain.ways, compiled.ways)


@pytest.mark.parametrize(("n", "m"), SIZES)
def test_blocks_of_any_size_give_the_same(n: int, m: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking at a few paths at a time changes nothing."""
    found = pairs(*drawn(n, m), n_authors=n)
    whole = triangles(found, compiled=False)
    monkeypatch.setattr("socialwork_research.kernels.triples._MOST_PATHS", 7)
    for one, other in zip(whole, triangles(found, compiled=False), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(("n", "m"), SIZES)
def test_the_census_is_that_of_networkx(n: int, m: int) -> None:
    """All 16 counts are those of networkx, and add up to all triples."""
    source, target = drawn(n, m)
    found = pairs(source, target, n_authors=n)
    counted = census(found, triangles(found))
    assert tuple(counted) == TYPES
    assert sum(counted.values()) == n * (n - 1) * (n - 2) // 6
    if n:
        assert counted == nx.triadic_census(graph_of(n, source, target))


def test_each_triad_of_three_is_named_as_networkx_names_it() -> None:
    """Each of the 64 networks of three authors is one triad of the type that networkx gives it."""
    every = list(itertools.permutations(range(3), 2))
    for chosen in itertools.product([False, True], repeat=6):
        edges = np.array([edge for edge, is_in in zip(every, chosen, strict=True) if is_in], dtype=np.int64)
        source, target = edges.reshape(-1, 2).T
        found = pairs(source, target, n_authors=3)
        assert census(found, triangles(found)) == nx.triadic_census(graph_of(3, source, target))


def test_a_hub_costs_no_more_than_its_pairs() -> None:
    """A star of 200,000 has no triangle and 2 × 10^10 open triads, counted without listing them."""
    n = 200_001
    source, target = np.arange(1, n), np.zeros(n - 1, dtype=np.int64)
    found = pairs(source, target, n_authors=n)
    counted = census(found, triangles(found))
    assert counted["021U"] == (n - 1) * (n - 2) // 2
    assert sum(counted.values()) == counted["021U"] + counted["003"]


def test_cores_by_hand() -> None:
    """A triangle with a tail and one apart: coreness 2 in the triangle, 1 along the tail, 0 apart."""
    source, target = np.array([0, 1, 2, 3, 4, 1]), np.array([1, 2, 0, 2, 3, 0])
    assert coreness(source, target, n_authors=6).tolist() == [2, 2, 2, 1, 1, 0]


@pytest.mark.parametrize(("n", "m"), SIZES)
def test_cores_are_those_of_networkx(n: int, m: int) -> None:
    """Coreness is that of networkx, directions ignored; loops and the direction of edges do not matter."""
    source, target = drawn(n, m)
    found = coreness(source, target, n_authors=n)
    expected = nx.core_number(graph_of(n, source, target).to_undirected())
    assert found.tolist() == [expected[author] for author in range(n)]
    loops = np.arange(n)
    again = coreness(np.concatenate([target, loops]), np.concatenate([source, loops]), n_authors=n)
    np.testing.assert_array_equal(again, found)

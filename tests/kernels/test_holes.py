"""Constraint and effective size: by hand, against networkx, and where they are undefined."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from socialwork_research.kernels.adjacency import mutual, turned, weighted
from socialwork_research.kernels.holes import holes

EMPTY = np.array([], dtype=np.int64)


def test_three_authors_and_five_ties_by_hand():
    """a→b twice, b→a once, b→c twice: b has shares 3/5 and 2/5, constraint 9/25 + 4/25, and two partners of his own."""
    source, target, weight = np.array([0, 1, 1]), np.array([1, 0, 2]), np.array([2, 1, 2])
    found = holes(source, target, n_authors=4, weight=weight)
    assert found.constraint.tolist() == pytest.approx([1, 13 / 25, 1, np.nan], nan_ok=True)
    assert found.effective_size.tolist() == pytest.approx([1, 2, 1, np.nan], nan_ok=True)


def test_a_triangle_with_weights_by_hand():
    """With mutual weights ab 2, bc 1, ac 1: c(a) = (2/3 + 1/6)² + (1/3 + 2/9)², and a's partners share most of each other."""
    found = holes(np.array([0, 1, 2]), np.array([1, 2, 0]), n_authors=3, weight=np.array([2, 1, 1]))
    assert found.constraint[0] == pytest.approx((2 / 3 + 1 / 3 / 2) ** 2 + (1 / 3 + 2 / 3 / 3) ** 2)
    assert found.effective_size[0] == pytest.approx(2 - 1 / 3 * 1 / 2 - 2 / 3 * 1)


def test_a_star_and_a_clique():
    """The middle of a star of four has constraint 1/4 and effective size 4; in a clique of three, 9/8 and 1 (Borgatti)."""
    star = holes(np.array([0, 0, 0, 0]), np.array([1, 2, 3, 4]), n_authors=5)
    assert star.constraint.tolist() == [0.25, 1, 1, 1, 1]
    assert star.effective_size.tolist() == [4, 1, 1, 1, 1]
    clique = holes(np.array([0, 0, 1, 1, 2, 2]), np.array([1, 2, 0, 2, 0, 1]), n_authors=3)
    assert clique.constraint == pytest.approx([1.125] * 3)
    assert clique.effective_size == pytest.approx([1] * 3)


@pytest.mark.parametrize("seed", range(4))
def test_networkx_finds_the_same(seed: int):
    """On random weighted networks, networkx's definitions give the same, for each author who turned to somebody."""
    stream = np.random.default_rng(seed)
    source, target = stream.integers(0, 40, size=(2, 160))
    weight = stream.integers(1, 6, size=160)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(40))
    for a, b, n in zip(source.tolist(), target.tolist(), weight.tolist(), strict=True):
        if a != b:
            graph.add_edge(a, b, weight=graph.get_edge_data(a, b, {"weight": 0})["weight"] + n)
    # networkx takes whoever only receives for an isolate, and for all authors at once divides weights by another's largest.
    known = [author for author in graph if graph.out_degree(author)]
    constraint = nx.constraint(graph, nodes=known, weight="weight")
    size = nx.effective_size(graph, nodes=known, weight="weight")
    found = holes(source, target, n_authors=40, weight=weight)
    assert found.constraint[known] == pytest.approx([constraint[author] for author in known])
    assert found.effective_size[known] == pytest.approx([size[author] for author in known])


def test_order_repeats_and_scale_change_nothing():
    """Ties in another order give the same digits, ten times the weight the same values, and a split weight its sum."""
    stream = np.random.default_rng(3)
    source, target = stream.integers(0, 30, size=(2, 200))
    weight = stream.integers(1, 5, size=200)
    order = stream.permutation(200)
    first = holes(source, target, n_authors=30, weight=weight)
    second = holes(source[order], target[order], n_authors=30, weight=weight[order])
    third = holes(np.tile(source, 2), np.tile(target, 2), n_authors=30, weight=np.tile(5 * weight, 2))
    for one, other, scaled in zip(first, second, third, strict=True):
        assert np.array_equal(one, other, equal_nan=True)
        assert scaled == pytest.approx(one, nan_ok=True)


def test_authors_without_a_partner_have_neither():
    """Without edges, or with self-ties alone, every author's values are NaN; without authors there are none."""
    for source in (EMPTY, np.array([0, 1])):
        found = holes(source, source, n_authors=2)
        assert np.isnan(np.concatenate(found)).all()
    assert holes(EMPTY, EMPTY, n_authors=0).constraint.tolist() == []


def test_rows_turn_and_merge_by_hand():
    """Edges 0→1 (2), 2→1 (3) and 1→0 (1) turn into rows of who came, and merge into mutual weights 3 and 3."""
    table = weighted(np.array([2, 0, 1]), np.array([1, 1, 0]), n_authors=3, weight=np.array([3, 2, 1]))
    back, both = turned(table), mutual(table)
    assert (back.start.tolist(), back.to.tolist(), back.weight.tolist()) == ([0, 1, 3, 3], [1, 0, 2], [1, 2, 3])
    assert (both.start.tolist(), both.to.tolist(), both.weight.tolist()) == ([0, 1, 3, 4], [1, 0, 2, 1], [3, 3, 3, 3])

"""Counts of a directed network, held against plain sets and a plain sum."""

import networkx as nx
import numpy as np
import pytest

from socialwork_research.kernels.directed import counted, gini


def test_three_authors_by_hand() -> None:
    """0→1 twice, 1→0 and 2→0 are three edges, one mutual dyad, and in-degrees 2, 1, 0."""
    found = counted(np.array([0, 0, 1, 2]), np.array([1, 1, 0, 0]), n_authors=3)
    assert (found.n_edges, found.n_mutual) == (3, 1)
    assert found.in_degree.tolist() == [2, 1, 0]
    assert found.reciprocity == pytest.approx(2 / 3)


@pytest.mark.parametrize("n_authors", [2, 3, 50, 40_000, 3_000_000])
def test_counts_equal_those_of_sets_and_networkx(n_authors: int) -> None:
    """Whatever the number of authors (and so the width of the keys), counts equal those made with sets."""
    stream = np.random.default_rng(11)
    source, target = stream.integers(min(n_authors, 60), size=(2, 700)) + n_authors - min(n_authors, 60)
    source, target = source[source != target], target[source != target]
    edges = set(zip(source.tolist(), target.tolist(), strict=True))
    found = counted(source, target, n_authors=n_authors)
    assert found.n_edges == len(edges)
    assert 2 * found.n_mutual == sum((b, a) in edges for a, b in edges)
    assert found.reciprocity == nx.overall_reciprocity(nx.DiGraph(sorted(edges)))
    degree = np.zeros(n_authors, dtype=int)
    for _, end in edges:
        degree[end] += 1
    assert (found.in_degree == degree).all()


def test_no_ties_have_no_reciprocity() -> None:
    """Without ties there are no edges, and reciprocity is undefined."""
    found = counted(np.zeros(0, dtype=int), np.zeros(0, dtype=int), n_authors=4)
    assert (found.n_edges, found.n_mutual, found.in_degree.tolist()) == (0, 0, [0, 0, 0, 0])
    assert np.isnan(found.reciprocity)


def test_gini_equals_its_definition() -> None:
    """The Gini coefficient read off counts equals the mean absolute difference over twice the mean."""
    values = np.random.default_rng(5).integers(9, size=200)
    plain = np.abs(values[:, None] - values[None, :]).mean() / (2 * values.mean())
    assert gini(values) == pytest.approx(plain)


@pytest.mark.parametrize(("values", "wanted"), [([3, 3, 3], 0.0), ([0, 0, 0, 8], 0.75), ([1, 2, 3, 4], 0.25)])
def test_gini_by_hand(values: list[int], wanted: float) -> None:
    """All equal gives 0, one of four holding everything gives 3/4, one to four gives 1/4."""
    assert gini(np.array(values)) == pytest.approx(wanted)


@pytest.mark.parametrize("values", [[], [0, 0]])
def test_nothing_to_share_has_no_gini(values: list[int]) -> None:
    """Without values, or with nothing to share out, the coefficient is undefined, not zero."""
    assert np.isnan(gini(np.array(values, dtype=np.int64)))

"""Trees of posts: by hand, against networkx, and as laws."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from socialwork_research.kernels.trees import UNKNOWN, branches, depths, mean_distance, widths


def grown(n_posts: int, *, seed: int) -> np.ndarray:
    """A random tree: each post answers an earlier one, the first none."""
    random = np.random.default_rng(seed)
    return np.array([-1, *(int(random.integers(0, place)) for place in range(1, n_posts))], dtype=np.int64)


def roots(parent: np.ndarray) -> np.ndarray:
    """Posts that answer nothing."""
    return parent < 0


def test_a_small_tree_worked_by_hand():
    """Of a root with two answers, one of them answered twice, every measure is counted on paper."""
    parent = np.array([-1, 0, 0, 1, 1])
    depth = depths(parent, roots(parent))
    assert depth.tolist() == [0, 1, 1, 2, 2]
    assert branches(parent, depth).tolist() == [5, 3, 1, 1, 1]
    # Distances: 0-1 1, 0-2 1, 0-3 2, 0-4 2, 1-2 2, 1-3 1, 1-4 1, 2-3 3, 2-4 3, 3-4 2: 18 over ten pairs.
    assert mean_distance(parent, depth, np.zeros(5, dtype=np.int64), n_trees=1).tolist() == [1.8]
    widest, index = widths(depth, np.zeros(5, dtype=np.int64), n_trees=1)
    assert (widest.tolist(), index.tolist()) == ([2], [2])


@pytest.mark.parametrize("n_posts", [2, 7, 60, 300])
def test_mean_distance_agrees_with_networkx(n_posts: int):
    """Counting the pairs that each edge parts gives what shortest paths between all pairs give."""
    parent = grown(n_posts, seed=n_posts)
    graph = nx.Graph([(place, int(up)) for place, up in enumerate(parent) if up >= 0])
    tree = np.zeros(n_posts, dtype=np.int64)
    found = mean_distance(parent, depths(parent, roots(parent)), tree, n_trees=1)
    assert found[0] == pytest.approx(nx.wiener_index(graph) / (n_posts * (n_posts - 1) / 2))


def test_a_star_and_a_chain_are_the_ends_of_the_scale():
    """Of trees of one size a star has the least mean distance, a chain the greatest, and others lie between."""
    n = 12
    ways = {"star": np.array([-1] + [0] * (n - 1)), "chain": np.arange(-1, n - 1), "grown": grown(n, seed=3)}
    tree = np.zeros(n, dtype=np.int64)
    found = {
        name: mean_distance(parent, depths(parent, roots(parent)), tree, n_trees=1)[0] for name, parent in ways.items()
    }
    assert found["star"] == pytest.approx(2 * (n - 1) / n)
    assert found["chain"] == pytest.approx((n + 1) / 3)
    assert found["star"] < found["grown"] < found["chain"]


def test_trees_side_by_side_are_measured_as_if_alone():
    """Two trees in one array have the measures of each by itself, in whatever order their posts stand."""
    first, second = grown(20, seed=1), grown(9, seed=2)
    parent = np.concatenate([first, np.where(second < 0, -1, second + 20)])
    tree = np.repeat([0, 1], [20, 9])
    order = np.random.default_rng(5).permutation(29)
    place = np.argsort(order)
    mixed = np.where(parent[order] < 0, -1, place[parent[order]])
    depth = depths(mixed, roots(mixed))
    together = mean_distance(mixed, depth, tree[order], n_trees=2)
    widest, index = widths(depth, tree[order], n_trees=2)
    for number, alone in enumerate((first, second)):
        alone_depth, none = depths(alone, roots(alone)), np.zeros(len(alone), dtype=np.int64)
        assert together[number] == mean_distance(alone, alone_depth, none, n_trees=1)[0]
        one_wide, one_index = widths(alone_depth, none, n_trees=1)
        assert (widest[number], index[number]) == (one_wide[0], one_index[0])


def test_an_h_index_stops_at_the_first_depth_that_is_too_thin():
    """Three posts at depth three do not count where depth two holds only one."""
    parent = np.array([-1, 0, 1, 2, 2, 2])
    depth = depths(parent, roots(parent))
    assert depth.tolist() == [0, 1, 2, 3, 3, 3]
    assert widths(depth, np.zeros(6, dtype=np.int64), n_trees=1)[1].tolist() == [1]


def test_rings_and_lost_parents_have_no_depth_and_no_branch():
    """Posts that answer each other in a ring, or a post that is not there, are in no tree."""
    parent = np.array([-1, 0, 3, 2, -1])
    depth = depths(parent, np.array([True, False, False, False, False]))
    assert depth.tolist() == [0, 1, UNKNOWN, UNKNOWN, UNKNOWN]
    assert branches(parent, depth).tolist() == [2, 1, 0, 0, 0]
    assert mean_distance(parent, depth, np.zeros(5, dtype=np.int64), n_trees=1).tolist() == [1.0]


def test_no_posts_no_trees():
    """Without posts every tree is empty: distance undefined, width and index nought."""
    none = np.zeros(0, dtype=np.int64)
    assert np.isnan(mean_distance(none, none, none, n_trees=2)).all()
    assert [found.tolist() for found in widths(none, none, n_trees=2)] == [[0, 0], [0, 0]]
    assert depths(none, none.astype(bool)).tolist() == []

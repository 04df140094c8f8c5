"""The kernels under communities, cores and removal: against enumeration, brute force and other libraries."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from socialwork_research.kernels.leiden import Graph, graph_of, modularity, partition
from socialwork_research.kernels.pairs import swapped_pairs
from socialwork_research.kernels.partitions import agreement
from socialwork_research.kernels.removal import by_degree, largest
from socialwork_research.resampling import generator, spawn


def laid_out(graph: nx.Graph) -> Graph:
    """Lay out a networkx graph whose nodes are 0 … n − 1."""
    ends = np.array(sorted(tuple(sorted(edge)) for edge in graph.edges), dtype=np.int64).reshape(-1, 2)
    return graph_of(ends[:, 0], ends[:, 1], np.ones(len(ends)), n_nodes=len(graph))


def test_communities_hang_together_and_come_near_the_best_of_networkx() -> None:
    """On a random graph with groups each community is connected, and no run is worse than networkx's Louvain by .01."""
    graph = nx.planted_partition_graph(6, 30, 0.25, 0.03, seed=2)
    held = laid_out(graph)
    louvain = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
    for stream in spawn(3, 10):
        label = partition(held, stream=stream)
        parts = [set(np.flatnonzero(label == each).tolist()) for each in range(label.max() + 1)]
        assert all(nx.is_connected(graph.subgraph(part)) for part in parts)
        assert modularity(held, label) == pytest.approx(nx.community.modularity(graph, parts))
        assert modularity(held, label) > louvain - 0.01


def test_one_stream_gives_one_partition() -> None:
    """The same stream gives the same labels, numbered by first member, and streams differ."""
    held = laid_out(nx.gnm_random_graph(80, 160, seed=1))
    one, two, other = (partition(held, stream=generator(seed)) for seed in (1, 1, 2))
    assert (one == two).all() and (one != other).any()
    assert one[0] == 0 and (np.unique(one, return_index=True)[1] == np.sort(np.unique(one, return_index=True)[1])).all()


def test_swaps_reach_all_networks_alike() -> None:
    """Of all networks on six authors with the degrees of a hexagon and a chord, each is drawn equally often."""
    pairs = [(0, 1), (0, 5), (1, 2), (1, 4), (2, 3), (3, 4), (4, 5)]
    first, second = np.array(pairs).T
    degree = np.bincount(np.concatenate([first, second]))
    every = combinations(list(combinations(range(6), 2)), len(pairs))
    space = [each for each in every if (np.bincount(np.ravel(each), minlength=6) == degree).all()]
    drawn = Counter()
    for stream in spawn(4, 1500):
        one, two = swapped_pairs(first, second, n_authors=6, stream=stream)
        drawn[tuple(zip(one.tolist(), two.tolist(), strict=True))] += 1
    assert set(drawn) == set(space)
    assert stats.chisquare([drawn[each] for each in space]).pvalue > 0.001


@pytest.mark.parametrize(("n", "k"), [(10, 3), (300, 15), (2000, 4)])
def test_agreement_is_that_of_scikit_learn(n: int, k: int) -> None:
    """Adjusted mutual information and Rand index equal scikit-learn's; variation of information is that of entropies."""
    stream = generator(n)
    one = stream.integers(k, size=n)
    two = np.where(stream.random(n) < 0.5, one, stream.integers(k, size=n))
    found = agreement(one, two)
    assert found.ami == pytest.approx(adjusted_mutual_info_score(one, two), abs=1e-10)
    assert found.ari == pytest.approx(adjusted_rand_score(one, two), abs=1e-10)
    both = stats.entropy(np.bincount(one * k + two))
    assert found.vi == pytest.approx(2 * both - stats.entropy(np.bincount(one)) - stats.entropy(np.bincount(two)))
    assert agreement(one, (one + 1) % k) == (1, 1, 0)
    assert np.isnan(agreement(one[:0], two[:0])).all()


def test_each_removal_takes_one_who_has_most_left() -> None:
    """Step by step, whoever goes has as many partners left as anyone, and components are as networkx counts them."""
    graph = nx.gnm_random_graph(40, 70, seed=5)
    held = laid_out(graph)
    for stream in spawn(1, 5):
        order = by_degree(held, stream=stream)
        rest, sizes = graph.copy(), []
        for author in order.tolist():
            sizes.append(max(len(part) for part in nx.connected_components(rest)))
            assert rest.degree(author) == max(degree for _, degree in rest.degree())
            rest.remove_node(author)
        assert largest(held, order).tolist() == [*sizes, 0]

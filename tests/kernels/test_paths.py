"""Distances and betweenness: by hand, against networkx, exact and from some sources."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from socialwork_research.kernels import compiling, paths
from socialwork_research.kernels.adjacency import rows

EMPTY = np.array([], dtype=np.int64)


def drawn(seed: int, *, directed: bool = True, n: int = 60, m: int = 130) -> tuple[np.ndarray, np.ndarray, nx.Graph]:
    """Draw ties with repeats and self-ties, and the same network for networkx without either."""
    source, target = np.random.default_rng(seed).integers(0, n, size=(2, m))
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from((a, b) for a, b in zip(source.tolist(), target.tolist(), strict=True) if a != b)
    return source, target, graph


def test_rows_by_hand():
    """Edges 2→0, 0→2 twice, 0→1 and 1→1 make the rows [1, 2], [] and [0]; both ways, [1, 2], [0] and [0]."""
    source, target = np.array([2, 0, 0, 0, 1]), np.array([0, 2, 2, 1, 1])
    table = rows(source, target, n_authors=3)
    assert (table.start.tolist(), table.to.tolist()) == ([0, 2, 2, 3], [1, 2, 0])
    table = rows(source, target, n_authors=3, directed=False)
    assert (table.start.tolist(), table.to.tolist()) == ([0, 2, 3, 4], [1, 2, 0, 0])


def test_a_chain_by_hand():
    """On 0→1→2→3 six ordered pairs are joined, at mean distance 10/6; two paths run through each inner author."""
    source, target = np.array([0, 1, 2]), np.array([1, 2, 3])
    found = paths.distances(source, target, n_authors=5)
    assert found.histogram.tolist() == [0, 3, 2, 1]
    assert (found.reached.tolist(), found.total.tolist()) == ([3, 2, 1, 0, 0], [6, 3, 1, 0, 0])
    assert found.eccentricity.tolist() == [3, 2, 1, 0, 0]
    assert (found.mean, found.diameter, found.error, found.is_exact) == (pytest.approx(10 / 6), 3, 0, True)
    assert found.effective_diameter(0.5) == pytest.approx(1)
    assert found.effective_diameter(2 / 3) == pytest.approx(1.5)
    assert paths.betweenness(source, target, n_authors=5).value.tolist() == [0, 2, 2, 0, 0]


def test_two_ways_round_a_square_share_their_pair():
    """On an undirected square each author carries half of the one pair of its neighbours."""
    source, target = np.array([0, 1, 2, 3]), np.array([1, 2, 3, 0])
    found = paths.betweenness(source, target, n_authors=4, directed=False)
    assert found.value.tolist() == [0.5] * 4
    assert found.error.tolist() == [0] * 4


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_networkx_finds_the_same(seed: int, directed: bool):
    """On random networks, distances, eccentricities and betweenness are those of networkx."""
    source, target, graph = drawn(seed, directed=directed, n=90, m=200)
    found = paths.distances(source, target, n_authors=90, directed=directed)
    lengths = {a: dict(to) for a, to in nx.all_pairs_shortest_path_length(graph)}
    pairs = [step for a, to in lengths.items() for b, step in to.items() if a != b]
    assert found.histogram.tolist() == np.bincount(pairs).tolist()
    assert found.eccentricity.tolist() == [max(lengths[author].values()) for author in range(90)]
    assert found.mean == pytest.approx(np.mean(pairs))
    wanted = nx.betweenness_centrality(graph, normalized=False)
    value = paths.betweenness(source, target, n_authors=90, directed=directed).value
    assert value == pytest.approx([wanted[author] for author in range(90)])


def test_some_sources_tell_of_all_within_their_error():
    """Over 400 draws of 30 sources of 200, betweenness and mean distance are right on average, and so are their errors."""
    source, target, _ = drawn(4, n=200, m=700)
    whole, exact = (
        paths.betweenness(source, target, n_authors=200).value,
        paths.distances(source, target, n_authors=200),
    )
    stream, between, error, mean, mean_error = np.random.default_rng(5), [], [], [], []
    for _ in range(400):
        some = stream.permutation(200)[:30]
        found = paths.betweenness(source, target, n_authors=200, sources=some)
        far = paths.distances(source, target, n_authors=200, sources=some)
        between.append(found.value), error.append(found.error), mean.append(far.mean), mean_error.append(far.error)
    spread = np.std(between, axis=0, ddof=1)
    busy = whole > np.median(whole)
    off = (np.mean(between, axis=0) - whole)[busy] / (spread[busy] / 20)
    assert np.abs(off).max() < 4.5
    assert off.std() == pytest.approx(1, abs=0.3)
    assert np.sqrt(np.mean(np.square(error), axis=0))[busy] == pytest.approx(spread[busy], rel=0.25)
    assert np.mean(mean) == pytest.approx(exact.mean, abs=4.5 * np.std(mean) / 20)
    assert np.mean(mean_error) == pytest.approx(np.std(mean, ddof=1), rel=0.2)


def test_all_sources_in_any_order_are_exact():
    """Naming every author as a source, in another order, gives the exact values and no error."""
    source, target, _ = drawn(6)
    some = np.random.default_rng(1).permutation(60)
    found, whole = (paths.betweenness(source, target, n_authors=60, sources=each) for each in (some, None))
    assert found.value.tolist() == whole.value.tolist()
    assert not found.error.any()


def test_drawing_only_among_those_with_an_edge_loses_nothing():
    """Where no edge leads on from an author, all others as sources are exact, and some of them right on average."""
    source, target, _ = drawn(9)
    starts = np.unique(source)
    assert len(starts) < 60
    whole = paths.betweenness(source, target, n_authors=60)
    found = paths.betweenness(source, target, n_authors=60, beginnings=starts)
    assert found.value == pytest.approx(whole.value) and not found.error.any()
    stream = np.random.default_rng(3)
    some = [
        paths.betweenness(
            source, target, n_authors=60, sources=stream.permutation(starts)[:20], beginnings=starts
        ).value
        for _ in range(400)
    ]
    assert np.mean(some, axis=0) == pytest.approx(whole.value, abs=4.5 * np.std(some, axis=0).max() / 20)


def test_where_nothing_can_be_said():
    """No author, no edge and a single source give zeros or NaN, and no warning."""
    none = paths.distances(EMPTY, EMPTY, n_authors=0)
    assert np.isnan([none.mean, none.diameter, none.error, none.effective_diameter()]).all()
    alone = paths.distances(np.array([0]), np.array([0]), n_authors=2)
    assert (alone.histogram.tolist(), alone.reached.tolist()) == ([0], [0, 0])
    assert paths.betweenness(EMPTY, EMPTY, n_authors=0).value.tolist() == []
    one = paths.betweenness(np.array([0, 1]), np.array([1, 2]), n_authors=3, sources=np.array([0]))
    assert np.isnan(one.value[0]) and one.value[1:].tolist() == [2, 0]
    assert np.isnan(one.error).all()


def test_repeats_and_the_order_of_ties_change_nothing():
    """Ties in another order, or named twice, give the same numbers to the last digit."""
    source, target, _ = drawn(8)
    order = np.random.default_rng(2).permutation(np.r_[0:130, 0:130])
    for measure in (paths.betweenness, paths.distances):
        first, second = measure(source, target, n_authors=60), measure(source[order], target[order], n_authors=60)
        assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_a_place_without_a_folder_for_compiled_files_compiles_anew(monkeypatch: pytest.MonkeyPatch):
    """Where nothing can be written, the compiled loops open all the same."""
    from numba.core.dispatcher import Dispatcher

    def refuse(_: object) -> None:
        raise RuntimeError("cannot cache function: no locator available")

    monkeypatch.setattr(Dispatcher, "enable_caching", refuse)
    assert callable(compiling.compiled.__wrapped__("_paths_compiled").levels)

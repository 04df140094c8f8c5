"""The measures of drawn networks: by hand, against networkx, and where there is nothing to measure."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from socialwork_research.kernels import drawn
from socialwork_research.kernels.drawn import Drawn
from socialwork_research.networks._against_chance_measures import MEASURES
from socialwork_research.resampling import generator

NONE = np.zeros(0, dtype=np.int64)


def of(*ties: tuple[int, int, float], n_authors: int = 3) -> Drawn:
    """Make a network of ties, each with the hour at which it was made."""
    source, target, hours = np.array(ties, dtype=np.float64).T
    return Drawn(source.astype(np.int64), target.astype(np.int64), n_authors=n_authors, hours=hours)


# a → b at 0, 1 and 30; b → a at 5; b → c at 2; c → b at 50: four edges, six ties.
FIVE = of((0, 1, 0), (0, 1, 1), (0, 1, 30), (1, 0, 5), (1, 2, 2), (2, 1, 50))


def test_three_authors_by_hand() -> None:
    """Every measure of six ties on four edges, worked out on paper."""
    assert drawn.reciprocity(FIVE) == 1
    assert drawn.mutual_dyads(FIVE) == 2
    assert drawn.weighted_reciprocity(FIVE) == pytest.approx(4 / 6)  # min(3, 1) and min(1, 1), each counted twice
    assert drawn.max_in_degree(FIVE) == 2
    assert drawn.in_centralisation(FIVE) == pytest.approx((1 + 0 + 1) / 4)  # b has 2; a and c fall short by 1 each
    assert drawn.in_degree_gini(FIVE) == pytest.approx(1 / 6)  # 1, 1, 2: (−2 − 0 + 4) / (3 × 4)
    assert drawn.transitivity(FIVE) == 0
    assert drawn.ties_per_edge_mean(FIVE) == 1.5
    assert drawn.repeated_edges(FIVE) == 1
    assert drawn.largest_component_share(FIVE) == 1


def test_times_by_hand() -> None:
    """From each tie to the next the other way: 5, 4, none, 25, 48 and none hours; the gaps of one edge are 1 and 29."""
    waits = np.sort(FIVE.waits)
    assert waits.tolist() == [4, 5, 25, 48, np.inf, np.inf]
    assert drawn.returned_within_day(FIVE) == pytest.approx(2 / 6)
    assert drawn.median_hours_to_return(FIVE) == 15
    assert drawn.edge_burstiness(FIVE) == pytest.approx((14 - 15) / (14 + 15))


def test_waits_equal_a_plain_search() -> None:
    """The hours to the next tie the other way are those that a search through all ties finds."""
    stream = generator(3)
    ties = [(int(a), int(b), float(at)) for (a, b), at in zip(stream.integers(6, size=(200, 2)),
            stream.random(200) * 100, strict=True) if a != b]  # fmt: skip
    plain = [
        min((then - at for c, d, then in ties if (c, d) == (b, a) and then > at), default=np.inf) for a, b, at in ties
    ]
    assert np.sort(of(*ties, n_authors=6).waits) == pytest.approx(np.sort(plain))


def test_networkx_agrees_on_a_larger_network() -> None:
    """Reciprocity, transitivity and the largest component are those of networkx; distinct edges give what ties give."""
    stream = generator(5)
    source, target = stream.zipf(1.6, size=(2, 600)) % 60
    source, target = source[source != target], target[source != target]
    made = Drawn(source, target, n_authors=70)
    graph = nx.DiGraph(list(zip(source.tolist(), target.tolist(), strict=True)))
    whole = graph.to_undirected()
    assert drawn.reciprocity(made) == pytest.approx(nx.reciprocity(graph))
    assert drawn.transitivity(made) == pytest.approx(nx.transitivity(whole))
    assert drawn.largest_component_share(made) == max(map(len, nx.connected_components(whole))) / 70
    assert drawn.max_in_degree(made) == max(degree for _, degree in graph.in_degree)
    edges = Drawn(*made.edges[:2], n_authors=70, weight=made.edges.weight)
    for name, measure in MEASURES.items():
        if not measure.is_timed:
            assert measure.of(edges) == measure.of(made), name


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("n_authors", [0, 1, 5])
def test_a_network_without_ties_has_counts_of_zero_and_no_shares(name: str, n_authors: int) -> None:
    """Without ties every measure is zero where it counts, the largest component one author, and NaN elsewhere."""
    value = MEASURES[name].of(Drawn(NONE, NONE, n_authors=n_authors, hours=np.zeros(0)))
    counts = {"mutual_dyads": 0, "repeated_edges": 0}
    if n_authors:
        counts |= {"max_in_degree": 0, "largest_component_share": 1 / n_authors}
    if n_authors > 1:
        counts["in_centralisation"] = 0
    assert value == pytest.approx(counts.get(name, np.nan), nan_ok=True)

"""Communities of the dolphins of Doubtful Sound.

Lusseau, Schneider, Boisseau, Haase, Slooten & Dawson (2003), The bottlenose dolphin community of Doubtful Sound features a
large proportion of long-lasting associations, *Behavioral Ecology and Sociobiology* 54, 396–405,
https://doi.org/10.1007/s00265-003-0651-y. The best modularity known, 0.5285, is the one noted beside the data.
"""

from pathlib import Path

import networkx as nx
import pytest

from socialwork_research import networks

FILE = Path(__file__).parents[2].parent / "shared" / "data" / "net_dolphins_lesmis" / "dolphins.gml"
BEST = 0.5285

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FILE.is_file(), reason="the dolphins' network is not beside the checkout"),
]


@pytest.mark.parametrize("seed", range(5))
def test_modularity_of_the_dolphins(seed: int) -> None:
    """The best run reaches the best modularity known, the consensus comes within .01, and runs are told to differ."""
    graph = nx.read_gml(FILE).to_directed()
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (62, 2 * 159)
    quality = networks.partition_quality(graph, draws=0, seed=seed)
    assert quality.loc["modularity", "value"] == pytest.approx(BEST, abs=0.01)
    assert quality.loc["modularity_of_runs", "high"] == pytest.approx(BEST, abs=0.0005)
    assert quality.loc["n_communities_of_runs", ["low", "high"]].tolist() == pytest.approx([4, 6], abs=1)
    label = networks.communities(graph, seed=seed)["community"]
    parts = [set(rows) for rows in label.groupby(label).groups.values()]
    assert nx.community.modularity(graph.to_undirected(), parts) == pytest.approx(quality.loc["modularity", "value"])


def test_dolphins_are_more_modular_than_their_degrees_say() -> None:
    """Of 199 networks with the same numbers of partners, none is as modular."""
    quality = networks.partition_quality(nx.read_gml(FILE).to_directed(), runs=10, draws=199, seed=1)
    row = quality.loc["modularity_best_of_five"]
    assert row["p_value"] == 1 / 200 and row["null_high"] < BEST - 0.05

"""Communities, their quality and resolutions: by hand, beside networkx, laws and edges."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import networks, papers
from socialwork_research.errors import OptionError


def ties_of(*pairs: str) -> pd.DataFrame:
    """Make ties of two-letter words, a day apart: from the first letter to the second."""
    at = pd.date_range("2024-03-01", periods=len(pairs), freq="D", tz="UTC")
    columns = {"source": [pair[0] for pair in pairs], "target": [pair[1] for pair in pairs]}
    made = pd.DataFrame(columns, dtype="str").assign(kind="reply", thread_id="t", at=at)
    return made.assign(post_id=[f"p{n:03d}" for n in range(len(pairs))])


BRIDGED = ties_of("ab", "bc", "ca", "cd", "de", "ef", "fd")
"""Two triangles joined by one edge."""


@pytest.fixture(scope="module")
def planted() -> pd.DataFrame:
    """Three groups of eight, most ties within, in an order of names that tells nothing."""
    stream = np.random.default_rng(5)
    names = stream.permutation([chr(97 + number) for number in range(24)])
    pairs = []
    for _ in range(220):
        group = stream.integers(3)
        one, two = (stream.integers(8, size=2) + 8 * group) if stream.random() < 0.85 else stream.integers(24, size=2)
        if one != two:
            pairs.append(names[one] + names[two])
    return ties_of(*pairs)


def test_two_triangles_by_hand() -> None:
    """Two triangles and a bridge: modularity 6/7 − 2 · (7/14)² = 5/14, found in every run, with no doubt about any place."""
    table = networks.communities(BRIDGED, runs=20, seed=1)
    assert table["community"].tolist() == [1, 1, 1, 2, 2, 2]
    assert table["n_authors"].eq(3).all() and table["share"].eq(1).all() and table["entropy"].eq(0).all()
    quality = networks.partition_quality(BRIDGED, runs=20, draws=20, seed=1)
    value = quality["value"]
    for name in ("modularity", "modularity_best_of_five", "modularity_of_runs"):
        assert value[name] == pytest.approx(5 / 14)
    assert value[["n_communities", "n_communities_of_runs"]].tolist() == [2, 2]
    assert value[["ami", "ari", "vi", "near_best_share", "near_best_ami"]].tolist() == [1, 1, 0, 1, 1]


def test_a_planted_grouping_is_found_and_beats_chance(planted: pd.DataFrame) -> None:
    """Three planted groups of eight come back whole, and no network drawn by chance is as modular."""
    table = networks.communities(planted, runs=30, seed=3)
    assert table["n_authors"].tolist() == [8] * 24
    row = networks.partition_quality(planted, runs=30, draws=99, seed=3).loc["modularity_best_of_five"]
    assert row["p_value"] == 0.01 and row["z"] > 3 and row["n_draws"] == 99
    assert row["null_low"] < row["null_mean"] < row["null_high"] < row["value"]


def test_modularity_is_that_of_networkx(planted: pd.DataFrame) -> None:
    """On the undirected weighted graph, networkx gives the partition the same modularity, at resolution 1 and 1.4."""
    graph = nx.Graph()
    for source, target in planted[["source", "target"]].to_numpy():
        weight = graph.get_edge_data(source, target, {"weight": 0})["weight"]
        graph.add_edge(source, target, weight=weight + 1)
    for resolution in (1.0, 1.4):
        label = networks.communities(planted, runs=10, resolution=resolution, seed=2)["community"]
        parts = [set(rows) for rows in label.groupby(label).groups.values()]
        quality = networks.partition_quality(planted, runs=10, resolution=resolution, draws=0, seed=2)
        wanted = nx.community.modularity(graph, parts, resolution=resolution)
        assert quality.loc["modularity", "value"] == pytest.approx(wanted)
        assert all(nx.is_connected(graph.subgraph(part)) for part in parts)


@pytest.mark.parametrize("what", ["communities", "partition_quality", "resolutions"])
def test_rows_names_and_isolates_change_nothing(planted: pd.DataFrame, what: str) -> None:
    """Shuffled rows give the same table; renamed authors give it under other names; an isolate adds a row at most."""

    def told(ties: pd.DataFrame, authors: list[str] | None = None) -> pd.DataFrame:
        further = {"draws": 20} if what == "partition_quality" else {}
        return getattr(networks, what)(ties, authors=authors, runs=8, seed=4, **further)

    plain = told(planted)
    assert_frame_equal(told(planted.sample(frac=1, random_state=8)), plain)
    other = {chr(97 + number): f"x{(number * 7) % 24:02d}" for number in range(24)}
    renamed = told(planted.assign(source=planted["source"].map(other), target=planted["target"].map(other)))
    more = told(planted, ["alone"])
    if what == "communities":
        renamed = renamed.rename(index={new: old for old, new in other.items()}).sort_index()
        alone = more.loc["alone"]
        assert pd.isna(alone["community"]) and np.isnan(alone["entropy"]) and "no tie" in alone["method"]
        more = more.drop(index="alone")
    assert_frame_equal(renamed, plain)
    assert_frame_equal(more, plain)


def test_a_graph_is_taken_like_its_ties() -> None:
    """The graph of the ties gives the same communities and the same modularity."""
    graph = networks.graph(BRIDGED)
    assert_frame_equal(networks.communities(graph, runs=5, seed=1), networks.communities(BRIDGED, runs=5, seed=1))
    assert "id" in papers(networks.communities(graph, runs=5, seed=1))["notes"]["authors_numbered_by"]


def test_finer_resolutions_give_more_communities(planted: pd.DataFrame) -> None:
    """From coarse to fine the number of communities rises, and equal neighbours agree fully."""
    table = networks.resolutions(planted, at=(0.2, 1.0, 1.01, 5.0), runs=10, seed=1)
    assert table["n_communities"].is_monotonic_increasing
    assert table.loc[1.0, "n_communities"] == 3 and table.loc[1.0, "ami_next"] == 1
    assert np.isnan(table.loc[5.0, "ami_next"])


def test_many_equally_good_partitions_are_called_degenerate() -> None:
    """A ring of forty authors can be cut anywhere: runs are almost equally good and unlike, and the table warns."""
    ring = nx.cycle_graph(40, create_using=nx.DiGraph)
    quality = networks.partition_quality(ring, runs=30, draws=0, seed=1)
    assert "degenerate" in quality.loc["near_best_ami", "method"]
    assert quality.loc["vi", "value"] > 0.3
    assert networks.communities(ring, runs=30, seed=1)["entropy"].mean() > 0.3


EMPTY = ties_of()
EDGES = {"empty": (EMPTY, 0), "self-replies only": (ties_of("aa", "bb"), 0), "one tie": (ties_of("ab"), 1),
         "star": (ties_of("ba", "ca", "da"), 1), "clique": (ties_of("ab", "bc", "ca"), 1)}  # fmt: skip


@pytest.mark.parametrize("name", EDGES)
def test_edges_are_defined_or_say_why_not(name: str) -> None:
    """Stars and cliques are one community of modularity 0; without ties all is NaN with a reason."""
    ties, n_communities = EDGES[name]
    table = networks.communities(ties, runs=3, seed=1)
    quality = networks.partition_quality(ties, runs=3, draws=3, seed=1)
    panel = networks.resolutions(ties, at=(1.0,), runs=3, seed=1)
    assert table["community"].nunique() == n_communities
    assert panel["n_communities"].tolist() == [n_communities]
    if n_communities:
        assert quality.loc["modularity", "value"] == pytest.approx(0)
        assert table["community"].eq(1).all()
    else:
        assert quality["value"].isna().all() and quality["method"].str.startswith("undefined").all()
        assert table["method"].str.startswith("undefined").all()


def test_impossible_wishes_are_refused() -> None:
    """Runs, resolutions and draws must make sense, and a table of authors needs their ids."""
    for wish in ({"runs": 0}, {"resolution": 0}, {"resolution": float("nan")}, {"authors": 9}):
        with pytest.raises(OptionError):
            networks.communities(BRIDGED, seed=1, **{"runs": 3, **wish})
    for at in ((), (1.0, 0.5), (1.0, 1.0), (-1.0,)):
        with pytest.raises(OptionError):
            networks.resolutions(BRIDGED, at=at, runs=3, seed=1)

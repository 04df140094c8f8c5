"""What must hold of the structure table and the triad census whatever the network, and where nothing is to be counted."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, networks, simulation
from socialwork_research.errors import OptionError
from socialwork_research.networks import _structure, _structure_distances

SWAPPED = {
    "max_in_degree": "max_out_degree", "in_degree_gini": "out_degree_gini", "in_centralisation": "out_centralisation",
    "out_out_assortativity": "in_in_assortativity",
}  # fmt: skip
PER_AUTHOR = ["n_authors", "n_isolates", "n_ties", "n_edges", "mutual_dyads", "asymmetric_dyads", "n_triangles",
              "n_components", "n_strong_components"]  # fmt: skip


@pytest.fixture(scope="module")
def ties() -> pd.DataFrame:
    """The ties of a simulated corpus."""
    return networks.ties(simulation.threads(n_threads=40, n_authors=60, reply_back=0.5, seed=5))


def of(*pairs: str) -> pd.DataFrame:
    """Make ties of two-letter words, a day apart."""
    at = pd.date_range("2024-03-01", periods=len(pairs), freq="D", tz="UTC")
    return pd.DataFrame({"source": [p[0] for p in pairs], "target": [p[1] for p in pairs]}, dtype="str").assign(at=at)


def test_turning_all_ties_round_swaps_in_and_out_and_changes_nothing_else(ties: pd.DataFrame) -> None:
    """Reversed ties have the same structure with in and out exchanged; so has the census with up and down exchanged."""
    turned = ties.assign(source=ties["target"], target=ties["source"])
    before, after = networks.structure(ties)["value"], networks.structure(turned)["value"]
    renamed = after.rename({**SWAPPED, **{new: old for old, new in SWAPPED.items()}})
    assert renamed[before.index].to_dict() == pytest.approx(before.to_dict())
    first, second = networks.triads(ties)["n"], networks.triads(turned)["n"]
    pairs = {"021D": "021U", "111D": "111U", "120D": "120U"}
    again = second.rename({**pairs, **{new: old for old, new in pairs.items()}})
    assert again[first.index].tolist() == first.tolist()


def test_two_copies_side_by_side(ties: pd.DataFrame) -> None:
    """Counts double, largest components halve, and what is a share of edges, paths or authors stays."""
    copy = ties.assign(source="x" + ties["source"], target="x" + ties["target"])
    one, two = networks.structure(ties)["value"], networks.structure(pd.concat([ties, copy]))["value"]
    assert two[PER_AUTHOR].tolist() == (2 * one[PER_AUTHOR]).tolist()
    halved = ["largest_component_share", "largest_strong_component_share"]
    assert two[halved].tolist() == pytest.approx((one[halved] / 2).tolist())
    by_size = ["density", "rho", "weighted_rho", "carried_by_top_percent", *one.filter(like="centralisation").index]
    same = one.index.difference([*PER_AUTHOR, *halved, *by_size])
    assert two[same].to_dict() == pytest.approx(one[same].to_dict())


def test_one_more_isolate(ties: pd.DataFrame) -> None:
    """What is counted over edges, paths, triangles and cores does not see an author without ties; the census adds up."""
    before, after = networks.structure(ties)["value"], networks.structure(ties, authors=["nobody"])["value"]
    blind = ["reciprocity", "weighted_reciprocity", "transitivity", "n_triangles", "mean_clustering_defined",
             "mean_distance", "diameter", "effective_diameter", "degeneracy", "assortativity", "in_out_assortativity",
             "ties_per_edge_mean"]  # fmt: skip
    assert after[blind].tolist() == before[blind].tolist()
    first, second = networks.triads(ties)["n"], networks.triads(ties, authors=["nobody"])["n"]
    assert second.drop(["003", "012", "102"]).equals(first.drop(["003", "012", "102"]))
    assert second["012"] - first["012"] == before["asymmetric_dyads"]
    assert second["102"] - first["102"] == before["mutual_dyads"]


def test_the_census_agrees_with_the_structure(ties: pd.DataFrame) -> None:
    """Closed triads are the triangles, the census is that of networkx, and shares add up to one."""
    value, triads = networks.structure(ties)["value"], networks.triads(ties)
    assert triads.loc[["030T", "030C", "120D", "120U", "120C", "210", "300"], "n"].sum() == value["n_triangles"]
    graph = networks.graph(ties)
    assert triads["n"].to_dict() == nx.triadic_census(graph)
    assert triads[["share", "share_joined"]].sum().tolist() == pytest.approx([1, 1])
    shuffled = networks.triads(ties.sample(frac=1, random_state=2))
    assert_frame_equal(shuffled, triads)
    assert_frame_equal(networks.triads(graph), triads)


def test_weighted_clustering_by_hand() -> None:
    """a–b 3 ties, a–c 1, b–c 1, a–d 1: at a 2 · (3 + 1)/2 / (5 · 2), at b and c all, at d nothing; a quarter of the sum."""
    value = networks.structure(of("ab", "ba", "ab", "ac", "cb", "da"))["value"]
    assert value["weighted_clustering"] == pytest.approx((4 / 10 + 1 + 1 + 0) / 4)
    assert value["mean_clustering"] == pytest.approx((1 / 3 + 1 + 1 + 0) / 4)
    # Ties ab 2, ba 1, others one way: 2 of 6 matched; by chance 6 / (12 + 12).
    assert value["weighted_reciprocity"] == pytest.approx(2 / 6)
    assert value["weighted_rho"] == pytest.approx((1 / 3 - 1 / 4) / (3 / 4))
    assert value["carried_by_top_percent"] == pytest.approx(5 / 12)


def test_distances_from_some_authors_are_near_those_from_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the size the sampled values lie within four standard errors, and names and row order change nothing."""
    ties = networks.ties(simulation.threads(n_threads=600, n_authors=2500, seed=5))
    exact = networks.structure(ties)
    monkeypatch.setattr(_structure_distances, "EXACT", 900)
    monkeypatch.setattr(_structure, "EXACT", 900)
    drawn = networks.structure(ties)
    for name in ("mean_distance", "effective_diameter"):
        error = float(drawn.loc[name, "method"].rpartition("standard error ")[2])
        assert 0 < abs(drawn.loc[name, "value"] - exact.loc[name, "value"]) < 4 * error < 0.2
    assert drawn.loc["diameter", "value"] <= exact.loc["diameter", "value"]
    assert "at least so long" in drawn.loc["diameter", "method"]
    names = pd.unique(pd.concat([ties["source"], ties["target"]]))
    other = dict(zip(names, np.random.default_rng(2).permutation([f"x{n}" for n in range(len(names))]), strict=True))
    renamed = ties.assign(source=ties["source"].map(other), target=ties["target"].map(other))
    assert_frame_equal(networks.structure(renamed.sample(frac=1, random_state=1)), drawn)


def test_intervals_hold_the_value_and_say_where_there_is_none(grown: Corpus) -> None:
    """With enough threads the shares get an interval round their value; counts, extremes and few threads get a reason."""
    ties = networks.ties(simulation.threads(n_threads=240, n_authors=200, reply_back=0.5, seed=5))
    table, plain = networks.structure(ties, groups=20), networks.structure(ties)
    assert table["value"].equals(plain["value"]) and plain[["low", "high"]].isna().all(axis=None)
    held = table.dropna(subset="low")
    assert {"reciprocity", "assortativity", "in_degree_gini"} <= set(held.index)
    assert ((held["low"] < held["value"]) & (held["value"] < held["high"])).all()
    assert held["method"].str.contains("interval: ").all() and not held["method"].str.contains("no interval").any()
    assert table.loc[table["low"].isna(), "method"].str.contains("no interval").all()
    shuffled = ties.sample(frac=1, random_state=1)
    assert_frame_equal(networks.structure(shuffled, groups=20), table)
    few = networks.structure(networks.ties(grown), groups=20)
    assert few["low"].isna().all() and few["method"].str.contains("no interval").all()
    assert few.loc[held.index, "method"].str.contains("200 are needed").all()
    with pytest.raises(OptionError, match="graph"):
        networks.structure(networks.graph(ties), groups=20)


@pytest.mark.parametrize(
    ("ties", "authors"),
    [
        (of(), None),
        (of(), ["a"]),
        (of("aa"), None),
        (of("aa", "bb"), None),
        (of(), 50),
        (of("ab"), None),
        (of("ab", "ba"), 2),
    ],
)
def test_where_there_is_little_to_count(ties: pd.DataFrame, authors: object) -> None:
    """Nobody, one author, self-ties alone, no reply, one pair: what is undefined is missing with its reason."""
    table = networks.structure(ties, authors=authors)
    missing = table["value"].isna()
    assert table.loc[missing, "method"].str.startswith("undefined, ").all()
    assert not table.loc[~missing, "method"].str.contains("undefined").any()
    assert not np.isinf(table["value"]).any()
    triads = networks.triads(ties, authors=authors)
    n = int(table.loc["n_authors", "value"])
    assert triads["n"].sum() == n * (n - 1) * (n - 2) // 6
    assert triads["share"].isna().all() == (n < 3)
    assert triads["share_joined"].isna().all() and triads["method"].str.contains("undefined").all()


def test_star_and_clique_are_the_two_ends_of_clustering() -> None:
    """A star has no triangle and one core of depth 1; a clique is all triangles, one step wide, and has no correlation."""
    star = networks.structure(of("ba", "ca", "da", "ea"))
    clique = networks.structure(of(*[a + b for a in "abcd" for b in "abcd" if a != b]))
    wanted = ["transitivity", "mean_clustering", "directed_clustering", "weighted_clustering", "degeneracy", "diameter"]
    assert star.loc[wanted, "value"].tolist() == [0, 0, 0, 0, 1, 2]
    assert clique.loc[wanted, "value"].tolist() == [1, 1, 1, 1, 3, 1]
    assert star.loc["assortativity", "value"] == pytest.approx(-1)
    assert np.isnan(clique.loc["assortativity", "value"]) and "all the same" in clique.loc["assortativity", "method"]
    assert clique.loc["n_strong_components", "value"] == 1 and star.loc["n_strong_components", "value"] == 5
    assert networks.triads(of(*[a + b for a in "abc" for b in "abc" if a != b])).loc["300", "share_joined"] == 1

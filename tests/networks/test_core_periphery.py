"""Core and periphery: by hand, against all splits of a small network, laws and edges."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import networks
from socialwork_research.errors import OptionError

STAR = nx.DiGraph([(leaf, "hub") for leaf in "abcde"])
KITE = nx.DiGraph([*combinations("abcd", 2), ("e", "a"), ("f", "b"), ("g", "c"), ("h", "d")])
"""Four joined to all of each other, each with one of four others hanging on."""


def best_of_all(graph: nx.Graph, kind: str) -> float:
    """Try every core, and correlate 0/1 vectors pair by pair."""
    nodes, best = sorted(graph), -1.0
    pairs = list(combinations(nodes, 2))
    tied = np.array([graph.has_edge(*pair) for pair in pairs], dtype=float)
    for size in range(len(nodes) + 1):
        for core in combinations(nodes, size):
            held = np.array([(one in core) + (two in core) for one, two in pairs])
            used = held != 1 if kind == "layered" else held >= 0
            ideal = (held[used] > 0).astype(float)
            if ideal.std() > 0 and tied[used].std() > 0:
                best = max(best, float(np.corrcoef(tied[used], ideal)[0, 1]))
    return best


def test_a_star_is_the_ideal_hub() -> None:
    """The hub is the core, the fit is 1, all five pairs lie between, and no swap can change a star."""
    table = networks.core_periphery(STAR, draws=10, seed=1)
    value = table["value"]
    assert value["fit"] == 1 and value["core_size"] == 1
    assert value[["share_within_core", "share_between", "share_within_periphery"]].tolist() == [0, 1, 0]
    assert np.isnan(value["density_core"]) and value["density_between"] == 1 and value["density_periphery"] == 0
    assert table.loc["fit", "p_value"] == 1 and np.isnan(table.loc["fit", "z"])
    members = networks.core_members(STAR, seed=1)
    assert members["is_core"].to_dict() == {**dict.fromkeys("abcde", False), "hub": True}
    assert members.loc["a", "partners_in_core"] == 1 and members.loc["hub", "n_partners"] == 5


def test_a_kite_is_the_ideal_layer() -> None:
    """Four joined to all of each other are the core; six of ten pairs lie within it, and the layered fit is 1."""
    value = networks.core_periphery(KITE, kind="layered", draws=0, seed=1)["value"]
    assert value["fit"] == pytest.approx(1) and value["core_size"] == 4
    assert value["share_within_core"] == 0.6 and value["density_between"] == 4 / 16


@pytest.mark.parametrize("kind", ["hub_and_spoke", "layered"])
@pytest.mark.parametrize("seed", range(4))
def test_no_split_is_better(kind: str, seed: int) -> None:
    """On nine authors and random ties, no core among all subsets fits better than the one found."""
    graph = nx.gnm_random_graph(9, 14, seed=seed)
    graph = nx.relabel_nodes(graph.subgraph([node for node, degree in graph.degree() if degree]), str)
    value = networks.core_periphery(graph.to_directed(), kind=kind, starts=20, draws=0, seed=1)["value"]
    assert value["fit"] == pytest.approx(best_of_all(graph, kind))


def test_the_karate_club_has_the_core_that_another_package_finds() -> None:
    """Borgatti & Everett's fit of the karate club is 0.431475, with five in the core, as cpnet 0.0.21 finds it."""
    club = nx.karate_club_graph()
    ties = pd.DataFrame([(f"m{one:02d}", f"m{two:02d}") for one, two in club.edges], columns=["source", "target"])
    table = networks.core_periphery(ties, draws=0, seed=1)
    assert table.loc["fit", "value"] == pytest.approx(0.431475010983941)
    members = networks.core_members(ties, seed=1)
    assert members.index[members["is_core"]].tolist() == ["m00", "m01", "m02", "m32", "m33"]


def test_rows_names_and_isolates_change_nothing() -> None:
    """Shuffled or renamed, or with an author who has no tie, the measures and their null stay what they are."""
    stream = np.random.default_rng(2)
    ends = stream.zipf(1.6, (150, 2)) % 25
    ties = pd.DataFrame(ends[ends[:, 0] != ends[:, 1]], columns=["source", "target"]).astype("str")
    ties = ties.assign(at=pd.date_range("2024-01-01", periods=len(ties), tz="UTC"), post_id=ties.index.astype("str"))
    plain = networks.core_periphery(ties, draws=20, seed=3)
    other = {str(number): f"x{(7 * number) % 25:02d}" for number in range(25)}
    renamed = ties.assign(source=ties["source"].map(other), target=ties["target"].map(other))
    for same in (ties.sample(frac=1, random_state=1), renamed):
        assert_frame_equal(networks.core_periphery(same, draws=20, seed=3), plain)
    assert_frame_equal(networks.core_periphery(ties, authors=99, draws=20, seed=3), plain)
    members = networks.core_members(ties, authors=["zoe"], seed=3)
    assert pd.isna(members.loc["zoe", "is_core"]) and "no tie" in members.loc["zoe", "method"]
    back = networks.core_members(renamed, seed=3).rename(index={new: old for old, new in other.items()})
    assert_frame_equal(back.sort_index(), members.drop(index="zoe"))


@pytest.mark.parametrize("graph", [nx.DiGraph(), nx.DiGraph([("a", "a")]), nx.DiGraph([("a", "b")]),
                                   nx.complete_graph(5, nx.DiGraph)])  # fmt: skip
def test_where_nothing_varies_all_is_undefined(graph: nx.DiGraph) -> None:
    """No ties, one pair and a clique have no core: NaN with a reason, and nobody in it."""
    table = networks.core_periphery(graph, draws=5, seed=1)
    assert table.drop(columns=["n", "n_draws", "method"]).isna().all(axis=None)
    assert table["method"].str.startswith("undefined").all()
    assert networks.core_members(graph, seed=1)["is_core"].isna().all()


def test_unknown_kinds_are_refused() -> None:
    """A misspelt kind raises OptionError that names the nearest."""
    with pytest.raises(OptionError, match="layered"):
        networks.core_periphery(STAR, kind="layer", seed=1)
    with pytest.raises(OptionError):
        networks.core_members(STAR, starts=0, seed=1)

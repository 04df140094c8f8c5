"""Who writes to whom by department in a European research institution: networkx beside us.

Leskovec, Kleinberg & Faloutsos (2007), Graph evolution: densification and shrinking diameters, *ACM Transactions on
Knowledge Discovery from Data* 1(1), https://doi.org/10.1145/1217299.1217301; departments by Yin, Benson, Leskovec & Gleich
(2017), https://doi.org/10.1145/3097983.3098069. The files lie beside the checkout.
"""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from socialwork_research import networks, papers

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "net_email_eu_core"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the e-mail network is not beside the checkout"),
]


@pytest.fixture(scope="module")
def ties() -> pd.DataFrame:
    """The edges of the network, loops included."""
    return pd.read_csv(DATA / "email-Eu-core.txt", dtype="str").set_axis(["source", "target"], axis=1)


@pytest.fixture(scope="module")
def department() -> pd.Series:
    """The department of each member."""
    table = pd.read_csv(DATA / "email-Eu-core-department-labels.txt", dtype="str").set_axis(["id", "group"], axis=1)
    return table.set_index("id")["group"]


def test_networkx_counts_the_same_between_departments(ties: pd.DataFrame, department: pd.Series) -> None:
    """All pairs of the 42 departments have networkx's numbers of edges, and Newman's r is networkx's."""
    graph = nx.DiGraph(list(zip(ties["source"], ties["target"], strict=True)))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    nx.set_node_attributes(graph, department.to_dict(), "group")
    table = networks.mixing(ties, department, null="groups", draws=20, seed=1)
    named = list(dict.fromkeys(table.index.get_level_values(0)))
    assert len(named) == 42
    matrix = nx.attribute_mixing_matrix(
        graph, "group", mapping={name: place for place, name in enumerate(named)}, normalized=False
    )
    np.testing.assert_array_equal(table["n_ties"].to_numpy().reshape(42, 42), matrix)
    value = networks.homophily(ties, department, null="groups", draws=20, seed=1)
    r = nx.attribute_assortativity_coefficient(graph, "group")
    assert value.loc["assortativity", "value"] == pytest.approx(r, abs=1e-12)
    assert value.loc["assortativity", "z"] > 50
    assert papers(table)["notes"]["self_ties_left_out"] == 642


def test_brokers_between_departments(ties: pd.DataFrame, department: pd.Series) -> None:
    """All open paths together are the paths of networkx's adjacency matrix that return nowhere and are not closed."""
    graph = nx.DiGraph(list(zip(ties["source"], ties["target"], strict=True)))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    adjacent = nx.to_scipy_sparse_array(graph, dtype=np.int64)
    paths = (adjacent @ adjacent).tocsr()
    n_paths = int(paths.sum() - paths.diagonal().sum() - paths.multiply(adjacent).sum())
    table = networks.brokerage(ties, department, draws=20, seed=1)
    assert table.loc[("All", "All"), "n_paths"] == n_paths
    assert table.loc[("All", "liaison"), "z"] < -10

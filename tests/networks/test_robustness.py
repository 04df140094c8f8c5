"""Robustness: by hand, against networkx and scipy, its laws and its edges."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from scipy import stats

from socialwork_research import networks, papers, simulation
from socialwork_research.errors import OptionError
from socialwork_research.networks import _robustness
from socialwork_research.networks._numbered import numbered


def ties_of(threads: dict[str, str]) -> pd.DataFrame:
    """Make ties of two-letter words (from the first letter to the second) in named threads, a day apart."""
    rows = [(pair[0], pair[1], thread) for thread, pairs in threads.items() for pair in pairs.split()]
    table = pd.DataFrame(rows, columns=["source", "target", "thread_id"], dtype="str")
    return table.assign(at=pd.date_range("2024-03-01", periods=len(rows), freq="D", tz="UTC"))


@pytest.fixture(scope="module")
def ties() -> pd.DataFrame:
    """The ties of a simulated corpus."""
    return networks.ties(simulation.threads(n_threads=50, n_authors=40, seed=5))


def test_two_threads_by_hand():
    """With one of two threads left, in-degrees 2, 1, 0 become 2, 0, 0 (r = √3/2) or 0, 1, 0 (r = 0)."""
    ties = ties_of({"t": "ba ca", "u": "ab"})
    table = networks.robustness(ties, measures=["in_degree"], shares=[0.5], draws=200, seed=1)
    row = table.loc["in_degree"]
    assert (row["low"], row["high"]) == (pytest.approx(0, abs=1e-12), pytest.approx(np.sqrt(3) / 2))
    assert row["estimate"] == pytest.approx(np.sqrt(3) / 4, abs=0.1)
    assert (row["share"], row["n_authors"], row["n_draws"]) == (0.5, 3, 200)


def test_networkx_and_scipy_find_the_same(ties: pd.DataFrame, monkeypatch: pytest.MonkeyPatch):
    """For one draw of authors, networkx measures what is left and scipy correlates it with the whole: the same numbers."""
    found, graph = numbered(ties), networks.graph(ties)
    stays = np.random.default_rng(4).random(len(graph)) > 0.3
    monkeypatch.setattr(_robustness, "_left", lambda *_: stays)
    measures = ["in_degree", "out_strength", "pagerank_share", "betweenness", "coreness"]
    table = networks.robustness(ties, removed="authors", measures=measures, shares=[0.3], draws=1, seed=1)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    left = [name for name, code in zip(found.names, found.code, strict=True) if stays[code]]
    ways = {
        "in_degree": lambda net: dict(net.in_degree()),
        "out_strength": lambda net: dict(net.out_degree(weight="weight")),
        "pagerank_share": lambda net: nx.pagerank(net, tol=1e-13, max_iter=1000),
        "betweenness": nx.betweenness_centrality,
        "coreness": lambda net: nx.core_number(net.to_undirected()),
    }
    for name, way in ways.items():
        whole, part = way(graph), way(graph.subgraph(left))
        values = [[round(each[author], 12) for author in left] for each in (whole, part)]
        assert table.loc[name, "estimate"] == pytest.approx(stats.spearmanr(*values).statistic, abs=1e-6), name
    assert (table["n_authors"] == len(left)).all()


def test_the_more_is_taken_out_the_less_is_left(ties: pd.DataFrame):
    """Correlations fall with the share taken out, lie within their interval, and are one where nothing is."""
    table = networks.robustness(ties, shares=[0.001, 0.1, 0.5], draws=30, seed=1)
    for _, rows in table.groupby("measure"):
        assert rows["estimate"].iloc[0] == pytest.approx(1)
        assert rows["estimate"].is_monotonic_decreasing
        assert rows["estimate"].between(rows["low"], rows["high"]).all()
    assert papers(table)["notes"]["n_threads"] == ties["thread_id"].nunique()


@pytest.mark.parametrize("removed", ["threads", "authors"])
def test_neither_names_nor_order_move_a_digit(ties: pd.DataFrame, removed: str):
    """Other names and another order of rows give the same table to the last digit."""
    known = sorted({*ties["source"], *ties["target"]})
    other = dict(
        zip(known, [f"x{number:03d}" for number in np.random.default_rng(2).permutation(len(known))], strict=True)
    )
    renamed = ties.assign(source=ties["source"].map(other), target=ties["target"].map(other)).sample(
        frac=1, random_state=1
    )
    how = {"removed": removed, "shares": [0.2], "draws": 10, "seed": 3}
    assert_frame_equal(networks.robustness(ties, **how), networks.robustness(renamed, **how), check_exact=True)


def test_every_measure_of_positions_can_be_asked_for(ties: pd.DataFrame):
    """All columns of positions that are measures are known here, and give a number."""
    where = networks.positions(ties, seed=1).drop(columns=["betweenness_error", "method"])
    table = networks.robustness(ties, measures=list(where), shares=[0.2], draws=5, seed=1)
    assert table.index.tolist() == list(where)
    assert table["estimate"].gt(0.4).all()


def test_where_nothing_can_be_said():
    """Without ties, or with self-ties only, correlations are undefined and say why."""
    for ties in (ties_of({}), ties_of({"t": "aa", "u": "bb"})):
        table = networks.robustness(ties, measures=["in_degree", "coreness"], shares=[0.5], draws=5, seed=1)
        assert table[["estimate", "low", "high"]].isna().all(axis=None)
        assert table["n_draws"].eq(0).all()
        assert table["method"].str.startswith("undefined").all()


def test_what_cannot_be_used_is_refused(ties: pd.DataFrame):
    """An unknown measure, a share of one, and a graph where threads are wanted are refused; for authors a graph will do."""
    with pytest.raises(OptionError, match="in_degree"):
        networks.robustness(ties, measures=["indegree"], seed=1)
    with pytest.raises(OptionError, match="shares"):
        networks.robustness(ties, shares=[1.0], seed=1)
    with pytest.raises(OptionError, match="table of ties"):
        networks.robustness(networks.graph(ties), seed=1)
    how = {"removed": "authors", "measures": ["in_strength"], "shares": [0.3], "draws": 3, "seed": 1}
    assert len(networks.robustness(networks.graph(ties), **how)) == 1

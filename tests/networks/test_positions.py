"""Positions: by hand, against networkx, their laws, and where they are undefined."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, networks, papers, simulation
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.networks import _positions

MEASURES = [
    "in_degree", "out_degree", "in_strength", "out_strength", "pagerank_share", "betweenness", "betweenness_error",
    "constraint", "effective_size", "coreness",
]  # fmt: skip


def ties_of(*pairs: str) -> pd.DataFrame:
    """Make ties of two-letter words: from the first letter to the second, a day apart."""
    at = pd.date_range("2024-03-01", periods=len(pairs), freq="D", tz="UTC")
    columns = {"source": [pair[0] for pair in pairs], "target": [pair[1] for pair in pairs]}
    return pd.DataFrame(columns, dtype="str").assign(kind="reply", thread_id="t", at=at)


@pytest.fixture(scope="module")
def ties() -> pd.DataFrame:
    """The ties of a simulated corpus."""
    return networks.ties(simulation.threads(n_threads=40, n_authors=50, seed=11))


def test_three_authors_and_five_ties_by_hand():
    """a→b twice, b→a, b→c, c→b: b stands between a and c both ways, the one ordered pair of others in each direction."""
    table = networks.positions(ties_of("ab", "ab", "ba", "bc", "cb"), seed=1)
    assert table.index.tolist() == ["a", "b", "c"]
    assert table["in_degree"].tolist() == [1, 2, 1] and table["out_degree"].tolist() == [1, 2, 1]
    assert table["in_strength"].tolist() == [1, 3, 1] and table["out_strength"].tolist() == [2, 2, 1]
    assert table["betweenness"].tolist() == [0, 1, 0]  # both of the ordered pairs (a, c) and (c, a), of (3 − 1)(3 − 2)
    b = 0.05 / (1 - 0.85 * 0.85) * (1 + 2 * 0.85)  # x(b) = .05 + .85 (x(a) + x(c)); x(a) = x(c) = .05 + .85 x(b) / 2
    assert table["pagerank_share"].tolist() == pytest.approx([(1 - b) / 2, b, (1 - b) / 2])
    assert table["constraint"].tolist() == pytest.approx([1, (3 / 5) ** 2 + (2 / 5) ** 2, 1])
    assert table["effective_size"].tolist() == pytest.approx([1, 2, 1])
    assert table["coreness"].tolist() == [1, 1, 1]
    assert (table["method"] == "all measures defined").all()


def test_networkx_finds_the_same(ties: pd.DataFrame):
    """On a simulated corpus, every measure is that of networkx on the package's graph."""
    table, graph = networks.positions(ties, seed=1), networks.graph(ties)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    undirected = graph.to_undirected()
    active = [author for author in graph if graph.out_degree(author)]  # networkx takes all others for isolates
    wanted = {
        "in_degree": dict(graph.in_degree()), "out_degree": dict(graph.out_degree()),
        "in_strength": dict(graph.in_degree(weight="weight")), "out_strength": dict(graph.out_degree(weight="weight")),
        "pagerank_share": nx.pagerank(graph, tol=1e-13, max_iter=1000), "betweenness": nx.betweenness_centrality(graph),
        "constraint": nx.constraint(graph, nodes=active, weight="weight"),
        "effective_size": nx.effective_size(graph, nodes=active, weight="weight"),
        "coreness": nx.core_number(undirected),
    }  # fmt: skip
    for name, values in wanted.items():
        assert table.loc[list(values), name].tolist() == pytest.approx(list(values.values()), abs=1e-10), name


def test_neither_names_nor_order_move_a_digit(ties: pd.DataFrame):
    """Other names and another order of rows give the same table to the last digit, also where paths are sampled."""
    known = sorted({*ties["source"], *ties["target"]})
    other = dict(
        zip(known, [f"x{number:03d}" for number in np.random.default_rng(2).permutation(len(known))], strict=True)
    )
    renamed = ties.assign(source=ties["source"].map(other), target=ties["target"].map(other)).sample(
        frac=1, random_state=1
    )
    for sources in (None, 12):
        first = networks.positions(ties, sources=sources, seed=3)
        second = networks.positions(renamed, sources=sources, seed=3)
        assert_frame_equal(
            first, second.loc[[other[name] for name in first.index]].set_axis(first.index), check_exact=True
        )


def test_a_graph_gives_what_its_ties_give(ties: pd.DataFrame):
    """The package's graph of the ties has the same positions."""
    first, second = (networks.positions(each, seed=1)[MEASURES] for each in (ties, networks.graph(ties)))
    assert_frame_equal(first, second)


def test_an_added_isolate_moves_only_shares(ties: pd.DataFrame):
    """An author without a tie leaves all counts as they are; constraint and effective size are undefined for it alone."""
    without, table = networks.positions(ties, seed=1), networks.positions(ties, authors=["zoe"], seed=1)
    same = [name for name in MEASURES if name not in ("pagerank_share", "betweenness")]
    assert_frame_equal(table.drop("zoe")[same], without[same])
    assert table.loc["zoe", ["constraint", "effective_size"]].isna().all()
    assert table.loc["zoe", "method"].startswith("no tie to another author")
    assert table.loc["zoe", ["in_degree", "betweenness", "coreness"]].tolist() == [0, 0, 0]


def test_paths_are_sampled_above_a_size_and_it_says_so(ties: pd.DataFrame, monkeypatch: pytest.MonkeyPatch):
    """With some sources betweenness has an error that covers the exact value, and the papers tell how many were followed."""
    exact = networks.positions(ties, seed=1)
    monkeypatch.setattr(_positions, "_EXACT", 10)
    monkeypatch.setattr(_positions, "_SOME", 25)
    some = networks.positions(ties, seed=1)
    notes = papers(some)["notes"]
    assert (notes["shortest_paths_followed_from"], notes["shortest_paths_exact"]) == (25, False)
    assert papers(exact)["notes"]["shortest_paths_exact"]
    off = ((some["betweenness"] - exact["betweenness"]) / some["betweenness_error"])[some["betweenness_error"] > 0]
    assert off.abs().median() < 1.5
    assert (exact["betweenness_error"] == 0).all()


def test_communities_stand_beside_the_measures(ties: pd.DataFrame):
    """A table of communities becomes a column; who is in none has a missing value."""
    known = sorted({*ties["source"], *ties["target"]})
    groups = pd.DataFrame({"community": range(len(known) - 1)}, index=pd.Index(known[1:], name="author_id"))
    table = networks.positions(ties, communities=groups, seed=1)
    assert table["community"].iloc[1:].tolist() == list(range(len(known) - 1))
    assert pd.isna(table["community"].iloc[0])


@pytest.mark.parametrize("case", ["star", "clique", "selves", "parts"])
def test_edges_of_what_can_be_measured(case: str):
    """A star, a clique, self-ties only and two parts have the values that one can say at sight."""
    pairs = {
        "star": ["ba", "ca", "da"], "clique": [a + b for a in "abc" for b in "abc" if a != b], "selves": ["aa", "bb"],
        "parts": ["ab", "ba", "cd"],
    }[case]  # fmt: skip
    table = networks.positions(ties_of(*pairs), seed=1)
    assert table["pagerank_share"].sum() == pytest.approx(1)
    assert table["coreness"].tolist() == {"star": [1] * 4, "clique": [2] * 3, "selves": [0, 0], "parts": [1] * 4}[case]
    assert table["betweenness"].dropna().eq(0).all()
    assert table["constraint"].isna().tolist() == [case == "selves"] * len(table)
    assert table["betweenness"].isna().tolist() == [case == "selves"] * len(table)  # two authors: no pair of others


def test_nobody_and_one_author():
    """Without ties the table is empty; one author alone has zeros, and what is undefined says why."""
    assert networks.positions(ties_of(), seed=1).empty
    alone = networks.positions(ties_of(), authors=["ann"], seed=1).loc["ann"]
    assert (alone["in_degree"], alone["pagerank_share"]) == (0, 1)
    assert np.isnan(alone["betweenness"]) and "fewer than three authors" in alone["method"]


def test_what_cannot_be_used_is_refused(ties: pd.DataFrame):
    """A number of authors, too few sources, a missing column and two communities for one author are refused."""
    with pytest.raises(OptionError, match="ids of the authors"):
        networks.positions(ties, authors=100, seed=1)
    with pytest.raises(OptionError, match="sources"):
        networks.positions(ties, sources=2, seed=1)
    with pytest.raises(SchemaError, match="target"):
        networks.positions(ties.drop(columns="target"), seed=1)
    twice = pd.DataFrame({"community": [1, 2]}, index=pd.Index(["a", "a"], name="author_id"))
    with pytest.raises(OptionError, match="more than one row"):
        networks.positions(ties, communities=twice, seed=1)


def test_self_ties_and_the_corpus_by_hand(five_posts: Corpus):
    """In five posts ann is answered by two and answers one; her answer to herself is counted in the papers alone."""
    table = networks.positions(networks.ties(five_posts), seed=1)
    assert table.loc["ann", ["in_degree", "out_degree"]].tolist() == [2, 1]
    with_self = networks.positions(ties_of("ba", "ab", "ca", "aa"), seed=1)
    assert papers(with_self)["notes"]["self_ties_left_out"] == 1
    assert with_self["in_degree"].tolist() == [2, 1, 0]

"""Networks to be given away."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import networks, privacy, simulation
from socialwork_research.errors import OptionError, PrivacyError, SchemaError


@pytest.fixture(scope="module")
def ties() -> pd.DataFrame:
    """Ties of three hundred authors."""
    return networks.ties(simulation.threads(n_threads=120, n_authors=300, seed=7))


@pytest.fixture(scope="module")
def attributes(ties: pd.DataFrame) -> pd.DataFrame:
    """A common and a rare attribute of each author."""
    authors = sorted(set(ties["source"]) | set(ties["target"]))
    random = np.random.default_rng(5)
    role = random.choice(["student", "professional", "leader"], p=[0.5, 0.49, 0.01], size=len(authors))
    town = random.choice([f"town {n}" for n in range(60)], size=len(authors))
    return pd.DataFrame({"role": role, "town": town}, index=pd.Index(authors, name="author_id"))


def alike(graph: nx.DiGraph) -> Counter:
    """How many nodes have the same attributes and degrees."""
    return Counter(
        (tuple(sorted(told.items())), graph.in_degree(node), graph.out_degree(node))
        for node, told in graph.nodes(data=True)
    )


def test_nobody_is_alone(ties, attributes):
    """Each combination of attributes, in-degree and out-degree is that of ten nodes at least."""
    for given in (None, attributes[["role"]], attributes):
        graph = privacy.publishable_network(ties, seed=3, attributes=given)
        assert min(alike(graph).values()) >= 10
        assert sw.papers(graph)["notes"]["fewest_alike"] == min(alike(graph).values())


def test_rare_attributes_are_blank(ties, attributes):
    """An attribute of few is told of nobody, one of many stays, and the papers count what was blanked."""
    graph = privacy.publishable_network(ties, seed=3, attributes=attributes)
    told = pd.DataFrame([data for _, data in graph.nodes(data=True)])
    assert told["role"].value_counts().min() >= 10
    assert "leader" not in set(told["role"])
    assert (told["town"] == "not told").mean() > 0.8
    assert sw.papers(graph)["notes"]["attributes_blanked"] > 200


def test_nothing_of_the_ties_is_left_but_who_and_whom(ties):
    """Nodes are numbers in another order; edges have no time, weight or thread, and are some of the true ones."""
    graph = privacy.publishable_network(ties, seed=3)
    assert sorted(graph) == list(range(len(graph)))
    assert all(data == {} for *_, data in graph.edges(data=True))
    edges = ties[["source", "target"]].drop_duplicates()
    notes = sw.papers(graph)["notes"]
    assert graph.number_of_edges() + notes["edges_left_out"] == len(edges)
    assert graph.number_of_edges() > 0.3 * len(edges)
    assert "shape" in notes["risk"]
    first = [data for _, data in privacy.publishable_network(ties, seed=4).in_degree()]
    assert first != [degree for _, degree in graph.in_degree()]


def test_the_order_of_rows_does_not_matter(ties, attributes):
    """Ties in another order give the same graph."""
    first = privacy.publishable_network(ties, seed=3, attributes=attributes)
    second = privacy.publishable_network(
        ties.sample(frac=1, random_state=1), seed=3, attributes=attributes.sample(frac=1, random_state=2)
    )
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges) == list(second.edges)


def test_too_few_authors(ties):
    """Nine authors cannot be alike in tens: nothing is told."""
    few = pd.DataFrame({"source": ["a"] * 8, "target": list("bcdefghi")})
    graph = privacy.publishable_network(few, seed=1)
    assert (len(graph), sw.papers(graph)["notes"]["authors_left_out"]) == (0, 9)
    with pytest.raises(OptionError, match="seed"):
        privacy.publishable_network(ties, seed=-1)
    with pytest.raises(SchemaError, match="target"):
        privacy.publishable_network(ties.drop(columns="target"), seed=1)


def test_mixing_by_hand():
    """Ties between groups are counted; a pair of groups with few authors is blank, and so are those that give it back."""
    students, others = [f"s{n}" for n in range(30)], [f"o{n}" for n in range(30)]
    rows = [(students[n], others[n]) for n in range(30)] + [(others[n], students[n]) for n in range(4)]
    rows += [(students[n], students[n - 1]) for n in range(30)] + [(others[n], others[n - 1]) for n in range(20)]
    who = pd.DataFrame({"role": ["student"] * 30 + ["other"] * 30}, index=[*students, *others])
    table = privacy.mixing(pd.DataFrame(rows, columns=["source", "target"]), attributes=who, by="role")
    assert table["n_ties"].dropna().to_dict() == {("student", "other"): 30, ("student", "student"): 30}
    assert table["is_suppressed"].sum() == 2


def test_a_network_on_disk(ties, tmp_path):
    """What is written reads back as the same network, and neither file holds the seed, an author or a sum of the ties."""
    graph = privacy.publishable_network(ties, seed=31415)
    path = privacy.write_network(graph, tmp_path / "ties")
    again = nx.read_graphml(path, node_type=int)
    assert set(again.edges) == set(graph.edges)
    written = path.read_text() + (tmp_path / "ties.papers.json").read_text()
    assert "31415" not in written
    assert sw.provenance.fingerprint(ties) not in written
    assert not any(author in written for author in set(ties["source"]))
    assert "shape" in written


def test_a_network_that_lays_open_is_not_written(ties, tmp_path):
    """A network with names, with weights or with somebody alone is refused, wherever it comes from."""
    graph = privacy.publishable_network(ties, seed=3)
    weighted = nx.DiGraph(graph)
    nx.set_edge_attributes(weighted, 1, "weight")
    larger = nx.DiGraph(graph)
    larger.add_edges_from((0, node) for node in range(1, 30))
    named = nx.relabel_nodes(graph, {0: "anna"})
    for bad, why in ((networks.graph(ties), "bare"), (named, "bare"), (weighted, "carry"), (larger, "share")):
        with pytest.raises(PrivacyError, match=why):
            privacy.write_network(bad, tmp_path / "bad")
    assert not list(tmp_path.iterdir())

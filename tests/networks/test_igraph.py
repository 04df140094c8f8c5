"""Graphs for igraph and back; igraph itself is asked by ``make interop``."""

from __future__ import annotations

import sys

import networkx as nx
import pandas as pd
import pytest

from socialwork_research import Corpus, networks
from socialwork_research.errors import MissingExtraError, SchemaError

from ..house._igraph import Graph, stand_in


def test_what_is_given_to_igraph_comes_back(five_posts: Corpus) -> None:
    """Order, ends, direction, attributes, None and absence are the same there and back."""
    stand_in()
    graph = networks.graph(networks.ties(five_posts), authors=["zoe"])
    graph.nodes["ann"].update(none=None, days=[1, "b\x00"], at=pd.Timestamp("2024-01-01", tz="UTC"), n=2**70)
    graph.nodes["bob"]["none"] = 3
    for each in (graph, graph.to_undirected()):
        made = networks.to_igraph(each)
        assert made.vs["name"] == ["ann", "bob", "cat", "zoe"]
        assert made.vs["none"] == [None, 3, None, None]
        assert isinstance(made.es["weight"], list)
        again = networks.from_igraph(made)
        assert again.is_directed() == each.is_directed()
        assert list(again.nodes(data=True)) == list(each.nodes(data=True))
        assert list(again.edges(data=True)) == list(each.edges(data=True))
        assert again.graph["definition"] == each.graph["definition"]


def test_vertices_without_names_are_numbered() -> None:
    """A graph of igraph that has no names gives numbers as nodes."""
    again = networks.from_igraph(Graph(3, [(0, 1)], directed=False))
    assert (list(again), list(again.edges)) == ([0, 1, 2], [(0, 1)])


def test_names_that_igraph_needs_are_not_written_over() -> None:
    """An attribute called name, and two vertices of one name, are refused."""
    stand_in()
    with pytest.raises(SchemaError, match="rename"):
        networks.to_igraph(_named())
    twice = Graph(2, [], directed=True)
    twice.vs["name"] = ["a", "a"]
    with pytest.raises(SchemaError, match="one name"):
        networks.from_igraph(twice)


def _named() -> nx.DiGraph:
    graph = nx.DiGraph([("a", "b")])
    graph.nodes["a"]["name"] = "Ann"
    return graph


def test_where_igraph_is_missing_it_says_so(five_posts: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without igraph, the error says how it is had and why it is no part of the package."""
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(MissingExtraError, match="pip install igraph"):
        networks.to_igraph(networks.ties(five_posts))

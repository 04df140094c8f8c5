"""The graph of ties: what it carries, and that nothing but the ties decides it."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pandas as pd

from socialwork_research import Corpus, networks, papers


def test_the_graph_says_what_a_tie_is_and_what_was_lost(five_posts: Corpus) -> None:
    """Definition, losses and kinds of the ties stand on the graph and in its papers."""
    ties = networks.ties(five_posts)
    made = networks.graph(ties)
    assert made.graph["definition"].startswith("from the author of a reply")
    assert (made.graph["losses"], made.graph["kinds"]) == ("self-ties: 1", "reply")
    assert papers(made)["notes"]["losses"] == {"self-ties": 1}


def test_networkx_can_write_the_graph(five_posts: Corpus, tmp_path: Path) -> None:
    """The graph carries nothing that the writers of networkx break on."""
    made = networks.graph(networks.ties(five_posts))
    nx.write_graphml(made, tmp_path / "theirs.graphml")
    nx.write_gexf(made, tmp_path / "theirs.gexf")
    assert (
        networks.read(tmp_path / "theirs.graphml").edges == networks.read(tmp_path / "theirs.gexf").edges == made.edges
    )


def test_ties_without_direction_make_an_undirected_graph(corpus_of) -> None:
    """Whoever met in two threads is one undirected edge of weight two, whichever stood first in the table."""
    corpus = corpus_of(
        ("p1", "p1", "zoe", None), ("p2", "p1", "ann", "p1"), ("p3", "p3", "ann", None), ("p4", "p3", "zoe", "p3")
    )
    ties = networks.ties(corpus, kind="co_thread")
    turned = ties.assign(source=ties["target"], target=ties["source"]).iloc[:1]
    for table in (ties, pd.concat([ties.iloc[1:], turned])):
        made = networks.graph(table)
        assert not made.is_directed()
        told = {"weight": 2, "first_day": "2024-03-01", "last_day": "2024-03-01"}
        assert list(made.edges(data=True)) == [("ann", "zoe", told)]


def test_mixed_kinds_are_directed(five_posts: Corpus) -> None:
    """A table of several kinds is taken as directed, and the graph names them all."""
    both = pd.concat([networks.ties(five_posts, kind=kind) for kind in ("co_thread", "reply")])
    made = networks.graph(both)
    assert made.is_directed()
    assert made.graph["kinds"] == "co_thread, reply"

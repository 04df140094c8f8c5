"""Networks in files: what is read back equals what was written, and other programs read it."""

from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from socialwork_research import Corpus, networks, papers, privacy
from socialwork_research.errors import OptionError, PrivacyError, SchemaError

SUFFIXES = [".graphml", ".gexf", ".csv"]


def odd_graph() -> nx.DiGraph:
    """Make a graph that carries what exchange formats break on."""
    graph = nx.DiGraph(name="odd\x01", losses={"self-ties": 2, "other": None}, at=pd.Timestamp("2024-01-01", tz="UTC"))
    graph.add_node("ann", big=2**70, flag=True, n=1, share=0.1, empty="", days=["a", "b\x00"], none=None)
    graph.add_node("bob é \U0001f600 \x85 \u2028", big=1, flag=False, n=-(2**63), share=float("inf"), empty=" blank ")
    graph.add_node("c\x01\ud800", share=-0.0, label="seen", Id="x", ID="y", day=dt.date(2024, 1, 2), mixed="NA")
    graph.add_node("tab\tline\ncr\r", mixed=3, text="line\r\nwith\ttab <&>\"']]>", pair=(1, 2))
    graph.add_edge("ann", "c\x01\ud800", weight=3, first_day="2024-01-01", **{"odd\x02name": 1, "": 2})
    graph.add_edge("c\x01\ud800", "ann", weight=4, share=1.0, long=2**40)
    graph.add_edge(
        "ann", "ann", weight=2**40, mixed=float("nan"), since=pd.Timestamp("2024-01-01T00:00:00.5", tz="UTC")
    )
    return graph


def assert_equal(found: nx.Graph, wanted: nx.Graph) -> None:
    """Hold two graphs against each other: order, ends, and each attribute with its type."""
    assert type(found) is type(wanted)
    assert (list(found), list(found.edges)) == (list(wanted), list(wanted.edges))
    pairs = [(found.nodes[node], wanted.nodes[node]) for node in wanted]
    pairs += [(found.edges[edge], wanted.edges[edge]) for edge in wanted.edges]
    own = [
        {name: value for name, value in each.graph.items() if name not in ("papers", "notes")}
        for each in (found, wanted)
    ]
    for first, second in [*pairs, tuple(own)]:
        assert set(first) == set(second)
        for name, value in second.items():
            is_nan = isinstance(value, float) and math.isnan(value)
            assert math.isnan(first[name]) if is_nan else first[name] == value, name
            assert type(first[name]) is type(value), name


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_whatever_a_graph_carries_is_read_back(tmp_path: Path, suffix: str) -> None:
    """None, NaN, absence, lists, times, control characters, odd letters, flags and large numbers come back as they were."""
    file = networks.write(odd_graph(), tmp_path / f"odd{suffix}")
    again = networks.read(file)
    assert_equal(again, odd_graph())
    assert papers(again)["function"] == "networks.read"
    assert_equal(networks.read(networks.write(again, tmp_path / f"again{suffix}")), odd_graph())


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "graph",
    [nx.DiGraph(), nx.Graph(), nx.Graph([(1, 2), (2, 2)]), nx.empty_graph(3), nx.DiGraph([((1, "a"), "b")])],
    ids=["nothing", "undirected nothing", "numbers", "isolates", "pairs as nodes"],
)
def test_small_and_empty_graphs_are_read_back(tmp_path: Path, graph: nx.Graph, suffix: str) -> None:
    """Graphs without nodes or edges, with loops, and with nodes that are no texts come back."""
    assert_equal(networks.read(networks.write(graph, tmp_path / f"small{suffix}")), graph)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_network_of_ties_keeps_definition_and_papers(five_posts: Corpus, tmp_path: Path, suffix: str) -> None:
    """The graph of ties comes back with its definition and losses, and the papers tell what it was made of."""
    ties = networks.ties(five_posts)
    file = networks.write(ties, tmp_path / f"replies{suffix}", raw=True)
    again = networks.read(file)
    assert_equal(again, networks.graph(ties))
    assert papers(again)["notes"]["papers_of_the_network"]["function"] == "networks.graph"
    files = "".join(each.read_text("utf-8") for each in tmp_path.iterdir())
    assert "it is not for publication. A tie is: from the author of a reply" in files


def test_networkx_reads_what_is_written(grown: Corpus, tmp_path: Path) -> None:
    """The library networkx finds the same nodes, edges and weights in both formats, with their types."""
    graph = networks.graph(networks.ties(grown))
    made = nx.read_graphml(networks.write(graph, tmp_path / "replies.graphml"))
    assert (list(made), dict(made.edges)) == (list(graph), dict(graph.edges))
    gexf = nx.read_gexf(networks.write(graph, tmp_path / "replies.gexf"), version="1.3")
    assert list(gexf) == list(graph)
    assert dict(gexf.edges) == {
        edge: {**told, "id": str(row)} for row, (edge, told) in enumerate(dict(graph.edges).items())
    }


def test_what_networkx_writes_is_read(tmp_path: Path) -> None:
    """Files of networkx come in by the types that they declare."""
    graph = nx.DiGraph([("a", "b", {"weight": 2.5, "n": 3, "seen": True, "word": "x"})])
    graph.nodes["a"]["share"] = 0.5
    nx.write_graphml(graph, tmp_path / "theirs.graphml")
    assert_equal(networks.read(tmp_path / "theirs.graphml"), graph)
    nx.write_gexf(graph, tmp_path / "theirs.gexf", version="1.2draft")
    assert_equal(networks.read(tmp_path / "theirs.gexf"), graph)


def test_tables_of_gephi_are_read(tmp_path: Path) -> None:
    """Two tables with Gephi's columns and nothing beside them make a graph; empty cells are absent."""
    (tmp_path / "g.nodes.csv").write_text("Id,Label,timeset,group\na,Ann,,x\nb,Bob,,\n", "utf-8")
    (tmp_path / "g.edges.csv").write_text("Source,Target,Type,Id,Weight\na,b,Undirected,0,2.0\n", "utf-8")
    graph = networks.read(tmp_path / "g.csv")
    assert not graph.is_directed()
    assert dict(graph.nodes) == {"a": {"group": "x"}, "b": {}}
    assert graph.edges["a", "b"]["weight"] == 2.0


def test_gexf_keeps_to_the_rules_of_1_3(tmp_path: Path) -> None:
    """Elements stand in the order that GEXF 1.3 asks for, with types it knows; ends and attributes are declared."""
    from lxml import etree

    root = etree.parse(str(networks.write(odd_graph(), tmp_path / "odd.gexf"))).getroot()
    space = "{http://gexf.net/1.3}"
    assert (root.tag, root.get("version")) == (f"{space}gexf", "1.3")
    assert [each.tag for each in root] == [f"{space}meta", f"{space}graph"]
    graph = root[1]
    assert [each.tag.removeprefix(space) for each in graph] == ["attributes", "attributes", "nodes", "edges"]
    assert {each.get("type") for each in root.iter(f"{space}attribute")} <= {"string", "long", "double", "boolean"}
    ids = {each.get("id") for each in graph[2]}
    assert {each.get(end) for each in graph[3] for end in ("source", "target")} <= ids
    assert all(each.get("weight") for each in graph[3])
    for place, declared in ((graph[2], graph[0]), (graph[3], graph[1])):
        known = {each.get("id") for each in declared}
        assert {each.get("for") for each in place.iter(f"{space}attvalue")} <= known
    titles = [each.get("title").casefold() for each in graph[0]]
    assert len(set(titles)) == len(titles) and not {"id", "label"} & set(titles)


TWICE = "<edge source='a' target='a'/>" * 2
BROKEN = [
    ("x.graphml", "<gexf/>", "is no graphml"),
    ("x.gexf", "<gexf><graph>", "breaks off"),
    ("x.graphml", '<!DOCTYPE x [<!ENTITY a "b">]><graphml/>', "entities"),
    ("x.graphml", "<graphml/>", "0 graphs"),
    ("x.graphml", "<graphml><graph><edge source='a' target='b'/></graph></graphml>", "none of the nodes"),
    ("x.gexf", "<gexf><graph><nodes><node id='a'/><node id='a'/></nodes></graph></gexf>", "one id"),
    ("x.gexf", f"<gexf><graph><nodes><node id='a'/></nodes>{TWICE}</graph></gexf>", "several edges"),
    ("x.gexf", "<gexf><meta><description>How its columns are spelt: {}</description></meta></gexf>", "changed"),
    ("x.edges.csv", "Source,Target\na,b\n", "no such file"),
]


@pytest.mark.parametrize(("name", "content", "why"), BROKEN)
def test_what_is_no_network_is_refused(tmp_path: Path, name: str, content: str, why: str) -> None:
    """Other files, broken ones, entities, and what a graph of one edge a pair cannot hold raise SchemaError."""
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(SchemaError, match=why):
        networks.read(tmp_path / name)


def test_only_known_suffixes_and_single_edges_are_written(tmp_path: Path) -> None:
    """An unknown suffix, several edges a pair and values of no known kind are refused, and nothing is left behind."""
    with pytest.raises(OptionError, match="graphml"):
        networks.write(nx.DiGraph(), tmp_path / "x.graphm")
    for bad in (nx.MultiDiGraph(), nx.DiGraph([("a", "b", {"x": object()})]), nx.DiGraph([("a", "b", {1: 2})])):
        with pytest.raises(SchemaError):
            networks.write(bad, tmp_path / "x.gexf")
    assert not list(tmp_path.iterdir())


# ---------------------------------------------------------------- people


def test_a_corpus_without_pseudonyms_is_not_written(five_posts: Corpus, tmp_path: Path) -> None:
    """Ties of a corpus whose ids are as the export had them are written only where raw=True stands."""
    assert five_posts.is_open
    for network in (networks.ties(five_posts), networks.graph(networks.ties(five_posts))):
        with pytest.raises(PrivacyError, match="pseudonymised"):
            networks.write(network, tmp_path / "x.gexf")
    assert not list(tmp_path.iterdir())


def test_a_network_to_be_published_goes_through_privacy(grown: Corpus, tmp_path: Path) -> None:
    """What publishable_network made is written by privacy.write_network alone, in both formats, without the seed."""
    graph = privacy.publishable_network(networks.ties(grown), seed=31415)
    with pytest.raises(PrivacyError, match="write_network"):
        networks.write(graph, tmp_path / "x.graphml")
    for name in ("out.graphml", "out.gexf"):
        again = networks.read(privacy.write_network(graph, tmp_path / name))
        assert {(int(source), int(target)) for source, target in again.edges} == set(graph.edges)
    assert "31415" not in "".join(file.read_text("utf-8") for file in tmp_path.iterdir())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_gate_finds_the_people_of_a_working_file(grown: Corpus, tmp_path: Path, suffix: str) -> None:
    """A working file among what is to be published stops the gate, whatever its format."""
    hashed = {
        name: f"{number:032x}" for number, name in enumerate(sorted(grown.posts["author_id"].dropna().unique()), 1)
    }
    posts = grown.posts.assign(**{name: grown.posts[name].map(hashed) for name in ("author_id", "reply_to_author")})
    corpus = Corpus.of(posts, name="hashed", pseudonyms="k1")
    networks.write(networks.ties(corpus), tmp_path / "out" / f"replies{suffix}")
    found = privacy.gate(tmp_path / "out", corpus=corpus).findings
    assert len(set(found["kind"]) & {"account", "pseudonym"}) > 0


def test_a_changed_file_beside_tables_is_refused(tmp_path: Path) -> None:
    """What tells of two tables cannot be read any more once it was changed."""
    networks.write(odd_graph(), tmp_path / "x.csv")
    (tmp_path / "x.network.json").write_text(json.dumps({"about": "How its columns are spelt: {"}), "utf-8")
    with pytest.raises(SchemaError, match="changed"):
        networks.read(tmp_path / "x.csv")

"""The structure table: by hand, against networkx, its laws, and where it is undefined."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, networks, papers
from socialwork_research.errors import OptionError, SchemaError


def ties_of(*pairs: str) -> pd.DataFrame:
    """Make ties of two-letter words: from the first letter to the second."""
    at = pd.date_range("2024-03-01", periods=len(pairs), freq="D", tz="UTC")
    columns = {"source": [pair[0] for pair in pairs], "target": [pair[1] for pair in pairs]}
    return pd.DataFrame(columns, dtype="str").assign(kind="reply", post_id=[f"p{n}" for n in range(len(pairs))], at=at)


CASES = {
    "five posts": ties_of("ba", "ab", "ca"),
    "star": ties_of("ba", "ca", "da", "ea"),
    "clique": ties_of(*[a + b for a in "abcd" for b in "abcd" if a != b]),
    "two parts": ties_of("ab", "ab", "ba", "bc", "ca", "xy", "ab"),
    "chance": ties_of(*["".join(pair) for pair in np.random.default_rng(4).choice([*"abcdefghijklm"], (90, 2))]),
}


def test_three_authors_by_hand(five_posts: Corpus) -> None:
    """bob→ann, ann→bob, cat→ann: density 3/6, one mutual and one one-way dyad, reciprocity 2/3, rho = 1/3."""
    value = networks.structure(networks.ties(five_posts))["value"]
    wanted = {
        "n_authors": 3, "n_isolates": 0, "n_ties": 3, "n_edges": 3, "density": 0.5, "mutual_dyads": 1,
        "asymmetric_dyads": 1, "reciprocity": 2 / 3, "dyadic_reciprocity": 0.5, "rho": 1 / 3, "transitivity": 0,
        "n_components": 1, "largest_component_share": 1, "mean_degree": 1, "max_in_degree": 2, "max_out_degree": 1,
        "in_degree_gini": 4 / 9, "in_centralisation": 3 / 4, "out_centralisation": 0, "degree_centralisation": 3 / 4,
        "ties_per_edge_mean": 1, "ties_per_edge_max": 1,
    }  # fmt: skip
    assert value.to_dict() == pytest.approx(wanted)
    assert list(value.index) == list(wanted)


@pytest.mark.parametrize("name", CASES)
def test_every_measure_equals_that_of_networkx(name: str) -> None:
    """Whatever networkx knows too, it gives the same number for (loops taken out)."""
    ties = CASES[name]
    value = networks.structure(ties)["value"]
    graph = networks.graph(ties)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    plain = graph.to_undirected()
    parts = [len(part) for part in nx.weakly_connected_components(graph)]
    inward, weight = [n for _, n in graph.in_degree()], [n for _, _, n in graph.edges(data="weight")]
    edges = set(graph.edges)
    mutual = sum((b, a) in edges for a, b in edges) // 2
    assert value.drop(["rho", "in_degree_gini"]).to_dict() == pytest.approx(
        {
            "n_authors": len(graph), "n_isolates": nx.number_of_isolates(graph), "n_ties": sum(weight),
            "n_edges": graph.size(), "density": nx.density(graph), "mutual_dyads": mutual,
            "asymmetric_dyads": plain.size() - mutual, "reciprocity": nx.overall_reciprocity(graph),
            "dyadic_reciprocity": mutual / plain.size(), "transitivity": nx.transitivity(plain),
            "n_components": len(parts), "largest_component_share": max(parts) / len(graph),
            "mean_degree": np.mean(inward), "max_in_degree": max(inward),
            "max_out_degree": max(n for _, n in graph.out_degree()), "ties_per_edge_mean": np.mean(weight),
            "ties_per_edge_max": max(weight), "in_centralisation": freeman(inward, (len(graph) - 1) ** 2),
            "out_centralisation": freeman([n for _, n in graph.out_degree()], (len(graph) - 1) ** 2),
            "degree_centralisation": freeman([n for _, n in graph.degree()], 2 * (len(graph) - 1) * (len(graph) - 2)),
        }
    )  # fmt: skip


def freeman(degree: list[int], largest: int) -> float:
    """Centralise by the definition, difference by difference."""
    return sum(max(degree) - each for each in degree) / largest


def test_triangles_equal_those_of_networkx_on_a_larger_graph() -> None:
    """On 400 authors and 4,000 random ties with hubs, transitivity is that of networkx."""
    stream = np.random.default_rng(9)
    names = np.array([f"a{number:03d}" for number in range(400)])
    ends = names[np.minimum(stream.zipf(1.5, (4000, 2)) + stream.integers(60, size=(4000, 2)), 399)]
    graph = nx.Graph(ends[ends[:, 0] != ends[:, 1]].tolist())
    value = networks.structure(pd.DataFrame(ends, columns=["source", "target"], dtype="str"))["value"]
    assert value["transitivity"] == pytest.approx(nx.transitivity(graph))
    assert 0.01 < value["transitivity"] < 0.99


def test_star_and_clique_are_the_two_ends() -> None:
    """All turning to one is fully centralised and never reciprocated; all to all the reverse, and rho undefined."""
    star, clique = (networks.structure(CASES[name]) for name in ("star", "clique"))
    assert star.loc[["in_centralisation", "reciprocity"], "value"].tolist() == [1, 0]
    assert clique.loc[["in_centralisation", "reciprocity", "density"], "value"].tolist() == [0, 1, 1]
    assert np.isnan(clique.loc["rho", "value"])
    assert "undefined" in clique.loc["rho", "method"]


def test_the_order_of_ties_and_the_names_of_authors_change_nothing(grown: Corpus) -> None:
    """Shuffled rows, and any one-to-one renaming of authors, leave the table as it is."""
    ties = networks.ties(grown)
    expected = networks.structure(ties)
    assert_frame_equal(networks.structure(ties.sample(frac=1, random_state=1)), expected)
    names = pd.unique(pd.concat([ties["source"], ties["target"]]))
    other = dict(zip(names, np.random.default_rng(2).permutation([f"x{n}" for n in range(len(names))]), strict=True))
    renamed = ties.assign(source=ties["source"].map(other), target=ties["target"].map(other))
    assert_frame_equal(networks.structure(renamed), expected)


def test_an_isolate_changes_what_is_counted_over_authors_and_nothing_else(grown: Corpus) -> None:
    """One more author without ties is one more isolate and component; dyads, reciprocity and triangles stay."""
    ties = networks.ties(grown)
    before, after = networks.structure(ties)["value"], networks.structure(ties, authors=["nobody"])["value"]
    changed = after - before
    assert changed[["n_authors", "n_isolates", "n_components"]].tolist() == [1, 1, 1]
    assert after["density"] < before["density"]
    same = ["n_ties", "n_edges", "mutual_dyads", "asymmetric_dyads", "reciprocity", "transitivity", "max_in_degree",
            "ties_per_edge_mean"]  # fmt: skip
    assert (changed[same] == 0).all()


def test_authors_can_be_named_or_numbered(grown: Corpus) -> None:
    """Ids, repeated and missing ones among them, and the number of all authors give the same table."""
    ties = networks.ties(grown)
    named = networks.structure(ties, authors=pd.Series(["nobody", ties["source"].iloc[0], None, "nobody"]))
    n_authors = int(named.loc["n_authors", "value"])
    assert_frame_equal(networks.structure(ties, authors=n_authors), named)
    with pytest.raises(OptionError, match="name"):
        networks.structure(ties, authors=1)


def test_a_graph_gives_the_table_of_its_ties(grown: Corpus) -> None:
    """The measures of the graph are those of the ties that it was made of."""
    ties = networks.ties(grown)
    assert_frame_equal(networks.structure(networks.graph(ties)), networks.structure(ties))


def test_self_ties_are_left_out_and_counted() -> None:
    """A tie of an author with itself changes no measure, and stands in the papers."""
    with_self, without = networks.structure(ties_of("ab", "ba", "aa")), networks.structure(ties_of("ab", "ba"))
    assert_frame_equal(with_self, without)
    assert papers(with_self)["notes"]["self_ties_left_out"] == 1


@pytest.mark.parametrize(
    ("ties", "authors", "n_authors"), [(ties_of(), None, 0), (ties_of("aa"), None, 1), (ties_of(), ["a", "b"], 2)]
)
def test_undefined_is_missing_with_its_reason_and_not_zero(
    ties: pd.DataFrame, authors: list[str], n_authors: int
) -> None:
    """Without edges, shares of edges are NaN and the method says so; counts are zero."""
    table = networks.structure(ties, authors=authors)
    undefined = ["reciprocity", "dyadic_reciprocity", "rho", "transitivity", "in_degree_gini", "ties_per_edge_mean",
                 "ties_per_edge_max"]  # fmt: skip
    assert table.loc[undefined, "value"].isna().all()
    missing = table["value"].isna()
    assert table.loc[missing, "method"].str.contains("undefined").all()
    assert not table.loc[~missing, "method"].str.contains("undefined").any()
    assert (
        table.loc[["n_authors", "n_isolates", "n_edges", "mutual_dyads"], "value"].tolist() == [n_authors] * 2 + [0] * 2
    )
    assert table.loc[["n_components"], "value"].tolist() == [n_authors]


def test_a_table_that_is_none_of_ties_is_refused() -> None:
    """A missing column raises SchemaError that names it."""
    with pytest.raises(SchemaError, match="target"):
        networks.structure(pd.DataFrame({"source": ["a"]}))


def test_degrees_by_hand() -> None:
    """In the star of five, four authors have no one turning to them and one has four; with an isolate it is five."""
    table = networks.degrees(CASES["star"], authors=6)
    assert table.index.tolist() == [0, 1, 4]
    assert table["n_authors_in"].tolist() == [5, 0, 1]
    assert table["n_authors_out"].tolist() == [2, 4, 0]
    assert table["share_in"].tolist() == pytest.approx([1, 1 / 6, 1 / 6])
    assert table["share_out"].tolist() == pytest.approx([1, 4 / 6, 0])


def test_degrees_add_up_to_the_structure(grown: Corpus) -> None:
    """Authors and edges counted over degrees are those of the structure table."""
    ties = networks.ties(grown)
    table, value = networks.degrees(ties), networks.structure(ties)["value"]
    for way in ("in", "out"):
        assert table[f"n_authors_{way}"].sum() == value["n_authors"]
        assert (table.index * table[f"n_authors_{way}"]).sum() == value["n_edges"]


def test_no_ties_have_no_degrees() -> None:
    """An empty table of ties gives an empty table of degrees."""
    assert len(networks.degrees(ties_of())) == 0


def test_the_graph_is_made_in_sorted_order(grown: Corpus) -> None:
    """Nodes and edges stand sorted, whatever the order of rows; weights add up to the ties; days are the first and last."""
    ties = networks.ties(grown)
    graph = networks.graph(ties.sample(frac=1, random_state=3))
    assert list(graph) == sorted(graph)
    assert list(graph.edges) == sorted(graph.edges)
    assert sum(n for _, _, n in graph.edges(data="weight")) == len(ties)
    source, target, data = next(iter(graph.edges(data=True)))
    some = ties[(ties["source"] == source) & (ties["target"] == target)]["at"].dt.strftime("%Y-%m-%d")
    assert (data["first_day"], data["last_day"], data["weight"]) == (some.min(), some.max(), len(some))


def test_the_graph_takes_isolates_by_name(grown: Corpus) -> None:
    """An id without ties becomes a node; a number cannot."""
    ties = networks.ties(grown)
    assert networks.graph(ties, authors=["nobody"]).degree("nobody") == 0
    with pytest.raises(OptionError, match="ids"):
        networks.graph(ties, authors=10_000)
    assert len(networks.graph(ties_of())) == 0

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
    """bob→ann, ann→bob, cat→ann: density 3/6, one mutual and one one-way dyad, reciprocity 2/3, rho = 1/3, and so on."""
    value = networks.structure(networks.ties(five_posts))["value"]
    none = float("nan")
    wanted = {
        "n_authors": 3, "n_isolates": 0, "n_ties": 3, "n_edges": 3, "density": 0.5, "mutual_dyads": 1,
        "asymmetric_dyads": 1, "reciprocity": 2 / 3, "dyadic_reciprocity": 0.5, "rho": 1 / 3,
        # By chance 3 / (2 × 3 + 3 × 2) = 1/4 of the ties would be matched: (2/3 − 1/4) / (3/4).
        "weighted_reciprocity": 2 / 3, "weighted_rho": 5 / 9,
        "transitivity": 0, "n_triangles": 0, "mean_clustering": 0, "mean_clustering_defined": 0,
        "directed_clustering": 0, "weighted_clustering": 0, "n_components": 1, "largest_component_share": 1,
        "n_strong_components": 2, "largest_strong_component_share": 2 / 3,
        # Two pairs one step apart, one pair two: 2/3 within one step, so that 90 % is reached after 0.7 of the second.
        "mean_distance": 4 / 3, "diameter": 2, "effective_diameter": 1.7, "degeneracy": 1, "innermost_core_share": 1,
        "mean_degree": 1, "max_in_degree": 2, "max_out_degree": 1, "in_degree_gini": 4 / 9, "out_degree_gini": 0,
        "degree_gini": 1 / 6, "ties_gini": 2 / 9, "carried_by_top_percent": 1 / 2, "in_centralisation": 3 / 4,
        "out_centralisation": 0, "degree_centralisation": 3 / 4, "assortativity": -1,
        # All out-degrees are 1. In-degrees of source and target: (1, 2), (2, 1), (0, 2): r = −1 / √(2 · 2/3).
        "out_in_assortativity": none, "out_out_assortativity": none, "in_in_assortativity": -np.sqrt(3) / 2,
        "in_out_assortativity": none, "ties_per_edge_mean": 1, "ties_per_edge_max": 1,
    }  # fmt: skip
    assert value.to_dict() == pytest.approx(wanted, nan_ok=True)
    assert list(value.index) == list(wanted)


@pytest.mark.parametrize("name", CASES)
def test_every_measure_equals_that_of_networkx(name: str) -> None:
    """Whatever networkx knows too, it gives the same number for (loops taken out)."""
    ties = CASES[name]
    value = networks.structure(ties)["value"]
    graph = networks.graph(ties)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    own = ["rho", "in_degree_gini", "out_degree_gini", "degree_gini", "ties_gini", "carried_by_top_percent",
           "weighted_reciprocity", "weighted_rho", "weighted_clustering", "effective_diameter"]  # fmt: skip
    assert value.drop(own).to_dict() == pytest.approx({**counts(graph), **shapes(graph)}, nan_ok=True)


def counts(graph: nx.DiGraph) -> dict[str, float]:
    """What networkx counts, or what follows from its counts."""
    plain, weight = graph.to_undirected(), [n for _, _, n in graph.edges(data="weight")]
    inward, outward = ([n for _, n in degree] for degree in (graph.in_degree(), graph.out_degree()))
    edges, n = set(graph.edges), len(graph)
    mutual = sum((b, a) in edges for a, b in edges) // 2
    return {
        "n_authors": n, "n_isolates": nx.number_of_isolates(graph), "n_ties": sum(weight), "n_edges": graph.size(),
        "density": nx.density(graph), "mutual_dyads": mutual, "asymmetric_dyads": plain.size() - mutual,
        "reciprocity": nx.overall_reciprocity(graph), "dyadic_reciprocity": mutual / plain.size(),
        "mean_degree": np.mean(inward), "max_in_degree": max(inward), "max_out_degree": max(outward),
        "ties_per_edge_mean": np.mean(weight), "ties_per_edge_max": max(weight),
        "in_centralisation": freeman(inward, (n - 1) ** 2), "out_centralisation": freeman(outward, (n - 1) ** 2),
        "degree_centralisation": freeman([n for _, n in graph.degree()], 2 * (n - 1) * (n - 2)),
    }  # fmt: skip


def shapes(graph: nx.DiGraph) -> dict[str, float]:
    """What networkx finds by walking through the graph."""
    plain = graph.to_undirected()
    weak, strong = ([len(part) for part in parts(graph)] for parts in
                    (nx.weakly_connected_components, nx.strongly_connected_components))  # fmt: skip
    local, core = nx.clustering(plain), nx.core_number(plain)
    apart = [n for _, others in nx.all_pairs_shortest_path_length(plain) for n in others.values() if n]
    kinds = {f"{x}_{y}_assortativity": correlated(graph, x, y) for x in ("out", "in") for y in ("out", "in")}
    return {
        "transitivity": nx.transitivity(plain), "n_triangles": sum(nx.triangles(plain).values()) // 3,
        "mean_clustering": nx.average_clustering(plain), "directed_clustering": nx.average_clustering(graph),
        "mean_clustering_defined": np.mean([local[author] for author, n in plain.degree() if n > 1]),
        "n_components": len(weak), "largest_component_share": max(weak) / len(graph),
        "n_strong_components": len(strong), "largest_strong_component_share": max(strong) / len(graph),
        "mean_distance": np.mean(apart), "diameter": max(apart), "degeneracy": max(core.values()),
        "innermost_core_share": np.mean([n == max(core.values()) for n in core.values()]),
        "assortativity": correlated(plain, "out", "in"), **kinds,
    }  # fmt: skip


def correlated(graph: nx.Graph, x: str, y: str) -> float:
    """Give the assortativity of networkx, which divides by nothing where degrees are all the same."""
    degree = {"in": getattr(graph, "in_degree", graph.degree), "out": getattr(graph, "out_degree", graph.degree)}
    ends = np.array([(degree[x](a), degree[y](b)) for a, b in graph.edges])
    flat = graph.is_directed() and (np.ptp(ends, axis=0) == 0).any()
    flat = flat or (not graph.is_directed() and np.ptp(ends) == 0)
    return np.nan if flat else nx.degree_assortativity_coefficient(graph, x=x, y=y)


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

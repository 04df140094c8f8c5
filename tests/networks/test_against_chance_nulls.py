"""Degrees kept and times dealt anew: by hand, laws, what does not go together, and the edges."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, networks, papers
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.networks._against_chance_measures import MEASURES
from socialwork_research.resampling import generator


def ties_of(*rows: tuple[str, str, float], kind: str = "mention") -> pd.DataFrame:
    """Make ties of (source, target, hour)."""
    table = pd.DataFrame(rows, columns=["source", "target", "at"]).astype({"source": "str", "target": "str"})
    table["at"] = pd.Timestamp("2024-03-01", tz="UTC") + pd.to_timedelta(table["at"].astype(float), unit="h")
    table["post_id"] = pd.Series([f"p{row}" for row in range(len(table))], dtype="str")
    return table.assign(kind=pd.Series([kind] * len(table), dtype="str"), thread_id="t")


@pytest.fixture(scope="module")
def mentions() -> pd.DataFrame:
    """Four hundred ties among thirty authors at random times."""
    stream = generator(9)
    pairs = [pair for pair in stream.zipf(1.4, size=(600, 2)) % 30 if pair[0] != pair[1]][:400]
    return ties_of(
        *[(f"a{a:02d}", f"a{b:02d}", at) for (a, b), at in zip(pairs, stream.random(400) * 500, strict=True)]
    )


def test_a_triangle_by_hand() -> None:
    """A directed triangle has one other network of its degrees, which measures the same: the null does not vary."""
    ties = ties_of(("ann", "bob", 0), ("bob", "cat", 1), ("cat", "ann", 2))
    row = networks.against_chance(ties, null="degrees", draws=50, seed=1).loc["transitivity"]
    assert (row["value"], row["null_mean"], row["null_sd"], row["n"]) == (1, 1, 0, 3)
    assert np.isnan(row["z"])
    assert "the same in every draw" in row["method"]


def test_degrees_kept_by_hand() -> None:
    """Of the nine networks in which four authors turn to one and are turned to by one, three are two mutual dyads."""
    ties = ties_of(("ann", "bob", 0), ("bob", "ann", 1), ("cat", "dan", 2), ("dan", "cat", 3))
    row = networks.against_chance(ties, null="degrees", draws=3000, seed=1).loc["mutual_dyads"]
    assert row["value"] == 2
    # Permutations of four without a fixed point: six four-cycles with no mutual dyad, three pairs of swaps with two.
    assert row["null_mean"] == pytest.approx(2 * 3 / 9, abs=0.06)
    assert row["p_value"] == pytest.approx(3 / 9, abs=0.04)


def test_times_dealt_by_hand() -> None:
    """An author with ties at 0 and 100 hours was answered at 1: dealt anew, the wait is an hour in half of the draws."""
    ties = ties_of(("ann", "bob", 0), ("bob", "ann", 1), ("ann", "cat", 100))
    row = networks.against_chance(ties, null="times", draws=3000, seed=1).loc["returned_within_day"]
    assert row["value"] == pytest.approx(1 / 3)
    assert row["null_mean"] == pytest.approx(1 / 6, abs=0.01)
    assert row["p_value"] == pytest.approx(0.5, abs=0.03)
    assert row["n"] == 2


def test_draws_in_which_a_measure_is_undefined_are_left_out_and_told() -> None:
    """Where nobody returns in a draw, there is no median: such draws are counted out, and the method says how many."""
    ties = ties_of(("ann", "bob", 0), ("bob", "ann", 1), ("ann", "cat", 100))
    row = networks.against_chance(ties, null="times", draws=400, seed=1).loc["median_hours_to_return"]
    # With bob at 100 and cat at 0, bob's tie at 1 is answered 99 hours later: a return there is, in every draw.
    assert (row["value"], row["n_draws"]) == (1, 400)
    both = ties_of(("ann", "bob", 0), ("ann", "bob", 5), ("bob", "ann", 1), ("bob", "cat", 9), ("dan", "ann", 2))
    row = networks.against_chance(both, null="times", draws=400, seed=1).loc["edge_burstiness"]
    assert np.isnan(row["value"])
    assert "undefined" in row["method"]


@pytest.mark.parametrize("null", ["degrees", "times"])
def test_names_order_and_seed(null: str, mentions: pd.DataFrame) -> None:
    """Renamed authors and shuffled rows change no digit; another seed does."""
    names = sorted(set(mentions["source"]) | set(mentions["target"]))
    other = dict(zip(names, generator(2).permutation([f"x{n}" for n in range(len(names))]), strict=True))
    renamed = mentions.assign(source=mentions["source"].map(other), target=mentions["target"].map(other))
    first = networks.against_chance(mentions, null=null, draws=40, seed=5)
    assert_frame_equal(first, networks.against_chance(renamed, null=null, draws=40, seed=5))
    shuffled = mentions.sample(frac=1, random_state=1)
    assert_frame_equal(first, networks.against_chance(shuffled, null=null, draws=40, seed=5))
    assert (first["null_mean"] != networks.against_chance(mentions, null=null, draws=40, seed=6)["null_mean"]).any()


def test_degrees_are_held_and_told(mentions: pd.DataFrame) -> None:
    """What all degrees determine is the same in every draw, and its z is undefined with the reason."""
    fixed = ["in_degree_gini", "in_centralisation", "max_in_degree", "ties_per_edge_mean", "repeated_edges"]
    chance = networks.against_chance(mentions, null="degrees", measures=[*fixed, "transitivity"], draws=30, seed=1)
    assert list(chance.index) == [*fixed, "transitivity"]
    np.testing.assert_allclose(chance.loc[fixed, "low"], chance.loc[fixed, "value"])
    np.testing.assert_allclose(chance.loc[fixed, "high"], chance.loc[fixed, "value"])
    assert chance.loc[fixed, "z"].isna().all()
    assert chance.loc[fixed, "method"].str.contains("the same in every draw").all()
    assert papers(chance)["notes"]["n_edges"] == chance["n"].iloc[0]


def test_a_graph_is_held_like_its_ties(mentions: pd.DataFrame) -> None:
    """A graph gives the values of the table it was made of; the nulls of events need the table."""
    graph = networks.graph(mentions)
    by_graph = networks.against_chance(graph, null="degrees", draws=200, seed=5)
    by_table = networks.against_chance(mentions, null="degrees", draws=200, seed=5)
    assert (by_graph["value"] == by_table["value"]).all()
    assert (by_graph["null_mean"] - by_table["null_mean"]).abs().le(by_table["null_sd"] / 2).all()
    for null in ("replies", "times"):
        with pytest.raises(OptionError, match="table of ties"):
            networks.against_chance(graph, null=null, draws=5, seed=1)
    with pytest.raises(OptionError, match="no directions"):
        networks.against_chance(nx.Graph(graph), null="degrees", draws=5, seed=1)


def test_threads_alone_look_reciprocal_where_degrees_are_kept(grown: Corpus) -> None:
    """For replies the method of the null of degrees says that it is blind to threads."""
    chance = networks.against_chance(networks.ties(grown), corpus=grown, null="degrees", draws=5, seed=1)
    assert chance["method"].str.contains("blind to threads").all()
    assert papers(chance)["notes"]["n_authors"] == grown.posts["author_id"].nunique()


def test_shared_measures_are_those_of_the_structure(grown: Corpus) -> None:
    """Measures that the structure table has too are the same there."""
    ties = networks.ties(grown)
    value = networks.structure(ties, authors=grown.posts["author_id"])["value"]
    shared = [name for name in MEASURES if name in value.index]
    chance = networks.against_chance(ties, corpus=grown, measures=shared, draws=2, seed=1)
    assert chance["value"].to_dict() == pytest.approx(value[shared].to_dict())
    assert len(shared) >= 8


def test_times_of_replies_are_held_against_the_null_of_replies(grown: Corpus) -> None:
    """Replies keep their times and choose anew whom they answer: returning soon is then measured as all else is."""
    timed = ["returned_within_day", "median_hours_to_return"]
    chance = networks.against_chance(networks.ties(grown), corpus=grown, measures=timed, draws=100, seed=1)
    assert chance.loc["returned_within_day", "p_value"] == pytest.approx(1 / 101)
    assert chance["n"].gt(0).all()


def test_what_does_not_go_together_is_refused(grown: Corpus, mentions: pd.DataFrame) -> None:
    """Times of swapped networks, structure under dealt times, replies dealt in time, and unknown or no measures."""
    ties = networks.ties(grown)
    refused = [
        (ties, {"null": "times"}, "answers another"),
        (mentions, {"null": "times", "measures": ["reciprocity"]}, "does not ask when"),
        (mentions, {"null": "degrees", "measures": ["edge_burstiness"]}, "no times"),
        (mentions, {"null": "degrees", "measures": ["reciprocty"]}, "Did you mean 'reciprocity'"),
        (mentions, {"null": "degrees", "measures": []}, "empty"),
        (mentions, {"null": "degrees", "measures": "rho"}, "a list is needed"),
        (mentions.assign(kind="co_thread"), {"null": "degrees"}, "no direction"),
        (ties, {}, "needs corpus="),
    ]
    for table, options, told in refused:
        with pytest.raises(OptionError, match=told):
            networks.against_chance(table, **options, draws=5, seed=1)
    with pytest.raises(SchemaError, match="no time"):
        networks.against_chance(mentions.assign(at=mentions["at"].where(mentions.index > 3)), null="times", seed=1)


@pytest.mark.parametrize("null", ["degrees", "times"])
def test_networks_with_nothing_to_draw(null: str, mentions: pd.DataFrame) -> None:
    """No ties, self-ties only, a star and one tie: the null is undefined or does not vary, and the method says why."""
    none = mentions.iloc[:0]
    own = mentions.assign(target=mentions["source"])
    for table in (none, own):
        chance = networks.against_chance(table, null=null, draws=5, seed=1)
        assert chance[["null_mean", "z", "p_value"]].isna().all(axis=None)
        assert chance["method"].str.contains("no ties").all()
        assert (chance["n"] == 0).all()
    star = ties_of(*[("hub", f"leaf{n}", float(n)) for n in range(5)])
    chance = networks.against_chance(star, null=null, draws=20, seed=1)
    assert chance["z"].isna().all()
    one = networks.against_chance(ties_of(("ann", "bob", 0)), null=null, draws=5, seed=1)
    assert one["z"].isna().all()


def test_a_clique_has_no_other_network() -> None:
    """Where everybody turned to everybody, all draws are the network itself."""
    names = ["ann", "bob", "cat", "dan"]
    clique = ties_of(*[(a, b, 0.0) for a in names for b in names if a != b])
    chance = networks.against_chance(clique, null="degrees", draws=20, seed=1)
    assert (chance["null_mean"] == chance["value"]).all()
    assert (chance["p_value"] == 1).all()

"""Ties between groups: by hand, against networkx, laws, and where there is nothing to say."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Coding, Corpus, networks, papers, privacy
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.kernels.mixing import assortativity, external_internal, mean_entropy, pairs, sides

FIVE = pd.DataFrame({"source": list("aabcd"), "target": list("bcadd")})
ROLE = pd.Series({"a": "leader", "b": "leader", "c": "student", "d": "student"})
COUNTS = ["n_ties", "n_authors_source", "n_authors_target", "n_authors"]


def roles_of(corpus: Corpus, names: tuple[str, ...] = ("leader", "student", "educator")) -> pd.Series:
    """Give the authors of a corpus roles by turns, in the order in which they first post."""
    authors = pd.unique(corpus.posts.sort_values(["created_at", "post_id"])["author_id"])
    return pd.Series([names[place % len(names)] for place in range(len(authors))], index=authors)


def test_five_ties_by_hand() -> None:
    """Leaders a and b answer each other; a also answers student c, who answers d; d's tie to itself is left out."""
    table = networks.mixing(FIVE, ROLE, null="groups", draws=20, seed=1)
    assert table["n_ties"].to_dict() == {
        ("leader", "leader"): 2, ("leader", "student"): 1, ("student", "leader"): 0, ("student", "student"): 1
    }  # fmt: skip
    assert table.loc[("leader", "leader"), COUNTS].tolist() == [2, 2, 2, 2]
    assert table.loc[("leader", "student"), COUNTS].tolist() == [1, 1, 1, 1]
    assert papers(table)["notes"]["self_ties_left_out"] == 1


def test_the_null_of_groups_by_hand() -> None:
    """Of the six ways to deal two leaders among four authors, each tie a–b, b–a, a–c, c–d is one of leaders in one."""
    table = networks.mixing(FIVE, ROLE, null="groups", draws=6000, seed=1)
    assert table.loc[("leader", "leader"), "null_mean"] == pytest.approx(4 / 6, abs=0.04)
    assert table.loc[("leader", "leader"), "ratio"] == pytest.approx(3, abs=0.2)
    # a and b are both leaders in one of the six, and only then are two ties or more among leaders
    assert table.loc[("leader", "leader"), "p_value"] == pytest.approx(1 / 6, abs=0.02)


def test_the_null_of_replies_by_hand(corpus_of) -> None:
    """Cat, who may answer ann or bob, and ann, who may answer bob or cat, each turn to a leader half of the time."""
    corpus = corpus_of(
        ("p1", "t", "ann", None), ("p2", "t", "bob", "p1"), ("p3", "t", "cat", "p1"), ("p4", "t", "ann", "p2")
    )
    role = pd.Series({"ann": "leader", "bob": "student", "cat": "leader"})
    table = networks.mixing(networks.ties(corpus), role, corpus=corpus, weights="uniform", draws=4000, seed=1)
    assert table.loc[("leader", "leader"), "null_mean"] == pytest.approx(1, abs=0.04)
    assert table.loc[("leader", "student"), "null_mean"] == pytest.approx(1, abs=0.04)
    assert table.loc[("student", "leader"), ["n_ties", "null_mean", "null_sd"]].tolist() == [1, 1, 0]
    assert "z undefined: the same in every draw" in table.loc[("student", "leader"), "method"]


def test_newman_and_krackhardt_and_stern_by_hand() -> None:
    """Three of four ties stay within: r = (3/4 − 8/16) / (1 − 8/16) and E–I = (1 − 3) / 4."""
    counts = np.array([[2, 1], [0, 1]])
    # shares of sources 3/4, 1/4 and of targets 2/4, 2/4: by chance 3/4 · 1/2 + 1/4 · 1/2
    assert float(assortativity(counts)) == pytest.approx((0.75 - 0.5) / (1 - 0.5))
    assert float(external_internal(counts)) == -0.5
    assert np.isnan(assortativity(np.zeros((2, 2), dtype=np.int64)))
    assert np.isnan(assortativity(np.array([[5, 0], [0, 0]])))
    assert float(external_internal(np.array([[5, 0], [0, 0]]))) == -1


def test_the_entropy_of_threads_by_hand() -> None:
    """Two of two groups give one bit, two of one none, and a thread of one author is not counted."""
    thread, group = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 1, 1, 0])
    assert mean_entropy(thread, group, n_groups=2) == pytest.approx(0.5)
    assert np.isnan(mean_entropy(thread[4:], group[4:], n_groups=2))


def test_networkx_agrees(grown: Corpus) -> None:
    """The matrix of ties and Newman's r, of edges and of ties, equal networkx's."""
    ties, role = networks.ties(grown), roles_of(grown)
    table = networks.mixing(ties, role, null="groups", draws=5, seed=1)
    each = nx.MultiDiGraph(list(zip(ties["source"], ties["target"], strict=True)))
    nx.set_node_attributes(each, role.to_dict(), "role")
    named = sorted(role.unique())
    matrix = nx.attribute_mixing_matrix(
        each, "role", mapping={name: n for n, name in enumerate(named)}, normalized=False
    )
    assert table["n_ties"].unstack()[named].to_numpy().tolist() == matrix.tolist()
    value = networks.homophily(ties, role, null="groups", draws=5, seed=1)["value"]
    assert value["weighted_assortativity"] == pytest.approx(nx.attribute_assortativity_coefficient(each, "role"))
    assert value["assortativity"] == pytest.approx(nx.attribute_assortativity_coefficient(nx.DiGraph(each), "role"))


def test_a_graph_gives_what_its_ties_give(grown: Corpus) -> None:
    """Counts of a graph made of the ties are theirs."""
    ties, role = networks.ties(grown), roles_of(grown)
    first = networks.mixing(ties, role, null="groups", draws=5, seed=1)
    second = networks.mixing(networks.graph(ties), role, null="groups", draws=5, seed=1)
    assert_frame_equal(first[COUNTS], second[COUNTS])


@pytest.mark.parametrize("null", ["replies", "groups"])
def test_order_and_names_change_nothing(grown: Corpus, null: str) -> None:
    """Shuffled rows and renamed authors give the same table, digit for digit, under either null."""
    names = pd.unique(grown.posts["author_id"])
    other = dict(zip(names, np.random.default_rng(2).permutation([f"x{n}" for n in range(len(names))]), strict=True))
    posts = grown.posts.sample(frac=1, random_state=5)
    renamed = Corpus.of(
        posts.assign(author_id=posts["author_id"].map(other), reply_to_author=posts["reply_to_author"].map(other)),
        name="renamed",
    )
    role = roles_of(grown)
    there = role.rename(index=other).sample(frac=1, random_state=7)
    for measure in (networks.mixing, networks.homophily):
        first = measure(networks.ties(grown), role, corpus=grown, null=null, draws=30, seed=5)
        ties = networks.ties(renamed).sample(frac=1, random_state=6)
        assert_frame_equal(first, measure(ties, there, corpus=renamed, null=null, draws=30, seed=5))


def test_groups_by_other_names_are_the_same_groups(grown: Corpus) -> None:
    """Relabelled groups (in the same order) and roles of authors without ties leave every number as it is."""
    ties, role = networks.ties(grown), roles_of(grown)
    first = networks.mixing(ties, role, corpus=grown, draws=30, seed=5)
    isolate = pd.concat([role.str.upper(), pd.Series({"nobody": "LEADER", "no one": "ZZZ"})])
    second = networks.mixing(ties, isolate, corpus=grown, draws=30, seed=5)
    np.testing.assert_array_equal(first.drop(columns="method").to_numpy(), second.drop(columns="method").to_numpy())
    assert [source.upper() for source, _ in first.index] == [source for source, _ in second.index]


def test_unknown_groups_are_shown_and_counted(grown: Corpus) -> None:
    """Authors without a group are a group of their own, stay where they are, and the rows add up to all ties."""
    ties, role = networks.ties(grown), roles_of(grown).iloc[: len(set(grown.posts["author_id"])) // 2]
    for null in ("replies", "groups"):
        table = networks.mixing(ties, role, corpus=grown, null=null, draws=20, seed=1)
        notes = papers(table)["notes"]
        assert table["n_ties"].sum() == len(ties)
        touched = table.index.get_level_values(0).isin(["unknown"]) | table.index.get_level_values(1).isin(["unknown"])
        assert table.loc[touched, "n_ties"].sum() == notes["ties_with_an_end_of_unknown_group"] > 0
        assert notes["authors_with_ties_of_unknown_group"] > 0
        total = networks.homophily(ties, role, corpus=grown, null=null, draws=5, seed=1)
        assert total.loc["weighted_ei_index", "n"] == len(ties) - notes["ties_with_an_end_of_unknown_group"]
    fixed = networks.mixing(ties, role, null="groups", draws=20, seed=1).loc[("unknown", "unknown")]
    assert fixed["null_sd"] == 0 and fixed["null_mean"] == fixed["n_ties"]


def test_a_coding_gives_the_role_said_most_often(five_posts: Corpus) -> None:
    """Ann is a leader in two of three posts, bob's role is unclear, cat has none: two authors are unknown."""
    looked_at = five_posts.posts[["post_id"]].assign(coder="one", codebook="b", version="1")
    speakers = pd.DataFrame({
        "post_id": ["p1", "p2", "p3", "p5"], "coder": "one", "role": ["leader", "unclear", "student", "leader"],
    })  # fmt: skip
    coding = Coding.of(looked_at, None, speakers)
    ties = networks.ties(five_posts)
    table = networks.mixing(ties, coding, corpus=five_posts, draws=5, seed=1)
    assert sorted(set(table.index.get_level_values(0))) == ["leader", "unknown"]
    notes = papers(table)["notes"]
    assert (notes["authors_given_several_roles"], notes["authors_with_ties_of_unknown_group"]) == (1, 2)
    with pytest.raises(OptionError, match="does not tell who wrote"):
        networks.mixing(ties, coding, null="groups", draws=5, seed=1)


def test_edges_of_what_can_be_said(corpus_of) -> None:
    """No tie, self-ties alone, everybody unknown, and one group: counts, and NaN with its reason."""
    corpus = corpus_of(("p1", "p1", "ann", None), ("p2", "p1", "ann", "p1"), ("p3", "p3", None, None))
    ties = networks.ties(corpus, self_ties=True)
    for null in ("replies", "groups"):
        table = networks.mixing(ties, pd.Series({"ann": "leader"}), corpus=corpus, null=null, draws=5, seed=1)
        assert len(table) <= 1 and table["n_ties"].sum() == 0 and table["p_value"].isna().all()
        assert table["method"].str.contains("undefined: no ties").all()
        total = networks.homophily(ties, pd.Series({"ann": "leader"}), corpus=corpus, null=null, draws=5, seed=1)
        assert total["value"].isna().all() and total["method"].str.contains("undefined").all()
        alone = networks.brokerage(ties, pd.Series({"ann": "leader"}), corpus=corpus, null=null, draws=5, seed=1)
        assert alone["n_paths"].eq(0).all() and alone["p_value"].isna().all()
    nobody = networks.mixing(FIVE, pd.Series(dtype="str"), null="groups", draws=5, seed=1)
    assert nobody.index.tolist() == [("unknown", "unknown")] and nobody["n_ties"].tolist() == [4]
    one = networks.homophily(FIVE, ROLE.map(lambda _: "student"), null="groups", draws=5, seed=1)
    assert np.isnan(one.loc["assortativity", "value"]) and one.loc["ei_index", "value"] == -1
    assert "all start and end in one group" in one.loc["assortativity", "method"]


def test_what_cannot_be_read_is_refused(grown: Corpus) -> None:
    """An author twice, two columns of groups, a null without its corpus, unknown options: each has its error."""
    ties = networks.ties(grown)
    with pytest.raises(SchemaError, match="one row an author"):
        networks.mixing(FIVE, pd.concat([ROLE, ROLE]), null="groups", draws=5, seed=1)
    with pytest.raises(OptionError, match="one column of groups"):
        networks.mixing(FIVE, pd.DataFrame({"one": ROLE, "two": ROLE}), null="groups", draws=5, seed=1)
    with pytest.raises(OptionError, match="corpus="):
        networks.mixing(ties, ROLE, draws=5, seed=1)
    with pytest.raises(OptionError, match="reply"):
        networks.mixing(ties.assign(kind="quote"), ROLE, corpus=grown, draws=5, seed=1)
    with pytest.raises(OptionError, match="null"):
        networks.mixing(ties, ROLE, corpus=grown, null="swaps", draws=5, seed=1)


def test_small_groups_can_be_kept_back(grown: Corpus) -> None:
    """Rows on under ten authors are blanked by either road of privacy, and none that is shown has fewer."""
    table = networks.mixing(networks.ties(grown), roles_of(grown), corpus=grown, draws=20, seed=1)
    for safe in (privacy.suppress(table), privacy.suppress_together({"mixing": table})["mixing"]):
        shown = safe[~safe["is_suppressed"]]
        assert (shown["n_authors"] >= 10).all()
        assert safe.loc[safe["is_suppressed"], ["n_ties", "ratio", "z", "p_value"]].isna().all(axis=None)


def test_one_counting_serves_the_measure_and_what_is_published(grown: Corpus) -> None:
    """The matrix that privacy publishes holds the ties and people of the measure."""
    ties, role = networks.ties(grown), roles_of(grown)
    table = networks.mixing(ties, role, null="groups", draws=5, seed=1)
    shown = privacy.mixing(ties, attributes=role.to_frame("role"), by="role", threshold=1)
    assert shown["n_ties"].tolist() == table["n_ties"].tolist()
    assert shown["n_authors"].tolist() == table["n_authors"].tolist()


def test_pairs_and_sides_by_hand() -> None:
    """Repeated ties weigh, and an author counts once a side."""
    source, target, group = np.array([0, 0, 1]), np.array([1, 1, 2]), np.array([0, 0, 1])
    assert pairs(source, target, group, n_groups=2, weight=np.array([1, 2, 3])).tolist() == [[3, 3], [0, 0]]
    found = sides(source, target, group, n_groups=2)
    assert found.n_sources.tolist() == [[1, 1], [0, 0]] and found.n_targets.tolist() == [[1, 1], [0, 0]]

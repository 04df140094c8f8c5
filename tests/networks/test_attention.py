"""Attention: by hand, against statsmodels, laws, and where there is nothing to say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, networks, papers, privacy, simulation
from socialwork_research.errors import OptionError
from socialwork_research.kernels.directed import gini
from socialwork_research.kernels.lorenz import curve, gini_of_rates, top

NULL = ["null_mean", "null_sd", "low", "high", "z", "p_value", "p_two_sided"]


def roles_of(corpus: Corpus) -> pd.Series:
    """Give the authors of a corpus roles by turns, in the order in which they first post."""
    authors = pd.unique(corpus.posts.sort_values(["created_at", "post_id"])["author_id"])
    names = ("professional", "professional", "student", "leader")
    return pd.Series([names[place % 4] for place in range(len(authors))], index=authors)


def renamed(corpus: Corpus) -> tuple[Corpus, dict[str, str]]:
    """Give the authors of a corpus other names, and its rows another order."""
    names = pd.unique(corpus.posts["author_id"])
    other = dict(zip(names, np.random.default_rng(2).permutation([f"x{n}" for n in range(len(names))]), strict=True))
    posts = corpus.posts.sample(frac=1, random_state=5)
    posts = posts.assign(author_id=posts["author_id"].map(other), reply_to_author=posts["reply_to_author"].map(other))
    return Corpus.of(posts, name="renamed"), other


def test_four_posts_by_hand(corpus_of) -> None:
    """Of four posts by three authors the first gets two replies and the second one: each number is counted on paper."""
    corpus = corpus_of(
        ("p1", "t", "ann", None), ("p2", "t", "bob", "p1"), ("p3", "t", "cat", "p1"), ("p4", "t", "ann", "p2")
    )
    table = networks.attention(networks.ties(corpus), corpus, weights="uniform", draws=4000, seed=1)
    # 0, 0, 1, 2 over posts: (−3·0 − 1·0 + 1·1 + 3·2) / (4·3); ann 2 of 2 posts, bob 1 of 1, cat 0 of 1
    assert table.loc["reply_gini", "value"] == pytest.approx(7 / 12)
    assert table.loc["unanswered_share", "value"] == 0.5
    assert table.loc["author_gini", "value"] == pytest.approx((-2 * 0 + 0 * 1 + 2 * 2) / (3 * 3))
    assert table.loc["rate_gini", "value"] == pytest.approx((-2 * 0 + 0 * 1 + 2 * 1) / (3 * 2))
    assert table.loc["reply_gini", ["n", "n_posts", "n_authors"]].tolist() == [4, 4, 3]
    # bob must answer p1; cat answers p1 or p2, ann p2 or p3: posts without a reply are 2, 1 (p3 got one), 2, 2
    assert table.loc["unanswered_share", "null_mean"] == pytest.approx((2 + 1 + 2 + 2) / 4 / 4, abs=0.01)


def test_the_lorenz_curve_by_hand(corpus_of) -> None:
    """The half of the posts without replies have none of them, three quarters a third, all of them all."""
    corpus = corpus_of(
        ("p1", "t", "ann", None), ("p2", "t", "bob", "p1"), ("p3", "t", "cat", "p1"), ("p4", "t", "ann", "p2")
    )
    table = networks.lorenz(networks.ties(corpus), corpus, weights="uniform", draws=50, seed=1)
    assert table.loc[[0.0, 0.5, 1.0], "value"].tolist() == pytest.approx([0, 0, 1])
    assert curve(np.array([2, 0, 1, 0]), np.array([0.75])).tolist() == pytest.approx([1 / 3])
    assert len(table) == 51 and table["value"].is_monotonic_increasing


def test_twice_the_area_above_the_curve_is_gini(grown: Corpus) -> None:
    """Gini is one less twice the area under the Lorenz curve, and both forms of it agree on whole numbers."""
    values = np.random.default_rng(1).poisson(2.0, size=200)
    at = np.arange(201) / 200
    assert gini(values) == pytest.approx(1 - 2 * np.trapezoid(curve(values, at), at))
    assert gini_of_rates(values.astype(float)) == pytest.approx(gini(values))
    table = networks.attention(networks.ties(grown), grown, draws=5, seed=1)
    replies = grown.posts["post_id"].map(networks.ties(grown)["post_id"].map(
        grown.posts.set_index("post_id")["reply_to"]).value_counts()).fillna(0)  # fmt: skip
    assert table.loc["reply_gini", "value"] == pytest.approx(gini(replies.to_numpy(dtype=np.int64)))
    assert table.loc["unanswered_share", "value"] == pytest.approx((replies == 0).mean())


def test_who_stands_level_at_the_edge_counts_in_part() -> None:
    """Of values 3, 1, 1, 0 the top half is the first whole and each of the next two by half."""
    values, member = np.array([3, 1, 1, 0]), np.array([0, 0, 1, 1])
    np.testing.assert_allclose(
        top(values, np.array([0.25, 0.5, 1.0]), member, n_groups=2), [[1, 0], [1.5, 0.5], [2, 2]]
    )


def test_visibility_by_hand() -> None:
    """Leader a is turned to by three, b by one, nobody by the rest: a is the top fifth, and one of all four."""
    ties = pd.DataFrame({"source": list("bcda"), "target": list("aaab")})
    role = pd.Series({"a": "leader", "b": "student", "c": "student", "d": "student"})
    table = networks.visibility(ties, role, null="groups", draws=20, seed=1)
    assert table["value"].unstack("group")["leader"].tolist() == pytest.approx([1, 1, 1, 1, 0.5, 0.25])
    assert table.loc[(1.0, "student"), ["value", "null_sd", "n_authors"]].tolist() == [0.75, 0, 3]
    shares = table["value"].groupby(level="top_share").sum()
    np.testing.assert_allclose(shares, 1)


def test_authors_who_attract_are_found_and_chance_is_not() -> None:
    """Where some authors attract more, Gini per author lies above the null; where nobody does, within."""
    drawn = {}
    for spread in (0.0, 1.5):
        corpus, _ = simulation.simulate(1500, seed=5, world={"attention": spread, "posts_per_author": 10.0})
        drawn[spread] = networks.attention(networks.ties(corpus), corpus, draws=99, seed=1).loc["author_gini"]
    assert drawn[1.5]["z"] > 3 and drawn[1.5]["p_value"] == 0.01
    assert abs(drawn[0.0]["z"]) < 2.6


def test_order_and_names_change_nothing(grown: Corpus) -> None:
    """Shuffled rows and renamed authors leave every table as it is, digit for digit."""
    other, names = renamed(grown)
    role, ties, there = roles_of(grown), networks.ties(grown), networks.ties(other).sample(frac=1, random_state=3)
    for measure in (networks.attention, networks.lorenz):
        assert_frame_equal(measure(ties, grown, draws=20, seed=5), measure(there, other, draws=20, seed=5))
    roles = role.rename(index=names).sample(frac=1, random_state=4)
    for measure in (networks.visibility, networks.access):
        first = measure(ties, role, corpus=grown, draws=20, seed=5)
        assert_frame_equal(first, measure(there, roles, corpus=other, draws=20, seed=5))
    assert_frame_equal(
        networks.reply_chance(ties, role, corpus=grown), networks.reply_chance(there, roles, corpus=other)
    )


def test_without_a_choice_there_is_no_null(corpus_of) -> None:
    """One reply with one candidate has values and no null; no reply has neither; both say why."""
    one = corpus_of(("p1", "t", "ann", None), ("p2", "t", "bob", "p1"))
    table = networks.attention(networks.ties(one), one, draws=5, seed=1)
    assert table["value"].notna().all() and table[NULL].isna().all(axis=None)
    assert table["method"].str.contains("no reply had two candidates").all()
    none = corpus_of(("p1", "p1", "ann", None), ("p2", "p1", "ann", "p1"), ("p3", "p3", None, None))
    ties = networks.ties(none, self_ties=True)
    empty = networks.attention(ties, none, draws=5, seed=1)
    assert empty["value"].isna().all() and empty["method"].str.contains("undefined: no replies").all()
    assert networks.lorenz(ties, none, draws=5, seed=1)["value"].isna().all()
    assert networks.visibility(ties, pd.Series({"ann": "x"}), corpus=none, draws=5, seed=1)["p_value"].isna().all()
    chance = networks.reply_chance(ties, pd.Series({"ann": "x"}), corpus=none)
    assert chance.loc["x", ["n_posts", "n_answered", "share"]].tolist() == [2, 0, 0]
    assert chance["estimate"].isna().all() and chance["method"].str.contains("undefined").all()
    status = networks.access(ties, pd.Series({"ann": "leader"}), corpus=none, draws=5, seed=1)
    assert status["n_ties"].eq(0).all() and status[["estimate", "z"]].isna().all(axis=None)


def test_everybody_unknown_is_one_group(grown: Corpus) -> None:
    """Without any role the chance of a reply is told of the unknown alone, and equals their share."""
    table = networks.reply_chance(networks.ties(grown), pd.Series(dtype="str"), corpus=grown)
    assert table.index.tolist() == ["unknown"]
    row = table.iloc[0]
    assert row["estimate"] == pytest.approx(row["share"], abs=1e-6)
    assert papers(table)["notes"]["reference"] == "unknown"


def test_plain_odds_without_covariates_are_those_of_the_table() -> None:
    """Where nothing else varies, adjusted chances are the plain shares, and odds ratios those of the fourfold table."""
    from socialwork_research.kernels.adjusting import adjusted

    group = np.repeat([0, 1], [200, 100])
    outcome = np.concatenate([np.arange(200) < 80, np.arange(100) < 60]).astype(float)
    found = adjusted(outcome, group, np.arange(300), np.zeros((300, 2)), n_groups=2, reference=0)
    assert found.estimate.tolist() == pytest.approx([0.4, 0.6])
    assert found.odds_ratio.tolist() == pytest.approx([1, (60 / 40) / (80 / 120)])
    # the standard error of a log odds ratio by hand: √(1/80 + 1/120 + 1/60 + 1/40), nearly the clustered one
    half = np.log(found.odds_high[1] / found.odds_low[1]) / 2
    assert half == pytest.approx(1.984 * np.sqrt(1 / 80 + 1 / 120 + 1 / 60 + 1 / 40), rel=0.01)


def test_clusters_widen_what_goes_together() -> None:
    """Rows taken twice, as of the same author, leave the estimate and its interval as they were."""
    from socialwork_research.kernels.adjusting import adjusted

    stream = np.random.default_rng(3)
    group, outcome = stream.integers(0, 2, size=400), (stream.random(400) < 0.4).astype(float)
    covariates = stream.normal(size=(400, 2))
    once = adjusted(outcome, group, np.arange(400), covariates, n_groups=2, reference=0)
    twice = adjusted(
        np.tile(outcome, 2), np.tile(group, 2), np.tile(np.arange(400), 2), np.tile(covariates, (2, 1)), n_groups=2,
        reference=0,
    )  # fmt: skip
    assert twice.estimate.tolist() == pytest.approx(once.estimate.tolist())
    assert twice.low.tolist() == pytest.approx(once.low.tolist(), rel=1e-3)


def test_access_by_hand(corpus_of) -> None:
    """Ann answers leader lee twice, once answered back; lee answers ann once, and bob, a peer, is answered by ann."""
    corpus = corpus_of(
        ("p1", "t", "lee", None), ("p2", "t", "ann", "p1"), ("p3", "t", "lee", "p2"), ("p4", "t", "bob", "p1"),
        ("p5", "t", "ann", "p4"), ("p6", "t", "ann", "p1"),
    )  # fmt: skip
    role = pd.Series({"lee": "leader", "ann": "student", "bob": "professional"})
    table = networks.access(networks.ties(corpus), role, corpus=corpus, draws=5, seed=1)
    assert table["n_ties"].tolist() == [1, 3, 1, 0]
    assert table["n_answered"].tolist() == [0, 1, 0, 0]
    assert table.loc["frontline to leaders", ["n_authors_source", "n_authors_target", "n_authors"]].tolist() == [
        2,
        1,
        1,
    ]
    with pytest.raises(OptionError, match="share none"):
        networks.access(networks.ties(corpus), role, corpus=corpus, leaders=["student"], draws=5, seed=1)
    with pytest.raises(OptionError, match="reference"):
        networks.reply_chance(networks.ties(corpus), role, corpus=corpus, reference="nobody")


def test_small_groups_can_be_kept_back(grown: Corpus) -> None:
    """Rows on under ten authors are blanked, and none that is shown has fewer."""
    ties, role = networks.ties(grown), roles_of(grown)
    tables = [
        networks.reply_chance(ties, role, corpus=grown),
        networks.access(ties, role, corpus=grown, draws=20, seed=1),
        networks.visibility(ties, role, corpus=grown, draws=20, seed=1),
        networks.attention(ties, grown, draws=20, seed=1),
    ]
    for table in tables:
        safe = privacy.suppress(table)
        shown = safe[~safe["is_suppressed"]]
        assert (shown["n_authors"] >= 10).all()
    assert privacy.suppress_measures(tables[-1])["is_suppressed"].sum() == 0

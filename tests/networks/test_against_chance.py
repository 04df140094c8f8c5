"""A network against chance: by hand, laws, and where there is nothing to say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, networks, papers, simulation
from socialwork_research.errors import OptionError, SchemaError


def test_a_single_free_choice_by_hand(corpus_of) -> None:
    """One reply has two candidates: under the uniform null half of the networks have the mutual dyad that is seen."""
    corpus = corpus_of(
        ("p1", "t", "ann", None), ("p2", "t", "bob", "p1"), ("p3", "t", "cat", "p1"), ("p4", "t", "ann", "p2")
    )
    chance = networks.against_chance(networks.ties(corpus), corpus=corpus, weights="uniform", draws=4000, seed=1)
    # cat may answer ann or bob, ann may answer bob or cat: of the four networks, (ann, bob) and (ann, cat) have one
    # mutual dyad, (bob, bob) has one, (bob, cat) has none.
    row = chance.loc["mutual_dyads"]
    assert row["value"] == 1
    assert row["null_mean"] == pytest.approx(0.75, abs=0.03)
    assert row["null_sd"] == pytest.approx(np.sqrt(0.75 * 0.25), abs=0.02)
    assert row["p_value"] == pytest.approx(0.75, abs=0.03)
    assert row["z"] == pytest.approx((1 - row["null_mean"]) / row["null_sd"])
    assert (row["n"], row["n_draws"]) == (2, 4000)


def test_values_are_those_of_the_structure(grown: Corpus) -> None:
    """The observed values equal those of the structure table, all authors of the corpus included."""
    ties = networks.ties(grown)
    chance = networks.against_chance(ties, corpus=grown, draws=20, seed=1)
    value = networks.structure(ties, authors=grown.posts["author_id"])["value"]
    assert chance["value"].to_dict() == pytest.approx(
        value[["reciprocity", "mutual_dyads", "in_degree_gini"]].to_dict()
    )


def test_a_planted_tendency_is_found_and_its_absence_is_not(grown: Corpus) -> None:
    """Where authors reply back, reciprocity lies far above the null; where they do not, within it."""
    planted = networks.against_chance(networks.ties(grown), corpus=grown, draws=400, seed=1)
    assert planted.loc["reciprocity", "z"] > 3
    assert planted.loc["reciprocity", "p_value"] == pytest.approx(1 / 401)
    none = simulation.threads(n_threads=60, n_authors=80, seed=4)
    absent = networks.against_chance(networks.ties(none), corpus=none, draws=400, seed=1)
    assert abs(absent.loc["reciprocity", "z"]) < 2.5


def test_the_table_tells_what_its_draws_say(grown: Corpus) -> None:
    """The band holds the mean, p-values lie in (0, 1], and the two-sided one is twice the smaller tail."""
    chance = networks.against_chance(networks.ties(grown), corpus=grown, draws=200, seed=5)
    assert ((chance["low"] <= chance["null_mean"]) & (chance["null_mean"] <= chance["high"])).all()
    assert chance["p_value"].between(1 / 201, 1).all()
    assert chance["p_two_sided"].between(2 / 201, 1).all()
    assert (chance["p_two_sided"] <= 2 * chance["p_value"] + 1e-12).all()


def test_one_seed_one_table_and_another_seed_another(grown: Corpus) -> None:
    """The seed fixes every digit, and it matters."""
    ties = networks.ties(grown)
    first = networks.against_chance(ties, corpus=grown, draws=50, seed=5)
    assert_frame_equal(first, networks.against_chance(ties, corpus=grown, draws=50, seed=5))
    assert (first["null_mean"] != networks.against_chance(ties, corpus=grown, draws=50, seed=6)["null_mean"]).any()


def test_the_order_of_posts_and_ties_changes_nothing(grown: Corpus) -> None:
    """Shuffled posts and shuffled ties give the same table, digit for digit."""
    ties = networks.ties(grown)
    shuffled = Corpus.of(grown.posts.sample(frac=1, random_state=5), name="shuffled")
    first = networks.against_chance(ties, corpus=grown, draws=50, seed=5)
    assert_frame_equal(
        first, networks.against_chance(ties.sample(frac=1, random_state=6), corpus=shuffled, draws=50, seed=5)
    )


def test_names_of_authors_change_nothing_that_is_seen(grown: Corpus) -> None:
    """Renamed authors have the same values, the same fitted weights and (drawn by place) the same null."""
    names = pd.unique(grown.posts["author_id"])
    other = dict(zip(names, np.random.default_rng(2).permutation([f"x{n}" for n in range(len(names))]), strict=True))
    renamed = Corpus.of(
        grown.posts.assign(
            author_id=grown.posts["author_id"].map(other), reply_to_author=grown.posts["reply_to_author"].map(other)
        ),
        name="renamed",
    )
    first, second = (
        networks.against_chance(networks.ties(each), corpus=each, draws=50, seed=5) for each in (grown, renamed)
    )
    assert_frame_equal(first, second)


def test_weights_are_fitted_and_told(grown: Corpus) -> None:
    """The papers hold the fitted weights; with uniform ones they are zero, and the null differs."""
    ties = networks.ties(grown)
    fitted = networks.against_chance(ties, corpus=grown, draws=50, seed=5)
    uniform = networks.against_chance(ties, corpus=grown, weights="uniform", draws=50, seed=5)
    told = papers(fitted)["notes"]["weights"]
    assert 0.3 < told["root"] < 1.5 and 0.5 < told["recency"] < 1.5
    assert papers(uniform)["notes"]["weights"] == {"root": 0.0, "recency": 0.0}
    assert (fitted["null_mean"] != uniform["null_mean"]).all()


def test_what_could_not_be_drawn_is_counted(corpus_of) -> None:
    """Replies to absent or later posts keep their target and are counted; self-ties are left out and counted."""
    corpus = corpus_of(
        ("p1", "t", "ann", None), ("p2", "t", "bob", "p1"), ("p3", "t", "cat", "p1"), ("p4", "t", "dan", "gone"),
        ("p5", "t", "eve", "p6"), ("p6", "t", "ann", "p3"), ("p7", "t", "ann", "p6"),
        reply_to_author=[None, None, None, "zoe", None, None, None],
    )  # fmt: skip
    ties = networks.ties(corpus, self_ties=True)
    notes = papers(networks.against_chance(ties, corpus=corpus, draws=10, seed=1))["notes"]
    assert notes["kept_parent_not_in_the_corpus"] == 1
    assert notes["kept_parent_not_earlier_in_the_thread"] == 1
    assert notes["drawn_anew"] == 3
    assert notes["self_ties_left_out"] == 1
    assert notes["n_authors"] == 6


def test_answers_stay_with_their_question(corpus_of) -> None:
    """Where answers only ever answer the question, there is no choice: the null is undefined and says why."""
    corpus = corpus_of(
        ("q", "q", "ann", None), ("a", "q", "bob", "q"), ("b", "q", "cat", "q"), ("c", "q", "dan", "q"),
        kind=["question", "answer", "answer", "answer"],
    )  # fmt: skip
    chance = networks.against_chance(networks.ties(corpus), corpus=corpus, draws=10, seed=1)
    assert chance["n"].eq(0).all()
    assert chance["value"].notna().all()
    assert chance[["null_mean", "null_sd", "low", "high", "z", "p_value", "p_two_sided"]].isna().all(axis=None)
    assert chance["method"].str.contains("undefined: no reply had two candidates").all()


def test_no_ties_leave_everything_undefined(corpus_of) -> None:
    """Without ties there is nothing to compare, in NaN and in words."""
    corpus = corpus_of(("p1", "p1", "ann", None), ("p2", "p2", None, None))
    chance = networks.against_chance(networks.ties(corpus), corpus=corpus, draws=10, seed=1)
    assert chance["p_value"].isna().all()
    assert chance["method"].str.contains("undefined: no ties").all()


def test_a_measure_that_never_varies_has_no_z(corpus_of) -> None:
    """Where every draw gives the same number, z is undefined, says so, and p is one."""
    corpus = corpus_of(("p1", "t", "ann", None), ("p2", "t", "bob", "p1"), ("p3", "t", "cat", "p2"))
    chance = networks.against_chance(networks.ties(corpus), corpus=corpus, draws=30, seed=1)
    row = chance.loc["reciprocity"]
    assert np.isnan(row["z"]) and row["p_value"] == 1 and "z undefined" in row["method"]


def test_ties_of_another_kind_or_corpus_are_refused(grown: Corpus, five_posts: Corpus) -> None:
    """Mentions are no replies, ties must come from the corpus, and a post makes one reply tie at most."""
    ties = networks.ties(grown)
    with pytest.raises(OptionError, match="reply"):
        networks.against_chance(ties.assign(kind="mention"), corpus=grown, draws=5, seed=1)
    with pytest.raises(SchemaError, match="not in the corpus"):
        networks.against_chance(ties, corpus=five_posts, draws=5, seed=1)
    with pytest.raises(SchemaError, match="share their post"):
        networks.against_chance(pd.concat([ties, ties]), corpus=grown, draws=5, seed=1)
    with pytest.raises(OptionError, match="null"):
        networks.against_chance(ties, corpus=grown, null="swaps", draws=5, seed=1)

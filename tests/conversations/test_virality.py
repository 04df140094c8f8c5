"""How far threads branch, beside chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Corpus, papers, simulation
from socialwork_research.conversations import virality
from socialwork_research.errors import OptionError

from .conftest import corpus_of

STAR = [("a", "a", "ann", 0, None), *((f"a{n}", "a", "ben", n, "a") for n in range(1, 4))]
CHAIN = [
    ("b", "b", "cat", 0, None),
    ("b1", "b", "dan", 1, "b"),
    ("b2", "b", "cat", 2, "b1"),
    ("b3", "b", "eve", 3, "b2"),
]


def test_a_star_and_a_chain_worked_by_hand():
    """Four posts: a star's mean distance is 3/2, a chain's 5/3, and chance is as enumerated over all six trees."""
    row = virality(corpus_of(*STAR, *CHAIN), seed=7, draws=4000).loc["3–4"]
    assert row["value"] == pytest.approx((3 / 2 + 5 / 3) / 2)
    # A reply's parent is drawn among 1, 2 and 3 earlier posts: six trees alike, two of them stars around the root or
    # the first reply (9 steps over 6 pairs), four chains (10 over 6).
    assert row["null_mean"] == pytest.approx((2 * 9 + 4 * 10) / 36, abs=3 * row["null_sd"] / np.sqrt(4000))
    assert row[["n", "n_posts", "n_authors", "n_draws"]].tolist() == [2, 8, 5, 4000]


def test_threads_around_their_opening_post_fall_below_chance():
    """Where the opening post attracts, long threads branch less than by chance; where it does not, they do not."""
    ways = {"root": 4.0, "none": 0.0}
    found = {
        name: virality(
            simulation.threads(n_threads=60, n_authors=40, seed=5, root_bias=bias, recency=0.0), seed=7, draws=200
        ).loc["9–16"]
        for name, bias in ways.items()
    }
    assert found["root"]["p_two_sided"] < 0.02
    assert found["root"]["value"] < found["root"]["low"]
    assert found["none"]["low"] <= found["none"]["value"] <= found["none"]["high"]


def test_walls_where_nobody_can_answer_an_answer_are_left_out():
    """Threads of a place where no reply answers a reply could not have branched: they are counted, not measured."""
    flat = corpus_of(*STAR)
    table = virality(flat, seed=7, draws=20)
    assert table["value"].isna().all()
    assert papers(table)["notes"]["dropped"]["threads of places where no reply answers a reply"] == 1


def test_names_and_order_do_not_matter():
    """Other authors' names and another order of rows give the same table."""
    posts = simulation.threads(n_threads=30, n_authors=20, seed=3).posts
    table = virality(Corpus.of(posts, name="one"), seed=7, draws=50)
    names = {name: f"z{n}" for n, name in enumerate(sorted(posts["author_id"].unique(), reverse=True))}
    renamed = posts.assign(author_id=posts["author_id"].map(names), reply_to_author=None)
    again = virality(Corpus.of(renamed.sample(frac=1, random_state=1), name="two"), seed=7, draws=50)
    pd.testing.assert_frame_equal(again, table)


@pytest.mark.parametrize("rows", [(), (("a", "a", "ann", 0, None),), (("a", "a", None, 0, None),)])
def test_what_has_no_replies_has_no_figures(rows: tuple):
    """An empty corpus, one post, and a deleted author's post leave every size undefined, with the reason."""
    table = virality(
        corpus_of(*rows) if rows else Corpus.of(corpus_of(*STAR).posts.head(0), name="none"), seed=7, draws=9
    )
    assert table["value"].isna().all()
    assert table["method"].str.startswith("undefined").all()
    assert (table["n"] == 0).all()


def test_draws_must_be_a_number():
    """No draws are refused by name."""
    with pytest.raises(OptionError, match="draws"):
        virality(corpus_of(*STAR), seed=7, draws=0)

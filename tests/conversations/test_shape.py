"""Threads measured by hand, and by following parents one at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Corpus, papers, save, simulation
from socialwork_research.conversations import shape

from .conftest import FIVE, corpus_of


def test_five_threads_worked_by_hand():
    """Nine posts: a chain of two replies, two threads of one reply, two of none."""
    table = shape(corpus_of(*FIVE))
    expected = {
        "threads": 5, "posts_mean": 9 / 5, "posts_median": 2, "posts_max": 3, "share_unanswered": 2 / 5,
        "depth_mean": 4 / 5, "depth_max": 2, "authors_mean": 8 / 5, "authors_median": 2, "authors_max": 2,
        "width_mean": 1, "width_max": 1, "h_index_mean": 3 / 5, "h_index_max": 1,
        "virality_mean": (1 + 4 / 3 + 1) / 3,
    }  # fmt: skip
    assert table["value"].to_dict() == pytest.approx(expected)
    counts = table[["n", "n_posts", "n_authors"]]
    assert counts.loc["virality_mean"].tolist() == [3, 7, 4]  # the two threads of one post have no distance
    assert (counts.drop("virality_mean") == [5, 9, 5]).all(axis=None)


def test_depth_agrees_with_walking_up():
    """Jumping by doublings finds the depths that walking from parent to parent finds."""
    posts = simulation.threads(n_threads=30, n_authors=20, seed=5, mean_length=25, root_bias=-3).posts
    parent = posts.set_index("post_id")["reply_to"].dropna().to_dict()

    def walked(post: str) -> int:
        steps = 0
        while post in parent:
            post, steps = parent[post], steps + 1
        return steps

    deepest = posts["post_id"].map(walked).groupby(posts["thread_id"]).max()
    table = shape(Corpus.of(posts, name="again"))
    assert table.loc["depth_max", "value"] == deepest.max()
    assert table.loc["depth_mean", "value"] == pytest.approx(deepest.mean())
    assert deepest.max() > 8


def test_what_hangs_on_an_absent_parent_has_unknown_depth():
    """A reply to a missing post, all that answers it, a ring and a parent in another thread are counted as unknown."""
    table = shape(
        corpus_of(
            ("a", "a", "ann", 0, None), ("b", "a", "ben", 1, "a"),
            ("c", "a", "cat", 2, "gone"), ("d", "a", "dan", 3, "c"),
            ("e", "a", "eve", 4, "f"), ("f", "a", "fay", 5, "e"),
            ("g", "g", "ann", 0, None), ("h", "g", "ben", 1, "b"), ("i", "g", "cat", 2, None),
        )
    )  # fmt: skip
    notes = papers(table)["notes"]
    assert (notes["replies"], notes["replies_of_unknown_depth"], notes["of_these_without_parent_named"]) == (7, 6, 1)
    assert table.loc["depth_mean", ["value", "n", "n_posts"]].tolist() == [1, 1, 6]


def test_a_flat_forum_has_no_depth():
    """Where no reply names its parent, depth is undefined, not zero."""
    row = shape(corpus_of(("a", "topic", "ann", 0, None), ("b", "topic", "ben", 1, None))).loc["depth_mean"]
    assert np.isnan(row["value"])
    assert row["method"].startswith("undefined")


def test_unknown_authors_are_no_author():
    """Deleted authors are not counted, and a thread opened by one says nothing of answers."""
    table = shape(corpus_of(("a", "a", None, 0, None), ("b", "a", None, 1, "a")))
    assert table.loc[["share_unanswered", "authors_mean"], "value"].isna().all()
    assert (table["n_authors"] == 0).all()
    assert papers(table)["notes"]["posts_of_unknown_authors"] == 2


def test_no_posts_no_figures():
    """An empty corpus has no threads, and reasons for the rest."""
    table = shape(Corpus.of(corpus_of(*FIVE).posts.head(0), name="empty"))
    assert table.loc["threads", "value"] == 0
    assert table["value"].drop("threads").isna().all()
    assert table["method"].drop("threads").str.startswith("undefined").all()


@pytest.mark.filterwarnings("ignore:The inplace keyword")
def test_order_and_engine_do_not_matter(tmp_path):
    """Shuffled, and on pandas, DuckDB and Dask, the table is the same."""
    posts = simulation.threads(n_threads=40, n_authors=30, seed=3).posts.copy()
    posts.loc[posts.index % 7 == 0, "author_id"] = None
    corpus = Corpus.of(posts.drop(index=posts.index[::13]), name="torn")
    expected = shape(corpus)
    pd.testing.assert_frame_equal(shape(Corpus.of(corpus.posts.sample(frac=1, random_state=1), name="mixed")), expected)
    save(corpus, tmp_path / "torn", raw=True)
    for engine in ("pandas", "duckdb", "dask"):
        pd.testing.assert_frame_equal(shape(Corpus.open(tmp_path / "torn", engine=engine)), expected)

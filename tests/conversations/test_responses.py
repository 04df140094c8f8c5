"""Kaplan–Meier by hand, by its laws, and at its edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Corpus, papers, save, simulation
from socialwork_research.conversations import responses
from socialwork_research.errors import OptionError

from .conftest import FIVE, corpus_of


def test_five_threads_worked_by_hand():
    """Of five, one is answered within 1 h; one leaves at 3 h; of three, one at 5 h; of two, one at 20 h."""
    table = responses(corpus_of(*FIVE, days=10), seed=7)
    assert table.loc[["1 h", "6 h", "24 h", "7 d"], "estimate"].tolist() == pytest.approx(
        [1 / 5, 7 / 15, 11 / 15, 11 / 15]
    )
    assert table["n_answered"].tolist() == [1, 2, 3, 3, 3]
    assert (table["n_posts"] == 5).all()
    assert (table["n_authors"] == 5).all()


def test_a_time_for_which_nobody_was_followed_has_no_estimate():
    """After ten days of observation nothing is said about thirty."""
    row = responses(corpus_of(*FIVE, days=10), seed=7).loc["30 d"]
    assert row[["estimate", "low", "high"]].isna().all()
    assert "followed" in row["method"]


def test_observation_ends_with_the_last_post_where_no_fetching_is_told():
    """Without fetched_at the thread opened last is followed for no time at all, and four are left."""
    table = responses(corpus_of(*FIVE), seed=7)
    assert table.loc["7 d", "estimate"] == pytest.approx(1 - 3 / 4 * 2 / 3 * 1 / 2)
    assert papers(table)["notes"]["observed_until"] == {"forum": "2024-03-10"}


def test_a_selection_by_date_ends_the_observation():
    """What was fetched later than the last day selected is not taken for silence."""
    table = responses(corpus_of(*FIVE, days=300).select(until="2024-03-05"), seed=7)
    assert papers(table)["notes"]["observed_until"] == {"forum": "2024-03-06"}
    assert np.isnan(table.loc["7 d", "estimate"])


def test_order_of_rows_does_not_matter():
    """The same posts in another order give the same table."""
    corpus = simulation.threads(n_threads=40, n_authors=30, seed=3)
    mixed = Corpus.of(corpus.posts.sample(frac=1, random_state=1), name="mixed")
    pd.testing.assert_frame_equal(responses(mixed, seed=7, draws=100), responses(corpus, seed=7, draws=100))


def test_names_do_not_matter():
    """Authors and posts under other names give the same table, draws included."""
    corpus = simulation.threads(n_threads=40, n_authors=30, seed=3)
    posts = corpus.posts.copy()
    for column in ("author_id", "reply_to_author", "post_id", "thread_id", "reply_to"):
        posts[column] = posts[column].map(lambda name: name[::-1], na_action="ignore").astype("str")
    renamed = Corpus.of(posts, name="renamed")
    pd.testing.assert_frame_equal(responses(renamed, seed=7, draws=100), responses(corpus, seed=7, draws=100))


def test_an_unanswered_thread_more_lowers_the_share():
    """One more opener who waits in vain makes every share smaller."""
    before = responses(corpus_of(*FIVE, days=40), seed=7)["estimate"]
    after = responses(corpus_of(*FIVE, ("t6", "t6", "fay", 0, None), days=40), seed=7)["estimate"]
    assert (after < before).all()


@pytest.mark.filterwarnings("ignore:The inplace keyword")
def test_engines_agree(tmp_path):
    """pandas, DuckDB and Dask give one table, with unknown authors, reposts and threads without openers."""
    posts = simulation.threads(n_threads=40, n_authors=30, seed=3).posts.copy()
    posts.loc[posts.index % 7 == 0, "author_id"] = None
    posts.loc[posts.index % 11 == 0, "kind"] = "repost"
    posts.loc[posts["thread_id"] < "post-0000100", "thread_id"] += " (topic)"
    corpus = Corpus.of(posts.drop(index=posts.index[::13]), name="torn")
    expected = responses(corpus, seed=7, draws=50)
    save(corpus, tmp_path / "torn", raw=True)
    for engine in ("pandas", "duckdb", "dask"):
        table = responses(Corpus.open(tmp_path / "torn", engine=engine), seed=7, draws=50)
        pd.testing.assert_frame_equal(table, expected)
        assert papers(table)["notes"] == papers(expected)["notes"]
    assert min(papers(expected)["notes"]["dropped"].values()) > 0
    assert papers(expected)["notes"]["openers_taken_from_order"] > 0


def test_no_posts_no_figures():
    """An empty corpus gives the rows with reasons instead of numbers."""
    table = responses(corpus_of(*FIVE).select(until="2001-01-01"), seed=7)
    assert table["estimate"].isna().all()
    assert (table["n_posts"] == 0).all()
    assert table["method"].str.startswith("undefined").all()


@pytest.mark.parametrize("reply", [[], [("r", "a", "ann", 1, "a")]], ids=["no replies", "self-reply"])
def test_where_nobody_answers_the_share_is_zero_and_not_certain(reply: list[tuple]):
    """No answers to two openers is a share of 0 whose exact interval is wide."""
    row = responses(corpus_of(("a", "a", "ann", 0, None), ("b", "b", "ben", 0, None), *reply, days=2), seed=7).loc[
        "24 h"
    ]
    assert (row["estimate"], row["low"], row["n_answered"]) == (0, 0, 0)
    assert row["high"] == pytest.approx(1 - 0.025 ** (1 / 2))


def test_where_all_are_answered_the_share_is_one_and_not_certain():
    """Two answered openers give a share of 1 with a low bound far below."""
    rows = [
        (post, post[0], post, hour, up)
        for post, hour, up in (("a", 0, None), ("ax", 0.5, "a"), ("b", 0, None), ("bx", 0.5, "b"))
    ]
    row = responses(corpus_of(*rows), seed=7).loc["30 d"]
    assert (row["estimate"], row["high"]) == (1, 1)
    assert row["low"] == pytest.approx(0.025 ** (1 / 2))


def test_one_author_has_no_interval():
    """With a single opening author there is nobody to draw anew."""
    row = responses(
        corpus_of(("a", "a", "ann", 0, None), ("x", "a", "ben", 0.5, "a"), ("b", "b", "ann", 0, None), days=2), seed=7
    ).loc["24 h"]
    assert row["estimate"] == 0.5
    assert row[["low", "high"]].isna().all()
    assert "one author" in row["method"]


def test_unknown_authors_are_counted_and_decide_nothing():
    """A thread by a deleted author is left out, a reply by one is no answer; both are in the notes."""
    table = responses(
        corpus_of(
            ("a", "a", None, 0, None), ("x", "a", "ben", 0.5, "a"),
            ("b", "b", "ann", 0, None), ("y", "b", None, 0.5, "b"), ("z", "b", "cat", 3, "b"),
            days=2,
        ),
        seed=7,
    )  # fmt: skip
    assert table["n_answered"].tolist() == [0, 1, 1, 1, 1]
    notes = papers(table)["notes"]
    assert notes["dropped"]["threads whose opening post has no known author"] == 1
    assert notes["threads_where_an_unknown_author_came_first"] == 1


def test_a_thread_without_its_opening_post_is_left_out():
    """A reply whose thread began elsewhere is no opener."""
    table = responses(corpus_of(*FIVE, ("r9", "t9", "ann", 0, "t9"), ("r8", "t9", "ben", 1, "r9"), days=10), seed=7)
    assert (table["n_posts"] == 5).all()
    assert papers(table)["notes"]["dropped"]["threads whose opening post is not in the corpus"] == 1


def test_a_topic_is_opened_by_its_first_post():
    """Where no post bears the thread's id, the first post that answers nothing opens it."""
    table = responses(corpus_of(("p1", "topic", "ann", 0, None), ("p2", "topic", "ben", 2, None), days=2), seed=7)
    assert table["n_answered"].tolist() == [0, 1, 1, 1, 1]
    assert papers(table)["notes"]["openers_taken_from_order"] == 1


def test_an_answer_before_its_opening_post_is_at_once():
    """Clocks that differ do not make a waiting time negative; the notes count it."""
    table = responses(corpus_of(("a", "a", "ann", 1, None), ("x", "a", "ben", 0, "a")), seed=7)
    assert table.loc["1 h", "n_answered"] == 1
    assert papers(table)["notes"]["answers_before_their_opening_post_taken_as_at_once"] == 1


def test_a_selection_by_words_is_told():
    """When posts were taken out of their threads, every row says so."""
    posts = corpus_of(*FIVE).posts.assign(text="rota")
    table = responses(Corpus.of(posts, name="texts").select(words="rota"), seed=7)
    assert table["method"].str.contains("selected by words").all()


def test_a_wrong_seed_is_named():
    """A seed that is no whole number is refused by name."""
    with pytest.raises(OptionError, match="seed"):
        responses(corpus_of(*FIVE), seed=-1)

"""Mean hours without an answer: by hand, by their laws, at their edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Corpus, simulation
from socialwork_research.conversations import rmst

from .conftest import FIVE, corpus_of


def test_five_threads_worked_by_hand():
    """All wait half an hour; 4/5 from then to 5 h, 8/15 to 20 h, 4/15 to the end of the day."""
    found = rmst(corpus_of(*FIVE, days=10), seed=7, draws=50).loc["24 h"]
    assert found["estimate"] == pytest.approx(0.5 + 4.5 * 4 / 5 + 15 * 8 / 15 + 4 * 4 / 15)
    assert found[["n_posts", "n_authors", "n_answered"]].tolist() == [5, 5, 3]


def test_few_answered_authors_have_no_interval():
    """With three authors answered a mean has no interval, and the table says why."""
    row = rmst(corpus_of(*FIVE, days=10), seed=7, draws=50).loc["24 h"]
    assert row[["low", "high"]].isna().all()
    assert "fewer than 5 authors" in row["method"]


def test_differences_are_those_of_the_groups():
    """Each group's difference is its mean less that of the group with most opening posts, counted with the smaller."""
    corpus = simulation.threads(n_threads=80, n_authors=60, seed=3, mean_length=2)
    roles = pd.DataFrame({"author_id": sorted(corpus.posts["author_id"].dropna().unique())})
    roles["role"] = np.where(roles.index % 3 == 0, "student", "professional")
    table = rmst(corpus, seed=7, draws=100, by="role", attributes=roles.set_index("author_id"))
    means = table.xs("mean", level="measure")
    row = table.loc[("student", "24 h", "difference from professional")]
    own, other = means.loc[("student", "24 h")], means.loc[("professional", "24 h")]
    assert row["estimate"] == pytest.approx(own["estimate"] - other["estimate"])
    assert row["n_authors"] == min(own["n_authors"], other["n_authors"])
    assert row["low"] < row["estimate"] < row["high"]
    assert len(table) == 2 * 2 + 2


def test_order_and_names_do_not_matter():
    """The same posts in another order, their authors renamed, give the same table, draws included."""
    corpus = simulation.threads(n_threads=40, n_authors=30, seed=3, mean_length=2)
    posts = corpus.posts.sample(frac=1, random_state=1)
    for column in ("author_id", "reply_to_author"):
        posts[column] = posts[column].map(lambda name: name[::-1], na_action="ignore").astype("str")
    renamed = Corpus.of(posts, name="renamed")
    pd.testing.assert_frame_equal(rmst(renamed, seed=7, draws=60), rmst(corpus, seed=7, draws=60))


def test_a_thread_that_waits_in_vain_makes_the_mean_longer():
    """One more opener without an answer raises every mean, and one who is answered at once lowers it."""
    before = rmst(corpus_of(*FIVE, days=40), seed=7, draws=20)["estimate"]
    vain = rmst(corpus_of(*FIVE, ("t6", "t6", "fay", 0, None), days=40), seed=7, draws=20)["estimate"]
    soon = (("t6", "t6", "fay", 0, None), ("r6", "t6", "ann", 0.01, "t6"))
    assert (vain > before).all()
    assert (rmst(corpus_of(*FIVE, *soon, days=40), seed=7, draws=20)["estimate"] < before).all()


def test_where_nobody_is_answered_the_mean_is_the_horizon_and_not_certain():
    """Two openers without an answer, or with their own replies only, wait all day; the low bound is far below."""
    own = ("r", "a", "ann", 1, "a")
    corpus = corpus_of(("a", "a", "ann", 0, None), ("b", "b", "ben", 0, None), own, days=2)
    row = rmst(corpus, seed=7, draws=20).loc["24 h"]
    assert (row["estimate"], row["high"]) == (24, 24)
    assert row["low"] == pytest.approx(24 * 0.025 ** (1 / 2))


def test_what_nobody_was_followed_for_is_undefined():
    """All censored after two hours, and no posts at all, give reasons instead of numbers."""
    censored = rmst(corpus_of(("a", "a", "ann", 0, None), ("b", "b", "ben", 2, None)), seed=7)
    assert censored["estimate"].isna().all()
    assert censored["method"].str.contains("followed").all()
    empty = rmst(corpus_of(*FIVE).select(until="2001-01-01"), seed=7)
    assert empty["method"].str.startswith("undefined: no opening post").all()
    assert rmst(corpus_of(*FIVE).select(until="2001-01-01"), seed=7, by="platform").empty


def test_one_author_has_no_interval():
    """With a single opening author there is nobody to draw anew."""
    rows = [("a", "a", "ann", 0, None), ("x", "a", "ben", 0.5, "a"), ("b", "b", "ann", 0, None)]
    row = rmst(corpus_of(*rows, days=2), seed=7).loc["24 h"]
    assert row["estimate"] == pytest.approx((0.5 + 24) / 2)
    assert "one author" in row["method"]

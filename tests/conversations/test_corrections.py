"""Corrections, edits and removals: by hand, and what was not looked at or not told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Coding, Corpus, papers
from socialwork_research.conversations import corrections
from socialwork_research.errors import CodingError

from .conftest import START, corpus_of

RISK, PEER = "client_derogation", "peer_correction"
ROWS = (
    ("a", "a", "ann", 0, None), ("a1", "a", "ben", 0.5, "a"), ("a2", "a", "cat", 5, "a"),  # by Ben after half an hour
    ("b", "b", "ben", 0, None), ("b1", "b", "ben", 1, "b"), ("b2", "b", "dan", 20, "b"),  # his own does not count
    ("c", "c", "cat", 0, None), ("c1", "c", "dan", 2, "c"),  # no correction in 30 days
    ("d", "d", None, 0, None), ("d1", "d", "ann", 1, "d"),  # of an unknown author: not followed
)  # fmt: skip


def told(corpus: Corpus, *, risky: list[str], peers: list[str], seen: list[str] | None = None) -> Coding:
    """One coder's marks: posts with the risk code, and posts that correct."""
    looked = pd.DataFrame({"post_id": seen or corpus.posts["post_id"].tolist()})
    marks = pd.DataFrame({"post_id": risky + peers, "code": [RISK] * len(risky) + [PEER] * len(peers)})
    return Coding.of(looked.assign(coder="c", codebook="boundary_risk", version="1"), marks.assign(coder="c"))


def test_three_posts_worked_by_hand():
    """One is corrected within the hour, one by another within a day, one never."""
    corpus = corpus_of(*ROWS, days=30)
    marks = told(corpus, risky=["a", "b", "c", "d"], peers=["a1", "a2", "b1", "b2", "d1"])
    table = corrections(corpus, marks, codes=RISK, by=PEER, seed=7, draws=50)
    rows = table.loc["corrected"]
    assert rows["estimate"].tolist() == pytest.approx([1 / 3, 1 / 3, 2 / 3, 2 / 3])
    assert rows["n_seen"].tolist() == [1, 1, 2, 2]
    assert (rows["n_posts"] == 3).all()
    assert papers(table)["notes"]["dropped"]["posts of unknown authors"] == 1


def test_a_post_that_was_not_looked_at_ends_the_following():
    """Where the first later post was not looked at, nobody knows: the post is followed no longer than that."""
    corpus = corpus_of(*ROWS, days=30)
    seen = ["a", "a1", "a2", "b", "b1", "b2", "c"]  # c1, two hours after c, was not looked at
    table = corrections(
        corpus, told(corpus, risky=["a", "b", "c"], peers=["a1"], seen=seen), codes=RISK, by=PEER, seed=7, draws=20
    )
    assert table.loc[("corrected", "24 h"), "estimate"] == pytest.approx(1 / 3)
    assert table.loc[("corrected", "7 d"), "n_posts"] == 3
    assert papers(table)["notes"]["dropped"]["posts followed only until one that was not looked at"] == 1


def test_edits_and_removals_are_read_where_the_export_tells_them():
    """One of three posts was edited after three hours; of removals the export tells nothing, so nothing is said."""
    posts = corpus_of(*ROWS, days=30).posts
    posts.loc[posts["post_id"] == "a", "edited_at"] = START + pd.Timedelta(3, "h")
    corpus = Corpus.of(posts, name="edited")
    table = corrections(corpus, told(corpus, risky=["a", "b", "c"], peers=[]), codes=RISK, by=PEER, seed=7, draws=20)
    assert table.loc["edited", "estimate"].tolist() == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3])
    assert table.loc["removed", "estimate"].isna().all()
    assert table.loc["removed", "method"].str.contains("tells no such time").all()


def test_none_corrected_has_an_upper_bound():
    """Where no post was corrected the share is nought, and its interval reaches up."""
    corpus = corpus_of(*ROWS, days=30)
    row = corrections(corpus, told(corpus, risky=["a", "b", "c"], peers=[]), codes=RISK, by=PEER, seed=7, draws=20).loc[
        ("corrected", "24 h")
    ]
    assert (row["estimate"], row["low"]) == (0, 0)
    assert row["high"] == pytest.approx(1 - 0.025 ** (1 / 3))


def test_no_such_post_no_figures():
    """Without a post of the codes asked for, or without posts, every figure is undefined with a reason."""
    corpus = corpus_of(*ROWS)
    for where in (corpus, Corpus.of(corpus.posts.head(0), name="none")):
        table = corrections(where, told(corpus, risky=[], peers=["a1"]), codes=RISK, by=PEER, seed=7, draws=5)
        assert np.isnan(table["estimate"]).all()
        assert table["method"].str.contains("no such post").all()


def test_names_and_order_do_not_matter():
    """Other names and another order of rows give the same table."""
    corpus = corpus_of(*ROWS, days=30)
    marks = told(corpus, risky=["a", "b", "c"], peers=["a1", "b2"])
    table = corrections(corpus, marks, codes=RISK, by=PEER, seed=7, draws=50)
    renamed = corpus.posts["author_id"].map({"ann": "z", "ben": "y", "cat": "x", "dan": "w"})
    posts = corpus.posts.assign(author_id=renamed, reply_to_author=None).sample(frac=1, random_state=5)
    again = corrections(Corpus.of(posts, name="again"), marks, codes=RISK, by=PEER, seed=7, draws=50)
    pd.testing.assert_frame_equal(again, table)


def test_two_coders_are_refused():
    """Two coders' marks must be settled first."""
    corpus = corpus_of(*ROWS)
    one = told(corpus, risky=["a"], peers=[])
    two = Coding.of(one.looked_at.assign(coder="d"), one.marks.assign(coder="d", mark_id=None))
    with pytest.raises(CodingError, match="2 coders"):
        corrections(corpus, Coding.stack([one, two]), codes=RISK, by=PEER, seed=7)

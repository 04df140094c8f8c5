"""What a corpus holds, group by group."""

from __future__ import annotations

import pandas as pd
import pytest

from socialwork_research import Corpus
from socialwork_research.errors import OptionError


@pytest.fixture(scope="module")
def corpus(corpus_of) -> Corpus:
    """Five posts: two in a community, three in none, one author unknown, one post deleted."""
    return corpus_of(
        {
            "author_id": ["x", "x", "y", None, "x"],
            "thread_id": ["s", "s", "t", "t", "u"],
            "community": ["c", "c", None, None, None],
            "is_deleted": [False, False, True, False, False],
            "created_at": pd.date_range("2024-05-01T22:00Z", periods=5, freq="h").as_unit("us"),
        }
    )


def test_groups_are_counted_by_hand(corpus: Corpus):
    """Posts, known authors, threads, deleted and unsigned posts are counted; a missing group is called not stated."""
    table = corpus.summary(by="community")
    assert table.index.name == "community"
    counts = [name for name in table if name.startswith("n_")]
    assert counts == ["n_posts", "n_authors", "n_threads", "n_deleted", "n_without_author"]
    assert table[counts].loc["c"].tolist() == [2, 1, 1, 0, 0]
    assert table[counts].loc["not stated"].tolist() == [3, 2, 2, 1, 1]
    assert table.loc["not stated", ["first_at", "last_at"]].tolist() == [pd.Timestamp("2024-05-02", tz="UTC")] * 2


def test_counts_add_up_to_the_corpus(sample: Corpus):
    """By whatever the posts are grouped, the groups hold each post once."""
    for by in ("platform", "community", "kind", "lang", "author_state"):
        table = sample.summary(by=by)
        assert table["n_posts"].sum() == len(sample)
        assert table["n_deleted"].sum() == sample.posts["is_deleted"].sum()
        assert table.index.is_unique


def test_a_group_of_unsigned_posts_has_no_author(corpus_of):
    """Where no author is known, the number of authors is zero."""
    table = corpus_of({"author_id": [None, None]}).summary()
    assert table.loc["forum", ["n_posts", "n_authors", "n_without_author"]].tolist() == [2, 0, 2]


def test_no_posts_give_no_rows(corpus_of):
    """An empty corpus has an empty summary with all its columns."""
    table = corpus_of({"post_id": []}).summary()
    assert table.empty
    assert "n_authors" in table


def test_another_grouping_is_refused(corpus: Corpus):
    """Posts are not counted author by author: such a table is about persons."""
    with pytest.raises(OptionError, match="by='author_id'"):
        corpus.summary(by="author_id")

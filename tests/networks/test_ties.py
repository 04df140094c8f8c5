"""The event table of ties: by hand, across engines, and what it drops."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, networks, papers, save
from socialwork_research.errors import OptionError


def pairs(ties: pd.DataFrame) -> list[tuple[str, str]]:
    """List source and target of each tie."""
    return list(zip(ties["source"], ties["target"], strict=True))


def test_three_authors_and_five_posts_by_hand(five_posts: Corpus) -> None:
    """Three replies to others make three ties, in the order of time; the reply to oneself is dropped and counted."""
    ties = networks.ties(five_posts)
    assert pairs(ties) == [("bob", "ann"), ("ann", "bob"), ("cat", "ann")]
    assert ties["post_id"].tolist() == ["p2", "p3", "p4"]
    assert set(ties["thread_id"]) == {"p1"} and set(ties["kind"]) == {"reply"}
    assert ties["at"].tolist() == five_posts.posts["created_at"].iloc[1:4].tolist()
    assert ties.index.name == "tie"
    assert papers(ties)["notes"]["dropped"] == {"self-ties": 1}


def test_self_ties_stay_if_asked_for(five_posts: Corpus) -> None:
    """With self_ties=True the reply to oneself is a row, and the papers count it."""
    ties = networks.ties(five_posts, self_ties=True)
    assert pairs(ties)[-1] == ("ann", "ann")
    notes = papers(ties)["notes"]
    assert (notes["n_ties"], notes["self_ties_kept"], notes["dropped"]) == (4, 1, {})


def test_what_is_dropped_is_counted_by_reason(corpus_of) -> None:
    """Unknown authors on either side and absent parents are dropped, each counted under its reason; roots are no loss."""
    corpus = corpus_of(
        ("p1", "p1", None, None), ("p2", "p1", "bob", "p1"), ("p3", "p1", None, "p2"), ("p4", "p1", "cat", "gone"),
        ("p5", "p1", "ann", "p2"),
    )  # fmt: skip
    ties = networks.ties(corpus)
    assert pairs(ties) == [("ann", "bob")]
    assert papers(ties)["notes"]["dropped"] == {
        "author of the answered, mentioned or quoted post unknown": 1,
        "author of the post unknown": 1,
        "answered or quoted post not in the corpus": 1,
    }


def test_a_delivered_recipient_stands_in_for_an_absent_parent_only(corpus_of) -> None:
    """A recipient that the export names counts where the parent is absent, not where the parent's author is unknown."""
    corpus = corpus_of(
        ("p1", "p1", None, None), ("p2", "p1", "bob", "p1"), ("p3", "p1", "cat", "gone"), ("p4", "p1", "dan", None),
        reply_to_author=[None, "ann", "eve", "eve"],
    )  # fmt: skip
    ties = networks.ties(corpus)
    assert pairs(ties) == [("cat", "eve"), ("dan", "eve")]
    assert papers(ties)["notes"]["recipient_delivered_by_the_export"] == 2


def test_mentions_are_taken_apart(corpus_of) -> None:
    """Each account is one tie a post, however often it is named; mentions of oneself and in reposts are none."""
    corpus = corpus_of(
        ("p1", "p1", "ann", None), ("p2", "p2", "bob", None), ("p3", "p3", "cat", None), ("p4", "p4", "dan", None),
        ("p5", "p5", None, None),
        mentions=[["bob", "ann", "cat", "bob"], [], None, ["ann"], ["ann"]],
        kind=["post", "post", "post", "repost", "post"],
    )  # fmt: skip
    ties = networks.ties(corpus, kind="mention")
    assert pairs(ties) == [("ann", "bob"), ("ann", "cat")]
    assert papers(ties)["notes"]["dropped"] == {"self-ties": 1, "author of the post unknown": 1}


def test_quotes_point_to_the_author_of_the_quoted_post(corpus_of) -> None:
    """A quoting post makes a tie to the author quoted, and an absent quoted post makes none, whatever it replies to."""
    corpus = corpus_of(
        ("p1", "p1", "ann", None), ("p2", "p2", "bob", "p1"), ("p3", "p3", "cat", None),
        quote_of=[None, "p1", "gone"], reply_to_author=[None, "ann", "ann"],
    )  # fmt: skip
    ties = networks.ties(corpus, kind="quote")
    assert pairs(ties) == [("bob", "ann")]
    assert papers(ties)["notes"]["dropped"] == {"answered or quoted post not in the corpus": 1}


@pytest.mark.parametrize("kind", ["reply", "mention", "quote"])
def test_no_ties_give_an_empty_table_with_its_columns(corpus_of, kind: str) -> None:
    """Posts that refer to nobody give an empty table with all columns of their types."""
    ties = networks.ties(corpus_of(("p1", "p1", "ann", None)), kind=kind)
    full = networks.ties(corpus_of(("p1", "p1", "ann", None), ("p2", "p1", "bob", "p1")))
    assert len(ties) == 0
    assert list(ties.columns) == list(full.columns)
    assert str(ties["at"].dtype) == "datetime64[us, UTC]"


def test_an_unknown_kind_is_refused_with_the_nearest(five_posts: Corpus) -> None:
    """A misspelt kind raises OptionError and names what was meant."""
    with pytest.raises(OptionError, match="reply"):
        networks.ties(five_posts, kind="replies")


def test_the_order_of_posts_changes_nothing(grown: Corpus) -> None:
    """Shuffled posts give the same table, row for row."""
    shuffled = Corpus.of(grown.posts.sample(frac=1, random_state=5), name="shuffled")
    assert_frame_equal(networks.ties(grown), networks.ties(shuffled))


@pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning:dask")  # dask 2026.8 on pandas 3.1
@pytest.mark.parametrize("engine", ["pandas", "duckdb", "dask"])
@pytest.mark.parametrize("kind", ["reply", "mention", "quote"])
def test_every_engine_gives_the_same_ties(grown: Corpus, tmp_path: Path, kind: str, engine: str) -> None:
    """The table is equal on pandas in memory, and on pandas, DuckDB and Dask over the saved parts."""
    posts = grown.posts
    posts = posts.assign(
        quote_of=posts["reply_to"].where(posts.index % 3 == 0),
        mentions=[[other] if place % 2 else [] for place, other in enumerate(posts["author_id"].shift(fill_value="x"))],
    )
    corpus = Corpus.of(posts, name="grown")
    save(corpus, tmp_path / "grown", raw=True)
    there = Corpus.open(tmp_path / "grown", engine=engine)
    expected = networks.ties(corpus, kind=kind)
    assert len(expected) > 100
    assert_frame_equal(networks.ties(there, kind=kind), expected)

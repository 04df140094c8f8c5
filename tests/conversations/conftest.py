"""Invented threads of which everything is known."""

from __future__ import annotations

import pandas as pd

from socialwork_research import Corpus

START = pd.Timestamp("2024-03-01T00:00:00Z")


def corpus_of(*rows: tuple, days: float | None = None) -> Corpus:
    """Make a corpus of (post, thread, author, hours since the start, post answered); fetched after so many days."""
    posts = pd.DataFrame(rows, columns=["post_id", "thread_id", "author_id", "hours", "reply_to"])
    posts["created_at"] = START + pd.to_timedelta(posts.pop("hours").astype("float64"), unit="h")
    posts["platform"] = "forum"
    posts["kind"] = posts["reply_to"].isna().map({True: "post", False: "comment"}).astype("str")
    if days is not None:
        posts["fetched_at"] = START + pd.Timedelta(days, "D")
    return Corpus.of(posts, name="invented")


FIVE = (
    ("t1", "t1", "ann", 0, None),
    ("r1", "t1", "ben", 0.5, "t1"),
    ("t2", "t2", "ben", 0, None),
    ("r2", "t2", "ben", 1, "t2"),  # a reply to oneself is no answer
    ("r3", "t2", "cat", 5, "r2"),
    ("t3", "t3", "cat", 0, None),
    ("t4", "t4", "dan", 237, None),  # three hours before the posts were fetched
    ("t5", "t5", "eve", 0, None),
    ("r4", "t5", "ann", 20, "t5"),
)

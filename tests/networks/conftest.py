"""Corpora of a few posts, written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from socialwork_research import Corpus, simulation

Post = tuple[str, str, str | None, str | None]
Build = Callable[..., Corpus]


def _build(*posts: Post, **columns: list[object]) -> Corpus:
    """Make a corpus of posts (id, thread, author, post answered), an hour apart, with further columns."""
    table = pd.DataFrame(list(posts), columns=["post_id", "thread_id", "author_id", "reply_to"], dtype="str")
    table["created_at"] = pd.date_range("2024-03-01T09:00", periods=len(table), freq="h", tz="UTC")
    return Corpus.of(table.assign(platform="forum", **columns), name="by hand")


@pytest.fixture(scope="session")
def corpus_of() -> Build:
    """Make a corpus of posts (id, thread, author, post answered)."""
    return _build


@pytest.fixture(scope="session")
def five_posts() -> Corpus:
    """Three authors, five posts: ann opens, bob answers, ann answers bob, cat answers ann's first, ann answers herself."""
    return _build(
        ("p1", "p1", "ann", None), ("p2", "p1", "bob", "p1"), ("p3", "p1", "ann", "p2"), ("p4", "p1", "cat", "p1"),
        ("p5", "p1", "ann", "p3"),
    )  # fmt: skip


@pytest.fixture(scope="session")
def grown() -> Corpus:
    """A simulated corpus with a planted tendency to reply back."""
    return simulation.threads(n_threads=60, n_authors=80, reply_back=0.6, seed=3)

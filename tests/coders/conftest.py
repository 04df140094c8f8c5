"""Invented posts, as a corpus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from socialwork_research import Codebook, Corpus

Make = Callable[..., Corpus]


@pytest.fixture(scope="session")
def book() -> Codebook:
    """The shipped codebook of boundary risk."""
    return Codebook.open("boundary_risk")


@pytest.fixture(scope="session")
def make() -> Make:
    """A function that makes a corpus of texts; further columns may be given."""

    def made(*texts: str | None, **columns: Any) -> Corpus:
        posts = pd.DataFrame(
            {
                "post_id": [f"p{number:03d}" for number in range(len(texts))],
                "thread_id": [f"t{number % 3}" for number in range(len(texts))],
                "author_id": [f"a{number % 5}" for number in range(len(texts))],
                "platform": "forum",
                "created_at": pd.Timestamp("2021-03-01", tz="UTC") + pd.to_timedelta(range(len(texts)), unit="h"),
                "text": pd.Series(texts, dtype="str"),
                **columns,
            }
        )
        return Corpus.of(posts, name="made by hand")

    return made

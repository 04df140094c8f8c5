"""The circumstances of each post that bear on its being answered: when, how long, a question, how new its author."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import frames
from ..corpus import Corpus

__all__ = ["ADJUSTED_FOR", "circumstances", "covariates"]

ADJUSTED_FOR = (
    "hour of day (two harmonics), weekday, length, question mark, days since its author's first post, whether it opens "
    "its thread, and posts before it in the thread"
)
_POSTS = ["post_id", "kind", "thread_id", "reply_to", "author_id", "created_at", "title", "text"]


def circumstances(corpus: Corpus) -> pd.DataFrame:
    """Return the posts of known authors in the order of time (index: post_id), reposts left out, with what they bear."""
    posts = frames.collect(corpus.scan().select(_POSTS), by=["created_at", "post_id"])
    posts["before"] = posts.groupby("thread_id").cumcount()
    posts = posts[posts["author_id"].notna() & posts["kind"].ne("repost")]
    words = posts["title"].fillna("") + " " + posts["text"].fillna("")
    first = posts.groupby("author_id")["created_at"].transform("min")
    return posts.assign(
        length=words.str.strip().str.len(),
        asks=words.str.contains("?", regex=False),
        is_silent=posts["text"].isna() & posts["title"].isna(),
        tenure=(posts["created_at"] - first) / pd.Timedelta(1, "D"),
        opens=posts["reply_to"].isna(),
    ).set_index("post_id")


def covariates(posts: pd.DataFrame) -> np.ndarray:
    """Return one column a covariate, for posts from `circumstances`."""
    at = posts["created_at"].dt
    hour = (at.hour + at.minute / 60).to_numpy(dtype=float) * (2 * np.pi / 24)
    weekday = at.day_of_week.to_numpy()
    columns = [
        np.sin(hour),
        np.cos(hour),
        np.sin(2 * hour),
        np.cos(2 * hour),
        *((weekday == day).astype(float) for day in range(1, 7)),
        np.log1p(posts["length"].to_numpy(dtype=float)),
        posts["asks"].to_numpy(dtype=float),
        posts["is_silent"].to_numpy(dtype=float),
        np.log1p(posts["tenure"].to_numpy(dtype=float)),
        posts["opens"].to_numpy(dtype=float),
        np.log1p(posts["before"].to_numpy(dtype=float)),
    ]
    return np.column_stack(columns)

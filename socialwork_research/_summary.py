"""What a corpus holds, group by group: one expression for every engine."""

from __future__ import annotations

from typing import Any, Literal

import narwhals as nw
import pandas as pd

from . import frames

Grouping = Literal["platform", "community", "kind", "lang", "author_state"]
_MISSING = "not stated"


def summary(posts: nw.LazyFrame[Any], by: str) -> pd.DataFrame:
    """Count posts, authors, threads and deleted posts by `by`; the days of the first and the last post."""
    flagged = posts.with_columns(
        group=nw.col(by).fill_null(_MISSING),
        without=nw.col("author_id").is_null().cast(nw.Int64),
        deleted=nw.col("is_deleted").cast(nw.Int64),
    )
    counts = flagged.group_by("group").agg(
        n_posts=nw.col("post_id").count(),
        n_authors=nw.col("author_id").n_unique(),
        unknown=nw.col("without").max(),
        n_threads=nw.col("thread_id").n_unique(),
        n_deleted=nw.col("deleted").sum(),
        n_without_author=nw.col("without").sum(),
        first_at=nw.col("created_at").min(),
        last_at=nw.col("created_at").max(),
    )
    table = frames.collect(counts, by=["group"])
    authors = table["n_authors"] - table.pop("unknown")  # n_unique counts "missing" as one more author
    result = table.assign(n_authors=authors.astype("int64")).rename(columns={"group": by}).set_index(by)
    for name in ("first_at", "last_at"):
        result[name] = result[name].dt.floor("D")
    order = ["n_posts", "n_authors", "n_threads", "n_deleted", "n_without_author", "first_at", "last_at"]
    whole = {name: result[name].astype("int64") for name in order if name.startswith("n_")}
    return result.assign(**whole)[order]

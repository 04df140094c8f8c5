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
        n_deleted=nw.col("deleted").sum(),
        n_without_author=nw.col("without").sum(),
        first_at=nw.col("created_at").min(),
        last_at=nw.col("created_at").max(),
    )
    result = frames.collect(counts, by=["group"]).set_index("group")
    result["n_authors"] = _distinct(flagged, "author_id").reindex(result.index, fill_value=0)
    result["n_threads"] = _distinct(flagged, "thread_id").reindex(result.index, fill_value=0)
    for name in ("first_at", "last_at"):
        result[name] = result[name].dt.floor("D")
    order = ["n_posts", "n_authors", "n_threads", "n_deleted", "n_without_author", "first_at", "last_at"]
    whole = {name: result[name].astype("int64") for name in order if name.startswith("n_")}
    return result.assign(**whole)[order].rename_axis(by)


def _distinct(flagged: nw.LazyFrame[Any], column: str) -> pd.Series:
    """Count the different values of a column in each group, missing ones apart.

    ``n_unique`` in a grouping adds up the numbers of the parts on Dask; pairs made unique first are counted right on any
    engine.
    """
    pairs = flagged.select("group", column).filter(~nw.col(column).is_null()).unique()
    counted = frames.collect(pairs.group_by("group").agg(n=nw.col(column).count()), by=["group"])
    return counted.set_index("group")["n"]

"""From the rows of a coder (a row a mark, and one for a post without) to a Coding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..coding import Coding

if TYPE_CHECKING:
    from ..codebook import Codebook

__all__ = ["coding_of", "looked_at"]

_UNITS = ["thread_id", "author_id", "platform", "community"]
_MARK = ["code", "stance", "severity", "span_start", "span_end", "rule"]
_SPEAKER = ["role", "profession", "certainty"]


def looked_at(posts: pd.DataFrame) -> pd.DataFrame:
    """Return the posts that a coder can look at (not deleted, with a text or title), in the order of their ids."""
    written = posts["text"].fillna("").str.strip().ne("") | posts["title"].fillna("").str.strip().ne("")
    return posts[written & ~posts["is_deleted"]].sort_values("post_id", kind="stable", ignore_index=True)


def coding_of(rows: pd.DataFrame, *, coder: str, book: Codebook) -> Coding:
    """Make a Coding of the rows that the parts of a corpus gave."""
    rows = rows.sort_values("post_id", kind="stable", ignore_index=True).assign(coder=coder)
    posts = rows.drop_duplicates("post_id", ignore_index=True)
    seen = posts[["post_id", "coder", *_UNITS]].assign(codebook=book.name, version=book.version)
    marks = (
        rows.loc[rows["code"].notna(), ["post_id", "coder", *_MARK]].reset_index(drop=True) if "code" in rows else None
    )
    return Coding.of(seen, marks, posts[["post_id", "coder", *_SPEAKER]])

"""One row a thread: the post that opens it, and the first answer by another author.

Written once for all engines. A thread is opened by the post whose id it bears. Where no post bears it (a forum's
topic number), the thread is opened by its first post, provided that it answers nothing and is no comment; if the first
post here answers one that is not here, the opening post was not delivered, and the thread has none.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from .. import frames
from ..corpus import Corpus

_OPENING_KINDS = ["post", "question", "message"]
_KEY = ["thread_id", "opener_id"]
_ABOUT = ["platform", "community", "is_deleted", "removed_at"]


def posts(corpus: Corpus) -> nw.LazyFrame[Any]:
    """Return the posts of threads, without reposts."""
    return corpus.scan().filter(nw.col("kind") != "repost")


def openers(corpus: Corpus) -> pd.DataFrame:
    """Return one row a thread, sorted by ``thread_id``.

    Columns: ``thread_id``, ``opener_id`` (missing where the opening post is not in the corpus), ``author_id`` of the
    opening post, its ``platform``, ``community``, ``is_deleted`` and ``removed_at``, ``opened_at``, ``answered_at``
    (first post by another known author; missing without one) and ``unknown_at`` (first other post whose author is not
    known).
    """
    is_named = nw.col("post_id") == nw.col("thread_id")
    said = posts(corpus).with_columns(named=is_named.cast(nw.Int64))
    threads = said.group_by("thread_id").agg(n_named=nw.col("named").sum(), first_at=nw.col("created_at").min())
    opens = is_named | (
        (nw.col("n_named") == 0)
        & (nw.col("created_at") == nw.col("first_at"))
        & nw.col("reply_to").is_null()
        & nw.col("kind").is_in(_OPENING_KINDS)
    )
    opening = said.join(threads, on="thread_id", how="inner").filter(opens)
    opening = opening.select("thread_id", "author_id", *_ABOUT, opener_id="post_id", opened_at="created_at")
    whole = threads.select("thread_id").join(opening, on="thread_id", how="left")
    whole = whole.join(_first_answers(said, opening), on=_KEY, how="left")
    table = frames.collect(whole, by=_KEY)
    return table.drop_duplicates("thread_id", ignore_index=True)  # two first posts at one instant: the first by id


def _first_answers(said: nw.LazyFrame[Any], opening: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return for each opening post when first another known author, and when first an unknown one, was seen."""
    asked = opening.select("thread_id", "opener_id", asker="author_id")
    others = said.select("thread_id", "post_id", "author_id", "created_at").join(asked, on="thread_id", how="inner")
    others = others.filter(nw.col("post_id") != nw.col("opener_id"))
    is_unknown = nw.col("author_id").is_null()
    is_another = ~is_unknown & ~nw.col("asker").is_null() & (nw.col("author_id") != nw.col("asker"))
    timed = others.select(
        *_KEY,
        answered_at=nw.when(is_another).then(nw.col("created_at")),
        unknown_at=nw.when(is_unknown).then(nw.col("created_at")),
    )
    return timed.group_by(_KEY).agg(nw.col("answered_at").min(), nw.col("unknown_at").min())


def dropped(corpus: Corpus, threads: pd.DataFrame) -> dict[str, int]:
    """Count what the rows of `threads` leave out of account."""
    has_opener = threads["opener_id"].notna()
    reposts = corpus.scan().select(n=(nw.col("kind") == "repost").cast(nw.Int64).sum())
    n_reposts = frames.collect(reposts, by=[])["n"].fillna(0)
    return {
        "threads whose opening post is not in the corpus": int((~has_opener).sum()),
        "threads whose opening post has no known author": int((has_opener & threads["author_id"].isna()).sum()),
        "reposts": int(n_reposts.iloc[0]),
    }


def cautions(corpus: Corpus) -> str:
    """Tell, for the column ``method``, which selections may have taken answers away."""
    by = sorted(
        {str(step.get("by")) for step in corpus.steps if step.get("what") == "select"}
        & {"words", "lang", "ids", "automated"}
    )
    return f"; posts were selected by {' and '.join(by)}, so answers left out count as none" if by else ""

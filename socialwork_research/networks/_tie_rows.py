"""Ties that could be, kind by kind: replies and quotes joined to their posts, mentions taken apart, threads paired, follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .. import frames
from ..corpus import Corpus
from ..errors import SchemaError
from ._tie_kinds import COLUMNS, MOST_AUTHORS, REFERENCE, TIE_ORDER, Kind

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["links", "rows_of"]

_TIME = "datetime64[us, UTC]"


def rows_of(corpus: Corpus, kind: Kind) -> tuple[pd.DataFrame, dict[str, int]]:
    """List all ties of a kind that could be, sorted, and what was lost before there was a row."""
    if kind == "mention":
        return frames.canonical(corpus.map(_mentions)).sort_values(TIE_ORDER, kind="stable", ignore_index=True), {}
    if kind == "co_thread":
        return _pairs(corpus)
    if kind == "follow":
        return _follows(corpus)
    return frames.collect(links(corpus.scan(), kind), by=TIE_ORDER), {}


def links(posts: nw.LazyFrame[Any], kind: Kind, *, is_bare: bool = False) -> nw.LazyFrame[Any]:
    """Join each reply (or quoting post) to the post it refers to, on whatever engine holds them.

    What the losses are told by (the authors' states, the time of the other post) is left out where `is_bare` is set.
    """
    import narwhals as nw

    reference = REFERENCE[kind]
    delivered = nw.lit(None, dtype=nw.String) if kind == "quote" else nw.col("reply_to_author")
    own = {} if is_bare else {"state": nw.col("author_state")}
    others = {} if is_bare else {"met_state": nw.col("author_state"), "before": nw.col("created_at")}
    referring = posts.select(
        "thread_id",
        "post_id",
        source=nw.col("author_id"),
        at=nw.col("created_at"),
        reference=nw.col(reference),
        delivered=delivered,
        **own,
    ).filter(~nw.col("reference").is_null() | ~nw.col("delivered").is_null())
    referred = posts.select(reference=nw.col("post_id"), met=nw.col("post_id"), author=nw.col("author_id"), **others)
    joined = referring.join(referred, on="reference", how="left")
    is_met = ~nw.col("met").is_null()
    target = nw.when(is_met).then(nw.col("author")).otherwise(nw.col("delivered"))
    whole = joined.with_columns(is_met=is_met, kind=nw.lit(kind), target=target)
    return whole.select(*COLUMNS, "is_met", *own, *others)


def _mentions(posts: pd.DataFrame) -> pd.DataFrame:
    """Take the lists of mentions of a part apart: one row for each account that a post mentions."""
    own = posts[posts["kind"] != "repost"]
    rows = pd.DataFrame(
        {
            "source": own["author_id"],
            "target": own["mentions"],
            "kind": "mention",
            "thread_id": own["thread_id"],
            "post_id": own["post_id"],
            "at": own["created_at"],
            "state": own["author_state"],
        }
    ).explode("target", ignore_index=True)
    rows = rows[rows["target"].notna()].drop_duplicates(["post_id", "target"], ignore_index=True)
    return rows.assign(target=rows["target"].astype("str"))


def _pairs(corpus: Corpus) -> tuple[pd.DataFrame, dict[str, int]]:
    """Pair the authors of each thread; the first post of each author in a thread stands for the author there."""
    first, lost = _first_posts(corpus)
    thread = pd.factorize(first["thread_id"])[0]
    size = np.bincount(thread)
    is_large = size > MOST_AUTHORS
    if is_large.any():
        large = size[is_large].astype(object)
        lost["pairs in threads of too many authors"] = int((large * (large - 1) // 2).sum())
        kept = ~is_large[thread]
        first, thread = first[kept].reset_index(drop=True), pd.factorize(thread[kept])[0]
        size = np.bincount(thread)
    start = np.concatenate([[0], np.cumsum(size)[:-1]]) if len(size) else np.zeros(0, dtype=np.int64)
    n_before = np.arange(len(first)) - start[thread]  # rows are sorted by thread: so many came earlier to it
    later = np.repeat(np.arange(len(first)), n_before)
    step = np.arange(len(later)) - np.repeat(np.cumsum(n_before) - n_before, n_before)
    earlier = start[thread][later] + step
    order = first.sort_values(["at", "post_id"]).drop_duplicates("author_id")["author_id"]
    place = pd.Index(order).get_indexer(first["author_id"])
    is_turned = place[later] < place[earlier]
    author = first["author_id"]
    rows = pd.DataFrame(
        {
            "source": author.take(np.where(is_turned, later, earlier)).array,
            "target": author.take(np.where(is_turned, earlier, later)).array,
            "kind": "co_thread",
            "thread_id": first["thread_id"].take(later).array,
            "post_id": first["post_id"].take(later).array,
            "at": first["at"].take(later).array,
            "before": first["at"].take(earlier).array,
        }
    )
    return _typed(rows).sort_values(TIE_ORDER, kind="stable", ignore_index=True), lost


def _first_posts(corpus: Corpus) -> tuple[pd.DataFrame, dict[str, int]]:
    """Find the first post of each author in each thread, sorted by thread and time; count posts without author."""
    import narwhals as nw

    posts = corpus.scan().select("thread_id", "post_id", "author_id", "author_state", at=nw.col("created_at"))
    unsigned = posts.filter(nw.col("author_id").is_null()).group_by("author_state").agg(n=nw.col("post_id").count())
    lost: dict[str, int] = {}
    for state, n in frames.collect(unsigned, by=[]).itertuples(index=False):
        known = state if state in ("deleted", "suspended") else "unknown"
        lost[f"posts whose author is {known}"] = lost.get(f"posts whose author is {known}", 0) + int(n)
    keys = ["thread_id", "author_id"]
    signed = posts.filter(~nw.col("author_id").is_null())
    earliest = signed.group_by(keys).agg(at=nw.col("at").min())
    opened = signed.join(earliest, on=[*keys, "at"], how="inner").group_by([*keys, "at"])
    first = frames.collect(opened.agg(post_id=nw.col("post_id").min()), by=["thread_id", "at", "post_id"])
    return first, dict(sorted(lost.items()))


def _follows(corpus: Corpus) -> tuple[pd.DataFrame, dict[str, int]]:
    """List who follows whom, each once."""
    follows = corpus.follows
    if follows is None:
        raise SchemaError(
            "The corpus has no table of who follows whom: that is not the same as nobody following. Mend: put a table "
            "called 'follows' (columns source, target) beside the posts before they are read."
        )
    rows = pd.DataFrame({"source": follows["source"].astype("str"), "target": follows["target"].astype("str")})
    rows["at"] = pd.to_datetime(
        follows["at"] if "at" in follows else pd.Series(None, rows.index, dtype=_TIME), utc=True
    )
    rows = rows.sort_values(["source", "target", "at"], ignore_index=True)
    again = rows.duplicated(["source", "target"])
    lost = {"listed more than once": int(again.sum())} if again.any() else {}
    rows = rows[~again].assign(kind="follow", thread_id=None, post_id=None)
    return _typed(rows).sort_values(["at", "source", "target"], kind="stable", ignore_index=True), lost


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of a table of ties their types, also where it is empty."""
    times = {name: _TIME for name in ("at", "before") if name in rows}
    return rows.astype({**dict.fromkeys(COLUMNS[:-1], "str"), **times})

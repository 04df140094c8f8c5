"""How long, how deep and how many-voiced threads are."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .. import frames
from ..corpus import Corpus
from ..kernels.trees import UNKNOWN, mean_distance, widths
from ..provenance import note, traced
from ._openers import cautions, dropped, openers, posts
from ._placed import Placed, placed

_COLUMNS = ("value", "n", "n_posts", "n_authors", "method")


@traced
def shape(corpus: Corpus) -> pd.DataFrame:
    """Describe the threads of a corpus: their number, length, depth, width and authors.

    Threads whose opening post is not in the corpus are left out and counted in the notes, as are reposts. The depth
    of a post is the number of replies from the opening post to it, found by following ``reply_to`` inside the thread.
    It is unknown where a parent is not in the thread, where none was delivered, and where replies answer each other
    in a ring. Threads in which the depth of every reply is unknown have no depth.

    Parameters
    ----------
    corpus
        Posts. A selection by words, language or ids takes posts out of their threads; ``method`` then says so.

    Returns
    -------
    One row for each measure (index ``measure``: threads, posts_mean, posts_median, posts_max, share_unanswered,
    depth_mean, depth_max, width_mean, width_max, virality_mean, h_index_mean, h_index_max, authors_mean,
    authors_median, authors_max): ``value`` (a number of threads, of posts a thread, of replies, or of authors a
    thread; for share_unanswered 0 to 1; for virality_mean the mean number of replies between two posts of a thread),
    ``n`` (threads it rests on), ``n_posts`` (posts in them), ``n_authors`` (known authors in them), ``method`` (and
    why a value is missing). ``share_unanswered`` knows nothing of time; ``responses`` allows for threads that had
    just begun. Virality grows with length: ``virality`` compares threads of one size with chance.

    References
    ----------
    Gómez, Kaltenbrunner & López (2008), doi:10.1145/1367497.1367585, for depth and h-index. Goel, Anderson, Hofman &
    Watts (2016), doi:10.1287/mnsc.2015.2158, for structural virality.

    Examples
    --------
    >>> import pandas as pd
    >>> from socialwork_research import Corpus
    >>> posts = pd.DataFrame({"post_id": ["a", "b", "c"], "reply_to": [None, "a", "b"], "author_id": ["x", "y", "x"]})
    >>> times = pd.to_datetime(["2021-05-04T09:00Z", "2021-05-04T11:00Z", "2021-05-04T12:00Z"])
    >>> posts = posts.assign(created_at=times, thread_id="a", platform="forum")
    >>> shape(Corpus.of(posts, name="three posts")).loc[["posts_max", "depth_max", "authors_max"], ["value", "n"]]
                 value  n
    measure
    posts_max      3.0  1
    depth_max      2.0  1
    authors_max    2.0  1
    """
    threads = openers(corpus)
    said = frames.collect(
        posts(corpus).select("thread_id", "post_id", "reply_to", "author_id"), by=["thread_id", "post_id"]
    )
    opened = threads[threads["opener_id"].notna()]
    said = said[said["thread_id"].isin(opened["thread_id"])].reset_index(drop=True)
    at = placed(said, opened["opener_id"])
    is_reply = ~said["post_id"].isin(opened["opener_id"]).to_numpy()
    table = _table(said, opened, at=at, is_reply=is_reply)
    depth = at.depth
    table["method"] += cautions(corpus)
    return note(
        table,
        dropped=dropped(corpus, threads),
        replies=int(is_reply.sum()),
        replies_of_unknown_depth=int((depth == UNKNOWN).sum()),
        of_these_without_parent_named=int((is_reply & said["reply_to"].isna().to_numpy()).sum()),
        posts_of_unknown_authors=int(said["author_id"].isna().sum()),
    )


def _trees(said: pd.DataFrame, *, at: Placed, is_reply: npt.NDArray[np.bool_]) -> dict[str, pd.Series]:
    """Measure each thread as a tree; threads of which no reply's depth is known are left out."""
    length = said.groupby("thread_id").size()
    known = said.assign(depth=at.depth, is_reply=is_reply)[at.depth != UNKNOWN].groupby("thread_id")
    deepest = known["depth"].max()
    deepest = deepest[known["is_reply"].any() | (length.loc[deepest.index] == 1)]
    names = pd.Index(pd.unique(said["thread_id"]), name="thread_id")
    widest, index = widths(at.depth, at.thread, n_trees=len(names))
    virality = mean_distance(at.parent, at.depth, at.thread, n_trees=len(names))
    whole = {"width": widest, "h_index": index, "virality": virality}
    measured = {name: pd.Series(value, index=names).loc[deepest.index].dropna() for name, value in whole.items()}
    return {"length": length, "depth": deepest, **measured}


def _table(said: pd.DataFrame, opened: pd.DataFrame, *, at: Placed, is_reply: npt.NDArray[np.bool_]) -> pd.DataFrame:
    threads = opened.set_index("thread_id")
    trees = _trees(said, at=at, is_reply=is_reply)
    length, deepest = trees["length"], trees["depth"]
    authors = said.groupby("thread_id")["author_id"].nunique()
    unanswered = threads.loc[threads["author_id"].notna(), "answered_at"].isna().astype("float64")
    length_method, depth_method = "opening post included", "greatest known depth of each thread"
    authors_method = "known authors, the opener included"
    width_method = "most posts at one depth"
    h_method = "h + 1 is the first depth with fewer posts than its number"
    measures: list[tuple[str, pd.Series, str, str]] = [
        ("posts_mean", length, "mean", length_method),
        ("posts_median", length, "median", length_method),
        ("posts_max", length, "max", length_method),
        ("share_unanswered", unanswered, "mean", "no post by another known author in the corpus"),
        ("depth_mean", deepest, "mean", depth_method),
        ("depth_max", deepest, "max", depth_method),
        ("width_mean", trees["width"], "mean", width_method),
        ("width_max", trees["width"], "max", width_method),
        ("virality_mean", trees["virality"], "mean", "mean distance between two posts, threads of two posts or more"),
        ("h_index_mean", trees["h_index"], "mean", h_method),
        ("h_index_max", trees["h_index"], "max", h_method),
        ("authors_mean", authors[authors > 0], "mean", authors_method),
        ("authors_median", authors[authors > 0], "median", authors_method),
        ("authors_max", authors[authors > 0], "max", authors_method),
    ]
    counted = {"value": float(len(threads)), **_counts(said, threads.index)}
    rows = [{"measure": "threads", **counted, "method": "threads whose opening post is in the corpus"}]
    for name, values, how, method in measures:
        missing = _reason(name, n_threads=len(threads)) if values.empty else ""
        value = np.nan if values.empty else float(values.agg(how))
        rows.append({"measure": name, "value": value, **_counts(said, values.index), "method": missing or method})
    table = pd.DataFrame(rows).astype({"measure": "str", "value": "float64", "method": "str"})
    return table.set_index("measure")[list(_COLUMNS)]


def _counts(said: pd.DataFrame, thread_ids: pd.Index) -> dict[str, Any]:
    inside = said[said["thread_id"].isin(thread_ids)]
    return {"n": len(thread_ids), "n_posts": len(inside), "n_authors": int(inside["author_id"].nunique())}


def _reason(name: str, *, n_threads: int) -> str:
    if not n_threads:
        return "undefined: no thread with its opening post"
    if name.startswith(("depth", "width", "virality", "h_index")):
        return "undefined: no reply leads back to its opening post"
    return (
        "undefined: no known author" if name.startswith("authors") else "undefined: no opening post of a known author"
    )

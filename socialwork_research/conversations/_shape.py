"""How long, how deep and how many-voiced threads are."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .. import frames
from ..corpus import Corpus
from ..provenance import note, traced
from ._openers import cautions, dropped, openers, posts

Ints = npt.NDArray[np.int64]
_UNKNOWN = -1
_COLUMNS = ("value", "n", "n_posts", "n_authors", "method")


@traced
def shape(corpus: Corpus) -> pd.DataFrame:
    """Describe the threads of a corpus: their number, length, depth and authors.

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
    depth_mean, depth_max, authors_mean, authors_median, authors_max): ``value`` (a number of threads, of posts a
    thread, of replies, or of authors a thread; for share_unanswered 0 to 1), ``n`` (threads it rests on),
    ``n_posts`` (posts in them), ``n_authors`` (known authors in them), ``method`` (and why a value is missing).
    ``share_unanswered`` knows nothing of time; ``responses`` allows for threads that had just begun.

    References
    ----------
    Gómez, Kaltenbrunner & López (2008), doi:10.1145/1367497.1367585.

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
    depth = _depths(said, opened["opener_id"])
    is_reply = ~said["post_id"].isin(opened["opener_id"]).to_numpy()
    table = _table(said, opened, depth=depth, is_reply=is_reply)
    table["method"] += cautions(corpus)
    return note(
        table,
        dropped=dropped(corpus, threads),
        replies=int(is_reply.sum()),
        replies_of_unknown_depth=int((depth == _UNKNOWN).sum()),
        of_these_without_parent_named=int((is_reply & said["reply_to"].isna().to_numpy()).sum()),
        posts_of_unknown_authors=int(said["author_id"].isna().sum()),
    )


def _depths(said: pd.DataFrame, opener_ids: pd.Series) -> Ints:
    """Return how many replies each post is away from its opening post; −1 where unknown.

    Every post jumps to its parent, then to its parent's parent, then four up, until all rest.
    """
    n = len(said)
    code = pd.factorize(said["thread_id"])[0]
    parent = pd.Index(said["post_id"]).get_indexer(said["reply_to"])
    parent[said["reply_to"].isna().to_numpy()] = _UNKNOWN
    elsewhere = (parent != _UNKNOWN) & (code[parent] != code)
    above = np.append(np.where((parent == _UNKNOWN) | elsewhere, n, parent), n)  # place n: no parent to be found
    is_opener = np.append(said["post_id"].isin(opener_ids).to_numpy(), False)
    above[is_opener] = np.flatnonzero(is_opener)
    steps = (above != np.arange(n + 1)).astype("int64")
    for _ in range(n.bit_length()):  # whoever has not come to rest after so many doublings goes round in a ring
        further = above[above]
        if np.array_equal(further, above):
            break
        steps, above = steps + steps[above], further
    return np.where(is_opener[above], steps, _UNKNOWN)[:n]


def _table(said: pd.DataFrame, opened: pd.DataFrame, *, depth: Ints, is_reply: npt.NDArray[np.bool_]) -> pd.DataFrame:
    threads = opened.set_index("thread_id")
    length = said.groupby("thread_id").size()
    authors = said.groupby("thread_id")["author_id"].nunique()
    known = said.assign(depth=depth, is_reply=is_reply)[depth != _UNKNOWN].groupby("thread_id")
    deepest = known["depth"].max()
    deepest = deepest[known["is_reply"].any() | (length.loc[deepest.index] == 1)]
    unanswered = threads.loc[threads["author_id"].notna(), "answered_at"].isna().astype("float64")
    length_method, depth_method = "opening post included", "greatest known depth of each thread"
    authors_method = "known authors, the opener included"
    measures: list[tuple[str, pd.Series, str, str]] = [
        ("posts_mean", length, "mean", length_method),
        ("posts_median", length, "median", length_method),
        ("posts_max", length, "max", length_method),
        ("share_unanswered", unanswered, "mean", "no post by another known author in the corpus"),
        ("depth_mean", deepest, "mean", depth_method),
        ("depth_max", deepest, "max", depth_method),
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
    if name.startswith("depth"):
        return "undefined: no reply leads back to its opening post"
    return (
        "undefined: no known author" if name.startswith("authors") else "undefined: no opening post of a known author"
    )

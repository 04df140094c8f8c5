"""What a coding tells of the posts in threads: where support is sought and given, thanks, and moves off the platform.

Support is given where a mark says so in its direction (``give``), unless its code is thanks, unsupportive or a move
away; it is sought likewise (``seek``). A mark without a direction says neither. Only posts that were looked at can be
marked, and a post that was not looked at is not taken for one without support.
"""

from __future__ import annotations

import pandas as pd

from .. import frames
from ..coding import Coding
from ..corpus import Corpus
from ._openers import posts

__all__ = ["MOVED", "SUPPORT_BOOK", "THANKS", "first_supported", "given_codes", "said_in", "seen_posts", "sought_codes"]

SUPPORT_BOOK = "social_support"
THANKS = "acknowledgement"
MOVED = "off_platform_move"
_NO_SUPPORT = (THANKS, MOVED, "unsupportive")


def seen_posts(coding: Coding) -> pd.Index:
    """Return the ids of posts looked at for support: by the codebook of support where it was used, else by any."""
    seen = coding.looked_at
    own = seen[seen["codebook"] == SUPPORT_BOOK]
    return pd.Index((own if len(own) else seen)["post_id"].unique())


def given_codes(coding: Coding) -> pd.DataFrame:
    """Return ``post_id, code`` of support given, once each."""
    return _directed(coding, "give")


def sought_codes(coding: Coding) -> pd.DataFrame:
    """Return ``post_id, code`` of support sought, once each."""
    return _directed(coding, "seek")


def _directed(coding: Coding, direction: str) -> pd.DataFrame:
    marks = coding.marks[(coding.marks["direction"] == direction) & ~coding.marks["code"].isin(_NO_SUPPORT)]
    rows = marks.loc[marks["post_id"].isin(seen_posts(coding)), ["post_id", "code"]]
    return rows.drop_duplicates().sort_values(["code", "post_id"], ignore_index=True)


def said_in(corpus: Corpus, threads: pd.DataFrame) -> pd.DataFrame:
    """Return the posts of these threads, the opening ones left out, in the order of thread, time and id.

    Columns: ``thread_id, post_id, author_id, created_at``, whether it ``is_unknown`` who wrote it, ``is_own`` (by the
    opener) or ``is_another`` (by another known author).
    """
    said = frames.collect(
        posts(corpus).select("thread_id", "post_id", "author_id", "created_at"),
        by=["thread_id", "created_at", "post_id"],
    )
    asked = threads[["thread_id", "opener_id", "author_id"]].rename(columns={"author_id": "asker"})
    said = said.merge(asked, on="thread_id", how="inner")
    said = said[said["post_id"] != said["opener_id"]].reset_index(drop=True)
    is_unknown = said["author_id"].isna()
    is_own = ~is_unknown & (said["author_id"] == said["asker"]).fillna(False).astype(bool)
    is_another = ~is_unknown & ~is_own & said["asker"].notna()
    return said.assign(is_unknown=is_unknown, is_own=is_own, is_another=is_another).drop(columns=["opener_id", "asker"])


def first_supported(corpus: Corpus, threads: pd.DataFrame, *, coding: Coding) -> pd.DataFrame:
    """Return for each thread (same rows, same index) when support first came, and what is not known of it.

    Columns: ``answered_at`` (first post of another known author in which support was seen to be given), ``unseen_at``
    (first post of another known author that was not looked at), ``unknown_at`` (first post of an unknown author that
    was not seen to give none), ``moved_at`` (first post, the opening one included, that moves the talk elsewhere),
    ``is_seen`` (whether the opening post was looked at).
    """
    said = said_in(corpus, threads)
    is_seen = said["post_id"].isin(seen_posts(coding))
    gives = said["post_id"].isin(given_codes(coding)["post_id"])
    marks = coding.marks
    moves = pd.Index(marks.loc[marks["code"] == MOVED, "post_id"].unique())
    at = {
        "answered_at": said["is_another"] & gives,
        "unseen_at": said["is_another"] & ~is_seen,
        "unknown_at": said["is_unknown"] & (gives | ~is_seen),
        "moved_at": said["post_id"].isin(moves),
    }
    result = pd.DataFrame(index=threads.index)
    for name, chosen in at.items():
        first = said[chosen].groupby("thread_id")["created_at"].min()
        result[name] = first.reindex(threads["thread_id"]).set_axis(threads.index)
    opener_moves = threads["opener_id"].isin(moves)
    result["moved_at"] = result["moved_at"].where(~opener_moves, threads["opened_at"])
    return result.assign(is_seen=threads["opener_id"].isin(seen_posts(coding)))

"""Planned conversations: announced chats, told by their numbered questions and answers."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ._weeks import By, timed

__all__ = ["LEAST_AUTHORS", "LEAST_MARKED", "LONGEST_GAP", "marked", "sessions"]

LONGEST_GAP = pd.Timedelta(30, "min")
LEAST_MARKED, LEAST_AUTHORS = 3, 2
# Q1, A1, Q.2, A3: and T4 (topic), as hosts of chats number what they ask, and participants what they answer.
_NUMBERED = re.compile(r"(?<![\w/&@#.£$€-])[QAT][.\s]?[1-9]\d?(?![\w%/]|\.\d)")


def marked(texts: pd.Series) -> pd.Series:
    """Say of each text whether it bears a chat's number: Q1, A1, T1 and so on."""
    return texts.fillna("").str.contains(_NUMBERED)


def sessions(corpus: Corpus, *, by: By) -> pd.DataFrame:
    """Return one row a post (as ``timed`` does), with the number of the chat that it belongs to; −1 outside of chats.

    A chat is a run of posts of one group with at most half an hour between two of them, of which at least three by
    two authors bear numbers of questions and answers; it begins and ends with such a post.
    """
    posts = timed(corpus, by=by, zone="UTC")
    flags = corpus.map(_flags)
    bears = posts["post_id"].isin(flags.loc[flags["bears"].astype(bool), "post_id"]).to_numpy()
    gap = posts["created_at"].diff() > LONGEST_GAP
    run = (gap | posts["group"].ne(posts["group"].shift())).cumsum()
    numbered = posts[bears].groupby(run[bears])
    enough = (numbered.size() >= LEAST_MARKED) & (numbered["author_id"].nunique() >= LEAST_AUTHORS)
    first, last = numbered["created_at"].min()[enough], numbered["created_at"].max()[enough]
    begins, ends = (bound.reindex(run).set_axis(posts.index) for bound in (first, last))
    inside = (posts["created_at"] >= begins) & (posts["created_at"] <= ends)
    number = np.where(inside, first.index.get_indexer(run), -1)
    return posts.assign(session=number.astype("int64"), is_numbered=bears)


def _flags(posts: pd.DataFrame) -> pd.DataFrame:
    bears = posts["kind"].ne("repost") & marked(posts["text"])
    return pd.DataFrame({"post_id": posts["post_id"], "bears": bears})

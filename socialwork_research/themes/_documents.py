"""From posts to documents: which posts are long enough, which say the same, in which order."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ..text import normalise, strip_quotes_of


class Documents(NamedTuple):
    """Posts with enough words, and their different texts.

    ``posts``: post_id, author_id, thread_id, document (place of its text among ``texts``), sorted by post_id. ``texts``: the
    different texts in the order of their sha256, so that nothing depends on names or on the order of the posts. ``left_out``:
    numbers of posts and why.
    """

    posts: pd.DataFrame
    texts: pd.Series
    left_out: dict[str, int]


def drawn(corpus: Corpus, *, min_words: int) -> Documents:
    """Read title and text of all posts, without what they quote, and keep those of at least `min_words` words."""
    found = corpus.map(spoken)
    long_enough = found[found["n_words"] >= min_words].sort_values("post_id", kind="stable", ignore_index=True)
    different = pd.Series(long_enough["text"].unique(), dtype="str")
    sums = [hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() for text in different]
    texts = different.iloc[np.argsort(sums)].reset_index(drop=True)
    place = pd.Series(np.arange(len(texts)), index=texts)
    posts = long_enough[["post_id", "author_id", "thread_id"]].assign(
        document=long_enough["text"].map(place).to_numpy()
    )
    left_out = {
        "posts without text": len(corpus) - len(found),
        f"posts of fewer than {min_words} words": len(found) - len(long_enough),
    }
    return Documents(posts, texts, left_out)


def spoken(posts: pd.DataFrame) -> pd.DataFrame:
    """Return post_id, author_id, thread_id, text (title and text, quotations out) and n_words of posts that say anything."""
    whole = posts["title"].fillna("") + "\n" + strip_quotes_of(posts["text"].fillna(""))
    tidy = whole.map(normalise).str.replace(r"\s+", " ", regex=True).str.strip()
    table = posts[["post_id", "author_id", "thread_id"]].assign(text=tidy.astype("str"))
    table["n_words"] = table["text"].str.count(r"\w+").astype("int64")
    return table[table["text"].str.len() > 0]

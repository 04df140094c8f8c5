"""What each reply could have answered: the posts of a corpus set out for the null of replies."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .. import frames
from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.thread_null import Choices, choices

__all__ = ["SetOut", "set_out"]

_POSTS = ["post_id", "thread_id", "reply_to", "author_id", "created_at", "kind", "platform"]


class SetOut(NamedTuple):
    """What each reply could have answered, the ties that stay as they are, and what both are numbered by."""

    found: Choices
    kept: tuple[np.ndarray, np.ndarray]
    facts: dict[str, Any]
    authors: pd.Index
    posts: pd.DataFrame
    """The posts, sorted by thread, time and identifier: what ``found.row`` counts."""
    kept_parent: np.ndarray
    """Row of the post that each kept tie answers; −1 where it is not in the corpus."""
    row: np.ndarray
    """Row of the post of each reply in ``found``, and then of each kept tie."""


def set_out(ties: pd.DataFrame, corpus: Corpus) -> SetOut:
    """Find what each reply could have answered, and the ties that must stay as they are."""
    posts = frames.collect(corpus.scan().select(_POSTS), by=["thread_id", "created_at", "post_id"])
    place = pd.Index(posts["post_id"])
    row = place.get_indexer(ties["post_id"])
    if (row < 0).any():
        raise SchemaError(f"{int((row < 0).sum())} ties come from posts that are not in the corpus. Mend: hand in the "
                          "corpus that the ties were made of.")  # fmt: skip
    if ties["post_id"].duplicated().any():
        raise SchemaError(f"{int(ties['post_id'].duplicated().sum())} reply ties share their post with another tie.")
    known = pd.Index(pd.unique(pd.concat([posts["author_id"].dropna(), ties["source"], ties["target"]])))
    known = known.sort_values()
    replies = np.zeros(len(posts), dtype=bool)
    replies[row] = True
    is_root = posts["reply_to"].isna().to_numpy()
    kinds = pd.factorize(posts["platform"] + "/" + posts["kind"], sort=True)[0]
    parent = np.where(is_root, -1, place.get_indexer(posts["reply_to"].fillna("")))
    found, drawn = choices(
        pd.factorize(posts["thread_id"])[0].astype(np.int64),
        known.get_indexer(posts["author_id"]).astype(np.int64),
        parent.astype(np.int64),
        is_root=is_root,
        replies=replies,
        kind=kinds.astype(np.int64),
    )
    stay = ~np.isin(row, drawn)
    kept = known.get_indexer(ties["source"])[stay], known.get_indexer(ties["target"])[stay]
    facts = {
        "n_authors": len(known),
        "drawn_anew": len(drawn),
        "kept_parent_not_in_the_corpus": int((parent[row[stay]] < 0).sum()),
        "kept_parent_not_earlier_in_the_thread": int((parent[row[stay]] >= 0).sum()),
    }
    return SetOut(found, kept, facts, known, posts, parent[row[stay]], np.concatenate([drawn, row[stay]]))

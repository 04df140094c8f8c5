"""Who wrote which post and whom it answers, as arrays in the order of time; −1 stands for nobody known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .. import frames
from .._selection import by_machine
from ..corpus import Corpus

__all__ = ["NOBODY", "Ints", "Said", "said"]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NOBODY = -1
_OPENING_KINDS = ("post", "question", "message")
_COLUMNS = [
    "post_id", "kind", "thread_id", "reply_to", "reply_to_author", "author_id", "author_state", "created_at", "community"
]  # fmt: skip


@dataclass(frozen=True)
class Said:
    """Posts in the order of time and id; authors, threads and absent posts are numbered as they come."""

    at: Ints
    """Microseconds."""
    thread: Ints
    community: Ints
    author: Ints
    is_repost: Flags
    parent: Ints
    """Row of the post that each post answers."""
    delivered: Ints
    """Whom the export names as the recipient, where the answered post is not in the corpus."""
    absent: Ints
    """Number of the answered post, where neither it nor its author is in the corpus."""
    opening: Ints
    """Row of the post that opens each thread."""
    n_authors: int
    is_machine: Flags | None
    """Of each author; None where the corpus does not say which accounts post by machine."""
    facts: dict[str, Any]

    @property
    def n_threads(self) -> int:
        """Number of threads."""
        return len(self.opening)

    @property
    def n_absent(self) -> int:
        """Number of absent posts that were answered."""
        return int(self.absent.max(initial=NOBODY)) + 1

    @property
    def n_communities(self) -> int:
        """Number of communities that are named."""
        return int(self.community.max(initial=NOBODY)) + 1


def said(corpus: Corpus) -> Said:
    """Read from a corpus, on any engine, what ties are made of."""
    posts = frames.collect(corpus.scan().select(_COLUMNS), by=["created_at", "post_id"])
    ids = pd.Index(posts["post_id"])
    parent = np.where(posts["reply_to"].isna(), NOBODY, ids.get_indexer(pd.Index(posts["reply_to"]))).astype(np.int64)
    recipient = posts["reply_to_author"].where(parent == NOBODY)
    people, names = pd.factorize(pd.concat([posts["author_id"], recipient], ignore_index=True))
    author, delivered = people[: len(posts)].astype(np.int64), people[len(posts) :].astype(np.int64)
    lacking = posts["reply_to"].where((parent == NOBODY) & (delivered == NOBODY))
    thread = pd.factorize(posts["thread_id"])[0].astype(np.int64)
    absent = pd.factorize(lacking)[0].astype(np.int64)
    return Said(
        at=pd.DatetimeIndex(posts["created_at"]).as_unit("us").asi8,
        thread=thread,
        community=pd.factorize(posts["community"])[0].astype(np.int64),
        author=author,
        is_repost=posts["kind"].eq("repost").to_numpy(dtype=bool),
        parent=parent,
        delivered=delivered,
        absent=absent,
        opening=_openings(posts, thread),
        n_authors=len(names),
        is_machine=_machines(corpus.accounts, names),
        facts=_facts(posts, author=author, absent=absent),
    )


def _openings(posts: pd.DataFrame, thread: Ints) -> Ints:
    """Find the post whose id a thread bears; where none does, its first, if it answers nothing and is no comment."""
    is_own = posts["kind"].ne("repost").to_numpy(dtype=bool)
    is_named = is_own & posts["post_id"].eq(posts["thread_id"]).to_numpy(dtype=bool)
    n_threads = int(thread.max(initial=NOBODY)) + 1
    at = pd.DatetimeIndex(posts["created_at"]).as_unit("us").asi8
    first = np.full(n_threads, np.iinfo(np.int64).max)
    np.minimum.at(first, thread[is_own], at[is_own])
    has_name = np.bincount(thread[is_named], minlength=n_threads) > 0
    begins = posts["reply_to"].isna().to_numpy() & posts["kind"].isin(_OPENING_KINDS).to_numpy(dtype=bool)
    rows = np.flatnonzero(is_named | (is_own & begins & ~has_name[thread] & (at == first[thread])))
    opening = np.full(n_threads, NOBODY, dtype=np.int64)
    opening[thread[rows][::-1]] = rows[::-1]  # of several at one instant, the first by id
    return opening


def _machines(accounts: pd.DataFrame | None, names: pd.Index) -> Flags | None:
    if accounts is None or "is_automated" not in accounts or accounts["is_automated"].isna().all():
        return None
    found = by_machine(accounts, is_wanted=False)
    return np.asarray(pd.Index(names).isin(found.accounts if found else ()), dtype=bool)


def _facts(posts: pd.DataFrame, *, author: Ints, absent: Ints) -> dict[str, Any]:
    """Count what is missing: posts without a known author by what became of it, and absent posts."""
    state = posts.loc[author == NOBODY, "author_state"]
    gone = state.where(state.isin(["deleted", "suspended"]), "unknown").value_counts().sort_index()
    return {
        "posts_without_known_author": {str(name): int(n) for name, n in gone.items()},
        "replies_to_such_posts": int(
            posts["reply_to"].isin(posts.loc[author == NOBODY, "post_id"]).sum() if len(gone) else 0
        ),
        "replies_to_posts_not_in_the_corpus": int((absent != NOBODY).sum()),
        "posts_answered_but_not_in_the_corpus": int(absent.max(initial=NOBODY)) + 1,
        "posts_without_community": int(posts["community"].isna().sum()),
    }

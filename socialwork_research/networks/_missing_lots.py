"""Lots: for each post without a known author, one of the known authors of its thread."""

from __future__ import annotations

import numpy as np

from ._missing_posts import NOBODY, Ints, Said

__all__ = ["Lots", "of_absent", "of_gone"]


class Lots:
    """Draws an author of the thread for each of several posts, but nobody who would then be tied to oneself.

    Parameters
    ----------
    posts
        The posts of the corpus; authors stand in the order of their first post in each thread.
    thread
        Thread of each post that wants an author.
    barred
        Pairs of a post (its place in `thread`) and an author who did not write it.
    """

    def __init__(self, posts: Said, thread: Ints, barred: tuple[Ints, Ints]) -> None:
        size = max(posts.n_authors, 1)
        known = posts.author != NOBODY
        key, first = np.unique((posts.thread * size + posts.author)[known], return_index=True)
        order = np.lexsort((first, key // size))
        place = np.empty(len(key), dtype=np.int64)
        place[order] = np.arange(len(key))
        held = np.bincount(key // size, minlength=posts.n_threads)
        self._members = (key % size)[order]
        self._start = (np.cumsum(held) - held)[thread]
        post, author = barred
        wanted = thread[post] * size + author
        at = np.searchsorted(key, wanted)
        is_there = key[np.minimum(at, len(key) - 1)] == wanted if len(key) else np.zeros(len(wanted), dtype=bool)
        post, inside = post[is_there], place[at[is_there]] - self._start[post[is_there]]
        self._width = int(held.max(initial=0)) + 1
        out = np.unique(post * self._width + inside)
        post, inside = out // self._width, out % self._width
        n_out = np.bincount(post, minlength=len(thread))
        # The k-th who is not barred: k, and one more for each barred who stands before it.
        before = np.arange(len(post)) - (np.cumsum(n_out) - n_out)[post]
        self._steps = post * self._width + inside - before
        self.n_free: Ints = held[thread] - n_out

    def draw(self, stream: np.random.Generator) -> Ints:
        """Return an author for each post; nobody where no author is left to be drawn."""
        n = len(self.n_free)
        turn = stream.integers(0, np.maximum(self.n_free, 1), size=n)
        post = np.arange(n) * self._width
        skipped = np.searchsorted(self._steps, post + turn, side="right") - np.searchsorted(self._steps, post)
        at = np.where(self.n_free > 0, self._start + turn + skipped, 0)
        return np.where(self.n_free > 0, self._members[at] if len(self._members) else NOBODY, NOBODY)


def of_gone(posts: Said) -> tuple[Ints, Lots]:
    """Give the rows of posts without a known author and their lots: whom it answers, and who answers it, did not write it."""
    rows = np.flatnonzero(posts.author == NOBODY)
    slot = np.full(len(posts.author), NOBODY, dtype=np.int64)
    slot[rows] = np.arange(len(rows))
    answered = posts.parent[rows]
    whom = np.where(answered != NOBODY, posts.author[answered], posts.delivered[rows])
    answers = np.flatnonzero((posts.parent != NOBODY) & (posts.author != NOBODY))
    answers = answers[slot[posts.parent[answers]] != NOBODY]
    post = np.concatenate([np.flatnonzero(whom != NOBODY), slot[posts.parent[answers]]])
    author = np.concatenate([whom[whom != NOBODY], posts.author[answers]])
    return rows, Lots(posts, posts.thread[rows], (post, author))


def of_absent(posts: Said) -> Lots:
    """Give the lots of the answered posts that are not in the corpus: who answers one did not write it."""
    rows = np.flatnonzero(posts.absent != NOBODY)
    thread = np.zeros(posts.n_absent, dtype=np.int64)
    thread[posts.absent[rows][::-1]] = posts.thread[rows][::-1]  # the thread of its first answer
    known = rows[posts.author[rows] != NOBODY]
    return Lots(posts, thread, (posts.absent[known], posts.author[known]))

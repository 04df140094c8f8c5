"""How threads grow: whom each post answers, for many threads at once.

Threads are rows, posts are columns: the loop runs over places in a thread, never over posts. All chance comes in as
numbers drawn beforehand, so that nothing depends on how threads are taken together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_CELLS = 1_000_000  # places (threads × longest thread) worked on at once


class Taste(NamedTuple):
    """What a reply goes by when it chooses among the earlier posts of others."""

    root: float = 0.0  # log weight of the opening post
    recency: float = 0.0  # weight falls with the number of posts since, to this power
    reply_back: float = 0.0  # probability to answer back somebody who answered, where that is still due
    mixing: float = 0.0  # log weight of posts by authors of the same role


def parents(
    author: Ints, lengths: Ints, chance: Floats, taste: Taste, *, pull: Floats | None = None, role: Ints | None = None
) -> Ints:
    """Return the place, in its thread, of the post that each post answers; −1 for opening posts.

    Parameters
    ----------
    author, lengths
        Who wrote each post (threads one after the other), and how many posts each thread has.
    chance
        Two uniform numbers for each post: whether it answers back, and which post it picks.
    taste
        What replies go by.
    pull
        Log weight of each post as something to answer; nought if None.
    role
        The role of each post's author, where ``taste.mixing`` is not nought.

    Returns
    -------
    One whole number for each post, smaller than the post's own place.
    """
    opens = np.cumsum(lengths) - lengths
    chosen = np.full(len(author), -1, dtype=np.int64)
    order = np.argsort(-lengths, kind="stable")
    start = 0
    while start < len(order):
        longest = int(lengths[order[start]])
        stop = min(len(order), start + max(1, _CELLS // max(longest, 1)))
        some = order[start:stop]
        place = np.arange(longest)
        inside = place < lengths[some][:, None]
        at = np.where(inside, opens[some][:, None] + place, 0)
        grown = _grown(
            np.where(inside, author[at], -1),
            lengths[some],
            chance[at],
            taste,
            attraction=None if pull is None else np.exp(pull[at]),
            role=None if role is None or not taste.mixing else role[at],
        )
        chosen[at[inside]] = grown[inside]
        start = stop
    return chosen


def _grown(
    author: Ints, lengths: Ints, chance: Floats, taste: Taste, *, attraction: Floats | None, role: Ints | None
) -> Ints:
    """Let threads, longest first, grow place by place."""
    threads, longest = author.shape
    parent = np.full((threads, longest), -1, dtype=np.int64)
    answered = np.full((threads, longest), -1, dtype=np.int64)  # the author whose answering back is due
    fading = np.arange(1, longest + 1, dtype=float) ** -taste.recency
    for post in range(1, longest):
        alive = int(np.searchsorted(-lengths, -post, side="left"))  # threads that have this place
        who = author[:alive, post]
        due = answered[:alive, :post] == who[:, None]
        weight = fading[post - 1 :: -1] * (author[:alive, :post] != who[:, None])
        if attraction is not None:
            weight = weight * attraction[:alive, :post]
        if role is not None:
            weight = weight * np.exp(taste.mixing * (role[:alive, :post] == role[:alive, post][:, None]))
        weight[:, 0] *= np.exp(taste.root)
        free = _picked(weight, chance[:alive, post, 1])
        back = due.any(axis=1) & (chance[:alive, post, 0] < taste.reply_back)
        if back.any():
            free[back] = _picked(due[back].astype(float), chance[:alive, post, 1][back])
        rows = np.arange(alive)
        target = author[rows, free]
        settled = due[rows, free]
        answered[rows[settled], free[settled]] = -1
        parent[:alive, post] = free
        answered[:alive, post] = np.where(target != who, target, -1)
    return parent


def _picked(weight: Floats, chance: Floats) -> Ints:
    """Pick a column of each row in proportion to its weight; the first where there is none to pick."""
    reach = np.cumsum(weight, axis=1)
    total = reach[:, -1]
    picked = (reach <= (chance * total)[:, None]).sum(axis=1)
    last = weight.shape[1] - 1 - np.argmax(weight[:, ::-1] > 0, axis=1)  # rounding must not reach a post of weight 0
    return np.where(total > 0, np.minimum(picked, last), 0)

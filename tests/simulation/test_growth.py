"""Growing many threads at once gives, post for post, what growing them one by one gives."""

from __future__ import annotations

import numpy as np
import pytest

from socialwork_research.simulation import _growth
from socialwork_research.simulation._growth import Taste, parents


def one_by_one(author, chance, taste: Taste, *, pull=None, role=None) -> list[int]:
    """Grow one thread in the plainest way."""
    parent = [-1]
    due: dict[int, set[int]] = {}
    for post in range(1, len(author)):
        who = author[post]
        waiting = sorted(due.get(who, set()))
        weight = np.array([(post - other) ** -taste.recency if author[other] != who else 0.0 for other in range(post)])
        weight[0] *= np.exp(taste.root)
        if pull is not None:
            weight *= np.exp(pull[:post])
        if role is not None:
            weight *= np.where(role[:post] == role[post], np.exp(taste.mixing), 1.0)
        if waiting and chance[post, 0] < taste.reply_back:
            chosen = waiting[int(chance[post, 1] * len(waiting))]
        elif weight.sum() > 0:
            chosen = int(np.searchsorted(np.cumsum(weight), chance[post, 1] * np.cumsum(weight)[-1], side="right"))
        else:
            chosen = 0
        due.get(who, set()).discard(chosen)
        if author[chosen] != who:
            due.setdefault(author[chosen], set()).add(post)
        parent.append(chosen)
    return parent


@pytest.mark.parametrize("cells", [1, 40, 1_000_000])
def test_threads_together_grow_as_threads_alone(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is taken together, each thread comes out as if it grew alone."""
    monkeypatch.setattr(_growth, "_CELLS", cells)
    random = np.random.default_rng(20261121)
    taste = Taste(root=0.7, recency=0.8, reply_back=0.4, mixing=0.6)
    lengths = random.integers(1, 25, size=60)
    n = int(lengths.sum())
    author, role = random.integers(6, size=n), random.integers(3, size=n)
    chance, pull = random.random((n, 2)), random.normal(size=n)
    found = parents(author, lengths, chance, taste, pull=pull, role=role)
    start = 0
    for length in lengths:
        own = slice(start, start + length)
        alone = one_by_one(author[own], chance[own], taste, pull=pull[own], role=role[own])
        assert found[own].tolist() == alone
        start += length


def test_three_posts_by_hand() -> None:
    """With recency 1 and a root twice as heavy, the third of three authors answers the opening post as often as the second."""
    n = 4000
    author = np.tile([0, 1, 2], n)
    chance = np.random.default_rng(1).random((3 * n, 2))
    found = parents(author, np.full(n, 3), chance, Taste(root=np.log(2), recency=1.0)).reshape(n, 3)
    assert (found[:, 0] == -1).all()
    assert (found[:, 1] == 0).all()
    assert found[:, 2].mean() == pytest.approx(0.5, abs=0.03)


def test_who_has_nobody_to_answer_answers_the_opening_post() -> None:
    """A thread by one author only hangs on its opening post."""
    found = parents(np.zeros(5, dtype=np.int64), np.array([5]), np.full((5, 2), 0.99), Taste(reply_back=1.0))
    assert found.tolist() == [-1, 0, 0, 0, 0]


def test_a_call_is_answered_back_once() -> None:
    """With reply_back=1, the one who was answered answers back, and then is free again."""
    author = np.array([0, 1, 0, 0])
    found = parents(author, np.array([4]), np.full((4, 2), 0.5), Taste(reply_back=1.0))
    assert found.tolist() == [-1, 0, 1, 1]

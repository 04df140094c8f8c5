"""A coder who errs, with known sensitivity and specificity that may differ by group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np

from .._checks import nearest, option, share
from ..coding import Coding
from ..errors import OptionError
from ..provenance import note, traced
from ..resampling import spawn
from ._truth import Truth, coded

__all__ = ["mark"]

Group = Literal["platform", "period", "role"]


@traced
def mark(
    truth: Truth,
    *,
    sensitivity: float | Mapping[str, float],
    specificity: float | Mapping[str, float],
    seed: int,
    by: Group = "platform",
    coder: str = "machine",
) -> Coding:
    """Let a coder read a simulated corpus who misses some of what is there and sees some of what is not.

    Each post that enacts the code is marked with the probability `sensitivity`, each other post by mistake with the
    probability 1 − `specificity`, all independently. Talk is marked as talk unless it is taken for a deed; speakers' roles are
    known. Differential error, the enemy of every comparison of counts, is a pair of unequal numbers.

    Parameters
    ----------
    truth
        What `simulate` gave beside the corpus.
    sensitivity, specificity
        From 0 to 1: one number, or one for each group, e.g. ``{"simulated-a": 0.8, "simulated-b": 0.6}``.
    seed
        Seed of the errors.
    by
        What the groups are.
    coder
        What to call the coder.

    Returns
    -------
    A coding of every post. The papers' notes hold the sensitivity and specificity that came out.

    Raises
    ------
    OptionError
        If a number is out of its range, or a group has none.

    Examples
    --------
    >>> from socialwork_research.simulation import simulate
    >>> corpus, truth = simulate(1000, seed=7)
    >>> perfect = mark(truth, sensitivity=1.0, specificity=1.0, seed=1)
    >>> perfect.marks["stance"].value_counts().to_dict() == truth.coding().marks["stance"].value_counts().to_dict()
    True
    """
    option(by, get_args(Group), "by")
    posts = truth.posts
    group = posts[by].to_numpy()
    sees, clears = (
        _of_groups(given, group, name) for given, name in ((sensitivity, "sensitivity"), (specificity, "specificity"))
    )
    hits, mistakes = (random.random(len(posts)) for random in spawn(seed, 2))
    is_there = posts["is_enacted"].to_numpy()
    enacted = np.where(is_there, hits < sees, mistakes >= clears)
    return note(
        coded(posts, enacted=enacted, coder=coder),
        sensitivity=_rate(enacted, is_there),
        specificity=_rate(~enacted, ~is_there),
    )


def _of_groups(given: float | Mapping[str, float], group: np.ndarray, name: str) -> np.ndarray:
    """Return the number of each post's group."""
    if not isinstance(given, Mapping):
        return np.full(len(group), share(given, name))
    present = sorted(set(group))
    for each in present:
        if each not in given:
            raise OptionError(f"{name}: the group {each!r} has no number. Mend: give one for {', '.join(present)}.")
    for each in given:
        if each not in present:
            raise OptionError(f"{name}: there is no group {each!r} in this corpus.{nearest(str(each), present)}")
    numbers = np.array([share(given[each], name) for each in present])
    found: np.ndarray = numbers[np.searchsorted(present, group)]
    return found


def _rate(is_right: np.ndarray, among: np.ndarray) -> float | None:
    return float(is_right[among].mean()) if among.any() else None

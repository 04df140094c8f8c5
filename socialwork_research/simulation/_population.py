"""The authors of a simulated world: platform, community, role, activity, attraction, and when they are there."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from .._vocabulary import ROLES
from ._world import World

PLATFORMS = ("simulated-a", "simulated-b")
ENACTING = ("professional", "student")  # whose enacted marks make the risk indicator
_ROLE_SHARES = {
    "professional": 0.50, "student": 0.12, "educator": 0.08, "leader": 0.06, "organisation": 0.04,
    "service_user": 0.12, "other": 0.05, "unclear": 0.03,
}  # fmt: skip
_ROUNDS = 30  # draws until somebody is there at the time; who opened the thread steps in after that


class Population(NamedTuple):
    """The authors, and how they are drawn: those of one platform and community lie together, by activity."""

    authors: pd.DataFrame
    reach: np.ndarray  # cumulative activity over all authors, in the order of cells
    cells: np.ndarray  # first author of each cell, and the number of authors at the end
    hosts: np.ndarray  # the host of each platform's chats


def populate(world: World, *, n_posts: int, random: np.random.Generator) -> Population:
    """Draw the authors of a world of so many posts."""
    n_cells = len(PLATFORMS) * world.communities
    n = max(round(n_posts / world.posts_per_author), 5 * n_cells)
    cell = np.sort(random.integers(n_cells, size=n))
    cell[: n_cells * 2] = np.repeat(np.arange(n_cells), 2)  # nobody's community is empty
    cell = np.sort(cell)
    role = random.choice(len(ROLES), size=n, p=[_ROLE_SHARES[role] for role in ROLES])
    activity = np.exp(world.activity * random.standard_normal(n))
    joined, left = _tenure(world, n=n, random=random)
    attraction = random.standard_normal(n)
    inclination = random.standard_normal(n)
    platform = cell // world.communities
    hosts = np.array([int(np.flatnonzero(platform == number)[0]) for number in range(len(PLATFORMS))])
    role[hosts] = ROLES.index("organisation")
    joined[hosts], left[hosts] = world.start, world.end
    authors = pd.DataFrame(
        {
            "author_id": [f"author-{number + 1:07d}" for number in range(n)],
            "platform": np.array(PLATFORMS, dtype=object)[platform],
            "community": cell % world.communities + 1,
            "role": np.array(ROLES, dtype=object)[role],
            "activity": activity,
            "attraction": attraction,
            "inclination": inclination,
            "joined_at": joined,
            "left_at": left,
        }
    )
    return Population(
        authors, np.cumsum(activity), np.searchsorted(cell, np.arange(n_cells + 1)).astype(np.int64), hosts
    )


def _tenure(world: World, *, n: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw when authors join and leave; whoever would be gone before the first day joins within the days."""
    days = world.tenure_days * np.exp(random.standard_normal(n))
    joined = random.uniform(-2 * world.tenure_days, world.days, size=n)
    late = random.uniform(0, world.days, size=n)
    joined = np.where(joined + days <= 0, late, joined)
    span = np.clip(np.stack([joined, joined + days]), 0, world.days) * 86_400 + world.start
    return span[0].astype(np.int64), np.ceil(span[1]).astype(np.int64)


def anybody(people: Population, random: np.random.Generator, *, n: int) -> np.ndarray:
    """Draw authors by their activity."""
    return _within(people, random, low=np.zeros(n), high=np.full(n, people.reach[-1]))


def somebody_there(
    people: Population,
    random: np.random.Generator,
    *,
    cell: np.ndarray,
    at: np.ndarray,
    instead: np.ndarray,
    other_than: np.ndarray,
) -> np.ndarray:
    """Draw for each place an author of its cell by activity who is there at the time, and is not `other_than` (−1: free).

    After some rounds `instead` steps in, so that nobody posts before joining or after leaving.
    """
    before = np.concatenate([[0.0], people.reach])[people.cells]
    joined, left = people.authors["joined_at"].to_numpy(), people.authors["left_at"].to_numpy()
    who = instead.copy()
    open_ = np.arange(len(cell))
    for _ in range(_ROUNDS):
        drawn = _within(people, random, low=before[cell[open_]], high=before[cell[open_] + 1])
        fits = (joined[drawn] <= at[open_]) & (at[open_] <= left[drawn]) & (drawn != other_than[open_])
        who[open_[fits]] = drawn[fits]
        open_ = open_[~fits]
        if not len(open_):
            break
    return who


def _within(people: Population, random: np.random.Generator, *, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    at = low + (high - low) * random.random(len(low))
    found = np.searchsorted(people.reach, at, side="right")
    last = np.searchsorted(people.reach, high, side="left")  # rounding must not reach the next cell
    return np.minimum(found, np.minimum(last, len(people.reach) - 1))

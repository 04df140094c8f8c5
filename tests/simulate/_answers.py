"""Worlds of opening posts whose waits are known: authors with a haste of their own, answers at random, an end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from socialwork_research import Corpus
from socialwork_research.conversations._clocks import Clock

START = pd.Timestamp("2024-03-01T00:00:00Z")
HOUR = pd.Timedelta(1, "h")
_AGES = 1e5  # hours, long after all observation has ended


class World(NamedTuple):
    """How many authors open how many threads, how soon they are answered, and how long they are followed."""

    n_authors: int
    most_threads: int  # 1 up to so many an author, all numbers alike
    rate: float  # answers an hour
    shape: float  # of the gamma haste of authors, whose mean is 1; infinite: all alike
    opened: float  # hours over which threads are opened
    followed: float  # hours from then to the end of observation
    effect: float = 0.0  # log of how much sooner the second group is answered
    together: float = 0.0  # how alike the waits of one author are (a correlation), their hazards kept as they are

    def still_waiting(self, hours: np.ndarray, *, group: int = 0) -> np.ndarray:
        """Give the true share without an answer at these hours."""
        total = self.rate * np.exp(self.effect * group) * hours
        return np.exp(-total) if np.isinf(self.shape) else (1 + total / self.shape) ** -self.shape

    def mean_wait(self, horizon: float, *, group: int = 0) -> float:
        """Give the true mean time without an answer up to a horizon."""
        grid = np.linspace(0, horizon, 20_001)
        return float(np.trapezoid(self.still_waiting(grid, group=group), grid))


class Drawn(NamedTuple):
    """One world drawn: a row a thread, and the group of each author."""

    author: np.ndarray
    opened: np.ndarray  # hours
    wait: np.ndarray  # hours until an answer, seen or not
    is_answered: np.ndarray  # before observation ended
    roles: pd.DataFrame


def drawn_of(world: World, seed: int) -> Drawn:
    """Draw who opens what and when, and how long each waits; groups are halves."""
    stream = np.random.default_rng(seed)
    n_threads = stream.integers(1, world.most_threads + 1, world.n_authors)
    haste = np.ones(world.n_authors)
    if not np.isinf(world.shape):
        haste = stream.gamma(world.shape, 1 / world.shape, world.n_authors)
    group = np.arange(world.n_authors) % 2
    author = np.repeat(np.arange(world.n_authors), n_threads)
    opened = stream.uniform(0, world.opened, len(author))
    common, own = stream.standard_normal(world.n_authors)[author], stream.standard_normal(len(author))
    alike = np.sqrt(world.together) * common + np.sqrt(1 - world.together) * own
    wait = -np.log(stats.norm.sf(alike)) / (world.rate * haste * np.exp(world.effect * group))[author]
    wait = np.minimum(wait, _AGES)
    roles = pd.DataFrame(
        {"role": np.where(group == 1, "student", "professional")},
        index=pd.Index([f"a{each:04d}" for each in range(world.n_authors)], name="author_id"),
    )
    return Drawn(author, opened, wait, opened + wait <= world.opened + world.followed, roles)


def corpus_of(world: World, seed: int) -> tuple[Corpus, pd.DataFrame]:
    """Draw a world as a corpus, with the roles of its authors."""
    found = drawn_of(world, seed)
    names = np.array([f"p{number:05d}" for number in range(len(found.author))])
    openers = pd.DataFrame(
        {"post_id": names, "thread_id": names, "author_id": [f"a{each:04d}" for each in found.author]}
    )
    openers["created_at"] = START + pd.to_timedelta(found.opened, unit="h")
    replies = openers[found.is_answered].assign(author_id="helper", kind="comment", reply_to=names[found.is_answered])
    replies["post_id"] = "r" + replies["post_id"]
    replies["created_at"] = replies["created_at"] + pd.to_timedelta(found.wait[found.is_answered], unit="h")
    posts = pd.concat([openers.assign(kind="post"), replies], ignore_index=True)
    posts = posts.assign(platform="forum", fetched_at=START + (world.opened + world.followed) * HOUR)
    return Corpus.of(posts, name="waits"), found.roles


def clock_of(world: World, seed: int, *, by: str | None = None) -> tuple[Clock, pd.DataFrame]:
    """Draw a world as the clock that the package makes of its corpus: a tenth of the time, and the same numbers."""
    found = drawn_of(world, seed)
    names = np.array([f"p{number:05d}" for number in range(len(found.author))])
    threads = pd.DataFrame(
        {"thread_id": names, "opener_id": names, "author_id": [f"a{each:04d}" for each in found.author]}
    )
    opened = START + pd.to_timedelta(found.opened, unit="h")
    answered = pd.Series(opened + pd.to_timedelta(found.wait, unit="h")).where(found.is_answered)
    threads = threads.assign(
        opened_at=opened, answered_at=answered, ends_at=START + (world.opened + world.followed) * HOUR
    )
    threads = threads.assign(removed_at=pd.NaT, moved_at=pd.NaT, is_gone=False, is_followed=True, platform="forum")
    threads["group"] = "all" if by is None else found.roles.loc[threads["author_id"], by].to_numpy()
    return Clock(threads, by, (), (), {}), found.roles


def jobs(names: Iterable[str], *, seed: int, n: int) -> list[tuple[str, int]]:
    """List worlds to invent, with seeds spawned from the one seed."""
    known = list(names)
    return [
        (name, int(child))
        for place, name in enumerate(known)
        for child in np.random.SeedSequence([seed, place]).generate_state(n)
    ]

"""A population in which the truth is known, a machine that errs, and people who do not."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Coding, Corpus
from socialwork_research.reliability import draw

BOOK = {"codebook": "boundary_risk", "version": "1"}


@dataclasses.dataclass(frozen=True)
class World:
    """Posts with their true codes; `machine` marks some of them, and people see the truth."""

    posts: pd.DataFrame
    truth: pd.DataFrame
    machine: Coding
    roles: pd.Series

    def gold(self, n: int, *, seed: int, roles: bool = True, posts: pd.DataFrame | None = None) -> Coding:
        """Let one person code a frame of n posts (or those `posts` of it)."""
        frame = self.frame(n, seed=seed).reset_index() if posts is None else posts
        truth = self.truth[self.truth["post_id"].isin(frame["post_id"])]
        speakers = self.roles[frame["post_id"]].rename("role").reset_index().assign(coder="person")
        looked_at = frame.assign(coder="person", **BOOK)
        return Coding.of(looked_at, truth.assign(coder="person"), speakers if roles else None)

    def frame(self, n: int, *, seed: int) -> pd.DataFrame:
        """Draw a frame of n posts."""
        day = pd.Timestamp("2024-05-01", tz="UTC")
        return draw(Corpus.of(self.posts.assign(created_at=day), name="invented"), self.machine, n=n, seed=seed)


def _world(n: int, *, prevalence: float, sensitivity: float, specificity: float, seed: int) -> World:
    random = np.random.default_rng(seed)
    ids = pd.Series([f"p{place:05d}" for place in range(n)])
    platform = np.where(np.arange(n) % 3 == 0, "forum", "microblog")
    author = [f"a{place}" for place in random.integers(0, n // 4, n)]
    posts = pd.DataFrame({"post_id": ids, "thread_id": ids, "author_id": author, "platform": platform})
    role = pd.Series(random.choice(["professional", "student", "service_user"], n), index=pd.Index(ids, name="post_id"))
    true = random.random(n) < prevalence
    seen = np.where(true, random.random(n) < sensitivity, random.random(n) > specificity)
    near = ~seen & (random.random(n) < 0.05)
    marks = pd.concat(
        [ids[seen].to_frame("post_id").assign(stance="enacted"), ids[near].to_frame("post_id").assign(stance="news")]
    )
    machine = Coding.of(
        posts.assign(coder="machine", **BOOK),
        marks.assign(coder="machine", code="c"),
        role.rename("role").reset_index().assign(coder="machine"),
    )
    truth = ids[true].to_frame("post_id").assign(code="c", stance="enacted")
    return World(posts, truth, machine, role)


@pytest.fixture(scope="session")
def world() -> World:
    """2,000 posts, 3 % true, a machine with sensitivity .7 and specificity .97."""
    return _world(2000, prevalence=0.03, sensitivity=0.7, specificity=0.97, seed=11)

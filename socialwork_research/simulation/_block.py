"""One block of a simulated world: whole threads, drawn by a stream of their own, so that blocks can be written one by one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .._vocabulary import ROLES
from ._drawing import Threads, drawn
from ._growth import Taste, parents
from ._population import ENACTING, PLATFORMS, Population
from ._talk import texts
from ._words import TOPICS
from ._world import World

BLOCK = 50_000  # posts; part of what a seed means, so not an option
CODE = "case_detail_disclosure"


def block(
    world: World, people: Population, *, n: int, first: int, random: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw `n` posts, numbered from `first`; return them and what is true of each."""
    threads = drawn(world, people, n=n, random=random)
    taste = Taste(world.root_bias, world.recency, world.reply_back, world.role_mixing)
    authors = people.authors
    role_of = pd.Categorical(authors["role"], categories=ROLES).codes.astype(np.int64)
    pull = world.attention * authors["attraction"].to_numpy() + world.leader_pull * (authors["role"] == "leader")
    role = role_of[threads.author]
    parent = parents(
        threads.author, threads.lengths, random.random((n, 2)), taste,
        pull=np.asarray(pull, dtype=float)[threads.author], role=role,
    )  # fmt: skip
    return _tables(world, people, threads, parent, first=first, random=random)


def _tables(
    world: World, people: Population, threads: Threads, parent: np.ndarray, *, first: int, random: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Write the posts and what is true of them."""
    n = len(threads.author)
    opens = np.repeat(np.cumsum(threads.lengths) - threads.lengths, threads.lengths)
    is_reply = parent >= 0
    answered = np.where(is_reply, parent + opens, 0)
    authors = people.authors
    name = authors["author_id"].to_numpy()
    post_id = np.array([f"post-{number:09d}" for number in range(first + 1, first + n + 1)], dtype=object)
    topic = np.repeat(threads.topic, threads.lengths)
    is_deleted = (threads.removed >= 0) & (threads.removed < world.end)
    platform = authors["platform"].to_numpy()[threads.author]
    is_chat = np.repeat(threads.is_chat, threads.lengths)
    is_late = threads.at >= (world.start + world.end) // 2
    truth = pd.DataFrame(
        {
            "post_id": post_id, "thread_id": post_id[opens], "author_id": name[threads.author], "platform": platform,
            "period": np.where(is_late, "second", "first"), "role": authors["role"].to_numpy()[threads.author],
            "community": authors["community"].to_numpy()[threads.author],
            "topic": np.array(list(TOPICS), dtype=object)[topic], "is_chat": is_chat,
        }
    )  # fmt: skip
    truth["is_enacted"] = _enacted(world, people, threads, is_late=is_late, chance=random.random(n))
    truth["is_talk"] = (random.random(n) < world.talk) & ~truth["is_enacted"]
    posts = pd.DataFrame(
        {
            "post_id": post_id, "kind": np.where(is_reply, "comment", "post"), "thread_id": post_id[opens],
            "reply_to": pd.Series(post_id[answered]).where(is_reply),
            "reply_to_author": pd.Series(name[threads.author[answered]]).where(is_reply),
            "author_id": name[threads.author], "created_at": _stamps(threads.at),
            "removed_at": _stamps(threads.removed).where(is_deleted),
            "fetched_at": pd.Timestamp(world.end, unit="s", tz="UTC"), "platform": platform,
            "text": pd.Series(texts(world, topic, random)).where(~is_deleted), "lang": "en", "is_deleted": is_deleted,
            "author_state": "present", "tags": [["simchat"] if each else [] for each in is_chat],
        }
    )  # fmt: skip
    return posts, truth


def _enacted(
    world: World, people: Population, threads: Threads, *, is_late: np.ndarray, chance: np.ndarray
) -> np.ndarray:
    """Draw which posts enact the code: by platform, half and author, and only by professionals and students."""
    authors = people.authors
    second = (authors["platform"] == PLATFORMS[1]).to_numpy()[threads.author]
    odds = np.log(world.risk / (1 - world.risk)) + world.platform_effect * second + world.period_effect * is_late
    odds = odds + world.author_spread * authors["inclination"].to_numpy()[threads.author]
    can = authors["role"].isin(ENACTING).to_numpy()[threads.author]
    enacted: np.ndarray = can & (chance < 1 / (1 + np.exp(-odds)))
    return enacted


def _stamps(seconds: np.ndarray) -> pd.Series:
    whole = pd.DatetimeIndex(seconds.astype("datetime64[s]")).as_unit("us").tz_localize("UTC")
    return pd.Series(whole)

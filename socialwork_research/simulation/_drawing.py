"""Which threads there are in a simulated world: who opens them when, how long they get, who takes part, what is deleted."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ._population import PLATFORMS, Population, anybody, somebody_there
from ._world import World

_WEEK, _HOUR = 7 * 86_400, 3600
_CHAT_MEAN = 30.0
_UNEVEN = 0.6  # shape of the Gamma mixture of thread lengths: the smaller, the heavier the tail
_TUESDAY_EVENING = 5 * 86_400 + 20 * _HOUR  # after the epoch, a Thursday


class Threads(NamedTuple):
    """Threads and their posts, before anybody has chosen whom to answer; posts lie thread by thread."""

    lengths: np.ndarray
    author: np.ndarray
    at: np.ndarray  # seconds from 1970
    removed: np.ndarray  # second at which the author deletes it; −1: never
    is_chat: np.ndarray  # of each thread
    topic: np.ndarray  # of each thread


class _Frame(NamedTuple):
    """Threads as they are begun: one value a thread; `thread` and `place` are of each post that may come."""

    opener: np.ndarray
    opened: np.ndarray
    is_chat: np.ndarray
    lengths: np.ndarray
    thread: np.ndarray
    place: np.ndarray


def drawn(world: World, people: Population, *, n: int, random: np.random.Generator) -> Threads:
    """Draw lots of threads until there are `n` posts; the last thread may be cut short."""
    lots: list[Threads] = []
    while (have := sum(len(lot.author) for lot in lots)) < n:
        mean = 1 + world.answered * (world.mean_length - 1)
        lots.append(_lot(world, people, n_threads=int((n - have) / mean * 1.05) + 20, random=random))
    whole = Threads._make(np.concatenate(several) for several in zip(*lots, strict=True))
    ends = np.cumsum(whole.lengths)
    last = int(np.searchsorted(ends, n, side="left"))
    lengths = whole.lengths[: last + 1].copy()
    lengths[last] -= ends[last] - n
    return Threads(
        lengths, whole.author[:n], whole.at[:n], whole.removed[:n], whole.is_chat[: last + 1], whole.topic[: last + 1]
    )


def _lot(world: World, people: Population, *, n_threads: int, random: np.random.Generator) -> Threads:
    frame = _begun(world, people, n_threads=n_threads, random=random)
    at = _times(world, frame, random)
    removed = _removed(world, frame, at, random)
    kept = _kept(world, frame, at=at, removed=removed)
    author = _participants(world, people, frame, random)
    lengths = np.bincount(frame.thread[kept], minlength=n_threads)
    topic = random.integers(world.topics, size=n_threads)
    there = lengths > 0  # a chat whose evening lies beyond the end never takes place
    return Threads(lengths[there], author[kept], at[kept], removed[kept], frame.is_chat[there], topic[there])


def _begun(world: World, people: Population, *, n_threads: int, random: np.random.Generator) -> _Frame:
    """Draw who opens a thread and when (while there; a chat on a Tuesday evening, by the host), and how long it may get."""
    is_chat = random.random(n_threads) < world.chats
    opener = anybody(people, random, n=n_threads)
    opener = np.where(is_chat, people.hosts[_second(people)[opener]], opener)
    joined, left = (people.authors[name].to_numpy()[opener] for name in ("joined_at", "left_at"))
    opened = joined + (random.random(n_threads) * np.maximum(left - joined, 1)).astype(np.int64)
    slot = (opened - _TUESDAY_EVENING) // _WEEK * _WEEK + _TUESDAY_EVENING
    slot += np.where(slot < world.start, _WEEK, 0)
    rate = random.gamma(_UNEVEN, (world.mean_length - 2) / _UNEVEN, size=n_threads)
    usual = np.where(random.random(n_threads) < world.answered, 2 + random.poisson(rate), 1)
    lengths = np.where(is_chat, 2 + random.poisson(_CHAT_MEAN - 2, size=n_threads), usual)
    place = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    thread = np.repeat(np.arange(n_threads), lengths)
    return _Frame(opener, np.where(is_chat, slot, opened), is_chat, lengths, thread, place)


def _second(people: Population) -> np.ndarray:
    """Tell of each author whether the platform is the second one (1) or the first (0)."""
    number: np.ndarray = (people.authors["platform"] == PLATFORMS[1]).to_numpy().astype(np.int64)
    return number


def _times(world: World, frame: _Frame, random: np.random.Generator) -> np.ndarray:
    """Draw when each post is written: log-normal gaps; in a chat all within the hour."""
    n = len(frame.place)
    gaps = world.first_reply_hours * _HOUR * np.exp(world.reply_spread * random.standard_normal(n))
    even = random.exponential(size=n)
    opens = np.cumsum(frame.lengths) - frame.lengths
    hour = 0.98 * _HOUR * even / np.add.reduceat(even, opens)[frame.thread]
    gaps = np.where(frame.is_chat[frame.thread], hour, gaps)
    waited = np.cumsum(np.where(frame.place == 0, 0, np.maximum(np.ceil(gaps), 1)))
    at: np.ndarray = (frame.opened[frame.thread] + waited - waited[opens][frame.thread]).astype(np.int64)
    return at


def _removed(world: World, frame: _Frame, at: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Draw when posts are deleted; a host does not delete the opening post of a chat."""
    after = random.exponential(world.deletion_hours / np.log(2), size=len(at)) * _HOUR
    stays = frame.is_chat[frame.thread] & (frame.place == 0)
    gone = (random.random(len(at)) < world.deleted) & ~stays
    return np.where(gone, at + np.maximum(np.ceil(after), 1).astype(np.int64), -1)


def _kept(world: World, frame: _Frame, *, at: np.ndarray, removed: np.ndarray) -> np.ndarray:
    """Tell which posts are written: none after the end, none in a thread whose opening post went before its first reply."""
    opens = np.cumsum(frame.lengths) - frame.lengths
    next_ = at[np.minimum(opens + 1, len(at) - 1)]
    first_reply = np.where(frame.lengths > 1, next_, np.iinfo(np.int64).max)
    died = (removed[opens] >= 0) & (removed[opens] < first_reply)
    written: np.ndarray = (at < world.end) & ~(died[frame.thread] & (frame.place > 0))
    return written


def _participants(world: World, people: Population, frame: _Frame, random: np.random.Generator) -> np.ndarray:
    """Draw who is in each thread, mostly of its opener's community, and who of them writes each post.

    The first reply is by another author than the opening post wherever anybody else is there.
    """
    opener = frame.opener
    community = people.authors["community"].to_numpy()[opener] - 1
    seats = np.where(frame.lengths > 1, 1 + random.poisson(0.45 * frame.lengths), 0)
    thread = np.repeat(np.arange(len(opener)), seats)
    stray = random.integers(world.communities, size=len(thread))
    own = random.random(len(thread)) < world.within
    cell = _second(people)[opener][thread] * world.communities + np.where(own, community[thread], stray)
    begins = np.cumsum(seats) - seats
    is_first = np.zeros(len(thread), dtype=bool)
    is_first[begins[seats > 0]] = True
    seated = somebody_there(
        people,
        random,
        cell=cell,
        at=frame.opened[thread],
        instead=opener[thread],
        other_than=np.where(is_first, opener[thread], -1),
    )
    seat = (random.random(len(frame.place)) * (seats[frame.thread] + 1)).astype(np.int64) - 1  # −1: who opened
    seat = np.where(frame.place == 0, -1, np.where(frame.place == 1, 0, seat))
    at = np.minimum(begins[frame.thread] + np.maximum(seat, 0), len(seated))
    return np.where(seat < 0, opener[frame.thread], np.concatenate([seated, [0]])[at])

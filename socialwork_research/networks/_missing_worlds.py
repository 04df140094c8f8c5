"""The networks that a corpus would give under each assumption on what is missing from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np

from ..kernels.measuring import MEASURES, n_top
from ..kernels.measuring import measured as measured_by
from ._missing_lots import of_absent, of_gone
from ._missing_posts import NOBODY, Ints, Said

__all__ = ["Assumption", "Measured", "World", "assumptions", "measured", "ties_of"]

_DAY = 86_400_000_000
_WINDOWS = (7, 30, 90, 365)
_NAN = float("nan")


@dataclass(frozen=True)
class World:
    """Who is held to have written each post, and which posts and answers count."""

    author: Ints
    delivered: Ints
    absent: Ints
    """Author of each answered post that is not in the corpus."""
    within: int | None = None
    """Most microseconds between a post and its answer."""
    since: int | None = None
    before: int | None = None


class Assumption(NamedTuple):
    """An assumption: what it says, and the networks that follow from it."""

    name: str
    told: str
    worlds: Callable[[], Iterator[World]] | None = None
    """None where `told` says that it changes nothing, or that it cannot be asked."""
    n_worlds: int = 1
    way: Literal["one", "draws", "turns"] = "one"
    is_same: bool = False
    """It changes nothing."""


class Measured(NamedTuple):
    """For each measure its value, the authors and the ties (or openings) that it rests on."""

    value: np.ndarray
    n_authors: Ints
    n: Ints


def ties_of(posts: Said, world: World) -> tuple[Ints, Ints]:
    """List source and target of the reply ties of a world."""
    kept = world.author != NOBODY
    kept &= (posts.parent != NOBODY) | (posts.delivered != NOBODY) | (posts.absent != NOBODY)
    if world.since is not None:
        kept &= posts.at >= world.since
    if world.before is not None:
        kept &= posts.at < world.before
    if world.within is not None:
        kept &= (posts.parent != NOBODY) & (posts.at - posts.at[posts.parent] <= world.within)
    rows = np.flatnonzero(kept)
    target = world.delivered[rows]
    lacking = posts.absent[rows] != NOBODY
    target[lacking] = world.absent[posts.absent[rows][lacking]]
    is_here = posts.parent[rows] != NOBODY
    target[is_here] = world.author[posts.parent[rows][is_here]]
    source = world.author[rows]
    is_tie = (target != NOBODY) & (source != target)
    return source[is_tie], target[is_tie]


def _unanswered(posts: Said, world: World) -> tuple[float, int, int]:
    """Share of the openings by a known author to which nobody else known posted in the thread; their authors; their number."""
    author = world.author.copy()
    if world.since is not None:
        author[posts.at < world.since] = NOBODY
    if world.before is not None:
        author[posts.at >= world.before] = NOBODY
    is_known = posts.opening != NOBODY
    asker = np.full(posts.n_threads, NOBODY, dtype=np.int64)
    asker[is_known] = author[posts.opening[is_known]]
    answers = (author != NOBODY) & ~posts.is_repost & (author != asker[posts.thread])
    if world.within is not None:
        opened = np.where(is_known, posts.at[posts.opening] if len(posts.at) else 0, 0)
        answers &= posts.at - opened[posts.thread] <= world.within
    is_answered = np.bincount(posts.thread[answers], minlength=posts.n_threads) > 0
    asked = asker != NOBODY
    n = int(asked.sum())
    return int((asked & ~is_answered).sum()) / n if n else _NAN, len(np.unique(asker[asked])), n


def measured(posts: Said, world: World, names: list[str]) -> Measured:
    """Measure the network of a world; its authors are those with a tie."""
    source, target = ties_of(posts, world)
    people, code = np.unique(np.concatenate([source, target]), return_inverse=True)
    ends = code[: len(source)], code[len(source) :]
    within = [name for name in names if name in MEASURES]
    found = dict(zip(within, measured_by(*ends, n_authors=len(people), names=within).tolist(), strict=True))
    found |= {"n_authors": float(len(people)), "n_ties": float(len(source))}
    on = {name: (found[name], len(people), len(source)) for name in names if name in found}
    if "unanswered_share" in names:
        on["unanswered_share"] = _unanswered(posts, world)
    value, n_authors, n = zip(*(on[name] for name in names), strict=True)
    return Measured(np.array(value), np.array(n_authors), np.array(n))


def assumptions(posts: Said, streams: list[np.random.Generator]) -> list[Assumption]:
    """List the assumptions, the corpus as it is first; `streams` are one a draw, twice."""
    plain = World(posts.author, posts.delivered, np.full(posts.n_absent, NOBODY, dtype=np.int64))
    half = len(streams) // 2
    return [
        Assumption("as_is", "who is not known has no ties; answers to posts not in the corpus are left out",
                   _once(plain)),
        *_gone(posts, plain, streams[:half]),
        *_absent(posts, plain, streams[half:]),
        _without_busiest(posts, plain),
        _without_communities(posts, plain),
        _without_machines(posts, plain),
        *_windows(posts, plain),
    ]  # fmt: skip


def _gone(posts: Said, plain: World, streams: list[np.random.Generator]) -> list[Assumption]:
    rows, lots = of_gone(posts)
    told = {
        "gone_apart": "each post without a known author is by a person of its own",
        "gone_together": "all posts of a thread without a known author are by one person",
        "gone_drawn": "each post without a known author is by a known author of its thread, drawn, whom it does not "
        "answer and who does not answer it",
    }
    if not len(rows):
        return _alike(told, "every post has a known author")

    def put(codes: Ints) -> World:
        author = plain.author.copy()
        author[rows] = codes
        return replace(plain, author=author)

    apart, together = put(posts.n_authors + np.arange(len(rows))), put(posts.n_authors + posts.thread[rows])
    return [
        Assumption("gone_apart", told["gone_apart"], _once(apart)),
        Assumption("gone_together", told["gone_together"], _once(together)),
        _drawn("gone_drawn", told["gone_drawn"], lambda: (put(lots.draw(stream)) for stream in streams), len(streams)),
    ]


def _absent(posts: Said, plain: World, streams: list[np.random.Generator]) -> list[Assumption]:
    told = {
        "absent_apart": "each answered post that is not in the corpus is by a person of its own",
        "absent_drawn": "each answered post that is not in the corpus is by a known author of the thread, drawn, who does "
        "not answer it",
    }
    if not posts.n_absent:
        return _alike(told, "every answered post is in the corpus, or its author was delivered")
    lots = of_absent(posts)
    apart = replace(plain, absent=posts.n_authors + np.arange(posts.n_absent))
    drawn = told["absent_drawn"]
    return [
        Assumption("absent_apart", told["absent_apart"], _once(apart)),
        _drawn(
            "absent_drawn", drawn, lambda: (replace(plain, absent=lots.draw(each)) for each in streams), len(streams)
        ),
    ]


def _once(world: World) -> Callable[[], Iterator[World]]:
    return lambda: iter([world])


def _drawn(name: str, told: str, worlds: Callable[[], Iterator[World]], n: int) -> Assumption:
    return Assumption(name, f"{told}; value: median of the draws", worlds, n, "draws")


def _alike(told: dict[str, str], why: str) -> list[Assumption]:
    return [Assumption(name, f"{each}; as it is, since {why}", is_same=True) for name, each in told.items()]


def _without(plain: World, is_out: np.ndarray) -> World:
    """Take authors out: whoever is missing from the corpus has neither posts nor ties."""

    def emptied(codes: Ints) -> Ints:
        return np.where((codes != NOBODY) & is_out[codes], NOBODY, codes) if len(is_out) else codes

    return replace(plain, author=emptied(plain.author), delivered=emptied(plain.delivered))


def _without_busiest(posts: Said, plain: World) -> Assumption:
    """Take out the hundredth of the authors with a tie who posted most; of equals, who posted first."""
    tied = np.unique(np.concatenate(ties_of(posts, plain)))
    written = np.bincount(posts.author[posts.author != NOBODY], minlength=posts.n_authors)
    top = tied[np.argsort(-written[tied], kind="stable")][: n_top(len(tied))]
    is_out = np.zeros(posts.n_authors, dtype=bool)
    is_out[top] = True
    told = "without the 1 % of authors (rounded up) who posted most; of equals, who posted first"
    return Assumption("without_busiest", told, _once(_without(plain, is_out)))


def _without_communities(posts: Said, plain: World) -> Assumption:
    n = posts.n_communities
    told = "without the posts of each community in turn; value: median, low and high: smallest and largest"
    if n < 2:
        return Assumption("without_community", f"undefined, fewer than two communities are named: {told}")

    def worlds() -> Iterator[World]:
        for number in range(n):
            yield replace(plain, author=np.where(posts.community == number, NOBODY, plain.author))

    return Assumption("without_community", told, worlds, n, "turns")


def _without_machines(posts: Said, plain: World) -> Assumption:
    told = "without accounts that are known to post by machine"
    out = posts.is_machine
    if out is None:
        return Assumption("without_machines", f"undefined, the corpus does not say which accounts are machines: {told}")
    if not out.any():
        return _alike({"without_machines": told}, "no author is known to be a machine")[0]
    return Assumption("without_machines", told, _once(_without(plain, out)))


def _windows(posts: Said, plain: World) -> list[Assumption]:
    first, last = (int(posts.at[0]), int(posts.at[-1])) if len(posts.at) else (0, 0)
    middle = first + (last - first + 1) // 2
    worlds = {
        **{
            f"within_{days}_days": (f"answers at most {days} days after the post", replace(plain, within=days * _DAY))
            for days in _WINDOWS
        },
        "first_half": ("posts of the first half of the period alone make ties", replace(plain, before=middle)),
        "second_half": ("posts of the second half of the period alone make ties", replace(plain, since=middle)),
    }
    return [Assumption(name, told, _once(world)) for name, (told, world) in worlds.items()]

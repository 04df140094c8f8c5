"""The null of replies at full size: draws a second beside plain Python, naive numpy, and sorting the keys alone."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from socialwork_research.kernels import directed
from socialwork_research.kernels.directed import counted
from socialwork_research.kernels.thread_null import Choices, Redraw, Weights, choices, measured, redrawn
from socialwork_research.kernels.thread_weights import fit
from socialwork_research.resampling import generator, spawn

N_REPLIES, N_AUTHORS, SEED = 571_751, 97_929, 20261121
ROUNDS = 20
MANY_REPLIES, MANY_DRAWS = 1_000_000, 1000

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def found() -> Choices:
    """571,751 replies in threads of very unequal length, by 97,929 authors of very unequal activity."""
    return invented(N_REPLIES)


def invented(n_replies: int) -> Choices:
    """Invent so many replies in threads of very unequal length, by 97,929 authors of very unequal activity."""
    stream = generator(SEED)
    length = np.minimum(1 + stream.zipf(1.7, size=n_replies), 3000)
    length = length[: np.searchsorted(np.cumsum(length - 1), 1.2 * n_replies)]
    thread = np.repeat(np.arange(len(length)), length)
    place = np.arange(len(thread)) - np.repeat(np.cumsum(length) - length, length)
    activity = np.cumsum(1 / np.arange(1, N_AUTHORS + 1) ** 0.8)
    author = np.searchsorted(activity, stream.random(len(thread)) * activity[-1])
    opens = np.arange(len(thread)) - place
    parent = np.where(place > 0, opens + (stream.random(len(thread)) * place).astype(np.int64), -1)
    other = np.flatnonzero((place > 0) & (author != author[np.maximum(parent, 0)]))[:n_replies]
    replies = np.zeros(len(thread), dtype=bool)
    replies[other] = True
    kind = np.zeros(len(thread), dtype=np.int64)
    made, rows = choices(thread, author, parent, is_root=place == 0, replies=replies, kind=kind)
    assert len(rows) == n_replies
    return made


def seconds(work: Callable[[np.random.Generator], object], *, rounds: int) -> float:
    """Give the median time of one call."""
    taken = []
    for stream in spawn(SEED, rounds):
        begin = time.perf_counter()
        work(stream)
        taken.append(time.perf_counter() - begin)
    return float(np.median(taken))


def plain(found: Choices) -> Callable[[np.random.Generator], float]:
    """Draw reply by reply, and keep edges in a set, as one would write it first."""
    first, earlier, source = found.first.tolist(), found.earlier.tolist(), found.source.tolist()
    author = found.author.tolist()

    def draw(stream: np.random.Generator) -> float:
        chances = iter(stream.random(4 * len(source)).tolist())
        edges = set()
        for who, begin, n in zip(source, first, earlier, strict=True):
            target = who
            while target == who:
                target = author[begin + int(next(chances) * n)]
            edges.add((who, target))
        return sum((b, a) in edges for a, b in edges) / len(edges)

    return draw


def naive(found: Choices) -> Callable[[np.random.Generator], float]:
    """Draw in numpy; find edges by unique, and their opposites by isin."""

    def draw(stream: np.random.Generator) -> float:
        drawn = found.first + (stream.random(len(found.source)) * found.earlier).astype(np.int64)
        while len(again := np.flatnonzero(found.author[drawn] == found.source)):
            drawn[again] = found.first[again] + (stream.random(len(again)) * found.earlier[again]).astype(np.int64)
        target = found.author[drawn]
        edges = np.unique(found.source * N_AUTHORS + target)
        return float(np.isin(edges % N_AUTHORS * N_AUTHORS + edges // N_AUTHORS, edges).mean())

    return draw


def test_draws_a_second(found: Choices, monkeypatch: pytest.MonkeyPatch) -> None:
    """Print draws a second of this null and of its peers in the same run; no time is asserted, equal values are."""
    fitted = fit(found)
    uniform, weighted = Redraw(found, Weights()), Redraw(found, Weights(root=1.0, recency=0.8))

    def reciprocity(redraw: Redraw) -> Callable[[np.random.Generator], float]:
        return lambda stream: counted(found.source, found.author[redraw(stream)], n_authors=N_AUTHORS).reciprocity

    def three_measures(redraw: Redraw) -> Callable[[np.random.Generator], np.ndarray]:
        return lambda stream: measured(found.source, found.author[redraw(stream)], n_authors=N_AUTHORS)

    keys = generator(SEED).integers(N_AUTHORS**2, size=N_REPLIES).astype(np.uint64)
    begin = time.perf_counter()
    fit(found)
    fitting = time.perf_counter() - begin
    times = {
        "plain Python, reciprocity": seconds(plain(found), rounds=3),
        "naive numpy, reciprocity": seconds(naive(found), rounds=5),
        "limit: sorting the keys alone": seconds(lambda _: np.sort(keys), rounds=ROUNDS),
    }
    values = [[draw(stream) for stream in spawn(SEED, 5)] for draw in (plain(found), naive(found))]
    for way, many in (("numpy", N_REPLIES * 1000), ("compiled", 1)):
        monkeypatch.setattr(directed, "_MANY", many)
        values.append([reciprocity(uniform)(stream) for stream in spawn(SEED, 5)])  # compiles before the clock starts
        weighted(generator(SEED))
        times |= {
            f"this null, {way}, uniform, reciprocity": seconds(reciprocity(uniform), rounds=ROUNDS),
            f"this null, {way}, weighted, reciprocity": seconds(reciprocity(weighted), rounds=ROUNDS),
            f"this null, {way}, weighted, three measures": seconds(three_measures(weighted), rounds=ROUNDS),
        }
    table = pd.DataFrame({"draws a second": {name: 1 / taken for name, taken in times.items()}})
    table["to plain Python"] = table["draws a second"] / table["draws a second"].iloc[0]
    print(f"\n{N_REPLIES:,} replies, {N_AUTHORS:,} authors (targets: 50 draws a second in numpy, 100 compiled)")
    print(table.round(1).to_string())
    print(f"fitting the weights, once: {fitting:.2f} s ({fitted})")
    assert values[2] == values[3]
    means, spread = np.mean(values, axis=1), np.std(values, axis=1, ddof=1).max()
    assert np.ptp(means) < 5 * spread


def test_a_thousand_draws_of_a_million_replies() -> None:
    """Print the time and the memory of 1,000 draws, weights fitted, three measures each, on 1,000,000 replies."""
    found = invented(MANY_REPLIES)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.perf_counter()
    weights = fit(found)
    none = np.zeros(0, dtype=np.int64)
    drawn = redrawn(found, weights, kept=(none, none), n_authors=N_AUTHORS, streams=spawn(SEED, MANY_DRAWS))
    taken = time.perf_counter() - begin
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"\n{MANY_REPLIES:,} replies, {MANY_DRAWS:,} draws: {taken:.0f} s, {MANY_DRAWS / taken:.0f} draws a second, "
          f"{peak:.0f} MB beyond the replies")  # fmt: skip
    assert (drawn.std(axis=0) > 0).all()

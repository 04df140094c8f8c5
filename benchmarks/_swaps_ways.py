"""Networks with all degrees kept, drawn by one engine: edges from a file in, seconds and memory out as JSON.

Run in a process of its own, by an interpreter that has the engine: ``_swaps_ways.py ENGINE EDGES.npz DRAWS SHARE``.
SHARE is the part of the ten steps an edge that is walked; the seconds are then scaled up to all ten.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable

import numpy as np

PER_EDGE = 10
Ends = tuple[np.ndarray, np.ndarray]
Draw = Callable[[int], Callable[[], Ends]]
"""Draws one network from a seed; what it returns reads the edges, after the clock has stopped."""


def ours(source: np.ndarray, target: np.ndarray, n: int, share: float) -> Draw:
    """Walk with `kernels.swapping`."""
    from socialwork_research.kernels.swapping import swapped
    from socialwork_research.resampling import generator

    steps = round(PER_EDGE * share)
    swapped(np.array([0, 1]), np.array([1, 2]), n_authors=3, stream=generator(1))  # compiles before the clock starts

    def draw(seed: int) -> Callable[[], Ends]:
        drawn = swapped(source, target, n_authors=n, per_edge=steps, stream=generator(seed))
        return lambda: drawn

    return draw


def by_networkit(source: np.ndarray, target: np.ndarray, n: int, share: float) -> Draw:
    """Walk with networkit's EdgeSwitching, after the shuffle without which it would not be uniform."""
    import networkit as nk

    nk.setNumberOfThreads(1)
    graph = nk.GraphFromCoo((source, target), n=n, directed=True)

    def draw(seed: int) -> Callable[[], Ends]:
        nk.setSeed(seed, False)
        walk = nk.randomization.EdgeSwitching(graph, PER_EDGE * share, True)
        walk.run()
        return lambda: ends(walk.getGraph().iterEdges())

    return draw


def by_networkx(source: np.ndarray, target: np.ndarray, _: int, share: float) -> Draw:
    """Walk with networkx' directed_edge_swap, whose steps move three edges each and count only where they move."""
    import networkx as nx

    def draw(seed: int) -> Callable[[], Ends]:
        graph = nx.DiGraph(zip(source.tolist(), target.tolist(), strict=True))
        steps = int(PER_EDGE * share * len(source))
        nx.directed_edge_swap(graph, nswap=steps, max_tries=100 * steps, seed=seed)
        return lambda: ends(graph.edges)

    return draw


def ends(edges: Iterable[tuple[int, int]]) -> Ends:
    """List sources and targets."""
    listed = np.array(list(edges))
    return listed[:, 0], listed[:, 1]


ENGINES = {"ours": ours, "networkit": by_networkit, "networkx": by_networkx}


def main() -> None:
    """Draw, check the degrees, and write what it took."""
    engine, path, draws, share = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    held = np.load(path)
    source, target, n = held["source"], held["target"], int(held["n"])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    draw = ENGINES[engine](source, target, n, share)
    seconds, kept = [], []
    for seed in range(1, draws + 1):
        begin = time.perf_counter()
        read = draw(seed)
        seconds.append((time.perf_counter() - begin) / share)
        one, other = read()
        degrees = [np.bincount(end, minlength=n) for end in (one, other)]
        assert (degrees[0] == np.bincount(source, minlength=n)).all()
        assert (degrees[1] == np.bincount(target, minlength=n)).all()
        kept.append(float(np.isin(one * n + other, source * n + target).mean()))
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    json.dump({"seconds": float(np.median(seconds)), "megabytes": peak, "kept": float(np.mean(kept))}, sys.stdout)


if __name__ == "__main__":
    main()

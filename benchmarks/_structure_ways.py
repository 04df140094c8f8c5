"""Measures of a network by networkit and rustworkx: edges from a file in, values and seconds out as JSON.

Run by an interpreter of its own, where they are installed: ``_structure_ways.py EDGES.npy N_AUTHORS LIMIT_SECONDS``.
Each measure runs in a child of its own, so that one that crashes or does not finish costs no other.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import time

import numpy as np

SOURCES = 16  # of the sampled distances; their time is written for 512


def ways(source, target, n):
    """Give each measure as a call, on graphs that are built beforehand; undirected ones have each pair once."""
    import networkit as nk
    import rustworkx as rx

    nk.setNumberOfThreads(1)
    low, high = np.minimum(source, target), np.maximum(source, target)
    pairs = np.unique(low * n + high)
    joined = nk.GraphFromCoo((pairs // n, pairs % n), n=n, directed=False)
    directed = nk.GraphFromCoo((source, target), n=n, directed=True)
    plain, arrows = rx.PyGraph(), rx.PyDiGraph()
    for graph, ends in ((plain, (pairs // n, pairs % n)), (arrows, (source, target))):
        graph.add_nodes_from(range(n))
        graph.add_edges_from_no_data(list(zip(ends[0].tolist(), ends[1].tolist(), strict=True)))

    def run(algorithm, read):
        algorithm.run()
        return read(algorithm)

    return {
        "networkit": {
            "transitivity": lambda: nk.globals.ClusteringCoefficient.exactGlobal(joined),
            "mean_clustering": lambda: run(
                nk.centrality.LocalClusteringCoefficient(joined, True), lambda done: float(np.mean(done.scores()))
            ),
            "n_components": lambda: run(
                nk.components.ConnectedComponents(joined), lambda done: done.numberOfComponents()
            ),
            "n_strong_components": lambda: run(
                nk.components.StronglyConnectedComponents(directed), lambda done: done.numberOfComponents()
            ),
            "degeneracy": lambda: run(nk.centrality.CoreDecomposition(joined), lambda done: done.maxCoreNumber()),
            "mean_distance (512 sources)": lambda: (
                [nk.distance.BFS(joined, source, storePaths=False).run() for source in range(SOURCES)] and None
            ),
        },
        "rustworkx": {
            "transitivity": lambda: rx.transitivity(plain),
            "n_components": lambda: rx.number_connected_components(plain),
            "n_strong_components": lambda: len(rx.strongly_connected_components(arrows)),
            "degeneracy": lambda: max(rx.core_number(plain).values()),
        },
    }


def timed(call, name, pipe, limit):
    """Send a value and the seconds; the limit is of seconds of a core."""
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    begin = time.process_time()
    value = call()
    seconds = time.process_time() - begin
    pipe.send((value, seconds * (512 / SOURCES if "512" in name else 1)))


def main() -> None:
    """Time all and write them."""
    path, n, limit = sys.argv[1], int(sys.argv[2]), int(float(sys.argv[3])) + 1
    source, target = (np.ascontiguousarray(ends) for ends in np.load(path))
    told = {}
    for engine, calls in ways(source, target, n).items():
        for name, call in calls.items():
            here, there = multiprocessing.Pipe(duplex=False)
            child = multiprocessing.get_context("fork").Process(target=timed, args=(call, name, there, limit))
            child.start()
            there.close()
            try:
                told.setdefault(engine, {})[name] = here.recv()
            except EOFError:  # it crashed, or was ended by the limit
                told.setdefault(engine, {})[name] = [None, None]
            child.join()
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()

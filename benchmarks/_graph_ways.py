"""One measure of positions by one engine, in a process of its own: an edge list in, seconds, memory and values out.

Run by any interpreter that has the engine: ``python _graph_ways.py ENGINE MEASURE edges.npz values.npy``. The seconds are
those of the measure from arrays or from the engine's own graph, whose making is told apart.
"""

from __future__ import annotations

import json
import resource
import sys
import time

import numpy as np

SOURCES, SOME, SEED = 64, 20, 20261121


def pivots(n_authors, starts):
    """Draw the authors from whom shortest paths are followed, and those of whom networkx is asked constraint."""
    stream = np.random.default_rng(SEED)
    return np.sort(stream.permutation(starts)[:SOURCES]), np.sort(stream.permutation(n_authors)[:SOME])


def ours(source, target, weight, n_authors):
    """Measure with the package's kernels, on sorted arrays; compiled before the clock starts."""
    from socialwork_research.kernels import holes, paths, standing

    starts = np.unique(source)
    drawn, _ = pivots(n_authors, starts)

    def ways(source, target, weight, n, **some):
        return {
            "pagerank": lambda: standing.pagerank(source, target, n_authors=n, weight=weight),
            "constraint": lambda: holes.holes(source, target, n_authors=n, weight=weight).constraint,
            "effective size": lambda: holes.holes(source, target, n_authors=n, weight=weight).effective_size,
            "betweenness": lambda: paths.betweenness(source, target, n_authors=n, **some).value,
        }

    for way in ways(np.array([0, 1, 2]), np.array([1, 2, 0]), np.ones(3), 3).values():
        way()
    return ways(source, target, weight, n_authors, sources=drawn, beginnings=starts)


def networkx(source, target, weight, n_authors):
    """Measure with networkx; constraint and effective size of a few authors alone, betweenness from fewer sources."""
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(range(n_authors))
    graph.add_weighted_edges_from(zip(source.tolist(), target.tolist(), weight.tolist(), strict=True))
    _, some = pivots(n_authors, np.unique(source))
    some = [each for each in some.tolist() if graph.out_degree(each)]

    def of_some(values):
        return np.array([values.get(author, np.nan) for author in range(n_authors)])

    return {
        "pagerank": lambda: of_some(nx.pagerank(graph, tol=1e-12 / n_authors, max_iter=1000)),
        "constraint": lambda: of_some(nx.constraint(graph, nodes=some, weight="weight")),
        "effective size": lambda: of_some(nx.effective_size(graph, nodes=some, weight="weight")),
        "betweenness": lambda: of_some(nx.betweenness_centrality(graph, k=4, normalized=False, seed=1)),
    }


def networkit(source, target, weight, n_authors):
    """Measure with networkit; it has neither constraint nor effective size."""
    import networkit as nk

    nk.engineering.setNumberOfThreads(1)
    graph = nk.Graph(n_authors, weighted=True, directed=True)
    for a, b, heavy in zip(source.tolist(), target.tolist(), weight.tolist(), strict=True):
        graph.addEdge(a, b, heavy)

    def pagerank():
        found = nk.centrality.PageRank(
            graph, damp=0.85, tol=1e-12, distributeSinks=nk.centrality.SinkHandling.DistributeSinks
        )
        return np.array(found.run().scores())

    def betweenness():
        plain = nk.graphtools.toUnweighted(graph)
        return np.array(nk.centrality.EstimateBetweenness(plain, SOURCES, False, False).run().scores())

    return {"pagerank": pagerank, "betweenness": betweenness}


def main() -> None:
    """Measure once and write down what it took."""
    engine, measure, edges, values = sys.argv[1:]
    held = np.load(edges)
    start = time.perf_counter()
    ways = {"ours": ours, "networkx": networkx, "networkit": networkit}[engine](
        held["source"], held["target"], held["weight"], int(held["n_authors"])
    )
    made = time.perf_counter() - start
    if measure not in ways:
        print(json.dumps({}))
        return
    start = time.perf_counter()
    found = ways[measure]()
    seconds = time.perf_counter() - start
    np.save(values, found)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"graph made": made, "seconds": seconds, "peak MB": memory}))


if __name__ == "__main__":
    main()

"""networkit's Louvain and Leiden on one core. Run by an interpreter of its own, where networkit is installed.

Takes the path of an .npz with ``first``, ``second``, ``weight``, ``n``; prints name, seconds and modularity, tab-separated.
"""

from __future__ import annotations

import sys
import time

import networkit as nk
import numpy as np

nk.setNumberOfThreads(1)
held = np.load(sys.argv[1])
graph = nk.Graph(int(held["n"]), weighted=True)
for first, second, weight in zip(*(held[name].tolist() for name in ("first", "second", "weight")), strict=True):
    graph.addEdge(first, second, weight)
for name, make in (
    ("networkit Louvain", lambda: nk.community.PLM(graph, True)),
    ("networkit Leiden", lambda: nk.community.ParallelLeiden(graph, True, 3)),
):
    taken = []
    for _ in range(3):
        work = make()
        begin = time.perf_counter()
        work.run()
        taken.append(time.perf_counter() - begin)
    quality = nk.community.Modularity().getQuality(work.getPartition(), graph)
    print(name, f"{sorted(taken)[1]:.4f}", f"{quality:.4f}", sep="\t")

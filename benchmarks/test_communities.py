"""Communities at 100,000 authors and a million ties: one run beside networkit and networkx, and the memory of a consensus."""

from __future__ import annotations

import os
import subprocess
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from socialwork_research import networks
from socialwork_research.kernels.leiden import Graph, graph_of, modularity, partition
from socialwork_research.resampling import generator, spawn

N_AUTHORS, N_TIES, N_GROUPS, SEED = 100_000, 1_000_000, 200, 20261121
N_SMALL, RUNS = 20_000, 5
PEER = os.environ.get("BENCH_NETWORKIT_PYTHON")

pytestmark = pytest.mark.bench

Ends = tuple[np.ndarray, np.ndarray, np.ndarray]


def ties(n_authors: int, n_ties: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw ties among authors of very unequal activity, three in five within one of the groups."""
    stream = generator(SEED)
    activity = np.cumsum(1 / np.arange(1, n_authors + 1) ** 0.7)
    source, target = (np.searchsorted(activity, stream.random(n_ties) * activity[-1]) for _ in range(2))
    group = stream.permutation(n_authors) % N_GROUPS
    members, size = np.argsort(group, kind="stable"), n_authors // N_GROUPS
    near = members[np.minimum(group[source] * size + stream.integers(size, size=n_ties), n_authors - 1)]
    target = np.where(stream.random(n_ties) < 0.6, near, target)
    return source[source != target], target[source != target]


def joined(n_authors: int, n_ties: int) -> Ends:
    """Put the ties of each two authors together."""
    source, target = ties(n_authors, n_ties)
    keys, weight = np.unique(np.minimum(source, target) * n_authors + np.maximum(source, target), return_counts=True)
    return keys // n_authors, keys % n_authors, weight


def laid_out(ends: Ends, n_authors: int) -> Graph:
    """Lay the pairs out for the kernel."""
    return graph_of(*ends, n_nodes=n_authors)


def median(work: Callable[[np.random.Generator], np.ndarray], graph: Graph) -> tuple[float, float]:
    """Give the median time of five runs, and the modularity of the last."""
    taken = []
    for stream in spawn(SEED, 5):
        begin = time.perf_counter()
        label = work(stream)
        taken.append(time.perf_counter() - begin)
    return float(np.median(taken)), modularity(graph, label)


def networkit_of(ends: Ends, folder: Path) -> dict[str, tuple[float, float]]:
    """Run networkit in its own interpreter, where one is named."""
    if PEER is None:
        return {}
    first, second, weight = ends
    np.savez(folder / "pairs.npz", first=first, second=second, weight=weight, n=N_AUTHORS)
    script = Path(__file__).with_name("_communities_networkit.py")
    told = subprocess.run([PEER, str(script), str(folder / "pairs.npz")], check=True, capture_output=True, text=True)
    rows = [line.split("\t") for line in told.stdout.splitlines()]
    return {name: (float(seconds), float(quality)) for name, seconds, quality in rows}


def test_one_run_at_full_size(tmp_path: Path) -> None:
    """Print seconds and modularity of one run and of its peers; no time is asserted, a modularity as high as theirs is."""
    ends = joined(N_AUTHORS, N_TIES)
    begin = time.perf_counter()
    graph = laid_out(ends, N_AUTHORS)
    layout = time.perf_counter() - begin
    partition(graph, stream=generator(SEED))
    rows = {
        "Leiden, one sweep": median(lambda stream: partition(graph, stream=stream, sweeps=1), graph),
        "Leiden, as used (two sweeps)": median(lambda stream: partition(graph, stream=stream), graph),
        **networkit_of(ends, tmp_path),
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["seconds", "modularity"])
    if "networkit Louvain" in rows:
        table["to networkit Louvain"] = table["seconds"] / rows["networkit Louvain"][0]
    print(
        f"\n{N_AUTHORS:,} authors, {len(ends[0]):,} pairs, one core (laying out: {layout:.2f} s; target: 2 × networkit)"
    )
    print(table.round(3).to_string())
    assert (table["modularity"].iloc[:2] > table["modularity"].max() - 0.01).all()


def test_one_run_beside_networkx() -> None:
    """Print seconds and modularity beside networkx's Louvain, on a fifth of the authors."""
    first, second, weight = joined(N_SMALL, N_TIES // 10)
    graph = laid_out((first, second, weight), N_SMALL)
    plain = nx.Graph()
    plain.add_nodes_from(range(N_SMALL))
    plain.add_weighted_edges_from(zip(first.tolist(), second.tolist(), weight.tolist(), strict=True))
    partition(graph, stream=generator(SEED))
    ours = median(lambda stream: partition(graph, stream=stream), graph)
    begin = time.perf_counter()
    parts = nx.community.louvain_communities(plain, seed=1)
    theirs = time.perf_counter() - begin, nx.community.modularity(plain, parts)
    print(f"\n{N_SMALL:,} authors, {len(first):,} pairs: ours {ours[0]:.3f} s, modularity {ours[1]:.4f}; networkx "
          f"{theirs[0]:.2f} s, {theirs[1]:.4f}; {theirs[0] / ours[0]:.0f} times as fast")  # fmt: skip
    assert ours[1] > theirs[1] - 0.01


def test_a_consensus_at_full_size_needs_no_matrix_of_authors() -> None:
    """Print time and peak memory of a consensus on the table of ties; the peak lies far below one byte a pair of authors."""
    source, target = ties(N_AUTHORS, N_TIES)
    table = pd.DataFrame({"source": source, "target": target}).astype("str")
    networks.communities(table.head(1000), runs=2, seed=1)
    tracemalloc.start()
    begin = time.perf_counter()
    found = networks.communities(table, runs=RUNS, seed=1)
    taken, peak = time.perf_counter() - begin, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"\nconsensus of {RUNS} runs, {len(found):,} authors: {taken:.1f} s, peak {peak / 1e6:,.0f} MB "
          f"({found['community'].max()} communities); a matrix of bytes would take {N_AUTHORS**2 / 1e6:,.0f} MB")  # fmt: skip
    assert peak < N_AUTHORS**2 / 10

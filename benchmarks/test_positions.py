"""Positions at full size: PageRank, constraint, effective size and sampled betweenness beside networkx and networkit.

Each engine runs in a process of its own, on one thread. networkit, which is not among the requirements, is used where an
interpreter that has it is named by BENCH_GRAPH_PYTHON. networkx cannot finish constraint and betweenness here: it is asked
of 20 authors, or for the paths from 4, and its time scaled up; random authors are mostly no hubs, so that this flatters it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from socialwork_research import networks
from socialwork_research.resampling import generator

HERE = Path(__file__).parent
N_TIES = int(os.environ.get("BENCH_POSITIONS_TIES", "1000000"))
N_AUTHORS, SEED, PATIENCE = N_TIES // 10, 20261121, int(os.environ.get("BENCH_PATIENCE", "300"))
PEER = Path(os.environ.get("BENCH_GRAPH_PYTHON", HERE.parent / ".venv-graph" / "bin" / "python"))
MEASURES = ("pagerank", "constraint", "effective size", "betweenness")

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A million ties among 100,000 authors of very unequal activity, as distinct edges with weights."""
    stream = generator(SEED)
    activity = np.cumsum(1 / np.arange(1, N_AUTHORS + 1) ** 0.7)
    name = stream.permutation(N_AUTHORS)
    source, target = (
        name[np.minimum(np.searchsorted(activity, stream.random(N_TIES) * activity[-1]), N_AUTHORS - 1)] for _ in "st"
    )
    other = source != target
    keys, weight = np.unique(source[other] * N_AUTHORS + target[other], return_counts=True)
    path = tmp_path_factory.mktemp("edges") / "edges.npz"
    np.savez(path, source=keys // N_AUTHORS, target=keys % N_AUTHORS, weight=weight, n_authors=N_AUTHORS)
    return path


def ran(engine: str, measure: str, edges: Path) -> tuple[dict[str, float], np.ndarray | None]:
    """Run one engine on one measure; nothing where it lacks the measure, or our patience ends."""
    python = PEER if engine == "networkit" else Path(sys.executable)
    if not python.exists():
        return {}, None
    values = edges.with_name(f"{engine}-{measure.replace(' ', '-')}.npy")
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(HERE.parent)}
    try:
        done = subprocess.run(
            [str(python), str(HERE / "_graph_ways.py"), engine, measure, str(edges), str(values)],
            capture_output=True, text=True, timeout=PATIENCE, check=True, env={**os.environ, **threads},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"seconds": float(PATIENCE)}, None
    return json.loads(done.stdout), np.load(values) if values.exists() else None


def test_each_measure_beside_its_peers(edges: Path) -> None:
    """Print seconds, memory and ratios; where a peer has the measure, its values are ours."""
    held = np.load(edges)
    share = {"constraint": N_AUTHORS / 20, "effective size": N_AUTHORS / 20, "betweenness": 64 / 4}
    rows = []
    for measure in MEASURES:
        told, ours = ran("ours", measure, edges)
        rows.append({"measure": measure, "engine": "this package", **told, "to ours": 1.0})
        for engine in ("networkx", "networkit"):
            peer, values = ran(engine, measure, edges)
            if not peer:
                continue
            scale = share.get(measure, 1.0) if engine == "networkx" else 1.0
            rows.append({
                "measure": measure, "engine": engine + (f" (scaled × {scale:,.0f})" if scale > 1 else ""),
                **peer, "to ours": scale * peer["seconds"] / told["seconds"],
            })  # fmt: skip
            if values is not None and measure != "betweenness":  # sampled from other authors
                some = ~np.isnan(values)
                assert ours[some] == pytest.approx(values[some], rel=1e-5, abs=1e-9), (measure, engine)
    print(
        f"\n{len(held['source']):,} edges, {N_AUTHORS:,} authors (targets: each under a second, 50 × networkx, 100 × for"
    )
    print("constraint; betweenness from 64 authors)")
    print(pd.DataFrame(rows).round(3).to_string(index=False))


def test_the_whole_table_of_positions(edges: Path) -> None:
    """Print how long the table takes from a table of ties, shortest paths from 64 authors included."""
    held = np.load(edges)
    name = np.array([f"author-{number:06d}" for number in range(N_AUTHORS)])
    at = pd.Timestamp("2024-03-01", tz="UTC") + pd.to_timedelta(np.arange(len(held["source"])), unit="s")
    ties = pd.DataFrame({"source": name[held["source"]], "target": name[held["target"]], "at": at})
    networks.positions(ties.head(50), seed=SEED)
    start = time.perf_counter()
    table = networks.positions(ties, sources=64, seed=SEED)
    print(f"\npositions of {len(table):,} authors from {len(ties):,} ties: {time.perf_counter() - start:.1f} s")
    assert table["pagerank_share"].sum() == pytest.approx(1)

"""Networks with all degrees kept: draws a second beside networkx and a compiled engine, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from socialwork_research.resampling import generator

HERE = Path(__file__).resolve().parent
PEERS = Path(os.environ.get("BENCH_GRAPHS_PYTHON", HERE.parent / ".venv-graphs" / "bin" / "python"))
N_EDGES, N_AUTHORS, SEED = 100_000, 30_000, 20261121
SHARE_OF_NETWORKX = 0.02  # networkx walks so much of the ten steps an edge; its time is scaled up

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw a hundred thousand edges between authors of very unequal activity."""
    stream = generator(SEED)
    activity = 1 / np.arange(1, N_AUTHORS + 1) ** 0.8
    source, target = stream.choice(N_AUTHORS, size=(2, 2 * N_EDGES), p=activity / activity.sum())
    keys = np.unique((source * N_AUTHORS + target)[source != target])
    keys = np.sort(stream.permutation(keys)[:N_EDGES])
    assert len(keys) == N_EDGES
    path = tmp_path_factory.mktemp("swaps") / "edges.npz"
    np.savez(path, source=keys // N_AUTHORS, target=keys % N_AUTHORS, n=N_AUTHORS)
    return path


def told(engine: str, network: Path, *, draws: int, share: float = 1.0, python: Path | str = sys.executable) -> dict:
    """Draw with one engine in a process of its own."""
    command = [str(python), str(HERE / "_swaps_ways.py"), engine, str(network), str(draws), str(share)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout)


def test_draws_a_second(network: Path) -> None:
    """Print draws a second and memory of each engine; all keep the degrees, and as few edges as chance leaves."""
    runs = {
        "networkx, scaled up": told("networkx", network, draws=1, share=SHARE_OF_NETWORKX),
        "ours": told("ours", network, draws=9),
    }
    if PEERS.exists():
        runs["networkit, one thread"] = told("networkit", network, draws=5, python=PEERS)
    table = pd.DataFrame(runs).T
    table.insert(0, "draws a second", 1 / table["seconds"])
    table["to networkx"] = table["draws a second"] / table["draws a second"].iloc[0]
    print(f"\n{N_EDGES:,} edges, {N_AUTHORS:,} authors, ten steps an edge (target: 6 draws a second)")
    print(table.round(3).to_string())
    whole = table.drop(index="networkx, scaled up")
    assert np.ptp(whole["kept"]) < 0.01

"""Networks to files and back, and their layout, beside networkx in the same run."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from socialwork_research import networks
from socialwork_research.resampling import generator

N_AUTHORS, N_TIES, N_DRAWN, SEED = 20_000, 100_000, 4_000, 20261121

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def ties() -> pd.DataFrame:
    """Ties among authors of whom few take part in much."""
    stream = generator(SEED)
    ends = np.minimum(stream.zipf(1.5, (N_TIES, 2)) + stream.integers(N_AUTHORS // 2, size=(N_TIES, 2)), N_AUTHORS - 1)
    names = pd.Series(np.arange(N_AUTHORS)).map("{:016x}".format).to_numpy()
    at = pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(np.arange(N_TIES), unit="s").as_unit("us")
    return pd.DataFrame({"source": names[ends[:, 0]], "target": names[ends[:, 1]], "at": at, "kind": "reply"})


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Give the time of the process for a call, its peak in megabytes (of a second call), and what it returns."""
    begun = time.process_time()
    result = work()
    taken = time.process_time() - begun
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return taken, peak, result


def told(what: str, ours: tuple[float, float, Any], peer: tuple[float, float, Any]) -> None:
    """Print one line of the table."""
    ratio = peer[0] / ours[0]
    print(
        f"{what:<20} ours {ours[0]:7.2f} s {ours[1]:7.0f} MB   networkx {peer[0]:7.2f} s {peer[1]:7.0f} MB   {ratio:5.1f} ×"
    )


def test_files_of_a_large_network(ties: pd.DataFrame, tmp_path: Path) -> None:
    """What is written and read is the same network, and what it takes is printed beside networkx."""
    graph = networks.graph(ties)
    file = tmp_path / "ours.graphml"
    print(f"\n{len(graph):,} authors, {graph.size():,} edges")
    other = tmp_path / "theirs"
    ours, theirs = timed(lambda: networks.write(graph, file)), timed(lambda: nx.write_graphml_xml(graph, other))
    told("GraphML, written", ours, theirs)
    ours, theirs = timed(lambda: networks.read(file)), timed(lambda: nx.read_graphml(file))
    told("GraphML, read", ours, theirs)
    assert dict(ours[2].edges) == dict(theirs[2].edges) == dict(graph.edges)
    file = tmp_path / "ours.gexf"
    ours, theirs = timed(lambda: networks.write(graph, file)), timed(lambda: nx.write_gexf(graph, other))
    told("GEXF 1.3, written", ours, theirs)
    ours, theirs = timed(lambda: networks.read(file)), timed(lambda: nx.read_gexf(file, version="1.3"))
    told("GEXF 1.3, read", ours, theirs)
    assert dict(ours[2].edges) == dict(graph.edges)


def test_layout_of_a_network(ties: pd.DataFrame) -> None:
    """Pairs with a tie lie nearer than chance in both layouts; the time of each is printed."""
    some = ties[(ties["source"] < f"{N_DRAWN:016x}") & (ties["target"] < f"{N_DRAWN:016x}")]
    graph = networks.graph(some)
    ours = timed(lambda: networks.layout(some, seed=SEED))
    theirs = timed(lambda: nx.forceatlas2_layout(graph, max_iter=60, seed=SEED))
    print(f"\n{len(graph):,} authors, {graph.size():,} edges")
    told("layout", ours, theirs)
    places = {"ours": ours[2][["x", "y"]], "networkx": pd.DataFrame(theirs[2], index=["x", "y"]).T}
    for name, where in places.items():
        ends = [where.loc[some[end]].to_numpy() for end in ("source", "target")]
        near = np.median(np.hypot(*(ends[0] - ends[1]).T))
        far = np.median(np.hypot(*(ends[0] - generator(SEED).permutation(ends[1])).T))
        print(f"  {name}: pairs with a tie lie at {near / far:.2f} of the distance of others")
        assert near < far

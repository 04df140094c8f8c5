"""The structure table of 100,000 authors and a million ties: each measure beside networkx, networkit and rustworkx."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import subprocess
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from socialwork_research import networks
from socialwork_research.kernels.measuring import MEASURES, Network
from socialwork_research.kernels.triads import census
from socialwork_research.networks._edges import coded
from socialwork_research.networks._structure_distances import distance_rows
from socialwork_research.resampling import generator

HERE = Path(__file__).parent
N_TIES = int(os.environ.get("BENCH_STRUCTURE_TIES", "1000000"))
N_AUTHORS, SEED = N_TIES // 10, 20261121
LIMIT = float(os.environ.get("BENCH_STRUCTURE_LIMIT", "60"))  # seconds for each measure of a peer
PEERS = Path(os.environ.get("BENCH_GRAPHS_PYTHON", HERE.parent / ".venv-graphs" / "bin" / "python"))
SOURCES = 8  # of distances by networkx, written for 512
DISTANCE, TRIADS = "mean_distance (512 sources)", "triad census"

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def ties() -> pd.DataFrame:
    """A million replies in threads of very unequal length, of whose few participants some are everywhere."""
    stream = generator(SEED)
    length = np.minimum(2 + stream.zipf(1.7, size=N_TIES), 3000)
    length = length[: np.searchsorted(np.cumsum(length - 1), 2.2 * N_TIES)]
    thread = np.repeat(np.arange(len(length)), length)
    place = np.arange(len(thread)) - np.repeat(np.cumsum(length) - length, length)
    activity = np.cumsum(1 / np.arange(1, N_AUTHORS + 1) ** 0.8)
    here = 2 + length // 3  # participants of each thread
    first = np.cumsum(here) - here
    people = np.searchsorted(activity, stream.random(int(here.sum())) * activity[-1])
    author = people[first[thread] + (stream.random(len(thread)) * here[thread]).astype(np.int64)]
    opens = np.arange(len(thread)) - place
    parent = opens + (stream.random(len(thread)) * place).astype(np.int64)
    some = np.flatnonzero((place > 0) & (author != author[parent]))[:N_TIES]
    name = np.array([f"{number:016x}" for number in stream.permutation(N_AUTHORS)])
    at = pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(np.arange(len(some)), unit="s").as_unit("us")
    ends = {"source": name[author[some]], "target": name[author[parent[some]]]}
    return pd.DataFrame(ends).astype("str").assign(thread_id=thread[some].astype(str), at=at)


def timed(call: Callable[[], Any]) -> tuple[Any, float]:
    """Give a value and the seconds of one core that it took, whatever else the machine does."""
    begin = time.process_time()
    value = call()
    return value, time.process_time() - begin


def ours(ties: pd.DataFrame) -> tuple[dict[str, Any], dict[str, float]]:
    """Give the values and seconds of each measure, nothing but the joined pairs known before."""
    n, source, target, weight = coded(ties, authors=N_AUTHORS)
    values, seconds = {}, {}
    found, pairs = timed(lambda: Network(source, target, weight, n_authors=n))
    for name, measure in {**MEASURES, TRIADS: lambda each: census(each.pairs, each.triangles)}.items():
        fresh = Network(source, target, weight, n_authors=n)
        values[name], seconds[name] = timed(lambda measure=measure, fresh=fresh: measure(fresh))
    seconds["ids to sorted pairs"] = timed(lambda: coded(ties, authors=N_AUTHORS))[1] + pairs
    rows, seconds[DISTANCE] = timed(lambda: distance_rows(found, order=np.arange(n)))
    values[DISTANCE] = rows[0].value
    return values, seconds


def in_networkx(graph: nx.DiGraph) -> dict[str, Callable[[], Any]]:
    """List the measures that networkx has."""
    plain = graph.to_undirected()
    kinds = {
        f"{x}_{y}_assortativity": lambda x=x, y=y: nx.degree_assortativity_coefficient(graph, x=x, y=y)
        for x in ("out", "in")
        for y in ("out", "in")
    }
    return {
        "reciprocity": lambda: nx.overall_reciprocity(graph),
        "transitivity": lambda: nx.transitivity(plain),
        "mean_clustering": lambda: nx.average_clustering(plain),
        "directed_clustering": lambda: nx.average_clustering(graph),
        TRIADS: lambda: nx.triadic_census(graph),
        "n_components": lambda: nx.number_weakly_connected_components(graph),
        "n_strong_components": lambda: nx.number_strongly_connected_components(graph),
        "degeneracy": lambda: max(nx.core_number(plain).values()),
        "assortativity": lambda: nx.degree_assortativity_coefficient(plain),
        **kinds,
        DISTANCE: lambda: (
            [nx.single_source_shortest_path_length(plain, each) for each in list(plain)[:SOURCES]] and None
        ),
    }


def child(call: Callable[[], Any], name: str, pipe: Connection) -> None:
    """Send what a call gives, and its seconds; the limit is of seconds of a core, so that a busy machine ends no one early."""
    limit = int(time.process_time() + LIMIT) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    value, seconds = timed(call)
    pipe.send((value, seconds * (512 / SOURCES if name == DISTANCE else 1)))


def limited(calls: dict[str, Callable[[], Any]]) -> dict[str, tuple[Any, float | None]]:
    """Run each call in a child of its own, which is ended when the limit is over."""
    done: dict[str, tuple[Any, float | None]] = {}
    for name, call in calls.items():
        here, there = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(target=child, args=(call, name, there))
        process.start()
        there.close()
        try:
            done[name] = here.recv()
        except EOFError:  # ended by the limit
            done[name] = (None, None)
        process.join()
    return done


def elsewhere(graph: nx.DiGraph, folder: Path) -> dict[str, dict[str, list[Any]]]:
    """Time compiled peers by an interpreter of their own, if there is one."""
    if not PEERS.exists():
        print(f"networkit and rustworkx are not shown: no interpreter at {PEERS.name} (BENCH_GRAPHS_PYTHON)")
        return {}
    number = {name: place for place, name in enumerate(graph)}
    np.save(folder / "edges.npy", np.array([[number[a], number[b]] for a, b in graph.edges]).T)
    command = [str(PEERS), str(HERE / "_structure_ways.py"), str(folder / "edges.npy"), str(len(graph)), str(LIMIT)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def same(ours: Any, theirs: Any) -> bool:
    """Say whether two values, or two censuses, are the same."""
    return ours == theirs if isinstance(ours, dict) else bool(np.isclose(ours, theirs, rtol=1e-6, atol=1e-9))


def test_the_structure_table_beside_its_peers(ties: pd.DataFrame, tmp_path: Path) -> None:
    """Print seconds of one core for the whole table and of each measure; values equal those of every peer that finished."""
    networks.structure(ties.head(1000))  # loads and compiles
    ours(ties.head(300_000))
    table, whole = timed(lambda: networks.structure(ties, authors=N_AUTHORS))
    triads = timed(lambda: networks.triads(ties, authors=N_AUTHORS))[1]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    values, seconds = ours(ties)
    n_edges, most = (int(table.loc[name, "value"]) for name in ("n_edges", "max_in_degree"))
    print(f"\n{N_AUTHORS:,} authors, {len(ties):,} ties, {n_edges:,} edges, largest in-degree {most:,}")
    print(f"structure(ties): {whole:.2f} s, {len(table)} measures; triads(ties): {triads:.2f} s; peak {memory:,.0f} MB")
    graph, building = timed(lambda: nx.from_pandas_edgelist(ties, create_using=nx.DiGraph))
    graph.add_nodes_from(f"nobody {number}" for number in range(N_AUTHORS - len(graph)))
    print(
        f"networkx graph built in {building:.1f} s; limit of a peer's measure {LIMIT:.0f} s; peers are given built graphs"
    )
    done = {"networkx": limited(in_networkx(graph)), **elsewhere(graph, tmp_path)}
    shown = pd.DataFrame({"ours, s": seconds})
    for peer, measured in done.items():
        shown[f"{peer}, s"] = pd.Series({name: each[1] for name, each in measured.items()}, dtype="float64")
    shown["× networkx"] = shown["networkx, s"] / shown["ours, s"]
    order = shown["networkx, s"].notna().reindex(shown.index)
    shown = shown.assign(order=order).sort_values("order", ascending=False, kind="stable").drop(columns="order")
    print(shown.round(3).to_string(na_rep="–"))
    late = [name for name, each in done["networkx"].items() if each[1] is None]
    print(f"not finished by networkx within {LIMIT:.0f} s: {', '.join(late) or 'none'}")
    for peer, measured in done.items():
        for name, (value, _) in measured.items():
            assert value is None or same(values[name], value), (peer, name)

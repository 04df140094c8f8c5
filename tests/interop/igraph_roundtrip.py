"""Hold the exchange with igraph against igraph itself, which is under the GPL and so in no environment of this project.

Make one for it, once, with the same Python, and name its interpreter::

    python -m venv .venv-igraph
    .venv-igraph/bin/python -m pip install igraph
    .venv-dev/bin/python tests/interop/igraph_roundtrip.py .venv-igraph/bin/python

It ends with status 0 and one line, or with the first difference.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import networkx as nx
import pandas as pd

from socialwork_research import networks, sources

SAMPLE = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "posts.jsonl"
_ASK = "import json, sys, sysconfig; print(json.dumps([sys.version_info[:2], sysconfig.get_paths()['platlib']]))"


def main(python: str) -> None:
    """Take the sample's replies to igraph and back, by hand and by file, and compare measures."""
    answered = subprocess.run([python, "-c", _ASK], capture_output=True, text=True, check=True)
    version, library = json.loads(answered.stdout)
    if tuple(version) != sys.version_info[:2]:
        raise SystemExit(f"{python} is Python {version}, this one is {sys.version_info[:2]}: make it with the same.")
    sys.path.append(library)
    import igraph

    graph = networks.graph(networks.ties(sources.read(SAMPLE)))
    odd = {"none": None, "days": [1, "b\x00"], "at": pd.Timestamp("2024-01-01", tz="UTC"), "flag": True, "n": 2**70}
    first = next(iter(graph))
    graph.nodes[first].update(odd)
    made = networks.to_igraph(graph)
    again = networks.from_igraph(made)
    told = {name: value for name, value in graph.graph.items() if name not in ("papers", "notes")}
    assert list(again.nodes(data=True)) == list(graph.nodes(data=True))
    assert list(again.edges(data=True)) == list(graph.edges(data=True))
    assert {name: again.graph[name] for name in told} == told
    ours = nx.pagerank(graph, tol=1e-12, max_iter=1000)
    theirs = made.pagerank(weights="weight")
    assert max(abs(ours[name] - value) for name, value in zip(made.vs["name"], theirs, strict=True)) < 1e-8
    with tempfile.TemporaryDirectory() as folder:
        file = networks.write(graph, Path(folder) / "replies.graphml")
        read = igraph.Graph.Read_GraphML(str(file))
    assert (read.vcount(), read.ecount(), read.is_directed()) == (len(graph), graph.size(), True)
    names = read.vs["id"]
    edges = {(names[a], names[b]): w for (a, b), w in zip(read.get_edgelist(), read.es["weight"], strict=True)}
    assert edges == nx.get_edge_attributes(graph, "weight")
    assert abs(read.reciprocity() - nx.overall_reciprocity(graph)) < 1e-12
    print(f"igraph {igraph.__version__}: {len(graph)} authors, {graph.size()} edges, the same there and back")


if __name__ == "__main__":
    main(sys.argv[1])

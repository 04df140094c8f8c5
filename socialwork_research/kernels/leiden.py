"""Find communities of an undirected weighted graph by the Leiden algorithm: arrays in, labels out.

References
----------
Traag, Waltman & van Eck (2019), From Louvain to Leiden: guaranteeing
well-connected communities, *Scientific Reports* 9, 5233,
https://doi.org/10.1038/s41598-019-41695-z
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .compiling import compiled
from .drawing import state_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_SWEEPS = 2


class Graph(NamedTuple):
    """Each edge twice, sorted by node and neighbour."""

    start: Ints
    """Where the neighbours of each node begin; one more than nodes."""
    neighbour: npt.NDArray[np.int32]
    weight: Floats
    strength: Floats
    """Sum of the weights of each node."""


def graph_of(first: Ints, second: Ints, weight: npt.NDArray[np.number], *, n_nodes: int) -> Graph:
    """Lay out distinct pairs of nodes (no node with itself) so that each node's neighbours lie together.

    Parameters
    ----------
    first, second
        Node codes from 0 to ``n_nodes`` − 1, one pair an edge, each pair once.
    weight
        Positive whole numbers: their sums are then exact, in any order.
    n_nodes
        Number of nodes, those without an edge included.
    """
    ends, others = np.concatenate([first, second]), np.concatenate([second, first])
    order = np.argsort(ends * n_nodes + others, kind="stable")
    counted = np.bincount(ends, minlength=n_nodes)
    doubled = np.concatenate([weight, weight]).astype(np.float64)
    return Graph(
        start=np.concatenate([[0], np.cumsum(counted)]).astype(np.int64),
        neighbour=others[order].astype(np.int32),
        weight=doubled[order],
        strength=np.bincount(ends, weights=doubled, minlength=n_nodes).astype(np.float64),
    )


def partition(graph: Graph, *, resolution: float = 1.0, stream: np.random.Generator, sweeps: int = _SWEEPS) -> Ints:
    """Put each node into a community, by one run of the Leiden algorithm.

    Modularity is raised by local moves in an order drawn from the stream,
    by a refinement, and by joining the refined sets, until nothing moves;
    a second sweep begins at the result of the first. Each community hangs
    together.

    Parameters
    ----------
    graph
        From ``graph_of``.
    resolution
        The larger, the smaller the communities; 1 is modularity.
    stream
        Random numbers.
    sweeps
        How often to go over the whole graph.

    Returns
    -------
    Labels from 0, in the order of the communities' first nodes.
    """
    whole = float(graph.strength.sum())
    rate = resolution / whole if whole > 0 else 0.0
    label: Ints = compiled("_leiden_compiled").partition(tuple(graph), rate, sweeps, state_of(stream))
    return label


def modularity(graph: Graph, label: Ints, *, resolution: float = 1.0) -> float:
    """Weigh the edges within communities against what strengths alone would give (Newman & Girvan); NaN without edges.

    Q = Σ over communities of  inside / 2m − resolution · (strength / 2m)²,
    an edge inside counted from both its ends.
    """
    whole = float(graph.strength.sum())
    if whole == 0:
        return float("nan")
    node = np.repeat(np.arange(len(graph.strength)), np.diff(graph.start))
    inside = float(graph.weight[label[node] == label[graph.neighbour]].sum())
    held = np.bincount(label, weights=graph.strength)
    return inside / whole - resolution * float((held**2).sum()) / whole**2

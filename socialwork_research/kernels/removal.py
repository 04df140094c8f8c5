"""Take authors out of an undirected graph one by one, and see what stays joined: arrays in, arrays out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .compiling import compiled
from .drawing import state_of
from .leiden import Graph

Ints = npt.NDArray[np.int64]


def by_degree(graph: Graph, *, stream: np.random.Generator) -> Ints:
    """Order the authors so that each time one goes who has most partners left; among equals one is drawn."""
    order: Ints = compiled("_removal_compiled").by_degree(graph.start, graph.neighbour, state_of(stream))
    return order


def largest(graph: Graph, order: Ints) -> Ints:
    """Give the size of the largest component after 0, 1, … and all removals in this order."""
    sizes: Ints = compiled("_removal_compiled").largest(graph.start, graph.neighbour, order)
    return sizes

"""Split authors into a core and a periphery so that their ties come as near as possible to an ideal pattern."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .compiling import compiled
from .drawing import state_of
from .leiden import Graph


def searched(
    graph: Graph, *, layered: bool, stream: np.random.Generator, starts: int = 10
) -> tuple[float, npt.NDArray[np.bool_]]:
    """Search the core whose ideal pattern correlates most with who is joined to whom (weights are not looked at).

    Parameters
    ----------
    graph
        From ``leiden.graph_of``; each author with at least one partner.
    layered
        False: the ideal core is joined to all, the periphery to the core
        alone (Borgatti & Everett 1999, their equations 1–2). True: the
        ideal core is joined within, the periphery is not; pairs between
        the two are left out, as their variant with missing off-diagonal
        blocks has it.
    stream
        Random numbers.
    starts
        How many climbs: the first from the best cut by degree, the others
        from drawn cores. The best is kept.

    Returns
    -------
    The correlation (NaN where nothing varies: fewer than three authors, or
    all joined to all), and who is in the core.
    """
    fit, is_core = compiled("_core_search_compiled").searched(
        (graph.start, graph.neighbour), int(layered), starts, state_of(stream)
    )
    return (float(fit) if fit >= -1.5 else float("nan")), is_core

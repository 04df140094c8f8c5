"""The loops of the search for a core: authors change sides one by one while the fit to an ideal pattern grows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit
from numba.extending import register_jitable

from ._drawing_compiled import State, chance, shuffled

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Layout = tuple[Ints, npt.NDArray[np.int32]]

_LEAST = 1e-12


@register_jitable
def _fit(size: tuple[int, int], held_by: tuple[int, int, int], layered: int) -> float:
    """Correlate ties with the ideal pattern, from counts alone; −2 where nothing varies.

    Authors and ties; authors in the core, ties within it, ties wholly outside.
    """
    n, n_edges = size
    n_core, within, outside = held_by
    core, edge = n_core * (n_core - 1) / 2.0, (n - n_core) * (n - n_core - 1) / 2.0
    if layered:
        ones, total, held, hits = core, core + edge, float(within + outside), float(within)
    else:
        total = n * (n - 1) / 2.0
        ones, held, hits = total - edge, float(n_edges), float(n_edges - outside)
    room = ones * (total - ones) * held * (total - held)
    return (hits * total - ones * held) / np.sqrt(room) if room > 0 else -2.0


@register_jitable
def _climbed(graph: Layout, is_core: Mask, layered: int, state: State) -> float:
    """Change sides, in an order drawn anew for each round, as long as that raises the fit; change `is_core` in place."""
    start, neighbour = graph
    n = len(is_core)
    size = (n, len(neighbour) // 2)
    near = np.zeros(n, np.int64)
    n_core, within, outside = 0, 0, 0
    for author in range(n):
        n_core += is_core[author]
        for edge in range(start[author], start[author + 1]):
            near[author] += is_core[neighbour[edge]]
        within += near[author] if is_core[author] else 0
        outside += 0 if is_core[author] else start[author + 1] - start[author] - near[author]
    within, outside = within // 2, outside // 2
    best, moved = _fit(size, (n_core, within, outside), layered), True
    while moved:
        moved = False
        for author in shuffled(n, state):
            way = -1 if is_core[author] else 1
            away = start[author + 1] - start[author] - near[author]
            counts = (n_core + way, within + way * near[author], outside - way * away)
            trial = _fit(size, counts, layered)
            if trial > best + _LEAST:
                best, moved = trial, True
                n_core, within, outside = counts
                is_core[author] = way == 1
                for edge in range(start[author], start[author + 1]):
                    near[neighbour[edge]] += way
    return best


@register_jitable
def _by_degree(graph: Layout, layered: int, state: State) -> Mask:
    """Take the authors in falling order of degree, ties in a drawn order, and cut where the fit is best."""
    start, neighbour = graph
    n, n_edges = len(start) - 1, len(neighbour) // 2
    place, degree = shuffled(n, state), np.empty(n, np.int64)
    for author in range(n):
        degree[author] = start[place[author] + 1] - start[place[author]]
    order = place[np.argsort(-degree, kind="mergesort")]
    is_core, best, cut = np.zeros(n, np.bool_), -2.0, 0
    within, outside = 0, n_edges
    for rank in range(n):
        author, near = order[rank], 0
        for edge in range(start[author], start[author + 1]):
            near += is_core[neighbour[edge]]
        is_core[author] = True
        within += near
        outside -= start[author + 1] - start[author] - near
        trial = _fit((n, n_edges), (rank + 1, within, outside), layered)
        if trial > best + _LEAST:
            best, cut = trial, rank + 1
    is_core[order[cut:]] = False
    return is_core


@njit
def searched(graph: Layout, layered: int, starts: int, state: State) -> tuple[float, Mask]:
    """Climb from the best cut by degree and from drawn cores; return the best fit and its core."""
    n = len(graph[0]) - 1
    best, found = -2.0, np.zeros(n, np.bool_)
    for trial in range(starts):
        if trial == 0:
            is_core = _by_degree(graph, layered, state)
        else:
            is_core, share = np.zeros(n, np.bool_), chance(state)
            for author in range(n):
                is_core[author] = chance(state) < share
        fit = _climbed(graph, is_core, layered, state)
        if fit > best + _LEAST:
            best, found = fit, is_core
    return best, found

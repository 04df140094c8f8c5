"""The compiled loop under `holes`: each triangle is met once, and told to its three corners."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Codes = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]


@njit
def redundant(start: Codes, to: Codes, part: Floats, top: Floats) -> tuple[Floats, Floats]:
    """Add up over the triangles what each author's partners have of each other.

    ``part`` and ``top`` are each edge's share in its row's sum, and in its row's largest weight. Returns for each edge
    from i to j the sum of part(i, q) part(q, j) over q, and for each author i that of part(i, q) top(j, q) over j and q.
    """
    n = len(start) - 1
    indirect = np.zeros(len(to))
    overlap = np.zeros(n)
    opposite = np.empty(len(to), dtype=np.int64)
    free = start[:-1].copy()
    ahead = np.empty(len(to), dtype=np.int64)  # places of each row that lead to an author with more partners
    end = np.empty(n, dtype=np.int64)
    for author in range(n):
        end[author] = start[author]
        mine = start[author + 1] - start[author]
        for place in range(start[author], start[author + 1]):
            other = to[place]
            opposite[free[other]] = place
            free[other] += 1
            others = start[other + 1] - start[other]
            if others > mine or (others == mine and other > author):
                ahead[end[author]] = place
                end[author] += 1
    met = np.full(n, -1, dtype=np.int64)
    for u in range(n):
        for index in range(start[u], end[u]):
            met[to[ahead[index]]] = ahead[index]
        for index in range(start[u], end[u]):
            uv = ahead[index]
            v = to[uv]
            for further in range(start[v], end[v]):
                vw = ahead[further]
                w = to[vw]
                uw = met[w]
                if uw < 0:
                    continue
                vu, wu, wv = opposite[uv], opposite[uw], opposite[vw]
                indirect[uv] += part[uw] * part[wv]
                indirect[vu] += part[vw] * part[wu]
                indirect[uw] += part[uv] * part[vw]
                indirect[wu] += part[wv] * part[vu]
                indirect[vw] += part[vu] * part[uw]
                indirect[wv] += part[wu] * part[uv]
                overlap[u] += part[uw] * top[vw] + part[uv] * top[wv]
                overlap[v] += part[vw] * top[uw] + part[vu] * top[wu]
                overlap[w] += part[wv] * top[uv] + part[wu] * top[vu]
        for index in range(start[u], end[u]):
            met[to[ahead[index]]] = -1
    return indirect, overlap

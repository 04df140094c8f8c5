"""PageRank: where a walker along the edges is found in the long run."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ..errors import OptionError
from .adjacency import Codes, Floats, turned, weighted
from .compiling import compiled

__all__ = ["pagerank"]

_MOST = 10_000


def pagerank(
    source: Codes,
    target: Codes,
    *,
    n_authors: int,
    weight: npt.NDArray[np.number] | None = None,
    damping: float = 0.85,
    tolerance: float = 1e-12,
) -> Floats:
    """Return each author's share of a random walk along the edges (Brin & Page 1998); the shares sum to 1.

    With probability ``damping`` the walker follows an edge of where it stands, in proportion to weight; else, or where no
    edge leads on, it starts anew at any author.

    Parameters
    ----------
    source, target
        Author codes from 0 to ``n_authors`` − 1, one pair an edge, in any order; ties of an author with itself are left
        out.
    n_authors
        Number of authors, those without an edge included.
    weight
        Weight of each edge, above 0; 1 by default.
    damping
        Probability that the walker goes on, from 0 to less than 1.
    tolerance
        How much the shares may still move in one step, all together.

    References
    ----------
    Brin & Page (1998), The anatomy of a large-scale hypertextual web search engine, *Computer Networks and ISDN Systems*
    30, 107–117, https://doi.org/10.1016/S0169-7552(98)00110-X
    """
    if not n_authors:
        return np.zeros(0)
    table = weighted(source, target, n_authors=n_authors, weight=weight)
    given = np.add.reduceat(np.append(table.weight, 0.0), table.start[:-1])
    given[np.diff(table.start) == 0] = 0.0
    share, steps = compiled("_standing_compiled").rounds(*turned(table), given, damping, tolerance, _MOST)
    if steps > _MOST:
        raise OptionError(f"damping={damping}: the shares still move after {_MOST:,} steps. Mend: a lower damping.")
    return np.asarray(share / share.sum())

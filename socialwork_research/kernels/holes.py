"""Structural holes: how far an author's partners know each other already (Burt 1992)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .adjacency import Codes, Floats, mutual, weighted
from .compiling import compiled

__all__ = ["Holes", "holes"]


class Holes(NamedTuple):
    """Burt's two measures for each author; NaN for an author without a partner."""

    constraint: Floats
    effective_size: Floats


def holes(source: Codes, target: Codes, *, n_authors: int, weight: npt.NDArray[np.number] | None = None) -> Holes:
    """Measure Burt's constraint and effective size of each author's surroundings.

    The mutual weight of two authors is the sum of the weights of their edges in both directions; p(i, j) is its share in
    all that i has, m(j, q) its share in the largest that j has. Constraint is the sum over partners j of
    (p(i, j) + Σ p(i, q) p(q, j))², effective size the sum over partners j of 1 − Σ p(i, q) m(j, q). Both sums over q need
    only the triangles, each of which is met once (Chiba & Nishizeki 1985).

    Parameters
    ----------
    source, target
        Author codes from 0 to ``n_authors`` − 1, one pair an edge, in any order; ties of an author with itself are left
        out.
    n_authors
        Number of authors, those without an edge included.
    weight
        Weight of each edge, above 0; 1 by default.

    References
    ----------
    Burt (2004), Structural holes and good ideas, *American Journal of Sociology* 110, 349–399,
    https://doi.org/10.1086/421787

    Chiba & Nishizeki (1985), Arboricity and subgraph listing algorithms, *SIAM Journal on Computing* 14, 210–223,
    https://doi.org/10.1137/0214017
    """
    table = mutual(weighted(source, target, n_authors=n_authors, weight=weight))
    partners = np.diff(table.start)
    row = np.repeat(np.arange(n_authors), partners)
    some = partners > 0
    largest = np.zeros(n_authors)
    largest[some] = np.maximum.reduceat(table.weight, table.start[:-1][some]) if some.any() else 0.0
    summed = np.bincount(row, weights=table.weight, minlength=n_authors)
    part, top = table.weight / summed[row], table.weight / largest[row]
    indirect, overlap = compiled("_holes_compiled").redundant(table.start, table.to, part, top)
    constraint = np.bincount(row, weights=(part + indirect) ** 2, minlength=n_authors)
    return Holes(np.where(some, constraint, np.nan), np.where(some, partners - overlap, np.nan))

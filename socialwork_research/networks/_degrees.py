"""How degrees are spread over authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import count
from ..provenance import note, traced
from ._edges import Authors, edges

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["degrees"]


@traced
def degrees(ties: pd.DataFrame | nx.DiGraph, *, authors: Authors | None = None, pooled: int = 1) -> pd.DataFrame:
    """Spread the authors over their numbers of partners.

    Parameters
    ----------
    ties
        A table of ties, or a graph.
    authors
        Further authors, who may have no tie: their ids, or the number of
        all authors.
    pooled
        Put neighbouring degrees together until so many authors have them,
        inward and outward, so that no degree is one person's.

    Returns
    -------
    One row for each degree that occurs (index ``degree``; where degrees
    are pooled, the lowest of each class, which reaches to the next):
    ``n_authors_in`` and ``n_authors_out`` (authors with exactly so many
    distinct others who turned to them, or to whom they turned),
    ``share_in`` and ``share_out`` (share of authors, 0–1, with at least so
    many). Empty without authors.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If `pooled` is not a whole number from 1 up.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=4, seed=7)
    >>> float(degrees(sw.networks.ties(corpus))["share_in"].iloc[0])
    1.0
    """
    count(pooled, "pooled")
    found = edges(ties, authors=authors)
    inward, outward = found.in_degree, found.out_degree
    met = np.unique(np.concatenate([inward, outward]))
    table = pd.DataFrame(index=pd.Index(met, name="degree", dtype="int64"))
    for name, degree in (("in", inward), ("out", outward)):
        table[f"n_authors_{name}"] = np.bincount(degree, minlength=int(met.max(initial=0)) + 1)[met]
    if pooled > 1 and len(table):
        table = table.groupby(_classes(table, pooled)).sum().rename_axis(index="degree")
    for name in ("in", "out"):
        n = table[f"n_authors_{name}"]
        table[f"share_{name}"] = n[::-1].cumsum()[::-1] / max(found.n_authors, 1)
    return note(table, n_authors=found.n_authors, self_ties_left_out=found.n_self)


def _classes(table: pd.DataFrame, least: int) -> pd.Series:
    """Return for each degree the lowest of its class; what is left at the upper end joins the class before."""
    lowest, started = [], table.index[0]
    held = np.zeros(table.shape[1], dtype=np.int64)
    for degree, row in zip(table.index, table.to_numpy(), strict=True):
        lowest.append(started)
        held += row
        if (held >= least).all():
            started, held = degree + 1, np.zeros_like(held)
    if lowest[-1] == started and len(set(lowest)) > 1:
        before = max(each for each in lowest if each != started)
        lowest = [before if each == started else each for each in lowest]
    first = pd.Series(table.index, index=table.index).groupby(lowest).transform("min")
    return first.rename("degree")

"""The triad census as a table: one row a type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..kernels.triads import census
from ..kernels.triples import pairs
from ..kernels.triples import triangles as walked
from ..provenance import note, traced
from ._edges import Authors, coded

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["triads"]

_MEANING = {
    "003": "nobody turns to anybody",
    "012": "one turns to another",
    "102": "two turn to each other",
    "021D": "one turns to two others",
    "021U": "two turn to a third",
    "021C": "one turns to a second, who turns to a third",
    "111D": "two turn to each other, and a third to one of them",
    "111U": "two turn to each other, and one of them to a third",
    "030T": "one turns to two others, of whom one turns to the other",
    "030C": "each turns to the next, in a circle",
    "201": "one and each of two others turn to each other",
    "120D": "one turns to two others, who turn to each other",
    "120U": "two who turn to each other both turn to a third",
    "120C": "two turn to each other; one of them turns to a third, who turns to the other",
    "210": "all are joined, two pairs of them in both directions",
    "300": "all turn to each other",
}


@traced
def triads(ties: pd.DataFrame | nx.DiGraph, *, authors: Authors | None = None) -> pd.DataFrame:
    """Count all triples of authors by the 16 ways in which they can be joined.

    Parameters
    ----------
    ties
        A table of ties, or a graph. Self-ties are left out.
    authors
        Further authors, who may have no tie: their ids, or the number of
        all authors.

    Returns
    -------
    One row a type (index ``triad``, in the order of Holland & Leinhardt:
    number of mutual, one-way and absent pairs; then Down, Up, Transitive
    or Cyclic): ``n`` (triples of authors), ``share`` (of all triples, 0–1;
    NaN with fewer than three authors), ``share_joined`` (of the triples in
    which all three are joined, if only through one of them; NaN for the
    types where they are not, and where there is none), ``method`` (what
    the type means).

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If the number of authors is smaller than that of those with ties.

    References
    ----------
    Holland & Leinhardt (1976), Local structure in social networks,
    *Sociological Methodology* 7, 1–45, https://doi.org/10.2307/270703

    Batagelj & Mrvar (2001), A subquadratic triad census algorithm for
    large sparse networks with small maximum degree, *Social Networks* 23,
    237–243, https://doi.org/10.1016/S0378-8733(01)00035-1

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=4, seed=7)
    >>> int(triads(sw.networks.ties(corpus))["n"].sum())
    4
    """
    n_authors, source, target, _ = coded(ties, authors=authors)
    other = source != target
    found = pairs(source[other], target[other], n_authors=n_authors)
    counted = pd.Series(census(found, walked(found)), name="n", dtype="int64").rename_axis(index="triad")
    total = int(counted.sum())
    joined = counted.drop(["003", "012", "102"])
    table = pd.DataFrame(
        {
            "n": counted,
            "share": counted / total if total else float("nan"),
            "share_joined": joined / joined.sum() if joined.any() else float("nan"),
        }
    ).reindex(counted.index)
    table["method"] = [_MEANING[kind] for kind in table.index]
    if not total:
        table["method"] += "; shares undefined: fewer than three authors"
    elif not joined.any():
        table["method"] += "; share among the joined undefined: no three authors are joined"
    return note(table, n_authors=n_authors, self_ties_left_out=int((~other).sum()))

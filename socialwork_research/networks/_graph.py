"""The ties as a networkx graph, for the long tail of measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from .._checks import columns
from ..errors import OptionError
from ..provenance import note, traced
from ._edges import Authors, with_strangers

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["graph"]


@traced
def graph(ties: pd.DataFrame, *, authors: Authors | None = None) -> nx.DiGraph:
    """Make a directed graph of ties, for use with networkx.

    Nodes and edges are added in sorted order, on which the seeded
    algorithms of networkx depend.

    Parameters
    ----------
    ties
        A table of ties.
    authors
        Ids of further authors, who may have no tie.

    Returns
    -------
    A graph whose edges carry ``weight`` (number of ties), ``first_day``
    and ``last_day`` (UTC, written YYYY-MM-DD, which every exchange format
    takes). Self-ties become loops, if the table holds any.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If authors are given as a number: a graph needs their ids.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=4, seed=7)
    >>> graph(sw.networks.ties(corpus)).is_directed()
    True
    """
    import networkx as nx

    columns(ties, ["source", "target", "at"], "ties")
    known, n_authors = with_strangers(pd.unique(pd.concat([ties["source"], ties["target"]])), authors)
    if n_authors > len(known):
        raise OptionError("authors: a graph needs the ids of its nodes, not their number.")
    made = nx.DiGraph()
    made.add_nodes_from(str(name) for name in known)
    whole = ties.assign(day=ties["at"].dt.strftime("%Y-%m-%d"))
    grouped = whole.groupby(["source", "target"], sort=True)["day"].agg(["size", "min", "max"])
    made.add_edges_from(
        (str(source), str(target), {"weight": int(n), "first_day": first, "last_day": last})
        for (source, target), n, first, last in grouped.itertuples(name=None)
    )
    return note(made, definition="weight counts ties; first_day and last_day are UTC")

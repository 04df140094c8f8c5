"""The ties as a networkx graph, for the long tail of measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .._checks import columns
from ..errors import OptionError
from ..provenance import note, traced
from ._edges import Authors, with_strangers
from ._tie_kinds import facts_of, is_directed

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["graph"]


@traced
def graph(ties: pd.DataFrame, *, authors: Authors | None = None) -> nx.DiGraph | nx.Graph:
    """Make a graph of ties, for use with networkx.

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
    A directed graph; an undirected one where no tie has a direction
    (``co_thread``). Edges carry ``weight`` (number of ties) and, where ties
    have times, ``first_day`` and ``last_day`` (UTC, written YYYY-MM-DD,
    which every exchange format takes). Self-ties become loops, if the
    table holds any. ``graph.graph`` tells ``definition`` (what a tie is),
    ``losses`` (what was dropped, by reason) and ``kinds``, all in words,
    so that networkx can write the graph as well; the papers' notes hold the
    losses as numbers.

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
    >>> graph(sw.networks.ties(corpus, kind="co_thread")).is_directed()
    False
    """
    import networkx as nx

    columns(ties, ["source", "target", "at"], "ties")
    known, n_authors = with_strangers(pd.unique(pd.concat([ties["source"], ties["target"]])), authors)
    if n_authors > len(known):
        raise OptionError("authors: a graph needs the ids of its nodes, not their number.")
    made = nx.DiGraph() if is_directed(ties) else nx.Graph()
    made.add_nodes_from(str(name) for name in known)
    made.add_edges_from(_edges(ties, known, is_directed=made.is_directed()))
    definition, losses = facts_of(ties)
    made.graph["definition"] = definition
    made.graph["losses"] = "; ".join(f"{name}: {n}" for name, n in losses.items())
    made.graph["kinds"] = ", ".join(sorted(map(str, ties["kind"].unique()))) if "kind" in ties else ""
    told = "weight counts ties; first_day and last_day are UTC"
    return note(made, definition=f"{definition}; {told}" if definition else told, losses=losses)


def _edges(ties: pd.DataFrame, known: pd.Index, *, is_directed: bool) -> list[tuple[str, str, dict[str, Any]]]:
    """Put the ties of each pair together, sorted by source and target; an edge without a time tells none."""
    source, target = (known.get_indexer(ties[end].astype("str")) for end in ("source", "target"))
    if not is_directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    order = np.lexsort((target, source))
    source, target = source[order], target[order]
    starts = np.flatnonzero(np.r_[True, (np.diff(source) != 0) | (np.diff(target) != 0)]) if len(order) else order
    n = np.diff(np.append(starts, len(order)))
    moment = ties["at"].to_numpy(dtype="datetime64[D]").astype(np.int64)[order]  # days are all that is told
    gap, latest = np.iinfo(np.int64).min, np.iinfo(np.int64).max
    first = np.minimum.reduceat(np.where(moment == gap, latest, moment), starts) if len(order) else moment
    last = np.maximum.reduceat(moment, starts) if len(order) else moment
    days = [each.astype("datetime64[D]").astype("str").tolist() for each in (first, last)]
    is_timed = (last != gap).tolist()
    names = [str(name) for name in known]
    rows = zip(source[starts].tolist(), target[starts].tolist(), n.tolist(), is_timed, *days, strict=True)
    return [
        (names[start], names[end], {"weight": n} | ({"first_day": begun, "last_day": ended} if timed else {}))
        for start, end, n, timed, begun, ended in rows
    ]

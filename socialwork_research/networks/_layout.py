"""Where the authors of a network are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import columns
from ..errors import OptionError
from ..provenance import note, traced
from ..resampling import generator
from ._edges import Authors, edges, with_strangers

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["layout"]

_HOW = (
    "components of ten authors or more: distances to fifty authors (PivotMDS), then ForceAtlas2's forces until at rest; "
    "smaller ones are rings; components lie in rows, the largest first, each with an area by its size. Only distances within "
    "a component mean anything, and these little."
)


@traced
def layout(ties: pd.DataFrame | nx.Graph, *, seed: int, authors: Authors | None = None) -> pd.DataFrame:
    """Place the authors of a network on a plane, for drawing.

    A picture is no finding: what it seems to show has to be measured. The
    same network gives the same places, whatever the order of its rows and
    the names of its authors; authors who cannot be told apart by their ties
    may change places.

    Parameters
    ----------
    ties
        A table of ties, or a graph.
    seed
        Seed of the first of the authors from whom distances are measured.
    authors
        Ids of further authors, who may have no tie.

    Returns
    -------
    One row an author (index ``author_id``, sorted): ``x`` and ``y`` (within
    −1 and 1, without unit), ``component`` (1 is the largest), ``degree``
    (distinct partners, in either direction). For ``plots.networks.layout``.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If authors are given as a number: each place is somebody's.

    References
    ----------
    Brandes, U. and Pich, C. (2007). Eigensolver methods for progressive multidimensional scaling of large data. Graph
    Drawing 2006, doi:10.1007/978-3-540-70904-6_6.

    Jacomy, M., Venturini, T., Heymann, S. and Bastian, M. (2014). ForceAtlas2, a continuous graph layout algorithm for
    handy network visualization designed for the Gephi software. PLoS ONE 9(6), e98679, doi:10.1371/journal.pone.0098679.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=4, seed=7)
    >>> layout(sw.networks.ties(corpus), seed=7)["component"].tolist()
    [1, 1, 1, 1]
    """
    from ..kernels.layout import by_structure, components, packed, placed

    found = edges(ties, authors=authors)
    known, first = _known(ties, authors)
    if found.n_authors > len(known):
        raise OptionError("authors: a layout needs the ids of its authors, not their number.")
    n = len(known)
    order = by_structure(found.source, found.target, first, weight=found.weight)
    number = np.empty(n, dtype=np.int64)
    number[order] = np.arange(n)
    start, end, strength = _undirected(number[found.source], number[found.target], found.weight, n)
    part = components(start, end, n=n)
    size = np.bincount(part, minlength=0)
    middle, radius = packed(size)
    place = np.zeros((n, 2))
    stream = generator(seed)
    members = np.split(np.argsort(part, kind="stable"), np.cumsum(size)[:-1]) if n else []
    own = part[start]
    borders = np.searchsorted(own, np.arange(len(size) + 1), sorter=(by_part := np.argsort(own, kind="stable")))
    inside = np.empty(n, dtype=np.int64)
    for each, several in enumerate(members):
        inside[several] = np.arange(len(several))
        mine = by_part[borders[each] : borders[each + 1]]
        ends = inside[start[mine]], inside[end[mine]]
        where = placed(*ends, strength[mine], n=len(several), stream=stream)
        place[several] = middle[each] + radius[each] * where
    table = pd.DataFrame(_scaled(place)[number], columns=["x", "y"], index=pd.Index(known, name="author_id"))
    table["component"] = part[number] + 1
    table["degree"] = (np.bincount(start, minlength=n) + np.bincount(end, minlength=n))[number]
    return note(table, how=_HOW, n_components=len(size), self_ties_left_out=found.n_self)


def _known(ties: pd.DataFrame | nx.Graph, authors: Authors | None) -> tuple[pd.Index, np.ndarray]:
    """Return the ids, sorted, and the time of each author's first tie (0 where none is known)."""
    if not isinstance(ties, pd.DataFrame):
        known, _ = with_strangers([str(node) for node in ties.nodes], authors)
        return known, np.zeros(len(known), dtype=np.int64)
    columns(ties, ["source", "target"], "ties")
    ends = pd.concat([ties["source"], ties["target"]], ignore_index=True).astype("str")
    known, _ = with_strangers(ends.unique(), authors)
    first = np.zeros(len(known), dtype=np.int64)
    if "at" in ties and len(ties) and ties["at"].notna().all():
        moment = ties["at"].to_numpy(dtype="datetime64[us]").astype(np.int64)
        first = np.full(len(known), np.iinfo(np.int64).max)
        np.minimum.at(first, known.get_indexer(ends), np.concatenate([moment, moment]))
    return known, first


def _undirected(
    source: np.ndarray, target: np.ndarray, weight: np.ndarray, n: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Put both directions of each pair together, sorted; a pair pulls by the logarithm of its ties."""
    pair, place = np.unique(np.minimum(source, target) * max(n, 1) + np.maximum(source, target), return_inverse=True)
    summed = np.bincount(place, weights=weight, minlength=len(pair))
    return pair // max(n, 1), pair % max(n, 1), np.log2(1 + summed)


def _scaled(place: np.ndarray) -> np.ndarray:
    """Move and scale so that all lies within −1 and 1."""
    if not len(place):
        return place
    low, high = place.min(axis=0), place.max(axis=0)
    half = float((high - low).max()) / 2 or 1.0
    return np.asarray((place - (low + high) / 2) / half)

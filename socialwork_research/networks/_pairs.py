"""Who is joined to whom, directions put together; authors numbered so that no name decides what is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import columns
from ..errors import OptionError
from ..kernels.leiden import Graph, graph_of
from ._edges import Authors, with_strangers

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Pairs", "pairs"]

BY_TIME, BY_NAME = "first tie in time", "author id, since the ties carry no time"


@dataclass(frozen=True)
class Pairs:
    """Distinct pairs of different authors, the smaller number first, sorted; those with a partner are numbered first."""

    names: pd.Index
    """Author ids by number; authors given by their number alone have none."""
    n_joined: int
    """Authors with at least one partner: they bear the numbers from 0."""
    n_authors: int
    first: np.ndarray
    second: np.ndarray
    weight: np.ndarray
    """Ties in either direction."""
    n_self: int
    numbered_by: str

    @property
    def graph(self) -> Graph:
        """The joined authors, weighted by ties."""
        return graph_of(self.first, self.second, self.weight, n_nodes=self.n_joined)

    def of_authors(self, values: np.ndarray, *, missing: object) -> np.ndarray:
        """Fill the values of the joined authors up for those without a partner, in the order of their ids."""
        filled = np.concatenate([values, np.full(len(self.names) - self.n_joined, missing, dtype=values.dtype)])
        return filled[np.argsort(self.names.to_numpy(dtype=object), kind="stable")]

    @property
    def author_id(self) -> pd.Index:
        """The ids, sorted."""
        return self.names.sort_values().rename("author_id")


def pairs(ties: pd.DataFrame | nx.DiGraph, *, authors: Authors | None = None, by_author: bool = False) -> Pairs:
    """Put the ties between each two authors together, whatever their direction.

    Parameters
    ----------
    ties
        A table of ties, or a graph.
    authors
        Further authors, who may have no tie: their ids, or the number of
        all authors.
    by_author
        Whether a row an author is to be made, for which all ids are needed.
    """
    source, target, weight, when = _listed(ties)
    named = source.append(target) if isinstance(ties, pd.DataFrame) else pd.Index([str(each) for each in ties.nodes])
    known, n_authors = with_strangers(named.unique(), authors)
    if by_author and n_authors > len(known):
        raise OptionError("authors: a table of authors needs their ids, not their number.")
    start, end = known.get_indexer(source), known.get_indexer(target)
    own = start == end
    n_self = int(weight[own].sum())
    start, end, weight = start[~own], end[~own], weight[~own]
    order, n_joined = _order(start, end, weight, when=None if when is None else when[~own], n_known=len(known))
    number = np.empty(len(known), dtype=np.int64)
    number[order] = np.arange(len(known))
    one, two = number[start], number[end]
    size = max(n_authors, 1)
    keys, place = np.unique(np.minimum(one, two) * size + np.maximum(one, two), return_inverse=True)
    summed = np.bincount(place, weights=weight, minlength=len(keys)).astype(np.int64)
    told = BY_NAME if when is None else BY_TIME
    return Pairs(known[order], n_joined, n_authors, keys // size, keys % size, summed, n_self, told)


def _listed(ties: pd.DataFrame | nx.DiGraph) -> tuple[pd.Index, pd.Index, np.ndarray, np.ndarray | None]:
    """Give the ends and number of ties of each row, and the rank of its post in time."""
    if not isinstance(ties, pd.DataFrame):
        rows = sorted((str(a), str(b), int(n)) for a, b, n in ties.edges(data="weight", default=1))
        ends = [pd.Index([row[place] for row in rows], dtype="str") for place in (0, 1)]
        return ends[0], ends[1], np.array([row[2] for row in rows], dtype=np.int64), None
    columns(ties, ["source", "target"], "ties")
    source, target = (pd.Index(ties[end].astype("str")) for end in ("source", "target"))
    when = None
    if {"at", "post_id"} <= set(ties.columns):
        when = ties.groupby(["at", "post_id"], sort=True, dropna=False).ngroup().to_numpy()
    return source, target, np.ones(len(ties), dtype=np.int64), when


def _order(
    start: np.ndarray, end: np.ndarray, weight: np.ndarray, *, when: np.ndarray | None, n_known: int
) -> tuple[np.ndarray, int]:
    """Order authors by their first tie in time (of one post, the writer first, then who has more ties), then by id."""
    ties = np.bincount(start, weights=weight, minlength=n_known) + np.bincount(end, weights=weight, minlength=n_known)
    met = np.full(n_known, np.iinfo(np.int64).max)
    if when is not None:
        np.minimum.at(met, start, 2 * when)
        np.minimum.at(met, end, 2 * when + 1)
    fewest = -ties if when is not None else np.zeros(n_known)
    return np.lexsort((np.arange(n_known), fewest, met, ties == 0)), int((ties > 0).sum())

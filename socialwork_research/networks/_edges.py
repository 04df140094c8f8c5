"""Edges as sorted arrays: what the measures run on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import columns, count
from ..errors import OptionError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Authors", "Edges", "edges", "with_strangers"]

Authors = Iterable[str] | int


@dataclass(frozen=True)
class Edges:
    """Distinct directed edges, sorted by source and target; authors are numbered in the order of their ids."""

    n_authors: int
    source: np.ndarray
    target: np.ndarray
    weight: np.ndarray
    """Ties on each edge."""
    n_self: int
    """Self-ties, which are in none of the above."""

    @property
    def in_degree(self) -> np.ndarray:
        """Number of distinct authors who turned to each author."""
        return np.bincount(self.target, minlength=self.n_authors)

    @property
    def out_degree(self) -> np.ndarray:
        """Number of distinct authors to whom each author turned."""
        return np.bincount(self.source, minlength=self.n_authors)


def with_strangers(named: Iterable[str], authors: Authors | None) -> tuple[pd.Index, int]:
    """Join the authors who have ties with those who have none; an integer is the number of all of them.

    Returns
    -------
    The ids that are known, sorted, and the number of authors.
    """
    known = pd.Index(list(named), dtype="str").unique()
    if authors is None:
        return known.sort_values(), len(known)
    if isinstance(authors, int | np.integer):
        whole = count(authors, "authors", least=0)
        if whole < len(known):
            raise OptionError(f"authors={whole}: the ties alone name {len(known)} authors.")
        return known.sort_values(), whole
    if isinstance(authors, str):
        raise OptionError("authors: give the ids as a list, array or column, or the number of authors.")
    others = pd.Index(list(authors), dtype="str").dropna()
    known = known.append(others).unique().sort_values()
    return known, len(known)


def edges(ties: pd.DataFrame | nx.DiGraph, *, authors: Authors | None = None) -> Edges:
    """Count the ties on each directed edge.

    Parameters
    ----------
    ties
        A table of ties, or a graph made of one.
    authors
        Further authors, who may have no tie: their ids, or the number of
        all authors.

    Returns
    -------
    The edges; self-ties are left out and counted, their authors stay.
    """
    if isinstance(ties, pd.DataFrame):
        columns(ties, ["source", "target"], "ties")
        source, target = (pd.Index(ties[end].astype("str")) for end in ("source", "target"))
        weight = np.ones(len(ties), dtype=np.int64)
        named = source.append(target).unique()
    else:
        listed = sorted((str(a), str(b), int(n)) for a, b, n in ties.edges(data="weight", default=1))
        source, target = (pd.Index([edge[place] for edge in listed], dtype="str") for place in (0, 1))
        weight = np.array([edge[2] for edge in listed], dtype=np.int64)
        named = pd.Index([str(node) for node in ties.nodes], dtype="str")
    known, n_authors = with_strangers(named, authors)
    start, end = known.get_indexer(source), known.get_indexer(target)
    own = start == end
    size = max(n_authors, 1)
    keys, place = np.unique((start * size + end)[~own], return_inverse=True)
    summed = np.bincount(place, weights=weight[~own], minlength=len(keys)).astype(np.int64)
    return Edges(n_authors, keys // size, keys % size, summed, int(weight[own].sum()))

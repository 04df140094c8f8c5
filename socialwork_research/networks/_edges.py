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

__all__ = ["Authors", "Edges", "coded", "edges", "with_strangers"]

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


def coded(
    ties: pd.DataFrame | nx.DiGraph, *, authors: Authors | None = None
) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    """Number the authors in the order of their ids, and write each row of ties (or edge of a graph) by these numbers.

    Returns
    -------
    The number of authors; source, target and number of ties of each row, self-ties among them.
    """
    if isinstance(ties, pd.DataFrame):
        columns(ties, ["source", "target"], "ties")
        ends = pd.concat([ties["source"], ties["target"]], ignore_index=True).astype("str")
        weight = np.ones(len(ties), dtype=np.int64)
        at, named = pd.factorize(ends)
    else:
        listed = sorted((str(a), str(b), int(n)) for a, b, n in ties.edges(data="weight", default=1))
        weight = np.array([edge[2] for edge in listed], dtype=np.int64)
        ends = [edge[place] for place in (0, 1) for edge in listed]
        alone = [str(node) for node in ties.nodes]
        at, named = pd.factorize(pd.array([*ends, *alone], dtype="str"))
        at = at[: len(ends)]
    known, n_authors = with_strangers(named, authors)
    number = known.get_indexer(pd.Index(named, dtype="str"))[at]
    return n_authors, number[: len(weight)], number[len(weight) :], weight


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
    n_authors, start, end, weight = coded(ties, authors=authors)
    own = start == end
    size = max(n_authors, 1)
    keys, place = np.unique((start * size + end)[~own], return_inverse=True)
    summed = np.bincount(place, weights=weight[~own], minlength=len(keys)).astype(np.int64)
    return Edges(n_authors, keys // size, keys % size, summed, int(weight[own].sum()))

"""Ties as arrays whose authors are numbered by when they first had a tie, so that no result depends on their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import columns
from ..errors import OptionError
from ._edges import Authors, with_strangers

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Numbered", "first_come", "numbered"]


@dataclass(frozen=True)
class Numbered:
    """Ties between different authors; codes follow each author's first tie, and who has none comes last."""

    names: pd.Index
    """Ids in the order of the rows of a table: sorted."""
    code: np.ndarray
    """Code of each of `names`."""
    source: np.ndarray
    target: np.ndarray
    weight: np.ndarray
    """Ties in each row; several in a row of a graph."""
    row: np.ndarray
    """Place of each row in the table of ties; empty for a graph."""
    n_self: int

    @property
    def n_authors(self) -> int:
        """Number of authors, those without a tie included."""
        return len(self.names)

    def by_name(self, values: np.ndarray) -> np.ndarray:
        """Return what is known by code in the order of `names`."""
        return np.asarray(values)[self.code]


def numbered(ties: pd.DataFrame | nx.DiGraph, *, authors: Authors | None = None) -> Numbered:
    """Number the authors of ties by what renaming them does not change.

    The first tie in time decides, its source before its target; then the number of ties inward and outward. Names decide
    only between authors who are alike in all of this, as they often are in a graph, which holds no times.

    Parameters
    ----------
    ties
        A table of ties, or a graph made of one.
    authors
        Ids of further authors, who may have no tie.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If authors are given as a number: a row an author needs their ids.
    """
    if isinstance(ties, pd.DataFrame):
        columns(ties, ["source", "target"], "ties")
        source, target = (pd.Index(ties[end].astype("str")) for end in ("source", "target"))
        weight, row = np.ones(len(ties), dtype=np.int64), np.arange(len(ties))
        named = source.append(target).unique()
        at = _times(ties)
    else:
        listed = sorted((str(a), str(b), int(n)) for a, b, n in ties.edges(data="weight", default=1))
        source, target = (pd.Index([edge[place] for edge in listed], dtype="str") for place in (0, 1))
        weight, row = np.array([edge[2] for edge in listed], dtype=np.int64), np.empty(0, dtype=np.int64)
        named = pd.Index([str(node) for node in ties.nodes], dtype="str")
        at = np.zeros(len(listed), dtype=np.int64)
    known, n_authors = with_strangers(named, authors)
    if n_authors > len(known):
        raise OptionError("authors: a row an author needs the ids of the authors, not their number.")
    start, end = known.get_indexer(source), known.get_indexer(target)
    own = start == end
    start, end, at, kept = start[~own], end[~own], at[~own], weight[~own]
    code = _codes(start, end, at, kept, n_authors=n_authors)
    return Numbered(known, code, code[start], code[end], kept, row[~own] if len(row) else row, int(weight[own].sum()))


def first_come(ties: pd.DataFrame | nx.DiGraph) -> pd.Index:
    """List the authors of ties in the order of their numbers."""
    found = numbered(ties)
    return found.names[np.argsort(found.code)]


def _times(ties: pd.DataFrame) -> np.ndarray:
    """Return the times of ties as whole numbers; ties without a time come last."""
    if "at" not in ties.columns or not pd.api.types.is_datetime64_any_dtype(ties["at"]):
        return np.zeros(len(ties), dtype=np.int64)
    at = ties["at"].dt.as_unit("us").astype("int64").to_numpy(dtype=np.int64).copy()
    at[ties["at"].isna().to_numpy()] = np.iinfo(np.int64).max - 1
    return at


def _codes(start: np.ndarray, end: np.ndarray, at: np.ndarray, weight: np.ndarray, *, n_authors: int) -> np.ndarray:
    """Return the code of each author, given by place in the sorted ids."""
    first = np.full((2, n_authors), np.iinfo(np.int64).max)
    for ends, seen in zip((start, end), first, strict=True):
        np.minimum.at(seen, ends, at)
    is_target = first[1] < first[0]
    inward, outward = (np.bincount(ends, weights=weight, minlength=n_authors) for ends in (end, start))
    order = np.lexsort((np.arange(n_authors), -outward, -inward, is_target, first.min(axis=0)))
    code = np.empty(n_authors, dtype=np.int64)
    code[order] = np.arange(n_authors)
    return code

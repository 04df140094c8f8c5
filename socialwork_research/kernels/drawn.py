"""Measure one network after the other, as a null model draws them: arrays in, numbers out.

A measure is a function of a `Drawn`; what several measures need (edges counted once, in-degrees) is made once a network,
and only where one of them asks for it.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .directed import Counted, counted, gini
from .undirected import components, triangles

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_NAN = float("nan")
_DAY = 24.0


class Edges(NamedTuple):
    """Distinct directed edges, sorted by source and target, and the ties on each."""

    source: Ints
    target: Ints
    weight: Ints


class Drawn:
    """One network: its ties, or its distinct edges with the ties on each."""

    def __init__(
        self, source: Ints, target: Ints, *, n_authors: int, weight: Ints | None = None, hours: Floats | None = None
    ) -> None:
        """Take ties (`weight` left out) or distinct edges; `hours` are the times of ties, from any beginning."""
        self.source, self.target, self.n_authors = source, target, n_authors
        self.weight, self.hours = weight, hours

    @cached_property
    def counted(self) -> Counted:
        """Edges, mutual dyads and in-degrees."""
        return counted(self.source, self.target, n_authors=self.n_authors)

    @cached_property
    def edges(self) -> Edges:
        """The distinct edges."""
        size = max(self.n_authors, 1)
        keys = self.source.astype(np.int64) * size + self.target
        if self.weight is None:
            keys, weight = np.unique(keys, return_counts=True)
        else:
            order = np.argsort(keys, kind="stable")
            keys, weight = keys[order], self.weight[order]
        return Edges(keys // size, keys % size, weight)

    @cached_property
    def waits(self) -> Floats:
        """Hours from each tie to the next tie the other way; infinite where none follows."""
        source, target, hours = self.source, self.target, self.hours
        if hours is None or not len(source):
            return np.zeros(0)
        size, onward = max(self.n_authors, 1), source < target
        dyad = np.minimum(source, target) * size + np.maximum(source, target)
        order = np.lexsort((onward, hours, dyad))
        dyad, onward, hours = dyad[order], onward[order], hours[order]
        turn = np.concatenate([[True], (dyad[1:] != dyad[:-1]) | (onward[1:] != onward[:-1])])
        begins = np.append(np.flatnonzero(turn), len(dyad))
        following = begins[np.cumsum(turn)]  # where the run of ties after this one's run begins
        there = np.minimum(following, len(dyad) - 1)
        is_answered = (following < len(dyad)) & (dyad[there] == dyad)
        return np.where(is_answered, hours[there] - hours, np.inf)


def reciprocity(drawn: Drawn) -> float:
    """Share of directed edges whose opposite is an edge too."""
    return drawn.counted.reciprocity


def mutual_dyads(drawn: Drawn) -> float:
    """Pairs with an edge in both directions."""
    return float(drawn.counted.n_mutual)


def weighted_reciprocity(drawn: Drawn) -> float:
    """Ties that are matched by one the other way, over all ties (Squartini and others 2013)."""
    source, target, weight = drawn.edges
    size = max(drawn.n_authors, 1)
    keys, wanted = source * size + target, target * size + source
    if not len(keys):
        return _NAN
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    opposite = np.where(keys[place] == wanted, weight[place], 0)
    return float(np.minimum(weight, opposite).sum() / weight.sum())


def in_degree_gini(drawn: Drawn) -> float:
    """How unequally the distinct others who turn to an author are spread over authors."""
    return gini(drawn.counted.in_degree)


def max_in_degree(drawn: Drawn) -> float:
    """Most distinct authors who turned to one author."""
    return float(drawn.counted.in_degree.max()) if drawn.n_authors else _NAN


def in_centralisation(drawn: Drawn) -> float:
    """Freeman's centralisation of in-degrees: the sum of what all fall short of the largest, over its largest value."""
    n = drawn.n_authors
    if n < 2:
        return _NAN
    return float((n * int(drawn.counted.in_degree.max()) - drawn.counted.n_edges) / (n - 1) ** 2)


def transitivity(drawn: Drawn) -> float:
    """Three times the triangles over the paths of length two, directions ignored."""
    closed, paths = triangles(drawn.edges.source, drawn.edges.target, n_authors=drawn.n_authors)
    return 3 * closed / paths if paths else _NAN


def largest_component_share(drawn: Drawn) -> float:
    """Share of the authors in the largest weak component."""
    if not drawn.n_authors:
        return _NAN
    label = components(drawn.edges.source, drawn.edges.target, n_authors=drawn.n_authors)
    return float(np.bincount(label).max() / drawn.n_authors)


def ties_per_edge_mean(drawn: Drawn) -> float:
    """Ties over distinct directed edges."""
    n_ties = len(drawn.source) if drawn.weight is None else int(drawn.weight.sum())
    return n_ties / drawn.counted.n_edges if drawn.counted.n_edges else _NAN


def repeated_edges(drawn: Drawn) -> float:
    """Directed edges of two ties or more."""
    return float((drawn.edges.weight > 1).sum())


def returned_within_day(drawn: Drawn) -> float:
    """Share of ties after which one the other way follows within 24 hours."""
    return float((drawn.waits <= _DAY).mean()) if len(drawn.waits) else _NAN


def median_hours_to_return(drawn: Drawn) -> float:
    """Median hours from a tie to the next one the other way, over the ties that one follows."""
    there = drawn.waits[np.isfinite(drawn.waits)]
    return float(np.median(there)) if len(there) else _NAN


def edge_burstiness(drawn: Drawn) -> float:
    """Goh and Barabási's (SD − mean) / (SD + mean) of the hours between successive ties on one directed edge."""
    if drawn.hours is None:
        return _NAN
    key = drawn.source * max(drawn.n_authors, 1) + drawn.target
    order = np.lexsort((drawn.hours, key))
    gaps = np.diff(drawn.hours[order])[np.diff(key[order]) == 0]
    both = gaps.std() + gaps.mean() if len(gaps) > 1 else 0.0
    return float((gaps.std() - gaps.mean()) / both) if both > 0 else _NAN

"""The measures of a network, each worked out once and when first asked for: arrays in, numbers out.

The structure table and the null models read off the same functions, so that what is held against chance is what the table
says. Counts and sums are of whole numbers; what is averaged is summed without rounding: neither the order of ties nor the
numbering of authors changes a digit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .cores import coreness
from .directed import gini
from .strong import strong_sizes
from .triples import BACK, BOTH, Codes, Ints, Pairs, Triangles, pairs, triangles
from .undirected import components

Floats = npt.NDArray[np.float64]

__all__ = ["MEASURES", "Network", "measured", "n_top", "ratio"]

_NAN = float("nan")


def ratio(part: float, whole: float) -> float:
    """Divide, or give NaN where there is nothing to divide by."""
    return float(part) / float(whole) if whole > 0 else _NAN


class Network:
    """A directed network, whose parts are worked out when first asked for.

    Parameters
    ----------
    source, target
        Author codes from 0 to ``n_authors`` − 1, one pair a tie or edge, in any order; loops must have been taken out.
    weight
        Ties on each row; one each if left out.
    n_authors
        Number of authors, those without a tie included.
    """

    def __init__(self, source: Codes, target: Codes, weight: Codes | None = None, *, n_authors: int) -> None:
        self.pairs: Pairs = pairs(source, target, weight, n_authors=n_authors)
        self.n_authors = n_authors

    @cached_property
    def n_mutual(self) -> int:
        """Pairs with an edge in both directions."""
        return int((self.pairs.way == BOTH).sum())

    @property
    def n_edges(self) -> int:
        """Distinct directed edges."""
        return len(self.pairs.way) + self.n_mutual

    @cached_property
    def most_ties(self) -> int:
        """Most ties on one directed edge."""
        return int(max(self.pairs.forth.max(initial=0), self.pairs.back.max(initial=0)))

    @cached_property
    def edges(self) -> tuple[Ints, Ints]:
        """Source and target of the distinct edges."""
        found = self.pairs
        forth, back = found.way != BACK, found.way >= BACK
        source = np.concatenate([found.low[forth], found.high[back]])
        return source, np.concatenate([found.high[forth], found.low[back]])

    @cached_property
    def out_degree(self) -> Ints:
        """Number of others to whom each author turned."""
        return np.bincount(self.edges[0], minlength=self.n_authors)

    @cached_property
    def in_degree(self) -> Ints:
        """Number of others who turned to each author."""
        return np.bincount(self.edges[1], minlength=self.n_authors)

    @cached_property
    def degree(self) -> Ints:
        """Number of partners of each author, directions ignored."""
        return self.pairs.degree

    @cached_property
    def triangles(self) -> Triangles:
        """What the triangles add up to."""
        return triangles(self.pairs)

    @cached_property
    def coreness(self) -> Ints:
        """How deep each author stands."""
        return coreness(self.pairs.low, self.pairs.high, n_authors=self.n_authors)

    @cached_property
    def component_sizes(self) -> Ints:
        """Size of each weak component, isolates included."""
        label = components(self.pairs.low, self.pairs.high, n_authors=self.n_authors)
        return np.unique(label, return_counts=True)[1]

    @cached_property
    def strong_sizes(self) -> Ints:
        """Size of each strong component, largest first, isolates included."""
        return strong_sizes(*self.edges, n_authors=self.n_authors)

    @cached_property
    def strength(self) -> Ints:
        """Ties that each author sent and received."""
        found = self.pairs
        ends = np.concatenate([found.low, found.high]), np.concatenate([found.weight, found.weight])
        return np.bincount(ends[0], weights=ends[1], minlength=self.n_authors).astype(np.int64)

    @property
    def n_paths(self) -> int:
        """Paths of length two, directions ignored."""
        return int((self.degree * (self.degree - 1) // 2).sum())

    @property
    def local(self) -> tuple[Ints, Ints]:
        """Triangles at each author, and how many its partners could make."""
        return self.triangles.at, self.degree * (self.degree - 1) // 2

    @property
    def local_directed(self) -> tuple[Ints, Ints]:
        """Directed triangles at each author, and how many its edges could make (Fagiolo 2007)."""
        total = self.in_degree + self.out_degree
        return self.triangles.directed, total * (total - 1) - 2 * (total - self.degree)

    @property
    def local_weighted(self) -> tuple[Ints, Ints]:
        """Ties of each author towards its triangles, and what they would be if all its partners were joined (Barrat)."""
        return self.triangles.weight, self.strength * (self.degree - 1)

    def correlation(self, of_source: str, of_target: str) -> float:
        """Correlate a degree of the edges' sources with one of their targets (``in``, ``out``; ``both`` is undirected)."""
        if of_source == "both":
            source = np.concatenate([self.pairs.low, self.pairs.high])
            target = np.concatenate([self.pairs.high, self.pairs.low])
        else:
            source, target = self.edges
        degree = {"in": self.in_degree, "out": self.out_degree, "both": self.degree}
        x, y = degree[of_source][source], degree[of_target][target]
        n, of_x, of_y = len(x), int(x.sum()), int(y.sum())
        # Whole numbers until the last step: a constant degree has a variance of exactly nothing.
        spread = (n * int((x * x).sum()) - of_x**2) * (n * int((y * y).sum()) - of_y**2)
        return (n * int((x * y).sum()) - of_x * of_y) / math.sqrt(spread) if spread else _NAN


def mean_of(parts: tuple[Ints, Ints], *, only_defined: bool = False) -> float:
    """Average part / whole over authors; where the whole is nothing, the author counts as 0 or not at all."""
    part, whole = parts
    some = whole > 0
    return ratio(math.fsum(part[some] / whole[some]), int(some.sum()) if only_defined else len(part))


def reciprocity(found: Network) -> float:
    """Share of edges whose opposite is an edge too."""
    return ratio(2 * found.n_mutual, found.n_edges)


def density(found: Network) -> float:
    """Edges over the ordered pairs."""
    return ratio(found.n_edges, found.n_authors * (found.n_authors - 1))


def rho(found: Network) -> float:
    """Reciprocity beyond that of a random network of this density (Garlaschelli & Loffredo 2004)."""
    by_chance = density(found)
    return _NAN if by_chance == 1 else (reciprocity(found) - by_chance) / (1 - by_chance)


def weighted_reciprocity(found: Network) -> float:
    """Share of the ties that are matched by a tie the other way (Squartini et al. 2013)."""
    matched = 2 * int(np.minimum(found.pairs.forth, found.pairs.back).sum())
    return ratio(matched, int(found.pairs.weight.sum()))


def weighted_rho(found: Network) -> float:
    """Weighted reciprocity beyond that of a random network with so many authors and ties."""
    total, places = int(found.pairs.weight.sum()), found.n_authors * (found.n_authors - 1)
    by_chance = ratio(total, 2 * total + places)
    return (weighted_reciprocity(found) - by_chance) / (1 - by_chance)


def centralisation(found: Network, degree: str) -> float:
    """Freeman's centralisation of the in-, out- or summed degree."""
    n, m = found.n_authors, found.n_edges
    if degree == "both":
        most = int((found.in_degree + found.out_degree).max(initial=0))
        return ratio(n * most - 2 * m, 2 * (n - 1) * (n - 2)) if n > 2 else _NAN
    most = int((found.in_degree if degree == "in" else found.out_degree).max(initial=0))
    return ratio(n * most - m, (n - 1) ** 2)


def innermost(found: Network) -> float:
    """Share of the authors who are in the innermost core; undefined where nobody has a partner."""
    deepest = int(found.coreness.max(initial=0))
    return ratio(int((found.coreness == deepest).sum()), found.n_authors) if deepest else _NAN


def carried(found: Network) -> float:
    """Share of the ties' two ends that are with the busiest hundredth of the authors."""
    busiest = np.sort(found.strength)[::-1][: n_top(found.n_authors)]
    return ratio(int(busiest.sum()), int(found.strength.sum()))


def n_top(n_authors: int) -> int:
    """Return how many authors the busiest hundredth is, rounded up."""
    return -(-n_authors // 100)


MEASURES: dict[str, Callable[[Network], float]] = {
    "density": density,
    "mutual_dyads": lambda found: float(found.n_mutual),
    "reciprocity": reciprocity,
    "dyadic_reciprocity": lambda found: ratio(found.n_mutual, len(found.pairs.way)),
    "rho": rho,
    "weighted_reciprocity": weighted_reciprocity,
    "weighted_rho": weighted_rho,
    "transitivity": lambda found: ratio(3 * found.triangles.n, found.n_paths),
    "mean_clustering": lambda found: mean_of(found.local),
    "mean_clustering_defined": lambda found: mean_of(found.local, only_defined=True),
    "directed_clustering": lambda found: mean_of(found.local_directed),
    "weighted_clustering": lambda found: mean_of(found.local_weighted),
    "n_components": lambda found: float(len(found.component_sizes)),
    "largest_component_share": lambda found: ratio(int(found.component_sizes.max(initial=0)), found.n_authors),
    "n_strong_components": lambda found: float(len(found.strong_sizes)),
    "largest_strong_component_share": lambda found: ratio(int(found.strong_sizes.max(initial=0)), found.n_authors),
    "mean_degree": lambda found: ratio(found.n_edges, found.n_authors),
    "in_degree_gini": lambda found: gini(found.in_degree),
    "out_degree_gini": lambda found: gini(found.out_degree),
    "degree_gini": lambda found: gini(found.degree),
    "ties_gini": lambda found: gini(found.strength),
    "in_centralisation": lambda found: centralisation(found, "in"),
    "out_centralisation": lambda found: centralisation(found, "out"),
    "degree_centralisation": lambda found: centralisation(found, "both"),
    "assortativity": lambda found: found.correlation("both", "both"),
    "out_in_assortativity": lambda found: found.correlation("out", "in"),
    "out_out_assortativity": lambda found: found.correlation("out", "out"),
    "in_in_assortativity": lambda found: found.correlation("in", "in"),
    "in_out_assortativity": lambda found: found.correlation("in", "out"),
    "degeneracy": lambda found: float(found.coreness.max(initial=0)) if found.n_authors else _NAN,
    "innermost_core_share": innermost,
    "carried_by_top_percent": carried,
    "ties_per_edge_mean": lambda found: ratio(int(found.pairs.weight.sum()), found.n_edges),
}


def measured(
    source: Codes, target: Codes, weight: Codes | None = None, *, n_authors: int, names: Sequence[str]
) -> Floats:
    """Measure a network: fast enough to be asked of each draw of a null model.

    Parameters
    ----------
    source, target
        Author codes from 0 to ``n_authors`` − 1, one pair a tie or edge, in any order; loops must have been taken out.
    weight
        Ties on each row; one each if left out, so that repeated rows add up.
    n_authors
        Number of authors, those without a tie included.
    names
        Which of ``MEASURES``; each is worked out once, and what they share too.

    Returns
    -------
    A value for each name; NaN where it is undefined.
    """
    found = Network(source, target, weight, n_authors=n_authors)
    return np.array([MEASURES[name](found) for name in names])

"""The rows of the structure table: what each measure is counted over, and how it is defined."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..kernels.measuring import MEASURES, Network, n_top

__all__ = ["Row", "rows"]

_NAN = float("nan")
_ZERO = "an author with fewer than two partners counts as 0"
_FREEMAN = "Freeman 1978: Σ (largest − degree) / its largest possible value"
_GINI = "Σ (2 i − N − 1) x(i) / (N Σ x)"
_PEARSON = "Pearson's r over the edges"

Over = Callable[[Network], int]


class Row(NamedTuple):
    """One measure: its value, what it is counted over, and its definition."""

    measure: str
    value: float
    n: int
    method: str


def _authors(found: Network) -> int:
    return found.n_authors


def _edges(found: Network) -> int:
    return found.n_edges


def _joined(found: Network) -> int:
    return len(found.pairs.way)


def _ties(found: Network) -> int:
    return int(found.pairs.weight.sum())


def _with_two(found: Network) -> int:
    return int((found.degree > 1).sum())


def _ordered(found: Network) -> int:
    return found.n_authors * (found.n_authors - 1)


def _most(found: Network, degree: str) -> float:
    return float(getattr(found, degree).max()) if found.n_authors else _NAN


# Counts that no null model asks for, beside those of the kernel.
_COUNTS: dict[str, Callable[[Network], float]] = {
    "n_authors": _authors,
    "n_isolates": lambda found: int((found.degree == 0).sum()),
    "n_ties": _ties,
    "n_edges": _edges,
    "asymmetric_dyads": lambda found: _joined(found) - found.n_mutual,
    "n_triangles": lambda found: found.triangles.n,
    "max_in_degree": lambda found: _most(found, "in_degree"),
    "max_out_degree": lambda found: _most(found, "out_degree"),
    "ties_per_edge_max": lambda found: float(found.most_ties) if found.n_edges else _NAN,
}
_DEFINED: list[tuple[str, Over, str]] = [
    ("n_authors", _authors, "authors, isolates included"),
    ("n_isolates", _authors, "authors without a tie to another author"),
    ("n_ties", _ties, "ties to another author, repeated ones included"),
    ("n_edges", _ties, "distinct directed edges, over the ties"),
    ("density", _ordered, "edges / (N (N − 1)), over the ordered pairs"),
    ("mutual_dyads", lambda found: _ordered(found) // 2, "pairs with an edge in both directions, over the pairs"),
    ("asymmetric_dyads", lambda found: _ordered(found) // 2, "pairs with an edge in one direction, over the pairs"),
    ("reciprocity", _edges, "share of edges whose opposite is an edge too"),
    ("dyadic_reciprocity", _joined, "mutual / joined pairs"),
    ("rho", _edges, "Garlaschelli & Loffredo 2004: (r − a) / (1 − a), r reciprocity, a density"),
    ("weighted_reciprocity", _ties, "Squartini et al. 2013: Σ 2 min(w(ij), w(ji)) / W over pairs, w ties, W all ties"),
    (
        "weighted_rho", _ties,
        "Squartini et al. 2013: (r − a) / (1 − a), r weighted reciprocity, a = W / (2 W + N (N − 1)) where W ties fall on "
        "ordered pairs at random",
    ),
    (
        "transitivity", lambda found: found.n_paths,
        "3 triangles / paths of length two, directions ignored, over the paths",
    ),
    ("n_triangles", lambda found: found.n_paths, "triangles, directions ignored, over the paths of length two"),
    (
        "mean_clustering", _authors,
        f"Watts & Strogatz 1998: mean over authors of triangles / pairs of partners, directions ignored; {_ZERO}",
    ),
    ("mean_clustering_defined", _with_two, "the same over the authors with two partners or more"),
    (
        "directed_clustering", _authors,
        f"Fagiolo 2007: mean over authors of directed triangles / those that its edges could make; {_ZERO}",
    ),
    (
        "weighted_clustering", _authors,
        f"Barrat et al. 2004: mean over authors of Σ (w(ij) + w(ik)) / 2 over triangles / (strength × (degree − 1)), w "
        f"ties in either direction; {_ZERO}",
    ),
    ("n_components", _authors, "weak components, isolates included"),
    ("largest_component_share", _authors, "authors in the largest weak component / N"),
    ("n_strong_components", _authors, "strong components, authors in none with others included"),
    ("largest_strong_component_share", _authors, "authors in the largest strong component / N"),
    ("degeneracy", _authors, "Seidman 1983: largest k with a k-core, directions ignored"),
    ("innermost_core_share", _authors, "authors in the innermost k-core / N"),
    ("mean_degree", _authors, "edges / N: in-degree and out-degree have the same mean"),
    ("max_in_degree", _authors, "most distinct authors who turned to one author"),
    ("max_out_degree", _authors, "most distinct authors to whom one author turned"),
    ("in_degree_gini", _authors, f"{_GINI}, x in-degrees in rising order"),
    ("out_degree_gini", _authors, f"{_GINI}, x out-degrees in rising order"),
    ("degree_gini", _authors, f"{_GINI}, x numbers of partners, directions ignored, in rising order"),
    ("ties_gini", _authors, f"{_GINI}, x ties sent and received, repeated ones included, in rising order"),
    (
        "carried_by_top_percent", lambda found: n_top(found.n_authors),
        "share of the ends of ties that are with the hundredth of authors (rounded up) who have most, over these authors",
    ),
    ("in_centralisation", _authors, f"{_FREEMAN}, (N − 1)², in-degrees"),
    ("out_centralisation", _authors, f"{_FREEMAN}, (N − 1)², out-degrees"),
    ("degree_centralisation", _authors, f"{_FREEMAN}, 2 (N − 1) (N − 2), degree = in-degree + out-degree"),
    ("assortativity", _joined, "Newman 2002: Pearson's r of the partners' degrees over joined pairs, directions ignored"),
    ("out_in_assortativity", _edges, f"{_PEARSON}: out-degree of the source, in-degree of the target"),
    ("out_out_assortativity", _edges, f"{_PEARSON}: out-degree of the source, out-degree of the target"),
    ("in_in_assortativity", _edges, f"{_PEARSON}: in-degree of the source, in-degree of the target"),
    ("in_out_assortativity", _edges, f"{_PEARSON}: in-degree of the source, out-degree of the target"),
    ("ties_per_edge_mean", _edges, "ties / distinct directed edges"),
    ("ties_per_edge_max", _edges, "most ties on one directed edge"),
]  # fmt: skip


def rows(found: Network) -> list[Row]:
    """Measure a network, and say of each value what it is or why there is none."""
    return [
        _explained(found, Row(name, {**MEASURES, **_COUNTS}[name](found), over(found), method))
        for name, over, method in _DEFINED
    ]


def _explained(found: Network, row: Row) -> Row:
    if not np.isnan(row.value):
        return row
    reason = "nothing to count it over"
    if row.measure == "rho" and found.n_edges:
        reason = "every possible edge is there"
    elif row.measure.endswith("assortativity") and found.n_edges:
        reason = "the degrees of one end are all the same"
    return row._replace(method=f"undefined, {reason}: {row.method}")

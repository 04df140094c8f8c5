"""The structure of a network: one table of its basic measures, each with its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from ..kernels.directed import counted, gini
from ..kernels.undirected import components, triangles
from ..provenance import note, traced
from ._edges import Authors, Edges, edges

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["structure"]

_NAN = float("nan")


class _Row(NamedTuple):
    measure: str
    value: float
    n: int
    method: str


@traced
def structure(ties: pd.DataFrame | nx.DiGraph, *, authors: Authors | None = None) -> pd.DataFrame:
    """Measure how a network is built.

    Self-ties are left out of every measure and counted in the papers.
    None of the values says whether chance alone would give it: for that,
    see ``against_chance``.

    Parameters
    ----------
    ties
        A table of ties, or a graph.
    authors
        Further authors, who may have no tie and then count as isolates:
        their ids, or the number of all authors.

    Returns
    -------
    One row a measure (index ``measure``): ``value``, ``n`` (what it is
    counted over: authors, ties, edges, dyads or paths, as the method
    says), ``method`` (its definition; where the value is NaN, why it is
    undefined).

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If the number of authors is smaller than that of those with ties.

    References
    ----------
    Freeman (1978), Centrality in social networks: conceptual
    clarification, *Social Networks* 1, 215–239,
    https://doi.org/10.1016/0378-8733(78)90021-7

    Garlaschelli & Loffredo (2004), Patterns of link reciprocity in
    directed networks, *Physical Review Letters* 93, 268701,
    https://doi.org/10.1103/PhysRevLett.93.268701

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=4, seed=7)
    >>> float(structure(sw.networks.ties(corpus)).loc["n_authors", "value"])
    4.0
    """
    found = edges(ties, authors=authors)
    rows = [*_size(found), *_dyads(found), *_cohesion(found), *_degree(found), *_frequency(found)]
    table = pd.DataFrame(rows).set_index("measure")
    undefined = table["value"].isna() & ~table["method"].str.startswith("undefined")
    table["method"] = table["method"].mask(undefined, "undefined, nothing to count it over: " + table["method"])
    return note(table, self_ties_left_out=found.n_self)


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole > 0 else _NAN


def _size(found: Edges) -> list[_Row]:
    n, m, total = found.n_authors, len(found.source), int(found.weight.sum())
    isolates = int(((found.in_degree + found.out_degree) == 0).sum())
    return [
        _Row("n_authors", n, n, "authors, isolates included"),
        _Row("n_isolates", isolates, n, "authors without a tie to another author"),
        _Row("n_ties", total, total, "ties to another author, repeated ones included"),
        _Row("n_edges", m, total, "distinct directed edges, over the ties"),
        _Row("density", _ratio(m, n * (n - 1)), n * (n - 1), "edges / (N (N − 1)), over the ordered pairs"),
    ]


def _dyads(found: Edges) -> list[_Row]:
    n, m = found.n_authors, len(found.source)
    mutual = counted(found.source, found.target, n_authors=n).n_mutual
    one_way = m - 2 * mutual
    pairs = n * (n - 1) // 2
    reciprocity, density = _ratio(2 * mutual, m), _ratio(m, n * (n - 1))
    full = density == 1
    rho = _NAN if full else (reciprocity - density) / (1 - density)
    told = "undefined: every possible edge is there" if full else "(r − a) / (1 − a), r reciprocity, a density"
    return [
        _Row("mutual_dyads", mutual, pairs, "pairs with an edge in both directions, over the pairs"),
        _Row("asymmetric_dyads", one_way, pairs, "pairs with an edge in one direction, over the pairs"),
        _Row("reciprocity", reciprocity, m, "share of edges whose opposite is an edge too"),
        _Row("dyadic_reciprocity", _ratio(mutual, mutual + one_way), mutual + one_way, "mutual / joined pairs"),
        _Row("rho", rho, m, f"Garlaschelli & Loffredo 2004: {told}"),
    ]


def _cohesion(found: Edges) -> list[_Row]:
    n = found.n_authors
    n_triangles, paths = triangles(found.source, found.target, n_authors=n)
    sizes = np.unique(components(found.source, found.target, n_authors=n), return_counts=True)[1]
    n_components, largest = len(sizes), int(sizes.max(initial=0))
    return [
        _Row(
            "transitivity", _ratio(3 * n_triangles, paths), paths,
            "3 triangles / paths of length two, directions ignored, over the paths",
        ),
        _Row("n_components", n_components, n, "weak components, isolates included"),
        _Row("largest_component_share", _ratio(largest, n), n, "authors in the largest weak component / N"),
    ]  # fmt: skip


def _degree(found: Edges) -> list[_Row]:
    n, m = found.n_authors, len(found.source)
    inward, outward = found.in_degree, found.out_degree
    both = inward + outward
    largest_in, largest_out, largest = (int(degree.max(initial=0)) for degree in (inward, outward, both))
    freeman = "Freeman 1978: Σ (largest − degree) / its largest possible value"
    return [
        _Row("mean_degree", _ratio(m, n), n, "edges / N: in-degree and out-degree have the same mean"),
        _Row("max_in_degree", largest_in if n else _NAN, n, "most distinct authors who turned to one author"),
        _Row("max_out_degree", largest_out if n else _NAN, n, "most distinct authors to whom one author turned"),
        _Row("in_degree_gini", gini(inward), n, "Σ (2 i − N − 1) x(i) / (N Σ x), x in-degrees in rising order"),
        _Row(
            "in_centralisation", _ratio(n * largest_in - m, (n - 1) ** 2), n, f"{freeman}, (N − 1)², in-degrees",
        ),
        _Row(
            "out_centralisation", _ratio(n * largest_out - m, (n - 1) ** 2), n, f"{freeman}, (N − 1)², out-degrees",
        ),
        _Row(
            "degree_centralisation", _ratio(n * largest - 2 * m, 2 * (n - 1) * (n - 2)) if n > 2 else _NAN, n,
            f"{freeman}, 2 (N − 1) (N − 2), degree = in-degree + out-degree",
        ),
    ]  # fmt: skip


def _frequency(found: Edges) -> list[_Row]:
    m, total = len(found.source), int(found.weight.sum())
    return [
        _Row("ties_per_edge_mean", _ratio(total, m), m, "ties / distinct directed edges"),
        _Row("ties_per_edge_max", int(found.weight.max()) if m else _NAN, m, "most ties on one directed edge"),
    ]

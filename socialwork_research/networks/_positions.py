"""Where each author stands in the network: one row an author, in the order of pseudonyms, never of a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import columns, count
from ..errors import OptionError
from ..kernels.adjacency import rows
from ..kernels.cores import coreness
from ..kernels.holes import holes
from ..kernels.paths import betweenness
from ..kernels.standing import pagerank
from ..provenance import note, traced
from ..resampling import generator
from ._edges import Authors
from ._numbered import Numbered, numbered

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["positions"]

_EXACT = 10_000  # up to so many authors with ties, all shortest paths are followed
_SOME = 500  # above, those from so many of them
_ALL, _ALONE = "all measures defined", "no tie to another author: constraint and effective size undefined"
_FEW = "fewer than three authors: betweenness undefined"


@traced
def positions(
    ties: pd.DataFrame | nx.DiGraph,
    *,
    authors: Authors | None = None,
    communities: pd.DataFrame | None = None,
    sources: int | None = None,
    seed: int,
) -> pd.DataFrame:
    """Measure where each author stands in the network.

    The table holds pseudonyms in their own order: a list of accounts in
    the order of a measure invites decisions about persons. How sure an
    author's place in such an order would be, ``places`` tells. Self-ties
    are left out.

    Parameters
    ----------
    ties
        A table of ties, or a graph.
    authors
        Ids of further authors, who may have no tie.
    communities
        A table with a row an author (index ``author_id``) and a column
        ``community``, to be put beside the measures.
    sources
        Number of authors from whom shortest paths are followed, drawn at
        random from those who turned to somebody. By default all of them,
        where up to 10,000 authors have a tie, and 500 above.
    seed
        Seed of that drawing.

    Returns
    -------
    One row an author (index ``author_id``, sorted): ``in_degree`` and
    ``out_degree`` (distinct others), ``in_strength`` and ``out_strength``
    (ties), ``pagerank_share`` (PageRank, 0–1: its share of a random walk
    along the ties, which goes on with probability 0.85), ``betweenness``
    (share of the ordered pairs of others, 0–1, whose directed shortest
    paths run through the author), ``betweenness_error`` (its standard
    error from following the paths of some authors only; 0 where all were
    followed), ``constraint`` (Burt, from 0 up) and ``effective_size``
    (Burt, partners that do not know each other; both from the ties in
    either direction), ``coreness`` (largest k such that the author is one
    of a set in which each has k partners of the set), ``method`` (what is
    undefined, and why; such values are NaN). Communities that were handed
    in stand before it.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If authors are given as a number, or `sources` is below 3.
    MissingExtraError
        If numba is not installed (extra ``networks``).

    References
    ----------
    Burt (2004), Structural holes and good ideas, *American Journal of
    Sociology* 110, 349–399, https://doi.org/10.1086/421787

    Brandes & Pich (2007), Centrality estimation in large networks,
    *International Journal of Bifurcation and Chaos* 17, 2303–2318,
    https://doi.org/10.1142/S0218127407018403

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=30, n_authors=20, seed=7)
    >>> where = positions(sw.networks.ties(corpus), seed=7)
    >>> round(float(where["pagerank_share"].sum()), 9)
    1.0
    """
    stream = generator(seed)
    if sources is not None:
        count(sources, "sources", least=3)
    found = numbered(ties, authors=authors)
    n = found.n_authors
    table = pd.DataFrame(index=found.names.rename("author_id"))
    distinct = rows(found.source, found.target, n_authors=n)
    table["in_degree"] = found.by_name(np.bincount(distinct.to, minlength=n))
    table["out_degree"] = found.by_name(np.diff(distinct.start))
    for name, ends in (("in_strength", found.target), ("out_strength", found.source)):
        table[name] = found.by_name(np.bincount(ends, weights=found.weight, minlength=n).astype(np.int64))
    walk = pagerank(found.source, found.target, n_authors=n, weight=found.weight)
    table["pagerank_share"] = found.by_name(walk)
    value, error, followed = _between(found, np.flatnonzero(np.diff(distinct.start)), sources, stream)
    table["betweenness"], table["betweenness_error"] = found.by_name(value), found.by_name(error)
    gaps = holes(found.source, found.target, n_authors=n, weight=found.weight)
    table["constraint"], table["effective_size"] = found.by_name(gaps.constraint), found.by_name(gaps.effective_size)
    table["coreness"] = found.by_name(coreness(found.source, found.target, n_authors=n))
    if communities is not None:
        table["community"] = _community(communities, found.names)
    alone = table["constraint"].isna()
    told = alone.map({False: "", True: _ALONE}).to_numpy(dtype=object)
    table["method"] = [_told(each, few=n < 3) for each in told]
    return note(
        table,
        definition="self-ties left out; ties weigh by their number; PageRank goes on with probability 0.85",
        self_ties_left_out=found.n_self,
        shortest_paths_followed_from=followed,
        shortest_paths_exact=not error.any(),
    )


def _told(alone: str, *, few: bool) -> str:
    return "; ".join(each for each in (alone, _FEW if few else "") if each) or _ALL


def _between(
    found: Numbered, starts: np.ndarray, sources: int | None, stream: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, int]:
    """Return betweenness as a share of the pairs of others, its error, and from how many authors paths were followed.

    Nobody's shortest path begins with an author who turned to no one: drawing among the others loses nothing.
    """
    n = found.n_authors
    if n < 3:
        return np.full(n, np.nan), np.full(n, np.nan), 0
    with_ties = len(np.unique(np.concatenate([found.source, found.target])))
    wanted = sources or (len(starts) if with_ties <= _EXACT else _SOME)
    drawn = starts if wanted >= len(starts) else stream.permutation(starts)[:wanted]
    through = betweenness(found.source, found.target, n_authors=n, sources=drawn, beginnings=starts)
    pairs = (n - 1) * (n - 2)
    return through.value / pairs, through.error / pairs, len(drawn)


def _community(communities: pd.DataFrame, names: pd.Index) -> pd.Series:
    """Put each author's community beside its pseudonym; missing for who has none."""
    columns(communities.reset_index(), ["author_id", "community"], "communities")
    known = communities.reset_index().set_index("author_id")["community"]
    if not known.index.is_unique:
        raise OptionError("communities: an author has more than one row. Mend: hand in a table with a row an author.")
    return known.reindex(names.astype(known.index.dtype)).set_axis(names)

"""The structure of a network: one table of its measures, each with its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import count
from ..errors import OptionError
from ..kernels.measuring import Network
from ..provenance import note, traced
from ._edges import Authors, coded
from ._structure_distances import EXACT, distance_rows
from ._structure_intervals import INTERVALS, intervals
from ._structure_rows import rows

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["structure"]

_AFTER = "largest_strong_component_share"  # distances stand behind the components


@traced
def structure(
    ties: pd.DataFrame | nx.DiGraph, *, authors: Authors | None = None, groups: int | None = None
) -> pd.DataFrame:
    """Measure how a network is built.

    Self-ties are left out of every measure and counted in the papers.
    None of the values says whether chance alone would give it: for that,
    see ``against_chance``. Clustering, cores, components and distances
    ignore directions unless their name says otherwise. Above 10,000
    authors with ties, distances are measured from 512 of them, taken at
    equal steps in the order of their degree; the method tells the error.

    Parameters
    ----------
    ties
        A table of ties, or a graph.
    authors
        Further authors, who may have no tie and then count as isolates:
        their ids, or the number of all authors.
    groups
        Deal the threads, in the order of their first tie, into so many
        groups and leave each out in turn: how far the measures move gives
        their intervals. 20 was tried out. Needs a table of ties of at least
        200 threads.

    Returns
    -------
    One row a measure (index ``measure``): ``value``, ``low`` and ``high``
    (95 % interval where `groups` are given and the measure has an honest
    one), ``n`` (what it is counted over: authors, ties, edges, dyads or
    paths, as the method says), ``method`` (its definition; where the value
    is NaN, why it is undefined; where `groups` are given, why there is no
    interval).

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If the number of authors is smaller than that of those with ties,
        there are fewer than two groups, or groups are wanted of a graph.

    References
    ----------
    Barrat, Barthélemy, Pastor-Satorras & Vespignani (2004), The
    architecture of complex weighted networks, *PNAS* 101, 3747–3752,
    https://doi.org/10.1073/pnas.0400087101

    Efron & Stein (1981), The jackknife estimate of variance, *Annals of
    Statistics* 9, 586–596, https://doi.org/10.1214/aos/1176345462

    Fagiolo (2007), Clustering in complex directed networks, *Physical
    Review E* 76, 026107, https://doi.org/10.1103/PhysRevE.76.026107

    Freeman (1978), Centrality in social networks: conceptual
    clarification, *Social Networks* 1, 215–239,
    https://doi.org/10.1016/0378-8733(78)90021-7

    Garlaschelli & Loffredo (2004), Patterns of link reciprocity in
    directed networks, *Physical Review Letters* 93, 268701,
    https://doi.org/10.1103/PhysRevLett.93.268701

    Newman (2002), Assortative mixing in networks, *Physical Review
    Letters* 89, 208701, https://doi.org/10.1103/PhysRevLett.89.208701

    Seidman (1983), Network structure and minimum degree, *Social Networks*
    5, 269–287, https://doi.org/10.1016/0378-8733(83)90028-X

    Squartini, Picciolo, Ruzzenenti & Garlaschelli (2013), Reciprocity of
    weighted networks, *Scientific Reports* 3, 2729,
    https://doi.org/10.1038/srep02729

    Watts & Strogatz (1998), Collective dynamics of 'small-world' networks,
    *Nature* 393, 440–442, https://doi.org/10.1038/30918

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=4, seed=7)
    >>> float(structure(sw.networks.ties(corpus)).loc["n_authors", "value"])
    4.0
    """
    n_authors, source, target, weight = coded(ties, authors=authors)
    other = source != target
    found = Network(source[other], target[other], weight[other], n_authors=n_authors)
    table = pd.DataFrame(rows(found)).set_index("measure")
    order = _order(ties, source, target, n_authors=n_authors, is_large=n_authors > EXACT)
    far = pd.DataFrame(distance_rows(found, order=order)).set_index("measure")
    place = int(table.index.get_loc(_AFTER)) + 1
    table = pd.concat([table.iloc[:place], far, table.iloc[place:]])
    table.insert(1, "low", np.nan)
    table.insert(2, "high", np.nan)
    if groups is not None:
        if not isinstance(ties, pd.DataFrame):
            raise OptionError("groups: a graph does not tell which thread a tie is from. Mend: give the table of ties.")
        count(groups, "groups", least=2)
        told = intervals(ties[other], source[other], target[other], n_authors=n_authors, groups=groups)
        some = [name for name in INTERVALS if not np.isnan(table.loc[name, "value"])]
        table.loc[some, ["low", "high"]] = told.bounds(table.loc[some, "value"])
        table["method"] += [told.method(name) for name in table.index]
    return note(table, self_ties_left_out=int(weight[~other].sum()), groups=groups)


def _order(
    ties: pd.DataFrame | nx.DiGraph, source: np.ndarray, target: np.ndarray, *, n_authors: int, is_large: bool
) -> np.ndarray:
    """Put authors in the order of their first tie, which their names do not change; it matters to large networks alone."""
    if not is_large or not isinstance(ties, pd.DataFrame) or "at" not in ties:
        return np.arange(n_authors)
    at = pd.DatetimeIndex(ties["at"]).as_unit("us").asi8
    first = np.full(n_authors, np.iinfo(np.int64).max)
    np.minimum.at(first, source, 2 * at)
    np.minimum.at(first, target, 2 * at + 1)  # of two who meet in their first tie, the one who turned comes first
    degree = np.bincount(source, minlength=n_authors) + np.bincount(target, minlength=n_authors)
    return np.lexsort((np.arange(n_authors), degree, first))

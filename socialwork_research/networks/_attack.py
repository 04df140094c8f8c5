"""What stays joined as authors leave: those with most partners first, or anybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from .._checks import count, option, share
from ..errors import OptionError
from ..kernels.leiden import Graph, graph_of
from ..kernels.removal import by_degree, largest
from ..provenance import note, traced
from ..resampling import spawn
from ._edges import Authors
from ._pairs import Pairs, pairs

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["attack"]

Way = Literal["degree", "random"]

_METHOD = {
    "degree": "each time the author with most partners left is removed, of equal ones one is drawn; directions ignored",
    "random": "authors are removed in a drawn order; directions ignored",
}
_AT = (0.0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@traced
def attack(
    ties: pd.DataFrame | nx.DiGraph,
    *,
    authors: Authors | None = None,
    ways: Sequence[Way] = ("degree", "random"),
    removed: Sequence[float] = _AT,
    draws: int = 100,
    seed: int,
) -> pd.DataFrame:
    """Remove authors one by one, and tell which share of all is still in one component.

    A network that many carry loses little when the busiest go; one that a
    few carry falls apart. The curve is about who is joined to whom in these
    data; it does not say that the others would not have met otherwise.

    Parameters
    ----------
    ties
        A table of ties, or a graph. Directions and repeated ties are ignored.
    authors
        Further authors, who may have no tie: their ids, or the number of
        all authors.
    ways
        ``degree``: each time one goes who has most partners left, counted
        anew after each removal. ``random``: anybody goes.
    removed
        Shares of the authors removed, 0–1, at which the curve is told.
    draws
        Number of orders drawn for each way; by degree, they differ in
        which of several equally busy authors goes first.
    seed
        Seed of the draws.

    Returns
    -------
    One row a way and share removed (index ``step``): ``way``, ``removed``
    (share of all authors), ``n_removed``, ``estimate`` (authors in the
    largest component / all authors at the start, mean over the draws, 0–1),
    ``low`` and ``high`` (2.5 and 97.5 % of the draws), ``area`` (under the
    whole curve, mean over the draws: the mean of that share after 1, 2, …
    and all removals, 0–0.5), ``n_authors`` (all at the start), ``n_draws``,
    ``method``. NaN without authors.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If a way is unknown, a share lies outside 0–1, or `draws` is below 1.
    MissingExtraError
        If numba is not installed.

    References
    ----------
    Albert, Jeong & Barabási (2000), Error and attack tolerance of complex
    networks, *Nature* 406, 378–382, https://doi.org/10.1038/35019019

    Schneider, Moreira, Andrade, Havlin & Herrmann (2011), Mitigation of
    malicious attacks on networks, *Proceedings of the National Academy of
    Sciences* 108, 3838–3841, https://doi.org/10.1073/pnas.1009440108

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=10, n_authors=12, seed=7)
    >>> curve = attack(sw.networks.ties(corpus), removed=(0, 0.5), draws=10, seed=7)
    >>> float(curve["estimate"].iloc[0])
    1.0
    """
    wanted = [option(way, _METHOD, "ways") for way in ways]
    if isinstance(ways, str) or not wanted:
        raise OptionError("ways: give a list, e.g. ways=('degree', 'random').")
    shares = np.array(sorted({share(each, "removed") for each in removed}))
    count(draws, "draws")
    found = pairs(ties, authors=authors)
    n, graph = found.n_authors, _with_isolates(found)
    # A share of 0.3 of 10 authors is 3 of them, whatever its last digit says.
    n_removed = np.floor(shares * n + 1e-9).astype(np.int64)
    tables = []
    for way in sorted(set(wanted)):
        curves, areas = _curves(graph, way, n_removed, streams=_streams(seed, way, draws))
        low, high = np.quantile(curves, [0.025, 0.975], axis=0)
        content = {
            "way": way, "removed": shares, "n_removed": n_removed, "estimate": curves.mean(axis=0), "low": low,
            "high": high, "area": areas.mean(),
        }  # fmt: skip
        tables.append(pd.DataFrame(content).assign(n_authors=n, n_draws=draws, method=_METHOD[way]))
    table = pd.concat(tables, ignore_index=True).rename_axis(index="step")
    if n == 0:
        table["method"] = "undefined: no authors"
    return note(table, self_ties_left_out=found.n_self, authors_numbered_by=found.numbered_by)


def _streams(seed: int, way: str, draws: int) -> list[np.random.Generator]:
    """Give each way streams of its own, whichever other ways are asked for."""
    both = spawn(seed, 2 * draws)
    return both[0::2] if way == "degree" else both[1::2]


def _with_isolates(found: Pairs) -> Graph:
    return graph_of(found.first, found.second, np.ones(len(found.first)), n_nodes=found.n_authors)


def _curves(
    graph: Graph, way: str, n_removed: np.ndarray, *, streams: list[np.random.Generator]
) -> tuple[np.ndarray, np.ndarray]:
    """Draw orders; for each, the share in the largest component at the wanted removals, and the mean over all."""
    from tqdm import tqdm

    n = len(graph.strength)
    if n == 0:
        return np.full((1, len(n_removed)), np.nan), np.full(1, np.nan)
    curves, areas = np.empty((len(streams), len(n_removed))), np.empty(len(streams))
    for draw, stream in enumerate(tqdm(streams, desc=f"removal, {way}", unit=" draws", disable=None, leave=False)):
        order = by_degree(graph, stream=stream) if way == "degree" else stream.permutation(n)
        sizes = largest(graph, order)
        curves[draw], areas[draw] = sizes[n_removed] / n, sizes[1:].mean() / n
    return curves, areas

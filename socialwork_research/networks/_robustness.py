"""How far positions stand when part of the network is missing: threads or authors are taken out at random."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd

from .._checks import columns, count, option, share
from ..errors import OptionError
from ..kernels.cores import coreness
from ..kernels.holes import holes
from ..kernels.paths import betweenness
from ..kernels.placing import observed
from ..kernels.standing import pagerank
from ..provenance import note, traced
from ..resampling import spawn
from ._edges import Authors
from ._numbered import Numbered, numbered

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["robustness"]


class _Net(NamedTuple):
    source: np.ndarray
    target: np.ndarray
    weight: np.ndarray
    n: int


def _degree(mine: np.ndarray, other: np.ndarray, n: int) -> np.ndarray:
    return np.bincount(np.unique(mine * max(n, 1) + other) // max(n, 1), minlength=n)


_MEASURES: dict[str, Callable[[_Net], np.ndarray]] = {
    "in_degree": lambda net: _degree(net.target, net.source, net.n),
    "out_degree": lambda net: _degree(net.source, net.target, net.n),
    "in_strength": lambda net: np.bincount(net.target, weights=net.weight, minlength=net.n),
    "out_strength": lambda net: np.bincount(net.source, weights=net.weight, minlength=net.n),
    "pagerank_share": lambda net: pagerank(net.source, net.target, n_authors=net.n, weight=net.weight),
    "betweenness": lambda net: (
        betweenness(net.source, net.target, n_authors=net.n, beginnings=np.unique(net.source)).value
    ),
    "constraint": lambda net: holes(net.source, net.target, n_authors=net.n, weight=net.weight).constraint,
    "effective_size": lambda net: holes(net.source, net.target, n_authors=net.n, weight=net.weight).effective_size,
    "coreness": lambda net: coreness(net.source, net.target, n_authors=net.n),
}
_TOLD = "rank correlation (Spearman) with the whole, over authors left who have a tie in the whole; {} taken out"
_DIGITS = 12  # sums of floats in another order may differ in the last ones, which must not break a tie


@traced
def robustness(
    ties: pd.DataFrame | nx.DiGraph,
    *,
    removed: Literal["threads", "authors"] = "threads",
    measures: Sequence[str] = ("in_degree", "in_strength", "pagerank_share", "betweenness", "coreness"),
    shares: Sequence[float] = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5),
    authors: Authors | None = None,
    draws: int = 100,
    seed: int,
) -> pd.DataFrame:
    """Take threads or authors out at random, and tell how well the measures of those left agree with the whole.

    A measure whose order falls apart when a tenth is missing says little
    about a network of which a tenth may be missing (Borgatti, Carley &
    Krackhardt 2006).

    Parameters
    ----------
    ties
        A table of ties; for ``removed="authors"`` a graph will do.
    removed
        ``threads``: whole threads are taken out, as where part of the talk
        was not collected. ``authors``: authors with all their ties.
    measures
        Which columns of ``positions``: ``in_degree``, ``out_degree``,
        ``in_strength``, ``out_strength``, ``pagerank_share``,
        ``betweenness`` (exact: leave it out above some thousand authors),
        ``constraint``, ``effective_size``, ``coreness``.
    shares
        Which shares of the threads or authors are taken out, each above 0
        and below 1.
    authors
        Ids of further authors, who may have no tie; they are never taken
        out, nor compared.
    draws
        How often each share is taken out.
    seed
        Seed of the draws.

    Returns
    -------
    One row a measure and share (index ``measure``): ``share`` (taken out,
    0–1), ``estimate`` (mean rank correlation with the whole, −1 to 1),
    ``low`` and ``high`` (2.5 and 97.5 % of the draws), ``n_authors`` (mean
    number of authors compared), ``n_draws`` (those in which the correlation
    is defined), ``method``. NaN where it is defined in none: fewer than two
    authors left, or all alike.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If an option is unknown, or a share out of its range.
    MissingExtraError
        If numba is not installed (extra ``networks``).

    References
    ----------
    Borgatti, Carley & Krackhardt (2006), On the robustness of centrality
    measures under conditions of imperfect data, *Social Networks* 28,
    124–136, https://doi.org/10.1016/j.socnet.2005.05.001

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=60, n_authors=40, seed=7)
    >>> kept = robustness(sw.networks.ties(corpus), measures=["in_degree"], shares=[0.1, 0.5], draws=20, seed=7)
    >>> bool(kept["estimate"].is_monotonic_decreasing)
    True
    """
    option(removed, ["threads", "authors"], "removed")
    count(draws, "draws")
    for name in measures:
        option(name, _MEASURES, "measures")
    for part in shares:
        if not 0 < share(part, "shares") < 1:
            raise OptionError(f"shares: {part} is not above 0 and below 1.")
    found = numbered(ties, authors=authors)
    unit, n_units = _units(ties, found, removed)
    whole = _Net(found.source, found.target, found.weight, found.n_authors)
    there = np.unique(np.concatenate([found.source, found.target]))
    values = {name: _MEASURES[name](whole) for name in measures}
    rows, streams = [], iter(spawn(seed, len(shares) * draws) if shares else [])
    for part in shares:
        left = [_left(next(streams), n_units, part) for _ in range(draws)]
        rows += _agreed(whole, there, unit, left, values=values, part=part, removed=removed)
    names = ["measure", "share", "estimate", "low", "high", "n_authors", "n_draws", "method"]
    table = pd.DataFrame(rows, columns=names).set_index("measure")
    table = table.loc[list(dict.fromkeys(measures))]
    return note(table, self_ties_left_out=found.n_self, **{f"n_{removed}": n_units})


def _units(ties: pd.DataFrame | nx.DiGraph, found: Numbered, removed: str) -> tuple[np.ndarray, int]:
    """Return for each tie what may be taken out with it: its thread, or its two authors."""
    if removed == "authors":
        there, place = np.unique(np.stack([found.source, found.target]), return_inverse=True)
        return place.reshape(2, -1), len(there)
    if not isinstance(ties, pd.DataFrame):
        raise OptionError("ties: a graph does not hold the threads of its ties. Mend: hand in the table of ties.")
    columns(ties, ["thread_id"], "ties")
    code, known = pd.factorize(ties["thread_id"].iloc[found.row], sort=True)
    alone = code < 0
    code[alone] = len(known) + np.arange(int(alone.sum()))
    return code.reshape(1, -1), len(known) + int(alone.sum())


def _left(stream: np.random.Generator, n_units: int, part: float) -> np.ndarray:
    """Draw which units stay: as many as the share says, to the nearest whole one."""
    stays = np.ones(n_units, dtype=bool)
    stays[stream.permutation(n_units)[: round(part * n_units)]] = False
    return stays


def _agreed(
    whole: _Net,
    there: np.ndarray,
    unit: np.ndarray,
    left: list[np.ndarray],
    *,
    values: dict[str, np.ndarray],
    part: float,
    removed: str,
) -> list[tuple[str, float, float, float, float, float, int, str]]:
    """Measure what each draw leaves, and correlate it with the whole."""
    found: dict[str, list[float]] = {name: [] for name in values}
    sizes = []
    for stays in left:
        kept = stays[unit].all(axis=0)
        compared = there[stays] if removed == "authors" else there
        net = _Net(whole.source[kept], whole.target[kept], whole.weight[kept], whole.n)
        sizes.append(len(compared))
        for name, value in values.items():
            found[name].append(_correlation(value[compared], _MEASURES[name](net)[compared]))
    rows = []
    for name, each in found.items():
        some = np.array(each)[~np.isnan(each)]
        low, high = np.quantile(some, [0.025, 0.975]) if len(some) else (np.nan, np.nan)
        told = _TOLD.format(removed)
        method = told if len(some) else f"undefined, fewer than two authors left or all alike: {told}"
        mean = float(some.mean()) if len(some) else np.nan
        rows.append((name, part, mean, float(low), float(high), float(np.mean(sizes)), len(some), method))
    return rows


def _correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Correlate the places of two measures, over authors for whom both are defined."""
    some = ~(np.isnan(first) | np.isnan(second))
    if some.sum() < 2:
        return float("nan")
    one, other = (observed(_rounded(each[some])) for each in (first, second))
    one, other = one - one.mean(), other - other.mean()
    spread = float((one**2).sum()) * float((other**2).sum())
    return float((one * other).sum() / np.sqrt(spread)) if spread > 0 else float("nan")


def _rounded(values: np.ndarray) -> np.ndarray:
    largest = float(np.abs(values).max())
    return np.asarray(np.round(values / largest, _DIGITS)) if largest else values

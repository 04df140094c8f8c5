"""How soon communities fall apart when ties are dealt anew, beside networks that have none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .._checks import count, share
from ..errors import OptionError
from ..kernels.leiden import graph_of, modularity, partition
from ..kernels.pairs import swapped_pairs
from ..kernels.partitions import Ints, crossed
from ..provenance import note, traced
from ..resampling import spawn
from ._pairs import Pairs, pairs

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["dealt_anew", "perturbation", "variation"]

_SHARES = (0.05, 0.1, 0.2, 0.4, 1.0)
_NAN = float("nan")
_TOLD = (
    "variation of information / log n between the best of {runs} Leiden runs before and after; partners swapped among the "
    "drawn pairs, and their ties dealt anew to them; null: networks whose pairs were all swapped, treated alike; at share "
    "0 runs differ by themselves"
)
_FEW = "undefined: fewer than two pairs of authors have ties"

Weighted = tuple[Ints, Ints, Ints]


@traced
def perturbation(
    ties: pd.DataFrame | nx.DiGraph,
    *,
    shares: Sequence[float] = _SHARES,
    runs: int = 5,
    draws: int = 100,
    seed: int,
) -> pd.DataFrame:
    """Ask how robust communities are: how far they move when some of the ties are dealt anew.

    Communities that are there outlast a few changed ties; those that an
    algorithm finds in a network without any do not. A share of the pairs is
    drawn, their partners are swapped (everybody keeps the number of
    partners), and the communities found then are compared with those found
    before. The same is done to networks all of whose pairs were swapped.
    Where the first curve lies below the second, the communities are more
    robust than those of chance.

    Parameters
    ----------
    ties
        A table of ties, or a graph. Directions are ignored.
    shares
        Shares of the pairs that are dealt anew, in rising order; 0, the
        difference between runs on the same network, is always told.
    runs
        Runs of the algorithm on each network, of which the best counts.
    draws
        Number of perturbed networks, and of null networks, for each share.
    seed
        Seed of the runs and draws.

    Returns
    -------
    One row a share (index ``share``, from 0 to 1): ``value`` (mean
    variation of information over the draws, divided by its largest value
    log n: 0 the same communities, 1 nothing in common), ``low`` and ``high``
    (2.5 and 97.5 % of the draws), ``null_mean``, ``null_low`` and
    ``null_high`` (of the null networks), ``n`` (pairs dealt anew),
    ``n_authors`` (with a tie), ``n_draws``, ``method``. NaN where
    undefined; the method says why.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If a share lies outside 0–1, the shares do not rise, or `runs` or
        `draws` is below 1.
    MissingExtraError
        If numba is not installed.

    Notes
    -----
    A swap may bring a pair back, or join two who have ties already; their
    ties are then added up. The change is thus a little smaller than the
    share says, in both curves alike. Even where all is dealt anew the
    curves need not meet: the observed communities may be fewer, and larger,
    than those of chance. A draw takes `runs` runs on two networks for each
    share: at a million ties, give few draws and shares.

    References
    ----------
    Karrer, Levina & Newman (2008), Robustness of community structure in
    networks, *Physical Review E* 77, 046119,
    https://doi.org/10.1103/PhysRevE.77.046119

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=6, seed=7)
    >>> perturbation(sw.networks.ties(corpus), shares=(0.5,), draws=3, seed=7).index.tolist()
    [0.0, 0.5]
    """
    wanted = _rising(shares)
    count(runs, "runs")
    hub, *streams = spawn(seed, count(draws, "draws") + 1)
    found = pairs(ties)
    table = pd.DataFrame(_rows(found, wanted, streams=[hub, *streams], runs=runs))
    table.index = pd.Index(wanted, name="share", dtype="float64")
    return note(table, self_ties_left_out=found.n_self, authors_numbered_by=found.numbered_by)


def _rising(shares: Sequence[float]) -> list[float]:
    wanted = [share(each, "shares") for each in shares]
    if not wanted or sorted(set(wanted)) != wanted:
        raise OptionError("shares: give shares from 0 to 1 in rising order, each once, e.g. shares=(0.1, 0.5, 1.0).")
    return wanted if wanted[0] == 0 else [0.0, *wanted]


def _rows(found: Pairs, wanted: list[float], *, streams: list[np.random.Generator], runs: int) -> list[dict[str, Any]]:
    """Perturb the network and the null networks, draw by draw."""
    from tqdm import tqdm

    numbers = [round(each * len(found.first)) for each in wanted]
    counts = [{"n": number, "n_authors": found.n_joined} for number in numbers]
    empty = dict.fromkeys(["value", "low", "high", "null_mean", "null_low", "null_high"], _NAN)
    if len(found.first) < 2:
        return [{**empty, **each, "n_draws": 0, "method": _FEW} for each in counts]
    network = found.first, found.second, found.weight
    n = found.n_joined
    hub, *streams = streams
    own = best(network, n_authors=n, runs=runs, stream=hub)
    moved = np.empty((2, len(streams), len(numbers)))
    bar = tqdm(streams, desc="ties dealt anew", unit=" draws", disable=None, leave=False, delay=2)
    for place, stream in enumerate(bar):
        null = dealt_anew(network, len(found.first), n_authors=n, stream=stream)
        label = best(null, n_authors=n, runs=runs, stream=stream)
        for which, (start, before) in enumerate([(network, own), (null, label)]):
            for column, number in enumerate(numbers):
                after = dealt_anew(start, min(number, len(start[0])), n_authors=n, stream=stream)
                moved[which, place, column] = variation(before, best(after, n_authors=n, runs=runs, stream=stream))
    low, high = np.quantile(moved, [0.025, 0.975], axis=1)
    mean = moved.mean(axis=1)
    return [
        {
            "value": mean[0, at], "low": low[0, at], "high": high[0, at],
            "null_mean": mean[1, at], "null_low": low[1, at], "null_high": high[1, at],
            **each, "n_draws": len(streams), "method": _TOLD.format(runs=runs),
        }
        for at, each in enumerate(counts)
    ]  # fmt: skip


def best(network: Weighted, *, n_authors: int, runs: int, stream: np.random.Generator) -> Ints:
    """Return the labels of the run of highest modularity."""
    graph = graph_of(*network, n_nodes=n_authors)
    tried = [partition(graph, stream=stream) for _ in range(runs)]
    return tried[int(np.argmax([modularity(graph, label) for label in tried]))]


def dealt_anew(network: Weighted, n: int, *, n_authors: int, stream: np.random.Generator) -> Weighted:
    """Swap the partners of so many drawn pairs, and deal the ties of these pairs anew to them."""
    first, second, weight = network
    is_drawn = np.zeros(len(first), dtype=bool)
    is_drawn[stream.choice(len(first), n, replace=False)] = True
    one, two = swapped_pairs(first[is_drawn], second[is_drawn], n_authors=n_authors, stream=stream)
    keys, place = np.unique(
        np.concatenate([first[~is_drawn] * n_authors + second[~is_drawn], one * n_authors + two]), return_inverse=True
    )
    held = np.concatenate([weight[~is_drawn], stream.permutation(weight[is_drawn])])
    return keys // n_authors, keys % n_authors, np.bincount(place, weights=held, minlength=len(keys)).astype(np.int64)


def variation(before: Ints, after: Ints) -> float:
    """Return the variation of information between two partitions of two nodes or more, divided by log n."""
    n = len(before)
    one, two, held = crossed(before.astype(np.int64), after.astype(np.int64))
    sizes = np.bincount(before)[one] * np.bincount(after)[two]
    return max(float((held / n * (np.log(sizes) - 2 * np.log(held))).sum()) / float(np.log(n)), 0.0)

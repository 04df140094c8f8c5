"""How good communities are: against chance, and from run to run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .._checks import count
from ..kernels.leiden import Graph, graph_of, modularity, partition
from ..kernels.pairs import swapped_pairs
from ..kernels.partitions import agreement
from ..provenance import note, traced
from ..resampling import spawn
from ._consensus import Consensus, consensus
from ._edges import Authors
from ._held import held, positive
from ._pairs import Pairs, pairs

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["partition_quality"]

_TRIES, _MOST_PAIRS, _NEAR, _UNLIKE = 5, 500, 0.01, 0.8
_NULL = "partners swapped, each author's number of partners kept, ties dealt anew to the pairs"


@traced
def partition_quality(
    ties: pd.DataFrame | nx.DiGraph,
    *,
    authors: Authors | None = None,
    runs: int = 100,
    resolution: float = 1.0,
    draws: int = 1000,
    seed: int,
) -> pd.DataFrame:
    """Ask whether communities are more than chance, and whether runs agree on them.

    A network without any communities has partitions of high modularity
    too; what counts is how far the observed one exceeds that of networks
    in which everybody has as many partners, but no preference. A sparse
    network may have many partitions that are almost equally good and quite
    unlike one another (Good et al. 2010): then no single one should be
    interpreted, and the method of ``near_best_ami`` says so.

    Parameters
    ----------
    ties
        A table of ties, or a graph. Directions are ignored.
    authors
        Further authors, who may have no tie: their ids, or the number of
        all authors.
    runs
        Number of runs; with the same seed they are those of ``communities``.
    resolution
        The larger, the smaller the communities; 1 is modularity.
    draws
        Number of networks drawn; 0 leaves the null out. At a million ties
        a draw takes seconds.
    seed
        Seed of the runs and draws.

    Returns
    -------
    One row a measure (index ``measure``). ``modularity`` (of the
    consensus), ``modularity_best_of_five`` (the best of the first five
    runs, which is held against the best of five in each drawn network),
    ``modularity_of_runs``, ``n_communities`` (of the consensus),
    ``n_communities_of_runs``, ``ami``, ``ari`` and ``vi`` (between runs:
    adjusted mutual information, adjusted Rand index, variation of
    information in nats), ``near_best_share`` (runs whose modularity lies
    within 0.01 of the best) and ``near_best_ami`` (their agreement). Columns:
    ``value`` (a mean where it is over runs), ``low`` and ``high`` (2.5 and
    97.5 % over runs or over pairs of runs), ``null_mean, null_sd,
    null_low, null_high`` (2.5 and 97.5 %), ``z``, ``p_value`` (one-sided,
    (1 + draws at or above the value) / (draws + 1)), ``n`` (authors,
    runs or pairs of runs, as the method says), ``n_draws``, ``method``. NaN
    where undefined; the method says why.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If `runs` or `resolution` is not above 0, or `draws` is below 0.
    MissingExtraError
        If numba is not installed.

    References
    ----------
    Good, de Montjoye & Clauset (2010), Performance of modularity
    maximization in practical contexts, *Physical Review E* 81, 046106,
    https://doi.org/10.1103/PhysRevE.81.046106

    Fosdick, Larremore, Nishimura & Ugander (2018), Configuring random
    graph models with fixed degree sequences, *SIAM Review* 60, 315–355,
    https://doi.org/10.1137/16M1087175

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=4, seed=7)
    >>> quality = partition_quality(sw.networks.ties(corpus), runs=10, draws=20, seed=7)
    >>> bool(quality.loc["modularity", "value"] <= 1)
    True
    """
    count(runs, "runs")
    count(draws, "draws", least=0)
    resolution = positive(resolution, "resolution")
    streams = spawn(seed, runs + draws + 1)
    found = pairs(ties, authors=authors)
    agreed = consensus(found, resolution=resolution, streams=streams[:runs])
    graph = found.graph
    quality = np.array([modularity(graph, label, resolution=resolution) for label in agreed.runs])
    drawn = _of_chance(found, resolution=resolution, streams=streams[runs:-1]) if len(found.first) else np.zeros(0)
    rows = _worth(graph, agreed, quality, drawn=drawn, resolution=resolution)
    rows |= _likeness(agreed, quality, stream=streams[-1])
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="measure")
    table[["n", "n_draws"]] = table[["n", "n_draws"]].fillna(0).astype("int64")
    return note(
        table,
        null=_NULL,
        n_isolates_left_out=found.n_authors - found.n_joined,
        self_ties_left_out=found.n_self,
        authors_numbered_by=found.numbered_by,
        consensus_rounds=agreed.n_rounds,
        runs_agree_at_last=agreed.is_agreed,
    )


def _of_chance(found: Pairs, *, resolution: float, streams: list[np.random.Generator]) -> np.ndarray:
    """Draw networks and give the best modularity of five runs on each."""
    from tqdm import tqdm

    best = []
    for stream in tqdm(streams, desc="networks by chance", unit=" draws", disable=None, leave=False):
        first, second = swapped_pairs(found.first, found.second, n_authors=found.n_joined, stream=stream)
        graph = graph_of(first, second, stream.permutation(found.weight), n_nodes=found.n_joined)
        tried = (partition(graph, resolution=resolution, stream=stream) for _ in range(_TRIES))
        best.append(max(modularity(graph, label, resolution=resolution) for label in tried))
    return np.array(best)


def _row(value: float, method: str, *, n: int, **further: float) -> dict[str, Any]:
    empty = dict.fromkeys(
        ["low", "high", "null_mean", "null_sd", "null_low", "null_high", "z", "p_value"], float("nan")
    )
    told = method if not np.isnan(value) else f"undefined, nothing to count it over: {method}"
    return {"value": value, **empty, "n": n, "n_draws": 0, **further, "method": told}


def _over(values: np.ndarray, method: str) -> dict[str, Any]:
    """Average over runs or pairs of runs, with the middle 95 %."""
    known = values[~np.isnan(values)]
    if not len(known):
        return _row(float("nan"), method, n=0)
    low, high = np.quantile(known, [0.025, 0.975])
    return _row(float(known.mean()), method, n=len(known), low=float(low), high=float(high))


def _worth(
    graph: Graph, agreed: Consensus, quality: np.ndarray, *, drawn: np.ndarray, resolution: float
) -> dict[str, dict[str, Any]]:
    """Rows on modularity and on the number of communities."""
    n = len(agreed.label)
    empty = not len(graph.neighbour)
    best = float("nan") if empty else float(quality[:_TRIES].max())
    told = f"highest of the first {_TRIES} runs, over the authors with a tie; null: {_NULL}, highest of {_TRIES} runs"
    number = [float(run.max(initial=-1)) + 1 if n else float("nan") for run in agreed.runs]
    return {
        "modularity": _row(
            modularity(graph, agreed.label, resolution=resolution), n=n,
            method="of the consensus, undirected, weighted by ties, over the authors with a tie",
        ),
        "modularity_best_of_five": _row(best, told, n=n, **held(best, drawn)),
        "modularity_of_runs": _over(quality, "mean over the runs"),
        "n_communities": _row(
            float(agreed.label.max(initial=-1)) + 1 if n else float("nan"), n=n,
            method="of the consensus, over the authors with a tie",
        ),
        "n_communities_of_runs": _over(np.array(number), "mean over the runs"),
    }  # fmt: skip


def _likeness(agreed: Consensus, quality: np.ndarray, *, stream: np.random.Generator) -> dict[str, dict[str, Any]]:
    """Rows on how alike the runs are."""
    runs = agreed.runs.astype(np.int64)
    told = "mean over pairs of runs"
    all_pairs = np.array([(a, b) for a in range(len(runs)) for b in range(a)], dtype=np.int64).reshape(-1, 2)
    if len(all_pairs) > _MOST_PAIRS:
        all_pairs = all_pairs[np.sort(stream.choice(len(all_pairs), _MOST_PAIRS, replace=False))]
        told = f"mean over {_MOST_PAIRS} drawn pairs of runs"
    values = np.array([agreement(runs[a], runs[b]) for a, b in all_pairs]).reshape(-1, 3)
    near = quality >= np.nanmax(quality) - _NEAR if not np.isnan(quality).all() else np.zeros(len(quality), bool)
    share = float(near.mean()) if len(agreed.label) else float("nan")
    among = values[near[all_pairs].all(axis=1), 0]
    warned = f"mean over pairs of runs within {_NEAR} of the best modularity"
    if len(among) and among.mean() < _UNLIKE:
        warned += f"; degenerate: below {_UNLIKE}, almost equally good partitions are unlike (Good et al. 2010)"
    return {
        "ami": _over(values[:, 0], f"adjusted mutual information, {told}"),
        "ari": _over(values[:, 1], f"adjusted Rand index, {told}"),
        "vi": _over(values[:, 2], f"variation of information (nats), {told}"),
        "near_best_share": _row(share, f"share of the runs within {_NEAR} of the best modularity", n=len(runs)),
        "near_best_ami": _over(among, f"adjusted mutual information, {warned}"),
    }

"""Communities on which many runs agree."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..kernels.leiden import Graph, graph_of, modularity, partition
from ..kernels.partitions import crossed
from ._pairs import Pairs

__all__ = ["TOLD", "Consensus", "consensus", "entropy", "kept_share", "runs_of"]

_ROUNDS = 20
TOLD = (
    "Leiden on undirected ties (both directions added), weighted by ties; consensus over runs on the ties alone, not on "
    "all pairs of authors"
)


class Consensus(NamedTuple):
    """The agreed labels (from 0, the largest community first), the runs they come from, and how they were agreed on."""

    label: np.ndarray
    runs: np.ndarray
    n_rounds: int
    is_agreed: bool


def runs_of(graph: Graph, *, resolution: float, streams: list[np.random.Generator], told: str = "") -> np.ndarray:
    """Run the algorithm once for each stream; one row a run."""
    from tqdm import tqdm

    made = np.empty((len(streams), len(graph.strength)), dtype=np.int32)
    bar = tqdm(streams, desc=told or "communities", unit=" runs", disable=None, leave=False)
    for row, stream in zip(made, bar, strict=True):
        row[:] = partition(graph, resolution=resolution, stream=stream)
    return made


def together(found: Pairs, runs: np.ndarray) -> np.ndarray:
    """Count for each pair of joined authors the runs that put both into one community."""
    counts = np.zeros(len(found.first), dtype=np.int64)
    for label in runs:
        counts += label[found.first] == label[found.second]
    return counts


def consensus(found: Pairs, *, resolution: float, streams: list[np.random.Generator]) -> Consensus:
    """Let the ties count by how often their ends come together, and run again, until all runs say the same.

    After Lancichinetti & Fortunato (2012), on the ties alone: a matrix of
    all pairs of authors would not fit at size. Only what never comes
    together is dropped: a higher threshold, which their full matrix needs
    to become sparse, would here cut the ties on which runs differ, and
    split communities that each single run holds together.
    """
    n_runs = len(streams)
    graph = found.graph
    first = runs = runs_of(graph, resolution=resolution, streams=streams)
    counts = together(found, runs)
    rounds = 0
    while rounds < _ROUNDS and not _is_agreed(counts, n_runs):
        rounds += 1
        kept = counts > 0
        thinned = graph_of(found.first[kept], found.second[kept], (found.weight * counts)[kept], n_nodes=found.n_joined)
        runs = runs_of(thinned, resolution=resolution, streams=streams, told=f"consensus, round {rounds}")
        counts = together(found, runs)
    agreed = _is_agreed(counts, n_runs)
    best = 0
    if not agreed:
        best = int(np.argmax([modularity(graph, label, resolution=resolution) for label in runs]))
    return Consensus(_by_size(runs[best].astype(np.int64)), first, rounds, agreed)


def _is_agreed(counts: np.ndarray, n_runs: int) -> bool:
    return bool(((counts == 0) | (counts == n_runs)).all())


def _by_size(label: np.ndarray) -> np.ndarray:
    """Number communities from the largest; of equal ones first the one whose first member is."""
    if not len(label):
        return label
    sizes = np.bincount(label)
    first = np.full(len(sizes), len(label))
    np.minimum.at(first, label, np.arange(len(label)))
    place = np.empty(len(sizes), dtype=np.int64)
    place[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return place[label]


def entropy(found: Pairs, runs: np.ndarray) -> np.ndarray:
    """Average, over an author's partners, the entropy (bits) of being put into one community or not."""
    share = together(found, runs) / max(len(runs), 1)
    rest = 1 - share
    bits = -(share * np.log2(np.where(share > 0, share, 1)) + rest * np.log2(np.where(rest > 0, rest, 1)))
    ends = np.concatenate([found.first, found.second])
    n_partners = np.bincount(ends, minlength=found.n_joined)
    # Entropies of k runs out of n are a few values: sums are taken over them in a fixed order of pairs.
    return np.bincount(ends, weights=np.concatenate([bits, bits]), minlength=found.n_joined) / np.maximum(n_partners, 1)


def kept_share(label: np.ndarray, runs: np.ndarray) -> np.ndarray:
    """Share of runs in which an author's community is mostly made of its consensus community."""
    kept = np.zeros(len(label), dtype=np.int64)
    for run in runs.astype(np.int64):
        here, there, n = crossed(run, label)
        order = np.lexsort((there, -n, here))
        foremost = order[np.concatenate([[True], here[order][1:] != here[order][:-1]])] if len(order) else order
        mostly = np.zeros(int(run.max(initial=0)) + 1, dtype=np.int64)
        mostly[here[foremost]] = there[foremost]
        kept += mostly[run] == label
    return kept / max(len(runs), 1)

"""Count the open paths of one network in one way: by whole sparse products, or as the package does; seconds, memory."""

from __future__ import annotations

import json
import resource
import sys
import time

import numpy as np


def network(n_authors: int, n_edges: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw edges between authors of very unequal activity, and a group for each author."""
    stream = np.random.default_rng(seed)
    activity = 1 / np.arange(1, n_authors + 1) ** 0.7
    source, target = stream.choice(n_authors, size=(2, n_edges), p=activity / activity.sum())
    keys = np.unique((source * n_authors + target)[source != target])
    return keys // n_authors, keys % n_authors, stream.integers(0, 8, size=n_authors)


def by_products(source: np.ndarray, target: np.ndarray, group: np.ndarray) -> int:
    """Count by A·A, masked: every author who can be reached in two steps is held for every author."""
    from scipy import sparse

    adjacent = sparse.csr_array((np.ones(len(source), dtype=np.int64), (source, target)), shape=(len(group),) * 2)
    paths = adjacent @ adjacent
    return int(paths.sum() - paths.diagonal().sum() - paths.multiply(adjacent).sum())


def ours(source: np.ndarray, target: np.ndarray, group: np.ndarray) -> int:
    """Count as the package does, by group and role."""
    from socialwork_research.kernels.brokering import brokered

    return int(brokered(source, target, group[None], n_groups=8).sum())


if __name__ == "__main__":
    way, n_authors, n_edges, seed = sys.argv[1], *(int(word) for word in sys.argv[2:5])
    made = network(n_authors, n_edges, seed)
    begin = time.perf_counter()
    n_paths = {"products": by_products, "ours": ours}[way](*made)
    told = {
        "seconds": time.perf_counter() - begin,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "n_edges": len(made[0]),
        "n_paths": n_paths,
    }
    sys.stdout.write(json.dumps(told))

"""One network at several resolutions: which communities stay, and which are a matter of the setting."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import count
from ..errors import OptionError
from ..kernels.leiden import modularity
from ..kernels.partitions import agreement
from ..provenance import note, traced
from ..resampling import spawn
from ._consensus import TOLD, consensus
from ._edges import Authors
from ._held import positive
from ._pairs import pairs

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["resolutions"]

_AT = (0.5, 0.7, 1.0, 1.4, 2.0)


@traced
def resolutions(
    ties: pd.DataFrame | nx.DiGraph,
    *,
    authors: Authors | None = None,
    at: Sequence[float] = _AT,
    runs: int = 20,
    seed: int,
) -> pd.DataFrame:
    """Find communities at several resolutions, and tell how far neighbouring ones agree.

    Modularity has a resolution limit: communities below a size that grows
    with the network are put together. A number of communities that holds
    over a range of resolutions says more than one at resolution 1.

    Parameters
    ----------
    ties
        A table of ties, or a graph. Directions are ignored.
    authors
        Further authors, who may have no tie: their ids, or the number of
        all authors.
    at
        The resolutions, in rising order.
    runs
        Number of runs at each.
    seed
        Seed of the runs; the same at each resolution.

    Returns
    -------
    One row a resolution (index ``resolution``): ``n_communities``,
    ``largest_share`` (of the authors with a tie, in the largest community,
    0–1), ``modularity`` (of this partition, at resolution 1), ``ami_runs``
    (mean adjusted mutual information between neighbouring runs: 1 they say
    the same), ``ami_next`` (between this partition and that at the next
    resolution; NaN at the last), ``n_authors`` (with a tie), ``n_runs``,
    ``method``.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If `runs` or a resolution is not above 0, or the resolutions do not rise.
    MissingExtraError
        If numba is not installed.

    References
    ----------
    Fortunato & Barthélemy (2007), Resolution limit in community detection,
    *Proceedings of the National Academy of Sciences* 104, 36–41,
    https://doi.org/10.1073/pnas.0605965104

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=4, seed=7)
    >>> resolutions(sw.networks.ties(corpus), at=(0.5, 1.0), runs=5, seed=7).index.tolist()
    [0.5, 1.0]
    """
    wanted = [positive(each, "at") for each in at]
    if not wanted or sorted(set(wanted)) != wanted:
        raise OptionError("at: give resolutions in rising order, each once, e.g. at=(0.5, 1.0, 2.0).")
    count(runs, "runs")
    found = pairs(ties, authors=authors)
    graph, rows, labels = found.graph, [], []
    for resolution in wanted:
        agreed = consensus(found, resolution=resolution, streams=spawn(seed, runs))
        label, made = agreed.label, agreed.runs.astype(np.int64)
        between = [agreement(one, two).ami for one, two in pairwise(made)]
        sizes = np.bincount(label) if len(label) else np.zeros(0)
        labels.append(label)
        rows.append(
            {
                "n_communities": len(sizes),
                "largest_share": float(sizes.max() / len(label)) if len(label) else float("nan"),
                "modularity": modularity(graph, label),
                "ami_runs": float(np.mean(between)) if between else float("nan"),
            }
        )
    table = pd.DataFrame(rows, index=pd.Index(wanted, name="resolution", dtype="float64"))
    table["ami_next"] = [agreement(one, two).ami for one, two in pairwise(labels)] + [np.nan]
    told = TOLD if found.n_joined else "undefined: no tie between two authors"
    table = table.assign(n_authors=found.n_joined, n_runs=runs, method=told)
    return note(table, definition=TOLD, self_ties_left_out=found.n_self, authors_numbered_by=found.numbered_by)

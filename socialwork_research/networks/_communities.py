"""Into which communities the ties fall, and how sure each author's place is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import count
from ..provenance import note, traced
from ..resampling import spawn
from ._consensus import TOLD, consensus, entropy, kept_share
from ._edges import Authors
from ._held import positive
from ._pairs import pairs

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["communities"]


@traced
def communities(
    ties: pd.DataFrame | nx.DiGraph,
    *,
    authors: Authors | None = None,
    runs: int = 100,
    resolution: float = 1.0,
    seed: int,
) -> pd.DataFrame:
    """Put each author into a community, by what many runs agree on.

    Single runs of any such algorithm differ, and partitions that look
    unlike can be almost equally good: read ``entropy`` and ``share`` before
    you name a community, and ``partition_quality`` before you speak of
    communities at all. Directions are ignored: the ties of two authors
    count together, whoever turned to whom.

    Parameters
    ----------
    ties
        A table of ties, or a graph.
    authors
        Ids of further authors, who may have no tie.
    runs
        Number of runs of the Leiden algorithm, from drawn orders of authors.
    resolution
        The larger, the smaller the communities; 1 is modularity.
    seed
        Seed of the runs.

    Returns
    -------
    One row an author (index ``author_id``): ``community`` (1 the largest;
    of equal ones the one whose first tie is older), ``n_authors`` (in that
    community), ``share`` (of the runs in which the author's community was
    mostly made of this one, 0–1), ``entropy`` (bits, 0–1: the mean, over
    the author's partners, of the entropy of being put together or not; 0
    always the same, 1 a coin), ``n_runs``, ``method``. Authors without a tie
    to another have ``<NA>``, and the method says so.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If `runs` or `resolution` is not above 0, or authors are given as a number.
    MissingExtraError
        If numba is not installed.

    References
    ----------
    Traag, Waltman & van Eck (2019), From Louvain to Leiden: guaranteeing
    well-connected communities, *Scientific Reports* 9, 5233,
    https://doi.org/10.1038/s41598-019-41695-z

    Lancichinetti & Fortunato (2012), Consensus clustering in complex
    networks, *Scientific Reports* 2, 336, https://doi.org/10.1038/srep00336

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=4, seed=7)
    >>> int(communities(sw.networks.ties(corpus), runs=10, seed=7)["community"].min())
    1
    """
    streams = spawn(seed, count(runs, "runs"))
    resolution = positive(resolution, "resolution")
    found = pairs(ties, authors=authors, by_author=True)
    agreed = consensus(found, resolution=resolution, streams=streams)
    sizes = np.bincount(agreed.label) if len(agreed.label) else np.zeros(0, dtype=np.int64)
    label = pd.array(found.of_authors(agreed.label + 1, missing=0), dtype="Int64")
    alone = np.asarray(label == 0)
    size = pd.array(found.of_authors(sizes[agreed.label], missing=0), dtype="Int64")
    label[alone] = size[alone] = pd.NA
    table = pd.DataFrame(
        {
            "community": label,
            "n_authors": size,
            "share": found.of_authors(kept_share(agreed.label, agreed.runs), missing=np.nan),
            "entropy": found.of_authors(entropy(found, agreed.runs), missing=np.nan),
            "n_runs": runs,
            "method": np.where(alone, "undefined: no tie to another author", TOLD),
        },
        index=found.author_id,
    )
    return note(
        table,
        definition=TOLD,
        n_communities=len(sizes),
        n_isolates=found.n_authors - found.n_joined,
        self_ties_left_out=found.n_self,
        authors_numbered_by=found.numbered_by,
        consensus_rounds=agreed.n_rounds,
        runs_agree_at_last=agreed.is_agreed,
    )

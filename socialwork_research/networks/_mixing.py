"""Who turns to whom, by group: observed ties over those that chance would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import count, seeded
from ..corpus import Corpus
from ..kernels.mixing import pairs, sides
from ..kernels.nulls import familywise
from ..provenance import note, traced
from ._groups import Groups
from ._held import held_rows
from ._worlds import METHOD, Null, Setting, Weighting, setting

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["mixing"]

_COLUMNS = [
    "n_ties", "null_mean", "ratio", "low", "high", "null_sd", "z", "p_value", "p_two_sided", "p_familywise",
    "n_authors_source", "n_authors_target", "n_authors", "n_draws", "method",
]  # fmt: skip


@traced
def mixing(
    ties: pd.DataFrame | nx.DiGraph,
    groups: Groups,
    *,
    corpus: Corpus | None = None,
    null: Null = "replies",
    weights: Weighting = "fitted",
    draws: int = 1000,
    seed: int,
) -> pd.DataFrame:
    """Hold the ties between each two groups against those that chance alone would give.

    Look at this matrix before any single number: an index of homophily is
    bounded by the sizes of the groups, and hides that one group may turn
    to its own while another does not. This is the measure; the matrix of
    plain counts that may be published instead of a network is
    ``privacy.mixing``. Rows on few authors are blanked by
    ``privacy.suppress_together``, before anything is shown.

    Authors whose group is not known are a group of their own, ``unknown``,
    so that the rows add up to all ties; the papers count them.

    Parameters
    ----------
    ties
        A table of ties; where the null is ``groups``, a graph will do.
    groups
        The group of each author: a column (index: the author's id), a
        table of ids and that one column, or a coding, whose speakers have
        roles: an author has the role that most of its coded posts were
        given; unclear ones and ties for the first place are unknown.
    corpus
        The corpus that the ties were made of: needed where the null is
        ``replies``, and for a coding that does not tell who wrote.
    null
        ``replies``: whom each reply answers is drawn anew within its
        thread, so that who takes part in which thread is given. ``groups``:
        the ties stay, the known groups are shuffled among authors of like
        activity (strata of ten or more, by number of ties), so that to seek threads of
        one's own group counts as mixing too.
    weights
        How the null of replies draws: ``fitted`` to root and recency, or
        ``uniform`` (see ``against_chance``).
    draws
        Number of networks drawn.
    seed
        Seed of the draws.

    Returns
    -------
    One row for each ordered pair of groups (index ``source_group,
    target_group``): ``n_ties``, ``null_mean`` (ties expected), ``ratio``
    (n_ties / null_mean), ``low`` and ``high`` (2.5 and 97.5 % of the
    null's ties), ``null_sd``, ``z``, ``p_value`` (one-sided, (1 + draws at
    or above) / (draws + 1)), ``p_two_sided``, ``p_familywise`` (chance
    that any pair would look so unusual), ``n_authors_source`` and
    ``n_authors_target`` (distinct authors on either side of these ties),
    ``n_authors`` (the smaller of the two), ``n_draws``, ``method``. NaN
    where undefined; the method says why.

    Raises
    ------
    SchemaError
        If a column is missing, an author has two rows, or a tie's post is not in the corpus.
    OptionError
        If an option is unknown, or the null of replies lacks its corpus.

    References
    ----------
    Karimi & Oliveira (2023), On the inadequacy of nominal assortativity
    for assessing homophily in networks, *Scientific Reports* 13, 21053,
    https://doi.org/10.1038/s41598-023-48113-5

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=20, n_authors=30, seed=7)
    >>> names = sorted(corpus.posts["author_id"].unique())
    >>> role = pd.Series(["leader" if n % 3 else "student" for n in range(len(names))], index=names)
    >>> table = mixing(sw.networks.ties(corpus), role, corpus=corpus, draws=99, seed=7)
    >>> bool(table.loc[("leader", "student"), "p_familywise"] > 0.05)
    True
    """
    seeded(seed)
    count(draws, "draws")
    found = setting(ties, groups, corpus=corpus, null=null, weights=weights)
    table = _table(found, draws=draws, seed=seed)
    return note(
        table,
        definition="ties by the group of their source and of their target; unknown groups are one of them",
        null=METHOD[null],
        **found.facts,
    )


def _table(found: Setting, *, draws: int, seed: int) -> pd.DataFrame:
    """Count the pairs, seen and drawn; the unknown are a group only where there are such with ties."""
    with_ties = np.unique(np.concatenate([found.source, found.target]))
    named = found.people.names
    shown = len(named) if (~found.people.is_known[with_ties]).any() else len(named) - 1
    n = len(named)
    seen = sides(found.source, found.target, found.people.group, n_groups=n, weight=found.weight)
    drawn = np.array(
        [
            pairs(source, target, group, n_groups=n, weight=found.weight)[:shown, :shown].ravel()
            for source, target, group in found.worlds(draws, seed)
        ],
        dtype=np.float64,
    ).reshape(-1, shown * shown)
    n_ties, *people = (each[:shown, :shown].ravel() for each in seen)
    table = _held(n_ties, drawn)
    table.index = pd.MultiIndex.from_product([named[:shown], named[:shown]], names=["source_group", "target_group"])
    table["n_authors_source"], table["n_authors_target"] = people
    table["n_authors"] = np.minimum(*people)
    table["method"] = [
        f"null undefined: {found.reason}" if found.reason else METHOD[found.null] + _fixed(spread, expected)
        for spread, expected in zip(table["null_sd"], table["null_mean"], strict=True)
    ]
    return table[_COLUMNS].astype({"method": "str"})


def _held(n_ties: np.ndarray, drawn: np.ndarray) -> pd.DataFrame:
    expected = held_rows(n_ties.astype(np.float64), drawn)
    mean = expected["null_mean"].to_numpy()
    ratio = np.divide(n_ties, mean, out=np.full(len(n_ties), np.nan), where=mean > 0)
    return expected.assign(n_ties=n_ties, ratio=ratio, p_familywise=familywise(n_ties.astype(np.float64), drawn))


def _fixed(spread: float, expected: float) -> str:
    if expected == 0:
        return "; ratio and z undefined: no draw has such a tie"
    return "" if spread > 0 else "; z undefined: the same in every draw"

"""Who is among those most turned to: the share of each group at the top, held against chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import count, seeded
from ..corpus import Corpus
from ..kernels.lorenz import top
from ..kernels.mixing import distinct
from ..provenance import note, traced
from ._groups import Groups
from ._held import held_rows
from ._worlds import METHOD, Null, Setting, Weighting, setting

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["visibility"]

_TOP = np.array([0.01, 0.05, 0.10, 0.20, 0.50, 1.00])
_COLUMNS = [
    "value", "null_mean", "null_sd", "low", "high", "z", "p_value", "p_two_sided", "n_authors", "n_draws", "method"
]  # fmt: skip


@traced
def visibility(
    ties: pd.DataFrame | nx.DiGraph,
    groups: Groups,
    *,
    corpus: Corpus | None = None,
    null: Null = "replies",
    weights: Weighting = "fitted",
    draws: int = 1000,
    seed: int,
) -> pd.DataFrame:
    """Tell which share each group has of those who are turned to by most, and hold it against chance.

    A small group may have its share of all, and less the further up one
    looks (a glass ceiling), or more. Authors are ordered by the number of
    distinct others who turned to them; who stands level at the edge counts
    in part. Nobody is named, and no order of persons is given.

    Authors of unknown group are left out, and counted in the papers.

    Parameters
    ----------
    ties
        A table of ties; where the null is ``groups``, a graph will do.
    groups
        The group of each author, as for ``mixing``.
    corpus
        The corpus that the ties were made of, as for ``mixing``; its
        authors without ties count too.
    null
        ``replies`` or ``groups``, as for ``mixing``.
    weights
        How the null of replies draws: ``fitted`` or ``uniform``.
    draws
        Number of networks drawn.
    seed
        Seed of the draws.

    Returns
    -------
    One row for each share of the authors and each group (index
    ``top_share, group``; top_share from 0.01 to 1, all): ``value`` (share
    of the group among so many at the top, 0 to 1), ``null_mean``,
    ``null_sd``, ``low`` and ``high`` (2.5 and 97.5 % of the null), ``z``,
    ``p_value`` (one-sided, towards large shares), ``p_two_sided``,
    ``n_authors`` (of the group, at the top; rounded down), ``n_draws``,
    ``method``. NaN where undefined; the method says why.

    Raises
    ------
    SchemaError
        If a column is missing, an author has two rows, or a tie's post is not in the corpus.
    OptionError
        If an option is unknown, or the null of replies lacks its corpus.

    References
    ----------
    Avin, Keller, Lotker, Mathieu, Peleg & Pignolet (2015), Homophily and
    the glass ceiling effect in social networks, *Proceedings of the 2015
    Conference on Innovations in Theoretical Computer Science*, 41–50,
    https://doi.org/10.1145/2688073.2688097

    Karimi, Génois, Wagner, Singer & Strohmaier (2018), Homophily
    influences ranking of minorities in social networks, *Scientific
    Reports* 8, 11077, https://doi.org/10.1038/s41598-018-29405-7

    Examples
    --------
    >>> ties = pd.DataFrame({"source": list("bcda"), "target": list("aaab")})
    >>> role = pd.Series({"a": "leader", "b": "student", "c": "student", "d": "student"})
    >>> table = visibility(ties, role, null="groups", draws=99, seed=7)
    >>> table.loc[[0.2, 0.5, 1.0], "value"].unstack()["leader"].tolist()
    [1.0, 0.5, 0.25]
    """
    seeded(seed)
    count(draws, "draws")
    found = setting(ties, groups, corpus=corpus, null=null, weights=weights)
    table = _table(found, draws=draws, seed=seed)
    definition = "authors of known group by the number of distinct others who turned to them"
    return note(table, definition=definition, null=METHOD[null], **found.facts)


def _table(found: Setting, *, draws: int, seed: int) -> pd.DataFrame:
    names = found.people.names[:-1]
    n_known = int(found.people.is_known.sum())
    seen = _at_the_top(found, found.source, found.target, found.people.group)
    drawn = [_at_the_top(found, *world) for world in found.worlds(draws, seed)] if n_known else []
    whole = np.maximum(_TOP * n_known, np.finfo(float).tiny)[:, None]
    values = (seen / whole).ravel()
    table = held_rows(values, (np.array(drawn).reshape(-1, *seen.shape) / whole).reshape(-1, values.size))
    table.index = pd.MultiIndex.from_product([_TOP, names], names=["top_share", "group"])
    table["value"] = values
    table["n_authors"] = np.floor(seen.ravel() + 1e-9).astype(np.int64)
    table["method"] = [
        f"null undefined: {found.reason}" if found.reason
        else METHOD[found.null] + ("" if moves > 0 else "; z undefined: the same in every draw")
        for moves in table["null_sd"]
    ]  # fmt: skip
    return table[_COLUMNS].astype({"method": "str"})


def _at_the_top(found: Setting, source: np.ndarray, target: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Count each group among those at the top: shares × known groups."""
    n_groups = len(found.people.names) - 1
    known = found.people.is_known
    turned_to = np.bincount(distinct(source, target, n_authors=found.n_authors)[1], minlength=found.n_authors)
    return top(turned_to[known], _TOP, group[known], n_groups=n_groups) if n_groups else np.zeros((len(_TOP), 0))

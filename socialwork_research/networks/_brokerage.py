"""Who stands between whom: the five roles of brokerage, held against chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import count, seeded
from ..corpus import Corpus
from ..kernels.brokering import ROLES, brokered, brokers
from ..kernels.mixing import distinct
from ..provenance import note, traced
from ._groups import Groups
from ._held import held_rows
from ._worlds import METHOD, Null, Setting, Weighting, setting

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["brokerage"]

ALL = "All"  # what ``privacy.suppress_together`` takes for the sum over a key
_MEANING = {
    "coordinator": "all three of one group",
    "itinerant": "the ends of one group, the broker of another",
    "gatekeeper": "from another group to the broker's own",
    "representative": "from the broker's own group to another",
    "liaison": "three groups",
    ALL: "all five together",
}
_COLUMNS = [
    "n_paths", "null_mean", "ratio", "low", "high", "null_sd", "z", "p_value", "p_two_sided", "n_authors", "n_draws",
    "method",
]  # fmt: skip


@traced
def brokerage(
    ties: pd.DataFrame | nx.DiGraph,
    groups: Groups,
    *,
    corpus: Corpus | None = None,
    null: Null = "groups",
    weights: Weighting = "fitted",
    draws: int = 1000,
    seed: int,
) -> pd.DataFrame:
    """Count in which roles each group stands between others, and hold it against chance.

    A broker j stands between i and k where i turned to j, j to k, and i
    never to k. Whoever is often turned to, and turns to many, stands
    between many: that is activity, and the null holds it still. No table
    tells it of single authors.

    Authors of unknown group are left out with their ties, and counted in
    the papers.

    Parameters
    ----------
    ties
        A table of ties; where the null is ``groups``, a graph will do.
    groups
        The group of each author, as for ``mixing``.
    corpus
        The corpus that the ties were made of, as for ``mixing``.
    null
        ``groups``: the known groups are shuffled among authors of like
        activity. ``replies``: whom each reply answers is drawn anew within
        its thread; each draw counts another network, so that large ones
        take their time.
    weights
        How the null of replies draws: ``fitted`` or ``uniform``.
    draws
        Number of networks, or divisions into groups, drawn.
    seed
        Seed of the draws.

    Returns
    -------
    One row for each group and role (index ``group, brokerage``; ``All``
    sums over either): ``n_paths`` (open paths i → j → k whose broker j is
    of this group; ``coordinator``: all three of one group, ``itinerant``:
    i and k of one other, ``gatekeeper``: from another group to j's own,
    ``representative``: from j's own to another, ``liaison``: three
    groups), ``null_mean``, ``ratio`` (n_paths / null_mean), ``low`` and
    ``high`` (2.5 and 97.5 % of the null), ``null_sd``, ``z``, ``p_value``
    (one-sided, towards many paths), ``p_two_sided``, ``n_authors``
    (brokers on such paths), ``n_draws``, ``method``. NaN where undefined;
    the method says why.

    Raises
    ------
    SchemaError
        If a column is missing, an author has two rows, or a tie's post is not in the corpus.
    OptionError
        If an option is unknown, or the null of replies lacks its corpus.

    References
    ----------
    Gould & Fernandez (1989), Structures of mediation: a formal approach to
    brokerage in transaction networks, *Sociological Methodology* 19,
    89–126, https://doi.org/10.2307/270949

    Examples
    --------
    >>> ties = pd.DataFrame({"source": ["a", "b", "d"], "target": ["b", "c", "b"]})
    >>> role = pd.Series({"a": "student", "b": "leader", "c": "leader", "d": "leader"})
    >>> table = brokerage(ties, role, draws=99, seed=7)
    >>> table.loc["leader", "n_paths"].to_dict()
    {'coordinator': 1, 'itinerant': 0, 'gatekeeper': 1, 'representative': 0, 'liaison': 0, 'All': 2}
    """
    seeded(seed)
    count(draws, "draws")
    found = setting(ties, groups, corpus=corpus, null=null, weights=weights)
    table = _table(found, draws=draws, seed=seed)
    return note(
        table,
        definition="paths i → j → k, i and k different and without i → k, between authors of known group",
        null=METHOD[null],
        **found.facts,
    )


def _table(found: Setting, *, draws: int, seed: int) -> pd.DataFrame:
    names = found.people.names[:-1]
    shape = (len(names), len(ROLES))
    seen = _counted(found, found.source, found.target, found.people.group[None])
    if found.null == "groups":
        dealt = [group.astype(_width(shape[0])) for _, _, group in found.worlds(draws, seed)]
        drawn = _counted(found, found.source, found.target, np.array(dealt).reshape(len(dealt), found.n_authors))
    else:
        each = [_counted(found, source, target, group[None]) for source, target, group in found.worlds(draws, seed)]
        drawn = np.concatenate([*each, np.zeros((0, *shape), dtype=np.int64)])
    index = pd.MultiIndex.from_product([[*names, ALL], [*ROLES, ALL]], names=["group", "brokerage"])
    n_paths = _with_sums(seen)[0].ravel()
    table = held_rows(
        n_paths.astype(np.float64), _with_sums(drawn).reshape(len(drawn), n_paths.size).astype(np.float64)
    )
    table.index = index
    table["n_paths"] = n_paths
    mean = table["null_mean"].to_numpy()
    table["ratio"] = np.divide(n_paths, mean, out=np.full(len(mean), np.nan), where=mean > 0)
    table["n_authors"] = _people(found)
    table["method"] = [
        f"{_MEANING[role]}; " + (f"null undefined: {found.reason}" if found.reason else METHOD[found.null])
        + ("" if found.reason or spread > 0 else "; z undefined: the same in every draw")
        for (_, role), spread in zip(index, table["null_sd"], strict=True)
    ]  # fmt: skip
    return table[_COLUMNS].astype({"method": "str"})


def _known(found: Setting, source: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct edges between authors of known group."""
    known = found.people.is_known[source] & found.people.is_known[target]
    return distinct(source[known], target[known], n_authors=found.n_authors)


def _counted(found: Setting, source: np.ndarray, target: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Count open paths under each division into groups: divisions × known groups × roles."""
    n_groups = len(found.people.names)
    if not len(groups):
        return np.zeros((0, n_groups - 1, len(ROLES)), dtype=np.int64)
    return brokered(*_known(found, source, target), groups, n_groups=n_groups)[:, :-1]


def _people(found: Setting) -> np.ndarray:
    """Count the brokers on paths of each role, by group, with their sums: a broker of several roles is one in each."""
    n_groups = len(found.people.names)
    each = brokers(*_known(found, found.source, found.target), found.people.group, n_groups=n_groups) > 0
    each = np.column_stack([each, each.any(axis=1)])
    out = np.zeros((n_groups, each.shape[1]), dtype=np.int64)
    np.add.at(out, found.people.group, each)
    out[-1] = out[:-1].sum(axis=0)
    return out.ravel()


def _with_sums(counts: np.ndarray) -> np.ndarray:
    """Add the sums over roles and over groups."""
    by_role = np.concatenate([counts, counts.sum(axis=2, keepdims=True)], axis=2)
    return np.concatenate([by_role, by_role.sum(axis=1, keepdims=True)], axis=1)


def _width(n_groups: int) -> type[np.signedinteger]:
    """Return the narrowest type that holds the codes: a thousand divisions of many authors are kept at once."""
    return np.int8 if n_groups < np.iinfo(np.int8).max else np.int64

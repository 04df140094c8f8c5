"""Whether authors turn to their own: single numbers, each held against chance."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import count, seeded
from ..corpus import Corpus
from ..kernels.mixing import assortativity, distinct, external_internal, mean_entropy, pairs
from ..provenance import note, traced
from ._groups import Groups
from ._held import held_rows
from ._worlds import METHOD, Null, Setting, Weighting, setting

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["homophily"]

_MEANING = {
    "assortativity": "Newman 2003: (Σ e(g,g) − Σ a(g) b(g)) / (1 − Σ a(g) b(g)), distinct edges between known groups",
    "weighted_assortativity": "Newman 2003, each tie counted, between known groups",
    "ei_index": "Krackhardt & Stern 1988: (across − within) / all, distinct edges between known groups",
    "weighted_ei_index": "Krackhardt & Stern 1988, each tie counted, between known groups",
    "thread_entropy": "mean Shannon entropy (bits) of the groups of those with ties in a thread, two known ones or more",
}
_UNDEFINED = {
    "assortativity": "no edge between known groups, or all start and end in one group",
    "weighted_assortativity": "no tie between known groups, or all start and end in one group",
    "ei_index": "no edge between known groups",
    "weighted_ei_index": "no tie between known groups",
    "thread_entropy": "no thread with two authors of known group",
}
_THREADS_STAY = "null undefined: whoever takes part in a thread stays when parents are drawn anew"
_NO_THREADS = "undefined: the ties do not tell their thread"


@traced
def homophily(
    ties: pd.DataFrame | nx.DiGraph,
    groups: Groups,
    *,
    corpus: Corpus | None = None,
    null: Null = "replies",
    weights: Weighting = "fitted",
    draws: int = 1000,
    seed: int,
) -> pd.DataFrame:
    """Sum up how much authors turn to their own group, and hold it against chance.

    Each is one number for the whole network. Newman's r is bounded by the
    sizes of the groups, and both it and the E–I index hide that one group
    may keep to itself while another does not: read ``mixing`` first.

    Ties with an end of unknown group are left out of every measure, and
    counted in the papers. So are authors of unknown group in threads.

    Parameters
    ----------
    ties
        A table of ties; where the null is ``groups``, a graph will do.
    groups
        The group of each author, as for ``mixing``.
    corpus
        The corpus that the ties were made of, as for ``mixing``.
    null
        ``replies`` or ``groups``, as for ``mixing``. Who takes part in a
        thread is given under the null of replies, so that the entropy of
        threads is judged by ``groups`` only.
    weights
        How the null of replies draws: ``fitted`` or ``uniform``.
    draws
        Number of networks drawn.
    seed
        Seed of the draws.

    Returns
    -------
    One row a measure (index ``measure``): ``assortativity`` and
    ``weighted_assortativity`` (Newman's r, of edges and of ties),
    ``ei_index`` and ``weighted_ei_index`` (from −1, all within, to 1, all
    across) and ``thread_entropy`` (bits). Columns: ``value``,
    ``null_mean``, ``null_sd``, ``low`` and ``high`` (2.5 and 97.5 % of the
    null), ``z``, ``p_value`` (one-sided, towards large values),
    ``p_two_sided``, ``n`` (edges, ties or threads counted), ``n_authors``
    (of known group, with a tie), ``n_draws``, ``method``. NaN where
    undefined; the method says why.

    Raises
    ------
    SchemaError
        If a column is missing, an author has two rows, or a tie's post is not in the corpus.
    OptionError
        If an option is unknown, or the null of replies lacks its corpus.

    References
    ----------
    Newman (2003), Mixing patterns in networks, *Physical Review E* 67,
    026126, https://doi.org/10.1103/PhysRevE.67.026126

    Krackhardt & Stern (1988), Informal networks and organizational crises:
    an experimental simulation, *Social Psychology Quarterly* 51, 123–140,
    https://doi.org/10.2307/2786835

    Cinelli, Peel, Iovanella & Delvenne (2020), Network constraints on the
    mixing patterns of binary node metadata, *Physical Review E* 102,
    062310, https://doi.org/10.1103/PhysRevE.102.062310

    Examples
    --------
    >>> import socialwork_research as sw
    >>> ties = pd.DataFrame({"source": list("aabc"), "target": list("bcad")})
    >>> role = pd.Series({"a": "leader", "b": "leader", "c": "student", "d": "student"})
    >>> homophily(ties, role, null="groups", draws=99, seed=7).loc["ei_index", "value"].item()
    -0.5
    """
    seeded(seed)
    count(draws, "draws")
    found = setting(ties, groups, corpus=corpus, null=null, weights=weights)
    measure, n = _measuring(found, _members(found, ties))
    values = measure(found.source, found.target, found.people.group)
    drawn = [measure(*world) for world in found.worlds(draws, seed)]
    table = held_rows(values, np.array(drawn, dtype=np.float64).reshape(-1, len(_MEANING)))
    table.insert(0, "value", values)
    table.index = pd.Index(_MEANING, name="measure")
    table["n"] = n
    with_ties = np.unique(np.concatenate([found.source, found.target]))
    table["n_authors"] = int(found.people.is_known[with_ties].sum())
    table = _told(table, found, has_threads=isinstance(ties, pd.DataFrame) and "thread_id" in ties.columns)
    order = ["value", "null_mean", "null_sd", "low", "high", "z", "p_value", "p_two_sided"]
    facts = {"definition": "ties by the group of their two ends", "null": METHOD[null], **found.facts}
    return note(table[[*order, "n", "n_authors", "n_draws", "method"]], **facts)


def _members(found: Setting, ties: pd.DataFrame | nx.DiGraph) -> tuple[np.ndarray, np.ndarray]:
    """List who has ties in which thread: code of the thread, and of the author, each pair once."""
    none = np.zeros(0, dtype=np.int64)
    if not isinstance(ties, pd.DataFrame) or "thread_id" not in ties.columns:
        return none, none
    others = ties[ties["source"].ne(ties["target"]) & ties["thread_id"].notna()]
    both = pd.concat(
        [others[["thread_id", end]].set_axis(["thread", "author"], axis=1) for end in ("source", "target")]
    )
    both = both.drop_duplicates()
    return pd.factorize(both["thread"], sort=True)[0].astype(np.int64), found.codes(both["author"])


def _measuring(
    found: Setting, members: tuple[np.ndarray, np.ndarray]
) -> tuple[Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray], list[int]]:
    """Return how one network is measured, and what its measures are counted over."""
    n, n_groups = found.n_authors, len(found.people.names)
    is_known = found.people.is_known
    thread, author = (each[is_known[members[1]]] for each in members)
    edge = distinct(found.source, found.target, n_authors=n) if found.null == "groups" else None

    def measure(source: np.ndarray, target: np.ndarray, group: np.ndarray) -> np.ndarray:
        once = edge or distinct(source, target, n_authors=n)
        by_edge = pairs(*once, group, n_groups=n_groups)[:-1, :-1]
        by_tie = pairs(source, target, group, n_groups=n_groups, weight=found.weight)[:-1, :-1]
        entropy = mean_entropy(thread, group[author], n_groups=n_groups)
        two = [(assortativity(each), external_internal(each)) for each in (by_edge, by_tie)]
        return np.array([float(two[0][0]), float(two[1][0]), float(two[0][1]), float(two[1][1]), entropy])

    ends = edge or distinct(found.source, found.target, n_authors=n)
    n_edges = int((is_known[ends[0]] & is_known[ends[1]]).sum())
    n_ties = int(found.weight[is_known[found.source] & is_known[found.target]].sum())
    n_threads = int((np.bincount(thread) >= 2).sum()) if len(thread) else 0
    return measure, [n_edges, n_ties, n_edges, n_ties, n_threads]


def _told(table: pd.DataFrame, found: Setting, *, has_threads: bool) -> pd.DataFrame:
    """Say of each row what it is, and why a figure is missing."""
    words = []
    for name, row in table.iterrows():
        means = _MEANING[str(name)]
        if np.isnan(row["value"]):
            is_untold = name == "thread_entropy" and not has_threads
            words.append(f"{means}; " + (_NO_THREADS if is_untold else f"undefined: {_UNDEFINED[str(name)]}"))
        elif found.reason:
            words.append(f"{means}; null undefined: {found.reason}")
        elif name == "thread_entropy" and found.null == "replies":
            words.append(f"{means}; {_THREADS_STAY}")
        else:
            fixed = "" if row["null_sd"] > 0 else "; z undefined: the same in every draw"
            words.append(f"{means}; {METHOD[found.null]}{fixed}")
    result = table.assign(method=pd.Series(words, index=table.index, dtype="str"))
    if found.null == "replies":
        null = ["null_mean", "null_sd", "low", "high", "z", "p_value", "p_two_sided"]
        result.loc["thread_entropy", null] = np.nan
    return result

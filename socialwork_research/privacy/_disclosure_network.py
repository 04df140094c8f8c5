"""A network to be given away: without names, times and weights, and with no author alone in what can be counted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import columns, count, seeded
from ..kernels.mixing import sides
from ..provenance import note, traced
from ..resampling import generator
from ._disclosure_together import suppress_together

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["mixing", "publishable_network"]

_RISK = (
    "Each author shares attributes and degrees with others. Who knows more, such as who answered whom, can still find "
    "people by the shape around them: prefer a table of mixing."
)
_BLANK = "not told"


@traced
def publishable_network(
    ties: pd.DataFrame, *, seed: int, attributes: pd.DataFrame | None = None, threshold: int = 10
) -> nx.DiGraph:
    """Make a network in which no author can be told from fewer than `threshold` by attributes and degrees.

    Names give way to numbers in a random order; times, threads and weights are left out, for each makes nearly every
    author unique. Rare combinations of attributes are blanked, the attribute with most levels first. Then ties are
    left out, those between two rare authors first, until each combination of attributes, in-degree and out-degree is
    that of `threshold` authors. What cannot be hidden is the shape: a network with its edges is a risk, and what was
    left out bends its measures. For most questions ``mixing`` answers without that risk.

    Parameters
    ----------
    ties
        A table of ties (columns ``source``, ``target``).
    seed
        Seed of the new order and of the choice among ties. Whoever has the ids and the seed has the order too: so the ids
        should be those that a key made.
    attributes
        One row an author (index ``author_id``), with columns of words; authors without ties are kept.
    threshold
        The smallest number of authors that may be alike.

    Returns
    -------
    A directed graph. Nodes are numbers from 0 up, with the attributes (``not told`` where blanked); edges carry nothing.
    The papers note how many ties and attributes were left out, the fewest authors that are alike, and the risk that
    stays. Where there are fewer authors than `threshold`, the graph is empty.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If `seed` or `threshold` is no such number.

    References
    ----------
    Liu, K. and Terzi, E. (2008). Towards identity anonymization on graphs. SIGMOD, doi:10.1145/1376616.1376629.

    Narayanan, A. and Shmatikov, V. (2009). De-anonymizing social networks. IEEE Symposium on Security and Privacy,
    doi:10.1109/SP.2009.22.

    Examples
    --------
    >>> ring = pd.DataFrame({"source": [f"a{n}" for n in range(12)], "target": [f"a{(n + 1) % 12}" for n in range(12)]})
    >>> star = pd.DataFrame({"source": [f"a{n}" for n in range(1, 9)], "target": "a0"})
    >>> graph = publishable_network(pd.concat([ring, star]), seed=7)
    >>> graph.number_of_nodes(), graph.number_of_edges(), sorted(set(dict(graph.in_degree).values()))
    (12, 12, [1])
    """
    columns(ties, ["source", "target"], "ties")
    count(threshold, "threshold")
    return _made(ties, attributes, threshold=int(threshold), random=generator(seeded(seed)))[0]


def _made(
    ties: pd.DataFrame, attributes: pd.DataFrame | None, *, threshold: int, random: np.random.Generator
) -> tuple[nx.DiGraph, pd.Series]:
    """Return the graph, and the number of each author, which nobody may have."""
    import networkx as nx

    edges = ties.loc[ties["source"] != ties["target"], ["source", "target"]].astype("str").drop_duplicates()
    edges = edges.sort_values(["source", "target"], ignore_index=True)
    known = set(edges["source"]) | set(edges["target"]) | (set(attributes.index) if attributes is not None else set())
    authors = pd.Index(sorted(map(str, known)), dtype="str")
    made = nx.DiGraph()
    if len(authors) < threshold:
        empty = note(made, n_authors=0, authors_left_out=len(authors), edges_left_out=len(edges), risk=_RISK)
        return empty, pd.Series(dtype="int64")
    told, n_blanked = _common(attributes, authors, threshold)
    group = pd.MultiIndex.from_frame(told).factorize()[0] if told.shape[1] else np.zeros(len(authors), dtype=np.int64)
    ends = np.column_stack([authors.get_indexer(edges["source"]), authors.get_indexer(edges["target"])])
    kept, fewest = _alike(ends, np.asarray(group), threshold=threshold, random=random)
    number = random.permutation(len(authors))
    rows = told.iloc[np.argsort(number)].to_dict("records")
    made.add_nodes_from(
        (place, {str(name): str(value) for name, value in row.items()}) for place, row in enumerate(rows)
    )
    made.add_edges_from(sorted((int(number[source]), int(number[target])) for source, target in kept))
    told_of = note(
        made, n_authors=len(authors), authors_left_out=0, n_edges=len(kept), edges_left_out=len(ends) - len(kept),
        attributes_blanked=n_blanked, fewest_alike=fewest, threshold=threshold, risk=_RISK,
    )  # fmt: skip
    return told_of, pd.Series(number, index=authors)


@traced
def mixing(ties: pd.DataFrame, *, attributes: pd.DataFrame, by: str, threshold: int = 10) -> pd.DataFrame:
    """Count who turns to whom by group: what a network has to say, without its authors.

    These are plain counts, safe to publish. Whether they are more than chance would give, ``networks.mixing`` tells.

    Parameters
    ----------
    ties
        A table of ties (columns ``source``, ``target``).
    attributes
        One row an author (index ``author_id``).
    by
        The attribute that makes the groups; authors for whom it is missing are a group.
    threshold
        The smallest number of authors, on either side, that may be shown.

    Returns
    -------
    One row for each pair of groups (index ``source_group, target_group``):
    ``n_ties``, ``n_authors`` (authors on the smaller side), ``is_suppressed``; blank as suppress_together does.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> source = [f"{side}{n}" for side in "abab" for n in range(20)]
    >>> target = [f"{side}{n}" for side in "aabb" for n in range(1, 21)]
    >>> groups = pd.DataFrame(
    ...     {"role": ["student"] * 21 + ["other"] * 21}, index=[f"{s}{n}" for s in "ab" for n in range(21)]
    ... )
    >>> mixing(pd.DataFrame({"source": source, "target": target}), attributes=groups, by="role")["n_ties"].tolist()
    [20, 20, 20, 20]
    """
    columns(ties, ["source", "target"], "ties")
    columns(attributes, [by], "attributes")
    group = attributes[by].astype("str").fillna(_BLANK)
    ends = [pd.Index(ties[end].astype("str")) for end in ("source", "target")]
    authors = ends[0].append(ends[1]).unique()
    told = group.reindex(authors).fillna(_BLANK)
    levels = sorted({*group, *told})
    counted = sides(
        authors.get_indexer(ends[0]), authors.get_indexer(ends[1]), pd.Index(levels).get_indexer(told),
        n_groups=len(levels),
    )  # fmt: skip
    whole = pd.DataFrame(
        {"n_ties": counted.n_ties.ravel(), "n_authors": np.minimum(counted.n_sources, counted.n_targets).ravel()},
        index=pd.MultiIndex.from_product([levels, levels], names=["source_group", "target_group"]),
    )
    safe = suppress_together({"mixing": whole.astype("int64")}, threshold=threshold)["mixing"]
    return note(safe, groups=len(levels), suppressed=int(safe["is_suppressed"].sum()), threshold=int(threshold))


def _common(attributes: pd.DataFrame | None, authors: pd.Index, threshold: int) -> tuple[pd.DataFrame, int]:
    """Blank attributes of rare combinations, the one with most levels first; return them with the number blanked."""
    if attributes is None:
        return pd.DataFrame(index=authors), 0
    told = attributes.reindex(authors).astype("str").fillna(_BLANK)
    before = told.copy()
    order = sorted(told.columns, key=lambda name: (-told[name].nunique(), str(name)))
    for name in order:
        size = told.groupby(list(told.columns))[name].transform("size")
        told.loc[size < threshold, name] = _BLANK
    while True:  # those left without any attribute must be enough, too
        size = told.groupby(list(told.columns))[order[0]].transform("size")
        if not (size < threshold).any():
            return told, int((told != before).to_numpy().sum())
        told.loc[(size < threshold) | (size == size[size >= threshold].min()), :] = _BLANK


def _alike(
    ends: np.ndarray, group: np.ndarray, *, threshold: int, random: np.random.Generator
) -> tuple[list[tuple[int, int]], int]:
    """Leave out edges until each group, in-degree and out-degree is shared; return what is kept and the fewest alike."""
    work = _Work(ends, group, random)
    while rare := [key for key, members in work.alike.items() if len(members) < threshold]:
        members = sorted(author for key in rare for author in work.alike[key])
        author = max(members, key=lambda each: (work.degree(each), -work.turn[each]))
        if not work.degree(author):
            own = [each for each in range(len(group)) if group[each] == group[author] and work.degree(each)]
            author = min(own, key=lambda each: (work.degree(each), work.turn[each]))
            members = []
        work.leave_out(author, set(members))
    return sorted(work.edges), min((len(members) for members in work.alike.values()), default=0)


class _Work:
    """Edges that are still there, and the authors who are alike."""

    def __init__(self, ends: np.ndarray, group: np.ndarray, random: np.random.Generator) -> None:
        self.group = group
        self.edges = {(int(source), int(target)) for source, target in ends}
        self.turn = random.permutation(len(group))
        self.out: list[set[int]] = [set() for _ in group]
        self.into: list[set[int]] = [set() for _ in group]
        for source, target in self.edges:
            self.out[source].add(target)
            self.into[target].add(source)
        self.alike: dict[tuple[int, int, int], set[int]] = defaultdict(set)
        for author in range(len(group)):
            self.alike[self.key(author)].add(author)

    def key(self, author: int) -> tuple[int, int, int]:
        """Return what can be counted of an author."""
        return int(self.group[author]), len(self.into[author]), len(self.out[author])

    def degree(self, author: int) -> int:
        """Return the number of edges of an author."""
        return len(self.into[author]) + len(self.out[author])

    def leave_out(self, author: int, rare: set[int]) -> None:
        """Leave out one edge of an author: one to another rare author if there is such, of high degree."""
        own = [(author, other) for other in self.out[author]] + [(other, author) for other in self.into[author]]
        far = {edge: edge[1] if edge[0] == author else edge[0] for edge in own}
        edge = max(own, key=lambda each: (far[each] in rare, self.degree(far[each]), -self.turn[far[each]], each))
        for end in edge:
            key = self.key(end)
            self.alike[key].discard(end)
            if not self.alike[key]:
                del self.alike[key]
        self.edges.discard(edge)
        self.out[edge[0]].discard(edge[1])
        self.into[edge[1]].discard(edge[0])
        for end in edge:
            self.alike[self.key(end)].add(end)

"""The networks that chance would give: parents drawn anew, degrees kept, or times dealt anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .. import frames
from .._checks import columns, extra
from ..corpus import Corpus
from ..errors import OptionError, SchemaError
from ..kernels.drawn import Drawn
from ..kernels.permuting import permuted
from ..kernels.swapping import swapped
from ..kernels.thread_null import Redraw, Weights
from ..kernels.thread_weights import fit
from ._against_chance_replies import set_out
from ._numbered import first_come

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["WEIGHTS", "Null", "degrees", "replies", "times"]

WEIGHTS = {
    "fitted": "weights fitted by conditional logit: the opening post, and posts back",
    "uniform": "all candidates alike",
}
_OF_REPLIES = ("reply", "support")
_BOUND = ("reply", "quote", "support")
_UNDIRECTED = "co_thread"
_BLIND = "; blind to threads, which make mutual dyads by themselves: see null='replies'"
_HOUR = pd.Timedelta(hours=1)

Stream = np.random.Generator


@dataclass(frozen=True)
class Null:
    """A network, and how to draw others of its kind."""

    observed: Drawn
    draw: Callable[[Stream], Drawn]
    n: int
    """What there is to draw: replies, edges or ties."""
    how: str
    why_not: str
    """Why nothing can be drawn, or nothing."""
    facts: dict[str, Any]


def replies(ties: pd.DataFrame | nx.DiGraph, corpus: Corpus | None, *, weights: str, is_timed: bool) -> Null:
    """Draw each reply's parent anew within its thread."""
    ties = _table(ties, ["source", "target", "kind", "post_id"], "replies")
    if corpus is None:
        raise OptionError("null='replies' needs corpus=, the posts that the ties were made of. Mend: corpus=corpus.")
    if not ties["kind"].isin(_OF_REPLIES).all():
        raise OptionError("ties: the null of replies needs ties of kind 'reply'. Mend: ties(corpus, kind='reply').")
    is_self = ties["source"] == ties["target"]
    told = set_out(ties[~is_self], corpus)
    found, kept, facts = told.found, told.kept, told.facts
    fitted = fit(found) if weights == "fitted" else Weights()
    hours = _hours(told.posts["created_at"].iloc[told.row]) if is_timed else None
    source = np.concatenate([found.source, kept[0]])
    redraw = Redraw(found, fitted)

    def network(candidate: np.ndarray) -> Drawn:
        target = np.concatenate([found.author[candidate], kept[1]])
        return Drawn(source, target, n_authors=facts["n_authors"], hours=hours)

    n = int((found.admissible > 1).sum())
    return Null(
        network(found.chosen),
        lambda stream: network(redraw(stream)),
        n,
        f"parents drawn anew, {WEIGHTS[weights]}",
        "" if n else "no reply had two candidates to choose between" if len(source) else "no ties",
        {
            "definition": "each reply's parent drawn anew among earlier posts of its thread by other known authors",
            "weights": {"root": fitted.root, "recency": fitted.recency},
            "with_a_choice": n,
            "self_ties_left_out": int(is_self.sum()),
            **facts,
        },
    )


def degrees(ties: pd.DataFrame | nx.DiGraph, corpus: Corpus | None, *, hub: Stream) -> Null:
    """Draw the edges anew, with both degrees of every author kept.

    All draws start from one network, itself drawn from the observed one: the observed network is then one of them
    in no way special, and the p-values hold whether or not the walks were long (Besag & Clifford 1989).
    """
    ties, weight = _edge_list(ties)
    source, target, n_authors, is_self = _coded(ties, corpus)
    size = max(n_authors, 1)
    keys, place = np.unique(source * size + target, return_inverse=True)
    source, target = keys // size, keys % size
    held = np.bincount(place.ravel(), weights=weight[~is_self], minlength=len(keys)).astype(np.int64)
    extra("numba", "networks")
    begun = swapped(source, target, n_authors=n_authors, stream=hub)[1]

    def network(target: np.ndarray) -> Drawn:
        return Drawn(source, target, n_authors=n_authors, weight=held)

    is_bound = "kind" in ties.columns and bool(ties["kind"].isin(_OF_REPLIES).any())
    return Null(
        network(target),
        lambda stream: network(swapped(source, begun, n_authors=n_authors, stream=stream)[1]),
        len(keys),
        "edges drawn anew, both degrees of every author kept" + (_BLIND if is_bound else ""),
        "" if len(keys) else "no ties",
        {
            "definition": "all simple directed networks with the same in-degrees and out-degrees alike; an author's "
            "numbers of ties are dealt anew over its edges, so that numbers of ties made are kept, received are not",
            "steps_an_edge": 10,
            "n_edges": len(keys),
            "n_authors": n_authors,
            "self_ties_left_out": int(weight[is_self].sum()),
        },
    )


def times(ties: pd.DataFrame | nx.DiGraph, corpus: Corpus | None) -> Null:
    """Deal the times of each author's ties anew among that author's ties."""
    ties = _table(ties, ["source", "target", "kind", "at"], "times")
    bound = sorted(set(_BOUND) & set(ties["kind"].unique()))
    if bound:
        raise OptionError(
            f"ties: a tie of kind {bound[0]!r} has the time of a post that answers another; at another time it would "
            "answer what was not yet written. Mend: null='replies', which keeps all times and holds the same measures "
            "(ties of kind 'reply' or 'support'), or ties of kind 'mention' or 'follow'."
        )
    _directed(ties)
    source, target, n_authors, is_self = _coded(ties, corpus)
    hours = _hours(ties["at"][~is_self])
    order = np.lexsort((target, source, hours))
    source, target, hours = source[order], target[order], hours[order]
    made = np.bincount(source, minlength=n_authors)
    n = int(made[made > 1].sum())

    def network(hours: np.ndarray) -> Drawn:
        return Drawn(source, target, n_authors=n_authors, hours=hours)

    return Null(
        network(hours),
        lambda stream: network(permuted(hours, source, stream=stream)),
        n,
        "times dealt anew among each author's ties",
        "" if n else "nobody made two ties" if len(source) else "no ties",
        {
            "definition": "kept: who turned to whom how often, and when each author turned to anybody; dealt anew: "
            "which of an author's ties came when",
            "ties_with_a_choice": n,
            "n_authors": n_authors,
            "self_ties_left_out": int(is_self.sum()),
        },
    )


def _table(ties: pd.DataFrame | nx.DiGraph, needed: list[str], null: str) -> pd.DataFrame:
    if not isinstance(ties, pd.DataFrame):
        raise OptionError(f"null={null!r} needs the table of ties: a graph does not tell which post made each tie, "
                          "nor when. Mend: hand in ties(corpus), or null='degrees'.")  # fmt: skip
    columns(ties, needed, "ties")
    return ties


def _edge_list(ties: pd.DataFrame | nx.DiGraph) -> tuple[pd.DataFrame, np.ndarray]:
    """List ties (a graph's edges) with the ties on each row."""
    if isinstance(ties, pd.DataFrame):
        columns(ties, ["source", "target"], "ties")
        _directed(ties)
        return ties, np.ones(len(ties), dtype=np.int64)
    if not ties.is_directed():
        raise OptionError("ties: the graph has no directions; this null keeps in-degrees and out-degrees apart.")
    listed = sorted((str(a), str(b), int(n)) for a, b, n in ties.edges(data="weight", default=1))
    table = pd.DataFrame({"source": [edge[0] for edge in listed], "target": [edge[1] for edge in listed]}, dtype="str")
    return table, np.array([edge[2] for edge in listed], dtype=np.int64)


def _directed(ties: pd.DataFrame) -> None:
    if "kind" in ties.columns and ties["kind"].eq(_UNDIRECTED).any():
        raise OptionError(f"ties: those of kind {_UNDIRECTED!r} have no direction, on which this null rests.")


def _coded(ties: pd.DataFrame, corpus: Corpus | None) -> tuple[np.ndarray, np.ndarray, int, np.ndarray]:
    """Number the authors by their first ties; self-ties are marked and taken out, their authors stay."""
    known = first_come(ties)
    source, target = (known.get_indexer(ties[end].astype("str")).astype(np.int64) for end in ("source", "target"))
    is_self = source == target
    n_authors = len(known)
    if corpus is not None:
        posted = frames.collect(corpus.scan().select("author_id").unique(), by=["author_id"])["author_id"].dropna()
        n_authors += len(pd.Index(posted, dtype="str").difference(known))
    return source[~is_self], target[~is_self], n_authors, is_self


def _hours(at: pd.Series) -> np.ndarray:
    """Turn times into hours from the first of them."""
    if at.isna().any():
        raise SchemaError(f"{int(at.isna().sum())} ties have no time. Mend: leave them out, or choose another measure.")
    return ((at - at.min()) / _HOUR).to_numpy(dtype=np.float64)

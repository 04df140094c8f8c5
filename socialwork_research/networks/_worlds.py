"""The networks that chance would give: replies with their parents drawn anew, or the same ties under shuffled groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from .._checks import columns, option
from ..corpus import Corpus
from ..errors import OptionError
from ..kernels.permuting import permuted, strata
from ..kernels.thread_null import Redraw, Weights
from ..kernels.thread_weights import fit
from ..resampling import spawn
from ._against_chance_replies import SetOut, set_out
from ._groups import Coded, Groups, coded, grouped

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["METHOD", "Null", "Setting", "Weighting", "replies", "setting"]

Null = Literal["replies", "groups"]
Weighting = Literal["fitted", "uniform"]
World = tuple[np.ndarray, np.ndarray, np.ndarray]
NULLS = ("replies", "groups")
WEIGHTS = ("fitted", "uniform")
LEAST = 10  # authors in a stratum
METHOD = {
    "replies": "parents drawn anew within their threads",
    "groups": f"groups shuffled among authors of like activity (strata of {LEAST} or more by number of ties)",
}


@dataclass(frozen=True)
class Setting:
    """A network with the groups of its authors, and the networks that chance would give instead."""

    source: np.ndarray
    target: np.ndarray
    """Codes of authors, one pair a tie (or edge); self-ties are taken out."""
    weight: np.ndarray
    """Ties on each pair: one, where each row is a tie."""
    authors: pd.Index
    """Ids of the authors, in the order of their codes."""
    people: Coded
    null: Null
    set_out: SetOut | None
    weights: Weights
    facts: dict[str, Any]

    @property
    def n_authors(self) -> int:
        """Number of authors that a tie could reach."""
        return len(self.people.group)

    def codes(self, authors: pd.Series) -> np.ndarray:
        """Return the codes of these authors."""
        return self.authors.get_indexer(authors.astype("str")).astype(np.int64)

    @property
    def reason(self) -> str:
        """Why there is no null, or nothing."""
        if len(self.source) == 0:
            return "no ties"
        if self.set_out is not None and not (self.set_out.found.admissible > 1).any():
            return "no reply had two candidates to choose between"
        return ""

    def worlds(self, draws: int, seed: int) -> Iterator[World]:
        """Give source, target and group once for each draw; none where there is a reason."""
        streams = [] if self.reason else spawn(seed, draws)
        if self.set_out is None:
            within = _strata(self)
            for stream in streams:
                yield self.source, self.target, _shuffled(self.people, within, stream)
            return
        found, kept = self.set_out.found, self.set_out.kept
        redraw = Redraw(found, self.weights)
        source = np.concatenate([found.source, kept[0]])
        for stream in streams:
            yield source, np.concatenate([found.author[redraw(stream)], kept[1]]), self.people.group


def setting(
    ties: pd.DataFrame | nx.DiGraph, groups: Groups, *, corpus: Corpus | None, null: Null, weights: Weighting
) -> Setting:
    """Read a network and the groups of its authors."""
    option(null, NULLS, "null")
    option(weights, WEIGHTS, "weights")
    of, told = grouped(groups, corpus)
    if null == "replies":
        return _of_replies(ties, of, told, corpus=corpus, weights=weights)
    source, target, weight = _listed(ties)
    own = source == target
    authors = pd.Index(pd.unique(np.column_stack([source, target]).ravel()), dtype="str")
    people = coded(of, authors)
    start, end = (authors.get_indexer(side[~own]).astype(np.int64) for side in (source, target))
    facts = {**told, "self_ties_left_out": int(weight[own].sum()), **_unknown(people, start, end, weight[~own])}
    return Setting(start, end, weight[~own], authors, people, null, None, Weights(), facts)


def replies(ties: pd.DataFrame | nx.DiGraph, corpus: Corpus | None, weights: Weighting) -> tuple[SetOut, Weights]:
    """Set out what each reply could have answered, and how likely."""
    option(weights, WEIGHTS, "weights")
    if not isinstance(ties, pd.DataFrame) or corpus is None:
        raise OptionError(
            "null='replies' needs the table of ties and corpus=, the posts that they were made of. Mend: hand both in, "
            "or choose null='groups'."
        )
    columns(ties, ["source", "target", "kind", "post_id"], "ties")
    if not ties["kind"].eq("reply").all():
        raise OptionError("ties: the null of replies needs ties of kind 'reply'. Mend: ties(corpus, kind='reply').")
    told = set_out(ties[ties["source"] != ties["target"]], corpus)
    return told, fit(told.found) if weights == "fitted" else Weights()


def _of_replies(
    ties: pd.DataFrame | nx.DiGraph, of: pd.Series, told: dict[str, Any], *, corpus: Corpus | None, weights: Weighting
) -> Setting:
    set_out, fitted = replies(ties, corpus, weights)
    found, kept = set_out.found, set_out.kept
    source = np.concatenate([found.source, kept[0]])
    target = np.concatenate([found.author[found.chosen], kept[1]])
    people = coded(of, set_out.authors)
    weight = np.ones(len(source), dtype=np.int64)
    facts = {
        **told,
        **{name: value for name, value in set_out.facts.items() if name != "n_authors"},
        "weights": {"root": fitted.root, "recency": fitted.recency},
        "self_ties_left_out": int((ties["source"] == ties["target"]).sum()),
        **_unknown(people, source, target, weight),
    }
    return Setting(source, target, weight, set_out.authors, people, "replies", set_out, fitted, facts)


def _listed(ties: pd.DataFrame | nx.DiGraph) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """List the ties so that authors are met in an order that their names do not make, where times tell one."""
    if isinstance(ties, pd.DataFrame):
        columns(ties, ["source", "target"], "ties")
        by = [name for name in ("at", "post_id", "source", "target") if name in ties.columns]
        table = ties.sort_values(by, kind="stable")
        source, target = (table[end].astype("str").to_numpy(dtype=object) for end in ("source", "target"))
        return source, target, np.ones(len(table), dtype=np.int64)
    listed = sorted((str(a), str(b), int(n)) for a, b, n in ties.edges(data="weight", default=1))
    ends = [np.array([edge[place] for edge in listed], dtype=object) for place in (0, 1)]
    return ends[0], ends[1], np.array([edge[2] for edge in listed], dtype=np.int64)


def _unknown(people: Coded, source: np.ndarray, target: np.ndarray, weight: np.ndarray) -> dict[str, int]:
    with_ties = np.zeros(len(people.group), dtype=bool)
    with_ties[source] = with_ties[target] = True
    known = people.is_known
    return {
        "n_groups": len(people.names) - 1,
        "authors_with_ties": int(with_ties.sum()),
        "authors_with_ties_of_unknown_group": int((with_ties & ~known).sum()),
        "ties_with_an_end_of_unknown_group": int(weight[~(known[source] & known[target])].sum()),
    }


def _strata(found: Setting) -> np.ndarray:
    """Put the authors of known group into strata of like numbers of ties."""
    activity = np.bincount(found.source, weights=found.weight, minlength=found.n_authors)
    activity = activity + np.bincount(found.target, weights=found.weight, minlength=found.n_authors)
    return strata(activity[found.people.is_known].astype(np.int64), least=LEAST)


def _shuffled(people: Coded, within: np.ndarray, stream: np.random.Generator) -> np.ndarray:
    """Shuffle the known groups within strata; unknown ones stay where they are."""
    result = people.group.copy()
    result[people.is_known] = permuted(people.group[people.is_known], within, stream=stream)
    return result

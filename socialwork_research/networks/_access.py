"""Access to leaders: who writes to whom across status, and whether the answer is answered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .._checks import count, seeded
from ..coding import Coding
from ..corpus import Corpus
from ..errors import OptionError
from ..kernels.mixing import pairs
from ..provenance import note, traced
from ._circumstances import ADJUSTED_FOR, circumstances
from ._groups import Groups, coded, grouped
from ._held import held_rows
from ._reply_chance import CODED, adjusted_by
from ._worlds import METHOD, Setting, Weighting, setting

__all__ = ["access"]

_LEADERS, _FRONTLINE = ("leader",), ("professional", "student")
_SIDES = ("frontline", "leaders")
_DIRECTIONS = tuple((source, target) for source in _SIDES for target in _SIDES)
_NAMES = [f"{source} to {target}" for source, target in _DIRECTIONS]
_MODEL = f"logit, adjusted for {ADJUSTED_FOR}; errors clustered by whom the reply answers; averaged, 95 % intervals"
_COLUMNS = [
    "n_ties", "null_mean", "ratio", "ratio_low", "ratio_high", "z", "p_two_sided", "n_answered", "share", "estimate",
    "low", "high", "odds_ratio", "odds_low", "odds_high", "p_value", "n_authors_source", "n_authors_target", "n_authors",
    "n_draws", "method",
]  # fmt: skip


@traced
def access(
    ties: pd.DataFrame,
    groups: Groups,
    *,
    corpus: Corpus,
    leaders: Sequence[str] = _LEADERS,
    frontline: Sequence[str] = _FRONTLINE,
    weights: Weighting = "fitted",
    draws: int = 1000,
    seed: int,
) -> pd.DataFrame:
    """Compare replies up to leaders, down from them, and among peers: how many, and whether they are answered back.

    How many are held against the null of replies: given who takes part in
    which thread. A reply is answered back if the author it answers replies
    to it in turn; the chance of that is adjusted for circumstances, and
    averaged over the replies of all four directions. Accounts of
    organisations are no persons: put them among the leaders only if that
    is what is meant.

    Parameters
    ----------
    ties
        Reply ties of the corpus.
    groups
        The group of each author, as for ``mixing``.
    corpus
        The corpus that the ties were made of.
    leaders, frontline
        The groups on either side; all others are left out, and counted.
    weights
        How the null draws: ``fitted`` or ``uniform``.
    draws
        Number of networks drawn.
    seed
        Seed of the draws.

    Returns
    -------
    One row a direction (index ``direction``: ``frontline to frontline``,
    ``frontline to leaders``, ``leaders to frontline``, ``leaders to
    leaders``): ``n_ties`` (replies), ``null_mean`` (replies expected),
    ``ratio`` (n_ties / null_mean), ``ratio_low`` and ``ratio_high``
    (2.5 and 97.5 % of the null, over its mean), ``z`` and ``p_two_sided``
    of n_ties; ``n_answered`` (replies answered back) and ``share`` (of
    them, as they are), ``estimate`` (adjusted chance of being answered
    back, 0 to 1), ``low`` and ``high`` (95 %), ``odds_ratio`` (against
    frontline to frontline), ``odds_low`` and ``odds_high`` (95 %),
    ``p_value`` (of the odds ratio, two-sided), ``n_authors_source``,
    ``n_authors_target``, ``n_authors`` (the smaller of the two),
    ``n_draws``, ``method`` (and why a figure is missing).

    Raises
    ------
    SchemaError
        If a column is missing, an author has two rows, or a tie's post is not in the corpus.
    OptionError
        If an option is unknown, or a group stands on both sides.
    MissingExtraError
        If statsmodels is not installed.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=60, n_authors=60, seed=7)
    >>> names = sorted(corpus.posts["author_id"].unique())
    >>> role = pd.Series(["professional" if n % 3 else "leader" for n in range(len(names))], index=names)
    >>> table = access(sw.networks.ties(corpus), role, corpus=corpus, draws=99, seed=7)
    >>> bool(table.loc["frontline to leaders", "p_two_sided"] > 0.05)
    True
    """
    seeded(seed)
    count(draws, "draws")
    both = sorted(set(leaders) & set(frontline))
    if both or isinstance(leaders, str) or isinstance(frontline, str):
        raise OptionError("leaders, frontline: give two lists of groups that share none, e.g. leaders=['leader'].")
    of, told = grouped(groups, corpus)
    sides = dict.fromkeys(frontline, "frontline") | dict.fromkeys(leaders, "leaders")
    side = of.map(sides).dropna().astype("str")
    found = setting(ties, side, corpus=corpus, null="replies", weights=weights)
    table = _replies(found, side, draws=draws, seed=seed)
    back, facts = _answered_back(ties, side, corpus)
    table = table.join(back)
    coding = CODED if isinstance(groups, Coding) else ""
    table["method"] = f"replies: {METHOD['replies']}; answered back: {_MODEL}{coding}" + table["method"]
    if found.reason:
        table["method"] += f"; null undefined: {found.reason}"
    definition = "a reply is answered back if the author it answers replies to it in turn"
    facts = {**found.facts, **facts, **told, "leaders": list(leaders), "frontline": list(frontline)}
    return note(table[_COLUMNS].astype({"method": "str"}), definition=definition, **facts)


def _replies(found: Setting, side: pd.Series, *, draws: int, seed: int) -> pd.DataFrame:
    """Count the replies in each direction, seen and drawn."""
    group = coded(side, found.authors)
    place = {name: number for number, name in enumerate(group.names)}
    missing = len(group.names) - 1
    rows, columns = ([place.get(pair[end], missing) for pair in _DIRECTIONS] for end in (0, 1))
    is_there = np.array([source in place and target in place for source, target in _DIRECTIONS])

    def seen(source: np.ndarray, target: np.ndarray, codes: np.ndarray) -> np.ndarray:
        return np.where(is_there, pairs(source, target, codes, n_groups=len(group.names))[rows, columns], 0)

    n_ties = seen(found.source, found.target, found.people.group)
    drawn = np.array([seen(*world) for world in found.worlds(draws, seed)], dtype=np.float64).reshape(-1, len(_NAMES))
    table = held_rows(n_ties.astype(np.float64), drawn).assign(n_ties=n_ties)
    mean = table["null_mean"].where(table["null_mean"] > 0)
    table["ratio"], table["ratio_low"], table["ratio_high"] = (n_ties / mean, table["low"] / mean, table["high"] / mean)
    table.index = pd.Index(_NAMES, name="direction")
    return table[["n_ties", "null_mean", "ratio", "ratio_low", "ratio_high", "z", "p_two_sided", "n_draws"]]


def _answered_back(ties: pd.DataFrame, side: pd.Series, corpus: Corpus) -> tuple[pd.DataFrame, dict[str, object]]:
    """Adjust the chance that a reply is answered by the author it answers."""
    posts = circumstances(corpus)
    others = ties[ties["source"].ne(ties["target"])].assign(parent=lambda each: each["post_id"].map(posts["reply_to"]))
    answers = pd.MultiIndex.from_frame(others[["parent", "source"]])
    known = others[others["source"].isin(side.index) & others["target"].isin(side.index)]
    known = known[known["post_id"].isin(posts.index)].sort_values(["at", "post_id"])
    direction = known["source"].map(side) + " to " + known["target"].map(side)
    is_answered = pd.MultiIndex.from_frame(known[["post_id", "target"]]).isin(answers)
    table, facts = adjusted_by(
        posts.loc[known["post_id"]], pd.Series(direction.to_numpy(), index=known["post_id"].to_numpy(), dtype="str"),
        outcome=is_answered, cluster=pd.Series(known["target"].to_numpy(), index=known["post_id"].to_numpy()),
        reference=_NAMES[0] if direction.eq(_NAMES[0]).any() else None,
    )  # fmt: skip
    people = known.groupby(direction.to_numpy())[["source", "target"]].nunique()
    table = table.drop(columns=["n_posts", "n_authors"]).reindex(_NAMES)
    table["n_answered"] = table["n_answered"].fillna(0).astype("int64")
    table["method"] = table["method"].fillna("; undefined: no reply in this direction")
    for end in ("source", "target"):
        table[f"n_authors_{end}"] = people[end].reindex(_NAMES).fillna(0).astype("int64")
    table["n_authors"] = table[["n_authors_source", "n_authors_target"]].min(axis=1)
    facts = {"reference": facts["reference"], "replies_between_the_sides": len(known)}
    return table, facts

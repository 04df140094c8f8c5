"""The chance of a reply by group, adjusted for the circumstances of the post."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .._checks import columns
from ..coding import Coding
from ..corpus import Corpus
from ..errors import OptionError
from ..kernels.adjusting import adjusted, nothing
from ..provenance import note, traced
from ._circumstances import ADJUSTED_FOR, circumstances, covariates
from ._groups import UNKNOWN, Groups, grouped

__all__ = ["adjusted_by", "reply_chance"]

MODEL = (
    f"logit, adjusted for {ADJUSTED_FOR}; errors clustered by author; averaged over the posts at hand, 95 % intervals"
)
CODED = "; roles are taken as coded, errors of coding are not corrected for"
_COLUMNS = [
    "estimate", "low", "high", "share", "odds_ratio", "odds_low", "odds_high", "p_value", "n_posts", "n_answered",
    "n_authors", "method",
]  # fmt: skip


@traced
def reply_chance(ties: pd.DataFrame, groups: Groups, *, corpus: Corpus, reference: str | None = None) -> pd.DataFrame:
    """Estimate the chance that a post is answered, by the group of its author, were circumstances alike.

    Groups differ in when they post, how long, what they ask and where in a
    thread. The estimate of a group is the average, over all posts at
    hand, of the chance that the model gives each post were its author of
    that group. It is an association: what the model does not hold
    (who saw the post, what it said) may lie behind it.

    A post is answered if another known author's reply to it is among the
    ties, whenever it came: posts near the end of the collection had less
    time, and the model does not know it. Reposts and posts of unknown
    authors are left out. Authors of unknown group are a group of their own.

    Parameters
    ----------
    ties
        Reply ties of the corpus.
    groups
        The group of each author, as for ``mixing``.
    corpus
        The corpus that the ties were made of.
    reference
        The group that odds ratios are against; the one with most posts if
        left out.

    Returns
    -------
    One row a group (index ``group``): ``estimate`` (adjusted chance of a
    reply, 0 to 1), ``low`` and ``high`` (95 %), ``share`` (of its posts
    that were answered, as they are), ``odds_ratio`` (against the
    reference), ``odds_low`` and ``odds_high`` (95 %), ``p_value`` (of the
    odds ratio, two-sided), ``n_posts``, ``n_answered``, ``n_authors``,
    ``method`` (and why a figure is missing).

    Raises
    ------
    SchemaError
        If a column is missing, or an author has two rows.
    OptionError
        If the ties are not reply ties, or nobody is of the reference group.
    MissingExtraError
        If statsmodels is not installed.

    References
    ----------
    Liang & Zeger (1986), Longitudinal data analysis using generalized
    linear models, *Biometrika* 73, 13–22,
    https://doi.org/10.1093/biomet/73.1.13

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=60, n_authors=60, seed=7)
    >>> names = sorted(corpus.posts["author_id"].unique())
    >>> role = pd.Series(["leader" if n % 3 else "student" for n in range(len(names))], index=names)
    >>> table = reply_chance(sw.networks.ties(corpus), role, corpus=corpus)
    >>> bool(table.loc["student", "odds_low"] < 1 < table.loc["student", "odds_high"])
    True
    """
    of, told = grouped(groups, corpus)
    posts = circumstances(corpus)
    answered = answered_posts(ties, posts)
    group = posts["author_id"].map(of).astype("str").fillna(UNKNOWN)
    table, facts = adjusted_by(
        posts, group, outcome=posts.index.isin(answered), cluster=posts["author_id"], reference=reference
    )
    table.index.name = "group"
    method = MODEL + (CODED if isinstance(groups, Coding) else "")
    table["method"] = method + table["method"]
    definition = "answered: another known author's reply to the post is among the ties"
    return note(table, definition=definition, **told, **facts)


def answered_posts(ties: pd.DataFrame, posts: pd.DataFrame) -> pd.Series:
    """Return the ids of the posts that the ties answer; a post's own author does not answer it."""
    columns(ties, ["source", "target", "kind", "post_id"], "ties")
    if not ties["kind"].eq("reply").all():
        raise OptionError("ties: the chance of a reply needs ties of kind 'reply'. Mend: ties(corpus, kind='reply').")
    others = ties[ties["source"].ne(ties["target"])]
    parent = others["post_id"].map(posts["reply_to"])
    return parent[parent.map(posts["author_id"]).eq(others["target"])].dropna()


def adjusted_by(
    posts: pd.DataFrame, group: pd.Series, *, outcome: np.ndarray, cluster: pd.Series, reference: str | None
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Estimate the chance of the outcome by group; return the table, and what the papers tell."""
    names = sorted(group.unique(), key=lambda name: (name == UNKNOWN, name))
    if reference is not None and reference not in names:
        raise OptionError(f"reference={reference!r}: no post is by this group; it can be {', '.join(names) or 'none'}.")
    rows = pd.DataFrame({"group": group, "outcome": outcome, "cluster": cluster})
    seen = rows.groupby("group").agg(
        n_posts=("outcome", "size"), n_answered=("outcome", "sum"), n_authors=("cluster", "nunique")
    )
    seen = seen.reindex(names).astype("int64")
    against = reference or (seen["n_posts"].idxmax() if len(seen) else "")
    if len(posts):
        found = adjusted(
            outcome.astype(np.float64), pd.Index(names).get_indexer(group).astype(np.int64),
            pd.factorize(cluster)[0].astype(np.int64), covariates(posts), n_groups=len(names),
            reference=names.index(against),
        )  # fmt: skip
    else:
        found = nothing(0, "no posts")
    table = seen.assign(
        share=seen["n_answered"] / seen["n_posts"], **dict(zip(found._fields[:-1], found[:-1], strict=True))
    )
    alike = seen["n_answered"].isin([0]) | seen["n_answered"].eq(seen["n_posts"])
    table["method"] = np.where(
        found.reason != "",
        f"; undefined: {found.reason}",
        np.where(alike, "; undefined: all of its posts fared alike", ""),
    )
    table["method"] = table["method"].astype("str")
    return table[_COLUMNS], {"reference": str(against), "n_posts": len(posts)}

"""A level playing field? How unequally replies are shared out, held against chance."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .._checks import count, seeded
from ..corpus import Corpus
from ..kernels.directed import gini
from ..kernels.lorenz import curve, gini_of_rates
from ..provenance import note, traced
from ._held import held_rows
from ._received import Received, received
from ._worlds import METHOD, Weighting

__all__ = ["attention", "lorenz"]

_SHARES = (0.01, 0.10)
_MEANING = {
    "reply_gini": "Gini of replies received per post, over the posts",
    "replier_gini": "Gini of distinct repliers per post, over the posts",
    "unanswered_share": "posts without a reply by another known author / posts",
    "top_1_share": "replies that fell to the 1 % of posts with most, over the replies",
    "top_10_share": "replies that fell to the 10 % of posts with most, over the replies",
    "author_gini": "Gini of replies received per author, over those who wrote such posts",
    "rate_gini": "Gini of replies received per post written, over those who wrote such posts",
}
_OVER = {"top_1_share": "replies", "top_10_share": "replies", "author_gini": "authors", "rate_gini": "authors"}
_GRID = np.linspace(0, 1, 51)
_DEFINITION = "replies by other known authors to posts of kinds that are answered somewhere, by known authors"


@traced
def attention(
    ties: pd.DataFrame, corpus: Corpus, *, weights: Weighting = "fitted", draws: int = 1000, seed: int
) -> pd.DataFrame:
    """Measure how unequally replies are shared out over posts and authors, and hold it against chance.

    Even where nobody draws more answers than anybody else, some posts get
    many replies and most none: they open threads, stand just before many
    others, or stand in long threads. Under the null each reply's parent is
    drawn anew within its thread with those pulls and no others (see
    ``against_chance``). What lies above its band is attention that goes to
    particular posts and people.

    Lurkers, what a platform showed to whom, and likes are not seen.

    Parameters
    ----------
    ties
        Reply ties of the corpus, all of them or some.
    corpus
        The corpus that the ties were made of.
    weights
        How the null draws: ``fitted`` or ``uniform``. Where the weights are
        fitted, each draw is moved to the pulls of openings and of recent
        posts that were seen, since the observed value has been, too.
    draws
        Number of networks drawn.
    seed
        Seed of the draws.

    Returns
    -------
    One row a measure (index ``measure``): ``reply_gini`` and
    ``replier_gini`` (Gini over posts of replies, and of distinct
    repliers), ``unanswered_share``, ``top_1_share`` and ``top_10_share``
    (share of replies that fell to so many per cent of the posts),
    ``author_gini`` (replies per author) and ``rate_gini`` (replies per
    post an author wrote). Columns: ``value``, ``null_mean``, ``null_sd``,
    ``low`` and ``high`` (2.5 and 97.5 % of the null), ``z``, ``p_value``
    (one-sided, towards large values), ``p_two_sided``, ``n`` (posts,
    replies or authors, as the method says), ``n_posts`` (that could be
    answered), ``n_authors`` (who wrote them), ``n_draws``, ``method``. NaN
    where undefined; the method says why.

    Raises
    ------
    SchemaError
        If a column is missing, or a tie's post is not in the corpus or makes two ties.
    OptionError
        If an option is unknown, or the ties are not reply ties.

    References
    ----------
    Aragón, Gómez, García & Kaltenbrunner (2017), Generative models of
    online discussion threads, *Journal of Internet Services and
    Applications* 8, 15, https://doi.org/10.1186/s13174-017-0066-z

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=20, n_authors=30, seed=7)
    >>> table = attention(sw.networks.ties(corpus), corpus, draws=99, seed=7)
    >>> bool(table.loc["reply_gini", "p_two_sided"] > 0.05)
    True
    """
    seeded(seed)
    count(draws, "draws")
    found = received(ties, corpus, weights)
    values = _measured(found, found.post)
    drawn = [(_measured(found, post), pulls) for post, pulls in found.worlds(draws, seed)]
    table = held_rows(values, _given_pulls(found, drawn, len(values)))
    table.insert(0, "value", values)
    table.index = pd.Index(_MEANING, name="measure")
    n = {"posts": found.n_posts, "replies": len(found.post), "authors": found.n_authors}
    table["n"] = [n[_OVER.get(name, "posts")] for name in _MEANING]
    table["n_posts"], table["n_authors"] = found.n_posts, found.n_authors
    table["method"] = _methods(found, table["null_sd"])
    order = ["value", "null_mean", "null_sd", "low", "high", "z", "p_value", "p_two_sided", "n", "n_posts"]
    table = table[[*order, "n_authors", "n_draws", "method"]].astype({"method": "str"})
    return note(table, definition=_DEFINITION, null=METHOD["replies"], **found.facts)


@traced
def lorenz(
    ties: pd.DataFrame, corpus: Corpus, *, weights: Weighting = "fitted", draws: int = 1000, seed: int
) -> pd.DataFrame:
    """Give the Lorenz curve of replies over posts, with the band that chance would give.

    Parameters
    ----------
    ties
        Reply ties of the corpus, all of them or some.
    corpus
        The corpus that the ties were made of.
    weights
        How the null draws: ``fitted`` or ``uniform``.
    draws
        Number of networks drawn.
    seed
        Seed of the draws.

    Returns
    -------
    One row for each share of the posts, from those with fewest replies up
    (index ``share_of_posts``, 0 to 1 by 0.02): ``value`` (share of the
    replies that fell to them, 0 to 1), ``null_mean``, ``low`` and ``high``
    (2.5 and 97.5 % of the null, at this share by itself), ``n_posts``,
    ``n_authors`` (who wrote them), ``n_draws``, ``method``. NaN where
    undefined; the method says why.

    Raises
    ------
    SchemaError
        If a column is missing, or a tie's post is not in the corpus or makes two ties.
    OptionError
        If an option is unknown, or the ties are not reply ties.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=20, n_authors=30, seed=7)
    >>> table = lorenz(sw.networks.ties(corpus), corpus, draws=99, seed=7)
    >>> table.loc[1.0, ["value", "low", "high"]].tolist()
    [1.0, 1.0, 1.0]
    """
    seeded(seed)
    count(draws, "draws")
    found = received(ties, corpus, weights)
    values = curve(_counts(found, found.post), _GRID)
    drawn = [(curve(_counts(found, post), _GRID), pulls) for post, pulls in found.worlds(draws, seed)]
    table = held_rows(values, _given_pulls(found, drawn, len(_GRID)))[["null_mean", "low", "high", "n_draws"]]
    table.insert(0, "value", values)
    table.index = pd.Index(np.round(_GRID, 2), name="share_of_posts")
    table.insert(4, "n_posts", found.n_posts)
    table.insert(5, "n_authors", found.n_authors)
    undefined = f"undefined: {found.reason}" if found.reason == "no replies" else f"null undefined: {found.reason}"
    table["method"] = undefined if found.reason else METHOD["replies"]
    return note(table.astype({"method": "str"}), definition=_DEFINITION, null=METHOD["replies"], **found.facts)


def _given_pulls(found: Received, drawn: list[tuple[np.ndarray, np.ndarray]], n: int) -> np.ndarray:
    """Make an array of the draws, one row each, at the pulls that were seen."""
    values = np.array([value for value, _ in drawn], dtype=np.float64).reshape(-1, n)
    return found.given_pulls(values, np.array([pulls for _, pulls in drawn]).reshape(-1, 2))


def _counts(found: Received, post: np.ndarray) -> np.ndarray:
    return np.bincount(post, minlength=found.n_posts)


def _measured(found: Received, post: np.ndarray) -> np.ndarray:
    """Measure one way of sharing out the replies."""
    n = found.n_posts
    if n == 0:
        return np.full(len(_MEANING), np.nan)
    replies = _counts(found, post)
    people = int(found.source.max(initial=0)) + 1
    repliers = np.bincount(np.unique(post * people + found.source) // people, minlength=n)
    written = np.bincount(found.author, minlength=found.n_authors)
    got = np.bincount(found.author, weights=replies, minlength=found.n_authors).astype(np.int64)
    rest = curve(replies, 1 - np.array(_SHARES))
    return np.array(
        [
            gini(replies),
            gini(repliers),
            float((replies == 0).mean()),
            1 - rest[0],
            1 - rest[1],
            gini(got),
            gini_of_rates(got / written),
        ]
    )


def _methods(found: Received, spread: pd.Series) -> list[str]:
    if found.reason:
        word = "undefined" if found.reason == "no replies" else "null undefined"
        return [f"{meaning}; {word}: {found.reason}" for meaning in _MEANING.values()]
    return [
        f"{meaning}; {METHOD['replies']}" + ("" if moves > 0 else "; z undefined: the same in every draw")
        for meaning, moves in zip(_MEANING.values(), spread, strict=True)
    ]

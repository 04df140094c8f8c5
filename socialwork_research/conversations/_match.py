"""Whether the support that is given is of the kind that was sought, and whether it is thanked."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .._checks import count, seeded
from ..coding import Coding
from ..corpus import Corpus
from ..provenance import note, traced
from . import _survival as survival
from ._openers import cautions, openers
from ._support import THANKS, given_codes, said_in, seen_posts, sought_codes

__all__ = ["match"]

_ANY = "any support"
_BOUNDS = (0.025, 0.975)
_METHOD = "share of threads; 95 % percentile interval, opening authors drawn anew"
_COLUMNS = (
    "estimate", "low", "high", "null_mean", "z", "n_posts", "n_authors", "n_given", "thanked", "thanked_low",
    "thanked_high", "n_thanked", "method",
)  # fmt: skip


class _Seekers(NamedTuple):
    """Threads that seek support and were answered: what is sought, given and thanked in each (0 or 1)."""

    author: np.ndarray
    sought: pd.DataFrame
    given: pd.DataFrame
    thanked: pd.DataFrame  # by the opener, after the first post that gave this code
    facts: dict[str, Any]


@traced
def match(corpus: Corpus, coding: Coding, *, seed: int, draws: int = 1000) -> pd.DataFrame:
    """Set out what support is given where what support is sought, and how often the giver is thanked.

    Counted are threads whose opening post was looked at and seen to seek support, and to which another known author
    replied in a post that was looked at. A thread may seek several kinds and be given several: rows do not add up to
    one, and a thread that seeks two kinds stands in both. A kind is given if any reply that was looked at gives it.

    Parameters
    ----------
    corpus
        Posts.
    coding
        Marks with a direction (``seek``, ``give``), as the codebook ``social_support`` asks for. Thanks are marks
        of the code ``acknowledgement`` in later posts of the opener.
    seed
        Seed of the bootstrap.
    draws
        How many bootstrap draws make the intervals.

    Returns
    -------
    One row for each pair (index ``sought``, ``given``; given is a code, or ``any support``): ``estimate`` (share of the
    threads that seek this kind in which that kind is given, 0 to 1), ``low``, ``high`` (95 %), ``null_mean`` (the same
    share over all threads that seek support), ``z`` (the standardised residual: by how many standard errors the number
    of threads differs from that, with the threads of one author taken together), ``n_posts`` (threads that seek this
    kind), ``n_authors`` (who opened them), ``n_given`` (threads where that kind is given), ``thanked`` (share of those
    in which the opener gives thanks after it), ``thanked_low``, ``thanked_high`` (95 %), ``n_thanked``, ``method`` (and
    why a figure is missing). No rows if nothing was sought.

    Raises
    ------
    OptionError
        If `seed` or `draws` is no such number.

    References
    ----------
    Cutrona & Suhr (1992), doi:10.1177/009365092019002002, on kinds of support and their match. Agresti (2013),
    Categorical Data Analysis, section 3.3, on standardised residuals.

    Examples
    --------
    >>> import pandas as pd
    >>> from socialwork_research import Coding
    >>> posts = pd.DataFrame({"post_id": ["a", "b", "c"], "thread_id": ["a", "a", "a"], "author_id": ["x", "y", "x"]})
    >>> times = pd.to_datetime(["2021-05-04T09:00Z", "2021-05-04T11:00Z", "2021-05-04T12:00Z"])
    >>> corpus = Corpus.of(posts.assign(created_at=times, platform="forum"), name="three posts")
    >>> seen = posts[["post_id"]].assign(coder="reader", codebook="social_support", version="1")
    >>> codes = ["emotional", "emotional", "acknowledgement"]
    >>> marks = posts[["post_id"]].assign(coder="reader", code=codes, direction=["seek", "give", "give"])
    >>> table = match(corpus, Coding.of(seen, marks), seed=7)
    >>> table.loc[("emotional", "emotional"), ["estimate", "null_mean", "thanked"]].tolist()
    [1.0, 1.0, 1.0]
    """
    seeded(seed)
    count(draws, "draws")
    found = _seekers(corpus, coding)
    table = pd.DataFrame(_rows(found, draws=draws, seed=seed), columns=["sought", "given", *_COLUMNS])
    table = table.astype({"sought": "str", "given": "str", "method": "str"})
    table["method"] += cautions(corpus)
    return note(table.set_index(["sought", "given"]), **found.facts)


def _seekers(corpus: Corpus, coding: Coding) -> _Seekers:
    threads = openers(corpus)
    threads = threads[threads["opener_id"].notna() & threads["author_id"].notna()]
    sought = sought_codes(coding).rename(columns={"post_id": "opener_id", "code": "kind"})
    seeking = threads[threads["opener_id"].isin(sought["opener_id"])].sort_values(["opened_at", "thread_id"])
    said = said_in(corpus, seeking)
    is_seen = said["post_id"].isin(seen_posts(coding))
    replies = said[said["is_another"] & is_seen]
    answered = seeking[seeking["thread_id"].isin(replies["thread_id"])].reset_index(drop=True)
    gifts = replies.merge(given_codes(coding), on="post_id")[["thread_id", "created_at", "code"]]
    gifts = pd.concat([gifts, gifts.assign(code=_ANY)], ignore_index=True)
    first = gifts.groupby(["thread_id", "code"])["created_at"].min().unstack("code")
    first = first.reindex(answered["thread_id"]).set_axis(answered.index)
    thanks = said[said["is_own"] & said["post_id"].isin(coding.marks.loc[coding.marks["code"] == THANKS, "post_id"])]
    last = thanks.groupby("thread_id")["created_at"].max().reindex(answered["thread_id"]).set_axis(answered.index)
    wanted = sought.merge(answered[["opener_id"]].reset_index(), on="opener_id")
    table = pd.crosstab(wanted["index"], wanted["kind"]).reindex(answered.index, fill_value=0).astype("float64")
    unseen = said[said["is_another"] & ~is_seen]
    facts = {
        "threads_that_seek_support": len(seeking),
        "of_these_without_a_reply_that_was_looked_at": len(seeking) - len(answered),
        "threads_with_a_reply_not_looked_at": int(answered["thread_id"].isin(unseen["thread_id"]).sum()),
        "threads_where_the_openers_posts_were_not_all_looked_at": int(
            answered["thread_id"].isin(said.loc[said["is_own"] & ~is_seen, "thread_id"]).sum()
        ),
    }
    thanked = pd.DataFrame({code: (last >= first[code]) for code in first.columns}, index=answered.index)
    given = first.notna().astype("float64")
    return _Seekers(pd.factorize(answered["author_id"])[0], table, given, thanked.astype("float64"), facts)


def _rows(found: _Seekers, *, draws: int, seed: int) -> list[dict[str, Any]]:
    """Return the rows; all shares come from sums over threads, drawn anew by their authors."""
    kinds, codes = list(found.sought.columns), sorted(found.given.columns, key=lambda code: (code == _ANY, code))
    if not kinds or not len(found.author):
        return []
    if not codes:
        codes, empty = [_ANY], pd.DataFrame(0.0, index=found.sought.index, columns=[_ANY])
        found = found._replace(given=empty, thanked=empty)
    sought, given, thanked = found.sought.to_numpy(), found.given[codes].to_numpy(), found.thanked[codes].to_numpy()
    both = (sought[:, :, None] * given[:, None, :]).reshape(len(sought), -1)
    with_thanks = (sought[:, :, None] * thanked[:, None, :]).reshape(len(sought), -1)
    parts = (both, np.repeat(sought, len(codes), axis=1), np.tile(given, len(kinds)), with_thanks)
    residual = _residuals(sought, given, found.author)

    def told(weights: np.ndarray) -> survival.Floats:
        has, seeks, all_given, grateful = (weights @ part for part in parts)
        n = weights.sum(axis=1, keepdims=True)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = has / seeks
            return np.concatenate([share, all_given / n, grateful / has], axis=1)

    shape = (-1, 3, len(kinds), len(codes))
    value = told(np.ones((1, len(sought)))).reshape(shape)[0]
    drawn = survival.each_draw(found.author, told=told, draws=draws, seed=seed).reshape(shape)
    rows = []
    for place, kind in enumerate(kinds):
        own = sought[:, place] > 0
        for number, code in enumerate(codes):
            is_given = own & (given[:, number] > 0)
            row = {
                "sought": kind, "given": code, "null_mean": value[1, place, number], "z": residual[place, number],
                "n_posts": int(own.sum()), "n_authors": len(np.unique(found.author[own])), "n_given": int(is_given.sum()),
                "n_thanked": int((thanked[is_given, number] > 0).sum()),
            }  # fmt: skip
            cell = drawn[:, :, place, number]
            row |= _share("estimate", value[0, place, number], cell[:, 0], found.author[own])
            grateful = _share("thanked", value[2, place, number], cell[:, 2], found.author[is_given])
            row |= {"thanked": grateful["estimate"], "thanked_low": grateful["low"], "thanked_high": grateful["high"]}
            rows.append(row)
    return rows


def _residuals(sought: np.ndarray, given: np.ndarray, author: np.ndarray) -> survival.Floats:
    """Return sought × given: how far they go together, in standard errors that hold if they do not."""
    seeks, gives = sought - sought.mean(axis=0), given - given.mean(axis=0)
    products = seeks[:, :, None] * gives[:, None, :]
    by_author = np.zeros((int(author.max()) + 1, *products.shape[1:]))
    np.add.at(by_author, author, products)
    error = np.sqrt((by_author**2).sum(axis=0))
    return np.divide(products.sum(axis=0), error, out=np.full_like(error, np.nan), where=error > 1e-9)


def _share(name: str, estimate: float, drawn: np.ndarray, author: np.ndarray) -> dict[str, Any]:
    """Give a share its interval, or the exact one where all are alike, or none."""
    n_authors = len(np.unique(author))
    if not n_authors:
        return {"estimate": np.nan, "low": np.nan, "high": np.nan, "method": f"undefined: no thread ({name})"}
    if estimate in {0.0, 1.0}:
        low, high = survival.exact_bounds(n_authors, is_all=estimate == 1)
        method = f"share of threads; 95 % exact interval, {n_authors} authors as trials (all alike)"
        return {"estimate": estimate, "low": low, "high": high, "method": method}
    low, high = np.nanquantile(drawn, _BOUNDS)
    if n_authors == 1 or np.isclose(low, high, rtol=0, atol=1e-9):
        why = "one author" if n_authors == 1 else "the authors do not differ"
        return {"estimate": estimate, "low": np.nan, "high": np.nan, "method": f"share of threads; no interval: {why}"}
    return {"estimate": estimate, "low": float(low), "high": float(high), "method": _METHOD}

"""Whether more support comes to whom one has talked with before: months of one author held against each other."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from .. import frames
from .._checks import count, extra
from ..coding import Coding
from ..corpus import Corpus
from ..kernels.steady import steady
from ..provenance import note, traced
from ._openers import cautions, openers, posts
from ._panel import within
from ._support import given_codes, seen_posts

__all__ = ["support_received"]

_NAMES = (
    "posts in the month before, for each doubling",
    "repeated ties in the month before, for each doubling",
    "posts in the same month, for each doubling",
)
_COLUMNS = ("estimate", "low", "high", "p_value", "n", "n_posts", "n_authors", "method")
_NONE = dict.fromkeys(("estimate", "low", "high", "p_value"), np.nan)
_METHOD = "Poisson with author fixed effects; errors by author, t"
_FEWEST_AUTHORS = 20


@traced
def support_received(corpus: Corpus, coding: Coding, *, least: int = 10) -> pd.DataFrame:
    """Estimate whether authors receive more support after months in which they talked with the same people again.

    Each author's months are held against that author's other months, so that whatever lasts in a person falls out; a
    month in which an author did not post, when nobody could answer, is left out, and so is the first.
    Counted are replies by other known authors that were looked at and seen to give support; whom a post answers is the
    author of its parent, or the opener where no parent is named. A repeated tie is another author with whom replies
    were exchanged, in either direction, both in the month before and earlier than that. More ties may bring support,
    and support more ties: the ratios say what goes together. Where support received changes how much its receiver
    writes later, the ratios of the month before lean below one in authors with few months.

    Parameters
    ----------
    corpus
        Posts.
    coding
        Marks with a direction (``give``), as the codebook ``social_support`` asks for.
    least
        The fewest supportive replies a covariate, below which nothing is estimated.

    Returns
    -------
    One row a covariate (index ``covariate``: posts and repeated ties in the month before, posts in the same month, each
    plus one): ``estimate`` (by what the support received is multiplied, above 0), ``low``, ``high`` (95 %),
    ``p_value`` (that it is 1), ``n`` (months of authors), ``n_posts`` (supportive replies received in them),
    ``n_authors`` (with two such months and any support), ``method`` (and why a figure is missing).

    Raises
    ------
    OptionError
        If `least` is no such number.
    MissingExtraError
        If scipy is not installed.

    References
    ----------
    Hausman, Hall & Griliches (1984), doi:10.2307/1911191, on the model. Wooldridge (1999),
    doi:10.1016/S0304-4076(98)00033-5, on errors by person.

    Examples
    --------
    >>> from socialwork_research import sources
    >>> corpus = sources.read("corpora/sample/posts.jsonl")
    >>> seen = corpus.posts[["post_id"]].assign(coder="reader", codebook="social_support", version="1")
    >>> support_received(corpus, Coding.of(seen))["method"].iloc[0]
    'undefined: 0 supportive replies for 3 covariates; at least 10 each are needed'
    """
    count(least, "least")
    extra("scipy", "networks")
    exchanged = _exchanged(corpus)
    gives = exchanged["post_id"].isin(given_codes(coding)["post_id"])
    panel = _panel(corpus, exchanged, gives)
    n_before = len(panel)
    varies = panel.groupby("author_id")["received"].transform("sum").gt(0)
    varies &= panel.groupby("author_id")["received"].transform("size").gt(1)
    panel = panel[varies].reset_index(drop=True)
    panel = panel.sort_values("author_id", key=lambda names: pd.factorize(names)[0], kind="stable", ignore_index=True)
    rows = _rows(panel, least=least)
    table = pd.DataFrame(rows, columns=["covariate", *_COLUMNS]).astype({"covariate": "str", "method": "str"})
    table["method"] += cautions(corpus)
    seen = exchanged["post_id"].isin(seen_posts(coding))
    return note(
        table.set_index("covariate"),
        months_of_authors=n_before,
        of_these_without_support_or_alone=n_before - len(panel),
        replies_to_known_authors=len(exchanged),
        of_these_not_looked_at=int((~seen).sum()),
    )


def _exchanged(corpus: Corpus) -> pd.DataFrame:
    """Return who answered whom in which month: ``post_id, giver, taker, month``, both known and not the same."""
    said = frames.collect(
        posts(corpus).select("post_id", "thread_id", "reply_to", "author_id", "created_at"), by=["post_id"]
    )
    threads = openers(corpus).set_index("thread_id")
    author = said.set_index("post_id")["author_id"]
    parent = author.reindex(said["reply_to"]).set_axis(said.index)
    opener = threads["author_id"].reindex(said["thread_id"]).set_axis(said.index)
    opening = threads["opener_id"].reindex(said["thread_id"]).set_axis(said.index)
    is_flat = said["reply_to"].isna() & (said["post_id"] != opening)
    taker = parent.where(~is_flat, opener)
    table = pd.DataFrame({
        "post_id": said["post_id"], "giver": said["author_id"], "taker": taker, "month": _month(said["created_at"]),
    })  # fmt: skip
    table = table[table["giver"].notna() & table["taker"].notna()]
    return table[table["giver"] != table["taker"]].reset_index(drop=True)


def _month(times: pd.Series) -> pd.Series:
    return times.dt.year * 12 + times.dt.month


def _panel(corpus: Corpus, exchanged: pd.DataFrame, gives: pd.Series) -> pd.DataFrame:
    """Return one row an author and month with a post, the first month left out."""
    lazy = posts(corpus).filter(~nw.col("author_id").is_null()).select("post_id", "author_id", "created_at")
    own = frames.collect(lazy, by=["created_at", "post_id"])
    own = own.assign(month=_month(own["created_at"]))
    volume = own.groupby(["author_id", "month"], sort=False).size()
    panel = volume.index.to_frame(index=False)
    panel = panel[panel["month"] > panel.groupby("author_id")["month"].transform("min")].reset_index(drop=True)
    received = exchanged[gives].groupby(["taker", "month"]).size()
    repeated = _repeated(exchanged)
    now, before = _key(panel, 0), _key(panel, 1)
    return panel.assign(
        received=_at(received, now), before=_at(volume, before), repeated=_at(repeated, before), now=_at(volume, now)
    )


def _repeated(exchanged: pd.DataFrame) -> pd.Series:
    """Count for each author and month the partners with whom replies were exchanged in an earlier month, too."""
    there = exchanged[["giver", "taker", "month"]].set_axis(["author_id", "partner", "month"], axis=1)
    back = exchanged[["taker", "giver", "month"]].set_axis(["author_id", "partner", "month"], axis=1)
    met = pd.concat([there, back]).drop_duplicates()
    first = met.groupby(["author_id", "partner"])["month"].transform("min")
    return met[met["month"] > first].groupby(["author_id", "month"]).size()


def _key(panel: pd.DataFrame, lag: int) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([panel["author_id"], panel["month"] - lag])


def _at(counted: pd.Series, key: pd.MultiIndex) -> np.ndarray:
    known = dict(zip(counted.index, counted, strict=True))
    return np.array([known.get(each, 0) for each in key], dtype="float64")


@steady
def _rows(panel: pd.DataFrame, *, least: int) -> list[dict[str, Any]]:
    n_posts, n_authors = int(panel["received"].sum()), int(panel["author_id"].nunique())
    counts = {"n": len(panel), "n_posts": n_posts, "n_authors": n_authors}
    columns = np.log2(1 + panel[["before", "repeated", "now"]].to_numpy(dtype="float64"))
    lacking = ""
    if n_posts < least * len(_NAMES):
        lacking = (
            f"undefined: {n_posts} supportive replies for {len(_NAMES)} covariates; at least {least} each are needed"
        )
    elif n_authors < _FEWEST_AUTHORS:
        lacking = f"undefined: fewer than {_FEWEST_AUTHORS} authors"
    if lacking:
        return [{"covariate": name, **_NONE, **counts, "method": lacking} for name in _NAMES]
    from scipy import stats

    person = pd.factorize(panel["author_id"])[0]
    apart = columns - np.array([np.bincount(person, column) / np.bincount(person) for column in columns.T]).T[person]
    is_used = (np.abs(apart) > 1e-12).any(axis=0)
    rows = [
        {"covariate": name, **_NONE, **counts, "method": "undefined: it does not vary within authors"}
        for name in _NAMES
    ]
    fit = within(panel["received"].to_numpy(dtype="float64"), columns[:, is_used], person=person)
    errors = np.sqrt(np.diag(fit.covariance))
    for place, beta, error in zip(np.flatnonzero(is_used), fit.coefficients, errors, strict=True):
        if not fit.is_converged or not 0 < error < 100:
            rows[place]["method"] = "undefined: the fit found no bottom"
            continue
        reach = float(stats.t.ppf(0.975, n_authors - 1)) * error
        low, high = np.exp([beta - reach, beta + reach])
        p_value = float(2 * stats.t.sf(abs(beta) / error, n_authors - 1))
        rows[place] |= {
            "estimate": float(np.exp(beta)),
            "low": low,
            "high": high,
            "p_value": p_value,
            "method": _METHOD,
        }
    return rows

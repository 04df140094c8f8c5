"""Whether one such post draws the next: a few others joined in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._checks import count
from ..coding import Coding
from ..corpus import Corpus
from ..kernels.nulls import held
from ..provenance import note, traced
from ..resampling import cluster_counts, spawn
from ._coded import coded, named

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_CLASSES = ("0", "1", "2", "3 or more", "1 or more")
_MOST = 3
_COLUMNS = [
    "estimate", "low", "high", "null_mean", "null_sd", "null_low", "null_high", "z", "p_value", "n", "n_posts",
    "n_authors", "n_draws", "method",
]  # fmt: skip
_NULL = "marks dealt anew among the posts of each thread"
_NULLS = ("null_mean", "null_sd", "low", "high", "z", "p_value")


class _Posts(NamedTuple):
    """Posts in the order of thread and time: their thread, their author in the thread, whether marked."""

    thread: Ints
    author: Ints
    """Number of the author within the thread; each pair of thread and author has its own."""
    is_marked: Mask


@traced
def pile_ons(
    corpus: Corpus,
    coding: Coding,
    *,
    codes: str | Iterable[str],
    seed: int,
    stances: str | Iterable[str] | None = None,
    draws: int = 1000,
) -> pd.DataFrame:
    """Estimate how likely a post is to join in, by how many others already have.

    Read along each thread, a post may be the first that its author marks with one of the codes, after none, one, two
    or more other authors did. The share of posts that do, at each of these counts, is a discrete hazard. It would rise
    with the count even if nobody followed anybody, because some threads provoke such posts from all. So it stands
    beside a null in which each thread keeps its posts, authors and number of marks, and only the order is left to
    chance. What exceeds the null depends on order: it fits with following, and with a turn that provoked several.

    Posts that the coder did not look at, and posts of unknown authors, are left out and counted; of an author who has
    joined in, later posts in the thread are no longer asked.

    Parameters
    ----------
    corpus
        Posts with threads.
    coding
        One coder's marks.
    codes
        Codes that count, e.g. ``colleague_disparagement``.
    seed
        Seed of the draws.
    stances
        Stances that count; all where none is named.
    draws
        Draws of the null, and of the bootstrap of whole threads.

    Returns
    -------
    One row a count of others who joined before (index ``joined``: 0, 1, 2, 3 or more, and 1 or more together):
    ``estimate`` (share of posts that join in, 0–1), ``low`` and ``high`` (95 %, whole threads drawn anew),
    ``null_mean``, ``null_sd``, ``null_low``, ``null_high`` (2.5 and 97.5 % of the null), ``z``, ``p_value`` (one-sided:
    more than by chance; for 0 a small share makes it large), ``n`` (threads), ``n_posts`` and ``n_authors`` (asked at
    that count), ``n_draws``, ``method`` (and why a figure is missing).

    Raises
    ------
    CodingError
        If the coding is of several coders.
    OptionError
        If an option is no such number, or no code is named.

    Examples
    --------
    >>> import pandas as pd
    >>> from socialwork_research import Coding, Corpus
    >>> at = pd.date_range("2021-05-04T09:00Z", periods=4, freq="h")
    >>> posts = pd.DataFrame({"post_id": list("abcd"), "author_id": list("wxyz"), "created_at": at})
    >>> corpus = Corpus.of(posts.assign(thread_id="a", platform="forum"), name="one thread")
    >>> seen = pd.DataFrame({"post_id": list("abcd"), "coder": "c", "codebook": "boundary_risk", "version": "1"})
    >>> marks = pd.DataFrame({"post_id": ["b", "c"], "coder": "c", "code": "colleague_disparagement"})
    >>> table = pile_ons(corpus, Coding.of(seen, marks), codes="colleague_disparagement", seed=7, draws=100)
    >>> table.loc[["0", "1", "2"], "estimate"].tolist()
    [0.5, 1.0, 0.0]
    """
    count(draws, "draws")
    wanted = named(codes)
    said = coded(corpus, coding, codes=wanted, stances=stances)
    usable = said[said["is_seen"] & said["author_id"].notna()].reset_index(drop=True)
    pairs = usable["thread_id"] + "\n" + usable["author_id"]
    posts = _Posts(
        pd.factorize(usable["thread_id"])[0].astype(np.int64),
        pd.factorize(pairs)[0].astype(np.int64),
        usable["is_marked"].to_numpy(dtype=bool),
    )
    asked, joins, before = _asked(posts, posts.is_marked)
    estimates = _hazards(asked, joins, before)
    null, drawn = spawn(seed, 2)
    table = pd.DataFrame(
        {"estimate": estimates, **_against(posts, estimates, null, draws)}, index=pd.Index(_CLASSES, name="joined")
    )
    bounds = _bootstrap(posts.thread, (asked, joins, before), drawn, draws)
    table["low"], table["high"] = bounds
    for name, column in (("n", "thread_id"), ("n_authors", "author_id")):
        table[name] = [int(usable.loc[chosen, column].nunique()) for chosen in _chosen(asked, before)]
    table["n_posts"] = [int(chosen.sum()) for chosen in _chosen(asked, before)]
    table["n_draws"] = draws
    table["method"] = [_method(row) for _, row in table.iterrows()]
    lost = {
        "posts not looked at": int((~said["is_seen"]).sum()),
        "posts of unknown authors": int((said["is_seen"] & said["author_id"].isna()).sum()),
        "later posts of authors who had joined in": int((~asked).sum()),
    }
    stance = None if stances is None else named(stances, "stances")
    return note(table[_COLUMNS], codes=wanted, stances=stance, null=_NULL, dropped=lost)


def _asked(posts: _Posts, is_marked: Mask) -> tuple[Mask, Mask, Ints]:
    """Say which posts could join in, which do, and how many others had joined in before, up to the most told apart."""
    n = len(is_marked)
    first = np.full(int(posts.author.max(initial=-1)) + 1, n, dtype=np.int64)
    np.minimum.at(first, posts.author[is_marked], np.flatnonzero(is_marked))
    place = np.arange(n)
    asked = place <= first[posts.author]
    joins = place == first[posts.author]
    so_far = np.cumsum(joins) - joins
    opens = np.searchsorted(posts.thread, posts.thread)
    before = so_far - so_far[opens] if n else so_far
    return asked, joins, np.minimum(before, _MOST)


def _chosen(asked: Mask, before: Ints) -> list[Mask]:
    """Return the posts of each class."""
    return [asked & (before == number) for number in range(_MOST + 1)] + [asked & (before > 0)]


def _hazards(asked: Mask, joins: Mask, before: Ints) -> Floats:
    n = np.bincount(before[asked], minlength=_MOST + 1).astype(np.float64)
    m = np.bincount(before[joins], minlength=_MOST + 1).astype(np.float64)
    return _shares(np.append(m, m[1:].sum()), np.append(n, n[1:].sum()))


def _shares(top: Floats, whole: Floats) -> Floats:
    return np.divide(top, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


def _against(posts: _Posts, estimates: Floats, stream: np.random.Generator, draws: int) -> dict[str, Floats]:
    """Deal the marks of each thread anew, as often as asked; a count that a draw does not reach is left out of it."""
    n, drawn = len(posts.thread), np.full((draws, len(_CLASSES)), np.nan)
    for row in range(draws):
        order = np.lexsort((stream.random(n), posts.thread))
        drawn[row] = _hazards(*_asked(posts, posts.is_marked[order]))
    found = held(estimates, drawn)
    return {{"low": "null_low", "high": "null_high"}.get(name, name): found[name] for name in _NULLS}


def _bootstrap(
    thread: Ints, found: tuple[Mask, Mask, Ints], stream: np.random.Generator, draws: int
) -> tuple[Floats, Floats]:
    """Return the bounds of each class, whole threads drawn anew; NaN where the threads do not differ."""
    asked, joins, before = found
    n_threads = int(thread.max(initial=-1)) + 1
    none = np.full(len(_CLASSES), np.nan)
    if n_threads < 2:
        return none, none
    sums = []
    for chosen in (joins, asked):
        cell = np.bincount(thread[chosen] * (_MOST + 1) + before[chosen], minlength=n_threads * (_MOST + 1))
        each = cell.reshape(n_threads, _MOST + 1).astype(np.float64)
        sums.append(np.concatenate([each, each[:, 1:].sum(axis=1, keepdims=True)], axis=1))
    seed = int(stream.integers(0, 2**32))
    drawn = np.stack([
        _shares(times @ sums[0], times @ sums[1]) for times in cluster_counts(n_threads, draws=draws, seed=seed)
    ])  # fmt: skip
    low, high = none.copy(), none.copy()
    for place in range(len(_CLASSES)):
        met = drawn[~np.isnan(drawn[:, place]), place]
        if len(met):
            bounds = np.quantile(met, (0.025, 0.975))
            if bounds[0] < bounds[1]:
                low[place], high[place] = bounds
    return low, high


def _method(row: pd.Series) -> str:
    if np.isnan(row["estimate"]):
        return "undefined: no post stands after so many"
    told = "share of posts that join in; 95 % percentile interval, threads drawn anew"
    if np.isnan(row["low"]):
        told = "share of posts that join in; no interval: the threads do not differ"
    return told + (f"; null: {_NULL}" if not np.isnan(row["p_value"]) else "; null undefined: no draw reaches so many")

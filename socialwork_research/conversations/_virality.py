"""How far threads branch, for threads of one size, against threads in which any earlier post may be answered."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .. import frames
from .._checks import count
from ..corpus import Corpus
from ..kernels.nulls import held
from ..kernels.trees import UNKNOWN, depths, mean_distance
from ..provenance import note, traced
from ..resampling import spawn
from ._openers import cautions, dropped, openers, posts
from ._placed import Ints, Placed, placed

_CLASSES = ("2", "3–4", "5–8", "9–16", "17–32", "33–64", "65 and more")
_LEAST = np.array([2, 3, 5, 9, 17, 33, 65])
_COLUMNS = [
    "value", "null_mean", "null_sd", "low", "high", "z", "p_value", "p_two_sided", "n", "n_posts", "n_authors",
    "n_draws", "method",
]  # fmt: skip
_NULL = "each reply's parent drawn anew among all earlier posts of its thread, all alike"


@traced
def virality(corpus: Corpus, *, seed: int, draws: int = 1000) -> pd.DataFrame:
    """Compare how far threads branch with chance, for threads of one size at a time.

    Structural virality is the mean number of replies that lie between two posts of a thread: near 2 where all answer
    the opening post, and growing with the thread's length where answers are answered. Since it grows with length
    even by chance, threads are held against threads of the same length, in the same order of posts, in which each
    reply answers any earlier post of its thread, all alike. Below that null, people gather around few posts (mostly
    the opening one); above it, they talk on along one line.

    Threads of places where no reply answers a reply (a wall with comments alone) could not have branched: they are
    left out and counted. So are posts of unknown depth, which ``shape`` explains.

    Parameters
    ----------
    corpus
        Posts. A selection by words, language or ids takes posts out of their threads; ``method`` then says so.
    seed
        Seed of the draws.
    draws
        How often the parents of all replies are drawn anew.

    Returns
    -------
    One row a class of sizes (index ``size``, posts a thread): ``value`` (mean structural virality of its threads),
    ``null_mean``, ``null_sd``, ``low`` and ``high`` (2.5 and 97.5 % of the null), ``z``, ``p_value`` (one-sided:
    more drawn out than by chance), ``p_two_sided``, ``n`` (threads), ``n_posts`` and ``n_authors`` (known ones in
    them), ``n_draws``, ``method`` (and why a figure is missing). Threads of two posts have one shape only, so
    nothing can be said of them.

    Raises
    ------
    OptionError
        If `seed` or `draws` is no such number.

    References
    ----------
    Goel, Anderson, Hofman & Watts (2016), The structural virality of online diffusion, *Management Science* 62(1),
    https://doi.org/10.1287/mnsc.2015.2158

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=40, n_authors=30, seed=7, root_bias=4.0)
    >>> table = virality(corpus, seed=7, draws=200)
    >>> bool(table.loc["9–16", "value"] < table.loc["9–16", "low"])
    True
    """
    count(draws, "draws")
    streams = spawn(seed, draws)
    threads = openers(corpus)
    said, at, lost = _laid_out(corpus, threads)
    size = np.bincount(at.thread, minlength=1)
    group = np.searchsorted(_LEAST, size, side="right") - 1
    observed = _by_class(mean_distance(at.parent, at.depth, at.thread, n_trees=len(size)), group)
    opens = np.searchsorted(at.thread, at.thread)
    drawn = np.stack(
        [_by_class(_redrawn(at, opens, stream, len(size)), group) for stream in _shown(streams, len(said))]
    )
    table = pd.DataFrame({"value": observed, **held(observed, drawn)}, index=pd.Index(_CLASSES, name="size"))
    table["n"] = np.bincount(group[group >= 0], minlength=len(_CLASSES)) if len(said) else 0
    of_post = pd.Series(group[at.thread] if len(said) else [], dtype="int64")
    places = range(len(_CLASSES))
    table["n_posts"] = of_post.value_counts().reindex(places, fill_value=0).to_numpy()
    table["n_authors"] = said["author_id"].groupby(of_post).nunique().reindex(places, fill_value=0).to_numpy()
    table["n_draws"] = draws
    table["method"] = [_method(row) + cautions(corpus) for _, row in table.iterrows()]
    return note(table[_COLUMNS], null=_NULL, dropped={**dropped(corpus, threads), **lost})


def _shown(streams: list[np.random.Generator], n_posts: int) -> Iterable[np.random.Generator]:
    """Show how far the draws are, where they take long enough for anybody to wonder."""
    from tqdm import tqdm

    return tqdm(
        streams, desc="drawing parents anew", disable=None if n_posts * len(streams) > 5_000_000 else True, leave=False
    )


def _laid_out(corpus: Corpus, threads: pd.DataFrame) -> tuple[pd.DataFrame, Placed, dict[str, int]]:
    """Return the posts of known depth, each thread's opening post first, then by time; and what was left out."""
    said = frames.collect(
        posts(corpus).select("thread_id", "post_id", "reply_to", "author_id", "created_at", "platform", "kind"),
        by=["thread_id", "created_at", "post_id"],
    )
    openings = threads["opener_id"].dropna()
    said = said[said["thread_id"].isin(threads.loc[threads["opener_id"].notna(), "thread_id"])]
    is_reply = ~said["post_id"].isin(openings)
    said = said.assign(is_reply=is_reply).sort_values(["thread_id", "is_reply", "created_at", "post_id"])
    said = said.reset_index(drop=True)
    depth = placed(said, openings).depth
    replied = said[depth > 1].groupby(["platform", "kind"]).size().index
    may_branch = pd.MultiIndex.from_frame(said[["platform", "kind"]]).isin(replied)
    flat = set(said.loc[said["is_reply"], "thread_id"]) - set(said.loc[may_branch & said["is_reply"], "thread_id"])
    keep = (depth != UNKNOWN) & ~said["thread_id"].isin(flat).to_numpy()
    lost = {
        "threads of places where no reply answers a reply": len(flat),
        "posts of unknown depth": int((depth == UNKNOWN).sum()),
    }
    kept = said[keep].reset_index(drop=True)
    return kept, placed(kept, openings), lost


def _redrawn(at: Placed, opens: Ints, stream: np.random.Generator, n_trees: int) -> np.ndarray:
    """Measure threads in which each reply answers any earlier post."""
    place = np.arange(len(at.thread))
    earlier = place - opens
    parent = np.where(earlier == 0, -1, opens + np.floor(stream.random(len(place)) * earlier).astype(np.int64))
    return mean_distance(parent, depths(parent, earlier == 0), at.thread, n_trees=n_trees)


def _by_class(virality: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return the mean of each class of sizes; NaN without a thread."""
    met = (group >= 0) & ~np.isnan(virality)
    total = np.bincount(group[met], weights=virality[met], minlength=len(_CLASSES))
    n = np.bincount(group[met], minlength=len(_CLASSES))
    return np.divide(total, n, out=np.full(len(_CLASSES), np.nan), where=n > 0)


def _method(row: pd.Series) -> str:
    if np.isnan(row["value"]):
        return "undefined: no thread of this size"
    fixed = "; z undefined: threads of two posts have one shape" if np.isnan(row["z"]) else ""
    return f"mean distance between two posts, averaged over threads; {_NULL}{fixed}"

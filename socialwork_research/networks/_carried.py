"""How much of the network its busiest authors carry, with an interval over threads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._checks import columns, count, share
from ..errors import OptionError
from ..provenance import note, traced
from ..resampling import cluster_counts, spawn
from ._edges import Authors, with_strangers

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["carried"]

_WAYS = {"given": "source", "received": "target"}
_TOP = (0.01, 0.05, 0.1)
_FEWEST_THREADS, _TOO_MUCH = 20, 0.05
_SURE = 2.0  # standard errors: tests/simulate tells how often the interval then holds the truth
_UNSURE = 1 / 4  # how far off the correction itself may be, as a part of it
_NOTHING = float("nan")


@traced
def carried(
    ties: pd.DataFrame | nx.DiGraph,
    *,
    authors: Authors | None = None,
    top: Sequence[float] = _TOP,
    draws: int = 1000,
    seed: int,
) -> pd.DataFrame:
    """Tell which share of all ties the busiest authors give, and which the most answered receive.

    The busiest of a sample are busy by chance too: their observed share
    (``value``) is larger than their long-run share, the more so the fewer
    threads there are. ``estimate`` takes out what the bootstrap shows of
    that. No network with the same degrees differs in these shares, so that
    a degree null has nothing to say here; the null given is one in which
    each tie falls on any author alike.

    Parameters
    ----------
    ties
        A table of ties, or a graph (which has no threads, and so no
        interval). Self-ties are left out.
    authors
        Further authors, who may have no tie: their ids, or the number of
        all authors. They count: the top 1 % are 1 % of all.
    top
        Shares of the authors; of 150 authors the top 1 % are 2.
    draws
        Bootstrap draws of whole threads, and of the null.
    seed
        Seed of the draws.

    Returns
    -------
    One row for each way and share (index ``measure``, as in
    ``given_top_1%``): ``way`` (``given``: by source, ``received``: by
    target), ``top`` (share of authors), ``n_authors`` (so many they are),
    ``value`` (their observed share of ties, 0–1), ``estimate`` (corrected
    for sampling, 0–1), ``low`` and ``high`` (95 %), ``null_mean``,
    ``null_low`` and ``null_high`` (2.5 and 97.5 %; ties fall on all authors
    alike), ``n`` (ties), ``n_threads`` (with a tie), ``n_draws``, ``method``. NaN where
    undefined; the method says why. Where the correction is larger than
    0.05, the method says that threads are few: with far more authors than
    threads, the interval then holds the long-run share much less often than
    95 times in 100.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If a share lies outside 0–1, or `draws` is below 1.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=30, n_authors=40, seed=7)
    >>> share = carried(sw.networks.ties(corpus), top=(0.1,), draws=50, seed=7)
    >>> bool(share.loc["given_top_10%", "value"] > 0.1)
    True
    """
    wanted = sorted({share(each, "top") for each in top})
    if not wanted or wanted[0] == 0:
        raise OptionError("top: give shares above 0, e.g. top=(0.01, 0.05, 0.1).")
    count(draws, "draws")
    table, n_authors = _listed(ties, authors)
    thread = table["thread"].to_numpy()
    n_threads = int(thread.max()) + 1 if len(thread) and thread[0] >= 0 else 0
    sizes = [max(int(np.ceil(each * n_authors - 1e-9)), 1) for each in wanted]
    null = _by_chance(int(table["n"].sum()), n_authors, sizes, streams=spawn(seed, draws))
    rows = {}
    for way, end in _WAYS.items():
        grouped = table.groupby(["thread", end], sort=True)["n"].sum().reset_index()
        author, held = grouped[end].to_numpy(), grouped["n"].to_numpy()
        spread = _bootstrapped(grouped["thread"].to_numpy(), author, held, sizes=sizes, n_threads=n_threads,
                               n_authors=n_authors, draws=draws, seed=seed)  # fmt: skip
        total = np.bincount(author, weights=held, minlength=n_authors)
        for place, (part, size) in enumerate(zip(wanted, sizes, strict=True)):
            value = float(_of_top(total, [size])[0])
            judged = _judged(value, None if spread is None else spread[place])
            row = {"way": way, "top": part, "n_authors": size if n_authors else 0, **judged}
            row |= dict(zip(["null_mean", "null_low", "null_high"], null[place], strict=True))
            row |= {"n": int(held.sum()), "n_threads": n_threads, "n_draws": draws}
            row["method"] = _told(way, value, n_threads, judged["estimate"])
            rows[f"{way}_top_{100 * part:g}%"] = row
    made = pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="measure")
    return note(made, interval="bias-corrected bootstrap of whole threads", n_authors=n_authors)


def _listed(ties: pd.DataFrame | nx.DiGraph, authors: Authors | None) -> tuple[pd.DataFrame, int]:
    """List the ties to others by author codes and thread codes (−1 where there are no threads)."""
    if isinstance(ties, pd.DataFrame):
        columns(ties, ["source", "target"], "ties")
        rows = pd.DataFrame({end: ties[end].astype("str") for end in ("source", "target")}).assign(n=1)
        if "thread_id" in ties.columns and ties["thread_id"].notna().all():
            rows["thread"] = ties["thread_id"].to_numpy()
            first = ties["at"].to_numpy() if "at" in ties.columns else np.zeros(len(ties))
            rows = rows.assign(first=first).sort_values(["first", "thread"], kind="stable")
            rows["thread"] = pd.factorize(rows["thread"])[0]
        else:
            rows["thread"] = -1
        named = pd.unique(pd.concat([rows["source"], rows["target"]]))
    else:
        listed = [(str(a), str(b), int(n)) for a, b, n in ties.edges(data="weight", default=1)]
        rows = pd.DataFrame(listed, columns=["source", "target", "n"]).assign(thread=-1)
        named = np.array([str(node) for node in ties.nodes], dtype=object)
    known, n_authors = with_strangers(named, authors)
    rows = rows[rows["source"] != rows["target"]]
    codes = {end: known.get_indexer(pd.Index(rows[end], dtype="str")) for end in ("source", "target")}
    return pd.DataFrame({**codes, "thread": rows["thread"].to_numpy(), "n": rows["n"].to_numpy()}), n_authors


def _of_top(total: np.ndarray, sizes: list[int]) -> np.ndarray:
    """Share of the largest entries; NaN where there is nothing to share out."""
    whole = float(total.sum())
    if not whole:
        return np.full(len(sizes), np.nan)
    most = min(max(sizes), len(total))
    largest = np.sort(np.partition(total, len(total) - most)[len(total) - most :])[::-1]
    return np.cumsum(largest)[np.minimum(sizes, most) - 1] / whole


def _by_chance(
    n_ties: int, n_authors: int, sizes: list[int], *, streams: list[np.random.Generator]
) -> list[tuple[float, float, float]]:
    """Let each tie fall on any author alike: mean and middle 95 % of the share of the top."""
    if not n_ties or not n_authors:
        return [(_NOTHING, _NOTHING, _NOTHING)] * len(sizes)
    drawn = np.array(
        [
            _of_top(np.bincount(stream.integers(n_authors, size=n_ties), minlength=n_authors), sizes)
            for stream in streams
        ]
    )
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    return list(zip(drawn.mean(axis=0).tolist(), low.tolist(), high.tolist(), strict=True))


def _bootstrapped(
    thread: np.ndarray,
    author: np.ndarray,
    held: np.ndarray,
    *,
    sizes: list[int],
    n_threads: int,
    n_authors: int,
    draws: int,
    seed: int,
) -> np.ndarray | None:
    """Draw whole threads anew: for each share, that of the draw's own top and that of the observed top."""
    if n_threads < _FEWEST_THREADS:
        return None
    from tqdm import tqdm

    total = np.bincount(author, weights=held, minlength=n_authors)
    cutoff = np.sort(total)[::-1][np.array(sizes) - 1]
    above, level = total > cutoff[:, None], total == cutoff[:, None]
    # Where equals stand on both sides of the cut, each of them counts in part: no name decides who is in.
    part = (np.array(sizes) - above.sum(axis=1)) / level.sum(axis=1)
    drawn = np.full((len(sizes), 2, draws), np.nan)
    counted = cluster_counts(n_threads, draws=draws, seed=seed)
    for draw, times in enumerate(tqdm(counted, total=draws, desc="threads", unit=" draws", disable=None, leave=False)):
        again = np.bincount(author, weights=held * times[thread], minlength=n_authors)
        if whole := again.sum():
            drawn[:, 0, draw] = _of_top(again, sizes)
            drawn[:, 1, draw] = (above @ again + part * (level @ again)) / whole
    return drawn


def _judged(value: float, drawn: np.ndarray | None) -> dict[str, float]:
    """Correct the observed share for what the bootstrap adds to it, and give the interval."""
    if drawn is None or np.isnan(value):
        return {"value": value, "estimate": _NOTHING, "low": _NOTHING, "high": _NOTHING}
    own, same = drawn[:, ~np.isnan(drawn[0])]
    excess = float(own.mean()) - value
    estimate = min(max(value - excess, 0.0), 1.0)
    reach = _SURE * float(np.hypot(same.std(ddof=1) if len(same) > 1 else _NOTHING, _UNSURE * excess))
    return {
        "value": value, "estimate": estimate, "low": max(estimate - reach, 0.0), "high": min(estimate + reach, 1.0),
    }  # fmt: skip


def _told(way: str, value: float, n_threads: int, estimate: float) -> str:
    """Say how a row was measured, or why it was not."""
    told = f"ties {way}, self-ties left out; threads drawn anew, the share of the drawn top corrected for its excess"
    if np.isnan(value):
        return f"undefined: no ties between two authors; ties {way}"
    if n_threads == 0:
        return f"estimate undefined: the ties carry no threads; ties {way}"
    if n_threads < _FEWEST_THREADS:
        return f"estimate undefined: fewer than {_FEWEST_THREADS} threads; ties {way}"
    if value - estimate > _TOO_MUCH:
        return f"{told}; threads are few: {value - estimate:.2f} was taken off, read the estimate with care"
    return told

"""How long opening posts go without an answer, on average, up to a day and up to a week."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .._checks import count, seeded
from ..coding import Coding
from ..corpus import Corpus
from ..provenance import note, traced
from . import _survival as survival
from ._clocks import Answer, Clock, Competing, Waits, clock, waits_of
from ._openers import cautions
from ._shares import MICROSECONDS, groups_of, named

__all__ = ["rmst"]

_WITHIN = {"24 h": 24, "7 d": 168}
_FEWEST = 5  # authors that were answered, below which a bootstrap knows too little of how answers vary
_COLUMNS = ("hours", "estimate", "low", "high", "n_posts", "n_authors", "n_answered", "method")
_NONE = {"estimate": np.nan, "low": np.nan, "high": np.nan}
_MEAN = "mean"


@traced
def rmst(
    corpus: Corpus, *, seed: int, draws: int = 1000, answer: Coding | Answer = "any", by: str | None = None,
    attributes: pd.DataFrame | None = None, competing: Sequence[Competing] = (), censoring: Sequence[Competing] = (),
) -> pd.DataFrame:  # fmt: skip
    """Estimate how many of its first hours an opening post spends without an answer, and how groups differ in it.

    The restricted mean survival time to 24 hours is the mean of the time without an answer, where whoever waits longer
    counts with 24 hours. It needs no assumption on how hazards run, and says the same of every post: hours. With
    competing events a post that can no longer be answered goes on counting as one without an answer.

    Parameters
    ----------
    corpus
        Posts, as for ``responses``.
    seed
        Seed of the bootstrap.
    draws
        How many bootstrap draws make the interval.
    answer, by, attributes, competing, censoring
        As for ``responses``. With `by`, each group is held against the one with most opening posts.

    Returns
    -------
    One row for each horizon (index ``within``: 24 h, 7 d): ``hours`` (the horizon), ``estimate`` (mean hours without
    an answer, 0 to the horizon), ``low``, ``high`` (95 %), ``n_posts`` (opening posts), ``n_authors`` (who wrote
    them), ``n_answered`` (of these posts, seen to be answered by then), ``method`` (and why a figure is missing). The
    estimate is missing where nobody was followed to the horizon. With `by`, one row a group, horizon and measure
    (the mean, or the difference from the largest group in hours, counted with the smaller of both groups).

    Raises
    ------
    OptionError
        If an option is not known.
    SchemaError
        If `attributes` lacks the column, is indexed by something else, or has two rows for one.

    References
    ----------
    Royston & Parmar (2013), doi:10.1186/1471-2288-13-152. Field & Welsh (2007), doi:10.1111/j.1467-9868.2007.00593.x,
    for drawing whole clusters. Hesterberg (2015), doi:10.1080/00031305.2015.1089789, on widening for few of them.

    Examples
    --------
    >>> import pandas as pd
    >>> from socialwork_research import Corpus
    >>> posts = pd.DataFrame({"post_id": ["a", "b", "c"], "thread_id": ["a", "a", "c"], "author_id": ["x", "y", "z"]})
    >>> times = pd.to_datetime(["2021-05-04T09:00Z", "2021-05-04T15:00Z", "2021-05-04T10:00Z"])
    >>> posts = posts.assign(created_at=times, fetched_at="2021-05-08T00:00Z", platform="forum")
    >>> rmst(Corpus.of(posts, name="three posts"), seed=7).loc["24 h", "estimate"].item()
    15.0
    """
    seeded(seed)
    count(draws, "draws")
    known = clock(corpus, answer=answer, by=by, attributes=attributes, competing=competing, censoring=censoring)
    rows = _rows(known, draws=draws, seed=seed)
    table = pd.DataFrame(rows, columns=["group", "within", "measure", *_COLUMNS])
    table = table.astype({"group": "str", "within": "str", "measure": "str", "method": "str"})
    table["method"] += cautions(corpus)
    if by is None:
        table = table.drop(columns=["group", "measure"]).set_index("within")
    else:
        table = table.rename(columns={"group": by}).set_index([by, "within", "measure"])
    return note(table, **known.facts)


def _rows(known: Clock, *, draws: int, seed: int) -> list[dict[str, Any]]:
    waits, groups = waits_of(known), groups_of(known)
    if not len(waits.waited):
        nothing = {"n_posts": 0, "n_authors": 0, "n_answered": 0, "method": "undefined: no opening post"}
        return [
            {"group": group, "within": label, "measure": _MEAN, "hours": hours, **_NONE, **nothing}
            for group in groups for label, hours in _WITHIN.items()
        ]  # fmt: skip
    parts = {group: waits.group == group for group in groups}
    horizons = np.array(list(_WITHIN.values()), dtype="int64") * MICROSECONDS

    def told(weights: np.ndarray) -> survival.Floats:
        return np.concatenate([_means(waits, parts[group], weights, horizons) for group in groups], axis=1)

    shape = (-1, len(groups), len(horizons))
    estimates = told(np.ones((1, len(waits.waited)))).reshape(shape)[0]
    drawn = survival.each_draw(waits.author, told=told, draws=draws, seed=seed).reshape(shape)
    rows = {}
    for number, group in enumerate(groups):
        for place, label in enumerate(_WITHIN):
            rows[group, label] = _mean(
                waits, parts[group], place=place, estimate=estimates[number, place], drawn=drawn[:, number, place]
            )
            rows[group, label] |= {
                "group": group,
                "measure": _MEAN,
                "method": named(known) + rows[group, label]["method"],
            }
    largest = min(groups, key=lambda group: (-int(parts[group].sum()), group))
    for number, group in enumerate(groups):
        for place, label in enumerate(_WITHIN):
            if group != largest:
                other = groups.index(largest)
                difference = drawn[:, number, place] - drawn[:, other, place]
                rows[group, label + largest] = _difference(rows[group, label], rows[largest, label], difference)
    return sorted(rows.values(), key=lambda row: (row["group"], row["hours"], row["measure"] != _MEAN))


def _means(waits: Waits, own: np.ndarray, weights: np.ndarray, horizons: np.ndarray) -> survival.Floats:
    part = weights[:, own]
    found = survival.restricted_means(part, waited=waits.waited[own], cause=waits.cause[own], horizons=horizons)
    found[part.sum(axis=1) == 0] = np.nan  # nobody of this group was drawn
    return found / MICROSECONDS


def _mean(waits: Waits, own: np.ndarray, *, place: int, estimate: float, drawn: np.ndarray) -> dict[str, Any]:
    label, hours = list(_WITHIN.items())[place]
    waited, cause, author = waits.waited[own], waits.cause[own], waits.author[own]
    horizon = hours * MICROSECONDS
    by_then = (cause == survival.ANSWERED) & (waited <= horizon)
    n_authors = len(np.unique(author))
    row = {
        "within": label, "hours": hours, **_NONE, "n_posts": len(waited), "n_authors": n_authors,
        "n_answered": int(by_then.sum()),
    }  # fmt: skip
    if not len(waited):
        return row | {"method": "; undefined: no opening post of which enough was looked at"}
    if not (waited >= horizon).any() and cause[-1] == survival.CENSORED:
        return row | {"method": "; undefined: nobody was followed for so long"}
    row["estimate"] = estimate
    n_answered = len(np.unique(author[by_then]))
    if n_authors == 1:
        return row | {"method": "; no interval: one author"}
    if not n_answered:
        high = survival.exact_bounds(len(np.unique(author[waited >= horizon])) or 1, is_all=False)[1]
        bound = {"low": hours * (1 - high), "high": float(hours)}
        return (
            row | bound | {"method": "; nobody was answered: 95 % exact bound of the share answered, at once at worst"}
        )
    if n_answered < _FEWEST:
        return row | {"method": f"; no interval: fewer than {_FEWEST} authors were answered"}
    low, high = np.nanquantile(drawn, _bounds(n_authors))
    if np.isclose(low, high, rtol=0, atol=1e-9):
        return row | {"method": "; no interval: the authors do not differ"}
    return row | {
        "low": low,
        "high": high,
        "method": "; 95 % percentile interval, wider for few authors, who are drawn anew",
    }


def _bounds(n: int) -> tuple[float, float]:
    """Return the quantiles of an interval that is wider the fewer authors there are, as Student's is (Hesterberg)."""
    z = 1.959963984540054
    student = z + (z**3 + z) / (4 * (n - 1))  # the first terms of Student's quantile
    tail = 0.5 * math.erfc(student * math.sqrt(n / (n - 1)) / math.sqrt(2))
    return tail, 1 - tail


def _difference(own: dict[str, Any], other: dict[str, Any], drawn: np.ndarray) -> dict[str, Any]:
    """Return the difference of two groups, both drawn with the same authors."""
    row = own | {"measure": f"difference from {other['group']}", "estimate": own["estimate"] - other["estimate"]}
    row |= {name: min(own[name], other[name]) for name in ("n_posts", "n_authors", "n_answered")}
    lacks = [each["method"] for each in (own, other) if np.isnan(each["low"])]
    if lacks:
        return row | {"low": np.nan, "high": np.nan, "method": lacks[0]}
    low, high = np.nanquantile(drawn, _bounds(row["n_authors"]))
    return row | {"low": float(low), "high": float(high)}

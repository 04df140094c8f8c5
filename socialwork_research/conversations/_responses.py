"""Whether an opening post is answered, and how soon."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from .. import frames
from .._checks import count, seeded
from .._selection import moment
from ..corpus import Corpus
from ..provenance import note, traced
from ._openers import cautions, dropped, openers
from ._survival import answered_by, drawn, exact_bounds

_WITHIN = {"1 h": 1, "6 h": 6, "24 h": 24, "7 d": 168, "30 d": 720}
_MICROSECONDS = 3_600_000_000  # an hour, in the unit of a corpus's times
_COLUMNS = ("hours", "estimate", "low", "high", "n_posts", "n_authors", "n_answered", "method")
_METHOD = "Kaplan–Meier; 95 % percentile interval, opening authors drawn anew"
_UNDEFINED: dict[str, Any] = {
    "estimate": np.nan, "low": np.nan, "high": np.nan, "method": "undefined: nobody was followed for so long"
}  # fmt: skip


@traced
def responses(corpus: Corpus, *, seed: int, draws: int = 1000) -> pd.DataFrame:
    """Estimate the share of opening posts that another author has answered within an hour, a day, a month.

    An answer is the first post in the thread, at any depth, by another author. Who opened a thread shortly before the
    collection ended is followed for as long as was observed and no longer (Kaplan–Meier). Observation ends, for each
    platform, with the latest time seen: that of a post, or of fetching where the export tells it. If an archive holds
    posts up to a day only but was fetched later, say so by ``corpus.select(until=…)``.

    Threads whose opening post is not in the corpus are left out, since nobody knows how long they waited. So are
    those whose opener is unknown or deleted: whether an answer is by another cannot be told, and to keep the answered
    ones alone would raise the share. A reply by an unknown author is not counted as an answer. The notes of the
    papers count each of these. Deletion of the opening post is not treated as a competing event.

    Parameters
    ----------
    corpus
        Posts. A selection by words, language or ids takes answers away; ``method`` then says so.
    seed
        Seed of the bootstrap.
    draws
        How many bootstrap draws make the interval.

    Returns
    -------
    One row for each time (index ``within``: 1 h, 6 h, 24 h, 7 d, 30 d): ``hours``, ``estimate`` (share of opening
    posts answered by then, 0 to 1), ``low``, ``high`` (95 %), ``n_posts`` (opening posts at the start), ``n_authors``
    (who wrote them), ``n_answered`` (of these posts, seen to be answered by then), ``method`` (and why a figure is
    missing). The estimate is missing where nobody was followed for so long.

    Raises
    ------
    OptionError
        If `seed` or `draws` is no such number.

    References
    ----------
    Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452. Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404,
    for the interval where none or all were answered, with authors as trials.

    Examples
    --------
    >>> import pandas as pd
    >>> from socialwork_research import Corpus
    >>> posts = pd.DataFrame({"post_id": ["a", "b", "c"], "thread_id": ["a", "a", "c"], "author_id": ["x", "y", "z"]})
    >>> times = pd.to_datetime(["2021-05-04T09:00Z", "2021-05-04T11:00Z", "2021-05-04T10:00Z"])
    >>> posts = posts.assign(created_at=times, fetched_at="2021-05-08T00:00Z", platform="forum")
    >>> table = responses(Corpus.of(posts, name="three posts"), seed=7)
    >>> table.loc[["1 h", "24 h", "7 d"], ["estimate", "n_posts", "n_answered"]]
            estimate  n_posts  n_answered
    within
    1 h          0.0        2           0
    24 h         0.5        2           1
    7 d          NaN        2           1
    """
    seeded(seed)
    count(draws, "draws")
    threads = openers(corpus)
    ends = _ends(corpus)
    usable = threads[threads["opener_id"].notna() & threads["author_id"].notna()]
    unclear = usable["unknown_at"].notna() & ~(usable["unknown_at"] >= usable["answered_at"])
    facts = {
        "definition": "an answer is the first post in the thread, at any depth, by another known author",
        "dropped": dropped(corpus, threads),
        "openers_taken_from_order": int((usable["opener_id"] != usable["thread_id"]).sum()),
        "answers_before_their_opening_post_taken_as_at_once": int((usable["answered_at"] < usable["opened_at"]).sum()),
        "threads_where_an_unknown_author_came_first": int(unclear.sum()),
        "observed_until": {platform: end.strftime("%Y-%m-%d") for platform, end in ends.items()},
    }
    table = _empty() if usable.empty else _table(_waits(usable, ends), draws=draws, seed=seed)
    table["method"] += cautions(corpus)
    return note(table, **facts)


def _ends(corpus: Corpus) -> pd.Series:
    """Tell for each platform when observation ended."""
    times = ("created_at", "fetched_at")
    latest = frames.collect(
        corpus.scan().group_by("platform").agg(*(nw.col(name).max() for name in times)), by=["platform"]
    ).set_index("platform")
    ends = latest[list(times)].max(axis=1)
    for step in corpus.steps:
        if step.get("what") == "select" and step.get("by") == "until":
            value = step["value"]
            last = moment(value if isinstance(value, str) else value[0], "until", end_of_day=True)
            ends = ends.clip(upper=pd.Timestamp(last))
    return ends


def _waits(usable: pd.DataFrame, ends: pd.Series) -> pd.DataFrame:
    """Return how long each opening post waited (microseconds), whether it was answered, and its author's code.

    Authors are numbered in the order of waits and times, so that their names do not matter to the draws.
    """
    is_answered = usable["answered_at"].notna()
    until = usable["answered_at"].where(is_answered, usable["platform"].map(ends))
    waited = ((until - usable["opened_at"]) // pd.Timedelta(1, "us")).clip(lower=0)
    waits = pd.DataFrame({
        "waited": waited.astype("int64"), "is_censored": ~is_answered, "opened_at": usable["opened_at"],
        "thread_id": usable["thread_id"], "author_id": usable["author_id"],
    })  # fmt: skip
    waits = waits.sort_values(["waited", "is_censored", "opened_at", "thread_id"], ignore_index=True)
    return waits.assign(author=pd.factorize(waits["author_id"])[0])


def _table(waits: pd.DataFrame, *, draws: int, seed: int) -> pd.DataFrame:
    waited, author = waits["waited"].to_numpy(), waits["author"].to_numpy()
    is_answered = ~waits["is_censored"].to_numpy()
    horizons = np.array(list(_WITHIN.values()), dtype="int64") * _MICROSECONDS
    times: dict[str, Any] = {"waited": waited, "is_answered": is_answered, "horizons": horizons}
    estimates = answered_by(np.ones(len(waits)), **times)[0]
    bounds = np.quantile(drawn(author, **times, draws=draws, seed=seed), (0.025, 0.975), axis=0)
    n_authors = int(author.max()) + 1
    rows = []
    for place, (label, hours) in enumerate(_WITHIN.items()):
        by_then = is_answered & (waited <= horizons[place])
        longer = waited >= horizons[place]
        found = dict(_UNDEFINED)
        if longer.any() or estimates[place] == 1:
            n_trials = len(np.unique(author[by_then | longer]))
            interval = (float(bounds[0, place]), float(bounds[1, place]))
            found = _estimate(float(estimates[place]), interval, n_trials=n_trials, n_authors=n_authors)
        counts = {"n_posts": len(waits), "n_authors": n_authors, "n_answered": int(by_then.sum())}
        rows.append({"within": label, "hours": hours, **counts, **found})
    return _tidy(rows)


def _estimate(estimate: float, interval: tuple[float, float], *, n_trials: int, n_authors: int) -> dict[str, Any]:
    """Give the interval, or another one, or none, where draws that do not differ would feign certainty.

    `n_trials` is the number of authors of whom it is known whether they were answered by then.
    """
    low, high = interval
    method = _METHOD
    if estimate in {0.0, 1.0}:
        low, high = exact_bounds(n_trials, is_all=estimate == 1)
        method = f"Kaplan–Meier; 95 % exact interval, {n_trials} authors as trials (all alike)"
    elif n_authors == 1 or np.isclose(low, high, rtol=0, atol=1e-9):
        low = high = np.nan
        method = f"Kaplan–Meier; no interval: {'one author' if n_authors == 1 else 'the authors do not differ'}"
    return {"estimate": estimate, "low": low, "high": high, "method": method}


def _empty() -> pd.DataFrame:
    none = {**_UNDEFINED, "n_posts": 0, "n_authors": 0, "n_answered": 0, "method": "undefined: no opening post"}
    return _tidy([{"within": label, "hours": hours, **none} for label, hours in _WITHIN.items()])


def _tidy(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows).astype({"within": "str", "method": "str"})
    return table.set_index("within")[list(_COLUMNS)]

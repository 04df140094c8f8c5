"""Planned and improvised conversation side by side."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._checks import count, seeded
from ..corpus import Corpus
from ..provenance import note, traced
from ..resampling import cluster_counts
from ._sessions import LEAST_AUTHORS, LEAST_MARKED, LONGEST_GAP, sessions
from ._weeks import By

Floats = npt.NDArray[np.float64]

_SETTINGS = ("planned", "improvised")
_MEASURES = {
    "share_of_posts": "share of all posts",
    "share_replied": "share of posts that somebody else answers in the corpus",
    "share_replies": "share of posts that answer another post",
    "share_first_posts": "share of posts that are their author's first in the group",
}
_COLUMNS = ["estimate", "low", "high", "n", "n_posts", "n_authors", "method"]


@traced
def planned(corpus: Corpus, *, seed: int, by: By = "community", draws: int = 1000) -> pd.DataFrame:
    """Compare announced chats with improvised talk: how much of the volume, who enters, who is answered.

    A chat is told by the numbers of its questions and answers (Q1, A1, T1): a run of posts of one group with at most
    half an hour between two of them, of which at least three by two authors bear such numbers. A chat without numbers
    is taken for improvised; ``rhythm`` may still show that people meet at its hour.

    Parameters
    ----------
    corpus
        Posts; reposts are left out.
    seed
        Seed of the bootstrap.
    by
        Where a chat takes place: in a ``community`` (of a platform), on a ``platform``, or in the whole ``corpus``.
    draws
        How many bootstrap draws make the interval.

    Returns
    -------
    One row a measure and setting (index ``measure``, ``setting``: planned or improvised). Measures: share_of_posts,
    share_replied, share_replies, share_first_posts, all 0–1. Columns: ``estimate``, ``low``, ``high`` (95 %, whole
    weeks of each group drawn anew), ``n`` (chats, or group-weeks with improvised posts), ``n_posts``, ``n_authors``,
    ``method`` (and why a figure is missing).

    Raises
    ------
    OptionError
        If an option is unknown.

    References
    ----------
    Cook, Kenthapadi & Mishra (2013), Group chats on Twitter, WWW '13, https://doi.org/10.1145/2488388.2488409

    Examples
    --------
    >>> import pandas as pd
    >>> from socialwork_research import Corpus
    >>> at = pd.to_datetime(["2021-05-04T19:00Z", "2021-05-04T19:04Z", "2021-05-04T19:09Z", "2021-05-06T08:00Z"])
    >>> posts = pd.DataFrame({"post_id": list("abcd"), "author_id": list("xyzx"), "created_at": at})
    >>> posts["text"] = ["Q1 What helps after a hard week?", "A1 A walk.", "A1 Tea and supervision.", "Morning all"]
    >>> posts = posts.assign(thread_id=posts["post_id"], platform="x", community="#chat")
    >>> table = planned(Corpus.of(posts, name="one chat"), seed=7)
    >>> float(table.loc[("share_of_posts", "planned"), "estimate"])
    0.75
    """
    count(draws, "draws")
    seeded(seed)
    posts = sessions(corpus, by=by)
    is_planned = (posts["session"] >= 0).to_numpy()
    week = pd.factorize(posts["group"] + "\n" + posts["week"].astype("str"))[0]
    parts = _parts(posts)
    weights = _weights(week, draws=draws, seed=seed)
    rows, index = [], []
    for measure, meaning in _MEASURES.items():
        for setting in _SETTINGS:
            chosen = is_planned if setting == "planned" else ~is_planned
            index.append((measure, setting))
            rows.append({
                **_estimate(measure, chosen, flags=parts, week=week, weights=weights),
                "n": int(posts.loc[chosen, "session"].nunique()) if setting == "planned" else len(set(week[chosen])),
                "n_posts": int(chosen.sum()),
                "n_authors": int(posts.loc[chosen, "author_id"].nunique()),
                "meaning": meaning,
            })  # fmt: skip
    table = pd.DataFrame(rows, index=pd.MultiIndex.from_tuples(index, names=["measure", "setting"]))
    table["method"] = table.pop("meaning") + table.pop("reason")
    return note(
        table[_COLUMNS],
        definition=f"a chat: posts with at most {LONGEST_GAP.seconds // 60} minutes between two of them, at least "
        f"{LEAST_MARKED} by {LEAST_AUTHORS} authors with numbers of questions or answers",
        chats=int(posts.loc[is_planned, "session"].nunique()),
        numbered_posts_outside_of_chats=int((posts["is_numbered"] & ~is_planned).sum()),
        by=by,
    )


def _parts(posts: pd.DataFrame) -> dict[str, npt.NDArray[np.bool_]]:
    """Return for each post whether it counts towards each measure."""
    author = posts.set_index("post_id")["author_id"]
    answered = posts["reply_to"].map(author)
    by_another = posts["author_id"].notna() & answered.notna() & posts["author_id"].ne(answered)
    known = posts["author_id"].notna()
    return {
        "share_replied": posts["post_id"].isin(posts.loc[by_another, "reply_to"]).to_numpy(),
        "share_replies": posts["reply_to"].notna().to_numpy(),
        "share_first_posts": (known & ~posts.duplicated(["group", "author_id"])).to_numpy(),
    }


def _weights(week: npt.NDArray[np.int64], *, draws: int, seed: int) -> Floats:
    """Return how often each week of each group is in each draw: one row a draw."""
    n = int(week.max(initial=-1)) + 1
    return np.stack(list(cluster_counts(n, draws=draws, seed=seed))).astype(np.float64) if n else np.zeros((draws, 0))


def _estimate(
    measure: str,
    chosen: npt.NDArray[np.bool_],
    *,
    flags: dict[str, npt.NDArray[np.bool_]],
    week: npt.NDArray[np.int64],
    weights: Floats,
) -> dict[str, float | str]:
    """Return a share and its interval, and the reason where there is none."""
    above, below = (chosen, np.ones_like(chosen)) if measure == "share_of_posts" else (chosen & flags[measure], chosen)
    n = weights.shape[1]
    top, whole = (np.bincount(week[which], minlength=n).astype(np.float64) for which in (above, below))
    if not whole.sum():
        return {"estimate": np.nan, "low": np.nan, "high": np.nan, "reason": "; undefined: no such posts"}
    estimate = float(top.sum() / whole.sum())
    if (whole > 0).sum() < 2:
        return {"estimate": estimate, "low": np.nan, "high": np.nan, "reason": "; no interval: one week of one group"}
    drawn_top, drawn_whole = weights @ top, weights @ whole
    met = drawn_whole > 0
    low, high = np.quantile(drawn_top[met] / drawn_whole[met], (0.025, 0.975))
    reason = "; 95 % percentile interval, weeks of each group drawn anew"
    if low == high:
        return {"estimate": estimate, "low": np.nan, "high": np.nan, "reason": "; no interval: the weeks do not differ"}
    return {"estimate": estimate, "low": float(low), "high": float(high), "reason": reason}

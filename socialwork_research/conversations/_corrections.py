"""Whether and how soon peers correct, and what becomes of the post."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from .._checks import count, seeded
from ..coding import Coding
from ..corpus import Corpus
from ..provenance import note, traced
from ._clocks import ends as ends_of
from ._coded import coded, named
from ._survival import answered_by, drawn, exact_bounds

_WITHIN = {"1 h": 1, "6 h": 6, "24 h": 24, "7 d": 168}
_MICROSECONDS = 3_600_000_000  # an hour, in the unit of a corpus's times
_EVENTS = ("corrected", "edited", "removed")
_COLUMNS = ["hours", "estimate", "low", "high", "n_posts", "n_authors", "n_seen", "method"]
_INTERVAL = "Kaplan–Meier; 95 % percentile interval, authors of the posts drawn anew"


@traced
def corrections(
    corpus: Corpus,
    coding: Coding,
    *,
    codes: str | Iterable[str],
    by: str | Iterable[str],
    seed: int,
    stances: str | Iterable[str] | None = None,
    draws: int = 1000,
) -> pd.DataFrame:
    """Estimate how soon posts with some codes are followed by a correction of a peer, an edit, or removal.

    A correction is the first later post in the thread, by another known author, that bears one of the codes `by` (in
    whatever stance). A post is followed until the end of observation on its platform, or until the first later post of
    its thread that the coder did not look at: what was not looked at is not taken for silence. Edits and removals are
    read from the export's own times; where no post of a platform has such a time, the export does not tell, and the
    platform's posts are left out of that event.

    Parameters
    ----------
    corpus
        Posts with threads.
    coding
        One coder's marks.
    codes
        Codes of the posts that are followed, e.g. ``colleague_disparagement``.
    by
        Codes that make a later post a correction, e.g. ``peer_correction``.
    seed
        Seed of the bootstrap.
    stances
        Stances of the posts that are followed; all where none is named.
    draws
        How many bootstrap draws make the interval.

    Returns
    -------
    One row an event and time (index ``event``: corrected, edited, removed; ``within``: 1 h, 6 h, 24 h, 7 d): ``hours``,
    ``estimate`` (share of posts by then, 0–1), ``low``, ``high`` (95 %), ``n_posts`` (followed), ``n_authors`` (who
    wrote them), ``n_seen`` (events seen by then), ``method`` (and why a figure is missing).

    Raises
    ------
    CodingError
        If the coding is of several coders.
    OptionError
        If an option is no such number, or no code is named.

    References
    ----------
    Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452.

    Examples
    --------
    >>> import pandas as pd
    >>> from socialwork_research import Coding, Corpus
    >>> at = pd.to_datetime(["2021-05-04T09:00Z", "2021-05-04T11:00Z", "2021-05-24T09:00Z"])
    >>> posts = pd.DataFrame(
    ...     {"post_id": list("abc"), "author_id": list("xyz"), "thread_id": list("aac"), "created_at": at}
    ... )
    >>> corpus = Corpus.of(posts.assign(platform="forum"), name="three posts")
    >>> seen = pd.DataFrame({"post_id": list("abc"), "coder": "c", "codebook": "boundary_risk", "version": "1"})
    >>> marks = pd.DataFrame({"post_id": ["a", "b"], "coder": "c", "code": ["client_derogation", "peer_correction"]})
    >>> table = corrections(corpus, Coding.of(seen, marks), codes="client_derogation", by="peer_correction", seed=7)
    >>> table.loc["corrected", "estimate"].tolist()
    [0.0, 1.0, 1.0, 1.0]
    """
    seeded(seed)
    count(draws, "draws")
    wanted, correcting = named(codes), named(by, "by")
    said = coded(corpus, coding, codes=wanted, stances=stances)
    answers = coding.marks.loc[coding.marks["code"].isin(correcting), "post_id"]
    said["corrects"] = said["post_id"].isin(answers)
    followed = said[said["is_marked"] & said["author_id"].notna()]
    ends = ends_of(corpus)
    timed = _timed(said, followed, ends)
    tables = [_of_event(timed, event, draws=draws, seed=seed) for event in _EVENTS]
    table = pd.concat(tables, keys=_EVENTS, names=["event"])
    return note(
        table,
        codes=wanted,
        corrected_by=correcting,
        stances=None if stances is None else named(stances, "stances"),
        dropped={
            "posts of unknown authors": int((said["is_marked"] & said["author_id"].isna()).sum()),
            "posts followed only until one that was not looked at": int(timed["unseen_at"].notna().sum()),
        },
        observed_until={platform: end.strftime("%Y-%m-%d") for platform, end in ends.items()},
    )


def _timed(said: pd.DataFrame, followed: pd.DataFrame, ends: pd.Series) -> pd.DataFrame:
    """Return for each post followed when it was corrected, edited and removed, and until when it was observed."""
    pairs = followed[["thread_id", "post_id", "author_id", "created_at"]].merge(
        said[["thread_id", "author_id", "created_at", "is_seen", "corrects"]], on="thread_id", suffixes=("", "_later")
    )
    later = pairs[pairs["created_at_later"] > pairs["created_at"]]
    by_another = later["author_id_later"].notna() & later["author_id_later"].ne(later["author_id"])
    timed = followed[["post_id", "author_id", "platform", "created_at", "edited_at", "removed_at"]].set_index("post_id")
    first = later[later["corrects"] & by_another].groupby("post_id")["created_at_later"].min()
    unseen = later[~later["is_seen"]].groupby("post_id")["created_at_later"].min()
    timed["corrected_at"] = first.reindex(timed.index)
    timed["unseen_at"] = unseen.reindex(timed.index)
    timed["end"] = ends.reindex(timed["platform"]).array
    for event in ("edited", "removed"):
        tells = said.loc[said[f"{event}_at"].notna(), "platform"].unique()
        timed[f"{event}_told"] = timed["platform"].isin(tells)
    timed["corrected_told"] = True
    return timed


def _of_event(timed: pd.DataFrame, event: str, *, draws: int, seed: int) -> pd.DataFrame:
    told = timed[timed[f"{event}_told"]]
    end = told["end"]
    if event == "corrected":
        end = told["unseen_at"].where(told["unseen_at"] < end, end)
    happened = told[f"{event}_at"].notna() & (told[f"{event}_at"] <= end)
    until = told[f"{event}_at"].where(happened, end)
    waits = pd.DataFrame({
        "waited": ((until - told["created_at"]) // pd.Timedelta(1, "us")).clip(lower=0).astype("int64"),
        "is_censored": ~happened, "at": told["created_at"], "author_id": told["author_id"],
    })  # fmt: skip
    waits = waits.sort_values(["waited", "is_censored", "at"], kind="stable")
    reason = "no such post" if timed.empty else "the export tells no such time"
    return _rows(waits, draws=draws, seed=seed, reason=reason)


def _rows(waits: pd.DataFrame, *, draws: int, seed: int, reason: str) -> pd.DataFrame:
    hours = np.array(list(_WITHIN.values()), dtype="int64")
    n_authors = int(waits["author_id"].nunique())
    rows: list[dict[str, Any]] = [
        {"hours": each, "estimate": np.nan, "low": np.nan, "high": np.nan, "n_posts": len(waits), "n_authors": n_authors,
         "n_seen": 0, "method": f"undefined: {reason}"} for each in hours
    ]  # fmt: skip
    if len(waits):
        waited, happened = waits["waited"].to_numpy(), ~waits["is_censored"].to_numpy()
        times: dict[str, Any] = {"waited": waited, "is_answered": happened, "horizons": hours * _MICROSECONDS}
        author = pd.factorize(waits["author_id"])[0]
        estimates = answered_by(np.ones(len(waits)), **times)[0]
        bounds = np.quantile(drawn(author, **times, draws=draws, seed=seed), (0.025, 0.975), axis=0)
        for place, row in enumerate(rows):
            by_then = happened & (waited <= hours[place] * _MICROSECONDS)
            row["n_seen"] = int(by_then.sum())
            if not (waited >= hours[place] * _MICROSECONDS).any() and estimates[place] < 1:
                row["method"] = "undefined: no post was followed for so long"
                continue
            low, high = (float(bound) for bound in bounds[:, place])
            row["estimate"] = float(estimates[place])
            row["method"] = _INTERVAL
            if estimates[place] in {0.0, 1.0}:
                low, high = exact_bounds(n_authors, is_all=estimates[place] == 1)
                row["method"] = f"Kaplan–Meier; 95 % exact interval, {n_authors} authors as trials (all alike)"
            elif not low < high:
                low = high = np.nan
                row["method"] = "Kaplan–Meier; no interval: the authors do not differ"
            row["low"], row["high"] = low, high
    return pd.DataFrame(rows, index=pd.Index(_WITHIN, name="within"))[_COLUMNS]

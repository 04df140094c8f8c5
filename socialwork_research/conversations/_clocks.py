"""The two clocks of an opening post: until anybody else answers, and until somebody answers with support.

A clock is stopped by the answer, by the end of observation, or by what competes with an answer: the removal of the
opening post, and a move of the talk to where nobody can follow it. What cannot be seen (who wrote a post whose author
is deleted, whether a post that was not looked at gives support, when a deleted post was deleted) is left out of the
estimate and makes a range: once all of it speaks for answers, once against.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, get_args

import narwhals as nw
import numpy as np
import pandas as pd

from .. import frames
from .._checks import option
from .._selection import moment
from ..coding import Coding
from ..corpus import Corpus
from ..errors import OptionError
from . import _survival as survival
from ._groups import grouped
from ._openers import dropped, openers
from ._support import first_supported

__all__ = ["Answer", "Clock", "Competing", "Waits", "clock", "ends", "waits_of"]

Answer = Literal["any"]
Competing = Literal["removal", "off_platform"]
_CAUSES = {"removal": survival.REMOVED, "off_platform": survival.MOVED}
_DEFINITIONS = {
    "any": "an answer is the first post in the thread, at any depth, by another known author",
    "support": "an answer is the first post in the thread, at any depth, by another known author that was looked at "
    "and seen to give support",
}


class Waits(NamedTuple):
    """Waiting times in ascending order, what ended a wait before what ended the observation."""

    waited: np.ndarray  # microseconds
    cause: np.ndarray  # 0 observation ended, 1 answer, 2 removed, 3 moved off the platform
    author: np.ndarray  # whose opening post it is, numbered in this order
    group: np.ndarray
    thread: np.ndarray  # the row in the clock's table


class Clock(NamedTuple):
    """The threads of a corpus, when each was opened, answered, removed or lost sight of, and what is to be noted."""

    threads: pd.DataFrame
    by: str | None
    competing: tuple[str, ...]
    censoring: tuple[str, ...]
    facts: dict[str, Any]

    @property
    def is_followed(self) -> pd.Series:
        """Which threads the estimate rests on; the others enter its range only."""
        return self.threads["is_followed"]


def clock(
    corpus: Corpus, *, answer: Coding | Answer, by: str | None, attributes: pd.DataFrame | None,
    competing: Sequence[Competing], censoring: Sequence[Competing],
) -> Clock:  # fmt: skip
    """Return the clock of a corpus: one row a thread whose opening post and opener are known."""
    ended = _ways(competing, censoring)
    if not isinstance(answer, Coding):
        option(answer, get_args(Answer), "answer")
        if "off_platform" in ended:
            raise OptionError("'off_platform' is known from a coding only. Mend: hand in the coding as answer=.")
    threads = openers(corpus)
    observed = ends(corpus)
    usable = threads[threads["opener_id"].notna() & threads["author_id"].notna()].reset_index(drop=True)
    unclear = usable["unknown_at"].notna() & ~(usable["unknown_at"] >= usable["answered_at"])
    facts: dict[str, Any] = {
        "definition": _DEFINITIONS["any"],
        "dropped": dropped(corpus, threads),
        "openers_taken_from_order": int((usable["opener_id"] != usable["thread_id"]).sum()),
        "threads_where_an_unknown_author_came_first": int(unclear.sum()),
        "observed_until": {platform: end.strftime("%Y-%m-%d") for platform, end in observed.items()},
    }
    if isinstance(answer, Coding):
        known = first_supported(corpus, usable, coding=answer)
        usable = usable.assign(**{name: known[name] for name in ("answered_at", "unknown_at", "moved_at")})
        is_told = known["unseen_at"].isna() | (known["answered_at"] <= known["unseen_at"])
        usable["is_followed"] = known["is_seen"] & is_told
        usable["likely_at"] = known[["answered_at", "unseen_at", "unknown_at"]].min(axis=1)
        facts["definition"] = _DEFINITIONS["support"]
        facts["threads_whose_opening_post_was_not_looked_at"] = int((~known["is_seen"]).sum())
        facts["threads_with_an_earlier_reply_not_looked_at"] = int((known["is_seen"] & ~is_told).sum())
    else:
        usable = usable.assign(is_followed=True, moved_at=pd.NaT)
        usable["likely_at"] = usable[["answered_at", "unknown_at"]].min(axis=1)
    early = int((usable["answered_at"] < usable["opened_at"]).sum())
    usable["is_gone"] = usable["is_deleted"].fillna(False).astype(bool) & usable["removed_at"].isna()
    usable["ends_at"] = observed.reindex(usable["platform"]).set_axis(usable.index)
    usable["group"] = grouped(usable, by=by, attributes=attributes)
    facts |= {
        "answers_before_their_opening_post_taken_as_at_once": early,
        "opening_posts_removed_at_a_known_time": int(usable["removed_at"].notna().sum()),
        "opening_posts_removed_at_an_unknown_time": int(usable["is_gone"].sum()),
    }
    return Clock(usable, by, tuple(sorted(competing)), tuple(sorted(censoring)), facts)


def _ways(competing: Sequence[Competing], censoring: Sequence[Competing]) -> set[str]:
    for name, given in (("competing", competing), ("censoring", censoring)):
        if isinstance(given, str):
            raise OptionError(f"{name}={given!r}: several may be named. Mend: write {name}=({given!r},).")
        for each in given:
            option(each, get_args(Competing), name)
    both = sorted(set(competing) & set(censoring))
    if both:
        raise OptionError(f"{both[0]!r} either competes with an answer or ends the observation. Mend: name it once.")
    return {*competing, *censoring}


def ends(corpus: Corpus) -> pd.Series:
    """Tell for each platform when observation ended."""
    times = ("created_at", "fetched_at")
    latest = frames.collect(
        corpus.scan().group_by("platform").agg(*(nw.col(name).max() for name in times)), by=["platform"]
    ).set_index("platform")
    ended = latest[list(times)].max(axis=1)
    for step in corpus.steps:
        if step.get("what") == "select" and step.get("by") == "until":
            value = step["value"]
            last = moment(value if isinstance(value, str) else value[0], "until", end_of_day=True)
            ended = ended.clip(upper=pd.Timestamp(last))
    return ended


def waits_of(
    known: Clock, *, answered: Literal["seen", "likely"] = "seen", gone: Literal["never", "at once"] = "never",
    whole: bool = False,
) -> Waits:  # fmt: skip
    """Return the waiting times of a clock under an assumption on what cannot be seen.

    Authors are numbered in the order of waits and times, so that their names do not matter to the draws. `whole` takes
    in the threads of which not enough was looked at.
    """
    threads = known.threads if whole else known.threads[known.is_followed]
    table = _ended(threads, known, column="answered_at" if answered == "seen" else "likely_at", gone=gone)
    table = table.sort_values(["waited", "is_censored", "opened_at", "thread_id"])
    return Waits(
        waited=table["waited"].to_numpy(), cause=table["cause"].to_numpy(), author=pd.factorize(table["author_id"])[0],
        group=table["group"].to_numpy(), thread=table.index.to_numpy(),
    )  # fmt: skip


def _ended(threads: pd.DataFrame, known: Clock, *, column: str, gone: str) -> pd.DataFrame:
    """Return when and why each wait ended; of what comes at one time the answer counts first, then what competes."""
    until = threads[column].where(threads[column].notna(), threads["ends_at"])
    cause = pd.Series(np.where(threads[column].notna(), survival.ANSWERED, survival.CENSORED), index=threads.index)
    gone_at = threads["removed_at"]
    if gone == "at once":
        gone_at = gone_at.where(~(threads["is_gone"] & threads[column].isna()), threads["opened_at"])
    for way, at in (("removal", gone_at), ("off_platform", threads["moved_at"])):
        if way in known.competing or way in known.censoring:
            is_first = at.notna() & (at < until)
            until = until.where(~is_first, at)
            cause = cause.where(~is_first, _CAUSES[way] if way in known.competing else survival.CENSORED)
    waited = ((until - threads["opened_at"]) // pd.Timedelta(1, "us")).clip(lower=0).astype("int64")
    return pd.DataFrame({
        "waited": waited, "cause": cause, "is_censored": cause == survival.CENSORED, "opened_at": threads["opened_at"],
        "thread_id": threads["thread_id"], "author_id": threads["author_id"], "group": threads["group"],
    })  # fmt: skip

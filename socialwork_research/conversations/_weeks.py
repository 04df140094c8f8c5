"""Posts by week, day and hour on the clock of one place."""

from __future__ import annotations

from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd

from .. import frames
from .._checks import option
from ..corpus import Corpus
from ..errors import OptionError

__all__ = ["By", "by_hour", "grouped", "timed"]

By = Literal["corpus", "platform", "community"]
_BY = ("corpus", "platform", "community")
_START = pd.Timestamp("1970-01-05")  # a Monday


def timed(corpus: Corpus, *, by: By, zone: str) -> pd.DataFrame:
    """Return one row a post that is no repost, in the order of group, time and id.

    Columns: ``group`` (platform, community or the word *corpus*), ``post_id``, ``thread_id``, ``author_id``,
    ``created_at``, ``reply_to``, ``week`` (Mondays since 1970, on the clock of `zone`), ``day`` (0 is Monday) and
    ``hour`` (0–23).
    """
    option(by, _BY, "by")
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise OptionError(f"zone={zone!r} is no time zone. Mend: a name such as 'Europe/London' or 'UTC'.") from error
    asked = ["post_id", "thread_id", "author_id", "created_at", "reply_to", "platform", "community"]
    posts = frames.collect(corpus.scan().filter(nw.col("kind") != "repost").select(asked), by=["created_at", "post_id"])
    if by == "corpus":
        posts["group"] = "corpus"
    elif by == "platform":
        posts["group"] = posts["platform"]
    else:
        posts["group"] = (posts["platform"] + " " + posts["community"]).fillna(posts["platform"])
    posts = posts[posts["created_at"].notna()]
    local = posts["created_at"].dt.tz_convert(place).dt.tz_localize(None)
    days = (local.dt.normalize() - _START).dt.days
    posts = posts.assign(week=days // 7, day=days % 7, hour=local.dt.hour)
    return posts.sort_values(["group", "created_at", "post_id"], kind="stable", ignore_index=True)


def grouped(posts: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the posts of each group, in the order of the groups' names."""
    return [(str(name), part) for name, part in posts.groupby("group", sort=True)]


def by_hour(posts: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Count posts by week, day and hour, from the first week with a post to the last."""
    weeks = posts["week"].to_numpy() - posts["week"].min()
    counts = np.zeros((int(weeks.max()) + 1, 7, 24))
    np.add.at(counts, (weeks, posts["day"].to_numpy(), posts["hour"].to_numpy()), 1.0)
    return counts

"""The week of a corpus, hour by hour."""

from __future__ import annotations

import pandas as pd

from ..corpus import Corpus
from ..provenance import note, traced
from ._weeks import By, timed

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@traced
def week(corpus: Corpus, *, by: By = "corpus", zone: str = "UTC") -> pd.DataFrame:
    """Count posts and authors by the hour of the week.

    Parameters
    ----------
    corpus
        Posts; reposts are left out.
    by
        What has a week of its own: the whole ``corpus``, each ``platform``, or each ``community`` of each platform.
    zone
        Whose clock: a name such as ``Europe/London``.

    Returns
    -------
    One row a group and hour (index ``group``, ``hour_of_week``: 0 is Monday from 0:00 to 1:00, 167 Sunday from 23:00;
    all 168 hours of each group): ``day`` (name), ``hour`` (0–23), ``n_posts``, ``n_authors`` (known ones) and
    ``share`` (of the group's posts, 0–1).

    Raises
    ------
    OptionError
        If `by` is unknown, or `zone` is no time zone.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> table = week(sw.simulation.threads(n_threads=20, n_authors=10, seed=7))
    >>> len(table), round(float(table["share"].sum()), 9)
    (168, 1.0)
    """
    posts = timed(corpus, by=by, zone=zone)
    posts["hour_of_week"] = posts["day"] * 24 + posts["hour"]
    counted = posts.groupby(["group", "hour_of_week"]).agg(
        n_posts=("post_id", "size"), n_authors=("author_id", "nunique")
    )
    whole = pd.MultiIndex.from_product(
        [pd.Index(sorted(posts["group"].unique()), dtype="str"), range(168)], names=["group", "hour_of_week"]
    )
    table = counted.reindex(whole, fill_value=0).astype("int64")
    hours = table.index.get_level_values("hour_of_week")
    table.insert(0, "day", pd.Index(_DAYS)[hours // 24])
    table.insert(1, "hour", hours % 24)
    total = table.groupby("group")["n_posts"].transform("sum")
    table["share"] = table["n_posts"] / total
    return note(table, zone=zone, by=by)

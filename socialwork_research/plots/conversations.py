"""Figures of conversations: how soon opening posts are answered, how threads branch, when people meet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .._checks import columns
from ._canvas import OKABE_ITO, Chart, canvas, finish
from ._conversations_curves import beside, incidence, parted
from ._conversations_support import match
from ._conversations_threads import corrections, pile_ons, virality
from ._conversations_waits import hazards, rmst, support_received, unanswered
from ._conversations_weeks import planned, rhythm, week
from ._drawn import drawn

__all__ = [
    "corrections",
    "hazards",
    "incidence",
    "match",
    "pile_ons",
    "planned",
    "responses",
    "rhythm",
    "rmst",
    "support_received",
    "unanswered",
    "virality",
    "week",
]

_NEEDED = ("hours", "estimate", "low", "high", "n_posts", "n_authors")


@drawn
def responses(table: pd.DataFrame) -> Chart:
    """Draw the share of opening posts answered against time, with 95 % intervals.

    Parameters
    ----------
    table
        From ``conversations.responses``.

    Returns
    -------
    The chart. Times with no estimate are named in the alternative text and not drawn; a point without an interval is
    hollow. Groups stand beside each other at each time, each with a marker of its own; of more than six, those with
    most opening posts.

    Raises
    ------
    SchemaError
        If the table lacks a column.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"hours": [1], "estimate": [0.25], "low": [0.125], "high": [0.5]}, index=["1 h"])
    >>> responses(table.assign(n_posts=40, n_authors=31)).alt[-25:]
    '1 h: 0.25 (0.12 to 0.50).'
    """
    columns(table, _NEEDED, "responses")
    table = table.astype(dict.fromkeys(_NEEDED, "float64"))  # a suppressed number is missing, like any other
    chart, axes = canvas(height=70)
    axis = axes[0, 0]
    drawn = table[table["estimate"].notna()]
    has_interval = drawn["low"].notna() & drawn["high"].notna()
    sure, bare = drawn[has_interval], drawn[~has_interval]
    if table.index.nlevels > 1:
        beside(axis, parted(table)[0])
        chart.legend(loc="outside right upper")
    else:
        axis.vlines(sure["hours"], sure["low"], sure["high"], color=OKABE_ITO[0], linewidth=1.2)
        axis.plot(sure["hours"], sure["estimate"], "o", color=OKABE_ITO[0], markersize=3.5)
        axis.plot(bare["hours"], bare["estimate"], "o", color=OKABE_ITO[0], markersize=3.5, markerfacecolor="white")
    timed = table[table["hours"].notna()]
    if len(timed):
        axis.set_xscale("log")
        ticks = dict(zip(timed["hours"], timed.index.get_level_values(-1), strict=True))
        axis.set_xticks(list(ticks), [str(label) for label in ticks.values()])
        axis.minorticks_off()
        axis.set_xlim(timed["hours"].min() / 2, timed["hours"].max() * 2)
    axis.set_ylim(0, 1.02)
    axis.set_yticks(np.linspace(0, 1, 6))
    axis.set_xlabel("time since the opening post (log scale)")
    axis.set_ylabel("share answered by another author")
    return finish(chart, title="How soon opening posts are answered", alt=_alt(table))


def _alt(table: pd.DataFrame) -> str:
    told = []
    for key, row in table.iterrows():
        label = ", ".join(map(str, key)) if isinstance(key, tuple) else key
        if pd.isna(row["estimate"]):
            told.append(f"{label}: no estimate")
        elif pd.isna(row["low"]) or pd.isna(row["high"]):
            told.append(f"{label}: {row['estimate']:.2f} (no interval)")
        else:
            told.append(f"{label}: {row['estimate']:.2f} ({row['low']:.2f} to {row['high']:.2f})")
    first = table.iloc[0] if table.index.nlevels == 1 else pd.Series({"n_posts": np.nan, "n_authors": np.nan})
    hidden = first[["n_posts", "n_authors"]].isna().any()
    few = "opening posts (too few authors: suppressed)" if table.index.nlevels == 1 else "opening posts, by group,"
    whole = few if hidden else f"{first['n_posts']:.0f} opening posts"
    by = "" if hidden else f" by {first['n_authors']:.0f} authors"
    return (
        f"Points: share of {whole}{by} that another author had answered, "
        f"against time on a log scale, with 95 % intervals. {'; '.join(told)}."
    )

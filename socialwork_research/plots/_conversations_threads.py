"""Figures of threads: how far they branch, who joins in, what is corrected."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank

__all__ = ["corrections", "pile_ons", "virality"]

_MARKERS = ("o", "s", "^")


@drawn
def virality(virality: pd.DataFrame) -> Chart:
    """Draw the mean structural virality of threads of each size beside what chance gives.

    Parameters
    ----------
    virality
        The table of ``conversations.virality``.

    Returns
    -------
    The chart: for each size a band for the middle 95 % of the null, a bar for its mean, and a point for the threads.
    Sizes without threads are left empty.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> row = {"value": 2.7, "null_mean": 2.9, "low": 2.8, "high": 3.0, "n": 60}
    >>> virality(pd.DataFrame([row], index=pd.Index(["9–16"], name="size"))).alt[-54:]
    '9–16 posts: 2.70 (60 threads), by chance 2.80 to 3.00.'
    """
    columns(virality, ["value", "null_mean", "low", "high", "n"], "virality")
    table = virality.astype(dict.fromkeys(("value", "null_mean", "low", "high", "n"), "float64"))
    chart, axes = canvas(width="single", height=75)
    axis = axes[0, 0]
    met = table[table["value"].notna()]
    _against(axis, met if len(met) else table.head(0), value="value")
    axis.set_xlabel("posts in the thread")
    axis.set_ylabel("replies between two posts, on average")
    chart.legend(loc="outside lower center", ncols=3, columnspacing=1, handlelength=1.2)
    blank = is_blank(virality)
    told = [
        f"{size} posts: {'suppressed' if blank[size] else 'no threads'}"
        if np.isnan(row["value"])
        else f"{size} posts: {row['value']:.2f} ({row['n']:.0f} threads), by chance {row['low']:.2f} to {row['high']:.2f}"
        for size, row in table.iterrows()
    ]
    alt = f"Mean number of replies between two posts of a thread, by its size, beside chance. {'; '.join(told)}."
    return finish(chart, title="How far threads branch", alt=alt)


def _against(axis: Axes, table: pd.DataFrame, *, value: str) -> None:
    """Draw each row's null as a band with its mean, and its value as a point."""
    places = np.arange(len(table))
    names = ("null_low", "null_high") if "null_low" in table.columns else ("low", "high")
    low, high = (table[name].to_numpy() for name in names)
    axis.bar(
        places, high - low, bottom=low, width=0.6, color=GREY, alpha=0.4, edgecolor=GREY, label="chance, middle 95 %"
    )
    axis.hlines(table["null_mean"], places - 0.3, places + 0.3, color="black", linewidth=1.2, label="chance, mean")
    axis.plot(places, table[value], "o", color=OKABE_ITO[1], markersize=5, label="observed", clip_on=False)
    axis.set_xticks(places, [str(name) for name in table.index])
    axis.set_xlim(-0.6, len(table) - 0.4)


@drawn
def pile_ons(pile_ons: pd.DataFrame) -> Chart:
    """Draw how likely a post is to join in, by how many others already have, beside chance.

    Parameters
    ----------
    pile_ons
        The table of ``conversations.pile_ons``.

    Returns
    -------
    The chart: for each count a point with its 95 % interval, and a band for the null of shuffled order.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> row = {"estimate": 0.07, "low": 0.04, "high": 0.1, "null_mean": 0.07, "null_low": 0.06, "null_high": 0.08}
    >>> pile_ons(pd.DataFrame([{**row, "n_posts": 200}], index=pd.Index(["1"], name="joined"))).alt[-58:]
    'after 1: 7.0 % (4.0 to 10.0) of 200, by chance 6.0 to 8.0.'
    """
    needed = ["estimate", "low", "high", "null_mean", "null_low", "null_high", "n_posts"]
    columns(pile_ons, needed, "pile_ons")
    percent = pile_ons[needed].astype("float64") * 100
    chart, axes = canvas(width="single", height=75)
    axis = axes[0, 0]
    _against(axis, percent, value="estimate")
    axis.vlines(np.arange(len(percent)), percent["low"], percent["high"], color=OKABE_ITO[1], linewidth=1.4)
    axis.set_ylim(bottom=0)
    axis.set_xlabel("others who had joined in before")
    axis.set_ylabel("% of posts that join in")
    chart.legend(loc="outside lower center", ncols=3, columnspacing=1, handlelength=1.2)
    blank = is_blank(pile_ons)
    told = []
    for joined, row in percent.iterrows():
        if np.isnan(row["estimate"]):
            told.append(f"after {joined}: {'suppressed' if blank[joined] else 'no posts'}")
            continue
        sure = "no interval" if np.isnan(row["low"]) else f"{row['low']:.1f} to {row['high']:.1f}"
        chance = "undefined" if np.isnan(row["null_low"]) else f"{row['null_low']:.1f} to {row['null_high']:.1f}"
        told.append(
            f"after {joined}: {row['estimate']:.1f} % ({sure}) of {row['n_posts'] / 100:.0f}, by chance {chance}"
        )
    alt = f"Share of posts that join in, by how many others had joined in before, beside chance. {'; '.join(told)}."
    return finish(chart, title="Does one such post draw the next?", alt=alt)


@drawn
def corrections(corrections: pd.DataFrame) -> Chart:
    """Draw which share of posts is corrected, edited or removed within an hour, a day, a week.

    Parameters
    ----------
    corrections
        The table of ``conversations.corrections``.

    Returns
    -------
    The chart: one line an event, a point with its 95 % interval at each time. Events that the export does not tell
    are left out and named in the alternative text.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> index = pd.MultiIndex.from_tuples([("corrected", "24 h")], names=["event", "within"])
    >>> row = {"hours": 24, "estimate": 0.34, "low": 0.28, "high": 0.41, "n_posts": 182}
    >>> corrections(pd.DataFrame([row], index=index)).alt[-51:]
    'corrected (182 posts): 34 % within 24 h (28 to 41).'
    """
    needed = ["hours", "estimate", "low", "high", "n_posts"]
    columns(corrections, needed, "corrections")
    table = corrections[needed].astype("float64")
    chart, axes = canvas(width="wide", height=75)
    axis = axes[0, 0]
    told = []
    for number, (event, part) in enumerate(table.groupby(level="event", sort=False)):
        label, part = str(event), part.droplevel("event")
        met = part[part["estimate"].notna()]
        if met.empty:
            told.append(f"{label}: no figure")
            continue
        colour, at = OKABE_ITO[number % len(OKABE_ITO)], met["hours"] * 1.08**number  # side by side, not on each other
        axis.vlines(at, 100 * met["low"], 100 * met["high"], color=colour, linewidth=1.2)
        axis.plot(
            at,
            100 * met["estimate"],
            marker=_MARKERS[number % 3],
            color=colour,
            markersize=4.5,
            linewidth=0.8,
            label=label,
        )
        each = [
            f"{100 * row['estimate']:.0f} % within {within}"
            + ("" if np.isnan(row["low"]) else f" ({100 * row['low']:.0f} to {100 * row['high']:.0f})")
            for within, row in met.iterrows()
        ]
        told.append(f"{label} ({met['n_posts'].iloc[0]:.0f} posts): {', '.join(each)}")
    if axis.get_lines():
        times = table["hours"].droplevel("event").drop_duplicates()
        axis.set_xscale("log")
        axis.set_xticks(times.to_numpy(), [str(name) for name in times.index])
        axis.minorticks_off()
        chart.legend(loc="outside lower center", ncols=3)
    axis.set_ylim(bottom=0)
    axis.set_xlabel("time since the post (log scale)")
    axis.set_ylabel("% of posts")
    alt = f"Share of posts that were corrected by a peer, edited or removed, by time. {'; '.join(told)}."
    return finish(chart, title="What becomes of such posts", alt=alt)

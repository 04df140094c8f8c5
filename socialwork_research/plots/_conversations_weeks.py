"""Figures of the week: when people post, whether they keep to an hour, planned talk beside improvised."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank

__all__ = ["planned", "rhythm", "week"]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PANELS, _ROWS = 4, 24
_SETTINGS = {"planned": "o", "improvised": "s"}
_TOLD = {
    "share_of_posts": "of all posts",
    "share_replied": "answered by another",
    "share_replies": "that answer another",
    "share_first_posts": "the author's first there",
}


@drawn
def week(week: pd.DataFrame) -> Chart:
    """Draw the week of each group as a map of days and hours; the busiest hour is ringed.

    Parameters
    ----------
    week
        The table of ``conversations.week``.

    Returns
    -------
    The chart: one map a group, the four with most posts. Darker means a larger share of the group's posts.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["corpus"], range(168)], names=["group", "hour_of_week"])
    >>> table = pd.DataFrame({"n_posts": 1, "share": 1 / 168}, index=index)
    >>> week(table).alt[:53]
    'Posts by hour of the week. corpus: 168 posts, busiest'
    """
    columns(week, ["n_posts", "share"], "week")
    total = week["n_posts"].astype("float64").groupby(level="group").sum()
    shown = list(total.sort_values(ascending=False, kind="stable").index[:_PANELS])
    chart, axes = canvas(width="wide", height=22 + 38 * max(len(shown), 1), rows=max(len(shown), 1))
    told = []
    for axis, group in zip(axes[:, 0], shown, strict=False):
        share = 100 * week.loc[group, "share"].reindex(range(168)).to_numpy(dtype=float).reshape(7, 24)
        axis.set_facecolor("#F2E6D9")  # hours that were suppressed
        image = axis.imshow(share, cmap="Greys", aspect="auto", vmin=0)
        axis.set_yticks(range(7), _DAYS)
        axis.set_xticks(range(0, 24, 3))
        axis.set_title(str(group), fontsize=8)
        chart.colorbar(image, ax=axis).ax.tick_params(labelsize=7)
        if np.isnan(share).all():
            told.append(f"{group}: suppressed")
            continue
        day, hour = np.unravel_index(np.nanargmax(share), share.shape)
        ring = Rectangle((hour - 0.5, day - 0.5), 1, 1, fill=False, edgecolor=OKABE_ITO[1], linewidth=1.8)
        axis.add_patch(ring)
        told.append(
            f"{group}: {total[group]:.0f} posts, busiest {_DAYS[day]} from {hour}:00 with {share[day, hour]:.1f} %"
        )
    axes[-1, 0].set_xlabel("hour of the day; darker: more of the group's posts (scale in %); ringed: the busiest hour")
    left = len(total) - len(shown)
    more = f" {left} smaller groups are not drawn." if left else ""
    return finish(chart, title="The week", alt=f"Posts by hour of the week. {'; '.join(told) or 'No posts'}.{more}")


@drawn
def rhythm(rhythm: pd.DataFrame) -> Chart:
    """Draw the share of each group's busiest two hours of the week beside what chance gives.

    Parameters
    ----------
    rhythm
        The table of ``conversations.rhythm``.

    Returns
    -------
    The chart: one row a group, largest first and at most 24: a band for the middle 95 % of the null, a bar for its
    mean, a point for the observed share, filled where the one-sided p is below .05.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> index = pd.MultiIndex.from_tuples([("x #chat", "busiest_window_share")], names=["group", "measure"])
    >>> row = {"value": 0.9, "null_mean": 0.4, "low": 0.2, "high": 0.7, "p_value": 0.001, "n_posts": 118}
    >>> rhythm(pd.DataFrame([row], index=index)).alt[-59:]
    'x #chat (118 posts): 90 %, by chance 20 to 70 %, p = 0.001.'
    """
    needed = ["value", "null_mean", "low", "high", "p_value", "n_posts"]
    columns(rhythm, needed, "rhythm")
    named = rhythm.index.get_level_values("measure") == "busiest_window_share"
    table = rhythm.loc[named].droplevel("measure")
    blank = is_blank(table)
    numbers = table[needed].astype("float64").sort_values("n_posts", ascending=False, kind="stable")
    shown = numbers.head(_ROWS)
    chart, axes = canvas(width="wide", height=30 + 6.5 * max(len(shown), 1))
    axis, places = axes[0, 0], np.arange(len(shown))
    percent = 100 * shown[["value", "null_mean", "low", "high"]]
    axis.barh(places, percent["high"] - percent["low"], left=percent["low"], height=0.55, color=GREY, alpha=0.4)
    axis.vlines(percent["null_mean"], places - 0.28, places + 0.28, color="black", linewidth=1.2)
    beyond = (shown["p_value"] < 0.05).to_numpy()
    for which, face in ((beyond, OKABE_ITO[1]), (~beyond, "white")):
        axis.plot(
            percent["value"][which], places[which], "o", color=OKABE_ITO[1], markerfacecolor=face, markersize=5, clip_on=False
        )  # fmt: skip
    axis.set_yticks(places, [str(name) for name in shown.index])
    axis.set_ylim(max(len(shown), 1) - 0.4, -0.6)
    axis.set_xlim(left=0)
    axis.set_xlabel("% of posts in the busiest two hours\n(band: chance, middle 95 %; filled: p < .05)")
    told = [
        f"{group}: {'suppressed' if blank[group] else 'undefined'}"
        if np.isnan(row["value"])
        else f"{group} ({row['n_posts']:.0f} posts): {100 * row['value']:.0f} %, by chance {100 * row['low']:.0f} to "
        f"{100 * row['high']:.0f} %, p = {row['p_value']:.3g}"
        for group, row in shown.iterrows()
    ]
    left = len(numbers) - len(shown)
    more = f" {left} smaller groups are not drawn." if left else ""
    alt = f"Share of posts in the busiest two hours of the week, beside chance. {'; '.join(told) or 'No groups'}.{more}"
    return finish(chart, title="Do they keep to an hour of the week?", alt=alt)


@drawn
def planned(planned: pd.DataFrame) -> Chart:
    """Draw announced chats and improvised talk side by side.

    Parameters
    ----------
    planned
        The table of ``conversations.planned``.

    Returns
    -------
    The chart: one row a measure, a round point for chats and a square one for improvised talk, each with its 95 %
    interval.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> index = pd.MultiIndex.from_tuples([("share_replied", "planned")], names=["measure", "setting"])
    >>> planned(pd.DataFrame([{"estimate": 0.41, "low": 0.37, "high": 0.44, "n_posts": 139}], index=index)).alt[-47:]
    'answered by another: planned 41 % (37 to 44 %).'
    """
    needed = ["estimate", "low", "high", "n_posts"]
    columns(planned, needed, "planned")
    numbers = planned[needed].astype("float64")
    measures = list(dict.fromkeys(planned.index.get_level_values("measure")))
    chart, axes = canvas(width="wide", height=34 + 10 * max(len(measures), 1))
    axis = axes[0, 0]
    told = []
    for place, measure in enumerate(measures):
        each = []
        for number, (setting, marker) in enumerate(_SETTINGS.items()):
            if (measure, setting) not in numbers.index:
                continue
            row, height = 100 * numbers.loc[(measure, setting)], place + (number - 0.5) * 0.3
            axis.hlines(height, row["low"], row["high"], color=OKABE_ITO[number], linewidth=1.6)
            axis.plot(
                row["estimate"], height, marker, color=OKABE_ITO[number], markersize=5, linestyle="none",
                label=setting if place == 0 else None,
            )  # fmt: skip
            sure = "no interval" if np.isnan(row["low"]) else f"{row['low']:.0f} to {row['high']:.0f} %"
            each.append(
                f"{setting} " + ("no figure" if np.isnan(row["estimate"]) else f"{row['estimate']:.0f} % ({sure})")
            )
        told.append(f"{_TOLD.get(str(measure), str(measure))}: {', '.join(each)}")
    axis.set_yticks(range(len(measures)), [_TOLD.get(str(name), str(name)) for name in measures])
    axis.set_ylim(max(len(measures), 1) - 0.4, -0.6)
    axis.set_xlim(left=0)
    axis.set_xlabel("% of posts, 95 % interval")
    if measures:
        chart.legend(loc="outside lower center", ncols=2)
    alt = f"Posts in announced chats and improvised posts, share of posts: {'; '.join(told) or 'no measures'}."
    return finish(chart, title="Planned and improvised", alt=alt)

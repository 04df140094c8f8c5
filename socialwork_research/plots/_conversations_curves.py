"""Figures of answers against time: curves with their table of who still waits, and groups beside each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .._checks import columns
from ._canvas import OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn

__all__ = ["beside", "incidence", "interval", "parted"]

_LINES = ("-", "--", ":", "-.", (0, (7, 2)), (0, (3, 1, 1, 1, 1, 1)))
_MARKERS = "osD^vP"
_MOST = len(_LINES)  # groups in one chart
_BANDS = 2  # groups whose bands can be told apart; of more, intervals are drawn at three times
_SHOWN = (2.0, 24.0, 168.0)
_STEP = 0.035  # how far groups stand apart, as a log10 of hours
_TICKS = {1 / 12: "5 min", 0.5: "30 min", 2.0: "2 h", 6.0: "6 h", 24.0: "24 h", 168.0: "7 d", 720.0: "30 d"}


@drawn
def incidence(table: pd.DataFrame) -> Chart:
    """Draw the share of opening posts answered against time, group by group, above the table of who still waits.

    Parameters
    ----------
    table
        From ``conversations.incidence``.

    Returns
    -------
    The chart: a stepped line a group, with its 95 % band (of more than two groups, intervals at 2 h, 24 h and 7 d);
    beneath, how many opening posts still wait. Of more than six groups those with most opening posts are drawn, and the
    alternative text says so.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> table = pd.DataFrame({"hours": [1.0, 24.0], "estimate": [0.25, 0.5], "low": [0.125, 0.25], "high": [0.5, 0.75]})
    >>> table = table.assign(n_at_risk=[30, 20], n_posts=40, n_authors=31, within=["1 h", "24 h"]).set_index("within")
    >>> incidence(table).alt[-45:]
    'all: 0.50 (0.25 to 0.75) by 24 h, 20 waiting.'
    """
    columns(table, ("hours", "estimate", "low", "high", "n_at_risk", "n_posts"), "incidence")
    parts, left_out = parted(table)
    chart, axes = canvas(height=78 + 5 * len(parts), rows=2)
    axes[0, 0].get_gridspec().set_height_ratios([6, 0.7 + 0.6 * len(parts)])
    above, beneath = axes[0, 0], axes[1, 0]
    for place, (name, part) in enumerate(parts.items()):
        known = part[part["estimate"].notna()]
        colour = OKABE_ITO[place]
        hours, share = np.append(0.01, known["hours"]), np.append(0.0, known["estimate"])
        above.step(hours, share, where="post", color=colour, linestyle=_LINES[place], linewidth=1.3, label=name)
        sure = known[(known["estimate"] > 0) & known["low"].notna()]
        if len(parts) <= _BANDS:
            above.fill_between(
                sure["hours"], sure["low"], sure["high"], step="post", color=colour, alpha=0.15, linewidth=0
            )
        else:
            at = sure[[any(np.isclose(hour, shown) for shown in _SHOWN) for hour in sure["hours"]]]
            above.vlines(_apart(at["hours"], place, len(parts)), at["low"], at["high"], color=colour, linewidth=1)
        _waiting(beneath, part, place=place)
    _timed(above, "share answered by another author")
    above.tick_params(labelbottom=False)
    above.set_xlabel("")
    _timed(beneath, "")
    beneath.set_ylim(len(parts) - 0.4, -0.6)
    beneath.set_yticks(range(len(parts)), list(parts))
    beneath.spines[["left"]].set_visible(False)
    beneath.tick_params(axis="y", length=0)
    beneath.set_title("opening posts still waiting", fontsize=7.5, loc="left")
    beneath.set_xlabel("time since the opening post (log scale)")
    if len(parts) > 1:
        above.legend(loc="upper left")
    return finish(chart, title="How soon opening posts are answered", alt=_told_curves(parts, left_out))


def parted(table: pd.DataFrame) -> tuple[dict[str, pd.DataFrame], int]:
    """Return the table of each group in the order of their sizes, and how many groups are left out."""
    numbers = [name for name in table.columns if pd.api.types.is_numeric_dtype(table[name])]
    table = table.astype(dict.fromkeys(numbers, "float64"))
    if table.index.nlevels == 1:
        return {"all": table}, 0
    sizes = table["n_posts"].groupby(level=0).max().fillna(-1)
    order = sorted(sizes.index, key=lambda name: (-float(sizes[name]), str(name)))
    return {str(name): table.xs(name, level=0) for name in order[:_MOST]}, max(0, len(order) - _MOST)


def _waiting(axis: Axes, part: pd.DataFrame, *, place: int) -> None:
    for hours in _TICKS:
        near = part[np.isclose(part["hours"], hours)]
        known = len(near) == 1 and not np.isnan(near["n_at_risk"].iloc[0])
        axis.text(
            hours, place, f"{near['n_at_risk'].iloc[0]:.0f}" if known else "–", ha="center", va="center", fontsize=7
        )


def _timed(axis: Axes, label: str) -> None:
    axis.set_xscale("log")
    axis.set_xlim(1 / 40, 1000)
    axis.set_xticks(list(_TICKS), list(_TICKS.values()))
    axis.minorticks_off()
    if label:
        axis.set_ylim(0, 1.02)
        axis.set_ylabel(label)


def _told_curves(parts: dict[str, pd.DataFrame], left_out: int) -> str:
    told = []
    for name, part in parts.items():
        known = part[part["estimate"].notna()]
        if known.empty:
            told.append(f"{name}: no estimate")
            continue
        last = known.iloc[-1]
        waiting = f", {last['n_at_risk']:.0f} waiting" if pd.notna(last["n_at_risk"]) else ""
        told.append(f"{name}: {interval(last)} by {known.index[-1]}{waiting}")
    more = f" {left_out} smaller groups are not drawn." if left_out else ""
    return (
        "Stepped lines: share of opening posts that another author had answered, against time on a log scale, with 95 % "
        f"intervals, above a table of how many still wait. {'; '.join(told)}.{more}"
    )


def interval(row: pd.Series, *, digits: int = 2) -> str:
    """Tell an estimate with its interval."""
    if pd.isna(row["estimate"]):
        return "no estimate"
    told = f"{row['estimate']:.{digits}f}"
    known = pd.notna(row["low"]) and pd.notna(row["high"])
    return f"{told} ({row['low']:.{digits}f} to {row['high']:.{digits}f})" if known else f"{told} (no interval)"


def _apart(hours: pd.Series, place: int, n: int) -> pd.Series:
    return hours * 10 ** (_STEP * (place - (n - 1) / 2))


def beside(axis: Axes, parts: dict[str, pd.DataFrame]) -> None:
    """Draw the points and intervals of groups beside each other at each time, each group with a marker of its own."""
    for place, (name, part) in enumerate(parts.items()):
        known = part[part["estimate"].notna()]
        colour, hours = OKABE_ITO[place], _apart(known["hours"], place, len(parts))
        sure = (known["low"].notna() & known["high"].notna()).to_numpy()
        axis.vlines(hours[sure], known["low"][sure], known["high"][sure], color=colour, linewidth=1)
        axis.plot(hours[sure], known["estimate"][sure], _MARKERS[place], color=colour, markersize=3.5, label=name)
        axis.plot(
            hours[~sure],
            known["estimate"][~sure],
            _MARKERS[place],
            color=colour,
            markersize=3.5,
            markerfacecolor="white",
        )

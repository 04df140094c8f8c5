"""Plots of positions: how sure places are, and how measures stand when part of the network is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank

__all__ = ["places", "robustness"]

_TOGETHER = 10  # authors in a group at least, so that no line is one person's
_GROUPS = 40
_NAMES = {
    "in_degree": "in-degree",
    "out_degree": "out-degree",
    "in_strength": "ties received",
    "out_strength": "ties sent",
    "pagerank_share": "PageRank",
    "betweenness": "betweenness",
    "constraint": "constraint",
    "effective_size": "effective size",
    "coreness": "coreness",
}
_MARKS = "osD^vP*Xh"


@drawn
def places(places: pd.DataFrame) -> Chart:
    """Draw how wide the intervals of places are, from the first places to the last.

    Neighbours in the order are drawn together, ten at least, so that no
    line is a person's.

    Parameters
    ----------
    places
        The table of ``networks.places``.

    Returns
    -------
    The chart: for each group of neighbouring places, a line from the mean
    lower to the mean upper end of their intervals and a point at their
    mean place. Places that were sure would lie on the dotted line.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> columns = {"place": range(1, 21), "low": [1.0] * 20, "high": [20.0] * 20}
    >>> places(pd.DataFrame(columns)).alt
    'Intervals of the places of 20 authors in 2 groups of neighbours. The first group (mean place 5.5) could ...'
    """
    columns(places, ["place", "low", "high"], "places")
    known = places[["place", "low", "high"]].dropna().astype(float).sort_values("place", kind="stable")
    n = len(known)
    group = _groups(known["place"].to_numpy(), least=max(_TOGETHER, n // _GROUPS))
    chart, axes = canvas(width="wide", height=80)
    axis = axes[0, 0]
    axis.set_xlabel("place by what was observed (1: most), neighbours together")
    axis.set_ylabel("place, middle 95 %")
    if n < _TOGETHER:
        axis.text(0.5, 0.5, "too few authors with an interval", transform=axis.transAxes, ha="center", color=GREY)
        told = f"Places of {n} authors with an interval: too few to be drawn without showing a person."
        return finish(chart, title="How sure are places?", alt=told)
    mean = known.groupby(group).mean()
    axis.plot([1, n], [1, n], color=GREY, linewidth=0.8, linestyle=":")
    axis.vlines(mean["place"], mean["low"], mean["high"], color=OKABE_ITO[0], linewidth=2.2, alpha=0.6)
    axis.plot(mean["place"], mean["place"], marker="o", markersize=3.5, color="black", linestyle="none")
    axis.set_ylim(1.03 * n, 1 - 0.03 * n)
    for ticks in (axis.set_xticks, axis.set_yticks):
        ticks([1, *(round(n * part) for part in (0.25, 0.5, 0.75, 1))])
    first, last = mean.iloc[0], mean.iloc[-1]
    width = float((known["high"] - known["low"]).median())
    alt = (
        f"Intervals of the places of {n:,} authors in {len(mean)} groups of neighbours. The first group (mean place "
        f"{first['place']:.3g}) could stand from {first['low']:.3g} to {first['high']:.3g}, the last "
        f"({last['place']:.3g}) from {last['low']:.3g} to {last['high']:.3g}; half of all intervals span more than "
        f"{width:.3g} places."
    )
    return finish(chart, title="How sure are places?", alt=alt)


def _groups(place: np.ndarray, *, least: int) -> np.ndarray:
    """Put neighbours together until they are enough; who shares a place shares a group, and the last group is whole."""
    n = len(place)
    ends = np.flatnonzero(np.diff(place, append=np.inf)) + 1
    cuts = [0]
    for end in ends.tolist():
        if end - cuts[-1] >= least and (n - end >= least or end == n):
            cuts.append(end)
    return np.searchsorted(np.array(cuts[1:] or [n]), np.arange(n), side="right")


@drawn
def robustness(robustness: pd.DataFrame) -> Chart:
    """Draw how well the measures of a part of the network agree with the whole.

    Parameters
    ----------
    robustness
        The table of ``networks.robustness``.

    Returns
    -------
    The chart: for each measure a line of mean rank correlations over the
    share taken out, with a bar for the middle 95 % of the draws. Measures
    are moved apart a little, so that bars do not hide each other.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> columns = {"share": [0.1, 0.5], "estimate": [0.9, 0.6], "low": [0.85, 0.5], "high": [0.95, 0.7]}
    >>> robustness(pd.DataFrame(columns, index=pd.Index(["in_degree"] * 2, name="measure"))).alt
    'Rank correlation with the whole network when part of it is taken out. in-degree: 0.9 at 10 %, 0.6 at 50 %.'
    """
    columns(robustness, ["share", "estimate", "low", "high"], "robustness")
    chart, axes = canvas(width="wide", height=85)
    axis = axes[0, 0]
    shown = [str(name) for name in dict.fromkeys(robustness.index)]
    blank, told = is_blank(robustness), []
    for number, name in enumerate(shown):
        rows = robustness.loc[[name]].sort_values("share")
        label = _NAMES.get(name, name)
        some = rows.dropna(subset=["estimate", "low", "high"])
        if not len(some):
            told.append(f"{label}: {'suppressed' if blank.loc[[name]].all() else 'undefined'}")
            continue
        x = 100 * some["share"].to_numpy(dtype=float) + 0.5 * (number - (len(shown) - 1) / 2)
        y, low, high = (some[each].to_numpy(dtype=float) for each in ("estimate", "low", "high"))
        colour = OKABE_ITO[number % len(OKABE_ITO)]
        axis.vlines(x, low, high, color=colour, linewidth=1.6, alpha=0.5)
        axis.plot(
            x, y, color=colour, linewidth=0.8, marker=_MARKS[number % len(_MARKS)], markersize=3.5, label=label
        )  # fmt: skip
        least, most = some.iloc[0], some.iloc[-1]
        told.append(
            f"{label}: {least['estimate']:.3g} at {100 * least['share']:.3g} %, "
            f"{most['estimate']:.3g} at {100 * most['share']:.3g} %"
        )
    if axis.get_lines():
        axis.legend(loc="lower left")
    axis.set_xlabel("taken out at random, %")
    axis.set_ylabel("rank correlation with the whole")
    axis.set_ylim(top=1.02)
    alt = f"Rank correlation with the whole network when part of it is taken out. {'; '.join(told) or 'No measure'}."
    return finish(chart, title="How far do positions stand when part is missing?", alt=alt)

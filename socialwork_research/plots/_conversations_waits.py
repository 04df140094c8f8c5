"""Figures of waiting for an answer: shares without one, mean hours, hazard ratios."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._conversations_curves import interval
from ._drawn import drawn

__all__ = ["hazards", "rmst", "support_received", "unanswered"]

_USENET = 0.40  # of potential thread starters in 99 groups got no response (Burke et al. 2007)
_TOLD = 12  # rows that the alternative text spells out
_FRAME_MM, _ROW_MM = 30.0, 6.5


@drawn
def unanswered(table: pd.DataFrame) -> Chart:
    """Draw the share of opening posts that nobody answers, beside what was found on Usenet.

    Parameters
    ----------
    table
        From ``conversations.unanswered``.

    Returns
    -------
    The chart: points with 95 % intervals (hollow where there is none); a wide pale bar where posts of unknown authors
    and posts not looked at could move the share; a dashed line at the 40 % of 99 Usenet groups.

    Raises
    ------
    SchemaError
        If a column is missing.

    References
    ----------
    Burke, Joyce, Kim, Anand & Kraut (2007), on introductions and requests in 99 Usenet groups.

    Examples
    --------
    >>> row = {"hours": 24, "estimate": 0.25, "low": 0.125, "high": 0.5, "least": 0.2, "most": 0.25, "n_posts": 40}
    >>> unanswered(pd.DataFrame([row], index=pd.Index(["24 h"], name="within"))).alt[-30:]
    'ps. 24 h: 0.25 (0.12 to 0.50).'
    """
    columns(table, ("estimate", "low", "high", "least", "most"), "unanswered")
    table = _numbers(table)
    chart, axes = canvas(height=_FRAME_MM + _ROW_MM * max(len(table), 2))
    axis = axes[0, 0]
    names = _names(table)
    places = np.arange(len(table))
    axis.hlines(places, table["least"], table["most"], color=GREY, alpha=0.35, linewidth=5)
    _dots(axis, table)
    axis.axvline(_USENET, color=GREY, linestyle="--", linewidth=1)
    axis.text(_USENET, -0.75, "99 Usenet groups", color=GREY, fontsize=7, ha="center", va="bottom")
    axis.set_xlim(0, 1)
    axis.set_xlabel("share of opening posts without an answer")
    axis.set_yticks(places, names)
    axis.set_ylim(len(table) - 0.4, -0.7)
    told = _listed(names, [interval(row) for _, row in table.iterrows()])
    alt = (
        "Points: share of opening posts that no other author answered, with 95 % intervals; pale bars: how far posts of "
        f"unknown authors could move it; dashed line: 0.40, found in 99 Usenet groups. {told}."
    )
    return finish(chart, title="Opening posts that nobody answers", alt=alt)


@drawn
def rmst(table: pd.DataFrame) -> Chart:
    """Draw how many hours opening posts go without an answer, up to a day and up to a week.

    Parameters
    ----------
    table
        From ``conversations.rmst``.

    Returns
    -------
    The chart: a panel for each horizon, with a point a group and its 95 % interval (hollow where there is none); where
    groups are held against one, a second row of panels with the differences and a line at none.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> row = {"hours": 24, "estimate": 5.25, "low": 4.5, "high": 6.0, "n_posts": 40, "n_authors": 31}
    >>> rmst(pd.DataFrame([row], index=pd.Index(["24 h"], name="within"))).alt[-32:]
    'rs. 24 h, all: 5.2 (4.5 to 6.0).'
    """
    columns(table, ("hours", "estimate", "low", "high"), "rmst")
    flat = _numbers(table).reset_index()
    by = [name for name in table.index.names if name not in ("within", "measure")]
    flat["name"] = flat[by[0]].astype(str) if by else "all"
    measure = flat["measure"] if "measure" in flat else pd.Series("mean", index=flat.index)
    flat["is_mean"] = (measure == "mean").to_numpy()
    horizons = list(dict.fromkeys(flat["within"]))
    kinds = [True, False] if (~flat["is_mean"]).any() else [True]
    n_rows = int(flat.groupby(["within", "is_mean"]).size().max()) if len(flat) else 1
    height = _FRAME_MM + len(kinds) * (12 + _ROW_MM * max(n_rows, 2))
    chart, axes = canvas(height=height, rows=len(kinds), columns=max(len(horizons), 1), width="double")
    for row, is_mean in enumerate(kinds):
        for column, horizon in enumerate(horizons):
            part = flat[(flat["within"] == horizon) & (flat["is_mean"] == is_mean)].reset_index(drop=True)
            axis = axes[row, column]
            _dots(axis, part)
            axis.set_yticks(range(len(part)), part["name"])
            axis.set_ylim(len(part) - 0.4, -0.6)
            if is_mean:
                axis.set_xlim(0, part["hours"].max() if len(part) else 1)
                axis.set_xlabel(f"mean hours without an answer, up to {horizon}")
            else:
                axis.axvline(0, color=GREY, linewidth=1)
                first = str(measure[~flat["is_mean"]].iloc[0])
                axis.set_xlabel(f"hours: {first} (95 %)")
    names = [f"{row['within']}, {row['name']}{'' if row['is_mean'] else ' (difference)'}" for _, row in flat.iterrows()]
    told = _listed(names, [interval(row, digits=1) for _, row in flat.iterrows()])
    alt = f"Points with 95 % intervals: mean hours that opening posts go without an answer, by horizon and group, in hours. {told}."
    return finish(chart, title="Hours without an answer", alt=alt)


@drawn
def hazards(table: pd.DataFrame) -> Chart:
    """Draw hazard ratios with their intervals on a log scale.

    Parameters
    ----------
    table
        From ``conversations.hazards``.

    Returns
    -------
    The chart: a point and a 95 % interval a covariate, a line at no difference; a row that is undefined says so.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> row = {
    ...     "estimate": 1.5,
    ...     "low": 1.2,
    ...     "high": 1.9,
    ...     "p_value": 0.001,
    ...     "n_posts": 90,
    ...     "n_events": 60,
    ...     "n_authors": 50,
    ... }
    >>> hazards(pd.DataFrame([row], index=pd.Index(["a question mark in it"], name="covariate"))).alt[-44:]
    ' a question mark in it: 1.50 (1.20 to 1.90).'
    """
    columns(table, ("estimate", "low", "high", "n_events"), "hazards")
    n = _numbers(table)[["n_posts", "n_events"]].max()
    many = "" if n.isna().any() else f" from {n['n_events']:.0f} events among {n['n_posts']:.0f} opening posts"
    lead = f"hazard ratios of an answer{many}, each given the others"
    return _forest(table, title="What goes with a sooner answer", label="hazard ratio: right of 1, sooner", lead=lead)


@drawn
def support_received(table: pd.DataFrame) -> Chart:
    """Draw by what the support that authors receive is multiplied, with intervals on a log scale.

    Parameters
    ----------
    table
        From ``conversations.support_received``.

    Returns
    -------
    The chart: a point and a 95 % interval a covariate, a line at no difference; a row that is undefined says so.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> row = {"estimate": 1.5, "low": 1.2, "high": 1.9, "p_value": 0.001, "n": 90, "n_posts": 60, "n_authors": 50}
    >>> support_received(pd.DataFrame([row], index=pd.Index(["repeated ties"], name="covariate"))).alt[-38:]
    's. repeated ties: 1.50 (1.20 to 1.90).'
    """
    columns(table, ("estimate", "low", "high", "n_posts"), "support_received")
    lead = "ratios of support received in a month, within authors, each given the others"
    return _forest(
        table, title="Support received after months of repeated ties", label="ratio: right of 1, more", lead=lead
    )


def _forest(table: pd.DataFrame, *, title: str, label: str, lead: str) -> Chart:
    """Draw ratios and their intervals on a log scale, a row each."""
    table = _numbers(table)
    names = [str(name).replace("_", " ") for name in table.index]
    chart, axes = canvas(height=_FRAME_MM + _ROW_MM * max(len(table), 2), width="double")
    axis = axes[0, 0]
    _dots(axis, table)
    axis.set_xscale("log")
    shown = table.loc[table["low"].notna(), ["low", "high"]].to_numpy().ravel()
    reach = max(2.2, float(np.exp(np.abs(np.log(shown)).max())) * 1.1) if len(shown) else 2.2
    axis.set_xlim(1 / reach, reach)
    ticks = [tick for tick in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if 1 / reach <= tick <= reach]
    axis.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axis.minorticks_off()
    axis.axvline(1, color=GREY, linewidth=1)
    for place in np.flatnonzero(table["estimate"].isna()):
        axis.text(1, place, " undefined", color=GREY, fontsize=7, va="center")
    axis.set_yticks(range(len(table)), names)
    axis.set_ylim(len(table) - 0.4, -0.6)
    axis.set_xlabel(f"{label} (log scale)")
    told = _listed(names, [interval(row) for _, row in table.iterrows()])
    return finish(chart, title=title, alt=f"Points with 95 % intervals on a log scale: {lead}. {told}.")


def _numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its numbers as floats, so that a suppressed one is missing like any other."""
    numbers = [name for name in table.columns if pd.api.types.is_numeric_dtype(table[name])]
    return table.astype(dict.fromkeys(numbers, "float64"))


def _names(table: pd.DataFrame) -> list[str]:
    return [", ".join(map(str, label)) if isinstance(label, tuple) else str(label) for label in table.index]


def _dots(axis: Axes, table: pd.DataFrame) -> None:
    """Draw a row's point and interval; hollow where there is none."""
    places = np.arange(len(table))
    sure = (table["low"].notna() & table["high"].notna()).to_numpy()
    style: dict[str, Any] = {"color": OKABE_ITO[0], "markersize": 4}
    axis.hlines(places[sure], table["low"][sure], table["high"][sure], color=OKABE_ITO[0], linewidth=1.3)
    axis.plot(table["estimate"][sure], places[sure], "o", **style)
    axis.plot(table["estimate"][~sure], places[~sure], "o", markerfacecolor="white", **style)


def _listed(names: list[str], told: list[str]) -> str:
    lines = [f"{name}: {text}" for name, text in zip(names, told, strict=True)]
    more = f"; and {len(lines) - _TOLD} more rows, in the table" if len(lines) > _TOLD else ""
    return ("; ".join(lines[:_TOLD]) or "The table has no rows") + more

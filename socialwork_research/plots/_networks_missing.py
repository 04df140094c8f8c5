"""The plot of how far each headline moves under assumptions on what is missing."""

from __future__ import annotations

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank
from ._networks_structure import NAMES

__all__ = ["missing"]

_LINE_MM, _PANEL_MM, _FRAME_MM, _ACROSS = 4.0, 17.0, 14.0, 3
_LETTERS = 24
_RANGE, _AS_IS = "range", "as_is"
_MEASURES = {
    **NAMES,
    "n_authors": "authors",
    "n_ties": "ties",
    "mean_degree": "mean degree",
    "unanswered_share": "share of openings unanswered",
}
_LINES = {
    "as_is": "as it is",
    "gone_apart": "deleted: a person each",
    "gone_together": "deleted: one a thread",
    "gone_drawn": "deleted: drawn from the thread",
    "absent_apart": "absent: a person each",
    "absent_drawn": "absent: drawn from the thread",
    "without_busiest": "without the busiest 1 %",
    "without_community": "without each community",
    "without_machines": "without machines",
    "within_7_days": "answers within 7 days",
    "within_30_days": "… within 30 days",
    "within_90_days": "… within 90 days",
    "within_365_days": "… within 365 days",
    "first_half": "first half of the period",
    "second_half": "second half of the period",
}


@drawn
def missing(missing: pd.DataFrame) -> Chart:
    """Draw each headline under each assumption on what is missing.

    Parameters
    ----------
    missing
        The table of ``networks.missing``.

    Returns
    -------
    The chart: a panel for each measure, on a scale of its own, with a line
    for each assumption: a point for the value and a band for its draws (of
    communities, from the smallest to the largest). The value as it is
    stands as an upright line. What is undefined is named so.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> lines = [("reciprocity", "as_is"), ("reciprocity", "gone_drawn"), ("reciprocity", "range")]
    >>> index = pd.MultiIndex.from_tuples(lines, names=["measure", "assumption"])
    >>> table = pd.DataFrame(
    ...     {"value": [0.4, 0.3, 0.4], "low": [None, 0.2, 0.2], "high": [None, 0.35, 0.4]}, index=index
    ... )
    >>> missing(table).alt
    'Headlines under 2 assumptions on what is missing: reciprocity 0.4 as it is, from 0.2 (deleted: ...) to 0.4 (as ...).'
    """
    table = missing.reset_index()
    columns(table, ["measure", "assumption", "value", "low", "high"], "missing")
    table = table.assign(blank=is_blank(missing).to_numpy())
    table = table.astype({"value": "float64", "low": "float64", "high": "float64"})
    rows = table[table["assumption"] != _RANGE]
    measures, lines = (list(dict.fromkeys(rows[name])) for name in ("measure", "assumption"))
    across = min(max(len(measures), 1), _ACROSS)
    down = -(-max(len(measures), 1) // across)
    height = _FRAME_MM + down * (_PANEL_MM + _LINE_MM * max(len(lines), 1))
    chart, axes = canvas(width="double", height=height, rows=down, columns=across)
    told = []
    for number, axis in enumerate(axes.flat):
        if number >= len(measures):
            axis.set_axis_off()
            continue
        own = rows[rows["measure"] == measures[number]].set_index("assumption").reindex(lines)
        name = _MEASURES.get(str(measures[number]), str(measures[number]).replace("_", " "))
        _panel(axis, own)
        axis.set_title(fill(name, _LETTERS, break_on_hyphens=False), fontsize="medium")
        axis.set_yticks(range(len(lines)), [_label(each) for each in lines] if number % across == 0 else [])
        told.append(_told(name, own))
    alt = f"Headlines under {len(lines)} assumptions on what is missing: {'; '.join(told) or 'there is no measure'}."
    title = "How far the headlines rest on what is missing (line: as it is; band: draws, or communities left out)"
    return finish(chart, title=title, alt=alt)


def _label(assumption: object) -> str:
    return _LINES.get(str(assumption), str(assumption).replace("_", " "))


def _panel(axis: Axes, rows: pd.DataFrame) -> None:
    """Draw one measure under all assumptions."""
    axis.set_ylim(len(rows) - 0.5, -0.5)
    axis.tick_params(axis="y", length=0)
    axis.spines["left"].set_visible(False)
    axis.locator_params(axis="x", nbins=4)
    value = rows["value"].to_numpy(dtype=float)
    places = np.arange(len(rows))
    axis.hlines(places, rows["low"], rows["high"], color=OKABE_ITO[0], linewidth=4, alpha=0.45)
    axis.plot(value, places, marker="o", markersize=4, color=OKABE_ITO[0], linestyle="none")
    if _AS_IS in rows.index and not np.isnan(rows.loc[_AS_IS, "value"]):
        axis.axvline(rows.loc[_AS_IS, "value"], color="black", linewidth=0.8, zorder=0)
    axis.margins(x=0.08)
    if np.isnan(value).all():
        axis.set_xticks([])
    left, right = axis.get_xlim()
    is_left = _AS_IS in rows.index and rows.loc[_AS_IS, "value"] > (left + right) / 2  # words keep clear of the line
    for place in np.flatnonzero(np.isnan(value)):
        word = "suppressed" if rows["blank"].iloc[place] else "undefined"
        axis.annotate(
            word, (0.02 if is_left else 0.98, float(place)), xycoords=("axes fraction", "data"),
            ha="left" if is_left else "right", va="center", color=GREY, fontsize="small",
        )  # fmt: skip


def _told(name: str, rows: pd.DataFrame) -> str:
    """Say where a measure stands, and between what it lies."""
    reached = rows[["value", "low", "high"]]
    if reached.isna().all(axis=None):
        word = "suppressed" if rows["blank"].any() else "undefined"
        return f"{name} {word}"
    least, most = reached.min(axis=1), reached.max(axis=1)
    as_is = rows["value"].get(_AS_IS, np.nan)
    begin = f"{name} {as_is:.3g} as it is" if not np.isnan(as_is) else name
    low, high = (f"{edge:.3g} ({_label(place)})" for edge, place in
                 ((least.min(), least.idxmin()), (most.max(), most.idxmax())))  # fmt: skip
    return f"{begin}, from {low} to {high}"

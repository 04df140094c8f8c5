"""The plot of a network held against chance."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank

__all__ = ["against_chance"]

_ROW_MM, _FRAME_MM = 16.0, 26.0
_NAMES = {
    "mutual_dyads": "mutual dyads",
    "in_degree_gini": "Gini of in-degrees",
    "weighted_reciprocity": "weighted reciprocity",
    "in_centralisation": "centralisation, in-degrees",
    "max_in_degree": "largest in-degree",
    "ties_per_edge_mean": "ties per edge",
    "repeated_edges": "edges of two ties or more",
    "largest_component_share": "share in the largest component",
    "returned_within_day": "returned within a day",
    "median_hours_to_return": "median hours to return",
    "edge_burstiness": "burstiness of edges",
}
_KEPT = {
    "parents drawn anew": "parents of replies drawn anew",
    "edges drawn anew": "all degrees kept",
    "times dealt anew": "times dealt anew",
}


@drawn
def against_chance(chance: pd.DataFrame) -> Chart:
    """Draw each measure beside what chance alone would give.

    Parameters
    ----------
    chance
        The table of ``networks.against_chance``.

    Returns
    -------
    The chart: for each measure, on a scale of its own, a band for the
    middle 95 % of the null, a bar for its mean and a point for the
    observed value. A measure that is undefined says so, and so does one
    that the null keeps as it is.

    Raises
    ------
    SchemaError
        If a column is missing, or the table has no rows.

    Examples
    --------
    >>> row = {"value": 0.5, "null_mean": 0.3, "low": 0.2, "high": 0.4, "p_value": 0.001, "n_draws": 999}
    >>> against_chance(pd.DataFrame([row], index=pd.Index(["reciprocity"], name="measure"))).alt
    'Observed values beside 999 networks drawn by chance. reciprocity: observed 0.5, chance 0.3 (0.2 to 0.4), p ...'
    """
    columns(chance, ["value", "null_mean", "low", "high", "p_value", "n_draws"], "chance")
    chart, axes = canvas(width="wide", height=_FRAME_MM + _ROW_MM * len(chance), rows=max(len(chance), 1))
    told, blank = [], is_blank(chance)
    for axis, (measure, row) in zip(axes[:, 0], chance.iterrows(), strict=False):
        name = _NAMES.get(str(measure), str(measure).replace("_", " "))
        axis.set_yticks([0], [name])
        axis.set_ylim(-1, 1)
        axis.spines["left"].set_visible(False)
        axis.tick_params(axis="y", length=0)
        word = _instead(row, is_blank=bool(blank[measure]))
        if word:
            axis.set_xticks([])
            axis.text(0.5, 0, word, transform=axis.get_yaxis_transform(), ha="center", va="center", color=GREY)
            told.append(f"{name}: {word}")
            continue
        axis.plot([row["low"], row["high"]], [0, 0], color=GREY, linewidth=7, alpha=0.5, solid_capstyle="butt")
        axis.plot([row["null_mean"]] * 2, [-0.45, 0.45], color="black", linewidth=1.2)
        axis.plot([row["value"]], [0], marker="o", markersize=6, color=OKABE_ITO[1], linestyle="none")
        axis.margins(x=0.08)
        p_value = _p_value(row)
        axis.annotate(p_value, (1, 1), xycoords="axes fraction", ha="right", va="top", fontsize="small")
        told.append(
            f"{name}: observed {row['value']:.3g}, chance {row['null_mean']:.3g} "
            f"({row['low']:.3g} to {row['high']:.3g}), {p_value}"
        )
    axes[-1, 0].set_xlabel("point: observed; bar: mean of the null; band: its middle 95 %")
    n_draws = int(chance["n_draws"].fillna(0).max()) if len(chance) else 0
    drawn_how = _how(chance)
    by = f" ({drawn_how})" if drawn_how else ""
    alt = (
        f"Observed values beside {n_draws:,} networks drawn by chance{by}. {'; '.join(told) or 'There is no measure'}."
    )
    return finish(chart, title="Beyond chance?" + (f" Null: {drawn_how}" if drawn_how else ""), alt=alt)


def _instead(row: pd.Series, *, is_blank: bool) -> str:
    """Return what stands in place of a drawing, or nothing."""
    if np.isnan(row["p_value"]):
        return "suppressed" if is_blank else "undefined"
    is_fixed = abs(row["high"] - row["low"]) <= 1e-12 and abs(row["value"] - row["null_mean"]) <= 1e-9
    return f"{row['value']:.4g}, the same in every draw" if is_fixed else ""


def _p_value(row: pd.Series) -> str:
    """Write the p-value; below the null's mean with the two-sided one, for the other is near one there."""
    told = f"p = {row['p_value']:.3g}"
    is_below = row["value"] < row["null_mean"] and not np.isnan(row.get("p_two_sided", np.nan))
    return f"{told}, two-sided {row['p_two_sided']:.3g}" if is_below else told


def _how(chance: pd.DataFrame) -> str:
    """Tell which null the table is of, where its methods say it."""
    methods = chance["method"].dropna().astype("str") if "method" in chance.columns else pd.Series(dtype="str")
    return next((told for sign, told in _KEPT.items() if methods.str.contains(sign, regex=False).any()), "")

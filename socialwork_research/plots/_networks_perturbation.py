"""The plot of how soon communities fall apart when ties are dealt anew."""

from __future__ import annotations

import pandas as pd

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank

__all__ = ["perturbation"]

_CURVES = (
    ("value", "low", "high", "observed network", OKABE_ITO[0], "o", "-"),
    ("null_mean", "null_low", "null_high", "networks of chance", GREY, "s", "--"),
)


@drawn
def perturbation(perturbation: pd.DataFrame) -> Chart:
    """Draw how far communities move with the share of ties that is dealt anew, beside networks of chance.

    Parameters
    ----------
    perturbation
        The table of ``networks.perturbation``.

    Returns
    -------
    The chart: a line through the means of the draws, with a band for their
    middle 95 %, for the observed network (points) and for the null networks
    (squares, dashed). Suppressed or undefined shares are left out.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> both = {"value": [0.0, 0.4], "low": [0.0, 0.3], "high": [0.0, 0.5]}
    >>> null = {"null_mean": [0.2, 0.6], "null_low": [0.1, 0.5], "null_high": [0.3, 0.7]}
    >>> perturbation(pd.DataFrame({**both, **null}, index=pd.Index([0.0, 0.5], name="share"))).alt
    'Distance between communities before and after a share of the ties is dealt anew, observed beside chance: ...'
    """
    needed = [name for curve in _CURVES for name in curve[:3]]
    columns(perturbation, needed, "perturbation")
    chart, axes = canvas(width="wide", height=80)
    axis = axes[0, 0]
    rows = perturbation.loc[~is_blank(perturbation), needed].astype("float64").dropna()
    at = 100 * rows.index.to_numpy(dtype=float)
    for mean, low, high, label, colour, marker, line in _CURVES:
        axis.fill_between(at, rows[low], rows[high], color=colour, alpha=0.25, linewidth=0)
        axis.plot(at, rows[mean], marker=marker, markersize=4, linewidth=1.2, color=colour, linestyle=line, label=label)
    axis.set_xlabel("pairs dealt anew (%)")
    axis.set_ylabel("distance of communities (VI / log n)")
    axis.set_ylim(-0.02, 1.02)
    if len(rows):
        axis.legend(loc="lower right")
    else:
        axis.set_xticks([])
        axis.text(0.5, 0.5, "undefined", transform=axis.transAxes, ha="center", va="center", color=GREY)
    told = "; ".join(
        f"{100 * place:g} %: {row['value']:.2g} ({row['low']:.2g} to {row['high']:.2g}), chance {row['null_mean']:.2g} "
        f"({row['null_low']:.2g} to {row['null_high']:.2g})"
        for place, row in zip(rows.index, rows.to_dict("records"), strict=True)
    )
    alt = (
        "Distance between communities before and after a share of the ties is dealt anew, observed beside chance: "
        f"{told or 'undefined'}."
    )
    return finish(
        chart, title="How soon communities fall apart when ties are dealt anew (bands: 95 % of draws)", alt=alt
    )

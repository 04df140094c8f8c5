"""How degrees are spread over authors, drawn."""

from __future__ import annotations

import pandas as pd
from matplotlib.ticker import LogLocator, NullLocator

from .._checks import columns
from ._canvas import OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn

__all__ = ["degrees"]


@drawn
def degrees(degrees: pd.DataFrame) -> Chart:
    """Draw which share of the authors has at least so many partners, on two logarithmic scales.

    Parameters
    ----------
    degrees
        The table of ``networks.degrees``.

    Returns
    -------
    The chart: filled points for those who turned to an author, hollow ones
    for those to whom an author turned. Degree 0 has no place on a
    logarithmic scale; the alternative text tells it.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> columns = {"n_authors_in": [1, 2], "n_authors_out": [2, 1], "share_in": [1.0, 0.667], "share_out": [1.0, 0.333]}
    >>> degrees(pd.DataFrame(columns, index=pd.Index([0, 1], name="degree"))).alt
    'Share of 3 authors with at least so many partners. 33.3 % were turned to by nobody (most: 1 author), 66.7 % ...'
    """
    columns(degrees, ["n_authors_in", "n_authors_out", "share_in", "share_out"], "degrees")
    chart, axes = canvas(width="single", height=70)
    axis = axes[0, 0]
    for name, colour, fill, label in (
        ("in", OKABE_ITO[0], OKABE_ITO[0], "in: who turned to them"),
        ("out", OKABE_ITO[1], "none", "out: to whom they turned"),
    ):
        some = degrees[(degrees.index > 0) & (degrees[f"n_authors_{name}"] > 0).fillna(False).astype(bool)]
        axis.plot(
            some.index, some[f"share_{name}"], marker="o", markersize=4, color=colour, markerfacecolor=fill,
            linewidth=0.6, label=label,
        )  # fmt: skip
    drawn = any(len(line.get_xdata()) for line in axis.get_lines())  # nothing is, where every row is suppressed
    for scale, ticks in ((axis.set_xscale, axis.xaxis), (axis.set_yscale, axis.yaxis)) if drawn else ():
        scale("log")
        ticks.set_major_locator(LogLocator(subs=(1, 2, 5)))
        ticks.set_major_formatter("{x:g}")
        ticks.set_minor_locator(NullLocator())
    axis.set_xlabel("distinct partners")
    axis.set_ylabel("share of authors with at least so many")
    axis.legend()
    return finish(chart, title="Degrees", alt=_degrees_alt(degrees))


def _degrees_alt(degrees: pd.DataFrame) -> str:
    counts = degrees[["n_authors_in", "n_authors_out"]]
    if counts.isna().any(axis=None):
        shown = counts.dropna().index
        reach = f"shown for degrees {shown.min()} to {shown.max()}" if len(shown) else "no row is left to be shown"
        return f"Share of authors with at least so many partners; rows on too few authors are suppressed, {reach}."
    n = int(counts["n_authors_in"].sum())
    none = [100 * degrees.loc[degrees.index == 0, f"n_authors_{way}"].sum() / max(n, 1) for way in ("in", "out")]
    most = [int(degrees.index[degrees[f"n_authors_{way}"] > 0].max()) if n else 0 for way in ("in", "out")]
    return (
        f"Share of {n:,} authors with at least so many partners. {none[0]:.1f} % were turned to by nobody (most: "
        f"{most[0]:,} author{'' if most[0] == 1 else 's'}), {none[1]:.1f} % turned to nobody (most: {most[1]:,})."
    )

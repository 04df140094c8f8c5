"""Plots of network tables: structure, degrees, and the comparison with chance. None shows a single author."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.ticker import LogLocator, NullLocator

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank

__all__ = ["against_chance", "degrees", "structure"]

_ROW_MM, _FRAME_MM = 16.0, 26.0
_LINE_MM = 6.5
_NAMES = {
    "reciprocity": "reciprocity",
    "mutual_dyads": "mutual dyads",
    "in_degree_gini": "Gini of in-degrees",
    "density": "density",
    "dyadic_reciprocity": "dyadic reciprocity",
    "rho": "rho",
    "transitivity": "transitivity",
    "largest_component_share": "share in the largest component",
    "in_centralisation": "centralisation, in-degrees",
    "out_centralisation": "centralisation, out-degrees",
    "degree_centralisation": "centralisation, degrees",
}
_SCALED = [name for name in _NAMES if name != "mutual_dyads"]


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
    observed value. A measure that is undefined says so.

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
        name = _NAMES.get(str(measure), str(measure))
        axis.set_yticks([0], [name])
        axis.set_ylim(-1, 1)
        axis.spines["left"].set_visible(False)
        axis.tick_params(axis="y", length=0)
        if np.isnan(row["p_value"]):
            axis.set_xticks([])
            word = "suppressed" if blank[measure] else "undefined"
            axis.text(0.5, 0, word, transform=axis.get_yaxis_transform(), ha="center", va="center", color=GREY)
            told.append(f"{name}: {word}")
            continue
        axis.plot([row["low"], row["high"]], [0, 0], color=GREY, linewidth=7, alpha=0.5, solid_capstyle="butt")
        axis.plot([row["null_mean"]] * 2, [-0.45, 0.45], color="black", linewidth=1.2)
        axis.plot([row["value"]], [0], marker="o", markersize=6, color=OKABE_ITO[1], linestyle="none")
        axis.margins(x=0.08)
        axis.annotate(
            f"p = {row['p_value']:.3g}", (1, 1), xycoords="axes fraction", ha="right", va="top", fontsize="small"
        )
        told.append(
            f"{name}: observed {row['value']:.3g}, chance {row['null_mean']:.3g} "
            f"({row['low']:.3g} to {row['high']:.3g}), p = {row['p_value']:.3g}"
        )
    axes[-1, 0].set_xlabel("point: observed; bar: mean of the null; band: its middle 95 %")
    n_draws = int(chance["n_draws"].fillna(0).max()) if len(chance) else 0
    alt = f"Observed values beside {n_draws:,} networks drawn by chance. {'; '.join(told) or 'There is no measure'}."
    return finish(chart, title="Beyond chance?", alt=alt)


@drawn
def structure(structure: pd.DataFrame) -> Chart:
    """Draw the measures of a network that share a scale, each with its value.

    Parameters
    ----------
    structure
        The table of ``networks.structure``.

    Returns
    -------
    The chart: a point for each measure that lies in 0–1 (``rho`` from −1),
    labelled with its value; undefined ones are named so. The counts stand
    in the title.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> table = pd.DataFrame({"value": [3.0, 2.0, 0.5]}, index=["n_authors", "n_edges", "reciprocity"])
    >>> structure(table).alt
    'Measures of a network of 3 authors and 2 edges: reciprocity 0.5.'
    """
    columns(structure, ["value"], "structure")
    value = structure["value"]
    shown = [str(name) for name in value.index if name in _SCALED]
    chart, axes = canvas(width="wide", height=_FRAME_MM + _LINE_MM * len(shown))
    axis, rows = axes[0, 0], np.arange(len(shown))
    blank = is_blank(structure)
    words = ["suppressed" if blank[name] else "undefined" for name in shown]
    drawn = value.reindex(shown).to_numpy(dtype=float)
    axis.hlines(rows, np.minimum(drawn, 0), np.maximum(drawn, 0), color=GREY, linewidth=0.8)
    axis.plot(drawn, rows, marker="o", markersize=5, color=OKABE_ITO[0], linestyle="none")
    for row, number in zip(rows, drawn, strict=True):
        label = words[row] if np.isnan(number) else f"{number:.3g}"
        axis.annotate(
            label, (0 if np.isnan(number) else max(number, 0), row), xytext=(6, 0), textcoords="offset points",
            va="center", fontsize="small",
        )  # fmt: skip
    axis.set_yticks(rows, [_NAMES[name] for name in shown])
    axis.invert_yaxis()
    axis.set_xlim(min(0.0, float(np.nanmin(drawn, initial=0.0))), 1.12)
    n_authors, n_edges = (_counted(value.get(name, 0)) for name in ("n_authors", "n_edges"))
    told = ", ".join(
        f"{_NAMES[name]} {word if np.isnan(number) else format(number, '.3g')}"
        for name, number, word in zip(shown, drawn, words, strict=True)
    )
    size = f"{n_authors} authors and {n_edges} edges"
    return finish(chart, title=f"A network of {size}", alt=f"Measures of a network of {size}: {told or 'none'}.")


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


def _counted(number: float) -> str:
    return "too few" if pd.isna(number) else f"{int(number):,}"


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

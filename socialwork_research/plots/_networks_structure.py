"""Plots of a network's structure: the measures that share a scale, and the census of triads."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank

__all__ = ["NAMES", "structure", "triads"]

_FRAME_MM, _LINE_MM = 26.0, 5.2
NAMES = {
    "density": "density",
    "reciprocity": "reciprocity",
    "dyadic_reciprocity": "dyadic reciprocity",
    "rho": "rho",
    "mutual_dyads": "mutual dyads",
    "weighted_reciprocity": "reciprocity of ties",
    "weighted_rho": "rho of ties",
    "transitivity": "transitivity",
    "mean_clustering": "mean clustering",
    "mean_clustering_defined": "mean clustering, two partners or more",
    "directed_clustering": "mean directed clustering",
    "weighted_clustering": "mean weighted clustering",
    "largest_component_share": "share in the largest component",
    "largest_strong_component_share": "share in the largest strong component",
    "innermost_core_share": "share in the innermost core",
    "in_degree_gini": "Gini of in-degrees",
    "out_degree_gini": "Gini of out-degrees",
    "degree_gini": "Gini of partners",
    "ties_gini": "Gini of ties",
    "carried_by_top_percent": "ties of the busiest 1 %",
    "in_centralisation": "centralisation, in-degrees",
    "out_centralisation": "centralisation, out-degrees",
    "degree_centralisation": "centralisation, degrees",
    "assortativity": "assortativity",
    "out_in_assortativity": "assortativity, out → in",
    "out_out_assortativity": "assortativity, out → out",
    "in_in_assortativity": "assortativity, in → in",
    "in_out_assortativity": "assortativity, in → out",
}
# What is drawn, in groups that answer one question each; its twins stay in the table.
_GROUPS = (
    ("density", "reciprocity", "dyadic_reciprocity", "rho", "weighted_reciprocity"),
    ("transitivity", "mean_clustering", "directed_clustering", "weighted_clustering"),
    ("largest_component_share", "largest_strong_component_share", "innermost_core_share"),
    ("in_degree_gini", "out_degree_gini", "ties_gini", "carried_by_top_percent"),
    ("in_centralisation", "out_centralisation", "degree_centralisation"),
    ("assortativity", "out_in_assortativity"),
)


@drawn
def structure(structure: pd.DataFrame) -> Chart:
    """Draw the measures of a network that share a scale, each with its value.

    Parameters
    ----------
    structure
        The table of ``networks.structure``.

    Returns
    -------
    The chart: a point for each measure that lies in 0–1 (``rho`` and
    assortativity from −1), labelled with its value, in groups that belong
    together; its interval, where the table has one; undefined ones are
    named so. The counts stand in the title. Measures that say nearly the
    same as another are left to the table.

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
    groups = [[name for name in group if name in value.index] for group in _GROUPS]
    shown = [name for group in groups for name in group]
    rows = np.array([place + gap for gap, place in _places(groups)])
    chart, axes = canvas(width="wide", height=_FRAME_MM + _LINE_MM * (rows.max(initial=0) + 1))
    axis = axes[0, 0]
    blank = is_blank(structure)
    words = ["suppressed" if blank[name] else "undefined" for name in shown]
    points = value.reindex(shown).to_numpy(dtype=float)
    axis.hlines(rows, np.minimum(points, 0), np.maximum(points, 0), color=GREY, linewidth=0.8)
    axis.plot(points, rows, marker="o", markersize=4.5, color=OKABE_ITO[0], linestyle="none")
    bounds = structure.reindex(index=shown, columns=["low", "high"]).to_numpy(dtype=float)
    for row, (low, high) in zip(rows, bounds, strict=True):
        if not np.isnan(low):
            axis.plot([low, high], [row, row], color=OKABE_ITO[0], linewidth=2.6, alpha=0.45, solid_capstyle="butt")
    for row, number, word, (_, high) in zip(rows, points, words, bounds, strict=True):
        label = word if np.isnan(number) else f"{number:.3g}"
        reach = 0 if np.isnan(number) else max(np.nanmax([number, high]), 0)
        axis.annotate(label, (reach, row), xytext=(6, 0), textcoords="offset points", va="center", fontsize="small")
    axis.set_yticks(rows, [NAMES[name] for name in shown])
    axis.invert_yaxis()
    if (points < 0).any():
        axis.axvline(0, color="black", linewidth=0.8)
    least = float(np.nanmin(np.concatenate([points, bounds[:, 0], [0.0]])))
    axis.set_xlim(1.05 * least, 1.12)
    n_authors, n_edges = (_counted(value.get(name, 0)) for name in ("n_authors", "n_edges"))
    told = ", ".join(
        f"{NAMES[name]} {word if np.isnan(number) else format(number, '.3g')}"
        for name, number, word in zip(shown, points, words, strict=True)
    )
    size = f"{n_authors} authors and {n_edges} edges"
    return finish(chart, title=f"A network of {size}", alt=f"Measures of a network of {size}: {told or 'none'}.")


def _places(groups: list[list[str]]) -> list[tuple[float, int]]:
    """Give each row the gap before it and its place: half a line is left between groups."""
    filled = [group for group in groups if group]
    numbers = [(number, name) for number, group in enumerate(filled) for name in group]
    return [(0.5 * number, place) for place, (number, _) in enumerate(numbers)]


def _counted(number: float) -> str:
    return "too few" if pd.isna(number) else f"{int(number):,}"


_EDGES = {
    # Corners: 0 left, 1 right, 2 above; each type as networkx and Holland & Leinhardt name it.
    "021D": ((2, 0), (2, 1)),
    "021U": ((0, 2), (1, 2)),
    "021C": ((0, 2), (2, 1)),
    "111D": ((0, 2), (2, 0), (1, 2)),
    "111U": ((0, 2), (2, 0), (2, 1)),
    "030T": ((0, 2), (2, 1), (0, 1)),
    "030C": ((0, 2), (2, 1), (1, 0)),
    "201": ((0, 2), (2, 0), (1, 2), (2, 1)),
    "120D": ((2, 0), (2, 1), (0, 1), (1, 0)),
    "120U": ((0, 2), (1, 2), (0, 1), (1, 0)),
    "120C": ((0, 2), (2, 1), (0, 1), (1, 0)),
    "210": ((0, 2), (2, 0), (2, 1), (0, 1), (1, 0)),
    "300": ((0, 2), (2, 0), (1, 2), (2, 1), (0, 1), (1, 0)),
}
_CORNERS = np.array([[-0.32, -0.25], [0.32, -0.25], [0.0, 0.3]])


@drawn
def triads(triads: pd.DataFrame) -> Chart:
    """Draw how the triples of authors who are all joined are spread over the 13 ways of being so.

    Parameters
    ----------
    triads
        The table of ``networks.triads``.

    Returns
    -------
    The chart: a bar for each type with its share of the joined triples and
    its number, over a drawing of the type. The three types in which
    somebody is apart are nearly all triples; the title leaves them out.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> table = pd.DataFrame({"n": [3, 1], "share_joined": [0.75, 0.25]}, index=["021U", "030T"])
    >>> triads(table).alt
    'Triples of authors who are all joined, 4 in number, by type: 021U 75.0 % (3), 030T 25.0 % (1).'
    """
    columns(triads, ["n", "share_joined"], "triads")
    shown = [name for name in _EDGES if name in triads.index]
    chart, axes = canvas(width="double", height=88, rows=2)
    bars, pictures = axes[:, 0]
    axes[0, 0].get_gridspec().set_height_ratios([3, 1])
    share = triads["share_joined"].reindex(shown).to_numpy(dtype=float)
    number = triads["n"].reindex(shown)
    blank = is_blank(triads)
    places = np.arange(len(shown))
    bars.bar(places, np.nan_to_num(share), width=0.62, color=OKABE_ITO[0])
    told = []
    for place, name in enumerate(shown):
        gone = pd.isna(number[name])
        count = ("suppressed" if blank[name] else "undefined") if gone else f"{int(number[name]):,}"
        told.append(f"{name} {count}" if np.isnan(share[place]) else f"{name} {100 * share[place]:.1f} % ({count})")
        top = 0.0 if np.isnan(share[place]) else share[place]
        bars.annotate(
            count, (place, top), xytext=(0, 2), textcoords="offset points", ha="center", va="bottom", fontsize="small"
        )
        _picture(pictures, place, _EDGES[name])
    bars.set_xticks(places, shown)
    bars.set_ylabel("share of the joined triples")
    bars.set_xlim(-0.6, max(len(shown) - 0.4, 0.4))
    bars.margins(y=0.12)
    pictures.set_xlim(bars.get_xlim())
    pictures.set_ylim(-0.5, 0.55)
    pictures.axis("off")
    total = "an unknown number" if number.isna().any() else f"{int(number.sum()):,} in number"
    return finish(
        chart,
        title="Triples of authors who are all joined",
        alt=f"Triples of authors who are all joined, {total}, by type: {', '.join(told) or 'none'}.",
    )


def _picture(axis: Axes, place: int, edges: tuple[tuple[int, int], ...]) -> None:
    """Draw one type: three authors and who turns to whom."""
    corners = _CORNERS + np.array([place, 0.0])
    for start, end in edges:
        axis.annotate(
            "", corners[end], corners[start], annotation_clip=False,
            arrowprops={"arrowstyle": "-|>", "color": "black", "lw": 0.7, "mutation_scale": 6, "shrinkA": 3, "shrinkB": 3},
        )  # fmt: skip
    axis.plot(*corners.T, marker="o", markersize=3.5, color=OKABE_ITO[1], linestyle="none", clip_on=False)

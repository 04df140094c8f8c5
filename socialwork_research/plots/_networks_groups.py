"""Plots of who belongs together and who carries the network: communities, resolutions, core, shares, removal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from .._checks import columns
from ._canvas import GREY, HATCH, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn

__all__ = ["attack", "carried", "communities", "core_periphery", "resolutions"]

_SHOWN, _SMALLEST = 20, 10
_LINE_MM, _FRAME_MM = 6.0, 26.0
_PATTERNS = {"degree": "busiest first", "random": "anybody"}


@drawn
def communities(communities: pd.DataFrame) -> Chart:
    """Draw how large the communities are, and how surely their authors belong to them.

    Parameters
    ----------
    communities
        The table of ``networks.communities``.

    Returns
    -------
    The chart: a bar for each community's number of authors, beside it a
    point for the mean entropy of their places (0 always the same, 1 a
    coin). Communities of fewer than 10 authors, and those after the
    twentieth, are one hatched bar; no author is shown.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> table = pd.DataFrame({"community": [1] * 12 + [2] * 2, "entropy": [0.25] * 14})
    >>> communities(table).alt
    '14 authors in 2 communities. Community 1: 12 authors, entropy 0.25; 1 further with 2 authors, entropy 0.25.'
    """
    columns(communities, ["community", "entropy"], "communities")
    known = communities[communities["community"].notna()]
    grouped = known.groupby(known["community"].astype("int64"))["entropy"].agg(["size", "mean"])
    shown = grouped[grouped["size"] >= _SMALLEST].head(_SHOWN)
    rest = grouped.drop(shown.index)
    labels = [f"{number}" for number in shown.index]
    sizes, entropies = shown["size"].tolist(), shown["mean"].tolist()
    told = [
        f"Community {name}: {size:,} authors, entropy {mean:.2f}"
        for name, size, mean in zip(labels[:3], sizes, entropies, strict=False)
    ]
    if len(labels) > 3:
        told.append(f"down to {sizes[-1]:,} authors in community {labels[-1]}")
    if len(rest):
        n_rest = int(rest["size"].sum())
        mean = float((rest["mean"] * rest["size"]).sum() / n_rest)
        labels, sizes, entropies = [*labels, f"{len(rest):,} further"], [*sizes, n_rest], [*entropies, mean]
        told.append(f"{len(rest):,} further with {n_rest:,} authors, entropy {mean:.2f}")
    chart, axes = canvas(width="wide", height=_FRAME_MM + _LINE_MM * max(len(labels), 2), columns=2)
    rows = np.arange(len(labels))
    bars = axes[0, 0].barh(rows, sizes, color=OKABE_ITO[0], height=0.7)
    if len(rest):
        bars[-1].set(facecolor="white", edgecolor=GREY, hatch=HATCH)
    axes[0, 1].plot(entropies, rows, marker="o", markersize=5, color=OKABE_ITO[1], linestyle="none")
    axes[0, 1].set_xlim(-0.03, 1.03)
    for axis in axes[0]:
        axis.set_yticks(rows, labels)
        axis.set_ylim(len(labels) - 0.4, -0.6)
    axes[0, 0].set_ylabel("community")
    axes[0, 0].set_xlabel("authors")
    axes[0, 1].set_xlabel("mean entropy (0: runs agree)")
    n, k = len(known), len(grouped)
    alt = f"{n:,} authors in {k:,} communities. {'; '.join(told) or 'No author has a tie to another'}."
    return finish(chart, title=f"{k:,} communities of {n:,} authors", alt=alt)


@drawn
def resolutions(resolutions: pd.DataFrame) -> Chart:
    """Draw the number of communities, modularity and agreement over the resolutions.

    Parameters
    ----------
    resolutions
        The table of ``networks.resolutions``.

    Returns
    -------
    The chart, three panels over one scale of resolutions: the number of
    communities; modularity; the agreement between runs (filled) and with
    the next resolution (hollow, drawn between the two).

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> columns = {"n_communities": [2, 3], "modularity": [0.4, 0.42], "ami_runs": [1.0, 0.9], "ami_next": [0.8, None]}
    >>> resolutions(pd.DataFrame(columns, index=pd.Index([0.5, 1.0], name="resolution"))).alt
    'Communities at 2 resolutions. 0.5: 2 communities, modularity 0.4, agreement of runs 1; 1: 3 communities, ...'
    """
    columns(resolutions, ["n_communities", "modularity", "ami_runs", "ami_next"], "resolutions")
    chart, axes = canvas(width="wide", height=110, rows=3)
    at = resolutions.index.to_numpy(dtype=float)
    for axis, name, label in zip(
        axes[:, 0], ["n_communities", "modularity", "ami_runs"], ["communities", "modularity", "agreement (AMI)"],
        strict=True,
    ):  # fmt: skip
        axis.plot(at, resolutions[name].to_numpy(dtype=float), marker="o", markersize=5, color=OKABE_ITO[0],
                  linewidth=0.8, label="between runs")  # fmt: skip
        axis.set_ylabel(label)
    halfway = np.append((at[1:] + at[:-1]) / 2, np.nan)[: len(at)]
    axes[2, 0].plot(
        halfway, resolutions["ami_next"].to_numpy(dtype=float), marker="o", markersize=5, color=OKABE_ITO[1],
        markerfacecolor="none", linestyle="none", label="with the next resolution",
    )  # fmt: skip
    axes[2, 0].set_ylim(-0.05, 1.05)
    axes[2, 0].legend(loc="lower right")
    axes[0, 0].set_ylim(0, 1.1 * max(float(resolutions["n_communities"].max()), 1.0) if len(at) else 1)
    axes[2, 0].set_xlabel("resolution (1: modularity)")
    told = "; ".join(
        f"{place:g}: {int(row['n_communities']):,} communities, modularity {row['modularity']:.3g}, agreement of runs "
        f"{row['ami_runs']:.3g}"
        for place, row in resolutions.iterrows()
    )
    alt = f"Communities at {len(at)} resolutions. {told or 'There is none'}."
    return finish(chart, title="Communities at several resolutions", alt=alt)


@drawn
def core_periphery(core: pd.DataFrame) -> Chart:
    """Draw core and periphery as blocks, the darker the denser, and the fit beside what chance would give.

    Parameters
    ----------
    core
        The table of ``networks.core_periphery``.

    Returns
    -------
    The chart. On the left a square of all pairs of authors, the core first,
    each block labelled with its density and its share of the joined pairs.
    On the right the fit: a band for the middle 95 % of the null, a bar for
    its mean, a point for the observed value.

    Raises
    ------
    SchemaError
        If a column or row is missing.

    Examples
    --------
    >>> value = {"fit": 0.4, "core_size": 5, "core_share": 0.1, "share_within_core": 0.2, "share_between": 0.5}
    >>> value |= {"share_within_periphery": 0.3, "density_core": 0.8, "density_between": 0.2, "density_periphery": 0.01}
    >>> table = pd.DataFrame({"value": value}).assign(null_mean=0.3, null_low=0.2, null_high=0.35, p_value=0.01)
    >>> core_periphery(table).alt
    'Core of 5 authors (10 %): density 0.8 within the core, 0.2 between, 0.01 in the periphery. Fit 0.4, chance 0.3 ...'
    """
    columns(core, ["value", "null_mean", "null_low", "null_high", "p_value"], "core")
    names = ["core_size", "core_share", "density_core", "density_between", "density_periphery"]
    columns(core.T, ["fit", *names, "share_within_core", "share_between", "share_within_periphery"], "core")
    chart, axes = canvas(width="wide", height=80, columns=2)
    value, fit = core["value"].astype(float), core.loc["fit"]
    if np.isnan(value["fit"]):
        for axis in axes[0]:
            axis.set_axis_off()
        axes[0, 0].text(0.5, 0.5, "undefined", ha="center", va="center", color=GREY)
        return finish(chart, title="Core and periphery", alt="Core and periphery are undefined in this network.")
    _blocks(axes[0, 0], value)
    axis = axes[0, 1]
    if not np.isnan(fit["null_mean"]):
        axis.plot(
            [fit["null_low"], fit["null_high"]], [0, 0], color=GREY, linewidth=7, alpha=0.5, solid_capstyle="butt"
        )
        axis.plot([fit["null_mean"]] * 2, [-0.2, 0.2], color="black", linewidth=1.2)
        axis.annotate(
            f"p = {fit['p_value']:.3g}", (1, 1), xycoords="axes fraction", ha="right", va="top", fontsize="small"
        )
    axis.plot([fit["value"]], [0], marker="o", markersize=6, color=OKABE_ITO[1], linestyle="none")
    axis.set_ylim(-1, 1)
    axis.set_yticks([0], ["fit"])
    axis.spines["left"].set_visible(False)
    axis.margins(x=0.15)
    axis.set_xlabel("point: observed; bar and band: chance")
    density = [value[name] for name in names[2:]]
    alt = (
        f"Core of {int(value['core_size']):,} authors ({100 * value['core_share']:.2g} %): density {density[0]:.2g} within "
        f"the core, {density[1]:.2g} between, {density[2]:.2g} in the periphery. Fit {fit['value']:.3g}, chance "
        f"{fit['null_mean']:.3g} ({fit['null_low']:.3g} to {fit['null_high']:.3g}), p = {fit['p_value']:.3g}."
    )
    return finish(chart, title="Core and periphery", alt=alt)


def _blocks(axis: Any, value: pd.Series) -> None:
    """Draw the three kinds of block; a core too narrow to be seen is drawn wider, and the labels tell its size."""
    edge = min(max(float(value["core_share"]), 0.38), 0.62)
    densest = max(value[f"density_{name}"] for name in ("core", "between", "periphery") if value[f"density_{name}"] > 0)
    blocks = [
        (0, 0, edge, edge, "core", "within_core"),
        (edge, 0, 1 - edge, edge, "between", "between"),
        (0, edge, edge, 1 - edge, "between", ""),
        (edge, edge, 1 - edge, 1 - edge, "periphery", "within_periphery"),
    ]
    for left, top, width, height, density, part in blocks:
        depth = float(np.nan_to_num(value[f"density_{density}"])) / densest
        axis.add_patch(Rectangle((left, top), width, height, facecolor=OKABE_ITO[0], alpha=0.08 + 0.72 * depth,
                                 edgecolor="none"))  # fmt: skip
        if part:
            words = f"{value[f'density_{density}']:.2g}\n{100 * value[f'share_{part}']:.0f} %"
            axis.text(left + width / 2, top + height / 2, words, ha="center", va="center", fontsize="small",
                      color="white" if depth > 0.85 else "black")  # fmt: skip
    axis.set_xlim(0, 1)
    axis.set_ylim(1, 0)
    axis.set_aspect("equal")
    axis.spines[:].set_visible(False)
    axis.set_yticks([edge / 2, (1 + edge) / 2], [f"core\n({int(value['core_size']):,})", "periphery"])
    axis.set_xticks([])
    axis.tick_params(length=0)
    axis.set_xlabel("density, share of joined pairs; not to scale")


@drawn
def carried(carried: pd.DataFrame) -> Chart:
    """Draw which share of the ties the busiest authors give and receive.

    Parameters
    ----------
    carried
        The table of ``networks.carried``.

    Returns
    -------
    The chart: for each way and share of authors a hollow point for the
    observed share of ties, a filled one with its interval for the corrected
    estimate, and a grey band for what would be if ties fell on all alike.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> row = {"way": "given", "top": 0.01, "value": 0.2, "estimate": 0.18, "low": 0.1, "high": 0.25, "null_low": 0.02}
    >>> carried(pd.DataFrame([{**row, "null_high": 0.04}])).alt
    'Share of ties carried by the busiest authors. given, top 1 %: 0.2 observed, 0.18 corrected (0.1 to 0.25).'
    """
    columns(carried, ["way", "top", "value", "estimate", "low", "high", "null_low", "null_high"], "carried")
    chart, axes = canvas(width="wide", height=_FRAME_MM + 9 * max(len(carried), 2))
    axis, rows = axes[0, 0], np.arange(len(carried))
    axis.hlines(rows, carried["null_low"], carried["null_high"], color=GREY, linewidth=7, alpha=0.5)
    axis.hlines(rows, carried["low"], carried["high"], color=OKABE_ITO[0], linewidth=1.4)
    axis.plot(
        carried["estimate"], rows, marker="o", markersize=5, color=OKABE_ITO[0], linestyle="none", label="corrected"
    )
    axis.plot(carried["value"], rows, marker="o", markersize=5, color=OKABE_ITO[1], markerfacecolor="none",
              linestyle="none", label="observed")  # fmt: skip
    labels = [f"{way}, top {100 * top:g} %" for way, top in zip(carried["way"], carried["top"], strict=True)]
    axis.set_yticks(rows, labels)
    axis.set_ylim(len(carried) - 0.4, -0.6)
    axis.set_xlim(0, None)
    axis.set_xlabel("share of all ties (grey: if ties fell on all authors alike)")
    axis.legend()
    told = "; ".join(
        f"{label}: {row['value']:.2g} observed, {row['estimate']:.2g} corrected ({row['low']:.2g} to {row['high']:.2g})"
        for label, (_, row) in zip(labels, carried.iterrows(), strict=True)
    )
    alt = f"Share of ties carried by the busiest authors. {told or 'There are no rows'}."
    return finish(chart, title="Who carries the network?", alt=alt)


@drawn
def attack(attack: pd.DataFrame) -> Chart:
    """Draw what stays joined as authors are removed.

    Parameters
    ----------
    attack
        The table of ``networks.attack``.

    Returns
    -------
    The chart: a line for each way of removing authors, with a band for the
    middle 95 % of the draws.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> row = {"way": "random", "removed": 0.5, "estimate": 0.4, "low": 0.3, "high": 0.5, "area": 0.3}
    >>> attack(pd.DataFrame([row])).alt
    'Share of authors in the largest component as authors are removed. anybody: area 0.3, 0.4 at 50 % removed.'
    """
    columns(attack, ["way", "removed", "estimate", "low", "high", "area"], "attack")
    chart, axes = canvas(width="single", height=75)
    axis, told = axes[0, 0], []
    for place, (way, rows) in enumerate(attack.groupby("way", sort=True)):
        name = _PATTERNS.get(str(way), str(way))
        colour = OKABE_ITO[(1, 0, 2)[place % 3]]
        axis.fill_between(rows["removed"], rows["low"], rows["high"], color=colour, alpha=0.2, linewidth=0)
        axis.plot(rows["removed"], rows["estimate"], color=colour, marker="os^"[place % 3], markersize=3.5,
                  linewidth=1, label=name)  # fmt: skip
        half = rows.iloc[int((rows["removed"] - 0.2).abs().to_numpy().argmin())]
        told.append(f"{name}: area {half['area']:.2g}, {half['estimate']:.2g} at {100 * half['removed']:g} % removed")
    axis.set_xlim(0, 1)
    axis.set_ylim(0, 1.02)
    axis.set_xlabel("share of authors removed")
    axis.set_ylabel("share of all in the largest component")
    if told:
        axis.legend()
    alt = f"Share of authors in the largest component as authors are removed. {'; '.join(told) or 'There are no rows'}."
    return finish(chart, title="What stays joined", alt=alt)

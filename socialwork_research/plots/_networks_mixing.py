"""Plots of ties between groups: who turns to whom, homophily, brokerage. None shows a single author."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import TwoSlopeNorm

from .._checks import columns
from ._canvas import GREY, HATCH, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank

__all__ = ["beside_chance", "brokerage", "homophily", "mixing"]

_CELL_MM, _FRAME_MM, _ROW_MM = 13.0, 42.0, 7.0
_REACH = 2.0  # log2: colours end at a quarter and at four times what is expected
_MEASURES = {
    "assortativity": "Newman's r, edges",
    "weighted_assortativity": "Newman's r, ties",
    "ei_index": "E–I index, edges",
    "weighted_ei_index": "E–I index, ties",
}
_ENTROPY = "thread_entropy"
_ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


@drawn
def mixing(mixing: pd.DataFrame) -> Chart:
    """Draw the matrix of observed over expected ties between groups.

    Parameters
    ----------
    mixing
        The table of ``networks.mixing``.

    Returns
    -------
    The chart: one square for each pair, sources in rows and targets in
    columns, with its ratio and number of ties; orange where there are
    more than expected, blue where fewer. Pairs outside the null's middle
    95 % have a thick frame and an arrow; hatched ones are suppressed or
    undefined.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["leader", "student"]] * 2, names=["source_group", "target_group"])
    >>> cells = {"n_ties": [9, 4, 5, 2], "ratio": [1.8, 0.8, 1, 0.5], "low": [2, 3, 3, 3], "high": [8, 7, 7, 6]}
    >>> mixing(pd.DataFrame(cells, index=index)).alt
    'Ties from 2 groups to 2 groups over those expected. More than chance: leader to leader 1.8. Fewer ...'
    """
    columns(mixing, ["n_ties", "ratio", "low", "high"], "mixing")
    sources, targets = (list(dict.fromkeys(mixing.index.get_level_values(level))) for level in (0, 1))
    chart, axes = canvas(
        width="wide" if len(targets) <= 6 else "double", height=_FRAME_MM + _CELL_MM * max(len(sources), 1)
    )
    axis, norm = axes[0, 0], TwoSlopeNorm(0, -_REACH, _REACH)
    colours = _two_sided()
    beyond: dict[str, list[str]] = {"more": [], "fewer": []}
    for row, source in enumerate(sources):
        for column, target in enumerate(targets):
            cell = mixing.loc[(source, target)]
            side = _side(cell)
            _square(axis, (column, row), cell, colour=colours(norm(_log(cell["ratio"]))), side=side)
            if side:
                beyond[side].append(f"{_plain(source)} to {_plain(target)} {cell['ratio']:.2g}")
    axis.set_xlim(-0.5, len(targets) - 0.5)
    axis.set_ylim(len(sources) - 0.5, -0.5)
    axis.set_xticks(range(len(targets)), [_wrapped(name) for name in targets])
    axis.set_yticks(range(len(sources)), [_wrapped(name) for name in sources])
    axis.tick_params(length=0)
    axis.spines[:].set_visible(False)
    axis.set_xlabel("to … (number: ties observed / expected, and ties; ▲ more, ▼ fewer than 95 % of the null)")
    axis.set_ylabel("from …")
    hidden = int(mixing["ratio"].isna().sum())
    told = [
        f"{word} than chance: {', '.join(beyond[side]) or 'none'}"
        for side, word in (("more", "More"), ("fewer", "Fewer"))
    ]
    alt = f"Ties from {len(sources)} groups to {len(targets)} groups over those expected. {'. '.join(told)}."
    alt += f" {hidden} pairs are hatched: suppressed or undefined." if hidden else ""
    return finish(chart, title="Who turns to whom: ties over those expected", alt=alt)


@drawn
def homophily(homophily: pd.DataFrame) -> Chart:
    """Draw the measures of homophily, each beside what chance would give.

    Parameters
    ----------
    homophily
        The table of ``networks.homophily``.

    Returns
    -------
    The chart: Newman's r and the E–I index on one scale, the entropy of
    threads on another; a band for the middle 95 % of the null, a bar for
    its mean, a point for the observed value, hollow within the band and
    filled outside.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> row = {"value": 0.3, "null_mean": 0.0, "low": -0.1, "high": 0.1, "p_two_sided": 0.01}
    >>> homophily(pd.DataFrame([row], index=pd.Index(["assortativity"], name="measure"))).alt
    "Homophily beside chance. Newman's r, edges: 0.3, chance 0 (-0.1 to 0.1), p = 0.01."
    """
    columns(homophily, ["value", "null_mean", "low", "high", "p_two_sided"], "homophily")
    rows = homophily[homophily.index.isin(_MEASURES)]
    threads = homophily[homophily.index == _ENTROPY]
    parts = [(each, label) for each, label in ((rows, "index, −1 to 1"), (threads, "bits a thread")) if len(each)]
    height = _FRAME_MM + _ROW_MM * max(len(homophily), 1) + 12 * len(parts)
    chart, axes = canvas(width="wide", height=height, rows=max(len(parts), 1))
    told = []
    for axis, (part, label) in zip(axes[:, 0], parts, strict=False):
        names = [_MEASURES.get(str(name), "entropy of groups in a thread") for name in part.index]
        told += beside_chance(axis, part, names=names)
        reach, centre = max(len(each) for each, _ in parts) / 2, len(part) / 2 - 0.5
        axis.set_ylim(centre + reach, centre - reach)  # rows of equal height in panels of unequal length
        axis.set_xlabel(label)
    return finish(
        chart, title="Like to like?", alt=f"Homophily beside chance. {'; '.join(told) or 'There is no measure'}."
    )


@drawn
def brokerage(brokerage: pd.DataFrame) -> Chart:
    """Draw for each group how often it stands between others in each role, over what is expected.

    Parameters
    ----------
    brokerage
        The table of ``networks.brokerage``.

    Returns
    -------
    The chart: one panel a role; for each group a band for the middle 95 %
    of the null over its mean, a line at one, and a point for the observed
    paths over those expected, hollow within the band and filled outside.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> index = pd.MultiIndex.from_tuples([("leader", "liaison")], names=["group", "brokerage"])
    >>> row = {"n_paths": 9, "null_mean": 4.0, "ratio": 2.25, "low": 1.0, "high": 7.0, "p_two_sided": 0.01}
    >>> brokerage(pd.DataFrame([row], index=index)).alt
    'Open paths brokered by each group over those expected. Outside the band: leader as liaison 2.25.'
    """
    columns(brokerage, ["n_paths", "null_mean", "ratio", "low", "high", "p_two_sided"], "brokerage")
    groups = [name for name in dict.fromkeys(brokerage.index.get_level_values(0)) if name != "All"]
    roles = [name for name in _ROLES if name in brokerage.index.get_level_values(1)]
    chart, axes = canvas(width="double", height=_FRAME_MM + _ROW_MM * max(len(groups), 1), columns=max(len(roles), 1))
    told = []
    for axis, role in zip(axes[0], roles, strict=False):
        table = brokerage.xs(role, level=1).reindex(groups)
        mean = table["null_mean"].where(table["null_mean"] > 0)
        scaled = table.assign(value=table["ratio"], null_mean=1.0, low=table["low"] / mean, high=table["high"] / mean)
        scaled["null_mean"] = scaled["null_mean"].where(scaled["value"].notna())
        beside_chance(axis, scaled, names=[_plain(name) for name in groups] if role == roles[0] else [""] * len(groups))
        axis.axvline(1, color=GREY, linewidth=0.6, zorder=0)
        axis.set_xlabel(role)
        out = scaled[(scaled["value"] < scaled["low"]) | (scaled["value"] > scaled["high"])]
        told += [f"{_plain(group)} as {role} {row['value']:.3g}" for group, row in out.iterrows()]
    alt = f"Open paths brokered by each group over those expected. Outside the band: {', '.join(told) or 'none'}."
    return finish(chart, title="Who stands between others: paths over those expected, by role", alt=alt)


def beside_chance(axis: Axes, table: pd.DataFrame, *, names: list[str]) -> list[str]:
    """Draw a row for each measure with its band, mean and point; return a phrase on each."""
    blank, told = is_blank(table), []
    for place, ((_, row), hidden) in enumerate(zip(table.iterrows(), blank, strict=True)):
        name = names[place]
        if np.isnan(row["value"]):
            word = "suppressed" if hidden else "undefined"
            axis.text(
                0.02, place, word, transform=axis.get_yaxis_transform(), va="center", color=GREY, fontsize="small"
            )
            told.append(f"{name}: {word}")
            continue
        has_null = not np.isnan(row["low"])
        is_out = has_null and not row["low"] <= row["value"] <= row["high"]
        if has_null:
            axis.plot([row["low"], row["high"]], [place] * 2, color=GREY, linewidth=7, alpha=0.5, solid_capstyle="butt")
            axis.plot([row["null_mean"]] * 2, [place - 0.3, place + 0.3], color="black", linewidth=1.2)
        axis.plot(
            row["value"], place, marker="o", markersize=6, color=OKABE_ITO[1], linestyle="none",
            markerfacecolor=OKABE_ITO[1] if is_out else "white",
        )  # fmt: skip
        chance = f", chance {row['null_mean']:.3g} ({row['low']:.3g} to {row['high']:.3g})" if has_null else ", no null"
        told.append(f"{name}: {row['value']:.3g}{chance}" + (f", p = {row['p_two_sided']:.3g}" if has_null else ""))
    axis.set_yticks(range(len(table)), names)
    axis.set_ylim(len(table) - 0.5, -0.5)
    axis.margins(x=0.08)
    axis.tick_params(axis="y", length=0)
    axis.spines["left"].set_visible(False)
    return told


def _two_sided():  # type: ignore[no-untyped-def]  # matplotlib's classes of colours are not typed
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("blue to orange", [OKABE_ITO[0], "#FFFFFF", OKABE_ITO[1]])


def _log(ratio: float) -> float:
    if np.isnan(ratio):
        return 0.0
    return float(np.clip(np.log2(max(ratio, 2.0**-_REACH)), -_REACH, _REACH))


def _side(cell: pd.Series) -> str:
    """Say whether a pair has more or fewer ties than the null's middle 95 %, or neither."""
    if pd.isna(cell["n_ties"]) or pd.isna(cell["low"]) or pd.isna(cell["ratio"]):
        return ""
    return "more" if cell["n_ties"] > cell["high"] else "fewer" if cell["n_ties"] < cell["low"] else ""


def _square(axis: Axes, at: tuple[int, int], cell: pd.Series, *, colour: tuple[float, ...], side: str) -> None:
    from matplotlib.patches import Rectangle

    column, row = at
    is_missing = bool(pd.isna(cell["ratio"]))
    patch = Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, facecolor="white" if is_missing else colour)
    patch.set(edgecolor="black" if side else GREY, linewidth=1.8 if side else 0.5, zorder=3 if side else 2)
    patch.set_hatch(HATCH if is_missing else "")
    axis.add_patch(patch)
    if is_missing:
        return
    arrow = {"more": "▲ ", "fewer": "▼ "}.get(side, "")
    luminance = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
    axis.text(
        column, row, f"{arrow}{cell['ratio']:.2f}\n{int(cell['n_ties'])}", ha="center", va="center", fontsize=7,
        color="white" if luminance < 0.45 else "black", zorder=4,
    )  # fmt: skip


def _plain(name: object) -> str:
    return str(name).replace("_", " ")


def _wrapped(name: object) -> str:
    return str(name).replace("_", "\n")

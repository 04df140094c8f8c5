"""Plots of attention: how unequally replies are shared out, who is answered, and across status. None shows an author."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank
from ._networks_mixing import beside_chance

__all__ = ["access", "attention", "lorenz", "reply_chance", "visibility"]

_FRAME_MM, _ROW_MM = 30.0, 7.0
_MEASURES = {
    "reply_gini": "Gini of replies per post",
    "replier_gini": "Gini of repliers per post",
    "unanswered_share": "share of posts unanswered",
    "top_1_share": "share of replies to the top 1 % of posts",
    "top_10_share": "share of replies to the top 10 % of posts",
    "author_gini": "Gini of replies per author",
    "rate_gini": "Gini of replies per post written",
}


@drawn
def attention(attention: pd.DataFrame) -> Chart:
    """Draw the inequality of attention, each measure beside what chance would give.

    Parameters
    ----------
    attention
        The table of ``networks.attention``.

    Returns
    -------
    The chart: a band for the middle 95 % of the null, a bar for its mean,
    a point for the observed value, hollow within the band, filled outside.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> row = {"value": 0.7, "null_mean": 0.5, "low": 0.4, "high": 0.6, "p_two_sided": 0.01}
    >>> attention(pd.DataFrame([row], index=pd.Index(["reply_gini"], name="measure"))).alt
    'Inequality of attention beside chance. Gini of replies per post: 0.7, chance 0.5 (0.4 to 0.6), p = 0.01.'
    """
    columns(attention, ["value", "null_mean", "low", "high", "p_two_sided"], "attention")
    chart, axes = canvas(width="wide", height=_FRAME_MM + _ROW_MM * max(len(attention), 1))
    told = beside_chance(axes[0, 0], attention, names=[_MEASURES.get(str(name), str(name)) for name in attention.index])
    axes[0, 0].set_xlabel("point: observed; bar: mean of the null; band: its middle 95 %")
    alt = f"Inequality of attention beside chance. {'; '.join(told) or 'There is no measure'}."
    return finish(chart, title="A level playing field?", alt=alt)


@drawn
def lorenz(lorenz: pd.DataFrame) -> Chart:
    """Draw the Lorenz curve of replies over posts, with the null's band.

    Parameters
    ----------
    lorenz
        The table of ``networks.lorenz``.

    Returns
    -------
    The chart: a solid line for the observed shares, a dashed one for the
    mean of the null with a band for its middle 95 %, and the diagonal of
    equal shares, dotted.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> shares = {"value": [0.0, 0.1, 1.0], "null_mean": [0.0, 0.2, 1.0], "low": [0, 0.15, 1], "high": [0, 0.25, 1]}
    >>> lorenz(pd.DataFrame(shares, index=pd.Index([0, 0.5, 1.0], name="share_of_posts"))).alt
    'Lorenz curve of replies over posts: the half of posts with fewest replies got 10 % of them, by chance 20 % ...'
    """
    columns(lorenz, ["value", "null_mean", "low", "high"], "lorenz")
    chart, axes = canvas(width="single", height=85)
    axis = axes[0, 0]
    share = lorenz.index.to_numpy(dtype=float)
    axis.plot([0, 1], [0, 1], color=GREY, linestyle=":", linewidth=0.9, label="equal shares")
    axis.fill_between(
        share, lorenz["low"].to_numpy(dtype=float), lorenz["high"].to_numpy(dtype=float), color=GREY, alpha=0.4,
        linewidth=0, label="chance, middle 95 %",
    )  # fmt: skip
    axis.plot(share, lorenz["null_mean"], color="black", linestyle="--", linewidth=1, label="chance, mean")
    axis.plot(share, lorenz["value"], color=OKABE_ITO[1], linewidth=1.6, label="observed")
    axis.set_xlabel("share of posts, those with fewest replies first")
    axis.set_ylabel("share of all replies")
    axis.set_xlim(0, 1)
    axis.set_ylim(0, 1)
    axis.legend(loc="upper left")
    return finish(chart, title="Replies over posts", alt=_lorenz_alt(lorenz))


def _lorenz_alt(lorenz: pd.DataFrame) -> str:
    usable = lorenz["value"].dropna()
    if usable.empty:
        return "Lorenz curve of replies over posts: no curve can be drawn, for its values are suppressed or undefined."
    told = []
    for share, words in ((0.5, "the half of posts with fewest replies"), (0.9, "nine tenths of them")):
        place = int(np.argmin(np.abs(lorenz.index.to_numpy(dtype=float) - share)))
        row = lorenz.iloc[place]
        if abs(float(lorenz.index[place]) - share) < 0.02 and not np.isnan(row["value"]):
            chance = "" if np.isnan(row["null_mean"]) else (
                f", by chance {100 * row['null_mean']:.3g} % ({100 * row['low']:.3g} to {100 * row['high']:.3g})"
            )  # fmt: skip
            told.append(f"{words} got {100 * row['value']:.3g} % of them{chance}")
    return f"Lorenz curve of replies over posts: {'; '.join(told)}."


@drawn
def reply_chance(reply_chance: pd.DataFrame) -> Chart:
    """Draw the adjusted chance of a reply by group.

    Parameters
    ----------
    reply_chance
        The table of ``networks.reply_chance``.

    Returns
    -------
    The chart: for each group a point for the adjusted chance with a line
    for its 95 % interval, and a hollow diamond for the plain share, with
    the number of authors beside.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> row = {"estimate": 0.5, "low": 0.4, "high": 0.6, "share": 0.55, "n_posts": 300, "n_authors": 40}
    >>> reply_chance(pd.DataFrame([row], index=pd.Index(["leader"], name="group"))).alt
    'Adjusted chance of a reply, with 95 % intervals. leader: 0.5 (0.4 to 0.6), 40 authors.'
    """
    columns(reply_chance, ["estimate", "low", "high", "share", "n_authors"], "reply_chance")
    chart, axes = canvas(width="wide", height=_FRAME_MM + _ROW_MM * max(len(reply_chance), 1))
    axis, told, blank = axes[0, 0], [], is_blank(reply_chance)
    for place, (group, row) in enumerate(reply_chance.iterrows()):
        n = "too few" if pd.isna(row["n_authors"]) else f"{int(row['n_authors'])}"
        axis.annotate(f"{n} authors", (1.01, place), xycoords=("axes fraction", "data"), va="center", fontsize="small")
        if not pd.isna(row["share"]):
            axis.plot(
                row["share"], place, marker="D", markersize=5, color=GREY, markerfacecolor="none", linestyle="none"
            )
        if pd.isna(row["estimate"]):
            word = "suppressed" if blank.iloc[place] else "undefined"
            axis.text(
                0.02, place, word, transform=axis.get_yaxis_transform(), va="center", color=GREY, fontsize="small"
            )
            told.append(f"{group}: {word}")
            continue
        axis.plot([row["low"], row["high"]], [place] * 2, color=OKABE_ITO[0], linewidth=1.4)
        axis.plot(row["estimate"], place, marker="o", markersize=6, color=OKABE_ITO[0], linestyle="none")
        told.append(f"{group}: {row['estimate']:.3g} ({row['low']:.3g} to {row['high']:.3g}), {n} authors")
    axis.set_yticks(range(len(reply_chance)), [str(name).replace("_", " ") for name in reply_chance.index])
    axis.set_ylim(max(len(reply_chance), 1) - 0.5, -0.5)
    axis.set_xlabel("chance of a reply (point: adjusted, with 95 % interval; diamond: as it is)")
    alt = f"Adjusted chance of a reply, with 95 % intervals. {'; '.join(told) or 'There is no group'}."
    return finish(chart, title="Who is answered, circumstances alike", alt=alt)


@drawn
def access(access: pd.DataFrame) -> Chart:
    """Draw replies across status: how many over those expected, and how often they are answered back.

    Parameters
    ----------
    access
        The table of ``networks.access``.

    Returns
    -------
    The chart, a dumbbell for each direction. Left: replies expected by
    chance (bar, at one, with the null's middle 95 %) and observed (point).
    Right: the share answered back as it is (diamond) and adjusted (point,
    with its 95 % interval).

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> row = {"n_ties": 20, "null_mean": 25, "ratio": 0.8, "ratio_low": 0.9, "ratio_high": 1.1, "p_two_sided": 0.01}
    >>> row |= {"share": 0.3, "estimate": 0.25, "low": 0.2, "high": 0.3}
    >>> access(pd.DataFrame([row], index=pd.Index(["frontline to leaders"], name="direction"))).alt
    'Replies across status. frontline to leaders: 20 replies, 0.8 of those expected, answered back 0.25 (0.2 to 0.3).'
    """
    columns(access, ["n_ties", "ratio", "ratio_low", "ratio_high", "share", "estimate", "low", "high"], "access")
    chart, axes = canvas(width="double", height=_FRAME_MM + _ROW_MM * max(len(access), 1), columns=2)
    left, right = axes[0]
    named = [str(name) for name in access.index]
    scaled = access.assign(value=access["ratio"], low=access["ratio_low"], high=access["ratio_high"])
    beside_chance(left, scaled.assign(null_mean=np.where(access["ratio"].isna(), np.nan, 1.0)), names=named)
    left.set_xlabel("replies over those expected (bar and band: chance)")
    told = []
    for place, (name, row) in enumerate(access.iterrows()):
        ties = (
            "too few"
            if pd.isna(row["n_ties"])
            else f"{int(row['n_ties'])} replies, {row['ratio']:.3g} of those expected"
        )
        if pd.isna(row["estimate"]):
            right.text(0.02, place, "not estimated", transform=right.get_yaxis_transform(), va="center", color=GREY)
            told.append(f"{name}: {ties}")
            continue
        right.plot([row["share"], row["estimate"]], [place] * 2, color=GREY, linewidth=3, alpha=0.6)
        right.plot([row["low"], row["high"]], [place] * 2, color=OKABE_ITO[0], linewidth=1.2)
        right.plot(row["share"], place, marker="D", markersize=5, color=GREY, markerfacecolor="white", linestyle="none")
        right.plot(row["estimate"], place, marker="o", markersize=6, color=OKABE_ITO[0], linestyle="none")
        told.append(f"{name}: {ties}, answered back {row['estimate']:.3g} ({row['low']:.3g} to {row['high']:.3g})")
    right.set_yticks(range(len(access)), [""] * len(access))
    right.set_ylim(max(len(access), 1) - 0.5, -0.5)
    right.tick_params(axis="y", length=0)
    right.set_xlabel("share answered back (point: adjusted; diamond: as it is)")
    alt = f"Replies across status. {'; '.join(told) or 'There is no direction'}."
    return finish(chart, title="Access to leaders", alt=alt)


@drawn
def visibility(visibility: pd.DataFrame) -> Chart:
    """Draw which share each group has at the top, the further up one looks.

    Parameters
    ----------
    visibility
        The table of ``networks.visibility``.

    Returns
    -------
    The chart: one panel a group; a line over the shares of authors from
    the top, on a logarithmic scale, and a band for the null's middle 95 %.
    Filled points lie outside it.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([[0.1, 1.0], ["leader"]], names=["top_share", "group"])
    >>> rows = {"value": [0.5, 0.2], "null_mean": [0.2, 0.2], "low": [0.1, 0.2], "high": [0.3, 0.2]}
    >>> visibility(pd.DataFrame(rows, index=index)).alt
    'Share of each group among the authors turned to by most. leader: 0.2 of all, 0.5 of the top 10 % (chance 0.1 ...'
    """
    columns(visibility, ["value", "null_mean", "low", "high"], "visibility")
    groups = list(dict.fromkeys(visibility.index.get_level_values(1)))
    n_columns = min(max(len(groups), 1), 4)
    n_rows = max(-(-len(groups) // n_columns), 1)
    chart, axes = canvas(width="double", height=22 + 38 * n_rows, rows=n_rows, columns=n_columns)
    told = []
    for axis in axes.ravel()[len(groups) :]:
        axis.set_axis_off()
    for axis, group in zip(axes.ravel(), groups, strict=False):
        own = visibility.xs(group, level=1)
        top = own.index.to_numpy(dtype=float)
        axis.fill_between(
            top, own["low"].to_numpy(float), own["high"].to_numpy(float), color=GREY, alpha=0.4, linewidth=0
        )
        axis.plot(top, own["value"], color=OKABE_ITO[0], linewidth=1)
        out = ((own["value"] < own["low"]) | (own["value"] > own["high"])).to_numpy()
        for some, fill in ((out, OKABE_ITO[0]), (~out, "white")):
            axis.plot(top[some], own["value"][some], marker="o", markersize=5, color=OKABE_ITO[0], markerfacecolor=fill,
                      linestyle="none")  # fmt: skip
        axis.set_xscale("log")
        axis.set_xticks([0.01, 0.1, 1], ["top 1 %", "10 %", "all"])
        axis.minorticks_off()
        axis.set_title(str(group).replace("_", " "), fontsize=8)
        told.append(_group_alt(str(group), own))
    alt = f"Share of each group among the authors turned to by most. {'; '.join(told) or 'There is no group'}."
    return finish(chart, title="Share among those most turned to (band: chance, middle 95 %)", alt=alt)


def _group_alt(group: str, own: pd.DataFrame) -> str:
    if own["value"].isna().all():
        return f"{group}: suppressed or undefined"
    words = [f"{own['value'].get(1.0, np.nan):.2g} of all"]
    if 0.1 in own.index and not np.isnan(own.loc[0.1, "value"]):
        row = own.loc[0.1]
        words.append(f"{row['value']:.2g} of the top 10 % (chance {row['low']:.2g} to {row['high']:.2g})")
    return f"{group}: {', '.join(words)}"

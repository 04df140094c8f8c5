"""Plots of themes: sizes, words, stability, and where posts lie. None shows a word of a single post."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .._checks import columns, count
from ._canvas import GREY, HATCH, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn

__all__ = ["places", "sizes", "stability", "words"]

_ROW_MM, _FRAME_MM = 6.0, 24.0
_PANELS_A_ROW = 4
_PALE = "#D0D0D0"
_MARKERS = "o^sDvP*"  # a new one each time the colours have all been used


@drawn
def sizes(sizes: pd.DataFrame, *, stability: pd.DataFrame | None = None) -> Chart:
    """Draw each theme's share of the posts with its interval; themes that are not stable are grey and hatched.

    Parameters
    ----------
    sizes
        ``Themes.sizes``.
    stability
        ``Themes.stability``; without it no theme is marked.

    Returns
    -------
    The chart.

    Raises
    ------
    SchemaError
        A column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"label": ["rota, shift"], "n_posts": [8], "share": [0.4], "low": [0.2], "high": [0.6]},
    ...     index=pd.Index([0], name="theme"),
    ... )
    >>> sizes(table).alt
    'Bars of the share of posts in each of 1 themes. The largest, rota, shift, holds 40.0 % (20.0 to 60.0 %), 8 posts...'
    """
    columns(sizes, ["label", "n_posts", "share", "low", "high"], "sizes")
    chart, axes = canvas(width="wide", height=_FRAME_MM + _ROW_MM * len(sizes))
    axis, shaky = axes[0, 0], _shaky(sizes.index, stability)
    rows = np.arange(len(sizes))
    share = 100 * sizes["share"].to_numpy(dtype=float)
    bars = axis.barh(rows, share, height=0.7)
    for bar, weak in zip(bars, shaky, strict=True):
        _fill(bar, weak=weak)
    ends = 100 * sizes[["low", "high"]].to_numpy(dtype=float).T
    axis.errorbar(share, rows, xerr=np.abs(ends - share), fmt="none", ecolor="black", elinewidth=0.8, capsize=2)
    axis.set_yticks(rows, [f"{theme}  {label}" for theme, label in sizes["label"].items()])
    axis.invert_yaxis()
    axis.set_xlabel("share of posts looked at, %")
    first = sizes.iloc[0]
    alt = f"Bars of the share of posts in each of {len(sizes)} themes. {_largest(first)}{_told(shaky, stability)}."
    return finish(chart, title="Size of themes", alt=alt)


@drawn
def words(words: pd.DataFrame, *, stability: pd.DataFrame | None = None, themes: int = 12) -> Chart:
    """Draw the words of the largest themes by weight, a panel a theme; themes that are not stable are grey and hatched.

    Parameters
    ----------
    words
        ``Themes.words``.
    stability
        ``Themes.stability``; without it no theme is marked.
    themes
        How many themes to draw, the largest first.

    Returns
    -------
    The chart.

    Raises
    ------
    SchemaError
        A column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> index = pd.MultiIndex.from_tuples([(0, 1), (0, 2)], names=["theme", "rank"])
    >>> words(pd.DataFrame({"word": ["rota", "shift"], "weight": [0.2, 0.1]}, index=index)).alt
    'Bars of class-based TF-IDF weights, a panel for each of 1 of 1 themes. Theme 0: rota, shift.'
    """
    columns(words, ["word", "weight"], "words")
    known = words.index.get_level_values("theme").unique()
    drawn = known[: count(themes, "themes")]
    across = min(_PANELS_A_ROW, len(drawn))
    down = -(-len(drawn) // across)
    chart, axes = canvas(width="double", height=_FRAME_MM + 40.0 * down, rows=down, columns=across)
    for axis, theme, weak in zip(axes.flat, drawn, _shaky(drawn, stability), strict=False):
        _panel(axis, words.loc[theme], weak=bool(weak))
        _name(axis, theme, weak=bool(weak))
    for axis in axes.flat[len(drawn) :]:
        axis.set_visible(False)
    few = [f"Theme {theme}: {', '.join(words.loc[theme]['word'].head(3))}" for theme in drawn]
    alt = (
        f"Bars of class-based TF-IDF weights, a panel for each of {len(drawn)} of {len(known)} themes. {'; '.join(few)}"
        f"{_told(_shaky(drawn, stability), stability)}."
    )
    return finish(chart, title="Words of themes", alt=alt)


@drawn
def stability(stability: pd.DataFrame, *, sizes: pd.DataFrame | None = None, stable_from: float = 0.75) -> Chart:
    """Draw each theme's mean Jaccard index over the refits, beside the mark from which a theme counts as stable.

    Parameters
    ----------
    stability
        ``Themes.stability``.
    sizes
        ``Themes.sizes``, for the labels; without it themes bear their numbers.
    stable_from
        Where the mark stands.

    Returns
    -------
    The chart.

    Raises
    ------
    SchemaError
        A column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"jaccard": [0.9, 0.5], "n_refits": [20, 20], "is_stable": [True, False]},
    ...     index=pd.Index([0, 1], name="theme"),
    ... )
    >>> stability(table).alt
    'Dots of the mean Jaccard index of 2 themes over 20 refits, from 0.50 to 0.90; 1 of 2 themes are not stable.'
    """
    columns(stability, ["jaccard", "n_refits", "is_stable"], "stability")
    chart, axes = canvas(width="wide", height=_FRAME_MM + _ROW_MM * len(stability))
    axis, shaky = axes[0, 0], _shaky(stability.index, stability)
    rows, value = np.arange(len(stability)), stability["jaccard"].to_numpy(dtype=float)
    axis.axvline(stable_from, color="black", linewidth=0.8, linestyle="--")
    axis.scatter(value[~shaky], rows[~shaky], color=OKABE_ITO[0], marker="o", s=22)
    axis.scatter(value[shaky], rows[shaky], color=GREY, marker="x", s=22)
    labels = [str(theme) for theme in stability.index]
    if sizes is not None:
        labels = [f"{theme}  {sizes['label'].loc[theme]}" for theme in stability.index]
    axis.set_yticks(rows, labels)
    axis.invert_yaxis()
    axis.set_xlim(0, 1.02)
    axis.set_xlabel("mean Jaccard index of documents over refits")
    alt = (
        f"Dots of the mean Jaccard index of {len(stability)} themes over {stability['n_refits'].iloc[0]} refits, from "
        f"{value.min():.2f} to {value.max():.2f}{_told(shaky, stability)}."
    )
    return finish(chart, title="Stability of themes", alt=alt)


@drawn
def places(places: pd.DataFrame, *, assigned: pd.DataFrame, stability: pd.DataFrame | None = None) -> Chart:
    """Draw posts where they lie; numbers stand at the middle of themes, posts in none or in shaky themes are grey.

    Parameters
    ----------
    places
        ``Themes.places``.
    assigned
        ``Themes.assigned``, for the colours.
    stability
        ``Themes.stability``; without it no theme is marked.

    Returns
    -------
    The chart.

    Raises
    ------
    SchemaError
        A column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> index = pd.Index(["a", "b"], name="post_id")
    >>> where = pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 1.0]}, index=index)
    >>> theme = pd.DataFrame({"theme": pd.array([0, None], dtype="Int64")}, index=index)
    >>> places(where, assigned=theme).alt
    'Scatter of 2 posts on the first two principal components: 1 in 1 themes, 1 in none.'
    """
    columns(places, ["x", "y"], "places")
    columns(assigned, ["theme"], "assigned")
    chart, axes = canvas(width="wide", height=110)
    axis = axes[0, 0]
    theme = assigned["theme"].reindex(places.index)
    none = theme.isna().to_numpy()
    axis.scatter(places["x"][none], places["y"][none], s=4, color=_PALE, linewidths=0, rasterized=True)
    known = pd.Index(sorted(theme.dropna().unique()))
    shaky = _shaky(known, stability)
    for number, weak in zip(known, shaky, strict=True):
        here = places[(theme == number).fillna(False).to_numpy(dtype=bool)]
        turn, place = divmod(int(number), len(OKABE_ITO))
        colour, marker = (GREY, "x") if weak else (OKABE_ITO[place], _MARKERS[turn % len(_MARKERS)])
        axis.scatter(here["x"], here["y"], s=7, color=colour, marker=marker, linewidths=0.6, rasterized=True)
        box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": colour, "linewidth": 0.8}
        axis.text(here["x"].median(), here["y"].median(), str(number), ha="center", va="center", fontsize=7, bbox=box)
    axis.set_xticks([])
    axis.set_yticks([])
    axis.set_xlabel("first principal component (distances are only a rough guide)")
    axis.set_ylabel("second principal component")
    alt = (
        f"Scatter of {len(places):,} posts on the first two principal components: {int((~none).sum()):,} in {len(known)} "
        f"themes, {int(none.sum()):,} in none{_told(shaky, stability)}."
    )
    return finish(chart, title="Posts and their themes", alt=alt)


def _largest(first: pd.Series) -> str:
    if pd.isna(first["share"]):
        return "The first is suppressed"
    share, low, high = (f"{100 * first[name]:.1f}" for name in ("share", "low", "high"))
    return f"The largest, {first['label']}, holds {share} % ({low} to {high} %), {first['n_posts']:,} posts"


def _panel(axis: Axes, table: pd.DataFrame, *, weak: bool) -> None:
    rows = np.arange(len(table))
    for bar in axis.barh(rows, table["weight"], height=0.7):
        _fill(bar, weak=weak)
    axis.set_yticks(rows, table["word"])
    axis.invert_yaxis()
    axis.set_xticks([])


def _name(axis: Axes, theme: int, *, weak: bool) -> None:
    axis.set_title(f"Theme {theme}{', unstable' if weak else ''}", loc="left", fontsize=7)


def _fill(bar: object, *, weak: bool) -> None:
    bar.set(facecolor=GREY if weak else OKABE_ITO[0], hatch=HATCH if weak else None, edgecolor="white")  # type: ignore[attr-defined]


def _shaky(themes: pd.Index, stability: pd.DataFrame | None) -> np.ndarray:
    """Return for each theme whether the table says that it is not stable."""
    if stability is None:
        return np.zeros(len(themes), dtype=bool)
    columns(stability, ["is_stable"], "stability")
    return ~stability["is_stable"].reindex(themes).fillna(True).to_numpy(dtype=bool)


def _told(shaky: np.ndarray, stability: pd.DataFrame | None) -> str:
    return "" if stability is None else f"; {int(shaky.sum())} of {len(shaky)} themes are not stable"

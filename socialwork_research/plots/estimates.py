"""Draw the tables of ``estimates``: what is corrected as points with intervals, what is naive hatched."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .._checks import columns
from ._canvas import GREY, HATCH, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank

__all__ = ["prevalence"]

_NEEDED = ["estimate", "low", "high", "naive"]
_TOLD = 6  # rows that the alternative text tells in numbers


@drawn
def prevalence(rate: pd.DataFrame) -> Chart:
    """Draw the corrected share of each code with its interval, and the naive count hatched behind it.

    Parameters
    ----------
    rate
        What ``estimates.prevalence`` returned.

    Returns
    -------
    The chart: one row a code (and group), in the table's order from the top.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> rate = pd.DataFrame(
    ...     {"estimate": [0.012], "low": [0.006], "high": [0.021], "naive": [0.028]},
    ...     index=pd.Index(["dual_relationship"], name="code"),
    ... )
    >>> prevalence(rate).alt[:66]
    'Corrected share of posts with 95 % interval, beside the naive shar'
    """
    columns(rate, _NEEDED, "The table of prevalence")
    names = [" · ".join(map(str, each)) if isinstance(each, tuple) else str(each) for each in rate.index]
    places = np.arange(len(rate))
    chart, axes = canvas(height=28 + 8 * max(len(rate), 1))
    axis = axes[0, 0]
    blank = is_blank(rate).to_numpy() & rate["estimate"].isna().to_numpy()
    percent = 100 * rate[_NEEDED].astype(float)
    axis.barh(
        places, percent["naive"], height=0.62, facecolor="white", edgecolor=GREY, hatch=HATCH, label="naive count"
    )
    axis.hlines(places, percent["low"], percent["high"], color=OKABE_ITO[0], linewidth=2)
    axis.plot(percent["estimate"], places, "o", color=OKABE_ITO[0], markersize=4.5, label="corrected, 95 % interval")
    for place in np.flatnonzero(percent["estimate"].isna()):
        word = " suppressed" if blank[place] else " undefined"
        axis.text(0, place, word, va="center", color=GREY, fontsize=7)
    axis.set_yticks(places, names)
    axis.set_ylim(len(rate) - 0.4, -0.6)
    axis.set_xlim(left=0)
    axis.set_xlabel("% of posts")
    chart.legend(loc="outside lower center", ncols=2, fontsize=8, frameon=False)
    return finish(chart, title="Share of posts, corrected by hand coding", alt=_alt(names, percent, blank))


def _alt(names: list[str], percent: pd.DataFrame, blank: np.ndarray) -> str:
    rows = zip(names, percent.iterrows(), blank, strict=True)
    told = [f"{name}: suppressed" if hidden else _sentence(name, row) for name, (_, row), hidden in rows]
    more = f"; and {len(told) - _TOLD} more rows, in the table" if len(told) > _TOLD else ""
    return (
        "Corrected share of posts with 95 % interval, beside the naive share that the machine counts (hatched). "
        f"{'; '.join(told[:_TOLD]) or 'The table has no rows'}{more}."
    )


def _sentence(name: str, row: pd.Series) -> str:
    if np.isnan(row["estimate"]):
        return f"{name}: undefined"
    naive = "no naive count" if np.isnan(row["naive"]) else f"naive {row['naive']:.2g} %"
    return f"{name}: {row['estimate']:.2g} % ({row['low']:.2g} to {row['high']:.2g}), {naive}"

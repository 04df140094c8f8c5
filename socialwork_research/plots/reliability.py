"""Draw the tables of ``reliability``: agreement by code, and what a frame draws from each stratum."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank

__all__ = ["agreement", "strata"]

_FLOOR = 0.667  # Krippendorff's lowest value for tentative conclusions
_TOLD = 6  # rows that the alternative text tells in numbers


@drawn
def agreement(table: pd.DataFrame) -> Chart:
    """Draw alpha with its interval for each code, and AC1 beside it.

    Parameters
    ----------
    table
        What ``reliability.agreement`` returned.

    Returns
    -------
    The chart: one row a code, in the table's order from the top; a line at .667.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"alpha": [0.81], "low": [0.70], "high": [0.90], "ac1": [0.97]},
    ...     index=pd.Index(["dual_relationship"], name="code"),
    ... )
    >>> agreement(table).alt
    "Krippendorff's alpha ... dual_relationship: alpha 0.81 (0.70 to 0.90), AC1 0.97."
    """
    columns(table, ["alpha", "low", "high", "ac1"], "The table of agreement")
    places, names = np.arange(len(table)), [str(name) for name in table.index]
    blank = is_blank(table).to_numpy() & table["alpha"].isna().to_numpy()
    chart, axes = canvas(height=28 + 8 * max(len(table), 1))
    axis = axes[0, 0]
    axis.axvline(_FLOOR, color=GREY, linewidth=0.8, linestyle="--")
    axis.hlines(places, table["low"], table["high"], color=OKABE_ITO[0], linewidth=2)
    axis.plot(table["alpha"], places, "o", color=OKABE_ITO[0], markersize=4.5, label="alpha, 95 % interval")
    axis.plot(table["ac1"], places, "D", color=OKABE_ITO[1], markersize=4, fillstyle="none", label="AC1")
    for place in np.flatnonzero(table["alpha"].isna()):
        word = " suppressed" if blank[place] else " undefined"
        axis.text(0, place, word, va="center", color=GREY, fontsize=7)
    lowest = float(np.nanmin([0.0, *table["low"], *table["alpha"], *table["ac1"]]))
    axis.set_xlim(lowest - 0.03, 1.03)
    axis.set_yticks(places, names)
    axis.set_ylim(len(table) - 0.4, -0.6)
    axis.set_xlabel("agreement beyond chance (dashed: .667)")
    chart.legend(loc="outside lower center", ncols=2, fontsize=8, frameon=False)
    return finish(chart, title="Agreement between coders", alt=_agreement_alt(names, table, blank))


@drawn
def strata(table: pd.DataFrame) -> Chart:
    """Draw each stratum's share of the population beside its share of the sample.

    Parameters
    ----------
    table
        What ``reliability.strata`` returned.

    Returns
    -------
    The chart: two bars a stratum, in the table's order from the top, labelled with their numbers of posts.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"n_posts": [50, 950], "n_drawn": [43, 57], "share": [0.05, 0.95], "share_drawn": [0.43, 0.57]},
    ...     index=pd.Index(["flagged", "rest"], name="stratum"),
    ... )
    >>> strata(table).alt
    "Bars ... sample. flagged: 43 drawn of 50 posts; rest: 57 drawn of 950 posts."
    """
    columns(table, ["n_posts", "n_drawn", "share", "share_drawn"], "The table of strata")
    places, names = np.arange(len(table)), [str(name) for name in table.index]
    chart, axes = canvas(height=28 + 14 * max(len(table), 1))
    axis = axes[0, 0]
    for shift, share, n, colour, label in (
        (-0.2, "share", "n_posts", GREY, "population"),
        (0.2, "share_drawn", "n_drawn", OKABE_ITO[0], "sample"),
    ):
        bars = axis.barh(places + shift, 100 * table[share].astype(float), height=0.36, color=colour, label=label)
        axis.bar_label(bars, labels=[_labelled(number) for number in table[n]], fontsize=7)
    axis.set_yticks(places, names)
    axis.set_ylim(len(table) - 0.4, -0.6)
    axis.set_xlim(0, 115)
    axis.set_xlabel("% of posts (labels: number of posts)")
    chart.legend(loc="outside lower center", ncols=2, fontsize=8, frameon=False)
    told = [
        f"{name}: suppressed" if pd.isna(taken) else f"{name}: {taken:,} drawn of {n:,} posts"
        for name, taken, n in table[["n_drawn", "n_posts"]].itertuples()
    ]
    alt = f"Bars of each stratum's share of the population and of the sample. {'; '.join(told) or 'No strata'}."
    return finish(chart, title="Population and sample by stratum", alt=alt)


def _labelled(number: float) -> str:
    return " suppressed" if pd.isna(number) else f" {int(number):,}"


def _agreement_alt(names: list[str], table: pd.DataFrame, blank: np.ndarray) -> str:
    rows = zip(names, table.iterrows(), blank, strict=True)
    told = [f"{name}: suppressed" if hidden else _sentence(name, row) for name, (_, row), hidden in rows]
    more = f"; and {len(told) - _TOLD} more codes, in the table" if len(told) > _TOLD else ""
    return (
        "Krippendorff's alpha with 95 % interval and Gwet's AC1 for each code, with a line at .667. "
        f"{'; '.join(told[:_TOLD]) or 'The table has no rows'}{more}."
    )


def _sentence(name: str, row: pd.Series) -> str:
    if np.isnan(row["alpha"]):
        return f"{name}: undefined"
    within = "no interval" if np.isnan(row["low"]) else f"{row['low']:.2f} to {row['high']:.2f}"
    return f"{name}: alpha {row['alpha']:.2f} ({within}), AC1 {row['ac1']:.2f}"

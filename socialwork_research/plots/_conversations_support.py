"""The figure of support sought and given."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .._checks import columns
from ._canvas import Chart, canvas, finish
from ._drawn import drawn

__all__ = ["match"]

_NOTABLE = 1.96  # standard errors
_TOLD = 12
_DARK = 0.6  # share from which letters are white


@drawn
def match(table: pd.DataFrame) -> Chart:
    """Draw what kind of support is given where which kind is sought, as a grid of shares.

    Parameters
    ----------
    table
        From ``conversations.match``.

    Returns
    -------
    The chart: rows are what is sought, columns what is given. Each cell tells its share, its 95 % interval and, in
    threads, how many of how many; a plus or minus stands where the share differs from that over all threads by about
    two standard errors or more. A cell without a share is blank and says so.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> row = {"estimate": 0.75, "low": 0.5, "high": 0.9, "z": 2.5, "n_given": 15, "n_posts": 20}
    >>> index = pd.MultiIndex.from_tuples([("emotional", "emotional")], names=["sought", "given"])
    >>> match(pd.DataFrame([row], index=index)).alt[-77:]
    'emotional sought, emotional given: 75 % (50 to 90), 15 of 20, above the rest.'
    """
    columns(table, ("estimate", "low", "high", "z", "n_given", "n_posts"), "match")
    numbers = [name for name in table.columns if pd.api.types.is_numeric_dtype(table[name])]
    table = table.astype(dict.fromkeys(numbers, "float64"))
    sought, given = (list(dict.fromkeys(table.index.get_level_values(level))) for level in (0, 1))
    chart, axes = canvas(height=34 + 15 * max(len(sought), 1), width="double")
    axis = axes[0, 0]
    cells = table["estimate"].unstack(level=1).reindex(index=sought, columns=given).to_numpy(dtype="float64")
    grid = cells if cells.size else np.full((1, 1), np.nan)
    picture = axis.imshow(grid, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for row, kind in enumerate(sought):
        for column, code in enumerate(given):
            told = _cell(table.loc[(kind, code)]) if (kind, code) in table.index else "–"
            colour = "white" if cells[row, column] > _DARK else "black"
            axis.text(column, row, told, ha="center", va="center", fontsize=6.5, color=colour, linespacing=1.25)
    axis.set_xticks(range(len(given)), [str(code).replace("_", " ") for code in given])
    axis.set_yticks(range(len(sought)), [str(kind).replace("_", " ") for kind in sought])
    axis.set_xlabel("support given in a reply")
    axis.set_ylabel("support sought in the opening post")
    axis.spines[:].set_visible(False)
    bar = chart.colorbar(picture, ax=axis, fraction=0.03)
    bar.set_label("share of threads", fontsize=7.5)
    bar.ax.tick_params(labelsize=7.5)
    return finish(chart, title="Support sought and given", alt=_alt(table))


def _cell(row: pd.Series) -> str:
    if np.isnan(row["estimate"]):
        return "undefined"
    sign = "" if not abs(row["z"]) >= _NOTABLE else " +" if row["z"] > 0 else " −"
    between = f"\n{row['low'] * 100:.0f}–{row['high'] * 100:.0f} %" if not np.isnan(row["low"]) else "\nno interval"
    counted = "" if np.isnan(row["n_posts"]) else f"\n{row['n_given']:.0f} of {row['n_posts']:.0f}"
    return f"{row['estimate'] * 100:.0f} %{sign}{between}{counted}"


def _alt(table: pd.DataFrame) -> str:
    lines = []
    for (kind, code), row in table.iterrows():
        if np.isnan(row["estimate"]):
            lines.append(f"{kind} sought, {code} given: no share")
            continue
        side = "" if not abs(row["z"]) >= _NOTABLE else ", above the rest" if row["z"] > 0 else ", below the rest"
        between = f" ({row['low'] * 100:.0f} to {row['high'] * 100:.0f})" if not np.isnan(row["low"]) else ""
        of = "" if np.isnan(row["n_posts"]) else f", {row['n_given']:.0f} of {row['n_posts']:.0f}"
        lines.append(f"{kind} sought, {code} given: {row['estimate'] * 100:.0f} %{between}{of}{side}")
    more = f"; and {len(lines) - _TOLD} more cells, in the table" if len(lines) > _TOLD else ""
    return (
        "Grid of shares: of the threads that seek a kind of support (rows), those in which a kind is given (columns), "
        f"with 95 % intervals. {'; '.join(lines[:_TOLD]) or 'The table has no rows'}{more}."
    )

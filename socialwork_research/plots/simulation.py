"""Draw the tables of ``simulation``: what a study of some size would find, and how wide its interval would be."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish

__all__ = ["plan"]

_NEEDED = [
    "n_draws",
    "n_failed",
    "width",
    "power",
    "power_low",
    "power_high",
    "coverage",
    "coverage_low",
    "coverage_high",
]
_SHARES = (
    ("power", OKABE_ITO[0], "o", "finds the effect (power)"),
    ("coverage", OKABE_ITO[1], "s", "interval holds the truth"),
)


def plan(table: pd.DataFrame) -> Chart:
    """Draw power and coverage over the number of posts, with the error of simulating, and the interval's width beside them.

    Parameters
    ----------
    table
        What ``simulation.plan`` returned.

    Returns
    -------
    The chart: shares to the left, mean width to the right, a point for each size.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"n_draws": 50, "n_failed": 0, "width": 0.1, "power": 0.8, "power_low": 0.67, "power_high": 0.89}
    >>> row |= {"coverage": 0.94, "coverage_low": 0.84, "coverage_high": 0.98}
    >>> plan(pd.DataFrame([row], index=pd.Index([1000], name="n_posts"))).alt[-57:]
    '1,000 posts: power 0.80, coverage 0.94, width 0.1, of 50.'
    """
    columns(table, _NEEDED, "The table of a plan")
    chart, axes = canvas(height=62, columns=2)
    shares, widths = axes[0]
    sizes = table.index.to_numpy(dtype=float)
    for name, colour, marker, label in _SHARES:
        values = table[[name, f"{name}_low", f"{name}_high"]].astype(float)
        shares.vlines(sizes, values[f"{name}_low"], values[f"{name}_high"], color=colour, linewidth=2, alpha=0.6)
        shares.plot(sizes, values[name], marker=marker, color=colour, markersize=4.5, linewidth=1, label=label)
    for level in (0.8, 0.95):
        shares.axhline(level, color=GREY, linewidth=0.6, linestyle=":")
    shares.set_ylim(-0.02, 1.02)
    shares.set_ylabel("share of simulated studies")
    widths.plot(sizes, table["width"].astype(float), marker="o", color=OKABE_ITO[0], markersize=4.5, linewidth=1)
    widths.set_ylim(bottom=0)
    widths.set_ylabel("mean width of the interval")
    for axis in (shares, widths):
        axis.set_xlabel("posts")
        if len(sizes) and sizes.max() >= 10 * sizes.min():
            axis.set_xscale("log")
    chart.legend(*shares.get_legend_handles_labels(), loc="outside lower center", ncols=2, fontsize=8, frameon=False)
    return finish(chart, title="What a study of this size would find", alt=_alt(table))


def _alt(table: pd.DataFrame) -> str:
    told = [_sentence(int(size), row) for size, (_, row) in zip(table.index, table.iterrows(), strict=True)]
    rows = "; ".join(told) or "the table has no rows"
    return f"Power and coverage of simulated studies by number of posts, with the width of the interval. {rows}."


def _sentence(size: int, row: pd.Series) -> str:
    numbers = [
        f"{name} {row[name]:{form}}" if not np.isnan(float(row[name])) else f"{name} undefined"
        for name, form in (("power", ".2f"), ("coverage", ".2f"), ("width", ".2g"))
    ]
    failed = f", {int(row['n_failed'])} failed" if row["n_failed"] else ""
    return f"{size:,} posts: {', '.join(numbers)}, of {int(row['n_draws'])}{failed}"

"""Draw the tables of ``coders``: marks by code and stance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .._checks import columns
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn, is_blank

__all__ = ["stances"]

_NONE = "no stance"
_TOLD = 8  # codes that the alternative text tells in numbers
# Naive counts are hatched; each stance has a hatch of its own, so that colour alone carries no meaning.
_LOOKS = {
    "enacted": (OKABE_ITO[1], "////"),
    "advice_sought": (OKABE_ITO[0], "...."),
    "reported": (OKABE_ITO[2], "\\\\\\\\"),
    "condemned": (OKABE_ITO[3], "xxxx"),
    "quoted_policy": (OKABE_ITO[4], "----"),
    "hypothetical": (OKABE_ITO[5], "oooo"),
    "negated": (GREY, "||||"),
    "news": (OKABE_ITO[7], "++++"),
    "fictional": ("#C9B18B", "OOO"),
    "lived_experience": ("#7A5195", "***"),
    _NONE: ("#D9D9D9", "//"),
}


@drawn
def stances(table: pd.DataFrame) -> Chart:
    """Draw the posts marked with each code, stacked by stance; every bar is hatched, for the counts are naive.

    Parameters
    ----------
    table
        What ``coders.patterns.stances`` returned.

    Returns
    -------
    The chart: a panel for each coder, a row for each code (most posts at the top), a labelled segment for each
    stance. A post with two stances of one code is counted in both.

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"coder": "patterns", "stance": ["enacted", "negated"], "n_posts": [3, 9]},
    ...     index=pd.Index(["client_connection"] * 2, name="code"),
    ... )
    >>> stances(table).alt
    'Stacked bars ... client_connection: 3 enacted, 9 negated.'
    """
    columns(table, ["coder", "stance", "n_posts"], "The table of stances")
    blank = is_blank(table)
    rows = table.reset_index().assign(stance=table["stance"].fillna(_NONE).to_numpy())
    rows = rows[(rows["n_posts"].fillna(0) > 0).to_numpy() | blank.to_numpy()]
    codes = list(rows.groupby("code")["n_posts"].sum().sort_values(ascending=False, kind="stable").index)
    coders = sorted(rows["coder"].unique())
    chart, axes = canvas(width="double", height=34 + 8 * max(len(codes), 1), columns=max(len(coders), 1))
    met: dict[str, Any] = {}
    for axis, coder in zip(axes[0], coders, strict=False):
        met.update(_panel(axis, rows[rows["coder"] == coder], codes, first=coder == coders[0]))
        if len(coders) > 1:
            axis.set_xlabel(f"{coder}: posts marked (naive count)")
    handles = {stance: met[stance] for stance in _LOOKS if stance in met}
    if handles:
        labels = [stance.replace("_", " ") for stance in handles]
        chart.legend(handles.values(), labels, loc="outside lower center", ncols=4, fontsize=8, frameon=False)
    return finish(chart, title="Marks by code and stance (naive counts)", alt=_alt(rows, codes, coders))


def _panel(axis: Any, rows: pd.DataFrame, codes: list[str], *, first: bool) -> dict[str, Any]:
    """Draw one coder's bars; return a handle for each stance met."""
    counts = rows.pivot_table(index="code", columns="stance", values="n_posts", aggfunc="sum").reindex(codes).fillna(0)
    left = np.zeros(len(codes))
    handles = {}
    for stance in (stance for stance in _LOOKS if stance in counts):
        wide = counts[stance].to_numpy(dtype=float)
        colour, hatch = _LOOKS[stance]
        bars = axis.barh(
            range(len(codes)), wide, left=left, color=colour, hatch=hatch, edgecolor="white", linewidth=0.5
        )
        labels = [f"{int(n):,}" if n else "" for n in wide]
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.85}
        for text in axis.bar_label(bars, labels=labels, label_type="center", fontsize=6.5):
            text.set_bbox(box if text.get_text() else None)
        left += wide
        handles[stance] = bars
    axis.set_yticks(range(len(codes)), [code.replace("_", " ") for code in codes] if first else [""] * len(codes))
    axis.set_ylim(len(codes) - 0.4, -0.6)
    axis.set_xlabel("posts marked (naive count, uncorrected)")
    return handles


def _numbers(rows: pd.DataFrame) -> str:
    shown = rows[rows["n_posts"].notna()]
    told = [f"{n:,} {stance}" for stance, n in zip(shown["stance"], shown["n_posts"], strict=True)]
    return ", ".join([*told, *(["the rest suppressed"] if len(shown) < len(rows) else [])])


def _alt(rows: pd.DataFrame, codes: list[str], coders: list[str]) -> str:
    told = []
    for coder in coders:
        of_coder = rows[rows["coder"] == coder].set_index("code")
        sentences = [f"{code}: {_numbers(of_coder.loc[[code]])}" for code in codes[:_TOLD] if code in of_coder.index]
        told.append((f"Coder {coder}. " if len(coders) > 1 else "") + "; ".join(sentences))
    more = f"; and {len(codes) - _TOLD} more codes, in the table" if len(codes) > _TOLD else ""
    return f"Stacked bars of posts marked by code and stance, naive counts. {' '.join(told) or 'No marks'}{more}."

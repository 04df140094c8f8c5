"""The plots of reliability show their tables' numbers, and nothing else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.plots.reliability import agreement, strata


def _agreement() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "alpha": [0.81, np.nan, -0.1],
            "low": [0.7, np.nan, -0.3],
            "high": [0.9, np.nan, 0.2],
            "ac1": [0.97, np.nan, 0.8],
        },
        index=pd.Index(["contact", "unused", "venting"], name="code"),
    )


def _strata() -> pd.DataFrame:
    return pd.DataFrame(
        {"n_posts": [50, 950], "n_drawn": [43, 57], "share": [0.05, 0.95], "share_drawn": [0.43, 0.57]},
        index=pd.Index(["flagged", "rest"], name="stratum"),
    ).astype({"n_posts": "Int64", "n_drawn": "Int64"})


def test_points_and_intervals_of_agreement_are_the_tables_numbers():
    """Points are alpha and AC1, lines the interval of alpha; an unused code says undefined."""
    table = _agreement()
    chart = agreement(table)
    axis = chart.axes[0]
    by_label = {line.get_label(): line.get_xdata() for line in axis.lines}
    np.testing.assert_allclose(by_label["alpha, 95 % interval"], table["alpha"])
    np.testing.assert_allclose(by_label["AC1"], table["ac1"])
    ends = np.array([segment[:, 0] for segment in axis.collections[0].get_segments() if len(segment)])
    np.testing.assert_allclose(ends, table[["low", "high"]].dropna())
    assert axis.get_xlim()[0] < -0.3
    assert [text.get_position()[1] for text in axis.texts] == [1]
    assert "contact: alpha 0.81 (0.70 to 0.90), AC1 0.97; unused: undefined" in chart.alt


def test_bars_of_strata_are_the_tables_numbers():
    """Bars are shares of population and sample, labelled with the numbers of posts."""
    table = _strata()
    chart = strata(table)
    axis = chart.axes[0]
    widths = [bar.get_width() for bar in axis.patches]
    np.testing.assert_allclose(widths, 100 * np.concatenate([table["share"], table["share_drawn"]]))
    assert [text.get_text().strip() for text in axis.texts] == ["50", "950", "43", "57"]
    assert "rest: 57 drawn of 950 posts" in chart.alt


def test_tables_without_rows_and_foreign_ones():
    """A table without rows draws an empty chart that says so; one without the columns is refused."""
    assert "no rows" in agreement(_agreement().head(0)).alt
    assert "No strata" in strata(_strata().head(0)).alt
    with pytest.raises(SchemaError, match="ac1"):
        agreement(_agreement().drop(columns="ac1"))
    with pytest.raises(SchemaError, match="n_drawn"):
        strata(_strata().drop(columns="n_drawn"))

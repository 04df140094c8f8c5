"""The plot of prevalence shows the table's numbers, and nothing else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.plots.estimates import prevalence


def _rate() -> pd.DataFrame:
    index = pd.MultiIndex.from_product([["contact", "venting"], ["forum", "microblog"]], names=["code", "platform"])
    return pd.DataFrame(
        {
            "estimate": [0.010, 0.020, np.nan, 0.0],
            "low": [0.005, 0.012, np.nan, 0.0],
            "high": [0.021, 0.031, np.nan, 0.009],
            "naive": [0.028, 0.024, 0.01, np.nan],
        },
        index=index,
    )


def test_points_intervals_and_bars_are_the_tables_numbers():
    """Points are the estimates, lines the intervals, hatched bars the naive shares, all in per cent."""
    rate = _rate()
    axis = prevalence(rate).axes[0]
    points = axis.lines[0].get_xdata()
    np.testing.assert_allclose(points, 100 * rate["estimate"])
    ends = np.array([segment[:, 0] for segment in axis.collections[0].get_segments() if len(segment)])
    np.testing.assert_allclose(ends, 100 * rate[["low", "high"]].dropna())
    np.testing.assert_allclose([bar.get_width() for bar in axis.patches], 100 * rate["naive"])


def test_what_is_naive_is_hatched_and_what_is_missing_is_said():
    """Each naive bar is hatched; a group without an estimate says undefined where its point would be."""
    axis = prevalence(_rate()).axes[0]
    assert all(bar.get_hatch() for bar in axis.patches)
    assert [(text.get_text().strip(), text.get_position()[1]) for text in axis.texts] == [("undefined", 2)]


def test_rows_are_named_and_told_in_words():
    """Rows carry code and group in the table's order from the top, and the alternative text tells their numbers."""
    chart = prevalence(_rate())
    axis = chart.axes[0]
    assert [label.get_text() for label in axis.get_yticklabels()][:2] == ["contact · forum", "contact · microblog"]
    assert axis.get_ylim()[0] > axis.get_ylim()[1]
    assert "contact · forum: 1 % (0.5 to 2.1), naive 2.8 %" in chart.alt
    assert "venting · forum: undefined" in chart.alt
    assert "venting · microblog: 0 % (0 to 0.9), no naive count" in chart.alt


def test_an_empty_table_and_a_foreign_one():
    """A table without rows draws an empty chart that says so; one without the columns is refused."""
    assert "no rows" in prevalence(_rate().head(0)).alt
    with pytest.raises(SchemaError, match="naive"):
        prevalence(_rate().drop(columns="naive"))

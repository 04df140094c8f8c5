"""The plot of a plan shows the table's numbers, and nothing else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.plots.simulation import plan


def _table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "n_draws": [40, 40], "n_failed": [3, 0], "estimate": [0.1, 0.1], "width": [0.2, 0.05],
            "power": [0.5, 0.9], "power_low": [0.35, 0.77], "power_high": [0.65, 0.96],
            "coverage": [np.nan, 0.95], "coverage_low": [np.nan, 0.84], "coverage_high": [np.nan, 0.99],
        },
        index=pd.Index([500, 8000], name="n_posts"),
    )  # fmt: skip


def test_points_and_bars_are_the_tables_numbers():
    """Power, coverage, their intervals and the width stand where the table says, over the number of posts."""
    shares, widths = plan(_table()).axes
    np.testing.assert_allclose(shares.lines[0].get_ydata(), [0.5, 0.9])
    np.testing.assert_allclose(shares.lines[1].get_ydata(), [np.nan, 0.95])
    np.testing.assert_allclose(shares.lines[0].get_xdata(), [500, 8000])
    ends = [segment[:, 1] for segment in shares.collections[0].get_segments()]
    np.testing.assert_allclose(ends, _table()[["power_low", "power_high"]])
    np.testing.assert_allclose(widths.lines[0].get_ydata(), [0.2, 0.05])


def test_sizes_far_apart_stand_on_a_log_scale():
    """From a tenfold range on the axis is logarithmic."""
    assert plan(_table()).axes[0].get_xscale() == "log"
    assert plan(_table().head(1)).axes[0].get_xscale() == "linear"


def test_what_failed_or_is_undefined_is_said():
    """The alternative text tells missing coverage and failed draws."""
    alt = plan(_table()).alt
    assert "500 posts: power 0.50, coverage undefined, width 0.2, of 40, 3 failed" in alt
    assert "8,000 posts: power 0.90, coverage 0.95, width 0.05, of 40." in alt


def test_an_empty_table_and_a_foreign_one():
    """A table without rows draws an empty chart that says so; one without the columns is refused."""
    assert "no rows" in plan(_table().head(0)).alt
    with pytest.raises(SchemaError, match="power"):
        plan(_table().drop(columns="power"))

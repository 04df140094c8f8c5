"""The plot of perturbed communities: what is drawn equals the table's numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.plots import networks as plots

TABLE = pd.DataFrame(
    {"value": [0.0, 0.4], "low": [0.0, 0.3], "high": [0.0, 0.5], "null_mean": [0.2, 0.6], "null_low": [0.1, 0.5],
     "null_high": [0.3, 0.7]},
    index=pd.Index([0.0, 0.5], name="share"),
)  # fmt: skip


def test_both_curves_are_those_of_the_table() -> None:
    """The lines go through the means of the table, at its shares, and the text tells both."""
    chart = plots.perturbation(TABLE)
    observed, chance = chart.axes[0].get_lines()
    assert observed.get_ydata().tolist() == [0.0, 0.4] and chance.get_ydata().tolist() == [0.2, 0.6]
    assert observed.get_xdata().tolist() == [0.0, 50.0]
    assert "50 %: 0.4 (0.3 to 0.5), chance 0.6 (0.5 to 0.7)" in chart.alt


def test_without_a_curve_the_chart_says_so() -> None:
    """Where nothing is defined the chart holds the word, and a table without the columns is refused."""
    chart = plots.perturbation(TABLE.assign(value=np.nan))
    assert "undefined" in chart.alt and chart.axes[0].texts[0].get_text() == "undefined"
    with pytest.raises(SchemaError):
        plots.perturbation(TABLE.drop(columns="low"))

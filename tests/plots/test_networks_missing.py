"""The plot of what is missing: what is drawn equals the table's numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import networks, simulation
from socialwork_research.errors import SchemaError
from socialwork_research.plots import networks as plots


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """Two measures of one simulated corpus without machines or communities."""
    corpus = simulation.threads(n_threads=20, n_authors=30, seed=3)
    return networks.missing(corpus, measures=["reciprocity", "density"], draws=3, seed=1)


def test_points_are_values_and_the_line_is_as_it_is(table: pd.DataFrame) -> None:
    """Each panel holds the values of its measure, a line where it is now, and a word where a value is undefined."""
    chart = plots.missing(table)
    for axis, measure in zip(chart.axes, ["reciprocity", "density"], strict=True):
        values = table.loc[measure, "value"].drop("range")
        points, line = axis.get_lines()
        np.testing.assert_array_equal(points.get_xdata(), values.to_numpy())
        assert list(line.get_xdata()) == [values["as_is"]] * 2
        assert [text.get_text() for text in axis.texts] == ["undefined"] * int(values.isna().sum())
        assert f"{values['as_is']:.3g} as it is" in chart.alt
    assert chart.axes[0].get_yticklabels()[0].get_text() == "as it is"


def test_bands_are_those_of_the_table() -> None:
    """A band reaches from low to high, and the text names the assumptions at both ends."""
    index = pd.MultiIndex.from_product([["density"], ["as_is", "gone_drawn", "range"]], names=["measure", "assumption"])
    chart = plots.missing(
        pd.DataFrame({"value": [0.4, 0.3, 0.4], "low": [np.nan, 0.2, 0.2], "high": [np.nan, 0.35, 0.4]}, index)
    )
    segments = [part for part in chart.axes[0].collections[0].get_segments() if len(part)]
    assert [part.tolist() for part in segments] == [[[0.2, 1.0], [0.35, 1.0]]]
    assert "from 0.2 (deleted: drawn from the thread) to 0.4 (as it is)" in chart.alt


def test_nothing_known_is_still_drawn(table: pd.DataFrame) -> None:
    """A table of suppressed rows gives a chart that says so, and one without the columns is refused."""
    gone = table.assign(value=np.nan, low=np.nan, high=np.nan, is_suppressed=True)
    chart = plots.missing(gone)
    assert "reciprocity suppressed" in chart.alt and "suppressed" in {text.get_text() for text in chart.axes[0].texts}
    with pytest.raises(SchemaError):
        plots.missing(table.drop(columns="low"))

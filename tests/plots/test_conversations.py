"""The figure of waiting times shows the table's numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.plots.conversations import responses

TABLE = pd.DataFrame(
    {
        "hours": [1, 24, 720],
        "estimate": [0.25, 0.5, np.nan],
        "low": [0.125, np.nan, np.nan],
        "high": [0.375, np.nan, np.nan],
        "n_posts": 40,
        "n_authors": 31,
    },
    index=pd.Index(["1 h", "24 h", "30 d"], name="within"),
)


def test_points_and_intervals_are_the_tables_numbers():
    """Full points have intervals, hollow ones none, and what has no estimate is not drawn."""
    axis = responses(TABLE).axes[0]
    full, hollow = axis.lines
    assert full.get_xydata().tolist() == [[1, 0.25]]
    assert hollow.get_xydata().tolist() == [[24, 0.5]]
    assert axis.collections[0].get_segments()[0].tolist() == [[1, 0.125], [1, 0.375]]
    assert [label.get_text() for label in axis.get_xticklabels()] == ["1 h", "24 h", "30 d"]
    assert axis.get_xscale() == "log"


def test_the_alternative_text_tells_the_numbers():
    """Whoever cannot see the figure reads every number, and what is missing."""
    alt = responses(TABLE).alt
    assert "40 opening posts by 31 authors" in alt
    assert "1 h: 0.25 (0.12 to 0.38); 24 h: 0.50 (no interval); 30 d: no estimate" in alt


def test_a_table_without_estimates_gives_an_empty_figure():
    """With nothing to draw the axes stand, and the text says that there is no estimate."""
    chart = responses(TABLE.assign(estimate=np.nan, low=np.nan, high=np.nan))
    assert chart.alt.count("no estimate") == 3
    assert chart.written("svg").startswith(b"<?xml")


def test_the_same_table_gives_the_same_file():
    """Two charts of one table are equal to the byte."""
    assert responses(TABLE).written("svg") == responses(TABLE).written("svg")


def test_a_missing_column_is_named():
    """A table of something else is refused, and the missing column told."""
    with pytest.raises(SchemaError, match="hours"):
        responses(TABLE.drop(columns="hours"))


def test_responses_of_a_suppressed_table():
    """Where every number is suppressed the chart is still drawn, and its text says so."""
    missing = pd.array([None] * 2, dtype="Int64")
    table = pd.DataFrame(
        {"hours": [1, 24], "estimate": np.nan, "low": np.nan, "high": np.nan, "n_posts": missing, "n_authors": missing},
        index=pd.Index(["1 h", "24 h"], name="within"),
    )
    assert "suppressed" in responses(table).alt
    assert "suppressed" in responses(table.assign(hours=missing)).alt

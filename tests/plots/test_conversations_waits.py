"""Figures of waits, means, hazards and match show their tables' numbers, and tell them to who cannot see."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.plots import conversations as plots

CURVE = pd.DataFrame(
    {"hours": [1 / 12, 2.0, 24.0], "estimate": [0.1, 0.4, np.nan], "low": [0.05, 0.3, np.nan], "high": [0.2, 0.5, np.nan],
     "least": 0.1, "most": 0.5, "n_at_risk": [50, 30, 0], "n_posts": 60, "n_authors": 40},
    index=pd.Index(["5 min", "2 h", "24 h"], name="within"),
)  # fmt: skip
GROUPS = pd.concat({"forum": CURVE, "blog": CURVE.assign(n_posts=20)}, names=["platform"])
MATCH = pd.DataFrame(
    {"estimate": [0.76, np.nan], "low": [0.5, np.nan], "high": [0.9, np.nan], "z": [3.0, np.nan], "n_given": [19, 0],
     "n_posts": [25, 0]},
    index=pd.MultiIndex.from_tuples([("emotional", "emotional"), ("emotional", "tangible")], names=["sought", "given"]),
)  # fmt: skip


def test_curves_step_through_the_shares_above_their_risk_table():
    """The line passes the table's shares, and beneath stand those who still wait, or a dash."""
    chart = plots.incidence(CURVE)
    above, beneath = chart.axes
    assert above.lines[0].get_xydata()[1:].tolist() == [[1 / 12, 0.1], [2.0, 0.4]]
    assert [text.get_text() for text in beneath.texts] == ["50", "–", "30", "–", "0", "–", "–"]
    assert "all: 0.40 (0.30 to 0.50) by 2 h, 30 waiting" in chart.alt


def test_groups_have_lines_and_markers_of_their_own():
    """Groups stand in the order of their sizes, and differ in more than colour."""
    above = plots.incidence(GROUPS).axes[0]
    assert [line.get_label() for line in above.lines] == ["forum", "blog"]
    assert len({line.get_linestyle() for line in above.lines}) == 2
    markers = {line.get_marker() for line in plots.responses(GROUPS).axes[0].lines}
    assert markers == {"o", "s"}


def test_of_many_groups_the_largest_are_drawn():
    """Of eight groups six are drawn, and the text says that two are not."""
    many = pd.concat({f"g{each}": CURVE.assign(n_posts=100 - each) for each in range(8)}, names=["platform"])
    chart = plots.incidence(many)
    assert len(chart.axes[0].lines) == 6
    assert "2 smaller groups are not drawn" in chart.alt


def test_the_unanswered_stand_beside_usenet():
    """Points and intervals are the table's, and the line of the 99 Usenet groups stands at 0.40."""
    chart = plots.unanswered(CURVE)
    axis = chart.axes[0]
    assert axis.lines[0].get_xydata().tolist() == [[0.1, 0], [0.4, 1]]
    assert any(np.allclose(line.get_xdata(), 0.4) for line in axis.lines)
    assert "0.40, found in 99 Usenet groups" in chart.alt
    assert "24 h: no estimate" in chart.alt


def test_means_and_differences_have_panels_of_their_own():
    """Two horizons and a difference make four panels, each with its points."""
    keys = [(group, within, "mean") for group in ("a", "b") for within in ("24 h", "7 d")]
    keys += [("b", within, "difference from a") for within in ("24 h", "7 d")]
    index = pd.MultiIndex.from_tuples(keys, names=["role", "within", "measure"])
    table = pd.DataFrame(
        {"hours": [24, 168] * 3, "estimate": [5.0, 30, 8, 40, 3, 10], "low": 1.0, "high": 50.0}, index=index
    )
    chart = plots.rmst(table)
    assert [len(axis.collections[0].get_segments()) for axis in chart.axes] == [2, 2, 1, 1]
    assert chart.axes[2].lines[0].get_xydata().tolist() == [[3, 0]]
    assert "24 h, b (difference): 3.0 (1.0 to 50.0)" in chart.alt


def test_hazard_ratios_stand_on_a_log_scale_and_undefined_ones_say_so():
    """A ratio has its point and interval; a row without one has the word."""
    table = pd.DataFrame(
        {"estimate": [1.5, np.nan], "low": [1.2, np.nan], "high": [1.9, np.nan], "n_events": 60, "n_posts": 90},
        index=pd.Index(["a question mark in it", "platform: x"], name="covariate"),
    )
    chart = plots.hazards(table)
    axis = chart.axes[0]
    assert axis.get_xscale() == "log"
    assert axis.lines[0].get_xydata().tolist() == [[1.5, 0]]
    assert [text.get_text().strip() for text in axis.texts] == ["undefined"]
    assert "60 events among 90 opening posts" in chart.alt


def test_cells_tell_share_interval_and_counts():
    """A cell says its share with a sign where it stands out, its interval and its counts; an empty one is undefined."""
    chart = plots.match(MATCH)
    assert [text.get_text() for text in chart.axes[0].texts] == ["76 % +\n50–90 %\n19 of 25", "undefined"]
    assert "76 % (50 to 90), 19 of 25, above the rest" in chart.alt


@pytest.mark.parametrize(
    ("plot", "table"),
    [("incidence", CURVE), ("unanswered", CURVE), ("hazards", CURVE.assign(n_events=1)), ("match", MATCH)],
)
def test_without_rows_a_figure_is_empty_and_with_other_columns_it_is_refused(plot: str, table: pd.DataFrame):
    """A table without rows gives axes and a text; one that lacks a column is refused by its name."""
    assert getattr(plots, plot)(table.head(0)).written("svg").startswith(b"<?xml")
    with pytest.raises(SchemaError, match="estimate"):
        getattr(plots, plot)(table.drop(columns="estimate"))

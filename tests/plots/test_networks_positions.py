"""Plots of positions: what is drawn equals the table's numbers, and no line is a person's."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import networks, simulation
from socialwork_research.errors import SchemaError
from socialwork_research.plots import networks as plots


@pytest.fixture(scope="module")
def ties() -> pd.DataFrame:
    """The ties of a simulated corpus."""
    return networks.ties(simulation.threads(n_threads=60, n_authors=80, seed=3))


def test_places_are_drawn_ten_neighbours_at_a_time(ties: pd.DataFrame) -> None:
    """Each line runs from the mean lower to the mean upper end of a group of ten authors or more, whole places together."""
    table = networks.places(ties, draws=100, seed=1)
    chart = plots.places(table)
    (lines,) = chart.axes[0].collections
    ranked = table.sort_values("place", kind="stable")
    ends = np.array([segment[:, 1] for segment in lines.get_segments()])
    x = np.array([segment[0, 0] for segment in lines.get_segments()])
    first = ranked[ranked["place"] <= ranked["place"].iloc[9]]
    assert x[0] == pytest.approx(first["place"].mean())
    assert ends[0].tolist() == pytest.approx([first["low"].mean(), first["high"].mean()])
    assert 2 <= len(x) <= len(table) / 10
    assert f"{len(table)} authors in {len(x)} groups" in chart.alt
    assert not set(table.index) & set(chart.alt.split())
    assert "persons" in chart.lays_open


def test_too_few_places_are_not_drawn() -> None:
    """Nine authors, or a table without an interval, give a chart that says so and holds no line."""
    table = pd.DataFrame({"place": range(1, 10), "low": 1.0, "high": 9.0})
    for each in (table, table.assign(low=np.nan), table.iloc[:0]):
        chart = plots.places(each)
        assert not chart.axes[0].collections
        assert "too few" in chart.alt
    with pytest.raises(SchemaError, match="high"):
        plots.places(table.drop(columns="high"))


def test_equal_places_stay_together() -> None:
    """Twelve authors who share a place are one group, and a last handful joins the group before."""
    place = np.array([6.5] * 12 + [13.0, 14, 15])
    table = pd.DataFrame({"place": place, "low": 1.0, "high": 15.0})
    (lines,) = plots.places(table).axes[0].collections
    assert len(lines.get_segments()) == 1


def test_robustness_has_a_line_for_each_measure(ties: pd.DataFrame) -> None:
    """Each measure's line goes through its estimates, its bars through its intervals; undefined ones are named."""
    table = networks.robustness(ties, measures=["in_degree", "coreness"], shares=[0.1, 0.5], draws=10, seed=1)
    axis = plots.robustness(table).axes[0]
    assert [text.get_text() for text in axis.get_legend().get_texts()] == ["in-degree", "coreness"]
    for line, bars, (_, rows) in zip(
        axis.get_lines(), axis.collections, table.groupby("measure", sort=False), strict=True
    ):
        assert line.get_ydata().tolist() == rows["estimate"].tolist()
        assert [segment[:, 1].tolist() for segment in bars.get_segments()] == rows[["low", "high"]].to_numpy().tolist()
    chart = plots.robustness(table.assign(estimate=table["estimate"].where(table.index == "coreness")))
    assert "in-degree: undefined" in chart.alt and len(chart.axes[0].get_lines()) == 1


def test_an_empty_table_of_robustness_gives_an_empty_chart() -> None:
    """Without a measure nothing is drawn, and the text says so."""
    table = pd.DataFrame(
        {name: [] for name in ("share", "estimate", "low", "high")}, index=pd.Index([], name="measure")
    )
    assert "No measure" in plots.robustness(table).alt

"""Plots of networks: what is drawn equals the table's numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import networks, simulation
from socialwork_research.errors import SchemaError
from socialwork_research.plots import networks as plots


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    """The tables of one simulated network."""
    corpus = simulation.threads(n_threads=20, n_authors=30, seed=3)
    ties = networks.ties(corpus)
    return {
        "chance": networks.against_chance(ties, corpus=corpus, draws=50, seed=1),
        "structure": networks.structure(ties, authors=40),
        "degrees": networks.degrees(ties, authors=40),
    }


def test_points_and_bands_are_those_of_the_table(tables: dict[str, pd.DataFrame]) -> None:
    """Each panel has its measure's band, mean and observed value, and the text names them."""
    chance = tables["chance"]
    chart = plots.against_chance(chance)
    for axis, (_, row) in zip(chart.axes, chance.iterrows(), strict=True):
        band, mean, point = axis.get_lines()
        assert list(band.get_xdata()) == [row["low"], row["high"]]
        assert list(mean.get_xdata()) == [row["null_mean"]] * 2
        assert list(point.get_xdata()) == [row["value"]]
        assert f"{row['value']:.3g}" in chart.alt
        assert axis.texts[0].get_text() == f"p = {row['p_value']:.3g}"


def test_an_undefined_measure_is_named_so_and_not_drawn(tables: dict[str, pd.DataFrame]) -> None:
    """Where p is missing the panel holds the word and no point."""
    chance = tables["chance"].copy()
    chance.loc["reciprocity", ["null_mean", "low", "high", "z", "p_value"]] = np.nan
    chart = plots.against_chance(chance)
    assert not chart.axes[0].get_lines()
    assert chart.axes[0].texts[0].get_text() == "undefined"
    assert "reciprocity: undefined" in chart.alt


def test_points_and_labels_of_the_structure(tables: dict[str, pd.DataFrame]) -> None:
    """Each scaled measure has its point and its label; counts stand in the title."""
    table = tables["structure"].copy()
    table.loc["rho", "value"] = np.nan
    chart = plots.structure(table)
    axis = chart.axes[0]
    (points,) = axis.get_lines()
    labels = [label.get_text() for label in axis.get_yticklabels()]
    scaled = ["density", "reciprocity", "dyadic_reciprocity", "rho", "transitivity", "largest_component_share",
              "in_degree_gini", "in_centralisation", "out_centralisation", "degree_centralisation"]  # fmt: skip
    assert len(labels) == len(scaled)
    np.testing.assert_array_equal(points.get_xdata(), table.loc[scaled, "value"].to_numpy())
    written = [text.get_text() for text in axis.texts]
    assert written == ["undefined" if np.isnan(each) else f"{each:.3g}" for each in table.loc[scaled, "value"]]
    assert f"{int(table.loc['n_edges', 'value']):,} edges" in chart.heading


def test_lines_of_the_degrees(tables: dict[str, pd.DataFrame]) -> None:
    """Each line holds the shares of the degrees that occur, degree zero left to the text."""
    table = tables["degrees"]
    chart = plots.degrees(table)
    for line, way in zip(chart.axes[0].get_lines(), ("in", "out"), strict=True):
        some = table[(table.index > 0) & (table[f"n_authors_{way}"] > 0)]
        assert list(line.get_xdata()) == some.index.tolist()
        assert list(line.get_ydata()) == some[f"share_{way}"].tolist()
    assert f"{100 * table.loc[0, 'n_authors_in'] / 40:.1f} %" in chart.alt


def test_empty_tables_give_charts_that_say_so() -> None:
    """No ties give charts without points and an alternative text that still tells what is there."""
    none = pd.DataFrame({"source": [], "target": []}, dtype="str")
    assert "0 authors" in plots.structure(networks.structure(none)).alt
    assert "0 authors" in plots.degrees(networks.degrees(none)).alt
    chart = plots.structure(networks.structure(none))
    assert chart.written("svg") == plots.structure(networks.structure(none)).written("svg")


@pytest.mark.parametrize("plot", [plots.against_chance, plots.structure, plots.degrees])
def test_another_table_is_refused(plot) -> None:
    """A table without the columns raises SchemaError."""
    with pytest.raises(SchemaError):
        plot(pd.DataFrame({"n": [1]}))


def test_degrees_of_a_suppressed_table():
    """Where some or all rows are suppressed the chart is still drawn, and its text says so and tells no share."""
    index = pd.Index([0, 1, 2], name="degree")
    missing = pd.array([None] * 3, dtype="Int64")
    table = pd.DataFrame(
        {"n_authors_in": missing, "n_authors_out": missing, "share_in": np.nan, "share_out": np.nan}, index
    )
    assert "no row is left" in plots.degrees(table).alt
    table.loc[1] = [12, 12, 0.5, 0.5]
    alt = plots.degrees(table).alt
    assert "degrees 1 to 1" in alt and "%" not in alt

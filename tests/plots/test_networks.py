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
        "triads": networks.triads(ties, authors=40),
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
        assert axis.texts[0].get_text().split(",")[0] == f"p = {row['p_value']:.3g}"


def test_a_value_below_the_null_has_its_two_sided_p_beside_it(tables: dict[str, pd.DataFrame]) -> None:
    """Below the mean of the null, where the one-sided p says nothing, the two-sided one stands beside it."""
    chance = tables["chance"].assign(value=0.0, p_value=1.0, p_two_sided=0.02)
    chart = plots.against_chance(chance)
    assert {axis.texts[0].get_text() for axis in chart.axes} == {"p = 1, two-sided 0.02"}
    assert "p = 1, two-sided 0.02" in chart.alt


def test_the_null_is_named_and_what_it_keeps_is_not_drawn() -> None:
    """The title says which null it is, and a measure that every draw shares stands there as its value."""
    ties = networks.ties(simulation.threads(n_threads=20, n_authors=30, seed=3))
    fixed = networks.against_chance(ties, null="degrees", measures=["transitivity", "max_in_degree"], draws=9, seed=1)
    chart = plots.against_chance(fixed)
    assert chart.axes[0].get_lines() and not chart.axes[1].get_lines()
    assert f"{fixed.loc['max_in_degree', 'value']:.4g}, the same in every draw" in chart.axes[1].texts[0].get_text()
    assert "all degrees kept" in chart.alt


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
    points = axis.get_lines()[0]
    scaled = ["density", "reciprocity", "dyadic_reciprocity", "rho", "weighted_reciprocity", "transitivity",
              "mean_clustering", "directed_clustering", "weighted_clustering", "largest_component_share",
              "largest_strong_component_share", "innermost_core_share", "in_degree_gini", "out_degree_gini", "ties_gini",
              "carried_by_top_percent", "in_centralisation", "out_centralisation", "degree_centralisation",
              "assortativity", "out_in_assortativity"]  # fmt: skip
    assert len(axis.get_yticklabels()) == len(scaled)
    np.testing.assert_array_equal(points.get_xdata(), table.loc[scaled, "value"].to_numpy())
    written = [text.get_text() for text in axis.texts]
    assert written == ["undefined" if np.isnan(each) else f"{each:.3g}" for each in table.loc[scaled, "value"]]
    assert f"{int(table.loc['n_edges', 'value']):,} edges" in chart.heading


def test_intervals_of_the_structure_are_drawn(tables: dict[str, pd.DataFrame]) -> None:
    """A measure with an interval has a bar from its low to its high; the others have none."""
    table = tables["structure"].copy()
    table.loc["reciprocity", ["low", "high"]] = [0.2, 0.4]
    lines = plots.structure(table).axes[0].get_lines()
    assert [list(line.get_xdata()) for line in lines if len(line.get_xdata()) == 2 and line.get_linewidth() > 2] == [
        [0.2, 0.4]
    ]


def test_bars_of_the_triads(tables: dict[str, pd.DataFrame]) -> None:
    """Each joined type has a bar as high as its share, its number above, and a drawing with its edges."""
    table = tables["triads"]
    chart = plots.triads(table)
    bars, pictures = chart.axes
    joined = table.drop(["003", "012", "102"])
    assert [label.get_text() for label in bars.get_xticklabels()] == joined.index.tolist()
    np.testing.assert_allclose([bar.get_height() for bar in bars.patches], joined["share_joined"])
    assert [text.get_text() for text in bars.texts] == [f"{n:,}" for n in joined["n"]]
    # Mutual pairs have two arrows, one-way pairs one: the type's name says how many.
    assert len(pictures.texts) == sum(2 * int(name[0]) + int(name[1]) for name in joined.index)
    none = networks.triads(pd.DataFrame({"source": [], "target": []}, dtype="str"))
    assert "0 in number" in plots.triads(none).alt


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


@pytest.mark.parametrize("plot", [plots.against_chance, plots.structure, plots.degrees, plots.triads])
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

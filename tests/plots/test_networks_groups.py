"""Plots of communities, cores, shares and removal: what is drawn equals the table's numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import networks, simulation
from socialwork_research.errors import SchemaError
from socialwork_research.plots import networks as plots

NONE = pd.DataFrame({"source": [], "target": []}, dtype="str")
NAMES = ["attack", "carried", "communities", "core_periphery", "resolutions"]
LIGHT = {"communities": {"runs": 5}, "resolutions": {"runs": 5}, "core_periphery": {"draws": 10}, "carried": {"draws": 10},
         "attack": {"draws": 5}}  # fmt: skip


@pytest.fixture(scope="module")
def ties() -> pd.DataFrame:
    """The ties of one simulated corpus."""
    return networks.ties(simulation.threads(n_threads=25, n_authors=40, seed=3))


def drawn(name: str, ties: pd.DataFrame) -> tuple[pd.DataFrame, plots.Chart]:
    """Make a table, and draw it."""
    table = getattr(networks, name)(ties, seed=1, **LIGHT[name])
    return table, getattr(plots, name)(table)


def test_bars_are_communities_and_no_author_is_shown(ties: pd.DataFrame) -> None:
    """Bars are as long as communities of ten and more are large, small ones are one hatched bar, no id is written."""
    table, chart = drawn("communities", ties)
    sizes = table.groupby("community").size()
    lengths = [bar.get_width() for bar in chart.axes[0].patches]
    large = sizes[sizes >= 10]
    assert lengths[: len(large)] == large.tolist()
    assert sum(lengths) == len(table)
    assert [bool(bar.get_hatch()) for bar in chart.axes[0].patches] == [False] * len(large) + [True] * (
        len(lengths) - len(large)
    )
    (points,) = chart.axes[1].get_lines()
    means = table.groupby("community")["entropy"].mean()
    np.testing.assert_allclose(points.get_xdata()[: len(large)], means[large.index])
    words = [text.get_text() for axis in chart.axes for text in axis.get_yticklabels()]
    assert not set(words) & set(table.index) and not any(name in chart.alt for name in table.index)


def test_panels_are_the_resolutions(ties: pd.DataFrame) -> None:
    """The three panels hold the numbers, modularities and agreements of the table."""
    table, chart = drawn("resolutions", ties)
    for axis, name in zip(chart.axes, ["n_communities", "modularity", "ami_runs"], strict=True):
        assert axis.get_lines()[0].get_ydata().tolist() == table[name].tolist()
    np.testing.assert_array_equal(chart.axes[2].get_lines()[1].get_ydata(), table["ami_next"].to_numpy())


def test_blocks_are_labelled_with_densities(ties: pd.DataFrame) -> None:
    """Each block bears its density and its share of the joined pairs; the fit stands beside its null."""
    table, chart = drawn("core_periphery", ties)
    words = [text.get_text() for text in chart.axes[0].texts]
    for density, part in (("core", "within_core"), ("between", "between"), ("periphery", "within_periphery")):
        value = table["value"]
        assert f"{value[f'density_{density}']:.2g}\n{100 * value[f'share_{part}']:.0f} %" in words
    band, mean, point = chart.axes[1].get_lines()
    fit = table.loc["fit"]
    assert list(band.get_xdata()) == [fit["null_low"], fit["null_high"]]
    assert mean.get_xdata()[0] == fit["null_mean"] and point.get_xdata()[0] == fit["value"]
    assert f"p = {fit['p_value']:.3g}" in chart.alt


def test_points_are_the_shares_carried(ties: pd.DataFrame) -> None:
    """Filled points are the corrected shares, hollow ones the observed."""
    table, chart = drawn("carried", ties)
    corrected, observed = chart.axes[0].get_lines()
    np.testing.assert_array_equal(corrected.get_xdata(), table["estimate"])
    np.testing.assert_array_equal(observed.get_xdata(), table["value"])


def test_lines_are_the_curves_of_removal(ties: pd.DataFrame) -> None:
    """Each way has its line, and the text tells its area."""
    table, chart = drawn("attack", ties)
    for line, (_, rows) in zip(chart.axes[0].get_lines(), table.groupby("way"), strict=True):
        assert line.get_ydata().tolist() == rows["estimate"].tolist()
        assert f"area {rows['area'].iloc[0]:.2g}" in chart.alt


@pytest.mark.parametrize("name", NAMES)
def test_empty_tables_are_drawn_and_others_refused(name: str) -> None:
    """No ties give a chart that still has an alternative text, and a table without the columns raises SchemaError."""
    assert len(drawn(name, NONE)[1].alt) > 40
    with pytest.raises(SchemaError):
        getattr(plots, name)(pd.DataFrame({"n": [1]}))

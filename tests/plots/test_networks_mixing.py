"""Plots of ties between groups and of attention: what is drawn equals the table's numbers."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from socialwork_research import networks, privacy, simulation
from socialwork_research.errors import SchemaError
from socialwork_research.plots import networks as plots

ROLES = ("leader", "service_user", "student")
NAMES = ("access", "attention", "brokerage", "homophily", "lorenz", "mixing", "reply_chance", "visibility")


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    """The tables of one simulated network."""
    corpus = simulation.threads(n_threads=40, n_authors=45, seed=3)
    ties = networks.ties(corpus)
    names = sorted(corpus.posts["author_id"].unique())
    role = pd.Series([ROLES[place % 3] for place in range(len(names))], index=names)
    given = {"draws": 30, "seed": 1}
    sides = {"leaders": ["leader"], "frontline": ["student"]}
    return {
        "access": networks.access(ties, role, corpus=corpus, **sides, **given),
        "attention": networks.attention(ties, corpus, **given),
        "brokerage": networks.brokerage(ties, role, **given),
        "homophily": networks.homophily(ties, role, null="groups", **given),
        "lorenz": networks.lorenz(ties, corpus, **given),
        "mixing": networks.mixing(ties, role, corpus=corpus, **given),
        "reply_chance": networks.reply_chance(ties, role, corpus=corpus),
        "visibility": networks.visibility(ties, role, corpus=corpus, **given),
    }


@pytest.mark.parametrize("name", NAMES)
def test_each_chart_is_written_and_told(tables: dict[str, pd.DataFrame], name: str) -> None:
    """Each table has its plot, with bytes that are the same twice and words that say what is to be seen."""
    first, second = (getattr(plots, name)(tables[name]) for _ in range(2))
    assert first.written("svg") == second.written("svg")
    assert len(first.alt) > 40 and " nan" not in first.alt
    with pytest.raises(SchemaError):
        getattr(plots, name)(tables[name].drop(columns=tables[name].columns[0:5]))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_suppressed_is_not_drawn_and_told(tables: dict[str, pd.DataFrame], name: str) -> None:
    """Of a table whose rows are all kept back no number is left in the picture's words."""
    safe = privacy.suppress(tables[name].assign(n_authors=3))
    chart = getattr(plots, name)(safe)
    assert "suppressed" in chart.alt
    assert not re.search(r"\d\.\d", chart.alt)


def test_a_square_a_pair_with_its_ratio_and_its_mark(tables: dict[str, pd.DataFrame]) -> None:
    """Each pair has a square with its ratio and ties; those outside the band have an arrow and a thick frame."""
    table = tables["mixing"].copy()
    table.loc[("leader", "student"), "n_ties"] = int(table.loc[("leader", "student"), "high"]) + 1
    table.loc[("student", "leader"), "ratio"] = np.nan
    axis = plots.mixing(table).axes[0]
    squares = [patch for patch in axis.patches if isinstance(patch, Rectangle)]
    assert len(squares) == 9
    words = [text.get_text() for text in axis.texts]
    assert len(words) == 8 and f"▲ {table.loc[('leader', 'student'), 'ratio']:.2f}" in " ".join(words)
    outside = (table["n_ties"] > table["high"]) | (table["n_ties"] < table["low"])
    outside &= table["ratio"].notna()
    thick = [square.get_linewidth() > 1 for square in squares]
    assert thick == outside.tolist()
    assert [bool(square.get_hatch()) for square in squares] == table["ratio"].isna().tolist()


def test_points_and_bands_are_those_of_the_tables(tables: dict[str, pd.DataFrame]) -> None:
    """Points, bars and bands of attention and homophily stand at the tables' numbers, filled only outside the band."""
    for name, part in (("attention", tables["attention"]), ("homophily", tables["homophily"].iloc[:4])):
        lines = getattr(plots, name)(tables[name]).axes[0].get_lines()
        for place, (_, row) in enumerate(part.iterrows()):
            band, mean, point = lines[3 * place : 3 * place + 3]
            assert list(band.get_xdata()) == [row["low"], row["high"]]
            assert mean.get_xdata()[0] == row["null_mean"] and point.get_xdata()[0] == row["value"]
            is_out = not row["low"] <= row["value"] <= row["high"]
            assert (point.get_markerfacecolor() != "white") == is_out


def test_the_curve_and_its_band(tables: dict[str, pd.DataFrame]) -> None:
    """The observed curve and the mean of the null are those of the table."""
    table = tables["lorenz"]
    _, mean, observed = plots.lorenz(table).axes[0].get_lines()
    np.testing.assert_array_equal(observed.get_ydata(), table["value"])
    np.testing.assert_array_equal(mean.get_ydata(), table["null_mean"])


def test_intervals_and_dumbbells(tables: dict[str, pd.DataFrame]) -> None:
    """Each group has its interval and point, and each direction both shares."""
    table = tables["reply_chance"]
    lines = plots.reply_chance(table).axes[0].get_lines()
    assert [list(line.get_xdata()) for line in lines[1::3]] == table[["low", "high"]].to_numpy().tolist()
    assert [line.get_xdata()[0] for line in lines[2::3]] == table["estimate"].tolist()
    table = tables["access"].dropna(subset=["estimate"])
    lines = plots.access(tables["access"]).axes[1].get_lines()
    assert [line.get_xdata()[0] for line in lines[3::4]] == table["estimate"].tolist()
    assert [line.get_xdata()[0] for line in lines[2::4]] == table["share"].tolist()

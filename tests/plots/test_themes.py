"""Plots of themes draw the tables' numbers and nothing of a post."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from socialwork_research.errors import SchemaError
from socialwork_research.plots import themes as plots
from socialwork_research.plots._canvas import GREY

THEME = pd.Index([0, 1, 2], name="theme")
SIZES = pd.DataFrame(
    {
        "label": ["rota, shift", "court, judge", "exam, essay"],
        "n_posts": [50, 30, 10],
        "share": [0.5, 0.3, 0.1],
        "low": [0.4, 0.2, np.nan],
        "high": [0.6, 0.35, np.nan],
    },
    index=THEME,
)
STABILITY = pd.DataFrame({"jaccard": [0.9, 0.8, 0.4], "n_refits": 20, "is_stable": [True, True, False]}, index=THEME)
WORDS = pd.DataFrame(
    {"word": ["rota", "shift", "court", "judge", "exam", "essay"], "weight": [0.3, 0.2, 0.4, 0.1, 0.2, 0.1]},
    index=pd.MultiIndex.from_product([range(3), (1, 2)], names=["theme", "rank"]),
)
POSTS = pd.Index(["p1", "p2", "p3", "p4"], name="post_id")
PLACES = pd.DataFrame({"x": [0.0, 1, 2, 3], "y": [1.0, 2, 3, 4]}, index=POSTS)
ASSIGNED = pd.DataFrame({"theme": pd.array([0, 1, 2, None], dtype="Int64")}, index=POSTS)


def _every_text(chart) -> str:
    return " ".join(
        text.get_text() for axis in chart.axes for text in axis.findobj(lambda each: hasattr(each, "get_text"))
    )


def test_bars_of_sizes_are_the_shares():
    """Bars are the shares in per cent in the table's order; the theme that is not stable is grey and hatched."""
    chart = plots.sizes(SIZES, stability=STABILITY)
    bars = chart.axes[0].patches
    assert np.allclose([bar.get_width() for bar in bars], [50, 30, 10])
    assert [to_hex(bar.get_facecolor()).upper() == GREY for bar in bars] == [False, False, True]
    assert [bool(bar.get_hatch()) for bar in bars] == [False, False, True]
    assert "40.0 to 60.0 %" in chart.alt and "1 of 3 themes are not stable" in chart.alt


def test_bars_of_words_are_the_weights():
    """One panel a theme, the words with their weights; panels beyond the number asked for are not drawn."""
    chart = plots.words(WORDS, stability=STABILITY)
    assert [axis.get_title(loc="left") for axis in chart.axes] == ["Theme 0", "Theme 1", "Theme 2, unstable"]
    assert [label.get_text() for label in chart.axes[1].get_yticklabels()] == ["court", "judge"]
    assert np.allclose([bar.get_width() for bar in chart.axes[1].patches], [0.4, 0.1])
    assert chart.heading == "Words of themes"
    assert "1 of 3 themes" in plots.words(WORDS, themes=1).alt


def test_dots_of_stability_are_the_jaccard_indices():
    """Stable themes are dots, others crosses, both at their Jaccard index."""
    chart = plots.stability(STABILITY, sizes=SIZES)
    drawn = [tuple(points.get_offsets()[:, 0]) for points in chart.axes[0].collections]
    assert drawn == [(0.9, 0.8), (0.4,)]
    assert "0  rota, shift" in _every_text(chart)


def test_posts_lie_where_the_table_says():
    """All posts are drawn once, those in no theme pale; numbers name the themes; no id is written."""
    chart = plots.places(PLACES, assigned=ASSIGNED, stability=STABILITY)
    drawn = np.concatenate([points.get_offsets() for points in chart.axes[0].collections])
    assert sorted(map(tuple, drawn)) == sorted(map(tuple, PLACES.to_numpy()))
    assert "3 in 3 themes, 1 in none" in chart.alt and "p1" not in _every_text(chart)


def test_same_table_same_bytes():
    """Drawn twice, a chart is the same file."""
    for kind in ("svg", "png"):
        assert plots.sizes(SIZES).written(kind) == plots.sizes(SIZES).written(kind)


def test_a_missing_column_is_named():
    """A table without its column is refused by the column's name."""
    with pytest.raises(SchemaError, match="share"):
        plots.sizes(SIZES.drop(columns="share"))
    with pytest.raises(SchemaError, match="is_stable"):
        plots.words(WORDS, stability=STABILITY.drop(columns="is_stable"))

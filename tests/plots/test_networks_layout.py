"""The picture of a network and its page: what they show equals the tables, and neither names anybody."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from socialwork_research import networks, plots, privacy, simulation
from socialwork_research.errors import SchemaError, StudyError
from socialwork_research.reports._safety import refuse_unsafe


@pytest.fixture(scope="module")
def ties() -> pd.DataFrame:
    """Replies of a simulated corpus, with authors whose ids can be looked for."""
    made = networks.ties(simulation.threads(n_threads=60, n_authors=80, reply_back=0.6, seed=3))
    return made.assign(source="id-" + made["source"], target="id-" + made["target"])


@pytest.fixture(scope="module")
def places(ties: pd.DataFrame) -> pd.DataFrame:
    """Their layout, with communities."""
    found = networks.layout(ties, seed=3)
    return found.assign(community=[f"c{number % 9}" for number in range(len(found))])


def told(page: str) -> dict[str, Any]:
    """Return what the page draws."""
    return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.DOTALL)[1])


def test_the_points_are_those_of_the_layout(ties: pd.DataFrame, places: pd.DataFrame) -> None:
    """Each author is one point of the layout, each pair one line, and the text tells their numbers."""
    chart = plots.networks.layout(places, ties=ties)
    lines, *points = chart.axes[0].collections
    drawn = np.concatenate([each.get_offsets() for each in points])
    assert sorted(map(tuple, drawn)) == sorted(map(tuple, places[["x", "y"]].to_numpy()))
    n_pairs = len({frozenset(pair) for pair in zip(ties["source"], ties["target"], strict=True)})
    assert len(lines.get_segments()) == n_pairs
    assert f"{len(places)} authors and {n_pairs} pairs" in chart.alt
    assert [text.get_text() for text in chart.axes[0].get_legend().get_texts()] == [
        *(f"c{n}" for n in range(7)),
        "others",
    ]


def test_the_page_draws_what_the_picture_draws(ties: pd.DataFrame, places: pd.DataFrame) -> None:
    """Places, degrees, components, communities and weights on the page are those of the tables."""
    data = told(plots.networks.layout(places, ties=ties).view.page())
    seen = pd.DataFrame({name: data[name] for name in ("x", "y", "degree", "component", "community")})
    expected = places.reset_index(drop=True)
    expected[["x", "y"]] = np.rint((expected[["x", "y"]] + 1) / 2 * 10_000).astype(int)
    columns = list(seen.columns)
    assert seen.sort_values(columns).to_numpy().tolist() == expected[columns].sort_values(columns).to_numpy().tolist()
    assert sum(data["weight"]) == len(ties)
    degree = np.bincount(data["start"] + data["end"], minlength=len(places))
    assert degree.tolist() == data["degree"]


def test_the_page_loads_nothing_and_names_nobody(ties: pd.DataFrame, places: pd.DataFrame, tmp_path: Path) -> None:
    """The saved page holds no id and no address, forbids itself to load anything, and tells what it shows in words."""
    chart = plots.networks.layout(places, ties=ties)
    page = chart.view.save(tmp_path / "net").read_text("utf-8")
    assert "id-" not in page.replace("grid-", "")
    assert not re.findall(r"https?://|src=|@import|url\(", page)
    assert "default-src 'none'" in page
    assert page.count(f'aria-label="{chart.alt}"') == 1
    assert "not for publication" in page
    assert "__" not in page
    frame = chart.view._repr_html_()
    assert 'sandbox="allow-scripts"' in frame and f'title="{chart.alt}"' in frame


def test_words_in_a_page_cannot_leave_their_place(places: pd.DataFrame, ties: pd.DataFrame) -> None:
    """A community called like the end of a script stays a word."""
    odd = places.assign(community="</script><b>")
    page = plots.networks.layout(odd, ties=ties).view.page()
    assert page.count("</script>") == 2
    assert set(told(page)["community"]) == {"</script><b>"}


def test_real_people_are_drawn_in_no_report_unless_nobody_stands_alone(
    ties: pd.DataFrame, places: pd.DataFrame
) -> None:
    """A picture of ties has a point for each person; one of a publishable network, unchanged, may be published."""
    assert plots.networks.layout(places, ties=ties).lays_open == ("persons",)
    graph = privacy.publishable_network(ties, seed=3)
    own = networks.layout(graph, seed=3)
    chart = plots.networks.layout(own, ties=graph)
    assert chart.lays_open == ()
    assert "not for publication" not in chart.view.page()
    assert plots.networks.layout(own.assign(degree=1), ties=graph).lays_open == ("persons",)
    changed = graph.copy()
    changed.add_edge(0, 1, seen="2024")
    assert plots.networks.layout(own, ties=changed).lays_open == ("persons",)
    assert plots.networks.layout(networks.layout(ties, seed=3), ties=ties).lays_open == ("persons",)


def test_a_report_takes_the_picture_and_not_the_page(ties: pd.DataFrame, places: pd.DataFrame) -> None:
    """The still picture is safe on a page of a report; the page with a script is refused there."""
    chart = plots.networks.layout(places, ties=ties)
    refuse_unsafe(chart._repr_html_())
    with pytest.raises(StudyError):
        refuse_unsafe(chart.view._repr_html_())


def test_nothing_and_strangers(ties: pd.DataFrame, places: pd.DataFrame) -> None:
    """An empty network is drawn; ties whose author has no place are refused."""
    none = networks.layout(ties.iloc[:0], seed=1)
    chart = plots.networks.layout(none, ties=ties.iloc[:0])
    assert "0 authors and 0 pairs" in chart.alt
    assert chart.written("svg") and told(chart.view.page())["x"] == []
    with pytest.raises(SchemaError, match="without a place"):
        plots.networks.layout(places.iloc[5:], ties=ties)

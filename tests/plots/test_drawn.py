"""What every chart says of the tables it was drawn from."""

from __future__ import annotations

import pandas as pd
import pytest

from socialwork_research import plots, privacy


def stances() -> pd.DataFrame:
    """Marks of two codes, one of them by few."""
    index = pd.Index(["contact", "contact", "search"], name="code")
    return pd.DataFrame(
        {"coder": "m", "stance": ["enacted", "news", "enacted"], "n_posts": [30, 40, 2], "n_authors": [20, 30, 2]},
        index=index,
    )


def test_a_table_that_passed_no_gate():
    """A chart of counts of authors that were not made safe says so; one of safe counts does not."""
    assert plots.coders.stances(stances()).lays_open == ("cells",)
    assert plots.coders.stances(privacy.suppress(stances())).lays_open == ()


def test_a_point_for_each_post():
    """A chart that draws each post says so."""
    index = pd.Index(["a", "b"], name="post_id")
    where = pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 1.0]}, index=index)
    theme = pd.DataFrame({"theme": pd.array([0, None], dtype="Int64")}, index=index)
    assert plots.themes.places(where, assigned=theme).lays_open == ("persons",)


def test_suppressed_rows_are_gaps_that_are_told():
    """Suppressed rows are not drawn, no number of theirs stands in the text, and title and text count them."""
    chart = plots.coders.stances(privacy.suppress(stances(), adds_up=False))
    assert "1 row of the table is suppressed and not drawn." in chart.alt
    assert "1 row of the table is suppressed" in chart.get_suptitle()
    assert "search: the rest suppressed" in chart.alt


def test_a_demonstration_says_what_would_go():
    """A chart of an invented corpus draws all and says how many rows a real one would hide."""
    chart = plots.coders.stances(privacy.suppress(stances(), adds_up=False, demonstration=True))
    assert "1 row of the table is drawn for an invented corpus and would be suppressed" in chart.alt
    assert "search: 2 enacted" in chart.alt


@pytest.mark.parametrize("blank", ["some", "all"])
def test_every_chart_of_a_suppressed_table_is_drawn(blank):
    """Each plot draws tables with blank rows, or nothing but such, and prints no number of theirs."""
    few = [3, 40] if blank == "some" else [3, 4]
    n = {"n_authors": few, "is_suppressed": [count < 10 for count in few]}
    shares = {name: pd.Series([0.25, 0.5]).where(pd.Series(few) >= 10).to_numpy() for name in ("share", "low", "high")}
    counts = {"n_posts": pd.array([each if each >= 10 else None for each in few], dtype="Int64")}
    codes, themes, strata = (pd.Index(each, name=name) for name, each in (
        ("code", ["a", "b"]), ("theme", [0, 1]), ("stratum", ["flagged", "rest"])))  # fmt: skip
    rate = {**n, "estimate": shares["share"], "low": shares["low"], "high": shares["high"], "naive": shares["share"]}
    agreed = {**n, "alpha": shares["share"], "low": shares["low"], "high": shares["high"], "ac1": shares["share"]}
    drawn = {**n, **counts, "n_drawn": counts["n_posts"], "share": shares["share"], "share_drawn": shares["share"]}
    charts = [
        plots.estimates.prevalence(pd.DataFrame(rate, index=codes)),
        plots.reliability.agreement(pd.DataFrame(agreed, index=codes)),
        plots.reliability.strata(pd.DataFrame(drawn, index=strata)),
        plots.themes.sizes(pd.DataFrame({**n, **counts, **shares, "label": ["x", "y"]}, index=themes)),
        plots.networks.structure(privacy.suppress_measures(measures())),
    ]
    for chart in charts:
        assert "suppressed" in chart.alt
        assert "<NA>" not in chart.alt and "nan" not in chart.alt
        assert chart.written("svg")


def measures() -> pd.DataFrame:
    """A small network."""
    index = pd.Index(["n_authors", "n_edges", "density", "in_centralisation"], name="measure")
    return pd.DataFrame({"value": [8.0, 20.0, 0.3, 0.5], "n": [8, 20, 56, 8]}, index=index)

"""Times and likes."""

from __future__ import annotations

import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import privacy
from socialwork_research.errors import OptionError


@pytest.fixture
def table() -> pd.DataFrame:
    """Two rows with times and numbers, one of them unknown."""
    at = pd.to_datetime(["2021-05-04T23:59:59Z", None])
    return pd.DataFrame(
        {"at": at, "n_likes": pd.array([100, None], dtype="Int64"), "n_posts": [3, 41], "share": [0.5, 0.25]}
    )


@pytest.mark.parametrize(("to", "start"), [("day", "2021-05-04"), ("month", "2021-05-01")])
def test_times(table, to, start):
    """A time becomes the beginning of its day or month, one that is unknown stays so."""
    coarse = privacy.coarsened(table, to=to)
    assert coarse["at"].tolist() == [pd.Timestamp(start, tz="UTC"), pd.NaT]
    assert privacy.too_fine(coarse) == []


def test_likes(table):
    """Exact likes become bands with the edges that they are said to have; other numbers stay as they are."""
    coarse = privacy.coarsened(table)
    assert coarse["n_likes"].isna().tolist() == [False, True]
    many = privacy.coarsened(pd.DataFrame({"likes": [0, 9, 10, 99, 100, 999, 1000]}))["likes"].tolist()
    assert many == ["0 to 9"] * 2 + ["10 to 99"] * 2 + ["100 to 999"] * 2 + ["1,000 and more"]
    pd.testing.assert_frame_equal(coarse[["n_posts", "share"]], table[["n_posts", "share"]])


def test_what_is_too_fine(table):
    """Columns and index levels with hours or exact likes are named, shares and days are not."""
    assert privacy.too_fine(table) == ["at", "n_likes"]
    assert privacy.too_fine(table.set_index("at")[["share"]]) == ["at"]
    assert sw.papers(privacy.coarsened(table))["notes"]["made_coarse"] == ["at", "n_likes"]


def test_a_measure_of_time_that_is_unknown(table):
    """Another unit is refused."""
    with pytest.raises(OptionError, match="month"):
        privacy.coarsened(table, to="hour")

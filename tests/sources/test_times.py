"""Times to UTC."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research.errors import OptionError
from socialwork_research.sources._times import known_zone, to_utc


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2011-10-11T19:42:20Z", "2011-10-11T19:42:20Z"),
        ("2011-10-11 19:42:20 UTC", "2011-10-11T19:42:20Z"),
        ("2011-10-11T19:42+02:00", "2011-10-11T17:42:00Z"),
        ("2011-10-11 19:42:20 -0500", "2011-10-12T00:42:20Z"),
        ("1318362140", "2011-10-11T19:42:20Z"),
        ("1318362140.5", "2011-10-11T19:42:20.5Z"),
        ("1318362140123", "2011-10-11T19:42:20.123Z"),
        (1318362140, "2011-10-11T19:42:20Z"),
        (1318362140.0, "2011-10-11T19:42:20Z"),
    ],
)
def test_times_with_a_zone_are_read(written, meant):
    """Epochs in seconds and milliseconds and ISO times with a zone need none."""
    times = to_utc(pd.Series([written], dtype=object), zone=None)
    assert times.values.item() == pd.Timestamp(meant)


@pytest.mark.parametrize("written", ["2011-10-11T19:42:20.713", "2011-10-11 19:42", "2011-10-11"])
def test_a_time_without_zone_is_naive_unless_the_zone_is_given(written):
    """A time that names no zone is not guessed; with the zone it is converted."""
    assert to_utc(pd.Series([written]), zone=None).is_naive.tolist() == [True]
    given_zone = to_utc(pd.Series([written]), zone="Europe/London")
    assert given_zone.values.item() == pd.Timestamp(written, tz="Europe/London")


def test_changes_of_clocks_are_marked_as_guessed():
    """The hour that came twice is taken as its first, the one that never was is moved forward; both are marked."""
    times = to_utc(pd.Series(["2024-10-27 01:30", "2024-03-31 01:30", "2024-05-01 01:30"]), zone="Europe/London")
    assert times.is_guessed.tolist() == [True, True, False]
    assert times.values[0] == pd.Timestamp("2024-10-27T00:30Z")
    assert times.values[1] == pd.Timestamp("2024-03-31T01:00Z")


def test_absent_unreadable_and_naive_are_three_things():
    """Nothing, rubbish and a time without zone are told apart."""
    times = to_utc(pd.Series([None, "", "soon", "2011-10-11", "9" * 30]), zone=None)
    assert times.is_absent.tolist() == [True, True, False, False, False]
    assert times.is_unreadable.tolist() == [False, False, True, False, True]
    assert times.is_naive.tolist() == [False, False, False, True, False]


def test_a_layout_reads_what_iso_does_not():
    """A strptime layout reads dates with slashes, with and without a zone of their own."""
    assert to_utc(pd.Series(["14/4/13 16:32"]), zone="UTC", layout="%d/%m/%y %H:%M").values.item() == pd.Timestamp(
        "2013-04-14T16:32Z"
    )
    assert to_utc(pd.Series(["14/4/2013 +0200"]), zone=None, layout="%d/%m/%Y %z").values.item() == pd.Timestamp(
        "2013-04-13T22:00Z"
    )


def test_datetime_columns_are_taken_as_they_are():
    """Columns that are times already keep their instant; those without a zone need one."""
    aware = pd.Series(pd.to_datetime(["2020-01-01T12:00+01:00"]))
    naive = pd.Series(pd.to_datetime(["2020-07-01T12:00", None]))
    assert to_utc(aware, zone=None).values.item() == pd.Timestamp("2020-01-01T11:00Z")
    assert to_utc(naive, zone=None).is_naive.tolist() == [True, False]
    assert to_utc(naive, zone="Europe/London").values[0] == pd.Timestamp("2020-07-01T11:00Z")


@pytest.mark.parametrize("zone", ["London", "Europe/Londn", "../etc", ""])
def test_an_unknown_zone_is_refused(zone):
    """A zone that the database does not have is refused with an example."""
    with pytest.raises(OptionError, match="Europe/London"):
        known_zone(zone)


@given(st.lists(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans()), max_size=8))
def test_each_cell_is_exactly_one_thing(cells):
    """Whatever stands in a cell, it is a time, absent, unreadable or naive, and just one of them."""
    times = to_utc(pd.Series(cells, dtype=object), zone=None)
    kinds = times.values.notna().astype(int) + times.is_absent + times.is_unreadable + times.is_naive
    assert kinds.eq(1).all()

"""Selector maps of forums, and times by their layouts."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research.errors import SchemaError
from socialwork_research.sources import _forum_map, _forum_times


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("[post\n", "not TOML"),
        ("[post]\neech = '//x'", "post has no key 'eech'.*each"),
        ("[pots]\n", "'pots' is no key of a map"),
        ("[post]\neach = '//x['", "post.each: this XPath cannot be read"),
        ("[post]\neach = {select = '//x', pattern = '('}", "this regular expression cannot be read"),
        ("[post]\neach = {pattern = 'x'}", "a pair has the keys select and pattern"),
        ("[post]\neach = 3", "this is an XPath"),
        ("[post]\neach = '//x'", "the map lacks post.id, post.author, post.time, post.text"),
        ("like = 'phpbb'\n[post]\nguests = 'Guest'", "guests is a list of texts"),
        ("like = 'phbb'", "No map of a forum is called 'phbb'"),
        ("post = 3", "post is written as a table"),
    ],
)
def test_a_map_that_cannot_be_read_is_named(tmp_path, text, match):
    """A mistake in a map is told with its place."""
    (tmp_path / "own.toml").write_text(text)
    with pytest.raises(SchemaError, match=match):
        _forum_map.known(tmp_path / "own.toml")


def test_shipped_maps_say_whence_they_are():
    """Three maps are shipped, each with its source and whether it was held against real pages."""
    assert _forum_map.shipped() == ["phpbb", "vbulletin", "xenforo"]
    assert {board.name: board.tested for board in _forum_map.known(None)} == {
        "phpbb": False, "vbulletin": False, "xenforo": True}  # fmt: skip


@given(st.datetimes(min_value=pd.Timestamp("1995-01-01"), max_value=pd.Timestamp("2035-01-01")), st.integers(0, 5))
def test_a_time_that_a_layout_wrote_is_read_again(when, number):
    """Whatever a layout of a map writes, it reads, to the minute."""
    board = _forum_map.known("phpbb")[0]
    layout = board.layouts[number % len(board.layouts)]
    found, why = _forum_times.read(when.strftime(layout), board, layouts=(layout,), saved=None, zone=None)
    assert why is None
    assert found == when.replace(second=0, microsecond=0).isoformat()

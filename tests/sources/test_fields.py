"""Names of fields in the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research.sources import _fields, fourcat

DATA = Path(__file__).parent / "fourcat" / "data"


def test_columns_that_are_not_read_are_told_by_name():
    """Their names stand in one line, or in a line each, and no columns give no line."""
    assert [line.what for line in _fields.ignored_columns(["n", "image_md5"], file="a")] == [
        "fields ignored: n, image_md5"
    ]
    lines = _fields.ignored_columns(["Reach", "2nd"], file="a", each=True)
    assert [line.what for line in lines] == ["column ignored: 'Reach'", "column ignored: '2nd'"]
    assert _fields.ignored_columns([], file="a") == []


@pytest.mark.parametrize("cell", ["2020-06-01 08:00:00", "https://example.org/x", "pat@example.org", "a" * 121, "a\nb"])
def test_what_no_heading_has_keeps_all_names_back(cell):
    """Among columns of which one can only be a cell, none is named, and all are counted."""
    (line,) = _fields.ignored_columns(["Colour", cell], file="a", each=True)
    assert (line.what, line.n) == ("columns ignored, not named", 2)


def test_a_row_that_stands_in_the_heading_is_not_told_by_its_words(tmp_path):
    """Where the heading's line end is lost, the cells of the first row are counted as columns, and none is named."""
    text = (DATA / "subreddit.csv").read_bytes().replace(b"\r\n", b"", 1)
    (tmp_path / "subreddit.csv").write_bytes(text)
    told = fourcat.read(tmp_path / "subreddit.csv").losses
    assert "columns ignored, not named" in told["what"].tolist()
    assert not told["what"].str.contains("supervision").any()

"""Figures on disk."""

from __future__ import annotations

import re
import struct

import pytest

from socialwork_research import reports
from socialwork_research.errors import SchemaError
from socialwork_research.plots._canvas import canvas, finish

ALT = "Three points on a rising line, drawn so that a test can compare two files of one figure."


def chart():
    """A figure with three points."""
    figure, axes = canvas()
    axes[0, 0].plot([1, 2, 3], [1, 2, 3], marker="o", label="points")
    axes[0, 0].legend()
    return finish(figure, title="Three points", alt=ALT)


def test_three_files(tmp_path):
    """A figure is an SVG, a PNG and the text that stands for it."""
    svg, png, alt = reports.write_figure(chart(), tmp_path / "points")
    assert [each.name for each in (svg, png, alt)] == ["points.svg", "points.png", "points.alt.txt"]
    assert svg.read_text("utf-8").lstrip().startswith("<?xml")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert alt.read_text("utf-8") == f"{ALT}\n"


def test_a_dot_in_the_name(tmp_path):
    """A name with a dot in it keeps what follows the dot."""
    assert reports.write_figure(chart(), tmp_path / "rate.2024")[0].name == "rate.2024.svg"


def test_the_same_bytes_each_time(tmp_path):
    """One figure drawn twice gives the same bytes in each file, without a date in them."""
    first = [each.read_bytes() for each in reports.write_figure(chart(), tmp_path / "first")]
    second = [each.read_bytes() for each in reports.write_figure(chart(), tmp_path / "second")]
    assert first == second
    assert not re.search(rb"<dc:date>|\d{4}-\d\d-\d\dT", first[0])


def test_wide_enough_for_print(tmp_path):
    """The PNG has at least 1,000 pixels across."""
    _, png, _ = reports.write_figure(chart(), tmp_path / "points")
    assert struct.unpack(">I", png.read_bytes()[16:20])[0] >= 1000


def test_without_words_there_is_no_figure(tmp_path):
    """A figure without alternative text is refused and nothing is written."""
    with pytest.raises(SchemaError, match="no alternative text"):
        reports.write_figure(canvas()[0], tmp_path / "silent")
    assert list(tmp_path.iterdir()) == []

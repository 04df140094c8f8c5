"""What is told of each place before its export is asked for."""

from __future__ import annotations

import inspect
import re

import pytest

from socialwork_research import sources
from socialwork_research.errors import OptionError
from socialwork_research.sources._exports import module, places
from socialwork_research.sources._howto import MATTERS, told_by


@pytest.mark.parametrize("place", places())
def test_every_entry_tells_every_matter(place):
    """A place tells the five matters, each with words, and no other."""
    told = told_by(place)
    assert tuple(told) == MATTERS
    assert all(isinstance(words, str) and len(words) > 8 for words in told.values())


@pytest.mark.parametrize("place", places())
def test_terms_that_nobody_read_are_said_to_be_so(place):
    """A day of reading is a date, and it stands only where the address of the terms does."""
    told = told_by(place)
    if told["read_on"] == "not read here":
        assert "not read here" in told["terms"]
    else:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", told["read_on"])
        assert "https://" in told["terms"]


@pytest.mark.parametrize("place", places())
def test_a_place_that_no_real_export_has_tried_says_so(place):
    """A reader whose first sentence says that it is from documentation is not called tested."""
    first = (inspect.getdoc(module(place).read) or "").split("\n")[0]
    if "untested" in first:
        assert told_by(place)["tested_on"].startswith("untested")


def test_the_table():
    """The answer is a row of words, by matter; without a place there is one for each."""
    table = sources.howto("google_plus")
    assert table.index.tolist() == ["google_plus"]
    assert table.index.name == "place"
    assert tuple(table.columns) == MATTERS
    assert {str(kind) for kind in table.dtypes} == {"str"}
    assert sorted(sources.howto().index) == sorted(places())


def test_an_unknown_place_is_named():
    """A place that is not told of is refused with the nearest one."""
    with pytest.raises(OptionError, match="Did you mean 'reddit'"):
        sources.howto("redit")

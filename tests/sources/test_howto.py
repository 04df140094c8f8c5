"""What is told of each place before its export is asked for."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import get_args

import pytest

from socialwork_research import sources
from socialwork_research.errors import OptionError
from socialwork_research.sources._howto import MATTERS, Place, listed
from socialwork_research.sources._read import places


def test_every_place_has_an_entry():
    """Every place that can be read is told of; entries may run ahead of the places."""
    assert set(places()) <= set(listed())


def test_the_places_that_an_editor_offers_are_those_told_of():
    """The places written into the signature are the entries, no more and no fewer."""
    assert sorted(get_args(Place)) == sorted(listed())


@pytest.mark.parametrize("place", sorted(listed()))
def test_every_entry_tells_every_matter(place):
    """An entry has the five matters, each with words, and no other."""
    told = listed()[place]
    assert tuple(told) == MATTERS
    assert all(isinstance(words, str) and len(words) > 8 for words in told.values())


@pytest.mark.parametrize("place", sorted(listed()))
def test_terms_that_nobody_read_are_said_to_be_so(place):
    """A day of reading is a date, and it stands only where the address of the terms does."""
    told = listed()[place]
    if told["read_on"] == "not read here":
        assert "not read here" in told["terms"]
    else:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", told["read_on"])
        assert "https://" in told["terms"]


@pytest.mark.parametrize("place", places())
def test_a_place_that_no_real_export_has_tried_says_so(place):
    """A reader whose first sentence says that it is from documentation is not called tested."""
    module = importlib.import_module(f"socialwork_research.sources.{place}")
    first = (inspect.getdoc(module.read) or "").split("\n")[0]
    if "untested" in first:
        assert listed()[place]["tested_on"].startswith("untested")


def test_the_table():
    """The answer is one column of words by matter."""
    table = sources.howto("google_plus")
    assert table.index.name == "matter"
    assert tuple(table.index) == MATTERS
    assert list(table.columns) == ["told"]
    assert str(table["told"].dtype) == "str"


def test_an_unknown_place_is_named():
    """A place that is not told of is refused with the nearest one."""
    with pytest.raises(OptionError, match="Did you mean 'reddit'"):
        sources.howto("redit")

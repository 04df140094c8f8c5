"""Checks of what a caller hands in: by hand, and their messages."""

from __future__ import annotations

import json
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from socialwork_research import _checks
from socialwork_research.errors import MissingExtraError, OptionError, SchemaError

KINDS = ("reply", "mention", "quote")


def test_a_known_option_is_handed_back():
    """An option that is known comes back as it was."""
    assert _checks.option("reply", KINDS, "kind") == "reply"


def test_an_unknown_option_is_refused_with_the_valid_and_the_nearest():
    """The message names the parameter, what was given, every valid choice and the nearest."""
    with pytest.raises(OptionError) as refused:
        _checks.option("mentions", KINDS, "kind")
    assert str(refused.value) == (
        "kind='mentions' is not known here; it can be 'reply', 'mention', 'quote'. Did you mean 'mention'?"
    )


@pytest.mark.parametrize("value", [None, 3, "", "REPLY", ["reply"]])
def test_an_option_of_any_kind_is_refused_by_name(value: object):
    """Whatever is no valid option raises OptionError and no error of Python's own."""
    with pytest.raises(OptionError, match="kind="):
        _checks.option(value, KINDS, "kind")


def test_valid_options_may_come_from_any_iterable():
    """A generator of valid options is read once and still listed in the message."""
    with pytest.raises(OptionError, match="'a', 'b'"):
        _checks.option("c", (name for name in "ab"), "letter")


@pytest.mark.parametrize(
    ("word", "sentence"),
    [("sour", " Did you mean 'source'?"), ("zzz", ""), ("", ""), ("Source", " Did you mean 'source'?")],
)
def test_the_nearest_is_near_or_not_told(word: str, sentence: str):
    """The nearest known name is told where one is near, and nothing where none is."""
    assert _checks.nearest(word, ["source", "target"]) == sentence


def test_missing_columns_are_named_with_the_nearest_present():
    """Each missing column is named, with the nearest that is there, and all that are there."""
    table = pd.DataFrame({"sources": [1], "n": [2]})
    with pytest.raises(SchemaError) as refused:
        _checks.columns(table, ["source", "target", "n"], "ties")
    told = str(refused.value)
    assert told.startswith("ties: 'source' is missing. Did you mean 'sources'?; 'target' is missing.")
    assert told.endswith("Columns present: sources, n.")


def test_a_table_without_columns_is_refused_too():
    """A table that has no column at all is refused by name."""
    with pytest.raises(SchemaError, match="Columns present: none"):
        _checks.columns(pd.DataFrame(), ["n"], "table")
    assert _checks.columns(pd.DataFrame(), [], "table") is None


@given(some.integers(min_value=0, max_value=2**64))
def test_whole_numbers_from_zero_up_are_seeds(seed: int):
    """Any whole number from 0 up is a seed, whatever integer type holds it."""
    assert _checks.seeded(seed) == seed
    assert type(_checks.seeded(np.uint64(min(seed, 2**64 - 1)))) is int


@pytest.mark.parametrize("seed", [-1, 1.0, 1.5, "7", None, True, False, np.float64(3), np.nan, [7]])
def test_nothing_else_is_a_seed(seed: object):
    """Negative numbers, fractions, text, truth values and nothing are no seeds."""
    with pytest.raises(OptionError, match="seed="):
        _checks.seeded(seed)


def test_counts_have_a_least():
    """A count is a whole number of at least what is asked for."""
    assert _checks.count(np.int32(3), "draws") == 3
    assert _checks.count(0, "n", least=0) == 0
    for value in (0, -2, 2.0, "3", None, True):
        with pytest.raises(OptionError, match=r"draws=.*at least 1"):
            _checks.count(value, "draws")


def test_shares_lie_between_nought_and_one():
    """A share is a number in 0–1, both ends included; NaN and truth values are none."""
    assert [_checks.share(value, "share") for value in (0, 1, 0.25)] == [0.0, 1.0, 0.25]
    for value in (-0.01, 1.01, np.nan, np.inf, "0.5", None, True):
        with pytest.raises(OptionError, match="between 0 and 1"):
            _checks.share(value, "share")


def test_an_installed_extra_is_imported():
    """A module that is there is handed back, modules in packages too."""
    assert _checks.extra("json", "themes") is json
    assert _checks.extra("json.decoder", "themes") is sys.modules["json.decoder"]


def test_a_missing_extra_says_how_to_install_it():
    """A module that is not there raises MissingExtraError with pip's line and the module's name."""
    with pytest.raises(MissingExtraError, match=r"pip install 'socialwork_research\[docx\]'") as refused:
        _checks.extra("no_such_library.part", "docx")
    assert refused.value.name == "no_such_library.part"


def test_a_broken_extra_is_not_called_missing(tmp_path, monkeypatch):
    """A library that is installed and fails for want of another one shows that failure as it is."""
    (tmp_path / "broken_library.py").write_text("import something_it_needs\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="something_it_needs") as failed:
        _checks.extra("broken_library", "themes")
    assert not isinstance(failed.value, MissingExtraError)

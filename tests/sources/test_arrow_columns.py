"""Columns of raw rows in Arrow."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from socialwork_research.sources import _arrow_columns


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pd.Series([1, 2]), ["1", "2"]),
        (pd.Series([1.0, np.nan]), ["1.0", None]),
        (pd.Series(["a", None, " b"], dtype="category"), ["a", None, "b"]),
        (pd.Series([1, " a", None, np.nan, 2.5, True], dtype=object), ["1", "a", None, None, "2.5", "True"]),
        (pd.Series([None, pd.NA], dtype=object), [None, None]),
        (pd.Series(["\u2003x\x1f", "\u3000", "y\u200b", ""]), ["x", None, "y\u200b", None]),
        (pd.Series([], dtype=object), []),
    ],
)
def test_words_are_strings_without_blanks_outside(column, expected):
    """Whatever the type of a column of ids, they become strings, blanks outside fall off, and the empty one is missing."""
    assert _arrow_columns.words(column).to_pylist() == expected


def test_handles_have_one_spelling():
    """A handle has no @ before it and no case."""
    names = pd.Series(["@Tansy", "tansy", " TANSY ", "Straße", None])
    assert _arrow_columns.handles(names).to_pylist() == ["tansy", "tansy", "tansy", "strasse", None]


def test_names_in_lists_are_changed_where_they_stand():
    """Each name of each list is changed, missing ones fall out, and an empty list is not a missing one."""
    column = pd.Series([["a", "b"], None, [], [None, 1, " "], float("nan")], dtype=object)
    rows = []

    def doubled(names: pa.Array, of: pa.Array) -> pa.Array:
        rows.extend(of.to_pylist())
        return pa.array([None if name is None else name * 2 for name in names.to_pylist()], type=pa.string())

    assert _arrow_columns.name_lists(column, doubled).to_pylist() == [["aa", "bb"], None, [], ["11"], None]
    assert rows == [0, 0, 3, 3, 3]


def test_numbers_are_rounded_and_words_among_them_are_missing():
    """A column of numbers becomes whole ones; what is no number is missing."""
    column = pd.Series([1.4, None, "x", "7"], dtype=object)
    assert _arrow_columns.typed(column, pa.int64()).to_pylist() == [1, None, None, 7]

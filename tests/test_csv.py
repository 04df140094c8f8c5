"""Tables as CSV: nothing is lost, and what is written can be read by anybody."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from socialwork_research import _csv
from socialwork_research.errors import SchemaError

TRAPS = [
    "",
    "NA",
    "None",
    "nan",
    "NaN",
    "null",
    "<NA>",
    "N/A",
    "#N/A",
    "0",
    "1.0",
    "True",
    "=1+1",
    '"',
    "''",
    ",",
    "\n",
    "\r",
    "\r\n",
    "\x00",
    "\x1f",
    "\ufeff",
    "\u2028",
    " a ",
    "a,b",
    "👩🏽‍⚕️",
    "é",
    "\u202eabc",
]
TEXTS = some.lists(some.none() | some.sampled_from(TRAPS) | some.text(max_size=12), min_size=1, max_size=10)


def _there_and_back(table: pd.DataFrame, kinds: dict[str, str], folder: Path) -> pd.DataFrame:
    path = folder / "table.csv"
    path.write_bytes(_csv.written(table).encode("utf-8"))
    return _csv.read(path, kinds)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all examples that hypothesis tries."""
    return tmp_path_factory.mktemp("csv")


@given(texts=TEXTS)
def test_any_text_comes_back(texts: list[str | None], folder: Path):
    """Any Unicode text, missing ones, empty ones and those that look like missing ones come back as they were."""
    table = pd.DataFrame({"t": pd.Series(texts, dtype="str"), "n": range(len(texts))})
    pd.testing.assert_frame_equal(_there_and_back(table, {"t": "text", "n": "int"}, folder), table)
    pd.testing.assert_frame_equal(_there_and_back(table[["t"]], {"t": "text"}, folder), table[["t"]])


@given(name=some.text(min_size=1, max_size=8) | some.sampled_from(TRAPS[1:]))
def test_any_column_name_comes_back(name: str, folder: Path):
    """A column may be called anything."""
    table = pd.DataFrame({name: [1, 2], f"{name}2": ["a", None]})
    pd.testing.assert_frame_equal(_there_and_back(table, {name: "int", f"{name}2": "text"}, folder), table)


@given(numbers=some.lists(some.floats(allow_nan=False), min_size=1, max_size=10))
def test_any_number_comes_back_to_the_last_bit(numbers: list[float], folder: Path):
    """Floating numbers, infinite, tiny and negative zeros too, come back with every bit; NaN comes back as missing."""
    table = pd.DataFrame({"x": [*numbers, np.nan]})
    found = _there_and_back(table, {"x": "float"}, folder)["x"].to_numpy()
    assert found[:-1].tobytes() == np.array(numbers).tobytes()
    assert np.isnan(found[-1])


def test_each_kind_comes_back_with_its_type(folder: Path):
    """Whole numbers, flags, times and lists come back in their types, missing values where they were."""
    at = pd.to_datetime(pd.Series(["2024-05-01T10:00:00.123456+02:00", None]), utc=True).dt.as_unit("us")
    table = pd.DataFrame(
        {
            "whole": [2**62, -1],
            "some": pd.array([2**62 + 1, None], dtype="Int64"),
            "flag": [True, False],
            "maybe": pd.array([None, True], dtype="boolean"),
            "at": at,
            "list": pd.Series([["a", 'b",', ""], []]),
            "lists": pd.Series([None, ["é\n"]]),
            "nothing": pd.Series([None, None], dtype="str"),
            "group": pd.Categorical(["b", None]),
        }
    )
    kinds = dict(zip(table, ["int", "int", "bool", "bool", "time", "list", "list", "text", "text"], strict=True))
    found = _there_and_back(table, kinds, folder)
    pd.testing.assert_frame_equal(found, table.astype({"group": "str"}))


def test_others_can_read_it():
    """Python's own reader and pandas read what is written; cells are quoted only where they must be."""
    table = pd.DataFrame({"a": ["plain", "with, comma", None, ""], "n": [0.1, 1e-300, np.inf, np.nan]})
    text = _csv.written(table)
    assert text == 'a,n\nplain,0.1\n"with, comma",1e-300\n,inf\n"",\n'
    assert list(csv.reader(io.StringIO(text)))[2] == ["with, comma", "1e-300"]
    assert pd.read_csv(io.StringIO(text))["n"].tolist()[:2] == [0.1, 1e-300]


def test_a_table_of_no_rows_keeps_its_columns(folder: Path):
    """An empty table comes back empty, with its columns and their types."""
    table = pd.DataFrame({"t": pd.Series([], dtype="str"), "n": pd.Series([], dtype="int64")})
    pd.testing.assert_frame_equal(_there_and_back(table, {"t": "text", "n": "int"}, folder), table)


def test_what_cannot_be_told_apart_is_refused():
    """No column at all, and two columns of one name, are refused by name."""
    with pytest.raises(SchemaError, match="no columns"):
        _csv.written(pd.DataFrame(index=[1, 2]))
    with pytest.raises(SchemaError, match="two columns called '1'"):
        _csv.written(pd.DataFrame([[1, 2]], columns=["1", 1]))


@pytest.mark.parametrize("content", ["", "a\nx\n", "t,n\nx,one\n", "t,n\nx\n", 't,n\n"x\n'])
def test_a_file_that_its_papers_do_not_describe_is_refused(content: str, tmp_path: Path):
    """An empty file, other columns, a word for a number, a short row and an open quote raise SchemaError by name."""
    path = tmp_path / "edited.csv"
    path.write_text(content)
    with pytest.raises(SchemaError, match=r"edited\.csv"):
        _csv.read(path, {"t": "text", "n": "int"})

"""Engines: one expression, one spelling of every type, whoever holds the data."""

from __future__ import annotations

from pathlib import Path

import narwhals as nw
import numpy as np
import pandas as pd
import pytest

from socialwork_research import frames

TABLE = pd.DataFrame(
    {
        "id": pd.Series(["b", "a", "c", "d"], dtype="str"),
        "n": pd.array([2, None, 3, 5], dtype="Int64"),
        "x": [0.5, np.nan, 1.5, -0.0],
        "flag": [True, False, True, True],
        "at": pd.to_datetime(
            [f"2024-05-01T{hour}:00:00Z" for hour in ("10", "09")] + [None, "1969-12-31T23:59:59Z"], utc=True
        ).as_unit("us"),
        "who": pd.Series(["z", None, "z", ""], dtype="str"),
    }
)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The table in two Parquet parts."""
    folder = tmp_path_factory.mktemp("parts")
    paths = [folder / "one.parquet", folder / "two.parquet"]
    for path, rows in zip(paths, (TABLE.iloc[:3], TABLE.iloc[3:]), strict=True):
        rows.to_parquet(path, index=False)
    return paths


@pytest.fixture(params=["memory", *frames.ENGINES])
def lazy(request: pytest.FixtureRequest, parts: list[Path]) -> nw.LazyFrame:
    """The same table in memory and on each engine."""
    return frames.scan_table(TABLE) if request.param == "memory" else frames.scan_parts(parts, request.param)


def test_what_is_collected_is_the_same_everywhere(lazy: nw.LazyFrame):
    """A table comes from any engine with the same types and values: missing, false, zero and empty stay apart."""
    found = frames.collect(lazy, by=["id"])
    pd.testing.assert_frame_equal(found, TABLE.sort_values("id", ignore_index=True), check_exact=True)


def test_whole_numbers_without_gaps_are_plain(lazy: nw.LazyFrame):
    """A column of whole numbers is int64 where none is missing, and Int64 where some are."""
    found = frames.collect(lazy.filter(~nw.col("n").is_null()), by=["id"])
    assert found["n"].dtype == np.dtype("int64")
    assert frames.collect(lazy, by=["id"])["n"].dtype == pd.Int64Dtype()


def test_groups_joins_and_distinct_rows_agree(lazy: nw.LazyFrame):
    """Filter, join, group and unique give on each engine what they give in memory."""
    pairs = lazy.select("id", "who").join(lazy.select(other="id", who="who"), on="who", how="inner")
    found = frames.collect(pairs.filter(nw.col("id") != nw.col("other")), by=["id", "other"])
    assert found[["id", "other"]].to_numpy().tolist() == [["b", "c"], ["c", "b"]]
    sums = lazy.group_by("flag").agg(n=nw.col("n").sum(), rows=nw.col("id").count(), last=nw.col("at").max())
    table = frames.collect(sums, by=["flag"])
    assert table["n"].fillna(0).tolist() == [0, 10]
    assert table["rows"].tolist() == [1, 3]
    assert str(table["last"].dtype) == "datetime64[us, UTC]"
    assert len(frames.collect(lazy.select("who").unique(), by=["who"])) == 3


def test_rows_are_in_the_order_asked_for(lazy: nw.LazyFrame):
    """Collected rows are sorted by the columns named, with a fresh index."""
    found = frames.collect(lazy, by=["at", "id"])
    assert found["id"].tolist() == ["d", "a", "b", "c"]
    assert found.index.equals(pd.RangeIndex(4))


def test_an_empty_result_keeps_its_types(lazy: nw.LazyFrame):
    """No rows still have the columns and the types that rows would have."""
    found = frames.collect(lazy.filter(nw.col("id") == "nobody"), by=["id"])
    assert found.empty
    assert found.dtypes.astype(str).tolist() == ["str", "int64", "float64", "bool", "datetime64[us, UTC]", "str"]


def test_the_given_table_is_not_changed():
    """Collecting a table in memory hands back another one."""
    found = frames.collect(frames.scan_table(TABLE), by=["id"])
    found.loc[0, "id"] = "changed"
    assert "changed" not in set(TABLE["id"])


def test_canonical_types_do_not_hang_on_the_local_zone():
    """Times are in UTC whatever zone they came in; nullable and plain types end in one."""
    table = pd.DataFrame(
        {
            "at": pd.to_datetime(["2024-07-01T12:00"]).tz_localize("Europe/London").as_unit("s"),
            "n": np.array([1], dtype="int8"),
            "x": pd.array([1.5], dtype="Float32"),
            "flag": pd.array([True], dtype="boolean"),
            "who": pd.array(["a"], dtype="string"),
        }
    )
    found = frames.canonical(table)
    assert found["at"].iloc[0] == pd.Timestamp("2024-07-01T11:00Z")
    assert found.dtypes.astype(str).tolist() == ["datetime64[us, UTC]", "int64", "float64", "bool", "str"]


@pytest.mark.parametrize("engine", frames.ENGINES)
def test_parts_are_mapped_in_their_order(engine: frames.Engine, parts: list[Path]):
    """Each part is read and worked on by itself; the results stand in the order of the parts."""
    found = frames.map_parts(_first_row, pd.read_parquet, parts, engine)
    assert found["id"].tolist() == ["b", "d"]
    assert found.index.equals(pd.RangeIndex(2))


def _first_row(table: pd.DataFrame) -> pd.DataFrame:
    return table.head(1)


def test_workers_raise_what_the_function_raised(parts: list[Path]):
    """An error in a mapped function arrives as it is, from Dask too."""
    for engine in frames.ENGINES:
        with pytest.raises(ZeroDivisionError):
            frames.map_parts(_divide, pd.read_parquet, parts, engine)


def _divide(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(x=1 / 0)

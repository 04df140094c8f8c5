"""Engines: one Narwhals expression runs on pandas, on DuckDB over Parquet, and on Dask.

The engine belongs to the corpus. What is written on a LazyFrame from `scan` runs on any of them; `collect` gives
pandas with one spelling of every type, in a stated order, so that results can be held against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from ._checks import extra

if TYPE_CHECKING:
    import narwhals as nw
    import pyarrow as pa

__all__ = ["ENGINES", "Engine", "canonical", "collect", "map_parts", "scan_parts", "scan_table", "to_pandas"]

Engine = Literal["pandas", "duckdb", "dask"]
ENGINES: tuple[Engine, ...] = ("pandas", "duckdb", "dask")


def scan_table(table: pd.DataFrame) -> nw.LazyFrame[Any]:
    """Return a lazy view of a table in memory."""
    import narwhals as nw

    return nw.from_native(table).lazy()


def scan_parts(parts: Sequence[Path], engine: Engine) -> nw.LazyFrame[Any]:
    """Return a lazy view of Parquet parts on the engine named."""
    import narwhals as nw

    files = [str(part) for part in parts]
    if engine == "duckdb":
        import duckdb

        return nw.from_native(duckdb.connect().read_parquet(files)).lazy()
    if engine == "dask":
        dataframe = extra("dask.dataframe", "cluster")
        return nw.from_native(dataframe.from_map(_read, files, meta=_read(files[0]).head(0))).lazy()
    return scan_table(pd.concat([_read(file) for file in files], ignore_index=True))


def _read(file: str, columns: list[str] | None = None) -> pd.DataFrame:
    """Read a part (or, where Dask knows that these will do, some of its columns)."""
    from pyarrow import parquet

    return to_pandas(parquet.read_table(file, columns=columns))


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """Give pandas; whole numbers stay whole where some are missing."""
    import pyarrow as pa

    return table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)


def collect(lazy: nw.LazyFrame[Any], *, by: list[str]) -> pd.DataFrame:
    """Bring a lazy view to pandas: canonical types, sorted by the columns `by`, a fresh index."""
    native = lazy.collect("pyarrow").to_native() if _is_duckdb(lazy) else lazy.collect("pandas").to_native()
    table = canonical(native if isinstance(native, pd.DataFrame) else to_pandas(native))
    return table.sort_values(by, kind="stable", ignore_index=True) if by else table


def _is_duckdb(lazy: nw.LazyFrame[Any]) -> bool:
    return lazy.implementation.is_duckdb()


def canonical(table: pd.DataFrame) -> pd.DataFrame:
    """Give each column the one type that this package uses, whatever engine delivered it."""
    return pd.DataFrame({name: _canonical_column(table[name]) for name in table.columns}, index=table.index)


def _canonical_column(column: pd.Series) -> pd.Series:
    dtype = column.dtype
    if pd.api.types.is_object_dtype(dtype) and not column.isna().all():  # a left join leaves flags with gaps as objects
        column = column.infer_objects()
        present = column.dropna()
        if present.map(lambda value: isinstance(value, bool)).all():
            return column.astype("boolean")
        if not present.map(lambda value: isinstance(value, str)).all():
            return column
    if isinstance(dtype, pd.DatetimeTZDtype):
        return column.dt.tz_convert("UTC").dt.as_unit("us")
    if pd.api.types.is_bool_dtype(dtype):
        return column.astype("boolean" if column.isna().any() else "bool")
    if pd.api.types.is_integer_dtype(dtype):
        return column.astype("Int64" if column.isna().any() else "int64")
    if pd.api.types.is_float_dtype(dtype):
        return column.astype("float64")
    if pd.api.types.is_string_dtype(dtype):
        return column.astype("str")
    return column


def map_parts(
    function: Callable[[pd.DataFrame], pd.DataFrame],
    read: Callable[[Path], pd.DataFrame],
    parts: Sequence[Path],
    engine: Engine,
) -> pd.DataFrame:
    """Apply `function` to each part, in process or on Dask workers; the results are concatenated in part order."""
    if engine == "dask":
        dask = extra("dask", "cluster")
        tasks = [dask.delayed(_one_part)(function, read, part) for part in parts]
        results = list(dask.compute(*tasks))
    else:
        results = [_one_part(function, read, part) for part in parts]
    return pd.concat(results, ignore_index=True)


def _one_part(
    function: Callable[[pd.DataFrame], pd.DataFrame], read: Callable[[Path], pd.DataFrame], part: Path
) -> pd.DataFrame:
    return function(read(part))

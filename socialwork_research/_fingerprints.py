"""Fingerprints of tables: equal content gives equal fingerprints, on any system and with any engine.

Two kinds. A *table's* fingerprint holds its rows in their order (sha256 of canonical bytes). A set of *rows*
that may lie in many parts, in any order, is summed: each row's 128-bit hash is added up, so parts can be read one by one.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa

_MISSING = "\x00missing"
_BETWEEN = "\x1f"
_NO_TIME = str(np.iinfo(np.int64).min)
_SAMPLE = 1000
_KEYS = ("socialwork-rows-", "socialwork-sums-")  # pandas wants 16 characters; they only make two unlike hashes


def of_table(table: pd.DataFrame) -> str:
    """Return the sha256 of a table: index, column names, types and values, in their order."""
    digest = hashlib.sha256()
    whole = table.reset_index() if any(name is not None for name in table.index.names) else table
    digest.update(f"{len(whole)}\n".encode())
    for position, name in enumerate(whole.columns):
        kind, content = _canonical(whole.iloc[:, position])
        digest.update(f"{name}{_BETWEEN}{kind}{_BETWEEN}{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def of_array(array: np.ndarray) -> str:
    """Return the sha256 of an array: shape, type and values."""
    little = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False)
    return hashlib.sha256(f"{array.shape}{little.dtype.str}".encode() + little.tobytes()).hexdigest()


def of_value(value: Any) -> str:
    """Return the sha256 of anything that JSON can hold."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True, default=str).encode()).hexdigest()


def sum_of_rows(table: pd.DataFrame) -> tuple[int, int, int]:
    """Return (number of rows, two sums of row hashes): adds up over parts, does not depend on order."""
    if table.empty:
        return 0, 0, 0
    flat = _flat(table)
    sums = [
        int(pd.util.hash_pandas_object(flat, index=False, hash_key=key).to_numpy().sum(dtype=np.uint64))
        for key in _KEYS
    ]
    return len(flat), sums[0], sums[1]


def sum_of_arrow(table: pa.Table) -> tuple[int, int, int]:
    """Return what `sum_of_rows` gives for the same rows as pandas, without making them pandas."""
    if table.num_rows == 0:
        return 0, 0, 0
    texts = [_arrow_texts(table[name].combine_chunks()) for name in sorted(table.column_names)]
    sums = [int(_combined([_hashed(*text, key) for text in texts]).sum(dtype=np.uint64)) for key in _KEYS]
    return table.num_rows, sums[0], sums[1]


def _arrow_texts(column: pa.Array) -> tuple[np.ndarray, np.ndarray | None]:
    """Give a column in the spelling of `_as_text`: its different strings and which of them stands in each row."""
    import pyarrow as pa
    import pyarrow.compute as pc

    none = _MISSING
    if pa.types.is_list(column.type):
        empty = (
            pa.array(["[]"] * len(column)) if column.null_count < len(column) else pa.nulls(len(column), pa.string())
        )
        words = pc.if_else(column.is_valid(), empty, pa.scalar(None, pa.string()))
        filled = np.flatnonzero(pc.fill_null(pc.greater(pc.list_value_length(column), 0), False))
        if len(filled):
            told = pa.array([json.dumps(list(map(str, value))) for value in column.take(filled).to_pylist()])
            is_filled = np.zeros(len(column), dtype=bool)
            is_filled[filled] = True
            words = pc.replace_with_mask(words, pa.array(is_filled), told)
    elif pa.types.is_timestamp(column.type):
        words, none = column.cast(pa.int64()).cast(pa.string()), _NO_TIME
    elif pa.types.is_boolean(column.type):
        words = pc.if_else(column, "True", "False")
    else:
        words = column.cast(pa.string())
    words = words.fill_null(none)
    first = words.slice(0, _SAMPLE)
    if len(first.unique()) * 2 > len(first):
        return words.to_numpy(zero_copy_only=False), None
    several = words.dictionary_encode()
    return several.dictionary.to_numpy(zero_copy_only=False), several.indices.to_numpy()


def _hashed(words: np.ndarray, places: np.ndarray | None, key: str) -> np.ndarray:
    found = np.asarray(pd.util.hash_array(words, hash_key=key, categorize=False))
    return found if places is None else found[places]


def _combined(columns: list[np.ndarray]) -> np.ndarray:
    """Make one hash a row of the hashes of its columns, as pandas' `hash_pandas_object` does."""
    total, factor = np.full(len(columns[0]), 0x345678, dtype=np.uint64), 1000003
    for number, column in enumerate(columns):
        total ^= column
        total *= np.uint64(factor)
        factor += 82520 + 2 * (len(columns) - number)
    return total + np.uint64(97531)


def hashes(table: pd.DataFrame) -> np.ndarray:
    """Return a 64-bit hash of each row: its values and the names of its columns."""
    flat = _flat(table)
    flat["\x00"] = _BETWEEN.join(flat.columns)
    return pd.util.hash_pandas_object(flat, index=False, hash_key=_KEYS[0]).to_numpy()


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({str(name): _as_text(table[name]) for name in sorted(table.columns)})


def of_sums(sums: list[tuple[int, int, int]], columns: list[str]) -> str:
    """Return one fingerprint for the sums of all parts of a table with these columns."""
    total = [sum(part[place] for part in sums) % 2**64 for place in range(3)]
    return of_value({"columns": sorted(columns), "rows": total})


def _as_text(column: pd.Series) -> pd.Series:
    """Give a column as strings with one spelling for each value, whatever engine delivered it."""
    kind, _ = kind_of(column)
    if kind == "time":
        return pd.Series(_microseconds(column), index=column.index).astype("str").astype(object)
    if kind == "list":
        return column.map(_list_text)
    return column.astype("str").mask(column.isna(), _MISSING).astype(object)


def _microseconds(column: pd.Series) -> np.ndarray:
    """Give times as microseconds since 1970 UTC; a missing time is the smallest integer."""
    plain = column.dt.tz_convert("UTC").dt.tz_localize(None) if column.dt.tz is not None else column
    return plain.to_numpy(dtype="datetime64[us]").view("int64")


def _list_text(value: Any) -> str:
    return (
        _MISSING if value is None or value is pd.NA or isinstance(value, float) else json.dumps(list(map(str, value)))
    )


def kind_of(column: pd.Series) -> tuple[str, bool]:
    """Return what a column holds (bool, int, float, time, text, list, other) and whether values are missing."""
    missing = bool(column.isna().any())
    if column.dtype == object:
        return _kind_of_objects(column), missing
    if pd.api.types.is_bool_dtype(column.dtype):
        return "bool", missing
    if pd.api.types.is_integer_dtype(column.dtype):
        return "int", missing
    if pd.api.types.is_float_dtype(column.dtype):
        return "float", missing
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return "time", missing
    if isinstance(column.dtype, pd.CategoricalDtype) or pd.api.types.is_string_dtype(column.dtype):
        return "text", missing
    return "other", missing


def _kind_of_objects(column: pd.Series) -> str:
    inferred = pd.api.types.infer_dtype(column, skipna=True)
    known = {"string": "text", "empty": "text", "boolean": "bool", "integer": "int", "floating": "float"}
    if inferred in known:
        return known[inferred]
    lists = column.dropna().map(lambda value: isinstance(value, list | tuple | np.ndarray))
    return "list" if lists.all() else "other"


def _canonical(column: pd.Series) -> tuple[str, bytes]:
    kind, _ = kind_of(column)
    mask = np.packbits(column.isna().to_numpy()).tobytes()
    if kind == "bool":
        return kind, mask + column.fillna(False).astype("bool").to_numpy(dtype=np.uint8).tobytes()
    if kind == "int":
        return kind, mask + column.fillna(0).to_numpy(dtype="<i8").tobytes()
    if kind == "float":
        return kind, mask + column.to_numpy(dtype="<f8", na_value=np.nan).tobytes()
    if kind == "time":
        return kind, mask + _microseconds(column).astype("<i8").tobytes()
    if kind == "list":
        return kind, mask + "\n".join(column.map(_list_text)).encode()
    text = column.astype("str").mask(column.isna(), _MISSING)
    return kind, mask + json.dumps(text.tolist(), ensure_ascii=True).encode()

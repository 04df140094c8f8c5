"""Columns of raw rows as Arrow arrays of the types of a corpus; ids, handles and lists in the one spelling that is hashed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa


def words(column: pd.Series) -> pa.Array:
    """Return ids as strings, blanks outside dropped, the empty one missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(strings(column))
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def handles(column: pd.Series) -> pa.Array:
    """Return handles in the one spelling in which they are compared: no @, no case."""
    return same_spelling(words(column))


def same_spelling(names: pa.Array) -> pa.Array:
    """Return trimmed `names` without @ and case, each different name folded once."""
    import pyarrow as pa

    several = names.dictionary_encode()
    folded = [None if name is None else name.removeprefix("@").casefold() for name in several.dictionary.to_pylist()]
    return pa.array(folded, type=pa.string()).take(several.indices)


def typed(column: pd.Series, kind: pa.DataType) -> pa.Array:
    """Return a column in the Arrow type `kind`; numbers are rounded, and what is no list is a missing one."""
    import pyarrow as pa

    if pa.types.is_list(kind):
        return lists(column)
    if pa.types.is_int64(kind) and not pd.api.types.is_integer_dtype(column.dtype):
        column = pd.to_numeric(column, errors="coerce").round().astype("Int64")
    return whole(pa.array(column, type=kind, from_pandas=True))


def lists(column: pd.Series) -> pa.Array:
    """Return a column of lists of strings; whatever is no list is missing."""
    import pyarrow as pa

    return pa.array([value if isinstance(value, list) else None for value in column], type=pa.list_(pa.string()))


def name_lists(column: pd.Series, change: Callable[[pa.Array, pa.Array], pa.Array]) -> pa.Array:
    """Return a column of lists whose names went through `change` (names, rows they stand in); those missing fall out."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        several = lists(column)
    except (pa.ArrowTypeError, pa.ArrowInvalid):  # numbers or nothing among the names
        several = lists(column.map(_named))
    names = several.flatten()
    if not len(names):
        return several
    rows = pc.list_parent_indices(several)
    changed = change(words(pd.Series(pd.array(names, dtype="str"))), rows)
    is_there = np.asarray(changed.is_valid())
    of = np.asarray(rows)[is_there]
    ends = np.concatenate([[0], np.cumsum(np.bincount(of, minlength=len(several)))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(ends), changed.filter(pa.array(is_there)), mask=several.is_null())


def _named(value: object) -> list[str | None] | None:
    return [None if pd.isna(each) else str(each) for each in value] if isinstance(value, list) else None


def strings(column: pd.Series) -> pa.Array:
    """Return a column as strings, as they are; what is missing stays missing."""
    import pyarrow as pa

    try:
        return whole(pa.array(column, type=pa.string(), from_pandas=True))
    except (pa.ArrowTypeError, pa.ArrowInvalid):  # numbers among the words, or nothing but numbers
        return whole(pa.array(column.astype("str").where(column.notna()), type=pa.string(), from_pandas=True))


def whole(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return an array in one piece."""
    import pyarrow as pa

    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array

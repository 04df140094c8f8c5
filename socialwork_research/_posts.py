"""The table of posts: its columns and their types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._checks import nearest
from .errors import SchemaError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["AUTHOR_STATES", "COLUMNS", "KINDS", "ORDER", "arrow_schema", "checked", "typed"]

KINDS = ("post", "comment", "question", "answer", "message", "repost")
AUTHOR_STATES = ("present", "deleted", "suspended", "unknown")
ORDER = ["thread_id", "created_at", "post_id"]
COLUMNS: dict[str, str] = {
    "post_id": "text",
    "kind": "text",
    "thread_id": "text",
    "reply_to": "text",
    "reply_to_author": "text",
    "quote_of": "text",
    "repost_of": "text",
    "author_id": "text",
    "created_at": "time",
    "edited_at": "time",
    "n_edits": "int",
    "removed_at": "time",
    "fetched_at": "time",
    "platform": "text",
    "community": "text",
    "title": "text",
    "text": "text",
    "lang": "text",
    "is_deleted": "bool",
    "author_state": "text",
    "author_profile": "text",
    "tags": "list",
    "mentions": "list",
    "links": "list",
    "media": "list",
    "n_likes": "int",
    "n_shares": "int",
}
_NEVER_MISSING = ("post_id", "kind", "thread_id", "created_at", "platform", "author_state")
_CLOSED = {"kind": KINDS, "author_state": AUTHOR_STATES}


def typed(posts: pd.DataFrame) -> pd.DataFrame:
    """Return `posts` with all columns of a corpus, each of its type, in their order; what is missing stays missing.

    Raises
    ------
    SchemaError
        If a column is unknown, of a wrong type, or misses values that no post can do without.
    """
    unknown = [str(name) for name in posts.columns if name not in COLUMNS]
    if unknown:
        told = " ".join(f"{name!r} is no column of posts.{nearest(name, COLUMNS)}" for name in unknown[:5])
        raise SchemaError(f"{told} Mend: rename or drop it; the columns are {', '.join(COLUMNS)}.")
    result = pd.DataFrame(
        {name: _typed_column(posts, name, kind) for name, kind in COLUMNS.items()}, index=range(len(posts))
    )
    for name in _NEVER_MISSING:
        _complete(name, np.flatnonzero(result[name].isna()))
    for name, valid in _CLOSED.items():
        _closed(name, set(result[name].unique()), valid)
    return result


def checked(table: pa.Table) -> pa.Table:
    """Return Arrow posts as they are; raise SchemaError where `typed` would have found the same in pandas."""
    if not table.schema.equals(arrow_schema()):
        raise SchemaError("These posts have not the columns of a corpus in their types and order.")
    for name in _NEVER_MISSING:
        if table[name].null_count:
            _complete(name, np.flatnonzero(table[name].is_null()))
    for name, valid in _CLOSED.items():
        _closed(name, set(table[name].unique().to_pylist()), valid)
    return table


def _complete(name: str, rows: np.ndarray) -> None:
    if len(rows):
        raise SchemaError(
            f"{name} is missing in {len(rows)} posts (rows {', '.join(map(str, rows[:5]))}). Mend: give it a "
            "value before the corpus is made, or leave those rows out and count them."
        )


def _closed(name: str, found: set[str], valid: tuple[str, ...]) -> None:
    odd = sorted(found - set(valid))
    if odd:
        raise SchemaError(f"{name}: {odd[0]!r} is not known; it can be {', '.join(valid)}.{nearest(odd[0], valid)}")


def _typed_column(posts: pd.DataFrame, name: str, kind: str) -> Any:
    if name not in posts.columns:
        return _default(name, kind, len(posts))
    column = posts[name].reset_index(drop=True)
    if column.dtype == object:
        column = column.where(column.notna(), None)  # one way to be missing
    try:
        if kind == "text":
            return column.astype("str") if not column.isna().all() else pd.Series(pd.NA, column.index, dtype="str")
        if kind == "int":
            return column.astype("Int64")
        if kind == "bool":
            return column.astype("bool")
        if kind == "list":
            return column.map(_as_list).astype(object)
        return _as_time(column, name)
    except (TypeError, ValueError) as error:
        if isinstance(error, SchemaError):
            raise
        raise SchemaError(f"{name}: these values cannot be read as {kind}. Mend: convert the column first.") from error


def _default(name: str, kind: str, n: int) -> Any:
    if kind == "bool":
        return pd.Series(False, index=range(n))
    if name == "author_state":
        return pd.Series("present", index=range(n), dtype="str")
    if name == "kind":
        return pd.Series("post", index=range(n), dtype="str")
    dtypes = {"text": "str", "int": "Int64", "time": "datetime64[us, UTC]", "list": object}
    return pd.Series([None] * n, index=range(n), dtype=dtypes[kind])


def _as_time(column: pd.Series, name: str) -> pd.Series:
    times = column if pd.api.types.is_datetime64_any_dtype(column.dtype) else pd.to_datetime(column, format="ISO8601")
    if getattr(times.dt, "tz", None) is None:
        if times.isna().all():
            times = times.dt.tz_localize("UTC")
        else:
            raise SchemaError(
                f"{name} has no time zone. Mend: say the zone when reading (zone='Europe/London'), or give times in UTC."
            )
    return times.dt.tz_convert("UTC").dt.as_unit("us")


def _as_list(value: Any) -> list[str] | None:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, str):
        raise SchemaError(
            "A list column (tags, mentions, links, media) holds plain text. Mend: give a list of strings."
        )
    return [str(each) for each in value]


def arrow_schema() -> pa.Schema:
    """Return the Arrow schema that every Parquet part of a corpus has."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "time": pa.timestamp("us", tz="UTC"),
        "int": pa.int64(),
        "bool": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    return pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])

"""Cells of a table, all text, to the types of a corpus; what a column cannot hold is emptied and counted."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import orjson
import pandas as pd

from .._posts import AUTHOR_STATES, COLUMNS, KINDS
from . import _rounded
from ._columns import Map
from ._ledger import Loss

_DELETED = "[deleted]"
_CLOSED = {"kind": KINDS, "author_state": AUTHOR_STATES}
_YES = ("true", "1", "1.0", "yes", "t", "y")
_NO = ("false", "0", "0.0", "no", "f", "n", "")
_BETWEEN = re.compile(r"[,;\s]+")
_WHOLE_FLOAT = re.compile(r"^(-?\d+)\.0$")
_ISO = r"\s*\d{4}-\d\d-\d\d"
_BIG = 2**53


def typed(cells: pd.DataFrame, found: Map, *, layout: str | None) -> tuple[pd.DataFrame, list[Loss]]:
    """Name and type the cells as a reader's rows; dates in a `layout` are written as ISO 8601."""
    file = str(cells["\0file"].iloc[0]) if len(cells) else ""
    rows = pd.DataFrame({"file": cells["\0file"], "row": cells["\0row"].astype("int64")})
    losses: list[Loss] = []
    for name, column in found.used.items():
        values = cells[column]
        kind = COLUMNS.get(name, "text")
        if name in _CLOSED:
            rows[name], bad = _closed(values, _CLOSED[name])
        elif kind == "list":
            rows[name], bad = values.map(_as_list), None
        elif kind == "int":
            rows[name], bad = _numbers(values)
        elif kind == "bool":
            rows[name], bad = _flags(values)
        elif kind == "time":
            rows[name] = _iso(values, layout) if name == "created_at" and layout else values
            bad = None
            if name == "created_at" and layout:
                losses += _two_ways(values, rows["row"], layout, file=file)
        else:
            rows[name], bad = _words(values), None
        if bad is not None and bad.any():
            mend = f"these cells are no {name.removeprefix('n_').replace('_', ' ')} that a corpus can hold"
            where = tuple(int(row) for row in rows["row"][bad][:5])
            losses.append(Loss(f"{name} left empty", int(bad.sum()), where, mend, file))
    rows, rounded = _rounded.taken_out(rows, file=file)
    return _people(rows), [*losses, *rounded]


def _people(rows: pd.DataFrame) -> pd.DataFrame:
    """Say who is deleted; recipients and mentions are names where authors are names, ids where they are ids."""
    if "post_id" not in rows:
        rows["post_id"] = "row-" + rows["row"].astype("str")
    names = [name for name in ("author_id", "author_handle") if name in rows]
    gone = np.logical_or.reduce([rows[name].str.casefold().eq(_DELETED).fillna(False) for name in names])
    for name in names:
        rows[name] = rows[name].mask(gone)
    if gone.any() or "author_state" in rows:
        state = rows["author_state"] if "author_state" in rows else pd.Series(np.nan, index=rows.index, dtype="str")
        rows["author_state"] = state.mask(gone, "deleted")
    if "author_id" not in rows and "reply_to_author" in rows and "reply_to_handle" not in rows:
        rows = rows.rename(columns={"reply_to_author": "reply_to_handle"})
    if "author_handle" not in rows and "mentions" in rows:
        rows = rows.rename(columns={"mentions": "mentioned_ids"})
    return rows


def _words(values: pd.Series) -> pd.Series:
    """Return text; the empty cell and what is no text or number are missing, whole floats lose their ``.0``."""
    if pd.api.types.is_float_dtype(values.dtype):
        values = values.astype(object)
    words = values.map(_word).astype("str")
    return words.mask(words.eq("").fillna(False))


def _word(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, bool | np.bool_) or value is None or value is pd.NA or value is pd.NaT:
        return np.nan
    if isinstance(value, int | float | np.integer | np.floating):
        if isinstance(value, float | np.floating) and abs(float(value)) >= _BIG:
            return f"{float(value):.14E}"  # as a sheet program shows it: the last digits are not those of an id
        return np.nan if np.isnan(value) else _WHOLE_FLOAT.sub(r"\1", str(value))
    return np.nan


def _closed(values: pd.Series, valid: tuple[str, ...]) -> tuple[pd.Series, pd.Series]:
    words = _words(values)
    known = words.isin(valid)
    return words.where(known), words.notna() & ~known


def _numbers(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    words = _words(values).str.replace(",", "")
    numbers = pd.to_numeric(words, errors="coerce").astype("float64")
    fine = (numbers.abs() < _BIG) & (numbers == numbers.round())
    return numbers.where(fine).astype("Int64"), words.notna() & ~fine


def _flags(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    words = values.astype("str").fillna("").str.strip().str.casefold()
    yes = words.isin(_YES).astype("bool")
    return yes, ~yes & ~words.isin(_NO)


def _as_list(value: Any) -> list[str] | None:
    if isinstance(value, np.ndarray | list | tuple):
        return [str(each) for each in value if each is not None]
    if not isinstance(value, str):
        return None
    word = value.strip()
    if word.startswith("["):
        try:
            several = orjson.loads(word)
        except orjson.JSONDecodeError:
            several = None
        if isinstance(several, list):
            return [str(each) for each in several if each is not None]
    return [part.removeprefix("#") for part in _BETWEEN.split(word) if part]


def _two_ways(values: pd.Series, numbers: pd.Series, layout: str, *, file: str) -> list[Loss]:
    """Count the dates in ISO 8601 among others: a sheet program has taken those for dates, and maybe days for months."""
    if layout.startswith("%Y-"):
        return []
    odd = numbers[values.astype("str").str.match(_ISO).fillna(False).astype("bool")]
    mend = (
        f"the others are written as {layout}: a sheet program that takes days for months leaves such a mixture; compare "
        "these rows with the first export"
    )
    return [Loss("times written in two ways", len(odd), tuple(int(row) for row in odd[:5]), mend, file)]


def _iso(values: pd.Series, layout: str) -> pd.Series:
    words = values.astype("str").str.strip()
    times = pd.to_datetime(words, format=layout, errors="coerce", utc="%z" in layout)
    ending = "Z" if "%z" in layout else ""
    return (times.dt.strftime("%Y-%m-%dT%H:%M:%S.%f") + ending).where(times.notna(), words)

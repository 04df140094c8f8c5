"""Times of exports to UTC: with what is unreadable, without a zone or guessed told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from ..errors import OptionError

UTC: Literal["datetime64[us, UTC]"] = "datetime64[us, UTC]"

_SECONDS_END = 1e11  # as seconds the year 5138, as milliseconds 1973: an epoch beyond it is in milliseconds
_MICROSECONDS_BEGIN = 1e14
_WORD_FOR_UTC = r"\s*(?:UTC|GMT)$"
_HAS_ZONE = r"(?:[Zz]|:\d\d(?:\.\d+)?\s*[+-]\d\d:?(?:\d\d)?)$"
_NUMBER = r"^\s*-?\d{9,}(?:\.\d*)?\s*$"


@dataclass(frozen=True)
class Times:
    """A column in UTC, and which rows were absent, unreadable, without a zone, or guessed at a change of clocks."""

    values: pd.Series
    is_absent: np.ndarray
    is_unreadable: np.ndarray
    is_naive: np.ndarray
    is_guessed: np.ndarray


def known_zone(zone: str | None) -> str | None:
    """Return `zone` if the time zone database has it; raise OptionError otherwise."""
    if zone is not None:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise OptionError(
                f"zone={zone!r} is not in the time zone database. Mend: a name such as 'Europe/London' or 'UTC'."
            ) from None
    return zone


def to_utc(column: pd.Series, *, zone: str | None, layout: str | None = None) -> Times:
    """Read a column of times: seconds or milliseconds since 1970, ISO 8601, or a strptime `layout`.

    A time that names no zone is taken to be in `zone`; without one it is marked naive and not converted. At a change
    of clocks, an hour that came twice is taken as its first and one that never was is moved forward; both are marked
    guessed.
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return _times(column.astype(UTC), column.isna().to_numpy())
    if pd.api.types.is_datetime64_dtype(column.dtype):
        unknown = pd.Series(pd.NaT, index=column.index, dtype=UTC)
        return _localised(column.astype("datetime64[us]"), unknown, zone=zone, absent=column.isna())
    if pd.api.types.is_numeric_dtype(column.dtype):
        return _from_numbers(pd.to_numeric(column).astype("float64"), column.isna())
    words = column.astype("str").str.strip()
    absent = column.isna() | words.eq("").fillna(True)
    aware = pd.Series(pd.NaT, index=column.index, dtype=UTC)
    naive = pd.Series(pd.NaT, index=column.index, dtype="datetime64[us]")
    present = words[~absent]
    if layout is None:
        numbers = present.str.match(_NUMBER)
        counted = _from_numbers(pd.to_numeric(present[numbers]).astype("float64"), absent[present.index[numbers]])
        aware.loc[counted.values.index] = counted.values
        present = present[~numbers]
        present = present.str.replace(_WORD_FOR_UTC, "Z", regex=True)
        zoned = present.str.contains(_HAS_ZONE, regex=True)
        aware.loc[present.index[zoned]] = _parsed(present[zoned], "ISO8601", utc=True)
        naive.loc[present.index[~zoned]] = _parsed(present[~zoned], "ISO8601", utc=False)
    elif "%z" in layout:
        aware.loc[present.index] = _parsed(present, layout, utc=True)
    else:
        naive.loc[present.index] = _parsed(present, layout, utc=False)
    return _localised(naive, aware, zone=zone, absent=absent)


def _parsed(words: pd.Series, layout: str, *, utc: bool) -> pd.Series:
    dtype = UTC if utc else "datetime64[us]"
    return pd.to_datetime(words, format=layout, errors="coerce", utc=utc).astype(dtype)


def _from_numbers(numbers: pd.Series, absent: pd.Series) -> Times:
    seconds = numbers.where(numbers.abs() < _MICROSECONDS_BEGIN, numbers / 1e6)
    seconds = seconds.where(seconds.abs() < _SECONDS_END, seconds / 1e3)
    inside = seconds.where(seconds.abs() < _SECONDS_END)
    microseconds = (inside * 1e6).round()
    values = pd.to_datetime(microseconds.astype("Int64"), unit="us", utc=True, errors="coerce").astype(UTC)
    return _times(values, absent.to_numpy())


def _localised(naive: pd.Series, aware: pd.Series, *, zone: str | None, absent: pd.Series) -> Times:
    local = naive.notna().to_numpy()
    guessed = np.zeros(len(naive), dtype=bool)
    if zone is None or not local.any():
        return _times(aware, absent.to_numpy(), naive=local)
    strict = naive[local].dt.tz_localize(zone, ambiguous="NaT", nonexistent="NaT")
    first = np.ones(int(local.sum()), dtype=bool)
    taken = naive[local].dt.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
    guessed[local] = strict.isna().to_numpy()
    values = aware.copy()
    values[local] = taken.dt.tz_convert("UTC").astype(UTC)
    return _times(values, absent.to_numpy(), guessed=guessed)


def _times(
    values: pd.Series, absent: np.ndarray, *, naive: np.ndarray | None = None, guessed: np.ndarray | None = None
) -> Times:
    none = np.zeros(len(values), dtype=bool)
    naive = none if naive is None else naive
    unreadable = values.isna().to_numpy() & ~absent & ~naive
    return Times(values, absent, unreadable, naive, none if guessed is None else guessed)

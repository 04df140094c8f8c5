"""Dates written with slashes, dots or dashes: day first or month first, as the whole column shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from ..errors import SchemaError

_DATE = re.compile(
    r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:(,?[ T])(\d{1,2}:\d{2})(:\d{2})?(\s?[AaPp][Mm])?)?\s*"
)


@dataclass(frozen=True)
class _Seen:
    first: int = 0
    second: int = 0
    layout: tuple[str, ...] | None = None


def written(columns: Iterable[pd.Series], *, file: str, column: str) -> str | None:
    """Return the strptime layout of a column that is written with slashes or the like; None where it is not.

    Raises
    ------
    SchemaError
        If the column does not show whether the day or the month stands first, or contradicts itself.
    """
    seen = _Seen()
    for words in columns:
        seen = _look(words, seen)
    if seen.layout is None:
        return None
    mark, year, gap, seconds, half = seen.layout
    if (seen.first > 12) == (seen.second > 12):
        why = (
            "shows both days and months first"
            if seen.first > 12
            else "does not show whether the day or the month stands first"
        )
        raise SchemaError(
            f"{file}: column {column!r} {why}. Mend: say how it is written, e.g. "
            f"columns={{'created_at': ({column!r}, '%d{mark}%m{mark}%Y %H:%M')}}."
        )
    day_first = ("%d", "%m") if seen.first > 12 else ("%m", "%d")
    clock = f"{gap}{'%I' if half else '%H'}:%M{':%S' if seconds else ''}{half}" if gap else ""
    return f"{day_first[0]}{mark}{day_first[1]}{mark}{year}{clock}"


def _look(words: pd.Series, seen: _Seen) -> _Seen:
    first, second, layout = seen.first, seen.second, seen.layout
    if words.dtype == object:  # cells of JSON may hold lists and objects, which are no dates
        words = words[[isinstance(word, str) for word in words]]
    for word in words.dropna().unique():
        found = _DATE.fullmatch(str(word))
        if found is None:
            continue
        first, second = max(first, int(found[1])), max(second, int(found[3]))
        if layout is None:
            half = "" if not found[8] else " %p" if found[8][0].isspace() else "%p"
            layout = (found[2], "%Y" if len(found[4]) == 4 else "%y", found[5] or "", found[7] or "", half)
    return _Seen(first, second, layout)

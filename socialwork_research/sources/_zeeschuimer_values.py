"""Values out of objects that may have any shape: what is not of the kind asked for is missing."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Any

_BIG = 2**53
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SAID = re.compile(r"^\w{3} (\w{3}) (\d\d) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d) (\d{4})$")
_HASHTAG = re.compile(r"#(\w+)")


def at(value: Any, *way: str | int) -> Any:
    """Return what lies at the end of a way of keys and places; None where the way ends earlier."""
    for step in way:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def word(value: Any) -> str | None:
    """Return text that says something."""
    return (value.strip() or None) if isinstance(value, str) else None


def identity(value: Any) -> str | None:
    """Return an id as text, whether it was written as text or as a whole number."""
    return str(value) if type(value) is int else word(value)


def count(value: Any) -> int | None:
    """Return a count, also one written as text; one below zero stands for an unknown one."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    return value if type(value) is int and 0 <= value < _BIG else None


def each(value: Any, *way: str | int) -> list[Any]:
    """Return what lies at the end of a way in each object of a list; nothing where it is no list."""
    found = [at(item, *way) for item in value] if isinstance(value, list) else []
    return [item for item in found if item is not None]


def words(value: Any, *way: str | int) -> list[str]:
    """Return the texts at the end of a way in each object of a list, each once."""
    return list(dict.fromkeys(text for item in each(value, *way) if (text := word(item)) is not None))


def hashtags(text: str | None) -> list[str]:
    """Return the words that a text marks with ``#``, each once."""
    return list(dict.fromkeys(_HASHTAG.findall(text))) if text else []


def time(value: Any) -> str | None:
    """Return a time as `_times` reads it: an epoch as it is, X's long form as ISO 8601, other text as it is."""
    if type(value) in (int, float):
        return str(value) if value > 0 else None
    text = word(value)
    if text is None or (found := _SAID.match(text)) is None:
        return text
    month, day, hour, minute, second, sign, hours, minutes, year = found.groups()
    if month not in _MONTHS:
        return text
    ahead = timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
    try:
        number = _MONTHS.index(month) + 1
        when = datetime(int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=timezone(ahead))
    except ValueError:
        return text
    return when.isoformat()

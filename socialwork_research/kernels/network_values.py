"""Values of nodes and edges as text that every program reads, and back without loss.

A column whose values are all of one plain kind is written in the plain spelling of that kind: true, 3, 0.5, words, a day, a
time. Every other column (lists, None, mixed kinds, whole numbers beyond 64 bits, letters that XML cannot hold) is
written as JSON in plain ASCII; the file says of each column which of the two it is.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Iterable
from typing import Any, Literal

import numpy as np
import pandas as pd

from ..errors import SchemaError

__all__ = ["KINDS", "Kind", "decode", "encode", "is_clean", "kind_of", "pack", "unpack"]

Kind = Literal["bool", "int", "float", "str", "time", "day", "json"]
KINDS: tuple[Kind, ...] = ("bool", "int", "float", "str", "time", "day", "json")
_UNCLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 cannot hold
_LONG = 2**63


def is_clean(text: str) -> bool:
    """Say whether XML can hold these letters."""
    return _UNCLEAN.search(text) is None


def _plain(value: Any) -> Any:
    """Give a number or time of numpy or pandas as Python's own."""
    if isinstance(value, np.datetime64):
        return pd.Timestamp(value)
    if isinstance(value, np.generic):
        return value.item()
    return value.tolist() if isinstance(value, np.ndarray) else value


def kind_of(values: Iterable[Any]) -> Kind:
    """Return the plainest kind that gives all values back."""
    found = {_kind_of_one(_plain(value)) for value in values}
    return found.pop() if len(found) == 1 else "json"


def _kind_of_one(value: Any) -> Kind:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int" if -_LONG <= value < _LONG else "json"
    if isinstance(value, float):
        return "float"
    if isinstance(value, str):
        return "str" if is_clean(value) else "json"
    if value is pd.NaT or value is None:
        return "json"
    if isinstance(value, dt.datetime):
        return "time"
    return "day" if isinstance(value, dt.date) else "json"


def encode(kind: Kind, value: Any) -> str:
    """Write a value of a column of this kind."""
    value = _plain(value)
    if kind == "bool":
        return "true" if value else "false"
    if kind == "float":
        return repr(value) if math.isfinite(value) else "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    if kind in ("time", "day"):
        return str(value.isoformat())
    return json.dumps(pack(value)) if kind == "json" else str(value)


_DECODED: dict[Kind, Callable[[str], Any]] = {
    "bool": lambda text: {"true": True, "false": False, "1": True, "0": False}[text.strip().lower()],
    "int": int,
    "float": lambda text: float(text.replace("INF", "inf")),
    "str": str,
    "time": pd.Timestamp,
    "day": dt.date.fromisoformat,
    "json": lambda text: unpack(json.loads(text)),
}


def decode(kind: Kind, text: str) -> Any:
    """Read what `encode` wrote.

    Raises
    ------
    SchemaError
        If the text is no value of this kind.
    """
    try:
        return _DECODED[kind](text)
    except (KeyError, TypeError, ValueError) as error:
        raise SchemaError(
            f"A value in the file is none of the kind {kind!r} that its column is said to hold."
        ) from error


def pack(value: Any) -> Any:
    """Give a value as JSON can hold it; what JSON has no word for is wrapped with the name of its kind.

    Raises
    ------
    SchemaError
        If it is of a kind that no exchange format gives back.
    """
    value = _plain(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"float": str(value)}
    if value is pd.NaT or value is pd.NA:
        return {"missing": "time" if value is pd.NaT else "value"}
    if isinstance(value, dt.datetime):
        return {"time": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    if isinstance(value, list):
        return [pack(each) for each in value]
    if isinstance(value, tuple):
        return {"tuple": [pack(each) for each in value]}
    if isinstance(value, set | frozenset):
        packed = sorted((pack(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
        return {"set": packed}
    if isinstance(value, dict):
        return {"dict": [[pack(name), pack(each)] for name, each in value.items()]}
    raise SchemaError(
        f"A value is a {type(value).__name__}, which no exchange format gives back. Mend: give numbers, texts, times or lists."
    )


_UNPACKED: dict[str, Callable[[Any], Any]] = {
    "float": float,
    "missing": lambda which: pd.NaT if which == "time" else pd.NA,
    "time": pd.Timestamp,
    "day": dt.date.fromisoformat,
    "tuple": lambda several: tuple(unpack(each) for each in several),
    "set": lambda several: {unpack(each) for each in several},
    "dict": lambda pairs: {unpack(name): unpack(each) for name, each in pairs},
}


def unpack(packed: Any) -> Any:
    """Give back what `pack` was given."""
    if isinstance(packed, list):
        return [unpack(each) for each in packed]
    if isinstance(packed, dict):
        ((name, content),) = packed.items()
        return _UNPACKED[name](content)
    return packed

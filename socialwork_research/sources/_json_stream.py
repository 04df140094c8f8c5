"""JSON that is not one object a line: lists and pretty-printed objects, element by element, never the whole file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from ..errors import SchemaError
from . import _lines

_BLOCK = 1 << 16
_LARGEST_BLOCK = 1 << 24
_BETWEEN = re.compile(r"[\s,\[\]]*")
_OPEN_ENDS = (b"{", b"[", b",", b":")
_FETCH_AGAIN = "Mend: export or fetch the file again"


def is_document(path: Path) -> bool:
    """Tell whether a file of JSON is a list or a pretty-printed object, not one object a line."""
    line = _lines.head(path).lstrip().split(b"\n", 1)[0].strip()
    return line.startswith(b"[") or (line.startswith(b"{") and line.endswith(_OPEN_ENDS))


def elements(path: Path, *, after: str = "") -> Iterator[tuple[int, Any]]:
    """Give the elements of a file's lists, or its objects, numbered from 1; what is no value of JSON is None.

    Parameters
    ----------
    path
        The file.
    after
        What comes before the JSON and is skipped with all that precedes it, such as ``"="`` in a script.

    Raises
    ------
    SchemaError
        If the JSON is damaged or cut short, or the bytes are no UTF-8.
    """
    decoder = json.JSONDecoder()
    buffer, place, number, depth, size = "", 0, 0, 0, _BLOCK
    with path.open(encoding="utf-8-sig", newline="") as stream:
        if after:
            buffer = _past(after, stream, file=path.name)
        while True:
            between = _BETWEEN.match(buffer, place)
            if between is not None:
                depth += between[0].count("[") - between[0].count("]")
                place = between.end()
            if after and number and depth == 0:
                return
            try:
                _, end = decoder.raw_decode(buffer, place)
            except (ValueError, RecursionError):
                more = _more(stream, size, file=path.name, number=number)
                if more:
                    buffer, place, size = buffer[place:] + more, 0, min(size * 2, _LARGEST_BLOCK)
                    continue
                if place < len(buffer) or depth > 0:
                    raise SchemaError(
                        f"{path.name}: the JSON is damaged or cut short after element {number:,}. {_FETCH_AGAIN}."
                    ) from None
                return
            number += 1
            yield number, _value(buffer[place:end])
            place, size = end, _BLOCK


def _past(mark: str, stream: Any, *, file: str) -> str:
    start = _more(stream, _BLOCK, file=file, number=0)
    _, found, rest = start.partition(mark)
    if not found:
        raise SchemaError(f"{file}: the file does not begin as it should. {_FETCH_AGAIN}.")
    return rest


def _more(stream: Any, size: int, *, file: str, number: int) -> str:
    try:
        return str(stream.read(size))
    except UnicodeDecodeError:
        raise SchemaError(f"{file}: bytes that are not UTF-8 after element {number:,}. {_FETCH_AGAIN}.") from None


def _value(text: str) -> Any:
    """Read one value as the lines of a file are read, so that both refuse the same oddities."""
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return None


def first(head: bytes) -> list[Any]:
    """Return the first element of the beginning of a file, in a list; an empty one if it does not end there."""
    text = head.decode("utf-8", errors="ignore")
    between = _BETWEEN.match(text)
    try:
        value, _ = json.JSONDecoder().raw_decode(text, between.end() if between else 0)
    except (ValueError, RecursionError):
        return []
    return [value]

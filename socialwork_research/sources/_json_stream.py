"""JSON that is not one object a line: lists and pretty-printed objects, element by element, never the whole file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from ..errors import SchemaError
from . import _encodings, _json_text, _lines

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
    number = depth = 0
    try:
        with _encodings.opened(path) as stream:
            text = _json_text.Text(stream)
            if after:
                _begin(text, after, file=path.name)
            while sign := text.sign():
                if sign in ",[]":
                    text.take(sign)
                    depth += (sign == "[") - (sign == "]")
                    if after and number and depth == 0:
                        return
                    continue
                _, written = text.value()
                number += 1
                yield number, _value(written)
            if depth > 0:
                raise _json_text.DamagedError
    except _json_text.DamagedError:
        raise SchemaError(
            f"{path.name}: the JSON is damaged or cut short after element {number:,}. {_FETCH_AGAIN}."
        ) from None
    except UnicodeDecodeError:
        raise SchemaError(f"{path.name}: bytes that are not UTF-8 after element {number:,}. {_FETCH_AGAIN}.") from None


def _begin(text: _json_text.Text, mark: str, *, file: str) -> None:
    try:
        text.past(mark)
    except _json_text.DamagedError:
        raise SchemaError(f"{file}: the file does not begin as it should. {_FETCH_AGAIN}.") from None


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

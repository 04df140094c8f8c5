"""JSON as ConvoKit writes it: lines of objects, or one list or object whose items are given one at a time.

Python's own writer, which ConvoKit uses, puts down ``NaN`` and halves of surrogate pairs; neither is JSON, both are read.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import orjson

from ..errors import SchemaError
from . import _lines
from ._ledger import READ, Loss, refused

_BLOCK = 1 << 22
_LARGEST = 1 << 26  # an item that does not end within so many letters is damaged
_BLANK = re.compile(r"[ \t\r\n]*")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_DECODER = json.JSONDecoder()
_FETCH_AGAIN = "Mend: fetch the corpus again, or have ConvoKit dump it again"
_CUT = "look at these lines of the corpus: another program may have cut or joined them"

Objects = list[tuple[int, dict[str, Any]]]


class _DamagedError(Exception):
    """The JSON goes on in a way that it cannot, or does not go on."""


def lines(path: Path) -> Iterator[tuple[Objects, list[Loss]]]:
    """Give the objects of a file, one a line, block by block, each with its line number, and the lines that hold none."""
    for first, block, _ in _lines.blocks(path):
        if first == 1:
            block[0] = block[0].removeprefix(b"\xef\xbb\xbf")
        good: Objects = []
        bad: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(block, start=first):
            try:
                value = orjson.loads(line)
            except orjson.JSONDecodeError:
                if not line.strip():
                    continue
                value, why = _as_python_has_it(line)
                if why:
                    bad[why].append(number)
                    continue
            if type(value) is dict:
                good.append((number, value))
            else:
                bad["not an object"].append(number)
        losses = [Loss(READ, len(good) + sum(map(len, bad.values())), file=path.name)]
        yield good, losses + [refused(why, at, mend=_CUT, file=path.name) for why, at in bad.items()]


def listed(path: Path) -> Iterator[tuple[Objects, list[Loss]]]:
    """Give what `lines` gives, from a file that is one JSON list; the numbers are those of the items."""
    good: Objects = []
    bad: list[int] = []
    size = 0
    for number, (_, value) in enumerate(items(path, opening="["), start=1):
        size += 1
        if type(value) is dict:
            good.append((number, value))
        else:
            bad.append(number)
        if size == 20_000:
            yield good, _told(good, bad, path)
            good, bad, size = [], [], 0
    yield good, _told(good, bad, path)


def _told(good: Objects, bad: list[int], path: Path) -> list[Loss]:
    return [
        Loss(READ, len(good) + len(bad), file=path.name),
        refused("not an object", bad, mend=_CUT, file=path.name),
    ]


def items(path: Path, *, opening: str) -> Iterator[tuple[str, Any]]:
    """Give the items of a JSON list (`opening` is ``[``, names are empty) or object (``{``), without holding all of them.

    Raises
    ------
    SchemaError
        If the file is damaged, cut short, not UTF-8, or no list or object.
    """
    n = 0
    try:
        with path.open(encoding="utf-8-sig") as stream:
            text = _Text(stream)
            text.take(opening)
            closing = "]" if opening == "[" else "}"
            is_open = text.sign() != closing
            while is_open:
                name = text.value() if opening == "{" else ""
                if opening == "{":
                    text.take(":")
                value = text.value()
                is_open = text.take(f",{closing}") == ","
                n += 1
                yield str(name), value
    except _DamagedError:
        what = "list" if opening == "[" else "object"
        raise SchemaError(
            f"{path.name}, item {n + 1:,}: this JSON {what} is damaged or cut short there. {_FETCH_AGAIN}."
        ) from None
    except UnicodeDecodeError:
        raise SchemaError(f"{path.name}, after item {n:,}: the file is not UTF-8. {_FETCH_AGAIN}.") from None


def first_object(path: Path) -> dict[str, Any]:
    """Return the first object of a file of lines, or of a list, as far as its beginning shows it; else an empty one."""
    head = _lines.head(path, size=1 << 20).decode("utf-8", "replace").lstrip()
    for line in [head[1:].lstrip()] if head.startswith("[") else head.split("\n")[:20]:
        try:
            value, _ = _DECODER.raw_decode(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return value
    return {}


class _Text:
    """The text of a file, read as far as needed; what was used is forgotten."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0

    def sign(self) -> str:
        """Return the next sign that is no blank, or nothing at the end."""
        while True:
            blank = _BLANK.match(self._text, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._has_more():
                return ""

    def take(self, signs: str) -> str:
        """Use up the next sign, which must be one of `signs`."""
        found = self.sign()
        if not found or found not in signs:
            raise _DamagedError
        self._at += 1
        return found

    def value(self) -> Any:
        """Use up the next JSON value; it is whole only if something follows, as a number may go on."""
        self.sign()
        while len(self._text) - self._at <= _LARGEST:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError):
                end = len(self._text)
            if end < len(self._text):
                is_odd = _HALF.search(self._text, self._at, end) is not None
                self._at = end
                return _mended(value) if is_odd else value
            if not self._has_more():
                break
        raise _DamagedError

    def _has_more(self) -> bool:
        block = self._stream.read(_BLOCK)
        self._text, self._at = self._text[self._at :] + block, 0
        return bool(block)


def _as_python_has_it(line: bytes) -> tuple[Any, str]:
    """Return what Python's own reader makes of a line, or why it makes nothing."""
    try:
        return _mended(json.loads(line.decode("utf-8"))), ""
    except UnicodeDecodeError:
        return None, "not UTF-8"
    except (ValueError, RecursionError):
        return None, "not JSON"


def _mended(value: Any) -> Any:
    """Replace halves of surrogate pairs, which no file can hold, by the sign for a lost letter."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mended(each) for each in value]
    if isinstance(value, dict):
        return {_mended(name): _mended(each) for name, each in value.items()}
    return value

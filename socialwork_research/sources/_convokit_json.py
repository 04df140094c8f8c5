"""JSON as ConvoKit writes it: lines of objects, or one list or object whose items are given one at a time.

Python's own writer, which ConvoKit uses, puts down ``NaN`` and halves of surrogate pairs; neither is JSON, both are read.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from ..errors import SchemaError
from . import _encodings, _halves, _json_text, _lines
from ._ledger import READ, Loss, refused

_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_DECODER = json.JSONDecoder()
_FETCH_AGAIN = "Mend: fetch the corpus again, or have ConvoKit dump it again"
_CUT = "look at these lines of the corpus: another program may have cut or joined them"

Objects = list[tuple[int, dict[str, Any]]]


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
        with _encodings.opened(path) as stream:
            text = _json_text.Text(stream)
            text.take(opening)
            closing = "]" if opening == "[" else "}"
            is_open = text.sign() != closing
            while is_open:
                name, _ = text.value() if opening == "{" else ("", "")
                if opening == "{":
                    text.take(":")
                value, written = text.value()
                value = _halves.mended(value) if _HALF.search(written) else value
                is_open = text.take(f",{closing}") == ","
                n += 1
                yield _halves.mended(str(name)), value
    except _json_text.DamagedError:
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


def _as_python_has_it(line: bytes) -> tuple[Any, str]:
    """Return what Python's own reader makes of a line, or why it makes nothing."""
    try:
        return _halves.mended(json.loads(line.decode("utf-8"))), ""
    except UnicodeDecodeError:
        return None, "not UTF-8"
    except (ValueError, RecursionError):
        return None, "not JSON"

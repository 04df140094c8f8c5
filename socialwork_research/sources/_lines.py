"""Lines of a text file, plain or packed, in blocks; and JSON objects, one a line, with the bad lines counted."""

from __future__ import annotations

import contextlib
import gc
import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson

from ..errors import SchemaError
from . import _encodings
from ._ledger import READ, Loss, refused
from ._packed import CutShortError, unpacked

_BOM = b"\xef\xbb\xbf"
_CUT = "look at these lines in the export: another program may have cut or joined them"
_FETCH_AGAIN = "Mend: fetch the file again and compare its size or checksum"

Objects = list[tuple[int, dict[str, Any]]]


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking through thousands of fresh objects that hold no circles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def head(path: Path, *, size: int = 1 << 16) -> bytes:
    """Return the beginning of a file, unpacked and without a byte order mark; nothing where it cannot be unpacked."""
    found = b""
    try:
        for block in _encodings.in_utf8(unpacked(path)):
            found += block
            if len(found) >= size:
                break
    except (CutShortError, SchemaError):
        pass  # what was found so far is the head; reading the whole names the damage
    return found[:size].removeprefix(_BOM)


def blocks(path: Path, *, allow_truncated: bool = False) -> Iterator[tuple[int, list[bytes], bool]]:
    """Give the lines of a file in blocks: the first line's number, the lines, whether the last of them was cut off.

    Raises
    ------
    SchemaError
        If a packed file is damaged, or ends too early and `allow_truncated` is not set.
    """
    number, rest, stream = 1, b"", _encodings.in_utf8(unpacked(path), file=path.name)
    is_cut = False
    while True:
        try:
            block = next(stream, None)
        except CutShortError:
            if not allow_truncated:
                raise SchemaError(
                    f"{path.name}: the file is cut short; its last whole line is {number - 1:,}. {_FETCH_AGAIN}; "
                    "sources.reddit.read(..., allow_truncated=True) takes the whole lines and says so in the ledger."
                ) from None
            block, is_cut = None, True
        except SchemaError as error:
            raise SchemaError(f"{path.name}: {error} after line {number - 1:,}. {_FETCH_AGAIN}.") from None
        if block is None:
            break
        *lines, rest = (rest + block).split(b"\n")
        if lines:
            yield number, lines, False
            number += len(lines)
    if rest or is_cut:
        yield number, [rest], is_cut


def objects(
    path: Path, *, allow_truncated: bool = False, lay_out: Callable[[dict[str, Any]], Any] | None = None
) -> Iterator[tuple[Objects, list[Loss]]]:
    """Give the JSON objects of a file block by block, each with its line number, and the lines that hold none.

    Empty lines are not counted. A line is refused if it is no UTF-8, no JSON, no object, or more than one object.
    With `lay_out`, what it makes of each object is given instead: twice as fast as doing so later, when the objects
    have left the processor's cache.
    """
    for first, lines, is_cut in blocks(path, allow_truncated=allow_truncated):
        good: Objects = []
        bad: dict[str, list[int]] = defaultdict(list)
        if first == 1:
            lines[0] = lines[0].removeprefix(_BOM)
        with uncollected():
            for number, line in enumerate(lines, start=first):
                try:
                    value = orjson.loads(line)
                except orjson.JSONDecodeError:
                    if line.strip():
                        bad["cut off at the end" if is_cut else _why(line)].append(number)
                    continue
                if type(value) is dict:
                    good.append((number, value if lay_out is None else lay_out(value)))
                else:
                    bad["not an object"].append(number)
        losses = [Loss(READ, len(good) + sum(map(len, bad.values())), file=path.name)]
        losses += [refused(why, numbers, mend=_CUT, file=path.name) for why, numbers in bad.items()]
        if is_cut:
            losses.append(
                Loss("file cut short", 1, (first,), "the rest of the export is missing: fetch it again", path.name)
            )
        yield good, losses


def _why(line: bytes) -> str:
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError:
        return "not UTF-8"
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return "not JSON"
    return "several objects in a line" if text[end:].lstrip().startswith("{") else "not JSON"


def batched(path: Path, *, size: int, allow_truncated: bool = False) -> Iterator[tuple[Objects, list[Loss]]]:
    """Give what `objects` gives, in batches of at most `size` objects."""
    for good, losses in objects(path, allow_truncated=allow_truncated):
        parts = list(itertools.batched(good, size)) if hasattr(itertools, "batched") else _cut(good, size)
        yield (list(parts[0]) if parts else []), losses
        for part in parts[1:]:
            yield list(part), []


def _cut(good: Objects, size: int) -> list[Objects]:
    return [good[start : start + size] for start in range(0, len(good), size)]

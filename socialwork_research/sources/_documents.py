"""Files of JSON as interfaces give them: one document, or one object a line; both give their entries in batches."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import orjson

from ..errors import SchemaError
from . import _encodings, _lines
from ._ledger import READ, REFUSED, Loss

SUFFIXES = (".json", ".jsonl", ".ndjson", "")
_BOM = b"\xef\xbb\xbf"
_BEGINNING = 1 << 18
_TRIES = 5
_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[\[\]{},]', re.DOTALL)
_CLOSES = {"[": "]", "{": "}"}

T = TypeVar("T")


def files(path: Path, *, are: Callable[[Any], bool]) -> list[Path]:
    """Return the file, or the files of a folder, whose beginning `are` takes."""
    inside = sorted(path.iterdir()) if path.is_dir() else [path]
    named = [file for file in inside if file.suffix.casefold() in SUFFIXES and not file.name.startswith(".")]
    return [file for file in named if file.is_file() and are(beginning(file))]


def beginning(file: Path) -> Any:
    """Return the first value of a file as far as its beginning tells: what is cut off there is left out.

    Lines that hold none are passed over, up to five; None if there is no object or list.
    """
    text = _lines.head(file, size=_BEGINNING).decode("utf-8", "ignore")
    for _ in range(_TRIES):
        text = text.lstrip()
        if text[:1] in _CLOSES:
            try:
                return orjson.loads(_closed(text))
            except orjson.JSONDecodeError:
                pass
        _, _, text = text.partition("\n")
    return None


def _closed(text: str) -> str:
    """Return the first value in `text`, cut at its last comma and closed where it goes on beyond the text."""
    is_open: list[str] = []
    last, closers = 1, _CLOSES[text[0]]
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in _CLOSES:
            is_open.append(mark)
        elif mark == ",":
            last, closers = token.start(), "".join(_CLOSES[each] for each in reversed(is_open))
        elif mark in "]}":
            if is_open:
                is_open.pop()
            if not is_open:
                return text[: token.end()]
    return text[:last] + closers


def are_lines(file: Path) -> bool:
    """Tell whether a file has one object a line: more than one line, of which the first is an object by itself."""
    with io.BytesIO(_encodings.content(file)) if _encodings.of_file(file) else file.open("rb") as stream:
        filled = (stripped for line in stream if (stripped := line.removeprefix(_BOM).strip()))
        first = next(filled, b"")
        return first[:1] == b"{" and _is_object(first) and next(filled, None) is not None


def _is_object(line: bytes) -> bool:
    try:
        return type(orjson.loads(line)) is dict
    except orjson.JSONDecodeError:
        return False


def entries(
    file: Path, *, expand: Callable[[Any], Iterable[T]], size: int
) -> Iterator[tuple[list[tuple[int, T]], list[Loss]]]:
    """Give what `expand` finds in a file, numbered, in batches of about `size`, with the lines that are refused.

    The number is that of the line, or in one document that of the entry, from 1. What counts as read the caller says
    by `all_read`, as only it knows which entries are rows.

    Raises
    ------
    SchemaError
        If the file is one document and that is damaged or cut short.
    """
    if are_lines(file):
        yield from _entries_of_lines(file, expand=expand, size=size)
        return
    value = _document(file)
    if value is _BROKEN_LINES:
        yield from _entries_of_lines(file, expand=expand, size=size)
        return
    found = enumerate(expand(value), start=1)
    del value
    batch = list(itertools.islice(found, size))
    yield batch, []  # an empty document is read, too
    while batch := list(itertools.islice(found, size)):
        yield batch, []


def _entries_of_lines(
    file: Path, *, expand: Callable[[Any], Iterable[T]], size: int
) -> Iterator[tuple[list[tuple[int, T]], list[Loss]]]:
    for good, losses in _lines.batched(file, size=size):
        found = [(number, entry) for number, value in good for entry in expand(value)]
        yield found, [loss for loss in losses if loss.what != READ]


def all_read(kept: int, losses: Iterable[Loss], *, file: str) -> Loss:
    """Count what was read: the rows that are kept and those that `losses` refuse."""
    return Loss(READ, kept + sum(loss.n for loss in losses if loss.what.startswith(REFUSED)), file=file)


_BROKEN_LINES = object()


def _document(file: Path) -> Any:
    text = _encodings.content(file)
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        line = error.lineno
    if not text.lstrip().startswith(b"[") and any(_is_object(each) for each in text.split(b"\n", 20)[:20]):
        return _BROKEN_LINES
    raise SchemaError(
        f"{file.name}, line {line}: the JSON is damaged or cut short. Mend: fetch or save the file again; it must be "
        "one JSON document in UTF-8, or one object a line."
    )

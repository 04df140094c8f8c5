"""The cells of a LinkedIn member's ``Comments.csv`` and ``Shares.csv``, whichever way a file writes quotation marks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

import pandas as pd

from ..errors import SchemaError
from . import _encodings, _lines
from ._ledger import READ, Chunk, Loss, refused

COLUMNS = {
    "comments": ("Date", "Link", "Message"),
    "shares": ("Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"),
}
_NEEDED = {"comments": COLUMNS["comments"], "shares": COLUMNS["shares"][:3]}
_ROWS = 20_000
_NAME = re.compile(r"(comments|shares)(?:_(\d+))?(?: ?\(\d+\))?\.csv", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d.*)?")
_ESCAPED = re.compile(r'(?<!\\)((?:\\\\)*)\\"')
_LOOKS_LIKE_HEADER = re.compile(r"[\w .()/-]{1,40}")


@dataclass(frozen=True)
class Sheet:
    """One file of the export: what it holds, under which name the ledger tells of it, and the member's number."""

    path: Path
    holds: Literal["comments", "shares"]
    columns: tuple[str, ...]
    file: str
    member: str | None


def is_named(path: Path) -> bool:
    """Tell whether a file is called as the export calls its comments and shares, with or without a member's number."""
    return _NAME.fullmatch(path.name) is not None


def sheet(path: Path) -> Sheet | None:
    """Return what a file holds, by its header; None where the header is another one."""
    first = _lines.head(path, size=4096).split(b"\n", 1)[0].decode("utf-8", errors="replace")
    try:
        columns = tuple(name.strip() for name in next(csv.reader([first]), []))
    except csv.Error:
        return None
    named = _NAME.fullmatch(path.name)
    member = named[2] if named else None
    if set(_NEEDED["comments"]) <= set(columns):
        return Sheet(path, "comments", columns, "Comments.csv", member)
    if set(_NEEDED["shares"]) <= set(columns):
        return Sheet(path, "shares", columns, "Shares.csv", member)
    return None


def chunks(one: Sheet) -> Iterator[Chunk]:
    """Give the cells of a file, with ``row`` (the header is row 1), and what could not be read."""
    yield Chunk(pd.DataFrame(), tuple(_about(one)))
    is_doubled = _is_doubled(one)
    places = [(name, one.columns.index(name)) for name in COLUMNS[one.holds] if name in one.columns]
    width, number = len(one.columns), 1
    good: list[list[object]] = []
    odd: list[int] = []
    try:
        for row in _records(one, is_doubled=is_doubled):
            number += 1
            if len(row) == width:
                good.append([number, *(row[place] for _, place in places)])
            else:
                odd.append(number)
            if len(good) + len(odd) >= _ROWS:
                yield _chunk(good, odd, [name for name, _ in places], file=one.file)
                good, odd = [], []
    except csv.Error:
        raise SchemaError(
            f"{one.file}, row {number + 1}: a field does not end, as a quotation mark is not closed. "
            "Mend: look at that row, or ask for the export again."
        ) from None
    yield _chunk(good, odd, [name for name, _ in places], file=one.file)


def _about(one: Sheet) -> Iterator[Loss]:
    for name in one.columns:
        if name not in COLUMNS[one.holds]:
            told = name if _LOOKS_LIKE_HEADER.fullmatch(name) else "a name that is no usual one"
            yield Loss(f"column ignored: {told!r}", 1, file=one.file)
    with one.path.open("rb") as stream:
        stream.seek(-1, 2)
        if stream.read(1) not in (b"\n", b"\r"):
            mend = "its last row may be cut short: compare the file's size with the download's"
            yield Loss("file without a last line end", 1, mend=mend, file=one.file)


def _chunk(good: list[list[object]], odd: list[int], names: list[str], *, file: str) -> Chunk:
    rows = pd.DataFrame(good, columns=["row", *names], dtype=object)
    mend = "these rows have more or fewer cells than the header: a comma or quotation mark is astray"
    return Chunk(
        rows,
        (Loss(READ, len(good) + len(odd), file=file), refused("wrong number of cells", odd, mend=mend, file=file)),
    )


def _is_doubled(one: Sheet) -> bool:
    r"""Find out whether a quotation mark within a cell is written ``""`` or ``\"``: by which of them rows come whole."""
    bad = {is_doubled: _n_bad(one, is_doubled=is_doubled) for is_doubled in (True, False)}
    return bad[True] < bad[False] or (bad[True] == bad[False] and one.holds == "shares")


def _n_bad(one: Sheet, *, is_doubled: bool) -> float:
    date, width, n = one.columns.index("Date"), len(one.columns), 0
    try:
        for row in _records(one, is_doubled=is_doubled):
            n += len(row) != width or (row[date].strip() != "" and not _DATE.fullmatch(row[date].strip()))
    except csv.Error:
        return float("inf")
    return n


def _records(one: Sheet, *, is_doubled: bool) -> Iterator[list[str]]:
    encoding, errors = _encodings.of_table(one.path)
    if encoding != "utf-8-sig":
        _encodings.note(f"encoding taken as {encoding}", file=one.file)
    with one.path.open(encoding=encoding, errors=errors, newline=None) as stream:
        rows = csv.reader(stream if is_doubled else _doubling(stream))
        filled = (row for row in rows if row)
        next(filled, None)
        yield from filled


def _doubling(stream: IO[str]) -> Iterator[str]:
    for line in stream:
        yield _ESCAPED.sub(r'\1""', line) if '\\"' in line else line

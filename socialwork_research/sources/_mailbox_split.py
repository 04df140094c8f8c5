"""Cutting an archive of mail into messages: mbox, the text archives of Mailman (pipermail), and LISTSERV logs."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal, cast

from ..errors import SchemaError
from . import _encodings

Layout = Literal["mbox", "listserv"]

_FROM = re.compile(rb"From \S.*\d\d?:\d\d.*\d{4}.*\r?\n?$")
_RULE = re.compile(rb"={73}\r?\n?$")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|>From ")
_ESCAPED = re.compile(rb">+From ")
_NEEDED = re.compile(rb"^(?:from|subject|date|message-id)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_HEAD = 1 << 14
_GZIP = b"\x1f\x8b"


def layout(file: Path) -> Layout | None:
    """Return how a file marks where a message begins; None if it holds no mail."""
    try:
        with _opened(file) as stream:
            lines = stream.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").splitlines(keepends=True)
    except (OSError, EOFError, zlib.error, SchemaError):
        return None
    if len(lines) < 2 or not _HEADER.match(lines[1]):
        return None
    found: Layout | None = "mbox" if _FROM.match(lines[0]) else "listserv" if _RULE.match(lines[0]) else None
    head = b"".join(lines[1:]).replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return found if _NEEDED.search(head) else None


def messages(file: Path, *, form: Layout) -> Iterator[tuple[int, bytes]]:
    """Give the messages of a file, each with the number of the line at which it begins and without that line.

    In an mbox a message begins with "From " and a time, after an empty line and before a line of a header; a "From "
    that the archive marked with ``>`` to keep it apart is unmarked. In a LISTSERV log it begins after a line of 73
    equals signs.
    """
    begin = _FROM if form == "mbox" else _RULE
    kept: list[bytes] | None = None
    start = 0
    is_after_empty = True
    candidate: tuple[int, bytes] | None = None
    for number, line in enumerate(_lines(file), start=1):
        if candidate is not None:
            if _HEADER.match(line):
                if kept is not None:
                    yield start, b"".join(kept)
                kept, start = [], candidate[0]
            elif kept is not None:
                kept.append(candidate[1])
            candidate = None
        if (form == "listserv" or is_after_empty) and begin.match(line):
            candidate = number, line
        elif kept is not None:
            kept.append(line[1:] if form == "mbox" and _ESCAPED.match(line) else line)
        is_after_empty = not line.strip()
    if kept is not None:
        yield start, b"".join([*kept, candidate[1]] if candidate else kept)


def _lines(file: Path) -> Iterator[bytes]:
    number = 0
    try:
        with _opened(file) as stream:
            for number, line in enumerate(stream, start=1):
                yield line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
    except (OSError, EOFError, zlib.error):
        raise SchemaError(
            f"{file.name}: the packed file is damaged or cut short after line {number:,}. Mend: fetch it again."
        ) from None


def _opened(file: Path) -> BinaryIO:
    if _encodings.of_file(file) is not None:
        return io.BytesIO(_encodings.content(file))
    with file.open("rb") as stream:
        is_packed = stream.read(2) == _GZIP
    return cast("BinaryIO", gzip.open(file, "rb")) if is_packed else file.open("rb")

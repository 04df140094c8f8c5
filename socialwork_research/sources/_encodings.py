"""Bytes to text: UTF-16 and UTF-32 are told by their mark or by their noughts, and what was taken is noted for the ledger.

Whoever turns bytes into text where an import runs says here what it took them for, by `note`; `recorded` gathers that.
"""

from __future__ import annotations

import codecs
import contextlib
import itertools
import re
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import TextIO

from ..errors import SchemaError
from ._ledger import Loss

MARK = b"\xef\xbb\xbf"
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_LOOK = 512
_MANY, _FEW = 0.6, 0.1  # of the noughts that plain letters leave on one side of UTF-16, and of those on the other
_MEND = "the file is not UTF-8; it was read as this, look whether its letters are right"
# What programs call Latin-1 and the like is Windows' encoding, as all browsers take it: it has letters where those have none.
_WIDER = {
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
_NO_CHARSETS = (
    "undefined",
    "unicode-escape",
    "unicode_escape",
    "raw-unicode-escape",
    "idna",
    "punycode",
    "mbcs",
    "oem",
)
C1 = {number: bytes([number]).decode("cp1252", "ignore") or chr(number) for number in range(0x80, 0xA0)}

_NOT_ASCII = re.compile("[^\\x00-\\x7f]")
_TOLD: ContextVar[dict[tuple[str, str], Loss] | None] = ContextVar("told", default=None)


@contextlib.contextmanager
def recorded() -> Iterator[dict[tuple[str, str], Loss]]:
    """Gather what is noted while this is open, each matter once for a file."""
    told: dict[tuple[str, str], Loss] = {}
    token = _TOLD.set(told)
    try:
        yield told
    finally:
        _TOLD.reset(token)


def note(what: str, *, file: str, n: int = 1, mend: str = _MEND) -> None:
    """Note something about the letters of a file."""
    told = _TOLD.get()
    if told is not None and n:
        told[what, file] = Loss(what, n, mend=mend, file=file)


def of(start: bytes) -> str | None:
    """Return the codec of a file by its first bytes if it is UTF-16 or UTF-32; None for anything else."""
    for mark, name in _MARKS.items():
        if start.startswith(mark):
            return name
    start = start[:_LOOK]
    start = start[: len(start) // 2 * 2]
    if len(start) < 4:
        return None
    even, odd = (start[side::2].count(0) * 2 / len(start) for side in (0, 1))
    if odd > _MANY and even < _FEW:
        return "utf-16-le"
    return "utf-16-be" if even > _MANY and odd < _FEW else None


def of_file(path: Path) -> str | None:
    """Return what `of` tells of the beginning of a file."""
    with path.open("rb") as stream:
        return of(stream.read(_LOOK))


def opened(path: Path) -> TextIO:
    """Open a file as text in UTF-8, or in UTF-16 or UTF-32 if it begins so; line ends stay."""
    name = of_file(path)
    if name is not None:
        note(f"encoding taken as {name}", file=path.name)
    return path.open(encoding=name or "utf-8-sig", newline="")


def in_utf8(blocks: Iterator[bytes], *, file: str = "") -> Iterator[bytes]:
    """Give the same text in UTF-8, block by block; what is neither UTF-16 nor UTF-32 is passed on as it is.

    Raises
    ------
    SchemaError
        If the file begins as UTF-16 or UTF-32 and does not go on so.
    """
    first = next(blocks, None)
    if first is None:
        return
    name = of(first)
    if name is None:
        yield first
        yield from blocks
        return
    if file:
        note(f"encoding taken as {name}", file=file)
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for block in itertools.chain([first], blocks):
            yield decoder.decode(block).encode("utf-8")
        decoder.decode(b"", final=True)
    except UnicodeError:
        raise SchemaError(f"it begins as {name} and holds bytes that are not") from None


def of_table(path: Path) -> tuple[str, str]:
    """Return the codec of a file of text and what to do with bytes that it does not have.

    UTF-8 in which less than half of what is not ASCII is broken stays UTF-8, with marks (U+FFFD) where it is broken:
    taken for another encoding, all its other letters would go wrong.
    """
    marked = of_file(path)
    if marked is not None:
        return marked, "strict"
    if _holds(path, "utf-8-sig"):
        return "utf-8-sig", "strict"
    n_lost = n_good = 0
    for text in _decoded(path, "utf-8-sig", "replace"):
        lost = text.count("\ufffd")
        n_lost += lost
        n_good += sum(1 for _ in _NOT_ASCII.finditer(text)) - lost
    if n_lost < n_good:
        return "utf-8-sig", "replace"
    return ("cp1252", "strict") if _holds(path, "cp1252") else ("latin-1", "strict")


def _holds(path: Path, codec: str) -> bool:
    try:
        for _ in _decoded(path, codec, "strict"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _decoded(path: Path, codec: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)(errors)
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def content(path: Path) -> bytes:
    """Return a whole file in UTF-8 without its mark, if it is UTF-16 or UTF-32, else as it is without that mark."""
    raw = path.read_bytes()
    try:
        return b"".join(in_utf8(iter([raw]), file=path.name)).removeprefix(MARK)
    except SchemaError as error:
        raise SchemaError(f"{path.name}: {error}. Mend: fetch the file again, or save it as UTF-8.") from None


def wider(name: str) -> str | None:
    """Return the codec that text of a declared encoding is in, in the wider sense in which it is meant; None if unknown."""
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    if not getattr(found, "_is_text_encoding", True) or found.name in _NO_CHARSETS:
        return None
    return _WIDER.get(found.name, found.name)


def guessed(raw: bytes, *, declared: str | None = None) -> tuple[str, str, int]:
    """Return text, the encoding it was taken for, and how many letters are lost: UTF-8, what is declared, or Windows'.

    UTF-8 goes first, as other text is hardly ever valid UTF-8 by chance. Bytes that Windows' encoding does not have are
    lost letters (U+FFFD).
    """
    name = of(raw)
    named = wider(declared) if declared else None
    if named is not None and named.startswith(("iso2022", "hz", "utf_7")) and raw.isascii():
        name = named  # these write all letters in ASCII
    for codec in (name or "utf-8-sig", named):
        if codec is not None:
            with contextlib.suppress(UnicodeError):
                return raw.decode(codec), codec.removesuffix("-sig"), 0
    codec = named if named is not None and not named.startswith("utf") else "cp1252"
    text = raw.decode(codec, "replace")
    return text, codec, text.count("\ufffd")

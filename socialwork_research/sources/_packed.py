"""Files as they lie on the disk, plain or packed by zstandard, gzip, bzip2 or xz: unpacked block by block, never whole."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from ..errors import SchemaError
from . import _progress, _unpacking

_BLOCK = 1 << 23
_BITE = 1 << 13  # packed bytes taken at once: the worst of them unfold to a quarter of a gigabyte
_HELD = 1 << 21
_MAX_WINDOW = 2**31  # Reddit dumps are packed with windows of up to 2 GiB
_MAGIC = {b"\x28\xb5\x2f\xfd": "zstandard", b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}
_SUFFIXES = {".zst": "zstandard", ".gz": "gzip", ".bz2": "bzip2", ".xz": "xz"}


class CutShortError(Exception):
    """A packed file ends before its last frame does."""


def packing(path: Path) -> str | None:
    """Return how a file is packed, by its first bytes, or by its name where it is too short to tell; None if it is plain."""
    with path.open("rb") as stream:
        start = stream.read(8)
    for magic, name in _MAGIC.items():
        if start.startswith(magic):
            return name
    return _SUFFIXES.get(path.suffix.casefold())


def unpacked(path: Path) -> Iterator[bytes]:
    """Give the content of a file block by block.

    Raises
    ------
    CutShortError
        If a packed file ends too early.
    SchemaError
        If a packed file is damaged, or unfolds to more than any text does.
    """
    how = packing(path)
    with path.open("rb") as stream:
        if how is None:
            while block := stream.read(_BLOCK):
                _progress.count(len(block))
                yield block
            return
        yield from _unfolded(stream, how)


def _unfolded(stream: IO[bytes], how: str) -> Iterator[bytes]:
    """Unpack in small bites, of which even a bomb's unfold to little, and give them out in blocks."""
    limits = _unpacking.current()
    n_packed = n_out = n_held = 0
    held: list[bytes] = []
    frame = None
    while packed := stream.read(_BITE):
        n_packed += len(packed)
        _progress.count(len(packed))
        while packed:
            frame = frame or _frame(how)
            try:
                piece, packed, ended = _step(frame, packed, how)
            except SchemaError:
                yield b"".join(held)
                raise
            n_out, n_held = n_out + len(piece), n_held + len(piece)
            held.append(piece)
            frame = None if ended else frame
            if ended and not packed.strip(b"\x00"):  # gzip files may be padded
                packed = b""
        if n_held >= _HELD or limits.are_passed_by(n_out, n_packed):
            yield b"".join(held)
            held, n_held = [], 0
            if limits.are_passed_by(n_out, n_packed):
                raise SchemaError(limits.too_thick)
    if n_held:
        yield b"".join(held)
    if frame is not None:
        raise CutShortError


def _frame(how: str) -> Any:
    if how == "zstandard":
        import zstandard

        return zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).decompressobj()
    if how == "gzip":
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    return bz2.BZ2Decompressor() if how == "bzip2" else lzma.LZMADecompressor()


def _step(frame: Any, packed: bytes, how: str) -> tuple[bytes, bytes, bool]:
    """Unfold one piece; return what came out, what is left over, and whether the frame has ended."""
    try:
        block = frame.decompress(packed)
    except _damages(how):
        raise SchemaError(f"this is not, or no longer, a {how} file") from None
    return block, frame.unused_data if frame.eof else b"", bool(frame.eof)


def _damages(how: str) -> tuple[type[Exception], ...]:
    if how == "zstandard":
        import zstandard

        return (zstandard.ZstdError,)
    return (zlib.error, OSError, lzma.LZMAError, EOFError)

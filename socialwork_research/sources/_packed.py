"""Files as they lie on the disk, plain or packed by zstandard, gzip, bzip2 or xz: unpacked block by block, never whole."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import SchemaError

_BLOCK = 1 << 23
_PACKED_BLOCK = 1 << 18
_MAX_WINDOW = 2**31  # Reddit dumps are packed with windows of up to 2 GiB
_MAGIC = {b"\x28\xb5\x2f\xfd": "zstandard", b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}
_SUFFIXES = {".zst": "zstandard", ".gz": "gzip", ".bz2": "bzip2", ".xz": "xz"}
_RATIO = 2000  # text is packed to a tenth or a fiftieth; what unfolds two thousand times is made to fill the disk
_HARMLESS = 1 << 28  # small results are never refused, however well they were packed


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
                yield block
            return
        n_packed = n_out = 0
        frame = None
        while packed := stream.read(_PACKED_BLOCK):
            n_packed += len(packed)
            while packed:
                frame = frame or _frame(how)
                block, packed, ended = _step(frame, packed, how)
                n_out += len(block)
                if n_out > _HARMLESS and n_out > _RATIO * n_packed:
                    raise SchemaError(f"it unfolds to more than {_RATIO:,} times its size, as no text does")
                if block:
                    yield block
                frame = None if ended else frame
                if ended and not packed.strip(b"\x00"):  # gzip files may be padded
                    packed = b""
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

"""Whether a file is an archive, and of which kind: told by its bytes, not by its name."""

from __future__ import annotations

import itertools
import struct
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from . import _lines, _packed

Kind = Literal["zip", "tar", "7z", "rar"]

_BLOCK = 512
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OTHERS: dict[bytes, Kind] = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar"}
_TAR = (b"ustar\x00", b"ustar  \x00")
_DOCUMENTS = (b"[Content_Types].xml", b"mimetype", b"_rels/.rels")  # Office, OpenDocument and EPUB files are zips, too
_LOOK = 10_000  # members among which the sign of a document is looked for
_END, _END_SIZE, _LONGEST_END = b"PK\x05\x06", 22, (1 << 16) + 22
_ENTRY, _ENTRY_SIZE = b"PK\x01\x02", 46
_LOCATOR_SIZE, _END64_SIZE = 20, 56
_UNTOLD = 0xFFFFFFFF


def kind(path: Path) -> Kind | None:
    """Return which kind of archive a file is; None for anything else: text, packed text, documents that are zips."""
    if not path.is_file():
        return None
    head = _head(path)
    if head.startswith(_ZIP):
        return None if _is_document(path, head) else "zip"
    for magic, name in _OTHERS.items():
        if head.startswith(magic):
            return name
    if is_tar(head):
        return "tar"
    is_packed = bool(head) and _packed.packing(path) is not None
    return "tar" if is_packed and is_tar(_lines.head(path, size=_BLOCK)) else None


def is_plain_tar(path: Path) -> bool:
    """Tell whether a tar is not packed, whatever its name says: browsers unpack what they load and keep its name."""
    return is_tar(_head(path))


def is_tar(head: bytes) -> bool:
    """Tell whether the first 512 bytes are the header of a tar: by its word, or by its checksum where it is older."""
    if head[257:].startswith(_TAR):
        return True
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def members(path: Path) -> Iterator[bytes]:
    """Give the names in the list at the end of a zip, one by one: a list of millions is not held in memory.

    A damaged list ends where the damage begins; reading the members names it.
    """
    with path.open("rb") as stream:
        n_bytes = stream.seek(0, 2)
        stream.seek(max(0, n_bytes - _LONGEST_END))
        tail = stream.read()
        place = tail.rfind(_END)
        if place < 0 or len(tail) < place + _END_SIZE:
            return
        end = n_bytes - len(tail) + place
        (size,) = struct.unpack_from("<L", tail, place + 12)
        more = place - _LOCATOR_SIZE - _END64_SIZE
        if more >= 0 and tail[more : more + 4] == b"PK\x06\x06":
            end -= _LOCATOR_SIZE + _END64_SIZE
            (size,) = struct.unpack_from("<Q", tail, more + 40) if size == _UNTOLD else (size,)
        if size > end:
            return
        stream.seek(end - size)
        while stream.tell() < end and (entry := stream.read(_ENTRY_SIZE)).startswith(_ENTRY):
            if len(entry) < _ENTRY_SIZE:
                return
            name, extra, comment = struct.unpack_from("<3H", entry, 28)
            yield stream.read(name)
            stream.seek(extra + comment, 1)


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_BLOCK)


def _is_document(path: Path, head: bytes) -> bool:
    length = int.from_bytes(head[26:28], "little")
    if head[30 : 30 + length] in _DOCUMENTS:
        return True
    return any(name in _DOCUMENTS for name in itertools.islice(members(path), _LOOK))

"""The members of a zip or a tar: their list, and their bytes one member after the other, nothing taken on trust."""

from __future__ import annotations

import itertools
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import SchemaError
from . import _archive_kinds, _unpacking
from ._archive_names import Member
from ._packed import CutShortError, unpacked

_BLOCK = 1 << 20
_UNIT = 512  # a tar is made of blocks of this size
_LONGEST_NAME = 1 << 20  # what a tar may tell of one member before it comes
FETCH_AGAIN = "Mend: export or fetch it again, and compare its size or checksum"
_UNPACK = "Mend: unpack it by the program that made it, and give the folder"
_UTF8, _LOCKED = 0x800, 0x1
_ZIP_DAMAGES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, struct.error, ValueError, OverflowError)
_SPARSE = "is stored with holes, which no export needs"

Pieces = Iterable[bytes]


def listing(path: Path, kind: str) -> list[Member]:
    """Return the members of an archive in their order; one that is no file is told so.

    Raises
    ------
    SchemaError
        If the archive is damaged, cut short, or has more members than it may.
    """
    return _zip_listing(path) if kind == "zip" else [entry.member for entry, _ in _tar_entries(path)]


def contents(path: Path, kind: str, *, wanted: Container[int]) -> Iterator[tuple[int, Pieces]]:
    """Give the bytes of the members that are wanted, piece by piece; each must be taken before the next is asked for.

    Raises
    ------
    SchemaError
        If a member is damaged, locked by a password, packed in a way that is not known, or cut short.
    """
    if kind == "zip":
        yield from _zip_contents(path, wanted)
        return
    for number, (entry, pieces) in enumerate(_tar_entries(path)):
        if number in wanted:
            if entry.is_sparse:
                raise SchemaError(f"member {number + 1:,} {_SPARSE}. {_UNPACK}")
            yield number, pieces


def _too_many(limits: _unpacking.Limits) -> SchemaError:
    return SchemaError(
        f"it has more than {limits.members:,} members. Mend: if it is meant, with "
        f"sources.unpacking(max_members={limits.members * 10:,}): reads it"
    )


def _zip_listing(path: Path) -> list[Member]:
    limits = _unpacking.current()
    if any(True for _ in itertools.islice(_archive_kinds.members(path), int(limits.members), None)):
        raise _too_many(limits)
    with _opened(path) as archive:
        return [Member(_name(info), info.file_size, _odd(info)) for info in archive.infolist() if not info.is_dir()]


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (PermissionError, FileNotFoundError):
        raise
    except (*_ZIP_DAMAGES, RuntimeError, OSError):  # zipfile raises RuntimeError for packings that it does not know
        raise SchemaError(f"the zip is damaged or cut short: its list of members is missing. {FETCH_AGAIN}") from None


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; old programs wrote UTF-8 and did not say so."""
    if not info.flag_bits & _UTF8:
        try:
            return info.filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            return info.filename
    return info.filename


def _odd(info: zipfile.ZipInfo) -> str:
    mode = stat.S_IFMT(info.external_attr >> 16)
    if mode == stat.S_IFLNK:
        return "links"
    return "" if mode in (0, stat.S_IFREG) else "devices"


def _zip_contents(path: Path, wanted: Container[int]) -> Iterator[tuple[int, Pieces]]:
    with _opened(path) as archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        for number, info in enumerate(files):
            if number in wanted:
                yield number, _zip_pieces(archive, info, number=number)


def _zip_pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, number: int) -> Pieces:
    if info.flag_bits & _LOCKED:
        raise SchemaError(
            f"member {number + 1:,} is locked by a password. Mend: unpack the archive with its password, and give the folder"
        )
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_BLOCK):
                yield piece
    except RuntimeError:  # what zipfile raises for passwords and for packings that it does not know
        raise SchemaError(
            f"member {number + 1:,} is packed or locked in a way that is not known here. {_UNPACK}"
        ) from None
    except (*_ZIP_DAMAGES, OSError):
        raise SchemaError(f"member {number + 1:,} is damaged or cut short. {FETCH_AGAIN}") from None


@dataclass(frozen=True)
class _Entry:
    member: Member
    is_sparse: bool


class _Blocks:
    """The bytes of a tar, unpacked as they are asked for."""

    def __init__(self, path: Path) -> None:
        self.stream = _plain(path) if _archive_kinds.is_plain_tar(path) else unpacked(path)
        self.rest = memoryview(b"")

    def take(self, n_bytes: int) -> bytes:
        return b"".join(self.pieces(n_bytes))

    def pieces(self, n_bytes: int) -> Iterator[bytes]:
        while n_bytes > 0:
            if not self.rest:
                self.rest = memoryview(self._next())
            piece, self.rest = self.rest[:n_bytes], self.rest[n_bytes:]
            n_bytes -= len(piece)
            yield bytes(piece)

    def finish(self) -> None:
        """Take what is left, so that a packed file's own checksum is held against it."""
        for _ in self.stream:
            pass

    def _next(self) -> bytes:
        try:
            return next(self.stream)
        except StopIteration:
            raise CutShortError from None


def _plain(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_BLOCK):
            yield piece


def _tar_entries(path: Path) -> Iterator[tuple[_Entry, Pieces]]:
    """Give the members of a tar that are no folders, with their bytes; what is not taken is passed over."""
    limits, blocks = _unpacking.current(), _Blocks(path)
    number = n_units = 0
    try:
        while (found := _tar_header(blocks)) is not None:
            info, is_sparse = found
            n_units += 1
            if n_units > limits.members:
                raise _too_many(limits)
            has_bytes = info.isreg() or info.type not in tarfile.SUPPORTED_TYPES
            left = _Left(blocks, info.size if has_bytes else 0)
            if not info.isdir():
                number += 1
                odd = "links" if info.issym() or info.islnk() else "" if info.isreg() else "devices"
                yield _Entry(Member(info.name, info.size, odd), is_sparse), left
            left.skip()
        blocks.finish()
    except CutShortError:
        raise SchemaError(f"the tar is cut short after member {number:,}. {FETCH_AGAIN}") from None
    except SchemaError:
        raise
    except (tarfile.HeaderError, ValueError):
        raise SchemaError(f"the tar is damaged after member {number:,}. {FETCH_AGAIN}") from None


class _Left:
    """The bytes of one member, padded to whole units; what nobody took is passed over."""

    def __init__(self, blocks: _Blocks, n_bytes: int) -> None:
        if n_bytes < 0:
            raise ValueError
        self.n_bytes, self.padding = n_bytes, -n_bytes % _UNIT
        self.blocks = blocks

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.blocks.pieces(self.n_bytes):
            self.n_bytes -= len(piece)
            yield piece

    def skip(self) -> None:
        for _ in self.blocks.pieces(self.n_bytes + self.padding):
            pass


def _tar_header(blocks: _Blocks) -> tuple[tarfile.TarInfo, bool] | None:
    """Return the next member's header, with what was told of it before; None at the mark of the end."""
    told: dict[str, str] = {}
    while True:
        head = blocks.take(_UNIT)
        if not any(head):
            return None
        info = tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
        if info.type in (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK):
            text = _told(blocks, info).split(b"\0")[0].decode("utf-8", "surrogateescape")
            told |= {"path": text} if info.type == tarfile.GNUTYPE_LONGNAME else {}
        elif info.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            told |= _records(_told(blocks, info))
        elif info.type == tarfile.XGLTYPE:
            _told(blocks, info)
        else:
            return _completed(info, told, blocks=blocks, is_extended=head[482] != 0)


def _completed(
    info: tarfile.TarInfo, told: dict[str, str], *, blocks: _Blocks, is_extended: bool
) -> tuple[tarfile.TarInfo, bool]:
    is_sparse = info.type == tarfile.GNUTYPE_SPARSE
    while is_sparse and is_extended:
        is_extended = blocks.take(_UNIT)[504] != 0
    info.name = told.get("path", info.name)
    if told.get("path", "").endswith("/") and info.type == tarfile.AREGTYPE:
        info.type = tarfile.DIRTYPE
    if "size" in told:
        info.size = int(told["size"])
    return info, is_sparse or any(name.startswith("GNU.sparse") for name in told)


def _told(blocks: _Blocks, info: tarfile.TarInfo) -> bytes:
    if not 0 <= info.size <= _LONGEST_NAME:
        raise ValueError
    found = blocks.take(info.size + -info.size % _UNIT)
    return found[: info.size]


def _records(text: bytes) -> dict[str, str]:
    """Return the records of a pax header: ``length key=value``, each with its line end."""
    found, place = {}, 0
    while place < len(text) and text[place]:
        length, blank, _ = text[place : place + 20].partition(b" ")
        end = place + int(length)
        if not blank or end <= place + len(length) + 1 or end > len(text):
            raise ValueError
        name, equals, value = text[place + len(length) + 1 : end - 1].partition(b"=")
        if not equals:
            raise ValueError
        found[name.decode("utf-8", "replace")] = value.decode("utf-8", "surrogateescape")
        place = end
    return found

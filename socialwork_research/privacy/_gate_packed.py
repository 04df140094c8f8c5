"""Files that hold files: zip (and what is a zip: Word, Excel, LibreOffice, npz), gzip."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib

from ._gate_pieces import Reader
from ._gate_sheets import read_workbook

__all__ = ["read_gzip", "read_zip"]

_LARGEST = 1 << 28  # bytes of one unpacked member
_MANY = 10_000


def read_zip(reader: Reader, content: bytes) -> None:
    """Take every member of a zip, its name, its comments."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            reader.text("comment of the zip", packed.comment.decode("utf-8", "replace"))
            members = [each for each in packed.infolist() if not each.is_dir()]
            if len(members) > _MANY:
                reader.unread("", f"more than {_MANY} members")
                return
            for number, member in enumerate(members, start=1):
                _member(reader, packed, member, number)
            names = {member.filename for member in members}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError):
        reader.unread("", "a damaged zip")
        return
    if {"xl/workbook.xml", "xl/workbook.bin"} & names and not read_workbook(reader, content):
        reader.unread("", "a workbook whose sheets cannot be read")


def _member(reader: Reader, packed: zipfile.ZipFile, member: zipfile.ZipInfo, number: int) -> None:
    place = f"member {number}"
    reader.text(f"name of {place}", member.filename, form="name")
    reader.text(f"comment of {place}", member.comment.decode("utf-8", "replace"))
    if member.flag_bits & 1:
        reader.unread(place, "a member that is locked by a password")
    elif member.file_size > _LARGEST:
        reader.unread(place, "a member that is too large")
    else:
        reader.nested(place, member.filename, packed.read(member))


def read_gzip(reader: Reader, name: str, content: bytes) -> None:
    """Take what a gzip file holds, and the name that it keeps."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            unpacked = packed.read(_LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        reader.unread("", "a damaged gzip")
        return
    if len(unpacked) > _LARGEST:
        reader.unread("", "too large when unpacked")
        return
    if content[3] & 8:
        reader.text("name within gzip", content[10:].split(b"\0", 1)[0].decode("latin-1"), form="name")
    reader.nested("unpacked", name.removesuffix(".gz"), unpacked)

"""Reading a folder: every file is taken apart by what it is, not by what it is called."""

from __future__ import annotations

import re
from pathlib import Path

from ._gate_json import read_json, read_json_lines, read_record
from ._gate_markup import read_markup
from ._gate_packed import read_gzip, read_zip
from ._gate_pictures import read_jpeg, read_other_picture, read_pdf, read_png
from ._gate_pieces import Gathered, Reader
from ._gate_sheets import read_array, read_arrow, read_delimited, read_pipes

__all__ = ["FILE_NAME", "gathered"]

FILE_NAME = "name of the file"
_PICTURES = (b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_CODE = (".py", ".r", ".js", ".css", ".sh", ".sql", ".toml", ".cfg", ".ini", ".yaml", ".yml", ".lock")
_SEPARATED = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
_LOWEST_PRINTABLE = 32


def gathered(folder: Path) -> Gathered:
    """Read every file of a folder, hidden ones too."""
    found = Gathered()
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        reader = Reader(found, name, decode)
        if file.is_symlink():
            reader.unread("", "a link to another place")
        elif file.is_file():
            found.n_files += 1
            reader.text(FILE_NAME, name, form="name")
            try:
                content = file.read_bytes()
            except OSError:
                reader.unread("", "it cannot be opened")
                continue
            decode(reader, name, content)
        elif not file.is_dir():
            reader.unread("", "neither a file nor a folder")
    return found


def decode(reader: Reader, name: str, content: bytes) -> None:
    """Take one file apart."""
    if not content:
        return
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        read_png(reader, content)
    elif content.startswith(b"\xff\xd8\xff"):
        read_jpeg(reader, content)
    elif content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        read_zip(reader, content)
    elif content.startswith(b"\x1f\x8b"):
        read_gzip(reader, name, content)
    elif content.startswith(b"%PDF-"):
        read_pdf(reader, content)
    elif content.startswith((b"PAR1", b"ARROW1", b"FEA1")):
        read_arrow(reader, content, name="parquet" if content.startswith(b"PAR1") else "feather")
    elif content.startswith(b"\x93NUMPY"):
        read_array(reader, content)
    elif content.startswith(_PICTURES) or content[:4] + content[8:12] == b"RIFFWEBP":
        read_other_picture(reader, content)
    else:
        _read_letters(reader, name, content)


def _read_letters(reader: Reader, name: str, content: bytes) -> None:
    text = _decoded(content)
    if text is None:
        reader.unread("", "a kind of file that the gate does not know")
        return
    ending = Path(name).suffix.casefold()
    if Path(name).name == "run.json":
        read_record(reader, text)
    if ending in _SEPARATED and read_delimited(reader, text, delimiter=_SEPARATED[ending]):
        return
    start = text.lstrip()[:1]
    if start in ("{", "[") and (read_json(reader, text) or read_json_lines(reader, text)):
        return
    if start == "<":
        read_markup(reader, text)
        return
    reader.text("", text, form="code" if ending in _CODE else "prose", line=1)
    read_pipes(reader, text)
    if re.search(r"<[a-zA-Z!][^>]*>", text):
        read_markup(reader.within("mark-up"), text)


def _decoded(content: bytes) -> str | None:
    """Return the letters of a text file; None where it is none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        even = content[1::2].count(0) > 0.9 * len(content[1::2])  # UTF-16 without a mark at its head
        return content.decode("utf-16-le", "replace") if even else None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    odd = sum(ord(letter) < _LOWEST_PRINTABLE and letter not in "\t\n\r\f\x1b" for letter in text[:4096])
    return None if odd > 8 else text

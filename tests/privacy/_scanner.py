"""A search of everything that a folder holds, decoded; it shares no code with the gate, nor the gate's idea of what a file is."""

from __future__ import annotations

import ast
import base64
import gzip
import html
import io
import json
import re
import struct
import tempfile
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb

BASE64 = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,}(?:(?:\n|\\n)?[A-Za-z0-9+/]+)*={0,2}")
BEGINNINGS = (b"\x89PNG", b"\xff\xd8", b"PK", b"\x1f\x8b", b"%PDF", b"GIF8", b"<", b"{")
TAGS = re.compile(r"<[^<>]*>")
DEEPEST = 6


def held(folder: Path, needles: Iterable[str]) -> dict[str, list[str]]:
    """Return file → which of the needles it holds, in any letter case, in anything that can be decoded out of it."""
    wanted = {needle: needle.casefold() for needle in needles}
    found = {}
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        hay = "\n".join([file.relative_to(folder).as_posix(), *decoded(file.read_bytes())]).casefold()
        if there := [needle for needle, folded in wanted.items() if folded in hay]:
            found[file.relative_to(folder).as_posix()] = there
    return found


def decoded(content: bytes, depth: int = 0) -> Iterator[str]:
    """Give every text that a file's bytes can be read as."""
    if content[:4] == b"\x89PNG":
        content = without_drawing(content)
    yield content.decode("utf-8", "replace")
    yield content.decode("latin-1")
    if b"\0" in content[:400]:
        yield content.decode("utf-16-le", "replace")
        yield content[1:].decode("utf-16-le", "replace")
    if depth > DEEPEST:
        return
    for inner in unpacked(content):
        yield from decoded(inner, depth=depth + 1)
    if content[:4] == b"PAR1":
        yield from cells(content)
    if content[:6] == b"\x93NUMPY":
        yield from array(content)
    text = content.decode("utf-8", "replace")
    yield from plainer(text)
    for value in json_values(text):
        yield from plainer(value)
        yield from (each for inner in from_base64(value) for each in decoded(inner, depth=depth + 1))
    yield from (each for inner in from_base64(text) for each in decoded(inner, depth=depth + 1))


def unpacked(content: bytes) -> Iterator[bytes]:
    """Give what is packed within: members of zips, gzip, whatever zlib can unpack where a stream begins."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.namelist():
                yield member.encode()
                yield packed.read(member)
    if content[:2] == b"\x1f\x8b":
        yield gzip.decompress(content)
    for start in re.finditer(rb"x[\x01\x5e\x9c\xda]", content):
        machine = zlib.decompressobj()
        try:
            inner = machine.decompress(content[start.start() :], 1 << 24)
        except zlib.error:
            continue
        if inner:
            yield inner


def cells(content: bytes) -> Iterator[str]:
    """Give all cells and all metadata of a Parquet file, as DuckDB reads them."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "t.parquet")
        path.write_bytes(content)
        with duckdb.connect() as base:
            for query in ("SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", "SELECT * FROM parquet_kv_metadata(?)"):
                yield from (str(value) for row in base.execute(query, [str(path)]).fetchall() for value in row)


def array(content: bytes) -> Iterator[str]:
    """Give the letters of a NumPy array, told from its head alone."""
    (size,) = struct.unpack("<H", content[8:10]) if content[6] == 1 else struct.unpack("<I", content[8:12])
    start = 10 if content[6] == 1 else 12
    about = ast.literal_eval(content[start : start + size].decode("latin-1"))
    data = content[start + size :]
    if "U" in str(about["descr"]):
        yield data[: len(data) // 4 * 4].decode("utf-32-le", "replace")
    if str(about["descr"]) in ("<i8", "<u8"):
        yield " ".join(str(each) for each in struct.unpack(f"<{len(data) // 8}q", data[: len(data) // 8 * 8]))


def plainer(text: str) -> Iterator[str]:
    """Give a text without entities, tags, percent signs, escapes, and with single blanks."""
    bare = html.unescape(html.unescape(text))
    for each in (bare, TAGS.sub("", bare), TAGS.sub(" ", bare), urllib.parse.unquote(bare)):
        yield " ".join(each.split())
    if "\\" in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


def json_values(text: str) -> list[str]:
    """Give every key and text of a JSON file, or of one with a JSON text a line."""
    try:
        return list(strings(json.loads(text)))
    except ValueError:
        pass
    try:
        return [value for line in text.splitlines() if line.strip() for value in strings(json.loads(line))]
    except ValueError:
        return []


def strings(value: Any) -> Iterator[str]:
    """Give every text within a JSON value; the lines of a list of texts also as one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield str(name)
            yield from strings(each)
    elif isinstance(value, list):
        yield "".join(each for each in value if isinstance(each, str))
        for each in value:
            yield from strings(each)
    else:
        yield str(value)


def from_base64(text: str) -> Iterator[bytes]:
    """Give what every longer stretch of base64 stands for, where that is text or a file of a known beginning."""
    for found in BASE64.finditer(text):
        compact = re.sub(r"\s|\\n|=", "", found[0])
        whole = compact[: len(compact) - (len(compact) % 4 == 1)]
        inner = base64.b64decode(whole + "=" * (-len(whole) % 4))
        if inner.startswith(BEGINNINGS) or inner[:200].decode("utf-8", "replace").isprintable():
            yield inner


def without_drawing(content: bytes) -> bytes:
    """Return a PNG less the chunks of its drawing, which is no text."""
    kept, at = [], 8
    while at + 12 <= len(content):
        (size,) = struct.unpack(">I", content[at : at + 4])
        kept += [] if content[at + 4 : at + 8] == b"IDAT" else [content[at + 4 : at + 8 + size]]
        at += 12 + size
        if content[at - 8 : at - 4] == b"IEND":
            break
    return b"\n".join([*kept, content[at:]])

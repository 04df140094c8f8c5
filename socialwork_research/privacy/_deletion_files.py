"""The files of a project as text: each is decoded by what it is, so that nothing hides behind an encoding."""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import html
import io
import itertools
import json
import lzma
import os
import re
import tarfile
import tomllib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from ..errors import SocialworkResearchError

__all__ = ["CorruptFileError", "decoded", "exports", "files", "is_export", "views"]

_LEFT_OUT = {".git", "__pycache__", "node_modules"}
_ENVIRONMENT = "pyvenv.cfg"
_TABLES = (".parquet", ".feather", ".arrow")
_PACKED = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar")
_ZIPPED = (".xlsx", ".docx", ".odt", ".ods", ".pptx", ".npz", ".epub")
_MARKUP = (".html", ".htm", ".svg", ".xml", ".graphml", ".gexf", ".ipynb")
_TAG = re.compile(r"<[^>]*>")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{80,}(?:\s*\n[A-Za-z0-9+/]+)*={0,2}")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PNG = b"\x89PNG\r\n\x1a\n"
_ROWS = 20_000  # rows of a table that are decoded at once
_AT_ONCE = 10_000  # strings
_BYTES = 1 << 24  # of a file without rows that is decoded at once
_OVER = 1 << 12  # bytes by which two such stretches overlap, so that no run of words falls between them


class CorruptFileError(SocialworkResearchError, ValueError):
    """A file is not what its name says and can only be looked at byte by byte."""


def files(root: Path) -> Iterator[Path]:
    """Give the files of a project, sorted; not those of git, of environments, and those behind links."""
    for folder, inside, names in os.walk(root):
        if _ENVIRONMENT in names:
            inside.clear()
            continue
        inside[:] = sorted(name for name in inside if name not in _LEFT_OUT)
        for name in sorted(names):
            file = Path(folder) / name
            if not file.is_symlink() and file.is_file():
                yield file


def exports(root: Path) -> set[Path]:
    """Return the exports that the studies of a project name as their posts."""
    found = set()
    for file in files(root):
        if file.name != "study.toml":
            continue
        try:
            inputs = tomllib.loads(file.read_text("utf-8-sig")).get("input", [])
        except (UnicodeDecodeError, tomllib.TOMLDecodeError):
            continue  # no study could be run from it
        for each in inputs:
            if isinstance(each, dict) and each.get("kind", "posts") == "posts" and "path" in each:
                found.add((file.parent / Path(str(each["path"])).expanduser()).resolve())
    return found


def is_export(file: Path, known: set[Path]) -> bool:
    """Tell whether a file is raw: named by a study as its posts, within what is, or packed as exports are."""
    whole = file.resolve()
    return whole in known or not known.isdisjoint(whole.parents) or file.suffix.casefold() in _PACKED


def decoded(file: Path) -> Iterator[list[str]]:
    """Give all text of a file, some at a time: cells, keys, members of archives, and what base64 and mark-up hide."""
    yield [file.name]
    suffix = file.suffix.casefold()
    try:
        if suffix in _TABLES:
            yield from _table(file)
        elif suffix == ".npy":
            yield _array(file)
        elif suffix == ".png":
            yield _picture(file.read_bytes())
        elif suffix in _ZIPPED or zipfile.is_zipfile(file):
            yield from _zip(file)
        elif suffix in _PACKED:
            yield from _packed(file)
        else:
            yield from _plain(file, suffix)
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, RuntimeError):
        yield from _bytes(file)


def _table(file: Path) -> Iterator[list[str]]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        stored = parquet.ParquetFile(file)
        metadata = stored.schema_arrow.metadata or {}
        yield [
            name.decode("utf-8", "replace") + " " + each.decode("utf-8", "replace") for name, each in metadata.items()
        ]
        for batch in stored.iter_batches(batch_size=_ROWS):
            for name in batch.schema.names:
                yield [name, *_strings(batch.column(name).to_pylist())]
    except pa.ArrowException:
        yield from _bytes(file)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "replace")
    elif isinstance(value, dict):
        for name, each in value.items():
            yield str(name)
            yield from _strings(each)
    elif isinstance(value, list | tuple) and not (value and isinstance(value[0], float)):
        for each in value:
            yield from _strings(each)


def _array(file: Path | io.BytesIO) -> list[str]:
    import numpy as np

    array = np.load(file, allow_pickle=False)
    return [str(each) for each in array.ravel()] if array.dtype.kind in "US" else []


def _zip(file: Path) -> Iterator[list[str]]:
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            yield [member.filename]
            if member.filename.endswith(".npy"):
                yield _array(io.BytesIO(archive.read(member)))
            elif not member.is_dir():
                with archive.open(member) as stream:
                    yield from _stream(stream, Path(member.filename).suffix.casefold())


def _packed(file: Path) -> Iterator[list[str]]:
    suffix = file.suffix.casefold()
    if suffix in (".tar", ".tgz") or tarfile.is_tarfile(file):
        with tarfile.open(file) as archive:
            for member in archive:
                inside = archive.extractfile(member)
                yield [member.name]
                if inside is not None:
                    yield from _stream(inside, Path(member.name).suffix.casefold())
        return
    inner = Path(file.stem).suffix.casefold()
    if suffix == ".zst":
        import zstandard

        with zstandard.open(file, "rb") as packed:
            yield from _stream(packed, inner)
        return
    opener: Any = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}.get(suffix)
    if opener is None:
        raise CorruptFileError(f"{file.name}: packed in a way that is not known here.")
    with opener(file) as packed:
        yield from _stream(packed, inner)


def _plain(file: Path, suffix: str) -> Iterator[list[str]]:
    if suffix in (".json", ".ipynb"):
        text = file.read_text("utf-8-sig")
        yield _views(text, suffix)
        yield from views(json.loads(text))
        return
    if suffix == ".pdf":
        yield [_inflated(part).decode("latin-1") for part in _STREAM.findall(file.read_bytes())]
    with file.open("rb") as stream:
        if stream.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            yield _views(file.read_text("utf-16"), suffix)
            return
        stream.seek(0)
        yield from _stream(stream, suffix)


def _json(value: Any) -> Iterator[str]:
    """Give the strings of a JSON value; lines that belong together are one."""
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        yield "".join(value)
    if isinstance(value, list):
        for each in value:
            yield from _json(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from _json(each)
    elif isinstance(value, str):
        yield value


def views(value: Any) -> Iterator[list[str]]:
    """Give the strings of a JSON value, each with what mark-up and base64 hide in it."""
    strings = _json(value)
    while some := list(itertools.islice(strings, _AT_ONCE)):
        yield [view for each in some for view in _views(each, ".html" if "<" in each or "&" in each else "")]


def _stream(stream: IO[bytes], suffix: str) -> Iterator[list[str]]:
    """Give a stream of bytes as text, stretch by stretch; each line of JSON by its strings."""
    before = b""
    while block := stream.read(_BYTES):
        cut = block.rfind(b"\n") + 1
        text = (before + (block[:cut] or block)).decode("utf-8", "replace")
        yield _views(text, suffix)
        if suffix in (".jsonl", ".ndjson", ".json", ""):
            yield [each for line in text.splitlines() for each in _line(line)]
        before = (before + block[:cut])[-_OVER:] + block[cut:] if cut else block[-_OVER:]
    if before:
        yield _views(before.decode("utf-8", "replace"), suffix)


def _line(line: str) -> Iterator[str]:
    try:
        yield from _json(json.loads(line)) if line.lstrip().startswith(("{", "[")) else ()
    except ValueError:
        return  # half a line: it was looked at as text


def _views(text: str, suffix: str) -> list[str]:
    """Return a text as it stands, with its mark-up taken out, and what stands in it as base64."""
    found = [text]
    if suffix in _MARKUP or "<" in text:
        found.append(html.unescape(_TAG.sub(" ", text)))
        found.append(html.unescape(text))
    for match in _BASE64.finditer(text):
        packed = re.sub(r"\s", "", match[0])
        try:
            raw = base64.b64decode(packed + "=" * (-len(packed) % 4))
            found += _picture(raw) if raw.startswith(_PNG) else [raw.decode("utf-8", "replace")]
        except (binascii.Error, ValueError):
            continue  # letters in a row that are no base64
    return found


def _picture(raw: bytes) -> list[str]:
    """Return what stands in a PNG beside its picture: words that are packed, and words that are not."""
    found, at = [], len(_PNG)
    if not raw.startswith(_PNG):
        raise ValueError("no PNG")
    while at + 8 <= len(raw):
        size, kind = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        content = raw[at + 8 : at + 8 + size]
        if kind != b"IDAT":
            found.append(content.decode("utf-8", "replace"))
        if kind in (b"zTXt", b"iTXt"):
            found += [_inflated(content[start:]).decode("utf-8", "replace") for start in _packed_from(content)]
        at += size + 12
    return [*found, raw[at:].decode("utf-8", "replace")]


def _packed_from(content: bytes) -> list[int]:
    """Return where packed words begin: behind the fields that end with a zero byte."""
    return [match.end() - 1 for match in re.finditer(rb"\x00[\x00-\x01]*\x78", content)]


def _bytes(file: Path) -> Iterator[list[str]]:
    with file.open("rb") as stream:
        yield from _stream(stream, "")


def _inflated(part: bytes) -> bytes:
    try:
        return zlib.decompress(part.strip(b"\r\n"))
    except zlib.error:
        return part

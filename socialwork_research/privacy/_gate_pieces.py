"""What the gate reads: pieces of text with their places, sheets of cells, and what could not be read."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import functools
import html
import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Sequence
from typing import Any, Literal

from ._gate_prose import is_known

__all__ = ["Form", "Gathered", "Piece", "Reader", "Sheet", "label", "plain"]

Form = Literal["prose", "code", "style", "name"]

_URI = re.compile(r"data:(?P<mime>[\w/+.-]*)(?P<options>(?:;[\w=.+-]+)*),(?P<content>[A-Za-z0-9+/=%_.~\s-]*)")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_ .:-]{0,40}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_GEOMETRY = re.compile(r"[\sMLHVCSQTAZmlhvcsqtaze0-9.,+%()-]*")
_LONG_NUMBER = re.compile(r"\d{10}")
_DECIMAL = re.compile(r"(?<![\d.])\d*\.\d+(?![\d.])")
_FEWEST_DIGITS = 8  # of a telephone number
_DEEPEST = 12  # files within files
_ASCII_END = 128


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one file; `line` is that of its first letter, where places are lines."""

    file: str
    place: str
    text: str
    form: Form = "prose"
    line: int | None = None

    def at(self, offset: int) -> str:
        """Return the place of a letter of this piece."""
        if self.line is None:
            return self.place
        return f"{self.place}line {self.line + self.text.count(chr(10), 0, offset)}"


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """A table of one file, its cells as text (None: blank)."""

    file: str
    place: str
    columns: tuple[str, ...]
    rows: list[tuple[str | None, ...]]


@dataclasses.dataclass
class Gathered:
    """All that a folder holds."""

    pieces: list[Piece] = dataclasses.field(default_factory=list)
    sheets: list[Sheet] = dataclasses.field(default_factory=list)
    unread: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)  # file, place, why
    sums: set[str] = dataclasses.field(default_factory=set)  # sha256 that the records tell
    records: list[dict[str, Any]] = dataclasses.field(default_factory=list)  # run.json
    n_files: int = 0


@dataclasses.dataclass(frozen=True)
class Reader:
    """Takes what a decoder finds in one file; files within it go to `decode`."""

    gathered: Gathered
    file: str
    decode: Callable[[Reader, str, bytes], None]
    place: str = ""
    depth: int = 0

    def within(self, place: str) -> Reader:
        """Return a reader for a part of this file."""
        return dataclasses.replace(self, place=f"{self.place}{place}, ")

    def text(self, place: str, text: str, *, form: Form = "prose", line: int | None = None) -> None:
        """Take a text; what lies in its data URIs is decoded as a file of its own."""
        if "data:" in text and "," in text:
            text = _URI.sub(lambda found: self._embedded(place, found), text)
        if not text or text.isspace() or _is_geometry(text):
            return
        whole = f"{self.place}{place}" if place or line is not None else self.place.rstrip(", ")
        self.gathered.pieces.append(Piece(self.file, whole, plain(text), form, line))

    def sheet(self, place: str, columns: Sequence[Any], rows: Sequence[Sequence[Any]]) -> None:
        """Take a table whose cells are taken as texts already: only its numbers of people are looked at."""
        heads = tuple(str(name) for name in columns)
        cells = [tuple(None if value is None else str(value) for value in row) for row in rows]
        self.gathered.sheets.append(Sheet(self.file, f"{self.place}{place}", heads, cells))

    def unread(self, place: str, why: str) -> None:
        """Take note of what could not be read."""
        self.gathered.unread.append((self.file, f"{self.place}{place}".rstrip(", ") or "whole file", why))

    def nested(self, place: str, name: str, content: bytes) -> None:
        """Decode a file within this file."""
        if self.depth >= _DEEPEST:
            self.unread(place, "files within files, too deep to follow")
            return
        inner = dataclasses.replace(self, place=f"{self.place}{place}, ", depth=self.depth + 1)
        self.decode(inner, name, content)

    def _embedded(self, place: str, found: re.Match[str]) -> str:
        mime, content = found["mime"], found["content"]
        if not mime and not found["options"]:
            return found[0]
        if "base64" in found["options"]:
            data = decoded64(content)
            if data is None:
                self.unread(f"{place}, data URI", "its base64 is broken")
                return " "
        else:
            data = urllib.parse.unquote_to_bytes(content)
        self.nested(f"{place}, data URI", f"embedded.{mime.rpartition('/')[2].partition('+')[0] or 'txt'}", data)
        return " "


def _is_geometry(text: str) -> bool:
    """Tell whether these are but numbers of a drawing or a table; digits that may be an id or a telephone are not."""
    if not _GEOMETRY.fullmatch(text) or _LONG_NUMBER.search(text):
        return False
    return _DECIMAL.search(text) is not None or sum(map(str.isdigit, text)) < _FEWEST_DIGITS


def decoded64(content: str) -> bytes | None:
    """Return what base64 stands for; None where it is broken."""
    compact = re.sub(r"\s+", "", urllib.parse.unquote(content)).replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


@functools.lru_cache(maxsize=1 << 16)
def label(name: object, number: int) -> str:
    """Return a column's or a key's name if the package itself uses its words, else its number: a name may name somebody."""
    text = str(name)
    return text if _NAME.fullmatch(text) and is_known(text) else f"no. {number}"


def plain(text: str) -> str:
    """Return a text without escapes: entities, percent signs, escaped letters, wide letters, letters that do not show."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "\\u" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if "%" in text and re.search(r"%[0-9A-Fa-f]{2}", text):
        text = urllib.parse.unquote(text, errors="replace")
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(letter for letter in text if ord(letter) < _ASCII_END or unicodedata.category(letter) != "Cf")
    return text

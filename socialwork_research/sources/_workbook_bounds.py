"""How far the sheets of a workbook reach, found out before they are opened.

The library that reads sheets lays out each as a full rectangle in memory. One cell in the last row and column of an
otherwise empty sheet (a file of 5 KB) would make that half a terabyte, and the whole process would end. So the cells'
places are read first, in one pass and in flat memory. What calls itself hidden, an error, or a formula without a value
is counted on the way, as the library tells nothing of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..errors import SchemaError

LARGEST = 1 << 26  # cells of the rectangle: the library takes 32 bytes for each, filled or not
_PIECE = 1 << 24
_SPACES = 100_000  # blanks that a cell of an ODS may ask for with one tag

_PLACED = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^>]*?\sr\s*=\s*["']([A-Za-z]*)(\d+)""")
_CELL = re.compile(rb"<(?:\w+:)?c\b")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_USUAL = re.compile(rb'<(?:c|row) r="([A-Z]*)(\d+)"')
_UNUSUAL = re.compile(rb'<(?:c(?! r="[A-Z])|row(?! r="\d)|\w+:(?:c|row)\b)[\s/>]')
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)""")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\st\s*=\s*["']e["'])[^>]*?\sr\s*=\s*["'][A-Za-z]+(\d+)""")
_NO_VALUE = re.compile(rb"<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</(?:\w+:)?c>")
_TABLE_TAG = re.compile(rb"<(/?table:(?:table-row|table-cell|covered-table-cell|table))\b([^>]*)>")
_TIMES = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d+)""")
_XLSB_CELLS = (*range(1, 12), 62)
_BLANKS = re.compile(rb"""text:c\s*=\s*["'](\d+)""")


@dataclass
class Bounds:
    """How far a sheet reaches, and the rows (from 1) with what its reader will not tell."""

    rows: int = 0
    columns: int = 0
    hidden: list[int] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    n_without_value: int = 0

    def check(self) -> None:
        """Raise SchemaError if the rectangle is larger than memory should hold."""
        if self.rows * self.columns > LARGEST:
            raise SchemaError(
                f"a sheet reaches over {self.rows:,} rows and {self.columns:,} columns, which no table of posts does: "
                "a cell far out may have been filled by mistake. Mend: delete what stands far from the table, or save "
                "the table as CSV"
            )


def of_xlsx(blocks: Iterable[bytes]) -> Bounds:
    """Return how far a sheet of an .xlsx reaches, from its XML."""
    found = Bounds()
    for piece in _pieces(blocks, mark=b"<row"):
        _add_xlsx(found, piece)
        found.check()
    return found


def _add_xlsx(found: Bounds, piece: bytes) -> None:
    is_usual = (
        _UNUSUAL.search(piece) is None
    )  # as Excel itself writes it, which is looked through in a third of the time
    placed = (_USUAL if is_usual else _PLACED).findall(piece)
    letters = {each for each, _ in placed}
    found.columns = max([found.columns, *(_column(each) for each in letters)])
    found.rows = max([found.rows, *(int(each[:9]) for each in {number for _, number in placed})])
    if not is_usual:
        rows = _ROW.findall(piece)
        if len(placed) < len(_CELL.findall(piece)) + len(
            rows
        ):  # some do not say where they stand: they follow the last
            found.rows += sum(_NUMBER.search(row) is None for row in rows)
            found.columns += max(len(_CELL.findall(row)) for row in re.split(rb"<(?:\w+:)?row\b", piece))
    if b"hidden" in piece:
        for row in _ROW.findall(piece):
            if _HIDDEN.search(row) and (number := _NUMBER.search(row)):
                found.hidden.append(int(number[1][:9]))
    if b"<f" in piece:
        found.n_without_value += len(_NO_VALUE.findall(piece))
    if b't="e"' in piece:
        found.errors += sorted({int(number[:9]) for number in _ERROR.findall(piece)})


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def of_ods(blocks: Iterable[bytes]) -> Bounds:
    """Return how far the largest sheet of an .ods reaches, with the rows and cells that stand for many."""
    found = Bounds()
    row = column = times = width = 0
    for piece in _pieces(blocks, mark=b"<table:table-row"):
        if any(int(blanks[:12]) > _SPACES for blanks in _BLANKS.findall(piece)):
            raise SchemaError("a cell holds more blanks than any text does. Mend: save the table as CSV")
        for tag, told in _TABLE_TAG.findall(piece):
            is_empty = told.endswith(b"/")
            repeated = _TIMES.search(told)
            n = int(repeated[1][:12]) if repeated else 1
            if tag == b"table:table":
                row = 0
            elif tag == b"table:table-row":
                column, width, times = 0, 0, n
                row += n if is_empty else 0
            elif tag == b"/table:table-row":
                row += times
                if width:  # rows and cells after the last that holds something are not laid out
                    found.rows, found.columns = max(found.rows, row), max(found.columns, width)
            elif not tag.startswith(b"/"):
                column += n
                width = width if is_empty and b"office:value" not in told else column
        found.check()
    return found


def of_xlsb(blocks: Iterable[bytes]) -> Bounds:
    """Return how far a sheet of an .xlsb reaches, from its records."""
    found = Bounds()
    for kind, start in _records(blocks):
        if kind == 0:
            found.rows = max(found.rows, int.from_bytes(start[:4], "little") + 1)
        elif kind in _XLSB_CELLS:
            found.columns = max(found.columns, int.from_bytes(start[:4], "little") + 1)
        else:
            continue
        if found.rows * found.columns > LARGEST:
            found.check()
    return found


def _records(blocks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Give the kind of each record and the first four bytes of its content."""
    rest = b""
    skip = 0
    for block in blocks:
        piece = rest + block
        place, end = skip, len(piece)
        while place + 10 <= end:
            kind, size, shift, start = piece[place], 0, 0, place + 1
            if kind & 0x80:
                kind = (kind & 0x7F) | (piece[start] & 0x7F) << 7
                start += 1
            while True:
                byte = piece[start]
                size |= (byte & 0x7F) << shift
                start, shift = start + 1, shift + 7
                if byte < 0x80 or shift > 21:
                    break
            yield kind, piece[start : start + 4]
            place = start + size
        rest = piece[place:] if place < end else b""
        skip = max(0, place - end)


def _pieces(blocks: Iterable[bytes], *, mark: bytes) -> Iterator[bytes]:
    """Give the text in pieces that begin with a row, so that no row is cut."""
    rest = b""
    for block in blocks:
        rest += block
        cut = rest.rfind(mark) if len(rest) < _PIECE else (rest.rfind(mark) if rest.rfind(mark) > 0 else len(rest))
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest

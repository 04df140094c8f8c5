"""Workbooks written by hand, byte by byte, in the forms that no library at hand writes: .xls, .xlsb, .ods."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

Cell = str | float | bool | dt.datetime | None

EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - sheets have no zones
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def serial(moment: dt.datetime) -> float:
    """The days since sheets began."""
    return (moment - EPOCH) / dt.timedelta(days=1)


def write(path: Path, rows: list[list[Cell]]) -> Path:
    """Write one sheet in the form that the suffix names."""
    {".xls": _xls, ".xlsb": _xlsb, ".ods": _ods}[path.suffix](path, rows)
    return path


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _xls(path: Path, rows: list[list[Cell]]) -> None:
    """BIFF8 in a compound file: a format for numbers (0) and one for times (1)."""
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    formats = _record(0xE0, struct.pack("<HHH", 0, 0, 0) + bytes(14)) + _record(
        0xE0, struct.pack("<HHH", 0, 22, 0) + bytes(14)
    )
    name = b"Posts"
    place = len(start) + len(formats) + 4 + 8 + len(name) + 4
    bound = _record(0x85, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name)
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0))
    sheet += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                coded = cell.encode("utf-16-le")
                text = struct.pack("<HB", len(coded) // 2, 1) + coded
                sheet += _record(0x204, struct.pack("<HHH", row, column, 0) + text)
            elif isinstance(cell, bool):
                sheet += _record(0x205, struct.pack("<HHHBB", row, column, 0, cell, 0))
            elif isinstance(cell, dt.datetime):
                sheet += _record(0x203, struct.pack("<HHHd", row, column, 1, serial(cell)))
            elif cell is not None:
                sheet += _record(0x203, struct.pack("<HHHd", row, column, 0, cell))
    content = start + formats + bound + _record(0x0A, b"") + sheet + _record(0x0A, b"")
    path.write_bytes(compound("Workbook", content))


def compound(name: str, content: bytes) -> bytes:
    """A compound file (OLE) with one stream."""
    content = content.ljust(4096, b"\0")
    content += bytes(-len(content) % 512)
    n = len(content) // 512
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, n, 0, 4096, _END, 0, _END, 0, n + 1)
    header = header.ljust(512, b"\xff")
    entries = b""
    for title, kind, start, size in (("Root Entry", 5, _END, 0), (name, 2, 0, len(content))):
        coded = (title + "\0").encode("utf-16-le")
        child = 1 if kind == 5 else _FREE
        entries += coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded), kind, 1, _FREE, _FREE, child)
        entries += bytes(36) + struct.pack("<IQ", start, size)
    free = (bytes(64) + struct.pack("<HBBIII", 0, 0, 1, _FREE, _FREE, _FREE) + bytes(48)) * 2
    chain = [*range(1, n), _END, _END, _FAT]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    return header + content + entries + free + fat


def xlsb_record(kind: int, content: bytes) -> bytes:
    """A record of an .xlsb: kind and size in groups of seven bits."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    sizes = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return head + sizes + content


def _wide(text: str) -> bytes:
    coded = text.encode("utf-16-le")
    return struct.pack("<I", len(coded) // 2) + coded


def _xlsb(path: Path, rows: list[list[Cell]]) -> None:
    sheet = xlsb_record(129, b"") + xlsb_record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1))
    sheet += xlsb_record(145, b"")
    for row, cells in enumerate(rows):
        sheet += xlsb_record(0, struct.pack("<I", row) + bytes(13))
        for column, cell in enumerate(cells):
            style = 1 if isinstance(cell, dt.datetime) else 0
            start = struct.pack("<II", column, style)
            if isinstance(cell, str):
                sheet += xlsb_record(6, start + _wide(cell))
            elif isinstance(cell, bool):
                sheet += xlsb_record(4, start + bytes([cell]))
            elif cell is not None:
                value = serial(cell) if isinstance(cell, dt.datetime) else cell
                sheet += xlsb_record(5, start + struct.pack("<d", value))
    sheet += xlsb_record(146, b"") + xlsb_record(130, b"")
    xlsb(path, sheet)


def xlsb(path: Path, sheet: bytes) -> None:
    """Write an .xlsb with one sheet of these records."""
    book = xlsb_record(131, b"") + xlsb_record(143, b"")
    book += xlsb_record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Posts"))
    book += xlsb_record(144, b"") + xlsb_record(132, b"")
    formats = b"".join(xlsb_record(47, struct.pack("<HH", 0, code) + bytes(12)) for code in (0, 22))
    styles = xlsb_record(278, b"") + xlsb_record(617, struct.pack("<I", 2)) + formats + xlsb_record(618, b"")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    links = f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/>'
    members = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.bin": book,
        "xl/styles.bin": styles + xlsb_record(279, b""),
        "xl/_rels/workbook.bin.rels": f"<Relationships>{links}</Relationships>".encode(),
        "xl/worksheets/sheet1.bin": sheet,
    }
    packed(path, members)


def _ods(path: Path, rows: list[list[Cell]]) -> None:
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>" for cells in rows)
    end = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/>'
    ods(path, lines + end + "</table:table-row>")


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    kind, name, value = ("float", "value", str(cell))
    if isinstance(cell, bool):
        kind, name, value = "boolean", "boolean-value", str(cell).lower()
    elif isinstance(cell, dt.datetime):
        kind, name, value = "date", "date-value", cell.isoformat()
    return f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"><text:p/></table:table-cell>'


def ods(path: Path, rows: str) -> None:
    """Write an .ods with one sheet of these rows."""
    names = "".join(
        f' xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "table", "text")
    )
    sheet = f'<table:table table:name="Posts">{rows}</table:table>'
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    )
    members = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"{content}</office:document-content>".encode(),
        "META-INF/manifest.xml": b"<manifest/>",
    }
    packed(path, members)


def packed(path: Path, members: dict[str, bytes]) -> None:
    """Write a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)


def edited(path: Path, to: Path, changes: dict[str, tuple[bytes, bytes]]) -> Path:
    """Write a zip again with something in some members replaced."""
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    for name, (old, new) in changes.items():
        if old not in members[name]:
            raise ValueError(name)
        members[name] = members[name].replace(old, new)
    packed(to, members)
    return to

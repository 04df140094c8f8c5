"""Tables in files: CSV and TSV, Parquet, Feather, NumPy arrays, sheets of Excel and LibreOffice, tables of Markdown."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from ._gate_json import walk
from ._gate_pieces import Reader, label

__all__ = ["read_array", "read_arrow", "read_delimited", "read_pipes", "read_workbook"]

_NUMBER = re.compile(
    r"\s*-?(?:\d{1,8}|\d{1,3}(?:,\d{3})+|(?:\d+)?\.\d*)(?:[eE][-+]?\d+)?%?\s*"
)  # longer ones may be ids or times
_LARGEST = 1 << 20  # characters of one cell
_PIPES = re.compile(
    r"^[ \t]*\|?(?:[^|\n]+\|)+[^|\n]*\n[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|?)+\n(?:.*\|.*(?:\n|\Z))*", re.MULTILINE
)


def read_delimited(reader: Reader, text: str, *, delimiter: str) -> bool:
    """Take a table of a text file; return False where it is none."""
    before = csv.field_size_limit()  # one for the whole process, and others count on it
    csv.field_size_limit(max(before, _LARGEST))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    finally:
        csv.field_size_limit(before)
    rows = [row for row in rows if row]
    if rows:
        _take(reader, "", rows[0], rows[1:])
    return True


def read_pipes(reader: Reader, text: str) -> None:
    """Take the tables that a Markdown text holds; its words are taken with the text."""
    for found in _PIPES.finditer(text):
        lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in found[0].splitlines()]
        line = text.count("\n", 0, found.start()) + 1
        reader.sheet(f"table of line {line}, ", lines[0], lines[2:])


def read_arrow(reader: Reader, content: bytes, *, name: str) -> None:
    """Take a Parquet or Feather file: schema, metadata, every cell."""
    import pyarrow as pa
    from pyarrow import feather, parquet

    try:
        source = pa.BufferReader(content)
        table = parquet.read_table(source) if name == "parquet" else feather.read_table(source)
    except (pa.ArrowException, OSError, ValueError):
        reader.unread("", "a damaged table")
        return
    for key, value in (table.schema.metadata or {}).items():
        if key != b"ARROW:schema":
            walk(reader, {key.decode("utf-8", "replace"): value.decode("utf-8", "replace")}, "metadata")
    columns = []
    for field, column in zip(table.schema, table.columns, strict=True):
        for key, value in (field.metadata or {}).items():
            reader.text("metadata of a column", f"{key!r} {value!r}")
        columns.append(_arrow_cells(pa, column))
    _take(reader, "", table.column_names, list(zip(*columns, strict=True)))


def _arrow_cells(pa: Any, column: Any) -> list[Any]:
    kind = column.type
    if pa.types.is_timestamp(kind):
        return [
            None if value is None else value.isoformat()
            for value in column.cast(pa.timestamp("us", tz=kind.tz)).to_pylist()
        ]
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return [None if value is None else value.decode("utf-8", "replace") for value in column.to_pylist()]
    return list(column.to_pylist())


def read_array(reader: Reader, content: bytes) -> None:
    """Take a NumPy array: names of fields, texts, long numbers."""
    import numpy as np

    try:
        array = np.load(io.BytesIO(content), allow_pickle=False)
    except (ValueError, OSError, EOFError):
        reader.unread("", "an array of objects, or a damaged one")
        return
    if array.ndim:
        reader.sheet("", [], [()] * len(array))  # as many rows as posts are one row a post, though none is named
    if array.dtype.names:
        columns = [array[name].ravel().tolist() for name in array.dtype.names]
        _take(reader, "", array.dtype.names, list(zip(*columns, strict=True)))
    elif array.dtype.kind in "USiuM":
        values = array.astype(str) if array.dtype.kind == "M" else array
        decoded = (
            each.decode("utf-8", "replace") if isinstance(each, bytes) else each for each in values.ravel().tolist()
        )
        _take(reader, "", ["value"], [(each,) for each in decoded])


def read_workbook(reader: Reader, content: bytes) -> bool:
    """Take the sheets of a workbook, hidden ones too; return False where it is none."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for number, name in enumerate(book.sheet_names, start=1):
            reader.text(f"name of sheet {number}", name, form="name")
            rows = [[_cell(value) for value in row] for row in book.get_sheet_by_name(name).to_python()]
            if rows:
                _take(reader, f"sheet {number}, ", rows[0], rows[1:])
    except (CalamineError, OSError, ValueError):
        return False
    return True


def _cell(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _take(reader: Reader, place: str, columns: Any, rows: Any) -> None:
    """Take the texts of a table cell by cell, then its numbers as a sheet."""
    heads = [str(name) for name in columns]
    for number, head in enumerate(heads, start=1):
        reader.text(f"{place}head of column {number}", head, form="name")
    shown = [label(head, number) for number, head in enumerate(heads, start=1)]
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            if value is None or isinstance(value, float | bool):
                continue
            where = f"{place}row {number}, column {shown[at] if at < len(shown) else f'no. {at + 1}'}"
            if isinstance(value, dict | list):
                walk(reader, value, where)
                continue
            text = str(value)
            if text and not _NUMBER.fullmatch(text):
                reader.text(where, text)
    reader.sheet(place, heads, [tuple(row) for row in rows])

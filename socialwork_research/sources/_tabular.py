"""Tables in files: CSV in any usual encoding, delimiter and line end, sheets, JSON lines, Parquet; as untyped cells."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO

import pandas as pd

from ..errors import SchemaError
from . import _columns, _encodings, _lines, _sheets, _workbook
from ._ledger import READ, Chunk, Loss, refused

_ROWS = 50_000
_DELIMITERS = (",", "\t", ";", "|")
_FIELD_LIMIT = 1 << 24  # a longer field means a quotation mark that is never closed
_LOOK = 20
_UNKNOWN = "\x81\x8d\x8f\x90\x9d"  # what Windows' encoding has no letter for
_NOUGHTS = 0.01  # the share of NUL characters above which a file is no text


@dataclass(frozen=True)
class Layout:
    """How a table is written down, and what its columns are called."""

    kind: Literal["delimited", "jsonl", "parquet", "sheet"]
    columns: tuple[str, ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    errors: str = "strict"
    sheet: _sheets.Sheet | None = None


def layout(
    path: Path, *, sheet: str | int | None = None, knows: Callable[[tuple[str, ...]], bool] = _columns.are_posts
) -> Layout | None:
    """Find out how a table is written down; None where it is none.

    Of a workbook, it is the sheet that is asked for, or the one whose columns are such as the reader `knows`.
    """
    if not path.is_file():
        return None
    workbook = _workbook.kind(path)
    if workbook is not None:
        found = _sheets.chosen(path, workbook, sheet=sheet, knows=knows)
        return None if found is None else Layout("sheet", found.columns, sheet=found)
    start = _lines.head(path)
    if start.startswith(b"PAR1"):
        return Layout("parquet", _parquet_columns(path))
    if start.lstrip().startswith(b"{"):
        names: dict[str, None] = {}
        for good, _ in _lines.batched(path, size=1000):
            for _, value in good:
                names.update(dict.fromkeys(value))
            break
        return Layout("jsonl", tuple(names)) if names else None
    if path.suffix == ".zst":
        return None
    return _delimited(path)


def cells(path: Path, how: Layout, *, only: list[str] | None = None) -> Iterator[Chunk]:
    """Give the rows of a table chunk by chunk, with ``file`` and ``row``; `only` these columns, or all."""
    wanted = list(how.columns) if only is None else only
    readers = {"delimited": _delimited_cells, "jsonl": _json_cells, "parquet": _parquet_cells, "sheet": _sheet_cells}
    for chunk in readers[how.kind](path, how, wanted):
        rows = chunk.rows.reset_index(drop=True)
        yield Chunk(rows.assign(**{"\0file": path.name}), chunk.losses)


def _delimited(path: Path) -> Layout | None:
    encoding, errors = _encodings.of_table(path)
    try:
        with path.open(encoding=encoding, errors=errors, newline=None) as stream:
            start = stream.read(1 << 16)
    except UnicodeError:
        return None
    if start.count("\0") > _NOUGHTS * len(start):
        return None
    start = start.replace("\0", "")
    found = []
    for delimiter in _DELIMITERS:
        rows = _some_rows(start, delimiter)
        if rows and len(rows[0]) > 1:
            even = sum(len(row) == len(rows[0]) for row in rows)
            found.append((even * len(rows[0]), -_DELIMITERS.index(delimiter), delimiter, rows[0]))
    if not found:
        return None
    _, _, delimiter, header = max(found)
    return Layout("delimited", tuple(name.strip() for name in header), encoding, delimiter, errors)


def _some_rows(start: str, delimiter: str) -> list[list[str]]:
    rows = []
    with contextlib.suppress(csv.Error):  # a delimiter that cannot be right is told by the rows it failed to give
        for row in csv.reader(io.StringIO(start), delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) > _LOOK:
                break
    return rows[:-1] if len(rows) > 2 and len(rows) <= _LOOK and not start.endswith("\n") else rows


def _delimited_cells(path: Path, how: Layout, wanted: list[str]) -> Iterator[Chunk]:
    places = [how.columns.index(name) for name in wanted]
    width = len(how.columns)
    rows: list[list[Any]] = []
    odd: list[int] = []
    number = 1
    if how.encoding.startswith(("utf-16", "utf-32")):
        _encodings.note(f"encoding taken as {how.encoding}", file=path.name)
    with _long_fields(), path.open(encoding=how.encoding, errors=how.errors, newline=None) as stream:
        lines = _Lines(stream, how)
        reader = csv.reader(lines, delimiter=how.delimiter)
        try:
            next(row for row in reader if row)
            for row in reader:
                number += 1
                if len(row) == width:
                    rows.append([number, *(row[place] for place in places)])
                elif row:
                    odd.append(number)
                if len(rows) + len(odd) >= _ROWS:
                    yield _chunk(rows, odd, wanted, file=path.name)
                    rows, odd = [], []
        except csv.Error:
            raise SchemaError(
                f"{path.name}, row {number + 1}: a field does not end, as a quotation mark is not closed. "
                "Mend: look at that row."
            ) from None
        except UnicodeError:
            raise SchemaError(
                f"{path.name}, after row {number}: bytes that are not {how.encoding}. Mend: save it as UTF-8."
            ) from None
        lines.tell(file=path.name)
    yield _chunk(rows, odd, wanted, file=path.name)


class _Lines:
    """Lines of text without NULs; Latin-1 as Windows means it, with the bytes that it does not have counted."""

    def __init__(self, stream: TextIO, how: Layout) -> None:
        self._stream = stream
        self._is_latin, self._is_damaged = how.encoding == "latin-1", how.errors == "replace"
        self._n_nul = self._n_unknown = self._n_lost = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._stream:
            if self._is_latin and not line.isascii():
                line = line.translate(_encodings.C1)
                self._n_unknown += sum(letter in _UNKNOWN for letter in line)
            if self._is_damaged:
                self._n_lost += line.count("\ufffd")
            if "\0" in line:
                self._n_nul += line.count("\0")
                line = line.replace("\0", "")
            yield line

    def tell(self, *, file: str) -> None:
        """Note what was left out or is not known."""
        mend = "the export may be damaged: compare it with its origin"
        _encodings.note("NUL characters left out", file=file, n=self._n_nul, mend=mend)
        _encodings.note(
            "bytes that are no letters", file=file, n=self._n_lost, mend=f"a mark (U+FFFD) stands there; {mend}"
        )
        mend = "kept as control characters: the file is in neither UTF-8 nor Windows' encoding; save it as UTF-8"
        _encodings.note("bytes of no letter in cp1252", file=file, n=self._n_unknown, mend=mend)


def _chunk(rows: list[list[Any]], odd: list[int], wanted: list[str], *, file: str) -> Chunk:
    mend = "these rows have more or fewer cells than the header: a delimiter or quotation mark is astray"
    losses = (Loss(READ, len(rows) + len(odd), file=file), refused("wrong number of cells", odd, mend=mend, file=file))
    return Chunk(pd.DataFrame(rows, columns=["\0row", *wanted], dtype=object), losses)


def _json_cells(path: Path, how: Layout, wanted: list[str]) -> Iterator[Chunk]:
    del how
    for good, losses in _lines.batched(path, size=_ROWS):
        rows = [[number, *(value.get(name) for name in wanted)] for number, value in good]
        yield Chunk(pd.DataFrame(rows, columns=["\0row", *wanted], dtype=object), tuple(losses))


def _sheet_cells(path: Path, how: Layout, wanted: list[str]) -> Iterator[Chunk]:
    if how.sheet is not None:
        yield from _sheets.chunks(how.sheet, wanted, file=path.name)


def _parquet_columns(path: Path) -> tuple[str, ...]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return tuple(parquet.read_schema(path).names)
    except (pa.ArrowException, OSError):
        raise SchemaError(
            f"{path.name}: the Parquet file is damaged or cut short. Mend: write or fetch it again."
        ) from None


def _parquet_cells(path: Path, how: Layout, wanted: list[str]) -> Iterator[Chunk]:
    import pyarrow as pa
    from pyarrow import parquet

    del how
    number = 1
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_ROWS, columns=wanted):
                rows = pa.Table.from_batches([batch]).to_pandas(types_mapper=_kept_whole)
                rows.insert(0, "\0row", range(number, number + len(rows)))
                number += len(rows)
                yield Chunk(rows, (Loss(READ, len(rows), file=path.name),))
    except (pa.ArrowException, OSError):
        raise SchemaError(
            f"{path.name}: the Parquet file is damaged after row {number - 1:,}. Mend: fetch it again."
        ) from None


def _kept_whole(kind: Any) -> Any:
    """Keep whole numbers with gaps whole: as floats, long ids would lose their last digits."""
    import pyarrow as pa

    return pd.Int64Dtype() if pa.types.is_integer(kind) else None


@contextlib.contextmanager
def _long_fields() -> Iterator[None]:
    before = csv.field_size_limit(_FIELD_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(before)

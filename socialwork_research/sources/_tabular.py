"""Tables in files: CSV in any usual encoding, delimiter and line end, JSON lines, Parquet; as untyped cells."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from ..errors import SchemaError
from . import _lines
from ._ledger import READ, Chunk, Loss, refused

_ROWS = 50_000
_DELIMITERS = (",", "\t", ";", "|")
_FIELD_LIMIT = 1 << 24  # a longer field means a quotation mark that is never closed
_LOOK = 20
_ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")  # the last reads anything
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Layout:
    """How a table is written down, and what its columns are called."""

    kind: Literal["delimited", "jsonl", "parquet"]
    columns: tuple[str, ...]
    encoding: str = "utf-8"
    delimiter: str = ","


def layout(path: Path) -> Layout | None:
    """Find out how a table is written down; None where it is none."""
    if not path.is_file():
        return None
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
    readers = {"delimited": _delimited_cells, "jsonl": _json_cells, "parquet": _parquet_cells}
    for chunk in readers[how.kind](path, how, wanted):
        rows = chunk.rows.reset_index(drop=True)
        yield Chunk(rows.assign(**{"\0file": path.name}), chunk.losses)


def _delimited(path: Path) -> Layout | None:
    encoding = _encoding(path)
    if encoding is None:
        return None
    try:
        with path.open(encoding=encoding, newline=None) as stream:
            start = stream.read(1 << 16)
    except UnicodeError:
        return None
    if "\0" in start:
        return None
    found = []
    for delimiter in _DELIMITERS:
        rows = _some_rows(start, delimiter)
        if rows and len(rows[0]) > 1:
            even = sum(len(row) == len(rows[0]) for row in rows)
            found.append((even * len(rows[0]), -_DELIMITERS.index(delimiter), delimiter, rows[0]))
    if not found:
        return None
    _, _, delimiter, header = max(found)
    return Layout("delimited", tuple(name.strip() for name in header), encoding, delimiter)


def _some_rows(start: str, delimiter: str) -> list[list[str]]:
    rows = []
    with contextlib.suppress(csv.Error):  # a delimiter that cannot be right is told by the rows it failed to give
        for row in csv.reader(io.StringIO(start), delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) > _LOOK:
                break
    return rows[:-1] if len(rows) > 2 and len(rows) <= _LOOK and not start.endswith("\n") else rows


def _encoding(path: Path) -> str | None:
    with path.open("rb") as stream:
        start = stream.read(4)
    for mark, name in _MARKS.items():
        if start.startswith(mark):
            return name
    for encoding in _ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as stream:
                while block := stream.read(1 << 20):
                    decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def _delimited_cells(path: Path, how: Layout, wanted: list[str]) -> Iterator[Chunk]:
    places = [how.columns.index(name) for name in wanted]
    width = len(how.columns)
    rows: list[list[Any]] = []
    odd: list[int] = []
    number = 1
    with _long_fields(), path.open(encoding=how.encoding, newline=None) as stream:
        reader = csv.reader(stream, delimiter=how.delimiter)
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
    yield _chunk(rows, odd, wanted, file=path.name)


def _chunk(rows: list[list[Any]], odd: list[int], wanted: list[str], *, file: str) -> Chunk:
    mend = "these rows have more or fewer cells than the header: a delimiter or quotation mark is astray"
    losses = (Loss(READ, len(rows) + len(odd), file=file), refused("wrong number of cells", odd, mend=mend, file=file))
    return Chunk(pd.DataFrame(rows, columns=["\0row", *wanted], dtype=object), losses)


def _json_cells(path: Path, how: Layout, wanted: list[str]) -> Iterator[Chunk]:
    del how
    for good, losses in _lines.batched(path, size=_ROWS):
        rows = [[number, *(value.get(name) for name in wanted)] for number, value in good]
        yield Chunk(pd.DataFrame(rows, columns=["\0row", *wanted], dtype=object), tuple(losses))


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

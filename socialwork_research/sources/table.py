"""Any table of posts: CSV, TSV, Excel, JSON lines or Parquet, with a map of columns that is shown, not assumed."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from ..corpus import Corpus
from ..errors import OptionError, SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _beside, _cells, _columns, _dates, _fields, _invented, _paths, _sheets, _tabular, _workbook
from ._about import About
from ._archive import unfolded
from ._ledger import Chunk, Loss

__all__ = ["detect", "read"]

ABOUT = About(
    how=(
        "Any table of posts that is lawfully held (CSV, TSV, JSON lines, Parquet, a sheet of Excel or LibreOffice): "
        "its origin, and the terms of that origin, are for its holder to tell."
    ),
    terms="those of the place the posts are from: not read here",
    lacks=(
        "Whatever has no column. A count of 0 may stand for a missing one, and a time may name no zone: those of "
        "sheets never do. A sheet program rounds ids of more than 15 digits, turns some texts into dates, numbers or "
        "errors (#NAME?), takes days for months where its language differs, and may save letters in a wrong encoding: "
        "what shows is counted, what does not show is not. Filters and hidden rows of a sheet are read as all others."
    ),
    tested_on="real tables of posts and of who replied to whom",
)

CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {"csv": {}}

UNSTATED = "unstated"
_SUFFIXES = (".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".parquet", *_workbook.SUFFIXES)
_SAY = "sources.table.read(path, columns={...}) says otherwise"


def detect(path: str | Path) -> bool:
    """Tell whether a file is a table, by its suffix and form or by the names of its columns.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Whether it is.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    how = _tabular.layout(Path(path))
    return how is not None and (Path(path).suffix.casefold() in _SUFFIXES or _columns.are_posts(how.columns))


@traced
@unfolded
def read(
    path: str | Path,
    *,
    columns: Mapping[str, str | tuple[str, str]] | None = None,
    platform: str | None = None,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    zone: str | None = None,
    sheet: str | int | None = None,
) -> Corpus:
    r"""Read a table of posts, or of who replied to whom and when.

    Parameters
    ----------
    path
        CSV or TSV (UTF-8, UTF-16, or else cp1252; any line end; comma, tab, semicolon or bar), JSON lines, Parquet, or
        a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods; formulas give their saved values, nothing is executed). Beside a
        file called ``posts``, ``accounts`` (author_id, platform, profile) and ``follows`` (source, target, platform),
        with the same suffix, are read along.
        CSV or TSV (UTF-8, UTF-16 with its mark, or else cp1252; any line end; comma, tab, semicolon or bar), JSON
        lines, or Parquet. Beside a file called ``posts``, ``accounts`` (author_id, platform, profile, is_automated) and ``follows``
        (source, target, platform), with the same suffix, are read along.
    columns
        Corpus column → column of the file, e.g. ``{"author_id": "Sender", "reply_to_author": "Receiver"}``. A time
        may be given as a pair of column and strptime layout. Columns that bear our names are used in any case;
        without this map the usual names are, too. Beside the corpus' columns there are ``author_handle`` and
        ``reply_to_handle``, for names where ids stand apart.
    platform
        Where the posts are from, unless a column ``platform`` says so; else "unstated".
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the file's name.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    zone
        The zone of times that name none, as those of sheets do.
    sheet
        Which sheet of a workbook, by its name or its number from 1; None takes the one whose header names the columns
        of posts. Up to ten lines may stand above the header.

    Returns
    -------
    The corpus; its ``losses`` list the columns used and ignored. Every cell is text until its column says otherwise:
    "None" and "NA" are names. Without a column of post ids, the row's number is the id. Mentions are of the same kind
    as authors: names if the file has a column of names, else ids. Ids that a sheet program has rounded (1.23E+18) are
    missing, posts then bear their row's number: the ledger counts them. Row numbers are those of the sheet.

    Raises
    ------
    SchemaError
        If the file is no table, lacks an author, a time, or both text and recipient, or its times name no zone and
        none is given; if a workbook is damaged, locked, or has several sheets of posts and none is asked for.
    OptionError
        If `sheet` is given and the file is no workbook.
    PrivacyError
        If there are too many posts to go without a key.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "edges.csv")
    ...     _ = file.write_text("Sender,Receiver,When\n1,2,4/14/13 16:32\n")
    ...     said = {"author_id": "Sender", "reply_to_author": "Receiver", "created_at": "When"}
    ...     read(file, columns=said, zone="UTC").posts["created_at"].item()
    Timestamp('2013-04-14 16:32:00+0000', tz='UTC')
    """
    file = _paths.existing(path)
    how = _layout(file, columns, sheet=sheet)
    found = _columns.mapped(how.columns, columns, file=file.name)
    beside = _beside.found(file)
    return _assemble.assemble(
        itertools.chain(_beside.chunks(beside), _chunks(file, how, found)),
        platform=platform or UNSTATED,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=zone,
        invented=_invented.recognised([file, *beside.values()]),
    )


def _layout(
    file: Path, columns: Mapping[str, str | tuple[str, str]] | None, *, sheet: str | int | None
) -> _tabular.Layout:
    how = _tabular.layout(file, sheet=sheet, knows=functools.partial(_columns.are_posts, given=columns))
    if how is None:
        raise SchemaError(
            f"{file.name}: this is no CSV, TSV, Excel, JSON lines or Parquet table. Mend: save the table as CSV."
        )
    if how.sheet is None and sheet is not None:
        raise OptionError(f"sheet={sheet!r} has no use here: {file.name} is no workbook. Mend: leave it out.")
    if how.sheet is not None and sheet is None and len(how.sheet.names) > 1 and not how.sheet.is_known:
        _sheets.refuse(how.sheet, file=file.name)
    return how


def _chunks(file: Path, how: _tabular.Layout, found: _columns.Map) -> Iterator[Chunk]:
    layout = found.layouts.get("created_at") or _written(file, how, found)
    yield Chunk(pd.DataFrame(), _shown(file, how, found, layout=layout))
    wanted = list(dict.fromkeys(found.used.values()))
    for chunk in _tabular.cells(file, how, only=wanted):
        rows, losses = _cells.typed(chunk.rows, found, layout=layout)
        yield Chunk(rows, (*chunk.losses, *losses))


def _written(file: Path, how: _tabular.Layout, found: _columns.Map) -> str | None:
    column = found.used["created_at"]
    times = (chunk.rows[column] for chunk in _tabular.cells(file, how, only=[column]))
    return _dates.written((words for words in times if words.dtype == object), file=file.name, column=column)


def _shown(file: Path, how: _tabular.Layout, found: _columns.Map, *, layout: str | None) -> tuple[Loss, ...]:
    lines = [
        Loss(f"column used: {column!r} as {name}", 1, mend=_SAY, file=file.name)
        for name, column in found.used.items()
        if column != name
    ]
    alike = sum(column == name for name, column in found.used.items())
    if alike:
        lines.append(Loss("columns used under their own names", alike, mend="", file=file.name))
    lines += _fields.ignored_columns(found.ignored, file=file.name, mend=_SAY, each=True)
    if layout is not None:
        mend = "columns={'created_at': (column, layout)} says otherwise"
        lines.append(Loss(f"times read as {layout}", 1, mend=mend, file=file.name))
    if how.kind == "delimited" and how.encoding in ("cp1252", "latin-1"):
        mend = "the file is not UTF-8: look for odd letters, and save it as UTF-8 if there are any"
        lines.append(Loss(f"encoding taken as {how.encoding}", 1, mend=mend, file=file.name))
    if how.sheet is not None:
        lines += _sheets.told(how.sheet, file=file.name)
    if "post_id" not in found.used:
        lines.append(Loss("post ids made of row numbers", 1, mend=_SAY, file=file.name))
    return tuple(lines)

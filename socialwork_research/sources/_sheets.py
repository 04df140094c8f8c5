"""The sheet of a workbook that holds a table, its header, and its cells as the text that a CSV of it would have."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..errors import SchemaError
from . import _workbook
from ._ledger import READ, Chunk, Loss
from ._workbook_bounds import Bounds

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Columns = tuple[str, ...]
Knows = Callable[[Columns], bool]

_TITLES = 10  # lines that may stand above a header
_ROWS = 50_000
_DIGITS = 1e15  # sheet programs keep fifteen digits of a number and write noughts for the rest
_PLACES = 5
_SAY = "sources.table.read(path, sheet=...) takes another one, by its name or number"


@dataclass(frozen=True)
class Sheet:
    """A sheet that was chosen: its columns, where they stand, and the row of its header as the sheet numbers it."""

    cells: CalamineSheet
    columns: Columns
    places: tuple[int, ...]
    header: int
    number: int
    names: Columns
    is_hidden: bool
    is_known: bool
    bounds: Bounds


@dataclass(frozen=True)
class _Page:
    name: str
    number: int
    cells: CalamineSheet
    is_hidden: bool
    bounds: Bounds


_HELD: ContextVar[dict[Path, list[_Page]] | None] = ContextVar("held", default=None)


def chosen(path: Path, what: _workbook.Kind, *, sheet: str | int | None, knows: Knows) -> Sheet | None:
    """Return the sheet whose header `knows` takes, or the one that is asked for; None where no sheet holds a table.

    Where none is known, the first that could be a table is returned.

    Raises
    ------
    SchemaError
        If several are known and none is asked for, or there is no such sheet, or the workbook cannot be read.
    """
    pages = _pages(path, what)
    asked = _asked(pages, sheet, file=path.name)
    found: list[Sheet] = []
    for page in asked:
        header = _header(page, knows)
        if header is not None:
            row, columns, places, is_known = header
            names = tuple(each.name for each in pages)
            made = (page.cells, columns, places, row, page.number, names, page.is_hidden, is_known, page.bounds)
            found.append(Sheet(*made))
    known = [each for each in found if each.is_known]
    if len(known) > 1:
        told = [pages[each.number - 1].name for each in known]
        raise SchemaError(
            f"{path.name}: several sheets hold a table of posts: {', '.join(map(repr, told))}. Mend: say which is meant, "
            f"sources.table.read(path, sheet={told[-1]!r}), or save it as a file of its own."
        )
    return next(iter([*known, *found]), None)


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Open each workbook once while several readers are asked whether it is theirs."""
    token = _HELD.set({})
    try:
        yield
    finally:
        _HELD.reset(token)


def _pages(path: Path, what: _workbook.Kind) -> list[_Page]:
    known = _HELD.get()
    if known is not None and path in known:
        return known[path]
    pages = []
    with _workbook.opened(path, what) as book:
        for number, name in enumerate(book.names, start=1):
            cells = book.sheet(name, file=path.name)
            bounds = book.bounds.get(name, Bounds())
            pages.append(_Page(name, number, cells, name in book.hidden, bounds))
    if known is not None:
        known[path] = pages
    return pages


def refuse(sheet: Sheet, *, file: str) -> None:
    """Raise SchemaError for a workbook of several sheets of which none names the columns of posts."""
    told = ", ".join(repr(name) for name in sheet.names[:30])
    raise SchemaError(
        f"{file}: no sheet of {told} names an author, a time and a text in its first {_TITLES + 1} rows. Mend: say which "
        "it is and what its columns are, sources.table.read(path, sheet=1, columns={'author_id': 'Sender', "
        "'created_at': 'When', 'text': 'Words'})."
    )


def _asked(pages: list[_Page], sheet: str | int | None, *, file: str) -> list[_Page]:
    if sheet is None:
        return pages
    found = [page for page in pages if sheet in (page.name, page.number)]
    if not found:
        told = ", ".join(repr(page.name) for page in pages[:30])
        raise SchemaError(f"{file}: there is no sheet {sheet!r}. Mend: it has {told}; or give a number from 1.")
    return found


def _header(page: _Page, knows: Knows) -> tuple[int, Columns, tuple[int, ...], bool] | None:
    """Return the header's row, its names, their places, and whether they are known; None where nothing could be one."""
    cells = page.cells
    if cells.start is None:
        return None
    first: tuple[int, Columns, tuple[int, ...], bool] | None = None
    for number, row in enumerate(cells.to_python(nrows=_TITLES + 1), start=cells.start[0] + 1):
        named = [(place, cell.strip()) for place, cell in enumerate(row) if isinstance(cell, str) and cell.strip()]
        if len(named) < 2 or len(named) < sum(cell != "" for cell in row):
            continue
        columns, places = tuple(name for _, name in named), tuple(place for place, _ in named)
        is_known = knows(columns)
        if is_known or first is None or len(columns) > 2 * len(first[1]):
            first = number, columns, places, is_known
        if is_known:
            break
    return first


def chunks(sheet: Sheet, wanted: list[str], *, file: str) -> Iterator[Chunk]:
    """Give the rows under the header, numbered as the sheet numbers them; empty ones are left out."""
    places = [sheet.places[sheet.columns.index(name)] for name in wanted]
    start = (sheet.cells.start or (0, 0))[0] + 1
    nameless = sorted(set(range(sheet.cells.width)) - set(sheet.places))
    filled: set[int] = set()
    rows: list[list[Any]] = []
    for number, row in enumerate(sheet.cells.iter_rows(), start=start):
        if number > sheet.header and any(cell != "" for cell in row):
            filled.update(place for place in nameless if row[place] != "")
            rows.append([number, *(written(row[place]) for place in places)])
            if len(rows) == _ROWS:
                yield _chunk(rows, wanted, file=file)
                rows = []
    mend = "they stand under no name: give each a header, if they are wanted"
    nameless_told = Loss("columns without a name left out", len(filled), mend=mend, file=file)
    yield _chunk(rows, wanted, file=file, more=(nameless_told,))


def _chunk(rows: list[list[Any]], wanted: list[str], *, file: str, more: tuple[Loss, ...] = ()) -> Chunk:
    losses = (Loss(READ, len(rows), file=file), *more)
    return Chunk(pd.DataFrame(rows, columns=["\0row", *wanted], dtype=object), losses)


def written(cell: object) -> str:
    """Return a cell as text: times in ISO 8601, whole numbers without a point, those of too many digits with E."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        if math.isnan(cell):
            return ""
        if abs(cell) >= _DIGITS:
            return f"{float(cell):.14E}"
        return str(int(cell)) if cell == int(cell) else repr(float(cell))
    return cell.isoformat() if isinstance(cell, dt.datetime | dt.date | dt.time) else str(cell)


def told(sheet: Sheet, *, file: str) -> tuple[Loss, ...]:
    """Say which sheet and header were taken, and what the sheet holds that its cells do not show."""
    n = len(sheet.names)
    hidden = ", which is hidden," if sheet.is_hidden else ""
    lines = []
    if n > 1 or sheet.is_hidden:
        lines.append(Loss(f"sheet {sheet.number} of {n}{hidden} read", 1, mend=_SAY, file=file))
    if sheet.header > 1:
        mend = "the rows above are taken as titles; the first row that names the columns of posts is the header"
        lines.append(Loss(f"header found in row {sheet.header}", 1, mend=mend, file=file))
    merged = [first[0] + 1 for first, _ in sheet.cells.merged_cell_ranges or () if first[0] + 1 > sheet.header]
    for what, rows, mend in (
        ("merged cells", merged, "only the first row and column of each hold its value: part them in the sheet"),
        ("hidden rows read", sheet.bounds.hidden, "hidden or filtered out in the sheet; delete them there if unwanted"),
        ("cells with an error of the sheet", sheet.bounds.errors, "such as #N/A or #NAME?: taken as empty"),
    ):
        below = sorted(row for row in rows if row > sheet.header)
        lines.append(Loss(what, len(below), tuple(below[:_PLACES]), mend, file))
    mend = "open and save the workbook in a sheet program, which works them out; nothing is worked out here"
    lines.append(Loss("formulas without a value", sheet.bounds.n_without_value, mend=mend, file=file))
    return tuple(line for line in lines if line.n)

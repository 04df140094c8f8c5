"""Tables as they are read by people: the only place that rounds."""

from __future__ import annotations

import html
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .. import _files
from .._checks import extra
from ._quotation import refuse_posts

__all__ = ["render", "write_word"]

_DIGITS = 3
_MISSING = "–"
_FLAG = "is_suppressed"
_SEVERAL = 2
_WORDY = 40  # characters: a cell of words wants some width
_MARK = "†"


def render(table: pd.DataFrame, *, caption: str, digits: int = _DIGITS) -> str:
    """Render a table as HTML: caption, row and column headings with scope, rounded numbers.

    Parameters
    ----------
    table
        Any tidy table. Where it has a column ``is_suppressed``, the numbers of those rows are hatched, and below the table
        stands how many rows they are, and whether their values are shown (an invented corpus) or suppressed.
    caption
        What the table shows.
    digits
        Decimals of shares and estimates; whole numbers stay whole.

    Returns
    -------
    An HTML ``<table>`` without scripts, styles of its own, or links.

    Raises
    ------
    PrivacyError
        If the table holds words of posts.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"share": [0.12345]}, index=pd.Index(["reddit"], name="platform"))
    >>> "0.123" in render(table, caption="Share of posts")
    True
    """
    refuse_posts(table)
    flags = _flags(table)
    shown, method = _common_method(table.drop(columns=[_FLAG], errors="ignore"))
    index = [str(name) for name in shown.index.names if name is not None]
    whole = shown.reset_index() if index else shown
    numbers = _numbers(shown)
    heads = "".join(f'<th scope="col">{html.escape(_heading(name))}</th>' for name in whole.columns)
    rows = []
    for number, row in enumerate(whole.itertuples(index=False, name=None)):
        cells = []
        for name, value in zip(whole.columns, row, strict=True):
            text = html.escape(_written(value, digits))
            if str(name) in index:
                cells.append(f'<th scope="row">{text}</th>')
                continue
            wide = ' class="words"' if len(text) > _WORDY else ""
            hatched = flags[number] and name in numbers
            cells.append(f'<td class="hatched">{text}</td>' if hatched else f"<td{wide}>{text}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    told = _suppression(table, flags, sign="hatched")
    note = f'<p class="note">{told}</p>' if told else ""
    return (
        f'<table class="tidy"><caption>{html.escape(caption)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>{method}{note}"
    )


def write_word(table: pd.DataFrame, path: str | Path, *, caption: str, digits: int = _DIGITS) -> Path:
    """Write a table as a Word document, in the manner of APA 7 (no vertical rules, title above).

    Parameters
    ----------
    table
        Any tidy table. Where it has a column ``is_suppressed``, the numbers of those rows bear a dagger, explained below.
    path
        Where to; the suffix ``.docx`` is added.
    caption
        The title above the table.
    digits
        Decimals of shares and estimates.

    Returns
    -------
    The path of the document.

    Raises
    ------
    MissingExtraError
        If python-docx (extra ``docx``) is not installed.
    PrivacyError
        If the table holds words of posts.

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_word(pd.DataFrame({"n": [3]}), folder + "/counts", caption="Counts").name
    'counts.docx'
    """
    docx = extra("docx", "docx")
    refuse_posts(table)
    shown = table.drop(columns=[_FLAG], errors="ignore")
    whole = shown.reset_index() if any(name is not None for name in shown.index.names) else shown
    document = docx.Document()
    document.add_paragraph().add_run(caption).italic = True
    grid = document.add_table(rows=1, cols=len(whole.columns))
    grid.style = "Light Shading"
    for cell, name in zip(grid.rows[0].cells, whole.columns, strict=True):
        cell.text = _heading(name)
    flags, numbers = _flags(table), _numbers(shown)
    for number, row in enumerate(whole.itertuples(index=False, name=None)):
        for cell, name, value in zip(grid.add_row().cells, whole.columns, row, strict=True):
            mark = _MARK if flags[number] and name in numbers else ""
            cell.text = f"{_written(value, digits)}{mark}"
    if told := _suppression(table, flags, sign=_MARK):
        document.add_paragraph(told)
    stem = Path(path)
    target = stem if stem.suffix == ".docx" else stem.with_name(f"{stem.name}.docx")
    with tempfile.TemporaryDirectory() as folder:
        document.save(str(Path(folder) / "table.docx"))
        _files.write_bytes(target, (Path(folder) / "table.docx").read_bytes())
    return target


def _common_method(table: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Take a method that is the same for all rows out of the table and tell it once, below."""
    if len(table) < _SEVERAL or "method" not in table.columns or table["method"].nunique(dropna=False) != 1:
        return table, ""
    told = html.escape(str(table["method"].iloc[0]))
    return table.drop(columns="method"), f'<p class="note">Method: {told}.</p>'


def _flags(table: pd.DataFrame) -> list[bool]:
    if _FLAG not in table.columns:
        return [False] * len(table)
    return [bool(value) for value in table[_FLAG].fillna(False)]


def _numbers(table: pd.DataFrame) -> set[Any]:
    """Return the columns that hold numbers: the cells which suppression blanks."""
    kinds = {name: table[name].dtype for name in table.columns}
    is_number, is_bool = pd.api.types.is_numeric_dtype, pd.api.types.is_bool_dtype
    return {name for name, kind in kinds.items() if is_number(kind) and not is_bool(kind)}


def _suppression(table: pd.DataFrame, flags: list[bool], *, sign: str) -> str:
    """Say how many rows rest on too few authors, and what became of their values."""
    if _FLAG not in table.columns:
        return ""
    n = sum(flags)
    if not n:
        return "No row rests on too few authors."
    rows = "1 row rests" if n == 1 else f"{n} rows rest"
    is_shown = bool(table.loc[flags, list(_numbers(table))].notna().to_numpy().any())
    fate = (
        "in a published report of real posts the values would be suppressed"
        if is_shown
        else "the values are suppressed"
    )
    return f"{rows} on too few authors, or would give away one that does ({sign}): {fate}."


def _heading(name: Any) -> str:
    return str(name).replace("_", " ")


def _written(value: Any, digits: int) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return _MISSING
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, int | np.integer):
        return f"{int(value):,}"
    if isinstance(value, float | np.floating):
        number = float(value)
        if np.isinf(number):
            return "∞" if number > 0 else "−∞"
        return f"{int(number):,}" if number.is_integer() and abs(number) >= 1 else f"{number:,.{digits}f}"
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)

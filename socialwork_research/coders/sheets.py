"""Sheets: codings by people (or any readers) as CSV files, one row a mark."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from .. import _files
from .._checks import columns
from ..codebook import Codebook
from ..coding import Coding
from ..errors import CodingError
from ..provenance import note, traced
from ._sheet_rows import COLUMNS, READING, UNITS, checked, decoded, rows_of, stored_rows

__all__ = ["read", "write"]

_LOOKED_AT = ["post_id", "coder", "codebook", "version", "stratum", "probability", "batch", "thread_id", *UNITS]
_MARK = ["code", "stance", "direction", "severity", "identifiability", "confidence", "span_start", "span_end", "note"]
_SPEAKER = ["role", "profession", "certainty"]
_PASSED_ON = ["post_id", "thread_id", "stratum", "probability", "batch"]


@traced
def read(path: str | Path, *, book: Codebook | None = None) -> Coding:
    r"""Read a sheet of codings (``.csv``, or ``.parquet`` with the same columns), or every ``.csv`` sheet in a folder.

    A sheet has one row a mark; a post that was looked at and got no code has one row with ``code`` empty. The role of
    a speaker stands in the first row of the post and may be left out in the others. Comma, semicolon and tab are
    understood as delimiters, UTF-8 and Windows-1252 as encodings; the papers tell what was met.

    Parameters
    ----------
    path
        A CSV or Parquet file, or a folder of CSV files.
    book
        The codebook; if given, unknown codes are refused, and code ids (``R06``) become names. Rows of other
        codebooks are then left out, and counted in the papers' notes.

    Returns
    -------
    A coding with as many coders as the sheets name.

    Raises
    ------
    CodingError
        If a file is missing, empty or unreadable, or a column, code, stance, role or number is not in order, or rows
        contradict each other: with the file, the rows (up to five) and the nearest known value.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sheet = Path(folder, "first.csv")
    ...     _ = sheet.write_text(
    ...         "post_id,coder,codebook,code,stance\np1,first,boundary_risk,R06,enacted\np2,first,,,\n"
    ...     )
    ...     coding = read(sheet, book=Codebook.open("boundary_risk"))
    >>> coding.marks[["code", "stance"]].values.tolist()
    [['client_connection', 'enacted']]
    """
    files = _files_at(Path(path))
    tables, encodings, delimiters, n_met = [], {}, {}, 0
    for file in files:
        if file.suffix == ".parquet":
            rows = stored_rows(file)
        else:
            text, encodings[file.name] = decoded(file)
            rows, delimiters[file.name] = rows_of(text, name=file.name)
        n_met += len(rows)
        tables.append(checked(rows, name=file.name, book=book).assign(file=file.name))
    rows = pd.concat(tables, ignore_index=True)
    _once(rows)
    posts = rows.drop_duplicates(["post_id", "coder", "codebook"]).reset_index(drop=True)
    filled = rows.groupby(["post_id", "coder", "codebook"], dropna=False, sort=False)[
        [*_LOOKED_AT[3:], *_SPEAKER]
    ].first()
    posts[[*_LOOKED_AT[3:], *_SPEAKER]] = filled.to_numpy()
    speakers = posts.loc[posts["role"].notna(), ["post_id", "coder", *_SPEAKER]].drop_duplicates(["post_id", "coder"])
    speakers = speakers.fillna({"profession": "unclear", "certainty": "unclear"})
    marks = rows.loc[rows["code"].notna(), ["post_id", "coder", *_MARK]]
    coding = Coding.of(posts[_LOOKED_AT], marks, speakers)
    versions = sorted(rows["version"].dropna().unique())
    met = {"encodings": encodings, "delimiters": delimiters, "versions": versions, "n_rows": len(rows)}
    return note(coding, **met, n_rows_of_other_codebooks=n_met - len(rows))


def write(posts: pd.DataFrame, path: str | Path, *, book: Codebook, coder: str) -> Path:
    """Write an empty sheet for a coder: one row a post, with its title and text to read.

    The sheet holds posts' texts: it belongs where the raw data are, and is not to be passed on. Rows are copied by the
    coder for further marks on a post. What `read` does not need (title, text) it passes over.

    Parameters
    ----------
    posts
        Posts to code, with at least ``post_id``; ``thread_id, title, text`` and ``stratum, probability, batch`` (from
        ``reliability.draw``) are taken over where present. The order of the table is the order of the sheet.
    path
        The CSV file to write.
    book
        The codebook that the coder works with.
    coder
        The coder's name or number.

    Returns
    -------
    The path written.

    Raises
    ------
    SchemaError
        If ``post_id`` is missing.
    CodingError
        If a post stands twice, or the file is there already (a half-filled sheet is never overwritten).

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sheet = write(
    ...         pd.DataFrame({"post_id": ["p1"], "text": ["Morning all"]}),
    ...         Path(folder, "first.csv"),
    ...         book=Codebook.open("boundary_risk"),
    ...         coder="first",
    ...     )
    ...     read(sheet)
    Coding: 1 post looked at by 1 coder, 0 marks
    """
    columns(posts, ["post_id"], "posts")
    path = Path(path)
    if path.exists():
        raise CodingError(
            f"{path.name}: there is a file of this name already. Mend: choose another name, or move it away."
        )
    twice = int(posts["post_id"].duplicated().sum())
    if twice:
        raise CodingError(f"posts: {twice} posts stand twice. Mend: one row a post.")
    sheet = pd.DataFrame("", index=range(len(posts)), columns=[*READING, *COLUMNS], dtype="object")
    for column in (*READING, *_PASSED_ON):
        if column in posts.columns:
            sheet[column] = posts[column].to_numpy()
    sheet = sheet.assign(coder=coder, codebook=book.name, version=book.version)
    _files.write_text(path, sheet.to_csv(index=False, lineterminator="\n"))
    return path


def _files_at(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(file for file in path.glob("*.csv") if not file.name.startswith("."))
        if not files:
            raise CodingError(f"{path.name}: no .csv sheet lies in this folder. Mend: give the folder of the sheets.")
        return files
    if not path.exists():
        raise CodingError(f"{path.name}: there is no such file or folder. Mend: give a CSV sheet, or a folder of them.")
    return [path]


def _once(rows: pd.DataFrame) -> None:
    """Refuse a post that one coder coded in two files."""
    files = rows.groupby(["post_id", "coder", "codebook"], dropna=False)["file"].transform("nunique")
    if (files > 1).any():
        names = sorted(rows.loc[files > 1, "file"].unique())
        n = len(rows.loc[files > 1, ["post_id", "coder"]].drop_duplicates())
        raise CodingError(
            f"{', '.join(names[:5])}: {n} posts were coded by one coder in two files. Mend: keep one file's rows of each."
        )

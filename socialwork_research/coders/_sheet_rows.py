"""One sheet of codings: bytes to rows, and the checks that name file, column and row (never an id)."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from .._checks import nearest
from ..codebook import Codebook
from ..coding import CERTAINTIES, DIRECTIONS, PROFESSIONS, ROLES, STANCES
from ..errors import CodingError

__all__ = ["COLUMNS", "READING", "checked", "decoded", "rows_of", "stored_rows"]

COLUMNS = (
    "post_id thread_id coder codebook version stratum probability batch role profession certainty code stance "
    "direction severity identifiability confidence span_start span_end note"
).split()
READING = ["title", "text"]
UNITS = ["author_id", "platform", "community"]
_CLOSED = {
    "role": ROLES,
    "profession": PROFESSIONS,
    "certainty": CERTAINTIES,
    "stance": STANCES,
    "direction": DIRECTIONS,
    "confidence": ("low", "medium", "high"),
}
_WHOLE = {"severity": 3, "identifiability": 3, "span_start": None, "span_end": None}
_OF_MARK = ["stance", "direction", "severity", "identifiability", "confidence", "span_start", "span_end"]
_SAME = ["thread_id", "version", "stratum", "probability", "batch", "role", "profession", "certainty", *UNITS]
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}


def decoded(path: Path) -> tuple[str, str]:
    """Return the text of a file and how it was encoded: UTF-8, or Windows-1252 where UTF-8 fails."""
    content = path.read_bytes()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise CodingError(f"{path.name}: saved as UTF-16. Mend: save it as 'CSV UTF-8' in the spreadsheet program.")
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CodingError(
            f"{path.name}, line {line}: neither UTF-8 nor Windows-1252. Mend: save it as 'CSV UTF-8'."
        ) from error


def rows_of(text: str, *, name: str) -> tuple[pd.DataFrame, str]:
    """Return the rows of a sheet as text, every column of the sheet present, and its delimiter by name.

    Raises
    ------
    CodingError
        If the sheet is empty, has no header, an unknown column or a row with too many cells.
    """
    header = text.lstrip("\r\n").partition("\n")[0]
    if not header.strip():
        raise CodingError(
            f"{name}: the file is empty. Mend: export the sheet again; the first row holds the column names."
        )
    delimiter = max(_DELIMITERS, key=header.count)
    return _known(_cells(text, delimiter, name), name), _DELIMITERS[delimiter]


def stored_rows(path: Path) -> pd.DataFrame:
    """Return the rows of a sheet that was stored as Parquet, as text, every column of the sheet present.

    Raises
    ------
    CodingError
        If the file is damaged or has an unknown column.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(path).to_pandas(integer_object_nulls=True)
    except (pa.ArrowException, OSError) as error:
        raise CodingError(f"{path.name}: damaged, or not Parquet. Mend: write or fetch it again.") from error
    texts = {
        str(column): table[column].astype("object").where(table[column].notna(), "").astype("str") for column in table
    }
    return _known(pd.DataFrame(texts, dtype="str"), path.name)


def _known(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Refuse unknown columns; return the known ones, and the rows in which anything is written."""
    known = [*COLUMNS, *UNITS, *READING]
    odd = [column for column in table.columns if column not in known]
    if odd:
        told = " ".join(f"{column!r} is no column of a sheet.{nearest(column, known)}" for column in odd[:5])
        raise CodingError(f"{name}, row 1: {told} Columns: {', '.join(COLUMNS)}.")
    for column in ("post_id", "coder"):
        if column not in table.columns:
            raise CodingError(
                f"{name}, row 1: the column {column!r} is missing. Mend: add it; columns: {', '.join(COLUMNS)}."
            )
    kept = {column: table.get(column, "") for column in (*COLUMNS, *UNITS)}
    rows = pd.DataFrame(kept, index=table.index, dtype="str").apply(lambda column: column.str.strip())
    return rows[rows.ne("").any(axis=1)]


def _cells(text: str, delimiter: str, name: str) -> pd.DataFrame:
    """Return all cells as text, whatever they say ("NA" is a word); rows that are short end in empty cells."""
    mend = "Mend: put cells that hold the delimiter into quotation marks, or export the sheet again."
    try:
        header, *rows = csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise CodingError(f"{name}: a quotation is never closed, or goes on after its end. {mend}") from error
    for number, cells in enumerate(rows, start=2):
        if len(cells) > len(header) and any(cells[len(header) :]):
            raise CodingError(f"{name}, row {number} has {len(cells)} cells where the header has {len(header)}. {mend}")
    names = [column.strip().lower() for column in header]
    twice = sorted({column for column in names if names.count(column) > 1 and column})
    if twice:
        raise CodingError(f"{name}, row 1: the column {twice[0]!r} stands twice. Mend: keep one of them.")
    filled = [(cells + [""] * len(names))[: len(names)] for cells in rows]
    table = pd.DataFrame(filled, columns=names, dtype="str")
    return table.loc[:, [column for column in names if column or table[column].ne("").to_numpy().any()]]


def checked(rows: pd.DataFrame, *, name: str, book: Codebook | None) -> pd.DataFrame:
    """Check and type the rows of one sheet; codes given by id become names."""
    _refuse(rows["post_id"].eq("") | rows["coder"].eq(""), "post_id and coder are needed in every row", name)
    if book is not None:
        rows = _by_book(rows, book, name)
    for column, valid in _CLOSED.items():
        _closed(rows, column, valid, name)
    stray = rows["code"].eq("") & rows[_OF_MARK].ne("").any(axis=1)
    _refuse(stray, "the row has a stance or another value of a mark, and no code", name)
    typed = rows.copy()
    for column, most in _WHOLE.items():
        typed[column] = _whole(rows, column, most, name)
    typed["probability"] = _probability(rows, name)
    backwards = (typed["span_end"] <= typed["span_start"]).fillna(value=False).astype("bool")
    _refuse(backwards, "span_end is not after span_start", name)
    _agreeing(rows, name)
    texts = [column for column in (*COLUMNS, *UNITS) if column not in (*_WHOLE, "probability")]
    typed[texts] = typed[texts].mask(typed[texts].eq(""))
    return typed


def _numbers(flags: pd.Series) -> str:
    """Return up to five row numbers, as the spreadsheet counts them (the header is row 1)."""
    places = flags.index[flags.to_numpy(dtype=bool)] + 2
    more = f" and {len(places) - 5} more" if len(places) > 5 else ""
    return f"row{'s' * (len(places) > 1)} {', '.join(map(str, places[:5]))}{more}"


def _refuse(flags: pd.Series, what: str, name: str) -> None:
    if flags.any():
        raise CodingError(f"{name}, {_numbers(flags)}: {what}. Mend: correct the sheet.")


def _closed(rows: pd.DataFrame, column: str, valid: Iterable[str], name: str) -> None:
    known = tuple(valid)
    odd = rows[column].ne("") & ~rows[column].isin(known)
    if odd.any():
        first = rows.loc[odd, column].iloc[0]
        flags = odd & rows[column].eq(first)
        listed = ", ".join(known) if len(known) <= 12 else f"{len(known)} names, see the codebook's table()"
        raise CodingError(
            f"{name}, {_numbers(flags)}: the {column} {first[:40]!r} is not known.{nearest(first, known)} Known: {listed}."
        )


def _by_book(rows: pd.DataFrame, book: Codebook, name: str) -> pd.DataFrame:
    unsaid = rows["codebook"].eq("")
    near = {other for other in set(rows["codebook"]) if nearest(other, [book.name])}
    rows = rows[unsaid | rows["codebook"].isin(near)]  # a sheet may hold the marks of other codebooks, too
    if rows.empty:
        raise CodingError(
            f"{name}: no row is of the codebook {book.name!r}. Mend: name the codebook that was coded with."
        )
    unsaid = unsaid[rows.index]
    _closed(rows, "codebook", [book.name], name)
    by_id = {code.id: code.name for code in book.codes if code.id}
    rows = rows.assign(code=rows["code"].replace(by_id))
    _closed(rows, "code", [code.name for code in book.codes], name)
    return rows.assign(codebook=book.name, version=rows["version"].mask(unsaid & rows["version"].eq(""), book.version))


def _whole(rows: pd.DataFrame, column: str, most: int | None, name: str) -> pd.Series:
    given = rows[column]
    good = given.str.fullmatch(r"\d{1,9}(?:\.0)?")
    _refuse(given.ne("") & ~good, f"{column} is a whole number from 0 up", name)
    numbers = given.where(good).str.removesuffix(".0").astype("Float64").astype("Int64")
    if most is not None:
        _refuse((numbers > most).fillna(value=False).astype("bool"), f"{column} goes from 0 to {most}", name)
    return numbers


def _probability(rows: pd.DataFrame, name: str) -> pd.Series:
    numbers = pd.to_numeric(rows["probability"].str.replace(",", "."), errors="coerce").astype("float64")
    wrong = rows["probability"].ne("") & ~((numbers > 0) & (numbers <= 1))
    _refuse(wrong, "probability lies above 0 and goes up to 1", name)
    return numbers.where(rows["probability"].ne(""), np.nan)


def _agreeing(rows: pd.DataFrame, name: str) -> None:
    """Refuse rows on one post by one coder that contradict each other."""
    by = [rows["post_id"], rows["coder"], rows["codebook"]]
    for column in _SAME:
        several = rows[column].where(rows[column].ne("")).groupby(by).transform("nunique") > 1
        _refuse(several, f"rows on one post by one coder have different values of {column}", name)
    empty = rows["code"].eq("")
    count = empty.groupby(by).transform("size")
    _refuse(
        empty & (count > 1),
        "a row without a code stands beside other rows on the same post by the same coder",
        name,
    )

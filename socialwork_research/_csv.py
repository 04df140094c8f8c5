"""Tables as CSV and back without loss: a missing text and an empty one stay two things, whatever letters are in them.

Missing is an empty cell; an empty text is a cell of two quotation marks. Numbers are written in full, times as ISO 8601 in
UTC, lists as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ._fingerprints import kind_of
from .errors import SchemaError

if TYPE_CHECKING:
    import pyarrow as pa

_TO_QUOTE = re.compile('[,"\n\r\x00\ufeff]|^\\s|\\s$')
_LARGEST_BLOCK = 2**31 - 1
_CELLS: dict[str, Callable[[Any], str]] = {
    "bool": str,
    "int": lambda value: str(int(value)),
    "float": lambda value: repr(float(value)),
    "time": lambda value: str(value.isoformat()),
    "list": lambda value: _quoted(json.dumps([str(each) for each in value], ensure_ascii=False)),
}


def written(table: pd.DataFrame) -> str:
    """Write a table as CSV; its index is left out.

    Raises
    ------
    SchemaError
        If it has no column, or two of one name.
    """
    heads = [str(name) for name in table.columns]
    if not heads:
        raise SchemaError("The table has no columns. Mend: save a table that has some.")
    twice = sorted({name for name in heads if heads.count(name) > 1})
    if twice:
        raise SchemaError(f"The table has two columns called {twice[0]!r}. Mend: give each a name of its own.")
    cells = [_cells(table.iloc[:, place]) for place in range(len(heads))]
    lines = [",".join(map(_quoted, heads)), *map(",".join, zip(*cells, strict=True))]
    return "\n".join(lines) + "\n"


def _cells(column: pd.Series) -> list[str]:
    kind, _ = kind_of(column)
    if kind == "time":
        column = column.dt.tz_localize("UTC") if column.dt.tz is None else column.dt.tz_convert("UTC")
    cell = _CELLS.get(kind, lambda value: _quoted(str(value)))
    pairs = zip(column.tolist(), column.isna().tolist(), strict=True)
    return ["" if missing else cell(value) for value, missing in pairs]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if not text or _TO_QUOTE.search(text) else text


def read(path: Path, kinds: dict[str, str]) -> pd.DataFrame:
    """Read what `written` wrote; `kinds` says of each column what it holds (``_fingerprints.kind_of``).

    Raises
    ------
    SchemaError
        If the file is not what `kinds` describes.
    """
    import pyarrow as pa
    from pyarrow import csv

    content = path.read_bytes()
    try:
        table = csv.read_csv(
            pa.BufferReader(content),
            read_options=csv.ReadOptions(block_size=min(len(content) + 1, _LARGEST_BLOCK)),
            parse_options=csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(kinds, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
        return pd.DataFrame({name: _read_back(table[name], kinds[name]) for name in table.column_names})
    except (pa.ArrowInvalid, KeyError, ValueError) as error:
        raise SchemaError(
            f"{path.name}: the columns are not those of its papers ({', '.join(kinds)}). Mend: save the table again, or "
            "read the file with pandas."
        ) from error


def _read_back(cells: pa.ChunkedArray, kind: str) -> pd.Series:
    import pyarrow as pa

    if kind == "int":
        whole = pd.Series(cells.cast(pa.int64()).to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get))
        return whole if whole.isna().any() else whole.astype("int64")
    if kind == "float":
        return pd.Series(cells.cast(pa.float64()).to_pandas())
    text = pd.Series(cells.to_pandas()).astype("str")
    if kind == "time":
        return pd.to_datetime(text, utc=True, format="ISO8601").dt.as_unit("us")
    if kind == "list":
        return pd.Series([None if pd.isna(value) else json.loads(value) for value in text], dtype=object)
    if kind == "bool":
        flags = text.map({"True": True, "False": False}).astype("boolean")
        return flags if flags.isna().any() else flags.astype("bool")
    return text

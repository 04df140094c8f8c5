"""What becomes of each file of a project: rewritten beside and renamed, or removed whole; noun folders in one step."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from .. import _files
from ._deletion_files import decoded, views
from ._deletion_rules import DROP, changed_json, changed_lines, changes
from ._deletion_targets import Targets

__all__ = ["NOUNS", "REMOVED", "Change", "aligned", "planned", "rewritten"]

NOUNS = ("coding.json", "themes.json", "truth.json")  # folders that are read whole, and so are renamed whole
REMOVED = "files removed, to be made again"
_REMOVED = b""  # stands for: the file goes
_NARROW = 16  # columns: an array of numbers of fewer is no embedding
_TEXTS = (".txt", ".md", ".log", ".rst", ".tex", ".py", ".toml", ".yml", ".yaml", ".r", ".bib", ".gitignore")
_OWN = {"text_sha256": "embeddings"}


@dataclasses.dataclass(frozen=True)
class Change:
    """What is to become of a file: its new content (empty: it goes), how many rows change, and which rows stay."""

    what: str
    content: bytes
    n: int
    kept: np.ndarray | None = None
    n_rows: int = 0

    @property
    def is_removal(self) -> bool:
        """Whether the file goes."""
        return self.content == _REMOVED


def planned(file: Path, targets: Targets, digests: np.ndarray | None) -> Change | None:
    """Return what is to become of a file; None if it stays as it is."""
    import pyarrow as pa

    suffix = file.suffix.casefold()
    try:
        if suffix == ".parquet":
            return _table(file, targets, digests)
        if suffix in (".csv", ".tsv"):
            return _sheet(file, targets)
        if suffix in (".json", ".ipynb"):
            return _json(file, targets)
        if suffix in (".jsonl", ".ndjson"):
            made, n = changed_lines(file.read_text("utf-8"), targets, json.loads, json.dumps)
            return Change("lines of JSON", made.encode(), n) if n else None
        if suffix in _TEXTS or file.name in _TEXTS:
            return _text(file, targets)
    except (ValueError, pa.ArrowException, csv.Error, RecursionError):
        return _whole(file, targets)  # not what its name says
    return _whole(file, targets)


def rewritten(folder: Path, plan: dict[Path, Change]) -> None:
    """Carry out what is planned for the files of a noun's folder, in one step."""
    with _files.folder_in_one_step(folder) as place:
        shutil.copytree(folder, place, dirs_exist_ok=True)
        sums: dict[str, str] = {}
        for file, change in plan.items():
            target = place / file.relative_to(folder)
            if change.is_removal:
                target.unlink()
                continue
            sums[_files.sha256(file)] = hashlib.sha256(change.content).hexdigest()
            target.write_bytes(change.content)
        for told in place.glob("*.json"):
            _describe_anew(told, sums)


def _describe_anew(told: Path, sums: dict[str, str]) -> None:
    """Put the new sums, and the numbers of rows, where a description has the old ones."""
    import pandas as pd

    content = json.loads(told.read_text("utf-8"))
    text = json.dumps(content)
    for old, new in sums.items():
        text = text.replace(old, new)
    made = json.loads(text)
    for name, each in made.get("tables", {}).items() if told.name == "coding.json" else ():
        each["n"] = len(pd.read_parquet(told.with_name(f"{name}.parquet")))
    if made != content:
        told.write_bytes(_files.as_json(made))


def _table(file: Path, targets: Targets, digests: np.ndarray | None) -> Change | None:
    import pyarrow as pa
    from pyarrow import parquet

    table = parquet.read_table(file)
    kept, n, what = np.ones(len(table), dtype=bool), 0, "rows of tables"
    made = table
    for place, name in enumerate(table.column_names):
        if name in _OWN and digests is not None:
            what = _OWN[name]
            kept &= np.isin([int(each[:16], 16) for each in table[name].to_pylist()], digests)
            continue
        column, is_kept, n_changed = _column(table[name], name, targets)
        kept &= is_kept
        n += n_changed
        if n_changed:
            made = made.set_column(place, table.schema.field(name), pa.chunked_array([column]))
    metadata = table.schema.metadata or {}
    told = [each.decode("utf-8", "replace") for each in metadata.values()]
    if told and targets.hit(told).any():
        made, n = made.replace_schema_metadata(None), n + 1
    n += int((~kept).sum())
    if not n:
        return None
    content = io.BytesIO()
    parquet.write_table(made.filter(pa.array(kept)), content, compression="zstd")
    return Change(what, content.getvalue(), n, kept, len(table))


def _column(column: Any, name: str, targets: Targets) -> tuple[Any, np.ndarray, int]:
    """Return a column with its values changed, which rows stay, and how many values of rows that stay were changed."""
    import pyarrow as pa

    kept, kind = np.ones(len(column), dtype=bool), column.type
    if pa.types.is_list(kind) and pa.types.is_string(kind.value_type):
        unique = [each for each in column.combine_chunks().flatten().unique().to_pylist() if each is not None]
        found = changes(name, unique, targets)
        if not found:
            return column, kept, 0
        gone = {value for value, made in found.items() if made is DROP or made is None}
        rows = column.to_pylist()
        made = [row if row is None else [found.get(each, each) for each in row if each not in gone] for row in rows]
        return pa.array(made, type=kind), kept, sum(a != b for a, b in zip(rows, made, strict=True))
    if pa.types.is_dictionary(kind):
        plain, kept, n = _column(column.cast(kind.value_type), name, targets)
        return (plain.dictionary_encode().cast(kind) if n else column), kept, n
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return column, kept, 0
    found = changes(name, [each for each in column.unique().to_pylist() if each is not None], targets)
    if not found:
        return column, kept, 0
    rows = column.to_pylist()
    made = [found.get(each, each) for each in rows]
    kept = np.array([each is not DROP for each in made], dtype=bool)
    n = sum(a is not b and b is not DROP for a, b in zip(rows, made, strict=True))
    return pa.array([None if each is DROP else each for each in made], type=kind), kept, n


def _sheet(file: Path, targets: Targets) -> Change | None:
    content = file.read_bytes()
    text, encoding = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if not rows:
        return None
    head, body = rows[0], rows[1:]
    is_kept, n = [True] * len(body), 0
    for place, name in enumerate([*head, *[""] * (max(map(len, rows)) - len(head))]):
        column = [row[place] if place < len(row) else "" for row in body]
        found = changes(name.strip().strip("\ufeff"), sorted(set(column) - {""}), targets)
        for number, value in enumerate(column):
            if value in found and found[value] is DROP:
                is_kept[number] = False
            elif value in found:
                body[number][place] = found[value] or ""
                n += 1
    n += is_kept.count(False)
    if not n:
        return None
    written = io.StringIO(newline="")
    end = "\r\n" if "\r\n" in text else "\n"
    kept = [row for row, stays in zip(body, is_kept, strict=True) if stays]
    csv.writer(written, delimiter=delimiter, lineterminator=end).writerows([head, *kept])
    return Change("rows of sheets", written.getvalue().encode(encoding, "replace"), n, np.array(is_kept), len(body))


def _decoded(content: bytes) -> tuple[str, str]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16"), "utf-16"
    for encoding in ("utf-8-sig" if content[:3] == b"\xef\xbb\xbf" else "utf-8", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"


def _json(file: Path, targets: Targets) -> Change | None:
    text = file.read_text("utf-8-sig")
    made, n = changed_json(json.loads(text), targets)
    is_notebook = file.suffix == ".ipynb"
    if is_notebook and isinstance(made, dict):
        n += _silenced(made, targets)
    what = "cells of notebooks" if is_notebook else "entries of JSON"
    if n and made is not DROP:
        spelt = json.dumps(made, indent=1, ensure_ascii=False) + "\n" if is_notebook else _files.as_json(made).decode()
        return Change(what, spelt.encode(), n)
    return _whole(file, targets)


def _silenced(notebook: dict[str, Any], targets: Targets) -> int:
    """Take out outputs of cells in which something is found behind mark-up or base64; return how many."""
    n = 0
    for cell in notebook.get("cells", []):
        outputs = cell.get("outputs", [])
        kept = [each for each in outputs if not any(targets.hit(texts).any() for texts in views(each))]
        if len(kept) < len(outputs):
            cell["outputs"] = kept
            n += len(outputs) - len(kept)
    return n


def _text(file: Path, targets: Targets) -> Change | None:
    text, encoding = _decoded(file.read_bytes())
    spans = targets.spans(text)
    return Change("places in texts", targets.scrubbed(text).encode(encoding, "replace"), len(spans)) if spans else None


def _whole(file: Path, targets: Targets) -> Change | None:
    """Remove a file that cannot be rewritten if anything is found in it."""
    if any(targets.hit(texts).any() for texts in decoded(file)):
        return Change(REMOVED, _REMOVED, 1)
    return None


def aligned(file: Path, plan: dict[Path, Change], *, is_any: bool) -> Change | None:
    """Return what becomes of an array: it loses the rows that the tables beside it lose, or goes if none tells which."""
    from pyarrow import parquet

    if file.suffix == ".npz":
        with np.load(file, allow_pickle=False) as several:
            wide = any(_is_wide(several[name]) for name in several.files)
        return Change(REMOVED, _REMOVED, 1) if is_any and wide else None
    array = np.load(file, allow_pickle=False, mmap_mode="r")
    masks: list[np.ndarray] = []
    for beside in sorted(file.parent.glob("*.parquet")):
        schema = parquet.read_schema(beside)
        n_rows = parquet.read_metadata(beside).num_rows
        if array.ndim and n_rows == len(array) and "post_id" in schema.names:
            change = plan.get(beside)
            kept = None if change is None else change.kept
            masks.append(np.ones(n_rows, dtype=bool) if kept is None else kept)
    if masks and all(np.array_equal(mask, masks[0]) for mask in masks):
        if masks[0].all():
            return None
        content = io.BytesIO()
        np.save(content, np.asarray(array)[masks[0]], allow_pickle=False)
        return Change("embeddings", content.getvalue(), int((~masks[0]).sum()))
    return Change(REMOVED, _REMOVED, 1) if is_any and _is_wide(array) else None


def _is_wide(array: np.ndarray) -> bool:
    return array.ndim == 2 and array.shape[1] >= _NARROW and array.dtype.kind == "f"

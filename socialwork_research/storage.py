"""Save and load: a table with its papers beside it, or a noun as a folder."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pandas as pd

from . import _csv, _files, _fingerprints
from .errors import PrivacyError, SchemaError
from .provenance import fingerprint, papers, pin

__all__ = ["load", "save"]

_PACKAGE = __name__.partition(".")[0]
_TEXT_COLUMNS = ("text", "title", "author_profile")
_ID_COLUMNS = "post_id author_id thread_id source target mentions reply_to reply_to_author quote_of repost_of".split()
_KINDS = {  # the file that marks a folder as a noun's, and who reads it: resolved when asked, never imported here
    "corpus.json": ("corpus", "Corpus"),
    "coding.json": ("coding", "Coding"),
    "codebook.toml": ("codebook", "Codebook"),
    "themes.json": ("themes", "Themes"),
    "truth.json": ("simulation", "Truth"),
    "quote.json": ("kernels.quotations", "Quote"),
}


def save(result: Any, path: str | Path, *, raw: bool = False) -> Path:
    """Save a table (``.csv`` and ``.papers.json`` beside it) or a noun (a folder), in one step.

    Parameters
    ----------
    result
        A table or a noun.
    path
        Where to; the suffix of a table may be left out.
    raw
        Write also what lays people open: posts' text, or ids of a corpus that is not pseudonymised.

    Returns
    -------
    The path of the table or folder written.

    Raises
    ------
    PrivacyError
        If the result would lay somebody open and `raw` is not set.
    SchemaError
        If the result is of a kind that cannot be saved.
    DiskError
        If the disk is full, or the place cannot be written; what stood there stays as it was.

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(pd.DataFrame({"n": [3]}), folder + "/counts").name
    'counts.csv'
    """
    path = Path(path)
    if isinstance(result, pd.Series):
        result = result.to_frame(name=result.name if result.name is not None else "value")
    if not isinstance(result, pd.DataFrame):
        if not hasattr(result, "_save"):
            raise SchemaError(f"A {type(result).__name__} cannot be saved; a table or a noun can.")
        _refuse_taken(path)
        with _files.folder_in_one_step(path) as folder:
            result._save(folder, raw=raw)
            if told := papers(result):
                _files.write_json(folder / "papers.json", told)
        return path
    if not raw:
        _refuse_exposure(result)
    stem = path.with_suffix("") if path.suffix == ".csv" else path
    told = papers(result)
    if told and told["result"] != fingerprint(result):
        told["changed_after"] = True
    whole = result.reset_index() if any(name is not None for name in result.index.names) else result
    content = _csv.written(whole).encode("utf-8")
    told["columns"] = {str(name): _fingerprints.kind_of(whole[name])[0] for name in whole.columns}
    told["index"] = [name for name in result.index.names if name is not None]
    csv, beside = stem.with_name(f"{stem.name}.csv"), stem.with_name(f"{stem.name}.papers.json")
    _files.write_together({csv: content, beside: _files.as_json(told)})
    return csv


def _refuse_taken(path: Path) -> None:
    """Only a noun may be replaced by a noun: a folder of anything else would be lost."""
    if not path.exists() or any(_is_ours(path / mark) for mark in _KINDS):
        return
    if not path.is_dir() or any(path.iterdir()):
        raise SchemaError(f"{path.name} is there already and holds something else. Mend: name a new folder.")


def _is_ours(mark: Path) -> bool:
    """Tell whether this file marks a noun of ours: other programs, too, call a file corpus.json."""
    if not mark.exists() or mark.name != "corpus.json":
        return mark.exists()
    try:
        return "schema" in json.loads(mark.read_text("utf-8"))
    except ValueError:
        return False


def load(path: str | Path) -> Any:
    """Load what `save` wrote: a table with its papers, or a noun.

    Parameters
    ----------
    path
        The ``.csv``, or the folder of a noun.

    Returns
    -------
    The table or noun, with its papers.

    Raises
    ------
    SchemaError
        If there is nothing that `save` wrote.

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     load(save(pd.DataFrame({"n": [3]}), folder + "/counts"))["n"].tolist()
    [3]
    """
    path = Path(path)
    if path.is_dir():
        for mark, (module, name) in _KINDS.items():
            if (path / mark).exists():
                noun = getattr(importlib.import_module(f".{module}", _PACKAGE), name)
                result = noun._load(path)
                beside = path / "papers.json"
                return pin(result, json.loads(beside.read_text("utf-8"))) if beside.exists() else result
        raise SchemaError(f"{path.name}: no noun lies in this folder (none of {', '.join(_KINDS)} is there).")
    csv = path if path.suffix == ".csv" else path.with_name(f"{path.name}.csv")
    if not csv.exists():
        raise SchemaError(f"{csv.name}: there is no such table. Mend: give the path that save() returned.")
    return _read_table(csv)


def _read_table(path: Path) -> pd.DataFrame:
    beside = path.with_suffix(".papers.json")
    told = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
    kinds, index = told.pop("columns", {}), told.pop("index", [])
    table = _csv.read(path, kinds) if kinds else pd.read_csv(path, keep_default_na=False, na_values=[""])
    if index:
        table = table.set_index(index)
    return pin(table, told) if told else table


def _refuse_exposure(table: pd.DataFrame) -> None:
    names = {str(name) for name in table.columns} | {str(name) for name in table.index.names}
    text = sorted(names.intersection(_TEXT_COLUMNS))
    if text:
        raise PrivacyError(f"The table holds {', '.join(text)} of posts. Mend: drop it, or write raw=True.")
    told = papers(table)
    if names.intersection(_ID_COLUMNS) and _open_inputs(told):
        raise PrivacyError(
            "The table holds ids of a corpus that is not pseudonymised. Mend: read the export with key=, "
            "or write raw=True and keep the file where the raw data are."
        )


def _open_inputs(told: dict[str, Any]) -> bool:
    inputs = told.get("inputs", {}).values()
    return any(each.get("open", False) or _open_inputs(each.get("papers", {})) for each in inputs)

"""Everything that a folder's files say, decoded: it shares no code with what removes things from them."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zipfile
from pathlib import Path

import duckdb
import nbformat
import numpy as np
import pandas as pd
from PIL import Image

_LONG = re.compile(r"[A-Za-z0-9+/=]{60,}")


def said(folder: Path) -> dict[str, str]:
    """All that each file says, by its path in the folder: as bytes, as cells, behind mark-up, base64 and zips."""
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            found[file.relative_to(folder).as_posix()] = file.name + "\n" + _said(file)
    return found


def holding(folder: Path, words: list[str]) -> dict[str, int]:
    """The files that hold any of these texts or ids, each with how many of them."""
    by_length: dict[int, set[str]] = {}
    for word in words:
        by_length.setdefault(len(_plain(word).split()), set()).add(_plain(word))
    found = {}
    for name, text in said(folder).items():
        n = sum(len(wanted & set(runs(text, length))) for length, wanted in by_length.items())
        if n:
            found[name] = n
    return found


def runs(text: str, n: int = 5) -> list[str]:
    """Every run of n words of a text."""
    words = _plain(text).split()
    return [" ".join(words[start : start + n]) for start in range(len(words) - n + 1)]


def vectors(folder: Path) -> set[str]:
    """A sum of each row of numbers in all arrays and caches of a folder."""
    found = set()
    for file in folder.rglob("*.npy"):
        array = np.load(file)
        found |= {hashlib.sha256(row.tobytes()).hexdigest() for row in array} if array.ndim == 2 else set()
    for file in folder.rglob("*.parquet"):
        table = pd.read_parquet(file)
        if "vector" in table:
            rows = [np.asarray(row, dtype="float32").tobytes() for row in table["vector"]]
            found |= {hashlib.sha256(row).hexdigest() for row in rows}
    return found


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w'-]+", text.casefold().replace("\u2019", "'")))


def _said(file: Path) -> str:
    raw = file.read_bytes()
    if file.suffix == ".parquet":
        cells = duckdb.connect().execute("SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", [str(file)]).fetchall()
        named = pd.read_parquet(file).columns
        words = [_flat(cell) for row in cells for cell in row if not re.match(r"\[-?\d+\.", str(cell))]  # no vectors
        return "\n".join([*map(str, named), *words, raw.decode("latin-1")])
    if file.suffix == ".npy":
        array = np.load(file)
        return "\n".join(map(str, array.ravel())) if array.dtype.kind == "U" else ""
    if file.suffix == ".png":
        return str(Image.open(file).text)  # what a picture says beside its points
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            return "\n".join(_views(archive.read(name).decode("utf-8", "replace")) for name in archive.namelist())
    if file.suffix == ".ipynb":
        notebook = nbformat.read(file, as_version=4)
        return _views("\n".join(_flat(cell) for cell in notebook.cells)) + _views(raw.decode())
    if file.suffix == ".json":
        return _views(_flat(json.loads(raw)))
    if file.suffix == ".jsonl":
        return _views("\n".join(_flat(json.loads(line)) for line in raw.decode().splitlines()))
    return _views(raw.decode("utf-16" if raw[:2] == b"\xff\xfe" else "utf-8", "replace"))


def _flat(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{name}\n{_flat(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ("" if all(str(each).endswith("\n") for each in value[:-1]) else "\n").join(map(_flat, value))
    return str(value)


def _views(text: str) -> str:
    parts = [base64.b64decode(part + "==") for part in _LONG.findall(text) if len(part) % 4 != 1]
    behind = [part.decode("utf-8", "replace") for part in parts if not part.startswith(b"\x89PNG")]
    text = _LONG.sub(" ", text)
    return "\n".join([text, html.unescape(re.sub("<[^>]*>", " ", text)), *behind])

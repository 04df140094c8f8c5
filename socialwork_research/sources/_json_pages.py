"""Pages of an API as collectors store them: one JSON document, a list of them, or one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from ..errors import SchemaError
from . import _encodings, _lines
from ._ledger import READ, Loss, refused

SUFFIXES = (".json", ".jsonl", ".ndjson")
_LINED = (".jsonl", ".ndjson")
_LINES = 5_000
_FIELD = re.compile(r"[A-Za-z_]{1,40}")


def files(path: Path) -> list[Path]:
    """Return `path` if it is a file of JSON, or such files in the folder, sorted by name."""
    if path.is_file():
        return [path] if path.suffix.casefold() in SUFFIXES else []
    if not path.is_dir():
        return []
    inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    return [file for file in inside if file.suffix.casefold() in SUFFIXES]


def pages(file: Path, *, is_alone: bool) -> Iterator[tuple[list[Any], list[Loss]]]:
    """Give the JSON values of a file, those of a list one by one, with what could not be read.

    A document is held in memory while it is read; lines are read in blocks.

    Parameters
    ----------
    file
        The file.
    is_alone
        Whether no other file is read with it: a damaged document is then an error, else a line of the ledger.

    Raises
    ------
    SchemaError
        If a document is damaged or cut short and `is_alone` is set.
    """
    if file.suffix.casefold() in _LINED or _has_lines(file):
        for good, losses in _lines.batched(file, size=_LINES):
            yield [value for _, value in good], _only_bad(losses, n=len(good))
        return
    content = _encodings.content(file)
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        why, line = _damage(content, error)
        if is_alone:
            raise SchemaError(f"{file.name}, line {line}: the JSON is {why}. Mend: fetch the page again.") from None
        mend = "the place is the line in the file: fetch the page again"
        yield [], [Loss(READ, 1, file=file.name), refused(f"JSON {why}", [line], mend=mend, file=file.name)]
        return
    yield value if type(value) is list else [value], []


def ignored(fields: set[str]) -> Loss:
    """Make the line for fields of posts that no column of a corpus holds."""
    names = sorted(name for name in fields if _FIELD.fullmatch(name))
    mend = "nothing to mend: a corpus has no place for them"
    return Loss(f"fields ignored: {', '.join(names)}", len(names), mend=mend)


def _has_lines(file: Path) -> bool:
    first, _, rest = _lines.head(file).lstrip().partition(b"\n")
    if not rest.lstrip().startswith(b"{"):
        return False
    try:
        return type(orjson.loads(first)) is dict
    except orjson.JSONDecodeError:
        return False


def _only_bad(losses: list[Loss], *, n: int) -> list[Loss]:
    """Return the losses with only the refused lines counted as read: the good ones are counted by what they hold."""
    bad = sum(loss.n for loss in losses if loss.what.startswith("refused: "))
    rest = [replace(loss, mend=f"the places are lines: {loss.mend}") for loss in losses if loss.what != READ]
    return [Loss(READ, bad, file=losses[0].file), *rest] if n or bad else rest


def _damage(content: bytes, error: orjson.JSONDecodeError) -> tuple[str, int]:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as odd:
        return "not in UTF-8", content.count(b"\n", 0, odd.start) + 1
    is_cut = error.pos >= len(error.doc.rstrip()) - 1
    return ("cut short" if is_cut else "damaged"), error.lineno

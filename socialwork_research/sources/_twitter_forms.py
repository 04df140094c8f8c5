"""Which files hold Twitter's posts, and in which form: found by name and by what the first objects or columns are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from . import _json_stream, _lines, _tabular, _twitter_sheets, _twitter_v1, _twitter_v2, _workbook

_JSON = (".json", ".jsonl", ".ndjson", ".txt", "")
_SHEETS = (".csv", ".tsv", ".tab", ".txt")
_HEADS = (1 << 16, 1 << 24)  # a page of 500 posts with its expansions may be one line of some megabytes
_SIGNS = ("edit_history_tweet_ids", "public_metrics", "referenced_tweets", "reply_settings", "__twarc")
_LEAST = {"author_id", "conversation_id", "created_at"}
_NOTICE = {"id", "action", "created_at", "reason"}


def forms(path: Path) -> dict[Path, str]:
    """Return the files of Twitter in `path`, in their order, and the form of each."""
    if path.is_file():
        form = _form(path)
        return {path: form} if form else {}
    if not path.is_dir():
        return {}
    inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    return {file: form for file in inside if (form := _form(file))}


def _form(file: Path) -> str | None:
    suffix = file.suffix.casefold()
    if _workbook.kind(file) is not None:
        how = _tabular.layout(file, knows=lambda columns: _twitter_sheets.form(columns) is not None)
        return None if how is None else _twitter_sheets.form(how.columns)
    start = _lines.head(file).lstrip()
    if suffix in _JSON and start.startswith((b"{", b"[")):
        known = any(_is_known(value) for value in _samples(file))
        return ("document" if _json_stream.is_document(file) else "lines") if known else None
    if suffix not in _SHEETS:
        return None
    header = next(iter(start.decode("utf-8", errors="replace").splitlines()), "").strip()
    names = (next(csv.reader([header], delimiter=each), []) for each in (",", "\t", ";") if len(header) < 1 << 15)
    return next((form for columns in names if (form := _twitter_sheets.form(tuple(columns)))), None)


def _samples(file: Path) -> list[dict[str, Any]]:
    """Return some of the first objects of a file."""
    for size in _HEADS:
        head = _lines.head(file, size=size)
        found = _json_stream.first(head) if _json_stream.is_document(file) else list(_parsed(head.split(b"\n")[:20]))
        if found or len(head) < size:
            return [each for each in found if isinstance(each, dict)]
    return []


def _parsed(lines: Iterable[bytes]) -> Iterator[Any]:
    for line in lines:
        try:
            yield orjson.loads(line)
        except orjson.JSONDecodeError:
            continue


def _is_known(value: dict[str, Any]) -> bool:
    if _twitter_v1.is_answer(value):
        return all(isinstance(each, dict) and _twitter_v1.is_post(each) for each in value.get("statuses", [])[:1])
    if _twitter_v2.is_page(value):
        data = value.get("data")
        first = data[0] if isinstance(data, list) and data else data
        is_posts = isinstance(first, dict) and (
            _is_v2(first) or (_twitter_v2.is_post(first) and first.keys() >= _LEAST)
        )
        return is_posts or isinstance(value.get("__twarc"), dict)
    is_status = _twitter_v1.is_post(value) and "id_str" in value and "screen_name" in value["user"]
    return is_status or _is_v2(value) or _NOTICE <= value.keys() <= _NOTICE | {"redacted_at"}


def _is_v2(value: dict[str, Any]) -> bool:
    return _twitter_v2.is_post(value) and any(name in value for name in _SIGNS) and not value.keys() & {"user", "body"}

"""Chunks of many small files put together: staging costs the same for twenty rows as for thousands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pandas as pd

from ._ledger import Chunk, Loss, merged

SIZE = 20_000
_TIMES = ("created_at", "edited_at", "removed_at", "fetched_at")
_ISO = re.compile(r"(?:19[7-9]|20\d)\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")


def is_iso(value: Any) -> bool:
    """Tell whether a value is a time of ISO 8601 that names its zone."""
    if type(value) is not str or not _ISO.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_seconds(value: Any) -> bool:
    """Tell whether a value is a number of seconds since 1970, of a time until 2096."""
    return type(value) in (int, float) and 0 < value < 4e9


def gathered(chunks: Iterator[Chunk], *, size: int = SIZE, is_time: Callable[[Any], bool] = is_iso) -> Iterator[Chunk]:
    """Give the same rows in the same order, in chunks of about `size`.

    Staging names one file for all rows of a chunk that it refuses or empties. Rows are therefore put together only
    where it will do neither: each has an id and a time, and all times are such as `is_time` takes. Other chunks go as
    they are.
    """
    held: list[Chunk] = []
    n = 0
    for chunk in chunks:
        if chunk.beside or not _is_sound(chunk.rows, is_time=is_time):
            yield from _one(held)
            yield chunk
            held, n = [], 0
            continue
        held.append(chunk)
        n += len(chunk.rows)
        if n >= size:
            yield from _one(held)
            held, n = [], 0
    yield from _one(held)


def _one(held: list[Chunk]) -> Iterator[Chunk]:
    if held:
        losses: tuple[Loss, ...] = ()
        for chunk in held:
            losses = merged(losses, chunk.losses)
        rows = [chunk.rows for chunk in held if len(chunk.rows)]
        pairs = [chunk.pairs for chunk in held if chunk.pairs is not None]
        yield Chunk(
            pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(),
            losses,
            pd.concat(pairs, ignore_index=True).drop_duplicates(ignore_index=True) if pairs else None,
        )


def _is_sound(rows: pd.DataFrame, *, is_time: Callable[[Any], bool]) -> bool:
    if rows.empty:
        return True
    if not all(type(own) is str and own.strip() for own in rows["post_id"]):
        return False
    return all(
        is_time(value) or (name != "created_at" and bool(pd.api.types.is_scalar(value) and pd.isna(value)))
        for name in _TIMES
        if name in rows
        for value in rows[name]
    )

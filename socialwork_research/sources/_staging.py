"""Rows as they leave a reader: typed, in UTC, ids and handles hashed. Only what this file gives may touch the disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .._posts import COLUMNS
from ..errors import SchemaError
from ..kernels.hashing import Key, Namespace, pseudonyms
from ._ledger import Loss, refused
from ._times import to_utc

if TYPE_CHECKING:
    import pyarrow as pa

POST_IDS = ("post_id", "thread_id", "reply_to", "quote_of", "repost_of")
ACCOUNT_IDS = ("author_id", "reply_to_author")
HANDLES = ("author_handle", "reply_to_handle")
_OTHER_TIMES = ("edited_at", "removed_at", "fetched_at")
_SAY_LAYOUT = "say how they are written, e.g. sources.table.read(..., columns={'created_at': ('When', '%d/%m/%Y')})"
_SAY_ZONE = "say in which zone the times are, e.g. zone='Europe/London' or zone='UTC'"


@dataclass(frozen=True)
class Hasher:
    """Turns ids and handles into pseudonyms; without a key it leaves ids as they are."""

    key: Key | None

    def __call__(self, ids: pd.Series, platforms: pd.Series, *, namespace: Namespace) -> pd.Series:
        """Hash `ids`, each on its platform."""
        if self.key is None or ids.isna().all():
            return ids
        parts = [
            pseudonyms(part, key=self.key, namespace=namespace, platform=str(platform))
            for platform, part in ids.groupby(platforms, sort=True)
        ]
        return pd.concat(parts).reindex(ids.index).astype("str")


def as_handles(names: pd.Series) -> pd.Series:
    """Return handles in the one spelling in which they are compared: no @, no case."""
    return _filled(names).str.removeprefix("@").str.casefold()


def staged(
    rows: pd.DataFrame, *, hasher: Hasher, platform: str, zone: str | None, start: int
) -> tuple[pa.Table, list[Loss]]:
    """Type and hash the raw `rows` of a reader; return them as Arrow, with what was refused or emptied.

    Raises
    ------
    SchemaError
        If `start` is 0 and none of these rows has a time that can be read, or that names a zone while none was given.
    """
    rows = rows.reset_index(drop=True)
    file = str(rows["file"].iloc[0]) if len(rows) else ""
    times = to_utc(rows["created_at"], zone=zone)
    if start == 0 and times.is_naive.any() and times.is_naive.sum() == (~times.is_absent).sum():
        raise SchemaError(f"{file}: no time names its zone. Mend: {_SAY_ZONE}.")
    if start == 0 and times.is_unreadable.any() and times.values.isna().all() and not times.is_naive.any():
        raise SchemaError(f"{file}: no time can be read. Mend: {_SAY_LAYOUT}.")
    without_id = _filled(rows["post_id"]).isna().to_numpy()
    reasons: list[tuple[str, np.ndarray, str]] = [
        ("no id", without_id, "nothing to mend here: the export gives these rows no id"),
        ("no time", times.is_absent, "nothing to mend here: the export gives these rows no time"),
        ("time unreadable", times.is_unreadable, "look at these rows in the export"),
        ("time without zone", times.is_naive, _SAY_ZONE),
    ]
    losses, out = [], np.zeros(len(rows), dtype=bool)
    for why, mask, mend in reasons:
        losses.append(refused(why, rows["row"][mask & ~out], mend=mend, file=file))
        out |= mask
    guessed = rows["row"][times.is_guessed & ~out]
    mend = "the hour came twice or never at a change of clocks: taken as its first, or moved forward"
    losses.append(Loss("times guessed", len(guessed), tuple(map(int, guessed[:5])), mend, file))
    kept = rows[~out].assign(created_at=times.values[~out]).reset_index(drop=True)
    for name in _OTHER_TIMES:
        if name in kept:
            found = to_utc(kept[name], zone=zone)
            bad = kept["row"][found.is_unreadable | found.is_naive]
            mend = f"left empty, as they cannot be read or name no zone; {_SAY_ZONE}"
            losses.append(Loss(f"{name} left empty", len(bad), tuple(map(int, bad[:5])), mend, file))
            kept[name] = found.values
    kept["ord"] = np.arange(start, start + len(kept), dtype="int64")
    return _arrow(_hashed(kept, hasher=hasher, platform=platform)), losses


def staged_pairs(pairs: pd.DataFrame, *, hasher: Hasher, platform: str) -> pa.Table:
    """Hash (account id, handle) pairs that an export lists apart from its posts."""
    import pyarrow as pa

    platforms = pd.Series(platform, index=pairs.index, dtype="str")
    accounts = hasher(_filled(pairs["author_id"]), platforms, namespace="author")
    handles = hasher(as_handles(pairs["author_handle"]), platforms, namespace="handle")
    columns = {"author_id": accounts, "author_handle": handles}
    return pa.table({name: pa.array(column, type=pa.string(), from_pandas=True) for name, column in columns.items()})


def schema() -> pa.Schema:
    """Return the Arrow schema of staged rows: a corpus' columns, handles, the place in the file, a running number."""
    import pyarrow as pa

    from .._posts import arrow_schema

    more = [("author_handle", pa.string()), ("reply_to_handle", pa.string()), ("file", pa.string())]
    numbers = [("row", pa.int64()), ("ord", pa.int64())]
    return pa.schema([*arrow_schema(), *(pa.field(name, kind) for name, kind in more + numbers)])


def write(table: pa.Table, folder: Path, number: int) -> None:
    """Write one chunk of staged rows to the staging folder."""
    from pyarrow import parquet

    parquet.write_table(table, folder / f"chunk-{number:06d}.parquet", compression="lz4")


def _hashed(kept: pd.DataFrame, *, hasher: Hasher, platform: str) -> pd.DataFrame:
    platforms = _filled(kept["platform"]).fillna(platform) if "platform" in kept else pd.Series(platform, kept.index)
    kept["platform"] = platforms.astype("str")
    ids = [_filled(kept[name]) for name in POST_IDS if name in kept]
    names = [name for name in POST_IDS if name in kept]
    together = hasher(pd.concat(ids, ignore_index=True), _repeated(platforms, len(ids)), namespace="post")
    for number, name in enumerate(names):
        kept[name] = together.iloc[number * len(kept) : (number + 1) * len(kept)].to_numpy()
    for name in ACCOUNT_IDS:
        if name in kept:
            kept[name] = hasher(_filled(kept[name]), platforms, namespace="author")
    for name in HANDLES:
        if name in kept:
            kept[name] = hasher(as_handles(kept[name]), platforms, namespace="handle")
    if "mentions" in kept:
        kept["mentions"] = _hashed_lists(kept["mentions"], platforms, hasher=hasher, namespace="handle")
    elif "mentioned_ids" in kept:
        kept["mentions"] = _hashed_lists(kept["mentioned_ids"], platforms, hasher=hasher, namespace="author")
    return kept


def _hashed_lists(lists: pd.Series, platforms: pd.Series, *, hasher: Hasher, namespace: Namespace) -> pd.Series:
    long = lists[[isinstance(each, list) and len(each) > 0 for each in lists]].explode()
    if long.empty:
        return lists
    on = platforms.reindex(long.index).reset_index(drop=True)
    names = long.reset_index(drop=True)
    hashed = hasher(as_handles(names) if namespace == "handle" else _filled(names), on, namespace=namespace)
    again = pd.Series(hashed.to_numpy(), index=long.index).dropna().groupby(level=0).agg(list)
    result = lists.copy()
    result.loc[again.index] = again
    return result


def _repeated(platforms: pd.Series, times: int) -> pd.Series:
    return pd.concat([platforms] * times, ignore_index=True)


def _filled(column: pd.Series) -> pd.Series:
    """Return a column of ids as strings, blanks outside dropped, the empty one missing."""
    words = column.astype("str").where(column.notna()).str.strip()
    return words.mask(words.eq("").fillna(False))


def _arrow(kept: pd.DataFrame) -> pa.Table:
    import pyarrow as pa

    columns = []
    for field in schema():
        if field.name not in kept:
            fill: Sequence[object] | pa.Array = pa.nulls(len(kept), field.type)
            columns.append(fill)
            continue
        values: Iterable[object] = kept[field.name]
        if COLUMNS.get(field.name) == "list":
            values = [value if isinstance(value, list) else None for value in values]
        elif COLUMNS.get(field.name) == "int":
            values = pd.to_numeric(kept[field.name], errors="coerce").round().astype("Int64")
        columns.append(pa.array(values, type=field.type, from_pandas=True))
    return pa.Table.from_arrays(columns, schema=schema())

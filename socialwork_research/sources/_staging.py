"""Rows as they leave a reader: typed, in UTC, ids and handles hashed. Only what this file gives may touch the disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..errors import SchemaError
from ..kernels.hashing import Key, Namespace, hashed
from . import _automation, _languages
from ._arrow_columns import handles, name_lists, same_spelling, strings, typed, whole, words
from ._ledger import Loss, refused
from ._times import to_utc

if TYPE_CHECKING:
    import pyarrow as pa

POST_IDS = ("post_id", "thread_id", "reply_to", "quote_of", "repost_of")
ACCOUNT_IDS = ("author_id", "reply_to_author")
HANDLES = ("author_handle", "reply_to_handle")
_OTHER_TIMES = ("edited_at", "removed_at", "fetched_at")
_TOGETHER = 8  # chunks of staged rows that are finished at once
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
        made = self.arrow(strings(ids), strings(platforms), namespace=namespace)
        return pd.Series(pd.array(made, dtype="str"), index=ids.index)

    def arrow(self, ids: pa.Array, platforms: pa.Array, *, namespace: Namespace) -> pa.Array:
        """Hash `ids`, each on its platform, in Arrow."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if self.key is None or ids.null_count == len(ids):
            return ids
        several = sorted(platforms.unique().to_pylist())
        if len(several) == 1:
            return hashed(ids, key=self.key, namespace=namespace, platform=several[0])
        none = pa.scalar(None, pa.string())
        made = pa.nulls(len(ids), pa.string())
        for platform in several:
            on = pc.if_else(pc.equal(platforms, platform), ids, none)
            made = pc.coalesce(made, hashed(on, key=self.key, namespace=namespace, platform=platform))
        return made


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
    without_id = np.asarray(words(rows["post_id"]).is_null())
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
    kept = rows.assign(created_at=times.values)
    kept = kept[~out].reset_index(drop=True) if out.any() else kept
    for name in _OTHER_TIMES:
        if name in kept:
            found = to_utc(kept[name], zone=zone)
            bad = kept["row"][found.is_unreadable | found.is_naive]
            mend = f"left empty, as they cannot be read or name no zone; {_SAY_ZONE}"
            losses.append(Loss(f"{name} left empty", len(bad), tuple(map(int, bad[:5])), mend, file))
            kept[name] = found.values
    kept["ord"] = np.arange(start, start + len(kept), dtype="int64")
    kept = _automation.told(kept, platform)
    return _languages.told(_arrow(kept, hasher=hasher, platform=platform)), losses


def staged_pairs(pairs: pd.DataFrame, *, hasher: Hasher, platform: str) -> pa.Table:
    """Hash (account id, handle) pairs that an export lists apart from its posts."""
    import pyarrow as pa

    platforms = _platforms(pairs[["author_id"]], platform)
    accounts = hasher.arrow(words(pairs["author_id"]), platforms, namespace="author")
    names = hasher.arrow(handles(pairs["author_handle"]), platforms, namespace="handle")
    return pa.table({"author_id": accounts, "author_handle": names})


def schema() -> pa.Schema:
    """Return the Arrow schema of staged rows: a corpus' columns, handles, the place in the file, a running number."""
    import pyarrow as pa

    from .._posts import arrow_schema

    more = [("author_handle", pa.string()), ("reply_to_handle", pa.string()), ("file", pa.string())]
    numbers = [("row", pa.int64()), ("ord", pa.int64())]
    flags = [(name, pa.bool_()) for name in (_languages.COLUMN, _automation.BY_PLATFORM, _automation.BY_NAME)]
    return pa.schema([*arrow_schema(), *(pa.field(name, kind) for name, kind in more + numbers + flags)])


def write(table: pa.Table, folder: Path, number: int) -> None:
    """Write one chunk of staged rows to the staging folder, under the running `number` after its last row."""
    from pyarrow import parquet

    few = ["kind", "thread_id", "platform", "community", "author_state", "author_id", "author_handle", "file"]
    place = folder / f"chunk-{number:012d}.parquet"
    parquet.write_table(table, place, compression="lz4", use_dictionary=few, write_statistics=["post_id", "ord"])


def stretches(folder: Path | None) -> Iterator[tuple[str, str]]:
    """Give what is staged stretch by stretch, in SQL: where its rows are read, and which running numbers they have.

    Without a folder, or with nothing in it, what there is lies in memory, as ``staged``.
    """
    files = sorted(folder.glob("chunk-*.parquet")) if folder else []
    if not files:
        yield "staged", "true"
    start = 0
    for some in (files[at : at + _TOGETHER] for at in range(0, len(files), _TOGETHER)):
        stop = int(some[-1].stem.removeprefix("chunk-"))
        names = ", ".join("'" + str(file).replace("'", "''") + "'" for file in some)
        yield f"read_parquet([{names}])", f"ord >= {start} AND ord < {stop}"
        start = stop


def _arrow(kept: pd.DataFrame, *, hasher: Hasher, platform: str) -> pa.Table:
    """Hash what is an id or a name, type the rest, and lay it out in the order of `schema`."""
    import pyarrow as pa

    platforms = _platforms(kept, platform)
    made = {"platform": platforms, **_hashed_ids(kept, platforms, hasher=hasher)}
    columns = []
    for field in schema():
        column = made.get(field.name)
        if column is None and field.name in kept:
            column = typed(kept[field.name], field.type)
        columns.append(pa.nulls(len(kept), field.type) if column is None else column)
    return pa.Table.from_arrays(columns, schema=schema())


def _hashed_ids(kept: pd.DataFrame, platforms: pa.Array, *, hasher: Hasher) -> dict[str, pa.Array]:
    import pyarrow as pa

    names = [name for name in POST_IDS if name in kept]
    ids = whole(pa.chunked_array([words(kept[name]) for name in names]))
    together = hasher.arrow(ids, whole(pa.chunked_array([platforms] * len(names))), namespace="post")
    made = {name: together.slice(number * len(kept), len(kept)) for number, name in enumerate(names)}
    for name in ACCOUNT_IDS:
        if name in kept:
            made[name] = hasher.arrow(words(kept[name]), platforms, namespace="author")
    for name in HANDLES:
        if name in kept:
            made[name] = hasher.arrow(handles(kept[name]), platforms, namespace="handle")
    if "mentions" in kept:
        made["mentions"] = _hashed_lists(kept["mentions"], platforms, hasher=hasher, namespace="handle")
    elif "mentioned_ids" in kept:
        made["mentions"] = _hashed_lists(kept["mentioned_ids"], platforms, hasher=hasher, namespace="author")
    return made


def _hashed_lists(lists: pd.Series, platforms: pa.Array, *, hasher: Hasher, namespace: Namespace) -> pa.Array:
    def change(names: pa.Array, of: pa.Array) -> pa.Array:
        spelt = same_spelling(names) if namespace == "handle" else names
        return hasher.arrow(spelt, platforms.take(of), namespace=namespace)

    return name_lists(lists, change)


def _platforms(rows: pd.DataFrame, platform: str) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    if "platform" in rows:
        return pc.fill_null(words(rows["platform"]), platform)
    return pa.repeat(pa.scalar(platform, pa.string()), len(rows))

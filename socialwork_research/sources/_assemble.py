"""From the rows of a reader to a corpus: hashing first, then relations, then the finished posts and their ledger.

A reader yields chunks of raw rows (a `Chunk`): the columns of a corpus as far as the export has them, ``file`` and
``row`` (the place), and raw ids: posts' in ``post_id, thread_id, reply_to, quote_of, repost_of``, accounts' in
``author_id, reply_to_author``, names in ``author_handle, reply_to_handle, mentions``. Times may be anything that
`_times` reads. Nothing raw outlives its chunk: with a key, what is kept is hashed before it is laid by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from .. import _files, _parts
from .._posts import COLUMNS, arrow_schema
from ..corpus import Corpus
from ..errors import OptionError, PrivacyError
from ..kernels.hashing import Key
from . import _accounts, _archive, _beside, _encodings, _engine, _ledger, _mojibake, _progress, _relations, _staging
from ._ledger import Chunk, Loss
from ._times import known_zone

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

CAP = 100_000  # posts that a corpus without a key may hold, in memory
_PART = 49_152  # posts in a part of a saved corpus: 24 vectors of DuckDB
_MAKE_KEY = (
    "privacy.new_key('~/.config/socialwork_research/my-study.key') makes one; "
    "then read with key=privacy.key_from_file('~/.config/socialwork_research/my-study.key')"
)


@dataclass(frozen=True)
class _Plan:
    platform: str
    zone: str | None
    is_capped: bool


def assemble(
    chunks: Iterator[Chunk],
    *,
    platform: str,
    name: str,
    key: Key | None,
    folder: str | Path | None,
    zone: str | None,
    invented: dict[str, Any] | None,
    unit: str = "row",
) -> Corpus:
    """Make a corpus of what a reader yields.

    Parameters
    ----------
    chunks
        Raw rows and what was lost on the way to them.
    platform
        Where the rows come from, unless their column ``platform`` says so.
    name
        What to call the corpus.
    key
        The project's key; without one the corpus lives in memory and is capped, unless it is invented.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    zone
        The zone of times that name none.
    invented
        How it is known that the export is invented.
    unit
        What a row's number counts: "row" or "line".

    Returns
    -------
    The corpus, with its loss ledger.
    """
    _check(key, folder, invented=invented)
    plan = _Plan(platform, known_zone(zone), is_capped=key is None and invented is None)
    with _engine.opened(folder, suffix=".staging") as (connection, scratch):
        hasher = _staging.Hasher(key)
        with _encodings.recorded() as taken:
            losses, told = _stage(chunks, connection, hasher=hasher, plan=plan, scratch=scratch)
        losses = _ledger.merged((*_archive.told(), *losses), taken.values())
        losses = _ledger.merged(losses, _relations.resolve(connection))
        losses = _ledger.merged(losses, _kept(connection, losses))
        beside, machines = _accounts.marked(connection, _beside.hashed(told, hasher=hasher))
        losses = _ledger.merged(losses, machines)
        about: dict[str, Any] = {
            "name": name,
            "steps": [],
            "losses": _ledger.table(losses, unit=unit),
            "pseudonyms": key.id if key else None,
            "invented": invented,
        }
        posts = _relations.posts(connection, size=_PART, scratch=scratch)
        return _written(posts, about, beside, folder) if folder is not None else _in_memory(posts, about, beside)


def _check(key: Key | None, folder: str | Path | None, *, invented: dict[str, Any] | None) -> None:
    if key is not None and not isinstance(key, Key):
        raise OptionError(
            "key= takes what privacy.key_from_environment() or privacy.key_from_file() returns, not its text."
        )
    if folder is not None:
        if key is None and invented is None:
            raise PrivacyError(f"Without a key nothing is written. Mend: {_MAKE_KEY}.")
        if Path(folder).exists():
            raise OptionError(f"folder={Path(folder).name!r} is there already. Mend: take a new name, or remove it.")


def _stage(
    chunks: Iterator[Chunk],
    connection: duckdb.DuckDBPyConnection,
    *,
    hasher: _staging.Hasher,
    plan: _Plan,
    scratch: Path | None,
) -> tuple[tuple[Loss, ...], list[Mapping[str, pd.DataFrame]]]:
    """Type and hash chunk after chunk; leave them to DuckDB as ``staged`` and ``listed``; return what stood beside them."""
    losses: tuple[Loss, ...] = ()
    tables: list[pa.Table] = []
    pairs: list[pa.Table] = []
    beside: list[Mapping[str, pd.DataFrame]] = []
    n = 0
    with _progress.Bar() as progress:
        for chunk in chunks:
            losses = _ledger.merged(losses, chunk.losses)
            beside.append(chunk.beside)
            if chunk.pairs is not None:
                pairs.append(_staging.staged_pairs(chunk.pairs, hasher=hasher, platform=plan.platform))
            if chunk.rows.empty:
                continue
            table, lost = _staging.staged(chunk.rows, hasher=hasher, platform=plan.platform, zone=plan.zone, start=n)
            losses = _ledger.merged(losses, [*lost, *_mojibake.counted(table)])
            n += len(table)
            progress.update(len(table))
            if plan.is_capped and n > CAP:
                raise PrivacyError(f"Without a key a corpus is held in memory up to {CAP:,} posts. Mend: {_MAKE_KEY}.")
            if scratch is None:
                tables.append(table)
            elif len(table):  # a chunk of which nothing is kept would bear the number of the one before
                _staging.write(table, scratch, number=n)
    _lay_out(connection, tables, pairs, scratch=scratch if n else None)
    return losses, beside


def _lay_out(
    connection: duckdb.DuckDBPyConnection, tables: list[pa.Table], pairs: list[pa.Table], *, scratch: Path | None
) -> None:
    import pyarrow as pa

    if scratch is None:
        whole = pa.concat_tables(tables) if tables else _staging.schema().empty_table()
        connection.register("staged", whole)
    else:
        files = str(scratch / "chunk-*.parquet").replace("'", "''")
        connection.execute(f"CREATE TEMP VIEW staged AS SELECT * FROM read_parquet('{files}')")
    none = pa.schema([("author_id", pa.string()), ("author_handle", pa.string())]).empty_table()
    connection.register("listed", pa.concat_tables(pairs) if pairs else none)


def _kept(connection: duckdb.DuckDBPyConnection, losses: tuple[Loss, ...]) -> Iterator[Loss]:
    counts = dict(connection.execute("SELECT file, count(*) FROM kept GROUP BY file").fetchall())
    for file in sorted({loss.file for loss in losses if loss.what == _ledger.READ}):
        yield Loss(_ledger.KEPT, int(counts.get(file, 0)), file=file)


def _in_memory(posts: Iterator[pa.RecordBatch], about: dict[str, Any], beside: dict[str, pd.DataFrame]) -> Corpus:
    parts = [batch.to_pandas() for batch in posts]
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    return Corpus.of(whole, **{**about, "steps": (), **beside})


def _written(
    posts: Iterator[pa.RecordBatch], about: dict[str, Any], beside: dict[str, pd.DataFrame], folder: str | Path
) -> Corpus:
    import pyarrow as pa

    kind = arrow_schema()
    tables = (pa.Table.from_batches([batch]).cast(kind) for batch in posts)
    with _files.folder_in_one_step(Path(folder)) as place:
        _parts.write(place, tables, {**about, "losses": about["losses"].to_dict("records")}, **beside)
    return Corpus.open(Path(folder))

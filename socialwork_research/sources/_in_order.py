"""Posts in the order of thread, time and id, whatever their number, in the same memory.

Rows are laid by in buckets, each of a range of threads; then one bucket after the other is sorted. Sorting them all at
once would carry every text through the sort, and through the disk more than once.
"""

from __future__ import annotations

import bisect
import contextlib
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .._posts import ORDER
from . import _engine

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

AT_ONCE = 200_000  # rows that may be sorted at once
_BYTES = 256 << 20  # of rows that may be sorted at once
_BUCKET = 50_000  # rows of a bucket, more or less
_MOST = 200  # buckets, as each is an open file for a while
_BATCH = 24_576  # rows that are dealt out at once


def batches(
    connection: duckdb.DuckDBPyConnection, queries: Sequence[str], *, folder: Path | None, n: int, size: int
) -> Iterator[pa.RecordBatch]:
    """Give what `queries` give, `n` rows, sorted, in batches of `size`.

    Parameters
    ----------
    connection
        Where the queries run.
    queries
        Each gives some of the posts in any order.
    folder
        A folder for buckets, which are removed; without one all rows are sorted at once.
    n
        How many rows come.
    size
        How many rows a batch has, but the last.
    """
    if folder is None or n <= AT_ONCE:
        yield from _cut(_by_engine(connection.sql(" UNION ALL ".join(f"({query})" for query in queries))), size=size)
        return
    folder.mkdir()
    files = _dealt(connection, queries, folder=folder, n_buckets=min(n // _BUCKET + 1, _MOST))
    yield from _cut(_emptied(connection, files), size=size)


def _emptied(connection: duckdb.DuckDBPyConnection, files: list[Path]) -> Iterator[pa.Table]:
    for file in files:
        yield from _sorted(connection, file)
        file.unlink()


def _cut(tables: Iterator[pa.Table], *, size: int) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    held: list[pa.Table] = []
    for table in tables:
        held.append(table)
        while sum(each.num_rows for each in held) >= size:
            whole = pa.concat_tables(held)
            yield _batch(whole.slice(0, size))
            held = [whole.slice(size)]
    if sum(each.num_rows for each in held):
        yield _batch(pa.concat_tables(held))


def _by_engine(rows: duckdb.DuckDBPyRelation) -> Iterator[pa.Table]:
    import pyarrow as pa

    for batch in _engine.batches(rows.order(", ".join(ORDER)), size=_BATCH):
        yield pa.Table.from_batches([batch])


def _batch(table: pa.Table) -> pa.RecordBatch:
    return table.combine_chunks().to_batches()[0]


def _dealt(
    connection: duckdb.DuckDBPyConnection, queries: Sequence[str], *, folder: Path, n_buckets: int
) -> list[Path]:
    """Deal the rows out to buckets; those of a thread lie in one. Where to cut is told by the threads that come first."""
    import pyarrow as pa

    kind = connection.sql(f"FROM ({queries[0]}) LIMIT 0").to_arrow_table().schema
    given = (batch for query in queries for batch in _engine.batches(connection.sql(query), size=_BATCH))
    how = pa.ipc.IpcWriteOptions(compression="lz4")
    files = [folder / f"bucket-{number:03d}.arrows" for number in range(n_buckets)]
    with contextlib.ExitStack() as stack:
        writers = []
        for file in files:
            sink = stack.enter_context(pa.OSFile(str(file), "wb"))
            writers.append(stack.enter_context(pa.ipc.new_stream(sink, kind, options=how)))
        cuts: list[str] | None = None
        for batch in given:
            threads = batch.column("thread_id").dictionary_encode()
            names = threads.dictionary.to_pylist()
            cuts = _cuts(names, n_buckets) if cuts is None else cuts
            bucket = np.array([bisect.bisect_right(cuts, name) for name in names], dtype=np.int64)
            of = bucket[np.asarray(threads.indices)]
            order = np.argsort(of, kind="stable")
            dealt = batch.take(pa.array(order))
            ends = np.searchsorted(of[order], np.arange(n_buckets + 1)).tolist()
            for writer, (start, stop) in zip(writers, itertools.pairwise(ends), strict=True):
                if stop > start:
                    writer.write_batch(dealt.slice(start, stop - start))
    return files


def _cuts(names: list[str], n_buckets: int) -> list[str]:
    known = sorted(names)
    return sorted({known[len(known) * number // n_buckets] for number in range(1, n_buckets)})


def _sorted(connection: duckdb.DuckDBPyConnection, file: Path) -> Iterator[pa.Table]:
    """Give the rows of a bucket in order: at once, or, where a few threads fill it, by way of the disk."""
    import pyarrow as pa

    with pa.OSFile(str(file), "rb") as source, pa.ipc.open_stream(source) as stream:
        held, n, size = [], 0, 0
        for batch in stream:
            held.append(batch)
            n += batch.num_rows
            size += batch.nbytes
            if n > AT_ONCE or size > _BYTES:
                break
        else:
            table = pa.Table.from_batches(held, schema=stream.schema)
            yield table.sort_by([(name, "ascending") for name in ORDER])
            return
    del held
    with pa.OSFile(str(file), "rb") as source, pa.ipc.open_stream(source) as stream:
        yield from _by_engine(connection.from_arrow(stream))

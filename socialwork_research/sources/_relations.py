"""What holds between the rows of an export: duplicates, parents, threads, accounts and their handles.

Works on staged rows, so on hashed ids, in DuckDB; only whole numbers come into memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .._posts import COLUMNS
from . import _copies, _in_order, _languages, _staging
from ._ledger import REFUSED, Loss

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb
    import pyarrow as pa

# Of several copies of a post: the one fetched last, then edited last, then the one that knows of a deletion.
LATEST = "fetched_at DESC NULLS LAST, edited_at DESC NULLS LAST, is_deleted DESC NULLS LAST, length(text) DESC NULLS LAST, text"
MEND_LATEST = (
    "of several copies the one fetched last is kept, then edited last, then the one that is marked as deleted, then the "
    "one with more text"
)
_NOT_CONTENT = ("post_id", "fetched_at")


def resolve(connection: duckdb.DuckDBPyConnection) -> list[Loss]:
    """Find duplicates, accounts, parents and threads among ``staged`` and ``listed``; leave tables that `posts` reads.

    Parameters
    ----------
    connection
        With the relations ``staged`` (the rows) and ``listed`` (pairs of account and handle that the export lists
        apart).
    """
    losses = [*_without_duplicates(connection), *_accounts(connection)]
    connection.execute(
        "CREATE TEMP TABLE parents AS SELECT c.ord, c.file, c.row, p.ord AS parent, "
        "p.created_at > c.created_at AS is_early, p.created_at >= c.created_at AS is_not_later "
        "FROM kept c LEFT JOIN kept p ON c.reply_to = p.post_id WHERE c.reply_to IS NOT NULL"
    )
    mend = "kept with their parent's id; the export does not hold these parents"
    losses += _lines(connection, "SELECT file, row FROM parents WHERE parent IS NULL", "parents missing", mend=mend)
    mend = "kept; clocks differ, or the parent's time is that of its last edit"
    losses += _lines(
        connection, "SELECT file, row FROM parents WHERE is_early", "replies before their parent", mend=mend
    )
    losses += _threads(connection)
    return [*losses, *_copies.linked(connection), *_languages.lines(connection)]


def posts(connection: duckdb.DuckDBPyConnection, *, size: int, scratch: Path | None) -> Iterator[pa.RecordBatch]:
    """Give the finished posts, sorted by thread, time and id, in batches of at most `size`.

    Posts pass in stretches of their running number, and of what was found about them a stretch is joined at a time: so
    no join holds more than that, however many posts there are.
    """
    found = ["authors", *_beside_posts(connection)]
    made = {
        "kind": "coalesce(k.kind, CASE WHEN k.reply_to IS NULL THEN 'post' ELSE 'comment' END)",
        "thread_id": "coalesce(k.thread_id, threads.thread_id, k.post_id)",
        "reply_to": "CASE WHEN cyclic.ord IS NULL THEN k.reply_to END",
        "reply_to_author": "coalesce(k.reply_to_author, named.author_id, k.reply_to_handle, "
        "CASE WHEN cyclic.ord IS NULL THEN answered.author_id END)",
        "repost_of": "coalesce(k.repost_of, copies.first)",
        "author_id": "authors.author_id",
        "author_state": "coalesce(k.author_state, CASE WHEN authors.author_id IS NULL THEN 'unknown' ELSE 'present' END)",
        "is_deleted": "coalesce(k.is_deleted, false)",
        "mentions": "coalesce(mentioned.mentions, k.mentions)",
    }
    columns = ", ".join(f"{made.get(name, f'k.{name}')} AS {name}" for name in COLUMNS)
    connection.execute(
        "SET disabled_optimizers = 'join_order,build_side_probe_side'"
    )  # texts pass by, in no join's table
    queries = [
        f"SELECT {columns} FROM (SELECT * FROM {source} WHERE ord NOT IN (SELECT ord FROM doubles)) k "
        + " ".join(f"LEFT JOIN (FROM {name} WHERE {within}) AS {name} ON {name}.ord = k.ord" for name in found)
        for source, within in _staging.stretches(scratch)
    ]
    n = int(_one(connection, "SELECT count(*) FROM kept"))
    folder = scratch / "in-order" if scratch else None
    yield from _in_order.batches(connection, queries, folder=folder, n=n, size=size)


def _beside_posts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Lay out, by the posts' running numbers, whom they answer and mention; name these tables and those of `resolve`."""
    connection.execute(
        "CREATE TEMP TABLE answered AS SELECT p.ord, a.author_id FROM parents p JOIN authors a ON a.ord = p.parent "
        "WHERE a.author_id IS NOT NULL ORDER BY p.ord"
    )
    connection.execute(
        "CREATE TEMP TABLE named AS SELECT k.ord, p.author_id FROM kept k JOIN pairs p "
        "ON p.author_handle = k.reply_to_handle ORDER BY k.ord"
    )
    connection.execute(
        "CREATE TEMP TABLE mentioned AS "
        "SELECT u.ord, list(coalesce(p.author_id, u.handle) ORDER BY u.place) AS mentions FROM ("
        "SELECT ord, unnest(mentions) AS handle, generate_subscripts(mentions, 1) AS place "
        "FROM kept WHERE len(mentions) > 0) u "
        "LEFT JOIN pairs p ON p.author_handle = u.handle GROUP BY u.ord ORDER BY u.ord"
    )
    return ["answered", "named", "mentioned", "copies", "threads", "cyclic"]


def _without_duplicates(connection: duckdb.DuckDBPyConnection) -> list[Loss]:
    content = ", ".join(name for name in COLUMNS if name not in _NOT_CONTENT)
    connection.execute(
        "CREATE TEMP TABLE doubles AS WITH d AS ("
        f"SELECT ord, file, row, post_id, hash({content}, author_handle, reply_to_handle) AS content, "
        f"row_number() OVER (PARTITION BY post_id ORDER BY {LATEST}, ord) AS place FROM staged "
        "WHERE post_id IN (SELECT post_id FROM staged GROUP BY post_id HAVING count(*) > 1)) "
        "SELECT ord, file, row, row_number() OVER (PARTITION BY post_id, content ORDER BY place) > 1 AS is_same FROM d "
        "QUALIFY place > 1"
    )
    connection.execute("CREATE TEMP VIEW kept AS SELECT * FROM staged WHERE ord NOT IN (SELECT ord FROM doubles)")
    same = _lines(
        connection,
        "SELECT file, row FROM doubles WHERE is_same",
        f"{REFUSED}same id, same content",
        mend="the export repeats these posts; one of each is kept",
    )
    other = _lines(
        connection,
        "SELECT file, row FROM doubles WHERE NOT is_same",
        f"{REFUSED}same id, other content",
        mend=MEND_LATEST,
    )
    return [*same, *other]


def _accounts(connection: duckdb.DuckDBPyConnection) -> list[Loss]:
    connection.execute(
        "CREATE TEMP TABLE met AS SELECT author_handle, min(author_id) AS author_id, max(author_id) AS last "
        "FROM (SELECT author_handle, author_id FROM staged UNION ALL SELECT author_handle, author_id FROM listed) "
        "WHERE author_handle IS NOT NULL AND author_id IS NOT NULL GROUP BY author_handle"
    )
    connection.execute("CREATE TEMP VIEW pairs AS SELECT author_handle, author_id FROM met WHERE author_id = last")
    connection.execute(
        "CREATE TEMP TABLE authors AS SELECT k.ord, coalesce(k.author_id, p.author_id, k.author_handle) AS author_id "
        "FROM kept k LEFT JOIN pairs p ON p.author_handle = k.author_handle ORDER BY k.ord"
    )
    shared = int(_one(connection, "SELECT count(*) FROM met WHERE author_id <> last"))
    mend = "several accounts bore these names, so a mention of one is not joined to an account"
    losses = [Loss("handles of several accounts", shared, mend=mend)]
    state = "SELECT file, row FROM kept JOIN authors a USING (ord) WHERE "
    for what, where in (
        ("authors deleted", "author_state = 'deleted'"),
        ("authors suspended", "author_state = 'suspended'"),
        ("authors unknown", "a.author_id IS NULL AND coalesce(author_state, 'unknown') = 'unknown'"),
    ):
        losses += _lines(connection, state + where, what, mend="kept with no author; they are in no network of authors")
    gone = "SELECT file, row FROM kept WHERE is_deleted"
    return [*losses, *_lines(connection, gone, "posts deleted or removed", mend="kept as places in their threads")]


def _threads(connection: duckdb.DuckDBPyConnection) -> list[Loss]:
    needed = int(_one(connection, "SELECT count(*) FROM kept WHERE thread_id IS NULL AND reply_to IS NOT NULL"))
    doubtful = int(_one(connection, "SELECT count(*) FROM parents WHERE is_not_later"))
    root, is_cyclic = np.empty(0, dtype="int64"), np.empty(0, dtype="int64")
    if needed or doubtful:
        size = int(_one(connection, "SELECT coalesce(max(ord), -1) + 1 FROM staged"))
        kind = "INTEGER" if size < 2**31 else "BIGINT"  # half the memory, for nearly every export
        pairs = f"SELECT ord::{kind} AS ord, parent::{kind} AS parent FROM parents WHERE parent IS NOT NULL"
        found = connection.sql(pairs).fetchnumpy()
        root, is_cyclic = roots(np.asarray(found["ord"]), np.asarray(found["parent"]), size=size)
        root = root if needed else root[:0]
    _numbers(connection, "cyclic", ord=is_cyclic)
    numbers = np.arange(len(root), dtype="int64")
    _numbers(connection, "ways", ord=numbers, root=root)
    connection.execute(
        "CREATE TEMP TABLE threads AS SELECT k.ord, "
        "coalesce(r.thread_id, CASE WHEN y.ord IS NULL THEN r.reply_to END, r.post_id) AS thread_id "
        "FROM kept k JOIN ways w ON w.ord = k.ord JOIN kept r ON r.ord = w.root "
        "LEFT JOIN cyclic y ON y.ord = r.ord WHERE k.thread_id IS NULL ORDER BY k.ord"
    )
    query = "SELECT file, row FROM parents JOIN cyclic USING (ord)"
    losses = _lines(
        connection, query, "parents cyclic", mend="kept without a parent: these replies answer each other in a ring"
    )
    made = int(_one(connection, "SELECT count(*) FROM kept WHERE thread_id IS NULL"))
    derived = Loss("thread ids derived", made, mend="by following parents to the first post")
    return [*losses, derived]


def roots(children: np.ndarray, parents: np.ndarray, *, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the first post above each of `size` posts, and the sorted posts that lie on a ring of replies.

    Whoever is on a ring counts as having no parent, so as its own root.
    """
    above = np.arange(size, dtype=children.dtype)
    above[children] = parents
    cyclic = _on_rings(above, children)
    above[cyclic] = cyclic
    while True:
        further = above[above]
        if np.array_equal(further, above):
            return above, cyclic
        above = further


def _on_rings(above: np.ndarray, children: np.ndarray) -> np.ndarray:
    loops = children[above[children] == children]
    jump, steps = above, 1
    while steps < len(above):
        jump, steps = jump[jump], steps * 2
    lost = np.flatnonzero(above[jump] != jump)  # what has not come to rest after so many steps goes round
    ring = np.unique(jump[lost])  # by then whoever started is on its ring, and each place of a ring is somebody's
    return np.sort(np.concatenate([loops, ring]))


def _numbers(connection: duckdb.DuckDBPyConnection, name: str, **columns: np.ndarray) -> None:
    import pyarrow as pa

    connection.register(f"{name}_arrow", pa.table({column: pa.array(values) for column, values in columns.items()}))
    connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM {name}_arrow")
    connection.unregister(f"{name}_arrow")


def _lines(connection: duckdb.DuckDBPyConnection, query: str, what: str, *, mend: str) -> list[Loss]:
    """Make a ledger line for each file of the rows that `query` (columns file, row) gives."""
    found = connection.execute(
        f"SELECT file, count(*), min(row, 5) FROM ({query}) GROUP BY file ORDER BY file"
    ).fetchall()
    return [Loss(what, int(n), tuple(map(int, rows)), mend, str(file)) for file, n, rows in found]


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    rows = connection.execute(query).fetchall()
    return int(rows[0][0])

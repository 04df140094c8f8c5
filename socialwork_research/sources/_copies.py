"""Cross-posts: the same text, by the same author, opening a further thread.

A copy is a post that opens a thread with the words of an earlier one by the same account on the same platform, in another
thread, at most `DAYS` days after the one before it: the same after folding case and blanks, and at least `WORDS` words,
so that no greeting counts. Of a post without text, the title is compared. A repost that the export itself states is none.

Copies are linked (``repost_of`` names the first) and counted, and none is dropped. A copy that was answered is a
conversation, and its replies would lose their parent; to drop only those that nobody answered would choose by the outcome
that this field measures: whoever asks on two boards and is answered on one would count as answered always. Who wants each
text once leaves out the posts that open a thread and have a ``repost_of``.

Posts that stand twice under one id are another matter: one is kept, the other refused (see `_relations`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._ledger import Loss

if TYPE_CHECKING:
    import duckdb

DAYS = 7
WORDS = 8
_MEND = "kept, with the first as repost_of; to count each text once, leave out posts that open a thread and have a repost_of"


def linked(connection: duckdb.DuckDBPyConnection) -> list[Loss]:
    """Find cross-posts among ``kept``; leave ``copies`` (the post's ``ord``, the ``first`` post's id) and count them.

    Of posts of one moment the one with the lower id is the first.
    """
    connection.execute(
        "CREATE TEMP TABLE said AS SELECT ord, post_id, platform, created_at, thread_id, hash(words) AS said FROM ("
        r"SELECT *, lower(trim(regexp_replace(coalesce(nullif(text, ''), title), '\s+', ' ', 'g'))) AS words FROM kept "
        "WHERE reply_to IS NULL AND reply_to_author IS NULL AND reply_to_handle IS NULL AND repost_of IS NULL "
        "AND NOT coalesce(is_deleted, false) AND coalesce(kind, 'post') <> 'comment') "
        f"WHERE len(string_split(words, ' ')) >= {WORDS}"
    )  # by itself, so that no text comes into a join
    connection.execute(
        "CREATE TEMP TABLE openings AS SELECT s.ord, s.post_id, s.platform, s.created_at, a.author_id, "
        "coalesce(s.thread_id, t.thread_id, s.post_id) AS thread, s.said "
        "FROM said s JOIN authors a ON a.ord = s.ord LEFT JOIN threads t ON t.ord = s.ord WHERE a.author_id IS NOT NULL"
    )
    same, order = "PARTITION BY platform, author_id, said", "ORDER BY created_at, post_id"
    connection.execute(
        "CREATE TEMP TABLE copies AS WITH again AS (SELECT * FROM openings WHERE (platform, author_id, said) IN "
        "(SELECT (platform, author_id, said) FROM openings GROUP BY ALL HAVING count(*) > 1)), "
        f"apart AS (SELECT *, coalesce(created_at > lag(created_at) OVER ({same} {order}) + INTERVAL {DAYS} DAY, true) "
        "AS begins FROM again), "
        f"runs AS (SELECT *, sum(begins::INT) OVER ({same} {order} ROWS UNBOUNDED PRECEDING) AS run FROM apart), "
        "firsts AS (SELECT *, first_value(post_id) OVER in_run AS first, first_value(thread) OVER in_run AS first_thread "
        f"FROM runs WINDOW in_run AS ({same}, run {order})) "
        "SELECT k.ord, k.file, k.row, f.first, f.post_id IN (SELECT reply_to FROM kept WHERE reply_to IS NOT NULL) "
        "AS is_answered FROM firsts f JOIN kept k ON k.ord = f.ord WHERE f.first <> f.post_id AND f.thread <> f.first_thread"
    )
    losses = []
    for is_answered, what in ((True, "cross-posts that were answered"), (False, "cross-posts that nobody answered")):
        found = connection.execute(
            "SELECT file, count(*), min(row, 5) FROM copies WHERE is_answered = ? GROUP BY file ORDER BY file",
            [is_answered],
        ).fetchall()
        losses += [Loss(what, int(n), tuple(map(int, rows)), _MEND, str(file)) for file, n, rows in found]
    return losses

"""Several exports as one corpus: waves of one collection, or several places of one study; each post stands once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from .. import _files, _parts, frames
from .._posts import COLUMNS
from ..corpus import Corpus
from ..errors import PrivacyError
from . import _accounts, _engine, _in_order
from ._ledger import KEPT, Loss
from ._relations import LATEST, MEND_LATEST

_PART = 100_000
_TWICE = "posts of several exports, kept once"


def merged(
    corpora: Sequence[Corpus],
    *,
    name: str,
    folder: str | Path | None,
    around: Sequence[Loss] = (),
) -> Corpus:
    """Put corpora together that were read with one key; one alone stays as it is, with the files counted that were not read.

    Whom a reply answers is filled in where only another export held the parent. A post that several of them hold is kept
    once: as it was fetched last. Where no copy tells when it was fetched, the one edited last is kept, then the one that
    is marked as deleted, and then the one with the longer text.

    Parameters
    ----------
    corpora
        Two or more, all pseudonymised by one key, or all without.
    name
        What to call the whole.
    folder
        A new folder to write it to; None keeps it in memory.
    around
        What was lost around these exports: files that no place knows, members of archives that were not opened.

    Returns
    -------
    The corpus. Its ledger holds all lines of the parts, each under its own name, and how many posts several of them held.

    Raises
    ------
    PrivacyError
        If they were read with different keys.
    """
    keys = {corpus.pseudonyms for corpus in corpora}
    if len(keys) > 1:
        raise PrivacyError("These exports were read with different keys, so nobody is the same in both. Mend: one key.")
    about: dict[str, Any] = {"name": name, "pseudonyms": keys.pop(), "invented": None}
    beside: dict[str, Any] = {
        what: _stacked([getattr(corpus, what) for corpus in corpora]) for what in ("accounts", "follows")
    }
    n_given = sum(len(corpus) for corpus in corpora)
    if folder is None:
        empty = pd.DataFrame(columns=list(COLUMNS))  # what there is of exports of which no post is kept
        posts = pd.concat([empty, *_chosen(corpora, folder=None)], ignore_index=True)
        losses = _ledger(corpora, n_twice=n_given - len(posts), around=around)
        return Corpus.of(posts, losses=losses, **about, **beside)
    with _files.folder_in_one_step(Path(folder)) as place:
        kept = _Counted(_chosen(corpora, folder=folder))
        parts = _parts.write(place, kept, {**about, "steps": [], "losses": []}, **beside)
        losses = _ledger(corpora, n_twice=n_given - kept.n, around=around)
        told = {**parts, "losses": losses.to_dict("records")}
        _files.write_json(place / _parts.DESCRIPTION, told)
        _files.write_text(place / "datasheet.md", _parts.datasheet(told))
    return Corpus.open(Path(folder))


class _Counted(Iterable[pd.DataFrame]):
    """Counts the rows that pass through it."""

    def __init__(self, chunks: Iterator[pd.DataFrame]) -> None:
        self.chunks, self.n = chunks, 0

    def __iter__(self) -> Iterator[pd.DataFrame]:
        for chunk in self.chunks:
            self.n += len(chunk)
            yield chunk


def _chosen(corpora: Sequence[Corpus], *, folder: str | Path | None) -> Iterator[pd.DataFrame]:
    """Give one copy of each post, chunk by chunk; with a folder the choice is made on the disk, not in memory."""
    with _engine.opened(folder, suffix=".merging") as (connection, scratch):
        for number, corpus in enumerate(corpora):
            _given(connection, corpus, f"wave_{number}")
        _choose(connection, n_waves=len(corpora))
        queries = [_of_wave(number) for number in range(len(corpora))]
        ((n,),) = connection.execute("SELECT count(*) FROM kept").fetchall()
        connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")  # texts in no join's table
        inside = scratch / "in-order" if scratch else None
        for batch in _in_order.batches(connection, queries, folder=inside, n=int(n), size=_PART):
            yield frames.to_pandas(_table(batch))


def _choose(connection: Any, *, n_waves: int) -> None:
    """Leave ``doubles``, the copies that are not kept, and ``filled``, the authors whom replies of another wave answer."""
    union = " UNION ALL ".join(f"SELECT *, {number} AS wave FROM wave_{number}" for number in range(n_waves))
    connection.execute(f"CREATE TEMP VIEW given AS {union}")
    connection.execute(
        "CREATE TEMP TABLE doubles AS SELECT wave, post_id FROM given "
        "WHERE post_id IN (SELECT post_id FROM given GROUP BY post_id HAVING count(*) > 1) "
        f"QUALIFY row_number() OVER (PARTITION BY post_id ORDER BY {LATEST}, wave) > 1"
    )
    connection.execute("CREATE TEMP VIEW kept AS FROM given ANTI JOIN doubles USING (wave, post_id)")
    connection.execute(
        "CREATE TEMP TABLE filled AS SELECT c.post_id, p.author_id FROM kept c JOIN kept p ON c.reply_to = p.post_id "
        "WHERE c.reply_to_author IS NULL AND p.author_id IS NOT NULL"
    )


def _of_wave(number: int) -> str:
    columns = ", ".join("w." + name for name in COLUMNS).replace(
        "w.reply_to_author", "coalesce(w.reply_to_author, filled.author_id) AS reply_to_author"
    )
    return (
        f"SELECT {columns} FROM (FROM wave_{number} ANTI JOIN (FROM doubles WHERE wave = {number}) USING (post_id)) w "
        "LEFT JOIN filled ON filled.post_id = w.post_id"
    )


def _given(connection: Any, corpus: Corpus, view: str) -> None:
    import pyarrow as pa

    from .._posts import arrow_schema, typed

    if isinstance(corpus.source, Path):
        files = [str(file) for file in sorted((corpus.source / "parts").glob("*.parquet"))]
        connection.from_parquet(files).create_view(view)
        return
    table = pa.Table.from_pandas(typed(corpus.source), schema=arrow_schema(), preserve_index=False)
    connection.register(view, table)


def _table(batch: Any) -> Any:
    import pyarrow as pa

    return pa.Table.from_batches([batch])


def _stacked(tables: Sequence[pd.DataFrame | None]) -> pd.DataFrame | None:
    there = [table for table in tables if table is not None]
    if there and "is_automated" in there[0]:
        return _accounts.settled(there)
    return pd.concat(there, ignore_index=True).drop_duplicates(ignore_index=True) if there else None


def _ledger(corpora: Sequence[Corpus], *, n_twice: int, around: Sequence[Loss]) -> pd.DataFrame:
    """Put the ledgers one after the other, each line under the name of its export."""
    lines = [corpus.losses.assign(what=f"{corpus.name}: " + corpus.losses["what"]) for corpus in corpora]
    whole = [{"what": _TWICE, "n": n_twice, "where": "", "mend": MEND_LATEST}] if n_twice else []
    whole += [{"what": loss.what, "n": loss.n, "where": "", "mend": loss.mend} for loss in around if loss.n]
    n_kept = sum(len(corpus) for corpus in corpora) - n_twice
    whole.append({"what": KEPT, "n": n_kept, "where": "", "mend": ""})
    return pd.concat([*lines, _parts.ledger(whole)], ignore_index=True)

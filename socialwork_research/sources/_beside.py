"""What an export tells beside its posts: the accounts, and who follows whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from ..errors import SchemaError
from . import _accounts, _tabular
from ._ledger import Chunk, Loss
from ._staging import Hasher

COLUMNS = {"accounts": _accounts.COLUMNS, "follows": ("source", "target", "platform")}
_IDS = {"accounts": ("author_id",), "follows": ("source", "target")}
_OPTIONAL = ("profile", "is_automated")
_POSTS = "posts"


def found(file: Path) -> dict[str, Path]:
    """Return the tables of accounts and follows that lie beside a table called ``posts``, by what they are."""
    if file.stem != _POSTS:
        return {}
    beside = {what: file.with_name(f"{what}{file.suffix}") for what in COLUMNS}
    return {what: path for what, path in beside.items() if path.is_file()}


def chunks(beside: dict[str, Path]) -> Iterator[Chunk]:
    """Give the rows of these tables; rows that lack an id or a platform are refused and counted."""
    for what, path in beside.items():
        how = _tabular.layout(path)
        needed = [name for name in COLUMNS[what] if name not in _OPTIONAL]
        lacking = [name for name in needed if how is None or name not in how.columns]
        if how is None or lacking:
            raise SchemaError(
                f"{path.name} lies beside the posts and lacks the column {' and '.join(lacking)}. Mend: add it, or "
                "rename the file."
            )
        wanted = [name for name in COLUMNS[what] if name in how.columns]
        for part in _tabular.cells(path, how, only=wanted):
            rows = part.rows[wanted].astype("str").where(part.rows[wanted].notna() & part.rows[wanted].ne(""))
            lacks = rows[needed].isna().any(axis=1)
            places = tuple(int(number) for number in part.rows.loc[lacks, "\0row"][:5])
            mend = f"a row needs {', '.join(needed)}"
            losses = (
                Loss(f"{what} read", int((~lacks).sum()), file=path.name),
                Loss(f"{what} refused: a value is missing", int(lacks.sum()), places, mend, path.name),
            )
            yield Chunk(pd.DataFrame(), losses, beside={what: rows[~lacks]})


def hashed(parts: Iterable[Mapping[str, pd.DataFrame]], *, hasher: Hasher) -> dict[str, pd.DataFrame]:
    """Put the rows together, each once, with ids hashed as those of the posts are."""
    several: dict[str, list[pd.DataFrame]] = {}
    for part in parts:
        for what, table in part.items():
            several.setdefault(what, []).append(table.reindex(columns=COLUMNS[what]))
    whole = {}
    for what, tables in several.items():
        table = pd.concat(tables, ignore_index=True).astype("str").drop_duplicates(ignore_index=True)
        if "is_automated" in table:
            table = _accounts.settled([table.assign(is_automated=_accounts.flags(table["is_automated"]))])
        ids = {name: hasher(table[name], table["platform"], namespace="author") for name in _IDS[what]}
        whole[what] = table.assign(**ids).sort_values([*_IDS[what], "platform"], ignore_index=True)
    return whole

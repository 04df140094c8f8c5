"""4CAT: the CSV tables that it gives for each of its data sources, and its NDJSON of posts seen by Zeeschuimer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import (
    _assemble,
    _fields,
    _fourcat_families,
    _fourcat_rows,
    _invented,
    _lines,
    _paths,
    _rounded,
    _sheets,
    _tabular,
    _workbook,
    _zeeschuimer_rows,
)
from ._about import About
from ._archive import unfolded
from ._ledger import Chunk, Loss

__all__ = ["detect", "read"]

ABOUT = About(
    how=(
        "The CSV or NDJSON of a 4CAT data set. 4CAT has no Mastodon, and no Reddit since June 2025; its data sets of X"
        " (API v2) need an API of one's own."
    ),
    terms="those of the place the posts are from: not read here",
    lacks=(
        "A count of 0 may mean missing: look for the column missing_fields. Pseudonyms differ from export to export, "
        "so two cannot be joined. Some sources tell who is answered by name only. Names stay in the text."
    ),
    tested_on="untested on real exports: columns from 4CAT's source",
)

_ON_X = {
    "is_deleted": "deleted posts are absent",
    "author_state": "posts of deleted accounts are absent",
    "community": "hashtags and chats are no places",
    "text": "links in it are the platform's short ones",
    "accounts": "accounts are not listed",
    "follows": "who follows whom is not told",
}
_IN_TABLE = {
    "reply_to": "only the thread and whom a post answers are told",
    "author_profile": "the table has no profiles",
}
_OF_PAGES = {"mentions": "names of accounts that are gone are not told apart from words"}
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "reddit": {
        "edited_at": "edits are not told",
        "lang": "no language is told",
        "links": "only those of a post that is itself a link",
        "mentions": "names are not told apart from words",
        "n_likes": "a score is always written, 1 where none was known",
        "tags": "a comment has no flair of its own",
        "accounts": "accounts are not listed",
        "follows": "who follows whom is not told",
    },
    "x": {**_ON_X, **_IN_TABLE, "mentions": "told as a set, without their order"},
    "x_import": {**_ON_X, **_IN_TABLE, **_OF_PAGES},
    "x_ndjson": {**_ON_X, **_OF_PAGES},
}

PLATFORM = "unstated"  # no row goes without its family's platform
UNTESTED = "from documentation, untested on real exports"
_SUFFIXES = (".csv", ".ndjson", *_workbook.SUFFIXES)
_HINT = "sources.table.read(path, columns={'author_id': ..., 'created_at': ..., 'text': ...}) reads any table"


def detect(path: str | Path) -> bool:
    """Tell whether a file, or a file in a folder, is a table of 4CAT, by its header, or its NDJSON, by its first object.

    Parameters
    ----------
    path
        The file or folder.

    Returns
    -------
    Whether it is.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    return any(_is_known(file) for file in _files(Path(path)))


@traced
@unfolded
def read(
    path: str | Path,
    *,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    zone: str | None = None,
) -> Corpus:
    r"""Read tables of 4CAT: its own, those of Zeeschuimer, and those of people who uploaded a table to it.

    The readers of all families follow 4CAT's source, as no real export was at hand: look at the ledger and at a few
    posts before you trust one.

    Parameters
    ----------
    path
        A CSV of 4CAT or a sheet that was made of one, an NDJSON of 4CAT that holds posts seen by Zeeschuimer, or a
        folder of such files.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the file's name.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    zone
        The zone of 4CAT's server, for old tables without ``unix_timestamp``; where 4CAT's source writes UTC, it is not
        needed.

    Returns
    -------
    The corpus; its ledger names the family of each file and the columns that were ignored. ``platform`` is that of
    the family: imageboard, reddit, telegram, x, bluesky, gab, truthsocial, threads, tiktok,
    instagram, facebook, douban, tumblr, vk, linkedin, xiaohongshu, douyin, imgur, 9gag, pinterest, youtube, or
    "unstated" for an upload. Columns that ``missing_fields`` names are missing, not zero. Reposts on X have no text
    and no counts. On imageboards the first ``>>`` of a post is what it replies to, else the thread's first post. The
    threads of Telegram follow from its replies; the chat is the ``community``. ``n_likes`` are favourites, reactions
    or upvotes; on Reddit the score.

    Raises
    ------
    SchemaError
        If there is no such file, or its header is none that 4CAT's source writes.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    Peeters, S. and Hagen, S. (2022). The 4CAT Capture and Analysis Toolkit: a modular tool for transparent and
    traceable social media research. Computational Communication Research 4(2), 571–589.
    https://doi.org/10.5117/CCR2022.2.007.HAGE

    4CAT's source, ``map_item`` of each folder in datasources/ at commit 227bead1 (2026-08-19), Reddit's before its
    removal in 482bc80a (2025-06-19). https://github.com/digitalmethodsinitiative/4cat

    Examples
    --------
    >>> import tempfile
    >>> header = "thread_id,id,timestamp,body,subject,author,subreddit,parent,score"
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "demo.csv")
    ...     _ = file.write_text(header + "\na1,a1,2021-05-04 09:00:00,Words,Title,x,demo,,3\n")
    ...     read(file).posts["platform"].item()
    'reddit'
    """
    files = [file for file in _files(_paths.existing(path)) if _is_known(file)]
    if not files:
        raise SchemaError(
            f"{Path(path).name}: no header here is one that 4CAT's source writes ({_known()}). Mend: {_HINT}."
        )
    return _assemble.assemble(
        _chunks(files),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=zone,
        invented=_invented.recognised(files),
    )


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        return []
    inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    return [file for file in inside if file.suffix.casefold() in _SUFFIXES]


def _is_known(file: Path) -> bool:
    if _zeeschuimer_rows.form(file) == "4cat":
        return True
    how = _table(file)
    return how is not None and _fourcat_families.recognised(how.columns) is not None


def _table(file: Path) -> _tabular.Layout | None:
    if not file.is_file() or file.suffix.casefold() not in (".csv", *_workbook.SUFFIXES):
        return None
    if _workbook.kind(file) is None and not _may_be(_lines.head(file)):
        return None
    how = _tabular.layout(file, knows=lambda columns: _fourcat_families.recognised(columns) is not None)
    return how if how is not None and how.kind in ("delimited", "sheet") else None


def _may_be(head: bytes) -> bool:
    """Tell whether the beginning of a file names the two columns that every table of 4CAT has, in any encoding."""
    plain = head.replace(b"\0", b"")
    return b"id" in plain and b"body" in plain


def _known() -> str:
    return ", ".join(family.name for family in _fourcat_families.FAMILIES)


def _chunks(files: list[Path]) -> Iterator[Chunk]:
    for file in files:
        how = _table(file)
        family = _fourcat_families.recognised(how.columns) if how is not None else None
        if how is None or family is None:
            yield Chunk(pd.DataFrame(), (Loss(f"read as 4CAT's NDJSON: {UNTESTED}", 1, mend=_HINT, file=file.name),))
            yield from _zeeschuimer_rows.chunks(file)
        else:
            yield from _rows(file, how, family)


def _rows(file: Path, how: _tabular.Layout, family: _fourcat_families.Family) -> Iterator[Chunk]:
    wanted = _wanted(how, family)
    twice = [name for name in wanted if how.columns.count(name) > 1]
    if twice:
        raise SchemaError(f"{file.name}: two columns are called {twice[0]!r}. Mend: rename one of them.")
    yield Chunk(pd.DataFrame(), _shown(file, how, family, used=wanted))
    for chunk in _tabular.cells(file, how, only=wanted):
        rows, losses = _fourcat_rows.laid_out(chunk.rows, family, how.columns)
        rows, rounded = _rounded.taken_out(rows, file=file.name)
        yield Chunk(rows, (*chunk.losses, *losses, *rounded))


def _wanted(how: _tabular.Layout, family: _fourcat_families.Family) -> list[str]:
    """Return the columns of the file that are read."""
    used = [column for columns in family.places(how.columns).values() for column in columns]
    media = [column for columns in _fourcat_families.MEDIA.values() for column in columns]
    more = [column for column in (*media, "missing_fields") if column in how.columns]
    return list(dict.fromkeys([*used, *more]))


def _shown(file: Path, how: _tabular.Layout, family: _fourcat_families.Family, *, used: list[str]) -> tuple[Loss, ...]:
    lines = [Loss(f"read as 4CAT's table of {family.name}: {UNTESTED}", 1, mend=_HINT, file=file.name)]
    ignored = [column for column in how.columns if column not in used]
    lines += _fields.ignored_columns(ignored, file=file.name, mend=_HINT)
    if family.note:
        lines.append(Loss(f"times of {family.name} are not exact", 1, mend=family.note, file=file.name))
    if how.encoding in ("cp1252", "latin-1"):
        mend = "the file is not UTF-8, which 4CAT writes: another program has saved it; look for odd letters"
        lines.append(Loss(f"encoding taken as {how.encoding}", 1, mend=mend, file=file.name))
    if how.sheet is not None:
        lines += _sheets.told(how.sheet, file=file.name)
    return tuple(lines)

"""Zeeschuimer: the NDJSON of posts that a browser was shown, one line for each showing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _invented, _paths, _zeeschuimer_rows
from ._about import About
from ._archive import unfolded
from ._ledger import Chunk, Loss

__all__ = ["detect", "read"]

ABOUT = About(
    how="The NDJSON that the browser extension Zeeschuimer gives of what one logged-in person was shown.",
    terms="those of the place the posts are from: not read here",
    lacks=(
        "It is no sample of a platform. The time is that of collecting unless the platform's own object has one. The "
        "same item comes again after each step, with other counts. Every platform has its own objects, which change."
    ),
    tested_on="untested on real exports: from the source of the extension",
)

CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "x": {
        "is_deleted": "deleted posts are absent",
        "community": "hashtags and chats are no places",
        "text": "links in it are the platform's short ones",
        "author_state": "posts of deleted accounts are absent",
        "mentions": "names of accounts that are gone are not told apart from words",
        "accounts": "only authors, beside their posts",
        "follows": "who follows whom is not told",
    }
}

PLATFORM = "unstated"  # no row goes without its module's platform
UNTESTED = "from documentation, untested on real exports"
_SUFFIXES = (".ndjson", ".jsonl", ".json")


def detect(path: str | Path) -> bool:
    """Tell whether a file, or a file in a folder, is an NDJSON of Zeeschuimer, by its first object.

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
    return bool(_files(Path(path)))


@traced
@unfolded
def read(
    path: str | Path, *, key: Key | None = None, name: str | None = None, folder: str | Path | None = None
) -> Corpus:
    """Read what Zeeschuimer laid by of X, TikTok and its comments, Instagram, Threads, Truth Social, Gab and others.

    No real export was at hand: the readers follow Zeeschuimer's and 4CAT's source, and the objects are the platforms'
    own, which change without notice. Look at the ledger and at a few posts before you trust one.

    Parameters
    ----------
    path
        A file ``zeeschuimer-export-….ndjson``, or a folder of such files.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the file's name.
    folder
        A new folder to write the corpus to; None keeps it in memory.

    Returns
    -------
    The corpus: of each post its latest showing, with ``fetched_at`` for when that was. It is what one person was
    shown, so no sample of a platform; that person's browser and the pages they were on are not kept. ``platform`` is
    x, tiktok, instagram, threads, truthsocial, gab, 9gag, imgur or xiaohongshu (comments). Advertisements are
    refused. Reposts on X have ``repost_of`` and no text; the post repeated is not made a post of its own. Posts of
    Threads have no parents, as their place in a conversation is not documented.

    Raises
    ------
    SchemaError
        If there is no such file, or it holds only what an unknown module laid by.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    Peeters, S. Zeeschuimer, modules/ and js/zs-background.js at commit ffa27814 (2026-06-30).
    https://github.com/digitalmethodsinitiative/zeeschuimer

    4CAT's source, ``map_item`` of each folder in datasources/ at commit 227bead1 (2026-08-19).
    https://github.com/digitalmethodsinitiative/4cat

    Examples
    --------
    >>> import json, tempfile
    >>> post = {"id": "1", "desc": "Hello", "createTime": 1700000000, "author": {"id": "7", "uniqueId": "x"}}
    >>> line = {"nav_index": "1:1:0", "item_id": "1", "source_platform": "tiktok.com", "data": post}
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "zeeschuimer-export.ndjson")
    ...     _ = file.write_text(json.dumps(line))
    ...     read(file).posts["text"].item()
    'Hello'
    """
    files = _files(_paths.existing(path))
    if not files:
        raise SchemaError(
            f"{Path(path).name}: no line here is one of Zeeschuimer, with source_platform, item_id and data. Mend: if "
            "it is a table of posts, sources.table.read(path, columns={'author_id': ...}) reads CSV and JSON lines."
        )
    return _assemble.assemble(
        _chunks(files),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=None,
        invented=_invented.recognised(files),
        unit="line",
    )


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path] if _zeeschuimer_rows.form(path) == "zeeschuimer" else []
    if not path.is_dir():
        return []
    inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    return [
        file for file in inside if file.suffix.casefold() in _SUFFIXES and _zeeschuimer_rows.form(file) == "zeeschuimer"
    ]


def _chunks(files: list[Path]) -> Iterator[Chunk]:
    for file in files:
        mend = "look at the ledger and at a few posts; sources.table.read(path, columns={...}) reads a CSV of the same"
        yield Chunk(pd.DataFrame(), (Loss(f"read as Zeeschuimer's lines: {UNTESTED}", 1, mend=mend, file=file.name),))
        yield from _zeeschuimer_rows.chunks(file)

"""Bluesky: answers of its interface (threads, feeds, searches), records of AT repositories, and events of Jetstream."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _bluesky_entries, _bluesky_rows, _documents, _fields, _invented, _paths
from ._about import About
from ._archive import unfolded
from ._ledger import Chunk, Loss, refused

__all__ = ["detect", "read"]

ABOUT = About(
    how="Answers of the API (getPostThread, getAuthorFeed, getFeed, searchPosts), or the raw records of a repository.",
    lacks=(
        "Posts that are gone or blocked leave an address or nothing. Times are claimed by the client and may lie. "
        "Threads are cut at a depth: compare the count of replies with those there. Raw records have neither author "
        "nor counts. There are no edits."
    ),
    tested_on="real files of atrrr, granary and dataedu; posts that are gone or blocked were not among them",
)
_NOT_FOUND = "what is gone is not found"
_OF_POSTS = {
    "author_profile": "what an account says of itself stands in its profile alone",
    "author_state": _NOT_FOUND,
    "community": "posts stand in no community",
    "is_deleted": _NOT_FOUND,
    "reply_to_author": "the address of a post names its account, so who wrote what is gone cannot be left untold",
}
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "thread": {
        **_OF_POSTS,
        "accounts": "accounts stand in their posts alone",
        "follows": "follows are asked for apart",
    },
    "records": {**_OF_POSTS, "n_likes": "likes are records of those who like"},
}

PLATFORM = "bluesky"
_ROWS = 20_000
_MEND = "only posts, reposts, follows and profiles are read, and only where they are still there"


def detect(path: str | Path) -> bool:
    """Tell whether a file, or one of a folder, holds posts or records of Bluesky.

    Parameters
    ----------
    path
        The file or folder.

    Returns
    -------
    Whether its first entry is a post, a thread, a record or an event of Bluesky.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    return bool(_documents.files(Path(path), are=_is_bluesky))


@traced
@unfolded
def read(
    path: str | Path,
    *,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    with_shown: bool = False,
) -> Corpus:
    """Read posts as Bluesky's interface gives them, or the records of repositories.

    Parameters
    ----------
    path
        A file, or a folder of files: answers of getPostThread, getAuthorFeed, getFeed, getTimeline, searchPosts,
        getPosts or listRecords, posts or records by themselves, or Jetstream events; one JSON document, or one
        object a line.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the file's name.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    with_shown
        Keep posts that are shown inside others, too: those they quote, and in feeds those they answer. Else they are
        left out and counted.

    Returns
    -------
    The corpus. Accounts are their did, which the address of a post begins with: so ``reply_to_author`` is known where
    the parent is not there. ``created_at`` is the time that the author's program claims, or, where the server saw the
    post earlier, or the claim cannot be read, the server's. ``thread_id`` is the root that the post names. A repost
    is a post of kind "repost" without text and counts, and the reposted post stands beside it. ``lang`` is the first
    of several languages. ``media`` tells kinds, "photo" and "video", one for each. Counts are missing in records. A
    post cannot be edited. Links to Bluesky itself are cut to their host. Follows and profiles among the records are
    the corpus' follows and accounts. listRecords, thread items of the second version and Jetstream are read from
    documentation, untested on real exports.

    Raises
    ------
    SchemaError
        If there is no such file, it is empty, damaged, cut short, or holds nothing of Bluesky.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    Bluesky, lexicons app.bsky.feed.defs (commit 027898ad) and app.bsky.feed.post (commit 0600bf11).
    https://github.com/bluesky-social/atproto/tree/main/lexicons/app/bsky/feed

    Examples
    --------
    >>> import tempfile
    >>> post = '''{"uri": "at://did:plc:x/app.bsky.feed.post/1", "author": {"did": "did:plc:x", "handle": "x.example"},
    ...     "record": {"$type": "app.bsky.feed.post", "text": "Hello", "createdAt": "2024-05-01T10:00:00.000Z"}}'''
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "search.json")
    ...     _ = file.write_text(f'{{"posts": [{post}]}}')
    ...     read(file).posts["text"].item()
    'Hello'
    """
    given = _paths.existing(path)
    files = _documents.files(given, are=_is_bluesky)
    if not files:
        raise SchemaError(
            f"{given.name}: no post or record of Bluesky lies here. Mend: give answers of getPostThread, getAuthorFeed, "
            "searchPosts and the like, unpacked; for a table of posts sources.table.read(path, columns={...})."
        )
    return _assemble.assemble(
        _chunks(files, with_shown=with_shown),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=None,
        invented=_invented.recognised(files),
        unit="line" if all(_documents.are_lines(file) for file in files) else "entry",
    )


def _is_bluesky(value: Any) -> bool:
    """Tell by the first entry: an address at://, or a type of Bluesky's; `value` may be cut off within it."""
    for _ in range(8):
        if type(value) is list:
            value = value[0] if value else None
        if type(value) is not dict:
            return False
        kind, uri = str(value.get("$type", "")), str(value.get("uri", ""))
        if kind.startswith("app.bsky.") or (uri.startswith("at://") and "/app.bsky." in uri):
            return True
        if "time_us" in value and str(value.get("did", "")).startswith("did:"):
            return type(value.get("commit")) is dict or value.get("kind") in ("identity", "account", "commit")
        value = next((value[name] for name in ("thread", "feed", "posts", "records", "post") if name in value), None)
    return False


def _chunks(files: list[Path], *, with_shown: bool) -> Iterator[Chunk]:
    expand = partial(_bluesky_entries.entries, with_shown=with_shown)
    for file in files:
        for found, losses in _documents.entries(file, expand=expand, size=_ROWS):
            yield _chunk(found, losses, file=file.name)


def _chunk(found: list[tuple[int, _bluesky_entries.Entry]], losses: list[Loss], *, file: str) -> Chunk:
    good: list[tuple[int, _bluesky_entries.Entry]] = []
    beside: list[tuple[int, _bluesky_entries.Entry]] = []
    out: dict[str, list[int]] = defaultdict(list)
    apart: Counter[str] = Counter()
    for number, entry in found:
        if entry.what in ("post", "repost"):
            good.append((number, entry))
            apart[entry.inside] += 1
        elif entry.what == "refused":
            out[entry.why].append(number)
        else:
            apart[entry.what] += entry.n
            if entry.what in ("follow", "profile"):
                beside.append((number, entry))
    losses += [refused(why, out[why], mend=_MEND, file=file) for why in sorted(out)]
    views = [entry.view for _, entry in good]
    unread = _fields.unread(views, known=_bluesky_rows.KNOWN_VIEW)
    unread += _fields.unread((_fields.mapping(view.get("record")) for view in views), known=_bluesky_rows.KNOWN_RECORD)
    losses += [
        _documents.all_read(len(good), losses, file=file),
        *_fields.ignored(unread, file=file),
        *_notes(apart, file=file),
    ]
    rows = pd.DataFrame([_bluesky_rows.row(*each) for each in good], columns=_bluesky_rows.COLUMNS).assign(file=file)
    rows, more = _bluesky_rows.timed(rows)
    return Chunk(rows, (*losses, *more), beside=_beside(entry for _, entry in beside))


def _notes(apart: Counter[str], *, file: str) -> Iterator[Loss]:
    mend = "kept as posts of their own, as a repost has no text"
    yield Loss("reposted posts shown beside reposts", apart["reposted"], mend=mend, file=file)
    mend = "kept as posts of their own, as with_shown=True says"
    yield Loss("posts shown inside others", apart["shown"], mend=mend, file=file)
    mend = "kept; compare some posts with the export by eye, and report what differs"
    what = "records and events read from documentation, untested on real exports"
    yield Loss(what, apart[_bluesky_entries.UNTESTED], mend=mend, file=file)
    mend = "sources.bluesky.read(..., with_shown=True) keeps them"
    yield Loss("posts shown inside others, left out", apart["left out"], mend=mend, file=file)
    mend = "the thread counts them, but they are hidden, deleted or beyond its depth: ask for the thread below"
    yield Loss("replies counted but not shown", apart["cut"], mend=mend, file=file)
    yield Loss("follows listed", apart["follow"], file=file)
    yield Loss("accounts listed", apart["profile"], file=file)


def _beside(found: Iterator[_bluesky_entries.Entry]) -> dict[str, pd.DataFrame]:
    """Lay out the follows and profiles among records; follows of nobody are left away."""
    follows, accounts = [], []
    for entry in found:
        record, account = _fields.mapping(entry.view.get("record")), _bluesky_entries.author(entry.view)
        if entry.what == "profile":
            accounts.append((account, PLATFORM, _fields.word(record.get("description"))))
        elif followed := _fields.identity(record.get("subject")):
            follows.append((account, followed, PLATFORM))
    tables = {
        "accounts": pd.DataFrame(accounts, columns=["author_id", "platform", "profile"]),
        "follows": pd.DataFrame(follows, columns=["source", "target", "platform"]),
    }
    return {name: table for name, table in tables.items() if len(table)}

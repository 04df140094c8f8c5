"""Reddit: Arctic Shift and Pushshift dumps, one JSON object a line, plain or ``.zst``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _invented, _lines, _paths
from ._about import About
from ._ledger import Chunk
from ._links import without_ids

__all__ = ["detect", "read"]

ABOUT = About(
    how=(
        "Nothing is collected here. Arctic Shift and Pushshift files (RS_ posts, RC_ comments, one JSON object a line)"
        " that are lawfully held. Pushshift's own service is closed."
    ),
    terms=(
        "not read here: no address kept. Reddit's policy of 2024 was seen to ask that deletions be respected and to "
        "forbid using content to identify or surveil users"
    ),
    lacks=(
        "Archives have gaps, which is a strong risk for user histories and networks (Gaffney and Matias 2018). What "
        "was deleted after the archive's second look still stands in it: _meta tells of it from November 2023 only."
    ),
    tested_on="untested on a real dump: from schemas of Arctic Shift",
)

PLATFORM = "reddit"
_SUFFIXES = (".zst", ".ndjson", ".jsonl", ".json", "")
_ROWS = 50_000
_GONE = ("[deleted]", "[removed]", "[removed by reddit]", "[ removed by reddit ]", "[deleted by user]")
_NAMED = re.compile(r"(?<![\w/])/?u/([A-Za-z0-9_-]{3,20})")
_OWN_HOSTS = ("reddit.com", "redd.it")
_TOLD_GONE = ("was_deleted_later", "was_initially_deleted", "removal_type")
_BIG = 2**53
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def detect(path: str | Path) -> bool:
    """Tell whether a file, or a folder with ``RS_*`` and ``RC_*`` files, holds Reddit posts or comments.

    Parameters
    ----------
    path
        The file or folder.

    Returns
    -------
    Whether its first object is a post or comment of Reddit.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    return any(_is_reddit(file) for file in _files(Path(path)))


@traced
def read(
    path: str | Path,
    *,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    allow_truncated: bool = False,
) -> Corpus:
    """Read Reddit posts (``RS``) and comments (``RC``) from Arctic Shift or Pushshift files of any year.

    Parameters
    ----------
    path
        A file, plain or ``.zst``, or a folder of such files.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the file's name.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    allow_truncated
        Take a ``.zst`` that ends too early as far as it goes; the ledger says so.

    Returns
    -------
    The corpus. Threads are a post with its comments; ``author_id`` stands for the account id, or for the name where
    the dump has no id and the pair was met nowhere. ``[deleted]`` authors are missing with ``author_state``
    "deleted". A post that was removed or deleted, also later by the archive's second look, is ``is_deleted`` and has
    no text, though the dump may still hold it. ``n_edits`` is 1 for any number of edits, as the dump tells no more.
    ``n_likes`` is the score. Links to Reddit itself are cut to their host.

    Raises
    ------
    SchemaError
        If there is no such file, it is empty, damaged, cut short, or holds nothing of Reddit.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    Baumgartner, J., Zannettou, S., Keegan, B., Squire, M. and Blackburn, J. (2020). The Pushshift Reddit dataset.
    ICWSM 14, 830–839. https://doi.org/10.1609/icwsm.v14i1.7347

    Examples
    --------
    >>> import tempfile
    >>> line = '{"id": "a1", "subreddit": "demo", "author": "x", "created_utc": 1700000000, "title": "Hello"}'
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "RS_2023-11.ndjson")
    ...     _ = file.write_text(line)
    ...     len(read(file))
    1
    """
    files = _files(_paths.existing(path))
    if not files:
        raise SchemaError(f"{Path(path).name}: no file of Reddit posts (RS_*) or comments (RC_*) lies here.")
    return _assemble.assemble(
        _chunks(files, allow_truncated=allow_truncated),
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
        return [path]
    if not path.is_dir():
        return []
    inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    return [file for file in inside if file.suffix in _SUFFIXES and _is_reddit(file)]


def _is_reddit(file: Path) -> bool:
    for line in _lines.head(file).split(b"\n")[:20]:
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if isinstance(value, dict) and "subreddit" in value:
            return "author" in value and ("body" in value or "title" in value or "selftext" in value)
    return False


def _chunks(files: list[Path], *, allow_truncated: bool) -> Iterator[Chunk]:
    for file in files:
        for good, losses in _lines.batched(file, size=_ROWS, allow_truncated=allow_truncated):
            yield Chunk(_rows(good, file=file.name), tuple(losses))


def _rows(good: _lines.Objects, *, file: str) -> pd.DataFrame:
    rows = pd.DataFrame([_row(number, post) for number, post in good], columns=_COLUMNS)
    return rows.assign(file=file)


_COLUMNS = [
    "row", "post_id", "kind", "thread_id", "reply_to", "repost_of", "author_id", "author_handle", "author_state",
    "created_at", "edited_at", "n_edits", "fetched_at", "community", "title", "text", "is_deleted", "author_profile",
    "tags", "mentions", "links", "n_likes",
]  # fmt: skip


def _row(number: int, post: dict[str, Any]) -> tuple[Any, ...]:
    """Lay one object out in the order of `_COLUMNS`."""
    is_comment = "body" in post and "title" not in post
    own = _full_name(post.get("id"), "t1" if is_comment else "t3")
    thread = _full_name(post.get("link_id"), "t3") if is_comment else own
    handle = _word(post.get("author"))
    account = _word(post.get("author_fullname"))
    author_state = None
    if handle is not None and handle.casefold() == "[deleted]":
        handle, account, author_state = None, None, "deleted"
    text, is_gone = _text(post, is_comment=is_comment)
    edited = post.get("edited")
    is_edited = bool(edited)
    return (
        number,
        own,
        "comment" if is_comment else "post",
        thread,
        _parent(post, thread) if is_comment else None,
        None if is_comment else _full_name(post.get("crosspost_parent"), "t3"),
        account,
        handle,
        author_state,
        post.get("created_utc", post.get("created")),
        edited if is_edited and edited is not True else None,
        int(is_edited) if edited is not None else None,
        post.get("retrieved_on", post.get("retrieved_utc")),
        _word(post.get("subreddit")),
        None if _is_told_gone(post) else _word(post.get("title")),
        text,
        is_gone,
        _word(post.get("author_flair_text")),
        None if is_comment else [post["link_flair_text"]] if _word(post.get("link_flair_text")) else [],
        _NAMED.findall(text) if text and "u/" in text else [],
        None if is_comment else _links(post),
        _number(post.get("score")),
    )


def _text(post: dict[str, Any], *, is_comment: bool) -> tuple[str | None, bool]:
    """Return the text, and whether the post is gone: removed, deleted, or deleted by the archive's second look."""
    text = post.get("body" if is_comment else "selftext")
    if not isinstance(text, str):
        return None, _is_told_gone(post)
    is_gone = text.strip().casefold() in _GONE or _is_told_gone(post)
    return (None if is_gone else text), is_gone


def _is_told_gone(post: dict[str, Any]) -> bool:
    meta = post.get("_meta")
    return isinstance(meta, dict) and any(meta.get(name) for name in _TOLD_GONE)


def _parent(post: dict[str, Any], thread: str | None) -> str | None:
    parent = post.get("parent_id")
    if isinstance(parent, int) and not isinstance(parent, bool):
        letters = _base36(parent)
        return thread if thread == f"t3_{letters}" else f"t1_{letters}"
    return _full_name(parent, "t1") or thread


def _full_name(value: Any, kind: str) -> str | None:
    """Return an id with its kind in front ("t1_…" a comment, "t3_…" a post), from letters or their number."""
    if type(value) is str:
        if value[2:3] == "_" and value[0] == "t":
            return value
        return f"{kind}_{value.strip()}" if value.strip() else None
    return f"{kind}_{_base36(value)}" if type(value) is int else None


def _base36(number: int) -> str:
    letters = ""
    number = abs(number)
    while number:
        number, digit = divmod(number, 36)
        letters = _DIGITS[digit] + letters
    return letters or "0"


def _word(value: Any) -> str | None:
    return (value.strip() or None) if type(value) is str else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _BIG else None


def _links(post: dict[str, Any]) -> list[str] | None:
    url = post.get("url")
    if not isinstance(url, str):
        return None
    return [] if post.get("is_self") is True else without_ids([url], own=_OWN_HOSTS)

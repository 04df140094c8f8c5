"""YouTube comments: pages of ``commentThreads.list`` and ``comments.list`` of the YouTube Data API v3."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _invented, _json_pages, _lines, _paths, _youtube_text
from ._about import About
from ._archive import unfolded
from ._gathered import gathered
from ._ledger import READ, Chunk, Loss, refused

__all__ = ["detect", "read"]

ABOUT = About(
    how=(
        "Answers of the YouTube Data API v3 (commentThreads.list; full lists of replies by comments.list), as saved by"
        " a client."
    ),
    lacks=(
        "The replies inside a thread are a subset: compare with totalReplyCount. There is one level of replies only. "
        "Removed comments are absent. The video itself is not in the file."
    ),
    tested_on="real answers kept by phoenix and a clone of YouTube's page: 114 threads",
)
_ONE_LEVEL = "there is one level of replies"
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "comment_threads": {
        "accounts": "accounts stand in their comments alone",
        "author_profile": "what a channel says of itself is asked for apart",
        "author_state": "an account that is gone takes its comments along",
        "community": "channels are accounts",
        "is_deleted": "what is deleted is in no answer",
        "lang": "no language is told",
        "reply_to": _ONE_LEVEL,
        "reply_to_author": _ONE_LEVEL,
    }
}

PLATFORM = "youtube"
_MARKS = re.compile(rb'"kind"\s*:\s*"youtube#comment|"topLevelComment"\s*:\s*\{|"textDisplay"\s*:\s*"')
_USED = frozenset(
    "videoId channelId parentId textDisplay textOriginal authorDisplayName authorChannelUrl authorChannelId likeCount "
    "publishedAt updatedAt moderationStatus imageUrl".split()
)
_ASK = "ask commentThreads.list and comments.list for the part snippet"
_SHOWN = "published"
_LIST = "youtube#commentListResponse"
_UNTESTED = "pages of comments.list: from documentation, untested on real exports"


def detect(path: str | Path) -> bool:
    """Tell whether a file, or a folder with such files, holds comments as the YouTube Data API gives them.

    Parameters
    ----------
    path
        The file or folder.

    Returns
    -------
    Whether it does.

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
    """Read YouTube comments and their replies from answers of the YouTube Data API v3.

    Parameters
    ----------
    path
        A page of ``commentThreads.list`` or ``comments.list``, a list of such pages or of their items, pages or items
        one a line, or a folder of such files.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the name of the folder or file.
    folder
        A new folder to write the corpus to; None keeps it in memory.

    Returns
    -------
    The corpus. Every row is a comment. A thread is a video: top-level comments have the video as parent, which the
    answers do not hold, and its channel as the account they answer; replies have their top-level comment as parent.
    There is one level only, so who answers whom below it is at best told by ``mentions`` (``@names`` in the text).
    Comments on a channel, and replies from ``comments.list`` whose video is told nowhere, are threads by their
    top-level comment. ``author_id`` stands for the channel of the author; names without ``@`` identify nobody. An
    author without channel is missing with ``author_state`` "unknown". ``community`` is missing, as channels are
    accounts. ``n_edits`` is 1 for any number of edits, as the answer tells no more. ``text`` is the original where it
    is given, else what the display says. Links to YouTube are cut to their host. Comments that are not published
    (held, spam, rejected) are refused by their state. Removed comments are in no answer. Pages of ``comments.list``
    and states are read from documentation, untested on real answers.

    Raises
    ------
    SchemaError
        If there is no page of comments, or the only file is damaged or cut short.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    Google (2025). YouTube Data API v3: Comments; CommentThreads.
    https://developers.google.com/youtube/v3/docs/comments,
    https://developers.google.com/youtube/v3/docs/commentThreads

    Examples
    --------
    >>> import tempfile
    >>> said = '{"textOriginal": "Well said", "publishedAt": "2024-05-01T09:00:00Z", "videoId": "v"}'
    >>> item = f'{{"kind": "youtube#comment", "id": "c", "snippet": {said}}}'
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "comments.json")
    ...     _ = file.write_text(f'{{"kind": "youtube#commentListResponse", "items": [{item}]}}')
    ...     read(file).posts["text"].item()
    'Well said'
    """
    files = _files(_paths.existing(path))
    if not files:
        raise SchemaError(
            f"{Path(path).name}: no page of YouTube comments lies here. Mend: {_ASK}; a table of comments is read by "
            "sources.table.read(path, columns={...})."
        )
    return _assemble.assemble(
        gathered(_chunks(files)),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=None,
        invented=_invented.recognised(files),
    )


def _files(path: Path) -> list[Path]:
    return [file for file in _json_pages.files(path) if _MARKS.search(_lines.head(file))]


def _chunks(files: list[Path]) -> Iterator[Chunk]:
    counts = _Counts()
    for file in files:
        laid = _File(file.name, counts)
        for values, losses in _json_pages.pages(file, is_alone=len(files) == 1):
            for value in values:
                laid.take(value)
            yield laid.chunk(tuple(losses))
    yield Chunk(pd.DataFrame(), (*counts.not_held(), _json_pages.ignored(counts.fields - _USED)))


class _Counts:
    """What all files tell together: how many replies threads have, which were met, the fields of comments."""

    def __init__(self) -> None:
        self.fields: set[str] = set()
        self.told: dict[str, tuple[int, str]] = {}  # by top-level comment: its replies and the file that tells them
        self.met: dict[str, set[str]] = defaultdict(set)  # by top-level comment: the ids of its replies

    def not_held(self) -> Iterator[Loss]:
        """Give a line a file for replies that their threads count and no file holds."""
        lacking: dict[str, int] = defaultdict(int)
        for top, (n, file) in self.told.items():
            lacking[file] += max(0, n - len(self.met.get(top, ())))
        mend = "commentThreads.list gives some replies only: fetch the others by comments.list with parentId"
        for file, n in lacking.items():
            yield Loss("replies not in the export", n, mend=mend, file=file)


class _File:
    """The comments of one file, numbered from 1, and what is to be said about them."""

    def __init__(self, name: str, counts: _Counts) -> None:
        self.name, self.counts, self.n = name, counts, 0
        self._begin()

    def _begin(self) -> None:
        self.rows: list[tuple[Any, ...]] = []
        self.refused: dict[str, list[int]] = defaultdict(list)
        self.start, self.n_lists = self.n, 0

    def take(self, value: Any) -> None:
        """Take a page, or an item of one."""
        if type(value) is dict and type(value.get("items")) is list:
            self.n_lists += value.get("kind") == _LIST
            for item in value["items"]:
                self._item(item)
        else:
            self._item(value)

    def _item(self, item: Any) -> None:
        snippet = _inside(item, "snippet")
        if type(item) is dict and "topLevelComment" in snippet:
            self._thread(item, snippet)
        else:
            self._comment(item, top=None, about={})

    def _thread(self, item: dict[str, Any], snippet: dict[str, Any]) -> None:
        top = snippet["topLevelComment"]
        own = _word(top.get("id")) if type(top) is dict else None
        own = own or _word(item.get("id"))
        if type(top) is dict:
            top = {**top, "id": own}
        self._comment(top, top=None, about=snippet)
        replies = _inside(item, "replies").get("comments")
        for reply in replies if type(replies) is list else []:
            self._comment(reply, top=own, about=snippet)
        n = _number(snippet.get("totalReplyCount"))
        if own and n:
            self.counts.told[own] = n, self.name

    def _comment(self, comment: Any, *, top: str | None, about: dict[str, Any]) -> None:
        """Lay out one comment, a reply to `top` if that is known, of a thread that `about` tells of."""
        self.n += 1
        snippet = _inside(comment, "snippet")
        state = snippet.get("moderationStatus", _SHOWN)
        if why := _why_not(comment, snippet):
            self.refused[why].append(self.n)
        elif state != _SHOWN:
            known = state if state in ("heldForReview", "likelySpam", "rejected") else "in a state unknown"
            self.refused[f"not published, {known}"].append(self.n)
        else:
            self.counts.fields.update(snippet)
            parent = _word(snippet.get("parentId")) or top
            own = _word(comment.get("id"))
            if parent and own:
                self.counts.met[parent].add(own)
            self.rows.append(_row(self.n, snippet, about, own=own, parent=parent))

    def chunk(self, losses: tuple[Loss, ...]) -> Chunk:
        """Give what was taken since the last chunk."""
        rows = pd.DataFrame(self.rows, columns=_COLUMNS).assign(file=self.name)
        lines = [Loss(READ, self.n - self.start, file=self.name), *losses]
        lines.append(Loss(_UNTESTED, self.n_lists, mend="look whether these comments came in whole", file=self.name))
        lines += [refused(why, rows, mend=_ASK, file=self.name) for why, rows in self.refused.items()]
        self._begin()
        return Chunk(rows, tuple(lines))


_COLUMNS = [
    "row", "post_id", "kind", "thread_id", "reply_to", "reply_to_author", "author_id", "author_handle", "created_at",
    "edited_at", "n_edits", "text", "tags", "mentions", "links", "media", "n_likes",
]  # fmt: skip


def _row(
    number: int, snippet: dict[str, Any], about: dict[str, Any], *, own: str | None, parent: str | None
) -> tuple[Any, ...]:
    """Lay one comment out in the order of `_COLUMNS`."""
    video = _word(snippet.get("videoId")) or _word(about.get("videoId"))
    channel = _word(snippet.get("channelId")) or _word(about.get("channelId"))
    said = _youtube_text.said(_text(snippet.get("textOriginal")), _text(snippet.get("textDisplay")))
    made, changed = snippet.get("publishedAt"), snippet.get("updatedAt")
    is_edited = changed != made
    account = snippet.get("authorChannelId")
    return (
        number,
        own,
        "comment",
        _video(video),
        parent or _video(video),
        channel if parent is None else None,
        _word(account.get("value")) if type(account) is dict else _word(account),
        _youtube_text.handle(_word(snippet.get("authorDisplayName")), _word(snippet.get("authorChannelUrl"))),
        made,
        changed if is_edited else None,
        int(is_edited) if made and changed else None,
        said.text,
        said.tags,
        said.mentions,
        said.links,
        ["photo"] if _word(snippet.get("imageUrl")) else None,
        _number(snippet.get("likeCount")),
    )


def _why_not(comment: Any, snippet: dict[str, Any]) -> str:
    if type(comment) is not dict:
        return "not an object"
    if "error" in comment and not snippet:
        return "the API answered with an error"
    kind = comment.get("kind", "youtube#comment")
    if kind != "youtube#comment":
        known = type(kind) is str and re.fullmatch(r"youtube#[A-Za-z]{1,40}", kind)
        return f"of kind {kind}, not a comment" if known else "not a comment"
    return "" if snippet else "a comment without its snippet"


def _video(video: str | None) -> str | None:
    """Return a video's id, told apart from the ids of comments."""
    return f"video-{video}" if video else None


def _inside(value: Any, name: str) -> dict[str, Any]:
    found = value.get(name) if type(value) is dict else None
    return found if type(found) is dict else {}


def _text(value: Any) -> str | None:
    return value if type(value) is str else None


def _word(value: Any) -> str | None:
    return (value.strip() or None) if type(value) is str else None


def _number(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value < 2**53 else None

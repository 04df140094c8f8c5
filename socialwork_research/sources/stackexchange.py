"""Stack Exchange: the data dump of one site, ``Posts.xml`` with ``Comments.xml`` and ``Users.xml``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _invented, _lines, _paths
from ._about import About
from ._archive import unfolded
from ._html import plain
from ._ledger import READ, Chunk, Loss, refused
from ._links import without_ids

__all__ = ["detect", "read"]

ABOUT = About(
    how="The data dump of one site: Posts.xml, Comments.xml, Users.xml.",
    lacks=(
        "Deleted posts are not in the dump, so a parent can point nowhere. Accounts that are gone leave at best a "
        "name. Who a comment answers shows only in an @name."
    ),
    tested_on="two real dumps (matheducators; history, meta)",
)
_UNDER_AN_ANSWER = "comments stand under an answer, not under each other"
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "dump": {
        "accounts": "accounts are listed for their names alone",
        "author_profile": "what an account says of itself is not read",
        "community": "a dump is of one site and does not name it",
        "is_deleted": "what is deleted is not dumped",
        "kind": "whoever answers a question gives an answer",
        "lang": "no language is told",
        "mentions": "names in questions and answers are words like others",
        "n_likes": "a score is always written, so that none was told is not",
        "reply_to": _UNDER_AN_ANSWER,
        "reply_to_author": _UNDER_AN_ANSWER,
        "tags": "a question must have tags, and nothing else can have some",
    }
}

PLATFORM = "stackexchange"
_ROOTS = {"posts": "Posts.xml", "comments": "Comments.xml", "users": "Users.xml"}
_ROWS = 20_000
_KINDS = {"1": "question", "2": "answer"}
_OTHER_TYPES = {  # kinds of pages after the dumps' own schema; none is a post of the conversation
    "3": "orphaned tag wiki",
    "4": "tag wiki excerpt",
    "5": "tag wiki",
    "6": "moderator nomination",
    "7": "empty wiki page",
    "8": "privilege wiki",
}
_ROOT = re.compile(rb"<(posts|comments|users)[\s>/]")
_NAMED = re.compile(r"(?<![\w@])@(\w[\w.-]*\w)")
_LINK = re.compile(r"https?://[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]")
_TAGS = re.compile(r"[^<>|]+")
_OWN_HOSTS = (
    "askubuntu.com",
    "mathoverflow.net",
    "serverfault.com",
    "stackapps.com",
    "stackexchange.com",
    "stackoverflow.com",
    "superuser.com",
)


def detect(path: str | Path) -> bool:
    """Tell whether a file is a ``Posts.xml`` of a Stack Exchange dump, or a folder holds one.

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
    return "posts" in _files(Path(path))


@traced
@unfolded
def read(
    path: str | Path, *, key: Key | None = None, name: str | None = None, folder: str | Path | None = None
) -> Corpus:
    """Read questions, answers and comments of one Stack Exchange site from its data dump.

    Parameters
    ----------
    path
        A ``Posts.xml``, which is then read alone; or the folder of a dump, whose ``Comments.xml`` and ``Users.xml``
        are read with it.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the name of the folder or file.
    folder
        A new folder to write the corpus to; None keeps it in memory.

    Returns
    -------
    The corpus. A thread is a question with its answers and their comments. Other types of post (tag wikis and the
    like) are refused by type. Times name no zone and are in UTC, as the dump's documentation says. Authors whose
    account is gone are missing with ``author_state`` "deleted". ``mentions`` are the ``@names`` of comments. Links
    within the network are cut to their host. Account ids count within one site: corpora of two sites must not be
    joined by author.

    Raises
    ------
    SchemaError
        If there is no ``Posts.xml``, or the XML is damaged or cut short.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    Stack Exchange (2009, edited since). Database schema documentation for the public data dump and SEDE. Meta Stack
    Exchange, question 2677. https://meta.stackexchange.com/questions/2677

    Examples
    --------
    >>> import tempfile
    >>> row = '<row Id="1" PostTypeId="1" CreationDate="2020-01-02T03:04:05" Body="&lt;p&gt;How?&lt;/p&gt;" />'
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "Posts.xml")
    ...     _ = file.write_text(f"<posts>{row}</posts>")
    ...     read(file).posts["text"].item()
    'How?'
    """
    files = _files(_paths.existing(path))
    if "posts" not in files:
        raise SchemaError(
            f"{Path(path).name}: no Posts.xml of a Stack Exchange dump lies here. Mend: unpack the dump and give its folder."
        )
    return _assemble.assemble(
        _chunks(files),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone="UTC",
        invented=_invented.recognised(list(files.values())),
    )


def _files(path: Path) -> dict[str, Path]:
    if path.is_file():
        root = _root(path)
        return {root: path} if root else {}
    if not path.is_dir():
        return {}
    wanted = {file.casefold() for file in _ROOTS.values()}
    inside = sorted(file for file in path.iterdir() if file.is_file() and file.name.casefold() in wanted)
    return {root: file for file in inside if (root := _root(file))}


def _root(file: Path) -> str | None:
    if file.suffix.casefold() != ".xml":
        return None
    found = _ROOT.search(_lines.head(file, size=4096))
    return found[1].decode("ascii") if found else None


def _chunks(files: dict[str, Path]) -> Iterator[Chunk]:
    readers: dict[str, Callable[[int, dict[str, str]], dict[str, Any]]] = {"posts": _post, "comments": _comment}
    for root, lay_out in readers.items():
        if root in files:
            for rows in _batches(files[root]):
                yield _chunk(rows, files[root].name, lay_out=lay_out)
    if "users" in files:
        for rows in _batches(files["users"]):
            names = [(row.get("Id"), "".join(row.get("DisplayName", "").split())) for _, row in rows]
            pairs = pd.DataFrame(names, columns=["author_id", "author_handle"], dtype="str")
            yield Chunk(pd.DataFrame(), (Loss("accounts listed", len(pairs), file=files["users"].name),), pairs)


def _chunk(
    rows: list[tuple[int, dict[str, str]]], file: str, *, lay_out: Callable[[int, dict[str, str]], dict[str, Any]]
) -> Chunk:
    good = []
    other: dict[str, list[int]] = defaultdict(list)
    for number, row in rows:
        kind = row.get("PostTypeId", "none")
        if lay_out is _post and kind not in _KINDS:
            known = f"type {kind}, {_OTHER_TYPES[kind]}" if kind in _OTHER_TYPES else "a type that is not known"
            other[known].append(number)
        else:
            good.append(lay_out(number, row))
    losses = [Loss(READ, len(rows), file=file)]
    losses += [
        refused(why, numbers, mend="only questions and answers are read", file=file) for why, numbers in other.items()
    ]
    return Chunk(pd.DataFrame(good, columns=_COLUMNS).assign(file=file), tuple(losses))


def _batches(file: Path) -> Iterator[list[tuple[int, dict[str, str]]]]:
    """Give the attributes of a file's rows, numbered from 1, without ever holding the tree."""
    rows: list[tuple[int, dict[str, str]]] = []
    number = 0
    try:
        with file.open("rb") as stream:
            events = ElementTree.iterparse(stream, events=("start", "end"))
            _, root = next(events)
            for event, element in events:
                if event == "end" and element.tag == "row":
                    number += 1
                    rows.append((number, dict(element.attrib)))
                    root.clear()
                    if len(rows) == _ROWS:
                        yield rows
                        rows = []
    except ElementTree.ParseError as error:
        line, _ = error.position
        raise SchemaError(
            f"{file.name}, line {line}: the XML is damaged or cut short after row {number:,}. "
            "Mend: fetch the dump again."
        ) from None
    yield rows


_COLUMNS = [
    "row", "post_id", "kind", "thread_id", "reply_to", "author_id", "author_state", "created_at", "edited_at",
    "n_edits", "title", "text", "tags", "mentions", "links", "media", "n_likes",
]  # fmt: skip


def _post(number: int, row: dict[str, str]) -> dict[str, Any]:
    kind = _KINDS[row["PostTypeId"]]
    own, parent = _id("post", row.get("Id")), _id("post", row.get("ParentId"))
    page = plain(row.get("Body", ""))
    tags = _TAGS.findall(row.get("Tags", "")) if kind == "question" else None
    return {
        **_common(number, row, own=own, account="OwnerUserId"),
        "kind": kind,
        "thread_id": own if kind == "question" else parent,
        "reply_to": parent if kind == "answer" else None,
        "edited_at": row.get("LastEditDate"),
        "n_edits": int("LastEditDate" in row),
        "title": row.get("Title"),
        "text": page.text if "Body" in row else None,
        "tags": tags,
        "links": without_ids(page.links, own=_OWN_HOSTS),
        "media": without_ids(page.images, own=_OWN_HOSTS),
    }


def _comment(number: int, row: dict[str, str]) -> dict[str, Any]:
    text = row.get("Text")
    return {
        **_common(number, row, own=_id("comment", row.get("Id")), account="UserId"),
        "kind": "comment",
        "reply_to": _id("post", row.get("PostId")),
        "text": text,
        "mentions": _NAMED.findall(text) if text and "@" in text else [],
        "links": without_ids(_LINK.findall(text), own=_OWN_HOSTS) if text else [],
    }


def _common(number: int, row: dict[str, str], *, own: str | None, account: str) -> dict[str, Any]:
    return {
        "row": number,
        "post_id": own,
        "author_id": row.get(account),
        "author_state": None if row.get(account) else "deleted",
        "created_at": row.get("CreationDate"),
        "n_likes": row.get("Score"),
    }


def _id(kind: str, number: str | None) -> str | None:
    """Return an id that names its kind, as posts and comments are numbered apart."""
    return f"{kind}-{number}" if number else None

"""Mailing lists: mbox files, the text archives of Mailman (pipermail), and LISTSERV logs."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from email.message import Message
from pathlib import Path
from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _invented, _mailbox_message, _mailbox_split, _paths
from ._about import About
from ._archive import unfolded
from ._ledger import READ, Chunk, Loss, refused
from ._links import without_ids
from ._mailbox_threads import Threads

__all__ = ["detect", "read"]

ABOUT = About(
    how="Public archives of a mailing list as it gives them: pipermail text, mbox, LISTSERV logs.",
    terms="each list's own: not read here",
    lacks=(
        "Edits, marks of deletion and counts. References point outside the file; a log may have no date at all; lists "
        "rewrite senders; pipermail cuts attachments off."
    ),
    tested_on="real files kept by bigbang: pipermail, mbox, LISTSERV",
)
_OF_LISTS = {
    "accounts": "writers stand in their messages alone",
    "author_profile": "nobody says anything of themselves",
    "is_deleted": "what was taken out of an archive is not there",
    "lang": "no language is told",
    "mentions": "names in a text are words like others",
    "tags": "hashtags are words like others",
    "title": "every message has a subject",
}
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "mbox": {**_OF_LISTS, "edited_at": "what was sent is not edited"},
    "pipermail": _OF_LISTS,
    "listserv": _OF_LISTS,
}

PLATFORM = "mailing list"
_ROWS = 2_000
_MONTH = re.compile(r"\d{4}([-_ ]?\w+)?|\w+[-_ ]?\d{4}")
_LOG = re.compile(r"\.log\d{4}[a-e]?$", re.IGNORECASE)
_ANSWER = re.compile(r"['\"]?(?:\[[^\]]*\]\s*)?(?:re|aw|sv|antw|r|odp|vs)(?:\[\d+\])?\s*:", re.IGNORECASE)
_ODD = (LookupError, ValueError, TypeError, AttributeError, RecursionError)  # what broken headers make of the parser

Messages = Iterator[tuple[int, Message | None]]


def detect(path: str | Path) -> bool:
    """Tell whether a file is an archive of mail, or a folder holds one.

    Parameters
    ----------
    path
        The file or folder.

    Returns
    -------
    Whether its first line begins a message and headers follow.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    return bool(_files(Path(path)))


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
    r"""Read the messages of a mailing list from mbox files, pipermail text archives or LISTSERV logs.

    Parameters
    ----------
    path
        A file, plain or packed with gzip, or a folder of such files, e.g. one a month. Files of one list belong
        together, as threads run on from month to month.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the name of the folder or file.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    zone
        The zone of times that name none, as in older text archives; they are refused without it.

    Returns
    -------
    The corpus. A message answers the last id in its ``References``, else the first in its ``In-Reply-To``; a thread is
    all messages that these headers join, also through messages that the archive lacks. Nothing is inferred from
    subjects. ``author_id`` stands for the address in lower case, undone where an archive wrote "at" for ``@``, or for
    the name where there is no address; one person with two addresses is two authors. ``text`` is the plain text as it
    was sent, with quoted lines and signatures and so with the names and addresses in them; a message in HTML alone is
    read as text. ``media`` has the kinds of attachments: photo, video, audio or file. ``community`` is the list as
    the headers tell it, else the file's name, else (where that is a month) the folder's. Links to the list's own
    archive are cut to their host. Mail has no likes, edits or marks of deletion: these are missing.

    Raises
    ------
    SchemaError
        If there is no archive of mail, it is damaged, or none of its times names a zone and `zone` is not given.
    OptionError
        If `zone` is unknown.
    PrivacyError
        If there are too many messages to go without a key.

    References
    ----------
    Resnick, P. (2008). Internet message format. RFC 5322, section 3.6.4. https://www.rfc-editor.org/rfc/rfc5322
    Hall, E. (2005). The application/mbox media type. RFC 4155. https://www.rfc-editor.org/rfc/rfc4155
    L-Soft. Understanding the LISTSERV archive format and naming convention.
    https://lsoft.com/resources/tips/understanding-the-LISTSERV-archive-format-and-naming-convention.asp

    Examples
    --------
    >>> import tempfile
    >>> mail = (
    ...     "From desk at example.org  Mon May  3 09:00:00 2021\nFrom: desk at example.org (Duty desk)\n"
    ...     "Date: Mon, 3 May 2021 09:00:00 +0100\nSubject: Rota\nMessage-ID: <m1@example.org>\n\nWho is in?\n"
    ... )
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "duty.mbox")
    ...     _ = file.write_text(mail)
    ...     read(file).posts[["author_id", "text", "community"]].iloc[0].tolist()
    ['desk@example.org', 'Who is in?', 'duty']
    """
    files = _files(_paths.existing(path))
    if not files:
        raise SchemaError(
            f"{Path(path).name}: no mbox, pipermail text archive or LISTSERV log lies here. Mend: give such a file, "
            "unpacked, or a folder of them."
        )
    return _assemble.assemble(
        _chunks(files, folder_name=Path(path).name if Path(path).is_dir() else None),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=zone,
        invented=_invented.recognised(files),
        unit="line",
    )


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path] if _mailbox_split.layout(path) else []
    if not path.is_dir():
        return []
    inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    return [file for file in inside if _mailbox_split.layout(file)]


def _chunks(files: list[Path], *, folder_name: str | None) -> Iterator[Chunk]:
    threads = _threads(files)
    for file in files:
        list_name = _list_name(file) or folder_name
        rows: list[dict[str, Any]] = []
        notes: dict[str, list[int]] = defaultdict(list)
        n = 0
        for number, message in _messages(file):
            n += 1
            try:
                row = None if message is None else _row(message, threads, notes=notes, number=number)
            except _ODD:
                row = None
            if row is None:
                notes["\0bad"].append(number)
            else:
                rows.append({**row, "community": row["community"] or list_name})
            if n == _ROWS:
                yield _chunk(rows, n, file=file, notes=notes)
                rows, n = [], 0
                notes.clear()
        yield _chunk(rows, n, file=file, notes=notes)


def _threads(files: list[Path]) -> Threads:
    threads = Threads()
    for file in files:
        for _, message in _messages(file):
            if message is not None:
                chain = _chain(message)
                threads.add([*chain[1], chain[0]])
    return threads


def _messages(file: Path) -> Messages:
    """Give each message with its line; None in place of one that cannot be read at all."""
    form = _mailbox_split.layout(file)
    if form is None:
        return
    for number, raw in _mailbox_split.messages(file, form=form):
        try:
            message = _mailbox_message.parsed(raw)
            _chain(message)
        except _ODD:
            yield number, None
            continue
        yield number, message if len(message) else None


_NOTES = {
    "ids made": "these messages have no Message-ID; one is made of date, writer, subject and body",
    "answers by subject only": "kept as first messages: they begin with Re: and name no message that they answer",
    "charset guessed": "what the message says of its letters is wrong; look whether the text reads well",
}
_COLUMNS = [
    "row", "post_id", "kind", "thread_id", "reply_to", "author_id", "created_at", "community", "title", "text", "links",
    "media",
]  # fmt: skip


def _chunk(rows: list[dict[str, Any]], n: int, *, file: Path, notes: dict[str, list[int]]) -> Chunk:
    losses = [Loss(READ, n, file=file.name)]
    mend = "look at these lines: the headers are broken"
    losses += [
        refused("no readable message", lines, mend=mend, file=file.name) for lines in (notes.get("\0bad"),) if lines
    ]
    for what, mend in _NOTES.items():
        if lines := notes.get(what, []):
            losses.append(Loss(what, len(lines), tuple(lines[:5]), mend, file.name))
    return Chunk(pd.DataFrame(rows, columns=_COLUMNS).assign(file=file.name), tuple(losses))


def _row(message: Message, threads: Threads, *, notes: dict[str, list[int]], number: int) -> dict[str, Any]:
    own, above = _chain(message)
    said = _mailbox_message.said(message)
    title = _mailbox_message.header(message, "subject")
    if said.is_guessed:
        notes["charset guessed"].append(number)
    if not _mailbox_message.ids(message, "message-id"):
        notes["ids made"].append(number)
    if not above and _ANSWER.match(title):
        notes["answers by subject only"].append(number)
    return {
        "row": number,
        "post_id": own,
        "kind": "comment" if above else "post",
        "thread_id": threads.of(own),
        "reply_to": above[-1] if above else None,
        "author_id": _mailbox_message.sender(message),
        "created_at": _mailbox_message.time(message),
        "community": _told_list(message),
        "title": title or None,
        "text": said.text,
        "links": without_ids(said.links, own=_mailbox_message.own_hosts(message)),
        "media": said.media,
    }


def _chain(message: Message) -> tuple[str, list[str]]:
    """Return a message's own id, and the ids that it follows from the first to its parent."""
    found = _mailbox_message.ids(message, "message-id")
    own = found[0] if found else _made_id(message)
    above = _mailbox_message.ids(message, "references") or _mailbox_message.ids(message, "in-reply-to")[:1]
    return own, list(dict.fromkeys(each for each in above if each != own))


def _made_id(message: Message) -> str:
    parts = [_mailbox_message.header(message, name) for name in ("date", "from", "subject")]
    body = message.get_payload()
    parts.append(body if isinstance(body, str) else "")
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _told_list(message: Message) -> str | None:
    """Return the list that the headers name."""
    words = _mailbox_message.header(message, "list-id")
    inside = re.search(r"<([^<>]+)>", words)
    return (inside[1] if inside else words) or _mailbox_message.header(message, "x-beenthere") or None


def _list_name(file: Path) -> str | None:
    """Return the list that a file's name names; nothing where it is only a month, as in text archives."""
    stem = file.name.removesuffix(".gz")
    stem = _LOG.sub("", stem) if _LOG.search(stem) else Path(stem).stem
    return None if _MONTH.fullmatch(stem) else stem

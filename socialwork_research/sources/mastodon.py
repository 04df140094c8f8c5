"""Mastodon: answers of its API (statuses, contexts, conversations), and the archive that an account can ask for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _documents, _fields, _invented, _mastodon_api, _mastodon_outbox, _paths
from ._about import About
from ._archive import unfolded
from ._ledger import Chunk, Loss, refused

__all__ = ["detect", "read"]

ABOUT = About(
    how=(
        "Answers of a server's own API as saved by its clients, or the archive of their own account that a person "
        "gives (outbox.json)."
    ),
    terms="each server's own: not read here",
    lacks=(
        "API: the status asked for is not in its own context; without login at most 40 ancestors and 60 descendants; "
        "remote posts have the counts that this server saw; deleted posts and suspended accounts are simply absent. "
        "Archive: one person's posts only, boosts without text or author, hardly any counts; it holds private posts, "
        "which are left out."
    ),
    tested_on="API: real files of rtoot and Mastodon.py. Archive: untested on real exports, from documentation",
)
_COUNTED = "a number is always written, so that none was told is not"
_OF_STATUSES = {
    "community": "a status says whose it is, not where it was found",
    "n_likes": _COUNTED,
    "accounts": "accounts stand in their statuses alone",
    "follows": "follows are asked for apart",
}
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "context": {**_OF_STATUSES, "author_state": "an account that is gone takes its posts along"},
    "statuses": {**_OF_STATUSES, "thread_id": "one account's statuses lack the posts that they answer"},
    "outbox": {
        "community": "the archive says whose a post is, not where it was found",
        "n_likes": _COUNTED,
        "follows": "follows stand in tables of their own",
    },
}

PLATFORM = "mastodon"
_ROWS = 20_000
_SCANNED = 2_000  # statuses looked at to find the server that was asked
_MEND = {
    "visibility": "only public and unlisted posts are read",
    "conversation": "nothing to mend here: the conversation came without its last post",
    "not": "look at these entries in the file: a status has id, account, content, created_at and visibility",
}
_MEND_OUTBOX = "only what was written (Create) or boosted (Announce) and is public or unlisted is read"


def detect(path: str | Path) -> bool:
    """Tell whether a file, or one of a folder, holds statuses of Mastodon's API or the outbox of an archive.

    Parameters
    ----------
    path
        The file or folder.

    Returns
    -------
    Whether its first entry is a status, a context or a conversation, or it is an outbox.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    return bool(_documents.files(Path(path), are=_is_mastodon))


@traced
@unfolded
def read(
    path: str | Path,
    *,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    server: str | None = None,
    with_quoted: bool = False,
) -> Corpus:
    """Read statuses as Mastodon's API gives them, or the ``outbox.json`` of an account's archive.

    Parameters
    ----------
    path
        A file, or a folder of files: lists of statuses (timelines, an account's statuses, searches), contexts,
        conversations or single statuses, as one JSON document or one object a line; or an ``outbox.json``, with
        whose folder's ``actor.json`` is read; or the archive (``tar.gz``, zip) that holds it.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the file's name.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    server
        The server that was asked, e.g. ``"example.social"``; None finds it in each file, as the API names accounts
        of the server asked without a host.
    with_quoted
        Keep posts that are shown inside those that quote them, too; else they are left out and counted.

    Returns
    -------
    The corpus. Ids count within one server, so they are kept with the server in front: corpora of two servers must
    not be joined by author or post. What is private, direct or of untold visibility is refused. A boost is a post of
    kind "repost" without text and counts; the boosted post stands beside it. ``title`` is the content warning.
    ``n_edits`` is 1 for any number of edits. A reply whose parent is gone is a "comment" without ``reply_to``.
    ``mentions`` are accounts, or name@host where a mention tells no account. Links of mentions and tags are no links;
    links to people's pages and to the server are cut to their host. ``media`` tells kinds: photo, gifv, video, audio,
    unknown. Threads follow parents, and in a context also what answers a post that it lacks; it does not hold the post
    that was asked for, so ask for that too and lay it beside. In an archive threads are conversations, and the
    recipient of a reply is read from its parent's address. The outbox is read from
    documentation, untested on real exports.

    Raises
    ------
    SchemaError
        If there is no such file, it is empty, damaged, cut short, or holds no statuses.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    Mastodon documentation, entities Status, Context and Quote. https://docs.joinmastodon.org/entities/Status/ (source:
    mastodon/documentation, content/en/entities/Quote.md, commit 1fe2712a).
    Mastodon, app/services/backup_service.rb, commit 0486db9f, and app/serializers/activitypub/note_serializer.rb,
    commit 026178b5. https://github.com/mastodon/mastodon

    Examples
    --------
    >>> import tempfile
    >>> status = '''{"id": "7", "created_at": "2024-05-01T10:00:00.000Z", "visibility": "public",
    ...     "content": "<p>Hello</p>", "in_reply_to_id": null, "account": {"id": "3", "acct": "x"}}'''
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "timeline.json")
    ...     _ = file.write_text(f"[{status}]")
    ...     read(file).posts["text"].item()
    'Hello'
    """
    given = _paths.existing(path)
    files = _documents.files(given, are=_is_mastodon)
    if not files:
        raise SchemaError(
            f"{given.name}: no status of Mastodon lies here; lists of accounts, versions and sources of a status, likes "
            "and bookmarks hold none. Mend: give statuses, a context, or the outbox.json of an unpacked archive; for a "
            "table of posts sources.table.read(path, columns={...})."
        )
    return _assemble.assemble(
        _chunks(files, server=server, with_quoted=with_quoted),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=None,
        invented=_invented.recognised(files),
        unit="line" if all(_documents.are_lines(file) for file in files) else "entry",
    )


def _is_mastodon(value: Any) -> bool:
    if type(value) is list:
        value = value[0] if value else None
    if type(value) is not dict:
        return False
    is_context = type(value.get("ancestors")) is list and type(value.get("descendants")) is list
    is_conversation = "last_status" in value and "unread" in value
    first = _fields.mappings(value.get("statuses"))[:1]
    is_search = bool(first) and _mastodon_api.is_status(first[0])
    return (
        _mastodon_api.is_status(value)
        or is_context
        or is_conversation
        or is_search
        or _mastodon_outbox.is_outbox(value)
    )


def _chunks(files: list[Path], *, server: str | None, with_quoted: bool) -> Iterator[Chunk]:
    pages = [file for file in files if not _mastodon_outbox.is_outbox(_documents.beginning(file))]
    asked = _servers(pages, server=server)
    for file in files:
        if file not in pages:
            yield from _archive(file)
            continue
        for found, losses in _documents.entries(file, expand=_mastodon_api.entries, size=_ROWS):
            yield _page(found, losses, file=file.name, asked=asked[file], with_quoted=with_quoted)


def _servers(files: list[Path], *, server: str | None) -> dict[Path, str | None]:
    """Return the server each file was got from; one that is found in no file but another's is taken for all."""
    if server is not None:
        return dict.fromkeys(files, server.casefold())
    asked = {}
    for file in files:
        batches = _documents.entries(file, expand=_mastodon_api.entries, size=_SCANNED)
        asked[file] = _mastodon_api.server(entry for found, _ in islice(batches, 1) for _, entry in found)
    known = set(filter(None, asked.values()))
    only = known.pop() if len(known) == 1 else None
    return {file: found or only for file, found in asked.items()}


def _page(
    found: list[tuple[int, _mastodon_api.Entry]], losses: list[Loss], *, file: str, asked: str | None, with_quoted: bool
) -> Chunk:
    good: list[tuple[int, _mastodon_api.Entry]] = []
    out: dict[str, list[int]] = defaultdict(list)
    apart: Counter[str] = Counter()
    for number, entry in found:
        if entry.is_cut or (entry.inside == _mastodon_api.QUOTED and not with_quoted):
            apart["cut" if entry.is_cut else "left out"] += 1
        elif why := _mastodon_api.refusal(entry):
            out[why].append(number)
        else:
            apart[entry.inside] += 1
            good.append((number, entry))
    losses += [refused(why, out[why], mend=_MEND[why.split()[0]], file=file) for why in sorted(out)]
    losses += [
        _documents.all_read(len(good), losses, file=file),
        *_fields.ignored(_fields.unread((entry.status for _, entry in good), known=_mastodon_api.KNOWN), file=file),
        *_notes(apart, file=file),
    ]
    if asked is None:
        losses.append(Loss("ids of an unknown server", len(good), mend="read(..., server='its name')", file=file))
    rows = [_mastodon_api.row(number, entry, asked=asked) for number, entry in good]
    named = {pair for _, entry in good for pair in _mastodon_api.people(entry.status, asked=asked)}
    pairs = pd.DataFrame(sorted(named), columns=["author_id", "author_handle"], dtype="str")
    return Chunk(pd.DataFrame(rows, columns=_mastodon_api.COLUMNS).assign(file=file), tuple(losses), pairs)


def _notes(apart: Counter[str], *, file: str) -> Iterator[Loss]:
    mend = "kept as posts of their own, as a boost has no text"
    yield Loss("boosted posts shown inside boosts", apart[_mastodon_api.REPOSTED], mend=mend, file=file)
    mend = "kept as posts of their own, as with_quoted=True says"
    yield Loss("quoted posts shown inside others", apart[_mastodon_api.QUOTED], mend=mend, file=file)
    mend = "sources.mastodon.read(..., with_quoted=True) keeps them"
    yield Loss("quoted posts shown inside others, left out", apart["left out"], mend=mend, file=file)
    mend = "a server gives 40 posts above and 60 below to whoever is not logged in: ask again, logged in"
    yield Loss("contexts that may be cut by the server", apart["cut"], mend=mend, file=file)


def _archive(file: Path) -> Iterator[Chunk]:
    beside = file.with_name("actor.json")
    notes = _mastodon_outbox.notes_of(_documents.beginning(beside)) if beside.is_file() else {}
    for found, losses in _documents.entries(file, expand=_mastodon_outbox.activities, size=_ROWS):
        good: list[tuple[int, dict[str, Any], str | None]] = []
        out: dict[str, list[int]] = defaultdict(list)
        for number, (item, thread) in found:
            if why := _mastodon_outbox.refusal(item):
                out[why].append(number)
            else:
                good.append((number, item, thread))
        losses += [refused(why, out[why], mend=_MEND_OUTBOX, file=file.name) for why in sorted(out)]
        unread = _fields.unread(
            (_fields.mapping(item.get("object")) for _, item, _ in good), known=_mastodon_outbox.KNOWN
        )
        mend = "compare some posts with the archive by eye, and report what differs"
        losses += [
            _documents.all_read(len(good), losses, file=file.name),
            *_fields.ignored(unread, file=file.name),
            Loss("archive read from documentation, untested on real exports", len(found), mend=mend, file=file.name),
        ]
        rows = [_mastodon_outbox.row(number, item, thread=thread, notes=notes) for number, item, thread in good]
        named = {pair for _, item, _ in good for pair in _mastodon_outbox.people(item)}
        pairs = pd.DataFrame(sorted(named), columns=["author_id", "author_handle"], dtype="str")
        yield Chunk(pd.DataFrame(rows, columns=_mastodon_outbox.COLUMNS).assign(file=file.name), tuple(losses), pairs)
    if notes:
        accounts = pd.DataFrame({"author_id": list(notes), "platform": PLATFORM, "profile": list(notes.values())})
        yield Chunk(pd.DataFrame(), beside={"accounts": accounts})

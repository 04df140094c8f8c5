"""X, formerly Twitter: the archive that people download of their own account, ``tweets.js`` and what lies beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _invented, _json_stream, _lines, _paths, _twitter_rows, _twitter_v1
from ._about import About
from ._archive import unfolded
from ._ledger import READ, Chunk, Loss, refused
from ._twitter_rows import COLUMNS, identity, record, records, said, word

__all__ = ["detect", "read"]

ABOUT = About(
    how=(
        "The archive of their own account that a person gives: data/tweets.js with account.js. The direct messages in "
        "it are never opened."
    ),
    lacks=(
        "One person's tweets only: parents by others are not there. Retweets show only as text that begins RT @, "
        "quotes only as a link to a status."
    ),
    tested_on="untested on real exports: from documentation",
)

CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "archive": {
        "thread_id": "posts of others are absent: a thread is told as far as the owner's posts go",
        "community": "hashtags and chats are no places",
        "text": "links in it are the platform's short ones",
    }
}

PLATFORM = "x"
_POSTS = re.compile(r"^(?:tweets?|community-tweets?)(?:-part\d+)?\.js$", re.IGNORECASE)
_BESIDE = re.compile(r"^(account|profile|note-tweet|following|follower)(?:-part\d+)?\.js$", re.IGNORECASE)
_BEGINNING = b"window.YTD."
_ROWS = 2_000
_REPEATED = re.compile(r"^RT @\w{1,20}:\s")
_STATUS = re.compile(r"^https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/[^/]+/status/(\d+)/?(?:\?.*)?$", re.IGNORECASE)
_UNTESTED = "from documentation, untested on real exports"


@dataclass
class _Owner:
    """Whose archive it is, the long posts' whole texts by the posts' ids, and who follows whom."""

    user: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    follows: list[tuple[str, str]] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def detect(path: str | Path) -> bool:
    """Tell whether a file is a ``tweets.js`` of an archive, or a folder, or its ``data`` folder, holds one.

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
    return bool(_files(Path(path), _POSTS))


@traced
@unfolded
def read(
    path: str | Path, *, key: Key | None = None, name: str | None = None, folder: str | Path | None = None
) -> Corpus:
    """Read the posts of one account from its own archive. From documentation, untested on real exports.

    Parameters
    ----------
    path
        The archive as it was downloaded, or unpacked; its ``data`` folder, or a ``tweets.js``. Read along, where they
        are there: further parts (``tweets-part1.js``), ``community-tweet.js``, ``account.js``, ``profile.js``,
        ``note-tweet.js``, ``following.js`` and ``follower.js``. Direct messages, deleted posts and likes are never
        opened, nor unpacked.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the name of the folder or file.
    folder
        A new folder to write the corpus to; None keeps it in memory.

    Returns
    -------
    The corpus. Every post is by the account of ``account.js``; without that file authors are unknown. Reposts are told
    by their beginning "RT @name:", have no text and do not say which post they repeat; a link to a post at the end is
    taken for a quote; both are counted as such. ``thread_id`` is the first post above within the archive.
    ``n_shares`` counts reposts. Posts of other people are absent. ``follows`` has the accounts followed and following.

    Raises
    ------
    SchemaError
        If there is no ``tweets.js``, or a script is damaged or cut short.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    TheExGenesis, community-archive, ``docs/archive_data.md``, commit 2baf7a19f7068cbd7a4eb2b1e154731e38c5108d.
    https://github.com/TheExGenesis/community-archive

    Examples
    --------
    >>> import tempfile
    >>> post = '{"tweet": {"id_str": "1", "created_at": "Sat Feb 18 12:33:11 +0000 2023", "full_text": "Hello"}}'
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "tweets.js")
    ...     _ = file.write_text(f"window.YTD.tweets.part0 = [ {post} ]")
    ...     read(file).posts["text"].item()
    'Hello'
    """
    found = _paths_with_data(Path(path).expanduser())
    files = _files(found, _POSTS)
    if not files:
        raise SchemaError(
            f"{found.name}: no tweets.js of an archive lies here. Mend: unpack the archive and give its folder."
        )
    beside = _files(files[0].parent, _BESIDE)
    return _assemble.assemble(
        _chunks(files, beside),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone="UTC",
        invented=_invented.recognised([*files, *beside]),
    )


def _paths_with_data(path: Path) -> Path:
    if path.is_dir() and (path / "data").is_dir():
        return path / "data"
    return _paths.existing(path)


def _files(path: Path, names: re.Pattern[str]) -> list[Path]:
    if path.is_file():
        return [path] if names.match(path.name) and _lines.head(path, size=64).startswith(_BEGINNING) else []
    place = path / "data" if (path / "data").is_dir() else path
    if not place.is_dir():
        return []
    inside = sorted(file for file in place.iterdir() if file.is_file() and names.match(file.name))
    return [file for file in inside if _lines.head(file, size=64).startswith(_BEGINNING)]


def _chunks(files: list[Path], beside: list[Path]) -> Iterator[Chunk]:
    owner = _owner(beside)
    if not identity(owner.user.get("id_str")):
        mend = "authors are unknown: lay account.js of the same archive beside tweets.js"
        owner.losses.append(Loss("account.js missing or empty", 1, mend=mend, file=files[0].name))
    yield Chunk(pd.DataFrame(), tuple(owner.losses), beside=_told(owner))
    for file in files:
        batch: list[tuple[int, Any]] = []
        for element in _json_stream.elements(file, after="="):
            batch.append(element)
            if len(batch) == _ROWS:
                yield _chunk(batch, owner, file=file.name)
                batch = []
        yield _chunk(batch, owner, file=file.name)


def _owner(beside: list[Path]) -> _Owner:
    owner = _Owner()
    for file in beside:
        unjoined = 0
        for _, element in _json_stream.elements(file, after="="):
            value = record(element)
            account, profile = record(value.get("account")), record(value.get("profile"))
            if account:
                owner.user |= {"id_str": account.get("accountId"), "screen_name": account.get("username")}
            if profile:
                owner.user["description"] = record(profile.get("description")).get("bio")
            for kind in ("following", "follower"):
                other = identity(record(value.get(kind)).get("accountId"))
                if other:
                    owner.follows.append((kind, other))
            note = record(value.get("noteTweet"))
            text = record(note.get("noteTweetResults")).get("text")
            if note and isinstance(text, str) and identity(note.get("tweetId")):
                owner.texts[str(identity(note.get("tweetId")))] = text
            elif note:
                unjoined += 1
        mend = "the archive does not say to which posts they belong; those stay as they are in tweets.js"
        owner.losses.append(Loss("long texts not joined to a post", unjoined, mend=mend, file=file.name))
    return owner


def _told(owner: _Owner) -> dict[str, pd.DataFrame]:
    own = identity(owner.user.get("id_str"))
    if own is None:
        return {}
    bio = word(owner.user.get("description"))
    ties = [(own, other) if kind == "following" else (other, own) for kind, other in owner.follows]
    follows = pd.DataFrame(ties, columns=["source", "target"]).assign(platform=PLATFORM)
    accounts = pd.DataFrame({"author_id": [own], "platform": [PLATFORM], "profile": [bio]})
    return {"accounts": accounts, "follows": follows} if ties else {"accounts": accounts}


def _chunk(batch: list[tuple[int, Any]], owner: _Owner, *, file: str) -> Chunk:
    rows, bad, repeated, quoting = [], [], [], []
    pairs: set[tuple[str, str]] = set()
    for number, element in batch:
        post = record(record(element).get("tweet")) or record(element)
        if not isinstance(post.get("full_text", post.get("text")), str):
            bad.append(number)
            continue
        status = _status(post, owner)
        row = dict(zip(COLUMNS, _twitter_v1.row(number, status), strict=True)) | _edits(post)
        rows.append(row)
        pairs.update(_twitter_v1.people(status))
        repeated += [number] if row["kind"] == "repost" else []
        quoting += [number] if row["quote_of"] else []
    frame = pd.DataFrame(rows, columns=COLUMNS).assign(file=file)
    frame["created_at"] = _twitter_rows.iso(frame["created_at"])
    frame["edited_at"] = frame["created_at"].where(pd.to_numeric(frame["n_edits"]).gt(0))
    told = {
        "reposts told by their text only": (
            repeated,
            "they begin with 'RT @name:'; which post they repeat is not said",
        ),
        "quotes told by their last link": (quoting, "a link to a post at the end is taken for a quote"),
        _UNTESTED: ([row["row"] for row in rows], "compare some posts with the archive's own page"),
    }
    losses = [Loss(READ, len(batch), file=file), refused("not a post", bad, mend="look at these elements", file=file)]
    losses += [Loss(what, len(numbers), tuple(numbers[:5]), mend, file) for what, (numbers, mend) in told.items()]
    names = pd.DataFrame(sorted(pairs), columns=["author_id", "author_handle"], dtype="str")
    return Chunk(frame, tuple(losses), names if pairs else None)


def _status(post: dict[str, Any], owner: _Owner) -> dict[str, Any]:
    """Return a post of an archive as the API would have given it: with its author, whole, repost and quote marked."""
    own = identity(post.get("id_str")) or identity(post.get("id"))
    text = owner.texts.get(own or "") or post.get("full_text", post.get("text"))
    status = {**post, "user": owner.user, "full_text": text}
    links = [word(url.get("expanded_url")) for url in records(record(post.get("entities")).get("urls"))]
    quoted = _STATUS.match(links[-1] or "") if links else None
    if _REPEATED.match(said(text) or ""):
        status["retweeted_status"] = {}
    elif quoted and quoted[1] != own:
        status["quoted_status_id_str"] = quoted[1]
    return status


def _edits(post: dict[str, Any]) -> dict[str, int | None]:
    """Return how many versions came before this one, where the archive tells."""
    info = record(post.get("edit_info"))
    later = record(record(info.get("edit")).get("editControlInitial"))
    versions = (later or record(info.get("initial"))).get("editTweetIds")
    own = identity(post.get("id_str")) or identity(post.get("id"))
    history = [identity(each) for each in versions] if isinstance(versions, list) else []
    return {"n_edits": history.index(own) if own in history else None}

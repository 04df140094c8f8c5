"""LinkedIn: the copy of their data that a member asks for, ``Shares.csv`` and ``Comments.csv``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pandas as pd

from .. import _files
from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _invented, _linkedin_cells, _paths
from ._about import About
from ._archive import unfolded
from ._ledger import Chunk, Loss
from ._linkedin_cells import Sheet
from ._links import without_ids

__all__ = ["detect", "read"]

ABOUT = About(
    how=(
        "The copy of their own data that a member asks LinkedIn for, and gives: a ZIP of CSV files, of which "
        "Shares.csv and Comments.csv are read and nothing else."
    ),
    lacks=(
        "Everybody but the member: no parents' texts, no answers, no author column. No ids of comments, no counts, no "
        "edits, no zone; a comment on a comment is not told apart; some rows have no time or only a day. One post can "
        "bear two numbers, so some comments do not find their post."
    ),
    tested_on="untested on real exports: from documentation",
)
_UNDER_A_POST = "a comment names the post that it stands under, not the comment that it answers"
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "export": {
        "accounts": "the member is told by a number alone",
        "author_profile": "the member's profile is another file, which names them",
        "community": "no group is told",
        "edited_at": "no edit is told",
        "lang": "no language is told",
        "links": "what a comment links to is words like others",
        "mentions": "names in a text are words like others",
        "n_likes": "no likes are told",
        "reply_to": _UNDER_A_POST,
        "reply_to_author": _UNDER_A_POST,
    }
}

PLATFORM = "linkedin"
_URN = re.compile(r"urn:li:(\w+):(\d[\d-]*)")
_TAG = re.compile(r"(?<![\w&#/])#(\w*[^\W\d_]\w*)")
_DAY_ONLY = r"\d{4}-\d\d-\d\d"
_ROW_INSIDE = r"\n\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?,"
_OWN_HOSTS = ("linkedin.com", "lnkd.in", "licdn.com")
_MARK = "\ufffd"  # stands where bytes are no UTF-8


def detect(path: str | Path) -> bool:
    """Tell whether a file is the ``Comments.csv`` or ``Shares.csv`` of a LinkedIn export, or a folder holds one.

    Parameters
    ----------
    path
        The file or folder.

    Returns
    -------
    Whether one is there, by its name (which may carry a member's number) and its header.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    return any(_linkedin_cells.sheet(file) is not None for file in _named(Path(path)))


@traced
@unfolded
def read(
    path: str | Path,
    *,
    owner: str | None = None,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    zone: str | None = None,
) -> Corpus:
    r"""Read the posts and comments of one member from their own LinkedIn export (from documentation, untested).

    Parameters
    ----------
    path
        A ``Comments.csv`` or ``Shares.csv``, or the export with them, zipped or unpacked. Nothing else in it is opened,
        above all not the messages.
    owner
        A made-up id for the member, the same for all their exports; it is written into the papers, so no name. Else
        the member's number, where file names carry it; else an id made of these files, which another export of the
        same member will not share.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the name of the folder, or "linkedin".
    folder
        A new folder to write the corpus to; None keeps it in memory.
    zone
        The zone of the times, which name none; else they are taken as UTC, and the ledger says so.

    Returns
    -------
    The corpus. Every post is by the member, as the export has nobody else's. A share is a "post"; a comment has the
    post it stands under as ``reply_to`` and ``thread_id``, which is mostly absent, and a comment on another comment is
    not told apart. The same post can bear two numbers, one as share and one as activity: such comments do not find
    their post. Comments have no id; theirs is made of date, link and text. ``links`` is what a share links to, LinkedIn
    itself cut to its host; ``media`` is ``["media"]`` where there is some, as its kind is not told; ``tags`` are the
    hashtags in the text. Shares of every visibility are kept, and counted by it. There are no likes, edits, mentions or
    deletions: missing.

    Raises
    ------
    SchemaError
        If there is no such file, or its header is another one.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    The columns, the two ways to write quotation marks and the numbered names are those that public readers of such
    exports agree on (their README files and tests); LinkedIn itself describes none of it. No real export was at hand.

    Examples
    --------
    >>> import tempfile
    >>> row = "2024-03-01 09:30:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A12,Good morning"
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "Shares.csv")
    ...     _ = file.write_text(f"Date,ShareLink,ShareCommentary\n{row}\n")
    ...     read(file).posts["post_id"].item()
    'urn:li:share:12'
    """
    sheets = _sheets(_paths.existing(path))
    return _assemble.assemble(
        _chunks(sheets, owner=owner, is_utc_assumed=zone is None),
        platform=PLATFORM,
        name=name or (_paths.stem(path) if Path(path).is_dir() else PLATFORM),
        key=key,
        folder=folder,
        zone=zone or "UTC",
        invented=_invented.recognised([one.path for one in sheets]),
    )


def _named(path: Path) -> list[Path]:
    if path.is_file():
        return [path] if _linkedin_cells.is_named(path) else []
    if not path.is_dir():
        return []
    return sorted(file for file in path.iterdir() if file.is_file() and _linkedin_cells.is_named(file))


def _sheets(path: Path) -> list[Sheet]:
    files = [path] if path.is_file() else _named(path)
    if not files:
        raise SchemaError(
            "No Comments.csv or Shares.csv of a LinkedIn export lies here. Mend: unpack the export and give its folder."
        )
    sheets: list[Sheet] = []
    for number, file in enumerate(files, start=1):
        found = _linkedin_cells.sheet(file)
        if found is None:
            raise SchemaError(
                f"File {number} of {len(files)} by name: its header is neither that of Comments.csv "
                f"({', '.join(_linkedin_cells.COLUMNS['comments'])}) nor that of Shares.csv "
                f"({', '.join(_linkedin_cells.COLUMNS['shares'])}). "
                "Mend: sources.table.read(path, columns={'created_at': 'Date', ...}) reads any table."
            )
        alike = sum(one.holds == found.holds for one in sheets)
        shown = f"{found.file} ({alike + 1})" if alike else found.file
        sheets.append(Sheet(found.path, found.holds, found.columns, shown, found.member))
    return sheets


def _chunks(sheets: list[Sheet], *, owner: str | None, is_utc_assumed: bool) -> Iterator[Chunk]:
    yield Chunk(pd.DataFrame(), tuple(_about(sheets, owner=owner)))
    made = _made("export", *(_files.sha256(one.path) for one in sheets))
    for one in sheets:
        member = owner or one.member or made
        for chunk in _linkedin_cells.chunks(one):
            if chunk.rows.empty:
                yield chunk
                continue
            rows = _shares(chunk.rows) if one.holds == "shares" else _comments(chunk.rows)
            rows = rows.assign(author_id=member, file=one.file)
            losses = (*chunk.losses, *_told(chunk.rows, rows, is_utc_assumed=is_utc_assumed))
            yield Chunk(rows, losses)


def _about(sheets: list[Sheet], *, owner: str | None) -> Iterator[Loss]:
    mend = "compare some posts with the export before trusting the rest"
    yield Loss("from documentation, untested on real exports", 1, mend=mend)
    if owner is None and any(one.member is None for one in sheets):
        mend = "the export names no author: owner='member 7' gives all exports of one member the same"
        yield Loss("author made of the export's bytes", 1, mend=mend)


def _shares(cells: pd.DataFrame) -> pd.DataFrame:
    own = cells["ShareLink"].map(_id)
    parts = zip(cells["Date"], cells["ShareLink"], cells["ShareCommentary"], strict=True)
    own = own.where(own.notna(), [_made("share", *each) for each in parts])
    rows = _common(cells, text="ShareCommentary").assign(post_id=own, thread_id=own, kind="post")
    if "SharedUrl" in cells:
        rows["links"] = [without_ids([url.strip()], own=_OWN_HOSTS) for url in cells["SharedUrl"]]
    if "MediaUrl" in cells:
        rows["media"] = [["media"] if url.strip() else [] for url in cells["MediaUrl"]]
    return rows


def _comments(cells: pd.DataFrame) -> pd.DataFrame:
    parent = cells["Link"].map(_id)
    parts = zip(cells["Date"], cells["Link"], cells["Message"], strict=True)
    own = [_made("comment", *each) for each in parts]
    return _common(cells, text="Message").assign(post_id=own, reply_to=parent, thread_id=parent, kind="comment")


def _common(cells: pd.DataFrame, *, text: str) -> pd.DataFrame:
    said = cells[text].str.strip()
    return pd.DataFrame(
        {
            "row": cells["row"].astype("int64"),
            "created_at": cells["Date"].str.strip(),
            "text": said.mask(said.eq("")),
            "tags": [list(dict.fromkeys(_TAG.findall(words))) for words in said],
        }
    )


def _told(cells: pd.DataFrame, rows: pd.DataFrame, *, is_utc_assumed: bool) -> Iterator[Loss]:
    """Say what was made, taken for granted or looks odd among the rows that have a time."""
    has_time = rows["created_at"].ne("")
    cells, rows = cells[has_time], rows[has_time]
    file = str(rows["file"].iloc[0]) if len(rows) else ""
    dates, text = rows["created_at"], rows["text"].fillna("")
    known = cells["ShareLink" if "ShareLink" in cells else "Link"].map(_id).notna()
    comments = rows["kind"].eq("comment")
    if is_utc_assumed:
        yield Loss("times taken as UTC", len(dates), mend=_ZONE, file=file)
    for what, mask, mend in (
        ("times of a day only", dates.str.fullmatch(_DAY_ONLY), "taken as midnight"),
        ("ids made of date, link and text", comments | ~known, "the export gives these rows no id"),
        ("comments without their post's link", comments & ~known, "kept, each as a thread of its own"),
        ("texts with bytes that are no UTF-8", text.str.contains(_MARK, regex=False), "a mark stands in their place"),
        ("texts that may hold another row", text.str.contains(_ROW_INSIDE), "a quotation mark may be astray there"),
    ):
        places = rows["row"][mask.to_numpy(dtype=bool)]
        yield Loss(what, len(places), tuple(int(row) for row in places[:5]), mend, file)
    if "Visibility" in cells:
        seen = cells["Visibility"].str.strip()
        seen = pd.Series(np.where(seen.str.fullmatch(r"[A-Z_]{1,40}"), seen, "not told"), index=seen.index)
        for word, n in seen.value_counts().sort_index().items():
            mend = "kept: whether it is public is for the member to say"
            yield Loss(f"shares by visibility: {word}", int(n), mend=mend, file=file)


_ZONE = "the export names no zone; zone='Europe/London' says otherwise"


def _id(link: Any) -> str | None:
    """Return the name of the post that an address holds, percent-encoded or not; else the address itself."""
    address = str(link).strip()
    found = _URN.search(unquote(unquote(address)))
    return f"urn:li:{found[1]}:{found[2]}" if found else address or None


def _made(kind: str, *parts: str) -> str:
    return f"{kind}-{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:24]}"

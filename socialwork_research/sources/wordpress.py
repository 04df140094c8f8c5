"""WordPress: exports of a blog (WXR), its posts and pages with their comments."""

from __future__ import annotations

import hashlib
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
from . import _assemble, _invented, _lines, _paths
from ._about import About
from ._archive import unfolded
from ._html import plain
from ._ledger import READ, Chunk, Loss, refused
from ._links import without_ids
from ._wordpress_xml import Comment, Fields, Item, Reader, Site

__all__ = ["detect", "read"]

ABOUT = About(
    how="The export of a site by its owner (WXR, an RSS 2.0 file), given by them.",
    terms="each site's own: not read here",
    lacks=(
        "No counts at all. Commenters without an account have a name and an address at best; addresses are dropped at "
        "the door. Comments judged spam are left out by WordPress itself. Large sites give several files."
    ),
    tested_on="36 real and test files of theme-unit-test and wordpress-importer",
)
_OF_SITES = {
    "accounts": "accounts are listed without what they say of themselves",
    "author_profile": "what an account says of itself is not exported",
    "lang": "the site's language is told, not a text's",
    "mentions": "whom a post names is not told apart from its text",
    "tags": "comments have none",
}
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "wxr_1_0": {**_OF_SITES, "author_id": "posts tell logins, comments numbers of accounts, and no list joins them"},
    "wxr_1_1": {**_OF_SITES, "is_deleted": "what is deleted is not exported"},
    "wxr_1_2": _OF_SITES,
}

PLATFORM = "blog"
_SUFFIXES = (".xml", ".wxr", ".zst")
_ROWS = 5_000
_EXPORT = re.compile(rb"<rss\b[^>]*wordpress\.org/export/")
_KINDS = ("post", "page")
_KEY = re.compile(r"[a-z0-9_-]{1,20}")  # as WordPress spells statuses and types
_BIN, _WAITING = "in the bin", "waiting for approval"
_STATES = {"0": _WAITING, "hold": _WAITING, "trash": _BIN, "post-trashed": _BIN}
_NAMED = re.compile(r"(?<![\w@])@(\w[\w.-]*\w)")
_LINE_ENDS = re.compile(r"(<pre\b.*?</pre\s*>|<!--.*?-->|<[^>]*>)|\r?\n", re.DOTALL | re.IGNORECASE)
_SHOWN = re.compile(r"<(img|video|audio)\b", re.IGNORECASE)
_MEDIA = {"img": "photo"}
_ONLY_PUBLIC = "only what the site shows to everybody is read"


def detect(path: str | Path) -> bool:
    """Tell whether a file is a WordPress export, or a folder holds one.

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
    path: str | Path,
    *,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    zone: str | None = None,
) -> Corpus:
    """Read the posts, pages and comments of a blog from its WordPress export.

    Parameters
    ----------
    path
        An export (``.xml``), or a folder of exports; large sites are exported as several files.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the name of the folder or file.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    zone
        The site's zone, needed for the few times that an export gives in local time only.

    Returns
    -------
    The corpus. A thread is a post or page with its comments, which answer each other as the site nests them;
    ``community`` is the site's title, ``tags`` are tags and categories. Read is what the site shows to everybody:
    drafts, private and protected posts with their comments, comments that wait or are in the bin, and pingbacks are
    refused. Comments on an image's own page are kept and lack a parent, as an image is no post. The writer of a
    comment is known by account, else by a digest of the e-mail address, which joins an address of the site's own
    authors to their account, else by the name given; e-mail and IP addresses themselves are never kept. Writers count
    within one site. ``mentions`` are the ``@names`` of comments. ``edited_at`` is the last change of a post
    (``n_edits`` 1 for any number), missing where an older export does not tell it. ``media`` has a word for each
    picture, film or sound in the text. Links within the site are cut to their host. Damaged XML is mended as far as
    possible, and the ledger says where.

    Raises
    ------
    SchemaError
        If there is no WordPress export, or none of its times can be read.
    OptionError
        If `zone` is unknown.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    WordPress. export.php, the function export_wp(). WordPress/wordpress-develop, commit 01501ab4,
    src/wp-admin/includes/export.php. https://github.com/WordPress/wordpress-develop

    Examples
    --------
    >>> import tempfile
    >>> head = '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Duty desk</title>'
    >>> item = (
    ...     "<item><title>Hello</title><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type>"
    ...     "<wp:post_date_gmt>2020-01-02 03:04:05</wp:post_date_gmt><wp:status>publish</wp:status></item>"
    ... )
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "desk.xml")
    ...     _ = file.write_text(f"{head}{item}</channel></rss>")
    ...     read(file).posts["community"].item()
    'Duty desk'
    """
    files = _files(_paths.existing(path))
    if not files:
        raise SchemaError(
            f"{Path(path).name}: no WordPress export (WXR) lies here. Mend: export the blog (Tools, Export) and give that file."
        )
    return _assemble.assemble(
        _chunks(files),
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
        return [path] if path.suffix.casefold() in _SUFFIXES and _EXPORT.search(_lines.head(path)) else []
    if not path.is_dir():
        return []
    inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    return [file for file in inside if _files(file)]


def _chunks(files: list[Path]) -> Iterator[Chunk]:
    for file in files:
        reader = Reader(file)
        rows: list[dict[str, Any]] = []
        bad: dict[str, list[int]] = defaultdict(list)
        n = 0
        for item in reader.items():
            n += 1 + len(item.comments)
            rows += _kept(item, reader.site, bad)
            if len(rows) >= _ROWS:
                yield _chunk(rows, (Loss(READ, n, file=file.name),), file.name)
                rows, n = [], 0
        losses = [Loss(READ, n, file=file.name), *reader.losses()]
        losses += [refused(why, lines, mend=_ONLY_PUBLIC, file=file.name) for why, lines in bad.items()]
        yield _chunk(rows, tuple(losses), file.name)
        yield _listed(reader.site, file.name)


def _chunk(rows: list[dict[str, Any]], losses: tuple[Loss, ...], file: str) -> Chunk:
    return Chunk(pd.DataFrame(rows, columns=_COLUMNS).assign(file=file), losses)


def _listed(site: Site, file: str) -> Chunk:
    """Give the accounts that the export lists, by login and by the name shown."""
    pairs = [
        (_account(site, login), name)
        for login, fields in site.accounts.items()
        for name in (login, "".join(fields.get("wp:author_display_name", "").split()))
        if login and name
    ]
    table = pd.DataFrame(pairs, columns=["author_id", "author_handle"], dtype="str")
    return Chunk(pd.DataFrame(), (Loss("accounts listed", table["author_id"].nunique(), file=file),), table)


_COLUMNS = [
    "row", "post_id", "kind", "thread_id", "reply_to", "author_id", "author_handle", "created_at", "edited_at",
    "n_edits", "community", "title", "text", "tags", "mentions", "links", "media",
]  # fmt: skip


def _kept(item: Item, site: Site, bad: dict[str, list[int]]) -> Iterator[dict[str, Any]]:
    """Give the rows of an item and its comments; note in `bad` the lines of those that are refused."""
    why, hides = _refusal(item)
    if why:
        bad[why].append(item.line)
    else:
        yield _post(item, site)
    for comment in item.comments:
        hidden = f"comment on an item with {why}" if hides else _comment_refusal(comment)
        if hidden:
            bad[hidden].append(comment.line)
        else:
            yield _comment(comment, site, item=item)


def _refusal(item: Item) -> tuple[str | None, bool]:
    """Say why an item is not kept, and whether its comments are as little public as it is."""
    if item.is_cut and not item.comments:
        return "cut off at the end", False  # comments come last, so an item that has some is whole
    status, kind = item.fields.get("wp:status") or "publish", item.fields.get("wp:post_type") or "none"
    if item.fields.get("wp:post_password"):
        return "a password", True
    if status not in ("publish", "inherit"):
        return (f"status {status}" if _KEY.fullmatch(status) else "a status that is none"), True
    shown = f"type {kind}" if _KEY.fullmatch(kind) else "a type that is none"
    return (None if kind in _KINDS else f"{shown}, not a post or page"), False


def _comment_refusal(comment: Comment) -> str | None:
    kind, state = comment.fields.get("wp:comment_type"), comment.fields.get("wp:comment_approved") or "1"
    if kind in ("pingback", "trackback"):
        return f"{kind}, written by no person"
    if kind not in (None, "", "comment"):
        return f"comment of type {kind}"
    if state not in ("1", "approve", "approved"):
        return f"comment {_STATES.get(state, 'not approved')}"
    return "cut off at the end" if comment.is_cut else None


def _post(item: Item, site: Site) -> dict[str, Any]:
    fields = item.fields
    own = _item_id(site, fields)
    login = fields.get("dc:creator")
    body = fields.get("content:encoded")
    changed, made = _given(fields.get("wp:post_modified_gmt")), _given(fields.get("wp:post_date_gmt"))
    is_edited = bool(changed and made and changed > made)
    return {
        **_said(body, site),
        "row": item.line,
        "post_id": own,
        "kind": "post",
        "thread_id": own,
        "author_id": _account(site, login) if login else None,
        "author_handle": login,
        "created_at": _time(fields, "wp:post_date"),
        "edited_at": f"{changed}Z" if is_edited else None,
        "n_edits": int(is_edited) if changed and made else None,
        "title": plain(fields.get("title", "")).text or None,
        "tags": item.tags,
    }


def _comment(comment: Comment, site: Site, *, item: Item) -> dict[str, Any]:
    fields = comment.fields
    parent = fields.get("wp:comment_parent", "0")
    thread = _item_id(site, item.fields)
    said = _said(fields.get("wp:comment_content"), site)
    text = said["text"]
    return {
        **said,
        "row": comment.line,
        "post_id": _id(site, "comment", fields.get("wp:comment_id")),
        "kind": "comment",
        "thread_id": thread,
        "reply_to": thread if parent in ("", "0") else _id(site, "comment", parent),
        "author_id": _writer(fields, site),
        "author_handle": "".join(fields.get("wp:comment_author", "").split()) or None,
        "created_at": _time(fields, "wp:comment_date"),
        "mentions": _NAMED.findall(text) if text and "@" in text else [],
    }


def _said(body: str | None, site: Site) -> dict[str, Any]:
    """Return the text with what it shows and links to; a line's end in the export is one on the site."""
    marked = (body or "").replace("<![", "&lt;![")  # no mark of HTML, and a reader of HTML would drop what follows it
    page = plain(_LINE_ENDS.sub(lambda found: found[1] or "<br>", marked))
    host = site.host.partition("/")[0]
    return {
        "community": site.title or host or None,
        "text": None if body is None else page.text,
        "links": without_ids(page.links, own=(host,) if host else ()),
        "media": [_MEDIA.get(shown, shown) for shown in map(str.casefold, _SHOWN.findall(body or ""))],
    }


def _id(site: Site, kind: str, number: str | None) -> str | None:
    """Return an id that names the site and the kind, as posts and comments of each site are numbered apart."""
    return f"{site.host or site.title or ''}#{kind}-{number}" if number else None


def _item_id(site: Site, fields: Fields) -> str | None:
    return _id(site, "post", fields.get("wp:post_id") or fields.get("guid") or fields.get("link"))


def _account(site: Site, login: str) -> str | None:
    listed = site.accounts.get(login.casefold(), {})
    return _id(site, "user", listed.get("wp:author_id") or login.casefold())


def _writer(fields: Fields, site: Site) -> str | None:
    """Return whose comment it is: an account, an e-mail address as its digest, or a name."""
    number, address = fields.get("wp:comment_user_id"), fields.get("wp:comment_author_email", "").casefold()
    listed = site.addresses.get(address) if address else None
    account = number if number not in (None, "", "0") else None
    if account and account not in site.addresses.values():
        account = listed or account  # older exports list accounts by login only
    if account or listed:
        return _id(site, "user", account or listed)
    if address:
        return _id(site, "mail", hashlib.blake2b(address.encode("utf-8"), digest_size=8).hexdigest())
    return _id(site, "name", fields.get("wp:comment_author", "").casefold())


def _time(fields: Fields, name: str) -> str | None:
    """Return the time in UTC, or the local one without a zone where the export has no other."""
    in_utc = _given(fields.get(f"{name}_gmt"))
    return f"{in_utc}Z" if in_utc else _given(fields.get(name))


def _given(time: str | None) -> str | None:
    return time if time and not time.startswith("0000") else None

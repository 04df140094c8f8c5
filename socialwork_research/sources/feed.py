"""Feeds: RSS 2.0 and Atom, as blogs, forums and their comment pages offer them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _encodings, _fields, _invented, _lines, _paths
from ._about import About
from ._archive import unfolded
from ._html import plain
from ._ledger import READ, Chunk, Loss
from ._links import without_ids

__all__ = ["detect", "read"]

ABOUT = About(
    how="The feed of a blog, of its comments or of a forum (RSS 2.0 or Atom), saved where the site's terms allow that.",
    terms="each site's own: not read here",
    lacks=(
        "A feed holds the last posts only, ten or a hundred, often cut to their first lines; there are no counts and no "
        "edits in RSS. Who answers whom is told only where the feed names it (thr:in-reply-to). Deleted posts are absent."
    ),
    tested_on="a real forum's feed of 731 posts (RSS 2.0). Atom: untested on real exports, from its standard",
)

CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "atom": {
        "accounts": "accounts are not listed",
        "author_profile": "what an account says of itself is not told",
        "lang": "no text's language is told",
        "mentions": "whom a post names is not told apart from its text",
        "title": "a comment bears that of its post",
    }
}

PLATFORM = "feed"
_SUFFIXES = (".xml", ".rss", ".atom", "")
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|RDF)\b[^>]*>", re.DOTALL)
_EXPORT = b"wordpress.org/export/"  # the export of a whole site, which `wordpress` reads
_ATOM = "http://www.w3.org/2005/Atom"
_NAMES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/syndication/thread/1.0": "thr:",
}
_WITH_MONTH = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} ")
_KNOWN = frozenset(
    "title link guid id author dc:creator pubDate dc:date published updated description content:encoded content summary "
    "category thr:in-reply-to".split()
)
_ROWS = 20_000
_COLUMNS = [
    "row", "post_id", "kind", "thread_id", "reply_to", "author_handle", "created_at", "edited_at", "community", "title",
    "text", "tags", "links", "media",
]  # fmt: skip


def detect(path: str | Path) -> bool:
    """Tell whether a file, or a file of a folder, is an RSS 2.0 or Atom feed.

    Parameters
    ----------
    path
        The file or folder.

    Returns
    -------
    Whether its outermost element is that of a feed; the export of a whole WordPress site is none.

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
    """Read the posts of RSS 2.0 or Atom feeds.

    Parameters
    ----------
    path
        A file or a folder of them, e.g. the same feed saved every week: each post is kept once.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the file's name.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    zone
        The zone of times that name none; they are refused without it.

    Returns
    -------
    The corpus. ``post_id`` stands for the ``guid`` or ``id``, else for the link; ``author_id`` for the name that the
    feed gives, as it gives no account. A post that names what it answers (``thr:in-reply-to``) is a comment of that
    thread. ``text`` is the longest of what the feed holds of a post, which may be its beginning only. ``community`` is
    the feed's title. Links to the site itself are cut to their host. Counts and marks of deletion are missing.

    Raises
    ------
    SchemaError
        If there is no such file, it is empty, damaged or cut short, or no feed.
    OptionError
        If `zone` is unknown.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    RSS Advisory Board (2009). RSS 2.0 specification. https://www.rssboard.org/rss-specification
    Nottingham, M. and Sayre, R. (2005). The Atom syndication format. RFC 4287. https://www.rfc-editor.org/rfc/rfc4287
    Snell, J. (2006). Atom threading extensions. RFC 4685. https://www.rfc-editor.org/rfc/rfc4685

    Examples
    --------
    >>> import tempfile
    >>> item = (
    ...     "<item><guid>1</guid><author>Ash</author><pubDate>Mon, 03 May 2021 09:00:00 GMT</pubDate>"
    ...     "<description>Who is in?</description></item>"
    ... )
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "duty.rss")
    ...     _ = file.write_text(f"<rss version='2.0'><channel><title>Duty desk</title>{item}</channel></rss>")
    ...     read(file).posts[["author_id", "text", "community"]].iloc[0].tolist()
    ['ash', 'Who is in?', 'Duty desk']
    """
    files = _files(_paths.existing(path))
    if not files:
        raise SchemaError(f"{Path(path).name}: no RSS 2.0 or Atom feed lies here. Mend: see howto('feed').")
    return _assemble.assemble(
        (chunk for file in files for chunk in _chunks(file)),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=zone,
        invented=_invented.recognised(files),
    )


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path] if _is_feed(path) else []
    if not path.is_dir():
        return []
    inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    return [file for file in inside if _is_feed(file)]


def _is_feed(file: Path) -> bool:
    if file.suffix.casefold() not in _SUFFIXES:
        return False
    head = _lines.head(file, size=8192)
    root = _ROOT.search(head)
    if root is None or _EXPORT in head:
        return False
    return root[1] == b"rss" or (root[1] == b"feed" and _ATOM.encode("ascii") in root[0])


def _chunks(file: Path) -> Iterator[Chunk]:
    rows: list[dict[str, Any]] = []
    ignored: Counter[str] = Counter()
    n = 0
    for n, item in enumerate(_items(file, ignored=ignored), start=1):
        rows.append({**item, "row": n})
        if len(rows) == _ROWS:
            yield Chunk(_laid_out(rows, file=file), (Loss(READ, len(rows), file=file.name),))
            rows = []
    losses = [Loss(READ, len(rows), file=file.name), *_fields.ignored(ignored, file=file.name)]
    yield Chunk(_laid_out(rows, file=file), tuple(losses))


def _laid_out(rows: list[dict[str, Any]], *, file: Path) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=_COLUMNS).assign(file=file.name)


def _items(file: Path, *, ignored: Counter[str]) -> Iterator[dict[str, Any]]:
    """Give what each item says, without ever holding the tree; count the fields that are not read."""
    from lxml import etree

    n = 0
    try:
        community: str | None = None
        for element in _elements(file):
            parent = element.getparent()
            if _name(element.tag) == "title":
                if parent is not None and _name(parent.tag) in ("channel", "feed"):
                    community = "".join(element.itertext()).strip() or None
                continue
            n += 1
            ignored.update(name for child in element if (name := _name(child.tag)) and name not in _KNOWN)
            yield {**_said(element), "community": community}
            element.clear()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as error:
        raise SchemaError(
            f"{file.name}, line {error.lineno}: the XML is damaged or cut short after item {n:,}. "
            "Mend: save the feed again."
        ) from None


def _elements(file: Path) -> Iterator[Any]:
    """Give items and titles as they end; text in UTF-16 goes to the parser as UTF-8, whatever it says of itself."""
    from lxml import etree

    wanted = ("item", f"{{{_ATOM}}}entry", "title", f"{{{_ATOM}}}title")
    encoding = "utf-8" if _encodings.of_file(file) else None
    parser = etree.XMLPullParser(("end",), tag=wanted, resolve_entities=False, no_network=True, encoding=encoding)
    for _, lines, _ in _lines.blocks(file):
        parser.feed(b"\n".join(lines) + b"\n")
        yield from (element for _, element in parser.read_events())
    parser.close()


def _name(tag: Any) -> str | None:
    """Return a tag with the usual prefix of its namespace; None if it is foreign, or no element at all."""
    if not isinstance(tag, str):
        return None
    if not tag.startswith("{"):
        return tag
    address, _, local = tag[1:].partition("}")
    return local if address == _ATOM else _NAMES[address] + local if address in _NAMES else None


def _said(item: Any) -> dict[str, Any]:
    first: dict[str, Any] = {}
    for child in item:
        first.setdefault(_name(child.tag) or "", child)
    words = {name: _words(child) for name, child in first.items()}
    link = _link(item) or words.get("link", "")
    own = words.get("guid") or words.get("id") or link or None
    answered = first["thr:in-reply-to"].get("ref") if "thr:in-reply-to" in first else None
    pages = [plain(words[name]) for name in ("content:encoded", "content", "description", "summary") if name in words]
    page = max(pages, key=lambda each: len(each.text), default=None)
    site = (urlsplit(link).hostname or "") if _is_address(link) else ""
    return {
        "post_id": own,
        "kind": "comment" if answered else "post",
        "reply_to": answered,
        "author_handle": _author(first.get("author")) or words.get("dc:creator") or None,
        "created_at": _time(
            words.get("published") or words.get("pubDate") or words.get("dc:date") or words.get("updated")
        ),
        "edited_at": _edited(words.get("published"), words.get("updated")),
        "title": words.get("title") or None,
        "text": page.text if page else None,
        "tags": [tag for child in item if _name(child.tag) == "category" and (tag := _tag(child))],
        "links": without_ids(page.links, own=(site,) if site else ()) if page else None,
        "media": ["photo"] * bool(page.images) if page else None,
    }


def _words(element: Any) -> str:
    """Return the text of an element; where Atom puts elements of a page into it, the page's source."""
    if element.get("type") != "xhtml":
        return "".join(element.itertext()).strip()
    from lxml import etree

    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _is_address(link: str) -> bool:
    try:
        return bool(urlsplit(link).hostname)
    except ValueError:
        return False


def _link(item: Any) -> str | None:
    """Return the address of an Atom entry, which stands in an attribute."""
    for child in item:
        if _name(child.tag) == "link" and child.get("rel", "alternate") == "alternate" and child.get("href"):
            return str(child.get("href"))
    return None


def _author(element: Any) -> str | None:
    """Return the name of an author; RSS may give an address with the name in brackets, Atom has elements for both."""
    if element is None:
        return None
    names = [child for child in element if _name(child.tag) == "name"]
    told = "".join(names[0].itertext() if names else element.itertext()).strip()
    bracketed = re.fullmatch(r"\S+@\S+\s*\((.+)\)", told)
    return (bracketed[1] if bracketed else told).strip() or None


def _edited(published: str | None, updated: str | None) -> str | None:
    """Return the last change of an Atom entry, which tells one even where nothing has been changed since."""
    return _time(updated) if published and updated != published else None


def _tag(element: Any) -> str:
    return str(element.get("term") or "".join(element.itertext())).strip()


def _time(told: str | None) -> str | None:
    """Return a time of RSS (RFC 822) as ISO 8601; any other as it stands."""
    if not told or not _WITH_MONTH.match(told):
        return told or None
    try:
        when = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError, OverflowError):
        return told
    return (when.replace(tzinfo=UTC) if told.endswith("-0000") else when).isoformat()

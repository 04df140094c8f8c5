"""Saved pages: their bytes to a tree, in whatever encoding they were saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import _encodings

SUFFIXES = (".html", ".htm", ".xhtml", ".php", ".aspx", "")
_LARGEST = 1 << 26
_CHARSET = re.compile(rb"""(?:charset|<\?xml[^>]*\sencoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""")
_LOOKS = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|table|article)\b", re.IGNORECASE)
_LOST = "a mark (U+FFFD) stands in their place: save the page again"
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")


def in_folder(path: Path) -> list[Path]:
    """Return `path` itself if it is a file, else the files in it that may be pages, sorted."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        return []
    inside = (file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    return sorted(file for file in inside if file.suffix.casefold() in SUFFIXES)


def tree(file: Path) -> Any | None:
    """Return the root of a page's tree; None where the file is no HTML or is too large to be a page."""
    from lxml import etree, html

    if file.stat().st_size > _LARGEST:
        return None
    with file.open("rb") as stream:
        content = stream.read(1 << 16)
        if not _LOOKS.search(content.replace(b"\0", b"")):
            return None
        content += stream.read()
    text = _decoded(content, file=file.name)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def address(root: Any) -> str:
    """Return the address that a browser wrote into a page when it saved it; empty where there is none."""
    for comment in root.xpath("preceding::comment() | /comment() | //head/comment()"):
        found = _SAVED_FROM.search(str(comment.text))
        if found:
            return found[1]
    return ""


def parts(found: Any) -> Iterator[Any]:
    """Give the elements of what an XPath found."""
    if isinstance(found, list):
        yield from (each for each in found if isinstance(getattr(each, "tag", None), str))


def inner(element: Any) -> str:
    """Return what stands between the tags of an element, as HTML."""
    from html import escape

    from lxml import etree

    inside = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return escape(element.text or "", quote=False) + "".join(inside)


def _decoded(content: bytes, *, file: str) -> str:
    told = _CHARSET.search(content[:4096])
    text, codec, n_lost = _encodings.guessed(content, declared=told[1].decode("ascii") if told else None)
    if codec != "utf-8":
        _encodings.note(f"encoding taken as {codec}", file=file)
    _encodings.note("bytes that are no letters", file=file, n=n_lost, mend=_LOST)
    _encodings.note("NUL characters left out", file=file, n=text.count("\0"), mend="save the page again")
    return text.replace("\0", "")

"""The items, comments and accounts of a WordPress export, one after the other, however the XML is damaged.

The parser mends what it can, fetches nothing from the network and expands no entity. Before it sees the text, bytes
that are no UTF-8, control characters and ends of CDATA that end nothing are mended and counted.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import SchemaError
from . import _encodings, _lines
from ._ledger import Loss

_DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w.:-]+)")
_EXPORT = re.compile(r"wordpress\.org/export/[\w.]+/?$")
_NAMESPACES = (("modules/content/", "content:"), ("/excerpt/", "excerpt:"), ("dc/elements/1.1/", "dc:"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CDATA = re.compile(r"(<!\[CDATA\[|\]\]>)")
_NESTED = ("wp:postmeta", "wp:comment", "wp:commentmeta", "category")
_TAGS = ("rss", "item", "{*}comment", "{*}author", "wp:comment", "wp:author")
_KNOWN = frozenset(
    """
    title link pubDate dc:creator guid description content:encoded excerpt:encoded category wp:post_id wp:post_date
    wp:post_date_gmt wp:post_modified wp:post_modified_gmt wp:comment_status wp:ping_status wp:post_name wp:status
    wp:post_parent wp:menu_order wp:post_type wp:post_password wp:is_sticky wp:attachment_url wp:postmeta wp:comment
    wp:comment_id wp:comment_author wp:comment_author_email wp:comment_author_url wp:comment_author_IP wp:comment_date
    wp:comment_date_gmt wp:comment_content wp:comment_approved wp:comment_type wp:comment_parent wp:comment_user_id
    wp:commentmeta
    """.split()
)

Fields = dict[str, str]


@dataclass
class Site:
    """The site that an export is of, with its accounts by login and by e-mail address."""

    title: str | None = None
    host: str = ""
    accounts: dict[str, Fields] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Comment:
    """A comment as the export has it, where it begins, and whether the file ends inside it."""

    line: int
    fields: Fields
    is_cut: bool


@dataclass(frozen=True)
class Item:
    """A post, page or other item with its tags and comments, where it begins, and whether the file ends inside it."""

    line: int
    fields: Fields
    tags: list[str]
    comments: list[Comment]
    is_cut: bool


class Reader:
    """Reads one export; `site` and `losses` are whole when `items` has come to its end."""

    def __init__(self, file: Path) -> None:
        from lxml import etree

        self.site = Site()
        self._file = file
        self._counts: Counter[str] = Counter()
        self._whole: list[Any] = []  # comments of the open item that have come to their end
        self._is_closed = self._has_root = self._has_end = False
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=_TAGS,
            recover=True,
            no_network=True,
            resolve_entities=False,
            load_dtd=False,
            huge_tree=False,
            encoding="utf-8",
        )

    def items(self) -> Iterator[Item]:
        """Give the items in the order of the file."""
        from lxml import etree

        try:
            for text in self._texts():
                self._parser.feed(text.encode("utf-8"))
                yield from self._events()
            self._is_closed = True
            self._parser.close()
        except etree.XMLSyntaxError:
            self._is_closed = True  # the parser has given up: what it had begun is taken as cut off here
        yield from self._events()
        if not self._has_root:
            line = next((each.line for each in self._parser.feed_error_log), 1)
            raise SchemaError(f"{self._file.name}, line {line}: this is no XML. Mend: export the site again.")

    def losses(self) -> list[Loss]:
        """Tell what was mended, and which fields nobody asked for."""
        mend = "read as far as it goes; compare these lines with the site, or export it again"
        places = sorted({int(each.line) for each in self._parser.feed_error_log if each.line})
        told = [
            Loss("XML mended", len(places), tuple(places[:5]), mend, self._file.name),
            Loss("XML without its end", int(not self._has_end), (), mend, self._file.name),
            Loss("bytes replaced", self._counts.pop("\0bytes", 0), (), "they are no text", self._file.name),
            Loss("control characters left out", self._counts.pop("\0control", 0), (), "", self._file.name),
        ]
        mend = "not a field of a WordPress export; look whether a plug-in keeps there what is wanted"
        told += [Loss(f"fields ignored: {name}", n, (), mend, self._file.name) for name, n in self._counts.items()]
        return [loss for loss in told if loss.n]

    def _texts(self) -> Iterator[str]:
        """Give the file in pieces that end with a line, as text in which the parser finds nothing to stumble over."""
        codec = _encoding(self._file)
        is_first, inside = True, False
        for _, lines, _ in _lines.blocks(self._file):
            block = b"\n".join(lines) + b"\n"
            text = block.decode(codec, "replace").removeprefix("\ufeff" if is_first else "")
            is_first = False
            self._counts["\0bytes"] += text.count("\ufffd") - (block.count(b"\xef\xbf\xbd") if codec == "utf-8" else 0)
            text, n = _CONTROL.subn("", text)
            self._counts["\0control"] += n
            text, inside = _ends_mended(text, inside=inside)
            yield text

    def _events(self) -> Iterator[Item]:
        for event, element in self._parser.read_events():
            name = _name(element.tag)
            if event == "start":
                self._has_root = self._has_root or name == "rss"
            elif name == "rss":
                self._has_end = not self._is_closed
            elif name == "wp:comment":
                if not self._is_closed:
                    self._whole.append(element)
            elif name == "wp:author" and _name(element.getparent().tag) != "item":
                self._account(_fields(element))
            elif name == "item":
                yield self._item(element)

    def _account(self, fields: Fields) -> None:
        login = fields.get("wp:author_login", "")
        self.site.accounts[login.casefold()] = fields
        if number := fields.get("wp:author_id") or login:
            self.site.addresses.setdefault(fields.get("wp:author_email", "").casefold(), number)

    def _item(self, element: Any) -> Item:
        parent = element.getparent()
        if parent is not None:
            self._head(_fields(parent))
        fields = _fields(element)
        inside = [child for child in element if _name(child.tag) == "wp:comment"]
        comments = [
            Comment(child.sourceline or 0, _fields(child), self._is_closed and child not in self._whole)
            for child in inside
        ]
        for each in (element, *inside):
            self._counts.update(name for child in each if (name := _name(child.tag)) and name not in _KNOWN)
        tags = [
            words
            for child in element
            if child.tag == "category" and child.get("domain", "category") in ("post_tag", "category")
            if (words := "".join(child.itertext()).strip()) and words.casefold() != "uncategorized"
        ]
        item = Item(element.sourceline or 0, fields, list(dict.fromkeys(tags)), comments, self._is_closed)
        self._whole.clear()
        element.clear(keep_tail=False)
        while parent is not None and element.getprevious() is not None:
            del parent[0]
        return item

    def _head(self, channel: Fields) -> None:
        """Take the site's title and address from what stands before an item."""
        self.site.title = self.site.title or channel.get("title") or None
        address = channel.get("wp:base_blog_url") or channel.get("wp:base_site_url") or channel.get("link") or ""
        self.site.host = self.site.host or re.sub(r"^\w+://(?:www\.)?", "", address).rstrip("/").casefold()


def _encoding(file: Path) -> str:
    head = _lines.head(file, size=4096)
    if b"\0" in head[:64]:
        raise SchemaError(f"{file.name}: the text is not in UTF-8. Mend: save it as UTF-8 with an editor.")
    declared = _DECLARED.search(head)
    name = _encodings.wider(declared[1].decode("ascii")) if declared else None
    if name is None or name.startswith("utf"):
        return "utf-8"  # text in UTF-16 comes here as UTF-8, whatever it says of itself
    _encodings.note(f"encoding taken as {name}", file=file.name)
    return name


def _ends_mended(text: str, *, inside: bool) -> tuple[str, bool]:
    """Escape each end of CDATA outside CDATA, where XML forbids it and the parser would lose text."""
    pieces = _CDATA.split(text)
    for number in range(1, len(pieces), 2):
        if pieces[number] == "]]>" and not inside:
            pieces[number] = "]]&gt;"
        inside = inside if pieces[number] == "]]&gt;" else pieces[number] != "]]>"
    return "".join(pieces), inside


@functools.lru_cache(maxsize=1024)
def _name(tag: Any) -> str | None:
    """Return a tag with the prefix that WordPress gives it, whatever version's namespace it is in; None if foreign."""
    if not isinstance(tag, str):
        return None
    if not tag.startswith("{"):
        return tag
    address, _, local = tag[1:].partition("}")
    if _EXPORT.search(address):
        return f"wp:{local}"
    return next((prefix + local for end, prefix in _NAMESPACES if address.endswith(end)), None)


def _fields(element: Any) -> Fields:
    """Return the text of each child by its name; the first of a name counts."""
    fields: Fields = {}
    for child in element:
        name = _name(child.tag)
        if name is not None and name not in _NESTED and name != "item" and name not in fields:
            words = "".join(child.itertext())
            fields[name] = words if name.endswith(":encoded") or name == "wp:comment_content" else words.strip()
    return fields

"""The HTML of a Discourse post ("cooked"): its text, and what its writer linked, quoted, named and showed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from ._html import plain
from ._links import without_ids

_QUOTED = re.compile(r'(<aside\b[^>]*\bclass="[^"]*\bquote\b[^"]*"[^>]*>)(?:(?!</aside>|<blockquote).)*', re.DOTALL)
_ONEBOX = re.compile(r'<aside\b[^>]*\bclass="[^"]*\bonebox\b[^"]*"[^>]*>.*?</aside>', re.DOTALL)
_META = re.compile(r'<div class="meta">.*?</div>', re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*>")
_ALT = re.compile(r'\balt="([^"]*)"')
_EMOJI = re.compile(r'\bclass="[^"]*\bemoji\b')
_OF_A_SITE = re.compile(r"/(?:t/(?:[^/]+/)?\d+|(?:u|users|g|groups|p|uploads)/[^/]+)")
_MEDIA = {"video": "video", "audio": "audio", "iframe": "video"}
_NOT_SHOWN = ("emoji", "avatar", "site-icon", "favicon")


@dataclass(frozen=True)
class Said:
    """What a post says."""

    text: str
    links: list[str]
    mentions: list[str]
    quotes: list[tuple[str, str]]  # topic and number of each post quoted
    media: list[str]


def said(cooked: str, *, own: tuple[str, ...] = ()) -> Said:
    """Return what is in the HTML of a post.

    The heads of quotes (who is quoted), previews of linked pages and the captions of images are no words of the
    writer and are left out; quoted words stay as lines that begin with ``> ``. Emoji are their names, e.g.
    ``:smile:``. Links, mentions and media within quotes are those of the post quoted and are left out. Links to the
    forum itself (hosts in `own`, or an address of its kind) are cut to their host.
    """
    if "<" not in cooked and "&" not in cooked:
        return Said(cooked.strip(), [], [], [], [])
    found = _Found()
    try:
        found.feed(cooked)
        found.close()
    except AssertionError:  # how the standard library rejects a declaration such as <![x[: it is then read as text
        found = _Found()
        found.feed(cooked.replace("<!", "&lt;!"))
        found.close()
    words = _ONEBOX.sub("", _QUOTED.sub(r"\1", _META.sub("", cooked)))
    text = plain(_IMAGE.sub(_emoji, words)).text
    sites = hosts(link for link in found.links if _is_of_a_site(link))
    return Said(text, without_ids(found.links, own=own + sites), found.mentions, found.quotes, found.media)


def hosts(urls: Iterable[Any]) -> tuple[str, ...]:
    """Return the hosts of those `urls` that are addresses."""
    return tuple(dict.fromkeys(host for url in urls if (host := _host(url))))


def _emoji(image: re.Match[str]) -> str:
    name = _ALT.search(image[0])
    return html.escape(html.unescape(name[1])) if name and _EMOJI.search(image[0]) else ""


def _host(url: Any) -> str:
    try:
        return (urlsplit(url).hostname or "").casefold() if type(url) is str else ""
    except ValueError:
        return ""


def _is_of_a_site(link: str) -> bool:
    try:
        return bool(_OF_A_SITE.match(urlsplit(link).path))
    except ValueError:
        return False


@dataclass
class _Found(HTMLParser):
    links: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    quotes: list[tuple[str, str]] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    named: list[str] | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        kinds = has.get("class", "").split()
        if tag == "aside":
            self._aside(has, kinds)
        elif self.asides and (self.asides[-1] == "onebox" or "quote" in self.asides):
            return
        elif tag in ("a", "span") and "mention" in kinds:
            self.named = []
        elif (
            tag == "a" and has.get("href") and not {"lightbox", "mention-group", "hashtag", "hashtag-cooked"} & {*kinds}
        ):
            self.links.append(has["href"])
        elif tag == "img" and not {*_NOT_SHOWN} & {*kinds}:
            self.media.append("photo")
        elif tag in _MEDIA:
            self.media.append(_MEDIA[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag == "aside" and self.asides:
            self.asides.pop()
        elif tag in ("a", "span") and self.named is not None:
            name = "".join(self.named).strip().removeprefix("@")
            self.mentions += [name] if name else []
            self.named = None

    def handle_data(self, data: str) -> None:
        if self.named is not None:
            self.named.append(data)

    def _aside(self, has: dict[str, str], kinds: list[str]) -> None:
        topic, post = has.get("data-topic", ""), has.get("data-post", "")
        if "quote" in kinds and "quote" not in self.asides and post.isdecimal():
            self.quotes.append((topic if topic.isdecimal() else "", post))
        if "onebox" in kinds and "quote" not in self.asides and has.get("data-onebox-src"):
            self.links.append(has["data-onebox-src"])
        self.asides.append("quote" if "quote" in kinds else "onebox" if "onebox" in kinds else "other")

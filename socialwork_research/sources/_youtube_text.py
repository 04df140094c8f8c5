"""The text of a YouTube comment, as typed or as HTML, and what it links, names and tags."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ._html import plain
from ._links import without_ids

_HTML = re.compile(r"<(?:br|a|b|i|s|u|span|img)\b[^>]*>|&(?:#\d+|amp|quot|lt|gt);", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_END = ".,;:!?)]}’”'"
_NAMED = re.compile(r"(?<![\w@./])@(\w(?:[\w.·-]*\w)?)")
_TAG = re.compile(r"(?<![\w&#/])#(\w*[^\W\d]\w*)")
_OWN_HOSTS = ("youtube.com", "youtu.be")


@dataclass(frozen=True)
class Said:
    """What a comment says."""

    text: str | None
    links: list[str] | None
    mentions: list[str] | None
    tags: list[str] | None


def said(original: str | None, display: str | None) -> Said:
    """Return what a comment says: its text as typed where that is given, else what its display says.

    Whether the display is HTML is told by its tags and entities, as the answer does not say in which form it was
    asked for. Links to YouTube are cut to their host.
    """
    text, links = original, list[str]()
    if original is None and display is not None:
        is_html = bool(_HTML.search(display))
        page = plain(display) if is_html else None
        text, links = (page.text, list(page.links)) if page else (display.strip(), [])
    if text is None:
        return Said(None, None, None, None)
    links = links or [link.rstrip(_END) for link in _LINK.findall(text)]
    words = _LINK.sub(" ", text)
    return Said(
        text,
        without_ids(_tidy(links), own=_OWN_HOSTS),
        _NAMED.findall(words) if "@" in words else [],
        list(dict.fromkeys(_TAG.findall(words))) if "#" in words else [],
    )


def handle(name: str | None, address: str | None) -> str | None:
    """Return the handle of an account from the name shown or the channel's address, if one of them is a handle.

    Names without ``@`` are chosen freely and borne by many, so they name no account.
    """
    if address and "/@" in address:
        return address.rpartition("/@")[2].strip("/ ") or None
    return name.removeprefix("@") if name and name.startswith("@") and len(name) > 1 else None


def _tidy(links: list[str]) -> list[str]:
    """Leave out what the display links by itself: hashtags and moments of the video."""
    return [link for link in links if "/results?search_query=" not in link and "/hashtag/" not in link]

"""What a page may not hold: anything that is loaded from elsewhere, anything that runs, a picture without words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ..errors import StudyError

__all__ = ["refuse_unsafe"]

_NEVER = {"script", "iframe", "object", "embed", "link", "base", "form", "frame", "audio", "video", "source", "track"}
_LOADING = {"src", "srcset", "poster", "background", "data", "action", "formaction", "ping", "manifest"}
_LINKS = {"a", "area"}  # their href is followed by a reader, never by the page
_STYLE_LOADS = re.compile(r"@import|expression\s*\(|url\(\s*[\"']?\s*(?!data:)[^\s\"')]", re.IGNORECASE)
_RUNNING = re.compile(r"^[\s\x00-\x20]*(?:javascript|vbscript|data):", re.IGNORECASE)
_SHORTEST_ALT = 20  # characters


def refuse_unsafe(page: str) -> None:
    """Raise StudyError if something on the page would be loaded or run, or a picture has no alternative text."""
    found = _Page()
    found.feed(page)
    found.close()
    if found.unsafe:
        raise StudyError(
            f"{len(found.unsafe)} elements of the page ({', '.join(sorted(set(found.unsafe))[:5])}) would be loaded from "
            "elsewhere, or run. Mend: show tables and figures by study.table() and study.figure(), and pictures in the text "
            "by their address; progress bars and widgets leave scripts behind."
        )
    if found.silent:
        raise StudyError(f"{found.silent} pictures have no alternative text. Mend: draw them with a function of plots.")


class _Page(HTMLParser):
    """Collects the names of unsafe elements and counts silent pictures."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.unsafe: list[str] = []
        self.silent = 0
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        is_refused = tag in _NEVER or (tag == "meta" and "http-equiv" in given)
        if is_refused or any(_is_unsafe(tag, name, value) for name, value in given.items()):
            self.unsafe.append(tag)
        if tag == "img" and len(given.get("alt", "").strip()) < _SHORTEST_ALT:
            self.silent += 1
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style and _STYLE_LOADS.search(data):
            self.unsafe.append("style")


def _is_unsafe(tag: str, name: str, value: str) -> bool:
    if name.startswith("on"):
        return True
    if name == "style":
        return _STYLE_LOADS.search(value) is not None
    if name in ("href", "xlink:href"):
        return _RUNNING.match(value) is not None if tag in _LINKS else not value.startswith("#")
    if name in _LOADING:
        return not value.strip().startswith("data:image/")
    return False

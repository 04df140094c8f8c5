"""Texts of the sample as sites put them into HTML: paragraphs, line ends, and what they make of names, tags and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

_PIECE = re.compile(r"(https?://[^\s]+)|(?<![\w@])@(\w[\w.-]*\w)|(?<![\w&#/])#(\w*[^\W\d]\w*)")
_END = ".,;:!?)"

Made = Callable[[str], str]


def inline(text: str, *, link: Made, mention: Made | None = None, tag: Made | None = None) -> str:
    """Escape a text, with its addresses, ``@names`` and ``#tags`` as a site makes them; line ends stay."""
    parts, at = [], 0
    for found in _PIECE.finditer(text):
        make, name, end = tag, found[3], found.end()
        if found[1]:
            name = found[1].rstrip(_END)
            make, end = link, found.start() + len(name)
        elif found[2]:
            make, name = mention, found[2]
        if make is not None:
            parts += [escape(text[at : found.start()], quote=False), make(name)]
            at = end
    return "".join([*parts, escape(text[at:], quote=False)])


def paragraphs(html: str, *, between: str = "", line: str = "<br />") -> str:
    """Put paragraphs, which an empty line sets apart, into ``<p>``."""
    return between.join(f"<p>{part}</p>".replace("\n", line) for part in html.split("\n\n"))


def quoted(text: str) -> tuple[str, str]:
    """Return what a text quotes at its beginning, without the marks ``>``, and the rest."""
    lines = text.split("\n")
    n = next((n for n, line in enumerate(lines) if not line.startswith("> ")), len(lines))
    return "\n".join(line.removeprefix("> ") for line in lines[:n]), "\n".join(lines[n:]).lstrip("\n")

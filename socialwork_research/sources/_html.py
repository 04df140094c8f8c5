"""HTML of posts to plain text: quoted blocks become lines that begin with ``> ``, code keeps its line ends.

Paragraphs are set apart by an empty line, as a browser sets them apart and as their writers did.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section "
    "table td th tr ul".split()
)
_APART = frozenset("blockquote h1 h2 h3 h4 h5 h6 p pre".split())  # what a browser puts space around
_SILENT = frozenset(("script", "style", "template"))


@dataclass(frozen=True)
class Page:
    """What is said in a piece of HTML, and the addresses it names."""

    text: str
    links: tuple[str, ...]
    images: tuple[str, ...]


def plain(html: str) -> Page:
    """Return the text of `html`, a line for each block, with its links and images in their order.

    An empty line stands between paragraphs, and where a writer left one by ending a line twice, never two.
    """
    if "<" not in html and "&" not in html:
        return Page(html.strip(), (), ())
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # how the standard library rejects a declaration such as <![x[: it is then read as text
        reader = _Reader()
        reader.feed(html.replace("<!", "&lt;!"))
        reader.close()
    return reader.page()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.said: list[str] = []
        self.links: list[str] = []
        self.images: list[str] = []
        self.quoted = self.verbatim = self.silent = 0
        self.is_apart = False  # whether what is said next begins a new paragraph
        self.ended_by = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end_line(by=tag)
        self._count(tag, 1)
        named = dict(attrs)
        if tag == "a" and named.get("href"):
            self.links.append(str(named["href"]))
        elif tag == "img" and named.get("src"):
            self.images.append(str(named["src"]))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS and tag != "br":
            self._end_line(by=tag)
        self._count(tag, -1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._count(tag, -1)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)

    def _count(self, tag: str, by: int) -> None:
        if tag == "blockquote":
            self.quoted = max(0, self.quoted + by)
        elif tag == "pre":
            self.verbatim = max(0, self.verbatim + by)
        elif tag in _SILENT:
            self.silent = max(0, self.silent + by)

    def _end_line(self, *, by: str) -> None:
        said = "".join(self.said)
        self.said = []
        lines = said.strip("\n").split("\n") if self.verbatim else [" ".join(said.split())]
        lines = [line.rstrip() for line in lines]
        if any(lines):
            if self.is_apart and self.lines:
                self.lines.append("")
            self.lines += ["> " * self.quoted + line if line else "" for line in lines]
            self.is_apart = by in _APART
        else:
            self.is_apart = self.is_apart or by in _APART or by == self.ended_by == "br"
        self.ended_by = by

    def page(self) -> Page:
        self._end_line(by="end")
        return Page("\n".join(self.lines).strip("\n"), tuple(self.links), tuple(self.images))

"""HTML, SVG and every other XML: words, attributes, comments, scripts, instructions, tables."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ._gate_pieces import Reader, label

__all__ = ["read_markup"]

_INLINE = set(
    "a abbr b bdi bdo br cite code del dfn em font i ins kbd mark q s samp small span strong sub sup time tspan u var wbr "
    "w:r w:t w:rpr w:rstyle w:b w:i w:hyperlink w:prooferr w:bookmarkstart w:bookmarkend w:lang w:color w:sz w:u w:rfonts "
    "a:r a:t a:rpr r t rpr text:span text:a text:s".split()
)
_TABLES = {"table": "table", "tr": "tr", "td": "td", "th": "td", "w:tbl": "table", "w:tr": "tr", "w:tc": "td"}
_SHAPES = {
    "d",
    "points",
    "transform",
    "viewbox",
}  # of drawings: numbers alone, which `Reader.text` would skip one by one
_NUMBERS_ONLY = re.compile(r"(?:[\sMLHVCSQTAZmlhvcsqtaze0-9.,+()-]|translate|scale|rotate|matrix|skew[XY])*")
_OWN_TIMES = {"dcterms:created", "dcterms:modified", "meta:creation-date", "dc:date"}  # when a document was made
_CODE = {"script", "code", "pre"}


def read_markup(reader: Reader, text: str) -> None:
    """Take all that a page, a drawing or an XML file says."""
    parser = _Parser(reader)
    parser.feed(text)
    parser.close()
    parser.finish()


class _Parser(HTMLParser):
    """Gives words block by block, so that a sentence is whole though a word in it is bold."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(convert_charrefs=True)
        self.reader = reader
        self.words: list[str] = []
        self.line = 1
        self.stack: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.cell: list[str] | None = None
        self.labels: list[str] = []  # comments of one drawn text, each a line of it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.flush()
        elif tag in ("br", "text:s"):
            self.words.append(" ")
        if tag == "g":
            self.flush_labels()
        self.stack.append(tag)
        self.open_table(_TABLES.get(tag))
        for number, (name, value) in enumerate(attrs, start=1):
            if value and not (name in _SHAPES and _NUMBERS_ONLY.fullmatch(value)):
                place = f"attribute {label(name, number)} of {label(tag, 0)}, "
                form = "style" if name == "style" else "prose"
                self.reader.text(place, value, form=form, line=self.getpos()[0])  # type: ignore[arg-type]
            if not label(name, 0).startswith(name):
                self.reader.text("name of an attribute, ", name, form="name", line=self.getpos()[0])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.flush()
        if tag in self.stack:
            del self.stack[len(self.stack) - 1 - self.stack[::-1].index(tag) :]
        kind = _TABLES.get(tag)
        if kind == "td" and self.tables and self.cell is not None:
            row = self.tables[-1][-1] if self.tables[-1] else []
            row.append(" ".join("".join(self.cell).split()))
            self.cell = None
        if kind == "table" and self.tables:
            self.close_table(self.tables.pop())

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1] in ("script", "style"):
            form = "style" if self.stack[-1] == "style" else "code"
            self.reader.text(f"{self.stack[-1]}, ", data, form=form, line=self.getpos()[0])  # type: ignore[arg-type]
            return
        if not self.words:
            self.line = self.getpos()[0] + len(data[: len(data) - len(data.lstrip())].split("\n")) - 1
            data = data.lstrip() or ""
        self.words.append(data)
        if self.cell is not None:
            self.cell.append(data)

    def handle_comment(self, data: str) -> None:
        self.reader.text("comment, ", data, line=self.getpos()[0])
        self.labels.append(data)

    def handle_decl(self, decl: str) -> None:
        self.reader.text("declaration, ", decl, line=self.getpos()[0])

    def handle_pi(self, data: str) -> None:
        self.reader.text("instruction, ", data, line=self.getpos()[0])

    def unknown_decl(self, data: str) -> None:
        content = data.removeprefix("CDATA[")
        self.reader.text("declaration, " if content is data else "", content, line=self.getpos()[0])
        if self.cell is not None:
            self.cell.append(content)

    def flush(self) -> None:
        """Give the words of a block."""
        if self.words and not _OWN_TIMES.intersection(self.stack):
            within = [tag for tag in self.stack if tag not in _INLINE]
            form = "code" if _CODE.intersection(self.stack) else "prose"
            place = f"{label(within[-1], 0)}, " if within else ""
            self.reader.text(place.removeprefix("no. 0, "), "".join(self.words), form=form, line=self.line)  # type: ignore[arg-type]
        self.words = []

    def flush_labels(self) -> None:
        """Give a text of several lines, which a drawing holds as several comments, as one."""
        if len(self.labels) > 1:
            self.reader.text("comments, ", " ".join(self.labels), line=self.getpos()[0])
        self.labels = []

    def open_table(self, kind: str | None) -> None:
        """Begin a table, a row or a cell."""
        if kind == "table":
            self.tables.append([])
        elif kind == "tr" and self.tables:
            self.tables[-1].append([])
        elif kind == "td":
            self.cell = []

    def close_table(self, rows: list[list[str]]) -> None:
        """Give a table: its first full row holds the headings."""
        rows = [row for row in rows if row]
        if len(rows) > 1:
            self.reader.sheet("table, ", rows[0], rows[1:])

    def finish(self) -> None:
        """Give what is left."""
        self.flush()
        self.flush_labels()

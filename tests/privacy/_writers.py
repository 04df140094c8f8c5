"""One text, written into every kind of file that a report may hold, at every place where such a file keeps text."""

from __future__ import annotations

import base64
import csv
import gzip
import html
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import feather, parquet

PIXEL = (
    b"\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU",
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q",
    b"\x00\x00\x00\x00IEND\xaeB`\x82",
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png(kind: bytes, data: bytes) -> bytes:
    """Return a PNG of one pixel with one more chunk."""
    return b"\x89PNG\r\n\x1a\n" + PIXEL[0] + chunk(kind, data) + PIXEL[1] + PIXEL[2]


def jpeg(marker: int, data: bytes) -> bytes:
    """Return the head of a JPEG with one segment, and its end."""
    return b"\xff\xd8\xff" + bytes([marker]) + (len(data) + 2).to_bytes(2, "big") + data + b"\xff\xda\0\2\1\2\xff\xd9"


def zipped(**members: bytes | str) -> bytes:
    """Return a zip of these members (``__`` stands for a slash, ``_dot_`` for a dot)."""
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return store.getvalue()


def notebook(**cell: object) -> str:
    """Return a notebook of one cell."""
    whole = {"cell_type": "code", "source": "", "metadata": {}, "outputs": [], "execution_count": None, **cell}
    return json.dumps({"cells": [whole], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def shown(**data: object) -> str:
    """Return a notebook whose cell shows these data."""
    return notebook(outputs=[{"output_type": "display_data", "data": data, "metadata": {}}])


def exif(text: str) -> bytes:
    """Return an Exif block that holds a text."""
    return b"II*\0\x08\0\0\0\1\0\x0e\1\2\0\4\0\0\0\x1a\0\0\0\0\0\0\0" + text.encode() + b"\0"


def page(body: str, head: str = "") -> str:
    """Return a page."""
    return f"<!doctype html><html><head>{head}</head><body><main>{body}</main></body></html>"


def table_of(text: str, delimiter: str) -> str:
    """Return a table of a text file with the text in one cell."""
    store = io.StringIO()
    csv.writer(store, delimiter=delimiter).writerows([["code", "label"], ["integrity", text]])
    return store.getvalue()


def to_bytes(write: Callable[[io.BytesIO], object]) -> bytes:
    """Return what is written into a stream."""
    store = io.BytesIO()
    write(store)
    return store.getvalue()


def drawing(inside: str) -> str:
    """Return a drawing."""
    return f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9">{inside}</svg>'


def document(text: str) -> bytes:
    """Return a Word document whose sentence is in several runs."""
    half = len(text) // 2
    runs = "".join(f"<w:r><w:t>{html.escape(part)}</w:t></w:r>" for part in (text[:half], text[half:]))
    return zipped(word__document_dot_xml=f"<w:document {W}><w:body><w:p>{runs}</w:p></w:body></w:document>")


def sheet(text: str, hidden: str = "") -> bytes:
    """Return a workbook."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["code", "label"])
    book.active.append(["integrity", text])
    book.properties.creator = hidden
    return to_bytes(book.save)


def pdf(text: str) -> bytes:
    """Return the parts of a PDF that hold text: its properties, or a packed page."""
    written = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode()
    packed = zlib.compress(b"BT /F1 9 Tf 9 9 Td (" + written + b") Tj ET")
    return b"%PDF-1.4\n1 0 obj<</Filter /FlateDecode /Length 99>>stream\n" + packed + b"\nendstream endobj\n%%EOF"


def stored(table: pa.Table) -> bytes:
    """Return a Parquet file."""
    return to_bytes(lambda store: parquet.write_table(table, store))


def graph(inside: str) -> str:
    """Return a network."""
    return f'<?xml version="1.0"?><graphml><graph>{inside}</graph></graphml>'


def picture(kind: str, content: bytes) -> str:
    """Return a page with a picture in it."""
    return page(f'<img src="data:image/{kind};base64,{base64.b64encode(content).decode()}">')


def failed(told: str) -> str:
    """Return a notebook whose cell failed."""
    return notebook(outputs=[{"output_type": "error", "ename": "E", "evalue": "", "traceback": [told]}])


def e(text: str) -> str:
    """Return a text as it stands in mark-up."""
    return html.escape(text)


def entities(text: str) -> str:
    """Return a text each letter of which is an entity."""
    return "".join(f"&#{ord(letter)};" for letter in text)


def escaped(text: str) -> str:
    """Return a text each letter of which is an escape of JSON."""
    return "".join(f"\\u{ord(letter):04x}" for letter in text)


WRITERS: dict[str, Callable[[str], str | bytes]] = {
    "text.txt": lambda t: f"Notes.\n\nAs was said: {t} and so on.\n",
    "wide.txt": lambda t: f"As was said: {t} and so on.".encode("utf-16"),
    "log.log": lambda t: f"INFO read 12 files\nWARNING {t}\n",
    "page.md": lambda t: f"# Title\n\n- a point\n- {t}\n",
    "table.csv": lambda t: table_of(t, ","),
    "table.tsv": lambda t: table_of(t, "\t"),
    "head.csv": lambda t: table_of("x", ",").replace("label", '"' + t.replace('"', '""') + '"'),
    "page.html": lambda t: page(f"<p>As was said: {e(t)} and so on.</p>"),
    "split.html": lambda t: page(f"<p>As said: <b>{e(t[:3])}</b>{e(t[3:])}</p>"),
    "entity.html": lambda t: page(f"<p>{entities(t)}</p>"),
    "attribute.html": lambda t: page(f'<img alt="{e(t)}">'),
    "comment.html": lambda t: page(f"<!-- {t} -->"),
    "script.html": lambda t: page("", f'<script type="application/json">{{"a": {json.dumps(t)}}}</script>'),
    "data.html": lambda t: picture("svg+xml", drawing(f"<text>{e(t)}</text>").encode()),
    "picture.html": lambda t: picture("png", png(b"tEXt", b"Author\0" + t.encode())),
    "text.svg": lambda t: drawing(f"<g><text x='1'>{e(t)}</text></g>"),
    "comment.svg": lambda t: drawing(f"<g id='text_1'><!-- {t} --><path d='M 0 1'/></g>"),
    "metadata.svg": lambda t: drawing(f"<metadata><title>{e(t)}</title></metadata>"),
    "id.svg": lambda t: drawing(f'<g id="{e(t)}"/>'),
    "text.png": lambda t: png(b"tEXt", b"Description\0" + t.encode()),
    "packed.png": lambda t: png(b"zTXt", b"Comment\0\0" + zlib.compress(t.encode())),
    "wide.png": lambda t: png(b"iTXt", b"Title\0\0\0en\0\0" + t.encode()),
    "exif.png": lambda t: png(b"eXIf", exif(t)),
    "after.png": lambda t: png(b"tEXt", b"a\0b") + t.encode(),
    "exif.jpg": lambda t: jpeg(0xE1, b"Exif\0\0" + exif(t)),
    "comment.jpg": lambda t: jpeg(0xFE, t.encode()),
    "source.ipynb": lambda t: notebook(source=["x = 1\n", f"y = 'said {t}'"]),
    "prose.ipynb": lambda t: notebook(cell_type="markdown", source=f"## Heading\n\nAs was said: {t}"),
    "stream.ipynb": lambda t: notebook(outputs=[{"output_type": "stream", "name": "stdout", "text": ["one\n", f"{t}\n"]}]),
    "html.ipynb": lambda t: shown(**{"text/html": [f"<b>x</b><td>{e(t)}</td>"]}),
    "picture.ipynb": lambda t: shown(**{"image/png": base64.b64encode(png(b"tEXt", b"Author\0" + t.encode())).decode()}),
    "metadata.ipynb": lambda t: notebook(metadata={"note": t}),
    "error.ipynb": lambda t: failed(f"\x1b[31mE\x1b[0m: {t}"),
    "value.json": lambda t: json.dumps({"a": [{"b": f"said {t}"}]}),
    "key.json": lambda t: json.dumps({"a": {t: 1}}),
    "escaped.json": lambda t: f'{{"a": "{escaped(t)}"}}',
    "lines.json": lambda t: f'{{"a": 1}}\n{json.dumps({"a": t})}\n',
    "run.json": lambda t: json.dumps({"schema": 1, "study": {"title": t}}),
    "data.graphml": lambda t: graph(f'<node id="n0"><data key="d0">{e(t)}</data></node>'),
    "id.graphml": lambda t: graph(f'<node id="{e(t)}"/>'),
    "label.gexf": lambda t: f'<?xml version="1.0"?><gexf><graph><nodes><node id="1" label="{e(t)}"/></nodes></graph></gexf>',
    "cdata.xml": lambda t: f"<?xml version='1.0'?><a><b><![CDATA[said {t}]]></b></a>",
    "text.docx": document,
    "core.docx": lambda t: zipped(docProps__core_dot_xml=f"<cp:coreProperties><dc:creator>{e(t)}</dc:creator></cp:coreProperties>"),
    "cell.xlsx": sheet,
    "core.xlsx": lambda t: sheet("x", t),
    "cell.parquet": lambda t: stored(pa.table({"label": ["x", t]})),
    "metadata.parquet": lambda t: stored(pa.table({"n": [1]}).replace_schema_metadata({"note": t})),
    "list.parquet": lambda t: stored(pa.table({"label": [["x", t]]})),
    "cell.feather": lambda t: to_bytes(lambda s: feather.write_feather(pd.DataFrame({"label": ["x", t]}), s)),
    "array.npy": lambda t: to_bytes(lambda s: np.save(s, np.array(["x", t]))),
    "array.npz": lambda t: to_bytes(lambda s: np.savez(s, labels=np.array(["x", t]))),
    "member.zip": lambda t: zipped(notes__one_dot_txt=f"said {t}"),
    "within.zip": lambda t: zipped(inner_dot_zip=zipped(one_dot_json=json.dumps({"a": t}))),
    "text.gz": lambda t: gzip.compress(f"said {t}".encode(), mtime=0),
    "page.pdf": pdf,
    "table.tex": lambda t: f"\\begin{{tabular}}{{ll}}\ncode & {t} \\\\\n\\end{{tabular}}\n",
    "hidden/.notes": lambda t: f"said {t}\n",
}  # fmt: skip


def write(folder: Path, number: int, writer: str, text: str) -> str:
    """Write the text by a writer into a file of its own; return the file's name."""
    stem, _, ending = writer.partition(".")
    name = (
        f"table_{number}/run.json"
        if writer == "run.json"
        else f"{stem.rpartition('/')[0] or 'tables'}/{stem.rpartition('/')[2]}_{number}.{ending}"
    )
    content = WRITERS[writer](text)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return name

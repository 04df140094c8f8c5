"""Ways in which an export can be wrong: bytes, cuts, and the shapes of JSON, XML, HTML, CSV and mail."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ._odd import HEADERS, RAW, any_value, odd_text, spelled

STARTS = [
    b"", b"{", b"[", b"<?xml version='1.0'?>", b"<!DOCTYPE html><html>", b"From x@y Mon Jan  1 00:00:00 2001\n", b"PAR1",
    b"\x28\xb5\x2f\xfd", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff",
    b'{"id": "a", "subreddit": "b", "author": "c", "body": "d"}\n', b"id,author_id,created_at,text\n", b"window.YTD = [",
]  # fmt: skip
_JSON = (".json", ".jsonl", ".ndjson", ".js")
_MARKUP = (".xml", ".html")
_HEADER = re.compile(rb"^(?:[A-Za-z-]{2,40}:|From ).*$", re.MULTILINE)


def any_bytes(_: bytes) -> st.SearchStrategy[bytes]:
    """Bytes of no format, or that begin like one."""
    return st.builds(bytes.__add__, st.sampled_from(STARTS), st.binary(max_size=300))


def cut(content: bytes) -> st.SearchStrategy[bytes]:
    """The content up to any byte."""
    return st.integers(0, len(content)).map(lambda end: content[:end])


@st.composite
def bytes_changed(draw: st.DrawFn, content: bytes) -> bytes:
    """The content with a few bytes overwritten, put in or taken out."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        gone, more = draw(st.sampled_from([(0, 0), (1, 1), (3, 1), (40, 0), (0, 1)])), b""
        if gone[1]:
            more = draw(
                st.one_of(st.binary(min_size=1, max_size=6), st.sampled_from([b"\0", b'"', b"\n", b"\xff", b"<"]))
            )
        content = content[:at] + more + content[at + gone[0] :]
    return content


@st.composite
def json_changed(draw: st.DrawFn, content: bytes) -> bytes:
    """A file of JSON, one document or one a line, in which one to three values are other ones."""
    before, text = _script(content.decode("utf-8"))
    lines = [text] if _is_document(text) else text.split("\n")
    whole_lines = [number for number, line in enumerate(lines) if _is_document(line)]
    if not whole_lines:
        return bytes(draw(bytes_changed(content)))
    at = draw(st.sampled_from(whole_lines))
    whole = [json.loads(lines[at])]
    for _ in range(draw(st.integers(1, 3))):
        _change(draw, whole)
    indent = draw(st.sampled_from([None, None, 1])) if len(lines) == 1 else None
    lines[at] = spelled(whole[0], indent=indent)
    return (before + "\n".join(lines)).encode("utf-8", "surrogatepass")


def _change(draw: st.DrawFn, whole: list[Any]) -> None:
    """Put another value in the place of one, take one away, or say one twice."""
    places = list(_places(whole))
    holder, name = draw(st.sampled_from(places))
    how = draw(st.sampled_from(["other", "other", "text", "gone", "twice", "swapped", "named"]))
    if how == "gone" and holder is not whole:
        del holder[name]
    elif how == "twice" and isinstance(holder, list):
        holder.insert(name, holder[name])
    elif how == "swapped":
        other, its = draw(st.sampled_from(places))
        holder[name] = json.loads(json.dumps(other[its]))
    elif how == "named" and isinstance(holder, dict):
        holder[draw(odd_text())] = holder.pop(name)
    else:
        holder[name] = draw(odd_text() if how == "text" else any_value())


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict | list):
        for name in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, name
            yield from _places(value[name])


def _script(text: str) -> tuple[str, str]:
    """Part a file of JSON from the script before it."""
    start = re.match(r"window\.[^=\[{]*=\s*", text)
    return (start[0], text[start.end() :]) if start else ("", text)


def _is_document(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@st.composite
def markup_changed(draw: st.DrawFn, content: bytes) -> bytes:
    """A page or a document of XML in which elements are missing, doubled, or say something else."""
    from lxml import etree, html

    is_html = not content.lstrip().startswith(b"<?xml")
    root = html.document_fromstring(content) if is_html else etree.fromstring(content)
    for _ in range(draw(st.integers(1, 3))):
        elements = [each for each in root.iter() if isinstance(each.tag, str) and each is not root]
        if elements:
            _change_element(draw, draw(st.sampled_from(elements)))
    return bytes(etree.tostring(root, encoding="utf-8", method="html" if is_html else "xml"))


def _change_element(draw: st.DrawFn, element: Any) -> None:
    from copy import deepcopy

    how = draw(st.sampled_from(["gone", "twice", "text", "attribute", "without"]))
    legal = odd_text().map(lambda text: re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text))
    if how == "gone":
        element.getparent().remove(element)
    elif how == "twice":
        element.addnext(deepcopy(element))
    elif how == "text" or not element.attrib:
        element.text = draw(legal)
    elif how == "attribute":
        element.set(draw(st.sampled_from(sorted(element.attrib))), draw(legal))
    else:
        del element.attrib[draw(st.sampled_from(sorted(element.attrib)))]


@st.composite
def cells_changed(draw: st.DrawFn, content: bytes) -> bytes:
    """A sheet in which cells hold anything, or columns are missing, doubled, renamed or in another order."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    width = len(rows[0])
    how = draw(st.sampled_from(["cell", "cell", "cell", "column", "gone", "twice", "order", "named", "short"]))
    column = draw(st.integers(0, width - 1))
    if how == "order":
        order = draw(st.permutations(range(width)))
        rows = [[row[at] for at in order if at < len(row)] for row in rows]
    for row in rows[1:] if how == "column" else rows:
        if column < len(row):
            if how == "gone":
                del row[column]
            elif how == "twice":
                row.insert(column, row[column])
            elif how == "column":
                row[column] = draw(odd_text())
    at = 0 if how == "named" else draw(st.integers(0, len(rows) - 1))
    if how in ("cell", "named") and column < len(rows[at]):
        rows[at][column] = draw(odd_text())
    if how == "short":
        rows[at] = rows[at][:column]
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL, escapechar="\\").writerows(rows)
    return written.getvalue().encode("utf-8", "surrogatepass")


@st.composite
def mail_changed(draw: st.DrawFn, content: bytes) -> bytes:
    """A mailbox in which one to three headers say something else, or are missing."""
    for _ in range(draw(st.integers(1, 3))):
        found = [each.span() for each in _HEADER.finditer(content)]
        if found:
            start, end = draw(st.sampled_from(found))
            name, colon, _ = content[start:end].partition(b":")
            said = draw(st.one_of(st.binary(max_size=40), st.sampled_from(HEADERS)))
            other = draw(st.sampled_from([name + colon + b" " + said, said, b""]))
            content = content[:start] + other + content[end:]
    return content


def ways(file: Path) -> dict[str, Callable[[bytes], st.SearchStrategy[bytes]]]:
    """Return the ways in which a file can be damaged, by name."""
    suffix = file.suffix.casefold()
    common = {"any bytes": any_bytes, "cut": cut, "bytes changed": bytes_changed}
    if suffix in _JSON:
        return {**common, "shape": json_changed}
    if suffix in _MARKUP:
        return {**common, "shape": markup_changed}
    if suffix == ".csv":
        return {**common, "shape": cells_changed}
    return {**common, "shape": mail_changed}


__all__ = ["RAW", "STARTS", "any_bytes", "ways"]

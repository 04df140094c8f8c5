"""Pictures and PDF: what is written beside the drawing (names of programs, authors, places, comments)."""

from __future__ import annotations

import re
import zlib

from ._gate_pieces import Reader

__all__ = ["read_jpeg", "read_other_picture", "read_pdf", "read_png"]

_SIGNATURE = 8
_DRAWING = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"pHYs",
    b"bKGD",
    b"sBIT",
    b"hIST",
    b"sPLT",
    b"tIME",
}
_DRAWING |= {b"acTL", b"fcTL", b"fdAT"}
_PRINTED = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]{4,}")
_PRINTED_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){4,}")
_GPS = re.compile(rb"\x88\x25\x00\x04|\x25\x88\x04\x00")  # the tag that points to where a picture was taken
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LITERAL = re.compile(
    rb"\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)|<([0-9A-Fa-f\s]{4,})>(?!>)|(T[dDm*jJ]|ET)", re.DOTALL
)
_OCTAL = re.compile(rb"\\([0-7]{1,3})")
_SEGMENT_SIZE = 4


def read_png(reader: Reader, content: bytes) -> None:
    """Take the texts of a PNG: all chunks but those of the drawing itself, and whatever stands after its end."""
    at, number = _SIGNATURE, 0
    while at + 12 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        at += 12 + size
        number += 1
        if kind not in _DRAWING:
            _chunk(reader, kind, data, number)
        if kind == b"IEND":
            break
    if content[at:].strip(b"\0\r\n "):
        reader.nested("after the picture's end", "tail", content[at:])


def _chunk(reader: Reader, kind: bytes, data: bytes, number: int) -> None:
    place = f"{kind.decode('latin-1')} chunk (no. {number})"
    try:
        if kind == b"tEXt":
            word, _, text = data.partition(b"\0")
        elif kind == b"zTXt":
            word, _, rest = data.partition(b"\0")
            text = zlib.decompress(rest[1:])
        elif kind == b"iTXt":
            word, _, rest = data.partition(b"\0")
            language, _, rest2 = rest[2:].partition(b"\0")
            translated, _, text = rest2.partition(b"\0")
            text = zlib.decompress(text) if rest[:1] == b"\1" else text
            word = b" ".join((word, language, translated))
        else:
            _loose(reader, place, data)
            return
    except zlib.error:
        reader.unread(place, "its packed text is damaged")
        return
    reader.text(place, word.decode("latin-1"), form="name")
    decoded = _decoded(text)
    reader.text(place, decoded)
    if decoded.lstrip()[:1] in ("<", "{"):
        reader.nested(place, "embedded", text)


def read_jpeg(reader: Reader, content: bytes) -> None:
    """Take what the segments of a JPEG say: Exif, XMP, comments; and whatever stands after its end."""
    at = 2
    while at + _SEGMENT_SIZE <= len(content) and content[at] == 0xFF:
        marker, size = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xDA:  # the drawing itself
            break
        if 0xE0 <= marker <= 0xEF or marker == 0xFE:
            _loose(reader, f"segment {marker:02X}", content[at + 4 : at + 2 + size])
        at += 2 + size
    end = content.rfind(b"\xff\xd9")
    if end > 0 and content[end + 2 :].strip(b"\0\r\n "):
        reader.nested("after the picture's end", "tail", content[end + 2 :])


def read_other_picture(reader: Reader, content: bytes) -> None:
    """Take the printable letters of a picture of another kind."""
    _loose(reader, "letters in the file", content)


def _loose(reader: Reader, place: str, data: bytes) -> None:
    """Take what can be read of a block whose form is its maker's own."""
    if _GPS.search(data) and (b"II*\0" in data[:16] or b"MM\0*" in data[:16]):
        reader.unread(place, "Exif says where the picture was taken")
    wide = [found.decode("utf-16-le") for found in _PRINTED_WIDE.findall(data)]
    printed = _PRINTED.findall(data.decode("utf-8", "replace")) + _PRINTED.findall(
        data.decode("latin-1") if not data.isascii() else ""
    )
    for text in (*wide, *printed):
        reader.text(place, text)


def read_pdf(reader: Reader, content: bytes) -> None:
    """Take what a PDF says where it says it in plain or deflated letters; say so where it does not."""
    if b"/Encrypt" in content:
        reader.unread("", "an encrypted PDF")
        return
    streams = []
    for found in _STREAM.finditer(content):
        try:
            streams.append(zlib.decompress(found[1]))
        except zlib.error:
            head = content[max(0, found.start() - 400) : found.start()].rpartition(b"obj")[2]
            if b"/Filter" not in head:
                streams.append(found[1])
            elif not any(filter_ in head for filter_ in (b"/DCTDecode", b"/JPXDecode", b"/CCITTFaxDecode")):
                reader.unread("a stream", "packed in a way that is not read")
    outside = _STREAM.sub(b" ", content)
    if any(b"/Identity-H" in part for part in (outside, *streams)):
        reader.unread("page text", "letters by number only (a composite font)")
    for number, part in enumerate((outside, *streams)):
        place = "properties" if not number else f"stream {number}"
        for text in _pdf_texts(part):
            reader.text(place, text)
        if b"<x:xmpmeta" in part or b"<?xpacket" in part:
            reader.nested(f"{place} (XMP)", "xmp.xml", part)


def _pdf_texts(part: bytes) -> list[str]:
    """Return the strings of a stretch of PDF; those of one line of a page as one."""
    found: list[str] = []
    line: list[str] = []
    for literal, digits, operator in _LITERAL.findall(part):
        if operator:
            if operator in (b"ET",) and line:
                found.append("".join(line))
                line = []
            elif operator in (b"Td", b"TD", b"T*", b"Tm"):
                line.append(" ")
            continue
        if digits:
            raw = bytes.fromhex(re.sub(rb"\s", b"", digits).decode("ascii").ljust(len(digits) + len(digits) % 2, "0"))
        else:
            raw = re.sub(rb"\\([()\\])", rb"\1", _OCTAL.sub(lambda each: bytes([int(each[1], 8) & 255]), literal))
        text = raw.decode("utf-16") if raw[:2] in (b"\xfe\xff", b"\xff\xfe") else _decoded(raw)
        if b"ET" in part:
            line.append(text)
        else:
            found.append(text)
    return [*found, "".join(line)]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")

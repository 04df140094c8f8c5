"""Many texts as one buffer of bytes: joined, matched once, hits mapped back to texts and characters.

The texts stand in the buffer in small letters with straight quotation marks, each parted from the next by a byte that
no pattern can cross; so are paragraphs. Every replacement keeps the number of characters, so that a hit's place in the
buffer can be told as a place in the text as it was written.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ._language import BETWEEN, END_OF_PARAGRAPH, END_OF_POST

if TYPE_CHECKING:
    from re2 import _Regexp as Expression

__all__ = ["Buffer", "Places", "characters", "first_words", "hits", "joined", "leftmost", "texts_with"]

Places = npt.NDArray[np.int64]
_END = END_OF_POST.encode()
_BEFORE = END_OF_POST + " "  # what stands before each text
_NO_WORD = b" \t\r\n\x00\x1e.,;:!?'\"()[]/*~<>-"
_SAME = {
    "'": "\u2018\u2019\u201a\u201b\u02bc\u00b4",
    '"': "\u201c\u201d\u201e\u00ab\u00bb",
    ".": "\u2026",
    " ": "\u00a0\u202f\u2009\u200a\u200b",
    "-": "\u2010\u2011\u2012\u2013\u2014",
}
_BYTES = {letter.encode(): plain.encode() for plain, letters in _SAME.items() for letter in letters}
_LINE_END = re.compile(rf"\n(?=[{BETWEEN}]*\n)".encode())  # the first of two, with no word between
_SPECIAL = [re.compile(rb"\xe2\x80[\x80-\xbf]"), re.compile(rb"\xc2[\xa0-\xbf]"), re.compile(rb"\xca\xbc")]
_SMALL = bytes.maketrans(string.ascii_uppercase.encode() + b"_`", string.ascii_lowercase.encode() + b" '")


@dataclass(frozen=True)
class Buffer:
    """Texts joined: ``data``, and where each text begins (``starts``, sorted)."""

    data: bytes
    starts: Places

    def text_at(self, places: Places) -> Places:
        """Return the number of the text in which each place lies."""
        return np.searchsorted(self.starts, places, side="right") - 1


def joined(texts: Sequence[str]) -> Buffer:
    """Join texts to one buffer."""
    whole = "".join([_BEFORE, _BEFORE.join(texts), END_OF_POST]) if len(texts) else ""
    if whole.count(END_OF_POST) != len(texts) + bool(len(texts)):
        return joined([text.replace(END_OF_POST, " ") for text in texts])
    data = whole.encode("utf-8", "replace")
    if len(data) != len(whole):
        for special in _SPECIAL:
            data = special.sub(_plain, data)
    data = _LINE_END.sub(END_OF_PARAGRAPH.encode(), data).translate(_SMALL)
    ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == _END[0]).astype(np.int64)
    return Buffer(data, ends[:-1] + len(_BEFORE))


def _plain(found: re.Match[bytes]) -> bytes:
    return _BYTES.get(found.group(), found.group())


def hits(buffer: Buffer, expression: Expression) -> tuple[Places, Places]:
    """Return where each hit of `expression` starts and ends, in bytes, from left to right."""
    spans = np.array([found.span() for found in expression.finditer(buffer.data)], dtype=np.int64).reshape(-1, 2)
    return spans[:, 0], spans[:, 1]


def leftmost(several: Sequence[tuple[Places, Places]]) -> tuple[Places, Places]:
    """Join the hits of several expressions; of hits that overlap, the first and then the longest is kept."""
    start, end = (np.concatenate(places) for places in zip(*several, strict=True))
    kept, until = [], -1
    for number in np.lexsort((-end, start)):
        if start[number] >= until:
            kept.append(number)
            until = end[number]
    return start[kept], end[kept]


def first_words(buffer: Buffer, start: Places, end: Places) -> Places:
    """Return where the first word of each hit starts: ``^`` takes in the end of the sentence before."""
    found = [buffer.data[begin:until] for begin, until in zip(start, end, strict=True)]
    return start + np.array([len(words) - len(words.lstrip(_NO_WORD)) for words in found], dtype=np.int64)


def texts_with(buffer: Buffer, expression: Expression) -> Places:
    """Return the numbers of the texts in which `expression` matches; after a hit the search goes on in the next text."""
    return np.fromiter(_texts_with(buffer, expression), dtype=np.int64)


def _texts_with(buffer: Buffer, expression: Expression) -> Iterator[int]:
    place = 0
    while place < len(buffer.data):
        found = expression.search(buffer.data, place)
        if found is None:
            return
        yield int(np.searchsorted(buffer.starts, found.end() - 1, side="right")) - 1
        place = max(buffer.data.find(_END, found.end()), found.end())


def characters(buffer: Buffer, places: Places) -> Places:
    """Return places in bytes as places in characters from the beginning of their text."""
    begins = buffer.starts[buffer.text_at(places)]
    data = np.frombuffer(buffer.data, dtype=np.uint8)
    counts = [np.count_nonzero((data[begin:place] & 0xC0) != 0x80) for begin, place in zip(begins, places, strict=True)]
    return np.array(counts, dtype=np.int64)

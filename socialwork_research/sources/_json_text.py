"""The text of a file of JSON, read as far as needed: value after value, with what was used forgotten."""

from __future__ import annotations

import json
import re
from typing import Any, TextIO

_BLOCK = 1 << 16
_LARGEST_BLOCK = 1 << 24
_LARGEST = 1 << 27  # a value that does not end within so many letters is damaged; what follows is not read into memory
_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


class DamagedError(Exception):
    """The JSON goes on in a way that it cannot, or does not go on."""


class Text:
    """A stream of text in which JSON stands."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0

    def past(self, mark: str) -> None:
        """Skip everything up to `mark` and `mark` itself, which must stand near the beginning."""
        while (found := self._text.find(mark)) < 0:
            if len(self._text) >= _LARGEST_BLOCK or not self._has_more(_LARGEST_BLOCK):
                raise DamagedError
        self._at = found + len(mark)

    def sign(self) -> str:
        """Return the next sign that is no blank, or nothing at the end."""
        while True:
            blank = _BLANK.match(self._text, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._has_more(_BLOCK):
                return ""

    def take(self, signs: str) -> str:
        """Use up the next sign, which must be one of `signs`."""
        found = self.sign()
        if not found or found not in signs:
            raise DamagedError
        self._at += 1
        return found

    def value(self) -> tuple[Any, str]:
        """Use up the next JSON value; return it as Python reads it, and as it is written."""
        self.sign()
        size = _BLOCK
        has_more = True
        while len(self._text) - self._at <= _LARGEST:
            value, end = self._decoded()
            if end is not None and (end < len(self._text) or not has_more):  # where more may follow, a number may go on
                written, self._at = self._text[self._at : end], end
                return value, written
            if not has_more:
                break
            has_more = self._has_more(size)
            size = min(size * 2, _LARGEST_BLOCK)
        raise DamagedError

    def _decoded(self) -> tuple[Any, int | None]:
        try:
            return _DECODER.raw_decode(self._text, self._at)
        except (ValueError, RecursionError):
            return None, None

    def _has_more(self, size: int) -> bool:
        block = self._stream.read(size)
        self._text, self._at = self._text[self._at :] + block, 0
        return bool(block)

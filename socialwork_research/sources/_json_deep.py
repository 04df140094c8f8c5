"""JSON of any depth, without recursion: trees of replies go deeper than the parsers of JSON do, which stop at a thousand levels."""

from __future__ import annotations

import re
from typing import Any

import orjson

_TOKEN = re.compile(
    r'[ \t\r\n]*(?:(?P<mark>[][{},:])|(?P<string>"[^"\\]*(?:\\.[^"\\]*)*")|(?P<plain>[-+.\w]+))', re.DOTALL
)
_BLANK = " \t\r\n"
_BOM = b"\xef\xbb\xbf"


class DamagedError(ValueError):
    """What should be JSON is none: at line `line`, because it is `why`."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(f"line {line}: the JSON is {why}")
        self.why, self.line = why, line


def value(content: bytes) -> Any:
    """Return the value that `content` holds, however deep it is.

    Raises
    ------
    DamagedError
        If it is no UTF-8, no JSON, or cut short.
    """
    content = content.removeprefix(_BOM)
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        pass  # too deep, or no JSON: the slow reader tells which
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as odd:
        raise DamagedError("not in UTF-8", content.count(b"\n", 0, odd.start) + 1) from None
    builder = _Builder(text)
    builder.build()
    rest = text[builder.place :].lstrip(_BLANK)
    if rest or builder.want != "end":
        line = text.count("\n", 0, len(text) - len(rest)) + 1
        raise DamagedError("cut short" if builder.want != "end" and _is_cut(rest) else "damaged", line)
    return builder.root


def _is_cut(rest: str) -> bool:
    """Tell whether what is left of a text is the beginning of a word that may have had an end."""
    token = _TOKEN.match(rest)
    if token is None:
        return rest[:1] in ("", '"')
    return token.end() == len(rest) and any(name.startswith(rest) for name in ("true", "false", "null"))


def beginning(text: str) -> Any:
    """Return the first value in `text` as far as it goes; None where there is none."""
    builder = _Builder(text)
    builder.build()
    return builder.root


class _Builder:
    """Puts a value together token by token: what is open stands in a list of its own, not on the stack of calls."""

    def __init__(self, text: str) -> None:
        self.text, self.place = text, 0
        self.root: Any = None
        self.want = "value"  # or: value or ], key, key or }, colon, comma, end
        self.key = ""
        self.open: list[Any] = []

    def build(self) -> None:
        """Go on until the first value ends, or what comes next cannot be."""
        while self.want != "end":
            token = _TOKEN.match(self.text, self.place)
            if token is None or not self._take(token):
                return
            self.place = token.end()

    def _take(self, token: re.Match[str]) -> bool:
        mark = token["mark"]
        if mark is None:
            return self._word(token)
        if mark in "[{" and self.want.startswith("value"):
            self._put([] if mark == "[" else {})
            self.want = "value or ]" if mark == "[" else "key or }"
            return True
        if mark == ":" and self.want == "colon":
            self.want = "value"
        elif mark == "," and self.want == "comma":
            self.want = "value" if type(self.open[-1]) is list else "key"
        elif mark in "]}" and self._ends(mark):
            self.open.pop()
            self.want = "comma" if self.open else "end"
        else:
            return False
        return True

    def _ends(self, mark: str) -> bool:
        if self.want == "comma":
            return (mark == "]") == (type(self.open[-1]) is list)
        return self.want.endswith(f"or {mark}")

    def _word(self, token: re.Match[str]) -> bool:
        """Take a string, number or name: each is read as the quick parser reads it, so that both refuse the same."""
        is_key = self.want.startswith("key")
        if not is_key and not self.want.startswith("value"):
            return False
        if is_key and token["string"] is None:
            return False
        try:
            found = orjson.loads(token["string"] or token["plain"])
        except (orjson.JSONDecodeError, UnicodeEncodeError):
            return False
        if is_key:
            self.key, self.want = found, "colon"
        else:
            self._put(found)
            self.want = "comma" if self.open else "end"
        return True

    def _put(self, found: Any) -> None:
        if not self.open:
            self.root = found
        elif type(self.open[-1]) is list:
            self.open[-1].append(found)
        else:
            self.open[-1][self.key] = found
        if type(found) in (list, dict):
            self.open.append(found)

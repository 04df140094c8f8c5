"""Files of Reddit told apart: dumps of objects one a line, answers of the interface, descriptions of fields; and their values."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import orjson

from ..errors import SchemaError
from . import _json_deep, _lines
from ._json_deep import DamagedError
from ._ledger import READ, Loss, refused

Form = Literal["dump", "pages", "description", "error", ""]

LISTING = "Listing"
THINGS = ("t1", "t3")
MORE = "more"
_HEAD = 1 << 18
_SHORT = 1 << 15
_TRIES = 20
_MARKS = re.compile(rb'"kind"\s*:\s*"(?:Listing|t[13]|more)"|"(?:things|subreddit|usage|error)"\s*:')
_TEXTS = ("body", "title", "selftext")
_OPEN_ENDS = (b"{", b"[", b",", b":")
_CUT_LINE = "the place is the line: another program may have cut or joined it"
_CUT_FILE = "the place is the line in the file: fetch the page again"

Values = list[tuple[int | None, Any]]


def form(file: Path) -> Form:
    """Tell what a file holds.

    Parameters
    ----------
    file
        The file.

    Returns
    -------
    ``"dump"``: objects of posts or comments, one a line; ``"pages"``: answers of the interface, or objects in lists or
    in one another; ``"description"``: what fields a dump has, not data; ``"error"``: an interface's refusal, of Reddit
    or another; ``""``: nothing of Reddit.
    """
    head = _lines.head(file, size=_HEAD)
    if not _MARKS.search(head):
        return ""
    lines = [_quick(line) for line in head.split(b"\n")[:_TRIES]]
    if any(_is_answer(value) for value in lines):
        return "pages"
    things = [value for value in lines if type(value) is dict and "subreddit" in value]
    if things:
        return "dump" if _is_thing(things[0]) else ""
    for size in (_SHORT, _HEAD):
        found = _form_of(_first(head[:size].decode("utf-8", "ignore")))
        if found or len(head) <= size:
            return found
    return ""


def _form_of(first: Any) -> Form:
    if type(first) is dict and type(first.get("error")) is int and "message" in first:
        return "error"
    if _is_description(first):
        return "description"
    return "pages" if _is_answer(first) or (type(first) is dict and _is_thing(first)) else ""


def is_by_line(file: Path, form: Form) -> bool:
    """Tell whether places in a file are lines: in a dump, and where a file has a value a line."""
    return form in ("dump", "") or are_lines(file)


def are_lines(file: Path) -> bool:
    """Tell whether a file has a value a line: several lines, of which one of the first is an object or list by itself."""
    filled = list(itertools.islice(_filled(file), _TRIES))
    if len(filled) < 2 or filled[0].endswith(_OPEN_ENDS):
        return False
    return any(_parsed(line) is not None for line in filled)


def values(file: Path, *, is_alone: bool, allow_truncated: bool) -> Iterator[tuple[Values, list[Loss]]]:
    """Give the values of a file with the numbers of their lines, or that of a document with None, and what holds none.

    Parameters
    ----------
    file
        The file, plain or packed. A document is held in memory, lines are read in blocks.
    is_alone
        Whether no other file is read with it: a damaged document is then an error, else a line of the ledger.
    allow_truncated
        Take a packed file that ends too early as far as its whole lines go.

    Raises
    ------
    SchemaError
        If a packed file is damaged or cut short, or a document is and `is_alone` is set.
    """
    if are_lines(file):
        yield from _of_lines(file, allow_truncated=allow_truncated)
        return
    content = b"\n".join(line for _, lines, _ in _lines.blocks(file, allow_truncated=allow_truncated) for line in lines)
    try:
        document = _json_deep.value(content)
    except DamagedError as error:
        if is_alone:
            raise SchemaError(
                f"{file.name}, line {error.line}: the JSON is {error.why}. Mend: fetch or save the page again."
            ) from None
        yield [], [Loss(READ, 1, file=file.name), _refused(f"JSON {error.why}", [error.line], _CUT_FILE, file)]
        return
    del content
    yield [(None, document)], []


def _of_lines(file: Path, *, allow_truncated: bool) -> Iterator[tuple[Values, list[Loss]]]:
    for first, lines, is_cut in _lines.blocks(file, allow_truncated=allow_truncated):
        good: Values = []
        bad: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(lines, start=first):
            if not line.strip():
                continue
            try:
                good.append((number, _json_deep.value(line)))
            except DamagedError as error:
                bad["cut off at the end" if is_cut else f"JSON {error.why}"].append(number)
        losses = [Loss(READ, sum(map(len, bad.values())), file=file.name)]
        losses += [_refused(why, numbers, _CUT_LINE, file) for why, numbers in bad.items()]
        if is_cut:
            mend = "the rest of the export is missing: fetch it again"
            losses.append(Loss("file cut short", 1, (first,), mend, file.name))
        yield good, losses


def _refused(why: str, numbers: list[int], mend: str, file: Path) -> Loss:
    return refused(why, numbers, mend=mend, file=file.name)


def _filled(file: Path) -> Iterator[bytes]:
    """Give the lines of a file that are not blank."""
    for number, lines, _ in _lines.blocks(file, allow_truncated=True):
        for place, line in enumerate(lines, start=number):
            stripped = (line.removeprefix(b"\xef\xbb\xbf") if place == 1 else line).strip()
            if stripped:
                yield stripped


def _parsed(line: bytes) -> dict[str, Any] | list[Any] | None:
    try:
        found = _json_deep.value(line)
    except DamagedError:
        return None
    return found if type(found) in (dict, list) else None


def _quick(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return None


def _first(text: str) -> Any:
    """Return the first object or list of a text as far as the text goes, lines that hold none passed over."""
    for _ in range(_TRIES):
        text = text.lstrip()
        if text[:1] in ("{", "["):
            found = _json_deep.beginning(text)
            if found:
                return found
        _, _, text = text.partition("\n")
    return None


def _is_answer(value: Any) -> bool:
    """Tell whether a value is an answer of the interface, or holds things in lists or in one another."""
    if type(value) is list:
        return any(_is_answer(each) or (type(each) is dict and _is_thing(each)) for each in value[:_TRIES])
    if type(value) is not dict:
        return False
    kind, data = value.get("kind"), value.get("data")
    if type(data) is dict and type(kind) is str:
        return kind in (*THINGS, MORE) or (kind == LISTING and "children" in data)
    if type(answer := value.get("json")) is dict:
        data = answer.get("data")
        return type(data) is dict and type(data.get("things")) is list
    return _is_thing(value) and type(value.get("replies")) in (dict, list)


def _is_thing(value: dict[str, Any]) -> bool:
    return "subreddit" in value and "author" in value and any(name in value for name in _TEXTS)


def _is_description(value: Any) -> bool:
    """Tell whether a value describes the fields of a dump, as Arctic Shift does: types, how often they occur, bounds."""
    if type(value) is not list or not value or type(value[0]) is not dict:
        return False
    fields = value[0].get("schema")
    if value[0].get("type") != "object" or "usage" not in value[0] or type(fields) is not dict:
        return False
    return "subreddit" in fields or "author" in fields

"""Fields of JSON objects, whatever stands in them: what is of the wrong type is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ._ledger import Loss

_BIG = 2**53
_KIND = re.compile(r"(?:app|chat)\.bsky\.[\w.#]{1,60}|[A-Za-z]{1,30}")
_NAME = re.compile(r"[\w$.:-]{1,40}")
_OF_A_ROW = re.compile(r"\d{4}|://|@|^.{121}|[\r\n]", re.DOTALL)  # no heading of a sheet has these, but rows do


def word(value: Any) -> str | None:
    """Return a text without blanks outside; None for an empty one and for whatever is no text."""
    return (value.strip() or None) if type(value) is str else None


def identity(value: Any) -> str | None:
    """Return an id, which some exports write as a number, as text."""
    return str(value) if type(value) is int else word(value)


def number(value: Any) -> int | None:
    """Return a count; None for whatever is no whole number that a count could be."""
    return value if type(value) is int and abs(value) < _BIG else None


def time(value: Any) -> str | int | float | None:
    """Return a time as it is written; None for whatever can be none."""
    return value if type(value) in (str, int, float) else None


def mapping(value: Any) -> dict[str, Any]:
    """Return an object, empty if it is none."""
    return value if type(value) is dict else {}


def mappings(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list, none if it is no list."""
    return [each for each in value if type(each) is dict] if type(value) is list else []


def words(value: Any) -> list[str]:
    """Return the texts of a list, none if it is no list."""
    return [each for each in value if type(each) is str and each] if type(value) is list else []


def kind(value: Any) -> str:
    """Return the name of a type as a ledger may tell it: "none" without one, "odd" if it could name anybody."""
    if word(value) is None:
        return "none"
    return str(value) if _KIND.fullmatch(str(value)) else "odd"


def ignored(names: Mapping[str, int], *, file: str) -> Iterator[Loss]:
    """Give a ledger line for each field that is not read, by its name; odd names are put together."""
    counts: Counter[str] = Counter()
    for name, n in names.items():
        counts[name if _NAME.fullmatch(name) else "with odd names"] += n
    for name in sorted(counts):
        yield Loss(f"fields ignored: {name}", counts[name], mend="nothing of these fields is read", file=file)


def ignored_columns(names: Sequence[str], *, file: str, mend: str = "", each: bool = False) -> list[Loss]:
    """Give a ledger line for the columns of a sheet that are not read, or one for `each`.

    They are told by their names, unless a row stands among them: where the end of the heading's line is lost, the first
    row follows in it, and its cells would be told.
    """
    if any(_OF_A_ROW.search(name) for name in names):
        lost = "what looks like a row stands in the heading: look whether its line end is lost"
        return [Loss("columns ignored, not named", len(names), mend=lost, file=file)]
    if each:
        return [Loss(f"column ignored: {name!r}", 1, mend=mend, file=file) for name in names]
    return [Loss(f"fields ignored: {', '.join(names)}", len(names), mend=mend, file=file)] if names else []


def unread(items: Iterable[Mapping[str, Any]], *, known: frozenset[str]) -> Counter[str]:
    """Count the fields of objects that are not `known`, where they hold something."""
    return Counter(name for item in items for name in item.keys() - known if item[name] not in (None, [], {}, ""))

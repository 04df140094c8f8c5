"""Posts and comments in answers of Reddit's interface: listings, trees of comments, answers for more of them, bare objects."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from . import _reddit_files
from ._ledger import READ, Loss, refused
from ._reddit_files import LISTING, MORE, THINGS
from ._reddit_more import LeftOut

_KIND = re.compile(r"[A-Za-z][A-Za-z0-9]{0,23}")
_TEXTS = ("body", "title", "selftext")
_SAVE_AGAIN = "look at these entries in the file; what is asked for are posts (t3) and comments (t1)"
_NEXT = "next page"
_GOES_ON = "listings with a next page"
_ESCAPED = "texts with &amp;, &lt; or &gt;"
_FILLED = "parents taken from the nesting"
_ODD_DATA = "{} without its data"

Things = list[tuple[int, dict[str, Any]]]


class Entry(NamedTuple):
    """Something that an answer holds: a thing, a note that comments are left out, a mark of a next page, or why it is neither."""

    what: str  # "thing", MORE, _NEXT, or the reason for which it is refused
    data: dict[str, Any]
    is_filled: bool = False  # whether the parent is known from the nesting only


def things(
    file: Path, *, left_out: LeftOut, is_alone: bool, allow_truncated: bool
) -> Iterator[tuple[Things, list[Loss]]]:
    """Give the posts and comments of a file of answers as objects, in their order, with what was lost on the way.

    Each is numbered by its line where the file has a value a line, else by its place among the entries, from 1.
    Comments that the answers leave out are told to `left_out`.

    Raises
    ------
    SchemaError
        As `_reddit_files.values` does.
    """
    read = _reddit_files.values(file, is_alone=is_alone, allow_truncated=allow_truncated)
    for values, losses in read:
        found: Things = []
        places: dict[str, list[int]] = defaultdict(list)
        n = 0
        for line, value in values:
            for entry in entries(value):
                n += entry.what != _NEXT
                number = max(n, 1) if line is None else line
                if entry.what == "thing":
                    found.append((number, entry.data))
                    if entry.is_filled:
                        places[_FILLED].append(number)
                elif entry.what == MORE:
                    left_out.take(entry.data, file=file.name, row=number)
                else:
                    places[entry.what].append(number)
        yield found, [*losses, *_told(places, n=len(found), file=file.name)]


def entries(value: Any) -> Iterator[Entry]:
    """Give what stands in an answer, however deep, in its order.

    What is still to be looked at waits in a list, not on the stack of calls, so a tree may have any depth. Objects are
    given without their replies, which come as entries of their own.
    """
    waiting: list[tuple[Any, str | None, str | None]] = [(value, None, None)]  # with the comment above and its post
    while waiting:
        node, above, post = waiting.pop()
        if type(node) is list:
            waiting += [(each, above, post) for each in reversed(node)]
            continue
        inside, found = _opened(node)
        waiting += [(each, above, post) for each in reversed(inside)]
        for entry in found:
            if entry.what != "thing":
                yield entry
                continue
            replies = entry.data.pop("replies", None)
            is_filled = _fill(entry.data, above=above, post=post)
            if replies:
                waiting.append((replies, _name(entry.data), entry.data.get("link_id")))
            yield entry._replace(is_filled=is_filled)


def escaped(rows: pd.DataFrame, *, file: str) -> Iterator[Loss]:
    """Give the line for texts in which the interface may have written ``&``, ``<`` and ``>`` as ``&amp;`` and so on."""
    places = rows["row"][rows["text"].astype("str").str.contains("&(?:amp|lt|gt);", regex=True, na=False)]
    mend = "kept as they are: the API writes &, < and > so unless asked with raw_json=1"
    yield Loss(_ESCAPED, len(places), tuple(map(int, places[:5])), mend, file)


def _opened(node: Any) -> tuple[list[Any], list[Entry]]:
    """Return the nodes that stand in a node, and what it is itself."""
    if type(node) is not dict:
        return [], [Entry("not an object", {})]
    kind, data = node.get("kind"), node.get("data")
    if type(kind) is str and "data" in node:
        if kind == LISTING:
            return _listed(data)
        return [], [_wrapped(kind, data)]
    answer = node.get("json")
    if type(answer) is dict:
        data = answer.get("data")
        inside = data.get("things") if type(data) is dict else None
        errors = [Entry("the API answered with an error", {})] if answer.get("errors") else []
        return (inside if type(inside) is list else []), errors
    if any(name in node for name in _TEXTS):
        return [], [Entry("thing", node)]
    if type(node.get("children")) is list and "parent_id" in node:
        return [], [Entry(MORE, node)]
    return [], [Entry("the API answered with an error" if "error" in node else "no post or comment", {})]


def _listed(data: Any) -> tuple[list[Any], list[Entry]]:
    children = data.get("children") if type(data) is dict else None
    if type(children) is not list:
        return [], [Entry("a listing without its children", {})]
    return children, [Entry(_NEXT, {})] if data.get("after") else []


def _wrapped(kind: str, data: Any) -> Entry:
    """Return the entry of an object that stands in ``data`` beside its ``kind``, which tells a post from a comment."""
    if kind not in (*THINGS, MORE):
        return Entry(f"of kind {kind}, no post or comment" if _KIND.fullmatch(kind) else "of an unknown kind", {})
    if type(data) is not dict:
        return Entry(_ODD_DATA.format(kind), {})
    if kind == "t1":
        data.setdefault("body", None)
        data.pop("title", None)
    elif kind == "t3":
        data.setdefault("title", None)
    return Entry(MORE if kind == MORE else "thing", data)


def _fill(data: dict[str, Any], *, above: str | None, post: str | None) -> bool:
    """Give a thing its id from its full name, and a reply what its place in the tree tells where it does not say so itself."""
    if data.get("id") is None:
        data["id"] = data.get("name")
    if above is None or "title" in data:
        return False
    if data.get("link_id") is None:
        data["link_id"] = post
    if data.get("parent_id") is not None:
        return False
    data["parent_id"] = above
    return True


def _name(data: dict[str, Any]) -> str | None:
    own = data.get("id")
    if type(own) is not str or not own:
        return None
    return own if own[2:3] == "_" else f"{'t3' if 'title' in data else 't1'}_{own}"


def _told(places: dict[str, list[int]], *, n: int, file: str) -> Iterator[Loss]:
    """Make the lines of one batch: what was read is what is given and what is refused."""
    mends = {
        _GOES_ON: "the listing went on after these pages: see that the next ones are here; Reddit ends it at about 1,000",
        _FILLED: "these replies name no parent: it is the comment that they stand under",
    }
    goes_on = places.pop(_NEXT, [])
    told = {_GOES_ON: goes_on, _FILLED: places.pop(_FILLED, [])}
    yield Loss(READ, n + sum(map(len, places.values())), file=file)
    for why, rows in places.items():
        yield refused(why, rows, mend=_SAVE_AGAIN, file=file)
    for what, rows in told.items():
        yield Loss(what, len(rows), tuple(rows[:5]), mends[what], file)

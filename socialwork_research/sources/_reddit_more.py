"""Comments that pages of a thread leave out (``more``): counted unless another file of the export holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ._ledger import Loss

_LONGEST = 12  # letters of an id whose number fits 64 bits
_MOST = 2**31  # no page counts more
_NOT_HELD = "comments not in the export"
_BRANCHES = "branches not in the export, their size unknown"


@dataclass(frozen=True)
class _More:
    n: int
    wanted: frozenset[str]  # the comments that it stands for, or the comment under which the thread goes on
    file: str
    row: int


class LeftOut:
    """What pages say that they leave out, and which of it stands elsewhere in the export.

    Ids are kept in memory only, while the files are read: many of them, so as numbers.
    """

    def __init__(self) -> None:
        self._counted: dict[tuple[str, str], _More] = {}
        self._going_on: dict[str, _More] = {}
        self._ids: list[np.ndarray] = []
        self._parents: list[np.ndarray] = []
        self._wanted: set[str] | None = None

    def take(self, more: dict[str, Any], *, file: str, row: int) -> None:
        """Take one ``more``: with a count and ids, or "continue this thread", which has neither; the same one counts once."""
        parent = more.get("parent_id")
        parent = parent if type(parent) is str else ""
        listed = more.get("children")
        ids = [each.removeprefix("t1_") for each in listed if type(each) is str] if type(listed) is list else []
        wanted = frozenset(ids)
        n = more.get("count")
        n = n if type(n) is int and 0 < n < _MOST else len(wanted)
        if n == 0:
            self._going_on[parent] = _More(1, frozenset([parent]), file, row)
        else:
            self._counted[parent, min(wanted, default="")] = _More(n, wanted, file, row)

    def note(self, rows: pd.DataFrame) -> None:
        """Note which comments `rows` of a page hold."""
        self._note(rows["post_id"], rows["reply_to"])

    def look(self, rows: pd.DataFrame) -> None:
        """Note which of the comments that are still wanted `rows` of a dump hold: dumps are too long to note them all."""
        if not self._counted and not self._going_on:
            return
        if self._wanted is None:
            self._wanted = {f"t1_{each}" for more in self._counted.values() for each in more.wanted}
        ids, parents = rows["post_id"], rows["reply_to"]
        self._note(ids[ids.isin(self._wanted)], parents[parents.isin(set(self._going_on))])

    def losses(self) -> Iterator[Loss]:
        """Give the lines of what no file of the export holds."""
        mend = "as pages count them (more), deleted ones too; ask /api/morechildren for those that were not asked for"
        yield from _lines(list(self._counted.values()), self._ids, what=_NOT_HELD, mend=mend)
        mend = "a page ends with 'continue this thread': save the page of the comment where it does"
        yield from _lines(list(self._going_on.values()), self._parents, what=_BRANCHES, mend=mend)

    def _note(self, ids: pd.Series, parents: pd.Series) -> None:
        for kept, names in ((self._ids, ids), (self._parents, parents)):
            numbers = [number for name in names if (number := _number(name)) is not None]
            if numbers:
                kept.append(np.array(numbers, dtype="int64"))


def _lines(several: list[_More], noted: list[np.ndarray], *, what: str, mend: str) -> Iterator[Loss]:
    """Give a line a file: what each counts, and of what was asked for the ids that no answer holds.

    Where some of the ids of a ``more`` are held, it was followed up, and what lies below them is held or told by a
    ``more`` of its own.
    """
    wanted = [number for more in several for each in more.wanted if (number := _number(each)) is not None]
    held = set(np.intersect1d(wanted, np.concatenate(noted)).tolist()) if wanted and noted else set()
    lacking: dict[str, int] = defaultdict(int)
    rows: dict[str, list[int]] = defaultdict(list)
    for more in several:
        n_held = sum(_number(each) in held for each in more.wanted)
        if more.wanted and n_held == len(more.wanted):
            continue
        lacking[more.file] += len(more.wanted) - n_held if n_held else more.n
        rows[more.file].append(more.row)
    for file, n in lacking.items():
        yield Loss(what, n, tuple(rows[file][:5]), mend, file)


def _number(name: Any) -> int | None:
    """Return a comment's id as a number; None for what is none, a post's among them."""
    if type(name) is not str:
        return None
    letters = name.removeprefix("t1_")
    if not (0 < len(letters) <= _LONGEST and letters.isascii() and letters.isalnum()):
        return None
    return int(letters, 36)

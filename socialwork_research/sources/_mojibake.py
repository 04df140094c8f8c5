"""Texts that were wrongly decoded before they came here: looked for among all posts of every place, never repaired.

"CafÃ©" was UTF-8, read as if it were Windows' own encoding and saved again; a black diamond (U+FFFD) stands where a
program has already given up. Which sequences of letters no language writes is ftfy's list (Speer 2019), run over whole
columns at once: plain ASCII is passed over unread, and Python sees only the posts that are found.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import _ledger
from ._ledger import Loss

if TYPE_CHECKING:
    import pyarrow as pa

WRONG = "texts that look wrongly decoded"
LOST = "texts with letters lost"

_MARK = "\ufffd"
_COLUMNS = ("title", "text")
_MENDS = {
    WRONG: "such as Ã© for é: a program has read the export in a wrong encoding and saved it again; export it anew as "
    "UTF-8, and open it in no sheet program on the way; nothing is repaired here",
    LOST: "a mark (U+FFFD) stands where bytes were no text, here or in a program before; export anew as UTF-8",
}
_TOKEN = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\.|\s+|#[^\n]*|.", re.DOTALL)


def counted(staged: pa.Table) -> Iterator[Loss]:
    """Count the posts whose title or text looks wrongly decoded, or holds the mark of letters that were lost."""
    import pyarrow as pa
    import pyarrow.compute as pc

    suspects = functools.reduce(pc.or_, (_is_not_ascii(staged[name]) for name in _COLUMNS))
    rows = staged.select(["file", "row", *_COLUMNS]).filter(suspects)
    if not len(rows):
        return
    for what, pattern, is_plain in ((WRONG, _pattern(), False), (LOST, _MARK, True)):
        search = pc.match_substring if is_plain else pc.match_substring_regex
        found = functools.reduce(pc.or_, (pc.fill_null(search(rows[name], pattern), False) for name in _COLUMNS))
        hits = pa.table({name: rows[name].filter(found) for name in ("file", "row")}).to_pandas()
        yield from _ledger.counted(hits, what, mend=_MENDS[what])


def _is_not_ascii(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow.compute as pc

    return pc.fill_null(pc.invert(pc.string_is_ascii(column)), False)


@functools.cache
def _pattern() -> str:
    """Return ftfy's pattern as RE2 reads it: without blanks and notes, and with letters of every script as letters."""
    from ftfy.badness import BADNESS_RE

    kept = (token for token in _TOKEN.findall(BADNESS_RE.pattern) if not token.isspace() and not token.startswith("#"))
    return "".join(r"[\pL\pN_]" if token == r"\w" else token for token in kept)

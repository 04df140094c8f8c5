"""Names of accounts in running text: words that could be one are looked up by whoever knows the accounts.

Everyday words are never taken for a name, though somebody may call themselves "tired": written as @tired or u/tired they are
found as handles, and bare they say nothing about anybody. Names of several words are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from ._naming_lists import lists

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["could_be_a_name", "named"]

_APART = r"[^\p{L}\p{N}_.-]+"
_SHORTEST = 3
_TOGETHER = 500  # names that are looked for at once
_KIND = "HANDLE"


def named(texts: pa.Array, *, known: Callable[[list[str]], Collection[str]]) -> list[tuple[int, int, int, str]]:
    """Find the words of texts that are names of accounts.

    Parameters
    ----------
    texts
        An array of strings.
    known
        Takes words as they are written and gives those of them that are names of accounts.

    Returns
    -------
    Spans (text, start, end, ``HANDLE``).
    """
    import pyarrow.compute as pc

    words = pc.unique(pc.list_flatten(pc.split_pattern_regex(texts, _APART))).to_pylist()
    names = sorted(known(sorted({word for each in words if could_be_a_name(word := (each or "").strip(".-"))})))
    found: list[tuple[int, int, int, str]] = []
    for first in range(0, len(names), _TOGETHER):
        found += _spans(texts, names[first : first + _TOGETHER])
    return found


def _spans(texts: pa.Array, names: list[str]) -> list[tuple[int, int, int, str]]:
    import numpy as np
    import pyarrow.compute as pc

    several = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    whole = re.compile(rf"(?<![\w@/-])(?<!\w\.)(?:{several})(?![\w@]|[.-]\w)")
    found = []
    hits = np.flatnonzero(pc.match_substring_regex(texts, several).fill_null(False))
    for number, text in zip(hits.tolist(), texts.take(hits).to_pylist(), strict=True):
        found += [(number, match.start(), match.end(), _KIND) for match in whole.finditer(text)]
    return found


def could_be_a_name(word: str) -> bool:
    """Tell whether a word could be an account's name: no number, no everyday word in whatever letters."""
    if len(word) < _SHORTEST or word.replace(".", "").isdigit():
        return False
    plain, words = word.casefold(), lists().words
    return not any(
        each in words for each in (plain, plain.removesuffix("s"), plain.removesuffix("ing"), plain.removesuffix("ed"))
    )

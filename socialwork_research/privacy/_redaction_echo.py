"""Who is named in one post of a thread is found in the thread's other posts as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..kernels._naming_echo import echoes, names
from ..kernels.redacting import LABEL

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["echoed"]

PERSON = "PERSON"
Column = tuple[str, Sequence[int], "pa.Array"]  # name, post of each text, texts
Found = tuple[int, int, int, int, str]  # column, text, start, end, kind


def echoed(columns: Sequence[Column], threads: Sequence[str], found: Sequence[Found]) -> Iterator[Found]:
    """Give the further mentions, none of which touches what was found or a label.

    Parameters
    ----------
    columns
        Titles and texts of whole threads.
    threads
        The thread of each post.
    found
        All that was found in them.
    """
    known: dict[str, set[str]] = defaultdict(set)
    taken: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for rank, text, start, end, kind in found:
        taken[rank, text].append((start, end))
        if kind == PERSON:
            _, posts, words = columns[rank]
            known[threads[posts[text]]] |= names(words[text].as_py()[start:end])
    if not any(known.values()):
        return
    for rank, (_, posts, words) in enumerate(columns):
        for text, word in enumerate(words.to_pylist()):
            sought = known.get(threads[posts[text]])
            if not word or not sought:
                continue
            spans = echoes(word, sought)
            barred = [*taken[rank, text], *(match.span() for match in LABEL.finditer(word))] if spans else []
            for start, end in spans:
                if not any(start < stop and begin < end for begin, stop in barred):
                    yield rank, text, start, end, PERSON

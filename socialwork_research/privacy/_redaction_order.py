"""The posts of a corpus in the order of thread, time and id, some thousands at a time, wherever they lie."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from .._posts import ORDER
from .._selection import selected_part

if TYPE_CHECKING:
    from ..corpus import Corpus

__all__ = ["in_order"]

_AT_ONCE = 20_000  # posts


def in_order(corpus: Corpus) -> Iterator[pd.DataFrame]:
    """Give all posts of a corpus, no thread before another is done.

    What imports and `save` write is in order part after part. Where somebody put parts together otherwise, all posts are
    held in memory at once to be sorted.
    """
    if isinstance(corpus.source, Path) and _is_in_order(corpus._part_files):
        for part in corpus._part_files:
            yield from _cut(selected_part(corpus.waiting, part))
        return
    posts = corpus.posts if isinstance(corpus.source, Path) else corpus.source
    yield from _cut(posts.sort_values(ORDER, kind="stable", ignore_index=True))


def _cut(posts: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for start in range(0, len(posts), _AT_ONCE):
        yield posts.iloc[start : start + _AT_ONCE]


def _is_in_order(parts: Sequence[Path]) -> bool:
    """Tell whether each part ends before the next begins, and is sorted itself."""
    from pyarrow import parquet

    edges = []
    for part in parts:
        keys = parquet.read_table(part, columns=ORDER).to_pandas()
        index = pd.MultiIndex.from_frame(keys)
        if not index.is_monotonic_increasing:
            return False
        if len(keys):
            edges += [index[0], index[-1]]
    return all(one <= other for one, other in itertools.pairwise(edges))

"""The posts of a corpus in the order of thread, time and id, some thousands at a time in whole threads, wherever they lie."""

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
    """Give all posts of a corpus, no thread before another is done, and each thread at once.

    A thread is held until it ends, be it spread over several parts: memory holds some thousands of posts and the longest thread.
    What imports and `save` write is in order part after part. Where somebody put parts together otherwise, all posts are
    held in memory at once to be sorted.
    """
    if isinstance(corpus.source, Path) and _is_in_order(corpus._part_files):
        parts = (selected_part(corpus.waiting, part) for part in corpus._part_files)
        yield from _whole_threads(piece for part in parts for piece in _cut(part))
        return
    posts = corpus.posts if isinstance(corpus.source, Path) else corpus.source
    yield from _whole_threads(_cut(posts.sort_values(ORDER, kind="stable", ignore_index=True)))


def _whole_threads(pieces: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Give the pieces, each with the end of the thread that it breaks off in and without the beginning that was given."""
    held: list[pd.DataFrame] = []
    for piece in pieces:
        threads = piece[ORDER[0]].to_numpy()
        if not len(threads):
            continue
        n_done = int((threads != threads[-1]).sum())  # in order, so that the last thread's posts stand together
        if n_done or (held and held[-1][ORDER[0]].iloc[-1] != threads[-1]):
            done = [*held, piece.iloc[:n_done]] if n_done else held
            yield pd.concat(done, ignore_index=True)
            held = []
        held.append(piece.iloc[n_done:])
    if held:
        yield pd.concat(held, ignore_index=True)


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
